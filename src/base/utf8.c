/* SPDX-License-Identifier: MIT */
/* UTF-8 by the code point.  utf8proc knows the characters; this file decides
 * what of a stranger's bytes may be shown. */
#include "utf8.h"

#include <utf8proc.h>

int32_t pv_utf8_wide(pv_str s, size_t *pos)
{
    utf8proc_int32_t cp;
    utf8proc_ssize_t n;

    n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + *pos,
                         (utf8proc_ssize_t)(s.n - *pos), &cp);
    if (n <= 0) {
        (*pos)++;
        return PV_BAD_BYTE;
    }
    *pos += (size_t)n;
    return cp;
}

bool pv_is_plain(pv_str s)
{
    unsigned char odd = 0;

    for (size_t i = 0; i < s.n; i++)
        odd |= (unsigned char)(s.p[i] - ' ') > '~' - ' ';
    return !odd;
}

bool pv_utf8_valid(pv_str s)
{
    for (size_t i = 0; i < s.n;)
        if (pv_utf8_next(s, &i) == PV_BAD_BYTE)
            return false;
    return true;
}

size_t pv_utf8_encode(int32_t cp, char out[4])
{
    return (size_t)utf8proc_encode_char(cp, (utf8proc_uint8_t *)out);
}

int pv_cp_width(int32_t cp)
{
    int w;

    if (cp < 0)
        return 1; /* shown as U+FFFD */
    if (cp < 0x7f)
        return cp >= 0x20;
    w = utf8proc_charwidth(cp);
    return w > 0 ? w : 0;
}

size_t pv_text_width(pv_str s)
{
    size_t w = 0;

    for (size_t i = 0; i < s.n;)
        w += (size_t)pv_cp_width(pv_utf8_next(s, &i));
    return w;
}

/* Between two such only CR LF stays together; no table has to be asked. */
static bool both_ascii(int32_t a, int32_t b)
{
    return ((uint32_t)a | (uint32_t)b) < 0x80;
}

size_t pv_grapheme_end(pv_str s, size_t pos)
{
    utf8proc_int32_t state = 0;
    int32_t before;

    if (pos >= s.n)
        return s.n;
    before = pv_utf8_next(s, &pos);
    while (pos < s.n) {
        size_t next = pos;
        int32_t cp = pv_utf8_next(s, &next);

        if (both_ascii(before, cp) && before != '\r')
            break;
        if (before < 0 || cp < 0 ||
            utf8proc_grapheme_break_stateful(before, cp, &state))
            break;
        before = cp;
        pos = next;
    }
    return pos;
}

static bool is_control(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

static const char replacement[] = "\xef\xbf\xbd";

void pv_clean(pv_buf *out, pv_str s)
{
    size_t good = 0;

    for (size_t i = 0; i < s.n;) {
        size_t begin = i;

        if (!is_control(pv_utf8_next(s, &i))) /* PV_BAD_BYTE is one */
            continue;
        pv_buf_add(out, s.p + good, begin - good);
        pv_buf_puts(out, replacement);
        good = i;
    }
    pv_buf_add(out, s.p + good, s.n - good);
}

void pv_clean_terminal(pv_buf *out, pv_str s, bool unicode)
{
    if (unicode) {
        pv_clean(out, s);
        return;
    }
    for (size_t i = 0; i < s.n;) {
        int32_t cp = pv_utf8_next(s, &i);

        if (is_control(cp))
            cp = 0xfffd;
        if (cp < 0x7f)
            pv_buf_char(out, (char)cp);
        else
            pv_buf_format(out, "\\u{%X}", (unsigned)cp);
    }
}

void pv_to_utf8(pv_buf *out, pv_str s)
{
    size_t good = 0;

    for (size_t i = 0; i < s.n;) {
        size_t begin = i;

        if (pv_utf8_next(s, &i) != PV_BAD_BYTE)
            continue;
        pv_buf_add(out, s.p + good, begin - good);
        pv_buf_puts(out, replacement);
        good = i;
    }
    pv_buf_add(out, s.p + good, s.n - good);
}
