/* SPDX-License-Identifier: MIT */
/* One line of an mprof .dat.  FUNC lines are read from the right, since names
 * may hold blanks. */
#include "mprof.h"

#include <string.h>

#include "number.h"

/* Times before 1973 are no wall clock: the number was cut. */
static const int64_t earliest = INT64_C(100000000) * 1000000000;

static mprof_record bad(const char *why)
{
    return (mprof_record){.kind = MPROF_BAD, .why = why};
}

/* Cuts the last field off *rest; false when there is none. */
static bool last_field(pv_str *rest, pv_str *field)
{
    size_t blank;

    while (rest->n && rest->p[rest->n - 1] == ' ')
        rest->n--;
    blank = pv_str_rfind(*rest, ' ');
    if (rest->n == 0)
        return false;
    *field = pv_str_slice(*rest, blank == SIZE_MAX ? 0 : blank + 1, rest->n);
    rest->n = blank == SIZE_MAX ? 0 : blank;
    return true;
}

/* Fields of a line of fixed shape, left to right; more than `max` is 0. */
static size_t split(pv_str s, pv_str *field, size_t max)
{
    size_t n = 0;

    while (s.n) {
        size_t blank = pv_str_find(s, ' ');
        pv_str f = pv_str_slice(s, 0, blank == SIZE_MAX ? s.n : blank);

        s = pv_str_slice(s, f.n + 1, s.n);
        if (f.n == 0)
            continue;
        if (n == max)
            return 0;
        field[n++] = f;
    }
    return n;
}

/* MiB with up to six decimals to bytes, to the nearest. */
static bool parse_mib(pv_str s, int64_t *bytes)
{
    int64_t micro;

    if (!pv_parse_scaled(s, 6, &micro) || micro > INT64_MAX / 2 ||
        micro < INT64_MIN / 2)
        return false;
    *bytes = pv_muldiv(micro, 1048576, 1000000);
    return true;
}

static const char *parse_sample(const pv_str field[2], int64_t *bytes,
                                int64_t *t)
{
    if (!parse_mib(field[0], bytes))
        return "memory is not a number";
    if (!pv_parse_scaled(field[1], 9, t))
        return "time is not a number";
    if (*t < earliest)
        return "time is before 1973: a number that was cut?";
    return *bytes < 0 ? "memory is negative" : NULL;
}

static mprof_record parse_mem(pv_str rest)
{
    mprof_record r = {.kind = MPROF_MEM, .pid = -1};
    pv_str field[2];

    if (split(rest, field, 2) != 2)
        return bad("MEM needs 2 numbers");
    r.why = parse_sample(field, &r.bytes, &r.t);
    return r.why ? bad(r.why) : r;
}

static mprof_record parse_chld(pv_str rest)
{
    mprof_record r = {.kind = MPROF_CHLD};
    pv_str field[3];

    if (split(rest, field, 3) != 3)
        return bad("CHLD needs a pid and 2 numbers");
    if (!pv_parse_i64(field[0], &r.pid) || r.pid < 0)
        return bad("pid is not a whole number");
    r.why = parse_sample(field + 1, &r.bytes, &r.t);
    return r.why ? bad(r.why) : r;
}

static mprof_record parse_func(pv_str rest)
{
    mprof_record r = {.kind = MPROF_FUNC, .level = -1};
    pv_str field[4], whole = rest, level;
    const char *why;

    if (last_field(&rest, &level) && pv_str_find(level, '.') == SIZE_MAX &&
        pv_parse_i64(level, &r.level) && r.level >= 0)
        whole = rest;
    else
        r.level = -1;
    for (size_t i = 4; i > 0; i--)
        if (!last_field(&whole, &field[i - 1]))
            return bad("FUNC needs a name and 4 numbers");
    r.text = whole;
    if (r.text.n == 0)
        return bad("FUNC needs a name and 4 numbers");
    why = parse_sample(field, &r.bytes, &r.t);
    if (!why)
        why = parse_sample(field + 2, &r.bytes_end, &r.t_end);
    if (!why && r.t_end < r.t)
        why = "FUNC ends before it starts";
    return why ? bad(why) : r;
}

static bool in_capitals(pv_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'A' || word.p[i] > 'Z')
            return false;
    return word.n > 0;
}

/* ---- the lines that nearly all are ---- */

/* Up to nine digits or so, a dot, `places` digits; behind them, or NULL for
 * anything else. */
static const char *fixed(const char *p, const char *end, unsigned places,
                         int64_t *out)
{
    const char *from = p;
    int64_t v = 0;

    for (; p < end && p - from <= 10 && (unsigned char)(*p - '0') < 10; p++)
        v = v * 10 + (*p - '0');
    if (p == from || p - from > 10 || end - p <= (ptrdiff_t)places || *p != '.')
        return NULL;
    for (from = p++; p - from <= (ptrdiff_t)places; p++) {
        if ((unsigned char)(*p - '0') >= 10)
            return NULL;
        v = v * 10 + (*p - '0');
    }
    *out = v;
    return p;
}

/* "MEM 45.449219 1795248454.2635", as mprof prints it; false: perhaps another
 * spelling of the same. */
static bool parse_plain(pv_str line, mprof_record *r)
{
    const char *p = line.p + 4, *end = line.p + line.n;
    int64_t micro, t;

    if (line.n < 8 || memcmp(line.p, "MEM ", 4) != 0)
        return false;
    p = fixed(p, end, 6, &micro);
    if (!p || end - p < 8 || *p != ' ' || micro >= INT64_C(1) << 48)
        return false;
    p = fixed(p + 1, end, 4, &t);
    if (p != end || t < earliest / 100000 || t > INT64_MAX / 100000)
        return false;
    /* 2^20 / 10^6, to the nearest: an odd divisor knows no ties */
    *r = (mprof_record){.kind = MPROF_MEM,
                        .pid = -1,
                        .bytes = (micro * 16384 + 7812) / 15625,
                        .t = t * 100000};
    return true;
}

mprof_record mprof_parse(pv_str line)
{
    mprof_record plain;
    size_t blank;
    pv_str word, rest;

    if (parse_plain(line, &plain))
        return plain;
    while (line.n && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' '))
        line.n--;
    if (line.n == 0)
        return (mprof_record){.kind = MPROF_BLANK};
    blank = pv_str_find(line, ' ');
    word = pv_str_slice(line, 0, blank == SIZE_MAX ? line.n : blank);
    rest = pv_str_slice(line, word.n + 1, line.n);
    if (pv_str_equal(word, PV_STR("MEM")))
        return parse_mem(rest);
    if (pv_str_equal(word, PV_STR("CHLD")))
        return parse_chld(rest);
    if (pv_str_equal(word, PV_STR("FUNC")))
        return parse_func(rest);
    if (pv_str_equal(word, PV_STR("CMDLINE")))
        return (mprof_record){.kind = MPROF_CMDLINE, .text = rest};
    if (in_capitals(word))
        return (mprof_record){.kind = MPROF_UNKNOWN, .text = word};
    return bad("not a record of mprof");
}
