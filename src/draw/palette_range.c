/* SPDX-License-Identifier: MIT */
/* flamegraph.pl's palettes: which range a name falls into, and where in it. */
#include "palette.h"

const char *const pv_color_names[] = {
    "origin", "package", "self",  "depth", "diff",   "hot",    "mem",
    "io",     "red",     "green", "blue",  "yellow", "purple", "aqua",
    "orange", "java",    "js",    "perl",  "wakeup", "chain",  NULL,
};

/* ---- which range ---- */

static bool holds(pv_str s, pv_str part)
{
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (memcmp(s.p + i, part.p, part.n) == 0)
            return true;
    return false;
}

/* "java/", "Ljavax/" and the like at the start. */
static bool is_java_path(pv_str name)
{
    static const char *const heads[] = {
        "java/", "javax/", "jdk/", "net/", "org/", "com/", "io/", "sun/", NULL};
    pv_str rest =
        name.n && name.p[0] == 'L' ? pv_str_slice(name, 1, name.n) : name;

    for (size_t i = 0; heads[i]; i++)
        if (pv_str_starts(name, pv_str_of(heads[i])) ||
            pv_str_starts(rest, pv_str_of(heads[i])))
            return true;
    return false;
}

static pv_colors java_range(pv_str name)
{
    if (pv_str_ends(name, PV_STR("_[j]")))
        return PV_COLORS_GREEN;
    if (pv_str_ends(name, PV_STR("_[i]")))
        return PV_COLORS_AQUA;
    if (is_java_path(name) || holds(name, PV_STR(":::")))
        return PV_COLORS_GREEN;
    if (holds(name, PV_STR("::")))
        return PV_COLORS_YELLOW;
    if (pv_str_ends(name, PV_STR("_[k]")))
        return PV_COLORS_ORANGE;
    return PV_COLORS_RED;
}

/* A slash with ".js" somewhere behind it. */
static bool is_script_path(pv_str name)
{
    size_t slash = pv_str_find(name, '/');

    return slash != SIZE_MAX &&
           holds(pv_str_slice(name, slash + 1, name.n), PV_STR(".js"));
}

static pv_colors js_range(pv_str name)
{
    if (pv_str_ends(name, PV_STR("_[j]")))
        return pv_str_find(name, '/') != SIZE_MAX ? PV_COLORS_GREEN
                                                  : PV_COLORS_AQUA;
    if (holds(name, PV_STR("::")))
        return PV_COLORS_YELLOW;
    if (is_script_path(name))
        return PV_COLORS_GREEN;
    if (pv_str_find(name, ':') != SIZE_MAX)
        return PV_COLORS_AQUA;
    if (pv_str_equal(name, PV_STR(" ")))
        return PV_COLORS_GREEN;
    if (holds(name, PV_STR("_[k]")))
        return PV_COLORS_ORANGE;
    return PV_COLORS_RED;
}

static pv_colors perl_range(pv_str name)
{
    if (holds(name, PV_STR("::")))
        return PV_COLORS_YELLOW;
    if (holds(name, PV_STR("Perl")) || holds(name, PV_STR(".pl")))
        return PV_COLORS_GREEN;
    if (pv_str_ends(name, PV_STR("_[k]")))
        return PV_COLORS_ORANGE;
    return PV_COLORS_RED;
}

pv_colors pv_range_of(pv_colors colors, pv_str name)
{
    if (colors == PV_COLORS_JAVA)
        return java_range(name);
    if (colors == PV_COLORS_JS)
        return js_range(name);
    if (colors == PV_COLORS_PERL)
        return perl_range(name);
    if (colors == PV_COLORS_WAKEUP)
        return PV_COLORS_AQUA;
    if (colors == PV_COLORS_CHAIN)
        return holds(name, PV_STR("_[w]")) ? PV_COLORS_AQUA : PV_COLORS_BLUE;
    return colors;
}

/* ---- where in it ---- */

/* One channel: from `low` up to `low + span`, moved by value 1, 2 or 3. */
typedef struct channel {
    uint8_t low, span, by;
} channel;

static const channel ranges[][3] = {
    [PV_COLORS_HOT] = {{205, 50, 3}, {0, 230, 1}, {0, 55, 2}},
    [PV_COLORS_MEM] = {{0, 0, 1}, {190, 50, 2}, {0, 210, 1}},
    [PV_COLORS_IO] = {{80, 60, 1}, {80, 60, 1}, {190, 55, 2}},
    [PV_COLORS_RED] = {{200, 55, 1}, {50, 80, 1}, {50, 80, 1}},
    [PV_COLORS_GREEN] = {{50, 60, 1}, {200, 55, 1}, {50, 60, 1}},
    [PV_COLORS_BLUE] = {{80, 60, 1}, {80, 60, 1}, {205, 50, 1}},
    [PV_COLORS_YELLOW] = {{175, 55, 1}, {175, 55, 1}, {50, 20, 1}},
    [PV_COLORS_PURPLE] = {{190, 65, 1}, {80, 60, 1}, {190, 65, 1}},
    [PV_COLORS_AQUA] = {{50, 60, 1}, {165, 55, 1}, {165, 55, 1}},
    [PV_COLORS_ORANGE] = {{190, 65, 1}, {90, 65, 1}, {0, 0, 1}},
};

pv_rgb pv_range_colour(pv_colors range, double v1, double v2, double v3)
{
    double v[] = {v1, v2, v3};
    pv_rgb c = 0;

    if (range >= sizeof ranges / sizeof *ranges)
        return 0;
    for (int i = 0; i < 3; i++) {
        channel at = ranges[range][i];
        double value = at.by ? at.span * v[at.by - 1] : 0;

        c = c << 8 | (pv_rgb)(at.low + (unsigned)value);
    }
    return c;
}

/* The first number of a drand48 sequence that starts at the sum of the bytes. */
double pv_name_seeded(pv_str name)
{
    uint32_t sum = 0;
    uint64_t x;

    for (size_t i = 0; i < name.n; i++)
        sum += (unsigned char)name.p[i];
    x = ((uint64_t)sum << 16) + 0x330E;
    x = (x * UINT64_C(0x5DEECE66D) + 11) & ((UINT64_C(1) << 48) - 1);
    return (double)x / (double)(UINT64_C(1) << 48);
}

/* Early bytes weigh more; `step` -1 reads the name backwards.  A module in
 * front ("libc`") does not count. */
static double hash_one_way(pv_str name, bool backwards)
{
    double vector = 0, weight = 1, most = 1;
    size_t at = 0;

    for (size_t i = 1; i < name.n; i++)
        if (name.p[backwards ? name.n - 1 - i : i] == '`') {
            at = i + 1;
            break;
        }
    for (int mod = 10; mod <= 12 && at < name.n; mod++, at++) {
        unsigned char c =
            (unsigned char)name.p[backwards ? name.n - 1 - at : at];

        vector += (double)(c % mod) / (mod - 1) * weight;
        most += weight;
        weight *= 0.70;
    }
    return 1 - vector / most;
}

void pv_name_hashed(pv_str name, double *v1, double *v2)
{
    *v1 = hash_one_way(name, false);
    *v2 = hash_one_way(name, true);
}

pv_rgb pv_delta_colour(double delta, double most)
{
    double size = delta < 0 ? -delta : delta;
    pv_rgb x = (pv_rgb)(210 * (most - size) / most);

    if (delta > 0)
        return 0xff0000 | x << 8 | x;
    if (delta < 0)
        return x << 16 | x << 8 | 0xff;
    return 0xffffff;
}

/* ---- in our own pictures ---- */

/* Half way to white, as often as dark text asks for it: 4.5:1. */
static pv_rgb lift(pv_rgb c)
{
    const uint32_t enough = 15500; /* dark text has a luminance of 0.0095 */

    while (pv_luminance(c) < enough) {
        pv_rgb r = c >> 16 & 255, g = c >> 8 & 255, b = c & 255;

        c = (r + (255 - r + 7) / 8) << 16 | (g + (255 - g + 7) / 8) << 8 |
            (b + (255 - b + 7) / 8);
    }
    return c;
}

pv_paint pv_range_paint(pv_colors range, uint32_t hash)
{
    double v1 = (hash & 3) / 4.0, v2 = (hash >> 2 & 3) / 4.0;
    pv_rgb c = lift(pv_range_colour(range, v1, v2, v2));

    return (pv_paint){"", c, c, 0x16181d, 0x16181d, false};
}
