/* SPDX-License-Identifier: MIT */
/* --mark and --limit-line of a timeline. */
#include "number.h"
#include "timeline_chart.h"

/* "1.5GiB", "512 MB", "100000": binary, as everywhere. */
static bool parse_size(pv_str text, int64_t *out)
{
    static const char letters[] = "KMGTP";
    int64_t thousandths, scale = 1;
    size_t n = text.n;

    if (n && (text.p[n - 1] == 'B' || text.p[n - 1] == 'b'))
        n--;
    if (n && text.p[n - 1] == 'i')
        n--;
    for (int i = 0; n && i < 5; i++)
        if ((text.p[n - 1] & ~0x20) == letters[i]) {
            scale = INT64_C(1) << (10 * (i + 1));
            n--;
            break;
        }
    while (n && text.p[n - 1] == ' ')
        n--;
    if (!pv_parse_scaled(pv_str_slice(text, 0, n), 3, &thousandths) ||
        thousandths < 0 || thousandths / 1000 > PV_AXIS_MOST / scale - 1)
        return false;
    *out = pv_muldiv(thousandths, scale, 1000);
    return true;
}

static bool parse_flag(pv_chart *c, pv_str text, pv_flag *f)
{
    size_t sign = pv_str_find(text, '=');
    pv_buf t = {0};

    if (sign == SIZE_MAX ||
        !pv_parse_scaled(pv_str_slice(text, 0, sign), 9, &f->t))
        return pv_fail(c->err, PV_E_USAGE, NULL,
                       "--mark %s: a time in seconds and a text are wanted, "
                       "as in 3.2=cache warm",
                       PV_QUOTE(text));
    f->text = pv_str_slice(text, sign + 1, text.n);
    pv_buf_str(&t, f->text);
    pv_buf_puts(&t, "\nat ");
    pv_put_time(&t, f->t);
    f->title = pv_chart_keep(c, &t);
    return true;
}

static int by_time(const pv_flag *a, const pv_flag *b)
{
    return (a->t > b->t) - (a->t < b->t);
}

/* By time; few, and equal ones stay in order. */
static void sort_flags(pv_flag *at, size_t len)
{
    for (size_t i = 1; i < len; i++)
        for (size_t k = i; k > 0 && by_time(&at[k - 1], &at[k]) > 0; k--) {
            pv_flag swap = at[k];

            at[k] = at[k - 1];
            at[k - 1] = swap;
        }
}

bool pv_chart_flags(pv_chart *c)
{
    pv_opt_list marks = c->o->marks;
    pv_str limit = c->o->limit_line;

    c->limit = -1;
    if (limit.n && !parse_size(limit, &c->limit))
        return pv_fail(c->err, PV_E_USAGE, NULL,
                       "--limit-line %s: a size is wanted, as in 512MiB",
                       PV_QUOTE(limit));
    if (marks.len > 1000)
        return pv_fail(c->err, PV_E_USAGE, NULL, "more than 1000 --mark");
    c->flags = PV_NEW_N(&c->arena, pv_flag, marks.len + 1);
    if (!c->flags)
        return pv_fail_nomem(c->err);
    for (size_t i = 0; i < marks.len; i++)
        if (!parse_flag(c, marks.at[i], &c->flags[c->flags_len++]))
            return false;
    sort_flags(c->flags, c->flags_len);
    return true;
}
