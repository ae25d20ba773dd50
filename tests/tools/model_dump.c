/* SPDX-License-Identifier: MIT */
/* Prints the models of many files for tests to compare: one record a line,
 * fields separated by blanks, texts in hexadecimal ("-" when empty).
 *
 *     model_dump [--format NAME] [--strict] [--quiet] FILE...
 */
#include <inttypes.h>
#include <stdio.h>

#include "profviz/profviz.h"

static void text(const pv_profile *p, pv_sym s)
{
    pv_str t = pv_profile_text(p, s);

    putchar(' ');
    if (t.n == 0)
        putchar('-');
    for (size_t i = 0; i < t.n; i++)
        printf("%02x", (unsigned char)t.p[i]);
}

static void costs(const pv_profile *p, const int64_t *cost, uint32_t row)
{
    for (uint32_t m = 0; m < p->metrics.len; m++)
        printf(" %" PRId64, cost ? cost[row * p->metrics.len + m] : 0);
    putchar('\n');
}

static void dump_rows(const pv_profile *p)
{
    for (uint32_t i = 0; i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];

        printf("F %" PRIu32, i);
        text(p, f->name);
        text(p, f->file);
        printf(" %" PRIu32 " %d", f->line, f->kind);
        costs(p, p->functions.cost, i);
    }
    for (uint32_t i = 0; i < p->calls.len; i++) {
        printf("C %" PRIu32 " %" PRIu32, p->calls.at[i].caller.i,
               p->calls.at[i].callee.i);
        costs(p, p->calls.cost, i);
    }
    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];

        printf("L %" PRIu32 " %" PRIu32, l->fn.i, l->line);
        text(p, l->file);
        costs(p, p->lines.cost, i);
    }
    for (uint32_t i = 0; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];

        printf("N %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu32, i, f->parent.i,
               f->fn.i, f->line);
        costs(p, p->frames.cost, i);
    }
}

static void dump(const pv_profile *p)
{
    printf("FORMAT %s has %" PRIu32 " flags %" PRIu32 " stacks %" PRId64
           " records %" PRId64 "\n",
           p->format, p->has, p->flags, p->stacks, p->records);
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        const pv_metric *metric = &p->metrics.at[m];

        printf("M %" PRIu32, m);
        text(p, metric->name);
        printf(" %d %d %d\n", metric->unit, metric->inclusive,
               metric->exponent);
    }
    for (uint32_t i = 0; i < p->notes.len; i++) {
        printf("NOTE");
        text(p, p->notes.at[i].key);
        text(p, p->notes.at[i].value);
        putchar('\n');
    }
    dump_rows(p);
}

static void warning(void *ctx, const pv_place *at, pv_str what)
{
    (void)ctx;
    (void)at;
    printf("WARNING %.*s\n", (int)what.n, what.p);
}

int main(int argc, char **argv)
{
    pv_read_options o = {.limits = PV_LIMITS_DEFAULT, .log = {warning, NULL}};
    bool quiet = false;
    int first = 1;

    for (; first < argc && strncmp(argv[first], "--", 2) == 0; first++)
        if (strcmp(argv[first], "--strict") == 0)
            o.strict = true;
        else if (strcmp(argv[first], "--quiet") == 0)
            quiet = true;
        else if (strcmp(argv[first], "--format") == 0 && first + 1 < argc)
            o.format = pv_str_of(argv[++first]);
        else
            return 2;
    for (int i = first; i < argc; i++) {
        pv_error err = {0};
        pv_profile *p;
        char said[1024];

        printf("FILE %s\n", argv[i]);
        p = pv_load(argv[i], &o, &err);
        if (p && !quiet) {
            dump(p);
        } else if (!p) {
            pv_error_format(&err, said, sizeof said);
            printf("ERROR %d %s\n", pv_exit_status(err.code), said);
        }
        pv_profile_free(p);
    }
    return 0;
}
