/* SPDX-License-Identifier: MIT */
/* Rules out of text. */
#include "rules.h"

#include "number.h"

static const struct {
    const char *suffix;
    pv_unit unit;
    int64_t factor;
} suffixes[] = {
    {"ns", PV_NANOSECONDS, 1},
    {"us", PV_NANOSECONDS, 1000},
    {"\u00b5s", PV_NANOSECONDS, 1000},
    {"ms", PV_NANOSECONDS, 1000000},
    {"s", PV_NANOSECONDS, 1000000000},
    {"min", PV_NANOSECONDS, INT64_C(60000000000)},
    {"B", PV_BYTES, 1},
    {"kB", PV_BYTES, 1000},
    {"MB", PV_BYTES, 1000000},
    {"GB", PV_BYTES, 1000000000},
    {"KiB", PV_BYTES, 1024},
    {"MiB", PV_BYTES, 1024 * 1024},
    {"GiB", PV_BYTES, 1024 * 1024 * 1024},
};
enum { SUFFIXES = sizeof suffixes / sizeof *suffixes };

/* So that products of all that a rule meets fit 127 bits. */
#define NUMBER_MAX INT64_C(1000000000000000)
enum { PLACES_MAX = 9 };

const char *pv_rule_scope_name(pv_rule_scope scope)
{
    switch (scope) {
    case PV_RULE_WHOLE: return "";
    case PV_RULE_FUNC: return "func";
    case PV_RULE_FILE: return "file";
    case PV_RULE_MODULE: return "module";
    }
    return ""; /* not reached while every scope has a case */
}

/* ---- the text as it is walked through ---- */

typedef struct reading {
    pv_str text;
    size_t at;
    const pv_place *from;
    pv_error *err;
} reading;

static pv_place place_of(const reading *r, size_t at)
{
    pv_place place = *r->from;

    place.column = (place.column ? place.column : 1) + (uint32_t)at;
    return place;
}

static bool fail(const reading *r, size_t at, const char *text)
{
    pv_place place = place_of(r, at);

    return pv_fail(r->err, PV_E_USAGE, &place, "%s", text);
}

static bool fail_word(const reading *r, size_t at, pv_str word,
                      const char *wanted)
{
    pv_place place = place_of(r, at);

    return pv_fail(r->err, PV_E_USAGE, &place, "'%s' is not %s", PV_QUOTE(word),
                   wanted);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void skip_blanks(reading *r)
{
    while (r->at < r->text.n && is_blank(r->text.p[r->at]))
        r->at++;
}

/* Up to a blank, an operator or the end. */
static pv_str word(reading *r)
{
    size_t from = r->at;

    while (r->at < r->text.n && !is_blank(r->text.p[r->at]) &&
           r->text.p[r->at] != '<' && r->text.p[r->at] != '>')
        r->at++;
    return pv_str_slice(r->text, from, r->at);
}

/* ---- [func|file|module:GLOB:] ---- */

static bool read_prefix(reading *r, pv_rule *rule)
{
    size_t first = pv_str_find(r->text, ':');
    size_t last = pv_str_rfind(r->text, ':');
    pv_str kind = pv_str_slice(r->text, 0, first);

    if (first == SIZE_MAX)
        return true;
    for (int s = PV_RULE_FUNC; s < PV_RULE_SCOPES; s++)
        if (pv_str_equal(kind, pv_str_of(pv_rule_scope_name((pv_rule_scope)s))))
            rule->scope = (pv_rule_scope)s;
    if (rule->scope == PV_RULE_WHOLE)
        return fail_word(r, 0, kind, "one of func, file and module");
    if (first == last)
        return fail(r, r->text.n,
                    "a metric is wanted behind the names, as in "
                    "func:load:time > +10%");
    rule->glob = pv_str_slice(r->text, first + 1, last);
    r->at = last + 1;
    return rule->glob.n > 0 ||
           fail(r, first + 1, "names are wanted between the colons; * is all");
}

static bool read_operator(reading *r, pv_rule *rule)
{
    skip_blanks(r);
    if (r->at == r->text.n ||
        (r->text.p[r->at] != '>' && r->text.p[r->at] != '<'))
        return fail(r, r->at, "> or < is wanted behind the metric");
    rule->less = r->text.p[r->at++] == '<';
    return true;
}

/* ---- LIMIT {and LIMIT} ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_number(reading *r, pv_rule_limit *limit)
{
    size_t from = r->at;
    bool overflow = false;
    pv_str digits;

    while (r->at < r->text.n &&
           (is_digit(r->text.p[r->at]) || r->text.p[r->at] == '.'))
        r->at++;
    digits = pv_str_slice(r->text, from, r->at);
    if (digits.n && is_digit(digits.p[0]) &&
        pv_parse_decimal(digits, &limit->number, &limit->exponent, &overflow)) {
        overflow = limit->number > NUMBER_MAX || limit->exponent > PLACES_MAX;
        if (!overflow)
            return true;
    }
    if (overflow)
        return fail(r, from, "this number has too many digits");
    return fail(r, from,
                "a limit is wanted: a change (+10%, -5ms), a level (1GiB) or "
                "a share (5% of total)");
}

/* "of total" behind a percentage. */
static bool read_of_total(reading *r)
{
    size_t before = r->at;

    skip_blanks(r);
    if (pv_str_equal(word(r), PV_STR("of"))) {
        skip_blanks(r);
        if (pv_str_equal(word(r), PV_STR("total")))
            return true;
    }
    r->at = before;
    return false;
}

static bool read_percent(reading *r, pv_rule_limit *limit, bool change,
                         size_t from)
{
    bool share = read_of_total(r);

    if (share && change)
        return fail(r, from, "a share has no sign: 5% of total");
    if (!share && !change)
        return fail(r, from,
                    "a change has a sign (+10%), a share ends in 'of total'");
    limit->kind = share ? PV_LIMIT_SHARE : PV_LIMIT_PERCENT;
    return true;
}

static bool read_suffix(reading *r, pv_rule_limit *limit)
{
    size_t from = r->at;
    pv_str suffix = word(r);

    limit->any_unit = suffix.n == 0;
    for (size_t i = 0; i < SUFFIXES && suffix.n; i++)
        if (pv_str_equal(suffix, pv_str_of(suffixes[i].suffix))) {
            limit->unit = suffixes[i].unit;
            limit->factor = suffixes[i].factor;
            return true;
        }
    return limit->any_unit ||
           fail_word(r, from, suffix,
                     "a unit: ns, us, ms, s, min, B, KiB, MiB, GiB, kB, MB, "
                     "GB, or % behind a change or a share");
}

static bool read_limit(reading *r, pv_rule *rule)
{
    pv_rule_limit *limit = &rule->limits[rule->len];
    bool change, minus;
    size_t from;

    skip_blanks(r);
    from = r->at;
    if (rule->len == PV_RULE_LIMITS)
        return fail(r, from, "more than 8 limits");
    minus = r->at < r->text.n && r->text.p[r->at] == '-';
    change = minus || (r->at < r->text.n && r->text.p[r->at] == '+');
    r->at += change;
    *limit = (pv_rule_limit){.kind = change ? PV_LIMIT_CHANGE : PV_LIMIT_LEVEL,
                             .factor = 1,
                             .column = place_of(r, from).column};
    if (!read_number(r, limit))
        return false;
    if (minus)
        limit->number = -limit->number;
    rule->len++;
    if (r->at < r->text.n && r->text.p[r->at] == '%') {
        r->at++;
        return read_percent(r, limit, change, from);
    }
    return read_suffix(r, limit);
}

static bool read_limits(reading *r, pv_rule *rule)
{
    for (;;) {
        size_t from;
        pv_str next;

        if (!read_limit(r, rule))
            return false;
        from = r->at;
        skip_blanks(r);
        if (r->at == r->text.n)
            return true;
        if (r->at == from)
            return fail(r, from, "a blank is wanted behind a limit");
        from = r->at;
        next = word(r);
        if (!pv_str_equal(next, PV_STR("and")))
            return fail_word(r, from, next.n ? next : PV_STR(">"),
                             "'and' or the end of the rule");
    }
}

static pv_str trimmed(pv_str text, size_t *from)
{
    *from = 0;
    while (*from < text.n && is_blank(text.p[*from]))
        *from += 1;
    while (text.n > *from && is_blank(text.p[text.n - 1]))
        text.n--;
    return pv_str_slice(text, *from, text.n);
}

bool pv_rule_parse(pv_rule *rule, pv_str text, const pv_place *at,
                   pv_error *err)
{
    size_t from;
    pv_place place = *at;
    reading r = {.text = trimmed(text, &from), .from = &place, .err = err};

    place.column = (at->column ? at->column : 1) + (uint32_t)from;
    *rule = (pv_rule){.text = r.text, .at = place};
    if (r.text.n == 0)
        return fail(&r, 0, "a rule is wanted, as in time > +10%");
    if (!read_prefix(&r, rule))
        return false;
    skip_blanks(&r);
    rule->metric_column = place_of(&r, r.at).column;
    rule->metric = word(&r);
    if (rule->metric.n == 0)
        return fail(&r, r.at, "a metric is wanted, as in time > +10%");
    return read_operator(&r, rule) && read_limits(&r, rule);
}
