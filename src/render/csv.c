/* SPDX-License-Identifier: MIT */
/* CSV into a sink: separators, quotes, the guard against formulas. */
#include "csv.h"

#include "utf8.h"

static void begin_cell(pv_csv *c)
{
    if (c->some)
        pv_sink_write(c->out, ",", 1);
    c->some = true;
}

static bool runs_as_formula(pv_str s)
{
    return s.n > 0 && s.p[0] && strchr("=+-@\t\r", s.p[0]);
}

static bool needs_quotes(pv_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r')
            return true;
    return false;
}

static void quoted(pv_sink *out, bool guard, pv_str s)
{
    pv_sink_puts(out, guard ? "\"'" : "\"");
    while (s.n > 0) {
        size_t at = pv_str_find(s, '"');

        if (at == SIZE_MAX)
            break;
        pv_sink_text(out, pv_str_slice(s, 0, at));
        pv_sink_puts(out, "\"\"");
        s = pv_str_slice(s, at + 1, s.n);
    }
    pv_sink_text(out, s);
    pv_sink_puts(out, "\"");
}

static void clean_cell(pv_csv *c, pv_str s)
{
    bool guard = runs_as_formula(s);

    if (needs_quotes(s)) {
        quoted(c->out, guard, s);
        return;
    }
    if (guard)
        pv_sink_write(c->out, "'", 1);
    pv_sink_text(c->out, s);
}

bool pv_csv_text(pv_csv *c, pv_str text)
{
    pv_buf b = {0};
    bool ok;

    begin_cell(c);
    if (pv_utf8_valid(text)) {
        clean_cell(c, text);
        return true;
    }
    pv_to_utf8(&b, text);
    ok = !b.failed;
    if (ok)
        clean_cell(c, pv_buf_text(&b));
    pv_buf_done(&b);
    return ok;
}

void pv_csv_number(pv_csv *c, pv_str digits)
{
    begin_cell(c);
    pv_sink_text(c->out, digits);
}

void pv_csv_row(pv_csv *c)
{
    pv_sink_write(c->out, "\n", 1);
    c->some = false;
}
