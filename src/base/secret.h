/* SPDX-License-Identifier: MIT */
/* Command lines as they may be shown: without the secrets in them. */
#ifndef SECRET_H
#define SECRET_H

#include "buf.h"

/* Appends `line` with *** for what follows --token, password=, --api-key= and
 * the like, and for passwords in addresses. */
void pv_mask_secrets(pv_buf *out, pv_str line);

#endif
