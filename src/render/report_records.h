/* SPDX-License-Identifier: MIT */
/* Short ways to say what a template may ask a plain struct for. */
#ifndef REPORT_RECORDS_H
#define REPORT_RECORDS_H

#include "report_private.h"

#define PV_RECORD_TEXT(type, member)                                           \
    static pv_datum type##_##member(const void *record)                        \
    {                                                                          \
        return pv_datum_text(((const type *)record)->member);                  \
    }
#define PV_RECORD_BOOL(type, member)                                           \
    static pv_datum type##_##member(const void *record)                        \
    {                                                                          \
        return pv_datum_bool(((const type *)record)->member);                  \
    }
/* `items` and `items_len` of `item`. */
#define PV_RECORD_LIST(type, member, item)                                     \
    static const void *type##_##member##_at(const void *self, size_t i)        \
    {                                                                          \
        return &((const type *)self)->member[i];                               \
    }                                                                          \
    static pv_datum type##_##member(const void *record)                        \
    {                                                                          \
        return (pv_datum){.kind = PV_K_LIST,                                   \
                          .as.list = {record,                                  \
                                      ((const type *)record)->member##_len,    \
                                      type##_##member##_at}};                  \
    }
#define PV_RECORD_SITE(type)                                                   \
    static pv_datum type##_site(const void *record)                            \
    {                                                                          \
        return (pv_datum){.kind = PV_K_RECORD,                                 \
                          .as.record = &((const type *)record)->site};         \
    }

#endif
