/* SPDX-License-Identifier: MIT */
/* Frames in preorder with the largest callees first; ties as they stand. */
#ifndef FLAME_ORDER_H
#define FLAME_ORDER_H

#include "flame_stacks.h"

/* *order: a frame for each place, in the arena. */
bool pv_flame_order(const pv_stacks *s, uint32_t **order, pv_arena *a,
                    pv_error *err);

#endif
