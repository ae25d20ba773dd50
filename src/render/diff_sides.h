/* SPDX-License-Identifier: MIT */
/* Old and new as they are compared: filtered, grouped. */
#ifndef DIFF_SIDES_H
#define DIFF_SIDES_H

#include "diff_view.h"

typedef struct pv_diff_sides {
    const pv_profile **at; /* as the job's inputs */
    bool *kept;            /* is the input itself */
    size_t len;
    bool grouped; /* rows are groups already */
} pv_diff_sides;

/* Every input through the filter of `o`, grouped where --by asks for what the
 * comparison does not do itself.  Ended in any case. */
bool pv_diff_sides_make(pv_diff_sides *s, const pv_job *job,
                        const pv_diff_settings *o, pv_arena *a, pv_error *err);
void pv_diff_sides_done(pv_diff_sides *s);

#endif
