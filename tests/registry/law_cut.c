/* SPDX-License-Identifier: MIT */
/* Every good fixture cut at every byte, and with every byte changed in turn
 * (one of three ways): an error with a place or a sound profile, never
 * anything else.  Large files are cut and changed at a sample of places. */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws.h"

enum { LARGEST = 64 * 1024, PLACES = 120 };

static unsigned long tried, refused;

static void complain(const corpus_file *f, const char *what, size_t at,
                     const pv_error *err)
{
    char text[900];

    pv_error_format(err, text, sizeof text);
    fprintf(stderr, "%s: %s at byte %zu: code %d, %s\n", f->path, what, at,
            (int)err->code, text);
    exit(1);
}

static bool acceptable(const pv_error *err)
{
    switch (err->code) {
    case PV_E_FORMAT:
    case PV_E_UNSUPPORTED:
    case PV_E_LIMIT: return err->at.file.n > 0 && err->text[0];
    case PV_E_USAGE: return err->text[0] != '\0'; /* two formats bid alike */
    case PV_OK:
    case PV_E_IO:
    case PV_E_NOMEM:
    case PV_E_BUG: return false;
    }
    return false;
}

/* Without calls the functions are the same, and so is what is refused. */
static void try_rows_alone(const corpus_file *f, pv_bytes data,
                           pv_read_options options, const char *what, size_t at,
                           const pv_profile *p, const pv_error *refusal)
{
    pv_error err = {0};
    pv_profile *alone;

    options.rows_alone = true;
    alone = pv_load_bytes(data, PV_STR("cut"), &options, &err);
    tried++;
    if (!p != !alone || (!p && (err.code != refusal->code ||
                                strcmp(err.text, refusal->text) != 0)))
        complain(f, what, at, &err);
    if (alone && (!pv_profile_check(alone, &err) ||
                  !pv_profile_same_rows(p, alone, &err)))
        complain(f, what, at, &err);
    pv_profile_free(alone);
}

static void try_bytes(const corpus_file *f, pv_bytes data, const char *what,
                      size_t at, pv_str format)
{
    pv_read_options options = corpus_options();
    pv_error err = {0};
    pv_profile *p;

    options.format = format;
    p = pv_load_bytes(data, PV_STR("cut"), &options, &err);
    tried++;
    if (strcmp(f->format->name, "pstats") == 0)
        try_rows_alone(f, data, options, what, at, p, &err);
    if (!p) {
        refused++;
        if (!acceptable(&err))
            complain(f, what, at, &err);
        return;
    }
    if (!pv_profile_check(p, &err))
        complain(f, what, at, &err);
    pv_profile_free(p);
}

static void cut_file(const corpus_file *f, size_t step)
{
    for (size_t n = 0; n < f->n; n += n < 300 ? 1 : step) {
        /* a copy of that size, so that a read beyond it is seen */
        uint8_t *part = malloc(n ? n : 1);

        memcpy(part, f->p, n);
        try_bytes(f, (pv_bytes){part, n}, "cut", n, PV_STR(""));
        try_bytes(f, (pv_bytes){part, n}, "cut, format named", n,
                  pv_str_of(f->format->name));
        free(part);
    }
}

static void flip_file(const corpus_file *f, size_t step)
{
    static const uint8_t changes[] = {0xff, 0x01, 0x80};
    uint8_t *copy = malloc(f->n);

    memcpy(copy, f->p, f->n);
    for (size_t i = 0; i < f->n; i += i < 300 ? 1 : step) {
        uint8_t change = changes[i % sizeof changes];

        copy[i] ^= change;
        try_bytes(f, (pv_bytes){copy, f->n}, "changed", i,
                  pv_str_of(f->format->name));
        copy[i] ^= change;
    }
    free(copy);
}

int main(int argc, char **argv)
{
    corpus c = corpus_read(LARGEST);

    for (size_t i = 0; i < c.len; i++) {
        size_t step = c.at[i].n > 4096 ? c.at[i].n / PLACES + 1 : 1;

        if (!corpus_mine(i, argc, argv))
            continue;
        cut_file(&c.at[i], step);
        flip_file(&c.at[i], step);
    }
    printf("%lu readings of %zu files, %lu refused with a reason\n", tried,
           c.len, refused);
    corpus_free(&c);
    return tried == 0;
}
