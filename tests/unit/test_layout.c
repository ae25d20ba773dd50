/* SPDX-License-Identifier: MIT */
/* layout: boxes in preorder, every level sums to its parent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "layout.h"

/* a(100): b(60): d(30), e(1), f(1), g(28); c(39) */
static const uint32_t ends[] = {7, 6, 3, 4, 5, 6, 7};
static const int64_t totals[] = {100, 60, 30, 1, 1, 28, 39};

static const pv_tree tree = {ends, sizeof *ends, totals, 7};

static const pv_layout_spec spec = {.x = 1600,
                                    .width = 100000,
                                    .whole = 100,
                                    .min_value = 1,
                                    .max_depth = 100,
                                    .max_boxes = 100};

static void check(const pv_layout *l, const char *want)
{
    char got[512];
    size_t n = 0;

    for (size_t i = 0; i < l->boxes.len; i++) {
        const pv_flame_box *b = &l->boxes.at[i];

        n += (size_t)snprintf(got + n, sizeof got - n, "%u@%u %d+%d%s\n",
                              b->node, b->depth, (int)b->x, (int)b->w,
                              b->small ? " small" : "");
    }
    assert_string_equal(got, want);
}

static void layout__preorder_as_the_siblings_stand(void **state)
{
    pv_layout l;

    (void)state;
    assert_true(pv_layout_flame(&l, &tree, &spec));
    check(&l, "0@0 1600+100000\n"
              "1@1 1600+60000\n"
              "2@2 1600+30000\n"
              "3@2 31600+1000\n"
              "4@2 32600+1000\n"
              "5@2 33600+28000\n"
              "6@1 61600+39000\n");
    assert_int_equal(l.levels, 3);
    pv_layout_done(&l);
}

static void layout__largest_first_and_narrow_ones_together(void **state)
{
    pv_layout_spec s = spec;
    pv_layout l;

    (void)state;
    s.by_total = true;
    s.min_value = 2;
    assert_true(pv_layout_flame(&l, &tree, &s));
    check(&l, "0@0 1600+100000\n"
              "1@1 1600+60000\n"
              "2@2 1600+30000\n"
              "5@2 31600+28000\n"
              "3@2 59600+2000 small\n"
              "6@1 61600+39000\n");
    assert_int_equal(l.boxes.at[4].small, 2);
    assert_int_equal(l.boxes.at[4].value, 2);
    pv_layout_done(&l);
    s.lone = true;
    assert_true(pv_layout_flame(&l, &tree, &s));
    assert_int_equal(l.boxes.len, 5);
    pv_layout_done(&l);
}

static void layout__deeper_frames_are_counted(void **state)
{
    pv_layout_spec s = spec;
    pv_layout l;

    (void)state;
    s.max_depth = 1;
    assert_true(pv_layout_flame(&l, &tree, &s));
    check(&l, "0@0 1600+100000\n1@1 1600+60000\n6@1 61600+39000\n");
    assert_int_equal(l.deeper, 60);
    pv_layout_done(&l);
}

static void layout__too_many_boxes_become_fewer(void **state)
{
    enum { N = 5000 };
    uint32_t *end = calloc(N + 1, sizeof *end);
    int64_t *total = calloc(N + 1, sizeof *total), sum = 0;
    pv_tree wide = {end, sizeof *end, total, N + 1};
    pv_layout_spec s = spec;
    pv_layout l;

    (void)state;
    end[0] = N + 1;
    total[0] = N;
    for (uint32_t i = 1; i <= N; i++) {
        end[i] = i + 1;
        total[i] = 1;
    }
    s.whole = N;
    assert_true(pv_layout_flame(&l, &wide, &s));
    assert_int_equal(l.boxes.len, 2);
    for (size_t i = 1; i < l.boxes.len; i++)
        sum += l.boxes.at[i].value;
    assert_int_equal(sum, N);
    pv_layout_done(&l);
    free(end);
    free(total);
}

static void layout__nothing_is_wider_than_its_parent(void **state)
{
    static const int64_t odd[] = {97, 59, 31, 1, 2, 25, 38};
    pv_tree t = {ends, sizeof *ends, odd, 7};
    pv_layout_spec s = spec;
    pv_layout l;

    (void)state;
    s.whole = 97;
    for (s.width = 100; s.width < 90000; s.width += 1370) {
        assert_true(pv_layout_flame(&l, &t, &s));
        for (size_t i = 1; i < l.boxes.len; i++) {
            const pv_flame_box *b = &l.boxes.at[i];

            assert_true(b->w >= 0 && b->x % 10 == 0 && b->w % 10 == 0);
            assert_true(b->x + b->w <= s.x + s.width);
        }
        assert_true(l.boxes.at[1].x + l.boxes.at[1].w == l.boxes.at[6].x);
        pv_layout_done(&l);
    }
}

static void layout__smallest_value_of_a_width(void **state)
{
    (void)state;
    assert_int_equal(pv_flame_value(50, 116800, 1000), 1);
    assert_int_equal(pv_flame_value(50, 116800, 1000000), 429);
    assert_int_equal(pv_flame_value(50, 100000, 1000000), 500);
    assert_int_equal(pv_flame_value(0, 100000, 1000000), 1);
    assert_int_equal(pv_flame_value(50, 116800, INT64_MAX),
                     INT64_C(3948361317146737));
    assert_int_equal(pv_flame_cpx(INT64_MAX, 116800, INT64_MAX), 116800);
    assert_int_equal(pv_flame_cpx(5, 116800, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout__preorder_as_the_siblings_stand),
        cmocka_unit_test(layout__largest_first_and_narrow_ones_together),
        cmocka_unit_test(layout__deeper_frames_are_counted),
        cmocka_unit_test(layout__too_many_boxes_become_fewer),
        cmocka_unit_test(layout__nothing_is_wider_than_its_parent),
        cmocka_unit_test(layout__smallest_value_of_a_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
