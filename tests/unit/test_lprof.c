/* SPDX-License-Identifier: MIT */
/* Units of lprof files: times in whole nanoseconds. */
#include "testing.h"

#include <stdlib.h>

#include "buf.h"
#include "profviz/format.h"

/* A LineStats of one line, in protocol 0. */
static pv_profile *load(const char *unit, const char *units, pv_error *err)
{
    pv_buf b = {0};
    pv_profile *p;

    pv_buf_format(&b,
                  "ccopy_reg\n_reconstructor\n(cline_profiler._line_profiler\n"
                  "LineStats\nc__builtin__\nobject\nNtR(dS'timings'\n(d(S'a.py'"
                  "\nI1\nS'f'\nt(l(I2\nI1\n%s\ntassS'unit'\nF%s\nsb.",
                  units, unit);
    p = pv_load_bytes((pv_bytes){(const uint8_t *)b.p, b.n}, PV_STR("t.lprof"),
                      NULL, err);
    pv_buf_done(&b);
    return p;
}

static void lprof__time_is_units_times_the_shortest_decimal(void **state)
{
    static const struct {
        const char *unit, *units;
        int64_t ns;
        const char *note;
    } rows[] = {
        {"1e-06", "I7", 7000, "1e-06"},
        {"1e-09", "I7", 7, "1e-09"},
        {"1e-07", "I3", 300, "1e-07"}, /* Windows */
        {"3.41e-07", "I1000000", 341000000, "3.41e-07"},
        {"2.793651148400146e-07", "I1000000", 279365115,
         "2.793651148400146e-07"},
        {"1e-10", "I15", 2, "1e-10"}, /* 1.5 */
        {"1.0", "L9000000000L", INT64_C(9000000000000000000), "1e+00"},
        {"2.0", "I3", 3 * INT64_C(2000000000), "2e+00"},
        {"1e-06", "I-5", -5000, "1e-06"},
        {"1e-06", "F2.5", 2500, "1e-06"},
        {"0.001", "I0", 0, "1e-03"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_error err = {0};
        pv_profile *p = load(rows[i].unit, rows[i].units, &err);

        if (!p)
            print_error("%s %s: %s\n", rows[i].unit, rows[i].units, err.text);
        assert_non_null(p);
        assert_int_equal(p->lines.len, 1);
        assert_int_equal(p->lines.cost[0], 1);
        assert_int_equal(p->lines.cost[1], rows[i].ns);
        assert_true(pv_str_equal(pv_profile_note(p, PV_STR("unit")),
                                 pv_str_of(rows[i].note)));
        pv_profile_free(p);
    }
}

static void lprof__refuses_units_and_times_beyond_measure(void **state)
{
    static const struct {
        const char *unit, *units;
        pv_code code;
    } rows[] = {
        {"0.0", "I1", PV_E_FORMAT},
        {"-1e-06", "I1", PV_E_FORMAT},
        {"nan", "I1", PV_E_FORMAT},
        {"inf", "I1", PV_E_FORMAT},
        {"1.0", "L9300000000L", PV_E_LIMIT},
        {"1e+30", "I1", PV_E_LIMIT},
        {"1e-06", "L99999999999999999999L", PV_E_LIMIT},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_error err = {0};

        assert_null(load(rows[i].unit, rows[i].units, &err));
        assert_int_equal(err.code, rows[i].code);
        assert_true(err.at.has_offset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lprof__time_is_units_times_the_shortest_decimal),
        cmocka_unit_test(lprof__refuses_units_and_times_beyond_measure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
