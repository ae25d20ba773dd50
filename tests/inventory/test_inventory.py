# SPDX-License-Identifier: MIT
"""Nothing is listed in a registry without what belongs to it.

The two tables in C are the lists; CONTRIBUTING.md says what must stand
beside a format and a renderer.
"""
import gzip
import pathlib
import re
import subprocess
import zlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FORMATS = ROOT / "formats" / "formats.c"
RENDERERS = ROOT / "src" / "render" / "renderers.c"
GOLDEN = ROOT / "tests" / "golden"


def registered(table, kind):
    """Names in the array of `table`, in order; [] where it is not yet."""
    if not table.exists():
        return []
    return re.findall(rf"^\s*&pv_{kind}_(\w+)\s*,", table.read_text(),
                      re.MULTILINE)


NAMES = registered(FORMATS, "format")
PICTURES = registered(RENDERERS, "renderer")


def fixture_files(name, kind):
    where = ROOT / "fixtures" / name / kind
    return [p for p in sorted(where.glob("*")) if p.is_file()
            and not p.name.endswith((".err", ".txt.expected",
                                     ".flamegraphpl.txt"))]


def commands():
    """Every golden case's script, by case."""
    return {p.parent.name: p.read_text() for p in GOLDEN.glob("*/cmd")}


def media(name):
    """The PV_M_* bits that a renderer's source lists."""
    text = (ROOT / "src" / "render" / f"{name}.c").read_text()
    found = re.search(r"\.media\s*=([^,;]*),", text)
    return re.findall(r"PV_M_(\w+)", found.group(1)) if found else []


def test_the_registries_are_read():
    assert "folded" in NAMES
    assert "flame" in PICTURES


@pytest.mark.parametrize("name", NAMES)
class TestFormat:
    def test_has_its_source(self, name):
        text = (ROOT / "formats" / f"{name}.c").read_text()
        assert f"pv_format_{name} = {{" in text

    def test_has_its_page(self, name):
        page = ROOT / "formats" / f"{name}.md"
        assert page.exists() and len(page.read_text()) > 1000

    def test_has_two_good_fixtures(self, name):
        assert len(fixture_files(name, "good")) >= 2

    def test_has_five_bad_fixtures_with_messages(self, name):
        bad = fixture_files(name, "bad")
        assert len(bad) >= 5
        for path in bad:
            said = pathlib.Path(f"{path}.err")
            assert said.exists() and said.read_text().strip(), path.name

    def test_has_a_fuzz_dictionary(self, name):
        assert (ROOT / "fuzz" / "dict" / f"{name}.dict").stat().st_size > 0

    def test_has_goldens_through_info_and_another_command(self, name):
        """The other is `convert` to folded where the format has stacks."""
        used = [c for c in commands().values()
                if f"fixtures/{name}/" in c]
        assert any("profviz info" in c for c in used)
        text = (ROOT / "formats" / f"{name}.c").read_text()
        if "PV_HAS_TREE" not in text:
            assert any("profviz info" not in c for c in used)
            return
        assert any("-f folded" in c or "--format folded" in c
                   or ".folded" in c.split("-o")[-1]
                   for c in used if "profviz convert" in c)


@pytest.mark.parametrize("name", PICTURES)
class TestRenderer:
    def test_has_its_source(self, name):
        text = (ROOT / "src" / "render" / f"{name}.c").read_text()
        assert f"pv_renderer_{name} = {{" in text

    def test_has_a_golden_for_every_medium(self, name):
        used = [c for c in commands().values()
                if re.search(rf"profviz {name}\b", c)]
        assert used, f"no golden case runs profviz {name}"
        binary = {"SVGZ", "PNG", "PDF", "PLAIN"}  # compared by their tests
        for medium in set(media(name)) - binary:
            ext = medium.lower()
            assert any(re.search(rf"(-f|--format[ =]) ?{ext}\b|\.{ext}\b", c)
                       for c in used) or ext == "txt", (
                f"no golden case makes {ext} with profviz {name}")


def test_every_format_and_renderer_is_in_the_changelog():
    text = (ROOT / "CHANGELOG.md").read_text()
    for name in NAMES + PICTURES:
        assert re.search(rf"\b{name}\b", text), name


def test_golden_cases_have_an_expectation():
    for case in GOLDEN.glob("*/cmd"):
        beside = {p.name for p in case.parent.iterdir()}
        assert beside & {"stdout", "stderr", "files", "exit"}, case.parent


def unzipped(path):
    data = path.read_bytes()
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return data


def test_no_recording_names_the_machine_it_was_made_on():
    """fixtures/make/neutral.py puts neutral prefixes in their place."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "fixtures", "tests"], cwd=ROOT,
        capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not in a checkout")
    own = re.compile(rb"/roo[t]/|/(?:home/)?[^/\s]+/\.pyenv/versions/\d")
    found = [name for name in listed.stdout.split("\0")
             if (ROOT / name).is_file() and own.search(unzipped(ROOT / name))]
    assert found == []
