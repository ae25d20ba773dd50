/* SPDX-License-Identifier: MIT */
/* The table of notations. */
#include "notation.h"

#include "number.h"

static const pv_number_style pretty = {.ascii = false};

static void add(pv_buf *out, const char *text, size_t n)
{
    pv_buf_add(out, text, n);
}

/* Nanoseconds. */
static void duration(pv_buf *out, const pv_datum *v)
{
    char text[PV_NUMBER_MAX];

    add(out, text, pv_write_duration(text, v->as.i, pretty));
}

static void bytes(pv_buf *out, const pv_datum *v)
{
    char text[PV_NUMBER_MAX];

    add(out, text, pv_write_bytes(text, v->as.i, pretty));
}

/* 1234567 -> "1,234,567" */
static void count(pv_buf *out, const pv_datum *v)
{
    char text[PV_NUMBER_MAX];

    add(out, text, pv_write_grouped(text, v->as.i, 0));
}

/* Millionths of the whole. */
static void percent(pv_buf *out, const pv_datum *v)
{
    char text[PV_NUMBER_MAX];

    add(out, text, pv_write_percent(text, v->as.i, 1000000, pretty));
}

static void text(pv_buf *out, const pv_datum *v)
{
    pv_buf_str(out, v->as.s);
}

static const pv_notation notations[] = {
    {"duration", PV_K_INT, duration},
    {"bytes", PV_K_INT, bytes},
    {"count", PV_K_INT, count},
    {"percent", PV_K_INT, percent},
    /* text that is JSON already; where it may stand is the template's check */
    {"json", PV_K_TEXT, text},
};

const pv_notation *pv_notation_find(pv_str name)
{
    for (size_t i = 0; i < sizeof notations / sizeof notations[0]; i++)
        if (pv_str_equal(pv_str_of(notations[i].name), name))
            return &notations[i];
    return NULL;
}

void pv_notation_plain(pv_buf *out, const pv_datum *v)
{
    char digits[PV_NUMBER_MAX];

    if (v->kind == PV_K_INT)
        add(out, digits, pv_write_i64(digits, v->as.i));
    else if (v->kind == PV_K_TEXT)
        pv_buf_str(out, v->as.s);
}
