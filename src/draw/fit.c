/* SPDX-License-Identifier: MIT */
/* The label ladder. */
#include "fit.h"

#include "advance.h"
#include "utf8.h"

enum {
    NAME_MAX_BYTES = 4096, /* longer names are cut before anything is tried */
    MIDDLE_FROM = 5600     /* narrower boxes show the head only */
};

static const pv_str dots = {"\xe2\x80\xa6", 3};

/* ---- components ---- */

/* Brackets, so that what is inside them does not split a name. */
static int nesting(char c)
{
    if (c == '<' || c == '(' || c == '[' || c == '{')
        return 1;
    if (c == '>' || c == ')' || c == ']' || c == '}')
        return -1;
    return 0;
}

/* The separator a name is split at: paths at '/', C++ at "::", else '.', ':'
 * (given as '.').  0 = it has none. */
static char separator_of(pv_str name)
{
    int depth = 0;
    char found = 0;

    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];

        depth += nesting(c);
        if (depth > 0)
            continue;
        if (c == '/')
            return '/';
        if (c == ':' && i + 1 < name.n && name.p[i + 1] == ':')
            found = ':';
        else if ((c == '.' || c == ':') && !found)
            found = '.';
    }
    return found;
}

/* Length of the separator that ends before `at`, 0 = none there. */
static size_t separator_before(pv_str name, size_t at, char kind)
{
    char last = name.p[at - 1];

    if (kind == ':')
        return last == ':' && at > 1 && name.p[at - 2] == ':' ? 2 : 0;
    if (kind == '.')
        return last == '.' || last == ':' ? 1 : 0;
    return last == kind ? 1 : 0;
}

pv_str pv_last_components(pv_str name, unsigned count)
{
    char kind = separator_of(name);
    int depth = 0;

    for (size_t at = name.n; kind && at > 0; at--) {
        depth -= nesting(name.p[at - 1]);
        if (depth > 0 || at == name.n || !separator_before(name, at, kind))
            continue;
        if (--count == 0)
            return pv_str_slice(name, at, name.n);
    }
    return name;
}

/* `<built-in method builtins.len>`, `<method 'search' of 're.Pattern'
 * objects>`: what stands between. */
static pv_str unwrap_builtin(pv_str name)
{
    const pv_str builtin = PV_STR("<built-in method ");
    const pv_str method = PV_STR("<method '");

    if (!pv_str_ends(name, PV_STR(">")))
        return name;
    if (pv_str_starts(name, builtin)) {
        name = pv_str_slice(name, builtin.n, name.n - 1);
        return pv_last_components(name, 1);
    }
    if (pv_str_starts(name, method)) {
        pv_str rest = pv_str_slice(name, method.n, name.n);
        size_t quote = pv_str_find(rest, '\'');

        return quote == SIZE_MAX ? name : pv_str_slice(rest, 0, quote);
    }
    return name;
}

static bool is_operator(const pv_buf *out)
{
    return pv_str_ends(pv_buf_text(out), PV_STR("operator"));
}

/* C++ and Rust: without template arguments, then without parameters. */
static pv_str without_arguments(pv_str name, pv_buf *room)
{
    int depth = 0;

    pv_buf_clear(room);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool angle = c == '<' || c == '>';

        if (angle && !depth && is_operator(room)) {
            pv_buf_char(room, c);
        } else if (c == '<') {
            depth++;
        } else if (c == '>') {
            depth -= depth > 0;
        } else if (!depth && c == '(' && room->n && !is_operator(room)) {
            break;
        } else if (!depth) {
            pv_buf_char(room, c);
        }
    }
    return room->failed || !room->n ? name : pv_buf_text(room);
}

pv_str pv_short_name(pv_str name, pv_buf *room)
{
    pv_str inner = unwrap_builtin(name);

    if (inner.n != name.n)
        return inner;
    for (size_t i = 0; i + 1 < name.n; i++)
        if (name.p[i] == ':' && name.p[i + 1] == ':')
            return without_arguments(name, room);
    return name;
}

/* ---- cutting ---- */

static bool fits(pv_str text, pv_fitting f)
{
    int64_t room = (int64_t)f.inner * 10 / f.size; /* thousandths of an em */

    return pv_text_em(text, room) <= room;
}

/* How many bytes of whole graphemes from the start fit into `room`
 * thousandths; *count of them. */
static size_t head_that_fits(pv_str text, int64_t room, size_t *count)
{
    size_t taken = 0;

    *count = 0;
    while (taken < text.n) {
        size_t end = pv_grapheme_end(text, taken), at = taken;
        int64_t width = 0;

        while (at < end)
            width += pv_advance(pv_utf8_next(text, &at));
        if (width > room)
            break;
        room -= width;
        taken = end;
        (*count)++;
    }
    return taken;
}

/* Where the tail begins that fits into `room`: the first grapheme after which
 * the rest is narrow enough. */
static size_t tail_that_fits(pv_str text, size_t from, int64_t room)
{
    int64_t width = 0;

    for (size_t at = from; at < text.n;)
        width += pv_advance(pv_utf8_next(text, &at));
    while (from < text.n && width > room) {
        size_t end = pv_grapheme_end(text, from);

        while (from < end)
            width -= pv_advance(pv_utf8_next(text, &from));
    }
    return from;
}

static void cut_head_only(pv_buf *out, pv_str text, int64_t room)
{
    size_t count, n = head_that_fits(text, room, &count);

    if (count >= 3) {
        pv_buf_add(out, text.p, n);
        pv_buf_str(out, dots);
    }
}

static void cut_text(pv_buf *out, pv_str text, pv_fitting f)
{
    int64_t room = (int64_t)f.inner * 10 / f.size - pv_advance(0x2026);
    size_t count, n;

    if (f.cut == PV_CUT_LEFT) {
        n = tail_that_fits(text, 0, room);
        if (text.n - n < 3)
            return;
        pv_buf_str(out, dots);
        pv_buf_add(out, text.p + n, text.n - n);
        return;
    }
    if (f.cut == PV_CUT_RIGHT || f.inner < MIDDLE_FROM) {
        cut_head_only(out, text, room);
        return;
    }
    n = head_that_fits(text, room * 62 / 100, &count);
    pv_buf_add(out, text.p, n);
    pv_buf_str(out, dots);
    n = tail_that_fits(text, n, room - room * 62 / 100);
    pv_buf_add(out, text.p + n, text.n - n);
}

/* ---- the ladder ---- */

/* What of a name may be shown; too long ones, which cannot be shown anyway, are
 * their ends. */
static pv_str clean_ends(pv_buf *out, pv_str name)
{
    size_t half = NAME_MAX_BYTES / 2, tail = name.n - half;

    if (name.n <= NAME_MAX_BYTES) {
        if (pv_is_plain(name))
            return name;
        pv_clean(out, name);
        return pv_buf_text(out);
    }
    while (half > 1 && ((unsigned char)name.p[half] & 0xc0) == 0x80)
        half--;
    while (tail < name.n && ((unsigned char)name.p[tail] & 0xc0) == 0x80)
        tail++;
    pv_clean(out, pv_str_slice(name, 0, half));
    pv_buf_str(out, dots);
    pv_clean(out, pv_str_slice(name, tail, name.n));
    return pv_buf_text(out);
}

static pv_str pick(pv_str name, pv_fitting f, pv_buf *room)
{
    pv_str text;

    if (fits(name, f))
        return name;
    name = pv_short_name(name, room);
    text = pv_last_components(name, 2);
    return fits(text, f) ? text : pv_last_components(name, 1);
}

void pv_fit_name(pv_buf *out, pv_str name, pv_fitting f)
{
    pv_buf clean = {0}, room = {0};
    pv_str text;

    pv_buf_clear(out);
    text = pick(clean_ends(&clean, name), f, &room);
    if (fits(text, f))
        pv_buf_str(out, text);
    else
        cut_text(out, text, f);
    out->failed |= clean.failed || room.failed;
    pv_buf_done(&clean);
    pv_buf_done(&room);
}

void pv_fit_text(pv_buf *out, pv_str text, pv_fitting f)
{
    pv_buf clean = {0};

    pv_buf_clear(out);
    text = clean_ends(&clean, text);
    if (fits(text, f))
        pv_buf_str(out, text);
    else
        cut_text(out, text, f);
    out->failed |= clean.failed;
    pv_buf_done(&clean);
}
