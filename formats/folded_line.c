/* SPDX-License-Identifier: MIT */
/* Folded stacks, the line: "stack <blank> count" and nothing else. */
#include <stdio.h>

#include "folded.h"
#include "number.h"

enum { DECIMALS_MAX = 9 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

pv_str pv_folded_trim(pv_str line)
{
    while (line.n &&
           (is_blank(line.p[line.n - 1]) || line.p[line.n - 1] == '\r'))
        line.n--;
    return line;
}

/* Digits of `text` on top of *v; false when they leave int64. */
static bool add_digits(pv_str text, uint64_t *v)
{
    for (size_t i = 0; i < text.n; i++) {
        uint64_t digit = (uint64_t)(text.p[i] - '0');

        if (*v > (INT64_MAX - digit) / 10)
            return false;
        *v = *v * 10 + digit;
    }
    return true;
}

/* Is the number nearer to the next one above its first nine decimals? */
static bool rounds_up(pv_str rest, bool odd)
{
    if (rest.p[0] != '5')
        return rest.p[0] > '5';
    for (size_t i = 1; i < rest.n; i++)
        if (rest.p[i] != '0')
            return true;
    return odd;
}

static bool add_decimals(pv_str part, uint64_t *v, pv_folded_count *out)
{
    pv_str kept;

    while (part.n && part.p[part.n - 1] == '0')
        part.n--;
    kept = pv_str_slice(part, 0, DECIMALS_MAX);
    out->rounded = part.n > DECIMALS_MAX;
    out->exponent = (uint8_t)kept.n;
    if (!add_digits(kept, v))
        return false;
    if (out->rounded &&
        rounds_up(pv_str_slice(part, DECIMALS_MAX, part.n), *v & 1)) {
        if (*v == INT64_MAX)
            return false;
        ++*v;
    }
    return true;
}

static size_t digits_at(pv_str s, size_t at)
{
    size_t n = at;

    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n - at;
}

pv_folded_fault pv_folded_number(pv_str text, bool sign, pv_folded_count *out)
{
    bool minus = text.n && text.p[0] == '-';
    pv_str s = pv_str_slice(text, minus, text.n);
    size_t whole = digits_at(s, 0), part = 0;
    uint64_t v = 0;

    *out = (pv_folded_count){0};
    if (whole && whole < s.n && s.p[whole] == '.')
        part = 1 + digits_at(s, whole + 1);
    if (whole == 0 || whole + part != s.n)
        return PV_FOLDED_NOT_NUMBER;
    if (minus && !sign)
        return PV_FOLDED_NEGATIVE;
    if (!add_digits(pv_str_slice(s, 0, whole), &v) ||
        !add_decimals(pv_str_slice(s, whole + 1, s.n), &v, out))
        return PV_FOLDED_TOO_LARGE;
    out->v = minus ? -(int64_t)v : (int64_t)v;
    return PV_FOLDED_FINE;
}

bool pv_folded_split(pv_str line, pv_str *stack, pv_str *word)
{
    size_t at = line.n;

    while (at && !is_blank(line.p[at - 1]))
        at--;
    *word = pv_str_slice(line, at, line.n);
    *stack = pv_str_slice(line, 0, at ? at - 1 : 0);
    return at > 0;
}

pv_str pv_folded_tidy(pv_str stack, bool classic)
{
    if (!classic)
        stack = pv_folded_trim(stack);
    while (stack.n && stack.p[stack.n - 1] == ';')
        stack.n--;
    return stack;
}

bool pv_folded_second(pv_str *stack, pv_folded_count *before,
                      pv_folded_fault *fault)
{
    pv_str rest, word;
    size_t at = stack->n;

    /* no blank in sight: most stacks end in a ':12' or a ')' */
    while (at && (is_digit(stack->p[at - 1]) || stack->p[at - 1] == '.'))
        at--;
    if (at == stack->n || at == 0 || !is_blank(stack->p[at - 1]))
        return false;
    if (!pv_folded_split(*stack, &rest, &word))
        return false;
    *fault = pv_folded_number(word, false, before);
    if (*fault != PV_FOLDED_FINE && *fault != PV_FOLDED_TOO_LARGE)
        return false;
    *stack = rest;
    return true;
}

pv_folded_fault pv_folded_three(pv_str word, pv_folded_count out[3])
{
    for (int i = 0; i < 3; i++) {
        size_t comma = i < 2 ? pv_str_find(word, ',') : word.n;
        pv_folded_fault fault;

        if (comma == SIZE_MAX)
            return PV_FOLDED_NOT_THREE;
        fault = pv_folded_number(pv_str_slice(word, 0, comma), i == 2, &out[i]);
        if (fault != PV_FOLDED_FINE)
            return fault == PV_FOLDED_TOO_LARGE ? fault : PV_FOLDED_NOT_THREE;
        word = pv_str_slice(word, comma + 1, word.n);
    }
    return PV_FOLDED_FINE;
}

void pv_folded_reason(pv_folded_fault fault, pv_str word, char *out,
                      size_t size)
{
    char quote[4 * 24 + 8];

    pv_printable(word, 24, quote, sizeof quote);
    switch (fault) {
    case PV_FOLDED_FINE: out[0] = '\0'; return;
    case PV_FOLDED_NO_COUNT:
        snprintf(out, size, "expected a count after the stack");
        return;
    case PV_FOLDED_NO_STACK:
        snprintf(out, size, "expected a stack before the count");
        return;
    case PV_FOLDED_NOT_NUMBER:
        snprintf(out, size, "'%s' is not a number", quote);
        return;
    case PV_FOLDED_NEGATIVE:
        snprintf(out, size, "'%s' is negative", quote);
        return;
    case PV_FOLDED_TOO_LARGE:
        snprintf(out, size, "'%s' is above 2^63-1, the most that is read",
                 quote);
        return;
    case PV_FOLDED_NOT_THREE:
        snprintf(out, size, "expected time,idle,memory and found '%s'", quote);
        return;
    case PV_FOLDED_NO_TIME:
        snprintf(out, size, "expected a time in microseconds");
        return;
    case PV_FOLDED_LONE_TIME:
        snprintf(out, size, "expected a stack after the time");
        return;
    case PV_FOLDED_CLOCK: snprintf(out, size, "'%s' goes back", quote); return;
    }
}
