/* SPDX-License-Identifier: MIT */
/* Source bytes into lines of UTF-8. */
#include "block.h"
#include "buf.h"
#include "utf8.h"

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

static pv_str first_line(pv_str text, pv_str *rest)
{
    size_t end = pv_str_find(text, '\n');

    *rest = end == SIZE_MAX ? (pv_str){0} : pv_str_slice(text, end + 1, text.n);
    return pv_str_slice(text, 0, end);
}

/* The encoding that a line declares: "# -*- coding: latin-1 -*-". */
static pv_str declared(pv_str line)
{
    size_t hash = pv_str_find(line, '#');
    pv_str s = pv_str_slice(line, hash == SIZE_MAX ? line.n : hash, line.n);

    while (s.n > 7) {
        size_t n = 7;

        if (!pv_str_starts(s, PV_STR("coding")) ||
            (s.p[6] != ':' && s.p[6] != '=')) {
            s = pv_str_slice(s, 1, s.n);
            continue;
        }
        while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
            n++;
        s = pv_str_slice(s, n, s.n);
        for (n = 0; n < s.n && is_name(s.p[n]);)
            n++;
        return pv_str_slice(s, 0, n);
    }
    return PV_STR("");
}

static bool is_latin1(pv_str text)
{
    static const char *const names[] = {"latin-1",   "latin1",  "iso-8859-1",
                                        "iso8859-1", "latin_1", "iso_8859_1",
                                        "l1",        NULL};

    for (int i = 0; i < 2; i++) {
        pv_str name = declared(first_line(text, &text));

        for (size_t k = 0; names[k]; k++)
            if (pv_str_equal(name, pv_str_of(names[k])))
                return true;
    }
    return false;
}

static void from_latin1(pv_buf *out, pv_str text)
{
    char cp[4];

    for (size_t i = 0; i < text.n; i++)
        pv_buf_add(out, cp, pv_utf8_encode((unsigned char)text.p[i], cp));
}

static uint32_t count_lines(pv_str text)
{
    uint32_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n' ||
             (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return n +
           (text.n && text.p[text.n - 1] != '\n' && text.p[text.n - 1] != '\r');
}

static void cut_lines(pv_source_text *out, pv_str text)
{
    size_t begin = 0;

    for (size_t i = 0; i < text.n; i++) {
        size_t end = i;

        if (text.p[i] != '\n' && text.p[i] != '\r')
            continue;
        if (text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
            i++;
        out->at[out->len++] = pv_str_slice(text, begin, end);
        begin = i + 1;
    }
    if (begin < text.n)
        out->at[out->len++] = pv_str_slice(text, begin, text.n);
}

bool pv_source_split(pv_source_text *out, pv_str bytes, pv_arena *a)
{
    pv_buf utf8 = {0};
    pv_str text;

    *out = (pv_source_text){0};
    if (pv_str_starts(bytes, PV_STR("\xEF\xBB\xBF")))
        bytes = pv_str_slice(bytes, 3, bytes.n);
    if (is_latin1(bytes)) {
        from_latin1(&utf8, bytes);
        bytes = pv_buf_text(&utf8);
    }
    a->failed |= utf8.failed;
    text = pv_arena_copy(a, bytes);
    pv_buf_done(&utf8);
    out->at = PV_NEW_N(a, pv_str, (size_t)count_lines(text) + 1);
    if (a->failed)
        return false;
    cut_lines(out, text);
    return true;
}
