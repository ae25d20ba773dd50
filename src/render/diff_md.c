/* SPDX-License-Identifier: MIT */
/* A comparison as Markdown, for a comment on a pull request.
 *
 * A heading that is the sentence, the totals, the rows that matter folded
 * away; no colour, so words and signs carry it.  At most 60,000 bytes: rows
 * beyond are counted.  The last line is a comment by which CI finds what it
 * wrote before.
 */
#include "diff_view.h"
#include "flame_words.h"
#include "label.h"
#include "md.h"
#include "number.h"
#include "profviz/profviz.h"

enum {
    ROWS = 20,
    NAME = 300,   /* bytes of a name */
    ROOM = 58000, /* bytes of all rows and what is before them */
    SLUG = 60
};

typedef struct md {
    const pv_diff_view *v;
    pv_buf out;
    int side;
    bool beside;
} md;

/* ---- pieces ---- */

static pv_str clipped(pv_str name)
{
    size_t n = NAME;

    if (name.n <= NAME)
        return name;
    while (n > 1 && ((unsigned char)name.p[n] & 0xc0) == 0x80)
        n--;
    return pv_str_slice(name, 0, n);
}

static void put_code(md *m, pv_str name)
{
    pv_md_code(&m->out, clipped(name));
    if (name.n > NAME)
        pv_buf_puts(&m->out, "\u2026");
}

static void put_value(md *m, const pv_diff_metric *metric, int64_t v)
{
    const pv_metric of = {.unit = metric->unit, .exponent = metric->exponent};
    char text[PV_NUMBER_MAX];

    pv_buf_add(&m->out, text,
               pv_write_value(text, v, &of, (pv_number_style){0}));
}

/* "-": as the signs of Markdown and of terminals are. */
static void put_change(md *m, const pv_diff_metric *metric, int64_t change)
{
    pv_buf_puts(&m->out, change > 0 ? "+" : change < 0 ? "-" : "");
    put_value(m, metric, change < 0 ? -change : change);
}

static void put_span(md *m, const pv_diff_metric *metric, const pv_span *s)
{
    if (!m->v->d->judged || s->least == s->most)
        return;
    pv_buf_puts(&m->out, " (");
    put_value(m, metric, s->least);
    pv_buf_puts(&m->out, "\u2013");
    put_value(m, metric, s->most);
    pv_buf_char(&m->out, ')');
}

/* ---- totals ---- */

static const char *tested(const md *m, const pv_diff_metric *metric)
{
    switch ((pv_verdict)metric->verdict) {
    case PV_VERDICT_SAME: return "no change";
    case PV_VERDICT_NOISE: return "within noise";
    case PV_VERDICT_CLEAR: return "clear";
    case PV_VERDICT_UNTESTED: break;
    }
    return m->v->d->sampled && metric == &m->v->d->metrics[m->v->d->main]
               ? ""
               : "one run each, not tested";
}

static void put_total(md *m, const pv_diff_metric *metric)
{
    int64_t change = metric->after - metric->before;
    bool strong = change && metric->verdict != PV_VERDICT_NOISE;

    pv_buf_puts(&m->out, "| ");
    pv_md_text(&m->out, pv_diff_label(m->v, metric));
    pv_buf_puts(&m->out, " | ");
    put_value(m, metric, metric->before);
    put_span(m, metric, &metric->span[0]);
    pv_buf_puts(&m->out, " | ");
    put_value(m, metric, metric->after);
    put_span(m, metric, &metric->span[1]);
    pv_buf_puts(&m->out, strong ? " | **" : " | ");
    put_change(m, metric, change);
    if (metric->before > 0 && change) {
        pv_buf_puts(&m->out, change > 0 ? " (+" : " (-");
        pv_diff_percent(&m->out, change, metric->before, true);
        pv_buf_char(&m->out, ')');
    }
    pv_buf_puts(&m->out, strong ? "** | " : " | ");
    pv_buf_puts(&m->out, tested(m, metric));
    pv_buf_puts(&m->out, " |\n");
}

static void put_totals(md *m)
{
    pv_buf_puts(&m->out, "| | before | after | change | test |\n"
                         "|---|--:|--:|--:|---|\n");
    for (uint32_t i = 0; i < m->v->d->width; i++)
        put_total(m, &m->v->d->metrics[i]);
    for (uint32_t i = 0; i < m->v->d->cautions_len; i++)
        pv_buf_format(&m->out, "\nNote: %s.\n", m->v->d->cautions[i]);
    if (m->v->o->how.normalize)
        pv_buf_puts(&m->out, "\nBefore is scaled to the total after.\n");
}

/* ---- rows ---- */

static void put_place(md *m, const pv_diff_row *row)
{
    const pv_profile *p = m->v->d->both;
    pv_buf place = {0};

    if (m->v->d->places && row->fn.i && p->functions.at[row->fn.i].name.i &&
        !pv_str_equal(row->name, row->file))
        pv_label_place(&place, p, row->fn, row->line);
    if (place.n) {
        pv_buf_char(&m->out, ' ');
        put_code(m, pv_buf_text(&place));
    }
    if (row->moved) {
        pv_buf_puts(&m->out, " (was ");
        pv_buf_clear(&place);
        pv_diff_put_was(&place, row);
        put_code(m, pv_buf_text(&place));
        pv_buf_char(&m->out, ')');
    }
    m->out.failed |= place.failed;
    pv_buf_done(&place);
}

static void put_ratio(md *m, const pv_diff_row *row, int64_t before,
                      int64_t after)
{
    char digits[PV_NUMBER_MAX];

    if (row->status == PV_DIFF_ADDED)
        pv_buf_puts(&m->out, "new");
    else if (row->status == PV_DIFF_REMOVED)
        pv_buf_puts(&m->out, "gone");
    else if (before > 0 && after > 0 && after / before < 100000) {
        pv_buf_puts(&m->out, "\u00d7");
        pv_buf_add(&m->out, digits,
                   pv_write_fixed(digits, pv_muldiv(after, 10, before), 1));
    }
}

static void put_row(md *m, uint32_t at)
{
    const pv_diff *d = m->v->d;
    const pv_diff_row *row = &d->rows[at];
    const pv_diff_metric *metric = &d->metrics[d->main];
    const int64_t *v = pv_diff_values(d, at, d->main);
    int64_t before = v[m->side], after = v[m->side + 1];

    pv_buf_puts(&m->out, "| ");
    put_code(m, row->name);
    put_place(m, row);
    pv_buf_puts(&m->out, " | ");
    if (row->status == PV_DIFF_ADDED)
        pv_buf_puts(&m->out, "\u2013");
    else
        put_value(m, metric, before);
    pv_buf_puts(&m->out, " | ");
    if (row->status == PV_DIFF_REMOVED)
        pv_buf_puts(&m->out, "\u2013");
    else
        put_value(m, metric, after);
    pv_buf_puts(&m->out, " | ");
    put_change(m, metric, after - before);
    pv_buf_puts(&m->out, " | ");
    put_ratio(m, row, before, after);
    if (m->beside) {
        pv_buf_puts(&m->out, " | ");
        put_change(m, metric, v[PV_AFTER_TOTAL] - v[PV_BEFORE_TOTAL]);
    }
    pv_buf_puts(&m->out,
                row->verdict == PV_VERDICT_NOISE ? " (noise) |\n" : " |\n");
}

static const char *subject(const md *m)
{
    if (m->v->o->how.by == PV_DIFF_BY_STACK)
        return "stack";
    return m->v->d->both->has & PV_HAS_LINES ? "line"
           : m->v->d->places                 ? "function"
                                             : "row";
}

static void put_summary(md *m, uint32_t shown)
{
    const pv_diff *d = m->v->d;

    pv_buf_puts(&m->out, "\n<details><summary>");
    pv_put_count(&m->out, shown, subject(m), "");
    if (shown != 1)
        pv_buf_format(&m->out, "%ss", subject(m));
    pv_buf_puts(&m->out, " changed (threshold ");
    pv_diff_amount(&m->out, &d->metrics[d->main], pv_diff_threshold(m->v),
                   true);
    pv_buf_puts(&m->out, ")</summary>\n\n| ");
    pv_buf_puts(&m->out, subject(m));
    pv_buf_puts(&m->out, " | before | after | change | ratio |");
    pv_buf_puts(&m->out, m->beside ? " in total |\n" : "\n");
    pv_buf_puts(&m->out, "|---|--:|--:|--:|--:|");
    pv_buf_puts(&m->out, m->beside ? "--:|\n" : "\n");
}

static void put_rows(md *m)
{
    const pv_diff *d = m->v->d;
    int64_t limit = m->v->o->limit < 0 ? ROWS : m->v->o->limit;
    uint32_t shown = 0, wanted = 0, put = 0;

    if (m->v->series)
        return; /* the totals are all there is */
    for (uint32_t i = 0; i < d->len; i++) {
        shown += pv_diff_shown(m->v, i);
        wanted += pv_diff_wanted(m->v, i);
    }
    if (shown)
        put_summary(m, shown);
    for (uint32_t i = 0; i < d->len && put < shown && m->out.n < ROOM; i++) {
        if (limit && put >= limit)
            break;
        if (pv_diff_shown(m->v, d->order[i])) {
            put_row(m, d->order[i]);
            put++;
        }
    }
    if (shown && put < shown) {
        pv_buf_char(&m->out, '\n');
        pv_put_count(&m->out, shown - put, "more is", "more are");
        pv_buf_puts(&m->out, " not listed.\n");
    }
    if (shown)
        pv_buf_puts(&m->out, "\n</details>\n");
    if (wanted > shown) {
        pv_buf_char(&m->out, '\n');
        pv_put_count(&m->out, wanted - shown, subject(m), "");
        if (wanted - shown != 1)
            pv_buf_format(&m->out, "%ss", subject(m));
        pv_buf_puts(&m->out, d->sampled && !d->judged
                                 ? " changed by less or within noise.\n"
                                 : " changed by less.\n");
    }
}

/* ---- the end ---- */

/* Letters, digits and single '-': fit for a comment of HTML. */
static void put_slug(md *m, pv_str text)
{
    size_t n = 0;
    bool gap = false;

    for (size_t i = 0; i < text.n && n < SLUG; i++) {
        char c = text.p[i];
        bool upper = c >= 'A' && c <= 'Z';

        if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
            gap = n > 0;
            continue;
        }
        if (gap)
            pv_buf_char(&m->out, '-');
        gap = false;
        pv_buf_char(&m->out, upper ? (char)(c + 'a' - 'A') : c);
        n++;
    }
    if (!n)
        pv_buf_puts(&m->out, "diff");
}

static void put_end(md *m)
{
    const pv_job *job = m->v->job;
    size_t old = job->old ? job->old : 1;
    pv_str title = m->v->o->title;

    pv_buf_char(&m->out, '\n');
    for (size_t i = 0; i < job->paths_len && i < 8; i++) {
        if (i)
            pv_buf_puts(&m->out, i == old ? " \u2192 " : ", ");
        put_code(m, pv_job_name(job, i));
    }
    if (job->paths_len > 8)
        pv_buf_format(&m->out, " and %zu more", job->paths_len - 8);
    pv_buf_puts(&m->out, " \u00b7 profviz " PV_VERSION "\n<!-- profviz:");
    if (!title.n && job->paths_len)
        title = pv_base_name(job->paths[job->paths_len - 1]);
    put_slug(m, title);
    pv_buf_puts(&m->out, " -->\n");
}

bool pv_diff_markdown(const pv_diff_view *v, pv_sink *out, pv_error *err)
{
    bool totals = pv_diff_by_total(v), ok;
    md m = {.v = v,
            .side = totals ? PV_BEFORE_TOTAL : PV_BEFORE_SELF,
            .beside = pv_diff_beside(v)};

    pv_buf_puts(&m.out, "### ");
    pv_diff_sentence(&m.out, v, PV_M_MD);
    pv_buf_puts(&m.out, "\n\n");
    put_totals(&m);
    put_rows(&m);
    put_end(&m);
    pv_sink_text(out, pv_buf_text(&m.out));
    ok = !m.out.failed;
    pv_buf_done(&m.out);
    return ok || pv_fail_nomem(err);
}
