/* SPDX-License-Identifier: MIT */
/* Reads fixtures/<format>/good for every format in the registry. */
#include "corpus.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *fixtures(void)
{
    const char *dir = getenv("PROFVIZ_FIXTURES");

    if (!dir) {
        fprintf(stderr, "PROFVIZ_FIXTURES is not set\n");
        exit(2);
    }
    return dir;
}

static bool is_oracle(const char *name)
{
    static const char *const tails[] = {".flamegraphpl.txt", ".expected.json",
                                        ".expected.txt", ".md", ".err"};

    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        if (strlen(name) > strlen(tails[i]) &&
            strcmp(name + strlen(name) - strlen(tails[i]), tails[i]) == 0)
            return true;
    return name[0] == '.';
}

static void add(corpus *c, const pv_format *f, const char *dir,
                const char *name, size_t largest)
{
    corpus_file file = {.format = f};
    FILE *in;
    long size;

    snprintf(file.path, sizeof file.path, "%s/%s", dir, name);
    in = fopen(file.path, "rb");
    if (!in)
        return;
    fseek(in, 0, SEEK_END);
    size = ftell(in);
    rewind(in);
    if (size > 0 && (size_t)size <= largest) {
        file.n = (size_t)size;
        file.p = malloc(file.n);
        if (fread(file.p, 1, file.n, in) == file.n) {
            c->at = realloc(c->at, (c->len + 1) * sizeof *c->at);
            c->at[c->len++] = file;
        }
    }
    fclose(in);
}

static size_t add_format(corpus *c, const pv_format *f, size_t largest)
{
    char dir[400];
    struct dirent **names;
    size_t before = c->len;
    int n;

    snprintf(dir, sizeof dir, "%s/%s/good", fixtures(), f->name);
    n = scandir(dir, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        if (!is_oracle(names[i]->d_name))
            add(c, f, dir, names[i]->d_name, largest);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    return c->len - before;
}

corpus corpus_read(size_t largest)
{
    corpus c = {0};

    for (size_t i = 0; pv_formats[i]; i++)
        if (add_format(&c, pv_formats[i], largest) == 0) {
            fprintf(stderr, "no good fixture of %s up to %zu bytes\n",
                    pv_formats[i]->name, largest);
            exit(1);
        }
    return c;
}

void corpus_free(corpus *c)
{
    for (size_t i = 0; i < c->len; i++)
        free(c->at[i].p);
    free(c->at);
    *c = (corpus){0};
}

bool corpus_mine(size_t file, int argc, char **argv)
{
    size_t part, parts;

    if (argc != 3)
        return true;
    part = strtoul(argv[1], NULL, 10);
    parts = strtoul(argv[2], NULL, 10);
    return parts > 0 && file % parts == part;
}

pv_read_options corpus_options(void)
{
    pv_read_options o = {.limits = {0}};

    o.limits = PV_LIMITS_DEFAULT;
    o.limits.memory = 64 << 20;
    return o;
}
