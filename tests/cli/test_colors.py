# SPDX-License-Identifier: MIT
"""`--colors`: every name of flamegraph.pl's, and what is none."""
import re

import pytest

from harness import FIXTURES

GOOD = FIXTURES / "folded" / "good"
TWO = GOOD / "diff-two-column.folded"
# `flamegraph.pl --help`, version 41fee1f
PERL = ("hot mem io wakeup chain java js perl red green blue aqua yellow "
        "purple orange").split()


@pytest.mark.parametrize("classic", [[], ["--classic"]])
def test_each_palette_of_flamegraph_pl(classic, profviz):
    """Each is a picture of its own."""
    seen = {profviz("flame", GOOD / "weird.folded", "--colors", name, *classic,
                    "--hash", "-q", "-f", "svg", status=0).out
            for name in PERL}
    # nothing in there is of Java, JavaScript or Perl: their rest is red
    assert len(seen) >= len(PERL) - 5


@pytest.mark.parametrize("name", ["foo", "", "Hot", "magenta"])
def test_others_are_refused_with_the_list(name, profviz):
    done = profviz("flame", TWO, "--colors", name, "-f", "svg", status=2)
    words = re.search(r"wants one of (.*); not", done.error)[1].split(", ")
    assert set(PERL) < set(words)
    assert done.error.count("\n") == 1


@pytest.mark.parametrize("classic", [[], ["--classic"]])
@pytest.mark.parametrize("negate", [[], ["--negate"]])
def test_diff_is_what_two_counts_have_anyway(classic, negate, profviz):
    args = ["flame", TWO, *classic, *negate, "-f", "svg"]
    assert profviz(*args, "--colors", "diff", status=0).out == \
        profviz(*args, status=0).out


@pytest.mark.parametrize("path, options, advice", [
    ("basic.folded", [], "profviz diff OLD NEW"),
    ("basic.folded", ["--classic"], "profviz diff OLD NEW"),
    ("diff-two-column.folded", ["--metric", "before"], "profviz diff OLD NEW"),
    ("diff-two-column.folded", ["--reverse"], "leave out"),
    ("diff-two-column.folded", ["--view", "callers"], "leave out"),
])
def test_diff_without_a_difference(path, options, advice, profviz):
    done = profviz("flame", GOOD / path, "--colors", "diff", *options, "-f",
                   "svg", status=2)
    assert done.error.startswith("profviz: --colors diff is for ")
    assert advice in done.error
