/* SPDX-License-Identifier: MIT */
/* Collecting where functions are told of. */
#include "report_spots.h"

#include "label.h"
#include "prune.h"
#include "rank.h"
#include "source_sheet.h"
#include "symtab.h"
#include "timeline_tables.h"
#include "total.h"
#include "utf8.h"

/* Of one profile: what its tables list. */
enum { BOXES = 200, LINES = 500, MOMENTS = 200, LONGEST = 300 };

static pv_str intern(pv_report *r, pv_str text)
{
    pv_sym s = pv_symtab_add(r->names, text);

    if (text.n && !s.i)
        r->arena.failed = true;
    return pv_symtab_text(r->names, s);
}

/* Names that pages cut or clean cannot be found again. */
static bool is_plain(pv_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7f)
            return false;
    return name.n > 0 && name.n <= LONGEST && pv_utf8_valid(name);
}

bool pv_spots_add(pv_report *r, const pv_report_item *it, pv_report_spot spot)
{
    if (!is_plain(spot.name))
        return true;
    if (!r->names)
        r->names = pv_symtab_new(&r->arena);
    if (!r->names || !PV_VEC_GROW(&r->spots, 1))
        return pv_fail_nomem(r->err);
    spot.name = intern(r, spot.name);
    spot.file = intern(r, spot.file);
    spot.last = pv_last_name(spot.name);
    spot.item = (uint32_t)it->index;
    r->spots.at[r->spots.len++] = spot;
    return !pv_report_failed(r);
}

/* ---- boxes ---- */

/* How many rows have each of the names that are taken. */
static bool count_names(const pv_ranking *rows, uint32_t taken, uint32_t *many,
                        pv_arena *a)
{
    pv_arena own;
    pv_symtab *t;
    uint32_t *at = PV_NEW_N(a, uint32_t, (size_t)taken + 1);
    uint32_t *count = PV_NEW_N(a, uint32_t, (size_t)taken + 2);
    bool ok;

    pv_arena_init(&own, 0);
    t = pv_symtab_new(&own);
    for (uint32_t i = 0; t && at && i < taken; i++)
        at[i] = pv_symtab_add(t, pv_ranking_row(rows, rows->order[i]).name).i;
    ok = t && at && count && !pv_symtab_failed(t);
    for (uint32_t i = 0; ok && i < rows->len; i++)
        count[pv_symtab_find(t, pv_ranking_row(rows, i).name).i]++;
    for (uint32_t i = 0; ok && i < taken; i++)
        many[i] = count[at[i]];
    if (t)
        pv_symtab_free(t);
    pv_arena_done(&own);
    return ok;
}

/* Lines of tracemalloc stand for functions; threads and marks do not. */
static bool is_function(const pv_profile *p, pv_fn fn)
{
    const pv_function *f = &p->functions.at[fn.i];

    return fn.i &&
           (f->kind == PV_FN_LINE || (f->kind == PV_FN_CODE && f->name.i));
}

static bool take_box(pv_report *r, const pv_report_item *it,
                     const pv_ranking *rows, uint32_t row, bool alone)
{
    pv_row at = pv_ranking_row(rows, row);
    int measure = rows->total >= 0 ? rows->total : rows->self;

    if (!is_function(rows->p, at.fn) ||
        !pv_str_equal(pv_label_bare(at.name), at.name))
        return true;
    return pv_spots_add(
        r, it,
        (pv_report_spot){.kind = PV_SPOT_BOXES,
                         .name = at.name,
                         .file = at.file,
                         .line = at.line,
                         .alone = alone,
                         .value = measure < 0
                                      ? PV_NONE
                                      : rows->value[(size_t)row * rows->width +
                                                    (uint32_t)measure]});
}

static bool take_boxes(pv_report *r, const pv_report_item *it,
                       const pv_profile *p, pv_arena *a)
{
    pv_ranking rows;
    uint32_t n, *many;

    if (!pv_ranking_make(&rows, p, a, r->err))
        return false;
    n = rows.len < BOXES ? rows.len : BOXES;
    many = PV_NEW_N(a, uint32_t, (size_t)n + 1);
    if (!many || !count_names(&rows, n, many, a))
        return pv_fail_nomem(r->err);
    for (uint32_t i = 0; i < n; i++)
        if (!take_box(r, it, &rows, rows.order[i], many[i] == 1))
            return false;
    return true;
}

/* What is folded to save bytes has no boxes; which functions of call totals
 * that will be is not known yet. */
bool pv_spots_boxes(pv_report *r, const pv_report_item *it, const pv_profile *p)
{
    const pv_profile *kept = p;
    pv_pruned what = {0};
    bool same = true, ok;
    int64_t whole;
    pv_arena a;

    if (!(p->has & (PV_HAS_TREE | PV_HAS_CALLS)))
        return true;
    if (r->plan->share && !(p->has & PV_HAS_TREE))
        return true;
    if (r->plan->share) {
        if (!pv_profile_total(p, p->metrics.main, &whole, r->err))
            return false;
        kept = pv_prune(p, r->plan->share, whole, &what, &same, r->err);
    }
    if (!kept)
        return false;
    pv_arena_init(&a, 0);
    ok = take_boxes(r, it, kept, &a);
    pv_arena_done(&a);
    if (!same)
        pv_profile_free((pv_profile *)(uintptr_t)kept);
    return ok;
}

/* ---- lines ---- */

/* "<module>", "(anonymous)": a page holds many. */
static bool is_named(pv_str name)
{
    pv_str last = pv_last_name(name);

    return last.n && last.p[0] != '<' && last.p[0] != '(';
}

static bool take_function(pv_report *r, const pv_report_item *it,
                          const pv_sheet *s, const pv_sheet_function *f,
                          pv_str slug)
{
    pv_line_kind kind = s->book->inputs[s->functions_input].t->kind;

    if (f->never || !f->line || !is_named(f->name))
        return true;
    return pv_spots_add(
        r, it,
        (pv_report_spot){.kind = PV_SPOT_LINES,
                         .name = f->name,
                         .file = s->file->name,
                         .line = f->line,
                         .slug = slug,
                         .at = pv_sheet_shown(s, f->line),
                         .whole = s->text.len,
                         .counts = kind != PV_LINES_OF_PROFILE,
                         .value = f->total != PV_NONE ? f->total : f->self});
}

/* Where lines stand for functions, a line is told of in its own place. */
static bool take_line(pv_report *r, const pv_report_item *it, const pv_sheet *s,
                      const pv_sheet_line *l, pv_str slug)
{
    pv_buf name = {0};
    bool ok;

    pv_buf_str(&name, s->file->name);
    pv_buf_format(&name, ":%u", l->line);
    ok = (!name.failed || pv_fail_nomem(r->err)) &&
         pv_spots_add(r, it,
                      (pv_report_spot){.kind = PV_SPOT_LINES,
                                       .name = pv_buf_text(&name),
                                       .file = s->file->name,
                                       .line = l->line,
                                       .slug = slug,
                                       .at = l->line,
                                       .value = l->heat});
    pv_buf_done(&name);
    return ok;
}

bool pv_spots_lines(pv_report *r, const pv_report_item *it, const pv_sheet *s,
                    pv_str slug)
{
    bool blocks = s->book->inputs[0].t->kind == PV_LINES_OF_BLOCKS, ok = true;

    for (uint32_t i = 0; ok && i < s->functions_len && i < LINES; i++)
        ok = take_function(r, it, s, &s->functions[i], slug);
    for (uint32_t i = 0; ok && blocks && i < s->lines_len && i < LINES; i++)
        ok = take_line(r, it, s, &s->lines[i], slug);
    return ok;
}

/* ---- moments ---- */

static int by_symbol(const void *p, const void *q)
{
    uint32_t x = *(const uint32_t *)p, y = *(const uint32_t *)q;

    return (x > y) - (x < y);
}

/* The labels of the first run, once each. */
static uint32_t list_labels(const pv_profile *p, uint32_t *labels)
{
    uint32_t n = 0, len = 0;

    for (uint32_t i = 0; i < p->marks.len; i++)
        if (p->marks.at[i].run == p->series.at[0].run)
            labels[n++] = p->marks.at[i].label.i;
    if (n > 1)
        qsort(labels, n, sizeof *labels, by_symbol);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || labels[i] != labels[i - 1])
            labels[len++] = labels[i];
    return len;
}

/* A table that does not list them all may leave out any. */
bool pv_spots_moments(pv_report *r, const pv_report_item *it,
                      const pv_profile *p)
{
    uint32_t *labels, n;
    bool ok = true;
    pv_arena a;

    if (!it->pages[PV_PAGE_TIMELINE] || p->marks.len == 0 || !p->series.len)
        return true;
    pv_arena_init(&a, 0);
    labels = PV_NEW_N(&a, uint32_t, (size_t)p->marks.len + 1);
    if (labels) {
        n = list_labels(p, labels);
        if (n > PV_TIMELINE_ROWS)
            n = 0;
        for (uint32_t i = 0; ok && i < n && i < MOMENTS; i++)
            ok = pv_spots_add(r, it,
                              (pv_report_spot){.kind = PV_SPOT_MOMENT,
                                               .value = PV_NONE,
                                               .name = pv_profile_text(
                                                   p, (pv_sym){labels[i]})});
    } else {
        ok = pv_fail_nomem(r->err);
    }
    pv_arena_done(&a);
    return ok;
}

/* ---- order ---- */

static int by_place(const void *p, const void *q)
{
    const pv_report_spot *x = p, *y = q;
    int order = pv_str_compare(x->last, y->last);

    if (!order)
        order = (x->kind > y->kind) - (x->kind < y->kind);
    if (!order)
        order = (x->item > y->item) - (x->item < y->item);
    if (!order)
        order = pv_str_compare(x->file, y->file);
    if (!order)
        order = pv_str_compare(x->name, y->name);
    if (!order)
        order = (x->line > y->line) - (x->line < y->line);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static bool are_twins(const pv_report_spot *x, const pv_report_spot *y)
{
    return x->kind == y->kind && x->item == y->item &&
           pv_str_equal(x->name, y->name) && pv_str_equal(x->file, y->file);
}

void pv_spots_sort(pv_report *r)
{
    pv_report_spot *at = r->spots.at;
    size_t n = r->spots.len;

    if (n > 1)
        qsort(at, n, sizeof *at, by_place);
    for (size_t i = 0; i < n; i++)
        at[i].single = !(i > 0 && are_twins(&at[i], &at[i - 1])) &&
                       !(i + 1 < n && are_twins(&at[i], &at[i + 1]));
}

void pv_spots_done(pv_report *r)
{
    PV_VEC_DONE(&r->spots);
    if (r->names)
        pv_symtab_free(r->names);
    r->names = NULL;
}
