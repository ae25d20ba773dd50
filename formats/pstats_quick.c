/* SPDX-License-Identifier: MIT */
/* pstats as cProfile writes it, straight from the bytes into the builder.
 *
 * Takes what nearly all files are: a dict of three-, five- and four-tuples of
 * small ints, doubles and strings, in any version of marshal.  Says no to all
 * else, however valid or broken it is, and leaves nothing behind but names: the
 * reader of any marshal then finds out what it is.
 */
#include "pstats_quick.h"

#include "ahead.h"
#include "number.h"
#include "pstats_rows.h"
#include "py_text.h"
#include "window.h"

enum { METRICS = 4, BATCH = 64 };

typedef struct scanner {
    pv_window w;
    pv_builder *b;
    quick_tables t;
    pstats_odd odd;
    uint32_t entries;
    size_t rows_len, calls_len; /* not yet in the builder */
    uint32_t row_keys[BATCH];   /* of the rows, as callers are kept */
    pv_function rows[BATCH];
    int64_t row_costs[BATCH * METRICS];
    pv_call calls[BATCH];
    int64_t call_costs[BATCH * METRICS];
} scanner;

/* ---- bytes: the window has zeros behind its end, which are no type ---- */

static inline uint32_t u32_at(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static inline uint32_t u32(scanner *s)
{
    uint32_t v = u32_at(s->w.p);

    s->w.p += 4;
    return v;
}

static inline double double_at(const uint8_t *p)
{
    uint64_t bits = (uint64_t)u32_at(p + 4) << 32 | u32_at(p);
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

/* The type byte, without the bit that asks for a reference. */
static inline uint8_t type_byte(scanner *s, bool *flag)
{
    uint8_t byte = *s->w.p++;

    *flag = byte & 0x80;
    return byte & 0x7f;
}

static bool add_ref(scanner *s, unsigned kind, uint64_t payload)
{
    if (!PV_VEC_GROW(&s->t.refs, 1))
        return false;
    s->t.refs.at[s->t.refs.len++] = payload << 3 | kind;
    return true;
}

/* What the reference to come stands for, if that is of `kind`. */
static bool follow(scanner *s, unsigned kind, uint32_t *payload)
{
    uint32_t i = u32(s);

    if (i >= s->t.refs.len || (s->t.refs.at[i] & 7) != kind)
        return false;
    *payload = (uint32_t)(s->t.refs.at[i] >> 3);
    return true;
}

/* ---- numbers ---- */

static bool other_int(scanner *s, int64_t *out)
{
    bool flag;
    uint8_t type = type_byte(s, &flag);
    uint32_t v;

    if (type == 'r') {
        if (!follow(s, QUICK_INT, &v))
            return false;
    } else if (type == 'i' && flag) {
        v = u32(s);
        if (!add_ref(s, QUICK_INT, v))
            return false;
    } else {
        return false;
    }
    *out = (int32_t)v;
    return *out >= 0;
}

static inline bool read_count(scanner *s, int64_t *out)
{
    if (*s->w.p != 'i')
        return other_int(s, out);
    *out = (int32_t)u32_at(s->w.p + 1);
    s->w.p += 5;
    return *out >= 0;
}

static bool other_float(scanner *s, double *out)
{
    const uint8_t *at = s->w.p;
    bool flag;
    uint8_t type = type_byte(s, &flag);
    uint32_t i;
    int64_t whole;

    if (type == 'r' && follow(s, QUICK_FLOAT, &i)) {
        *out = s->t.floats.at[i];
        return true;
    }
    if (type == 'g' && flag) {
        *out = double_at(s->w.p);
        s->w.p += 8;
        if (!PV_VEC_GROW(&s->t.floats, 1))
            return false;
        s->t.floats.at[s->t.floats.len++] = *out;
        return add_ref(s, QUICK_FLOAT, s->t.floats.len - 1);
    }
    s->w.p = at; /* whole numbers are times, too */
    if (!read_count(s, &whole))
        return false;
    *out = (double)whole;
    return true;
}

static inline bool read_time(scanner *s, int64_t *out)
{
    double v;

    if (*s->w.p == 'g') {
        v = double_at(s->w.p + 1);
        s->w.p += 9;
    } else if (!other_float(s, &v)) {
        return false;
    }
    if (!pv_seconds_to_ns(v, out))
        return false;
    s->odd.negative_time += *out < 0;
    return true;
}

/* ---- strings ---- */

static bool is_ascii(pv_str text)
{
    unsigned char any = 0;

    for (size_t i = 0; i < text.n; i++)
        any |= (unsigned char)text.p[i];
    return any < 0x80;
}

/* A string's size and bytes. */
static bool take_text(scanner *s, uint8_t type, pv_str *out)
{
    uint32_t n = type == 'z' || type == 'Z' ? *s->w.p++ : u32(s);

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

static bool old_string(scanner *s, uint32_t *out)
{
    uint32_t i = u32(s);

    if (i >= s->t.strings.len)
        return false;
    *out = s->t.strings.at[i];
    return true;
}

static bool add_old_string(scanner *s, uint32_t name)
{
    if (!PV_VEC_GROW(&s->t.strings, 1))
        return false;
    s->t.strings.at[s->t.strings.len++] = name;
    return true;
}

static bool read_text(scanner *s, pv_sym *out)
{
    bool flag;
    uint8_t type = type_byte(s, &flag);
    pv_str text;

    if (type == 'R')
        return old_string(s, &out->i);
    if (type == 'r')
        return follow(s, QUICK_TEXT, &out->i);
    if (!take_text(s, type, &text) || !text_fits(type, text))
        return false;
    *out = pv_build_name(s->b, text);
    if (flag)
        return add_ref(s, QUICK_TEXT, out->i);
    return type != 't' || add_old_string(s, out->i);
}

/* ---- keys ---- */

/* A tuple of so many items begins. */
static inline bool open_tuple(scanner *s, uint32_t items)
{
    bool flag;
    uint8_t type = type_byte(s, &flag);

    if (type == '(')
        return u32(s) == items && (!flag || add_ref(s, QUICK_OTHER, 0));
    return type == ')' && *s->w.p++ == items &&
           (!flag || add_ref(s, QUICK_OTHER, 0));
}

/* (file, line, function) */
static bool read_key(scanner *s, uint32_t *out)
{
    bool flag = *s->w.p & 0x80;
    size_t ref = s->t.refs.len;
    quick_key k = {.place = {.kind = PV_FN_CODE}};
    int64_t line;

    if (!open_tuple(s, 3) || !read_text(s, &k.place.file) ||
        !read_count(s, &line) || !read_text(s, &k.place.name))
        return false;
    k.place.line = (uint32_t)line;
    if (s->t.keys.len >= QUICK_IS_KEY || !PV_VEC_GROW(&s->t.keys, 1))
        return false;
    *out = (uint32_t)s->t.keys.len;
    s->t.keys.at[s->t.keys.len++] = k;
    if (flag)
        s->t.refs.at[ref] = (uint64_t)*out << 3 | QUICK_KEY;
    return true;
}

/* ---- entries ---- */

/* The keys of the rows at hand; false when one is none.  They are far apart in
 * large tables: all are asked for before the first is needed. */
static bool find_keys(scanner *s)
{
    for (size_t i = 0; i < s->rows_len; i++) {
        uint32_t k = s->row_keys[i];

        if (k & QUICK_IS_KEY) {
            k &= ~QUICK_IS_KEY;
        } else {
            if ((s->t.refs.at[k] & 7) != QUICK_KEY)
                return false;
            k = (uint32_t)(s->t.refs.at[k] >> 3);
        }
        pv_ahead(&s->t.keys.at[k]);
        s->row_keys[i] = k;
    }
    return true;
}

/* False when a key has another entry. */
static bool hand_over_rows(scanner *s)
{
    uint32_t first = s->t.functions - (uint32_t)s->rows_len;

    if (!find_keys(s))
        return false;
    for (uint32_t i = 0; i < s->rows_len; i++) {
        quick_key *k = &s->t.keys.at[s->row_keys[i]];

        if (k->fn != 0)
            return false;
        k->fn = first + i;
        s->rows[i] = k->place;
    }
    (void)pv_build_functions_new(s->b, s->rows, s->rows_len, s->row_costs);
    s->rows_len = 0;
    return true;
}

static void hand_over_calls(scanner *s)
{
    pv_build_calls_new(s->b, s->calls, s->calls_len, s->call_costs);
    s->calls_len = 0;
}

/* nc, cc, tt, ct of a caller */
static bool read_edge(scanner *s, uint32_t caller, uint32_t callee)
{
    int64_t *v = &s->call_costs[s->calls_len * METRICS];

    if (!open_tuple(s, 4) || !read_count(s, &v[0]) || !read_count(s, &v[1]) ||
        !read_time(s, &v[2]) || !read_time(s, &v[3]))
        return false;
    s->calls[s->calls_len++] = (pv_call){{caller}, {callee}};
    if (s->calls_len == BATCH)
        hand_over_calls(s);
    return true;
}

/* A key, or a reference to one: what that is is looked at later. */
static inline bool read_kept_key(scanner *s, uint32_t *out)
{
    if (*s->w.p != 'r') {
        if (!read_key(s, out))
            return false;
        *out |= QUICK_IS_KEY;
        return true;
    }
    s->w.p++;
    *out = u32(s);
    return *out < s->t.refs.len && *out < QUICK_IS_KEY;
}

static bool read_callers(scanner *s, uint32_t fn)
{
    uint32_t caller;
    bool flag;

    if (type_byte(s, &flag) != '{' || (flag && !add_ref(s, QUICK_OTHER, 0)))
        return false;
    while (pv_window_ready(&s->w)) {
        if (*s->w.p == '0') {
            s->w.p++;
            return true;
        }
        if (!read_kept_key(s, &caller) || !read_edge(s, caller, fn))
            return false;
    }
    return false;
}

/* cc, nc, tt, ct, callers of the entry of a key */
static bool read_value(scanner *s)
{
    int64_t cc, nc, tt, ct;

    if (!open_tuple(s, 5) || !read_count(s, &cc) || !read_count(s, &nc) ||
        !read_time(s, &tt) || !read_time(s, &ct))
        return false;
    s->odd.fewer_calls += nc < cc;
    s->odd.own_above_total += tt > ct + 1;
    memcpy(&s->row_costs[s->rows_len * METRICS],
           (const int64_t[]){nc, cc, tt, ct}, METRICS * sizeof *s->row_costs);
    s->rows_len++;
    return read_callers(s, s->t.functions++);
}

static bool read_entry(scanner *s)
{
    uint32_t *key = &s->row_keys[s->rows_len];

    s->entries++;
    if (!read_kept_key(s, key))
        return false;
    if (!(*key & QUICK_IS_KEY))
        pv_ahead(&s->t.refs.at[*key]);
    return read_value(s) && (s->rows_len < BATCH || hand_over_rows(s));
}

static bool read_entries(scanner *s)
{
    bool flag;

    if (!pv_window_ready(&s->w) || type_byte(s, &flag) != '{' ||
        (flag && !add_ref(s, QUICK_OTHER, 0)))
        return false;
    while (pv_window_ready(&s->w)) {
        if (*s->w.p == '0') {
            s->w.p++;
            hand_over_calls(s);
            return hand_over_rows(s) && s->entries > 0 && s->w.p <= s->w.end;
        }
        if (!read_entry(s))
            return false;
    }
    return false;
}

static bool scan(scanner *s, uint32_t first_call, pstats_tail *tail)
{
    if (!read_entries(s))
        return false;
    tail->at = pv_window_at(&s->w);
    return pv_window_rest(&s->w, &tail->bytes) && !pv_build_failed(s->b) &&
           quick_resolve(&s->t, s->b, first_call) && !pv_build_failed(s->b);
}

bool pstats_read_quick(pstats_file *f, const pv_bytes *all, pstats_tail *tail)
{
    pv_build_mark_at before = pv_build_here(f->b);
    pv_source quiet = *f->c.src;
    pv_error err = {0};
    scanner s = {.b = f->b, .t = {.functions = before.functions}};
    bool ok;

    quiet.err = &err;
    pstats_traced_metrics(f->b);
    ok = pv_window_init(&s.w, &quiet, all) && scan(&s, before.calls, tail);
    pv_window_done(&s.w);
    quick_tables_done(&s.t);
    if (!ok) {
        pv_build_undo(f->b, before);
        return false;
    }
    f->odd = s.odd;
    f->edges_with_times = true;
    f->entries = s.entries;
    pstats_describe(f);
    return true;
}
