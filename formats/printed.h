/* SPDX-License-Identifier: MIT */
/* Printed reports: tables in the middle of a log, as terminals and CI leave
 * them.
 *
 * Lines come without ANSI escapes, without the time stamp that a CI service
 * puts before each, without CR; they live until the next call.
 */
#ifndef PRINTED_H
#define PRINTED_H

#include "buf.h"
#include "formats.h"
#include "lines.h"
#include "printed_others.h"

/* How sure a report's header makes one; above what a stray line can bid,
 * below what a binary header does.  The dearer kind wins where a log holds
 * several. */
enum {
    PV_BID_TIMINGS = 9,
    PV_BID_MEMIT = 10,
    PV_BID_OBJGRAPH = 11,
    PV_BID_PYMPLER = 41,
    PV_BID_GUPPY = 43,
    PV_BID_TRACEMALLOC_TEXT = 60,
    PV_BID_MEMORY_TEXT = 62,
    PV_BID_CPROFILE_TEXT = 64,
    PV_BID_LPROF_TEXT = 66
};

typedef struct pv_printed {
    pv_source *src;
    pv_lines lines;
    pv_buf clean;
    uint64_t row; /* the last line that is one of a table */
    pv_printed_others others;
    bool open;
} pv_printed;

bool pv_printed_open(pv_printed *r, pv_source *src);
void pv_printed_close(pv_printed *r);
/* False at the end and on an error; pv_printed_ok tells them apart. */
bool pv_printed_line(pv_printed *r, pv_str *line);
bool pv_printed_ok(const pv_printed *r);
/* The line just handed out is one of a table: its heading, a rule, a row. */
void pv_printed_row(pv_printed *r);
/* At the end of the text: says so where it ends in a row, or in what may have
 * become one, without a newline, and what other tables it holds.  False as of
 * pv_printed_ok, and where warnings are errors. */
bool pv_printed_end(pv_printed *r);

/* The same for one line; `clean` is overwritten. */
pv_str pv_printed_clean(pv_buf *clean, pv_str line);

/* The format's evidence when any complete line of `head` opens a report of
 * it, else 0. */
int pv_printed_bid(const pv_format *f, pv_bytes head, bool whole);

/* Reading from the left: blanks are skipped, the next run of others is cut
 * off.  False at the end. */
bool pv_word(pv_str *rest, pv_str *word);
pv_str pv_trim(pv_str s);
/* Index of `text` in `s`, or SIZE_MAX. */
size_t pv_find_text(pv_str s, pv_str text);
/* "12.50" "MiB" -> bytes; B, KB, KiB, MB ... all of 1024, to the nearest. */
bool pv_parse_size(pv_str number, pv_str unit, int64_t *bytes);
/* "17.6" "ms" -> ns, exactly; s, sec, seconds, ms, msec, us, usec, ns ... */
bool pv_parse_time(pv_str number, pv_str unit, int64_t *ns);

#endif
