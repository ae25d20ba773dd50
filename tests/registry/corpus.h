/* SPDX-License-Identifier: MIT */
/* The good fixtures of every format in the registry, for tests that run over
 * all of them: a format falls under the laws by being listed. */
#ifndef CORPUS_H
#define CORPUS_H

#include "profviz/format.h"

typedef struct corpus_file {
    const pv_format *format;
    char path[512]; /* below the fixtures, for messages */
    uint8_t *p;
    size_t n;
} corpus_file;

typedef struct corpus {
    corpus_file *at;
    size_t len;
} corpus;

/* All good fixtures of every format up to `largest` bytes, by name.  Exits
 * when PROFVIZ_FIXTURES is not set or a format has none. */
corpus corpus_read(size_t largest);
void corpus_free(corpus *c);

/* A law may be tried in parts, side by side: `law_x K N` takes every N-th
 * file from the K-th on.  Without arguments it takes all. */
bool corpus_mine(size_t file, int argc, char **argv);

/* Readers' options for tests: default limits, no log. */
pv_read_options corpus_options(void);

#endif
