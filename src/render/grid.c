/* SPDX-License-Identifier: MIT */
/* A table of exact values as CSV or JSON. */
#include "grid.h"

#include "number.h"

const char *pv_unit_name(pv_unit unit)
{
    switch (unit) {
    case PV_COUNT: return "count";
    case PV_NANOSECONDS: return "s";
    case PV_BYTES: return "bytes";
    }
    return "?"; /* not reached while every unit has a case */
}

/* v / 10^exponent to the nearest whole. */
static int64_t whole(int64_t v, unsigned exponent)
{
    return exponent ? pv_muldiv(v, 1, pv_pow10(exponent)) : v;
}

size_t pv_write_exact(char *out, int64_t v, pv_unit unit, unsigned exponent)
{
    switch (unit) {
    case PV_COUNT: return pv_write_decimal(out, v, exponent);
    case PV_NANOSECONDS: return pv_write_fixed(out, whole(v, exponent), 9);
    case PV_BYTES: return pv_write_i64(out, whole(v, exponent));
    }
    return 0; /* not reached while every unit has a case */
}

static void json_value(pv_json *j, int64_t v, pv_unit unit, unsigned exponent)
{
    char digits[PV_NUMBER_MAX];

    if (v == PV_NONE)
        pv_json_null(j);
    else
        pv_json_number(
            j, (pv_str){digits, pv_write_exact(digits, v, unit, exponent)});
}

void pv_json_metric(pv_json *j, pv_str name, const pv_metric *m, int64_t total)
{
    pv_json_key(j, "name");
    pv_json_text(j, name);
    pv_json_key(j, "unit");
    pv_json_text(j, pv_str_of(pv_unit_name(m->unit)));
    pv_json_key(j, "total");
    json_value(j, total, m->unit, m->exponent);
}

void pv_grid_begin(pv_grid *g, pv_sink *out, pv_medium medium)
{
    *g = (pv_grid){.medium = medium, .csv = PV_CSV(out), .json = PV_JSON(out)};
    if (medium == PV_M_JSON) {
        pv_json_object(&g->json);
        pv_json_key(&g->json, "profviz");
        pv_json_int(&g->json, 1);
    }
}

void pv_grid_rows(pv_grid *g, const pv_str *columns, size_t len)
{
    g->columns = columns;
    g->len = len;
    if (g->medium == PV_M_JSON) {
        pv_json_line(&g->json);
        pv_json_key(&g->json, "rows");
        pv_json_array(&g->json);
        return;
    }
    for (size_t i = 0; i < len; i++)
        g->failed |= !pv_csv_text(&g->csv, columns[i]);
    pv_csv_row(&g->csv);
}

/* What stands before a JSON cell. */
static void open_cell(pv_grid *g)
{
    if (g->at == 0) {
        pv_json_line(&g->json);
        pv_json_object(&g->json);
    }
    pv_json_key_str(&g->json, g->columns[g->at]);
}

static void close_cell(pv_grid *g)
{
    if (++g->at < g->len)
        return;
    g->at = 0;
    if (g->medium == PV_M_JSON)
        pv_json_end(&g->json);
    else
        pv_csv_row(&g->csv);
}

void pv_grid_text(pv_grid *g, pv_str text)
{
    if (g->medium == PV_M_JSON) {
        open_cell(g);
        pv_json_text(&g->json, text);
    } else {
        g->failed |= !pv_csv_text(&g->csv, text);
    }
    close_cell(g);
}

static void number_cell(pv_grid *g, pv_str digits)
{
    if (g->medium == PV_M_JSON) {
        open_cell(g);
        pv_json_number(&g->json, digits.n ? digits : PV_STR("null"));
    } else {
        pv_csv_number(&g->csv, digits);
    }
    close_cell(g);
}

void pv_grid_none(pv_grid *g)
{
    number_cell(g, (pv_str){0});
}

void pv_grid_value(pv_grid *g, int64_t v, pv_unit unit, unsigned exponent)
{
    char digits[PV_NUMBER_MAX];

    if (v == PV_NONE)
        pv_grid_none(g);
    else
        number_cell(
            g, (pv_str){digits, pv_write_exact(digits, v, unit, exponent)});
}

void pv_grid_int(pv_grid *g, int64_t v)
{
    pv_grid_value(g, v, PV_COUNT, 0);
}

bool pv_grid_end(pv_grid *g, pv_error *err)
{
    if (g->medium == PV_M_JSON)
        pv_json_done(&g->json);
    return !g->failed || pv_fail_nomem(err);
}
