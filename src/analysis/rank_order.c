/* SPDX-License-Identifier: MIT */
/* The order of rows: sort keys by their own, pstats' and py-spy's names. */
#include "rank.h"

#include <stdlib.h>

#include "buf.h"

enum { KEYS_MAX = 6 };

typedef enum key_kind {
    KEY_NAME,
    KEY_FILE,
    KEY_LINE,
    KEY_STDNAME, /* "file:line(name)" as pstats prints it */
    KEY_MEASURE
} key_kind;

typedef struct sort_key {
    key_kind kind;
    uint32_t measure;
} sort_key;

/* One row on its way through qsort, which hands no context on. */
typedef struct item {
    const struct ordering *how;
    uint32_t row;
    int64_t first; /* its value where the first key is a measure */
} item;

typedef struct ordering {
    const pv_ranking *rows;
    sort_key keys[KEYS_MAX];
    size_t len;
    const pv_str *stdnames; /* with KEY_STDNAME */
    bool stable;            /* ties keep the order of the file */
    bool backwards;         /* ties go by place, the last first */
} ordering;

/* ---- comparing ---- */

static int i64_compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Of rows with the same value: which was more before it was rounded? */
static int by_residue(const pv_ranking *r, uint32_t measure, uint32_t x,
                      uint32_t y)
{
    const int64_t *residue = r->p->residues;
    uint32_t metric = r->measures[measure].index, width = r->p->metrics.len;

    if (!residue)
        return 0;
    return i64_compare(residue[(size_t)r->fn[y].i * width + metric],
                       residue[(size_t)r->fn[x].i * width + metric]);
}

static int by_key(const ordering *o, sort_key k, uint32_t x, uint32_t y)
{
    const int64_t *v = o->rows->value;
    size_t width = o->rows->width;
    pv_row a, b;

    if (k.kind == KEY_MEASURE) { /* dearest first */
        int order =
            i64_compare(v[y * width + k.measure], v[x * width + k.measure]);

        return order ? order : by_residue(o->rows, k.measure, x, y);
    }
    if (k.kind == KEY_STDNAME)
        return pv_str_compare(o->stdnames[x], o->stdnames[y]);
    a = pv_ranking_row(o->rows, x);
    b = pv_ranking_row(o->rows, y);
    switch (k.kind) {
    case KEY_NAME: return pv_str_compare(a.name, b.name);
    case KEY_FILE: return pv_str_compare(a.file, b.file);
    case KEY_LINE: return i64_compare(a.line, b.line);
    case KEY_STDNAME:
    case KEY_MEASURE: break; /* done above */
    }
    return 0; /* not reached while every kind has a case */
}

static int by_all(const void *p, const void *q)
{
    static const sort_key last[] = {
        {.kind = KEY_NAME}, {.kind = KEY_FILE}, {.kind = KEY_LINE}};
    const item *x = p, *y = q;
    const ordering *o = x->how;
    int order = i64_compare(y->first, x->first);

    for (size_t i = 0; i < o->len && !order; i++)
        order = by_key(o, o->keys[i], x->row, y->row);
    for (size_t i = 1; i < 3 && !order && o->backwards; i++)
        order = by_key(o, last[i], y->row, x->row);
    for (size_t i = 0; i < 3 && !order && !o->stable; i++)
        order = by_key(o, last[i], x->row, y->row);
    return order ? order : i64_compare(x->row, y->row);
}

/* ---- what the words mean ---- */

/* The words that pstats takes, from `least` letters on: it refuses prefixes
 * that two words share ("c", "cum", "n", "t"). */
static const struct {
    const char *word;
    uint8_t least;
    char means; /* c calls, p primitive calls, s self, t total, f file,
                   l line, n name, a name-file-line, d stdname */
} pstats_words[] = {
    {"calls", 2, 'c'},      {"ncalls", 2, 'c'},   {"cumtime", 2, 't'},
    {"cumulative", 4, 't'}, {"filename", 1, 'f'}, {"line", 1, 'l'},
    {"module", 1, 'f'},     {"name", 2, 'n'},     {"nfl", 2, 'a'},
    {"pcalls", 1, 'p'},     {"stdname", 1, 'd'},  {"time", 2, 's'},
    {"tottime", 2, 's'},
};
enum { PSTATS_WORDS = sizeof pstats_words / sizeof *pstats_words };

/* Our own and py-spy's, as they are. */
static const struct {
    const char *word;
    char means;
} whole_words[] = {
    {"self", 's'},     {"total", 't'},    {"file", 'f'},     {"own", 's'},
    {"%own", 's'},     {"owntime", 's'},  {"%total", 't'},   {"totaltime", 't'},
    {"nsamples", 'c'}, {"psamples", 's'}, {"function", 'n'},
};
enum { WHOLE_WORDS = sizeof whole_words / sizeof *whole_words };

/* 0: no such word. */
static char meaning(pv_str word)
{
    for (size_t i = 0; i < WHOLE_WORDS; i++)
        if (pv_str_equal(word, pv_str_of(whole_words[i].word)))
            return whole_words[i].means;
    if (pv_str_equal(word, PV_STR("cum")))
        return 0;
    for (size_t i = 0; i < PSTATS_WORDS; i++)
        if (word.n >= pstats_words[i].least &&
            pv_str_starts(pv_str_of(pstats_words[i].word), word))
            return pstats_words[i].means;
    return 0;
}

static int find_measure(const pv_ranking *r, const char *name)
{
    for (uint32_t i = 0; i < r->width; i++)
        if (pv_str_equal(r->measures[i].name, pv_str_of(name)))
            return (int)i;
    return -1;
}

/* A column or a metric by its own name. */
static int named_measure(const pv_ranking *r, pv_str word)
{
    for (uint32_t i = 0; i < r->width; i++)
        if (pv_str_equal(r->measures[i].name, word))
            return (int)i;
    for (uint32_t i = 0; i < r->width; i++)
        if (pv_str_equal(r->measures[i].metric, word))
            return (int)i;
    return -1;
}

static bool add_key(ordering *o, key_kind kind, int measure)
{
    if (kind == KEY_MEASURE && measure < 0)
        return false;
    if (o->len < KEYS_MAX)
        o->keys[o->len++] = (sort_key){kind, (uint32_t)measure};
    return true;
}

static bool add_meaning(ordering *o, char means)
{
    const pv_ranking *r = o->rows;
    int calls = find_measure(r, "calls");

    switch (means) {
    case 'c':
        if (calls < 0 && (r->p->has & PV_HAS_CALLS)) /* sampled ones */
            calls = find_measure(r, "total_samples");
        return add_key(o, KEY_MEASURE, calls);
    case 'p':
        return add_key(o, KEY_MEASURE, find_measure(r, "primitive_calls"));
    case 's': return add_key(o, KEY_MEASURE, r->self);
    case 't':
        return add_key(o, KEY_MEASURE, r->total >= 0 ? r->total : r->self);
    case 'f': return add_key(o, KEY_FILE, 0);
    case 'l': return add_key(o, KEY_LINE, 0);
    case 'n': return add_key(o, KEY_NAME, 0);
    case 'a':
        return add_key(o, KEY_NAME, 0) && add_key(o, KEY_FILE, 0) &&
               add_key(o, KEY_LINE, 0);
    case 'd': return add_key(o, KEY_STDNAME, 0);
    }
    return false;
}

static bool unknown_key(const pv_ranking *r, pv_str word, bool known,
                        pv_error *err)
{
    char names[200];
    size_t n = 0;

    for (uint32_t i = 0; i < r->width; i++) {
        pv_str name = r->measures[i].name;

        if (n + name.n + 3 > sizeof names)
            break;
        memcpy(names + n, ", ", 2);
        memcpy(names + n + 2, name.p, name.n);
        n += 2 + name.n;
    }
    names[n] = '\0';
    if (known)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--sort %s: this profile has no such values; it has "
                       "name, file, line%s",
                       PV_QUOTE(word), names);
    return pv_fail(err, PV_E_USAGE, NULL,
                   "--sort %s is not a key; there are self, total, name, "
                   "file, line%s, and those of pstats",
                   PV_QUOTE(word), names);
}

static bool parse_word(ordering *o, pv_str word, pv_error *err)
{
    int measure = named_measure(o->rows, word);
    char means;

    if (measure >= 0 && !pv_str_equal(word, PV_STR("total")))
        return add_key(o, KEY_MEASURE, measure);
    means = meaning(word);
    if (means && add_meaning(o, means))
        return true;
    return unknown_key(o->rows, word, means != 0, err);
}

static bool parse_keys(ordering *o, pv_str keys, pv_error *err)
{
    while (keys.n > 0) {
        size_t comma = pv_str_find(keys, ',');
        pv_str word = pv_str_slice(keys, 0, comma);

        if (!parse_word(o, word, err))
            return false;
        keys =
            pv_str_slice(keys, comma == SIZE_MAX ? keys.n : comma + 1, keys.n);
    }
    return true;
}

/* ---- names as pstats prints them ---- */

static void stdname(pv_buf *b, const pv_ranking *r, uint32_t at)
{
    pv_row whole = pv_ranking_row(r, at);
    const pv_row *row = &whole;
    pv_str name = row->name;
    bool tilde = pv_str_equal(row->file, PV_STR("~")) && row->line == 0;

    pv_buf_clear(b);
    if (tilde && name.n >= 2 && name.p[0] == '<' && name.p[name.n - 1] == '>') {
        pv_buf_char(b, '{');
        pv_buf_str(b, pv_str_slice(name, 1, name.n - 1));
        pv_buf_char(b, '}');
    } else if (tilde) {
        pv_buf_str(b, name);
    } else {
        pv_buf_str(b, row->file);
        pv_buf_format(b, ":%u(", row->line);
        pv_buf_str(b, name);
        pv_buf_char(b, ')');
    }
}

static const pv_str *make_stdnames(const pv_ranking *r, pv_arena *a)
{
    pv_str *out = PV_NEW_N(a, pv_str, r->len + 1);
    pv_buf b = {0};

    for (uint32_t i = 0; out && i < r->len; i++) {
        stdname(&b, r, i);
        out[i] = pv_arena_copy(a, pv_buf_text(&b));
    }
    a->failed |= b.failed;
    pv_buf_done(&b);
    return a->failed ? NULL : out;
}

static bool wants_stdnames(const ordering *o)
{
    for (size_t i = 0; i < o->len; i++)
        if (o->keys[i].kind == KEY_STDNAME)
            return true;
    return false;
}

/* ---- the order ---- */

/* As Snapshot.statistics() sorts: size, count, place, all downwards. */
static bool preset_traces(ordering *o)
{
    const pv_ranking *r = o->rows;
    int blocks = find_measure(r, "self_blocks");

    if (r->self < 0 || blocks < 0)
        return false;
    add_key(o, KEY_MEASURE, r->self);
    add_key(o, KEY_MEASURE, blocks);
    o->backwards = true;
    return true;
}

static void preset_keys(ordering *o)
{
    const pv_ranking *r = o->rows;

    if (preset_traces(o))
        return;
    if (r->self >= 0)
        add_key(o, KEY_MEASURE, r->self);
    if (r->total >= 0)
        add_key(o, KEY_MEASURE, r->total);
}

/* Most rows differ in the first key: it is at hand while they are sorted. */
static int64_t first_value(const ordering *o, uint32_t row)
{
    if (o->len == 0 || o->keys[0].kind != KEY_MEASURE)
        return 0;
    return o->rows->value[(size_t)row * o->rows->width + o->keys[0].measure];
}

static item item_of(const ordering *o, uint32_t row)
{
    return (item){o, row, first_value(o, row)};
}

/* Lets the last of a heap whose top comes last sink to its place. */
static void sink(item *heap, uint32_t len, uint32_t at)
{
    item moving = heap[at];

    for (uint32_t below = 2 * at + 1; below < len; below = 2 * at + 1) {
        if (below + 1 < len && by_all(&heap[below], &heap[below + 1]) < 0)
            below++;
        if (by_all(&moving, &heap[below]) >= 0)
            break;
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = moving;
}

/* The best `n` of all rows, in no order. */
static void select_best(const ordering *o, item *best, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        best[i] = item_of(o, i);
    if (n == o->rows->len)
        return;
    for (uint32_t i = n / 2; i-- > 0;)
        sink(best, n, i);
    for (uint32_t i = n; i < o->rows->len; i++) {
        item next = item_of(o, i);

        if (next.first < best[0].first || by_all(&next, &best[0]) > 0)
            continue;
        best[0] = next;
        sink(best, n, 0);
    }
}

/* The rows that are not among the `n` best follow those as they stand. */
static bool order_rest(const ordering *o, const item *best, uint32_t n,
                       uint32_t *order, pv_arena *a)
{
    bool *placed = PV_NEW_N(a, bool, o->rows->len);
    uint32_t at = n;

    if (!placed)
        return false;
    for (uint32_t i = 0; i < n; i++)
        placed[best[i].row] = true;
    for (uint32_t i = 0; i < o->rows->len; i++)
        if (!placed[i])
            order[at++] = i;
    return true;
}

/* All rows but the first few in any order: how many are sorted? */
static uint32_t sorted_rows(const pv_ranking *rows)
{
    return rows->sorted == 0 || rows->sorted > rows->len / 8 ? rows->len
                                                             : rows->sorted;
}

bool pv_rank(pv_ranking *rows, pv_str keys, pv_arena *a, pv_error *err)
{
    ordering o = {.rows = rows,
                  .stable = (rows->p->has & PV_HAS_CALLS) ||
                            find_measure(rows, "calls") >= 0};
    uint32_t n = sorted_rows(rows);
    item *items = PV_NEW_N(a, item, n + 1);

    if (keys.n > 0 && !parse_keys(&o, keys, err))
        return false;
    if (keys.n == 0)
        preset_keys(&o);
    if (wants_stdnames(&o))
        o.stdnames = make_stdnames(rows, a);
    rows->order = PV_NEW_N(a, uint32_t, rows->len + 1);
    if (a->failed)
        return pv_fail_nomem(err);
    select_best(&o, items, n);
    if (n > 1)
        qsort(items, n, sizeof *items, by_all);
    for (uint32_t i = 0; i < n; i++)
        rows->order[i] = items[i].row;
    return n == rows->len || order_rest(&o, items, n, rows->order, a) ||
           pv_fail_nomem(err);
}
