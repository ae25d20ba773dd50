/* SPDX-License-Identifier: MIT */
/* What stands in for a file or directory until it is complete. */
#ifndef TEMPORARY_H
#define TEMPORARY_H

#include <sys/types.h>

/* dir/name -> dir/.name.XXXXXX, for mkostemp and mkdtemp; a long name is cut,
 * the directory never.  For pv_mem_free; NULL without memory. */
char *pv_temporary_name(const char *path);

/* What mkostemp and mkdtemp do not heed. */
mode_t pv_temporary_mask(void);

#endif
