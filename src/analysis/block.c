/* SPDX-License-Identifier: MIT */
/* Where a function ends, by the rules of Python's tokenizer: indentation,
 * brackets, strings, comments and continued lines. */
#include "block.h"

enum { INDENTS = 100 }; /* Python's own bound */

typedef enum token {
    T_NAME,
    T_OP, /* anything else that stands in a statement */
    T_INDENT,
    T_DEDENT,
    T_COMMENT,
    T_NEWLINE, /* ends a statement */
    T_NL       /* ends a line that ends none */
} token;

typedef struct finder {
    /* the block so far */
    int indent;
    bool lambda, started, skip, decorator, done;
    uint32_t last; /* line of the block, from 1 */
    long body;     /* column of the body; -1: not met */
    /* the scanner */
    uint32_t row;
    uint32_t columns[INDENTS];
    int depth;      /* of columns */
    int brackets;   /* open ones */
    bool continued; /* the line before ended in a backslash */
    char quote;     /* of the string that is open */
    bool triple, statement;
} finder;

/* ---- the block ---- */

static bool begins_block(token t, pv_str s)
{
    static const char *const words[] = {"def",   "class",    "lambda", "cdef",
                                        "cpdef", "property", NULL};

    for (size_t i = 0; t == T_NAME && words[i]; i++)
        if (pv_str_equal(s, pv_str_of(words[i])))
            return true;
    return false;
}

static void end_statement(finder *f)
{
    f->skip = false;
    f->last = f->row;
    f->done = f->lambda;
    f->decorator = false;
}

static void open_body(finder *f, long column)
{
    if (f->body < 0)
        f->body = column;
    f->indent++;
    f->skip = true;
}

/* One token at `column`; what it means for the block. */
static void feed(finder *f, token t, pv_str s, long column)
{
    if (f->done)
        return;
    if (!f->started && !f->decorator) {
        f->decorator = t == T_OP && pv_str_equal(s, PV_STR("@"));
        f->started = begins_block(t, s);
        f->lambda = f->started && pv_str_equal(s, PV_STR("lambda"));
        f->skip = true;
    } else if (t == T_NEWLINE) {
        end_statement(f);
    } else if (f->skip) {
        return;
    } else if (t == T_INDENT) {
        open_body(f, column);
    } else if (t == T_DEDENT) {
        f->done = --f->indent <= 0;
    } else if (t == T_COMMENT) {
        if (f->body >= 0 && column >= f->body)
            f->last = f->row;
    } else if (f->indent == 0 && t != T_NL) {
        f->done = true;
    }
}

/* ---- the scanner ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* Indentation in columns; *pos is where the text begins. */
static uint32_t indentation(pv_str line, size_t *pos)
{
    uint32_t column = 0;

    for (*pos = 0; *pos < line.n; (*pos)++) {
        if (line.p[*pos] == ' ')
            column++;
        else if (line.p[*pos] == '\t')
            column = (column / 8 + 1) * 8;
        else if (line.p[*pos] == '\f')
            column = 0;
        else
            break;
    }
    return column;
}

/* INDENT and DEDENTs before a statement. */
static void indent_to(finder *f, uint32_t column, size_t pos)
{
    if (column > f->columns[f->depth]) {
        if (f->depth + 1 == INDENTS) {
            f->done = true;
            return;
        }
        f->columns[++f->depth] = column;
        feed(f, T_INDENT, PV_STR(""), (long)pos);
    }
    while (!f->done && column < f->columns[f->depth]) {
        bool known = false;

        for (int i = 0; i <= f->depth; i++)
            known |= f->columns[i] == column;
        if (!known) { /* Python refuses such a file */
            f->done = true;
            return;
        }
        f->depth--;
        feed(f, T_DEDENT, PV_STR(""), (long)pos);
    }
}

/* Past the end of the open string, or the line's end. */
static size_t skip_string(finder *f, pv_str line, size_t pos)
{
    while (pos < line.n) {
        char c = line.p[pos];

        if (c == '\\') {
            pos += 2;
            continue;
        }
        pos++;
        if (c != f->quote)
            continue;
        if (!f->triple) {
            f->quote = 0;
            return pos;
        }
        if (pos + 1 < line.n && line.p[pos] == c && line.p[pos + 1] == c) {
            f->quote = 0;
            return pos + 2;
        }
    }
    /* A string of one line goes on only behind a backslash. */
    if (!f->triple && !(line.n > 0 && line.p[line.n - 1] == '\\'))
        f->quote = 0;
    return line.n;
}

static size_t open_string(finder *f, pv_str line, size_t pos)
{
    char c = line.p[pos];

    f->quote = c;
    f->triple =
        pos + 2 < line.n && line.p[pos + 1] == c && line.p[pos + 2] == c;
    return skip_string(f, line, pos + (f->triple ? 3 : 1));
}

/* "rb" before a quote belongs to the string. */
static bool is_prefix(pv_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (!strchr("rRbBuUfFtT", word.p[i]))
            return false;
    return word.n > 0 && word.n <= 2;
}

static size_t word_end(pv_str line, size_t pos)
{
    while (pos < line.n && is_word(line.p[pos]))
        pos++;
    return pos;
}

static void bracket(finder *f, char c)
{
    if (c == '(' || c == '[' || c == '{')
        f->brackets++;
    else if ((c == ')' || c == ']' || c == '}') && f->brackets > 0)
        f->brackets--;
}

/* The token at `pos`; returns where the next may be. */
static size_t scan_token(finder *f, pv_str line, size_t pos)
{
    char c = line.p[pos];
    size_t end = pos + 1;

    f->statement = true;
    if (is_word(c)) {
        pv_str word;

        end = word_end(line, pos);
        word = pv_str_slice(line, pos, end);
        if (end < line.n && (line.p[end] == '"' || line.p[end] == '\'') &&
            is_prefix(word)) {
            feed(f, T_OP, PV_STR("\""), (long)pos);
            return open_string(f, line, end);
        }
        feed(f, c >= '0' && c <= '9' ? T_OP : T_NAME, word, (long)pos);
        return end;
    }
    feed(f, T_OP, pv_str_slice(line, pos, end), (long)pos);
    bracket(f, c);
    return c == '"' || c == '\'' ? open_string(f, line, pos) : end;
}

static void scan_rest(finder *f, pv_str line, size_t pos)
{
    while (pos < line.n && !f->done) {
        char c = line.p[pos];

        if (c == ' ' || c == '\t' || c == '\f') {
            pos++;
        } else if (c == '#') {
            feed(f, T_COMMENT, PV_STR("#"), (long)pos);
            return;
        } else if (c == '\\' && pos + 1 == line.n) {
            f->continued = true;
            return;
        } else {
            pos = scan_token(f, line, pos);
        }
    }
}

static void end_line(finder *f)
{
    if (f->done || f->quote || f->continued)
        return;
    if (f->brackets > 0 || !f->statement) {
        feed(f, T_NL, PV_STR(""), 0);
        return;
    }
    feed(f, T_NEWLINE, PV_STR(""), 0);
    f->statement = false;
}

static void scan_line(finder *f, pv_str line)
{
    bool fresh = f->brackets == 0 && !f->continued && !f->quote;
    size_t pos = 0;

    if (f->quote) {
        pos = skip_string(f, line, 0);
    } else if (fresh) {
        uint32_t column = indentation(line, &pos);

        f->statement = false;
        if (pos < line.n && line.p[pos] != '#')
            indent_to(f, column, pos);
    }
    f->continued = false;
    scan_rest(f, line, pos);
    end_line(f);
}

uint32_t pv_block_lines(const pv_source_text *text, uint32_t first)
{
    finder f = {.last = 1, .body = -1};

    if (first == 0 || first > text->len)
        return 0;
    for (uint32_t i = first - 1; i < text->len && !f.done; i++) {
        f.row = i - first + 2;
        scan_line(&f, text->at[i]);
    }
    return f.last;
}
