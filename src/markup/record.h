/* SPDX-License-Identifier: MIT */
/* What a template may ask for: records with named, typed fields.
 *
 * A record is any C struct; its type lists the fields and how to get them.
 * Templates are checked against the type before anything is written, so that
 * a misspelt path is an error with a place, never a hole in a page.
 */
#ifndef RECORD_H
#define RECORD_H

#include "markup.h"

typedef enum pv_kind {
    PV_K_BOOL,
    PV_K_INT,
    PV_K_TEXT,
    PV_K_LIST,
    PV_K_RECORD,
    PV_K_FRAGMENT
} pv_kind;

typedef struct pv_record_type pv_record_type;
typedef struct pv_datum pv_datum;

struct pv_datum {
    pv_kind kind;
    union {
        bool b;
        int64_t i;
        pv_str s;
        const void *record; /* NULL: there is none */
        struct {
            const void *self;
            size_t len;
            const void *(*at)(const void *self, size_t i); /* a record */
        } list;
        struct {
            const void *self;
            void (*emit)(const void *self, pv_markup *out); /* NULL: none */
        } fragment;
    } as;
};

typedef struct pv_field {
    const char *name;
    pv_kind kind;
    const pv_record_type *type; /* of the record, or of the list's items */
    pv_datum (*get)(const void *record);
} pv_field;

struct pv_record_type {
    const char *name;       /* in messages; of the root: its name in paths */
    const pv_field *fields; /* ended by a NULL name */
};

static inline pv_datum pv_datum_bool(bool b)
{
    return (pv_datum){.kind = PV_K_BOOL, .as.b = b};
}

static inline pv_datum pv_datum_int(int64_t i)
{
    return (pv_datum){.kind = PV_K_INT, .as.i = i};
}

static inline pv_datum pv_datum_text(pv_str s)
{
    return (pv_datum){.kind = PV_K_TEXT, .as.s = s};
}

#endif
