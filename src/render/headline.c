/* SPDX-License-Identifier: MIT */
/* The first lines of text about a profile. */
#include "headline.h"

#include "number.h"
#include "utf8.h"

void pv_text_value(pv_buf *out, int64_t v, const pv_metric *m, bool unicode)
{
    char text[PV_NUMBER_MAX];
    size_t n = 0;

    if (v == PV_NONE)
        return;
    if (v < 0) /* terminals and Markdown take the plain sign */
        pv_buf_char(out, '-');
    if (v < 0)
        v = v == INT64_MIN ? INT64_MAX : -v;
    n = pv_write_value(text, v, m, (pv_number_style){.ascii = !unicode});
    pv_buf_add(out, text, n);
}

void pv_text_amount(pv_buf *out, const pv_profile *p, uint32_t metric,
                    int64_t v, bool unicode)
{
    const pv_metric *m = &p->metrics.at[metric];
    pv_str name = pv_profile_text(p, m->name);
    bool one = m->exponent == 0 && (v == 1 || v == -1);

    pv_text_value(out, v, m, unicode);
    if (m->unit != PV_COUNT)
        return;
    if (pv_str_equal(name, PV_STR("count"))) /* of a type */
        name = PV_STR("objects");
    if (one && pv_str_ends(name, PV_STR("s")))
        name.n--;
    pv_buf_char(out, ' ');
    for (size_t i = 0; i < name.n; i++)
        pv_buf_char(out, (char)(name.p[i] == '_' ? ' ' : name.p[i]));
}

int64_t pv_job_whole(const pv_job *job, int64_t total)
{
    return job->whole ? job->whole[job->inputs[0]->metrics.main] : total;
}

/* "in 10,153 samples and 12 blocks": the counts beside the main metric. */
static void add_counts(pv_buf *b, const pv_job *job, const int64_t *totals)
{
    const pv_profile *p = job->inputs[0];
    const char *link = (p->flags & PV_DIFFERENTIAL) ? ", " : " in ";

    for (uint32_t m = 0; m < p->metrics.len; m++) {
        if (m == p->metrics.main || p->metrics.at[m].unit != PV_COUNT ||
            p->metrics.at[m].inclusive || totals[m] == 0 ||
            pv_str_equal(pv_profile_text(p, p->metrics.at[m].name),
                         PV_STR("delta")))
            continue;
        pv_buf_puts(b, link);
        pv_text_amount(b, p, m, totals[m], job->style.unicode);
        link = ", ";
    }
}

void pv_kept_line(const pv_job *job, int64_t total, int64_t whole, pv_sink *out)
{
    const pv_profile *p = job->inputs[0];
    uint32_t m = p->metrics.main;
    char share[PV_NUMBER_MAX];
    pv_buf b = {0};

    if (whole == total)
        return;
    pv_buf_puts(&b, "Kept ");
    pv_buf_add(&b, share,
               pv_write_percent(share, total, whole,
                                (pv_number_style){.ascii = true}));
    pv_buf_puts(&b, ": ");
    pv_text_value(&b, total, &p->metrics.at[m], job->style.unicode);
    pv_buf_puts(&b, " of ");
    pv_text_amount(&b, p, m, whole, job->style.unicode);
    if (!pv_ink_fitted(out, &job->style, 0, PV_INK_PLAIN, pv_buf_text(&b)) ||
        b.failed)
        pv_sink_fail(out, PV_E_NOMEM, "out of memory");
    pv_sink_puts(out, job->medium == PV_M_MD ? "\n\n" : "\n");
    pv_buf_done(&b);
}

static void put_bold(const pv_job *job, pv_str text, pv_sink *out)
{
    bool md = job->medium == PV_M_MD;

    if (md)
        pv_sink_puts(out, "**");
    pv_ink_text(out, &job->style, PV_INK_BOLD, text);
    if (md)
        pv_sink_puts(out, "**");
}

bool pv_headline(const pv_job *job, const int64_t *totals, pv_sink *out,
                 pv_error *err)
{
    const pv_profile *p = job->inputs[0];
    uint32_t m = p->metrics.main;
    int64_t whole;
    pv_buf b = {0};
    bool ok;
    int used;

    if (p->metrics.len == 0)
        return true;
    whole = pv_job_whole(job, totals[m]);
    pv_text_amount(&b, p, m, totals[m], job->style.unicode);
    used = (int)pv_text_width(pv_buf_text(&b));
    put_bold(job, pv_buf_text(&b), out);
    pv_buf_clear(&b);
    add_counts(&b, job, totals);
    if (job->paths_len > 1)
        pv_buf_format(&b, ", %zu files", job->paths_len);
    ok = pv_ink_fitted(out, &job->style, used, PV_INK_PLAIN, pv_buf_text(&b));
    pv_sink_puts(out, job->medium == PV_M_MD ? "\n\n" : "\n");
    pv_kept_line(job, totals[m], whole, out);
    ok = ok && !b.failed;
    pv_buf_done(&b);
    return ok || pv_fail_nomem(err);
}

pv_ink pv_ink_origin(int origin)
{
    switch ((pv_origin)origin) {
    case PV_OWN: return PV_INK_OWN;
    case PV_SITE: return PV_INK_SITE;
    case PV_STD: return PV_INK_STD;
    case PV_BUILTIN: return PV_INK_BUILTIN;
    case PV_NATIVE: return PV_INK_NATIVE;
    case PV_RUNTIME: return PV_INK_RUNTIME;
    case PV_UNKNOWN: return PV_INK_PLAIN;
    }
    return PV_INK_PLAIN;
}

void pv_origin_line(const pv_job *job, const int64_t *self, int64_t whole,
                    pv_sink *out)
{
    pv_str gap = PV_STR("self by origin: ");
    size_t used = 0;

    for (int o = 0; o < PV_ORIGINS; o++) {
        pv_str name = pv_str_of(pv_origin_name((pv_origin)o));
        char share[PV_NUMBER_MAX];
        size_t n = pv_write_share(share, self[o], whole);
        size_t more = gap.n + name.n + 1 + n;

        if (self[o] == 0)
            continue;
        if (job->style.width > 0 && used + more > (size_t)job->style.width)
            break;
        used += more;
        pv_sink_text(out, gap);
        pv_ink_text(out, &job->style, pv_ink_origin(o), name);
        pv_sink_puts(out, " ");
        pv_sink_write(out, share, n);
        gap = PV_STR("  ");
    }
    if (used > 0)
        pv_sink_puts(out, job->medium == PV_M_MD ? "\n\n" : "\n");
}
