/* SPDX-License-Identifier: MIT */
/* Finds the values of secrets in a command line by the names before them. */
#include "secret.h"

typedef struct walk {
    pv_buf *out;
    pv_str s;
    size_t at;
    char quote; /* that is open, or 0 */
} walk;

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool is_quote(char c)
{
    return c == '\'' || c == '"';
}

static char peek(const walk *w)
{
    return w->at < w->s.n ? w->s.p[w->at] : '\0';
}

static void copy(walk *w)
{
    pv_buf_char(w->out, w->s.p[w->at++]);
}

static char folded(char c)
{
    if (c == '_')
        return '-';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool ends_folded(pv_str word, pv_str tail)
{
    if (word.n < tail.n)
        return false;
    for (size_t i = 0; i < tail.n; i++)
        if (folded(word.p[word.n - tail.n + i]) != tail.p[i])
            return false;
    return true;
}

/* Is this the name of something secret? */
static bool names_secret(pv_str word)
{
    static const char *const tails[] = {
        "token",       "password",     "passwd",      "pwd",
        "passphrase",  "secret",       "api-key",     "apikey",
        "access-key",  "secret-key",   "private-key", "credential",
        "credentials", "authorization"};

    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (ends_folded(word, pv_str_of(tails[i])))
            return true;
    return false;
}

/* ---- values ---- */

/* The quoted part that begins here, or what of it is there. */
static void pass_quoted(walk *w)
{
    size_t end =
        pv_str_find(pv_str_slice(w->s, w->at + 1, w->s.n), w->s.p[w->at]);

    w->at = end == SIZE_MAX ? w->s.n : w->at + 1 + end + 1;
}

/* One word, as a shell parts them. */
static void pass_word(walk *w)
{
    while (w->at < w->s.n && !is_space(peek(w)))
        if (is_quote(peek(w)))
            pass_quoted(w);
        else
            w->at += peek(w) == '\\' && w->at + 1 < w->s.n ? 2 : 1;
}

static void mask(walk *w, bool to_quote)
{
    size_t begin = w->at;

    if (!w->quote)
        pass_word(w);
    else
        while (w->at < w->s.n && peek(w) != w->quote &&
               (to_quote || !is_space(peek(w))))
            w->at++;
    if (w->at > begin)
        pv_buf_puts(w->out, "***");
}

/* Behind the name of a secret: "=value", ": value", and of an option
 * " value". */
static void mask_value(walk *w, bool option)
{
    bool joined = peek(w) == '=' || peek(w) == ':';

    if (!joined && !(option && is_space(peek(w))))
        return;
    if (joined)
        copy(w);
    while (is_space(peek(w)))
        copy(w);
    if (joined || peek(w) != '-')
        mask(w, joined);
}

static void take_word(walk *w)
{
    size_t begin = w->at;
    pv_str word;

    while (w->at < w->s.n && is_word(peek(w)))
        w->at++;
    word = pv_str_slice(w->s, begin, w->at);
    pv_buf_str(w->out, word);
    if (names_secret(word))
        mask_value(w, word.p[0] == '-');
}

enum { LOGIN = 24 }; /* longer than a name that one logs in with */

/* http and https: what stands alone before "@" is a token there, elsewhere
 * ("ssh://git@") a name. */
static bool is_web(const walk *w)
{
    pv_str before = pv_str_slice(w->s, 0, w->at);

    return ends_folded(before, PV_STR("http")) ||
           ends_folded(before, PV_STR("https"));
}

/* "://user:password@", "https://token@" */
static void take_address(walk *w)
{
    size_t end = w->at + 3, colon = SIZE_MAX, sign = SIZE_MAX;

    for (; end < w->s.n && !is_space(w->s.p[end]) && !is_quote(w->s.p[end]) &&
           w->s.p[end] != '/';
         end++)
        if (w->s.p[end] == '@')
            sign = end;
        else if (w->s.p[end] == ':' && colon == SIZE_MAX)
            colon = end;
    if (sign == SIZE_MAX || (colon > sign && !is_web(w))) {
        copy(w);
        return;
    }
    if (colon > sign || (is_web(w) && colon - w->at > 3 + LOGIN))
        colon = w->at + 2; /* a token where the user's name would be */
    pv_buf_str(w->out, pv_str_slice(w->s, w->at, colon + 1));
    pv_buf_puts(w->out, "***");
    w->at = sign;
}

/* An apostrophe that nothing closes is a letter. */
static void take_quote(walk *w)
{
    char c = peek(w);

    if (w->quote == c)
        w->quote = '\0';
    else if (!w->quote &&
             pv_str_find(pv_str_slice(w->s, w->at + 1, w->s.n), c) != SIZE_MAX)
        w->quote = c;
    copy(w);
}

void pv_mask_secrets(pv_buf *out, pv_str line)
{
    walk w = {.out = out, .s = line};

    while (w.at < w.s.n) {
        if (is_word(peek(&w)))
            take_word(&w);
        else if (is_quote(peek(&w)))
            take_quote(&w);
        else if (pv_str_starts(pv_str_slice(line, w.at, line.n), PV_STR("://")))
            take_address(&w);
        else if (peek(&w) == '\\' && !w.quote && w.at + 1 < line.n) {
            copy(&w);
            copy(&w);
        } else
            copy(&w);
    }
}
