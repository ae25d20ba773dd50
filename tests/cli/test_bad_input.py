# SPDX-License-Identifier: MIT
"""Input that cannot be used, too large or too odd to lie in fixtures/."""
import bz2
import gzip
import os

import pytest

COMMANDS = ["flame", "top", "tree", "info", "convert"]


def arguments(command, path, out):
    options = {"convert": ["-f", "folded"], "flame": ["-f", "svg"],
               "top": ["-f", "csv"]}
    return [command, path, *options.get(command, []), "-o", out]


@pytest.fixture
def refuse(profviz, tmp_path):
    """Each command refuses `path` with `status`; the last line it says."""
    def run(path, status=3, extra=()):
        out = tmp_path / "out"
        for command in COMMANDS:
            done = profviz(*arguments(command, path, out), *extra,
                           status=status)
            assert done.out == b""
            assert not out.exists()
            assert not [p for p in tmp_path.iterdir()
                        if p.name.startswith(".")]
            last = done.error.splitlines()[-1]
            assert last.startswith("profviz: "), done.error
        return last
    return run


def test_missing_file(refuse, tmp_path):
    assert "nothing.folded" in refuse(tmp_path / "nothing.folded", 4)


def test_directory(refuse, tmp_path):
    (tmp_path / "d").mkdir()
    assert "directory" in refuse(tmp_path / "d", 4)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(refuse, tmp_path):
    path = tmp_path / "secret.folded"
    path.write_bytes(b"a;b 1\n")
    path.chmod(0)
    assert "secret.folded" in refuse(path, 4)


def test_a_line_over_16_mib(refuse, tmp_path):
    path = tmp_path / "long.folded"
    path.write_bytes(b"a;b 1\n" + b"x" * (16 * 1024 * 1024 + 1) + b";y 3\n")
    assert "long.folded:2:" in refuse(path)


def test_a_line_just_below_16_mib_is_read(profviz, tmp_path):
    path = tmp_path / "long.folded"
    path.write_bytes(b"a;b 1\na;" + b"x" * (16 * 1024 * 1024 - 64) + b" 3\n")
    profviz("info", path, status=0)


@pytest.mark.parametrize("length", [70_000, 1 << 20])
def test_a_first_name_longer_than_the_window_is_read(profviz, tmp_path, length):
    path = tmp_path / "name.txt"
    path.write_text("n" * length + " 3\na;b 4\n")
    rows = profviz("top", path, "-f", "csv", status=0).text.splitlines()
    assert [row.rsplit(",", 2)[-2:] for row in rows[1:]] \
        == [["4", "4"], ["3", "3"], ["0", "4"]]


def test_a_first_name_over_16_mib(refuse, tmp_path):
    path = tmp_path / "name.txt"
    path.write_text("n" * (16 << 20) + " 3\n")
    assert refuse(path).endswith("name.txt:1: line is longer than 16 MiB")


def test_all_that_was_tried_is_named(refuse, profviz, tmp_path):
    path = tmp_path / "strange.txt"
    path.write_text("hello\nworld\n")
    tried = refuse(path).split("(tried ")[1].split("); it begins 'hello'")[0]
    formats = profviz("formats", status=0).text.split("\n\n")[1]
    assert tried.split(", ") == [line.split()[0] for line in
                                 formats.splitlines()
                                 if line[2:3].strip()]


def test_a_stack_of_100_000_frames(refuse, tmp_path):
    path = tmp_path / "deep.folded"
    path.write_bytes(b"a;b 1\n" + b"f;" * 99_999 + b"f 3\n")
    last = refuse(path)
    assert "deep.folded:2" in last and "depth" in last


def test_depth_may_be_raised(profviz, tmp_path):
    path = tmp_path / "deep.folded"
    path.write_bytes(b"f;" * 99_999 + b"f 3\n")
    done = profviz("convert", path, "-f", "folded", "-o", "-", "--limits",
                   "depth=200000", status=0)
    assert done.out == path.read_bytes()


def test_depth_may_be_lowered(refuse, tmp_path):
    path = tmp_path / "deep.folded"
    path.write_bytes(b"a;b;c 1\n")
    assert "depth" in refuse(path, extra=["--limits", "depth=2"])


def test_a_gzip_bomb(refuse, tmp_path):
    path = tmp_path / "bomb.folded.gz"
    path.write_bytes(gzip.compress(b"a;b 1\n" * 4_000_000))
    assert "ratio" in refuse(path, extra=["--limits", "ratio=10"])


def test_two_gzip_layers(refuse, tmp_path):
    path = tmp_path / "twice.folded.gz.gz"
    path.write_bytes(gzip.compress(gzip.compress(b"a;b 1\n")))
    assert "gzip" in refuse(path)


def test_gzip_members_in_a_row_are_one_input(profviz, tmp_path):
    path = tmp_path / "two.folded.gz"
    path.write_bytes(gzip.compress(b"a;b 1\na;") + gzip.compress(b"c 2\n"))
    done = profviz("convert", path, "-f", "folded", "-o", "-", status=0)
    assert done.out == b"a;b 1\na;c 2\n"


def test_sum_over_many_lines_overflows(refuse, tmp_path):
    path = tmp_path / "sum.folded"
    path.write_bytes(b"".join(b"a;f%d 4611686018427387904\n" % i
                              for i in range(3)))
    refuse(path)


def test_the_largest_sum_is_fine(profviz, tmp_path):
    path = tmp_path / "sum.folded"
    path.write_bytes(b"a;b 9223372036854775806\na;c 1\n")
    done = profviz("top", path, "-f", "csv", "-o", "-", status=0)
    assert b"9223372036854775807" in done.out


@pytest.mark.parametrize("packed, name", [
    (bz2.compress(b"a;b 1\n"), "bzip2"),
    (b"\xfd7zXZ\0" + bytes(40), "xz"),
    (b"\x28\xb5\x2f\xfd" + bytes(40), "zstd"),
    (b"PK\x03\x04" + bytes(40), "zip"),
], ids=["bzip2", "xz", "zstd", "zip"])
def test_other_compression_is_named(refuse, tmp_path, packed, name):
    path = tmp_path / "run.folded"
    path.write_bytes(packed)
    assert name in refuse(path)


def test_all_counts_zero_is_no_error(profviz, fixtures, tmp_path):
    out = tmp_path / "zero.svg"
    profviz("flame", fixtures / "folded/good/all-zero.folded", "-o", out,
            status=0)
    assert b"<svg" in out.read_bytes()


def test_strict_refuses_a_bad_line(refuse, tmp_path):
    path = tmp_path / "one.folded"
    path.write_bytes(b"a;b 1\nno count here\na;c 2\n")
    assert "one.folded:2" in refuse(path, extra=["--strict"])


def test_a_bad_line_is_a_warning(profviz, tmp_path):
    path = tmp_path / "one.folded"
    path.write_bytes(b"a;b 1\nno count here\na;c 2\n")
    done = profviz("convert", path, "-f", "folded", "-o", "-", status=0)
    assert done.out == b"a;b 1\na;c 2\n"
    assert "2" in done.error and len(done.error.splitlines()) == 1
    quiet = profviz("convert", path, "-q", "-f", "folded", "-o", "-",
                    status=0)
    assert quiet.err == b""


def test_a_refusal_says_what_to_do(refuse, tmp_path):
    path = tmp_path / "deep.folded"
    path.write_text(";".join("abcd") + " 1\n")
    assert "raise it by --limits depth=N" in refuse(
        path, extra=["--limits", "depth=2"])
    path.write_text("".join(f"a;f{i} 1\n" for i in range(5000)))
    assert "raise it by --limits memory=N" in refuse(
        path, extra=["--limits", "memory=10k"])
    assert "name the files in it" in refuse(tmp_path, 4)


def test_one_count_and_two_do_not_add_up(profviz, tmp_path):
    one, two = tmp_path / "one.folded", tmp_path / "two.folded"
    one.write_text("a;b 1\n")
    two.write_text("a;b 1 2\n")
    said = profviz("top", one, two, status=3).error
    assert "two.folded: this holds two counts a stack" in said
    assert " holds one count a stack: " in said


def test_an_empty_name_is_shown(profviz):
    assert profviz("top", "", status=4).error == (
        "profviz: '' does not name a file\n")


def test_text_behind_gzip_data_is_not_lost_in_silence(profviz, refuse,
                                                      tmp_path):
    path = tmp_path / "mixed.gz"
    packed = gzip.compress(b"a;b 1\n")
    path.write_bytes(packed + b"a;c 2\n")
    done = profviz("top", path, "--format", "csv", status=0)
    assert "mixed.gz: left out what stands behind the gzip" in done.error
    assert "behind the gzip data" in refuse(path, extra=["--strict"])
    path.write_bytes(packed + packed + bytes(512))
    done = profviz("top", path, "--format", "csv", status=0)
    assert done.error == "" and b"b,,,2,2" in done.out
