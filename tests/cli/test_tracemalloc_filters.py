# SPDX-License-Identifier: MIT
"""--traces keeps what Snapshot.filter_traces keeps, by Python's own word."""
import fnmatch
import gzip
import pickle
import random
import sys
import tracemalloc

import pytest

from harness import FIXTURES
from readings import rows

needs_39 = pytest.mark.skipif(sys.version_info < (3, 9),
                              reason="traces of four fields")
FILES = ["<frozen importlib._bootstrap>", "<unknown>", "/srv/app/a.py",
         "/srv/app/b/c.py", "/srv/app/b/c.pyc", "/srv/[x]/d.py",
         "/usr/lib/python3/json/decoder.py", "é.py", "x.py:12"]
GLOBS = ["*", "*.py", "<*>", "<frozen importlib._bootstrap>", "<unknown>",
         "/srv/*", "/srv/app/b/c.py", "/srv/app/b/c.pyc", "*/json/*", "?.py",
         "*[ac].py", "*[!a-c].py", "[[]*", "*/[[]x]/*", "*]*", "a.py", "",
         "[", "*app*c*", "/srv/app/?.py", "[!/]*", "*[]x]*", "*[a-]*"]


def make_snapshot(seed):
    rng = random.Random(seed)
    traces = []
    for _ in range(300):
        n = rng.choice((1, 1, 2, 4))
        traces.append((rng.choice((0, 0, 7)), rng.randrange(1000),
                       tuple((rng.choice(FILES), rng.randrange(1, 4))
                             for _ in range(n)), n))
    return tracemalloc.Snapshot(traces, 9)


def make_filter(rng):
    """One of Python's, and how it is spelled."""
    keeps = rng.random() < 0.5
    mark = "" if keeps else "!"
    if rng.random() < 0.25:
        domain = rng.choice((0, 7, 9))
        return (tracemalloc.DomainFilter(keeps, domain),
                f"{mark}domain={domain}")
    glob = rng.choice(GLOBS) or "*"
    line = rng.choice((None, None, None, 1, 2))
    spelled = mark + glob + (f":{line}" if line else "")
    return (lambda all_frames: tracemalloc.Filter(
        keeps, glob, line, all_frames=all_frames)), spelled


def expected(snapshot, filters):
    return {(s.traceback[-1].filename, s.traceback[-1].lineno):
            (s.size, s.count)
            for s in snapshot.filter_traces(filters).statistics("lineno")}


def reported(profviz, path, args):
    done = profviz("annotate", path, "-f", "csv", *args, status=0)
    return {(r["file"], int(r["line"])): (int(r["size"]), int(r["blocks"]))
            for r in rows(done.text)}


@needs_39
@pytest.mark.parametrize("protocol", [2, 4])
@pytest.mark.parametrize("seed", range(40))
def test_as_filter_traces(seed, protocol, profviz, tmp_path):
    rng = random.Random(seed)
    snapshot = make_snapshot(seed)
    path = tmp_path / "x.snap"
    path.write_bytes(pickle.dumps(snapshot, protocol))
    all_frames = rng.random() < 0.4
    chosen = [make_filter(rng) for _ in range(rng.randint(1, 3))]
    filters = [f(all_frames) if callable(f) else f for f, _ in chosen]
    args = [a for _, spelled in chosen for a in ("--traces", spelled)]
    if all_frames:
        args.append("--all-frames")
    assert reported(profviz, path, args) == expected(snapshot, filters)


@needs_39
@pytest.mark.parametrize("glob", GLOBS[:-1])
def test_globs_are_pythons(glob, profviz, tmp_path):
    """Each against each file, one trace a file."""
    if not glob:
        pytest.skip("an empty pattern is refused")
    path = tmp_path / "x.snap"
    snapshot = tracemalloc.Snapshot(
        [(0, 8, ((f, i + 1),), 1) for i, f in enumerate(FILES)], 1)
    snapshot.dump(path)
    got = reported(profviz, path, ["--traces", glob])
    py = [f[:-1] if f.endswith(".pyc") else f for f in FILES]
    want = glob[:-1] if glob.endswith(".pyc") else glob
    assert [f for f, _ in sorted(got, key=lambda k: k[1])] == [
        f for f, p in zip(FILES, py) if fnmatch.fnmatchcase(p, want)]


@needs_39
def test_a_recorded_snapshot(profviz):
    path = FIXTURES / "tracemalloc/good/big-imports-3.13.tracemalloc.gz"
    snapshot = pickle.loads(gzip.decompress(path.read_bytes()))
    filters = [tracemalloc.Filter(False, "<frozen importlib._bootstrap>"),
               tracemalloc.Filter(False, "<unknown>")]
    assert reported(profviz, path, [
        "--traces", "!<frozen importlib._bootstrap>",
        "--traces", "!<unknown>"]) == expected(snapshot, filters)


@pytest.mark.parametrize("text", ["", "!", "domain=x", "!domain="])
def test_what_is_no_filter(text, profviz):
    path = FIXTURES / "tracemalloc/good/proto4.tracemalloc"
    done = profviz("top", path, "--traces", text, status=2)
    assert "--traces" in done.error


def test_other_kinds_have_no_traces(profviz):
    path = FIXTURES / "pstats/good/cprofile-3.12.prof"
    done = profviz("top", path, "--traces", "*.py", status=2)
    assert "was read as pstats" in done.error
