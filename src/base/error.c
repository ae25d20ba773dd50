/* SPDX-License-Identifier: MIT */
/* Errors as values: filled once, formatted once. */
#include "profviz/error.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "utf8.h"

bool pv_fail(pv_error *err, pv_code code, const pv_place *at, const char *fmt,
             ...)
{
    va_list args;

    if (!err || err->code != PV_OK)
        return false;
    err->code = code;
    if (at)
        err->at = *at;
    va_start(args, fmt);
    vsnprintf(err->text, sizeof err->text, fmt, args);
    va_end(args);
    return false;
}

bool pv_fail_sys(pv_error *err, pv_str path)
{
    int sys = errno;
    pv_place at = {.file = path};

    if (err && err->code == PV_OK)
        err->sys = sys;
    return pv_fail(err, sys == ENOMEM ? PV_E_NOMEM : PV_E_IO, &at, "%s",
                   strerror(sys));
}

bool pv_fail_nomem(pv_error *err)
{
    return pv_fail(err, PV_E_NOMEM, NULL, "out of memory");
}

static void put(char *out, size_t size, size_t *n, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++, (*n)++)
        if (*n + 1 < size)
            out[*n] = s[i];
}

/* One code point at s[*i]: itself when printable, else \xNN a byte. */
static size_t printable_piece(pv_str s, size_t *i, char piece[20])
{
    size_t begin = *i, n = 0;
    int32_t cp = pv_utf8_next(s, i);
    bool plain = cp >= 0x20 && cp != 0x7f && !(cp >= 0x80 && cp < 0xa0) &&
                 !(cp >= 0x202a && cp <= 0x202e) &&
                 !(cp >= 0x2066 && cp <= 0x2069) && cp != 0x2028 &&
                 cp != 0x2029;

    if (plain) {
        n = *i - begin;
        memcpy(piece, s.p + begin, n);
        return n;
    }
    for (size_t k = begin; k < *i; k++)
        n += (size_t)snprintf(piece + n, 20 - n, "\\x%02x",
                              (unsigned char)s.p[k]);
    return n;
}

char *pv_printable(pv_str s, size_t max, char *out, size_t size)
{
    size_t n = 0, i = 0;
    char piece[20];

    if (size == 0)
        return out;
    while (i < s.n) {
        size_t before = i, len = printable_piece(s, &i, piece);

        if (i > max || n + len + 3 > size) {
            put(out, size, &n, "..", 2);
            i = before;
            break;
        }
        put(out, size, &n, piece, len);
    }
    out[n < size ? n : size - 1] = '\0';
    return out;
}

static size_t format_place(const pv_place *at, char *out, size_t size)
{
    char file[1024];
    size_t n;

    if (at->file.n == 0)
        return 0;
    pv_printable(at->file, 900, file, sizeof file);
    if (at->line && at->column)
        n = (size_t)snprintf(out, size, "%s:%" PRIu32 ":%" PRIu32 ": ", file,
                             at->line, at->column);
    else if (at->line)
        n = (size_t)snprintf(out, size, "%s:%" PRIu32 ": ", file, at->line);
    else if (at->has_offset)
        n = (size_t)snprintf(out, size, "%s@0x%" PRIx64 ": ", file, at->offset);
    else
        n = (size_t)snprintf(out, size, "%s: ", file);
    return n;
}

size_t pv_error_format(const pv_error *err, char *out, size_t size)
{
    char place[1200] = "", text[800];

    format_place(&err->at, place, sizeof place);
    pv_printable(pv_str_of(err->text), 700, text, sizeof text);
    return (size_t)snprintf(out, size, "%s%s", place, text);
}

int pv_exit_status(pv_code code)
{
    switch (code) {
    case PV_OK: return 0;
    case PV_E_USAGE: return 2;
    case PV_E_FORMAT: return 3;
    case PV_E_UNSUPPORTED: return 3;
    case PV_E_LIMIT: return 3;
    case PV_E_IO: return 4;
    case PV_E_NOMEM: return 4;
    case PV_E_BUG: return 70;
    }
    return 70;
}

void pv_log_say(const pv_log *log, const pv_place *at, const char *fmt, ...)
{
    char text[512];
    va_list args;
    int n;

    if (!log || !log->say)
        return;
    va_start(args, fmt);
    n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 0)
        return;
    if ((size_t)n >= sizeof text)
        n = (int)sizeof text - 1;
    log->say(log->ctx, at, (pv_str){text, (size_t)n});
}
