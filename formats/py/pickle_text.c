/* SPDX-License-Identifier: MIT */
/* Pickle's opcodes with arguments as text, wide integers, and their names. */
#include "pickle_ops.h"

#include <string.h>

#include "number.h"
#include "py_text.h"

enum { DIGITS_MAX = 40 };

static const struct {
    uint8_t op;
    const char *name;
} names[] = {
    {0x80, "PROTO"},
    {0x81, "NEWOBJ"},
    {0x82, "EXT1"},
    {0x83, "EXT2"},
    {0x84, "EXT4"},
    {0x85, "TUPLE1"},
    {0x86, "TUPLE2"},
    {0x87, "TUPLE3"},
    {0x88, "NEWTRUE"},
    {0x89, "NEWFALSE"},
    {0x8a, "LONG1"},
    {0x8b, "LONG4"},
    {0x8c, "SHORT_BINUNICODE"},
    {0x8d, "BINUNICODE8"},
    {0x8e, "BINBYTES8"},
    {0x8f, "EMPTY_SET"},
    {0x90, "ADDITEMS"},
    {0x91, "FROZENSET"},
    {0x92, "NEWOBJ_EX"},
    {0x93, "STACK_GLOBAL"},
    {0x94, "MEMOIZE"},
    {0x95, "FRAME"},
    {0x96, "BYTEARRAY8"},
    {0x97, "NEXT_BUFFER"},
    {0x98, "READONLY_BUFFER"},
    {'(', "MARK"},
    {')', "EMPTY_TUPLE"},
    {'.', "STOP"},
    {'0', "POP"},
    {'1', "POP_MARK"},
    {'2', "DUP"},
    {'B', "BINBYTES"},
    {'C', "SHORT_BINBYTES"},
    {'F', "FLOAT"},
    {'G', "BINFLOAT"},
    {'I', "INT"},
    {'J', "BININT"},
    {'K', "BININT1"},
    {'L', "LONG"},
    {'M', "BININT2"},
    {'N', "NONE"},
    {'P', "PERSID"},
    {'Q', "BINPERSID"},
    {'R', "REDUCE"},
    {'S', "STRING"},
    {'T', "BINSTRING"},
    {'U', "SHORT_BINSTRING"},
    {'V', "UNICODE"},
    {'X', "BINUNICODE"},
    {']', "EMPTY_LIST"},
    {'a', "APPEND"},
    {'b', "BUILD"},
    {'c', "GLOBAL"},
    {'d', "DICT"},
    {'e', "APPENDS"},
    {'g', "GET"},
    {'h', "BINGET"},
    {'i', "INST"},
    {'j', "LONG_BINGET"},
    {'l', "LIST"},
    {'o', "OBJ"},
    {'p', "PUT"},
    {'q', "BINPUT"},
    {'r', "LONG_BINPUT"},
    {'s', "SETITEM"},
    {'t', "TUPLE"},
    {'u', "SETITEMS"},
    {'}', "EMPTY_DICT"},
};

const char *pv_pickle_opcode(uint8_t op)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].op == op)
            return names[i].name;
    return "?";
}

/* ---- arguments as a line of text ---- */

bool pv_pickle_line(pickler *m, pv_str *out)
{
    const char *p = (const char *)m->c->all.p + m->c->pos;
    size_t left = pv_cursor_left(m->c);
    const char *end = left ? memchr(p, '\n', left) : NULL;

    if (!end) {
        (void)pv_pickle_fail(m, "the file ends inside its line; truncated?");
        return false;
    }
    *out = (pv_str){p, (size_t)(end - p)};
    m->c->pos += out->n + 1;
    return true;
}

/* INT and LONG: decimal digits, a bool's spelling, or LONG's trailing L. */
static bool int_text(pickler *m, uint8_t op, pv_str s)
{
    pv_str digits;
    int64_t v;

    if (op == 'I' &&
        (pv_str_equal(s, PV_STR("00")) || pv_str_equal(s, PV_STR("01"))))
        return pv_pickle_push(m, pv_py_of(PV_PY_BOOL, s.p[1] == '1'));
    if (s.n > DIGITS_MAX + 2)
        return pv_pickle_fail(m, "an integer of more than %d digits",
                              DIGITS_MAX);
    if (pv_str_ends(s, PV_STR("L")))
        s.n--;
    if (pv_parse_i64(s, &v))
        return pv_pickle_push(m, pv_py_int(m->d, v));
    digits = pv_str_slice(s, pv_str_starts(s, PV_STR("-")), s.n);
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] < '0' || digits.p[i] > '9')
            digits.n = 0;
    if (digits.n == 0)
        return pv_pickle_fail(m, "'%s' is not a whole number", PV_QUOTE(s));
    return pv_pickle_push(m, pv_py_of(PV_PY_WIDE, digits.n < s.n));
}

static bool float_text(pickler *m, pv_str s)
{
    double v;

    if (!pv_parse_double(s, &v))
        return pv_pickle_fail(m, "'%s' is not a number", PV_QUOTE(s));
    return pv_pickle_push(m, pv_py_float(m->d, v));
}

static bool string_text(pickler *m, uint8_t op, pv_str s)
{
    const char *why = NULL;
    pv_str text;
    bool ok = op == 'S' ? pv_py_quoted(m->d, s, &text, &why)
                        : pv_py_raw_unicode(m->d, s, &text, &why);

    if (ok)
        return pv_pickle_push(
            m, pv_py_text(m->d, op == 'S' ? PV_PY_BYTES : PV_PY_STR, text));
    if (why)
        return pv_pickle_fail(m, "'%s' %s", PV_QUOTE(s), why);
    return pv_py_refused(m->d, m->c);
}

static bool memo_text(pickler *m, uint8_t op, pv_str s)
{
    uint64_t i;

    if (!pv_parse_u64(s, &i))
        return pv_pickle_fail(m, "memo index '%s' out of range", PV_QUOTE(s));
    return op == 'p' ? pv_pickle_put(m, i) : pv_pickle_get(m, i);
}

bool pv_pickle_text(pickler *m, uint8_t op)
{
    pv_str s;

    if (!pv_pickle_line(m, &s))
        return false;
    switch (op) {
    case 'I':
    case 'L': return int_text(m, op, s);
    case 'F': return float_text(m, s);
    case 'S':
    case 'V': return string_text(m, op, s);
    default: return memo_text(m, op, s);
    }
}

bool pv_pickle_long(pickler *m, size_t n)
{
    const uint8_t *p;
    uint64_t v;
    bool negative;

    if (!pv_pickle_take(m, n, &p))
        return false;
    negative = n > 0 && (p[n - 1] & 0x80) != 0;
    while (n > 8 && p[n - 1] == (negative ? 0xff : 0) &&
           ((p[n - 2] & 0x80) != 0) == negative)
        n--;
    if (n > 8)
        return pv_pickle_push(m, pv_py_of(PV_PY_WIDE, negative));
    v = negative ? UINT64_MAX : 0;
    while (n-- > 0)
        v = v << 8 | p[n];
    return pv_pickle_push(m, pv_py_int(m->d, (int64_t)v));
}
