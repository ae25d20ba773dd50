/* SPDX-License-Identifier: MIT */
/* Memory over time as an HTML page: the plot in four widths, of which the style
 * sheet shows the one that fits, and tables. */
#include "timeline_page.h"

#include "encode.h"
#include "site.h"
#include "timeline_island.h"
#include "timeline_tables.h"

enum { WIDTHS = 4 };
static const struct {
    int64_t width; /* the style sheet never shows it narrower */
    const char *id;
} sizes[WIDTHS] = {{366, "a-tl"}, {592, "b-tl"}, {942, "c-tl"}, {1232, "tl"}};

typedef struct page {
    const pv_job *job;
    pv_chart chart[WIDTHS];
    pv_timeline_tables tables;
    pv_str head, calls_label, more_calls;
} page;

/* The one that the words and the data are from. */
static const pv_chart *chart_of(const page *g)
{
    return &g->chart[WIDTHS - 1];
}

/* ---- what writes itself ---- */

static void emit_picture(const void *self, pv_markup *m)
{
    const pv_chart *c = self;

    pv_svg_head(m, &c->scene, NULL, 0);
    pv_svg_items(m, &c->scene);
    pv_svg_tail(m);
}

static void emit_pictures(const void *self, pv_markup *m)
{
    const page *g = self;

    for (size_t i = 0; i < WIDTHS; i++)
        emit_picture(&g->chart[i], m);
}

static void emit_data(const void *self, pv_markup *m)
{
    page *g = (page *)(uintptr_t)self;

    if (!pv_timeline_island(&g->chart[WIDTHS - 1], m))
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
}

/* ---- the page's fields ---- */

#define TEXT(field, value)                                                     \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const page *g = record;                                                \
                                                                               \
        return pv_datum_text(value);                                           \
    }
#define FLAG(field, value)                                                     \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const page *g = record;                                                \
                                                                               \
        return pv_datum_bool(value);                                           \
    }
#define ROWS(field)                                                            \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        return pv_timeline_rows_datum(&((const page *)record)->tables.field);  \
    }

static pv_theme theme_of(const page *g)
{
    return (pv_theme)chart_of(g)->o->theme;
}

TEXT(title, chart_of(g)->title)
TEXT(head, g->head)
TEXT(sentence, chart_of(g)->scene.desc)
TEXT(footer, chart_of(g)->footer)
TEXT(theme, pv_theme_attr(theme_of(g)))
TEXT(scheme, pv_theme_scheme(theme_of(g)))
TEXT(csp, pv_str_slice(g->head, 0, 0))
TEXT(calls_label, g->calls_label)
TEXT(more_calls, g->more_calls)
TEXT(more, chart_of(g)->runs_len > 1 ? PV_STR("n opt") : PV_STR("n"))
FLAG(children, pv_chart_has_sum(chart_of(g)))
FLAG(several, chart_of(g)->runs_len > 1)
FLAG(snapshots, chart_of(g)->snapshots)
FLAG(mockup, g == NULL)
ROWS(runs)
ROWS(processes)
ROWS(functions)
ROWS(calls)

static pv_datum site(const void *record)
{
    return pv_site_datum(((const page *)record)->job);
}

static pv_datum pictures(const void *record)
{
    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {record, emit_pictures}};
}

static pv_datum data(const void *record)
{
    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {record, emit_data}};
}

static const pv_field fields[] = {
    {"title", PV_K_TEXT, NULL, title},
    {"head", PV_K_TEXT, NULL, head},
    {"sentence", PV_K_TEXT, NULL, sentence},
    {"footer", PV_K_TEXT, NULL, footer},
    {"theme", PV_K_TEXT, NULL, theme},
    {"scheme", PV_K_TEXT, NULL, scheme},
    {"csp", PV_K_TEXT, NULL, csp},
    {"pictures", PV_K_FRAGMENT, NULL, pictures},
    {"more", PV_K_TEXT, NULL, more},
    {"children", PV_K_BOOL, NULL, children},
    {"several", PV_K_BOOL, NULL, several},
    {"snapshots", PV_K_BOOL, NULL, snapshots},
    {"runs", PV_K_LIST, &pv_timeline_run_type, runs},
    {"processes", PV_K_LIST, &pv_timeline_process_type, processes},
    {"functions", PV_K_LIST, &pv_timeline_function_type, functions},
    {"calls", PV_K_LIST, &pv_timeline_call_type, calls},
    {"calls_label", PV_K_TEXT, NULL, calls_label},
    {"more_calls", PV_K_TEXT, NULL, more_calls},
    {"data", PV_K_FRAGMENT, NULL, data},
    {"site", PV_K_RECORD, &pv_site_type, site},
    {"mockup", PV_K_BOOL, NULL, mockup},
    {0},
};
const pv_record_type pv_timeline_page_type = {"page", fields};

/* ---- words that only the page has ---- */

static void make_words(page *g)
{
    pv_chart *c = &g->chart[WIDTHS - 1];
    pv_buf t = {0};

    pv_buf_str(&t, c->title);
    pv_buf_puts(&t, " - profviz");
    g->head = pv_chart_keep(c, &t);
    t = (pv_buf){0};
    pv_put_count(&t, g->tables.calls.len + g->tables.calls.left_out, "call",
                 "calls");
    g->calls_label = pv_chart_keep(c, &t);
    if (!g->tables.calls.left_out)
        return;
    t = (pv_buf){0};
    pv_put_count(&t, g->tables.calls.left_out, "further call is",
                 "further calls are");
    pv_buf_puts(&t, " in profviz timeline --functions -f csv");
    g->more_calls = pv_chart_keep(c, &t);
}

/* ---- the whole ---- */

static bool make(page *g, pv_arena *ids, pv_error *err)
{
    pv_str prefix = g->job->site ? g->job->site->prefix : PV_STR("");

    for (size_t i = WIDTHS; i-- > 0;) {
        pv_str id = pv_arena_join(ids, prefix, pv_str_of(sizes[i].id));

        g->chart[i] = (pv_chart){.job = g->job,
                                 .o = g->job->options,
                                 .err = err,
                                 .like = i + 1 < WIDTHS ? chart_of(g) : NULL,
                                 .inside = true};
        if (ids->failed)
            return pv_fail_nomem(err);
        if (!pv_chart_make(&g->chart[i], sizes[i].width, id.p))
            return false;
    }
    if (!pv_timeline_tables_make(&g->chart[WIDTHS - 1], &g->tables))
        return pv_fail_nomem(err);
    make_words(g);
    return !chart_of(g)->arena.failed || pv_fail_nomem(err);
}

bool pv_timeline_page(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_arena own;
    page *g;
    bool ok;

    pv_arena_init(&own, 0);
    g = PV_NEW(&own, page);
    if (g) {
        g->job = job;
        ok = make(g, &own, err) &&
             pv_page_write(job, "timeline.html", &pv_timeline_page_type, g,
                           &own, out, err);
        for (size_t i = 0; i < WIDTHS; i++)
            pv_chart_done(&g->chart[i]);
    } else {
        ok = pv_fail_nomem(err);
    }
    pv_arena_done(&own);
    return ok;
}
