# SPDX-License-Identifier: MIT
"""Where output goes: -o, -f, terminals, full disks, closed pipes."""
import gzip
import os
import stat
import subprocess

import pytest

from harness import environment
from descriptors import run_on_terminal


@pytest.fixture
def prof(tmp_path):
    path = tmp_path / "nightly.run.folded.gz"
    path.write_bytes(gzip.compress(b"main;load;parse 3\nmain;run 5\n"))
    return path


def names(directory):
    return sorted(p.name for p in directory.iterdir())


def test_text_goes_to_stdout(profviz, prof):
    assert profviz("info", prof, status=0).out
    assert profviz("top", prof, status=0).out


def test_a_picture_goes_to_a_stdout_that_is_no_terminal(profviz, prof,
                                                        tmp_path):
    done = profviz("flame", prof, cwd=tmp_path, status=0)
    assert b"<svg" in done.out[:400]
    assert names(tmp_path) == [prof.name]


def test_a_picture_gets_a_name_when_stdout_is_a_terminal(binary, prof,
                                                         tmp_path):
    status, seen, _, err = run_on_terminal(
        [binary, "flame", prof], environment(), cwd=tmp_path)
    assert (status, seen, err) == (0, b"nightly.run.flame.svg\n", b"")
    assert b"<svg" in (tmp_path / "nightly.run.flame.svg").read_bytes()[:400]


def test_the_name_follows_the_format(binary, prof, tmp_path):
    status, seen, _, _ = run_on_terminal(
        [binary, "flame", prof, "-f", "svgz"], environment(), cwd=tmp_path)
    assert (status, seen) == (0, b"nightly.run.flame.svgz\n")


def test_the_name_for_stdin(binary, tmp_path):
    status, seen, _, _ = run_on_terminal(
        [binary, "flame"], environment(), cwd=tmp_path, stdin=b"a;b 1\n")
    assert (status, seen) == (0, b"profviz.flame.svg\n")
    assert names(tmp_path) == ["profviz.flame.svg"]


def test_dash_forces_stdout_on_a_terminal(binary, prof, tmp_path):
    status, seen, _, _ = run_on_terminal(
        [binary, "flame", prof, "-o", "-"], environment(), cwd=tmp_path)
    assert status == 0 and b"<svg" in seen[:400]
    assert names(tmp_path) == [prof.name]


@pytest.mark.parametrize("kind", ["svgz", "png", "pdf"])
def test_binary_is_refused_on_a_terminal(binary, prof, tmp_path, kind):
    status, seen, _, err = run_on_terminal(
        [binary, "flame", prof, "-f", kind, "-o", "-"], environment(),
        cwd=tmp_path)
    assert (status, seen) == (2, b"")
    assert b"terminal" in err and b"-o" in err


def test_extension_decides(profviz, prof, tmp_path):
    for name, start in [("a.svg", b"<"), ("a.SVG", b"<"),
                        ("a.svgz", b"\x1f\x8b"), ("a.html", b"<!DOCTYPE"),
                        ("a.htm", b"<!DOCTYPE"),
                        ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF-")]:
        done = profviz("flame", prof, "-o", tmp_path / name, status=0)
        assert done.out == b"" and done.err == b""
        assert (tmp_path / name).read_bytes().startswith(start), name


def test_svgz_is_the_svg(profviz, prof):
    plain = profviz("flame", prof, "-f", "svg", status=0).out
    packed = profviz("flame", prof, "-f", "svgz", status=0).out
    assert gzip.decompress(packed) == plain
    assert packed[4:8] == bytes(4)  # no time in its header


def test_format_wins_over_extension(profviz, prof, tmp_path):
    out = tmp_path / "a.svg"
    profviz("top", prof, "-f", "csv", "-o", out, status=0)
    assert out.read_bytes().startswith(b"name,file,line,")


def test_no_extension_means_the_preset(profviz, prof, tmp_path):
    profviz("flame", prof, "-o", tmp_path / "picture", status=0)
    assert b"<svg" in (tmp_path / "picture").read_bytes()[:400]
    profviz("top", prof, "-o", tmp_path / ".hidden", status=0)
    assert (tmp_path / ".hidden").read_bytes() == profviz(
        "top", prof, status=0).out


@pytest.mark.parametrize("words, parts", [
    (["flame", "-o", "a.xyz"], ["xyz", "svg, svgz, html"]),
    (["flame", "-f", "xyz"], ["xyz", "svg, svgz, html"]),
    (["top", "-o", "a.svg"], ["svg", "txt, md, csv, json"]),
    (["top", "-f", "svg"], ["svg", "txt, md, csv, json"]),
    (["convert"], ["--format", "folded"]),
    (["info", "-f", "csv"], ["csv", "txt, json"]),
])
def test_what_cannot_be_written(profviz, prof, tmp_path, words, parts):
    done = profviz(words[0], prof, *words[1:], cwd=tmp_path, status=2)
    assert done.out == b"" and done.error.count("\n") == 1
    for part in parts:
        assert part in done.error
    assert names(tmp_path) == [prof.name]


def test_an_output_is_replaced_as_a_whole(profviz, prof, tmp_path):
    out = tmp_path / "a.csv"
    out.write_bytes(b"old")
    inode = out.stat().st_ino
    profviz("top", prof, "-o", out, status=0)
    assert out.stat().st_ino != inode  # another file took its place
    assert out.read_bytes() == profviz("top", prof, "-f", "csv",
                                       status=0).out
    assert names(tmp_path) == ["a.csv", prof.name]


def test_a_failure_leaves_the_old_output(profviz, tmp_path):
    out = tmp_path / "a.csv"
    out.write_bytes(b"old")
    (tmp_path / "bad").write_bytes(b"\x00\x01\x02")
    profviz("top", tmp_path / "bad", "-o", out, status=3)
    assert out.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv", "bad"]


def test_the_output_may_be_the_input(profviz, prof):
    before = profviz("convert", prof, "-f", "folded", status=0).out
    profviz("convert", prof, "-f", "folded", "-o", prof, status=0)
    assert prof.read_bytes() == before


def test_umask_decides_the_mode(binary, prof, tmp_path):
    out = tmp_path / "a.csv"
    subprocess.run(["sh", "-c", 'umask 027; exec "$0" "$@"', binary, "top",
                    prof, "-o", out], check=True, env=environment())
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


@pytest.mark.parametrize("words", [["top"], ["info"], ["flame"],
                                   ["flame", "-f", "svgz"],
                                   ["flame", "-f", "png"],
                                   ["flame", "-f", "pdf"],
                                   ["flame", "-f", "html"]])
def test_a_full_disk_is_4(profviz, prof, words):
    done = profviz(words[0], prof, *words[1:], "-o", "/dev/full", status=4)
    assert done.error.startswith("profviz: /dev/full: ")
    assert done.error.count("\n") == 1


@pytest.mark.parametrize("words", [["help"], ["help", "all"], ["--version"],
                                   ["formats"], ["help", "--man"]])
def test_help_to_a_full_disk_is_4(binary, words):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([binary, *words], stdout=full,
                              stderr=subprocess.PIPE, check=False,
                              env=environment())
    assert done.returncode == 4
    assert done.stderr.startswith(b"profviz: standard output: ")


@pytest.mark.parametrize("words", [["top"], ["flame"], ["info"]])
def test_stdout_on_a_full_disk_is_4(binary, prof, words):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([binary, words[0], prof], stdout=full,
                              stderr=subprocess.PIPE, check=False,
                              env=environment())
    assert done.returncode == 4 and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("words", [["top", "{}"], ["flame", "{}"], ["help"],
                                   ["formats"]])
def test_a_closed_pipe_is_4_and_no_signal(binary, prof, words):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([binary, *[w.format(prof) for w in words]],
                          stdout=writing, stderr=subprocess.PIPE,
                          check=False, env=environment())
    os.close(writing)
    assert done.returncode == 4
    assert b"standard output" in done.stderr


@pytest.mark.parametrize("closed", ["0<&-", ">&-", "2>&-", "0<&- >&- 2>&-"])
def test_closed_descriptors_never_reach_our_files(binary, prof, tmp_path,
                                                  closed):
    out = tmp_path / "a.csv"
    done = subprocess.run(["sh", "-c", f'exec "$0" "$@" {closed}', binary,
                           "top", prof, "-o", out], check=False,
                          env=environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    assert done.returncode == 0
    assert out.read_bytes().startswith(b"name,file,line,")


def test_a_closed_stdout_is_4(binary, prof):
    done = subprocess.run(["sh", "-c", 'exec "$0" "$@" >&-', binary, "top",
                           prof], check=False, env=environment(),
                          stderr=subprocess.PIPE)
    assert done.returncode == 4


def test_a_missing_directory_is_4(profviz, prof, tmp_path):
    done = profviz("top", prof, "-o", tmp_path / "no/a.csv", status=4)
    assert "no/a.csv" in done.error


def test_a_directory_is_no_output(profviz, prof, tmp_path):
    (tmp_path / "d").mkdir()
    done = profviz("top", prof, "-o", tmp_path / "d", "-f", "csv")
    assert done.status in (2, 4) and done.error.count("\n") == 1
    assert names(tmp_path / "d") == []


def test_a_device_is_written_directly(profviz, prof):
    profviz("top", prof, "-o", "/dev/null", status=0)
    assert os.path.exists("/dev/null") and not os.path.isfile("/dev/null")


def test_a_pipe_is_written_directly(binary, prof, tmp_path):
    fifo = tmp_path / "fifo.csv"
    os.mkfifo(fifo)
    process = subprocess.Popen([binary, "top", prof, "-o", fifo],
                               env=environment())
    with open(fifo, "rb") as reading:
        data = reading.read()
    assert process.wait() == 0 and data.startswith(b"name,file,line,")
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_link_keeps_pointing(profviz, prof, tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "real/b.csv")
    (tmp_path / "real/b.csv").write_bytes(b"old")
    profviz("top", prof, "-o", link, status=0)
    assert link.read_bytes().startswith(b"name,file,line,")


def test_stamp_is_asked_for(profviz, prof):
    env = {"SOURCE_DATE_EPOCH": "86400"}
    plain = profviz("flame", prof, env=env, status=0).out
    assert b"1970" not in plain
    stamped = profviz("flame", prof, "--stamp", env=env, status=0).out
    assert b"1970-01-02 00:00 UTC" in stamped and b"--stamp" in stamped
    profviz("flame", prof, "--stamp", env={"SOURCE_DATE_EPOCH": "soon"},
            status=2)


def test_verbose_explains_and_leaves_the_result_alone(profviz, prof):
    plain = profviz("top", prof, "-f", "csv", status=0)
    loud = profviz("top", prof, "-f", "csv", "-v", status=0)
    assert loud.out == plain.out and plain.err == b""
    assert "folded" in loud.error


@pytest.mark.parametrize("kind", ["png", "pdf", "html", "svgz"])
def test_a_disk_that_fills_in_the_middle_says_one_line(profviz, fixtures,
                                                       kind):
    done = profviz("flame", fixtures / "folded/good/pyspy-site.folded.gz",
                   "-f", kind, "-o", "/dev/full", status=4)
    assert done.error == ("profviz: /dev/full: No space left on device\n")
