/* SPDX-License-Identifier: MIT */
/* What a profile is against its counterpart in the baseline. */
#include "diff_page_rows.h"
#include "facts.h"
#include "report_spots.h"
#include "utf8.h"

static void take_change(pv_report *r, pv_report_change *to, const pv_diff *d,
                        uint32_t row, const pv_whence *whence)
{
    const pv_diff_row *at = &d->rows[row];
    const int64_t *v = pv_diff_values(d, row, d->main);
    pv_buf b = {0};

    *to = (pv_report_change){.before = v[PV_BEFORE_SELF],
                             .after = v[PV_AFTER_SELF],
                             .status = at->status,
                             .verdict = at->verdict,
                             .name = pv_report_clean(r, at->name)};
    pv_buf_str(&b, at->file);
    if (at->has_line && at->file.n && at->line)
        pv_buf_format(&b, ":%u", at->line);
    to->place = pv_report_clean(r, pv_buf_text(&b));
    to->file = pv_report_clean(r, at->file);
    to->line = at->has_line ? at->line : 0;
    to->nameless = d->both->functions.at[at->fn.i].kind == PV_FN_LINE;
    r->arena.failed |= b.failed;
    pv_buf_done(&b);
    to->chip = pv_report_chip(whence && at->fn.i ? &whence[at->fn.i] : NULL);
}

static void take_changes(pv_report *r, pv_report_item *it,
                         const pv_diff_view *v, const pv_whence *whence)
{
    const pv_diff *d = v->d;

    for (uint32_t i = 0; i < d->len; i++) {
        uint32_t row = d->order[i];
        const int64_t *x = pv_diff_values(d, row, d->main);

        if (d->rows[row].verdict == PV_VERDICT_NOISE ||
            !pv_diff_matters(v, x[PV_BEFORE_SELF], x[PV_AFTER_SELF]))
            it->others++;
        else if (it->changes_len < PV_REPORT_CHANGES)
            take_change(r, &it->changes[it->changes_len++], d, row, whence);
    }
}

static void take_totals(pv_report_item *it, const pv_diff *d)
{
    for (uint32_t i = 0; i < it->measures_len; i++) {
        pv_report_measure *m = &it->measures[i];

        for (uint32_t k = 0; k < d->width; k++)
            if (pv_str_equal(m->name, d->metrics[k].name) &&
                m->metric.exponent == d->metrics[k].exponent) {
                m->compared = true;
                m->before = d->metrics[k].before;
            }
    }
}

enum { SPOTS = 200 };

/* The rows that the page of the comparison will have.  Pages of profiles that
 * are folded to save bytes have others. */
static bool take_spots(pv_report *r, const pv_report_item *it,
                       const pv_diff_view *v)
{
    pv_diff_table t;
    pv_arena a;
    bool ok;

    if (r->plan->share)
        return true;
    pv_arena_init(&a, 0);
    ok = pv_diff_table_init(&t, v, PV_DIFF_PAGE_ROWS, &a, r->err);
    for (uint32_t i = 0; ok && i < t.first + t.rest && i < SPOTS; i++) {
        const pv_diff_row *row = &v->d->rows[t.rows[i]];

        ok =
            pv_spots_add(r, it,
                         (pv_report_spot){.kind = PV_SPOT_CHANGE,
                                          .name = row->name,
                                          .file = row->file,
                                          .line = row->has_line ? row->line : 0,
                                          .at = t.rows[i],
                                          .value = pv_diff_change(
                                              v->d, t.rows[i], t.totals)});
    }
    if (ok)
        pv_diff_table_done(&t);
    pv_arena_done(&a);
    return ok;
}

static bool compare_rows(pv_report *r, pv_report_item *it,
                         const pv_profile *const sides[2],
                         const pv_str paths[2], pv_error *err)
{
    pv_diff_settings o = {.limit = -1};
    pv_job job = {.inputs = sides,
                  .count = 2,
                  .paths = paths,
                  .paths_len = 2,
                  .style = {.unicode = true}};
    pv_diff d = {0};
    pv_diff_view v = {.job = &job, .o = &o, .d = &d};
    pv_buf sentence = {0};
    pv_arena a;
    bool ok;

    pv_arena_init(&a, 0);
    ok = pv_diff_make(&d, sides, paths, 2, &o.how, &a, err) &&
         pv_diff_floor(&v, err);
    if (ok) {
        const pv_diff_metric *m = &d.metrics[d.main];
        pv_whence *whence = pv_origins(d.both, NULL, &a, err);

        ok = whence != NULL;
        it->verdict = m->verdict;
        it->matters = m->verdict != PV_VERDICT_NOISE &&
                      pv_diff_matters(&v, m->before, m->after);
        take_totals(it, &d);
        take_changes(r, it, &v, whence);
        pv_diff_sentence(&sentence, &v, PV_M_HTML);
        it->sentence = pv_report_clean(r, pv_buf_text(&sentence));
        pv_buf_clear(&sentence);
        pv_diff_sentence(&sentence, &v, PV_M_JSON);
        it->plain = pv_report_clean(r, pv_buf_text(&sentence));
        r->arena.failed |= sentence.failed;
        ok = ok && take_spots(r, it, &v);
    }
    pv_buf_done(&sentence);
    pv_diff_done(&d);
    pv_arena_done(&a);
    return ok;
}

/* Values over time have no rows: their peaks are compared. */
static bool compare_peaks(pv_report_item *it, const pv_profile *old,
                          pv_error *err)
{
    int64_t least;

    for (uint32_t i = 0; i < it->measures_len; i++) {
        pv_report_measure *m = &it->measures[i];
        int at = pv_profile_metric(old, m->name);

        if (at < 0 || old->metrics.at[at].exponent != m->metric.exponent)
            continue;
        if (!pv_metric_whole(old, (uint32_t)at, &m->before, err))
            return false;
        m->compared = m->before != PV_NONE;
    }
    least = pv_item_main(it)->before / 200;
    it->verdict = PV_VERDICT_UNTESTED;
    it->matters = llabs(pv_item_main(it)->total - pv_item_main(it)->before) >
                  (least > 65536 ? least : 65536);
    return true;
}

/* Memory over time is compared with its like only. */
static bool are_alike(const pv_profile *const sides[2], pv_error *err)
{
    if (!((sides[0]->has ^ sides[1]->has) & PV_HAS_SERIES))
        return true;
    return pv_fail(err, PV_E_FORMAT, NULL,
                   "one holds memory over time, the other does not");
}

static bool compare(pv_report *r, pv_report_item *it,
                    const pv_profile *const sides[2], const pv_str paths[2],
                    pv_error *err)
{
    if (!are_alike(sides, err))
        return false;
    return pv_report_ranks(sides[0]) && pv_report_ranks(sides[1])
               ? compare_rows(r, it, sides, paths, err)
               : compare_peaks(it, sides[0], err);
}

bool pv_report_compare(pv_report *r, pv_report_item *it, const pv_profile *old,
                       pv_str old_path, const pv_profile *now)
{
    const pv_profile *sides[2] = {old, now};
    pv_str paths[2] = {old_path, r->plan->inputs[it->index].path};
    pv_error err = {0};
    bool ok = compare(r, it, sides, paths, &err);

    if (!ok && err.code == PV_E_FORMAT) { /* of another kind: said, no more */
        it->compare_error = pv_report_clean(r, pv_str_of(err.text));
        return !pv_report_failed(r);
    }
    if (!ok)
        *r->err = err;
    it->compared = ok;
    it->pages[PV_PAGE_DIFF] = ok && pv_report_draws("diff") &&
                              (now->has & PV_HAS_SERIES ||
                               (pv_report_ranks(old) && pv_report_ranks(now)));
    return ok && !pv_report_failed(r);
}
