/* SPDX-License-Identifier: MIT */
/* JSON, CSV, Markdown and terminal text: the bytes that come out. */
#include "csv.h"
#include "grid.h"
#include "ink.h"
#include "json.h"
#include "md.h"
#include "table.h"
#include "utf8.h"

#include "testing.h"

static pv_sink *memory_sink(void)
{
    pv_error err = {0};
    pv_sink *s = pv_sink_memory(&err);

    assert_non_null(s);
    return s;
}

static void check(pv_sink *s, const char *wanted)
{
    pv_bytes got = pv_sink_memory_bytes(s);

    if (got.n != strlen(wanted) || memcmp(got.p, wanted, got.n) != 0)
        fail_msg("got:\n%.*s\nwanted:\n%s", (int)got.n, (const char *)got.p,
                 wanted);
    pv_sink_discard(s);
}

static const struct {
    const char *name;
    pv_str text;
    const char *json;
} json_texts[] = {
    {"plain", {"a b", 3}, "\"a b\"\n"},
    {"empty", {"", 0}, "\"\"\n"},
    {"quotes", {"\"\\", 2}, "\"\\\"\\\\\"\n"},
    {"controls",
     {"\n\t\r\b\f\x01\x7f", 7},
     "\"\\n\\t\\r\\b\\f\\u0001\\u007f\"\n"},
    {"nul", {"a\0b", 3}, "\"a\\u0000b\"\n"},
    {"no utf-8",
     {"\xff\xed\xa0\x80z", 5},
     "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"\n"},
    {"separators", {"\xE2\x80\xA8", 3}, "\"\\u2028\"\n"},
    {"beyond the plane", {"\xF0\x9F\x90\x8D", 4}, "\"\xF0\x9F\x90\x8D\"\n"},
    {"slash stays", {"</script>", 9}, "\"</script>\"\n"},
};

static void json__text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(json_texts); i++) {
        pv_sink *s = memory_sink();
        pv_json j = PV_JSON(s);

        pv_json_text(&j, json_texts[i].text);
        pv_json_done(&j);
        check(s, json_texts[i].json);
    }
}

static void json__commas_and_lines(void **state)
{
    pv_sink *s = memory_sink();
    pv_json j = PV_JSON(s);

    (void)state;
    pv_json_object(&j);
    pv_json_key(&j, "a");
    pv_json_array(&j);
    pv_json_end(&j);
    pv_json_key(&j, "b");
    pv_json_array(&j);
    pv_json_line(&j);
    pv_json_int(&j, INT64_MIN);
    pv_json_line(&j);
    pv_json_bool(&j, false);
    pv_json_null(&j);
    pv_json_done(&j);
    check(s, "{\"a\": [], \"b\": [\n  -9223372036854775808,\n  false, "
             "null\n ]}\n");
}

static void json__nesting_is_bounded(void **state)
{
    pv_sink *s = memory_sink();
    pv_json j = PV_JSON(s);

    (void)state;
    for (int i = 0; i < 2 * PV_JSON_DEPTH; i++)
        pv_json_array(&j);
    assert_int_equal(s->first.code, PV_E_BUG);
    pv_sink_discard(s);
}

static const struct {
    const char *name;
    pv_str text;
    const char *csv;
} csv_texts[] = {
    {"plain", {"a b", 3}, "a b,x\n"},
    {"empty", {"", 0}, ",x\n"},
    {"comma", {"a,b", 3}, "\"a,b\",x\n"},
    {"quote", {"a\"b\"", 4}, "\"a\"\"b\"\"\",x\n"},
    {"line end", {"a\nb", 3}, "\"a\nb\",x\n"},
    {"formula", {"=1+2", 4}, "'=1+2,x\n"},
    {"plus", {"+1", 2}, "'+1,x\n"},
    {"minus", {"-1", 2}, "'-1,x\n"},
    {"at", {"@x", 2}, "'@x,x\n"},
    {"tab", {"\tx", 2}, "'\tx,x\n"},
    {"return", {"\rx", 2}, "\"'\rx\",x\n"},
    {"formula inside", {"a=1", 3}, "a=1,x\n"},
    {"formula quoted", {"=\"a\"", 4}, "\"'=\"\"a\"\"\",x\n"},
    {"no utf-8", {"a\xff", 2}, "a\xEF\xBF\xBD,x\n"},
};

static void csv__text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(csv_texts); i++) {
        pv_sink *s = memory_sink();
        pv_csv c = PV_CSV(s);

        assert_true(pv_csv_text(&c, csv_texts[i].text));
        assert_true(pv_csv_text(&c, PV_STR("x")));
        pv_csv_row(&c);
        check(s, csv_texts[i].csv);
    }
}

static void csv__numbers_are_not_guarded(void **state)
{
    pv_sink *s = memory_sink();
    pv_csv c = PV_CSV(s);

    (void)state;
    pv_csv_number(&c, PV_STR("-5"));
    pv_csv_number(&c, PV_STR(""));
    pv_csv_row(&c);
    check(s, "-5,\n");
}

static const struct {
    int64_t v;
    pv_unit unit;
    unsigned exponent;
    const char *text;
} exact[] = {
    {1, PV_NANOSECONDS, 0, "0.000000001"},
    {-1500000000, PV_NANOSECONDS, 0, "-1.500000000"},
    {15, PV_NANOSECONDS, 1, "0.000000002"},
    {25, PV_COUNT, 1, "2.5"},
    {50, PV_COUNT, 1, "5"},
    {INT64_MAX, PV_COUNT, 0, "9223372036854775807"},
    {1049, PV_BYTES, 2, "10"},
};

static void grid__exact_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(exact); i++) {
        char out[64];
        size_t n =
            pv_write_exact(out, exact[i].v, exact[i].unit, exact[i].exponent);

        out[n] = '\0';
        assert_string_equal(out, exact[i].text);
    }
}

static void write_grid(pv_medium medium, const char *wanted)
{
    static const pv_str columns[] = {{"name", 4}, {"self_time", 9}};
    pv_sink *s = memory_sink();
    pv_error err = {0};
    pv_grid g;

    pv_grid_begin(&g, s, medium);
    pv_grid_rows(&g, columns, 2);
    pv_grid_text(&g, PV_STR("=f"));
    pv_grid_value(&g, 5, PV_NANOSECONDS, 0);
    pv_grid_text(&g, PV_STR("g"));
    pv_grid_value(&g, PV_NONE, PV_NANOSECONDS, 0);
    assert_true(pv_grid_end(&g, &err));
    check(s, wanted);
}

static void grid__csv_and_json(void **state)
{
    (void)state;
    write_grid(PV_M_CSV, "name,self_time\n'=f,0.000000005\ng,\n");
    write_grid(PV_M_JSON, "{\"profviz\": 1,\n \"rows\": [\n"
                          "  {\"name\": \"=f\", \"self_time\": 0.000000005},\n"
                          "  {\"name\": \"g\", \"self_time\": null}\n ]\n}\n");
}

static const struct {
    pv_str name;
    const char *md;
} md_names[] = {
    {{"f", 1}, "`f`"},
    {{"", 0}, ""},
    {{"<b>@me", 6}, "`<b>@me`"},
    {{"a|b", 3}, "`a\\|b`"},
    {{"a\\|b", 4}, "`a\\\u00a6b`"},
    {{"a`b", 3}, "``a`b``"},
    {{"`", 1}, "`` ` ``"},
    {{"a\nb", 3},
     "`a\xEF\xBF\xBD"
     "b`"},
};

static void md__names_are_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(md_names); i++) {
        pv_buf b = {0};

        pv_md_code(&b, md_names[i].name);
        pv_buf_char(&b, '\0');
        assert_string_equal(b.p, md_names[i].md);
        pv_buf_done(&b);
    }
}

static const struct {
    const char *text;
    int width;
    bool unicode;
    const char *fitted;
} fits[] = {
    {"abcdef", 6, true, "abcdef"},
    {"abcdefg", 6, true, "abc\u2026fg"},
    {"abcdefg", 6, false, "ab..fg"},
    {"abcdefg", 1, false, "a"},
    {"\u6f22\u5b57\u6f22\u5b57", 7, true, "\u6f22\u2026\u5b57"},
    {"e\u0301e\u0301e\u0301e\u0301", 3, true, "e\u0301\u2026e\u0301"},
};

static void ink__fit_middle(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fits); i++) {
        pv_buf b = {0};

        pv_fit_middle(&b, pv_str_of(fits[i].text), fits[i].width,
                      fits[i].unicode);
        assert_true(pv_text_width(pv_buf_text(&b)) <= (size_t)fits[i].width);
        pv_buf_char(&b, '\0');
        assert_string_equal(b.p, fits[i].fitted);
        pv_buf_done(&b);
    }
}

static void ink__names_turn_no_line(void **state)
{
    pv_buf b = {0};

    (void)state;
    pv_ink_clean(&b, PV_STR("a\u202e\x1b[31m\u2066\n\u00e9"), true);
    pv_buf_char(&b, '\0');
    assert_string_equal(b.p, "a\\u{202E}\xEF\xBF\xBD[31m\\u{2066}"
                             "\xEF\xBF\xBD\u00e9");
    pv_buf_clear(&b);
    pv_ink_clean(&b, PV_STR("\u202e\u00e9"), false);
    pv_buf_char(&b, '\0');
    assert_string_equal(b.p, "\\u{202E}\\u{E9}");
    pv_buf_done(&b);
}

static const struct {
    int64_t part, whole;
    const char *text;
} shares[] = {
    {0, 10, "0%"},      {10, 10, "100%"},      {1, 3, "33.3%"},
    {97, 1000, "9.7%"}, {1, 100000, "<0.1%"},  {-1, 4, "-25.0%"},
    {5, 0, "0%"},       {9996, 10000, "100%"},
};

static void ink__shares(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shares); i++) {
        char out[64];

        out[pv_write_share(out, shares[i].part, shares[i].whole)] = '\0';
        assert_string_equal(out, shares[i].text);
    }
}

static void ink__bars(void **state)
{
    pv_buf b = {0};

    (void)state;
    pv_ink_bar(&b, 5, 16, 8, true);
    pv_ink_bar(&b, 5, 16, 8, false);
    pv_buf_char(&b, '\0');
    assert_string_equal(b.p, "\u2588\u2588\u258c###");
    pv_buf_done(&b);
}

static void fill_table(pv_table *t, const pv_text_style *style, pv_medium m)
{
    pv_table_init(t, style, m);
    pv_table_column(t, (pv_column){.title = PV_STR("self"), .right = true});
    pv_table_column(t, (pv_column){.title = PV_STR(""), .yield = PV_YIELD_BAR});
    pv_table_column(t, (pv_column){.title = PV_STR("total"),
                                   .right = true,
                                   .yield = PV_YIELD_FIGURE});
    pv_table_column(t, (pv_column){.title = PV_STR("%"),
                                   .right = true,
                                   .yield = PV_YIELD_SHARE});
    pv_table_column(t, (pv_column){.title = PV_STR("function"),
                                   .name = true,
                                   .yield = PV_YIELD_NAME});
    pv_table_column(t, (pv_column){.title = PV_STR("defined at"),
                                   .name = true,
                                   .yield = PV_YIELD_PLACE});
    pv_table_text(t, PV_STR("12,345"), PV_INK_PLAIN);
    pv_table_bar(t, 1, 1);
    pv_table_text(t, PV_STR("12,345"), PV_INK_PLAIN);
    pv_table_text(t, PV_STR("100%"), PV_INK_PLAIN);
    pv_table_name(t, PV_STR("shop.orders.apply_promotions_to|all"), PV_INK_OWN);
    pv_table_name(t, PV_STR("shop/orders.py:131"), PV_INK_DIM);
}

static const struct {
    int width;
    const char *text;
} widths[] = {
    {0, "  self             total     %  function                             "
        "defined at\n"
        "12,345  ########  12,345  100%  shop.orders.apply_promotions_to|all"
        "  shop/orders.py:131\n"},
    {77, "  self   total     %  function                             "
         "defined at\n"
         "12,345  12,345  100%  shop.orders.apply_promotions_to|all"
         "  shop/orders.py:131\n"},
    {70, "  self   total     %  function\n"
         "12,345  12,345  100%  shop.orders.apply_promotions_to|all\n"},
    {50, "  self   total     %  function\n"
         "12,345  12,345  100%  shop.orders.a..otions_to|all\n"},
    {40, "  self   total  function\n"
         "12,345  12,345  shop.orders..ions_to|all\n"},
    {20, "  self  function\n12,345  shop...o|all\n"},
    {10, "  self  fu\n12,345  sh\n"},
};

static void table__gives_way_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(widths); i++) {
        pv_text_style style = {.width = widths[i].width};
        pv_sink *s = memory_sink();
        pv_error err = {0};
        pv_table t;

        fill_table(&t, &style, PV_M_TXT);
        assert_true(pv_table_write(&t, s, &err));
        check(s, widths[i].text);
        pv_table_done(&t);
    }
}

static void table__markdown(void **state)
{
    pv_text_style style = {.width = 20};
    pv_sink *s = memory_sink();
    pv_error err = {0};
    pv_table t;

    (void)state;
    fill_table(&t, &style, PV_M_MD);
    assert_true(pv_table_write(&t, s, &err));
    check(s, "| self | total | % | function | defined at |\n"
             "| ---: | ---: | ---: | :--- | :--- |\n"
             "| 12,345 | 12,345 | 100% | "
             "`shop.orders.apply_promotions_to\\|all` | "
             "`shop/orders.py:131` |\n");
    pv_table_done(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json__text),
        cmocka_unit_test(json__commas_and_lines),
        cmocka_unit_test(json__nesting_is_bounded),
        cmocka_unit_test(csv__text),
        cmocka_unit_test(csv__numbers_are_not_guarded),
        cmocka_unit_test(grid__exact_values),
        cmocka_unit_test(grid__csv_and_json),
        cmocka_unit_test(md__names_are_code),
        cmocka_unit_test(ink__fit_middle),
        cmocka_unit_test(ink__names_turn_no_line),
        cmocka_unit_test(ink__shares),
        cmocka_unit_test(ink__bars),
        cmocka_unit_test(table__gives_way_in_order),
        cmocka_unit_test(table__markdown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
