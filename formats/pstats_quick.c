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

enum { METRICS = QUICK_METRICS, BATCH = QUICK_BATCH };

/* ---- values ---- */

static inline bool read_seconds(quick_scanner *s, double *v, int64_t *out)
{
    if (*s->w.p == 'g') {
        *v = quick_double_at(s->w.p + 1);
        s->w.p += 9;
    } else if (!quick_other_float(s, v)) {
        return false;
    }
    if (!pv_seconds_to_ns(*v, out))
        return false;
    s->odd.negative_time += *out < 0;
    return true;
}

static inline bool read_time(quick_scanner *s, int64_t *out)
{
    double v;

    return read_seconds(s, &v, out);
}

/* A time of a row; cProfile's are whole nanoseconds, so that equal ones were
 * equal before they were rounded. */
static inline bool read_row_time(quick_scanner *s, double *v, int64_t *out)
{
    if (!read_seconds(s, v, out))
        return false;
    s->odd_times |= *v < (double)*out * 1e-9 || *v > (double)*out * 1e-9;
    return true;
}

/* As pv_window_ready, which may move what texts that wait stand in. */
static inline bool ready(quick_scanner *s)
{
    if (s->w.end - s->w.p < PV_WINDOW_AHEAD)
        quick_settle(s);
    return pv_window_ready(&s->w);
}

/* ---- keys ---- */

/* (file, line, function) */
static bool read_key(quick_scanner *s, uint32_t *out)
{
    bool flag = *s->w.p & 0x80;
    size_t ref = s->t.refs.len;
    uint32_t at = (uint32_t)s->t.keys.len;
    int64_t line;

    if (at >= QUICK_IS_KEY || !PV_VEC_GROW(&s->t.keys, 1))
        return false;
    s->t.keys.at[at] = (quick_key){.place = {.kind = PV_FN_CODE}};
    s->t.keys.len++;
    if (!quick_tuple(s, 3) || !quick_text(s, at, true) ||
        !quick_count(s, &line) || !quick_text(s, at, false))
        return false;
    s->t.keys.at[at].place.line = (uint32_t)line;
    if (flag)
        s->t.refs.at[ref] = (uint64_t)at << 3 | QUICK_KEY;
    *out = at;
    return true;
}

/* A key, or a reference to one: what that is is looked at later. */
static inline bool read_kept_key(quick_scanner *s, uint32_t *out)
{
    if (*s->w.p != 'r') {
        if (!read_key(s, out))
            return false;
        *out |= QUICK_IS_KEY;
        return true;
    }
    s->w.p++;
    *out = quick_u32(s);
    if (*out >= s->t.refs.len || *out >= QUICK_IS_KEY)
        return false;
    pv_ahead(&s->t.refs.at[*out]);
    return true;
}

/* ---- rows ---- */

/* The keys of the rows at hand; false when one is none.  They are far apart in
 * large tables: all are asked for before the first is needed. */
static bool find_keys(quick_scanner *s)
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
static bool hand_over_rows(quick_scanner *s)
{
    uint32_t first = s->t.functions - (uint32_t)s->rows_len;

    quick_settle(s);
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
    if (s->odd_times)
        quick_residues(s, first, s->rows_len);
    s->rows_len = 0;
    return true;
}

/* ---- calls ---- */

/* Is the caller of each call that is not kept a key? */
static bool check_callers(const quick_scanner *s)
{
    for (size_t i = 0; i < s->calls_len; i++) {
        uint32_t k = s->calls[i].caller.i;

        if (!(k & QUICK_IS_KEY) && (s->t.refs.at[k] & 7) != QUICK_KEY)
            return false;
    }
    return true;
}

/* The builder refuses sums that are too large; the last metric adds to none. */
static bool add_magnitudes(quick_scanner *s)
{
    const int64_t *v = s->call_costs;

    for (size_t i = 0; i < s->calls_len; i++, v += METRICS)
        for (unsigned m = 0; m + 1 < METRICS; m++)
            if (__builtin_add_overflow(s->call_sums[m], v[m] < 0 ? -v[m] : v[m],
                                       &s->call_sums[m]))
                return false;
    return true;
}

static bool hand_over_calls(quick_scanner *s)
{
    if (s->rows_alone && (!check_callers(s) || !add_magnitudes(s)))
        return false;
    if (!s->rows_alone)
        pv_build_calls_new(s->b, s->calls, s->calls_len, s->call_costs);
    s->calls_len = 0;
    return true;
}

/* nc, cc, tt, ct of a caller */
static bool read_edge(quick_scanner *s, uint32_t caller, uint32_t callee)
{
    int64_t *v = &s->call_costs[s->calls_len * METRICS];

    if (!quick_tuple(s, 4) || !quick_count(s, &v[0]) ||
        !quick_count(s, &v[1]) || !read_time(s, &v[2]) || !read_time(s, &v[3]))
        return false;
    s->calls[s->calls_len++] = (pv_call){{caller}, {callee}};
    return s->calls_len < BATCH || hand_over_calls(s);
}

static bool read_callers(quick_scanner *s, uint32_t fn)
{
    uint32_t caller;
    bool flag;

    if (quick_type(s, &flag) != '{' ||
        (flag && !quick_add_ref(s, QUICK_OTHER, 0)))
        return false;
    while (ready(s)) {
        if (*s->w.p == '0') {
            s->w.p++;
            return true;
        }
        if (!read_kept_key(s, &caller) || !read_edge(s, caller, fn))
            return false;
    }
    return false;
}

/* ---- entries ---- */

/* cc, nc, tt, ct, callers of the entry of a key */
static bool read_value(quick_scanner *s)
{
    double *times = &s->row_times[s->rows_len * 2];
    int64_t cc, nc, tt, ct;

    if (!quick_tuple(s, 5) || !quick_count(s, &cc) || !quick_count(s, &nc) ||
        !read_row_time(s, &times[0], &tt) || !read_row_time(s, &times[1], &ct))
        return false;
    s->odd.fewer_calls += nc < cc;
    s->odd.own_above_total += tt > ct + 1;
    memcpy(&s->row_costs[s->rows_len * METRICS],
           (const int64_t[]){nc, cc, tt, ct}, METRICS * sizeof *s->row_costs);
    s->rows_len++;
    return read_callers(s, s->t.functions++);
}

static bool read_entry(quick_scanner *s)
{
    s->entries++;
    return read_kept_key(s, &s->row_keys[s->rows_len]) && read_value(s) &&
           (s->rows_len < BATCH || hand_over_rows(s));
}

static bool read_entries(quick_scanner *s)
{
    bool flag;

    if (!ready(s) || quick_type(s, &flag) != '{' ||
        (flag && !quick_add_ref(s, QUICK_OTHER, 0)))
        return false;
    while (ready(s)) {
        if (*s->w.p == '0') {
            s->w.p++;
            return hand_over_calls(s) && hand_over_rows(s) && s->entries > 0 &&
                   s->w.p <= s->w.end;
        }
        if (!read_entry(s))
            return false;
    }
    return false;
}

/* ---- the file ---- */

enum { LARGE = 8 << 20 };

/* Tables that become large are so from the start. */
static void expect(quick_scanner *s, uint64_t bytes)
{
    if (bytes < LARGE)
        return;
    pv_build_large(s->b, !s->rows_alone);
    PV_VEC_LARGE(&s->t.keys);
    PV_VEC_LARGE(&s->t.refs);
}

static bool scan(quick_scanner *s, uint32_t first_call, pstats_tail *tail)
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
    quick_scanner s = {.b = f->b,
                       .t = {.functions = before.functions},
                       .rows_alone = f->c.src->options->rows_alone};
    bool ok;

    quiet.err = &err;
    pstats_traced_metrics(f->b);
    expect(&s, all ? all->n : pv_input_size(quiet.input));
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
