/* SPDX-License-Identifier: MIT */
/* Text on a terminal: colours, glyphs, clean names. */
#include "ink.h"

#include "number.h"
#include "utf8.h"

static const char *code(pv_ink ink)
{
    switch (ink) {
    case PV_INK_PLAIN: return NULL;
    case PV_INK_BOLD: return "1";
    case PV_INK_DIM: return "2";
    case PV_INK_OWN: return "38;5;214";
    case PV_INK_SITE: return "38;5;78";
    case PV_INK_STD: return "38;5;75";
    case PV_INK_BUILTIN: return "38;5;141";
    case PV_INK_NATIVE: return "38;5;245";
    case PV_INK_RUNTIME: return "38;5;174";
    case PV_INK_HEAT1: return "38;5;229";
    case PV_INK_HEAT2: return "38;5;222";
    case PV_INK_HEAT3: return "38;5;215";
    case PV_INK_HEAT4: return "38;5;208";
    case PV_INK_HEAT5: return "38;5;202";
    case PV_INK_HEAT6: return "38;5;160";
    case PV_INK_MORE: return "38;5;208";
    case PV_INK_LESS: return "38;5;75";
    }
    return NULL; /* not reached while every ink has a case */
}

void pv_ink_text(pv_sink *out, const pv_text_style *style, pv_ink ink,
                 pv_str text)
{
    const char *sgr = style->colour ? code(ink) : NULL;

    if (!sgr || text.n == 0) {
        pv_sink_text(out, text);
        return;
    }
    pv_sink_puts(out, "\x1b[");
    pv_sink_puts(out, sgr);
    pv_sink_puts(out, "m");
    pv_sink_text(out, text);
    pv_sink_puts(out, "\x1b[0m");
}

/* part/whole >= permille/1000, without overflow. */
static bool reaches(int64_t part, int64_t whole, int64_t permille)
{
    return pv_muldiv(part, 1000, whole) >= permille;
}

pv_ink pv_ink_heat(int64_t part, int64_t whole)
{
    static const int64_t steps[] = {2, 10, 30, 80, 200};
    int heat = PV_INK_HEAT1;

    if (part <= 0 || whole <= 0)
        return PV_INK_PLAIN;
    if (part > whole)
        part = whole;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        heat += reaches(part, whole, steps[i]);
    return (pv_ink)heat;
}

pv_str pv_glyph_text(pv_glyph g, bool unicode)
{
    switch (g) {
    case PV_G_ELLIPSIS: return unicode ? PV_STR("\u2026") : PV_STR("..");
    case PV_G_TIMES: return unicode ? PV_STR("\u00d7") : PV_STR("x");
    case PV_G_DASH: return unicode ? PV_STR("\u2013") : PV_STR("-");
    case PV_G_ARROW: return unicode ? PV_STR("\u2192") : PV_STR("->");
    case PV_G_CHAIN: return unicode ? PV_STR(" \u203a ") : PV_STR(" > ");
    case PV_G_BRANCH: return unicode ? PV_STR("\u251c\u2500 ") : PV_STR("|- ");
    case PV_G_LAST: return unicode ? PV_STR("\u2514\u2500 ") : PV_STR("`- ");
    case PV_G_PIPE: return unicode ? PV_STR("\u2502  ") : PV_STR("|  ");
    case PV_G_BARS: return unicode ? PV_STR("\u2581\u2582\u2583") : PV_STR("");
    }
    return PV_STR(""); /* not reached while every glyph has a case */
}

void pv_ink_bar(pv_buf *out, int64_t part, int64_t whole, int columns,
                bool unicode)
{
    static const char *const eighths[] = {"",       "\u258f", "\u258e",
                                          "\u258d", "\u258c", "\u258b",
                                          "\u258a", "\u2589"};
    int64_t n = 0;

    if (part > 0 && whole > 0)
        n = pv_muldiv(part < whole ? part : whole, columns * 8, whole);
    for (; n >= 8; n -= 8)
        pv_buf_puts(out, unicode ? "\u2588" : "#");
    if (n > 0)
        pv_buf_puts(out, unicode ? eighths[n] : "#");
}

/* Signs that turn or embed a direction, and the line separators. */
static bool turns_line(int32_t cp)
{
    return cp == 0x61c || cp == 0x200e || cp == 0x200f ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

void pv_ink_clean(pv_buf *out, pv_str s, bool unicode)
{
    size_t plain = 0, pos = 0;

    while (pos < s.n) {
        size_t at = pos;
        int32_t cp = pv_utf8_next(s, &pos);

        if (!turns_line(cp))
            continue;
        pv_clean_terminal(out, pv_str_slice(s, plain, at), unicode);
        pv_buf_format(out, "\\u{%X}", (unsigned)cp);
        plain = pos;
    }
    pv_clean_terminal(out, pv_str_slice(s, plain, s.n), unicode);
}

/* Where the clusters end that fit into `width` columns. */
static size_t head_end(pv_str s, int width)
{
    size_t pos = 0;

    while (pos < s.n) {
        size_t end = pv_grapheme_end(s, pos);
        int w = (int)pv_text_width(pv_str_slice(s, pos, end));

        if (w > width)
            break;
        width -= w;
        pos = end;
    }
    return pos;
}

/* Where the last clusters begin that fit, `total` columns being in all. */
static size_t tail_begin(pv_str s, size_t total, int width)
{
    size_t pos = 0;

    while (pos < s.n && total > (size_t)width) {
        size_t end = pv_grapheme_end(s, pos);

        total -= pv_text_width(pv_str_slice(s, pos, end));
        pos = end;
    }
    return pos;
}

void pv_fit_middle(pv_buf *out, pv_str s, int width, bool unicode)
{
    pv_str gap = pv_glyph_text(PV_G_ELLIPSIS, unicode);
    size_t total = 0;
    int room;

    /* By clusters, so that the sum is that of the parts below. */
    for (size_t pos = 0; pos < s.n;) {
        size_t end = pv_grapheme_end(s, pos);

        total += pv_text_width(pv_str_slice(s, pos, end));
        pos = end;
    }
    if (width <= 0 || total <= (size_t)width) {
        if (width > 0)
            pv_buf_str(out, s);
        return;
    }
    room = width - (int)pv_text_width(gap);
    if (room <= 0) {
        pv_buf_str(out, pv_str_slice(s, 0, head_end(s, width)));
        return;
    }
    pv_buf_str(out, pv_str_slice(s, 0, head_end(s, (room + 1) / 2)));
    pv_buf_str(out, gap);
    pv_buf_str(out, pv_str_slice(s, tail_begin(s, total, room / 2), s.n));
}

bool pv_ink_fitted(pv_sink *out, const pv_text_style *style, int used,
                   pv_ink ink, pv_str text)
{
    pv_buf b = {0};
    bool ok;

    if (style->width <= 0) {
        pv_ink_text(out, style, ink, text);
        return true;
    }
    pv_fit_middle(&b, text, style->width - used, style->unicode);
    pv_ink_text(out, style, ink, pv_buf_text(&b));
    ok = !b.failed;
    pv_buf_done(&b);
    return ok;
}

void pv_ink_pad(pv_sink *out, size_t n)
{
    static const char spaces[] = "                                ";

    while (n > 0) {
        size_t some = n < sizeof spaces - 1 ? n : sizeof spaces - 1;

        pv_sink_write(out, spaces, some);
        n -= some;
    }
}

size_t pv_write_share(char *out, int64_t part, int64_t whole)
{
    int64_t permille, size = part < 0 ? -part : part;
    size_t n = 0;

    if (whole <= 0 || part == 0) {
        memcpy(out, "0%", 2);
        return 2;
    }
    permille = pv_muldiv(size, 1000, whole);
    if (permille == 0)
        out[n++] = '<';
    if (part < 0)
        out[n++] = '-';
    n += permille ? pv_write_fixed(out + n, permille, 1)
                  : pv_write_fixed(out + n, 1, 1);
    if (permille == 1000 && n >= 5)
        n -= 2; /* "100.0" */
    out[n++] = '%';
    return n;
}
