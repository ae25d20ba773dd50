/* SPDX-License-Identifier: MIT */
/* Reading folded text in tests: options in, folded text or an error out. */
#ifndef FOLDED_KIT_H
#define FOLDED_KIT_H

#include "testing.h"

#include <stdlib.h>

#include "laws.h"
#include "folded_write.h"
#include "profviz/profviz.h"

typedef struct reading {
    bool strict, classic, time_order, strip_hex, signed_counts, detect;
    uint32_t depth;
    unsigned jobs;
    uint64_t memory;
    char warnings[1200]; /* of the last reading, a line each */
} reading;

static void kit_hear(void *ctx, const pv_place *at, pv_str text)
{
    reading *r = ctx;
    size_t n = strlen(r->warnings);

    if (at && at->line)
        snprintf(r->warnings + n, sizeof r->warnings - n, "t:%u: %.*s\n",
                 at->line, (int)text.n, text.p);
    else
        snprintf(r->warnings + n, sizeof r->warnings - n, "t: %.*s\n",
                 (int)text.n, text.p);
}

static pv_profile *kit_try(reading *r, const char *text, size_t n,
                           pv_error *err)
{
    pv_read_options o = {.limits = PV_LIMITS_DEFAULT,
                         .log = {kit_hear, r},
                         .strict = r->strict,
                         .classic = r->classic,
                         .time_order = r->time_order,
                         .strip_hex = r->strip_hex,
                         .signed_counts = r->signed_counts,
                         .jobs = r->jobs};
    pv_bytes bytes = {(const uint8_t *)text, n};

    if (!r->detect)
        o.format = PV_STR("folded");
    if (r->depth)
        o.limits.depth = r->depth;
    if (r->memory)
        o.limits.memory = r->memory;
    r->warnings[0] = '\0';
    *err = (pv_error){0};
    return pv_load_bytes(bytes, PV_STR("t"), &o, err);
}

static pv_profile *kit_read(reading *r, const char *text, size_t n)
{
    pv_error err;
    pv_profile *p = kit_try(r, text, n, &err);

    if (!p || !pv_profile_check(p, &err))
        fail_msg("%s", err.text);
    return p;
}

/* The profile as folded text; the caller frees. */
static inline char *kit_folded(const pv_profile *p)
{
    pv_error err = {0};
    pv_sink *out = pv_sink_memory(&err);
    pv_bytes bytes;
    char *text;

    assert_non_null(out);
    assert_true(pv_folded_write(p, out, &err));
    bytes = pv_sink_memory_bytes(out);
    text = calloc(1, bytes.n + 1);
    if (bytes.n)
        memcpy(text, bytes.p, bytes.n);
    pv_sink_discard(out);
    return text;
}

static inline void kit_is_folded(const pv_profile *p, const char *want)
{
    char *got = kit_folded(p);

    assert_string_equal(got, want);
    free(got);
}

static inline void kit_is_name(const pv_profile *p, pv_sym s, const char *want)
{
    pv_str got = pv_profile_text(p, s);

    assert_int_equal(got.n, strlen(want));
    assert_memory_equal(got.p, want, got.n);
}

static inline void kit_expect(reading *r, const char *text, const char *want)
{
    pv_profile *p = kit_read(r, text, strlen(text));

    kit_is_folded(p, want);
    pv_profile_free(p);
}

static int kit_by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The rows in whatever order. */
static inline void kit_expect_rows(reading *r, const char *text,
                                   const char **rows, size_t len)
{
    char want[400] = "";

    qsort(rows, len, sizeof *rows, kit_by_bytes);
    for (size_t i = 0; i < len; i++) {
        strcat(want, rows[i]);
        strcat(want, "\n");
    }
    kit_expect(r, text, want);
}

static inline void kit_expect_fine(reading *r, const char *text)
{
    pv_profile_free(kit_read(r, text, strlen(text)));
}

static inline void kit_expect_error(reading *r, const char *text, pv_code code,
                                    const char *want)
{
    char got[700];
    pv_error err;
    pv_profile *p = kit_try(r, text, strlen(text), &err);

    assert_null(p);
    pv_error_format(&err, got, sizeof got);
    assert_string_equal(got, want);
    assert_int_equal(err.code, code);
}

static inline void kit_expect_code(reading *r, const char *text, pv_code code,
                                   const char *part)
{
    pv_error err;
    pv_profile *p = kit_try(r, text, strlen(text), &err);

    assert_null(p);
    assert_int_equal(err.code, code);
    assert_non_null(strstr(err.text, part));
}

static int kit_by_line(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Equal lines of 40 bytes counted, without ';' at their ends, in the order of
 * bytes; the caller frees. */
static inline char *kit_sorted(char (*lines)[40], size_t len)
{
    char *text = calloc(len, 48);
    size_t n = 0, same = 0;

    for (size_t i = 0; i < len; i++) {
        size_t end = strlen(lines[i]);

        while (end && lines[i][end - 1] == ';')
            lines[i][--end] = '\0';
    }
    qsort(lines, len, sizeof *lines, kit_by_line);
    for (size_t i = 0; i < len; i++) {
        same++;
        if (i + 1 < len && strcmp(lines[i], lines[i + 1]) == 0)
            continue;
        n += (size_t)sprintf(text + n, "%s %zu\n", lines[i], same);
        same = 0;
    }
    return text;
}

#endif
