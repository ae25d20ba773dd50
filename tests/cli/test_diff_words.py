# SPDX-License-Identifier: MIT
"""What pages and pictures of a comparison say above the figures."""
import re

import pytest

from harness import FIXTURES

STACKS = (FIXTURES / "folded/good/before.folded",
          FIXTURES / "folded/good/after.folded")
START = 1795248456.0


@pytest.fixture
def recordings(tmp_path):
    for name, top in ("old", 20), ("new", 30):
        (tmp_path / name).mkdir()
        (tmp_path / name / "app.dat").write_text(
            f"CMDLINE python app.py\nMEM 10.0 {START:.4f}\n"
            f"MEM {top}.0 {START + 1:.4f}\n")
    return tmp_path / "old" / "app.dat", tmp_path / "new" / "app.dat"


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_recordings_begin_with_the_sentence(kind, profviz, recordings):
    sentence = profviz("diff", *recordings, "--unicode",
                       status=0).text.splitlines()[0]
    assert sentence == "10.0 MiB more at the peak (50.0%)."
    page = profviz("diff", *recordings, "-f", kind, status=0).text
    words = "10.0 MiB more at the peak (50.0%) \u00b7 "
    assert words in page and f"{words}Peak" not in page
    title = ("new/app.dat against old/app.dat \u2014 what changed, "
             "memory over time")
    assert f">{title}</" in page


def test_a_title_of_ones_own(profviz, recordings):
    page = profviz("diff", *recordings, "-f", "svg", "--title", "Two runs",
                   status=0).text
    assert ">Two runs</" in page


@pytest.mark.parametrize("kind", ["svg", "html", "md"])
def test_inputs_of_one_name_are_told_apart(kind, profviz, tmp_path):
    paths = []
    for side, path in zip(("v1/ci", "v2/ci"), STACKS):
        (tmp_path / side).mkdir(parents=True)
        paths.append(tmp_path / side / "x.folded")
        paths[-1].write_bytes(path.read_bytes())
    text = profviz("diff", *paths, "-f", kind, status=0).text
    assert "v1/ci/x.folded" in text and "v2/ci/x.folded" in text
    assert str(tmp_path) not in text


def test_other_inputs_keep_their_short_names(profviz):
    svg = profviz("diff", *STACKS, "-f", "svg", status=0).text
    assert "after.folded against before.folded" in svg
    same = profviz("diff", STACKS[0], STACKS[0], "-f", "svg", status=0).text
    assert re.search(r">before\.folded against before\.folded ", same)
