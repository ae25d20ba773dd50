/* SPDX-License-Identifier: MIT */
/* The registry of formats: how profiles get in, and exchange files out. */
#ifndef PROFVIZ_FORMAT_H
#define PROFVIZ_FORMAT_H

#include "profviz/builder.h"
#include "profviz/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What an input may cost; every refusal names its limit.  0 = no bound. */
typedef struct pv_limits {
    uint64_t input;  /* bytes of an input that must be held whole */
    uint64_t memory; /* bytes of one profile in memory */
    uint32_t depth;  /* frames in a stack */
    uint32_t ratio;  /* compressed : decompressed */
} pv_limits;
#define PV_LIMITS_DEFAULT                                                      \
    ((pv_limits){.input = UINT64_C(2) << 30,                                   \
                 .memory = UINT64_C(4) << 30,                                  \
                 .depth = 10000,                                               \
                 .ratio = 1000})

/* How to read: what the command line can say about it. */
typedef struct pv_read_options {
    pv_limits limits;
    pv_str format;      /* --input-format; empty = by content */
    pv_str part;        /* of a report: which of its profiles; FILE#PART */
    pv_log log;         /* warnings */
    bool strict;        /* warnings are errors */
    bool time_order;    /* keep the order of the records (flame charts) */
    bool strip_hex;     /* addresses become 0x... */
    bool any_text;      /* a table without ';' may be taken for stacks */
    bool rows_alone;    /* who called whom is checked, but need not be kept */
    bool signed_counts; /* negative counts are wanted (--metric was given) */
    /* flamegraph.pl's reading: frames keep their full text as names */
    bool classic;
    /* tracemalloc: "[!]GLOB[:LINE]" and "[!]domain=N", which traces count; of
     * a trace's frames the most recent must fit, or any of all_frames */
    const pv_str *traces;
    size_t traces_len;
    bool all_frames;
    unsigned jobs; /* threads that may work; 0 = as many as there are */
} pv_read_options;

typedef struct pv_source pv_source; /* an open input with its options */

enum {
    PV_BID_WINDOW = 65536,
    PV_BID_GUESS = 1 /* might be: only where any_text or the name says so */
};

typedef struct pv_format {
    const char *name;   /* "pstats": what --input-format takes */
    const char *title;  /* one line for `profviz formats` */
    const char *noun;   /* "printed cProfile tables"; NULL: "<name> files" */
    const char *stacks; /* how to get stacks instead, or NULL */
    const char *const *extensions; /* hints that break ties, NULL-ended */
    uint32_t provides;             /* PV_HAS_*: the most it can give */
    /* Bits of evidence in the first PV_BID_WINDOW bytes: 8 per fixed byte that
     * cannot be there by accident; 0 = not ours.  `whole`: head is all.  NULL:
     * `evidence` when a line of them opens a report. */
    int (*bid)(pv_bytes head, bool whole);
    /* Printed reports: does one begin at this line?  Asked of every line of a
     * text that nothing bid for.  NULL for other kinds. */
    bool (*opens)(pv_str line);
    int evidence; /* bits of it in a line that opens a report */
    bool loose;   /* rows of printed reports may pass for it */
    /* Reads the source into the builder; false and src's error on failure. */
    bool (*read)(pv_source *src, pv_builder *b);
    uint32_t needs; /* exchange formats: what writing one takes */
    bool (*write)(const pv_profile *p, pv_sink *out, pv_error *err);
} pv_format;

/* NULL-ended. */
PV_API extern const pv_format *const pv_formats[];
PV_API const pv_format *pv_format_find(pv_str name);

/* Path ("-" = stdin) -> profile: opens, undoes gzip, detects, reads.  NULL and
 * *err on failure.  `options` may be NULL (defaults). */
PV_MUST_USE PV_API pv_profile *
pv_load(const char *path, const pv_read_options *options, pv_error *err);
/* The same from memory; `name` is used in messages. */
PV_MUST_USE PV_API pv_profile *pv_load_bytes(pv_bytes data, pv_str name,
                                             const pv_read_options *options,
                                             pv_error *err);

#ifdef __cplusplus
}
#endif
#endif
