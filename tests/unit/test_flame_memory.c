/* SPDX-License-Identifier: MIT */
/* flame: whichever allocation fails, it says so and leaves nothing behind;
 * for the options that the law over all renderers does not give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "flame.h"
#include "mem.h"
#include "palette.h"
#include "profviz/profviz.h"

static const char text[] = "main;a (x.py:1);b 30\n"
                           "main;a (x.py:2);c;c;c 20\n"
                           "main;d 4\n"
                           "main;e 1\n";

static const pv_flame_options presets = {
    .width = 1200, .height = 18, .fontsize = 12000, .fontwidth = 590};

static pv_profile *load(bool classic)
{
    pv_read_options how = {.limits = PV_LIMITS_DEFAULT, .classic = classic};
    pv_bytes data = {(const uint8_t *)text, sizeof text - 1};
    pv_profile *p = pv_load_bytes(data, PV_STR("x"), &how, NULL);

    assert_non_null(p);
    return p;
}

static bool draw(const pv_profile *p, const pv_flame_options *o, pv_medium m,
                 pv_error *err)
{
    pv_str path = PV_STR("x.folded");
    pv_job job = {.inputs = &p,
                  .count = 1,
                  .paths = &path,
                  .paths_len = 1,
                  .options = o,
                  .medium = m};
    pv_sink *out = pv_sink_memory(err);
    bool ok;

    if (!out)
        return false;
    ok = pv_renderer_flame.render(&job, out, err);
    if (ok && out->first.code) {
        *err = out->first;
        ok = false;
    }
    pv_sink_discard(out);
    return ok;
}

static void starve(pv_flame_options o, pv_medium m)
{
    pv_profile *p = load(o.classic);
    bool ok = false;

    for (int64_t n = 0; !ok && n < 100000; n++) {
        pv_error err = {0};

        pv_mem_fail_after(n);
        ok = draw(p, &o, m, &err);
        pv_mem_fail_after(-1);
        if (!ok)
            assert_int_equal(err.code, PV_E_NOMEM);
    }
    assert_true(ok);
    pv_profile_free(p);
}

static void flame__classic_says_that_memory_ran_out(void **state)
{
    pv_flame_options o = presets;

    (void)state;
    o.classic = true;
    starve(o, PV_M_SVG);
    o.hash = o.inverted = true;
    starve(o, PV_M_SVG);
}

static void flame__views_say_that_memory_ran_out(void **state)
{
    static const char *const views[] = {"callers", "sandwich=c"};
    pv_flame_options o = presets;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        o.view = pv_str_of(views[i]);
        starve(o, PV_M_SVG);
    }
}

static void flame__pages_and_pruning_say_that_memory_ran_out(void **state)
{
    pv_flame_options o = presets;

    (void)state;
    o.min_share = PV_STR("10%");
    o.colors = PV_COLORS_PACKAGE;
    starve(o, PV_M_HTML);
    o.colors = PV_COLORS_HOT;
    o.factor = PV_STR("0.5");
    starve(o, PV_M_SVG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flame__classic_says_that_memory_ran_out),
        cmocka_unit_test(flame__views_say_that_memory_ran_out),
        cmocka_unit_test(flame__pages_and_pruning_say_that_memory_ran_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
