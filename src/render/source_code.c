/* SPDX-License-Identifier: MIT */
/* Coloured code. */
#include "source_code.h"

#include "utf8.h"

/* Turns, hides or breaks text: bidi controls, zero widths, separators. */
static bool deceives(int32_t cp)
{
    return (cp >= 0x80 && cp <= 0x9f) || (cp >= 0x200b && cp <= 0x200f) ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) ||
           cp == 0x61c || cp == 0xfeff || cp == 0xad;
}

static void put_cp(pv_buf *out, int32_t cp)
{
    char text[4];

    if (cp == PV_BAD_BYTE)
        cp = 0xfffd;
    if (cp < 0x20 && cp != '\t')
        cp += 0x2400;
    else if (cp == 0x7f)
        cp = 0x2421;
    if (deceives(cp))
        pv_buf_format(out, "[U+%04X]", (unsigned)cp);
    else
        pv_buf_add(out, text, pv_utf8_encode(cp, text));
}

static bool is_plain(char c)
{
    return (c >= ' ' && c < 0x7f) || c == '\t';
}

void pv_code_show(pv_buf *out, pv_str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t end = i;

        while (end < text.n && is_plain(text.p[end]))
            end++;
        pv_buf_add(out, text.p + i, end - i);
        i = end;
        if (i < text.n)
            put_cp(out, pv_utf8_next(text, &i));
    }
}

/* The bytes of the first PV_CODE_CHARS characters. */
static size_t code_cut(pv_str line)
{
    size_t pos = 0;

    if (line.n <= PV_CODE_CHARS)
        return line.n;
    for (int n = 0; n < PV_CODE_CHARS && pos < line.n; n++)
        pv_utf8_next(line, &pos);
    return pos;
}

void pv_listing_init(pv_listing *c, const pv_sheet *s)
{
    *c = (pv_listing){.sheet = s};
}

void pv_listing_done(pv_listing *c)
{
    pv_buf_done(&c->work);
}

/* The line's text: of the file, else what the input carries. */
static pv_str code_text(const pv_sheet *s, uint32_t line, pv_str carried)
{
    if (s->book->o->embed_source != 0)
        return PV_STR("");
    return line >= 1 && line <= s->text.len ? s->text.at[line - 1] : carried;
}

/* Makes the syntax ready for `line`: it knows the lines before. */
static void catch_up(pv_listing *c, uint32_t line)
{
    if (c->next == line)
        return;
    pv_syntax_init(&c->syntax, c->sheet->language);
    for (uint32_t i = 1; i < line && i <= c->sheet->text.len; i++)
        pv_syntax_line(&c->syntax, c->sheet->text.at[i - 1], NULL, 0);
}

static void put_text(pv_listing *c, pv_str text, pv_markup *m)
{
    pv_buf_clear(&c->work);
    pv_code_show(&c->work, text);
    if (c->work.failed)
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
    pv_markup_text(m, pv_buf_text(&c->work));
}

static const char *class_of(pv_syn kind)
{
    switch (kind) {
    case PV_SYN_PLAIN: break;
    case PV_SYN_KEYWORD: return "xk";
    case PV_SYN_STRING: return "xs";
    case PV_SYN_NUMBER: return "xd";
    case PV_SYN_COMMENT: return "xc";
    case PV_SYN_NAME: return "xn";
    }
    return "";
}

static void put_span(pv_listing *c, pv_str text, pv_syn kind, pv_markup *m)
{
    pv_markup_open(m, "span");
    pv_markup_attrs(m, "class", class_of(kind));
    put_text(c, text, m);
    pv_markup_shut(m);
}

void pv_listing_put(pv_listing *c, uint32_t line, pv_str carried, pv_markup *m)
{
    pv_str text = code_text(c->sheet, line, carried);
    pv_span spans[512];
    size_t len, pos = 0, end = code_cut(text);

    catch_up(c, line);
    len =
        pv_syntax_line(&c->syntax, text, spans, sizeof spans / sizeof spans[0]);
    c->next = line + 1;
    for (size_t i = 0; i < len && spans[i].begin < end; i++) {
        size_t stop = spans[i].end < end ? spans[i].end : end;

        put_text(c, pv_str_slice(text, pos, spans[i].begin), m);
        put_span(c, pv_str_slice(text, spans[i].begin, stop), spans[i].kind, m);
        pos = stop;
    }
    put_text(c, pv_str_slice(text, pos, end), m);
    if (end < text.n)
        pv_markup_text(m, PV_STR("\xe2\x80\xa6"));
}
