/* SPDX-License-Identifier: MIT */
/* The version of the library that is linked. */
#include "profviz/profviz.h"

const char *pv_version(void)
{
    return PV_VERSION;
}
