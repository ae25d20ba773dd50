/* SPDX-License-Identifier: MIT */
/* The syntax scanner's frame: lines, spans, strings that go on. */
#include "syntax_parts.h"

void pv_syn_add(pv_syntax *s, size_t begin, size_t end, pv_syn kind)
{
    pv_span *last = s->len ? &s->spans[s->len - 1] : NULL;

    if (kind == PV_SYN_PLAIN || begin >= end)
        return;
    if (last && last->end == begin && last->kind == kind)
        last->end = (uint32_t)end;
    else if (s->len < s->room)
        s->spans[s->len++] = (pv_span){(uint32_t)begin, (uint32_t)end, kind};
}

pv_quoted *pv_syn_top(pv_syntax *s)
{
    return s->strings ? &s->open[s->strings - 1] : NULL;
}

bool pv_syn_push(pv_syntax *s, pv_quoted q)
{
    if (s->strings == PV_STRINGS_MAX)
        return false;
    s->open[s->strings++] = q;
    return true;
}

size_t pv_syn_word_end(pv_str line, size_t pos)
{
    while (pos < line.n && pv_syn_is_word(line.p[pos]))
        pos++;
    return pos;
}

/* "0x1F", "1_000.5e-3", "3j", "10u64". */
size_t pv_syn_number_end(pv_str line, size_t pos)
{
    bool hex = pos + 1 < line.n && line.p[pos] == '0' &&
               (line.p[pos + 1] | 0x20) == 'x';

    while (pos < line.n) {
        char c = line.p[pos];
        bool sign =
            (c == '+' || c == '-') && !hex && (line.p[pos - 1] | 0x20) == 'e';
        bool dot = c == '.' && pv_syn_at(line, pos + 1) != '.';

        if (!pv_syn_is_word(c) && !dot && !sign)
            break;
        pos++;
    }
    return pos;
}

size_t pv_syn_skip_blanks(pv_str line, size_t pos)
{
    while (pos < line.n &&
           (line.p[pos] == ' ' || line.p[pos] == '\t' || line.p[pos] == '\f'))
        pos++;
    return pos;
}

/* ---- strings ---- */

static bool ends_here(const pv_quoted *q, pv_str line, size_t pos)
{
    size_t quotes = q->mark ? 1 : q->len;

    if (line.n - pos < q->len)
        return false;
    for (size_t i = 0; i < q->len; i++)
        if (line.p[pos + i] != (i < quotes ? q->quote : q->mark))
            return false;
    return true;
}

/* Behind "\N{LATIN SMALL LETTER A}", or behind one escaped character. */
static size_t skip_escape(const pv_quoted *q, pv_str line, size_t pos)
{
    if (q->braces && !q->raw && pv_syn_at(line, pos + 1) == 'N' &&
        pv_syn_at(line, pos + 2) == '{') {
        pv_str rest = pv_str_slice(line, pos, line.n);
        size_t end = pv_str_find(rest, '}');

        return end == SIZE_MAX ? line.n : pos + end + 1;
    }
    return pos + 2 < line.n ? pos + 2 : line.n;
}

/* A brace in a string with expressions; *end: its text stops behind it. */
static size_t at_brace(pv_syntax *s, pv_str line, size_t pos, bool *end)
{
    pv_quoted *q = pv_syn_top(s);
    bool dollar = q->quote == '`'; /* ${x} */
    char c = line.p[pos];

    if (dollar && (c != '{' || pos == 0 || line.p[pos - 1] != '$'))
        return pos + 1;
    if (c == '}') {
        q->spec = false;
        return pos + 1;
    }
    if (!dollar && !q->spec && pv_syn_at(line, pos + 1) == '{')
        return pos + 2;
    q->code = *end = true;
    q->depth = 0;
    return pos + 1;
}

static size_t string_text(pv_syntax *s, pv_str line, size_t pos, bool *end)
{
    while (pos < line.n && !*end) {
        pv_quoted *q = pv_syn_top(s);
        char c = line.p[pos];

        if (c == '\\' && !q->mark && (!q->raw || q->quote != '`')) {
            pos = skip_escape(q, line, pos);
        } else if (c == q->quote && ends_here(q, line, pos)) {
            pos += q->len;
            s->strings--;
            *end = true;
        } else if (q->braces && (c == '{' || c == '}')) {
            pos = at_brace(s, line, pos, end);
        } else {
            pos++;
        }
    }
    return pos;
}

size_t pv_syn_string(pv_syntax *s, pv_str line, size_t begin, size_t pos)
{
    bool end = false, nested = false;

    for (int i = 0; i + 1 < s->strings; i++)
        nested |= s->open[i].code;
    pos = string_text(s, line, pos, &end);
    if (!nested) /* expressions are plain */
        pv_syn_add(s, begin, pos, PV_SYN_STRING);
    return pos;
}

/* Strings of one line that are open at its end go on behind a backslash. */
static void end_strings(pv_syntax *s, pv_str line)
{
    bool more = line.n > 0 && line.p[line.n - 1] == '\\';
    pv_quoted *q = pv_syn_top(s);

    if (q && !q->lines && !q->code && !more)
        s->strings--;
}

size_t pv_syn_expression(pv_syntax *s, pv_str line, size_t pos)
{
    pv_quoted *q = pv_syn_top(s);

    switch (line.p[pos]) {
    case '(':
    case '[':
    case '{': q->depth += q->depth < INT32_MAX; break;
    case ')':
    case ']': q->depth -= q->depth > 0; break;
    case '}':
        if (q->depth == 0)
            q->code = q->spec = false;
        q->depth -= q->depth > 0;
        if (!q->code) /* the brace is the string's again */
            return pv_syn_string(s, line, pos, pos + 1);
        break;
    case ':':
        if (q->depth == 0 && q->quote != '`') {
            q->code = false;
            q->spec = true;
            return pv_syn_string(s, line, pos, pos + 1);
        }
        break;
    }
    return pos + 1;
}

/* ---- lines ---- */

static size_t scan(pv_syntax *s, pv_str line, size_t pos)
{
    const pv_quoted *q = pv_syn_top(s);

    if (q && !q->code)
        return pv_syn_string(s, line, pos, pos);
    if (s->language <= PV_LANG_CYTHON)
        return pv_syn_python(s, line, pos);
    return pv_syn_light(s, line, pos);
}

/* Indentation in columns; *pos is where the text begins. */
static uint32_t indentation(pv_str line, size_t *pos)
{
    uint32_t column = 0;

    for (*pos = 0; *pos < line.n; (*pos)++) {
        char c = line.p[*pos];

        if (c == ' ')
            column++;
        else if (c == '\t')
            column = (column / 8 + 1) * 8;
        else if (c == '\f')
            column = 0;
        else
            break;
    }
    return column;
}

static size_t begin_line(pv_syntax *s, pv_str line)
{
    bool inside = s->strings || s->brackets || s->continued || s->comment;
    size_t pos;

    s->indent = indentation(line, &pos);
    s->fresh = !inside && pos < line.n && line.p[pos] != '#';
    s->word = s->defined = (pv_str){"", 0};
    s->literal = false;
    s->continued = false;
    if (!inside)
        s->defining = false;
    return inside ? 0 : pos;
}

size_t pv_syntax_line(pv_syntax *s, pv_str line, pv_span *spans, size_t room)
{
    size_t pos;

    s->spans = spans;
    s->room = room;
    s->len = 0;
    if (s->language == PV_LANG_NONE)
        return 0;
    for (pos = begin_line(s, line); pos < line.n;)
        pos = scan(s, line, pos);
    end_strings(s, line);
    return s->len;
}

void pv_syntax_init(pv_syntax *s, pv_language language)
{
    *s = (pv_syntax){.language = language};
}
