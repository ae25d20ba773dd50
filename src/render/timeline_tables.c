/* SPDX-License-Identifier: MIT */
/* The tables under a timeline. */
#include "timeline_tables.h"

#include <stdlib.h>

#include "digest.h"
#include "facts.h"
#include "number.h"

/* ---- what templates may ask for ---- */

#define CELL(i)                                                                \
    static pv_datum cell_##i(const void *row)                                  \
    {                                                                          \
        return pv_datum_text(((const pv_timeline_row *)row)->cell[i]);         \
    }
CELL(0)
CELL(1)
CELL(2)
CELL(3)
CELL(4)
CELL(5)
CELL(6)
CELL(7)
CELL(8)

static pv_datum chip(const void *row)
{
    return pv_datum_text(((const pv_timeline_row *)row)->chip);
}

static pv_datum row_id(const void *row)
{
    return pv_datum_text(((const pv_timeline_row *)row)->id);
}

static const void *link_at(const void *self, size_t i)
{
    return &((const pv_timeline_row *)self)->links[i];
}

static pv_datum row_links(const void *row)
{
    const pv_timeline_row *r = row;

    return (pv_datum){.kind = PV_K_LIST, .as.list = {r, r->links_len, link_at}};
}

#define TEXT(name, get)                                                        \
    {                                                                          \
        name, PV_K_TEXT, NULL, get                                             \
    }

static const pv_field run_fields[] = {
    TEXT("chip", chip),
    TEXT("name", cell_0),
    TEXT("peak", cell_1),
    TEXT("peak_at", cell_2),
    TEXT("end", cell_3),
    TEXT("mean", cell_4),
    TEXT("duration", cell_5),
    TEXT("area", cell_6),
    TEXT("against", cell_7),
    TEXT("all", cell_8),
    {0},
};
const pv_record_type pv_timeline_run_type = {"run", run_fields};

static const pv_field process_fields[] = {
    TEXT("chip", chip),      TEXT("name", cell_0),
    TEXT("peak", cell_1),    TEXT("peak_at", cell_2),
    TEXT("first", cell_3),   TEXT("last", cell_4),
    TEXT("samples", cell_5), {0},
};
const pv_record_type pv_timeline_process_type = {"process", process_fields};

static const pv_field function_fields[] = {
    TEXT("name", cell_0),
    TEXT("calls", cell_1),
    TEXT("added", cell_2),
    TEXT("most", cell_3),
    TEXT("first", cell_4),
    TEXT("last", cell_5),
    TEXT("id", row_id),
    {"links", PV_K_LIST, &pv_link_type, row_links},
    {0},
};
const pv_record_type pv_timeline_function_type = {"function", function_fields};

static const pv_field call_fields[] = {
    TEXT("name", cell_0),     TEXT("start", cell_1), TEXT("end", cell_2),
    TEXT("duration", cell_3), TEXT("from", cell_4),  TEXT("to", cell_5),
    TEXT("added", cell_6),    TEXT("level", cell_7), {0},
};
const pv_record_type pv_timeline_call_type = {"call", call_fields};

static const void *row_at(const void *self, size_t i)
{
    return &((const pv_timeline_table *)self)->at[i];
}

pv_datum pv_timeline_rows_datum(const pv_timeline_table *t)
{
    return (pv_datum){.kind = PV_K_LIST, .as.list = {t, t->len, row_at}};
}

void pv_timeline_anchor(pv_buf *out, pv_str label)
{
    uint8_t digest[PV_DIGEST];
    char hex[PV_DIGEST_HEX];

    pv_digest_text(label, digest);
    pv_digest_hex(digest, hex);
    pv_buf_format(out, "f-%.12s", hex);
}

/* ---- cells ---- */

static pv_str size_cell(pv_chart *c, int64_t bytes)
{
    pv_buf t = {0};

    pv_put_size(&t, bytes);
    return pv_chart_keep(c, &t);
}

static pv_str change_cell(pv_chart *c, int64_t bytes)
{
    pv_buf t = {0};

    pv_put_change(&t, bytes);
    return pv_chart_keep(c, &t);
}

static pv_str time_cell(pv_chart *c, int64_t t)
{
    pv_buf text = {0};

    pv_put_moment(c, &text, t);
    return pv_chart_keep(c, &text);
}

static pv_str count_cell(pv_chart *c, int64_t n)
{
    char text[PV_NUMBER_MAX];

    return pv_arena_copy(&c->arena,
                         (pv_str){text, pv_write_grouped(text, n, 0)});
}

static bool make_room(pv_chart *c, pv_timeline_table *t, size_t len)
{
    t->len = len < PV_TIMELINE_ROWS ? len : PV_TIMELINE_ROWS;
    t->left_out = len - t->len;
    t->at = PV_NEW_N(&c->arena, pv_timeline_row, t->len + 1);
    if (!t->at)
        t->len = 0;
    return t->at;
}

/* "chip a1": the class of a paint. */
static pv_str chip_of(pv_chart *c, uint16_t paint)
{
    return pv_arena_join(&c->arena, PV_STR("chip "),
                         pv_str_of(c->scene.paints.at[paint].name));
}

/* ---- runs ---- */

static pv_str area_cell(pv_chart *c, int64_t area)
{
    pv_buf t = {0};

    pv_put_size(&t, area);
    pv_buf_puts(&t, "\xc2\xb7s");
    return pv_chart_keep(c, &t);
}

static void run_row(pv_chart *c, size_t i, pv_timeline_row *row)
{
    const pv_chart_run *r = &c->run_at[i];
    const pv_series_facts *f = &r->facts;
    pv_buf t = {0};

    if (i > 0)
        row->chip = chip_of(c, r->paint);
    row->cell[0] = r->name;
    if (f->len == 0)
        return;
    row->cell[1] = size_cell(c, f->peak.value);
    row->cell[2] = time_cell(c, f->peak.t);
    row->cell[3] = size_cell(c, f->end);
    row->cell[4] = size_cell(c, f->mean);
    pv_put_time(&t, f->duration);
    row->cell[5] = c->snapshots ? count_cell(c, f->len) : pv_chart_keep(c, &t);
    pv_buf_done(&t);
    t = (pv_buf){0};
    row->cell[6] = area_cell(c, f->area);
    row->cell[8] = size_cell(c, pv_chart_line_of(c, i)->peak.value);
    if (i == 0)
        return;
    pv_put_against(&t, pv_chart_line_of(c, i)->peak.value,
                   pv_chart_line_of(c, 0)->peak.value);
    row->cell[7] = pv_chart_keep(c, &t);
}

static bool make_runs(pv_chart *c, pv_timeline_table *t)
{
    if (!make_room(c, t, c->runs_len))
        return false;
    for (size_t i = 0; i < t->len; i++)
        run_row(c, i, &t->at[i]);
    return true;
}

/* ---- processes of the subject ---- */

static pv_str layer_chip(pv_chart *c, pv_str name)
{
    for (size_t i = 0; i < c->layers_len; i++)
        if (pv_str_equal(c->layers[i].name, name))
            return chip_of(c, c->stacked || i == 0 ? c->layers[i].area
                                                   : c->layers[i].line);
    return PV_STR("");
}

static void process_row(pv_chart *c, const pv_series *s, pv_timeline_row *row)
{
    const pv_point *peak = pv_series_peak(s);
    pv_str name =
        s->pid < 0 ? PV_STR("main process") : pv_profile_text(c->p, s->name);

    row->chip = layer_chip(c, name);
    row->cell[0] = name;
    row->cell[1] = size_cell(c, peak->value);
    row->cell[2] = time_cell(c, peak->t);
    row->cell[3] = time_cell(c, s->at[0].t);
    row->cell[4] = time_cell(c, s->at[s->len - 1].t);
    row->cell[5] = count_cell(c, s->len);
}

static bool make_processes(pv_chart *c, pv_timeline_table *t)
{
    size_t n = 0;

    if (!make_room(c, t, c->children ? c->children + 1 : 0))
        return false;
    for (uint32_t i = 0; i < c->p->series.len && n < t->len; i++) {
        const pv_series *s = &c->p->series.at[i];

        if (s->run == c->run && s->len)
            process_row(c, s, &t->at[n++]);
    }
    t->len = n;
    return true;
}

/* ---- functions and calls ---- */

static int by_function(const void *pa, const void *pb)
{
    const pv_mark *a = *(const pv_mark *const *)pa;
    const pv_mark *b = *(const pv_mark *const *)pb;

    if (a->label.i != b->label.i)
        return a->label.i < b->label.i ? -1 : 1;
    return (a > b) - (a < b); /* marks stand in the order of their begin */
}

typedef struct function {
    pv_sym label;
    int64_t calls, added, most, first, last;
} function;

static void count_call(function *f, const pv_mark *m)
{
    int64_t by = m->end_value - m->begin_value;

    if (!pv_add64(f->added, by, &f->added))
        f->added = by < 0 ? -INT64_MAX : INT64_MAX;
    f->most = f->calls == 0 || by > f->most ? by : f->most;
    f->first = f->calls == 0 || m->begin < f->first ? m->begin : f->first;
    f->last = f->calls == 0 || m->end > f->last ? m->end : f->last;
    f->label = m->label;
    f->calls++;
}

static int by_added(const void *pa, const void *pb)
{
    const function *a = pa, *b = pb;

    if (a->added != b->added)
        return a->added > b->added ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->label.i > b->label.i) - (a->label.i < b->label.i);
}

static pv_link *copy_links(pv_chart *c, const pv_site_links *l)
{
    pv_link *to = PV_NEW_N(&c->arena, pv_link, l->len + 1);

    for (size_t i = 0; to && i < l->len; i++)
        to[i] = (pv_link){pv_arena_copy(&c->arena, l->at[i].text),
                          pv_arena_copy(&c->arena, l->at[i].href)};
    return to;
}

/* In a report rows are led to from elsewhere, and lead there. */
static void find_links(pv_chart *c, pv_str label, pv_timeline_row *row)
{
    const pv_site_function f = {.name = label};
    pv_site_links l = {0};
    pv_buf id = {0};

    if (!c->job->site)
        return;
    pv_timeline_anchor(&id, label);
    row->id = pv_chart_keep(c, &id);
    pv_site_find(&l, c->job->site, &f);
    c->arena.failed |= l.text.failed;
    row->links = copy_links(c, &l);
    row->links_len = row->links ? l.len : 0;
    pv_site_links_done(&l);
}

static void function_row(pv_chart *c, const function *f, pv_timeline_row *row)
{
    row->cell[0] = pv_profile_text(c->p, f->label);
    row->cell[1] = count_cell(c, f->calls);
    row->cell[2] = change_cell(c, f->added);
    row->cell[3] = change_cell(c, f->most);
    row->cell[4] = time_cell(c, f->first);
    row->cell[5] = time_cell(c, f->last);
    find_links(c, row->cell[0], row);
}

static bool make_functions(pv_chart *c, const pv_mark **mark, size_t marks,
                           pv_timeline_table *t)
{
    function *f = PV_NEW_N(&c->arena, function, marks + 1);
    size_t n = 0;

    if (!f)
        return false;
    for (size_t i = 0; i < marks; i++) {
        n += i == 0 || mark[i]->label.i != mark[i - 1]->label.i;
        count_call(&f[n - 1], mark[i]);
    }
    if (n)
        qsort(f, n, sizeof *f, by_added);
    if (!make_room(c, t, n))
        return false;
    for (size_t i = 0; i < t->len; i++)
        function_row(c, &f[i], &t->at[i]);
    return true;
}

static void call_row(pv_chart *c, const pv_mark *m, pv_timeline_row *row)
{
    pv_buf t = {0};

    row->cell[0] = pv_profile_text(c->p, m->label);
    row->cell[1] = time_cell(c, m->begin);
    row->cell[2] = time_cell(c, m->end);
    pv_put_time(&t, m->end - m->begin);
    row->cell[3] = pv_chart_keep(c, &t);
    row->cell[4] = size_cell(c, m->begin_value);
    row->cell[5] = size_cell(c, m->end_value);
    row->cell[6] = change_cell(c, m->end_value - m->begin_value);
    row->cell[7] = count_cell(c, m->level);
}

/* Sorts `mark`, when the calls are written. */
static bool make_calls(pv_chart *c, const pv_mark **mark, size_t marks,
                       pv_timeline_tables *t)
{
    if (!make_room(c, &t->calls, marks))
        return false;
    for (size_t i = 0; i < t->calls.len; i++)
        call_row(c, mark[i], &t->calls.at[i]);
    if (marks)
        /* of pointers: NOLINTNEXTLINE(bugprone-sizeof-expression) */
        qsort(mark, marks, sizeof *mark, by_function);
    return make_functions(c, mark, marks, &t->functions);
}

bool pv_timeline_tables_make(pv_chart *c, pv_timeline_tables *t)
{
    const pv_mark **mark =
        PV_NEW_N(&c->arena, const pv_mark *, c->p->marks.len + 1);
    size_t marks = 0;

    *t = (pv_timeline_tables){0};
    for (uint32_t i = 0; mark && i < c->p->marks.len; i++) {
        const pv_mark *m = &c->p->marks.at[i];

        if (m->run == c->run && m->end >= c->from && m->begin <= c->to)
            mark[marks++] = m;
    }
    return mark && make_runs(c, &t->runs) && make_processes(c, &t->processes) &&
           make_calls(c, mark, marks, t) && !c->arena.failed;
}
