# SPDX-License-Identifier: MIT
"""One snapshot, many files: every way that it can be pickled and come in gives
the same profile.

Snapshots as Python writes them are added up as they pass; what is odd about
one may stand at its end, when most of it was read.
"""
import collections
import gzip
import io
import json
import pickle
import random
import tracemalloc

import pytest

from readings import rows


def make_traces(seed, count=6000, fields=4):
    """More than the reader looks at at a time."""
    rng = random.Random(seed)
    files = [f"/srv/app/package_{i % 7}/módule_{i}.py" for i in range(90)]
    places = []
    for _ in range(700):
        depth = rng.choice((1, 1, 2, 3, 4, 9))
        places.append(tuple((rng.choice(files), rng.randrange(1, 70_000))
                            for _ in range(depth)))
    traces = []
    for _ in range(count):
        place = rng.choice(places)
        trace = (rng.choice((0, 0, 0, 0, 7, 389047)),
                 rng.choice((0, 1, 255, 256, 65535, 65536, 2 ** 31, 2 ** 33)),
                 place, len(place) + rng.choice((0, 0, 0, 3)))
        traces.append(trace[:fields])
    return traces


def statistics(traces):
    """What statistics("lineno") comes to, by the line that allocated."""
    found = collections.defaultdict(lambda: [0, 0])
    for trace in traces:
        sums = found[trace[2][0]]
        sums[0] += trace[1]
        sums[1] += 1
    return {place: tuple(sums) for place, sums in found.items()}


def stacks(traces):
    """Domains, places and what was cut of them."""
    return len({(t[0], t[2], max(0, t[3] - len(t[2])) if len(t) > 3 else 0)
                for t in traces})


def pickled(traces, protocol=4, writer=pickle.Pickler):
    out = io.BytesIO()
    writer(out, protocol).dump(tracemalloc.Snapshot(traces, 9))
    return out.getvalue()


@pytest.fixture
def check(profviz, tmp_path):
    """Are the sums those of the traces?"""
    def run(data, traces, stdin=False):
        path = tmp_path / "x.snap"
        path.write_bytes(data)
        args = ["-" if stdin else path], {"stdin": data if stdin else b""}
        done = profviz("annotate", *args[0], "-f", "csv", **args[1])
        assert done.status == 0, done.error
        got = {(r["file"], int(r["line"])): (int(r["size"]), int(r["blocks"]))
               for r in rows(done.text)}
        assert got == statistics(traces)
        done = profviz("info", *args[0], "-f", "json", **args[1])
        counts = json.loads(done.text)["inputs"][0]["counts"]
        assert counts.get("stacks", 0) == stacks(traces)
        return done
    return run


@pytest.mark.parametrize("protocol", range(6))
def test_every_protocol(protocol, check):
    traces = make_traces(protocol)
    check(pickled(traces, protocol), traces)


def test_the_pickler_in_python(check):
    traces = make_traces(20)
    check(pickled(traces, 5, pickle._Pickler), traces)


def test_three_fields_as_before_python_39(check):
    traces = make_traces(21, fields=3)
    check(pickled(traces), traces)


def test_files_pipes_and_gzip(check):
    traces = make_traces(22)
    data = pickled(traces)
    check(data, traces, stdin=True)
    check(gzip.compress(data), traces)


@pytest.mark.parametrize("count", [0, 1, 2, 999, 1000, 1001, 2001])
@pytest.mark.parametrize("fields", [3, 4])
def test_whole_and_broken_batches(count, fields, check):
    traces = make_traces(count, count, fields)
    check(pickled(traces), traces)


def test_tracebacks_that_are_not_one_object(check):
    traces = [(d, s, tuple((f[:-1] + f[-1], n) for f, n in t), k)
              for d, s, t, k in make_traces(23)]
    check(pickled(traces), traces)


@pytest.mark.parametrize("late", [
    (0, 5, (("x" * 40_000 + ".py", 3),), 1),
    (0, 5, (("x.py", 3),) * 3000, 3000), (-1, 5, (("x.py", 3),), 1),
    (2 ** 40, 5, (("x.py", 3),), 1), (0, 5, (("x.py", 2 ** 31 + 5),), 1)],
    ids=["long name", "deep", "domain -1", "far domain", "far line"])
def test_something_odd_at_the_end(late, check):
    traces = [*make_traces(24), late]
    check(pickled(traces), traces)


@pytest.mark.parametrize("late, says", [
    ((0, -5, (("x.py", 3),), 1), "the size is not a number of bytes"),
    ((0, 5, (), 0), "the traceback is empty"),
    ((0, 5, (("x.py", -3),), 1), "a frame is not (file, line)"),
    ((0, 5, (("x.py", 3),)), "it has 3 fields, earlier ones 4"),
    ((0, 2 ** 63, (("x.py", 3),), 1), "above 2^63-1")])
def test_something_wrong_at_the_end(late, says, profviz, tmp_path):
    path = tmp_path / "x.snap"
    path.write_bytes(pickled([*make_traces(25), late]))
    done = profviz("top", path)
    assert done.status == 3 and not done.out
    assert "trace 6001: " in done.error and says in done.error


def test_what_follows_is_counted(check):
    traces = make_traces(26)
    done = check(pickled(traces) + b"more", traces)
    assert "4 bytes follow the pickle; ignored" in done.error
