/* SPDX-License-Identifier: MIT */
/* Growing arrays of any type.
 *
 *     PV_VEC(int) v = {0};
 *     if (PV_VEC_GROW(&v, 1)) v.at[v.len++] = 7;
 *     PV_VEC_DONE(&v);
 */
#ifndef VEC_H
#define VEC_H

#include "mem.h"

#define PV_VEC(T)                                                              \
    struct {                                                                   \
        T *at;                                                                 \
        size_t len, room;                                                      \
    }

/* Room for `more` items; false (and all as before) when memory ran out. */
#define PV_VEC_GROW(v, more)                                                   \
    ((v)->room - (v)->len >= (size_t)(more) ||                                 \
     pv_vec_grow((void **)&(v)->at, (v)->len, &(v)->room, (size_t)(more),      \
                 sizeof *(v)->at))
/* For what becomes large anyway: room that is mapped apart from the first item
 * on.  To be without is no error. */
#define PV_VEC_LARGE(v)                                                        \
    ((void)((v)->room * sizeof *(v)->at >= PV_MEM_MAPPED ||                    \
            PV_VEC_GROW(v, PV_MEM_MAPPED / sizeof *(v)->at + 1 - (v)->len)))
#define PV_VEC_DONE(v)                                                         \
    (pv_vec_free((v)->at), (v)->at = NULL, (v)->len = (v)->room = 0)

bool pv_vec_grow(void **at, size_t len, size_t *room, size_t more, size_t size);
void pv_vec_free(void *at);

#endif
