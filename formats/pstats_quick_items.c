/* SPDX-License-Identifier: MIT */
/* The smallest parts of a quickly read pstats file: numbers and texts.
 *
 * Texts become names in the order of the file, but some steps after they were
 * met: what their lookup needs is on its way then.
 */
#include "number.h"
#include "pstats_quick.h"
#include "py_text.h"

/* ---- references ---- */

/* What the reference to come stands for, if that is of `kind`. */
static bool follow(quick_scanner *s, unsigned kind, uint32_t *payload)
{
    uint32_t i = quick_u32(s);

    if (i >= s->t.refs.len || (s->t.refs.at[i] & 7) != kind)
        return false;
    *payload = (uint32_t)(s->t.refs.at[i] >> 3);
    return true;
}

/* ---- numbers ---- */

bool quick_other_int(quick_scanner *s, int64_t *out)
{
    bool flag;
    uint8_t type = quick_type(s, &flag);
    uint32_t v;

    if (type == 'r') {
        if (!follow(s, QUICK_INT, &v))
            return false;
    } else if (type == 'i' && flag) {
        v = quick_u32(s);
        if (!quick_add_ref(s, QUICK_INT, v))
            return false;
    } else {
        return false;
    }
    *out = (int32_t)v;
    return *out >= 0;
}

bool quick_other_float(quick_scanner *s, double *out)
{
    const uint8_t *at = s->w.p;
    bool flag;
    uint8_t type = quick_type(s, &flag);
    uint32_t i;
    int64_t whole;

    if (type == 'r' && follow(s, QUICK_FLOAT, &i)) {
        *out = s->t.floats.at[i];
        return true;
    }
    if (type == 'g' && flag) {
        *out = quick_double_at(s->w.p);
        s->w.p += 8;
        if (!PV_VEC_GROW(&s->t.floats, 1))
            return false;
        s->t.floats.at[s->t.floats.len++] = *out;
        return quick_add_ref(s, QUICK_FLOAT, s->t.floats.len - 1);
    }
    s->w.p = at; /* whole numbers are times, too */
    if (!quick_count(s, &whole))
        return false;
    *out = (double)whole;
    return true;
}

/* ---- what rounding took ---- */

enum { SELF = 2, TOTAL = 3 }; /* metrics that are times */

/* Rows from before the first odd time: theirs follow from the nanoseconds. */
static void begin_residues(quick_scanner *s, uint32_t rows)
{
    int64_t v[QUICK_METRICS] = {0};

    for (uint32_t row = 0; row < rows; row++) {
        const int64_t *cost = pv_build_function_values(s->b, row);

        for (unsigned m = SELF; cost && m <= TOTAL; m++)
            v[m] = pv_seconds_residue((double)cost[m] * 1e-9, cost[m]);
        pv_build_residues(s->b, row, 1, v);
    }
    s->residues = true;
}

void quick_residues(quick_scanner *s, uint32_t first, size_t n)
{
    int64_t values[QUICK_BATCH * QUICK_METRICS] = {0};

    if (!s->residues)
        begin_residues(s, first);
    for (size_t i = 0; i < n; i++)
        for (unsigned m = SELF; m <= TOTAL; m++)
            values[i * QUICK_METRICS + m] =
                pv_seconds_residue(s->row_times[i * 2 + m - SELF],
                                   s->row_costs[i * QUICK_METRICS + m]);
    pv_build_residues(s->b, first, n, values);
}

/* ---- texts ---- */

static bool is_ascii(pv_str text)
{
    uint64_t word, any = 0;
    size_t i = 0;

    for (; i + sizeof word <= text.n; i += sizeof word) {
        memcpy(&word, text.p + i, sizeof word);
        any |= word;
    }
    for (; i < text.n; i++)
        any |= (unsigned char)text.p[i];
    return !(any & UINT64_C(0x8080808080808080));
}

/* A string's size and bytes. */
static bool take_text(quick_scanner *s, uint8_t type, pv_str *out)
{
    uint32_t n = type == 'z' || type == 'Z' ? *s->w.p++ : quick_u32(s);

    if (s->w.p > s->w.end || n > (size_t)(s->w.end - s->w.p))
        return false;
    *out = (pv_str){(const char *)s->w.p, n};
    s->w.p += n;
    return true;
}

static bool text_fits(uint8_t type, pv_str text)
{
    switch (type) {
    case 's':
    case 't': return true;
    case 'u': return pv_py_utf8(text);
    case 'a':
    case 'A':
    case 'z':
    case 'Z': return is_ascii(text);
    default: return false;
    }
}

static bool old_string(quick_scanner *s, uint32_t *out)
{
    uint32_t i = quick_u32(s);

    if (i >= s->t.strings.len)
        return false;
    *out = s->t.strings.at[i];
    return true;
}

static bool add_old_string(quick_scanner *s, uint32_t name)
{
    if (!PV_VEC_GROW(&s->t.strings, 1))
        return false;
    s->t.strings.at[s->t.strings.len++] = name;
    return true;
}

/* ---- names ---- */

static void name_key(quick_scanner *s, uint32_t key, bool file, pv_sym name)
{
    pv_function *place = &s->t.keys.at[key].place;

    if (file)
        place->file = name;
    else
        place->name = name;
}

static void settle_one(quick_scanner *s)
{
    const quick_name *n = &s->names[s->names_out++ % QUICK_NAMES];

    name_key(s, n->key, n->file, pv_build_name_hashed(s->b, n->text, n->hash));
}

void quick_settle(quick_scanner *s)
{
    while (s->names_out != s->names_in)
        settle_one(s);
}

static void ask_ahead(const quick_scanner *s, uint32_t back, unsigned step)
{
    uint32_t waiting = s->names_in - s->names_out;

    if (waiting >= back)
        pv_build_name_ahead(
            s->b, s->names[(s->names_in - back) % QUICK_NAMES].hash, step);
}

/* One more waits; those before it are a step nearer. */
static void add_name(quick_scanner *s, pv_str text, uint32_t key, bool file)
{
    if (s->names_in - s->names_out == QUICK_NAMES)
        settle_one(s);
    s->names[s->names_in++ % QUICK_NAMES] =
        (quick_name){text, pv_build_name_hash(text), key, file};
    ask_ahead(s, 1, 0);
    ask_ahead(s, QUICK_NAMES / 3, 1);
    ask_ahead(s, 2 * QUICK_NAMES / 3, 2);
}

/* A text that is referred to later: its number is needed now. */
static bool keep_text(quick_scanner *s, uint8_t type, bool flag, pv_str text,
                      uint32_t *name)
{
    quick_settle(s);
    *name = pv_build_name(s->b, text).i;
    if (flag)
        return quick_add_ref(s, QUICK_TEXT, *name);
    return type != 't' || add_old_string(s, *name);
}

bool quick_text(quick_scanner *s, uint32_t key, bool file)
{
    bool flag, ok;
    uint8_t type = quick_type(s, &flag);
    pv_str text;
    uint32_t name = 0;

    if (type == 'R') {
        ok = old_string(s, &name);
    } else if (type == 'r') {
        ok = follow(s, QUICK_TEXT, &name);
    } else {
        if (!take_text(s, type, &text) || !text_fits(type, text))
            return false;
        if (!flag && type != 't') {
            add_name(s, text, key, file);
            return true;
        }
        ok = keep_text(s, type, flag, text, &name);
    }
    name_key(s, key, file, (pv_sym){name});
    return ok;
}
