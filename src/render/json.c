/* SPDX-License-Identifier: MIT */
/* Strict JSON into a sink: commas, lines, escapes. */
#include "json.h"

#include "number.h"
#include "utf8.h"

static void indent(pv_json *j, unsigned depth)
{
    pv_sink_write(j->out, "\n", 1);
    for (unsigned i = 0; i < depth; i++)
        pv_sink_write(j->out, " ", 1);
}

/* What stands before an item: its comma, its line. */
static void begin_item(pv_json *j)
{
    if (j->keyed) {
        j->keyed = false;
        return;
    }
    if (j->depth == 0)
        return;
    if (j->level[j->depth - 1].some)
        pv_sink_write(j->out, j->line ? "," : ", ", j->line ? 1 : 2);
    if (j->line) {
        indent(j, j->depth);
        j->level[j->depth - 1].lines = true;
    }
    j->line = false;
    j->level[j->depth - 1].some = true;
}

static void open_level(pv_json *j, const char *open, char close)
{
    begin_item(j);
    if (j->depth == PV_JSON_DEPTH) {
        pv_sink_fail(j->out, PV_E_BUG, "JSON nested too deep");
        return;
    }
    pv_sink_write(j->out, open, 1);
    j->level[j->depth].close = close;
    j->level[j->depth].some = false;
    j->level[j->depth].lines = false;
    j->depth++;
}

void pv_json_object(pv_json *j)
{
    open_level(j, "{", '}');
}

void pv_json_array(pv_json *j)
{
    open_level(j, "[", ']');
}

void pv_json_end(pv_json *j)
{
    if (j->depth == 0)
        return;
    j->depth--;
    if (j->level[j->depth].lines)
        indent(j, j->depth);
    pv_sink_write(j->out, &j->level[j->depth].close, 1);
    j->line = false;
}

void pv_json_line(pv_json *j)
{
    j->line = true;
}

/* The escape of a code point that may not stand in a string as it is; 0 when
 * it may. */
static size_t escape(int32_t cp, char out[8])
{
    static const char hex[] = "0123456789abcdef";
    static const char special[] = "\"\\\b\f\n\r\t";
    const char *at = cp > 0 && cp < 0x60 ? strchr(special, cp) : NULL;

    if (at) {
        out[0] = '\\';
        out[1] = "\"\\bfnrt"[at - special];
        return 2;
    }
    if (cp >= 0x20 && cp != 0x7f && cp != 0x2028 && cp != 0x2029)
        return 0;
    memcpy(out, "\\u", 2);
    for (int i = 0; i < 4; i++)
        out[2 + i] = hex[(cp >> (12 - 4 * i)) & 15];
    return 6;
}

static void quote(pv_sink *out, pv_str s)
{
    size_t plain = 0; /* where the run that can stand as it is began */
    size_t pos = 0;

    pv_sink_write(out, "\"", 1);
    while (pos < s.n) {
        size_t at = pos;
        int32_t cp = pv_utf8_next(s, &pos);
        char esc[8];
        size_t n = cp == PV_BAD_BYTE ? 3 : escape(cp, esc);

        if (n == 0)
            continue;
        pv_sink_write(out, s.p + plain, at - plain);
        pv_sink_write(out, cp == PV_BAD_BYTE ? "\xEF\xBF\xBD" : esc, n);
        plain = pos;
    }
    pv_sink_write(out, s.p ? s.p + plain : "", s.n - plain);
    pv_sink_write(out, "\"", 1);
}

void pv_json_key_str(pv_json *j, pv_str key)
{
    begin_item(j);
    quote(j->out, key);
    pv_sink_write(j->out, ": ", 2);
    j->keyed = true;
}

void pv_json_key(pv_json *j, const char *key)
{
    pv_json_key_str(j, pv_str_of(key));
}

void pv_json_text(pv_json *j, pv_str text)
{
    begin_item(j);
    quote(j->out, text);
}

void pv_json_number(pv_json *j, pv_str digits)
{
    begin_item(j);
    pv_sink_text(j->out, digits);
}

void pv_json_int(pv_json *j, int64_t v)
{
    char digits[PV_NUMBER_MAX];

    pv_json_number(j, (pv_str){digits, pv_write_i64(digits, v)});
}

void pv_json_bool(pv_json *j, bool v)
{
    pv_json_number(j, v ? PV_STR("true") : PV_STR("false"));
}

void pv_json_null(pv_json *j)
{
    pv_json_number(j, PV_STR("null"));
}

void pv_json_done(pv_json *j)
{
    while (j->depth > 0)
        pv_json_end(j);
    pv_sink_write(j->out, "\n", 1);
}
