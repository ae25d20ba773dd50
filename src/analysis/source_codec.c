/* SPDX-License-Identifier: MIT */
/* "# -*- coding: latin-1 -*-": what it says, and the text by it.
 *
 * By tables of our own: iconv knows more on one machine than on another, and
 * loads modules into a program that is linked statically.
 */
#include "source_codec.h"

#include <stdio.h>

#include "code_pages.h"
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
    how->utf8 = true;
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

/* "windows-1252", "iso-8859-15", "latin-9" as the table has them. */
static void find_alias(const char *name, char out[PV_ENCODING_MAX])
{
    static const char *const aliases[][2] = {
        {"windows-", "cp"},
        {"iso-8859-", "iso8859-"},
        {"latin-2", "iso8859-2"},
        {"latin2", "iso8859-2"},
        {"latin-9", "iso8859-15"},
        {"latin9", "iso8859-15"},
        {"macroman", "mac-roman"},
        {"macintosh", "mac-roman"},
        {"ibm", "cp"},
        {"tis-620", "iso8859-11"},
    };

    (void)snprintf(out, PV_ENCODING_MAX, "%s", name);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        size_t n = strlen(aliases[i][0]);

        if (strncmp(name, aliases[i][0], n) != 0)
            continue;
        (void)snprintf(out, PV_ENCODING_MAX, "%s%.30s", aliases[i][1],
                       name + n);
        return;
    }
}

static const pv_code_page *find_page(const char *name)
{
    char known[PV_ENCODING_MAX];
    const pv_code_page *page = pv_code_pages;

    find_alias(name, known);
    while (page->name && strcmp(page->name, known) != 0)
        page++;
    return page->name ? page : NULL;
}

static void from_page(pv_buf *out, pv_str text, const pv_code_page *page,
                      pv_decoded *how)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        char cp[4];

        if (c < 0x80) {
            pv_buf_char(out, (char)c);
            continue;
        }
        how->replaced |= page->upper[c - 0x80] == 0xfffd;
        pv_buf_add(out, cp, pv_utf8_encode(page->upper[c - 0x80], cp));
    }
}

static void from_other(pv_buf *out, pv_str text, pv_decoded *how)
{
    const pv_code_page *page = find_page(how->encoding);

    how->known = page != NULL;
    if (page)
        from_page(out, text, page, how);
}

void pv_decode_as(pv_buf *out, pv_str bytes, pv_str name, pv_decoded *how)
{
    static const char *const utf8[] = {"utf-8", "utf8", "utf-8-sig",
                                       "u8",    "utf",  NULL};
    static const char *const latin1[] = {
        "latin-1",     "latin1", "latin", "iso-8859-1", "iso8859-1",
        "iso-latin-1", "8859",   "cp819", "l1",         NULL};
    static const char *const ascii[] = {"ascii", "us-ascii", "646", NULL};

    *how = (pv_decoded){.known = true, .encoding = "utf-8"};
    if (!spell(name, how->encoding))
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

void pv_source_decode(pv_buf *out, pv_str bytes, pv_decoded *how)
{
    bool mark = pv_str_starts(bytes, PV_STR("\xEF\xBB\xBF"));
    pv_str name = mark ? PV_STR("") : declaration(bytes);

    pv_decode_as(out, mark ? pv_str_slice(bytes, 3, bytes.n) : bytes,
                 name.n ? name : PV_STR("utf-8"), how);
}
