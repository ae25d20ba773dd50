/* SPDX-License-Identifier: MIT */
/* One format under fire: bid, read, check, every renderer that fits.
 *
 * Compiled once for each format with PROFVIZ_FUZZ_FORMAT as its name; the
 * target `any` lets detection choose.  Half of the inputs are read with options
 * that their bytes choose.  With PROFVIZ_FUZZ_READ set nothing is drawn.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws.h"
#include "fuzz_kit.h"
#include "symtab.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void stop(const char *what, const pv_error *err)
{
    fprintf(stderr, "%s: code %d '%s'\n", what, (int)err->code, err->text);
    abort();
}

static void choose_options(const uint8_t *data, size_t n, pv_read_options *o)
{
    uint32_t h = pv_fnv1a((pv_str){(const char *)data, n});

    if (h & 1)
        return;
    o->strict = h & 2;
    o->time_order = h & 4;
    o->strip_hex = h & 8;
    o->any_text = h & 16;
    o->signed_counts = h & 32;
    o->classic = h & 64;
    o->rows_alone = h & 128;
}

/* Who called whom may be left out; all else must be the same. */
static void read_calls_too(const pv_profile *p, pv_bytes data,
                           pv_read_options options)
{
    pv_error err = {0};
    pv_profile *whole;

    options.rows_alone = false;
    whole = pv_load_bytes(data, PV_STR("fuzz"), &options, &err);
    if (!p != !whole)
        stop("read only in one way", &err);
    if (p && !pv_profile_same_rows(p, whole, &err))
        stop("read differently", &err);
    pv_profile_free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    pv_read_options options = {
        .limits = {.input = 1u << 24,
                   .memory = 1u << 26,
                   .depth = 2000,
                   .ratio = 1000},
        .jobs = 1,
    };
    pv_error err = {0};
    pv_profile *p;

    if (strcmp(PROFVIZ_FUZZ_FORMAT, "any") != 0)
        options.format = pv_str_of(PROFVIZ_FUZZ_FORMAT);
    choose_options(data, n, &options);
    p = pv_load_bytes((pv_bytes){data, n}, PV_STR("fuzz"), &options, &err);
    if (options.rows_alone)
        read_calls_too(p, (pv_bytes){data, n}, options);
    if (!p) {
        if (!fuzz_refusal(&err))
            stop("refused", &err);
        return 0;
    }
    if (!pv_profile_check(p, &err))
        stop("broken profile", &err);
    if (!getenv("PROFVIZ_FUZZ_READ") && !fuzz_render(p, &err) &&
        !fuzz_refusal(&err))
        stop("not drawn", &err);
    pv_profile_free(p);
    return 0;
}
