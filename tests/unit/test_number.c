/* SPDX-License-Identifier: MIT */
/* Numbers: read exactly, written exactly, rounded for people as promised. */
#include "testing.h"

#include "number.h"

static void number__decimal_keeps_every_digit(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t v;
        int exponent;
    } rows[] = {
        {"3", true, 3, 0},
        {"2.5", true, 25, 1},
        {"5.", true, 5, 0},
        {"0.100", true, 1, 1},
        {"10.0", true, 10, 0},
        {".5", false, 0, 0},
        {"-3", false, 0, 0},
        {"1e3", false, 0, 0},
        {"1.2.3", false, 0, 0},
        {"", false, 0, 0},
        {"100", true, 100, 0},
        {"9223372036854775807", true, INT64_MAX, 0},
        {"9223372036854775808", false, 0, 0},
        {"0.000000001", true, 1, 9},
        {"0.0000000001", false, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t v = 0;
        uint8_t e = 0;
        bool overflow;
        bool ok = pv_parse_decimal(pv_str_of(rows[i].text), &v, &e, &overflow);

        if (ok != rows[i].ok ||
            (ok && (v != rows[i].v || e != rows[i].exponent)))
            fail_msg("row %zu: '%s'", i, rows[i].text);
    }
}

static void number__scaled_rounds_half_to_even(void **state)
{
    static const struct {
        const char *text;
        unsigned places;
        bool ok;
        int64_t v;
    } rows[] = {
        {"1.5", 9, true, 1500000000},
        {"1e-9", 9, true, 1},
        {"0.0000000005", 9, true, 0},
        {"0.0000000015", 9, true, 2},
        {"0.00000000050001", 9, true, 1},
        {"-0.25", 2, true, -25},
        {"1e-07", 9, true, 100},
        {"3.41e-07", 9, true, 341},
        {"1e30", 0, false, 0},
        {"0e99999", 0, true, 0},
        {"1e-99999", 9, true, 0},
        {"abc", 0, false, 0},
        {"", 0, false, 0},
        {"1.2.3", 0, false, 0},
        {"12.", 1, true, 120},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t v = 0;
        bool ok = pv_parse_scaled(pv_str_of(rows[i].text), rows[i].places, &v);

        if (ok != rows[i].ok || (ok && v != rows[i].v))
            fail_msg("row %zu: '%s' gives %lld", i, rows[i].text, (long long)v);
    }
}

static void number__seconds_become_nanoseconds(void **state)
{
    int64_t ns;

    (void)state;
    assert_true(pv_seconds_to_ns(3.366e-06, &ns));
    assert_int_equal(ns, 3366);
    assert_true(pv_seconds_to_ns(1795248454.5, &ns));
    assert_int_equal(ns, INT64_C(1795248454500000000));
    assert_true(pv_seconds_to_ns(-0.5, &ns));
    assert_int_equal(ns, -500000000);
    assert_false(pv_seconds_to_ns(1e300, &ns));
    assert_false(pv_seconds_to_ns(0.0 / (ns == 0 ? 1.0 : 0.0), &ns));
}

static void number__residues_order_what_rounding_made_equal(void **state)
{
    static const double rising[] = {0x1p-80, 1e-10, 4.9e-10};
    int64_t at_one = pv_seconds_residue(1e-9, 1);

    (void)state;
    assert_true(pv_seconds_residue(0, 0) == 0);
    assert_true(pv_seconds_residue(-0.0, 0) == 0);
    assert_true(at_one == 0);
    for (size_t i = 0; i < 3; i++) {
        double v = rising[i], less = i ? rising[i - 1] : 0;

        assert_true(pv_seconds_residue(v, 0) > pv_seconds_residue(less, 0));
        assert_true(pv_seconds_residue(-v, 0) < pv_seconds_residue(-less, 0));
    }
    assert_true(pv_seconds_residue(1.2e-9, 1) > at_one);
    assert_true(pv_seconds_residue(0.8e-9, 1) < at_one);
    assert_true(pv_seconds_residue(0.1 + 0.2, 300000000) >
                pv_seconds_residue(0.3, 300000000));
}

typedef size_t writer(char *out, int64_t v);

static size_t ascii_duration(char *out, int64_t v)
{
    return pv_write_duration(out, v, (pv_number_style){.ascii = true});
}

static size_t ascii_bytes(char *out, int64_t v)
{
    return pv_write_bytes(out, v, (pv_number_style){.ascii = true});
}

static size_t grouped(char *out, int64_t v)
{
    return pv_write_grouped(out, v, 0);
}

static size_t fixed9(char *out, int64_t v)
{
    return pv_write_fixed(out, v, 9);
}

static size_t share_of_10000(char *out, int64_t v)
{
    return pv_write_percent(out, v, 10000, (pv_number_style){.ascii = true});
}

static size_t share_of_million(char *out, int64_t v)
{
    return pv_write_percent(out, v, 1000000, (pv_number_style){.ascii = true});
}

static void number__texts_for_people(void **state)
{
    static const struct {
        writer *write;
        int64_t v;
        const char *text;
    } rows[] = {
        {ascii_duration, 0, "0 s"},
        {ascii_duration, 999, "999 ns"},
        {ascii_duration, 1000, "1.00 us"},
        {ascii_duration, 83000000, "83.0 ms"},
        {ascii_duration, 999999, "1.00 ms"},
        {ascii_duration, 10150000000, "10.2 s"},
        {ascii_duration, -2500000000, "-2.50 s"},
        {ascii_duration, 125000000000, "2 min 05 s"},
        {ascii_duration, 119600000000, "2 min 00 s"},
        {ascii_duration, 60000000000, "1 min 00 s"},
        {ascii_duration, 59990000000, "1 min 00 s"},
        {ascii_duration, 59940000000, "59.9 s"},
        {ascii_duration, 9996000, "10.0 ms"},
        {ascii_duration, INT64_C(3720000000000), "1 h 02 min"},
        {ascii_bytes, INT64_C(3) << 40, "3.00 TiB"},
        {ascii_bytes, INT64_MAX, "8.00 EiB"},
        {ascii_bytes, 0, "0 B"},
        {ascii_bytes, 1023, "1,023 B"},
        {ascii_bytes, 1024, "1.00 KiB"},
        {ascii_bytes, 320 << 20, "320 MiB"},
        {ascii_bytes, INT64_C(1037) << 20, "1.01 GiB"},
        {grouped, 1234567, "1,234,567"},
        {grouped, -123, "-123"},
        {grouped, 999, "999"},
        {fixed9, 3366, "0.000003366"},
        {fixed9, -1, "-0.000000001"},
        {fixed9, INT64_MIN + 1, "-9223372036.854775807"},
        {share_of_10000, 10000, "100%"},
        {share_of_10000, 9996, "100%"},
        {share_of_10000, 5652, "56.5%"},
        {share_of_10000, 1000, "10.0%"},
        {share_of_10000, 424, "4.24%"},
        {share_of_10000, 0, "0%"},
        {share_of_million, 300, "0.03%"},
        {share_of_million, 1000, "0.10%"},
        {share_of_million, 1, "0.0001%"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[PV_NUMBER_MAX] = "";
        size_t n = rows[i].write(out, rows[i].v);

        out[n] = '\0';
        assert_string_equal(out, rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number__decimal_keeps_every_digit),
        cmocka_unit_test(number__scaled_rounds_half_to_even),
        cmocka_unit_test(number__seconds_become_nanoseconds),
        cmocka_unit_test(number__residues_order_what_rounding_made_equal),
        cmocka_unit_test(number__texts_for_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
