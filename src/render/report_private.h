/* SPDX-License-Identifier: MIT */
/* A report while it is made: what its parts share. */
#ifndef REPORT_PRIVATE_H
#define REPORT_PRIVATE_H

#include <stdlib.h>

#include "buf.h"
#include "link_template.h"
#include "markup.h"
#include "origin.h"
#include "profviz/builder.h"
#include "report.h"
#include "site.h"
#include "vec.h"

enum {
    PV_REPORT_CHANGES = 7, /* on the index */
    PV_REPORT_CARDS = 4,
    PV_REPORT_RUNS = 20,      /* of a trend */
    PV_REPORT_FUNCTIONS = 60, /* of a profile, in the list of all */
    PV_REPORT_FILES = 200,
    PV_REPORT_LINKS = 8
};

typedef enum pv_page_kind {
    PV_PAGE_TOP,      /* index, files, functions, inputs */
    PV_PAGE_PROFILE,  /* p/ */
    PV_PAGE_TIMELINE, /* m/ */
    PV_PAGE_DIFF,     /* d/ */
    PV_PAGE_SOURCE,   /* s/ */
    PV_PAGE_KINDS
} pv_page_kind;

typedef struct pv_report_measure {
    pv_str name;
    pv_metric metric; /* unit and exponent */
    int64_t total;    /* PV_NONE: the input has no such column */
    bool compared;
    int64_t before;
} pv_report_measure;

typedef struct pv_report_change {
    pv_str name, place, file;
    uint32_t line;
    bool nameless;
    int64_t before, after;
    uint8_t status, verdict;
    const char *chip; /* class of its origin */
} pv_report_change;

/* A function, or a type, with its own cost. */
typedef struct pv_report_function {
    pv_str name, file, place;
    uint32_t line;
    int64_t self, total; /* PV_NONE: none */
    uint8_t origin;
    const char *chip;
} pv_report_function;

typedef struct pv_report_file {
    pv_str name;
    int64_t self;
    uint8_t origin;
    pv_str slug; /* of its page below s/, or empty */
} pv_report_file;

typedef struct pv_report_point {
    pv_str run, revision;
    int64_t value;
} pv_report_point;

typedef struct pv_report_item {
    size_t index;
    pv_str slug, name; /* name: what people call it */
    const char *format;
    pv_str producer, command;
    pv_str error; /* why it could not be read, or empty */
    uint32_t has;
    int64_t stacks, records, points;
    pv_report_measure measures[PV_METRICS_MAX];
    uint32_t measures_len, main;
    bool pages[PV_PAGE_KINDS];

    bool compared;
    pv_str compare_error;
    uint8_t verdict; /* pv_verdict */
    bool matters;    /* the change of the total is worth a word */
    pv_str sentence; /* as pages have it: with a minus */
    pv_str plain;    /* the same for Markdown */
    pv_report_change changes[PV_REPORT_CHANGES];
    size_t changes_len;
    uint32_t others; /* that did not change enough */

    pv_report_function *functions;
    size_t functions_len;
    pv_report_file *files;
    size_t files_len;
    pv_str first_source; /* name of the first page below s/ */

    pv_report_point runs[PV_REPORT_RUNS]; /* oldest first; the last is now */
    size_t runs_len;
    pv_str step; /* "a step of +12% at run 1470", or empty */
} pv_report_item;

typedef struct pv_report_spot pv_report_spot; /* report_spots.h */

typedef struct pv_report {
    const pv_report_plan *plan;
    const pv_report_options *o;
    pv_error *err;
    pv_arena arena;
    pv_report_item *items;
    size_t len, failed;
    pv_str css,
        js; /* names of the shared files: "assets/profviz.1234abcd.css" */
    bool single;
    pv_markup *page;               /* of the single file */
    const pv_report_item **ranked; /* items that were read, as on the index */
    size_t ranked_len;
    size_t passed_over;           /* lines of --history */
    pv_link_template link;        /* where lines are opened */
    PV_VEC(pv_report_spot) spots; /* by the last part of their names */
    pv_symtab *names;             /* theirs */
} pv_report;

static inline const pv_report_measure *pv_item_main(const pv_report_item *it)
{
    return &it->measures[it->main];
}

/* Facts of a profile, and of its comparison with `old` (or NULL). */
bool pv_report_survey(pv_report *r, pv_report_item *it, const pv_profile *p);
bool pv_report_compare(pv_report *r, pv_report_item *it, const pv_profile *old,
                       pv_str old_path, const pv_profile *now);
bool pv_report_rank(pv_report *r);
/* As much of a text from a file as is shown. */
pv_str pv_report_clean(pv_report *r, pv_str raw);
/* The class of a swatch; NULL: of an unknown origin. */
const char *pv_report_chip(const pv_whence *w);
/* Are there rows; does that renderer make pages? */
bool pv_report_ranks(const pv_profile *p);
bool pv_report_draws(const char *renderer);

/* Which of its source files get pages; and those pages. */
bool pv_report_list_source(pv_report *r, pv_report_item *it,
                           const pv_profile *p);
bool pv_report_write_source(pv_report *r, const pv_report_item *it,
                            const pv_profile *p);

/* The pages of one profile. */
bool pv_report_pages(pv_report *r, pv_report_item *it, const pv_profile *p,
                     const pv_profile *old, pv_str old_path);
bool pv_report_index(pv_report *r);
bool pv_report_lists(pv_report *r); /* inputs, files, functions */
bool pv_report_summary(pv_report *r);
/* Earlier runs of --history; the file with this one behind them. */
bool pv_report_trends(pv_report *r);
bool pv_report_history(pv_report *r);
bool pv_report_assets(pv_report *r);
/* The shared files' text. */
bool pv_report_style(pv_buf *out);
bool pv_report_script(pv_buf *out, bool single);

/* One page, wherever it goes; NULL and *err.  `slug` is its name. */
pv_sink *pv_report_begin(pv_report *r, pv_page_kind kind, pv_str slug);
bool pv_report_end(pv_report *r, pv_sink *s, bool ok);
/* Files of the site that are no pages: DIRECTORY/SLUG.EXTENSION, which
 * pv_report_end ends, and one whose text is there. */
pv_sink *pv_report_begin_file(pv_report *r, const char *folder, pv_str slug,
                              const char *extension);
bool pv_report_file_write(pv_report *r, const char *name, pv_str text);

/* Address of a page, as seen from one of `from`'s kind. */
void pv_report_href(const pv_report *r, pv_buf *out, pv_page_kind from,
                    pv_page_kind to, pv_str slug, const char *anchor);
pv_str pv_report_address(pv_report *r, pv_page_kind from, pv_page_kind to,
                         pv_str slug, const char *anchor);
/* Links of a page into `s`; crumbs end with the index. */
bool pv_report_site(pv_report *r, pv_site *s, pv_page_kind kind,
                    const pv_report_item *it, pv_str slug);
/* Writes a page of ours from its template. */
bool pv_report_template(pv_report *r, const char *file, pv_page_kind kind,
                        pv_str slug, const pv_record_type *type,
                        const void *root, const pv_site *site);

/* Words. */
pv_str pv_report_keep(pv_report *r, pv_buf *b);
void pv_report_value(pv_buf *out, const pv_report_measure *m, int64_t v);
/* With the unit's word behind counts: "10,153 samples". */
void pv_report_amount(pv_buf *out, const pv_report_measure *m, int64_t v);
void pv_report_signed(pv_buf *out, const pv_report_measure *m, int64_t v);
/* "22.1% slower", "no change", "within noise"; what class the tag has. */
void pv_report_tag(pv_buf *out, const pv_report_item *it, const char **tone);
pv_str pv_report_measure_name(pv_report *r, const pv_report_item *it);
/* Links of the functions on a page of this kind about `it`. */
void pv_report_find_for(pv_report *r, pv_site *s, pv_page_kind kind,
                        const pv_report_item *it);
/* "f-1a2b3c4d": the anchor of a function in the list of all. */
void pv_report_anchor(pv_buf *out, pv_str name, pv_str file);
bool pv_report_failed(pv_report *r);
void pv_report_spark(pv_markup *m, const pv_report_item *it, int width,
                     int height);

#endif
