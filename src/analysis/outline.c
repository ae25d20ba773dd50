/* SPDX-License-Identifier: MIT */
/* Functions and classes by indentation, in one pass over the lines. */
#include "outline.h"

#include <stdlib.h>

#include "vec.h"

enum { NESTED = 100 }; /* Python's own bound of indents */

typedef struct reader {
    pv_outline *o;
    PV_VEC(pv_def) defs;
    uint32_t open[NESTED]; /* rows of the defs around this line */
    uint32_t indent[NESTED];
    int depth;
    bool dead; /* below "if 0:" */
    uint32_t dead_indent;
    uint32_t decorated; /* line of the first decorator that waits, or 0 */
    uint32_t last;      /* line with text in it */
    bool failed;        /* memory ran out */
} reader;

static uint32_t around(const reader *r)
{
    return r->depth ? r->open[r->depth - 1] : 0;
}

/* A statement at this column ends the defs that stand as deep or deeper. */
static void shut(reader *r, uint32_t indent)
{
    while (r->depth && r->indent[r->depth - 1] >= indent) {
        r->depth--;
        r->defs.at[r->open[r->depth]].end = r->last;
    }
}

static void add_def(reader *r, const pv_syntax *s, uint32_t line)
{
    pv_def def = {.name = s->defined,
                  .first = r->decorated ? r->decorated : line,
                  .line = line,
                  .end = line,
                  .parent = around(r),
                  .is_class = pv_str_equal(s->word, PV_STR("class"))};

    if (!PV_VEC_GROW(&r->defs, 1)) {
        r->failed = true;
        return;
    }
    if (r->depth < NESTED) {
        r->open[r->depth] = (uint32_t)r->defs.len;
        r->indent[r->depth++] = s->indent;
    }
    r->defs.at[r->defs.len++] = def;
}

static bool is_one_of(pv_str word, const char *const *list)
{
    for (; *list; list++)
        if (pv_str_equal(word, pv_str_of(*list)))
            return true;
    return false;
}

/* "x: int" makes no code in a function. */
static bool is_declaration(const pv_syntax *s, pv_str line)
{
    size_t pos = (size_t)(s->word.p - line.p) + s->word.n;

    return pos < line.n && line.p[pos] == ':' &&
           pv_str_find(line, '=') == SIZE_MAX && s->len == 0;
}

/* "while True:" tests nothing. */
static bool is_endless(const pv_syntax *s, pv_str line)
{
    size_t pos = (size_t)(s->word.p - line.p) + s->word.n + 1;
    pv_str rest = pv_str_slice(line, pos < line.n ? pos : line.n, line.n);

    return pv_str_equal(s->word, PV_STR("while")) &&
           (pv_str_starts(rest, PV_STR("True")) ||
            pv_str_starts(rest, PV_STR("1")));
}

/* "if 0:", whose block is never compiled. */
static bool is_dead(const pv_syntax *s, pv_str line)
{
    size_t pos = (size_t)(s->word.p - line.p) + s->word.n + 1;
    pv_str rest = pv_str_slice(line, pos < line.n ? pos : line.n, line.n);

    return pv_str_equal(s->word, PV_STR("if")) &&
           (pv_str_starts(rest, PV_STR("0")) ||
            pv_str_starts(rest, PV_STR("False")));
}

/* "if (" alone: what runs stands in the lines that follow. */
static bool is_opening(const pv_syntax *s, pv_str line)
{
    size_t pos = (size_t)(s->word.p - line.p) + s->word.n;

    while (pos < line.n && (line.p[pos] == ' ' || line.p[pos] == '('))
        pos++;
    return pos == line.n && s->brackets > 0;
}

/* Statements whose line may not be seen though they were reached (jumps that
 * the compiler joined, constants) are left out: "never executed" must not be
 * said of one that was. */
static bool is_counted(const pv_syntax *s, pv_str line)
{
    static const char *const silent[] = {
        "else",  "try",      "finally", "global", "nonlocal", "pass",
        "break", "continue", "case",    "@",      ".",        "-",
        "None",  "True",     "False",   NULL};

    return !s->literal && !is_one_of(s->word, silent) && !is_endless(s, line) &&
           !is_opening(s, line) && !is_declaration(s, line);
}

static void read_line(reader *r, const pv_syntax *s, pv_str line, uint32_t n)
{
    bool decorator = s->fresh && pv_str_equal(s->word, PV_STR("@"));

    if (s->fresh)
        shut(r, s->indent);
    if (s->fresh && s->indent <= r->dead_indent)
        r->dead = false;
    if (s->fresh && s->defined.n)
        add_def(r, s, n);
    else if (s->fresh)
        r->o->counted[n - 1] = !r->dead && is_counted(s, line);
    if (s->fresh && !r->dead && is_dead(s, line)) {
        r->dead = true;
        r->dead_indent = s->indent;
    }
    if (decorator && !r->decorated)
        r->decorated = n;
    else if (s->fresh && !decorator)
        r->decorated = 0;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ' && line.p[i] != '\t' && line.p[i] != '\f') {
            r->last = n;
            break;
        }
    r->o->owner[n - 1] = around(r);
}

static void read_lines(reader *r, const pv_source_text *text,
                       pv_language language)
{
    pv_span spans[4]; /* whether there are any is enough */
    pv_syntax s;

    pv_syntax_init(&s, language);
    for (uint32_t i = 0; i < text->len; i++) {
        pv_syntax_line(&s, text->at[i], spans, 4);
        if (language == PV_LANG_PYTHON || language == PV_LANG_CYTHON)
            read_line(r, &s, text->at[i], i + 1);
    }
    shut(r, 0);
}

static int by_name(const void *p, const void *q, void *ctx)
{
    const pv_def *at = ctx;
    uint32_t x = *(const uint32_t *)p, y = *(const uint32_t *)q;
    int order = pv_str_compare(at[x].name, at[y].name);

    return order ? order : (x > y) - (x < y);
}

static void sort_names(pv_outline *o, pv_arena *a)
{
    o->by_name = PV_NEW_N(a, uint32_t, o->len);
    for (uint32_t i = 1; o->by_name && i < o->len; i++)
        o->by_name[i - 1] = i;
    if (o->by_name && o->len > 2)
        qsort_r(o->by_name, o->len - 1, sizeof *o->by_name, by_name, o->at);
}

bool pv_outline_make(pv_outline *o, const pv_source_text *text,
                     pv_language language, pv_arena *a)
{
    reader r = {.o = o};

    *o = (pv_outline){0};
    o->owner = PV_NEW_N(a, uint32_t, (size_t)text->len + 1);
    o->counted = PV_NEW_N(a, bool, (size_t)text->len + 1);
    if (a->failed || !PV_VEC_GROW(&r.defs, 1)) {
        a->failed = true;
        return false;
    }
    r.defs.at[r.defs.len++] = (pv_def){.name = PV_STR("")};
    read_lines(&r, text, language);
    o->at = PV_NEW_N(a, pv_def, r.defs.len);
    if (o->at) {
        memcpy(o->at, r.defs.at, r.defs.len * sizeof *o->at);
        o->len = (uint32_t)r.defs.len;
        sort_names(o, a);
    }
    PV_VEC_DONE(&r.defs);
    a->failed |= r.failed;
    return !a->failed;
}

pv_str pv_last_name(pv_str name)
{
    size_t dot = pv_str_rfind(name, '.');

    return dot == SIZE_MAX ? name : pv_str_slice(name, dot + 1, name.n);
}

/* The first def whose "def" stands at `line` or behind. */
static uint32_t from_line(const pv_outline *o, uint32_t line)
{
    uint32_t low = 1, high = o->len;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (o->at[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t pv_outline_find(const pv_outline *o, pv_str name, uint32_t line)
{
    uint32_t i = o->len ? from_line(o, line) : 0;

    if (i == 0 || i == o->len || o->at[i].first > line)
        return 0;
    return pv_str_equal(o->at[i].name, pv_last_name(name)) ? i : 0;
}

uint32_t pv_outline_named(const pv_outline *o, pv_str name)
{
    uint32_t low = 0, n = o->len ? o->len - 1 : 0, high = n;
    uint32_t *at = o->by_name;

    name = pv_last_name(name);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (pv_str_compare(o->at[at[middle]].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == n || !pv_str_equal(o->at[at[low]].name, name) ||
        (low + 1 < n && pv_str_equal(o->at[at[low + 1]].name, name)))
        return 0;
    return at[low];
}

void pv_outline_name(pv_buf *out, const pv_outline *o, uint32_t def)
{
    uint32_t path[8], n = 0;

    for (; def && n < 8; def = o->at[def].parent)
        path[n++] = def;
    while (n-- > 0) {
        pv_buf_str(out, o->at[path[n]].name);
        if (n)
            pv_buf_char(out, '.');
    }
}
