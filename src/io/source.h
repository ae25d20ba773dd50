/* SPDX-License-Identifier: MIT */
/* What a reader is given: an open input, how to read it, where to complain. */
#ifndef SOURCE_H
#define SOURCE_H

#include "input.h"

struct pv_source {
    pv_input *input;
    const pv_read_options *options;
    const pv_format *format; /* what it is read as; NULL: not known yet */
    pv_error *err;
    uint64_t warnings;
};

/* Errors with a place in this source; each returns false. */
bool pv_source_fail(pv_source *s, pv_code code, const char *fmt, ...)
    PV_PRINTF(3, 4);
bool pv_source_fail_line(pv_source *s, pv_code code, uint64_t line,
                         uint32_t column, const char *fmt, ...) PV_PRINTF(5, 6);
bool pv_source_fail_at(pv_source *s, pv_code code, uint64_t offset,
                       const char *fmt, ...) PV_PRINTF(4, 5);

/* Warnings; true to go on, false when options->strict made it an error.
 * line 0 = the file as a whole. */
PV_MUST_USE bool pv_source_warn(pv_source *s, uint64_t line, const char *fmt,
                                ...) PV_PRINTF(3, 4);
PV_MUST_USE bool pv_source_warn_at(pv_source *s, uint64_t offset,
                                   const char *fmt, ...) PV_PRINTF(3, 4);

#endif
