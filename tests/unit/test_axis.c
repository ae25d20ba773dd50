/* SPDX-License-Identifier: MIT */
/* axis: where ticks stand and what is written at them. */
#include "testing.h"

#include "axis.h"

static void check_size(int64_t peak)
{
    pv_size_axis a = pv_size_axis_of(peak);
    int64_t ticks = a.top / a.step + 1;
    char text[PV_NUMBER_MAX];

    assert_true(a.step > 0 && (a.step & (a.step - 1)) == 0);
    assert_int_equal(a.top % a.step, 0);
    assert_in_range(ticks, 4, 6);
    assert_true((double)peak <= 0.89 * (double)a.top);
    assert_int_equal(pv_size_label(&a, 0, text), 1);
    assert_int_equal(text[0], '0');
    for (int64_t v = a.step;; v += a.step) {
        size_t n = pv_size_label(&a, v, text), unit = strlen(a.unit_name);

        assert_true(n > unit);
        assert_memory_equal(text + n - unit, a.unit_name, unit);
        if (v == a.top)
            return;
    }
}

static void axis__sizes_leave_room_above_the_peak(void **state)
{
    (void)state;
    for (int64_t peak = 0; peak < 5000; peak++)
        check_size(peak);
    for (int64_t peak = 5000; peak < PV_AXIS_MOST / 8 * 7; peak += peak / 7)
        check_size(peak);
    check_size(PV_AXIS_MOST);
}

static void size_says(int64_t peak, int64_t step, const char *top)
{
    pv_size_axis a = pv_size_axis_of(peak);
    char text[PV_NUMBER_MAX + 1] = "";

    text[pv_size_label(&a, a.top, text)] = '\0';
    assert_int_equal(a.step, step);
    assert_string_equal(text, top);
}

static void axis__one_unit_by_the_peak(void **state)
{
    const int64_t mib = 1 << 20;

    (void)state;
    size_says(1037 * mib, 256 * mib, "1,280 MiB");
    size_says(4095 * mib, 1024 * mib, "5,120 MiB");
    size_says(4096 * mib, 1024 * mib, "5 GiB");
    size_says(mib, mib / 4, "1.25 MiB");
    size_says(0, 1, "3 B");
    size_says(500 * 1024, 128 * 1024, "640 KiB");
}

static void time_says(int64_t span, int64_t tick, const char *want)
{
    pv_time_axis a = pv_time_axis_of(span, 12);
    char text[PV_NUMBER_MAX + 1] = "";

    text[pv_time_label(&a, tick * a.step, text)] = '\0';
    assert_string_equal(text, want);
}

static void axis__times_as_people_read_them(void **state)
{
    const int64_t s = 1000000000;

    (void)state;
    time_says(10 * s, 3, "3 s");
    time_says(120 * s, 2, "20 s");
    time_says(121 * s, 3, "1:00");
    time_says(3600 * s, 3, "15:00");
    time_says(2 * 3600 * s + 1, 5, "1:40");
    time_says(s / 2, 1, "0.05 s");
    time_says(5000, 1, "500 ns");
    time_says(100 * 3600 * s, 1, "12:00");
    for (int64_t span = 1; span < INT64_MAX / 3; span *= 3) {
        pv_time_axis a = pv_time_axis_of(span, 12);

        assert_true(a.step > 0);
        assert_true(span / a.step <= 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axis__sizes_leave_room_above_the_peak),
        cmocka_unit_test(axis__one_unit_by_the_peak),
        cmocka_unit_test(axis__times_as_people_read_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
