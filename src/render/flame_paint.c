/* SPDX-License-Identifier: MIT */
/* Colours of a flame graph: one paint a function, and the legend. */
#include "flame_picture.h"

#include <stdio.h>

#include "flame_change.h"
#include "number.h"
#include "symtab.h"

/* ---- paints beside the fixed ones: k + p0, p1, ... ---- */

enum { KEY_PLAIN, KEY_HEAT = 8, KEY_PACKAGE = 32, KEY_RANGE = 128 };

static uint16_t added_paint(pv_picture *p, uint32_t key, pv_paint paint)
{
    if (!p->slot[key]) {
        char *name = paint.name;
        uint32_t n = p->classes++;
        size_t at = 0;

        name[at++] = 'k';
        name[at++] = 'p';
        at += pv_write_i64(name + at, n);
        name[at] = '\0';
        p->slot[key] = (uint16_t)(pv_scene_paint(&p->scene, paint) + 1);
    }
    return (uint16_t)(p->slot[key] - 1);
}

static bool is_pruned(const pv_profile *p, pv_fn fn)
{
    const pv_function *f = &p->functions.at[fn.i];

    return f->kind == PV_FN_MARK &&
           pv_str_starts(pv_profile_text(p, f->name), PV_STR("[pruned] "));
}

/* The wider, the redder: 16 steps of the square root of the share. */
static uint16_t diffusion_paint(pv_picture *p, int64_t part)
{
    int64_t square = p->whole > 0 ? pv_muldiv(part, 256, p->whole) : 0;
    uint32_t step = 0;
    pv_paint paint = {.ink_light = 0x16181d, .ink_dark = 0x16181d};

    while (step < 15 && (int64_t)(step + 1) * (step + 1) <= square)
        step++;
    paint.light = paint.dark =
        0xff0000 | (205 - 9 * step) << 8 | (205 - 9 * step);
    return added_paint(p, KEY_HEAT + 8 + step, paint);
}

static uint16_t range_paint(pv_picture *p, pv_str name)
{
    pv_colors range = pv_range_of((pv_colors)p->o->colors, name);
    uint32_t hash = pv_fnv1a(name) % 16;

    return added_paint(p, KEY_RANGE + (uint32_t)range * 16 + hash,
                       pv_range_paint(range, hash));
}

static uint16_t function_paint(pv_picture *p, const pv_stacks *s, pv_fn fn)
{
    const pv_whence *w = &s->whence[fn.i];
    const pv_function *f = &s->p->functions.at[fn.i];
    uint32_t step;

    if (is_pruned(s->p, fn))
        return PV_P_PRUNED;
    if (fn.i == 0)
        return pv_origin_paint(PV_UNKNOWN, 0);
    if (p->o->colordiffusion)
        return diffusion_paint(p, s->fn_self[fn.i]);
    switch ((pv_colors)p->o->colors) {
    case PV_COLORS_DIFF: /* the frames have colours of their own */
    case PV_COLORS_ORIGIN: return pv_origin_paint(w->origin, w->variant);
    case PV_COLORS_PACKAGE:
        step = pv_fnv1a(w->package) % PV_PACKAGE_HUES;
        return w->package.n
                   ? added_paint(p, KEY_PACKAGE + step, pv_package_paint(step))
                   : pv_origin_paint(PV_UNKNOWN, 0);
    case PV_COLORS_SELF:
        step = pv_heat_step(s->fn_self[fn.i], p->whole);
        return added_paint(p, KEY_HEAT + step, pv_heat_paints[step]);
    case PV_COLORS_DEPTH: return added_paint(p, KEY_PLAIN, pv_plain_paint);
    case PV_COLORS_HOT:
    case PV_COLORS_MEM:
    case PV_COLORS_IO:
    case PV_COLORS_RED:
    case PV_COLORS_GREEN:
    case PV_COLORS_BLUE:
    case PV_COLORS_YELLOW:
    case PV_COLORS_PURPLE:
    case PV_COLORS_AQUA:
    case PV_COLORS_ORANGE:
    case PV_COLORS_JAVA:
    case PV_COLORS_JS:
    case PV_COLORS_PERL:
    case PV_COLORS_WAKEUP:
    case PV_COLORS_CHAIN: break;
    }
    return range_paint(p, pv_profile_text(s->p, f->name));
}

bool pv_picture_paint(pv_picture *p, pv_stacks *s)
{
    const pv_filter_options *f = &p->o->filter;
    pv_origin_rules rules = {f->own.at, f->own.len, f->origin.at,
                             f->origin.len};

    s->whence = pv_origins(s->p, &rules, &p->arena, p->err);
    s->paint = PV_NEW_N(&p->arena, uint16_t, s->p->functions.len);
    if (!s->whence || !s->paint)
        return pv_fail_nomem(p->err); /* keeps an earlier error */
    for (uint32_t i = 0; i < s->p->functions.len; i++)
        s->paint[i] = function_paint(p, s, (pv_fn){i});
    return true;
}

/* ---- the legend ---- */

/* Tenths of a percent that add up to 1000: the largest remainders are rounded
 * up, the first one first. */
static void round_shares(const int64_t *part, int64_t whole, size_t n,
                         int64_t *tenths)
{
    int64_t left = n ? 1000 : 0;

    for (size_t i = 0; i < n; i++) {
        tenths[i] = (int64_t)((pv_u128)part[i] * 1000 / (pv_u128)whole);
        left -= tenths[i];
    }
    while (left-- > 0) {
        size_t best = 0;
        pv_u128 most = 0;

        for (size_t i = 0; i < n; i++) {
            pv_u128 exact = (pv_u128)part[i] * 1000;
            pv_u128 got = (pv_u128)tenths[i] * (pv_u128)whole;

            if (exact > got && exact - got > most) {
                most = exact - got;
                best = i;
            }
        }
        tenths[best]++;
    }
}

static pv_str share_text(pv_picture *p, int64_t tenths)
{
    pv_buf text = {0};
    char number[PV_NUMBER_MAX];

    if (tenths == 0) {
        pv_buf_puts(&text, "<0.1%");
    } else if (tenths == 1000) {
        pv_buf_puts(&text, "100%");
    } else {
        pv_buf_add(&text, number, pv_write_fixed(number, tenths, 1));
        pv_buf_char(&text, '%');
    }
    return pv_picture_keep(p, &text);
}

static pv_str chip_text(pv_picture *p, uint16_t paint)
{
    pv_buf text = {0};

    pv_buf_puts(&text, "chip ");
    pv_buf_puts(&text, p->scene.paints.at[paint].name);
    return pv_picture_keep(p, &text);
}

typedef struct tally {
    int64_t part[PV_PACKAGE_HUES + 1];
    pv_str name[PV_PACKAGE_HUES + 1];
    uint16_t paint[PV_PACKAGE_HUES + 1];
    char key[PV_PACKAGE_HUES + 1][PV_PAINT_NAME];
    size_t len;
} tally;

static void set_key(tally *t, const char *key)
{
    snprintf(t->key[t->len], sizeof t->key[t->len], "%s", key);
}

static void tally_origins(const pv_stacks *s, tally *t)
{
    int64_t part[PV_ORIGINS] = {0};

    for (uint32_t i = 0; i < s->p->functions.len; i++)
        part[s->whence[i].origin % PV_ORIGINS] += s->fn_self[i];
    for (int i = 0; i < PV_ORIGINS; i++) {
        if (!part[i])
            continue;
        t->part[t->len] = part[i];
        t->name[t->len] = pv_str_of(pv_origin_title((pv_origin)i));
        t->paint[t->len] = pv_origin_paint((unsigned)i, 0);
        t->key[t->len][0] = (char)('0' + i);
        t->len++;
    }
}

typedef struct package {
    pv_str name;
    int64_t self;
    uint32_t fn;
} package;

/* The largest packages' own rows; all others together. */
static bool tally_packages(pv_picture *p, const pv_stacks *s, tally *t)
{
    enum { SHOWN = 8 };
    pv_symtab *names = pv_symtab_new(&p->arena);
    package *all = PV_NEW_N(&p->arena, package, s->p->functions.len + 1);
    int64_t rest = 0;

    for (uint32_t i = 0; names && all && i < s->p->functions.len; i++) {
        package *at = &all[pv_symtab_add(names, s->whence[i].package).i];

        if (!at->self && s->fn_self[i])
            at->fn = i;
        at->name = s->whence[i].package;
        at->self += s->fn_self[i];
        rest += s->fn_self[i];
    }
    if (!names || !all || pv_symtab_failed(names)) {
        pv_symtab_free(names);
        return pv_fail_nomem(p->err);
    }
    for (int k = 0; k < SHOWN; k++) {
        package *best = NULL;

        for (uint32_t i = 1; i < pv_symtab_len(names); i++)
            if (all[i].self > (best ? best->self : 0))
                best = &all[i];
        if (!best)
            break;
        t->part[t->len] = best->self;
        t->name[t->len] = best->name;
        t->paint[t->len] = s->paint[best->fn];
        set_key(t, p->scene.paints.at[s->paint[best->fn]].name + 1);
        t->len++;
        rest -= best->self;
        best->self = 0;
    }
    pv_symtab_free(names);
    if (rest > 0) {
        t->part[t->len] = rest;
        t->name[t->len] = PV_STR("others");
        t->paint[t->len] = pv_origin_paint(PV_UNKNOWN, 0);
        set_key(t, "6");
        t->len++;
    }
    return true;
}

static bool keep_legend(pv_picture *p, const tally *t)
{
    int64_t tenths[PV_PACKAGE_HUES + 1] = {0};

    p->legend = PV_NEW_N(&p->arena, pv_legend_entry, t->len + 1);
    if (!p->legend)
        return pv_fail_nomem(p->err);
    round_shares(t->part, p->data.total[0], t->len, tenths);
    for (size_t i = 0; i < t->len; i++)
        p->legend[i] = (pv_legend_entry){
            pv_arena_copy(&p->arena, pv_str_of(t->key[i])), t->name[i],
            share_text(p, tenths[i]), chip_text(p, t->paint[i]), t->paint[i]};
    p->legend_len = t->len;
    return !pv_picture_failed(p);
}

bool pv_picture_legend(pv_picture *p)
{
    tally t = {0};

    if (p->diff)
        return pv_change_legend(p);
    if (p->data.total[0] == 0 || p->o->colordiffusion)
        return true;
    if (p->o->colors == PV_COLORS_ORIGIN)
        tally_origins(&p->data, &t);
    else if (p->o->colors == PV_COLORS_PACKAGE &&
             !tally_packages(p, &p->data, &t))
        return false;
    return keep_legend(p, &t);
}

/* ---- rules for what theme.css does not know ---- */

static void put_pair(pv_buf *out, const char *name, pv_rgb light, pv_rgb dark)
{
    if (light == dark)
        pv_buf_format(out, "--%s:#%06x", name, (unsigned)light);
    else
        pv_buf_format(out, "--%s:light-dark(#%06x,#%06x)", name,
                      (unsigned)light, (unsigned)dark);
}

void pv_picture_css(const pv_picture *p, pv_buf *out)
{
    const pv_scene *s = &p->scene;

    if (p->o->bgcolors.n)
        pv_buf_format(out, ":root{--b:#%06x}\n",
                      (unsigned)s->paints.at[PV_P_BG].light);
    for (size_t i = PV_FIXED_PAINTS; i < s->paints.len; i++) {
        const pv_paint *at = &s->paints.at[i];

        pv_buf_format(out, ".%s{", at->name);
        put_pair(out, "k", at->light, at->dark);
        pv_buf_char(out, ';');
        put_pair(out, "x", at->ink_light, at->ink_dark);
        pv_buf_puts(out, "}\n");
    }
}
