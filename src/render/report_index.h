/* SPDX-License-Identifier: MIT */
/* What stands on a report's first page: cards and rows of profiles, and the
 * functions that changed most. */
#ifndef REPORT_INDEX_H
#define REPORT_INDEX_H

#include "report_private.h"

typedef struct pv_index_card {
    pv_str label, href, figure, change, tone;
    const pv_report_item *item;
} pv_index_card;

typedef struct pv_index_row {
    pv_str name, href, tool, measure, now, change, change_tone, tag, tag_tone,
        step;
    pv_link links[PV_REPORT_LINKS];
    size_t links_len;
    const pv_report_item *item;
} pv_index_row;

typedef struct pv_index_change {
    pv_str chip, name, href, mark, mark_tone, place, before, after, delta, tone,
        x, width, bar, ratio;
    pv_link links[PV_SITE_LINKS];
    size_t links_len;
} pv_index_change;

extern const pv_record_type pv_index_card_type;
extern const pv_record_type pv_index_row_type;
extern const pv_record_type pv_index_change_type;

void pv_index_card_fill(pv_report *r, pv_index_card *to,
                        const pv_report_item *it);
void pv_index_row_fill(pv_report *r, pv_index_row *to,
                       const pv_report_item *it);
/* Of the profile that changed most; how many. */
size_t pv_index_changes_fill(pv_report *r,
                             pv_index_change to[PV_REPORT_CHANGES],
                             pv_str *title, pv_str *note);

/* The address of its page of this kind; empty: it has none. */
pv_str pv_index_page(pv_report *r, const pv_report_item *it, pv_page_kind k);
pv_str pv_index_value(pv_report *r, const pv_report_measure *m, int64_t v);
pv_str pv_index_signed(pv_report *r, const pv_report_measure *m, int64_t v);

#endif
