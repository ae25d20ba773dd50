/* SPDX-License-Identifier: MIT */
/* palette: text reads on every fill, origins stay apart under four kinds of
 * vision, classic colours are flamegraph.pl's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "palette.h"

/* ---- colour arithmetic, on its own here ---- */

static double channel(pv_rgb c, int shift)
{
    double v = (c >> shift & 255) / 255.0;

    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(pv_rgb c)
{
    return 0.2126 * channel(c, 16) + 0.7152 * channel(c, 8) +
           0.0722 * channel(c, 0);
}

static double contrast(pv_rgb a, pv_rgb b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

    return x > y ? x / y : y / x;
}

/* Machado, Oliveira and Fernandes 2009, severity 1, in linear light. */
static const double visions[4][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};

static void oklab(pv_rgb c, int vision, double out[3])
{
    double in[3] = {channel(c, 16), channel(c, 8), channel(c, 0)}, v[3], l, m,
           s;

    for (int i = 0; i < 3; i++) {
        v[i] = 0;
        for (int j = 0; j < 3; j++)
            v[i] += visions[vision][i][j] * in[j];
        v[i] = fmin(1, fmax(0, v[i]));
    }
    l = cbrt(0.4122214708 * v[0] + 0.5363325363 * v[1] + 0.0514459929 * v[2]);
    m = cbrt(0.2119034982 * v[0] + 0.6806995451 * v[1] + 0.1073969566 * v[2]);
    s = cbrt(0.0883024619 * v[0] + 0.2817188376 * v[1] + 0.6299787005 * v[2]);
    out[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    out[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    out[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
}

static double apart(pv_rgb a, pv_rgb b)
{
    double least = 1e9;

    for (int i = 0; i < 4; i++) {
        double x[3], y[3], d = 0;

        oklab(a, i, x);
        oklab(b, i, y);
        for (int k = 0; k < 3; k++)
            d += (x[k] - y[k]) * (x[k] - y[k]);
        least = fmin(least, 100 * sqrt(d));
    }
    return least;
}

/* ---- claims ---- */

static void reads(const pv_paint *p, double least)
{
    if (contrast(p->light, p->ink_light) < least ||
        contrast(p->dark, p->ink_dark) < least)
        fail_msg("%s: %06x on %06x %.2f, %06x on %06x %.2f", p->name,
                 (unsigned)p->ink_light, (unsigned)p->light,
                 contrast(p->light, p->ink_light), (unsigned)p->ink_dark,
                 (unsigned)p->dark, contrast(p->dark, p->ink_dark));
}

static void palette__text_reads_on_every_fill(void **state)
{
    (void)state;
    for (unsigned i = PV_P_SMALL; i < PV_FIXED_PAINTS; i++)
        reads(&pv_fixed_paints[i], 4.5);
    for (unsigned i = 0; i < 3; i++)
        assert_true(contrast(pv_fixed_paints[PV_P_ORIGIN + i].light,
                             pv_fixed_paints[PV_P_ORIGIN + i].ink_light) >= 7);
    for (unsigned i = 0; i < PV_HEAT_STEPS; i++)
        reads(&pv_heat_paints[i], 4.5);
    reads(&pv_plain_paint, 4.5);
    for (uint32_t i = 0; i < PV_PACKAGE_HUES; i++) {
        pv_paint p = pv_package_paint(i);

        reads(&p, 4.5);
    }
    for (unsigned range = PV_COLORS_HOT; range <= PV_COLORS_ORANGE; range++)
        for (uint32_t hash = 0; hash < 16; hash++) {
            pv_paint p = pv_range_paint((pv_colors)range, hash);

            reads(&p, 4.5);
        }
}

static void palette__captions_and_borders_read(void **state)
{
    static const unsigned inks[] = {PV_P_INK, PV_P_INK2, PV_P_INK3};
    const pv_paint *f = pv_fixed_paints;

    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (unsigned bg = 0; bg < 2; bg++) {
            const pv_paint *under = &f[bg ? PV_P_PANEL : PV_P_BG];

            assert_true(contrast(f[inks[i]].light, under->light) >= 4.5);
            assert_true(contrast(f[inks[i]].dark, under->dark) >= 4.5);
        }
    assert_true(contrast(f[PV_P_LINE2].light, f[PV_P_BG].light) >= 3);
    assert_true(contrast(f[PV_P_LINE2].dark, f[PV_P_BG].dark) >= 3);
}

static void palette__origins_stay_apart(void **state)
{
    (void)state;
    for (unsigned a = 0; a < 21; a++)
        for (unsigned b = a - a % 3 + 3; b < 21; b++) {
            const pv_paint *x = &pv_fixed_paints[PV_P_ORIGIN + a];
            const pv_paint *y = &pv_fixed_paints[PV_P_ORIGIN + b];
            double least = a % 3 == 0 && b % 3 == 0 ? 7 : 5;

            if (apart(x->light, y->light) < least ||
                apart(x->dark, y->dark) < least)
                fail_msg("%s and %s: %.2f %.2f", x->name, y->name,
                         apart(x->light, y->light), apart(x->dark, y->dark));
        }
}

static void palette__luminance_is_that_of_wcag(void **state)
{
    (void)state;
    for (unsigned i = 0; i < PV_FIXED_PAINTS; i++)
        assert_true(fabs(pv_luminance(pv_fixed_paints[i].light) / 65535.0 -
                         luminance(pv_fixed_paints[i].light)) < 0.0001);
}

/* Checked against the real program. */
static void palette__classic_colours(void **state)
{
    double v = pv_name_seeded(PV_STR("main")), w;

    (void)state;
    assert_int_equal(pv_range_colour(PV_COLORS_HOT, v, v, v),
                     243 << 16 | 179 << 8 | 42);
    v = pv_name_seeded(PV_STR("apply"));
    assert_int_equal(pv_range_colour(PV_COLORS_HOT, v, v, v),
                     210 << 16 | 25 << 8 | 6);
    pv_name_hashed(PV_STR("apply"), &v, &w);
    assert_int_equal(pv_range_colour(PV_COLORS_HOT, v, w, w),
                     240 << 16 | 150 << 8 | 39);
    pv_name_hashed(PV_STR("main"), &v, &w);
    assert_int_equal(pv_range_colour(PV_COLORS_HOT, v, w, w),
                     247 << 16 | 83 << 8 | 46);
    assert_int_equal(pv_range_colour(PV_COLORS_JAVA, 0, 0, 0), 0);
    assert_int_equal(pv_delta_colour(10, 10), 0xff0000);
    assert_int_equal(pv_delta_colour(7, 10), 0xff3f3f);
    assert_int_equal(pv_delta_colour(4, 10), 0xff7e7e);
    assert_int_equal(pv_delta_colour(-10, 10), 0x0000ff);
    assert_int_equal(pv_delta_colour(0, 10), 0xffffff);
}

static const struct {
    pv_colors colors;
    const char *name;
    pv_colors range;
} multi[] = {
    {PV_COLORS_JAVA, "java/util/HashMap", PV_COLORS_GREEN},
    {PV_COLORS_JAVA, "Ljava/util/HashMap", PV_COLORS_GREEN},
    {PV_COLORS_JAVA, "xjava/util", PV_COLORS_RED},
    {PV_COLORS_JAVA, "a:::b", PV_COLORS_GREEN},
    {PV_COLORS_JAVA, "a::b", PV_COLORS_YELLOW},
    {PV_COLORS_JAVA, "a_[i]", PV_COLORS_AQUA},
    {PV_COLORS_JAVA, "read_[k]", PV_COLORS_ORANGE},
    {PV_COLORS_JS, "a/b_[j]", PV_COLORS_GREEN},
    {PV_COLORS_JS, "b_[j]", PV_COLORS_AQUA},
    {PV_COLORS_JS, "/app/x.js:1", PV_COLORS_GREEN},
    {PV_COLORS_JS, "Builtin:x", PV_COLORS_AQUA},
    {PV_COLORS_JS, " ", PV_COLORS_GREEN},
    {PV_COLORS_JS, "read_[k]", PV_COLORS_ORANGE},
    {PV_COLORS_PERL, "Perl_run", PV_COLORS_GREEN},
    {PV_COLORS_PERL, "x.pl", PV_COLORS_GREEN},
    {PV_COLORS_PERL, "main", PV_COLORS_RED},
    {PV_COLORS_WAKEUP, "x", PV_COLORS_AQUA},
    {PV_COLORS_CHAIN, "x_[w]", PV_COLORS_AQUA},
    {PV_COLORS_CHAIN, "x", PV_COLORS_BLUE},
    {PV_COLORS_MEM, "x", PV_COLORS_MEM},
};

static void palette__names_choose_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof multi / sizeof *multi; i++)
        assert_int_equal(pv_range_of(multi[i].colors, pv_str_of(multi[i].name)),
                         multi[i].range);
}

static void palette__heat_steps(void **state)
{
    (void)state;
    assert_int_equal(pv_rgb_of(PV_STR("#12aBcF")), 0x12abcf);
    assert_int_equal(pv_rgb_of(PV_STR("#12a")), 0);
    assert_int_equal(pv_heat_step(0, 1000), 0);
    assert_int_equal(pv_heat_step(1, 1000), 0);
    assert_int_equal(pv_heat_step(2, 1000), 1);
    assert_int_equal(pv_heat_step(10, 1000), 2);
    assert_int_equal(pv_heat_step(199, 1000), 4);
    assert_int_equal(pv_heat_step(200, 1000), 5);
    assert_int_equal(pv_heat_step(1, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(palette__text_reads_on_every_fill),
        cmocka_unit_test(palette__captions_and_borders_read),
        cmocka_unit_test(palette__origins_stay_apart),
        cmocka_unit_test(palette__luminance_is_that_of_wcag),
        cmocka_unit_test(palette__classic_colours),
        cmocka_unit_test(palette__names_choose_ranges),
        cmocka_unit_test(palette__heat_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
