# SPDX-License-Identifier: MIT
"""Every file in fixtures/*/bad is refused with the message beside it.

FILE.err holds the one line that stands after "profviz: " on stderr when the
program is run beside FILE.  `pytest --rewrite` writes it; read what it says.
"""
import pathlib
import re

import pytest

from harness import FIXTURES

BAD = sorted(p for p in FIXTURES.glob("*/bad/*") if p.suffix != ".err")


def said(path):
    return pathlib.Path(f"{path}.err")


@pytest.mark.parametrize("path", BAD,
                         ids=lambda p: p.relative_to(FIXTURES).as_posix())
def test_is_refused_with_its_message(path, profviz, request):
    done = profviz("info", path.name, cwd=path.parent, status=3)
    assert done.out == b""
    lines = done.error.splitlines()
    assert lines and lines[-1].startswith("profviz: ")
    message = lines[-1].removeprefix("profviz: ") + "\n"
    # the list of formats grows
    message = re.sub(r"\(tried [^)]*\)", "(tried ...)", message)
    assert message.startswith(path.name), "no place in the message"
    if request.config.getoption("--rewrite"):
        said(path).write_text(message)
    assert message == said(path).read_text()


@pytest.mark.parametrize("path", BAD,
                         ids=lambda p: p.relative_to(FIXTURES).as_posix())
def test_leaves_nothing_behind(path, profviz, tmp_path):
    done = profviz("flame", path, "-o", tmp_path / "out.svg", status=3)
    assert done.out == b""
    assert list(tmp_path.iterdir()) == []
    assert len(done.error.splitlines()) >= 1


@pytest.mark.parametrize("path", BAD,
                         ids=lambda p: p.relative_to(FIXTURES).as_posix())
def test_says_the_same_from_a_pipe(path, profviz):
    done = profviz("info", "-", stdin=path.read_bytes(), status=3)
    assert done.out == b"" and done.error.startswith("profviz: ")
