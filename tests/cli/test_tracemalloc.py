# SPDX-License-Identifier: MIT
"""tracemalloc snapshots of every Python: what Snapshot.statistics() has."""
import csv
import gzip
import io
import json
import pickle
import tracemalloc

import pytest

from harness import FIXTURES
from readings import Model, rows

GOOD = FIXTURES / "tracemalloc" / "good"
EXPECTED = sorted(GOOD.glob("*.expected.json"))


def name_of(path):
    return path.name.removesuffix(".expected.json")


def snapshot_of(path):
    """snap-X-limN.expected.json is about ...-b; the others about one file."""
    name = name_of(path)
    for ending in (".tracemalloc", ".tracemalloc.gz", "-b.tracemalloc"):
        if (GOOD / (name + ending)).exists():
            return GOOD / (name + ending)
    raise AssertionError(path)


def base(file):
    return file.replace("\\", "/").rsplit("/", 1)[-1]


class Unpickler(pickle.Unpickler):
    """The fixtures are our own; still, only two classes are ever made."""

    def find_class(self, module, name):
        if module == "tracemalloc" and name in ("Snapshot", "_Traces"):
            return type(name, (), {})
        if module in ("copy_reg", "copyreg") and name == "_reconstructor":
            return super().find_class("copyreg", name)
        if module in ("__builtin__", "builtins") and name == "object":
            return object
        raise pickle.UnpicklingError(f"{module}.{name}")


def load(path):
    """Traces as the file has them: (size, traceback, frames in all)."""
    opener = gzip.open if path.read_bytes()[:2] == b"\x1f\x8b" else open
    with opener(path, "rb") as file:
        traces = Unpickler(file).load().traces._traces
    for trace in traces:
        frames = trace[-1 if len(trace) < 4 else 2]
        yield (trace[len(trace) > 2], frames,
               trace[3] if len(trace) == 4 else len(frames))


@pytest.mark.parametrize("path", sorted(p for p in GOOD.glob("*")
                                        if "tracemalloc" in p.suffixes[-1]
                                        or p.suffix == ".gz"),
                         ids=lambda p: p.name)
def test_traces_are_those_of_the_file(path, profviz):
    want = {}
    for size, frames, total in load(path):
        key = (max(0, total - len(frames)), tuple(map(tuple, frames)))
        old = want.get(key, (0, 0))
        want[key] = (old[0] + size, old[1] + 1)
    text = profviz("convert", path, "-f", "json", status=0).text
    assert Model(text).traces() == want


def newest_first(path, frames):
    """The API shows the oldest call first from Python 3.7 on."""
    frames = [(base(f), line) for f, line in frames]
    return tuple(frames if "-3.6-" in path.name else reversed(frames))


def expected(path, key):
    return [(tuple(map(tuple, frames)), size, count)
            for frames, size, count, *_ in json.loads(path.read_text())[key]]


def traces(profviz, path):
    """{traceback: (size, blocks)}, the most recent call first; the number
    of frames that were cut is no part of Python's key."""
    found = {}
    text = profviz("convert", path, "-f", "json", status=0).text
    for (_, frames), (size, blocks) in Model(text).traces().items():
        key = tuple((base(f), line) for f, line in frames)
        old = found.get(key, (0, 0))
        found[key] = (old[0] + size, old[1] + blocks)
    return found


def grouped(found, keys_of):
    sums = {}
    for frames, (size, blocks) in found.items():
        for key in keys_of(frames):
            old = sums.get(key, (0, 0))
            sums[key] = (old[0] + size, old[1] + blocks)
    return sums


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
class TestStatistics:
    def test_by_traceback(self, path, profviz):
        want = {newest_first(path, frames): (size, count) for
                frames, size, count in expected(path, "stat traceback False")}
        assert want
        assert traces(profviz, snapshot_of(path)) == want

    def test_top_by_line(self, path, profviz):
        want = {((base(frames[0][0]), frames[0][1])): (size, count) for
                frames, size, count in expected(path, "stat lineno False")}
        done = profviz("top", snapshot_of(path), "-f", "csv", status=0)
        got = {(base(r["file"]), int(r["line"])):
               (int(r["self_size"]), int(r["self_blocks"]))
               for r in rows(done.text) if r["self_blocks"] != "0"}
        assert got == want

    def test_top_by_file(self, path, profviz):
        want = {base(frames[0][0]): (size, count) for
                frames, size, count in expected(path, "stat filename False")}
        done = profviz("top", snapshot_of(path), "--by", "file", "-f", "csv",
                       status=0)
        got = {base(r["file"]): (int(r["self_size"]), int(r["self_blocks"]))
               for r in rows(done.text) if r["self_blocks"] != "0"}
        assert got == want

    def test_cumulative_counts_every_frame(self, path, profviz):
        """Python adds a block once for each frame that is in the group."""
        found = traces(profviz, snapshot_of(path))
        for key, keys_of in (
                ("stat lineno True", lambda frames: frames),
                ("stat filename True", lambda frames: [f for f, _ in frames])):
            want = {(frames[0] if "lineno" in key else frames[0][0]):
                    (size, count)
                    for frames, size, count in expected(path, key)}
            want = {((base(k[0]), k[1]) if isinstance(k, tuple) else base(k)):
                    v for k, v in want.items()}
            assert grouped(found, keys_of) == want


def test_totals_and_traces(profviz):
    for path in EXPECTED:
        data = json.loads(path.read_text())
        done = profviz("info", snapshot_of(path), "-f", "json", status=0)
        info = json.loads(done.text)["inputs"][0]
        metrics = {m["name"]: m["total"] for m in info["metrics"]}
        assert metrics == {"size": data["total"], "blocks": data["traces"]}


def test_every_protocol_reads_alike(profviz):
    texts = {profviz("top", GOOD / f"proto{n}.tracemalloc", "-f", "csv",
                     status=0).out for n in range(6)}
    assert len(texts) == 1


def test_no_traces_is_a_valid_snapshot(profviz):
    done = profviz("top", GOOD / "empty-no-traces.tracemalloc", "-f", "csv",
                   status=0)
    assert rows(done.text) == []


def test_cut_tracebacks_say_so(profviz):
    """Limit 1 of deeper stacks: [N frames cut] above each."""
    done = profviz("convert", GOOD / "snap-3.13-lim1-b.tracemalloc", "-f",
                   "folded", status=0)
    assert "frames cut];" in done.text or "frame cut];" in done.text


def test_ties_stand_as_statistics_puts_them(profviz, tmp_path):
    """By size, then count, then place, all downwards."""
    tracemalloc.start()
    kept = [[bytes(500) for _ in range(4)], [bytes(500) for _ in range(4)],
            [bytes(500) for _ in range(4)]]
    some = bytes(2500), bytes(500)
    snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    path = tmp_path / "ties.tracemalloc"
    snapshot.dump(path)
    places = [(s.traceback[0].filename, s.traceback[0].lineno)
              for s in snapshot.statistics("lineno")]
    listed = csv.DictReader(io.StringIO(
        profviz("top", path, "-f", "csv", status=0).text))
    own = [(r["file"], int(r["line"])) for r in listed if r["self_blocks"] != "0"]
    assert own == places
    for by, key in (("line", "lineno"), ("file", "filename")):
        listed = csv.DictReader(io.StringIO(
            profviz("top", path, "--by", by, "-f", "csv", status=0).text))
        own = [r["name"] for r in listed if r["self_blocks"] != "0"]
        wanted = [f"{s.traceback[0].filename}:{s.traceback[0].lineno}"
                  if by == "line" else s.traceback[0].filename
                  for s in snapshot.statistics(key)]
        assert own == wanted, by
    assert kept and some
