/* SPDX-License-Identifier: MIT */
/* Languages whose comments are C's: strings, comments, numbers, keywords. */
#include "syntax_parts.h"

static size_t block_comment(pv_syntax *s, pv_str line, size_t begin, size_t pos)
{
    while (pos < line.n && s->comment) {
        if (line.p[pos] == '*' && pv_syn_at(line, pos + 1) == '/') {
            s->comment--;
            pos += 2;
        } else if (s->language == PV_LANG_RUST && line.p[pos] == '/' &&
                   pv_syn_at(line, pos + 1) == '*') {
            s->comment += s->comment < INT32_MAX;
            pos += 2;
        } else {
            pos++;
        }
    }
    pv_syn_add(s, begin, pos, PV_SYN_COMMENT);
    return pos;
}

static size_t open_string(pv_syntax *s, pv_str line, size_t begin, size_t pos,
                          pv_quoted q)
{
    return pv_syn_push(s, q) ? pv_syn_string(s, line, begin, pos + q.len)
                             : pos + q.len;
}

/* 'a' is a character of Rust, 'a alone a lifetime. */
static bool is_lifetime(pv_str line, size_t pos)
{
    size_t next = pos + 1;

    if (pv_syn_at(line, next) == '\\')
        return false;
    next++;
    while (next < line.n && ((unsigned char)line.p[next] & 0xC0) == 0x80)
        next++;
    return pv_syn_at(line, next) != '\'';
}

/* r"..", r#".."#: how many hashes; SIZE_MAX when it is none. */
static size_t rust_raw(pv_str line, size_t pos)
{
    size_t hashes = 0;

    while (pv_syn_at(line, pos + hashes) == '#')
        hashes++;
    return pv_syn_at(line, pos + hashes) == '"' && hashes < 100 ? hashes
                                                                : SIZE_MAX;
}

static size_t word(pv_syntax *s, pv_str line, size_t pos)
{
    size_t end = pv_syn_word_end(line, pos);
    pv_str text = pv_str_slice(line, pos, end);
    size_t raw = SIZE_MAX;

    if (s->language == PV_LANG_RUST && pv_str_ends(text, PV_STR("r")) &&
        text.n <= 2)
        raw = rust_raw(line, end);
    if (raw != SIZE_MAX)
        return open_string(s, line, pos, end + raw,
                           (pv_quoted){.quote = '"',
                                       .lines = true,
                                       .raw = true,
                                       .len = (uint8_t)(raw + 1),
                                       .mark = '#'});
    if (s->language == PV_LANG_CPP && pv_str_ends(text, PV_STR("R")) &&
        text.n <= 3 && pv_syn_at(line, end) == '"' &&
        pv_syn_at(line, end + 1) == '(')
        return open_string(
            s, line, pos, end,
            (pv_quoted){.quote = ')', .lines = true, .len = 2, .mark = '"'});
    if (pv_syn_is_keyword(s->language, text)) {
        pv_syn_add(s, pos, end, PV_SYN_KEYWORD);
        s->defining = pv_syn_defines(s->language, text);
    } else if (s->defining) {
        pv_syn_add(s, pos, end, PV_SYN_NAME);
        s->defining = false;
    }
    return end;
}

static size_t quoted(pv_syntax *s, pv_str line, size_t pos)
{
    char c = line.p[pos];
    bool triple = s->language == PV_LANG_JAVA && c == '"' &&
                  pv_syn_at(line, pos + 1) == '"' &&
                  pv_syn_at(line, pos + 2) == '"';
    bool tick = c == '`';

    if (c == '\'' && s->language == PV_LANG_RUST && is_lifetime(line, pos))
        return pos + 1;
    return open_string(
        s, line, pos, pos,
        (pv_quoted){.quote = c,
                    .len = triple ? 3 : 1,
                    .raw = tick && s->language == PV_LANG_GO,
                    .lines = tick || triple || s->language == PV_LANG_RUST,
                    .braces = tick && s->language == PV_LANG_JS});
}

static bool has_ticks(pv_language l)
{
    return l == PV_LANG_GO || l == PV_LANG_JS;
}

/* "#include", where the line begins with it. */
static size_t directive(pv_syntax *s, pv_str line, size_t pos)
{
    size_t end = pv_syn_word_end(line, pv_syn_skip_blanks(line, pos + 1));

    pv_syn_add(s, pos, end, PV_SYN_KEYWORD);
    return end;
}

static size_t code(pv_syntax *s, pv_str line, size_t pos)
{
    char c = line.p[pos], next = pv_syn_at(line, pos + 1);

    if (c == '/' && next == '/') {
        pv_syn_add(s, pos, line.n, PV_SYN_COMMENT);
        return line.n;
    }
    if (c == '/' && next == '*') {
        s->comment = 1;
        return block_comment(s, line, pos, pos + 2);
    }
    if (pv_syn_is_digit(c)) {
        size_t end = pv_syn_number_end(line, pos + 1);

        pv_syn_add(s, pos, end, PV_SYN_NUMBER);
        return end;
    }
    if (pv_syn_is_word(c))
        return word(s, line, pos);
    if (c == '"' || c == '\'' || (c == '`' && has_ticks(s->language)))
        return quoted(s, line, pos);
    if (c == '#' && (s->language == PV_LANG_C || s->language == PV_LANG_CPP) &&
        pv_syn_skip_blanks(line, 0) == pos)
        return directive(s, line, pos);
    if (c != ' ')
        s->defining = false;
    return pos + 1;
}

size_t pv_syn_light(pv_syntax *s, pv_str line, size_t pos)
{
    if (s->comment)
        return block_comment(s, line, pos, pos);
    if (!pv_syn_top(s))
        return code(s, line, pos);
    if (line.p[pos] == '"' || line.p[pos] == '\'' || line.p[pos] == '`')
        return quoted(s, line, pos);
    return pv_syn_expression(s, line, pos);
}
