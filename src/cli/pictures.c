/* SPDX-License-Identifier: MIT */
/* Hands PNG and PDF over to the twin program. */
#include "pictures.h"

#include <unistd.h>

#include "beside.h"

bool pv_pictures_hand_over(const pv_cli *cli, pv_error *err)
{
    char path[PV_BESIDE_MAX];

    if (!cli->twin)
        return true;
    for (unsigned i = 0; pv_beside(i, cli->twin, path); i++)
        execv(path, cli->argv); /* comes back only where there is none */
    return pv_fail(err, PV_E_UNSUPPORTED, NULL,
                   "PNG and PDF are drawn by %s, which is neither beside "
                   "the program nor where it was installed; install it too, "
                   "or write svg",
                   cli->twin);
}
