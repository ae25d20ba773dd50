/* SPDX-License-Identifier: MIT */
/* pstats as cProfile writes it, straight from the bytes into the builder.
 *
 * Takes what nearly all files are: a dict of three-, five- and four-tuples of
 * small ints, doubles and strings, in any version of marshal.  Says no to all
 * else, however valid or broken it is, and leaves nothing behind but names: the
 * reader of any marshal then finds out what it is.
 */
#include "ahead.h"
#include "bulk.h"
#include "number.h"
#include "pstats_rows.h"
#include "py_text.h"
#include "rows.h"

/* What a reference stands for: payload << 2 | kind. */
enum { REF_OTHER, REF_NUMBER /* offset */, REF_TEXT /* name */, REF_KEY };

/* A caller is a reference until all are read; with this bit it is a key. */
static const uint32_t is_key = UINT32_C(1) << 31;

typedef struct key {
    pv_function place;
    pv_fn fn;      /* 0: no entry of its own so far */
    uint32_t seen; /* the function that it was a caller of last */
} key;

typedef PV_VEC(uint32_t) numbers;

typedef struct scanner {
    pv_bytes all;
    size_t pos;
    pv_builder *b;
    PV_VEC(uint64_t) refs;
    numbers strings; /* Python 2's table */
    PV_VEC(key) keys;
    pv_rows key_rows;
    pstats_odd *odd;
    uint32_t entries;
} scanner;

/* ---- bytes ---- */

static size_t left(const scanner *s)
{
    return s->all.n - s->pos;
}

static uint32_t u32_at(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static bool u32(scanner *s, uint32_t *out)
{
    if (left(s) < 4)
        return false;
    *out = u32_at(s->all.p + s->pos);
    s->pos += 4;
    return true;
}

/* The type byte, without the bit that asks for a reference. */
static bool type_byte(scanner *s, uint8_t *type, bool *flag)
{
    if (left(s) == 0)
        return false;
    *type = s->all.p[s->pos] & 0x7f;
    *flag = s->all.p[s->pos++] & 0x80;
    return true;
}

static bool add_ref(scanner *s, bool flag, unsigned kind, uint64_t payload)
{
    if (!flag)
        return true;
    if (!PV_VEC_GROW(&s->refs, 1))
        return false;
    s->refs.at[s->refs.len++] = payload << 2 | kind;
    return true;
}

/* What the reference to come stands for, if that is of `kind`. */
static bool follow(scanner *s, unsigned kind, uint64_t *payload)
{
    uint32_t i;

    if (!u32(s, &i) || i >= s->refs.len || (s->refs.at[i] & 3) != kind)
        return false;
    *payload = s->refs.at[i] >> 2;
    return true;
}

/* ---- scalars ---- */

typedef struct number {
    bool is_float;
    int32_t i;
    double d;
} number;

static bool number_at(const scanner *s, size_t at, number *out, size_t *next)
{
    const uint8_t *p = s->all.p + at;
    uint64_t bits;

    switch (*p & 0x7f) {
    case 'g':
        if (s->all.n - at < 9)
            return false;
        bits = (uint64_t)u32_at(p + 5) << 32 | u32_at(p + 1);
        out->is_float = true;
        memcpy(&out->d, &bits, sizeof bits);
        *next = at + 9;
        return true;
    case 'i':
        if (s->all.n - at < 5)
            return false;
        *out = (number){.i = (int32_t)u32_at(p + 1)};
        *next = at + 5;
        return true;
    default: return false;
    }
}

static bool read_number(scanner *s, number *out)
{
    size_t at = s->pos, next;
    uint64_t there;

    if (left(s) == 0)
        return false;
    if ((s->all.p[at] & 0x7f) == 'r') {
        s->pos++;
        return follow(s, REF_NUMBER, &there) &&
               number_at(s, (size_t)there, out, &next);
    }
    return number_at(s, at, out, &s->pos) &&
           add_ref(s, s->all.p[at] & 0x80, REF_NUMBER, at);
}

static bool read_count(scanner *s, int64_t *out)
{
    number n;

    if (!read_number(s, &n) || n.is_float || n.i < 0)
        return false;
    *out = n.i;
    return true;
}

static bool read_time(scanner *s, int64_t *out)
{
    number n;

    if (!read_number(s, &n) ||
        !pv_seconds_to_ns(n.is_float ? n.d : (double)n.i, out))
        return false;
    s->odd->negative_time += *out < 0;
    return true;
}

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
    uint32_t n;

    if (type == 'z' || type == 'Z') {
        if (left(s) == 0)
            return false;
        n = s->all.p[s->pos++];
    } else if (!u32(s, &n)) {
        return false;
    }
    if (n > left(s))
        return false;
    *out = (pv_str){(const char *)s->all.p + s->pos, n};
    s->pos += n;
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

static bool string_ref(scanner *s, pv_sym *out)
{
    uint32_t i;

    if (!u32(s, &i) || i >= s->strings.len)
        return false;
    out->i = s->strings.at[i];
    return true;
}

static bool read_text(scanner *s, pv_sym *out)
{
    uint64_t name;
    uint8_t type;
    pv_str text;
    bool flag;

    if (!type_byte(s, &type, &flag))
        return false;
    if (type == 'R')
        return string_ref(s, out);
    if (type == 'r') {
        if (!follow(s, REF_TEXT, &name))
            return false;
        out->i = (uint32_t)name;
        return true;
    }
    if (!take_text(s, type, &text) || !text_fits(type, text))
        return false;
    *out = pv_build_name(s->b, text);
    if (type == 't' && !flag) {
        if (!PV_VEC_GROW(&s->strings, 1))
            return false;
        s->strings.at[s->strings.len++] = out->i;
    }
    return add_ref(s, flag, REF_TEXT, out->i);
}

/* ---- keys ---- */

static pv_row_key key_key(const void *table, uint32_t row)
{
    const pv_function *f = &((const key *)table + row)->place;

    return (pv_row_key){{f->name.i, f->file.i, f->line, 0}};
}

static bool find_key(scanner *s, const pv_function *f, uint32_t *out)
{
    pv_row_key k = {{f->name.i, f->file.i, f->line, 0}};
    uint32_t hash = pv_rows_hash(k);

    *out = pv_rows_find(&s->key_rows, s->keys.at, k, hash);
    if (*out != UINT32_MAX)
        return true;
    *out = (uint32_t)s->keys.len;
    if (*out >= is_key || !PV_VEC_GROW(&s->keys, 1))
        return false;
    s->keys.at[s->keys.len++] = (key){.place = *f};
    return pv_rows_add(&s->key_rows, *out, hash);
}

/* Behind the type byte of a tuple: so many items, and a reference for it. */
static bool open_tuple(scanner *s, uint8_t type, bool flag, uint32_t items)
{
    uint32_t n;

    if (type == '(') {
        if (!u32(s, &n))
            return false;
    } else if (type == ')' && left(s) > 0) {
        n = s->all.p[s->pos++];
    } else {
        return false;
    }
    return n == items && add_ref(s, flag, REF_OTHER, 0);
}

static bool tuple(scanner *s, uint32_t items)
{
    uint8_t type;
    bool flag;

    return type_byte(s, &type, &flag) && open_tuple(s, type, flag, items);
}

/* Behind the type byte of a tuple (file, line, function). */
static bool read_key(scanner *s, uint8_t type, bool flag, uint32_t *out)
{
    pv_function f = {.kind = PV_FN_CODE};
    size_t ref = s->refs.len;
    int64_t line;

    if (!open_tuple(s, type, flag, 3) || !read_text(s, &f.file) ||
        !read_count(s, &line) || !read_text(s, &f.name))
        return false;
    f.line = (uint32_t)line;
    if (!find_key(s, &f, out))
        return false;
    if (flag)
        s->refs.at[ref] = (uint64_t)*out << 2 | REF_KEY;
    return true;
}

/* ---- entries ---- */

static bool read_edge(scanner *s, uint32_t caller, pv_fn callee)
{
    int64_t nc, cc, tt, ct;

    if (!tuple(s, 4) || !read_count(s, &nc) || !read_count(s, &cc) ||
        !read_time(s, &tt) || !read_time(s, &ct))
        return false;
    pv_build_call_costs(s->b, (pv_call){{caller}, callee},
                        (const int64_t[]){nc, cc, tt, ct});
    return true;
}

/* A caller's key: what it refers to is looked at when all are there. */
static bool read_caller(scanner *s, uint8_t type, bool flag, uint32_t *out)
{
    if (type == 'r')
        return u32(s, out) && *out < s->refs.len && *out < is_key;
    if (!read_key(s, type, flag, out))
        return false;
    *out |= is_key;
    return true;
}

static bool read_callers(scanner *s, pv_fn fn)
{
    uint32_t caller;
    uint8_t type;
    bool flag;

    if (!type_byte(s, &type, &flag) || type != '{' ||
        !add_ref(s, flag, REF_OTHER, 0))
        return false;
    for (;;) {
        if (!type_byte(s, &type, &flag))
            return false;
        if (type == '0')
            return true;
        if (!read_caller(s, type, flag, &caller) || !read_edge(s, caller, fn))
            return false;
    }
}

static bool read_entry(scanner *s, uint32_t nth)
{
    int64_t cc, nc, tt, ct;
    key *k;

    if (!tuple(s, 5) || !read_count(s, &cc) || !read_count(s, &nc) ||
        !read_time(s, &tt) || !read_time(s, &ct))
        return false;
    k = &s->keys.at[nth];
    if (k->fn.i != 0)
        return false; /* it is there twice */
    s->odd->fewer_calls += nc < cc;
    s->odd->own_above_total += tt > ct + 1;
    k->fn = pv_build_function_new(s->b, k->place,
                                  (const int64_t[]){nc, cc, tt, ct});
    s->entries++;
    return k->fn.i != 0 && read_callers(s, k->fn);
}

static bool entry_key(scanner *s, uint8_t type, bool flag, uint32_t *out)
{
    uint64_t known;

    if (type != 'r')
        return read_key(s, type, flag, out);
    if (!follow(s, REF_KEY, &known))
        return false;
    *out = (uint32_t)known;
    return true;
}

static bool read_entries(scanner *s)
{
    uint32_t nth;
    uint8_t type;
    bool flag;

    if (!type_byte(s, &type, &flag) || type != '{' ||
        !add_ref(s, flag, REF_OTHER, 0))
        return false;
    for (;;) {
        if (!type_byte(s, &type, &flag))
            return false;
        if (type == '0')
            return s->entries > 0;
        if (!entry_key(s, type, flag, &nth) || !read_entry(s, nth))
            return false;
    }
}

/* ---- callers ---- */

/* Functions that are callers only. */
static bool add_callers(scanner *s)
{
    for (size_t i = 0; i < s->keys.len; i++) {
        key *k = &s->keys.at[i];

        if (k->fn.i == 0)
            k->fn = pv_build_function_new(s->b, k->place, (int64_t[4]){0});
        if (k->fn.i == 0)
            return false;
    }
    return true;
}

static bool key_of(const scanner *s, uint32_t caller, uint32_t *out)
{
    *out = caller & ~is_key;
    if (caller & is_key)
        return true;
    *out = (uint32_t)(s->refs.at[caller] >> 2);
    return (s->refs.at[caller] & 3) == REF_KEY;
}

/* They are all over the tables: asks for those of some calls to come. */
static void ask_ahead(const scanner *s, const pv_call *calls, size_t n)
{
    enum { REF = 32, KEY = 16 };
    uint32_t near;

    if (n <= REF)
        return;
    if (!(calls[REF].caller.i & is_key))
        pv_ahead(&s->refs.at[calls[REF].caller.i]);
    if (key_of(s, calls[KEY].caller.i, &near))
        pv_ahead(&s->keys.at[near]);
}

/* From references and keys to functions; a caller stands once in a dict. */
static bool resolve(scanner *s, uint32_t from)
{
    uint32_t n, nth;
    pv_call *calls;

    if (!add_callers(s))
        return false;
    calls = pv_build_calls(s->b, &n);
    for (uint32_t i = from; i < n; i++) {
        key *k;

        ask_ahead(s, calls + i, n - i);
        if (!key_of(s, calls[i].caller.i, &nth))
            return false;
        k = &s->keys.at[nth];
        if (k->seen == calls[i].callee.i)
            return false;
        k->seen = calls[i].callee.i;
        calls[i].caller = k->fn;
    }
    return true;
}

bool pstats_read_quick(pstats_file *f)
{
    pv_build_mark_at before = pv_build_here(f->b);
    scanner s = {.all = f->c.all,
                 .pos = f->c.pos,
                 .b = f->b,
                 .key_rows = {.key = key_key},
                 .odd = &f->odd};
    bool ok;

    pstats_traced_metrics(f->b);
    ok = read_entries(&s) && resolve(&s, before.calls);
    PV_VEC_DONE(&s.refs);
    PV_VEC_DONE(&s.strings);
    PV_VEC_DONE(&s.keys);
    pv_rows_done(&s.key_rows);
    if (!ok) {
        pv_build_undo(f->b, before);
        f->odd = (pstats_odd){0};
        return false;
    }
    f->edges_with_times = true;
    f->c.pos = s.pos;
    f->entries = s.entries;
    pstats_describe(f);
    return true;
}
