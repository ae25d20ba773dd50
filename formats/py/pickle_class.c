/* SPDX-License-Identifier: MIT */
/* Pickle's classes and objects: names on an allow-list, never looked up. */
#include "pickle_ops.h"

#include <string.h>

static const struct {
    const char *module, *name, *full;
    pv_py_class_id id;
} classes[] = {
    {"_line_profiler", "LineStats", "_line_profiler.LineStats",
     PV_PY_LINE_STATS_1},
    {"line_profiler._line_profiler", "LineStats",
     "line_profiler._line_profiler.LineStats", PV_PY_LINE_STATS_3},
    {"line_profiler.line_profiler", "LineStats",
     "line_profiler.line_profiler.LineStats", PV_PY_LINE_STATS_5},
    {"tracemalloc", "Snapshot", "tracemalloc.Snapshot", PV_PY_SNAPSHOT},
    {"tracemalloc", "_Traces", "tracemalloc._Traces", PV_PY_TRACES},
    {"copy_reg", "_reconstructor", "copy_reg._reconstructor",
     PV_PY_RECONSTRUCTOR},
    {"copyreg", "_reconstructor", "copyreg._reconstructor",
     PV_PY_RECONSTRUCTOR},
    {"__builtin__", "object", "object", PV_PY_BASE_OBJECT},
    {"builtins", "object", "object", PV_PY_BASE_OBJECT},
};

const char *pv_py_class_name(unsigned klass)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (classes[i].id == klass)
            return classes[i].full;
    return "?";
}

/* Pickles that people have beside their profiles. */
static const char *reader_of(pv_str module)
{
    if (pv_str_equal(module, PV_STR("pandas")) ||
        pv_str_starts(module, PV_STR("pandas.")))
        return " (a table of pandas: pandas.read_pickle reads it)";
    if (pv_str_starts(module, PV_STR("numpy")))
        return " (an array of NumPy: pickle.load reads it)";
    return "";
}

static bool push_class(pickler *m, pv_str module, pv_str name)
{
    char printable[256];

    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (pv_str_equal(module, pv_str_of(classes[i].module)) &&
            pv_str_equal(name, pv_str_of(classes[i].name)))
            return pv_pickle_push(m, pv_py_of(PV_PY_CLASS, classes[i].id));
    return pv_source_fail_at(
        m->c->src, PV_E_UNSUPPORTED, m->at,
        "opcode %s: refusing to load %s.%s; a pickle is read only where it "
        "holds a line_profiler LineStats or a tracemalloc Snapshot%s",
        pv_pickle_opcode(m->c->all.p[m->at]), PV_QUOTE(module),
        pv_printable(name, PV_QUOTE_MAX, printable, sizeof printable),
        reader_of(module));
}

bool pv_pickle_global(pickler *m)
{
    pv_str module, name;

    return pv_pickle_line(m, &module) && pv_pickle_line(m, &name) &&
           push_class(m, module, name);
}

bool pv_pickle_stack_global(pickler *m)
{
    pv_str module_text, name_text;
    pv_py name, module;

    if (!pv_pickle_pop(m, &name) || !pv_pickle_pop(m, &module))
        return false;
    if (!pv_py_get_text(m->d, module, &module_text) ||
        !pv_py_get_text(m->d, name, &name_text))
        return pv_pickle_fail(m, "expected two strs, got %s and %s",
                              pv_py_kind_name(module), pv_py_kind_name(name));
    return push_class(m, module_text, name_text);
}

/* A class of which profiles hold objects. */
static bool is_plain_class(pv_py v)
{
    return pv_py_is(v, PV_PY_CLASS) && pv_py_payload(v) <= PV_PY_TRACES;
}

static bool is_class(pv_py v, pv_py_class_id id)
{
    return pv_py_is(v, PV_PY_CLASS) && pv_py_payload(v) == id;
}

/* _reconstructor(cls, object, None) is an empty object of cls. */
bool pv_pickle_reduce(pickler *m)
{
    pv_py args, callable;
    const pv_py *item;

    if (!pv_pickle_pop(m, &args) || !pv_pickle_pop(m, &callable))
        return false;
    if (!is_class(callable, PV_PY_RECONSTRUCTOR))
        return pv_pickle_unsupported(m, "refusing to call anything");
    if (!pv_py_is(args, PV_PY_TUPLE) || pv_py_len(m->d, args) != 3)
        return pv_pickle_fail(m, "expected three arguments");
    item = pv_py_items(m->d, args);
    if (!is_plain_class(item[0]) || !is_class(item[1], PV_PY_BASE_OBJECT) ||
        !pv_py_is(item[2], PV_PY_NONE))
        return pv_pickle_fail(m, "expected (class, object, None)");
    return pv_pickle_push(
        m, pv_py_object(m->d, (unsigned)pv_py_payload(item[0]), m->at));
}

bool pv_pickle_newobj(pickler *m)
{
    pv_py args, klass;

    if (!pv_pickle_pop(m, &args) || !pv_pickle_pop(m, &klass))
        return false;
    if (!is_plain_class(klass))
        return pv_pickle_unsupported(m, "refusing to make an object");
    if (!pv_py_is(args, PV_PY_TUPLE) || pv_py_len(m->d, args) != 0)
        return pv_pickle_fail(m, "expected no arguments for %s",
                              pv_py_class_name((unsigned)pv_py_payload(klass)));
    return pv_pickle_push(
        m, pv_py_object(m->d, (unsigned)pv_py_payload(klass), m->at));
}

bool pv_pickle_build(pickler *m)
{
    pv_py state, object;

    if (!pv_pickle_pop(m, &state) || !pv_pickle_pop(m, &object))
        return false;
    if (!pv_py_is(object, PV_PY_OBJECT))
        return pv_pickle_fail(m, "the target is %s", pv_py_kind_name(object));
    if (!pv_py_is(state, PV_PY_DICT))
        return pv_pickle_fail(m, "the state of %s is %s, not a dict",
                              pv_py_class_name(pv_py_class(m->d, object)),
                              pv_py_kind_name(state));
    if (pv_py_state(m->d, object).w != 0)
        return pv_pickle_fail(m, "the object has its state already");
    pv_py_set_state(m->d, object, state);
    return pv_pickle_push(m, object);
}

/* ---- detection ---- */

static bool holds(pv_bytes head, pv_str text)
{
    const uint8_t *p = head.p, *end = head.p + head.n;

    while ((size_t)(end - p) >= text.n &&
           (p = memchr(p, text.p[0], (size_t)(end - p) - text.n + 1)) != NULL) {
        if (memcmp(p, text.p, text.n) == 0)
            return true;
        p++;
    }
    return false;
}

/* A word of letters, digits, dots and underscores up to a line's end. */
static bool skip_word(pv_str s, size_t *pos)
{
    size_t at = *pos;

    while (at < s.n && (s.p[at] == '.' || s.p[at] == '_' ||
                        (s.p[at] >= '0' && s.p[at] <= '9') ||
                        (s.p[at] >= 'A' && s.p[at] <= 'Z') ||
                        (s.p[at] >= 'a' && s.p[at] <= 'z')))
        at++;
    if (at == *pos || at >= s.n || s.p[at] != '\n')
        return false;
    *pos = at + 1;
    return true;
}

/* Protocols 0 and 1 have no header: "cmodule\nname\n" and an opcode. */
static bool begins_with_global(pv_str s)
{
    size_t pos = 1;

    if (!pv_str_starts(s, PV_STR("c")) || !skip_word(s, &pos) ||
        !skip_word(s, &pos) || s.n - pos < 2)
        return false;
    switch (s.p[pos]) {
    case '(': return true;
    case 'p': return s.p[pos + 1] >= '0' && s.p[pos + 1] <= '9';
    case 'q':
    case 'r': return (unsigned char)s.p[pos + 1] < ' ';
    default: return false;
    }
}

/* Other pickles of protocol 0, whole: only so that they are named. */
static bool ends_as_text_pickle(pv_str s)
{
    return s.n > 2 && pv_str_ends(s, PV_STR("\n.")) &&
           strchr("(FILNPSV", s.p[0]) != NULL && s.p[0] != '\0';
}

int pv_pickle_bid(pv_bytes head, bool whole, pv_str module, pv_str name)
{
    enum { NEAR = 256, HEADER = 13 };
    pv_str text = {(const char *)head.p, head.n};
    bool binary = head.n > 0 && head.p[0] == 0x80;
    int bits = HEADER;

    if (!binary && !begins_with_global(text))
        return whole && ends_as_text_pickle(text) ? 4 : 0;
    if (binary && (head.n < 2 || head.p[1] > 5))
        bits = 8;
    if (head.n > NEAR)
        head.n = NEAR;
    if (holds(head, module) && holds(head, name))
        bits += 8 * (int)(module.n + name.n);
    return bits;
}
