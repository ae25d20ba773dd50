/* SPDX-License-Identifier: MIT */
/* The only code that writes '<'.
 *
 * Runs of plain bytes are copied as they are; the rest goes through one
 * switch per place (text, attribute, JSON, CDATA).
 */
#include "markup.h"

#include <stdio.h>

#include "number.h"
#include "utf8.h"

static const pv_str replacement = {"\xef\xbf\xbd", 3};

/* ---- bytes out ---- */

static void flush(pv_markup *m)
{
    if (m->used)
        pv_sink_write(m->out, m->buffer, m->used);
    m->used = 0;
}

static void put(pv_markup *m, const char *p, size_t n)
{
    if (n > sizeof m->buffer - m->used)
        flush(m);
    if (n > sizeof m->buffer) {
        pv_sink_write(m->out, p, n);
        return;
    }
    if (n)
        memcpy(m->buffer + m->used, p, n);
    m->used += n;
}

/* For names and signs: their length need not be known. */
static void puts_(pv_markup *m, const char *s)
{
    char *at = m->buffer + m->used;
    const char *end = m->buffer + sizeof m->buffer;

    while (*s && at < end)
        *at++ = *s++;
    m->used = (size_t)(at - m->buffer);
    if (*s)
        put(m, s, strlen(s));
}

static void put_char(pv_markup *m, char c)
{
    if (m->used == sizeof m->buffer)
        flush(m);
    m->buffer[m->used++] = c;
}

static void misuse(pv_markup *m, const char *what)
{
    pv_sink_fail(m->out, PV_E_BUG, what);
}

/* ---- characters that do not stand for themselves ---- */

enum { SPECIAL, FORBIDDEN, WIDE };

/* What a byte is that is not plain; `special` ones depend on the place. */
static int class_of(unsigned char c)
{
    if (c >= 0x80)
        return WIDE;
    if (c == '\t' || c == '\n' || c == '\r')
        return SPECIAL;
    return c < 0x20 || c == 0x7f ? FORBIDDEN : SPECIAL;
}

enum { IN_QUOTES = 1, BESIDE_QUOTES = 2 };

/* Where printable ASCII stands for itself. */
/* clang-format off */
static const unsigned char plain[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x00 */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x10 */
    3, 3, 2, 3, 3, 3, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, /* 0x20 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 3, 0, 3, /* 0x30 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, /* 0x40 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, /* 0x50 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, /* 0x60 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, /* 0x70 */
};
/* clang-format on */

typedef unsigned char v16 __attribute__((vector_size(16)));

/* Do sixteen bytes stand for themselves anywhere? */
static bool plain16(const unsigned char *p)
{
    uint64_t two[2];
    v16 x;

    memcpy(&x, p, sizeof x);
    x = (v16)((x - 0x20 > 0x5e) | ((x | 2) == '>') | ((x | 4) == '&') |
              (x == '\\')); /* also '<' and '"', which differ in one bit */
    memcpy(two, &x, sizeof two);
    return !(two[0] | two[1]);
}

static size_t plain_run(pv_str s, size_t at, unsigned char where)
{
    const unsigned char *p = (const unsigned char *)s.p;

    while (s.n - at >= 16 && plain16(p + at))
        at += 16;
    if (s.n >= 16 && s.n - at < 16 && plain16(p + s.n - 16))
        return s.n;
    while (at < s.n && plain[p[at]] & where)
        at++;
    return at;
}

/* C1 controls and noncharacters are no text in HTML; XML would take most.  What
 * turns text around would show names as what they are not. */
static bool forbidden(int32_t cp)
{
    return cp < 0 || pv_is_bidi(cp) || (cp >= 0x80 && cp <= 0x9f) ||
           (cp >= 0xfdd0 && cp <= 0xfdef) || (cp & 0xfffe) == 0xfffe;
}

/* Moves *at past wide characters that stand for themselves and returns true,
 * or past one that does not. */
static bool take_wide(pv_str s, size_t *at)
{
    size_t next = *at;

    while (next < s.n && (unsigned char)s.p[next] >= 0x80) {
        size_t before = next;

        if (!forbidden(pv_utf8_next(s, &next)))
            continue;
        if (before == *at) {
            *at = next;
            return false;
        }
        next = before;
        break;
    }
    *at = next;
    return true;
}

typedef void special_fn(pv_markup *m, char c);

static void special_in_json_string(pv_markup *m, char c);

/* In JSON, whose readers take names as they are, what turns text around stays:
 * as an escape, so that it does nothing to those who look at the source. */
static void replace(pv_markup *m, pv_str s, size_t at, special_fn *special)
{
    int32_t cp = pv_utf8_next(s, &at);
    char text[8];

    if (special == special_in_json_string && pv_is_bidi(cp)) {
        snprintf(text, sizeof text, "\\u%04x", (unsigned)cp & 0xffff);
        puts_(m, text);
    } else {
        put(m, replacement.p, replacement.n);
    }
}

/* The one loop behind every kind of text. */
static void escape(pv_markup *m, pv_str s, unsigned char where,
                   special_fn *special)
{
    size_t done = 0, at = 0;

    while ((at = plain_run(s, at, where)) < s.n) {
        int class = class_of((unsigned char)s.p[at]);
        size_t from = at;

        if (class == WIDE) {
            if (take_wide(s, &at))
                continue;
        } else {
            at++;
        }
        put(m, s.p + done, from - done);
        if (class == SPECIAL)
            special(m, s.p[from]);
        else
            replace(m, s, from, special);
        done = at;
    }
    if (done < s.n)
        put(m, s.p + done, s.n - done);
}

static void put_cr(pv_markup *m)
{
    if (m->dialect == PV_XML)
        puts_(m, "&#13;");
    else
        put(m, replacement.p, replacement.n);
}

static void special_in_text(pv_markup *m, char c)
{
    switch (c) {
    case '<': puts_(m, "&lt;"); break;
    case '>': puts_(m, "&gt;"); break;
    case '&': puts_(m, "&amp;"); break;
    case '\r': put_cr(m); break;
    default: put_char(m, c);
    }
}

static void special_in_attr(pv_markup *m, char c)
{
    switch (c) {
    case '"': puts_(m, "&quot;"); break;
    case '\t': puts_(m, "&#9;"); break;
    case '\n': puts_(m, "&#10;"); break;
    default: special_in_text(m, c);
    }
}

static void special_in_json(pv_markup *m, char c)
{
    switch (c) {
    case '<': puts_(m, "\\u003c"); break;
    case '>': puts_(m, "\\u003e"); break;
    case '&': puts_(m, "\\u0026"); break;
    default: put_char(m, c);
    }
}

static void special_in_json_string(pv_markup *m, char c)
{
    switch (c) {
    case '"': puts_(m, "\\\""); break;
    case '\\': puts_(m, "\\\\"); break;
    case '\t': puts_(m, "\\t"); break;
    case '\n': puts_(m, "\\n"); break;
    case '\r': puts_(m, "\\r"); break;
    default: special_in_json(m, c);
    }
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
    puts_(m, m->dialect == PV_XML
                 ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 : "<!DOCTYPE html>\n");
}

void pv_markup_done(pv_markup *m)
{
    if (m->depth)
        misuse(m, "markup ended inside an element");
    flush(m);
}

static void end_tag_head(pv_markup *m)
{
    if (m->in_tag)
        put_char(m, '>');
    m->in_tag = false;
}

void pv_markup_flush(pv_markup *m)
{
    end_tag_head(m);
    flush(m);
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
    put_char(m, '<');
    puts_(m, element);
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
        put(m, "/>", 2);
        m->in_tag = false;
        return;
    }
    end_tag_head(m);
    if (html && is_void(element))
        return;
    put(m, "</", 2);
    puts_(m, element);
    put_char(m, '>');
}

void pv_markup_shut(pv_markup *m)
{
    if (!m->depth) {
        misuse(m, "an element shut that was not open");
        return;
    }
    if (m->in_cdata)
        puts_(m, "]]>");
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
    put_char(m, ' ');
    puts_(m, name);
    put_char(m, '=');
    put_char(m, '"');
}

void pv_markup_attr_more(pv_markup *m, pv_str piece)
{
    escape(m, piece, IN_QUOTES, special_in_attr);
}

void pv_markup_attr_end(pv_markup *m)
{
    put_char(m, '"');
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
        put_char(m, ' ');
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
    put_char(m, '#');
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

    put(m, text, pv_write_i64(text, value));
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
        flush(m);
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
    put(m, text, sizeof text);
    pv_markup_attr_end(m);
}

static void put_length(pv_markup *m, int64_t value, bool brief)
{
    char text[PV_NUMBER_MAX];

    if (value > -INT32_MAX && value < INT32_MAX)
        put_cpx(m, (uint32_t)(value < 0 ? -value : value), value < 0, brief);
    else
        put(m, text, pv_write_decimal(text, value, 2));
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
    escape(m, text, BESIDE_QUOTES, special_in_text);
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
            put(m, code.p + done, i - done);
            puts_(m, "]]><![CDATA[");
            done = i;
        }
        if (code.p[i] != ']')
            m->brackets = 0;
        else if (m->brackets < 2)
            m->brackets++;
    }
    if (done < code.n)
        put(m, code.p + done, code.n - done);
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
        put(m, code.p, code.n);
    } else {
        if (!m->in_cdata)
            puts_(m, "<![CDATA[");
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
        escape(m, json, BESIDE_QUOTES, special_in_json);
}

void pv_markup_json_string(pv_markup *m, pv_str text)
{
    if (!json_fits(m))
        return;
    put_char(m, '"');
    escape(m, text, IN_QUOTES, special_in_json_string);
    put_char(m, '"');
}
