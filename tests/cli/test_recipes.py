# SPDX-License-Identifier: MIT
"""The commands of docs/recipes are run as they stand."""
import os
import re
import subprocess
import sys

import pytest

from harness import ROOT, environment

APP = """
def work(n):
    return sum(i * i for i in range(n))

if __name__ == "__main__":
    work(20000)
"""
TEST = "import app\n\ndef test_work():\n    assert app.work(10) == 285\n"
RECIPES = sorted((ROOT / "docs/recipes").glob("*.md"))


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda p: p.stem)
def test_recipe(recipe, binary, tmp_path):
    text = recipe.read_text()
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "test_app.py").write_text(TEST)
    for name, body in re.findall(
            r"<!-- file (\S+) -->\n```\w+\n(.*?)```", text, re.DOTALL):
        (tmp_path / name).write_text(body)
    blocks = re.findall(r"<!-- run -->\n```sh\n(.*?)```", text, re.DOTALL)
    assert blocks
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "profviz").symlink_to(binary)
    (tools / "python3").symlink_to(sys.executable)
    env = environment(PATH=f"{tools}:{os.environ['PATH']}",
                      PYTHONPATH=os.pathsep.join(p for p in sys.path if p))
    for block in blocks:
        done = subprocess.run(["sh", "-eu", "-c", block], cwd=tmp_path,
                              env=env, capture_output=True, text=True,
                              timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_runs(binary, tmp_path):
    """Its shell step, with what GitHub would give it."""
    action = (ROOT / "action.yml").read_text()
    script = action.split("      run: |\n")[1]
    script = re.sub("^ {8}", "", script, flags=re.MULTILINE)
    (tmp_path / "a.folded").write_text("main;work 5\n")
    for run in (1, 2):
        env = environment(
            PROFILES="*.folded", BASELINE="last", HISTORY="last/history.jsonl",
            OUTPUT="out", PROFVIZ=binary, GITHUB_RUN_NUMBER=str(run),
            GITHUB_SHA="4f1c9e2a07d511", GITHUB_OUTPUT=tmp_path / "output",
            GITHUB_STEP_SUMMARY=tmp_path / "summary")
        subprocess.run(["bash", "-c", script], cwd=tmp_path, env=env,
                       check=True, timeout=60)
        (tmp_path / "last").mkdir(exist_ok=True)
        subprocess.run(["cp", "-rT", tmp_path / "out", tmp_path / "last"],
                       check=True)
    assert (tmp_path / "output").read_text() == "site=out\n" * 2
    assert "No change." in (tmp_path / "summary").read_text()
    assert len((tmp_path / "out/history.jsonl").read_text().splitlines()) == 2
