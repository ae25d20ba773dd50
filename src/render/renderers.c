/* SPDX-License-Identifier: MIT */
/* The array of all renderers: a new one is one file and one line here.  Its
 * order is that of the commands in help. */
#include "profviz/renderer.h"

extern const pv_renderer pv_renderer_annotate;
extern const pv_renderer pv_renderer_check;
extern const pv_renderer pv_renderer_convert;
extern const pv_renderer pv_renderer_diff;
extern const pv_renderer pv_renderer_flame;
extern const pv_renderer pv_renderer_info;
extern const pv_renderer pv_renderer_report;
extern const pv_renderer pv_renderer_timeline;
extern const pv_renderer pv_renderer_top;
extern const pv_renderer pv_renderer_tree;

/* One a line, whatever fits. */
/* clang-format off */
const pv_renderer *const pv_renderers[] = {
    &pv_renderer_flame,
    &pv_renderer_timeline,
    &pv_renderer_annotate,
    &pv_renderer_diff,
    &pv_renderer_check,
    &pv_renderer_report,
    &pv_renderer_top,
    &pv_renderer_tree,
    &pv_renderer_info,
    &pv_renderer_convert,
    NULL,
};
/* clang-format on */

const pv_renderer *pv_renderer_find(pv_str name)
{
    for (size_t i = 0; pv_renderers[i]; i++)
        if (pv_str_equal(name, pv_str_of(pv_renderers[i]->name)))
            return pv_renderers[i];
    return NULL;
}
