/* SPDX-License-Identifier: MIT */
/* Pickle as data: all opcodes of protocols 0 to 5, nothing is ever run.
 *
 * A global is a pair of strings that must be on the allow-list below; an
 * object is its class and its state.  Memory is bounded by the bytes read.
 */
#ifndef PY_PICKLE_H
#define PY_PICKLE_H

#include "value.h"

typedef enum pv_py_class_id {
    PV_PY_LINE_STATS_1, /* _line_profiler: 1.0 to 2.1 */
    PV_PY_LINE_STATS_3, /* line_profiler._line_profiler: 3.0 to 5.0.0 */
    PV_PY_LINE_STATS_5, /* line_profiler.line_profiler: 5.0.1 and later */
    PV_PY_SNAPSHOT,
    PV_PY_TRACES,
    PV_PY_RECONSTRUCTOR, /* protocols 0 and 1 */
    PV_PY_BASE_OBJECT
} pv_py_class_id;

/* "tracemalloc.Snapshot" */
const char *pv_py_class_name(unsigned klass);

/* Reads up to STOP.  False with an error "opcode NAME: ..." at the offset of
 * the opcode. */
bool pv_pickle_read(pv_cursor *c, pv_py_data *d, pv_py *out);

/* Evidence in bits that a file's first bytes are a pickle whose first global
 * is `module` `name`; up to 13 for any other pickle, 0 for none. */
int pv_pickle_bid(pv_bytes head, bool whole, pv_str module, pv_str name);

#endif
