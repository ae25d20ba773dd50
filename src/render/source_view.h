/* SPDX-License-Identifier: MIT */
/* A sheet as source.html sees it: the record `file` and those below it. */
#ifndef SOURCE_VIEW_H
#define SOURCE_VIEW_H

#include "record.h"
#include "site.h"
#include "source_code.h"
#include "source_page.h"

/* The figures of a file's functions: are any known, and how they are written.
 */
typedef enum pv_view_figure_of {
    PV_VIEW_CALLS,
    PV_VIEW_SELF,
    PV_VIEW_TOTAL
} pv_view_figure_of;
enum { PV_VIEW_FIGURES = 3 };
typedef struct pv_view_figure {
    bool known;
    pv_scale scale;
} pv_view_figure;

typedef struct pv_source_view {
    pv_sheet sheet; /* first: rows lead to it */
    const pv_source_pages *how;
    pv_listing code;
    bool open;
    uint32_t index;          /* of the file in the book */
    bool alone;              /* the page has no other file */
    const pv_sheet_row *row; /* of the cell that is asked for */
    const pv_sheet_column *col;
    pv_view_figure figures[PV_VIEW_FIGURES];
    uint32_t item;       /* of the list that is gone through */
    pv_buf text;         /* what was asked for last */
    pv_site_links links; /* of the function asked for last */
    pv_str prefix;
    char prefix_text[16];
} pv_source_view;

bool pv_source_view_open(pv_source_view *v, const pv_source_pages *how,
                         uint32_t file, pv_error *err);
void pv_source_view_close(pv_source_view *v);

extern const pv_record_type pv_source_file_type;
extern const pv_record_type pv_source_row_type;  /* pv_sheet_row */
extern const pv_record_type pv_source_text_type; /* pv_str */

/* "" and what was put into v->text since it was cleared. */
pv_datum pv_view_text(pv_source_view *v);
/* The address of a line in a file of the book, from this page. */
void pv_view_address(pv_source_view *v, uint32_t file, uint32_t line);
/* The first line from `line` on that has a row, or the last that has one. */
uint32_t pv_view_shown(const pv_source_view *v, uint32_t line);
/* A value of an input's main measure with its unit: "4.17 s". */
void pv_view_amount(pv_buf *out, const pv_book_input *in, int64_t v);
void pv_view_share(pv_buf *out, int64_t part, int64_t whole);
/* "file.lprof", "line_profiler 5.1": where figures are from. */
void pv_view_producer(pv_buf *out, const pv_book_input *in);
void pv_view_sentence(pv_source_view *v);
/* What is to be said above the lines; the n-th, false: there is none. */
bool pv_view_note(pv_source_view *v, uint32_t n);
bool pv_view_legend(pv_source_view *v, uint32_t n);
void pv_view_heading(pv_source_view *v, const pv_sheet_function *f);
void pv_view_map(const pv_source_view *v, pv_markup *m);

/* Looks through the sheet's functions, once. */
void pv_view_survey(pv_source_view *v);

/* Fields of `file` that stand in source_parts.c. */
extern const pv_record_type pv_view_function_type;
extern const pv_record_type pv_view_column_type;
extern const pv_record_type pv_view_group_type;
pv_datum pv_view_function_list(const void *record);
pv_datum pv_view_is_open(const void *record);
pv_datum pv_view_calls_head(const void *record);
pv_datum pv_view_self_head(const void *record);
pv_datum pv_view_total_head(const void *record);
pv_datum pv_view_columns(const void *record);
pv_datum pv_view_span(const void *record);
pv_datum pv_view_span_opt(const void *record);
pv_datum pv_view_groups(const void *record);
pv_datum pv_view_grouped(const void *record);
/* The view itself, with v->item set: for lists whose items it knows. */
const void *pv_view_item(const void *self, size_t i);

#endif
