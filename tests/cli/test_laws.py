# SPDX-License-Identifier: MIT
"""Laws that hold for every good fixture: sums, round trips, order."""
import csv
import decimal
import gzip
import io
import json
import random

import pytest

import truth
from harness import FIXTURES

GOOD = sorted(p for p in FIXTURES.glob("folded/good/*")
              if not p.name.endswith((".flamegraphpl.txt",
                                      ".expected.json")))
GROUPS = ["function", "file", "line", "module", "package"]

# truth.py counts them otherwise than their kind demands.
ODD = {"pyflame-flamechart.txt": "no counts: time is between the lines",
       "weird.folded": "two-count lines among others"}


def name(path):
    return path.name


def rows(profviz, path, *options):
    done = profviz("top", path, "-f", "csv", "-o", "-", *options, status=0)
    return list(csv.DictReader(io.StringIO(done.text, newline="")))


def columns(table):
    """Names of the self columns: what the file counts."""
    return [c for c in table[0] if c.startswith("self_")] if table else []


def added(table, column):
    return sum(decimal.Decimal(row[column]) for row in table)


def metrics(profviz, path):
    done = profviz("info", path, "-f", "json", "-o", "-", status=0)
    info = json.loads(done.text)["inputs"][0]
    return {m["name"]: decimal.Decimal(str(m["total"]))
            for m in info["metrics"]}


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("path", GOOD, ids=name)
def test_self_sums_to_the_total_in_every_grouping(path, by, profviz):
    totals = metrics(profviz, path)
    table = rows(profviz, path, "--by", by)
    for column in columns(table):
        metric = column.removeprefix("self_")
        assert added(table, column) == totals[metric], metric


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_the_total_is_the_file_s(path, profviz):
    if path.name in ODD:
        pytest.skip(ODD[path.name])
    totals = metrics(profviz, path)
    first = "after" if "after" in totals else next(iter(totals))
    wanted = truth.total(path)
    if first == "time":     # microseconds in the file, seconds in JSON
        wanted /= 1_000_000
    assert totals[first] == wanted


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_total_is_at_least_self_and_at_most_all(path, profviz):
    totals = metrics(profviz, path)
    for row in rows(profviz, path):
        for metric, whole in totals.items():
            if f"self_{metric}" in row and whole >= 0:
                mine = decimal.Decimal(row[f"self_{metric}"])
                total = decimal.Decimal(row[f"total_{metric}"])
                if metric != "memory":      # signed: no such order
                    assert mine <= total <= whole, row


def folded(profviz, *args):
    done = profviz("convert", *args, "-f", "folded", "-o", "-", status=0)
    return done.out


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_folded_again_is_the_same(path, profviz, tmp_path):
    once = folded(profviz, path)
    if not once:
        pytest.skip("no stack of its own")
    again = tmp_path / "again.folded"
    again.write_bytes(once)
    assert folded(profviz, again) == once


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_folded_has_the_file_s_stacks_and_counts(path, profviz):
    data = truth.content(path)
    if (path.name in ODD or data.startswith((b"# austin", b"P1;"))
            or path.name in ("diff-two-column.folded",)):
        pytest.skip("header lines, time order or two columns")
    wanted = {stack: value for stack, value in truth.stacks(path).items()
              if value}
    got = {}
    for line in folded(profviz, path).splitlines():
        stack, _, value = line.rpartition(b" ")
        if decimal.Decimal(value.decode()):
            got[stack] = decimal.Decimal(value.decode())
    assert got == wanted


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_pieces_in_any_order_merge_to_the_same_bytes(path, profviz,
                                                     tmp_path):
    data = truth.content(path)
    if path.name in ODD or data.startswith(b"#"):
        pytest.skip("header lines or time order")
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    lines[-1] = lines[-1].rstrip(b"\n") + b"\n"
    mixed = random.Random(1).sample(lines, len(lines))
    third = -(-len(mixed) // 3)
    pieces = []
    for number in range(3):
        piece = mixed[third * number:third * (number + 1)]
        if not any(b";" in line for line in piece):
            pytest.skip("too short to be cut")
        pieces.append(tmp_path / f"{number}.folded")
        pieces[-1].write_bytes(b"".join(piece))
    for make in (["convert", "-f", "folded"], ["top", "-f", "csv"],
                 ["flame", "--classic", "--title", "T", "-f", "svg"]):
        def run(*inputs, make=make):
            return profviz(*make, "--input-format", "folded", "-o", "-",
                           *inputs, status=0).out
        whole = run(path)
        assert run(*pieces) == whole
        assert run(*reversed(pieces)) == whole


def test_file_pipe_and_gzip_are_the_same(profviz, fixtures, tmp_path):
    path = fixtures / "folded/good/pyspy-batch-function.folded"
    data = path.read_bytes()
    packed = tmp_path / "p.gz"
    packed.write_bytes(gzip.compress(data))
    command = ["flame", "--title", "T", "--classic", "-f", "svg", "-o", "-"]
    wanted = profviz(*command, path, status=0).out
    assert profviz(*command, packed, status=0).out == wanted
    assert profviz(*command, "-", stdin=data, status=0).out == wanted
    assert profviz(*command, stdin=data, status=0).out == wanted


@pytest.mark.parametrize("media", [["flame", "-f", "svg"],
                                   ["flame", "-f", "html"],
                                   ["flame", "--classic", "-f", "svg"],
                                   ["top", "-f", "json"],
                                   ["tree"], ["info", "-f", "json"],
                                   ["convert", "-f", "json"]], ids=" ".join)
def test_same_bytes_whatever_the_environment(media, profviz, fixtures):
    path = fixtures / "folded/good/pyspy-site.folded.gz"
    command = [*media, path, "-o", "-"]
    wanted = profviz(*command, status=0).out
    for env in ({"LC_ALL": "C", "TZ": "Asia/Tokyo"},
                {"LC_ALL": "de_DE.UTF-8", "TZ": "America/Lima"}):
        if media != ["tree"]:
            assert profviz(*command, env=env, status=0).out == wanted
    for jobs in ("1", "2", "7"):
        assert profviz(*command, "-j", jobs, status=0).out == wanted


def test_json_and_csv_hold_the_same(profviz, fixtures):
    path = fixtures / "folded/good/pyspy-batch-function.folded"
    done = profviz("top", path, "-f", "json", "-o", "-", status=0)
    data = json.loads(done.text)
    assert data["profviz"] == 1
    table = rows(profviz, path)
    assert [["" if v is None else str(v) for v in r.values()]
            for r in data["rows"]] == [list(r.values()) for r in table]
    assert list(data["rows"][0]) == list(table[0])


def test_json_is_as_its_schema_says(profviz, fixtures):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(
        (FIXTURES.parent / "docs/profile.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    for path in GOOD:
        done = profviz("convert", path, "-f", "json", "-o", "-", status=0)
        check.validate(json.loads(done.text))
