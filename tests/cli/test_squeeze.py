# SPDX-License-Identifier: MIT
"""How scripts are squeezed when the program is built."""
import subprocess

import pytest

from harness import ROOT


def squeeze(tmp_path, text):
    script, out = tmp_path / "in.js", tmp_path / "out.js"
    script.write_text(text)
    done = subprocess.run(
        ["cmake", f"-DIN={script}", f"-DOUT={tmp_path}/out.c", "-DID=out_js",
         f"-DPLAIN={out}", "-P", ROOT / "cmake/embed_file.cmake"],
        capture_output=True, text=True)
    if done.returncode:
        raise ValueError(done.stderr)
    return out.read_text()


@pytest.mark.parametrize("text, want", [
    # names of a function's own; words, properties and the browser's stay
    ("(() => { const first = 1, second = first + 1; alert(second.first); })();",
     "(()=>{let b=1,a=b+1;alert(a.first)})();"),
    # functions stand where their scope begins, and lose what they can
    ("(() => {\n'use strict';\nrun(2);\nfunction run(one) { return one; }\n"
     "function both(one, two) { run(one); two(); }\nboth(3, run);\n})();",
     "(()=>{'use strict';let a=a=>a,b=(c,b)=>{a(c);b()};a(2);b(3,a)})();"),
    # what is given back may need brackets
    ("(() => { const f = () => { return {n: 1}; }, g = a => { return a, 2; };"
     " f(g(0)); })();",
     "(()=>{let b=()=>({n:1}),a=a=>(a,2);b(a(0))})();"),
    # an inner statement keeps the braces
    ("(() => { const f = a => { return a; g(); }; f(1); })();",
     "(()=>{let a=a=>{return a;g()};a(1)})();"),
    # private properties, also in patterns, keep apart from the others
    ("(() => { const it = {size_: 1, a: 2}, {size_, a} = it;"
     " log(it.size_, size_, a); })();",
     "(()=>{let a={b:1,a:2},{b,a:c}=a;log(a.b,b,c)})();"),
    # declarations between others
    ("(() => { let one = null, two, three; [two, three] = f(one); })();",
     "(()=>{let c=null,a,b;[a,b]=f(c)})();"),
    # strings and expressions are left alone
    ("(() => { const re = /[/;}]\\/ +/g; /* re */ f('a  b', re, x => !x); })();",
     "(()=>{let a=/[/;}]\\/ +/g;f('a  b',a,a=>!a)})();"),
])
def test_squeezed(tmp_path, text, want):
    assert squeeze(tmp_path, text) == want + "\n"


@pytest.mark.parametrize("text", [
    "(() => { const f = function (a) { return a; }; })();",
    "(() => { function f() { return this; } })();",
    "(() => { function f() { return arguments[0]; } })();"])
def test_what_scripts_must_not_do(tmp_path, text):
    with pytest.raises(ValueError):
        squeeze(tmp_path, text)
