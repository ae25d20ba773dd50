/* SPDX-License-Identifier: MIT */
/* Where a function's source ends, as inspect.getblock has it; source bytes
 * into lines. */
#include "testing.h"

#include "block.h"

static const struct {
    const char *name, *text;
    uint32_t first, lines;
} blocks[] = {
    {"to the dedent", "def f():\n    a\n    b\nc\n", 1, 3},
    {"blank lines inside", "def f():\n    a\n\n    b\n\n\nc\n", 1, 4},
    {"to the end", "def f():\n    a\n", 1, 2},
    {"no last line end", "def f():\n    a", 1, 2},
    {"a method", "class C:\n    def f(self):\n        a\n    def g(self):\n", 2,
     2},
    {"decorated", "@d(1,\n   2)\n@e\ndef f():\n    a\nb\n", 1, 5},
    {"async", "async def f():\n    await a\nb\n", 1, 2},
    {"one line", "def f(): a\nb\n", 1, 1},
    {"a lambda", "x = lambda: (1,\n    2)\nb\n", 1, 2},
    {"nested", "def f():\n    def g():\n        a\n    return g\nb\n", 1, 4},
    {"comment of the body", "def f():\n    a\n    # c\n# d\nb\n", 1, 3},
    {"comment at the margin", "def f():\n    a\n# c\n    b\nc\n", 1, 4},
    {"brackets", "def f():\n    a(\n1,\n)\nb\n", 1, 4},
    {"triple quotes", "def f():\n    '''\ndef g():\n'''\n    a\nb\n", 1, 5},
    {"quotes in quotes", "def f():\n    '\"\"\"'\n    a\nb\n", 1, 3},
    {"raw bytes", "def f():\n    rb'\\''\n    a\nb\n", 1, 3},
    {"backslash", "def f():\n    a = \\\n1\n    b\nc\n", 1, 4},
    {"tabs", "def f():\n\ta\n        b\nc\n", 1, 3},
    {"form feed", "def f():\n    a\n\f    b\nc\n", 1, 3},
    {"cython", "cpdef f(int x):\n    a\nb\n", 1, 2},
    {"a class", "class C:\n    a\n    def f(self):\n        b\nc\n", 1, 4},
    {"bad dedent", "def f():\n        a\n    b\nc\n", 1, 2},
    {"no function", "a\nb\n", 1, 1},
    {"open bracket", "def f():\n    a(\n    b\n", 1, 1},
    {"beyond the end", "a\n", 5, 0},
    {"line 0", "a\n", 0, 0},
    {"no text", "", 1, 0},
};

static void block__ends_where_python_ends_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(blocks); i++) {
        pv_source_text text;
        pv_arena a;
        uint32_t n;

        pv_arena_init(&a, 0);
        assert_true(pv_source_split(&text, pv_str_of(blocks[i].text), &a));
        n = pv_block_lines(&text, blocks[i].first);
        if (n != blocks[i].lines)
            fail_msg("%s: %u lines, not %u", blocks[i].name, n,
                     blocks[i].lines);
        pv_arena_done(&a);
    }
}

static const struct {
    const char *bytes, *lines; /* joined by '|' */
} splits[] = {
    {"a\nb\n", "a|b"},
    {"a\r\nb\rc", "a|b|c"},
    {"\n\na", "||a"},
    {"\xEF\xBB\xBF"
     "a\n",
     "a"},
    {"# coding: latin-1\n\xe9\n", "# coding: latin-1|\xC3\xA9"},
    {"\n# -*- coding: iso-8859-1 -*-\n\xe9",
     "|# -*- coding: iso-8859-1 -*-|\xC3\xA9"},
    {"\n\n# coding: latin-1\n\xe9", "||# coding: latin-1|\xEF\xBF\xBD"},
    {"x = 1\n# coding: latin-1\n\xe9", "x = 1|# coding: latin-1|\xEF\xBF\xBD"},
    {"# coding: no-such\na", ""},
    {"# coding: utf-16\na", ""},
    {"# coding: utf-8\n\xC3\xA9", "# coding: utf-8|\xC3\xA9"},
};

static void source__lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(splits); i++) {
        char joined[100] = "";
        pv_source_text text;
        pv_arena a;

        pv_arena_init(&a, 0);
        assert_true(pv_source_split(&text, pv_str_of(splits[i].bytes), &a));
        for (uint32_t k = 0; k < text.len; k++) {
            if (k)
                strcat(joined, "|");
            strncat(joined, text.at[k].p, text.at[k].n);
        }
        assert_string_equal(joined, splits[i].lines);
        pv_arena_done(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(block__ends_where_python_ends_it),
        cmocka_unit_test(source__lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
