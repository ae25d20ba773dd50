/* SPDX-License-Identifier: MIT */
/* The small pieces a data island is made of. */
#include "flame_isle.h"

#include "number.h"

/* ---- JSON ---- */

void pv_isle_flush(pv_isle *o)
{
    pv_markup_json(o->m, (pv_str){o->chunk, o->used});
    o->used = 0;
}

void pv_isle_str(pv_isle *o, pv_str json)
{
    for (size_t i = 0; i < json.n; i++) {
        if (o->used == sizeof o->chunk)
            pv_isle_flush(o);
        o->chunk[o->used++] = json.p[i];
    }
}

void pv_isle_raw(pv_isle *o, const char *json)
{
    for (; *json; json++) {
        if (o->used == sizeof o->chunk)
            pv_isle_flush(o);
        o->chunk[o->used++] = *json;
    }
}

void pv_isle_string(pv_isle *o, pv_str text)
{
    if (text.n < sizeof o->chunk / 4 && pv_markup_plain(text)) {
        if (o->used + text.n + 2 > sizeof o->chunk)
            pv_isle_flush(o);
        o->chunk[o->used++] = '"';
        if (text.n)
            memcpy(o->chunk + o->used, text.p, text.n);
        o->used += text.n;
        o->chunk[o->used++] = '"';
        return;
    }
    pv_isle_flush(o);
    pv_markup_json_string(o->m, text);
}

void pv_isle_int(pv_isle *o, int64_t v)
{
    if (o->used > sizeof o->chunk - PV_NUMBER_MAX)
        pv_isle_flush(o);
    o->used += pv_write_i64(o->chunk + o->used, v);
}

void pv_isle_key(pv_isle *o, const char *name)
{
    pv_isle_raw(o, ",\"");
    pv_isle_raw(o, name);
    pv_isle_raw(o, "\":");
}

void pv_isle_text(pv_isle *o, const char *name, pv_str text)
{
    pv_isle_key(o, name);
    pv_isle_string(o, text);
}

void pv_isle_number(pv_isle *o, const char *name, int64_t v)
{
    pv_isle_key(o, name);
    pv_isle_int(o, v);
}

/* Nothing where it is false. */
void pv_isle_true(pv_isle *o, const char *name, bool is)
{
    if (!is)
        return;
    pv_isle_key(o, name);
    pv_isle_raw(o, "true");
}

/* Hundredths as a decimal number. */
void pv_isle_length(pv_isle *o, const char *name, pv_cpx v)
{
    char text[PV_NUMBER_MAX];

    pv_isle_key(o, name);
    pv_isle_str(o, (pv_str){text, pv_write_decimal(text, v, 2)});
}

/* ---- VLQ ---- */

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void pv_isle_vlq_pair(pv_isle *o, uint64_t low, uint64_t high)
{
    if (low > PV_ISLE_MORE)
        low = PV_ISLE_MORE;
    if (high > PV_ISLE_MORE)
        high = PV_ISLE_MORE;
    if (o->used == sizeof o->chunk)
        pv_isle_flush(o);
    o->chunk[o->used++] = digits[low | high << 3];
}

void pv_isle_vlq(pv_isle *o, uint64_t v)
{
    if (o->used > sizeof o->chunk - 16)
        pv_isle_flush(o);
    for (; v > 31; v >>= 5)
        o->chunk[o->used++] = digits[(v & 31) | 32];
    o->chunk[o->used++] = digits[v];
}
