/* SPDX-License-Identifier: MIT */
/* The template engine: what pages come out, and each mistake with its place. */
#include "testing.h"

#include "asset.h"
#include "mem.h"
#include "program.h"
#include "template.h"

/* ---- a small model: a file with lines ---- */

typedef struct line {
    int64_t number, ns;
    const char *text, *link;
    bool hot;
} line;

typedef struct file {
    const char *path;
    const line *lines;
    size_t len;
    int64_t size, share;
    const struct file *other;
    const char *json;
} file;

static pv_datum line_number(const void *r)
{
    return pv_datum_int(((const line *)r)->number);
}

static pv_datum line_time(const void *r)
{
    return pv_datum_int(((const line *)r)->ns);
}

static pv_datum line_text(const void *r)
{
    return pv_datum_text(pv_str_of(((const line *)r)->text));
}

static pv_datum line_link(const void *r)
{
    return pv_datum_text(pv_str_of(((const line *)r)->link));
}

static pv_datum line_hot(const void *r)
{
    return pv_datum_bool(((const line *)r)->hot);
}

static const pv_field line_fields[] = {
    {"number", PV_K_INT, NULL, line_number},
    {"time", PV_K_INT, NULL, line_time},
    {"text", PV_K_TEXT, NULL, line_text},
    {"link", PV_K_TEXT, NULL, line_link},
    {"hot", PV_K_BOOL, NULL, line_hot},
    {0},
};
static const pv_record_type line_type = {"line", line_fields};

static const void *line_at(const void *self, size_t i)
{
    return &((const file *)self)->lines[i];
}

static pv_datum file_path(const void *r)
{
    return pv_datum_text(pv_str_of(((const file *)r)->path));
}

static pv_datum file_json(const void *r)
{
    return pv_datum_text(pv_str_of(((const file *)r)->json));
}

static pv_datum file_lines(const void *r)
{
    const file *f = r;

    return (pv_datum){.kind = PV_K_LIST, .as.list = {f, f->len, line_at}};
}

static pv_datum file_size(const void *r)
{
    return pv_datum_int(((const file *)r)->size);
}

static pv_datum file_share(const void *r)
{
    return pv_datum_int(((const file *)r)->share);
}

static pv_datum file_other(const void *r)
{
    return (pv_datum){.kind = PV_K_RECORD,
                      .as.record = ((const file *)r)->other};
}

static void emit(const void *self, pv_markup *out)
{
    pv_markup_open(out, "i");
    pv_markup_text(out, pv_str_of(((const file *)self)->path));
    pv_markup_shut(out);
}

static pv_datum file_graph(const void *r)
{
    return (pv_datum){.kind = PV_K_FRAGMENT, .as.fragment = {r, emit}};
}

static const pv_record_type file_type;
static const pv_field file_fields[] = {
    {"path", PV_K_TEXT, NULL, file_path},
    {"json", PV_K_TEXT, NULL, file_json},
    {"lines", PV_K_LIST, &line_type, file_lines},
    {"size", PV_K_INT, NULL, file_size},
    {"share", PV_K_INT, NULL, file_share},
    {"other", PV_K_RECORD, &file_type, file_other},
    {"graph", PV_K_FRAGMENT, NULL, file_graph},
    {0},
};
static const pv_record_type file_type = {"file", file_fields};

static const line lines[] = {
    {1, 1500000, "import <os>", "#L1", true},
    {2, 0, "x & \"y\"", "javascript:alert(1)", false},
};
static const file older = {.path = "old.py", .json = "0"};
static const file model = {.path = "a<b>.py",
                           .lines = lines,
                           .len = 2,
                           .size = 1536,
                           .share = 42400,
                           .other = &older,
                           .json = "{\"a\":\"</script>\"}"};

static bool find(void *ctx, pv_str name, pv_bytes *out)
{
    static const char good[] = "p > b{content:'&'}", bad[] = "a</b";

    (void)ctx;
    if (pv_str_equal(name, PV_STR("style.css")))
        *out = (pv_bytes){(const uint8_t *)good, sizeof good - 1};
    else if (pv_str_equal(name, PV_STR("bad.js")))
        *out = (pv_bytes){(const uint8_t *)bad, sizeof bad - 1};
    else
        return false;
    return true;
}

/* The body stands in an <html> with the prefixes, on line 2. */
static pv_template *compile(pv_arena *a, const char *body, pv_error *err)
{
    static const pv_includes includes = {find, NULL};
    char xml[1200];

    snprintf(xml, sizeof xml,
             "<html xmlns:pv='urn:profviz:template' "
             "xmlns:at='urn:profviz:attribute'>\n%s</html>",
             body);
    return pv_template_compile(a, PV_STR("t.html"),
                               (pv_bytes){(const uint8_t *)xml, strlen(xml)},
                               &file_type, &includes, err);
}

static bool expand(const pv_template *t, pv_dialect dialect, char *out,
                   size_t room, pv_error *err)
{
    pv_sink *s = pv_sink_memory(err);
    pv_markup m;
    pv_bytes b;

    if (!s)
        return false;
    pv_markup_init(&m, s, dialect);
    pv_template_expand(t, &model, &m);
    pv_markup_done(&m);
    b = pv_sink_memory_bytes(s);
    assert_true(b.n < room);
    memcpy(out, b.p, b.n);
    out[b.n] = '\0';
    return pv_sink_close(s, err);
}

static const struct {
    const char *name, *body, *html;
} good[] = {
    {"text is escaped", "<b pv:text='file.path'>mock</b>",
     "<b>a&lt;b&gt;.py</b>"},
    {"a field of the root", "<b pv:text='path'/>", "<b>a&lt;b&gt;.py</b>"},
    {"literal text and entities", "a &amp; b&#160;<br/>c",
     "a &amp; b\xc2\xa0<br>c"},
    {"a record in between", "<b pv:text='file.other.path'/>", "<b>old.py</b>"},
    {"a record that is not there", "<b pv:text='other.other.path'/>",
     "<b></b>"},
    {"loop", "<i pv:each='l in file.lines' pv:text='l.number'>9<u>mock</u></i>",
     "<i>1</i><i>2</i>"},
    {"loop over nothing", "<i pv:each='l in other.lines'>x</i>", ""},
    {"loop without a tag",
     "<pv:block pv:each='l in lines'><i pv:text='l.number'/>,</pv:block>",
     "<i>1</i>,<i>2</i>,"},
    {"loop and condition",
     "<i pv:each='l in lines' pv:if='l.hot' pv:text='l.number'/>", "<i>1</i>"},
    {"loop in a loop",
     "<p pv:each='l in lines'><i pv:each='m in lines' pv:if='l.hot' "
     "pv:text='m.text'/></p>",
     "<p><i>import &lt;os&gt;</i><i>x &amp; \"y\"</i></p><p></p>"},
    {"if and unless",
     "<a pv:if='lines'/><b pv:unless='lines'/><i pv:if='other.lines'/>"
     "<u pv:unless='other.size'/><s pv:if='other'/><q pv:if='other.other'/>",
     "<a></a><u></u><s></s>"},
    {"attributes",
     "<a class='mock' at:class='path' id='x' at:data-n='size | bytes'/>",
     "<a class=\"a&lt;b&gt;.py\" id=\"x\" data-n=\"1.50 KiB\"></a>"},
    {"truth values as attributes",
     "<i pv:each='l in lines' at:hidden='l.hot'/>",
     "<i hidden=\"\"></i><i></i>"},
    {"links are checked", "<a pv:each='l in lines' at:href='l.link'/>",
     "<a href=\"#L1\"></a><a></a>"},
    {"notations",
     "<pv:block pv:each='l in lines'><i pv:text='l.time | duration'/>"
     "</pv:block><b pv:text='size|count'/><u pv:text=' share | percent '/>",
     "<i>1.50 ms</i><i>0 s</i><b>1,536</b><u>4.24%</u>"},
    {"fragment", "<figure pv:fragment='graph'>mock<br/></figure>",
     "<figure><i>a&lt;b&gt;.py</i></figure>"},
    {"include", "<style pv:include='style.css'>a</style>",
     "<style>p > b{content:'&'}</style>"},
    {"code in the template", "<style>a &gt; b{}</style>",
     "<style>a > b{}</style>"},
    {"data for scripts",
     "<script type='application/json' pv:text='json'></script>",
     "<script type=\"application/json\">{\"a\":\"\\u003c/script\\u003e\"}"
     "</script>"},
    {"comments go", "a<!-- <b> -->c", "ac"},
    {"void elements", "<img src='x'/><hr></hr>", "<img src=\"x\"><hr>"},
    {"inline SVG",
     "<svg xmlns='http://www.w3.org/2000/svg'><rect width='1' "
     "at:width='size'/></svg>",
     "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1536\"/></svg>"},
};

static void template__writes(void **state)
{
    char want[1200], got[4096];

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        pv_error err = {0};
        pv_arena a;
        pv_template *t;

        pv_arena_init(&a, 0);
        t = compile(&a, good[i].body, &err);
        if (!t)
            fail_msg("%s: %u:%u: %s", good[i].name, err.at.line, err.at.column,
                     err.text);
        if (!expand(t, PV_HTML5, got, sizeof got, &err))
            fail_msg("%s: %s", good[i].name, err.text);
        snprintf(want, sizeof want, "<html>\n%s</html>", good[i].html);
        if (strcmp(want, got) != 0)
            fail_msg("%s: got %s", good[i].name, got);
        pv_arena_done(&a);
    }
}

static const struct {
    const char *name, *body, *error; /* the error begins with line:column */
} bad[] = {
    {"no such field", "<p>\n <b pv:text='file.paht'/></p>",
     "3:2: file has no field 'paht'"},
    {"no such field of an item", "<b pv:each='l in lines' pv:text='l.x'/>",
     "2:1: line has no field 'x'"},
    {"no such variable", "<b pv:text='fiel.path'/>",
     "2:1: there is no 'fiel' here"},
    {"a variable outside its loop",
     "<b pv:each='l in lines'/><i pv:text='l.text'/>",
     "2:26: there is no 'l' here"},
    {"a field of text", "<b pv:text='path.x'/>",
     "2:1: 'path' is no record, so it has no field 'x'"},
    {"no path", "<b pv:text='a b'/>", "2:1: 'a b' is no path"},
    {"an empty path", "<b pv:if=''/>", "2:1: '' is no path"},
    {"a path that ends early", "<b pv:text='file.'/>",
     "2:1: 'file.' is no path"},
    {"a long path", "<b pv:text='other.other.other.other.other.other.path'/>",
     "2:1: a path of more than 6 names"},
    {"loop over text", "<b pv:each='l in file.path'/>",
     "2:1: 'file.path' is text, not a list"},
    {"loop over the root", "<b pv:each='l in file'/>",
     "2:1: 'file' is a record, not a list"},
    {"loop without in", "<b pv:each='lines'/>",
     "2:1: pv:each wants 'name in list', not 'lines'"},
    {"a name twice", "<b pv:each='file in lines'/>",
     "2:1: 'file' is in use already"},
    {"unknown directive", "<b pv:eech='x'/>",
     "2:1: unknown directive 'pv:eech'"},
    {"unknown element", "<pv:blok/>", "2:1: unknown element <pv:blok>"},
    {"an element of at:", "<at:x/>",
     "2:1: at: is for attributes, not for elements"},
    {"two fillings", "<b pv:text='path' pv:fragment='graph'/>",
     "2:1: only one of pv:text, pv:fragment and pv:include can fill an "
     "element"},
    {"a list as text", "<b pv:text='lines'/>",
     "2:1: pv:text wants text or a number"},
    {"a record as text", "<b pv:text='file'/>",
     "2:1: pv:text wants text or a number"},
    {"text as a fragment", "<b pv:fragment='path'/>",
     "2:1: 'path' is no fragment"},
    {"a list as an attribute", "<b at:x='lines'/>",
     "2:1: at:x wants text, a number or a truth value"},
    {"unknown notation", "<b pv:text='size | furlong'/>",
     "2:1: unknown notation 'furlong'"},
    {"a notation for numbers", "<b pv:text='path | bytes'/>",
     "2:1: 'path' is text, which '| bytes' cannot write"},
    {"JSON in text", "<b pv:text='json | json'/>",
     "2:1: '| json' is for <script type=\"application/json\">"},
    {"text into a script", "<script pv:text='path'/>",
     "2:1: no directive can write into <script>"},
    {"text into a style", "<style pv:text='path'/>",
     "2:1: no directive can write into <style>"},
    {"a fragment into a script", "<script pv:fragment='graph'/>",
     "2:1: no directive can write into <script>"},
    {"a directive inside a script",
     "<script><pv:block pv:text='path'/></script>",
     "2:9: no element can stand in <script>"},
    {"an event handler", "<b at:onclick='path'/>",
     "2:1: the attribute 'onclick' of <b> cannot be set by a directive"},
    {"a style", "<b at:style='path'/>",
     "2:1: the attribute 'style' of <b> cannot be set by a directive"},
    {"the source of a script", "<script at:src='path'/>",
     "2:1: the attribute 'src' of <script> cannot be set by a directive"},
    {"an attribute of a block", "<pv:block class='x'/>",
     "2:1: pv:block writes no tag, so it has no attribute 'class'"},
    {"a directive's attribute of a block", "<pv:block at:class='path'/>",
     "2:1: pv:block writes no tag, so it has no attribute 'class'"},
    {"an include elsewhere", "<p pv:include='style.css'/>",
     "2:1: pv:include wants a <style> or a <script>"},
    {"an include that is not there", "<style pv:include='x.css'/>",
     "2:1: there is no 'x.css' to include"},
    {"an include that ends its element", "<script pv:include='bad.js'/>",
     "2:1: 'bad.js' holds '</' or '<!', which cannot stand in <script>"},
    {"unclosed", "<p><b></p>", "2:9: not well-formed XML: mismatched tag"},
    {"unbound prefix", "<p x:y='1'/>",
     "2:1: not well-formed XML: unbound prefix"},
    {"HTML's entities", "<p>a&nbsp;b</p>",
     "2:5: not well-formed XML: undefined entity"},
    {"an attribute twice", "<p a='1' a='2'/>",
     "2:10: not well-formed XML: duplicate attribute"},
};

static void template__refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        pv_error err = {0};
        pv_arena a;
        char got[500];

        pv_arena_init(&a, 0);
        if (compile(&a, bad[i].body, &err))
            fail_msg("%s: compiled", bad[i].name);
        snprintf(got, sizeof got, "%u:%u: %s", err.at.line, err.at.column,
                 err.text);
        if (strcmp(got, bad[i].error) != 0)
            fail_msg("%s: got %s", bad[i].name, got);
        assert_int_equal(err.code, PV_E_FORMAT);
        pv_arena_done(&a);
    }
}

static pv_template *compile_whole(pv_arena *a, const char *xml, pv_error *err)
{
    return pv_template_compile(a, PV_STR("t.html"),
                               (pv_bytes){(const uint8_t *)xml, strlen(xml)},
                               &file_type, NULL, err);
}

static void template__doctype(void **state)
{
    static const struct {
        const char *xml, *out;
    } rows[] = {
        {"<!DOCTYPE html><p/>", "<!DOCTYPE html>\n<p></p>"},
        {"<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;</p>", NULL},
        {"<!DOCTYPE html SYSTEM 'x.dtd'><p/>", NULL},
        {"<!DOCTYPE html PUBLIC 'x' 'x.dtd'><p>&nbsp;</p>", NULL},
        {"", NULL},
        {"<p/><p/>", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_error err = {0};
        pv_arena a;
        pv_template *t;
        char got[200];

        pv_arena_init(&a, 0);
        t = compile_whole(&a, rows[i].xml, &err);
        assert_int_equal(t != NULL, rows[i].out != NULL);
        if (t) {
            assert_true(expand(t, PV_HTML5, got, sizeof got, &err));
            assert_string_equal(got, rows[i].out);
        }
        pv_arena_done(&a);
    }
}

static void template__namespaces_by_dialect(void **state)
{
    const char *xml = "<html xmlns='http://www.w3.org/1999/xhtml' "
                      "xmlns:x='urn:x'><b x:y='1'/></html>";
    pv_error err = {0};
    pv_arena a;
    pv_template *t;
    char got[300];

    (void)state;
    pv_arena_init(&a, 0);
    t = compile_whole(&a, xml, &err);
    assert_non_null(t);
    assert_true(expand(t, PV_XML, got, sizeof got, &err));
    assert_string_equal(got, "<html xmlns=\"http://www.w3.org/1999/xhtml\" "
                             "xmlns:x=\"urn:x\"><b x:y=\"1\"/></html>");
    assert_true(expand(t, PV_HTML5, got, sizeof got, &err));
    assert_string_equal(got,
                        "<html xmlns:x=\"urn:x\"><b x:y=\"1\"></b></html>");
    pv_arena_done(&a);
}

static void template__depth_is_bounded(void **state)
{
    char xml[8 * 1000 + 10] = "";
    pv_error err = {0};
    pv_arena a;
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 1000; i++)
        n += (size_t)snprintf(xml + n, sizeof xml - n, "<b>");
    for (int i = 0; i < 1000; i++)
        n += (size_t)snprintf(xml + n, sizeof xml - n, "</b>");
    pv_arena_init(&a, 0);
    assert_null(compile_whole(&a, xml, &err));
    assert_string_equal(err.text, "more than 80 elements within each other");
    pv_arena_done(&a);
}

static void template__urls(void **state)
{
    static const struct {
        const char *url;
        bool ok;
    } rows[] = {
        {"", true},
        {"#a:b", true},
        {"a/b.html", true},
        {"../a?x=http://y", true},
        {"a?b:c", true},
        {"http://x", true},
        {"HTTPS://x", true},
        {"//host/path", true},
        {"/a:b", true},
        {"javascript:x", false},
        {"JavaScript:x", false},
        {" javascript:x", false},
        {"java\nscript:x", false},
        {"\x01javascript:x", false},
        {"data:text/html,x", false},
        {"vbscript:x", false},
        {"file:///etc/passwd", false},
        {"http", true},
        {"httpx:y", false},
        {" http://x", false},
        {"C:\\x", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (pv_url_allowed(pv_str_of(rows[i].url)) != rows[i].ok)
            fail_msg("'%s'", rows[i].url);
}

/* The n-th allocation fails, for every n: an error or the whole page. */
static void template__no_memory(void **state)
{
    static const char body[] =
        "<p class='a' at:id='path'><b pv:each='l in lines' "
        "pv:text='l.time | duration'/></p>";
    char got[4096];
    bool done = false;

    (void)state;
    for (int64_t n = 0; !done; n++) {
        pv_error err = {0};
        pv_arena a;
        pv_template *t;

        pv_mem_fail_after(n);
        pv_arena_init(&a, 0);
        t = compile(&a, body, &err);
        done = t && expand(t, PV_HTML5, got, sizeof got, &err);
        pv_mem_fail_after(-1);
        pv_arena_done(&a);
        if (!done)
            assert_int_equal(err.code, PV_E_NOMEM);
    }
}

static void asset__is_found(void **state)
{
    pv_bytes b;

    (void)state;
    assert_true(pv_asset_find(PV_STR("flame.html"), &b));
    assert_true(b.n > 100 && memcmp(b.p, "<!DOCTYPE html>", 15) == 0);
    assert_true(pv_asset_include(NULL, PV_STR("viewer.js"), &b));
    assert_false(pv_asset_find(PV_STR("flame"), &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(template__writes),
        cmocka_unit_test(template__refuses),
        cmocka_unit_test(template__doctype),
        cmocka_unit_test(template__namespaces_by_dialect),
        cmocka_unit_test(template__depth_is_bounded),
        cmocka_unit_test(template__urls),
        cmocka_unit_test(template__no_memory),
        cmocka_unit_test(asset__is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
