/* SPDX-License-Identifier: MIT */
/* The only code that writes '<': elements, attributes, and what they hold. */
#include "markup.h"

#include "markup_escape.h"
#include "markup_put.h"
#include "number.h"

static void misuse(pv_markup *m, const char *what)
{
    pv_sink_fail(m->out, PV_E_BUG, what);
}

/* ---- elements ---- */

void pv_markup_init(pv_markup *m, pv_sink *out, pv_dialect dialect)
{
    m->out = out;
    m->dialect = dialect;
    m->in_tag = m->in_cdata = m->in_code = false;
    m->brackets = m->depth = m->foreign = 0;
    m->used = 0;
    m->prefix = (pv_str){0};
}

void pv_markup_prologue(pv_markup *m)
{
    pv_put_name(m, m->dialect == PV_XML
                       ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       : "<!DOCTYPE html>\n");
}

void pv_markup_done(pv_markup *m)
{
    if (m->depth)
        misuse(m, "markup ended inside an element");
    pv_put_flush(m);
}

static void end_tag_head(pv_markup *m)
{
    if (m->in_tag)
        pv_put_char(m, '>');
    m->in_tag = false;
}

void pv_markup_flush(pv_markup *m)
{
    end_tag_head(m);
    pv_put_flush(m);
}

static bool is_code(const char *element)
{
    return *element == 's' &&
           (strcmp(element, "script") == 0 || strcmp(element, "style") == 0);
}

void pv_markup_open(pv_markup *m, const char *element)
{
    if (m->depth == PV_MARKUP_DEPTH || m->in_cdata) {
        misuse(m, "an element where none can stand");
        return;
    }
    end_tag_head(m);
    pv_put_char(m, '<');
    pv_put_name(m, element);
    m->open[m->depth++] = element;
    m->in_tag = true;
    m->in_code = is_code(element);
    if (m->dialect == PV_HTML5 && !m->foreign && strcmp(element, "svg") == 0)
        m->foreign = m->depth;
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static bool is_void(const char *element)
{
    static const char *const names[] = {
        "area", "base", "br",    "col",    "embed", "hr",  "img", "input",
        "link", "meta", "param", "source", "track", "wbr", NULL,
    };

    return is_one_of(element, names);
}

static void end_element(pv_markup *m, const char *element)
{
    bool html = m->dialect == PV_HTML5 && !m->foreign;

    if (m->in_tag && !html) {
        pv_put(m, "/>", 2);
        m->in_tag = false;
        return;
    }
    end_tag_head(m);
    if (html && is_void(element))
        return;
    pv_put(m, "</", 2);
    pv_put_name(m, element);
    pv_put_char(m, '>');
}

void pv_markup_shut(pv_markup *m)
{
    if (!m->depth) {
        misuse(m, "an element shut that was not open");
        return;
    }
    if (m->in_cdata)
        pv_put_name(m, "]]>");
    m->in_cdata = false;
    end_element(m, m->open[m->depth - 1]);
    if (m->foreign == m->depth)
        m->foreign = 0;
    m->depth--;
    m->in_code = m->depth && is_code(m->open[m->depth - 1]);
}

/* ---- attributes ---- */

void pv_markup_attr_begin(pv_markup *m, const char *name)
{
    if (!m->in_tag)
        misuse(m, "an attribute outside a start tag");
    pv_put_char(m, ' ');
    pv_put_name(m, name);
    pv_put_char(m, '=');
    pv_put_char(m, '"');
}

void pv_markup_attr_more(pv_markup *m, pv_str piece)
{
    pv_escape_attr(m, piece);
}

void pv_markup_attr_end(pv_markup *m)
{
    pv_put_char(m, '"');
}

static bool holds_ids(const char *name)
{
    static const char *const names[] = {"id",
                                        "for",
                                        "headers",
                                        "aria-labelledby",
                                        "aria-describedby",
                                        "aria-controls",
                                        NULL};

    return is_one_of(name, names);
}

static void more_ids(pv_markup *m, pv_str ids)
{
    while (ids.n) {
        size_t end = pv_str_find(ids, ' ');

        pv_markup_attr_more(m, m->prefix);
        pv_markup_attr_more(m, pv_str_slice(ids, 0, end));
        if (end == SIZE_MAX)
            return;
        pv_put_char(m, ' ');
        ids = pv_str_slice(ids, end + 1, ids.n);
    }
}

/* A link within the page: to an id, to a state, or to another section. */
static void more_link(pv_markup *m, pv_str href)
{
    pv_str rest = pv_str_slice(href, 1, href.n);

    if (!pv_str_starts(href, PV_STR("#")) || pv_str_starts(rest, PV_STR("#"))) {
        pv_markup_attr_more(m, pv_str_starts(href, PV_STR("##")) ? rest : href);
        return;
    }
    pv_put_char(m, '#');
    if (pv_str_find(rest, '=') != SIZE_MAX) {
        pv_markup_attr_more(m, pv_str_slice(m->prefix, 0, m->prefix.n - 1));
        pv_markup_attr_more(m, PV_STR("&"));
        pv_markup_attr_more(m, rest);
        return;
    }
    if (rest.n)
        pv_markup_attr_more(m, m->prefix);
    pv_markup_attr_more(m, rest);
}

void pv_markup_attr(pv_markup *m, const char *name, pv_str value)
{
    pv_markup_attr_begin(m, name);
    if (m->prefix.n && holds_ids(name))
        more_ids(m, value);
    else if (m->prefix.n && strcmp(name, "href") == 0)
        more_link(m, value);
    else
        pv_markup_attr_more(m, value);
    pv_markup_attr_end(m);
}

void pv_markup_attrs(pv_markup *m, const char *name, const char *value)
{
    pv_markup_attr(m, name, pv_str_of(value));
}

static void put_int(pv_markup *m, int64_t value)
{
    char text[PV_NUMBER_MAX];

    pv_put(m, text, pv_write_i64(text, value));
}

void pv_markup_attr_int(pv_markup *m, const char *name, int64_t value)
{
    pv_markup_attr_begin(m, name);
    put_int(m, value);
    pv_markup_attr_end(m);
}

/* Pictures are made of these.  `brief`: .5, not 0.5. */
static void put_cpx(pv_markup *m, uint32_t v, bool minus, bool brief)
{
    enum { MOST = 16 };
    uint32_t part = v % 100, whole = v / 100;
    unsigned digits = 1;
    char *at;

    if (sizeof m->buffer - m->used < MOST)
        pv_put_flush(m);
    at = m->buffer + m->used;
    if (minus)
        *at++ = '-';
    for (uint32_t ten = 10; digits < 8 && whole >= ten; ten *= 10)
        digits++;
    if (whole || !part || !brief) {
        for (unsigned i = digits; i > 0; i--, whole /= 10)
            at[i - 1] = (char)('0' + whole % 10);
        at += digits;
    }
    if (part) {
        *at++ = '.';
        *at++ = (char)('0' + part / 10);
        if (part % 10)
            *at++ = (char)('0' + part % 10);
    }
    m->used = (size_t)(at - m->buffer);
}

void pv_markup_attr_rgb(pv_markup *m, const char *name, uint32_t rgb)
{
    static const char hex[] = "0123456789abcdef";
    char text[7] = "#";

    for (int i = 0; i < 6; i++)
        text[1 + i] = hex[rgb >> (20 - 4 * i) & 15];
    pv_markup_attr_begin(m, name);
    pv_put(m, text, sizeof text);
    pv_markup_attr_end(m);
}

static void put_length(pv_markup *m, int64_t value, bool brief)
{
    char text[PV_NUMBER_MAX];

    if (value > -INT32_MAX && value < INT32_MAX)
        put_cpx(m, (uint32_t)(value < 0 ? -value : value), value < 0, brief);
    else
        pv_put(m, text, pv_write_decimal(text, value, 2));
}

void pv_markup_attr_more_cpx(pv_markup *m, int64_t value)
{
    put_length(m, value, true);
}

void pv_markup_attr_cpx(pv_markup *m, const char *name, int64_t value)
{
    pv_markup_attr_begin(m, name);
    put_length(m, value, false);
    pv_markup_attr_end(m);
}

/* ---- text ---- */

void pv_markup_text(pv_markup *m, pv_str text)
{
    if (m->in_cdata || (m->dialect == PV_HTML5 && m->in_code)) {
        misuse(m, "text inside a script or style");
        return;
    }
    end_tag_head(m);
    pv_escape_text(m, text);
}

/* Everything but a '>' that would end the section. */
static void put_cdata(pv_markup *m, pv_str code)
{
    size_t done = 0;

    for (size_t i = 0; i < code.n; i++) {
        if (m->brackets == 0) {
            const char *next = memchr(code.p + i, ']', code.n - i);

            if (!next)
                break;
            i = (size_t)(next - code.p);
        }
        if (code.p[i] == '>' && m->brackets == 2) {
            pv_put(m, code.p + done, i - done);
            pv_put_name(m, "]]><![CDATA[");
            done = i;
        }
        if (code.p[i] != ']')
            m->brackets = 0;
        else if (m->brackets < 2)
            m->brackets++;
    }
    if (done < code.n)
        pv_put(m, code.p + done, code.n - done);
}

static bool ends_element(pv_str code)
{
    for (size_t i = 0; i + 1 < code.n; i++)
        if (code.p[i] == '<' && (code.p[i + 1] == '/' || code.p[i + 1] == '!'))
            return true;
    return false;
}

void pv_markup_verbatim(pv_markup *m, pv_str code)
{
    if (!m->in_code) {
        misuse(m, "code outside a script or style");
        return;
    }
    end_tag_head(m);
    if (m->dialect == PV_HTML5 && ends_element(code)) {
        misuse(m, "code that would end its element");
    } else if (m->dialect == PV_HTML5) {
        pv_put(m, code.p, code.n);
    } else {
        if (!m->in_cdata)
            pv_put_name(m, "<![CDATA[");
        m->in_cdata = true;
        put_cdata(m, code);
    }
}

static bool json_fits(pv_markup *m)
{
    if (m->in_cdata || !m->in_code) {
        misuse(m, "JSON outside a script");
        return false;
    }
    end_tag_head(m);
    return true;
}

void pv_markup_json(pv_markup *m, pv_str json)
{
    if (json_fits(m))
        pv_escape_json(m, json);
}

void pv_markup_json_string(pv_markup *m, pv_str text)
{
    if (!json_fits(m))
        return;
    pv_put_char(m, '"');
    pv_escape_json_string(m, text);
    pv_put_char(m, '"');
}
