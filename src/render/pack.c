/* SPDX-License-Identifier: MIT */
/* Profiles as compact JSON: tables are runs of numbers, a text a column. */
#include "pack.h"

#include "json.h"
#include "symtab.h"
#include "vlq.h"

enum { VERSION = 1 };

typedef struct packer {
    const pv_profile *p;
    pv_json j;
    pv_buf text;
    bool failed;
} packer;

static void put_column(packer *k, const char *key)
{
    pv_json_line(&k->j);
    pv_json_key(&k->j, key);
    pv_json_text(&k->j, pv_buf_text(&k->text));
    k->failed |= k->text.failed;
    pv_buf_clear(&k->text);
}

static void put_text(packer *k, const char *key, pv_str text)
{
    pv_json_key(&k->j, key);
    pv_json_text(&k->j, text);
}

static void put_int(packer *k, const char *key, int64_t v)
{
    pv_json_key(&k->j, key);
    pv_json_int(&k->j, v);
}

static void put_names(packer *k)
{
    pv_json_line(&k->j);
    pv_json_key(&k->j, "names");
    pv_json_array(&k->j);
    for (uint32_t i = 1; i < pv_symtab_len(k->p->names); i++)
        pv_json_text(&k->j, pv_profile_text(k->p, (pv_sym){i}));
    pv_json_end(&k->j);
}

static void put_metrics(packer *k)
{
    pv_json_line(&k->j);
    pv_json_key(&k->j, "metrics");
    pv_json_array(&k->j);
    for (uint32_t i = 0; i < k->p->metrics.len; i++) {
        const pv_metric *m = &k->p->metrics.at[i];

        pv_json_array(&k->j);
        pv_json_text(&k->j, pv_profile_text(k->p, m->name));
        pv_json_int(&k->j, m->unit);
        pv_json_int(&k->j, m->exponent);
        pv_json_int(&k->j, m->inclusive);
        pv_json_end(&k->j);
    }
    pv_json_end(&k->j);
    put_int(k, "main", k->p->metrics.main);
}

/* Rows from `first` on; nothing where they carry no values. */
static void put_costs(packer *k, const char *key, const int64_t *cost,
                      uint32_t first, uint32_t len)
{
    uint32_t width = k->p->metrics.len;

    if (!cost)
        return;
    for (size_t i = (size_t)first * width; i < (size_t)len * width; i++)
        pv_vlq_put_value(&k->text, cost[i]);
    put_column(k, key);
}

static void put_functions(packer *k)
{
    const pv_profile *p = k->p;

    for (uint32_t i = 1; i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];

        pv_vlq_put(&k->text, f->name.i);
        pv_vlq_put(&k->text, f->file.i);
        pv_vlq_put(&k->text, f->line);
        pv_vlq_put(&k->text, f->kind);
    }
    put_column(k, "functions");
    put_costs(k, "function_costs", p->functions.cost, 0, p->functions.len);
}

static void put_frames(packer *k)
{
    const pv_profile *p = k->p;
    uint32_t before = 0;

    for (uint32_t i = 1; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];

        /* how far back the parent stands from the frame before */
        pv_vlq_put(&k->text, before - f->parent.i);
        pv_vlq_put(&k->text, f->fn.i);
        pv_vlq_put(&k->text, f->line);
        pv_vlq_put(&k->text, f->text.i);
        before = i;
    }
    put_column(k, "frames");
    put_costs(k, "frame_costs", p->frames.cost, 0, p->frames.len);
    if (!p->bounds)
        return;
    for (uint32_t i = 0; i < p->frames.len; i++) {
        pv_vlq_put(&k->text, p->frames.at[i].certainty);
        pv_vlq_put_value(&k->text, p->bounds[i].low);
        pv_vlq_put_value(&k->text, p->bounds[i].high);
    }
    put_column(k, "bounds");
}

static void put_calls(packer *k)
{
    const pv_profile *p = k->p;

    for (uint32_t i = 0; i < p->calls.len; i++) {
        pv_vlq_put(&k->text, p->calls.at[i].caller.i);
        pv_vlq_put(&k->text, p->calls.at[i].callee.i);
    }
    put_column(k, "calls");
    put_costs(k, "call_costs", p->calls.cost, 0, p->calls.len);
}

static void put_lines(packer *k)
{
    const pv_profile *p = k->p;

    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];

        pv_vlq_put(&k->text, l->file.i);
        pv_vlq_put(&k->text, l->line);
        pv_vlq_put(&k->text, l->fn.i);
        pv_vlq_put(&k->text, l->call);
        pv_vlq_put(&k->text, l->source.i);
    }
    put_column(k, "lines");
    put_costs(k, "line_costs", p->lines.cost, 0, p->lines.len);
}

static void put_one_series(packer *k, const pv_series *s)
{
    int64_t t = 0, v = 0;

    pv_json_line(&k->j);
    pv_json_array(&k->j);
    pv_json_text(&k->j, pv_profile_text(k->p, s->name));
    pv_json_int(&k->j, s->unit);
    pv_json_int(&k->j, s->pid);
    pv_json_int(&k->j, s->run);
    /* differences wrap, and so do their sums when they are read */
    for (uint32_t i = 0; i < s->len; i++) {
        pv_vlq_put_value(&k->text,
                         (int64_t)((uint64_t)s->at[i].t - (uint64_t)t));
        pv_vlq_put_value(&k->text,
                         (int64_t)((uint64_t)s->at[i].value - (uint64_t)v));
        t = s->at[i].t;
        v = s->at[i].value;
    }
    pv_json_text(&k->j, pv_buf_text(&k->text));
    k->failed |= k->text.failed;
    pv_buf_clear(&k->text);
    pv_json_end(&k->j);
}

static void put_series(packer *k)
{
    pv_json_line(&k->j);
    pv_json_key(&k->j, "series");
    pv_json_array(&k->j);
    for (uint32_t i = 0; i < k->p->series.len; i++)
        put_one_series(k, &k->p->series.at[i]);
    pv_json_end(&k->j);
}

static void put_marks(packer *k)
{
    for (uint32_t i = 0; i < k->p->marks.len; i++) {
        const pv_mark *m = &k->p->marks.at[i];

        pv_vlq_put(&k->text, m->label.i);
        pv_vlq_put_value(&k->text, m->begin);
        pv_vlq_put_value(&k->text, m->end);
        pv_vlq_put_value(&k->text, m->begin_value);
        pv_vlq_put_value(&k->text, m->end_value);
        pv_vlq_put(&k->text, m->level);
        pv_vlq_put(&k->text, m->run);
    }
    put_column(k, "marks");
}

static void put_notes(packer *k)
{
    pv_json_line(&k->j);
    pv_json_key(&k->j, "notes");
    pv_json_array(&k->j);
    for (uint32_t i = 0; i < k->p->notes.len; i++) {
        pv_json_array(&k->j);
        pv_json_text(&k->j, pv_profile_text(k->p, k->p->notes.at[i].key));
        pv_json_text(&k->j, pv_profile_text(k->p, k->p->notes.at[i].value));
        pv_json_end(&k->j);
    }
    pv_json_end(&k->j);
}

bool pv_pack_write(const pv_profile *p, pv_str slug, pv_str path, pv_sink *out,
                   pv_error *err)
{
    packer k = {.p = p, .j = PV_JSON(out)};

    pv_json_object(&k.j);
    put_int(&k, "profviz", 1);
    put_int(&k, "pack", VERSION);
    put_text(&k, "slug", slug);
    put_text(&k, "path", path);
    pv_json_line(&k.j);
    put_text(&k, "format", pv_str_of(p->format));
    put_text(&k, "producer", pv_profile_text(p, p->producer));
    put_int(&k, "has", p->has);
    put_int(&k, "flags", p->flags);
    put_int(&k, "stacks", p->stacks);
    put_int(&k, "records", p->records);
    put_names(&k);
    put_metrics(&k);
    put_functions(&k);
    put_frames(&k);
    put_calls(&k);
    put_lines(&k);
    put_series(&k);
    put_marks(&k);
    put_notes(&k);
    pv_json_done(&k.j);
    pv_buf_done(&k.text);
    return !k.failed || pv_fail_nomem(err);
}
