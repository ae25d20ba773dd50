/* SPDX-License-Identifier: MIT */
/* Every place of a report where a function is told of, so that each can lead
 * to the others: its boxes and callers, its lines, its moment on the memory
 * curve, what it allocates, its change.
 *
 * Spots are collected while inputs are looked at, sorted once, then found by
 * name, file and line, as far as both sides know them.
 */
#ifndef REPORT_SPOTS_H
#define REPORT_SPOTS_H

#include "report_private.h"

struct pv_sheet;

typedef enum pv_spot_kind {
    PV_SPOT_BOXES,  /* in a flame graph */
    PV_SPOT_LINES,  /* on a page of source */
    PV_SPOT_MOMENT, /* under a memory curve */
    PV_SPOT_CHANGE  /* on the page of a comparison */
} pv_spot_kind;

struct pv_report_spot {
    pv_str last, name, file; /* last: the name's last part */
    pv_str slug;             /* of the page below s/ */
    int64_t value;           /* cost, or change; PV_NONE: not known */
    uint32_t line;           /* where it is defined; 0: not known */
    uint32_t at;             /* line to go to, or row of the comparison */
    uint32_t whole;          /* the page has all lines up to this one */
    uint32_t item;
    uint8_t kind;
    bool alone;  /* in its flame graph no other function has its name */
    bool single; /* nor in its file, here */
    bool counts; /* its lines have costs of their own */
};

bool pv_spots_boxes(pv_report *r, const pv_report_item *it,
                    const pv_profile *p);
bool pv_spots_moments(pv_report *r, const pv_report_item *it,
                      const pv_profile *p);
bool pv_spots_lines(pv_report *r, const pv_report_item *it,
                    const struct pv_sheet *s, pv_str slug);
/* One more of `it`; its texts are kept.  Names that no page can show as they
 * are get none. */
bool pv_spots_add(pv_report *r, const pv_report_item *it, pv_report_spot spot);
void pv_spots_sort(pv_report *r);
void pv_spots_done(pv_report *r);

/* Are these names of one file, perhaps told from different places? */
bool pv_files_fit(pv_str a, pv_str b);

/* The best spot of each kind, as seen from a profile's row. */
typedef struct pv_spots_found {
    const pv_report_spot *boxes, *lines, *other_lines, *moment, *bytes, *change;
} pv_spots_found;
pv_spots_found pv_spots_look(const pv_report *r, const pv_report_item *it,
                             const pv_site_function *f);
/* Is its change that of another line inside the function? */
bool pv_spots_other_line(const pv_report_spot *s, const pv_site_function *f);

/* Which links are wanted. */
enum {
    PV_LINK_BOXES = 1,  /* in the item's own picture */
    PV_LINK_OWN = 2,    /* elsewhere about the item */
    PV_LINK_OTHERS = 4, /* in other profiles */
    PV_LINK_ALL = 7
};

/* `it`: the profile that the row is of, or NULL. */
void pv_spots_find(pv_report *r, const pv_report_item *it, pv_page_kind from,
                   const pv_site_function *f, unsigned which,
                   pv_site_links *to);
/* The link of the row itself: its row on the page of the comparison. */
pv_str pv_spots_change(pv_report *r, const pv_report_item *it,
                       pv_page_kind from, const pv_site_function *f);
/* The search that marks the boxes of exactly this name; empty: there are no
 * such boxes to be found. */
pv_str pv_spots_search(pv_report *r, const pv_report_item *it,
                       const pv_site_function *f);

#endif
