/* SPDX-License-Identifier: MIT */
/* Python's marshal, versions 0 to 6, Python 2.4 to 3.15.
 *
 * Both tables of strings and references are kept, so one reader takes them
 * all.  Code objects (four layouts that nothing in the stream tells apart) are
 * tried in turn and reduced to name, file and first line.
 */
#ifndef PY_MARSHAL_H
#define PY_MARSHAL_H

#include "value.h"

/* Reads one value at the cursor and moves behind it.  False with an error. */
bool pv_marshal_read(pv_cursor *c, pv_py_data *d, pv_py *out);

/* Who is handed the entries of a dict; false: stop. */
typedef struct pv_marshal_taker {
    bool (*take)(void *ctx, pv_py key, pv_py value);
    void *ctx;
} pv_marshal_taker;

/* Reads a dict entry by entry: what one takes is given back before the next.
 * Strings stay, and so do tuples of small ints and strings (payloads below
 * d->kept).  False, with the
 * cursor where it was and without an error, when the dict cannot be read like
 * this: then only pv_marshal_read can tell whether it can be read at all. */
bool pv_marshal_entries(pv_cursor *c, pv_py_data *d,
                        const pv_marshal_taker *taker);

#endif
