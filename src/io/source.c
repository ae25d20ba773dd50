/* SPDX-License-Identifier: MIT */
/* Errors and warnings that know which input they are about. */
#include "source.h"

#include <stdarg.h>
#include <stdio.h>

static pv_place place_of(const pv_source *s)
{
    return (pv_place){.file = pv_input_name(s->input)};
}

static pv_place line_place(const pv_source *s, uint64_t line, uint32_t column)
{
    pv_place at = place_of(s);

    at.line = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
    at.column = column;
    return at;
}

static pv_place offset_place(const pv_source *s, uint64_t offset)
{
    pv_place at = place_of(s);

    at.offset = offset;
    at.has_offset = true;
    return at;
}

#define FORMAT_TEXT(text)                                                      \
    va_list args;                                                              \
    va_start(args, fmt);                                                       \
    vsnprintf(text, sizeof text, fmt, args);                                   \
    va_end(args)

bool pv_source_fail(pv_source *s, pv_code code, const char *fmt, ...)
{
    pv_place at = place_of(s);
    char text[sizeof s->err->text];

    FORMAT_TEXT(text);
    return pv_fail(s->err, code, &at, "%s", text);
}

bool pv_source_fail_line(pv_source *s, pv_code code, uint64_t line,
                         uint32_t column, const char *fmt, ...)
{
    pv_place at = line_place(s, line, column);
    char text[sizeof s->err->text];

    FORMAT_TEXT(text);
    return pv_fail(s->err, code, &at, "%s", text);
}

bool pv_source_fail_at(pv_source *s, pv_code code, uint64_t offset,
                       const char *fmt, ...)
{
    pv_place at = offset_place(s, offset);
    char text[sizeof s->err->text];

    FORMAT_TEXT(text);
    return pv_fail(s->err, code, &at, "%s", text);
}

static bool warn(pv_source *s, const pv_place *at, const char *text)
{
    s->warnings++;
    if (s->options->strict)
        return pv_fail(s->err, PV_E_FORMAT, at, "%s", text);
    pv_log_say(&s->options->log, at, "%s", text);
    return true;
}

bool pv_source_warn(pv_source *s, uint64_t line, const char *fmt, ...)
{
    pv_place at = line_place(s, line, 0);
    char text[sizeof s->err->text];

    FORMAT_TEXT(text);
    return warn(s, &at, text);
}

bool pv_source_warn_at(pv_source *s, uint64_t offset, const char *fmt, ...)
{
    pv_place at = offset_place(s, offset);
    char text[sizeof s->err->text];

    FORMAT_TEXT(text);
    return warn(s, &at, text);
}
