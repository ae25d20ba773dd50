/* SPDX-License-Identifier: MIT */
/* "# -*- coding: latin-1 -*-": what it says, and the text by it.
 *
 * UTF-8, Latin-1 and ASCII are decoded here, all others that Python takes by
 * the system's iconv.
 */
#include "source_codec.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#include "utf8.h"

static const char bad[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* ---- the declaration ---- */

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

static pv_str first_line(pv_str text, pv_str *rest)
{
    size_t end = 0;

    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
        end++;
    *rest = pv_str_slice(text, end, text.n);
    if (pv_str_starts(*rest, PV_STR("\r\n")))
        *rest = pv_str_slice(*rest, 2, rest->n);
    else if (rest->n)
        *rest = pv_str_slice(*rest, 1, rest->n);
    return pv_str_slice(text, 0, end);
}

static pv_str without_blanks(pv_str s)
{
    size_t n = 0;

    while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t' || s.p[n] == '\f'))
        n++;
    return pv_str_slice(s, n, s.n);
}

/* What a comment line declares, or nothing. */
static pv_str declared(pv_str line)
{
    pv_str s = without_blanks(line);

    if (s.n == 0 || s.p[0] != '#')
        return PV_STR("");
    for (; s.n > 7; s = pv_str_slice(s, 1, s.n)) {
        size_t n = 0;
        pv_str name;

        if (!pv_str_starts(s, PV_STR("coding")) ||
            (s.p[6] != ':' && s.p[6] != '='))
            continue;
        name = without_blanks(pv_str_slice(s, 7, s.n));
        while (n < name.n && is_name(name.p[n]))
            n++;
        if (n > 0)
            return pv_str_slice(name, 0, n);
    }
    return PV_STR("");
}

/* The second line counts where the first is blank or a comment. */
static pv_str declaration(pv_str text)
{
    pv_str rest, line = first_line(text, &rest), name = declared(line);

    line = without_blanks(line);
    if (name.n || (line.n && line.p[0] != '#'))
        return name;
    return declared(first_line(rest, &rest));
}

/* In lower case, '_' as '-'; false when it is too long for any. */
static bool spell(pv_str name, char out[PV_ENCODING_MAX])
{
    if (name.n >= PV_ENCODING_MAX)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];

        out[i] = c == '_' ? '-' : c;
        if (c >= 'A' && c <= 'Z')
            out[i] = (char)(c - 'A' + 'a');
    }
    out[name.n] = '\0';
    return true;
}

/* ---- decoding ---- */

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static void from_utf8(pv_buf *out, pv_str text, pv_decoded *how)
{
    how->replaced = !pv_utf8_valid(text);
    if (how->replaced)
        pv_to_utf8(out, text);
    else
        pv_buf_str(out, text);
}

/* Bytes from `end` on are none of the encoding's. */
static void from_bytes(pv_buf *out, pv_str text, unsigned end, pv_decoded *how)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        char cp[4];

        how->replaced |= c >= end;
        if (c >= end)
            pv_buf_puts(out, bad);
        else
            pv_buf_add(out, cp, pv_utf8_encode(c, cp));
    }
}

/* Python's sources are ASCII where they say what they are. */
static bool keeps_ascii(iconv_t to)
{
    char in[] = "coding", out[16], *p = in, *q = out;
    size_t left = 6, room = sizeof out;

    return iconv(to, &p, &left, &q, &room) != (size_t)-1 && q - out == 6 &&
           memcmp(out, "coding", 6) == 0;
}

static void convert(pv_buf *out, pv_str text, iconv_t to, pv_decoded *how)
{
    char *in = (char *)(uintptr_t)text.p; /* iconv does not write there */
    size_t left = text.n;

    while (left > 0 && pv_buf_reserve(out, 4096)) {
        char *at = out->p + out->n;
        size_t room = 4096;
        bool whole = iconv(to, &in, &left, &at, &room) != (size_t)-1;

        out->n = (size_t)(at - out->p);
        if (whole || errno == E2BIG)
            continue;
        pv_buf_puts(out, bad);
        how->replaced = true;
        in++;
        left--;
    }
}

static void from_other(pv_buf *out, pv_str text, pv_decoded *how)
{
    const char *name = strncmp(how->encoding, "mac-roman", 9) == 0
                           ? "macintosh"
                           : how->encoding;
    iconv_t to = iconv_open("UTF-8", name);

    if (to == (iconv_t)-1) /* its (iconv_t)-1, not a pointer of ours */
        how->known = false;
    else if (!keeps_ascii(to))
        how->known = false;
    else
        convert(out, text, to, how);
    if (to != (iconv_t)-1)
        (void)iconv_close(to);
}

void pv_source_decode(pv_buf *out, pv_str bytes, pv_decoded *how)
{
    static const char *const utf8[] = {"utf-8", "utf8", "utf-8-sig",
                                       "u8",    "utf",  NULL};
    static const char *const latin1[] = {
        "latin-1",     "latin1", "latin", "iso-8859-1", "iso8859-1",
        "iso-latin-1", "8859",   "cp819", "l1",         NULL};
    static const char *const ascii[] = {"ascii", "us-ascii", "646", NULL};
    bool mark = pv_str_starts(bytes, PV_STR("\xEF\xBB\xBF"));
    pv_str name;

    if (mark)
        bytes = pv_str_slice(bytes, 3, bytes.n);
    name = mark ? PV_STR("") : declaration(bytes);
    *how = (pv_decoded){.known = true, .encoding = "utf-8"};
    if (name.n && !spell(name, how->encoding))
        how->known = false;
    else if (is_one_of(how->encoding, utf8))
        from_utf8(out, bytes, how);
    else if (is_one_of(how->encoding, latin1))
        from_bytes(out, bytes, 0x100, how);
    else if (is_one_of(how->encoding, ascii))
        from_bytes(out, bytes, 0x80, how);
    else
        from_other(out, bytes, how);
}
