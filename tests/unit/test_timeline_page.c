/* SPDX-License-Identifier: MIT */
/* timeline: pages of a report hold no style and no script; whichever
 * allocation fails with several runs, it says so and leaves nothing behind. */
#include "testing.h"

#include <stdio.h>

#include "mem.h"
#include "profviz/profviz.h"
#include "site.h"
#include "timeline.h"

static const char first[] = "CMDLINE python3 a.py\n"
                            "FUNC m.f 1.0 1795248456.1 9.0 1795248456.6 0\n"
                            "MEM 10.0 1795248456.0\n"
                            "CHLD 7 3.0 1795248456.0\n"
                            "MEM 20.0 1795248456.2\n"
                            "CHLD 7 4.0 1795248456.2\n"
                            "MEM 15.0 1795248456.4\n"
                            "MEM 16.0 1795248456.6\n"
                            "MEM 17.0 1795248456.8\n"
                            "MEM 18.0 1795248457.0\n"
                            "MEM 19.0 1795248457.2\n";
static const char second[] = "CMDLINE python3 b.py\n"
                             "MEM 12.0 1795249456.0\n"
                             "MEM 11.0 1795249456.5\n";

static pv_profile *load(const char *text, size_t n)
{
    pv_read_options how = {.limits = PV_LIMITS_DEFAULT};
    pv_bytes data = {(const uint8_t *)text, n - 1};
    pv_profile *p = pv_load_bytes(data, PV_STR("x"), &how, NULL);

    assert_non_null(p);
    return p;
}

/* The output, or NULL and *err. */
static pv_sink *draw(pv_profile *const inputs[2], pv_medium medium,
                     const pv_site *site, pv_error *err)
{
    static const pv_timeline_options o = {
        .width = 1200, .scale = 1, .slope = true, .compare = true};
    const pv_str paths[] = {PV_STR("a.dat"), PV_STR("b.dat")};
    const pv_profile *both[] = {inputs[0], inputs[1]};
    pv_job job = {.inputs = both,
                  .count = 2,
                  .paths = paths,
                  .paths_len = 2,
                  .options = &o,
                  .style = {.unicode = true},
                  .medium = medium,
                  .site = site};
    pv_sink *out = pv_sink_memory(err);

    if (out && pv_renderer_timeline.render(&job, out, err) && !out->first.code)
        return out;
    if (out && err->code == PV_OK)
        *err = out->first;
    if (out)
        pv_sink_discard(out);
    return NULL;
}

static bool holds(pv_sink *out, const char *what)
{
    pv_bytes b = pv_sink_memory_bytes(out);
    size_t n = strlen(what);

    for (size_t i = 0; i + n <= b.n; i++)
        if (memcmp(b.p + i, what, n) == 0)
            return true;
    return false;
}

static const pv_link up = {PV_STR_INIT("Report"), PV_STR_INIT("index.html")};

static void timeline__a_page_of_a_site_holds_no_code(void **state)
{
    static const char *const banned[] = {"<style",      " style=", "<script>",
                                         "javascript:", "onclick", "function("};
    const pv_site site = {.css = PV_STR("assets/r.css"),
                          .js = PV_STR("assets/r.js"),
                          .icon = PV_STR("assets/icon.svg"),
                          .crumbs = &up,
                          .crumbs_len = 1};
    pv_profile *inputs[] = {load(first, sizeof first),
                            load(second, sizeof second)};
    pv_error err = {0};
    pv_sink *out = draw(inputs, PV_M_HTML, &site, &err);

    (void)state;
    assert_non_null(out);
    for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++)
        if (holds(out, banned[i]))
            fail_msg("a page of a site holds '%s'", banned[i]);
    assert_true(holds(out, "href=\"assets/r.css\""));
    assert_true(holds(out, "src=\"assets/r.js\""));
    assert_true(holds(out, "href=\"index.html\""));
    assert_true(holds(out, "id=\"tl-data\""));
    pv_sink_discard(out);
    pv_profile_free(inputs[0]);
    pv_profile_free(inputs[1]);
}

static void timeline__ids_of_a_section_have_its_prefix(void **state)
{
    const pv_site site = {.prefix = PV_STR("mem-")};
    pv_profile *inputs[] = {load(first, sizeof first),
                            load(second, sizeof second)};
    pv_error err = {0};
    pv_sink *out = draw(inputs, PV_M_HTML, &site, &err);

    (void)state;
    assert_non_null(out);
    assert_false(holds(out, "<html"));
    assert_true(holds(out, "id=\"mem-tl\""));
    assert_true(holds(out, "id=\"mem-a-tl\""));
    assert_true(holds(out, "id=\"mem-tl-data\""));
    assert_true(holds(out, "id=\"mem-tl-live\""));
    assert_true(holds(out, "id=\"mem-figures\""));
    assert_false(holds(out, "id=\"tl"));
    pv_sink_discard(out);
    pv_profile_free(inputs[0]);
    pv_profile_free(inputs[1]);
}

static void timeline__several_runs_say_that_memory_ran_out(void **state)
{
    static const pv_medium media[] = {PV_M_SVG, PV_M_HTML, PV_M_TXT, PV_M_JSON};
    pv_profile *inputs[] = {load(first, sizeof first),
                            load(second, sizeof second)};

    (void)state;
    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++) {
        pv_sink *out = NULL;

        for (int64_t n = 0; !out && n < 100000; n++) {
            pv_error err = {0};

            pv_mem_fail_after(n);
            out = draw(inputs, media[i], NULL, &err);
            pv_mem_fail_after(-1);
            if (!out)
                assert_int_equal(err.code, PV_E_NOMEM);
        }
        assert_non_null(out);
        pv_sink_discard(out);
    }
    pv_profile_free(inputs[0]);
    pv_profile_free(inputs[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timeline__a_page_of_a_site_holds_no_code),
        cmocka_unit_test(timeline__ids_of_a_section_have_its_prefix),
        cmocka_unit_test(timeline__several_runs_say_that_memory_ran_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
