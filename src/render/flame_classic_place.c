/* SPDX-License-Identifier: MIT */
/* flamegraph.pl's picture: which frames are in it, and where.
 *
 * A frame's own part lies to the left of its callees: a line of its own sorts
 * before theirs.
 */
#include "flame_classic_place.h"

#include "number.h"

/* ---- set-up ---- */

static double decimal_option(pv_classic *c, const char *name, pv_str text,
                             double preset)
{
    double v;

    if (!text.n)
        return preset;
    if (pv_parse_double(text, &v) && v > 0 && v < 1e300)
        return v;
    pv_fail(c->err, PV_E_USAGE, NULL, "%s wants a number above 0, not '%s'",
            name, PV_QUOTE(text));
    return -1;
}

static bool choose_total(pv_classic *c, double sum)
{
    double asked = decimal_option(c, "--total", c->o->total, sum);

    if (asked < 0)
        return false;
    if (asked < sum && asked / sum > 0.02)
        pv_log_say(&c->job->log, NULL,
                   "--total %.*s is less than the sum of the counts, "
                   "so it is ignored",
                   (int)c->o->total.n, c->o->total.p);
    c->total = asked < sum ? sum : asked;
    return true;
}

static bool choose_least(pv_classic *c)
{
    pv_str text = c->o->minwidth;
    bool percent = pv_str_ends(text, PV_STR("%"));
    double v = 0.1;

    text.n -= percent;
    if (text.n && (!pv_parse_double(text, &v) || v < 0))
        return pv_fail(c->err, PV_E_USAGE, NULL,
                       "--minwidth wants pixels or a percentage, not '%s'",
                       PV_QUOTE(c->o->minwidth));
    c->least = percent ? c->total * v / 100 : v / c->per_value;
    return true;
}

bool pv_classic_set_up(pv_classic *c)
{
    const pv_flame_options *o = c->o;
    const pv_profile *p = c->job->inputs[0];
    double sum;

    if (!pv_stacks_init(&c->s, p, p->metrics.main, 1, &c->arena, c->err) ||
        !pv_classic_colours_init(&c->colours, o, &c->arena, c->err) ||
        !pv_classic_background(o, c->colours.colors, &c->from, &c->to,
                               c->err) ||
        !pv_nameattrs_read(&c->attrs, o->nameattr, &c->arena, c->err))
        return false;
    c->scale = (double)pv_pow10(p->metrics.at[p->metrics.main].exponent);
    c->changes = p->flags & PV_DIFFERENTIAL && p->metrics.main == 1;
    c->width = (double)o->width;
    c->row = o->height_given ? (double)o->height : 16;
    c->font = (double)o->fontsize / 1000;
    c->letter = (double)o->fontwidth / 1000;
    c->factor = decimal_option(c, "--factor", o->factor, 1);
    sum = (double)c->s.total[0] / c->scale;
    if (c->factor < 0 || !choose_total(c, sum))
        return false;
    c->per_value = (c->width - 20) / (c->total > 0 ? c->total : 1);
    return choose_least(c);
}

/* ---- which frames, and where ---- */

double pv_classic_change_of(const pv_classic *c, uint32_t frame)
{
    const int64_t *cost = c->s.p->frames.cost;
    size_t at = (size_t)frame * c->s.p->metrics.len;

    return cost ? (double)(cost[at + 1] - cost[at]) / c->scale : 0;
}

static void note_change(pv_classic *c, uint32_t frame)
{
    double d = c->changes ? pv_classic_change_of(c, frame) : 0;

    if (d < 0)
        d = -d;
    if (d > c->colours.most)
        c->colours.most = d;
}

/* An open frame while its subtree is walked. */
typedef struct branch {
    uint32_t end;
    int64_t next; /* where its next callee begins */
} branch;

typedef PV_VEC(branch) branches;

static bool keep_node(pv_classic *c, uint32_t frame, uint32_t depth,
                      int64_t start)
{
    int64_t total = c->s.total[frame];
    pv_classic_node n = {frame, depth, (double)start / c->scale,
                         (double)(start + total) / c->scale};

    if (frame == 0)
        n.end = c->total;
    else if (n.end - n.start < c->least)
        return true;
    if (!PV_VEC_GROW(&c->nodes, 1))
        return false;
    c->nodes.at[c->nodes.len++] = n;
    if (depth > c->deepest)
        c->deepest = depth;
    return true;
}

static bool walk(pv_classic *c, branches *open)
{
    const pv_profile *p = c->s.p;

    for (uint32_t i = 0; i < p->frames.len; i++) {
        int64_t start = 0;

        note_change(c, i);
        while (open->len && open->at[open->len - 1].end <= i)
            open->len--;
        if (open->len) {
            start = open->at[open->len - 1].next;
            open->at[open->len - 1].next += c->s.total[i];
        }
        if (!keep_node(c, i, (uint32_t)open->len, start) ||
            !PV_VEC_GROW(open, 1))
            return false;
        open->at[open->len++] =
            (branch){p->frames.at[i].end, start + pv_stacks_self(&c->s, i)};
    }
    return true;
}

bool pv_classic_place(pv_classic *c)
{
    branches open = {0};
    bool ok = walk(c, &open);

    PV_VEC_DONE(&open);
    c->top = c->font * 3;
    c->bottom = c->font * 2 + 10;
    c->height = (c->deepest + 1) * c->row + c->top + c->bottom +
                (c->o->subtitle.n ? c->font * 2 : 0);
    return ok || pv_fail_nomem(c->err);
}
