/* SPDX-License-Identifier: MIT */
/* Printed tables of object types: rows are type, count, size, delta. */
#ifndef TYPE_TABLE_H
#define TYPE_TABLE_H

#include "printed.h"

/* PV_NONE: the table does not tell. */
typedef struct type_row {
    pv_str name;
    int64_t count, size, delta;
} type_row;

typedef struct type_table {
    const char *producer;
    bool (*opens)(pv_str line);
    bool (*parse)(pv_str line, type_row *row);
    const char *more; /* in the line that tells of rows left out; or NULL */
} type_table;

bool type_table_read(pv_source *src, pv_builder *b, const type_table *t);

#endif
