/* SPDX-License-Identifier: MIT */
/* A comparison as an HTML page. */
#include "diff_page.h"

#include "diff_graph.h"
#include "diff_page_rows.h"
#include "encode.h"
#include "flame_island.h"
#include "flame_words.h"
#include "number.h"
#include "profviz/profviz.h"
#include "site.h"

typedef struct page {
    const pv_diff_view *v;
    pv_diff_table table;
    pv_diff_graph graph;
    bool drawn;
    pv_sentence where;
    pv_str title, head, subtitle, sentence, table_title, first_label;
    pv_str rest_label, footer, notes[PV_DIFF_CAUTIONS + 2];
    size_t notes_len;
    pv_arena a;
} page;

/* ---- what writes itself ---- */

static void emit_graph(const void *self, pv_markup *m)
{
    const page *g = self;
    const pv_scene *s = &g->graph.picture.scene;

    pv_svg_head(m, s, NULL, 0);
    pv_svg_items(m, s);
    pv_svg_tail(m);
}

static void emit_data(const void *self, pv_markup *m)
{
    page *g = (page *)(uintptr_t)self;

    if (!pv_flame_island(&g->graph.picture, m))
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
}

static pv_str part(const page *g, size_t from, size_t to)
{
    return pv_str_slice(g->sentence, from, to);
}

/* What happened to the total stands out; names are code. */
static void emit_sentence(const void *self, pv_markup *m)
{
    const page *g = self;
    size_t at = g->where.lead;

    if (at) {
        pv_markup_open(m, "b");
        pv_markup_text(m, part(g, 0, at));
        pv_markup_shut(m);
    }
    for (size_t i = 0; i < g->where.names; i++) {
        pv_markup_text(m, part(g, at, g->where.at[i]));
        pv_markup_open(m, "code");
        pv_markup_text(m, part(g, g->where.at[i], g->where.end[i]));
        pv_markup_shut(m);
        at = g->where.end[i];
    }
    pv_markup_text(m, part(g, at, g->sentence.n));
}

/* ---- the page's fields ---- */

#define TEXT(field, value)                                                     \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const page *g = record;                                                \
                                                                               \
        return pv_datum_text(value);                                           \
    }
#define FRAGMENT(field, emitter, is)                                           \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const page *g = record;                                                \
                                                                               \
        return (pv_datum){.kind = PV_K_FRAGMENT,                               \
                          .as.fragment = {g, (is) ? emitter : NULL}};          \
    }
#define BOOL(field, value)                                                     \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const page *g = record;                                                \
                                                                               \
        return pv_datum_bool(value);                                           \
    }

static pv_theme theme_of(const page *g)
{
    return (pv_theme)g->v->o->theme;
}

TEXT(title, g->title)
TEXT(head, g->head)
TEXT(subtitle, g->subtitle)
TEXT(description, g->sentence)
TEXT(theme, pv_theme_attr(theme_of(g)))
TEXT(scheme, pv_theme_scheme(theme_of(g)))
TEXT(csp, (g = g, PV_STR("")))
TEXT(hint, g->drawn ? g->graph.picture.hint : PV_STR(""))
TEXT(legend_note, g->drawn ? g->graph.picture.legend_note : PV_STR(""))
TEXT(table_title, g->table_title)
TEXT(first_label, g->first_label)
TEXT(rest_label, g->rest_label)
TEXT(what, g->v->o->how.by == PV_DIFF_BY_STACK ? PV_STR("Stack")
           : g->v->d->places                   ? PV_STR("Function")
                                               : PV_STR("Name"))
TEXT(footer, g->footer)
FRAGMENT(sentence, emit_sentence, true)
FRAGMENT(graph, emit_graph, g->drawn)
FRAGMENT(data, emit_data, g->drawn)
BOOL(has_graph, g->drawn)
BOOL(beside, g->table.beside)
BOOL(script, g->drawn && !g->v->o->no_js)
BOOL(mockup, (g = g, false))

static const void *legend_at(const void *self, size_t i)
{
    return &((const page *)self)->graph.picture.legend[i];
}

static const void *note_at(const void *self, size_t i)
{
    return &((const page *)self)->notes[i];
}

static pv_datum legend(const void *record)
{
    const page *g = record;

    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {g, g->drawn ? g->graph.picture.legend_len : 0, legend_at}};
}

static pv_datum notes(const void *record)
{
    const page *g = record;

    return (pv_datum){.kind = PV_K_LIST, .as.list = {g, g->notes_len, note_at}};
}

static pv_datum rows(const void *record)
{
    return pv_diff_table_first(&((const page *)record)->table);
}

static pv_datum rest(const void *record)
{
    return pv_diff_table_rest(&((const page *)record)->table);
}

static pv_datum totals(const void *record)
{
    return pv_diff_table_totals(&((const page *)record)->table);
}

static pv_datum site(const void *record)
{
    return pv_site_datum(((const page *)record)->v->job);
}

static pv_datum legend_chip(const void *record)
{
    return pv_datum_text(((const pv_legend_entry *)record)->chip);
}

static pv_datum legend_name(const void *record)
{
    return pv_datum_text(((const pv_legend_entry *)record)->name);
}

static pv_datum text_itself(const void *record)
{
    return pv_datum_text(*(const pv_str *)record);
}

static const pv_field legend_fields[] = {
    {"chip", PV_K_TEXT, NULL, legend_chip},
    {"name", PV_K_TEXT, NULL, legend_name},
    {0},
};
static const pv_record_type legend_type = {"item", legend_fields};
static const pv_field text_fields[] = {
    {"text", PV_K_TEXT, NULL, text_itself},
    {0},
};
static const pv_record_type text_type = {"text", text_fields};

static const pv_field fields[] = {
    {"title", PV_K_TEXT, NULL, title},
    {"head", PV_K_TEXT, NULL, head},
    {"subtitle", PV_K_TEXT, NULL, subtitle},
    {"description", PV_K_TEXT, NULL, description},
    {"theme", PV_K_TEXT, NULL, theme},
    {"scheme", PV_K_TEXT, NULL, scheme},
    {"csp", PV_K_TEXT, NULL, csp},
    {"notes", PV_K_LIST, &text_type, notes},
    {"sentence", PV_K_FRAGMENT, NULL, sentence},
    {"has_graph", PV_K_BOOL, NULL, has_graph},
    {"legend", PV_K_LIST, &legend_type, legend},
    {"legend_note", PV_K_TEXT, NULL, legend_note},
    {"hint", PV_K_TEXT, NULL, hint},
    {"graph", PV_K_FRAGMENT, NULL, graph},
    {"totals", PV_K_LIST, &pv_diff_total_type, totals},
    {"table_title", PV_K_TEXT, NULL, table_title},
    {"what", PV_K_TEXT, NULL, what},
    {"beside", PV_K_BOOL, NULL, beside},
    {"rows", PV_K_LIST, &pv_diff_row_type, rows},
    {"first_label", PV_K_TEXT, NULL, first_label},
    {"rest", PV_K_LIST, &pv_diff_row_type, rest},
    {"rest_label", PV_K_TEXT, NULL, rest_label},
    {"footer", PV_K_TEXT, NULL, footer},
    {"data", PV_K_FRAGMENT, NULL, data},
    {"script", PV_K_BOOL, NULL, script},
    {"site", PV_K_RECORD, &pv_site_type, site},
    {"mockup", PV_K_BOOL, NULL, mockup},
    {0},
};

const pv_record_type pv_diff_page_type = {"page", fields};

/* ---- words ---- */

static pv_str keep(page *g, pv_buf *t)
{
    pv_str kept = pv_arena_copy(&g->a, pv_buf_text(t));

    g->a.failed |= t->failed;
    pv_buf_done(t);
    return kept;
}

static void put_amount(const page *g, pv_buf *out, int64_t v)
{
    const pv_diff_metric *m = &g->v->d->metrics[g->v->d->main];

    pv_diff_amount(out, m, v, true);
}

static void make_subtitle(page *g)
{
    const pv_diff_metric *m = &g->v->d->metrics[g->v->d->main];
    pv_buf t = {0};

    pv_buf_puts(&t, "before ");
    put_amount(g, &t, m->before);
    pv_buf_puts(&t, ", after ");
    put_amount(g, &t, m->after);
    if (g->v->o->how.normalize)
        pv_buf_puts(&t, " \xc2\xb7 before is scaled to the total after");
    g->subtitle = keep(g, &t);
}

/* "7 functions changed by at least 0.03 s"; "214 others changed by less". */
static void make_labels(page *g)
{
    const pv_diff_table *t = &g->table;
    uint32_t hidden = t->len - t->first - t->rest;
    pv_buf b = {0};

    g->table_title =
        pv_str_of(g->v->d->places ? "Functions that changed" : "What changed");
    if (t->len == 0) {
        pv_buf_puts(&b, "Nothing changed.");
    } else if (t->first == 0) {
        pv_buf_puts(&b, "No change is beyond the threshold of ");
        put_amount(g, &b, pv_diff_threshold(g->v));
        pv_buf_char(&b, '.');
    }
    g->first_label = keep(g, &b);
    pv_put_count(&b, t->len - t->first, "other changed", "others changed");
    if (t->first && !pv_diff_shown(g->v, t->rows[t->first]) && t->rest) {
        pv_buf_puts(&b, " by less than ");
        put_amount(g, &b, pv_diff_threshold(g->v));
        pv_buf_puts(&b, g->v->d->sampled ? " or within noise" : "");
    }
    if (hidden)
        pv_buf_puts(&b, "; ");
    if (hidden)
        pv_put_count(&b, hidden, "of them not listed here",
                     "of them not listed here");
    g->rest_label = keep(g, &b);
}

static void make_footer(page *g)
{
    const pv_job *job = g->v->job;
    pv_buf t = {0};

    pv_buf_puts(&t, "profviz " PV_VERSION);
    for (size_t i = 0; i < job->paths_len && i < 8; i++) {
        pv_buf_puts(&t, i ? ", " : " \xc2\xb7 inputs ");
        pv_buf_str(&t, pv_job_name(job, i));
    }
    if (job->paths_len > 8)
        pv_buf_format(&t, " and %zu more", job->paths_len - 8);
    if (job->command.n) {
        pv_buf_str(&t, pv_dot);
        pv_buf_str(&t, job->command);
    }
    g->footer = keep(g, &t);
}

static void make_notes(page *g)
{
    const pv_diff *d = g->v->d;
    const pv_diff_metric *m = &d->metrics[d->main];

    for (uint32_t i = 0; i < d->cautions_len; i++)
        g->notes[g->notes_len++] = pv_str_of(d->cautions[i]);
    if (d->sampled && !g->v->o->how.normalize && !m->inclusive &&
        (m->before / 2 > m->after || m->after / 2 > m->before))
        g->notes[g->notes_len++] =
            PV_STR("One side has more than twice the samples of the other; "
                   "--normalize compares shares.");
    if (g->graph.estimated)
        g->notes[g->notes_len++] =
            PV_STR("The picture's stacks are estimated: the profiles hold "
                   "callers and callees, no stacks. The table is exact.");
}

static void make_words(page *g)
{
    pv_buf t = {0};

    pv_buf_str(&t, g->title);
    pv_buf_puts(&t, " - profviz");
    g->head = keep(g, &t);
    make_subtitle(g);
    make_labels(g);
    make_footer(g);
    make_notes(g);
}

static bool prepare(page *g, pv_error *err)
{
    const pv_diff_settings *o = g->v->o;
    pv_buf t = {0};

    pv_diff_tell(&t, g->v, PV_M_HTML, &g->where);
    g->sentence = keep(g, &t);
    g->title = pv_diff_title(g->v, &g->a);
    if (g->a.failed)
        return pv_fail_nomem(err);
    if (pv_diff_has_graph(g->v)) {
        if (!pv_diff_graph_begin(&g->graph, g->v, g->title, PV_STR(""), &g->a,
                                 err))
            return false;
        g->drawn = true;
    }
    if (!pv_diff_table_init(
            &g->table, g->v,
            o->limit < 0 ? PV_DIFF_PAGE_ROWS : (uint32_t)o->limit, &g->a, err))
        return false;
    make_words(g);
    return !g->a.failed || pv_fail_nomem(err);
}

bool pv_diff_page(const pv_diff_view *v, pv_sink *out, pv_error *err)
{
    page g = {.v = v};
    bool ok;

    pv_arena_init(&g.a, 0);
    ok = prepare(&g, err) &&
         pv_page_write(v->job, "diff.html", &pv_diff_page_type, &g, &g.a, out,
                       err);
    if (ok && (pv_diff_table_failed(&g.table) || g.a.failed))
        ok = pv_fail_nomem(err);
    pv_diff_table_done(&g.table);
    pv_diff_graph_end(&g.graph);
    pv_arena_done(&g.a);
    return ok;
}
