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

#endif
