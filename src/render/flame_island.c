/* SPDX-License-Identifier: MIT */
/* The data island of a flame graph: every frame in a few bytes.
 *
 * Functions are numbered as they come in preorder.  Frames are three VLQ
 * numbers each, gathered in a small buffer, so that a million of them cost no
 * memory.
 */
#include "flame_island.h"

#include "flame_order.h"
#include "label.h"
#include "number.h"

#define NOT_SEEN UINT32_MAX

typedef struct island {
    pv_picture *p;
    const pv_stacks *s;
    pv_markup *m;
    uint32_t *number; /* of each function, or NOT_SEEN */
    uint32_t *line;   /* that all frames of a function share, or 0 */
    uint32_t *order;  /* functions as numbered */
    uint32_t functions;
    uint32_t *frames; /* in the order of the picture; NULL: as they stand */
    pv_buf text;
    size_t used;
    char chunk[4096];
} island;

/* ---- JSON ---- */

static void raw(island *o, const char *json)
{
    pv_markup_json(o->m, pv_str_of(json));
}

static void key(island *o, const char *name)
{
    raw(o, ",\"");
    raw(o, name);
    raw(o, "\":");
}

static void text_of(island *o, const char *name, pv_str text)
{
    key(o, name);
    pv_markup_json_string(o->m, text);
}

static void number_of(island *o, const char *name, int64_t v)
{
    key(o, name);
    pv_markup_json_int(o->m, v);
}

static void true_of(island *o, const char *name, bool is)
{
    if (!is)
        return;
    key(o, name);
    raw(o, "true");
}

/* Hundredths as a decimal number. */
static void length_of(island *o, const char *name, pv_cpx v)
{
    char text[PV_NUMBER_MAX];

    key(o, name);
    pv_markup_json(o->m, (pv_str){text, pv_write_decimal(text, v, 2)});
}

/* ---- VLQ ---- */

static void flush(island *o)
{
    pv_markup_json(o->m, (pv_str){o->chunk, o->used});
    o->used = 0;
}

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void vlq(island *o, uint64_t v)
{
    if (o->used > sizeof o->chunk - 16)
        flush(o);
    for (; v > 31; v >>= 5)
        o->chunk[o->used++] = digits[(v & 31) | 32];
    o->chunk[o->used++] = digits[v];
}

/* ---- frames, in the order of the picture ---- */

static uint32_t frame_at(const island *o, uint32_t i)
{
    return o->frames ? o->frames[i] : i;
}

/* ---- functions ---- */

static bool number_functions(island *o)
{
    const pv_profile *p = o->s->p;
    uint32_t n = p->functions.len;
    pv_arena *a = &o->p->arena;

    o->number = PV_NEW_N(a, uint32_t, n);
    o->order = PV_NEW_N(a, uint32_t, n);
    o->line = PV_NEW_N(a, uint32_t, n);
    if (!o->number || !o->order || !o->line)
        return pv_fail_nomem(o->p->err);
    for (uint32_t i = 0; i < n; i++)
        o->number[i] = NOT_SEEN;
    for (uint32_t i = 0; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[frame_at(o, i)];
        uint32_t fn = f->fn.i, line = f->line;

        if (o->number[fn] == NOT_SEEN) {
            o->order[o->functions] = fn;
            o->line[fn] = line;
            o->number[fn] = o->functions++;
        } else if (o->line[fn] != line) {
            o->line[fn] = 0;
        }
    }
    return true;
}

static void put_name(island *o, uint32_t fn)
{
    pv_buf_clear(&o->text);
    if (fn == 0)
        pv_buf_puts(&o->text, "all");
    else
        pv_label_function(&o->text, o->s->p, (pv_fn){fn});
    pv_markup_json_string(o->m, pv_buf_text(&o->text));
}

static void put_place(island *o, uint32_t fn)
{
    pv_buf_clear(&o->text);
    if (fn)
        pv_label_place(&o->text, o->s->p, (pv_fn){fn}, o->line[fn]);
    pv_markup_json_string(o->m, pv_buf_text(&o->text));
}

/* What the class and the location do not say. */
static void put_extra(island *o, uint32_t fn, const char *class)
{
    const pv_whence *w = &o->s->whence[fn];
    bool origin = *class == 'p', package = fn && w->package.n;

    if (!origin && !package)
        return;
    raw(o, ",{");
    if (origin) {
        raw(o, "\"o\":");
        pv_markup_json_int(o->m, w->origin);
    }
    if (package) {
        raw(o, origin ? ",\"p\":" : "\"p\":");
        pv_markup_json_string(o->m, w->package);
    }
    raw(o, "}");
}

/* "k2b" -> "2b"; the hatch has no class of its own here. */
static const char *class_of(const island *o, uint32_t fn)
{
    const char *name = o->p->scene.paints.at[o->s->paint[fn]].name;

    return *name == 'k' ? name + 1 : "6a";
}

static void put_functions(island *o)
{
    key(o, "f");
    raw(o, "[");
    for (uint32_t i = 0; i < o->functions; i++) {
        uint32_t fn = o->order[i];
        const char *class = class_of(o, fn);

        raw(o, i ? ",[" : "[");
        put_name(o, fn);
        raw(o, ",");
        put_place(o, fn);
        raw(o, ",");
        pv_markup_json_string(o->m, pv_str_of(class));
        put_extra(o, fn, class);
        raw(o, "]");
    }
    raw(o, "]");
}

/* ---- frames ---- */

/* How many levels up the next frame's parent is, from the frames that are
 * open: each with the one behind its subtree. */
static bool put_frames(island *o)
{
    const pv_frame *at = o->s->p->frames.at;
    PV_VEC(uint32_t) open = {0};

    key(o, "t");
    raw(o, "\"");
    for (uint32_t i = 0; i < o->s->p->frames.len; i++) {
        uint32_t f = frame_at(o, i);
        size_t before = open.len;

        while (open.len && (f < open.at[open.len - 1] ||
                            f >= at[open.at[open.len - 1]].end))
            open.len--;
        if (!PV_VEC_GROW(&open, 1)) {
            PV_VEC_DONE(&open);
            return pv_fail_nomem(o->p->err);
        }
        vlq(o, before - open.len);
        vlq(o, o->number[at[f].fn.i]);
        vlq(o, (uint64_t)pv_stacks_self(o->s, f));
        open.at[open.len++] = f;
    }
    PV_VEC_DONE(&open);
    flush(o);
    raw(o, "\"");
    return true;
}

/* "[pruned] 1,234 frames" -> 1234 */
static int64_t frames_in(pv_str name)
{
    int64_t n = 0;

    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] >= '0' && name.p[i] <= '9' && n < INT64_MAX / 16)
            n = 10 * n + (name.p[i] - '0');
    return n;
}

static void put_aggregates(island *o)
{
    const pv_profile *p = o->s->p;
    const char *before = "{\"";

    if (!o->p->pruned.frames)
        return;
    key(o, "agg");
    for (uint32_t i = 1; i < p->frames.len; i++) {
        uint32_t fn = p->frames.at[frame_at(o, i)].fn.i;

        if (o->s->paint[fn] != PV_P_PRUNED)
            continue;
        raw(o, before);
        pv_markup_json_int(o->m, i);
        raw(o, "\":");
        pv_markup_json_int(
            o->m, frames_in(pv_profile_text(p, p->functions.at[fn].name)));
        before = ",\"";
    }
    raw(o, *before == '{' ? "{}" : "}");
}

/* ---- further columns ---- */

static void put_column(island *o, const char *name,
                       int64_t (*of)(island *, uint32_t))
{
    raw(o, name);
    for (uint32_t i = 0; i < o->s->p->frames.len; i++) {
        int64_t v = of(o, frame_at(o, i));

        vlq(o, v > 0 ? (uint64_t)v : 0);
    }
    flush(o);
    raw(o, "\"");
}

static int64_t before_of(island *o, uint32_t i)
{
    const pv_profile *p = o->s->p;

    return p->frames.cost ? p->frames.cost[(size_t)i * p->metrics.len] : 0;
}

static int64_t low_of(island *o, uint32_t i)
{
    return o->s->p->bounds[i].low;
}

static int64_t high_of(island *o, uint32_t i)
{
    return o->s->p->bounds[i].high;
}

static void put_marks(island *o)
{
    static const char letters[] = "ebs";

    raw(o, "\"mark\":\"");
    for (uint32_t i = 0; i < o->s->p->frames.len; i++) {
        if (o->used == sizeof o->chunk)
            flush(o);
        o->chunk[o->used++] =
            letters[o->s->p->frames.at[frame_at(o, i)].certainty % 3];
    }
    flush(o);
    raw(o, "\"");
}

static void put_columns(island *o)
{
    const pv_profile *p = o->s->p;

    if (p->flags & PV_DIFFERENTIAL && o->s->metric == 1) {
        key(o, "cols");
        put_column(o, "{\"before\":\"", before_of);
        raw(o, "}");
    } else if (p->flags & PV_ESTIMATED) {
        key(o, "cols");
        raw(o, "{");
        put_marks(o);
        if (p->bounds && o->s->metric == 0) {
            put_column(o, ",\"lo\":\"", low_of);
            put_column(o, ",\"hi\":\"", high_of);
        }
        raw(o, "}");
    }
}

/* ---- words and geometry ---- */

static void put_unit(island *o)
{
    static const char *const kinds[] = {
        [PV_COUNT] = "{\"kind\":\"count\"",
        [PV_NANOSECONDS] = "{\"kind\":\"ns\"",
        [PV_BYTES] = "{\"kind\":\"B\"",
    };
    const pv_measure_words *w = &o->p->words;

    key(o, "unit");
    raw(o, kinds[o->p->metric.unit]);
    number_of(o, "dec", o->p->metric.exponent);
    text_of(o, "name", w->many);
    text_of(o, "one", w->one);
    text_of(o, "measure", w->measure);
    raw(o, "}");
    text_of(o, "noun", w->noun);
}

static void put_legend(island *o)
{
    const pv_picture *p = o->p;

    key(o, "origins");
    raw(o, "[");
    for (size_t i = 0; i < p->legend_len; i++) {
        const pv_legend_entry *e = &p->legend[i];

        raw(o, i ? ",[" : "[");
        if (e->key.p[0] == 'p')
            pv_markup_json_string(o->m, e->key);
        else
            pv_markup_json(o->m, e->key);
        raw(o, ",");
        pv_markup_json_string(o->m, e->name);
        raw(o, ",");
        pv_markup_json_string(o->m, e->share);
        raw(o, "]");
    }
    raw(o, "]");
    text_of(o, "legend", p->legend_note);
}

static void put_filters(island *o)
{
    const pv_picture *p = o->p;

    if (!p->filters.len)
        return;
    key(o, "filters");
    for (size_t i = 0; i < p->filters.len; i++) {
        raw(o, i ? "," : "[");
        pv_markup_json_string(o->m, p->filters.at[i]);
    }
    raw(o, "]");
}

static void put_words(island *o)
{
    static const char *const themes[] = {NULL, "light", "dark"};
    const pv_picture *p = o->p;
    bool timed = o->s->p->flags & PV_TIME_ORDERED;

    put_unit(o);
    text_of(o, "title", p->title);
    text_of(o, "sub", p->subtitle);
    text_of(o, "hint", p->hint);
    put_legend(o);
    put_filters(o);
    text_of(o, "sort",
            timed         ? PV_STR("time")
            : p->by_total ? PV_STR("total")
                          : PV_STR("name"));
    if (p->callers)
        text_of(o, "view", PV_STR("callers"));
    if (p->upper) {
        text_of(o, "view", PV_STR("sandwich"));
        number_of(o, "fn", o->number[p->sandwich.i]);
    }
    if (themes[p->scene.theme])
        text_of(o, "theme", pv_str_of(themes[p->scene.theme]));
}

static void put_geometry(island *o)
{
    const pv_picture *p = o->p;

    length_of(o, "row", p->row);
    length_of(o, "top", p->top);
    length_of(o, "pad", p->pad);
    length_of(o, "bot", p->foot);
    true_of(o, "inline", p->inline_);
    true_of(o, "flame", p->flame);
    true_of(o, "big", o->s->total[0] > (INT64_C(1) << 53) - 1);
    if (p->whole > o->s->total[0])
        number_of(o, "whole", p->whole);
}

bool pv_flame_island(pv_picture *p, pv_markup *m)
{
    island o = {.p = p, .s = &p->data, .m = m};
    bool ok =
        (!p->by_total || pv_flame_order(o.s, &o.frames, &p->arena, p->err)) &&
        number_functions(&o);

    if (ok) {
        raw(&o, "{\"v\":1");
        number_of(&o, "n", o.s->p->frames.len);
        put_geometry(&o);
        put_words(&o);
        put_functions(&o);
        ok = put_frames(&o);
        put_aggregates(&o);
        put_columns(&o);
        raw(&o, "}");
    }
    if (o.text.failed)
        ok = pv_fail_nomem(p->err);
    pv_buf_done(&o.text);
    return ok;
}
