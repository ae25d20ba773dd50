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

/* A name behind what begins it and before what ends it, signs and a number. */
enum { NAME_ROOM = 16 + PV_NUMBER_MAX };

/* After a name that is no word, which may be of any length. */
static char *put_long_name(pv_markup *m, char *at, const char *name)
{
    pv_put_end(m, at);
    pv_put_name(m, name);
    return pv_put_begin(m, NAME_ROOM);
}

static inline char *put_word(pv_markup *m, char *at, const char *name,
                             uint64_t word)
{
    if (!word)
        return put_long_name(m, at, name);
    memcpy(at, &word, sizeof word);
    return at + pv_word_len(word);
}

void pv_markup_open_word(pv_markup *m, const char *element, uint64_t word)
{
    char *at;

    if (m->depth == PV_MARKUP_DEPTH || m->in_cdata) {
        misuse(m, "an element where none can stand");
        return;
    }
    at = pv_put_begin(m, NAME_ROOM);
    if (m->in_tag)
        *at++ = '>';
    *at++ = '<';
    pv_put_end(m, put_word(m, at, element, word));
    m->open[m->depth].name = element;
    m->open[m->depth++].word = word;
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

static void end_element(pv_markup *m, const char *element, uint64_t word)
{
    bool html = m->dialect == PV_HTML5 && !m->foreign;
    char *at;

    if (m->in_tag && !html) {
        pv_put(m, "/>", 2);
        m->in_tag = false;
        return;
    }
    end_tag_head(m);
    if (html && is_void(element))
        return;
    at = pv_put_begin(m, NAME_ROOM);
    *at++ = '<';
    *at++ = '/';
    at = put_word(m, at, element, word);
    *at++ = '>';
    pv_put_end(m, at);
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
    end_element(m, m->open[m->depth - 1].name, m->open[m->depth - 1].word);
    if (m->foreign == m->depth)
        m->foreign = 0;
    m->depth--;
    m->in_code = m->depth && is_code(m->open[m->depth - 1].name);
}

/* ---- attributes ---- */

/* ` name="`; where it ended is to be told, after a number at most. */
static inline char *attr_head(pv_markup *m, const char *name, uint64_t word)
{
    char *at = pv_put_begin(m, NAME_ROOM);

    if (!m->in_tag)
        misuse(m, "an attribute outside a start tag");
    *at++ = ' ';
    at = put_word(m, at, name, word);
    *at++ = '=';
    *at++ = '"';
    return at;
}

static void attr_tail(pv_markup *m, char *at)
{
    *at++ = '"';
    pv_put_end(m, at);
}

void pv_markup_begin_word(pv_markup *m, const char *name, uint64_t word)
{
    pv_put_end(m, attr_head(m, name, word));
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

void pv_markup_attr_word(pv_markup *m, const char *name, uint64_t word,
                         pv_str value)
{
    pv_markup_begin_word(m, name, word);
    if (m->prefix.n && holds_ids(name))
        more_ids(m, value);
    else if (m->prefix.n && strcmp(name, "href") == 0)
        more_link(m, value);
    else
        pv_markup_attr_more(m, value);
    pv_markup_attr_end(m);
}

void pv_markup_attr_int(pv_markup *m, const char *name, int64_t value)
{
    char *at = attr_head(m, name, 0);

    attr_tail(m, at + pv_write_i64(at, value));
}

/* Two digits each. */
static const char hundred[] =
    "00010203040506070809101112131415161718192021222324"
    "25262728293031323334353637383940414243444546474849"
    "50515253545556575859606162636465666768697071727374"
    "75767778798081828384858687888990919293949596979899";

static char *put_two(char *at, uint32_t v)
{
    memcpy(at, hundred + 2 * v, 2);
    return at + 2;
}

static char *put_whole(char *at, uint32_t v)
{
    if (v >= 10000)
        return at + pv_write_i64(at, v);
    if (v >= 1000)
        return put_two(put_two(at, v / 100), v % 100);
    if (v >= 100) {
        *at++ = (char)('0' + v / 100);
        return put_two(at, v % 100);
    }
    if (v >= 10)
        return put_two(at, v);
    *at++ = (char)('0' + v);
    return at;
}

/* Pictures are made of these.  `brief`: .5, not 0.5. */
static char *put_cpx(char *at, uint32_t v, bool brief)
{
    uint32_t part = v % 100, whole = v / 100;

    if (whole || !part || !brief)
        at = put_whole(at, whole);
    if (part) {
        *at++ = '.';
        at = put_two(at, part);
        if (part % 10 == 0)
            at--;
    }
    return at;
}

static char *put_length(char *at, int64_t value, bool brief)
{
    if (value <= -INT32_MAX || value >= INT32_MAX)
        return at + pv_write_decimal(at, value, 2);
    if (value < 0)
        *at++ = '-';
    return put_cpx(at, (uint32_t)(value < 0 ? -value : value), brief);
}

void pv_markup_rgb_word(pv_markup *m, const char *name, uint64_t word,
                        uint32_t rgb)
{
    static const char hex[] = "0123456789abcdef";
    char *at = attr_head(m, name, word);

    *at++ = '#';
    for (int i = 20; i >= 0; i -= 4)
        *at++ = hex[rgb >> i & 15];
    attr_tail(m, at);
}

void pv_markup_attr_more_cpx(pv_markup *m, int64_t value)
{
    pv_put_end(m, put_length(pv_put_begin(m, PV_NUMBER_MAX), value, true));
}

void pv_markup_cpx_word(pv_markup *m, const char *name, uint64_t word,
                        int64_t value)
{
    attr_tail(m, put_length(attr_head(m, name, word), value, false));
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
