/* SPDX-License-Identifier: MIT */
/* Python's words, strings, numbers, decorators. */
#include "syntax_parts.h"

/* "rb", "F", "tr": before a quote they belong to the string. */
static bool is_prefix(pv_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (!strchr("rRbBuUfFtT", word.p[i]))
            return false;
    return word.n > 0 && word.n <= 2;
}

static bool has_letter(pv_str word, char letter)
{
    for (size_t i = 0; i < word.n; i++)
        if ((word.p[i] | 0x20) == letter)
            return true;
    return false;
}

/* The string whose quote stands at `pos` and whose prefix before it. */
static size_t open_string(pv_syntax *s, pv_str line, size_t begin, size_t pos)
{
    pv_str prefix = pv_str_slice(line, begin, pos);
    char c = line.p[pos];
    bool triple =
        pv_syn_at(line, pos + 1) == c && pv_syn_at(line, pos + 2) == c;
    uint8_t len = triple ? 3 : 1;
    bool ok = pv_syn_push(s, (pv_quoted){.quote = c,
                                         .lines = triple,
                                         .len = len,
                                         .raw = has_letter(prefix, 'r'),
                                         .braces = has_letter(prefix, 'f') ||
                                                   has_letter(prefix, 't')});

    return ok ? pv_syn_string(s, line, begin, pos + len) : pos + len;
}

/* Python's soft keywords are such only where a statement begins so. */
static bool is_soft(const pv_syntax *s, pv_str line, size_t begin, size_t end)
{
    pv_str word = pv_str_slice(line, begin, end);
    size_t next = pv_syn_skip_blanks(line, end), last = line.n;

    if (!s->fresh || s->word.p != line.p + begin || next == end ||
        next >= line.n)
        return false;
    if (pv_str_equal(word, PV_STR("type")))
        return pv_syn_is_word(line.p[next]);
    while (last > next && (line.p[last - 1] == ' '))
        last--;
    return (pv_str_equal(word, PV_STR("match")) ||
            pv_str_equal(word, PV_STR("case"))) &&
           line.p[last - 1] == ':' && !strchr("=.,)]:+/%&|<>", line.p[next]);
}

static size_t word(pv_syntax *s, pv_str line, size_t pos)
{
    size_t end = pv_syn_word_end(line, pos);
    pv_str text = pv_str_slice(line, pos, end);

    if (end < line.n && (line.p[end] == '"' || line.p[end] == '\'') &&
        is_prefix(text)) {
        s->literal |= s->fresh && s->word.p == text.p;
        return open_string(s, line, pos, end);
    }
    if (pv_syn_is_keyword(s->language, text)) {
        s->defining = pv_syn_defines(s->language, text);
        pv_syn_add(s, pos, end, PV_SYN_KEYWORD);
    } else if (s->defining) {
        pv_syn_add(s, pos, end, PV_SYN_NAME);
        s->defined = text;
        s->defining = false;
    } else if (is_soft(s, line, pos, end)) {
        pv_syn_add(s, pos, end, PV_SYN_KEYWORD);
    }
    return end;
}

static size_t decorator(pv_syntax *s, pv_str line, size_t pos)
{
    size_t end = pv_syn_skip_blanks(line, pos + 1);

    while (end < line.n && (pv_syn_is_word(line.p[end]) || line.p[end] == '.'))
        end++;
    pv_syn_add(s, pos, end, PV_SYN_NAME);
    return end;
}

static void note_start(pv_syntax *s, pv_str line, size_t pos)
{
    char c = line.p[pos];

    if (!s->fresh || s->word.n)
        return;
    s->word = pv_str_slice(line, pos, pv_syn_word_end(line, pos));
    if (s->word.n == 0)
        s->word = pv_str_slice(line, pos, pos + 1);
    s->literal = c == '"' || c == '\'' || pv_syn_is_digit(c);
}

static size_t sign(pv_syntax *s, pv_str line, size_t pos)
{
    char c = line.p[pos];

    if (c == '(' || c == '[' || c == '{')
        s->brackets += s->brackets < INT32_MAX;
    else if (c == ')' || c == ']' || c == '}')
        s->brackets -= s->brackets > 0;
    return pos + 1;
}

static size_t code(pv_syntax *s, pv_str line, size_t pos)
{
    char c = line.p[pos];

    if (c == '#') {
        pv_syn_add(s, pos, line.n, PV_SYN_COMMENT);
        return line.n;
    }
    if (c == '\\' && pos + 1 == line.n) {
        s->continued = true;
        return line.n;
    }
    if (pv_syn_is_digit(c) ||
        (c == '.' && pv_syn_is_digit(pv_syn_at(line, pos + 1)))) {
        size_t end = pv_syn_number_end(line, pos + 1);

        pv_syn_add(s, pos, end, PV_SYN_NUMBER);
        return end;
    }
    if (pv_syn_is_word(c))
        return word(s, line, pos);
    if (c == '"' || c == '\'')
        return open_string(s, line, pos, pos);
    if (c == '@' && s->fresh && s->word.p == line.p + pos)
        return decorator(s, line, pos);
    return sign(s, line, pos);
}

/* Inside of an f-string's braces only strings and brackets matter. */
static size_t expression(pv_syntax *s, pv_str line, size_t pos)
{
    char c = line.p[pos];
    size_t end;

    if (c == '#')
        return line.n;
    if (c == '"' || c == '\'')
        return open_string(s, line, pos, pos);
    end = pv_syn_word_end(line, pos);
    if (end == pos)
        return pv_syn_expression(s, line, pos);
    if (end < line.n && (line.p[end] == '"' || line.p[end] == '\'') &&
        is_prefix(pv_str_slice(line, pos, end)))
        return open_string(s, line, pos, end);
    return end;
}

size_t pv_syn_python(pv_syntax *s, pv_str line, size_t pos)
{
    if (pv_syn_top(s))
        return expression(s, line, pos);
    pos = pv_syn_skip_blanks(line, pos);
    if (pos == line.n)
        return pos;
    note_start(s, line, pos);
    return code(s, line, pos);
}
