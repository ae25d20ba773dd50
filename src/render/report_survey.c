/* SPDX-License-Identifier: MIT */
/* What a profile comes to: the facts that all pages share. */
#include "diff_view.h"
#include "facts.h"
#include "label.h"
#include "number.h"
#include "origin.h"
#include "palette.h"
#include "preset.h"
#include "rank.h"
#include "report_private.h"
#include "report_spots.h"
#include "utf8.h"

/* ---- measures ---- */

static bool take_measures(pv_report *r, pv_report_item *it, const pv_profile *p)
{
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        pv_report_measure *to = &it->measures[it->measures_len];

        if (pv_metric_is_twin(p, m))
            continue;
        if (m == p->metrics.main)
            it->main = it->measures_len;
        to->name =
            pv_arena_copy(&r->arena, pv_profile_text(p, p->metrics.at[m].name));
        to->metric = p->metrics.at[m];
        if (!pv_metric_whole(p, m, &to->total, r->err))
            return false;
        it->measures_len++;
    }
    return true;
}

/* A main metric that is the inclusive side of another stands with it. */
static void find_main(pv_report_item *it, const pv_profile *p)
{
    pv_str name;

    if (!pv_metric_is_twin(p, p->metrics.main))
        return;
    name = pv_profile_text(p, p->metrics.at[p->metrics.main].name);
    for (uint32_t i = 0; i < it->measures_len; i++)
        if (pv_str_equal(it->measures[i].name, name))
            it->main = i;
}

/* ---- functions and files ---- */

pv_str pv_report_clean(pv_report *r, pv_str raw)
{
    pv_buf b = {0};

    pv_clean(&b, pv_str_slice(raw, 0, 400));
    return pv_report_keep(r, &b);
}

const char *pv_report_chip(const pv_whence *w)
{
    return w ? pv_origin_class(w->origin, w->variant)
             : pv_origin_class(PV_UNKNOWN, 0);
}

static int64_t value_of(const pv_ranking *rows, uint32_t row, int measure)
{
    return measure < 0
               ? PV_NONE
               : rows->value[(size_t)row * rows->width + (uint32_t)measure];
}

static void take_function(pv_report *r, pv_report_function *to,
                          const pv_ranking *rows, uint32_t row,
                          const pv_whence *whence)
{
    pv_row whole = pv_ranking_row(rows, row);
    const pv_row *at = &whole;
    pv_buf b = {0};

    pv_label_function(&b, rows->p, at->fn);
    to->name = pv_report_clean(r, pv_buf_text(&b));
    pv_buf_clear(&b);
    pv_label_place(&b, rows->p, at->fn, at->line);
    to->place = pv_report_clean(r, pv_buf_text(&b));
    r->arena.failed |= b.failed;
    pv_buf_done(&b);
    to->file = pv_report_clean(r, at->file);
    to->line = at->line;
    to->self = value_of(rows, row, rows->self);
    to->total = value_of(rows, row, rows->total);
    to->origin = whence[at->fn.i].origin;
    to->chip = pv_report_chip(&whence[at->fn.i]);
}

static int by_file(const void *a, const void *b)
{
    const pv_report_file *x = a, *y = b;

    return pv_str_compare(x->name, y->name);
}

static int by_self(const void *a, const void *b)
{
    const pv_report_file *x = a, *y = b;

    if (x->self != y->self)
        return x->self < y->self ? 1 : -1;
    return pv_str_compare(x->name, y->name);
}

static size_t join_files(pv_report_file *at, size_t len)
{
    size_t n = 0;

    qsort(at, len, sizeof *at, by_file);
    for (size_t i = 0; i < len; i++) {
        if (n && pv_str_equal(at[n - 1].name, at[i].name))
            at[n - 1].self += at[i].self;
        else
            at[n++] = at[i];
    }
    qsort(at, n, sizeof *at, by_self);
    return n < PV_REPORT_FILES ? n : PV_REPORT_FILES;
}

static void take_files(pv_report *r, pv_report_item *it, const pv_ranking *rows,
                       const pv_whence *whence, pv_arena *scratch)
{
    pv_report_file *all = PV_NEW_N(scratch, pv_report_file, rows->len + 1);
    size_t n = 0;

    if (!all)
        return;
    for (uint32_t i = 0; i < rows->len; i++) {
        int64_t self = value_of(rows, i, rows->self);
        pv_row at = pv_ranking_row(rows, i);

        if (at.file.n == 0 || whence[at.fn.i].origin == PV_BUILTIN)
            continue;
        all[n++] = (pv_report_file){.name = at.file,
                                    .self = self > 0 ? self : 0,
                                    .origin = whence[at.fn.i].origin};
    }
    n = join_files(all, n);
    it->files = PV_NEW_N(&r->arena, pv_report_file, n + 1);
    for (size_t i = 0; it->files && i < n; i++) {
        it->files[i] = all[i];
        it->files[i].name = pv_report_clean(r, all[i].name);
    }
    it->files_len = it->files ? n : 0;
}

bool pv_report_ranks(const pv_profile *p)
{
    return p->has & (PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_TOTALS);
}

static bool take_rows(pv_report *r, pv_report_item *it, const pv_profile *p)
{
    pv_origin_rules rules = {.own = r->o->own.at,
                             .own_len = r->o->own.len,
                             .rules = r->o->origin.at,
                             .rules_len = r->o->origin.len};
    pv_ranking rows;
    pv_whence *whence;
    pv_arena a;
    bool ok;

    if (!pv_report_ranks(p))
        return true;
    pv_arena_init(&a, 0);
    whence = pv_origins(p, &rules, &a, r->err);
    ok = whence && pv_ranking_make(&rows, p, &a, r->err);
    if (ok) {
        size_t n =
            rows.len < PV_REPORT_FUNCTIONS ? rows.len : PV_REPORT_FUNCTIONS;

        it->functions = PV_NEW_N(&r->arena, pv_report_function, n + 1);
        for (size_t i = 0; it->functions && i < n; i++)
            take_function(r, &it->functions[i], &rows, rows.order[i], whence);
        it->functions_len = it->functions ? n : 0;
        take_files(r, it, &rows, whence, &a);
        ok = !a.failed || pv_fail_nomem(r->err);
    }
    pv_arena_done(&a);
    return ok && !pv_report_failed(r);
}

bool pv_report_draws(const char *renderer)
{
    return pv_renderer_find(pv_str_of(renderer))->media & PV_M_HTML;
}

bool pv_report_survey(pv_report *r, pv_report_item *it, const pv_profile *p)
{
    it->format = p->format;
    it->producer = pv_report_clean(r, pv_profile_text(p, p->producer));
    it->command = pv_report_clean(r, pv_profile_note(p, PV_STR("command")));
    it->has = p->has;
    it->stacks = p->stacks;
    it->records = p->records;
    it->points = pv_points(p);
    if (!take_measures(r, it, p))
        return false;
    find_main(it, p);
    it->pages[PV_PAGE_PROFILE] = pv_report_ranks(p);
    it->pages[PV_PAGE_TIMELINE] =
        p->has & PV_HAS_SERIES && pv_report_draws("timeline");
    return take_rows(r, it, p) && pv_spots_boxes(r, it, p) &&
           pv_spots_moments(r, it, p) && pv_report_list_source(r, it, p);
}
