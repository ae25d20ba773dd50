/* SPDX-License-Identifier: MIT */
/* Which format is it?  Every reader bids on the first bytes; evidence counts,
 * names only break ties. */
#include "formats.h"

#include <stdio.h>

#include "printed.h"

static bool has_extension(const pv_format *f, pv_str name)
{
    if (pv_str_ends(name, PV_STR(".gz")))
        name.n -= 3;
    for (size_t i = 0; f->extensions && f->extensions[i]; i++)
        if (pv_str_ends(name, pv_str_of(f->extensions[i])))
            return true;
    return false;
}

enum { LIST = 320 }; /* room for the names of all formats */

static size_t list_tried(char *out, size_t size)
{
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; pv_formats[i] && n + 1 < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%s", i ? ", " : "",
                              pv_formats[i]->name);
    return n;
}

/* The first line that is not blank; empty when the head is no text. */
static pv_str first_line(pv_bytes head)
{
    pv_str text = {(const char *)head.p, head.n};
    size_t from = 0, to;

    while (from < text.n && (unsigned char)text.p[from] <= ' ' &&
           text.p[from] != '\0')
        from++;
    for (to = from; to < text.n && text.p[to] != '\n'; to++)
        if ((unsigned char)text.p[to] < ' ' && text.p[to] != '\t' &&
            text.p[to] != '\r')
            return PV_STR("");
    return pv_str_slice(text, from, to);
}

static bool all_blank(pv_bytes head)
{
    for (size_t i = 0; i < head.n; i++)
        if (!memchr(" \t\r\n", head.p[i], 4))
            return false;
    return true;
}

/* Says what the file begins with: its first line or its first bytes. */
static void fail_strange(pv_source *s, pv_bytes head)
{
    pv_str line = first_line(head);
    char tried[LIST], hex[32] = "";
    size_t n = 0;

    list_tried(tried, sizeof tried);
    for (size_t i = 0; i < head.n && i < 4; i++)
        n += (size_t)snprintf(hex + n, sizeof hex - n, " %02x", head.p[i]);
    if (all_blank(head))
        pv_source_fail(s, PV_E_FORMAT, "nothing but blank lines in it");
    else if (line.n)
        pv_source_fail(s, PV_E_FORMAT,
                       "not a profile this program knows (tried %s); it "
                       "begins '%s'",
                       tried, PV_QUOTE(line));
    else
        pv_source_fail(s, PV_E_FORMAT,
                       "not a profile this program knows (tried %s); first "
                       "bytes%s",
                       tried, hex);
}

/* A kind of file that is known, though not read; NULL: none. */
static const char *stranger(pv_bytes head)
{
    const char *name = pv_magic_name(head);

    if (!name)
        name = pv_json_name(head, first_line(head));
    return name ? name : pv_text_name(head, first_line(head));
}

static void fail_unknown(pv_source *s, pv_bytes head)
{
    const char *name = stranger(head);

    if (name)
        pv_source_fail(s, PV_E_FORMAT, "not a profile: %s", name);
    else if (pv_str_ends(pv_input_name(s->input), PV_STR(".py")))
        pv_source_fail(s, PV_E_FORMAT,
                       "a Python program, not a profile; record one first "
                       "(python -m cProfile -o FILE PROGRAM.py, or kernprof "
                       "-l PROGRAM.py for its lines)");
    else
        fail_strange(s, head);
}

static const pv_format *named(pv_source *s)
{
    const pv_format *f = pv_format_find(s->options->format);
    char tried[LIST];

    if (f)
        return f;
    list_tried(tried, sizeof tried);
    pv_fail(s->err, PV_E_USAGE, NULL,
            "'%s' is not an input format; there are %s",
            PV_QUOTE(s->options->format), tried);
    return NULL;
}

/* A guess counts where the user's words back it: what was asked for, or the
 * file's name. */
static int weigh(const pv_source *s, const pv_format *f, int bid)
{
    bool named_so = has_extension(f, pv_input_name(s->input));

    if (bid == PV_BID_GUESS && !named_so && !s->options->any_text)
        return 0;
    return bid > 0 ? bid + named_so : 0;
}

/* Pages and JSON are mostly of other programs, whatever reads some. */
static bool is_foreign(const pv_source *s, pv_bytes head)
{
    pv_str name = pv_input_name(s->input);

    if (pv_str_ends(name, PV_STR(".gz")))
        name.n -= 3;
    return (pv_str_ends(name, PV_STR(".html")) ||
            pv_str_ends(name, PV_STR(".json"))) &&
           !pv_head_has(head, PV_STR("profviz"));
}

/* Text that nobody claims is read as what its name says: the reader's error
 * tells more than that nobody knows it. */
static const pv_format *by_name(const pv_source *s, pv_bytes head)
{
    size_t looked = head.n < 4096 ? head.n : 4096;

    if (stranger(head) || all_blank(head) || is_foreign(s, head) ||
        memchr(head.p, 0, looked))
        return NULL;
    for (size_t i = 0; pv_formats[i]; i++)
        if (!pv_formats[i]->opens &&
            has_extension(pv_formats[i], pv_input_name(s->input)))
            return pv_formats[i];
    return NULL;
}

typedef struct auction {
    const pv_format *best, *second; /* second: bids as much as the best */
    int high;
    bool guessed; /* somebody's guess was not backed */
} auction;

/* With so many bits no report is asked. */
enum { SURE = 16 };

/* Lines that are looked at where stacks seem to be; bytes of a heading. */
enum { LOOKED = 200, HEADING = 20 };

static int bid_of(const pv_format *f, pv_bytes head, bool whole)
{
    return f->bid ? f->bid(head, whole) : pv_printed_bid(f, head, whole);
}

static void bid_once(const pv_source *s, auction *a, const pv_format *f,
                     int raw)
{
    int bid = weigh(s, f, raw);

    a->guessed = a->guessed || (raw > 0 && bid == 0);
    if (bid > a->high) {
        a->best = f;
        a->second = NULL;
        a->high = bid;
    } else if (bid > 0 && bid == a->high && f != a->best) {
        a->second = f;
    }
}

static bool ends_in_digit(pv_str line)
{
    return line.n && line.p[line.n - 1] >= '0' && line.p[line.n - 1] <= '9';
}

/* Rows of a table may look like stacks, its heading never does: it is looked
 * for in the first lines that are none. */
static void ask_headings(const pv_source *s, auction *a, pv_bytes head)
{
    pv_str text = {(const char *)head.p, head.n};
    pv_buf clean = {0};

    for (size_t n = 0; text.n && n < LOOKED; n++) {
        size_t lf = pv_str_find(text, '\n');
        pv_str line = pv_str_slice(text, 0, lf == SIZE_MAX ? text.n : lf);

        text = pv_str_slice(text, line.n + 1, text.n);
        if (line.n < HEADING || ends_in_digit(line))
            continue;
        line = pv_printed_clean(&clean, line);
        for (size_t i = 0; pv_formats[i]; i++)
            if (pv_formats[i]->evidence >= PV_BID_MEMORY_TEXT &&
                pv_formats[i]->opens(line))
                bid_once(s, a, pv_formats[i], pv_formats[i]->evidence);
    }
    pv_buf_done(&clean);
}

/* Reports are asked only where nothing else is sure: their search costs more
 * than all the other bids together. */
static void bid_all(const pv_source *s, auction *a, pv_bytes head, bool whole)
{
    for (size_t i = 0; pv_formats[i]; i++)
        if (!pv_formats[i]->opens)
            bid_once(s, a, pv_formats[i], bid_of(pv_formats[i], head, whole));
    if (a->high >= SURE && a->best->loose)
        ask_headings(s, a, head);
    for (size_t i = 0; a->high < SURE && pv_formats[i]; i++)
        if (pv_formats[i]->opens)
            bid_once(s, a, pv_formats[i], bid_of(pv_formats[i], head, whole));
}

/* Printed reports stand anywhere in a log: a text that nobody claims by its
 * beginning is looked through, line by line. */
static bool look_through(pv_source *s, auction *a)
{
    pv_buf clean = {0};
    pv_bytes all;
    pv_str text;

    if (!pv_input_hold(s->input, &all, s->err))
        return false;
    text = (pv_str){(const char *)all.p, all.n};
    while (text.n) {
        size_t lf = pv_str_find(text, '\n');
        pv_str line = pv_str_slice(text, 0, lf == SIZE_MAX ? text.n : lf);

        text = pv_str_slice(text, line.n + 1, text.n);
        line = pv_printed_clean(&clean, line);
        for (size_t i = 0; pv_formats[i]; i++)
            if (pv_formats[i]->opens && pv_formats[i]->opens(line))
                bid_once(s, a, pv_formats[i], pv_formats[i]->evidence);
    }
    pv_buf_done(&clean);
    return true;
}

/* Does the file look like another kind than the one that the user named?  They
 * may know better: it is read as they say. */
static bool wonder(pv_source *s, const pv_format *f, pv_bytes head, bool whole)
{
    auction a = {0};

    bid_all(s, &a, head, whole);
    return a.high < SURE || !a.best || a.best == f ||
           bid_of(f, head, whole) > 0 ||
           pv_source_warn(s, 0,
                          "looks like %s, but --input-format says %s; without "
                          "it the content decides",
                          a.best->name, f->name);
}

static const pv_format *winner(pv_source *s, const auction *a, pv_bytes head)
{
    const pv_format *f = a->best ? a->best : by_name(s, head);

    if (a->second)
        pv_source_fail(s, PV_E_USAGE,
                       "may be %s or %s; say which with --input-format",
                       a->best->name, a->second->name);
    else if (!f && a->guessed && !stranger(head))
        pv_source_fail(s, PV_E_FORMAT,
                       "may be a table of names and numbers; say what it is "
                       "with --input-format objgraph or --input-format folded");
    else if (!f)
        fail_unknown(s, head);
    return a->second ? NULL : f;
}

/* XML that draws no flame graph: some lines of it would do as stacks. */
static bool is_xml(pv_bytes head)
{
    return pv_str_starts(first_line(head), PV_STR("<?xml")) &&
           !pv_head_has(head, PV_STR("<svg"));
}

const pv_format *pv_detect(pv_source *s)
{
    auction a = {0};
    pv_bytes head;
    const pv_format *f;
    bool whole;

    if (!pv_input_peek(s->input, &head, &whole, s->err))
        return NULL;
    if (head.n == 0) {
        pv_source_fail(s, PV_E_FORMAT, "file is empty");
        return NULL;
    }
    if (s->options->format.n) {
        f = named(s);
        return f && wonder(s, f, head, whole) ? f : NULL;
    }
    if (pv_is_sure_stranger(head) || is_xml(head)) {
        fail_unknown(s, head);
        return NULL;
    }
    bid_all(s, &a, head, whole);
    if (a.high <= PV_BID_GUESS && !whole && !pv_magic_name(head) &&
        !look_through(s, &a))
        return NULL;
    return winner(s, &a, head);
}
