/* SPDX-License-Identifier: MIT */
/* Reading histories; medians on both sides of a step. */
#include "history.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "number.h"

enum { LINE_MAX_BYTES = 1 << 16, RUNS_MAX = 256 };

/* ---- lines ---- */

typedef struct reading {
    pv_history *h;
    size_t room;
    pv_arena *a;
    const pv_log *log;
    pv_str name;
    uint32_t line;
} reading;

static void *j_alloc(size_t n)
{
    return pv_mem_alloc(n, 1);
}

static void say(reading *r, const char *what)
{
    r->h->passed_over++;
    pv_place at = {.file = r->name, .line = r->line};

    pv_log_say(r->log, &at, "%s; the line is passed over", what);
}

static pv_str keep(const reading *r, const json_t *row, const char *key)
{
    const json_t *v = json_object_get(row, key);
    const char *p = json_string_value(v);

    return pv_arena_copy(r->a, (pv_str){p ? p : "", json_string_length(v)});
}

static bool grow(reading *r)
{
    size_t room = r->room ? 2 * r->room : 64;
    pv_past *more;

    if (r->h->len < r->room)
        return true;
    more = PV_NEW_N(r->a, pv_past, room);
    if (!more)
        return false;
    if (r->h->len)
        memcpy(more, r->h->at, r->h->len * sizeof *more);
    r->h->at = more;
    r->room = room;
    return true;
}

static bool take(reading *r, const json_t *row)
{
    const json_t *value = json_object_get(row, "value");
    pv_past p = {.slug = keep(r, row, "slug"),
                 .measure = keep(r, row, "measure"),
                 .unit = keep(r, row, "unit"),
                 .run = keep(r, row, "run"),
                 .revision = keep(r, row, "revision"),
                 .value = json_number_value(value)};

    if (json_integer_value(json_object_get(row, "profviz")) >
        PV_HISTORY_VERSION) {
        say(r, "a line of a later version of this program");
        return true;
    }
    if (!p.slug.n || !p.measure.n || !json_is_number(value) ||
        !isfinite(p.value)) {
        say(r, "a line without a slug, a measure or a value");
        return true;
    }
    if (r->a->failed || !grow(r))
        return false;
    r->h->at[r->h->len++] = p;
    return true;
}

static bool read_line(reading *r, pv_str line)
{
    json_error_t error;
    json_t *row;
    bool ok = true;

    if (line.n == 0)
        return true;
    row = line.n > LINE_MAX_BYTES
              ? NULL
              : json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(row))
        ok = take(r, row);
    else
        say(r, "no JSON object");
    json_decref(row);
    return ok;
}

bool pv_history_read(pv_history *h, pv_str text, pv_str name, pv_arena *a,
                     const pv_log *log, pv_error *err)
{
    reading r = {.h = h, .a = a, .log = log, .name = name};

    *h = (pv_history){0};
    json_set_alloc_funcs(j_alloc, pv_mem_free);
    while (text.n) {
        size_t lf = pv_str_find(text, '\n');

        r.line++;
        if (!read_line(&r, pv_str_slice(text, 0, lf)))
            return pv_fail_nomem(err);
        if (lf == SIZE_MAX)
            break;
        text = pv_str_slice(text, lf + 1, text.n);
    }
    return true;
}

int64_t pv_past_value(const pv_past *p, const pv_metric *m)
{
    double scale = m->unit == PV_NANOSECONDS ? 1e9 : 1;
    double v = p->value * scale * (double)pv_pow10(m->exponent);

    if (!(fabs(v) < 9e18))
        return v > 0 ? INT64_MAX : INT64_MIN + 1;
    return llround(v);
}

/* ---- steps ---- */

static int64_t median(const int64_t *v, size_t len)
{
    int64_t sorted[RUNS_MAX];

    memcpy(sorted, v, len * sizeof *v);
    qsort(sorted, len, sizeof *sorted, pv_by_i64);
    return len % 2 ? sorted[len / 2]
                   : sorted[len / 2 - 1] / 2 + sorted[len / 2] / 2;
}

/* Median distance from the median of either side. */
static double spread(const int64_t *v, size_t len, size_t at, int64_t before,
                     int64_t after)
{
    int64_t away[RUNS_MAX];

    for (size_t i = 0; i < len; i++) {
        double d = (double)v[i] - (double)(i < at ? before : after);

        away[i] = (int64_t)fmin(fabs(d), 9e18);
    }
    return (double)median(away, len);
}

bool pv_history_step(const int64_t *v, size_t len, pv_step_found *step)
{
    double best = 0;

    if (len > RUNS_MAX) {
        v += len - RUNS_MAX;
        len = RUNS_MAX;
    }
    for (size_t at = 3; at + 3 <= len; at++) {
        int64_t before = median(v, at), after = median(v + at, len - at);
        double size = fabs((double)after - (double)before);
        double noise = spread(v, len, at, before, after);
        double clear = size / (noise + fabs((double)before) / 1000 + 1);

        if (size * 50 < fabs((double)before) || size < 3 * noise ||
            clear <= best)
            continue;
        best = clear;
        *step = (pv_step_found){at, before, after};
    }
    return best > 0;
}
