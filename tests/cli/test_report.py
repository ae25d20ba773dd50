# SPDX-License-Identifier: MIT
"""`profviz report`: sites and pages from outside."""
import html
import html.parser
import json
import os
import pathlib
import re
import subprocess

import pytest

from harness import FIXTURES, ROOT, environment

OLD = ["folded/good/before.folded", "pstats/good/cprofile-3.12.prof",
       "lprof/good/real-5.1.0-py3.13.lprof", "mprof/good/python-func.dat",
       "tracemalloc/good/snap-3.12-lim10-a.tracemalloc"]
NEW = ["folded/good/after.folded", "pstats/good/cprofile-3.13.prof",
       "lprof/good/real-5.1.0-py3.13.lprof", "mprof/good/include-children.dat",
       "tracemalloc/good/snap-3.12-lim10-b.tracemalloc"]
NAMES = ["stacks.folded", "cpu.prof", "lines.lprof", "mem.dat",
         "alloc.tracemalloc"]
ALL = "paths,names,source"


def copies(folder, sources):
    folder.mkdir()
    for name, source in zip(NAMES, sources):
        (folder / name).write_bytes((FIXTURES / source).read_bytes())
    return [folder / n for n in NAMES]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    where = tmp_path_factory.mktemp("inputs")
    return {"old": copies(where / "old", OLD), "new": copies(where / "new", NEW)}


@pytest.fixture(scope="module")
def site(profviz, inputs, tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "site"
    profviz("report", "-q", *inputs["new"], "--baseline",
            inputs["old"][0].parent, "--run-id", "7", "-o", f"{out}/",
            status=0)
    return out


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file()}


class Page(html.parser.HTMLParser):
    """What matters about a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.count = set(), [], {}
        self.attributes, self.scripts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.count[tag] = self.count.get(tag, 0) + 1
        self.attributes += [(tag, k, v or "") for k, v in attrs]
        if "id" in found:
            assert found["id"] not in self.ids, found["id"]
            self.ids.add(found["id"])
        if tag == "script":
            self.scripts.append(found)
        for key in ("href", "src"):
            if key in found:
                self.links.append(found[key])


def pages(site):
    return {p: Page(p.read_text()) for p in sorted(site.rglob("*.html"))}


def follow_links(found):
    for path, page in found.items():
        for link in page.links:
            assert not re.match(r"[a-z]+:|/", link), (path, link)
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.exists(), (path, link)
            if anchor and "=" not in anchor and target in found:
                assert anchor in found[target].ids, (path, link)


def test_every_link_leads_somewhere(site):
    found = pages(site)
    assert len(found) > 15
    follow_links(found)


def test_every_page_has_its_parts(site):
    for path, page in pages(site).items():
        assert page.count.get("h1") == 1, path
        assert page.count.get("main") == 1 and page.count["title"] >= 1, path
        assert 'class="crumb"' in path.read_text(), path


def test_no_two_pages_have_one_heading(site):
    """But those of a file's source in several profiles, whose crumbs and
    figures tell them apart."""
    heads = {}
    for path in sorted(site.rglob("*.html")):
        head = re.search(r"<h1>(.*?)</h1>", path.read_text()).group(1)
        if path.parent.name != "s":
            assert heads.setdefault(head, path) == path, (head, path)


def test_pages_of_a_site_have_no_style_and_no_script_inside(site):
    for path, page in pages(site).items():
        for tag, key, value in page.attributes:
            assert key != "style" and not key.startswith("on"), (path, tag)
            assert "javascript:" not in value.lower()
        assert "style" not in page.count, path
        for script in page.scripts:
            assert script.get("type") == "application/json" or script["src"]


def test_a_site_holds_what_is_promised(site):
    names = tree(site)
    for name in ("index.html", "files.html", "inputs.html", "functions.html",
                 "summary.json", "summary.md", "badge.svg", ".nojekyll",
                 "data/cpu-prof.json", "p/cpu-prof.html", "p/cpu-prof.svg",
                 "d/cpu-prof.html", "d/mem-dat.html"):
        assert name in names, name
    assert re.search(r"assets/profviz\.[0-9a-f]{8}\.css", "\n".join(names))


def test_the_shared_files_stay_small(site):
    """Every page kind's rules and scripts together."""
    size = {kind: sum(path.stat().st_size
                      for path in site.glob(f"assets/profviz.*.{kind}"))
            for kind in ("css", "js")}
    assert 0 < size["css"] <= 12_000, size
    assert 0 < size["js"] <= 30_000, size


def test_the_same_inputs_give_the_same_bytes(profviz, inputs, site, tmp_path):
    profviz("report", "-q", *inputs["new"], "--baseline",
            inputs["old"][0].parent, "--run-id", "7", "-j1", "-o",
            f"{tmp_path}/again/", status=0, env={"TZ": "Asia/Tokyo"})
    assert tree(tmp_path / "again") == tree(site)


def test_numbers_are_those_of_info_and_diff(profviz, inputs, site):
    summary = json.loads((site / "summary.json").read_text())
    info = json.loads(profviz("info", "-q", *inputs["new"], "-f", "json",
                              status=0).text)
    assert len(summary["profiles"]) == len(NAMES)
    for profile, told in zip(summary["profiles"], info["inputs"]):
        assert profile["format"] == told["format"]
        for mine, its in zip(profile["metrics"], told["metrics"]):
            assert (mine["name"], mine["unit"], mine["total"]) == (
                its["name"], its["unit"], its["total"])
    for name, profile in zip(NAMES, summary["profiles"]):
        if name == "mem.dat":
            continue
        old, new = (next(p for p in inputs[k] if p.name == name)
                    for k in ("old", "new"))
        diff = json.loads(profviz("diff", "-q", old, new, "-f", "json",
                                  status=0).text)
        deltas = {m["name"]: m["delta"] for m in diff["metrics"]}
        for metric in profile["metrics"]:
            if metric["name"] in deltas and metric["delta"] is not None:
                assert metric["delta"] == pytest.approx(
                    deltas[metric["name"]], abs=1e-9)


def test_the_data_is_the_profile(profviz, inputs, site):
    for name, path in zip(NAMES, inputs["new"]):
        data = site / "data" / (name.replace(".", "-") + ".json")
        assert (profviz("convert", "-q", "-f", "json", data, status=0).out
                == profviz("convert", "-q", "-f", "json", path, status=0).out)


def test_one_unreadable_input_among_others(profviz, inputs, tmp_path):
    bad = tmp_path / "bad.prof"
    bad.write_bytes(b"this is no profile")
    done = profviz("report", *inputs["new"], bad, "-o", tmp_path / "s")
    assert done.status == 0 and "bad.prof" in done.error
    index = (tmp_path / "s/index.html").read_text()
    assert "Not read" in index and "bad.prof" in index
    summary = json.loads((tmp_path / "s/summary.json").read_text())
    assert [pathlib.Path(f["path"]).name for f in summary["failed"]] == [
        "bad.prof"]
    done = profviz("report", "--strict", *inputs["new"], bad, "-o",
                   tmp_path / "strict")
    assert done.status == 3 and not (tmp_path / "strict").exists()


def test_no_readable_input_leaves_nothing(profviz, tmp_path):
    bad = tmp_path / "bad.prof"
    bad.write_bytes(b"nothing")
    done = profviz("report", bad, "-o", tmp_path / "s")
    assert done.status == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.prof"]


def test_equal_and_unfit_names(profviz, tmp_path):
    data = (FIXTURES / "folded/good/basic.folded").read_bytes()
    names = ["a/x.folded", "b/x.folded", "a/ü \n<b>.folded", "a/con",
             "a/INDEX.folded", "a/#1.folded"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    profviz("report", *(tmp_path / n for n in names), "--input-format",
            "folded", "-o", tmp_path / "s", status=0)
    slugs = [p["slug"] for p in json.loads(
        (tmp_path / "s/summary.json").read_text())["profiles"]]
    assert len({s.lower() for s in slugs}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_-]+", s) for s in slugs)
    assert "con" not in slugs


def slugs_of(profviz, out, *paths):
    profviz("report", "-q", *paths, "-o", out, status=0)
    return [p["slug"] for p in json.loads(
        (out / "summary.json").read_text())["profiles"]]


def test_names_keep_their_letters(profviz, tmp_path):
    """A '#' is a part's of a report, anywhere else it is like any other."""
    odd = tmp_path / 'a b<c>"&#ä.folded'
    odd.write_bytes((FIXTURES / "folded/good/basic.folded").read_bytes())
    assert slugs_of(profviz, tmp_path / "s", odd) == ["a-b-c-folded"]
    profviz("report", "-q", odd, "-o", tmp_path / "page.html", status=0)
    assert slugs_of(profviz, tmp_path / "t", tmp_path / "page.html") == \
        ["a-b-c-folded"]


def test_equal_names_are_counted(profviz, tmp_path):
    paths = []
    for folder, name in enumerate(["x", "x-2", "x", "CON", "x", "con-3", "con"]):
        paths.append(tmp_path / str(folder) / name)
        paths[-1].parent.mkdir()
        paths[-1].write_text("a;b 1\n")
    assert slugs_of(profviz, tmp_path / "s", *paths) == [
        "x", "x-2", "x-3", "con-2", "x-4", "con-3", "con-4"]


def test_thousands_of_counterparts_cost_little(binary, tmp_path):
    """A name each, not the names of all before it: they were half a gigabyte."""
    (tmp_path / "old").mkdir()
    for i in range(8000):
        (tmp_path / f"old/{i}.folded").touch()
    for i in (1, 2):
        (tmp_path / f"{i}.txt").write_text("a;b 1\n")
    run = subprocess.Popen([binary, "report", "-q", "1.txt", "2.txt",
                            "--baseline", "old", "-o", "s"], cwd=tmp_path,
                           env=environment())
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0 and usage.ru_maxrss < 250_000


def test_other_peoples_directories_are_left_alone(profviz, inputs, tmp_path):
    mine = tmp_path / "s"
    profviz("report", "-q", inputs["new"][0], "-o", mine, status=0)
    profviz("report", "-q", inputs["new"][1], "-o", mine, status=0)
    assert not (mine / "p/stacks-folded.html").exists()
    (mine / "CNAME").write_text("example.org")
    done = profviz("report", "-q", inputs["new"][0], "-o", mine)
    assert done.status == 2 and "CNAME" in done.error
    assert (mine / "p/cpu-prof.html").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_published_reports_are_compared(profviz, inputs, tmp_path):
    old, new = tmp_path / "old.html", tmp_path / "new.html"
    profviz("report", "-q", *inputs["old"], "-o", old, status=0)
    profviz("report", "-q", *inputs["old"], "-o", tmp_path / "old", status=0)
    profviz("report", "-q", *inputs["new"], "-o", new, status=0)
    done = profviz("diff", "-q", old, new, "-f", "json", status=0)
    plain = profviz("diff", "-q", inputs["old"][0], inputs["new"][0], "-f",
                    "json", status=0)
    assert done.out == plain.out
    made = []
    for baseline in (old, tmp_path / "old", inputs["old"][0].parent):
        out = tmp_path / f"s{len(made)}"
        profviz("report", "-q", *inputs["new"], "--baseline", baseline, "-o",
                out, status=0)
        made.append((out / "summary.json").read_bytes())
    assert len(set(made)) == 1
    again = tmp_path / "again"
    profviz("report", "-q", old, "-o", again, status=0)
    assert len(json.loads((again / "summary.json").read_text())["profiles"]) \
        == len(NAMES)


@pytest.mark.parametrize("new, old", [(0, 1), (0, 3), (3, 0)])
def test_a_baseline_of_another_kind(profviz, inputs, tmp_path, new, old):
    profviz("report", "-q", inputs["new"][new], "--baseline",
            inputs["old"][old], "-o", tmp_path / "s", status=0)
    assert "not comparable" in (tmp_path / "s/index.html").read_text()


def secrets(profviz, paths):
    """All that the profiles name, of 8 bytes or more."""
    found = set()
    for path in paths:
        model = json.loads(profviz("convert", "-q", "-f", "json", path,
                                   status=0).text)
        for row in model["functions"]:
            found |= {row["name"], row["file"]}
        for row in model["lines"]:
            found |= {row.get("source", ""), row["file"]}
        for row in model["frames"]:
            found.add(row.get("text", ""))
        for row in model["marks"]:
            found.add(row["label"])
        found |= {n["value"] for n in model["notes"]
                  if n["key"] not in ("mode", "interval", "callers")}
        found |= {str(path), path.name}
    found |= {s.strip() for s in found}
    return {s.encode() for s in found if len(s.encode()) >= 8}


@pytest.mark.parametrize("single", [False, True])
def test_redacted_reports_tell_no_names(profviz, inputs, tmp_path, single):
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef")
    empty = tmp_path / "none.folded"
    empty.write_bytes(b"a 1\n")
    end = ".html" if single else ""
    options = ["--redact", ALL, "--redact-key", key]
    for name, paths in (("plain", [empty]), ("red", inputs["new"])):
        profviz("report", "-q", *paths, *options, "-o",
                tmp_path / (name + end), status=0)

    def content(name):
        path = tmp_path / (name + end)
        files = [path] if single else sorted(
            p for p in path.rglob("*") if p.is_file())
        return b"\n".join(p.read_bytes() for p in files) + b"\n".join(
            p.name.encode() for p in files)
    plain, red = content("plain"), content("red")
    leaked = [s for s in secrets(profviz, inputs["new"])
              if s in red and s not in plain]
    assert not leaked


def test_redacted_reports_are_compared_under_one_key(profviz, inputs,
                                                     tmp_path):
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef")
    options = ["--redact", ALL, "--redact-key", key, "-q"]
    profviz("report", *inputs["old"], *options, "-o", tmp_path / "old",
            status=0)
    profviz("report", *inputs["new"], *options, "--baseline",
            tmp_path / "old", "-o", tmp_path / "new", status=0)
    profviz("report", "-q", *inputs["new"], "--baseline",
            inputs["old"][0].parent, "-o", tmp_path / "open", status=0)

    def deltas(name):
        summary = json.loads((tmp_path / name / "summary.json").read_text())
        return sorted(str(p["metrics"]) for p in summary["profiles"])
    assert deltas("new") == deltas("open")


def test_wrong_usage(profviz, inputs, tmp_path):
    for options, status in ((["-o", tmp_path / "x.pdf"], 2),
                            (["-f", "svg"], 2),
                            (["--redact", "nothing"], 2),
                            (["--redact-key", inputs["new"][0]], 2),
                            (["--baseline", tmp_path / "none"], 4)):
        done = profviz("report", "-q", inputs["new"][0], *options,
                       cwd=tmp_path)
        assert done.status == status, (options, done.error)
    assert list(tmp_path.iterdir()) == []


def test_without_output_the_name_is_told(profviz, inputs, tmp_path):
    done = profviz("report", inputs["new"][0], cwd=tmp_path, status=0)
    assert done.text == "profviz-report/\n"
    assert (tmp_path / "profviz-report/index.html").exists()


def test_standard_input_and_output(binary, inputs):
    done = subprocess.run([binary, "report", "-", "-o", "-"],
                          input=inputs["new"][0].read_bytes(),
                          capture_output=True, env=environment(), check=True)
    page = Page(done.stdout.decode())
    assert "index" in page.ids and "p-stdin" in page.ids


def test_the_index_stays_small(profviz, tmp_path):
    data = FIXTURES / "pstats/good/cprofile-3.13.prof"
    paths = []
    for i in range(20):
        paths.append(tmp_path / f"profile-{i}.prof")
        paths[-1].write_bytes(data.read_bytes())
    profviz("report", "-q", *paths, "--baseline", paths[0], "-o",
            tmp_path / "s", status=0)
    assert (tmp_path / "s/index.html").stat().st_size <= 60_000


def run_of(profviz, folder, k, history, cost):
    source = folder / f"cost{k}" / "stacks.folded"
    source.parent.mkdir()
    source.write_text(f"main;work {cost}\n")
    out = folder / f"site{k}"
    done = profviz("report", source, "--history", history, "--run-id", f"r{k}",
                   "--revision", f"abc{k}", "-o", out, status=0)
    return out, done


def test_history_is_carried_on(profviz, tmp_path):
    history = tmp_path / "none.jsonl"
    costs = [1000, 1010, 995, 1004, 1500, 1490, 1505]
    for k, cost in enumerate(costs):
        out, _ = run_of(profviz, tmp_path, k, history, cost)
        history = out / "history.jsonl"
    lines = [json.loads(s) for s in history.read_text().splitlines()]
    assert [x["value"] for x in lines] == costs
    assert lines[3] == {"profviz": 1, "slug": "stacks-folded",
                        "measure": "samples", "value": 1004, "unit": "count",
                        "run": "r3", "revision": "abc3"}
    index = (out / "index.html").read_text()
    assert "last 7 runs, 1,000 samples to 1,505 samples" in index
    assert "A step from 1,002 samples to 1,500 samples in run r4, abc4." \
        in index


def test_a_history_that_is_cut_or_from_the_future(profviz, tmp_path):
    history = tmp_path / "history.jsonl"
    history.write_text(
        '{"profviz": 1, "slug": "stacks-folded", "measure": "samples", '
        '"value": 5, "unit": "count"}\n'
        '{"profviz": 9, "slug": "stacks-folded", "measure": "samples", '
        '"value": 6, "unit": "count"}\n'
        '[1]\n\n'
        '{"profviz": 1, "slug": "stacks-fol')
    out, done = run_of(profviz, tmp_path, 0, history, 7)
    assert done.error.count("passed over") == 3
    assert f"{history}:2" in done.error and f"{history}:5" in done.error
    index = (out / "index.html").read_text()
    assert "last 2 runs, 5 samples to 7 samples" in index
    assert ("The line shows the last 2 runs. The history has 3 lines that this "
            "version cannot read.") in index
    assert (out / "history.jsonl").read_text().startswith(history.read_text())


def test_max_bytes_folds_and_says_so(profviz, tmp_path):
    source = tmp_path / "wide.folded"
    source.write_text("".join(
        f"main;part{i % 40};function_with_a_name_{i} {1 + i % 7}\n"
        for i in range(20000)))
    for out, limit in (("page.html", 700_000), ("site", 2_000_000)):
        profviz("report", "-q", source, "--max-bytes", f"{limit // 1000}k",
                "-o", tmp_path / out, status=0)
    page = (tmp_path / "page.html").read_text()
    assert len(page.encode()) <= 700_000
    assert "[pruned]" in page and "to fit --max-bytes" in page
    files = tree(tmp_path / "site")
    del files[".profviz"]
    assert sum(map(len, files.values())) <= 2_000_000
    whole = profviz("info", source, "-f", "json", status=0).text
    folded = profviz("info", "-q", tmp_path / "page.html", "-f", "json",
                     status=0).text
    assert (json.loads(whole)["inputs"][0]["metrics"]
            == json.loads(folded)["inputs"][0]["metrics"])
    for limit in ("10k", "0", "much"):
        done = profviz("report", "-q", source, "--max-bytes", limit, "-o",
                       tmp_path / "no.html")
        assert done.status == 2 and not (tmp_path / "no.html").exists()


def test_templates_of_ones_own(profviz, inputs, tmp_path):
    mine = tmp_path / "inputs.html"
    mine.write_text((ROOT / "templates/inputs.html").read_text().replace(
        "<h1>Inputs</h1>", "<h1>What went in</h1>"))
    profviz("report", "-q", inputs["new"][0], "--template", mine, "-o",
            tmp_path / "s", status=0)
    assert "<h1>What went in</h1>" in (tmp_path / "s/inputs.html").read_text()
    mine.write_text(mine.read_text().replace("input.name", "input.nmae"))
    done = profviz("report", "-q", inputs["new"][0], "--template", mine, "-o",
                   tmp_path / "t")
    assert done.status == 3 and "input has no field 'nmae'" in done.error
    assert not (tmp_path / "t").exists()
    other = tmp_path / "other.html"
    other.write_text("<p/>")
    done = profviz("report", "-q", inputs["new"][0], "--template", other)
    assert done.status == 2 and "no page template" in done.error


SECRETS = {
    "python a.py --token S3cret --fast": "python a.py --token *** --fast",
    "a --api-key=S3cret DB_PASSWORD=S3cret b":
        "a --api-key=*** DB_PASSWORD=*** b",
    "a https://me:S3cret@host/x --tokenizer bpe --token-file f":
        "a https://me:***@host/x --tokenizer bpe --token-file f",
    "a -H 'Authorization: Bearer S3cret' don't --password S3cret":
        "a -H 'Authorization: ***' don't --password ***",
    "a --password 'S3cret S3cret' --verbose --secret --next":
        "a --password *** --verbose --secret --next",
    "sh -c 'run --token S3cret --fast'": "sh -c 'run --token *** --fast'",
    "pip --index-url https://S3cret@host/simple http://S3cret@h:8/ x@y":
        "pip --index-url https://***@host/simple http://***@h:8/ x@y",
    "a https://S3cret_S3cret_S3cret_S3cret:x-oauth-basic@host/x":
        "a https://***@host/x",
    "a ssh://git@host/x:1 'open --passwd \"S3cret S3cret\"":
        "a ssh://git@host/x:1 'open --passwd ***",
}


def test_secrets_in_command_lines_are_masked(profviz, tmp_path):
    for i, (line, shown) in enumerate(SECRETS.items()):
        data = tmp_path / f"mem{i}.dat"
        data.write_text(f"CMDLINE {line}\n"
                        "MEM 1.000000 1795297860.8364\n"
                        "MEM 2.000000 1795297861.8364\n")
        profviz("report", "-q", data, "--revision", "token=S3cret", "-o",
                f"{tmp_path}/s{i}/", status=0)
        files = tree(tmp_path / f"s{i}")
        assert shown in html.unescape(files["inputs.html"].decode())
        for name, text in files.items():
            if name == "index.html":
                assert b"token=***" in text  # the report's own command
            elif not name.startswith("summary."):  # hold the revision, too
                assert b"S3cret" not in text, name


def test_a_site_is_a_side_of_a_comparison(profviz, inputs, site, tmp_path):
    old = tmp_path / "old"
    profviz("report", "-q", *inputs["old"][1:], "-o", f"{old}/", status=0)
    done = profviz("diff", f"{old}/", site, "-f", "json", status=0)
    name = "data/cpu-prof.json"  # the first that both hold, as given
    assert done.text == profviz("diff", "-q", old / name, site / name, "-f",
                                "json", status=0).text
    for folder, n in ((old, 4), (site, 5)):
        assert (f"{folder}: the report holds {n} profiles; this is "
                f"{folder}/{name}, ") in done.error


@pytest.mark.parametrize("old", ["site/", "page.html"])
@pytest.mark.parametrize("new", ["site/", "page.html"])
def test_a_site_and_a_page_begin_with_one_profile(profviz, inputs, tmp_path,
                                                  old, new):
    """The first input, which is not the first by name."""
    for side, out in (("old", old), ("new", new)):
        profviz("report", "-q", *inputs[side], "-o",
                f"{tmp_path}/{side}-{out}", status=0)
    done = profviz("diff", "-q", f"{tmp_path}/old-{old}",
                   f"{tmp_path}/new-{new}", "-f", "json", status=0)
    assert done.out == profviz("diff", "-q", inputs["old"][0],
                               inputs["new"][0], "-f", "json", status=0).out


def test_a_minus_is_a_minus_on_pages(profviz, tmp_path):
    for name, text in (("old", "main;stay 1000\nmain;left 900\n"),
                       ("new", "main;stay 1000\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.folded").write_text(text)
    profviz("report", tmp_path / "new/a.folded", "--baseline",
            tmp_path / "old", "-o", f"{tmp_path}/site/", status=0)
    page = (tmp_path / "site/index.html").read_text()
    assert "left is gone (\N{MINUS SIGN}900 samples)" in page
    assert "(-900" not in page
    assert "left is gone (-900 samples)" in (
        tmp_path / "site/summary.md").read_text()
