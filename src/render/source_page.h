/* SPDX-License-Identifier: MIT */
/* Pages of annotated source: templates/source.html and its record.
 *
 *   one page with all files          annotate -f html
 *   an index and a page a file       annotate -o DIR/, and the report
 */
#ifndef SOURCE_PAGE_H
#define SOURCE_PAGE_H

#include "profviz/sink.h"
#include "record.h"
#include "source_book.h"

typedef struct pv_source_pages {
    const pv_book *book;
    const pv_job *job;   /* its site says where the page stands */
    bool index;          /* list the files */
    uint32_t begin, end; /* files that are shown whole */
    /* Appends the address of the page of a file, "" for this page; NULL: all
     * files are on this one. */
    void (*address)(const void *ctx, const pv_book *b, uint32_t file,
                    pv_buf *href);
    /* Are all lines of a file on its page?  NULL: yes. */
    bool (*complete)(const void *ctx, const pv_book *b, uint32_t file);
    /* Appends where a line is opened elsewhere, or nothing; may be NULL. */
    void (*outside)(const void *ctx, uint32_t file, uint32_t line,
                    pv_buf *href);
    const void *ctx;
} pv_source_pages;

/* Appends "#L46" to an address that ends `href`, or "-L46" where pages are
 * sections of one file and it begins with "##". */
void pv_source_anchor(const pv_source_pages *how, uint32_t file, pv_buf *href,
                      uint32_t line);

bool pv_source_page(const pv_source_pages *pages, pv_sink *out, pv_error *err);

/* What source.html may ask for; for its test. */
extern const pv_record_type pv_source_page_type;

#endif
