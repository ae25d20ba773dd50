/* SPDX-License-Identifier: MIT */
/* The table "functions by self" of a page. */
#include "flame_table.h"

#include "cells.h"
#include "label.h"
#include "number.h"

enum {
    NAME,
    PLACE,
    SELF,
    SELF_RAW,
    SELF_SHARE,
    BAR,
    TOTAL,
    TOTAL_RAW,
    TOTAL_SHARE,
    CHIP,
    ORIGIN,
    CELLS
};

/* What a template is given: the cells of a row first (PV_CELL), and where it
 * leads. */
struct pv_flame_line {
    pv_buf cells[CELLS];
    pv_site_links links;
};

/* ---- values ---- */

static int64_t value_of(const pv_flame_table *t, uint32_t rank, int measure)
{
    uint32_t row = t->rows.order[rank];
    int64_t v =
        measure < 0
            ? 0
            : t->rows.value[(size_t)row * t->rows.width + (uint32_t)measure];

    return v > 0 && pv_mul64(v, t->p->factor, &v) ? v : 0;
}

static void put_int(pv_buf *out, int64_t v)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text, pv_write_i64(text, v));
}

static void put_bar(const pv_flame_table *t, pv_buf *out, int64_t self)
{
    char text[PV_NUMBER_MAX];
    int64_t tenths = t->most > 0 ? pv_muldiv(self, 1000, t->most) : 0;

    pv_buf_add(out, text, pv_write_decimal(text, tenths, 1));
    pv_buf_char(out, '%');
}

/* ---- a row ---- */

static void find_links(const pv_flame_table *t, const pv_row *row)
{
    const pv_profile *p = t->p->data.p;
    const pv_site_function f = {.name = row->name,
                                .file = row->file,
                                .line = row->line,
                                .nameless = p->functions.at[row->fn.i].kind ==
                                            PV_FN_LINE};

    pv_site_find(&t->line->links, row->fn.i ? t->p->job->site : NULL, &f);
}

static void fill(const pv_flame_table *t, uint32_t rank)
{
    pv_row whole = pv_ranking_row(&t->rows, t->rows.order[rank]);
    const pv_row *row = &whole;
    const pv_stacks *s = &t->p->data;
    int64_t self = value_of(t, rank, t->rows.self);
    int64_t total = value_of(t, rank, t->rows.total);
    pv_buf *c = t->line->cells;

    pv_cells_clear(c, CELLS);
    if (row->fn.i)
        pv_label_function(&c[NAME], s->p, row->fn);
    else
        pv_buf_puts(&c[NAME], "all");
    pv_label_place(&c[PLACE], s->p, row->fn, row->line);
    pv_picture_number(t->p, &c[SELF], self);
    put_int(&c[SELF_RAW], self);
    pv_picture_share(t->p, &c[SELF_SHARE], self);
    put_bar(t, &c[BAR], self);
    pv_picture_number(t->p, &c[TOTAL], total);
    put_int(&c[TOTAL_RAW], total);
    pv_picture_share(t->p, &c[TOTAL_SHARE], total);
    pv_buf_puts(&c[CHIP], "chip ");
    pv_buf_puts(&c[CHIP], t->p->scene.paints.at[s->paint[row->fn.i]].name);
    pv_buf_puts(&c[ORIGIN],
                pv_origin_title((pv_origin)s->whence[row->fn.i].origin));
    pv_cell_clip(&c[NAME]);
    pv_cell_clip(&c[PLACE]);
    find_links(t, row);
}

static const void *first_at(const void *self, size_t i)
{
    const pv_flame_table *t = self;

    fill(t, (uint32_t)i);
    return t->line;
}

static const void *more_at(const void *self, size_t i)
{
    const pv_flame_table *t = self;

    fill(t, t->first + (uint32_t)i);
    return t->line;
}

PV_CELL(cell_name, NAME)
PV_CELL(cell_place, PLACE)
PV_CELL(cell_self, SELF)
PV_CELL(cell_self_raw, SELF_RAW)
PV_CELL(cell_self_share, SELF_SHARE)
PV_CELL(cell_bar, BAR)
PV_CELL(cell_total, TOTAL)
PV_CELL(cell_total_raw, TOTAL_RAW)
PV_CELL(cell_total_share, TOTAL_SHARE)
PV_CELL(cell_chip, CHIP)
PV_CELL(cell_origin, ORIGIN)

static pv_datum cell_source(const void *record)
{
    const struct pv_flame_line *line = record;

    return pv_datum_text(line->cells[PLACE].n ? line->links.source
                                              : PV_STR(""));
}

static pv_datum cell_links(const void *record)
{
    return pv_site_links_datum(&((const struct pv_flame_line *)record)->links);
}

static const pv_field fields[] = {
    {"name", PV_K_TEXT, NULL, cell_name},
    {"file", PV_K_TEXT, NULL, cell_place},
    {"self", PV_K_TEXT, NULL, cell_self},
    {"self_raw", PV_K_TEXT, NULL, cell_self_raw},
    {"self_share", PV_K_TEXT, NULL, cell_self_share},
    {"bar", PV_K_TEXT, NULL, cell_bar},
    {"total", PV_K_TEXT, NULL, cell_total},
    {"total_raw", PV_K_TEXT, NULL, cell_total_raw},
    {"total_share", PV_K_TEXT, NULL, cell_total_share},
    {"chip", PV_K_TEXT, NULL, cell_chip},
    {"origin", PV_K_TEXT, NULL, cell_origin},
    {"source", PV_K_TEXT, NULL, cell_source},
    {"links", PV_K_LIST, &pv_link_type, cell_links},
    {0},
};

const pv_record_type pv_flame_row_type = {"row", fields};

/* ---- the table ---- */

bool pv_flame_table_init(pv_flame_table *t, pv_picture *p)
{
    *t = (pv_flame_table){.p = p};
    t->line = PV_NEW(&p->arena, struct pv_flame_line);
    if (!t->line)
        return pv_fail_nomem(p->err);
    if (!pv_ranking_make(&t->rows, p->data.p, &p->arena, p->err))
        return false;
    t->first = t->rows.len < PV_TABLE_FIRST ? t->rows.len : PV_TABLE_FIRST;
    t->more = t->rows.len - t->first;
    if (t->more > PV_TABLE_MORE)
        t->more = PV_TABLE_MORE;
    for (uint32_t i = t->first; i < t->rows.len; i++)
        *(i < t->first + t->more ? &t->rest : &t->others) +=
            value_of(t, i, t->rows.self);
    t->most = t->rows.len ? value_of(t, 0, t->rows.self) : 0;
    return true;
}

void pv_flame_table_done(pv_flame_table *t)
{
    if (!t->line)
        return;
    pv_cells_done(t->line->cells, CELLS);
    pv_site_links_done(&t->line->links);
}

bool pv_flame_table_failed(const pv_flame_table *t)
{
    return t->line && (pv_cells_failed(t->line->cells, CELLS) ||
                       t->line->links.text.failed);
}

pv_datum pv_flame_table_first(const pv_flame_table *t)
{
    return (pv_datum){.kind = PV_K_LIST, .as.list = {t, t->first, first_at}};
}

pv_datum pv_flame_table_more(const pv_flame_table *t)
{
    return (pv_datum){.kind = PV_K_LIST, .as.list = {t, t->more, more_at}};
}
