# SPDX-License-Identifier: MIT
"""`flame --encoding`: names of folded stacks that are not in UTF-8."""
import re
import xml.etree.ElementTree as ET

import pytest

from harness import FIXTURES

SVG = "{http://www.w3.org/2000/svg}"


def titles(svg):
    return [t.text for t in ET.fromstring(svg).iter(SVG + "title")]


@pytest.fixture
def write(tmp_path):
    def write(text, encoding):
        path = tmp_path / "in.folded"
        path.write_bytes(text.encode(encoding))
        return path
    return write


@pytest.mark.parametrize("name, word", [
    ("iso-8859-1", "caf\u00e9"), ("Latin_1", "\u00fcber"),
    ("cp1252", "\u20acuro"), ("koi8-r", "\u0434\u0430"),
    ("windows-1251", "\u0434\u0430"), ("us-ascii", "plain")])
@pytest.mark.parametrize("classic", [[], ["--classic"]])
def test_names_are_decoded(name, word, classic, profviz, write):
    path = write(f"main;{word};g 3\nmain;{word} 2\n", name)
    done = profviz("flame", path, "--encoding", name, *classic, "-f", "svg",
                   status=0)
    declared = b'<?xml version="1.0" encoding="UTF-8"?>'
    assert done.out.startswith(declared if classic else b"<svg ")
    shown = [t for t in titles(done.out) if t.split("\n")[0].split(" (")[0]
             == word]
    assert len(shown) == 1 and re.search(r"\b5 samples", shown[0])


@pytest.mark.parametrize("name", ["UTF-8", "utf8", "utf_8"])
def test_utf8_is_what_is_read_anyway(name, profviz):
    path = FIXTURES / "folded/good/nonutf8.folded"
    args = ("flame", path, "--classic", "--title", "T", "-f", "svg")
    assert profviz(*args, "--encoding", name, status=0).out == \
        profviz(*args, status=0).out


def test_expressions_see_the_text(profviz, write):
    path = write("main;caf\u00e9 3\nmain;the 2\n", "latin-1")
    done = profviz("flame", path, "--encoding", "latin-1", "--focus",
                   "caf\u00e9", "-f", "txt", "--unicode", status=0)
    assert "caf\u00e9" in done.text and "the" not in done.text.split("\n", 2)[2]


def test_files_in_two_orders_give_the_same_bytes(profviz, tmp_path):
    """Koi8's letters are not in the order of the alphabet."""
    one, two = tmp_path / "1.folded", tmp_path / "2.folded"
    one.write_bytes("m;\u044e 1\nm;\u0430 2\n".encode("koi8-r"))
    two.write_bytes("m;\u0431 3\nm;\u0430 2\n".encode("koi8-r"))
    both = tmp_path / "3.folded"
    both.write_bytes(one.read_bytes() + two.read_bytes())
    seen = {profviz("flame", *paths, "--encoding", "koi8-r", "--classic",
                    "--title", "T", "-f", "svg", status=0).out
            for paths in ([one, two], [two, one], [both])}
    assert len(seen) == 1


def test_what_is_not_known_is_refused(profviz, write):
    path = write("main 3\n", "ascii")
    done = profviz("flame", path, "--encoding", "shift_jis", "-f", "svg",
                   status=2)
    assert done.error == (
        "profviz: --encoding: 'shift_jis' is not known here; convert the "
        "input (iconv -t UTF-8) and leave the option out\n")


def test_bytes_that_an_encoding_does_not_have(profviz, write):
    path = write("main;caf\u00e9 3\n", "latin-1")
    done = profviz("flame", path, "--encoding", "ascii", "-f", "svg",
                   status=3)
    assert done.error.count("\n") == 1
    assert "bytes that ascii does not have; give --encoding" in done.error


def test_it_is_for_folded_stacks(profviz):
    path = FIXTURES / "pstats/good/real-walk-py3.13.prof.gz"
    plain = profviz("flame", path, "-f", "svg", status=0)
    done = profviz("flame", path, "-f", "svg", "--encoding", "latin1", "-v",
                   status=0)
    assert done.out == plain.out
    assert "--encoding is for folded stacks" in done.error
