/* SPDX-License-Identifier: MIT */
/* The data of a timeline's page: each process at each sample, or the least and
 * greatest of 4,000 columns; templates/README.md says how it is written. */
#include "timeline_island.h"

#include "flame_isle.h"
#include "process_sweep.h"

enum { SERIES = PV_TIMELINE_LAYERS + 1 };

/* One sample, or all of one column. */
typedef struct cell {
    int64_t first, last; /* times */
    int64_t low[SERIES], high[SERIES];
} cell;

typedef struct isle {
    pv_chart *c;
    pv_isle out;
    const pv_chart_run *run;
    cell *at;
    size_t len, series;
    bool columns;
    bool total;   /* the last series is the sum of the others */
    int64_t unit; /* of times: what divides them all */
} isle;

/* ---- gathering ---- */

static size_t column_of(const isle *o, int64_t t)
{
    const pv_chart *c = o->c;
    uint64_t span = (uint64_t)c->to - (uint64_t)c->from + 1;

    return (size_t)((pv_u128)((uint64_t)t - (uint64_t)c->from) *
                    PV_TIMELINE_COLUMNS / span);
}

/* A moment into a cell of its own, or into that of its column. */
static void add(isle *o, int64_t t, const int64_t *values)
{
    cell *k = o->len ? &o->at[o->len - 1] : NULL;

    if (!k || !o->columns || column_of(o, k->first) != column_of(o, t)) {
        k = &o->at[o->len++];
        k->first = t;
        memcpy(k->low, values, o->series * sizeof *values);
        memcpy(k->high, values, o->series * sizeof *values);
    }
    k->last = t;
    for (size_t i = 0; i < o->series; i++) {
        k->low[i] = values[i] < k->low[i] ? values[i] : k->low[i];
        k->high[i] = values[i] > k->high[i] ? values[i] : k->high[i];
    }
}

static int64_t common(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Children of the subject have a layer each, those of other runs are in the
 * one that there is. */
static bool gather(isle *o, pv_sweep *w, size_t layers)
{
    const pv_chart_run *r = o->run;

    o->total = layers > 1 && !r->included;
    o->series = layers + o->total;
    o->unit = 0;
    o->columns = r->facts.len > PV_TIMELINE_COLUMNS;
    o->len = 0;
    o->at = PV_NEW_N(&o->c->arena, cell,
                     (o->columns ? PV_TIMELINE_COLUMNS : r->facts.len) + 1);
    if (!o->at)
        return false;
    for (uint32_t i = 0; i < r->facts.len; i++) {
        const pv_point *p = &r->own->at[r->facts.first + i];
        int64_t values[SERIES] = {p->value};

        if (w->len && !pv_sweep_to(w, p->t, values))
            return true; /* what is left out was refused before */
        for (size_t k = 0; k < layers && o->total; k++)
            values[layers] += values[k];
        add(o, p->t, values);
    }
    for (size_t i = 0; i < o->len; i++)
        o->unit = common(common(o->unit, o->at[i].first), o->at[i].last);
    o->unit = o->unit ? o->unit : 1;
    return true;
}

/* ---- writing ---- */

static void put_signed(pv_isle *out, int64_t by)
{
    pv_isle_vlq(out,
                by < 0 ? ((uint64_t) - (by + 1) << 1) + 1 : (uint64_t)by << 1);
}

static void begin_text(isle *o, const char *key)
{
    pv_isle_key(&o->out, key);
    pv_isle_raw(&o->out, "\"");
}

static void end_text(isle *o)
{
    pv_isle_raw(&o->out, "\"");
}

static void put_times(isle *o)
{
    int64_t before = 0;

    begin_text(o, "t");
    for (size_t i = 0; i < o->len; i++) {
        const cell *k = &o->at[i];

        put_signed(&o->out, (k->first - before) / o->unit);
        before = k->first;
        if (o->columns)
            pv_isle_vlq(&o->out, (uint64_t)((k->last - before) / o->unit));
    }
    end_text(o);
}

static void put_values(isle *o, size_t series)
{
    int64_t before = 0;

    begin_text(o, "v");
    for (size_t i = 0; i < o->len; i++) {
        const cell *k = &o->at[i];

        put_signed(&o->out, k->low[series] - before);
        before = k->low[series];
        if (o->columns)
            pv_isle_vlq(&o->out, (uint64_t)(k->high[series] - k->low[series]));
    }
    end_text(o);
}

static pv_str series_name(const isle *o, size_t i)
{
    if (o->run != o->c->run_at)
        return o->run->name;
    return i < o->c->layers_len ? o->c->layers[i].name
                                : PV_STR("all processes");
}

static const char *series_class(const isle *o, size_t i)
{
    const pv_chart *c = o->c;
    uint16_t paint =
        o->run != c->run_at ? o->run->paint
        : i >= c->layers_len || (c->layers_len == 1 && c->runs_len > 1) ? c->ink
        : c->stacked || i == 0 ? c->layers[i].area
                               : c->layers[i].line;

    return c->scene.paints.at[paint].name;
}

static void put_series(isle *o, size_t i)
{
    pv_isle_raw(&o->out, "{\"c\":");
    pv_isle_string(&o->out, pv_str_of(series_class(o, i)));
    pv_isle_text(&o->out, "n", series_name(o, i));
    put_values(o, i);
    pv_isle_raw(&o->out, "}");
}

/* Is the line that is drawn that of all processes? */
static bool drawn_as_sum(const isle *o)
{
    return o->c->o->children != PV_CHILDREN_LINES;
}

static void put_run(isle *o)
{
    int64_t last = (int64_t)o->series - 1;

    pv_isle_raw(&o->out, "{\"c\":");
    pv_isle_raw(&o->out, o->columns ? "1" : "0");
    pv_isle_number(&o->out, "q", o->unit);
    pv_isle_number(&o->out, "d", o->total && drawn_as_sum(o) ? last : 0);
    put_times(o);
    pv_isle_key(&o->out, "s");
    pv_isle_raw(&o->out, "[");
    for (size_t i = 0; i < o->series; i++) {
        pv_isle_raw(&o->out, i ? "," : "");
        put_series(o, i);
    }
    pv_isle_raw(&o->out, "]}");
}

static void put_spans(isle *o)
{
    const pv_chart *c = o->c;
    size_t n = 0;

    pv_isle_key(&o->out, "f");
    pv_isle_raw(&o->out, "[");
    for (uint32_t i = 0; i < c->p->marks.len && n < PV_TIMELINE_SPANS; i++) {
        const pv_mark *m = &c->p->marks.at[i];

        if (m->run != c->run || m->end < c->from || m->begin > c->to)
            continue;
        pv_isle_raw(&o->out, n++ ? ",[" : "[");
        pv_isle_string(&o->out,
                       pv_str_slice(pv_profile_text(c->p, m->label), 0, 200));
        pv_isle_raw(&o->out, ",");
        pv_isle_int(&o->out, m->begin);
        pv_isle_raw(&o->out, ",");
        pv_isle_int(&o->out, m->end);
        pv_isle_raw(&o->out, "]");
    }
    pv_isle_raw(&o->out, "]");
}

static bool put_one(isle *o, const pv_chart_run *r)
{
    size_t layers = 0;
    pv_sweep w = {0};

    o->run = r;
    if (!pv_chart_sweep(o->c, r, &w, &layers) || !gather(o, &w, layers))
        return false;
    put_run(o);
    return true;
}

bool pv_timeline_island(pv_chart *c, pv_markup *m)
{
    isle *o = PV_NEW(&c->arena, isle);

    if (!o)
        return false;
    o->c = c;
    o->out.m = m;
    pv_isle_raw(&o->out, "{\"v\":1");
    pv_isle_number(&o->out, "from", c->from);
    pv_isle_number(&o->out, "to", c->to);
    pv_isle_true(&o->out, "snap", c->snapshots);
    pv_isle_key(&o->out, "r");
    pv_isle_raw(&o->out, "[");
    for (size_t i = 0; i < c->runs_len && i < PV_TIMELINE_NAMED; i++) {
        pv_isle_raw(&o->out, i ? "," : "");
        if (!put_one(o, &c->run_at[i]))
            return false;
    }
    pv_isle_raw(&o->out, "]");
    put_spans(o);
    pv_isle_raw(&o->out, "}");
    pv_isle_flush(&o->out);
    return !c->arena.failed;
}
