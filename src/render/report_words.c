/* SPDX-License-Identifier: MIT */
/* Words and numbers of a report. */
#include "report_private.h"

#include "diff.h"
#include "number.h"
#include "symtab.h"

pv_str pv_report_keep(pv_report *r, pv_buf *b)
{
    pv_str kept = pv_arena_copy(&r->arena, pv_buf_text(b));

    r->arena.failed |= b->failed;
    pv_buf_done(b);
    return kept;
}

bool pv_report_failed(pv_report *r)
{
    if (!r->arena.failed)
        return false;
    pv_fail_nomem(r->err);
    return true;
}

void pv_report_value(pv_buf *out, const pv_report_measure *m, int64_t v)
{
    char text[PV_NUMBER_MAX];

    if (v == PV_NONE)
        pv_buf_puts(out, "\xe2\x80\x93");
    else
        pv_buf_add(out, text,
                   pv_write_value(text, v, &m->metric, (pv_number_style){0}));
}

static pv_str word_of(const pv_report_measure *m, int64_t v)
{
    pv_str name = m->name;

    if (pv_str_equal(name, PV_STR("count")))
        name = PV_STR("objects");
    if (v == pv_pow10(m->metric.exponent) && pv_str_ends(name, PV_STR("s")))
        name.n--;
    return name;
}

void pv_report_amount(pv_buf *out, const pv_report_measure *m, int64_t v)
{
    pv_report_value(out, m, v);
    if (m->metric.unit != PV_COUNT || v == PV_NONE)
        return;
    pv_buf_char(out, ' ');
    pv_buf_str(out, word_of(m, v));
}

void pv_report_signed(pv_buf *out, const pv_report_measure *m, int64_t v)
{
    if (v > 0)
        pv_buf_char(out, '+');
    pv_report_value(out, m, v);
}

static const char *direction(const pv_report_measure *m, bool more)
{
    if (m->metric.unit == PV_NANOSECONDS)
        return more ? "slower" : "faster";
    return more ? "more" : m->metric.unit == PV_COUNT ? "fewer" : "less";
}

void pv_report_tag(pv_buf *out, const pv_report_item *it, const char **tone)
{
    const pv_report_measure *m = pv_item_main(it);
    char text[PV_NUMBER_MAX];
    int64_t change;

    *tone = "tag neu";
    if (!it->compared || !m->compared || m->total == PV_NONE)
        return;
    change = m->total - m->before;
    if (it->verdict == PV_VERDICT_NOISE || !it->matters) {
        pv_buf_puts(out, change && it->verdict == PV_VERDICT_NOISE
                             ? "within noise"
                             : "no change");
        return;
    }
    *tone = change > 0 ? "tag bad" : "tag good";
    if (m->before > 0) {
        pv_buf_add(out, text,
                   pv_write_percent(text, change < 0 ? -change : change,
                                    m->before, (pv_number_style){0}));
        pv_buf_char(out, ' ');
    }
    pv_buf_puts(out, direction(m, change > 0));
}

pv_str pv_report_measure_name(pv_report *r, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);
    pv_buf b = {0};

    if (it->has & PV_HAS_SERIES && m->metric.unit == PV_BYTES)
        pv_buf_puts(&b, "Peak memory");
    else
        pv_buf_str(&b, word_of(m, 0));
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == '_')
            b.p[i] = ' ';
    if (b.n && b.p[0] >= 'a' && b.p[0] <= 'z')
        b.p[0] = (char)(b.p[0] - 'a' + 'A');
    return pv_report_keep(r, &b);
}

void pv_report_anchor(pv_buf *out, pv_str name, pv_str file)
{
    uint32_t h = pv_fnv1a(name);

    h = pv_fnv1a_more(h, PV_STR("\n"));
    pv_buf_format(out, "f-%08x", pv_fnv1a_more(h, file));
}
