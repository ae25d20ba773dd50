/* SPDX-License-Identifier: MIT */
/* A box's title: names may hold anything, so it is read from the right. */
#include "flamesvg.h"

#include "number.h"

static bool is_percent(pv_str s, bool sign)
{
    size_t digits = 0;

    if (s.n && sign && (s.p[0] == '+' || s.p[0] == '-'))
        s = pv_str_slice(s, 1, s.n);
    if (s.n < 2 || s.p[s.n - 1] != '%')
        return false;
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] != '.' && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
        digits += s.p[i] != '.';
    }
    return digits > 0;
}

/* "1,234" or "1.234.567" or "12.5" */
static bool parse_count(pv_str s, int64_t *count, uint8_t *exponent)
{
    char plain[64];
    size_t n = 0, dots = 0;
    bool overflow;

    for (size_t i = 0; i < s.n; i++)
        dots += s.p[i] == '.';
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',' || (s.p[i] == '.' && dots > 1))
            continue;
        if (n + 1 >= sizeof plain)
            return false;
        plain[n++] = s.p[i];
    }
    return pv_parse_decimal((pv_str){plain, n}, count, exponent, &overflow);
}

/* Index of the last " (" in s, or SIZE_MAX. */
static size_t last_paren(pv_str s)
{
    for (size_t i = s.n; i > 1; i--)
        if (s.p[i - 1] == '(' && s.p[i - 2] == ' ')
            return i - 2;
    return SIZE_MAX;
}

/* "COUNT UNIT, PERCENT[; PERCENT]": what stands in the last parentheses. */
static bool parse_inside(pv_str s, svg_title *out)
{
    size_t semi = pv_str_rfind(s, ';'), comma, blank;
    pv_str percent;

    if (semi != SIZE_MAX && semi + 2 < s.n &&
        is_percent(pv_str_slice(s, semi + 2, s.n), true)) {
        out->differs = true;
        s = pv_str_slice(s, 0, semi);
    }
    comma = pv_str_rfind(s, ',');
    if (comma == SIZE_MAX)
        return false;
    percent = pv_str_slice(s, comma + 2, s.n);
    s = pv_str_slice(s, 0, comma);
    blank = pv_str_find(s, ' ');
    if (!is_percent(percent, false) || blank == SIZE_MAX)
        return false;
    out->unit = pv_str_slice(s, blank + 1, s.n);
    return parse_count(pv_str_slice(s, 0, blank), &out->count, &out->exponent);
}

bool svg_parse_title(pv_str title, svg_title *out)
{
    *out = (svg_title){0};
    while (title.n &&
           (title.p[title.n - 1] == ' ' || title.p[title.n - 1] == '\n'))
        title.n--;
    if (title.n < 5 || title.p[title.n - 1] != ')')
        return false;
    /* a unit may hold parentheses: try the last " (" first, then others */
    for (pv_str head = title;;) {
        size_t at = last_paren(head);

        if (at == SIZE_MAX)
            return false;
        out->name = pv_str_slice(title, 0, at);
        if (parse_inside(pv_str_slice(title, at + 2, title.n - 1), out))
            return true;
        head = pv_str_slice(head, 0, at + 1);
    }
}
