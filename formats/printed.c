/* SPDX-License-Identifier: MIT */
/* Printed reports: cleaning lines, finding headers, numbers with units. */
#include "printed.h"

#include "number.h"

bool pv_printed_open(pv_printed *r, pv_source *src)
{
    *r = (pv_printed){.src = src};
    r->open = pv_lines_init(&r->lines, src->input, src->err);
    return r->open;
}

void pv_printed_close(pv_printed *r)
{
    if (r->open)
        pv_lines_done(&r->lines);
    pv_buf_done(&r->clean);
    r->open = false;
}

bool pv_printed_ok(const pv_printed *r)
{
    return r->src->err->code == PV_OK;
}

void pv_printed_row(pv_printed *r)
{
    r->row = r->lines.number;
}

bool pv_printed_end(pv_printed *r)
{
    if (!pv_printed_ok(r))
        return false;
    if (!pv_printed_others_say(&r->others, r->src))
        return false;
    if (!r->lines.cut || r->row == 0 || r->row + 1 < r->lines.number)
        return true;
    return pv_source_warn(r->src, r->lines.number,
                          "the text ends in this row, without a newline; cut?");
}

bool pv_printed_line(pv_printed *r, pv_str *line)
{
    pv_str raw;

    if (!pv_lines_next(&r->lines, &raw, r->src->err))
        return false;
    *line = pv_printed_clean(&r->clean, raw);
    if (r->src->options->format.n == 0) /* else the user has chosen */
        pv_printed_others_line(&r->others, r->src->format, *line,
                               r->lines.number);
    return r->clean.failed ? pv_fail_nomem(r->src->err) : true;
}

/* ---- cleaning ---------------------------------------------------------- */

/* Length of the escape sequence at s[i] (an ESC): CSI, OSC or two bytes. */
static size_t escape_length(pv_str s, size_t i)
{
    size_t k = i + 2;

    if (i + 1 >= s.n)
        return 1;
    if (s.p[i + 1] == '[') {
        while (k < s.n && (s.p[k] < '@' || s.p[k] > '~'))
            k++;
        return k < s.n ? k + 1 - i : k - i;
    }
    if (s.p[i + 1] == ']') {
        while (k < s.n && s.p[k] != '\a' && s.p[k] != '\x1b')
            k++;
        return k < s.n ? k + 1 - i : k - i;
    }
    return 2;
}

static void drop_escapes(pv_buf *out, pv_str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n;) {
        if (s.p[i] != '\x1b') {
            i++;
            continue;
        }
        pv_buf_add(out, s.p + from, i - from);
        i += escape_length(s, i);
        from = i;
    }
    if (from < s.n)
        pv_buf_add(out, s.p + from, s.n - from);
}

/* '0' stands for a digit, other characters for themselves. */
static bool shaped(pv_str s, const char *shape)
{
    size_t i = 0;

    for (; shape[i]; i++) {
        if (i >= s.n)
            return false;
        if (shape[i] == '0' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != shape[i])
            return false;
    }
    return true;
}

/* Length of a date and a time of day, of the latter alone, or 0. */
static size_t clock_length(pv_str s)
{
    if (shaped(s, "0000-00-00T00:00:00") || shaped(s, "0000-00-00 00:00:00"))
        return 19;
    return shaped(s, "00:00:00") ? 8 : 0;
}

/* GitLab notes stream and direction behind its stamps: "00O " or "01E+". */
static size_t stream_length(pv_str s)
{
    return shaped(s, "00O ") || shaped(s, "00E ") || shaped(s, "00O+") ||
                   shaped(s, "00E+")
               ? 4
               : 0;
}

/* Length of a time stamp and the blank behind it at the start, or 0. */
static size_t stamp_length(pv_str s)
{
    size_t open = s.n && s.p[0] == '[';
    size_t clock = clock_length(pv_str_slice(s, open, s.n)), n = open + clock;

    if (!clock)
        return 0;
    while (n < s.n &&
           (s.p[n] == '.' || s.p[n] == ',' || s.p[n] == ':' || s.p[n] == 'Z' ||
            s.p[n] == '+' || (s.p[n] >= '0' && s.p[n] <= '9')))
        n++;
    if (open && n < s.n && s.p[n] == ']')
        n++;
    if (n >= s.n)
        return n;
    return s.p[n] == ' ' ? n + 1 + stream_length(pv_str_slice(s, n + 1, s.n))
                         : 0;
}

pv_str pv_printed_clean(pv_buf *clean, pv_str line)
{
    while (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    if (pv_str_find(line, '\x1b') != SIZE_MAX) {
        pv_buf_clear(clean);
        drop_escapes(clean, line);
        line = pv_buf_text(clean);
    }
    return pv_str_slice(line, stamp_length(line), line.n);
}

int pv_printed_bid(const pv_format *f, pv_bytes head, bool whole)
{
    pv_str text = {(const char *)head.p, head.n};
    pv_buf clean = {0};
    int bid = 0;

    while (text.n && !bid) {
        size_t lf = pv_str_find(text, '\n');
        pv_str line = pv_str_slice(text, 0, lf == SIZE_MAX ? text.n : lf);

        text = pv_str_slice(text, line.n + 1, text.n);
        if (lf == SIZE_MAX && !whole)
            break;
        if (f->opens(pv_printed_clean(&clean, line)))
            bid = f->evidence;
    }
    pv_buf_done(&clean);
    return bid;
}

/* ---- words and numbers --------------------------------------------------- */

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

bool pv_word(pv_str *rest, pv_str *word)
{
    size_t begin = 0, end;

    while (begin < rest->n && blank(rest->p[begin]))
        begin++;
    end = begin;
    while (end < rest->n && !blank(rest->p[end]))
        end++;
    *word = pv_str_slice(*rest, begin, end);
    *rest = pv_str_slice(*rest, end, rest->n);
    return word->n > 0;
}

pv_str pv_trim(pv_str s)
{
    while (s.n && blank(s.p[s.n - 1]))
        s.n--;
    while (s.n && blank(s.p[0]))
        s = pv_str_slice(s, 1, s.n);
    return s;
}

/* Lines are short: less than it takes memmem to get ready. */
size_t pv_find_text(pv_str s, pv_str text)
{
    size_t last = text.n - 1;

    for (size_t i = 0; text.n <= s.n && i <= s.n - text.n; i++) {
        const char *at = memchr(s.p + i, text.p[0], s.n - text.n - i + 1);

        if (!at)
            break;
        i = (size_t)(at - s.p);
        if (at[last] == text.p[last] && memcmp(at, text.p, last) == 0)
            return i;
    }
    return SIZE_MAX;
}

bool pv_parse_size(pv_str number, pv_str unit, int64_t *bytes)
{
    static const char powers[] = "BKMGT";
    const char *at = unit.n ? strchr(powers, unit.p[0]) : NULL;
    int64_t micro, scale = 1;

    if (!at || unit.n > 3 || unit.p[unit.n - 1] != 'B' ||
        (unit.n == 3 && unit.p[1] != 'i') || (at == powers && unit.n != 1))
        return false;
    for (; at > powers; at--)
        scale *= 1024;
    if (!pv_parse_scaled(number, 6, &micro) || micro > INT64_MAX / scale ||
        micro < -(INT64_MAX / scale))
        return false;
    *bytes = pv_muldiv(micro, scale, 1000000);
    return true;
}

bool pv_parse_time(pv_str number, pv_str unit, int64_t *ns)
{
    static const struct {
        const char *name;
        unsigned places;
    } units[] = {
        {"s", 9},           {"sec", 9},          {"secs", 9},
        {"second", 9},      {"ms", 6},           {"msec", 6},
        {"seconds", 9},     {"us", 3},           {"usec", 3},
        {"ns", 0},          {"\xc2\xb5s", 3},    {"\xce\xbcs", 3},
        {"nsec", 0},        {"milliseconds", 6}, {"microseconds", 3},
        {"nanoseconds", 0},
    };

    while (unit.n && (unit.p[unit.n - 1] == '.' || unit.p[unit.n - 1] == ','))
        unit.n--;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (pv_str_equal(unit, pv_str_of(units[i].name)))
            return pv_parse_scaled(number, units[i].places, ns) && *ns >= 0;
    return false;
}
