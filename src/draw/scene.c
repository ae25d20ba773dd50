/* SPDX-License-Identifier: MIT */
/* A picture as data. */
#include "scene.h"

void pv_scene_init(pv_scene *s, const char *id)
{
    *s = (pv_scene){.id = id, .font_size = 12};
    for (size_t i = 0; i < PV_FIXED_PAINTS; i++)
        pv_scene_paint(s, pv_fixed_paints[i]);
}

void pv_scene_done(pv_scene *s)
{
    PV_VEC_DONE(&s->items);
    PV_VEC_DONE(&s->paints);
}

void pv_scene_reserve(pv_scene *s, size_t more)
{
    if (!s->failed && !PV_VEC_GROW(&s->items, more))
        s->failed = true;
}

void pv_scene_add(pv_scene *s, pv_item item)
{
    if (s->failed || !PV_VEC_GROW(&s->items, 1)) {
        s->failed = true;
        return;
    }
    s->items.at[s->items.len++] = item;
}

uint16_t pv_scene_paint(pv_scene *s, pv_paint paint)
{
    if (s->failed || s->paints.len == UINT16_MAX ||
        !PV_VEC_GROW(&s->paints, 1)) {
        s->failed = true;
        return 0;
    }
    s->paints.at[s->paints.len] = paint;
    return (uint16_t)s->paints.len++;
}
