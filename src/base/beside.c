/* SPDX-License-Identifier: MIT */
/* Where the program's companions lie. */
#include "beside.h"

#include <stdio.h>
#include <unistd.h>

#ifndef PV_LIB_DIR
#define PV_LIB_DIR "/usr/local/lib/profviz"
#endif

/* The directory of the program, or "" where /proc does not tell. */
static void own_directory(char *dir, size_t room)
{
    ssize_t n = readlink("/proc/self/exe", dir, room - 1);
    char *slash;

    dir[n > 0 ? n : 0] = '\0';
    slash = strrchr(dir, '/');
    if (slash)
        *slash = '\0';
}

bool pv_beside(unsigned turn, const char *name, char path[PV_BESIDE_MAX])
{
    static const char *const places[] = {"", "/../lib/profviz", PV_LIB_DIR};
    char dir[2048] = "";

    if (turn >= sizeof places / sizeof places[0])
        return false;
    if (turn < 2)
        own_directory(dir, sizeof dir);
    snprintf(path, PV_BESIDE_MAX, "%s%s/%s", dir, places[turn], name);
    return true;
}
