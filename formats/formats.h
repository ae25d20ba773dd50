/* SPDX-License-Identifier: MIT */
/* Telling formats apart; what detection needs beside the registry. */
#ifndef FORMATS_H
#define FORMATS_H

#include "source.h"
#include "strangers.h"

/* The format that claims the source; NULL and the source's error, which says
 * what the file is where that can be known. */
const pv_format *pv_detect(pv_source *s);

#endif
