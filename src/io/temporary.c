/* SPDX-License-Identifier: MIT */
/* Hidden names beside a target, and the permissions it is to have. */
#include "temporary.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"

char *pv_temporary_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t dir = slash ? (size_t)(slash - path) + 1 : 0;
    size_t room = strlen(path) + 16;
    char *p = pv_mem_alloc(room, 1);

    if (p)
        snprintf(p, room, "%.*s.%.200s.XXXXXX", (int)dir, path, path + dir);
    return p;
}

mode_t pv_temporary_mask(void)
{
    mode_t mask = umask(0);

    umask(mask);
    return mask;
}
