/* SPDX-License-Identifier: MIT */
/* Colours of the classic picture, and palette.map. */
#include "flame_classic.h"

#include <errno.h>
#include <stdlib.h>

#include "lines.h"

static const char map_name[] = "palette.map";

/* ---- palette.map: NAME->rgb(r,g,b) ---- */

static bool keep(pv_classic_colours *c, pv_str name, pv_str colour)
{
    pv_sym s = pv_symtab_add(c->names, name);

    while (c->kept.len <= s.i) {
        if (!PV_VEC_GROW(&c->kept, 1))
            return false;
        c->kept.at[c->kept.len++] = (pv_str){"", 0};
    }
    c->kept.at[s.i] = pv_arena_copy(c->arena, colour);
    return !c->arena->failed && !pv_symtab_failed(c->names);
}

/* The name ends at the first "->". */
static bool keep_line(pv_classic_colours *c, pv_str line)
{
    for (size_t i = 0; i + 1 < line.n; i++)
        if (line.p[i] == '-' && line.p[i + 1] == '>')
            return keep(c, pv_str_slice(line, 0, i),
                        pv_str_slice(line, i + 2, line.n));
    return true;
}

static bool read_lines(pv_classic_colours *c, pv_input *in, pv_error *err)
{
    pv_lines l;
    pv_str line;
    pv_error why = {0};
    bool ok = pv_lines_init(&l, in, err);

    while (ok && pv_lines_next(&l, &line, &why))
        ok = keep_line(c, line) || pv_fail_nomem(err);
    if (ok && why.code) {
        *err = why;
        ok = false;
    }
    pv_lines_done(&l);
    return ok;
}

static bool read_map(pv_classic_colours *c, pv_error *err)
{
    pv_limits limits = PV_LIMITS_DEFAULT;
    pv_error why = {0};
    pv_input *in = pv_input_open(map_name, &limits, &why);
    bool ok;

    if (!in && why.code == PV_E_IO && why.sys == ENOENT)
        return true;
    if (!in) {
        *err = why;
        return false;
    }
    ok = read_lines(c, in, err);
    pv_input_close(in);
    return ok;
}

bool pv_classic_colours_init(pv_classic_colours *c, const pv_flame_options *o,
                             pv_arena *a, pv_error *err)
{
    *c = (pv_classic_colours){.o = o, .arena = a, .most = 1};
    c->colors = (pv_colors)o->colors < PV_COLORS_HOT ? PV_COLORS_HOT
                                                     : (pv_colors)o->colors;
    if (!o->cp)
        return true;
    c->names = pv_symtab_new(a);
    if (!c->names)
        return pv_fail_nomem(err);
    return read_map(c, err);
}

typedef struct entry {
    pv_str name, colour;
} entry;

static int by_name(const void *a, const void *b)
{
    const entry *x = a, *y = b;

    return pv_str_compare(x->name, y->name);
}

static bool write_map(entry *all, size_t n, pv_error *err)
{
    pv_sink *out = pv_sink_file(map_name, err);

    if (!out)
        return false;
    for (size_t i = 0; i < n; i++) {
        pv_sink_text(out, all[i].name);
        pv_sink_puts(out, "->");
        pv_sink_text(out, all[i].colour);
        pv_sink_puts(out, "\n");
    }
    return pv_sink_close(out, err);
}

bool pv_classic_colours_keep(pv_classic_colours *c, pv_error *err)
{
    size_t n = 0;
    entry *all;

    if (!c->o->cp)
        return true;
    all = PV_NEW_N(c->arena, entry, c->kept.len + 1);
    if (!all)
        return pv_fail_nomem(err);
    for (uint32_t i = 0; i < c->kept.len; i++)
        if (c->kept.at[i].n)
            all[n++] =
                (entry){pv_symtab_text(c->names, (pv_sym){i}), c->kept.at[i]};
    qsort(all, n, sizeof *all, by_name);
    return write_map(all, n, err);
}

void pv_classic_colours_done(pv_classic_colours *c)
{
    pv_symtab_free(c->names);
    PV_VEC_DONE(&c->kept);
}

/* ---- one colour ---- */

static pv_str rgb_text(pv_rgb c, pv_buf *text)
{
    pv_buf_clear(text);
    pv_buf_format(text, "rgb(%u,%u,%u)", (unsigned)(c >> 16 & 255),
                  (unsigned)(c >> 8 & 255), (unsigned)(c & 255));
    return pv_buf_text(text);
}

/* The hash is seeded anew in every process. */
static double roll(pv_classic_colours *c)
{
    uint64_t n = c->roll++;

    return (double)(pv_hash(&n, sizeof n) >> 11) / (double)(UINT64_C(1) << 53);
}

static pv_rgb compute(pv_classic_colours *c, pv_str name)
{
    double v1, v2, v3;

    if (c->o->hash) {
        pv_name_hashed(name, &v1, &v2);
        v3 = v2;
    } else if (c->o->random) {
        v1 = roll(c);
        v2 = roll(c);
        v3 = roll(c);
    } else {
        v1 = v2 = v3 = pv_name_seeded(name);
    }
    return pv_range_colour(pv_range_of(c->colors, name), v1, v2, v3);
}

pv_str pv_classic_colour(pv_classic_colours *c, pv_str name, pv_buf *text)
{
    pv_sym s;

    if (pv_str_equal(name, PV_STR("--")))
        return PV_STR("rgb(160,160,160)");
    if (pv_str_equal(name, PV_STR("-")))
        return PV_STR("rgb(200,200,200)");
    if (!c->o->cp)
        return rgb_text(compute(c, name), text);
    s = pv_symtab_find(c->names, name);
    if ((s.i || !name.n) && s.i < c->kept.len && c->kept.at[s.i].n)
        return c->kept.at[s.i];
    rgb_text(compute(c, name), text);
    if (!keep(c, name, pv_buf_text(text)))
        text->failed = true;
    return pv_buf_text(text);
}

pv_str pv_classic_change(const pv_classic_colours *c, double delta,
                         pv_buf *text)
{
    return rgb_text(pv_delta_colour(c->o->negate ? -delta : delta, c->most),
                    text);
}

/* ---- background ---- */

static const struct {
    const char *name, *from, *to;
} backgrounds[] = {
    {"yellow", "#eeeeee", "#eeeeb0"},
    {"blue", "#eeeeee", "#e0e0ff"},
    {"green", "#eef2ee", "#e0ffe0"},
    {"grey", "#f8f8f8", "#e8e8e8"},
};

static const char *background_of(pv_colors colors)
{
    switch (colors) {
    case PV_COLORS_MEM: return "green";
    case PV_COLORS_IO:
    case PV_COLORS_WAKEUP:
    case PV_COLORS_CHAIN: return "blue";
    case PV_COLORS_RED:
    case PV_COLORS_GREEN:
    case PV_COLORS_BLUE:
    case PV_COLORS_YELLOW:
    case PV_COLORS_PURPLE:
    case PV_COLORS_AQUA:
    case PV_COLORS_ORANGE: return "grey";
    case PV_COLORS_ORIGIN:
    case PV_COLORS_PACKAGE:
    case PV_COLORS_SELF:
    case PV_COLORS_DEPTH:
    case PV_COLORS_DIFF:
    case PV_COLORS_HOT:
    case PV_COLORS_JAVA:
    case PV_COLORS_JS:
    case PV_COLORS_PERL: break;
    }
    return "yellow";
}

static bool is_hex_colour(pv_str s)
{
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 1; i < 7; i++)
        if (!strchr("0123456789abcdefABCDEF", s.p[i]))
            return false;
    return true;
}

bool pv_classic_background(const pv_flame_options *o, pv_colors colors,
                           pv_str *from, pv_str *to, pv_error *err)
{
    pv_str name =
        o->bgcolors.n ? o->bgcolors : pv_str_of(background_of(colors));

    *from = *to = name;
    if (is_hex_colour(name))
        return true;
    for (size_t i = 0; i < sizeof backgrounds / sizeof *backgrounds; i++)
        if (pv_str_equal(name, pv_str_of(backgrounds[i].name))) {
            *from = pv_str_of(backgrounds[i].from);
            *to = pv_str_of(backgrounds[i].to);
            return true;
        }
    return pv_fail(err, PV_E_USAGE, NULL,
                   "--bgcolors wants yellow, blue, green, grey or #rrggbb, "
                   "not '%s'",
                   PV_QUOTE(name));
}
