/* SPDX-License-Identifier: MIT */
/* Growing arrays, with every size checked: fast while they are small, as room
 * that is not used costs nothing and a copy does. */
#include "vec.h"

#include "mem.h"

bool pv_vec_grow(void **at, size_t len, size_t *room, size_t more, size_t size)
{
    size_t want = *room < 8 ? 8 : *room < 512 ? *room * 4 : *room + *room / 2;
    void *p;

    if (more > SIZE_MAX / 4 - len)
        return false;
    if (want < len + more)
        want = len + more;
    p = pv_mem_resize(*at, want, size);
    if (!p)
        return false;
    *at = p;
    *room = want;
    return true;
}

void pv_vec_free(void *at)
{
    pv_mem_free(at);
}
