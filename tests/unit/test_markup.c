/* SPDX-License-Identifier: MIT */
/* markup: escaped for where the text stands, in both dialects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "markup.h"

typedef struct bench {
    pv_sink *sink;
    pv_markup m;
} bench;

static void begin(bench *b, pv_dialect d)
{
    b->sink = pv_sink_memory(NULL);
    assert_non_null(b->sink);
    pv_markup_init(&b->m, b->sink, d);
}

static void end(bench *b, const char *expected)
{
    pv_bytes got;

    pv_markup_done(&b->m);
    assert_int_equal(b->sink->first.code, PV_OK);
    got = pv_sink_memory_bytes(b->sink);
    assert_int_equal(got.n, strlen(expected));
    assert_memory_equal(got.p, expected, got.n);
    pv_sink_discard(b->sink);
}

static void end_failed(bench *b)
{
    pv_markup_done(&b->m);
    assert_int_equal(b->sink->first.code, PV_E_BUG);
    pv_sink_discard(b->sink);
}

static const struct {
    const char *in;
    size_t n;
    const char *text, *attr, *json;
} escapes[] = {
    {"a<b>&\"c'", 8, "a&lt;b&gt;&amp;\"c'", "a&lt;b&gt;&amp;&quot;c'",
     "\"a\\u003cb\\u003e\\u0026\\\"c'\""},
    {"]]>", 3, "]]&gt;", "]]&gt;", "\"]]\\u003e\""},
    {"a\tb\nc", 5, "a\tb\nc", "a&#9;b&#10;c", "\"a\\tb\\nc\""},
    {"a\rb", 3, "a&#13;b", "a&#13;b", "\"a\\rb\""},
    {"\0\x1b\x7f", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
     "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    {"\xc2\x80\xc2\xa0\xff", 5, "\xef\xbf\xbd\xc2\xa0\xef\xbf\xbd",
     "\xef\xbf\xbd\xc2\xa0\xef\xbf\xbd",
     "\"\xef\xbf\xbd\xc2\xa0\xef\xbf\xbd\""},
    {"\xef\xbf\xbe\xed\xa0\x80z", 7,
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz",
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz",
     "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\""},
    {"\\ \xe2\x80\xae\xf0\x9f\x94\xa5", 9, "\\ \xef\xbf\xbd\xf0\x9f\x94\xa5",
     "\\ \xef\xbf\xbd\xf0\x9f\x94\xa5", "\"\\\\ \\u202e\xf0\x9f\x94\xa5\""},
    {"", 0, "", "", "\"\""},
};

static void markup__text_is_escaped(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        pv_str in = {escapes[i].in, escapes[i].n};
        char want[256];
        bench b;

        begin(&b, PV_XML);
        pv_markup_open(&b.m, "p");
        pv_markup_text(&b.m, in);
        pv_markup_shut(&b.m);
        snprintf(want, sizeof want, "<p>%s</p>", escapes[i].text);
        end(&b, want);
        begin(&b, PV_XML);
        pv_markup_open(&b.m, "p");
        pv_markup_attr(&b.m, "a", in);
        pv_markup_shut(&b.m);
        snprintf(want, sizeof want, "<p a=\"%s\"/>", escapes[i].attr);
        end(&b, want);
        begin(&b, PV_HTML5);
        pv_markup_open(&b.m, "script");
        pv_markup_json_string(&b.m, in);
        pv_markup_shut(&b.m);
        snprintf(want, sizeof want, "<script>%s</script>", escapes[i].json);
        end(&b, want);
    }
}

static void markup__html_spells_elements_its_way(void **state)
{
    bench b;

    (void)state;
    begin(&b, PV_HTML5);
    pv_markup_prologue(&b.m);
    pv_markup_open(&b.m, "p");
    pv_markup_open(&b.m, "br");
    pv_markup_shut(&b.m);
    pv_markup_open(&b.m, "i");
    pv_markup_shut(&b.m);
    pv_markup_open(&b.m, "svg");
    pv_markup_open(&b.m, "rect");
    pv_markup_attr_cpx(&b.m, "x", -1250);
    pv_markup_attr_int(&b.m, "y", 7);
    pv_markup_shut(&b.m);
    pv_markup_shut(&b.m);
    pv_markup_open(&b.m, "b");
    pv_markup_shut(&b.m);
    pv_markup_shut(&b.m);
    end(&b, "<!DOCTYPE html>\n<p><br><i></i>"
            "<svg><rect x=\"-12.5\" y=\"7\"/></svg><b></b></p>");
}

static void markup__cdata_is_split_over_calls(void **state)
{
    bench b;

    (void)state;
    begin(&b, PV_XML);
    pv_markup_open(&b.m, "script");
    pv_markup_verbatim(&b.m, PV_STR("a<b]"));
    pv_markup_verbatim(&b.m, PV_STR("]"));
    pv_markup_verbatim(&b.m, PV_STR(">c]]]>]>"));
    pv_markup_shut(&b.m);
    end(&b, "<script><![CDATA[a<b]]]]><![CDATA[>c]]]]]><![CDATA[>]>]]>"
            "</script>");
}

static void markup__misuse_fails_the_sink(void **state)
{
    bench b;

    (void)state;
    begin(&b, PV_HTML5);
    pv_markup_open(&b.m, "style");
    pv_markup_verbatim(&b.m, PV_STR("a{} </style>"));
    pv_markup_shut(&b.m);
    end_failed(&b);
    begin(&b, PV_HTML5);
    pv_markup_open(&b.m, "script");
    pv_markup_text(&b.m, PV_STR("x"));
    pv_markup_shut(&b.m);
    end_failed(&b);
    begin(&b, PV_XML);
    pv_markup_open(&b.m, "a");
    end_failed(&b);
    begin(&b, PV_XML);
    pv_markup_shut(&b.m);
    end_failed(&b);
    begin(&b, PV_XML);
    pv_markup_open(&b.m, "a");
    pv_markup_text(&b.m, PV_STR("x"));
    pv_markup_attrs(&b.m, "b", "c");
    pv_markup_shut(&b.m);
    end_failed(&b);
}

static void markup__long_text_passes_the_buffer(void **state)
{
    enum { LONG = 3 * PV_MARKUP_BUFFER + 17 };
    static char text[LONG + 1], want[LONG + 16];
    bench b;

    (void)state;
    memset(text, 'x', LONG);
    snprintf(want, sizeof want, "<p>%s</p>", text);
    begin(&b, PV_XML);
    pv_markup_open(&b.m, "p");
    pv_markup_text(&b.m, pv_str_of(text));
    pv_markup_shut(&b.m);
    end(&b, want);
}

/* Several pages in one document: ids and what refers to them. */
static void markup__prefixes_ids(void **state)
{
    bench b;

    (void)state;
    begin(&b, PV_HTML5);
    b.m.prefix = PV_STR("cpu-");
    pv_markup_open(&b.m, "a");
    pv_markup_attrs(&b.m, "id", "x");
    pv_markup_attrs(&b.m, "class", "x");
    pv_markup_attrs(&b.m, "aria-labelledby", "x y");
    pv_markup_attrs(&b.m, "href", "#x");
    pv_markup_shut(&b.m);
    pv_markup_open(&b.m, "a");
    pv_markup_attrs(&b.m, "href", "#s=x");
    pv_markup_shut(&b.m);
    pv_markup_open(&b.m, "a");
    pv_markup_attrs(&b.m, "href", "##index");
    pv_markup_shut(&b.m);
    pv_markup_open(&b.m, "a");
    pv_markup_attrs(&b.m, "href", "x.html#y");
    pv_markup_shut(&b.m);
    end(&b, "<a id=\"cpu-x\" class=\"x\" aria-labelledby=\"cpu-x cpu-y\""
            " href=\"#cpu-x\"></a><a href=\"#cpu&amp;s=x\"></a>"
            "<a href=\"#index\"></a><a href=\"x.html#y\"></a>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup__prefixes_ids),
        cmocka_unit_test(markup__text_is_escaped),
        cmocka_unit_test(markup__html_spells_elements_its_way),
        cmocka_unit_test(markup__cdata_is_split_over_calls),
        cmocka_unit_test(markup__misuse_fails_the_sink),
        cmocka_unit_test(markup__long_text_passes_the_buffer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
