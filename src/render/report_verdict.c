/* SPDX-License-Identifier: MIT */
/* The order of profiles, and the sentence on top. */
#include "report_verdict.h"

#include "diff.h"
#include "number.h"

/* ---- order: what broke, by how much; then by size ---- */

static int64_t permille(const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);
    int64_t change = m->total - m->before;

    if (!it->compared || !m->compared || !it->matters)
        return -1;
    if (m->before <= 0)
        return INT64_MAX;
    if (change < 0)
        change = -change;
    return change / m->before > INT64_MAX / 2000
               ? INT64_MAX
               : pv_muldiv(change, 1000, m->before);
}

static bool is_worse(const pv_report_item *it)
{
    return permille(it) >= 0 &&
           pv_item_main(it)->total > pv_item_main(it)->before;
}

/* Times before sizes before counts. */
static int unit_rank(const pv_report_item *it)
{
    switch (pv_item_main(it)->metric.unit) {
    case PV_NANOSECONDS: return 0;
    case PV_BYTES: return 1;
    case PV_COUNT: return 2;
    }
    return 3; /* not reached while every unit has a case */
}

static int by_weight(const void *a, const void *b)
{
    const pv_report_item *x = *(const pv_report_item *const *)a;
    const pv_report_item *y = *(const pv_report_item *const *)b;
    int64_t p = permille(x), q = permille(y);

    if (is_worse(x) != is_worse(y))
        return is_worse(x) ? -1 : 1;
    if (p != q)
        return p > q ? -1 : 1;
    if (unit_rank(x) != unit_rank(y))
        return unit_rank(x) < unit_rank(y) ? -1 : 1;
    if (pv_item_main(x)->total != pv_item_main(y)->total)
        return pv_item_main(x)->total > pv_item_main(y)->total ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

bool pv_report_rank(pv_report *r)
{
    r->ranked = PV_NEW_N(&r->arena, const pv_report_item *, r->len + 1);
    if (!r->ranked)
        return pv_fail_nomem(r->err);
    for (size_t i = 0; i < r->len; i++)
        if (!r->items[i].error.n)
            r->ranked[r->ranked_len++] = &r->items[i];
    qsort(r->ranked, r->ranked_len, sizeof(const pv_report_item *), by_weight);
    return true;
}

/* ---- words ---- */

static void put_fact(pv_buf *b, const pv_report_item *it)
{
    pv_unit unit = pv_item_main(it)->metric.unit;
    const char *tone;

    pv_buf_str(b, it->name);
    pv_buf_puts(b, unit == PV_NANOSECONDS ? " is "
                   : unit == PV_BYTES     ? " needs "
                                          : " has ");
    pv_report_tag(b, it, &tone);
    if (unit == PV_BYTES)
        pv_buf_puts(b, " memory");
    else if (unit == PV_COUNT) {
        pv_buf_char(b, ' ');
        pv_buf_str(b, pv_item_main(it)->name);
    }
}

static size_t count_moved(const pv_report *r, bool *compared)
{
    size_t n = 0;

    *compared = false;
    for (size_t i = 0; i < r->ranked_len; i++) {
        n += permille(r->ranked[i]) >= 0;
        *compared |= r->ranked[i]->compared;
    }
    return n;
}

static void tell_moved(pv_report *r, size_t moved, bool plain, pv_str *key,
                       pv_str *rest)
{
    const pv_report_item *first = r->ranked[0];
    pv_buf b = {0};

    put_fact(&b, first);
    if (moved > 1) {
        pv_buf_puts(&b, ", ");
        put_fact(&b, r->ranked[1]);
    }
    pv_buf_char(&b, '.');
    *key = pv_report_keep(r, &b);
    pv_buf_str(&b, plain ? first->plain : first->sentence);
    if (moved > 2)
        pv_buf_format(&b, "%s%zu more profile%s changed.", b.n ? " " : "",
                      moved - 2, moved == 3 ? "" : "s");
    *rest = pv_report_keep(r, &b);
}

static void tell_calm(pv_report *r, pv_str *key, pv_str *rest)
{
    size_t n = 0;
    pv_buf b = {0};

    for (size_t i = 0; i < r->ranked_len; i++)
        n += r->ranked[i]->compared;
    *key = PV_STR("No change.");
    pv_buf_format(&b,
                  "%zu profile%s compared, none moved by more than 0.5%% "
                  "beyond what is noise.",
                  n, n == 1 ? "" : "s");
    *rest = pv_report_keep(r, &b);
}

static void tell_size(pv_report *r, pv_str *key, pv_str *rest)
{
    pv_report_measure sum = {.metric = {.unit = PV_NANOSECONDS}};
    const pv_report_item *first = r->ranked[0];
    pv_buf b = {0};

    pv_buf_format(&b, "%zu profile%s", r->ranked_len,
                  r->ranked_len == 1 ? "" : "s");
    for (size_t i = 0; i < r->ranked_len; i++) {
        const pv_report_measure *m = pv_item_main(r->ranked[i]);

        if (m->metric.unit == PV_NANOSECONDS && m->metric.exponent == 0 &&
            m->total > 0 && !pv_add64(sum.total, m->total, &sum.total))
            sum.total = INT64_MAX;
    }
    if (sum.total && r->ranked_len > 1) {
        pv_buf_puts(&b, ", ");
        pv_report_value(&b, &sum, sum.total);
        pv_buf_puts(&b, " in all");
    }
    pv_buf_char(&b, '.');
    *key = pv_report_keep(r, &b);
    pv_buf_puts(&b, "Largest: ");
    pv_buf_str(&b, first->name);
    pv_buf_puts(&b, ", ");
    pv_report_amount(&b, pv_item_main(first), pv_item_main(first)->total);
    pv_buf_char(&b, '.');
    *rest = pv_report_keep(r, &b);
}

void pv_report_verdict(pv_report *r, bool plain, pv_str *key, pv_str *rest)
{
    bool compared;
    size_t moved = count_moved(r, &compared);

    if (moved)
        tell_moved(r, moved, plain, key, rest);
    else if (compared)
        tell_calm(r, key, rest);
    else
        tell_size(r, key, rest);
}
