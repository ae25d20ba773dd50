/* SPDX-License-Identifier: MIT */
/* Folded stacks, the frame: its text into name, file, line and kind.
 *
 * Read from the right, since names and paths may hold anything.  What fits no
 * shape is a name.
 */
#include "folded.h"
#include "number.h"
#include "utf8.h"

static bool line_number(pv_str s, uint32_t *out)
{
    uint64_t v;

    if (!pv_parse_u64(s, &v) || v > UINT32_MAX)
        return false;
    *out = (uint32_t)v;
    return true;
}

/* "x:12" -> x and 12 */
static bool split_line(pv_str s, pv_str *head, uint32_t *line)
{
    size_t from = s.n;

    while (from && s.p[from - 1] >= '0' && s.p[from - 1] <= '9')
        from--;
    if (from < 2 || from == s.n || s.p[from - 1] != ':' ||
        !line_number(pv_str_slice(s, from, s.n), line))
        return false;
    *head = pv_str_slice(s, 0, from - 1);
    return true;
}

/* The '(' of the last group, whose ')' ends the text; a blank stands before
 * it.  Groups in it are skipped: "f (/home/my (old) dir/x.py:3)". */
size_t pv_folded_group(pv_str s)
{
    size_t depth = 0, open;
    const char *last;

    if (s.n < 4 || s.p[s.n - 1] != ')')
        return SIZE_MAX;
    last = memrchr(s.p, '(', s.n);
    open = last ? (size_t)(last - s.p) : 0;
    if (open == 0)
        return SIZE_MAX;
    if (!memchr(s.p + open, ')', s.n - 1 - open)) /* mostly: nothing nested */
        return s.p[open - 1] == ' ' ? open : SIZE_MAX;
    for (size_t i = s.n; i > 1; i--) {
        depth += s.p[i - 1] == ')';
        if (s.p[i - 1] == '(' && --depth == 0)
            return s.p[i - 2] == ' ' ? i - 1 : SIZE_MAX;
    }
    for (size_t i = s.n - 1; i > 1; i--) /* unbalanced: the last " (" */
        if (s.p[i - 1] == '(' && s.p[i - 2] == ' ')
            return i - 1;
    return SIZE_MAX;
}

bool pv_folded_paren(pv_str text, bool bare, pv_folded_frame *f)
{
    return pv_folded_paren_at(text, pv_folded_group(text), bare, f);
}

bool pv_folded_paren_at(pv_str text, size_t open, bool bare, pv_folded_frame *f)
{
    pv_str inside;

    if (open == SIZE_MAX || open < 2)
        return false;
    inside = pv_str_slice(text, open + 1, text.n - 1);
    if (split_line(inside, &f->file, &f->line))
        ;
    else if (bare && inside.n)
        f->file = pv_str_equal(inside, PV_STR("?")) ? PV_STR("") : inside;
    else
        return false;
    f->name = pv_str_slice(text, 0, open - 1);
    return true;
}

bool pv_folded_colons(pv_str text, pv_folded_frame *f)
{
    pv_str head;
    size_t colon;
    uint32_t line;

    if (!split_line(text, &head, &line))
        return false;
    colon = pv_str_rfind(head, ':');
    if (colon == SIZE_MAX || colon == 0 || colon + 1 == head.n)
        return false;
    f->file = pv_str_slice(head, 0, colon);
    f->name = pv_str_slice(head, colon + 1, head.n);
    f->line = line;
    return true;
}

bool pv_folded_place_first(pv_str text, pv_folded_frame *f)
{
    return pv_folded_place_first_at(text, pv_folded_group(text), f);
}

bool pv_folded_place_first_at(pv_str text, size_t open, pv_folded_frame *f)
{
    if (open == SIZE_MAX || open < 2 || open + 2 >= text.n ||
        !split_line(pv_str_slice(text, 0, open - 1), &f->file, &f->line))
        return false;
    f->name = pv_str_slice(text, open + 1, text.n - 1);
    return true;
}

bool pv_folded_profile(pv_str text, pv_folded_frame *f)
{
    for (size_t i = 1; i + 2 < text.n; i++) {
        size_t end = i + 1;

        if (text.p[i] != ':')
            continue;
        while (end < text.n && text.p[end] >= '0' && text.p[end] <= '9')
            end++;
        if (end + 1 >= text.n || text.p[end] != ':' ||
            !line_number(pv_str_slice(text, i + 1, end), &f->line))
            continue;
        f->file = pv_str_slice(text, 0, i);
        f->name = pv_str_slice(text, end + 1, text.n);
        f->definition = true;
        return true;
    }
    return false;
}

bool pv_folded_process(pv_str text, bool *closed)
{
    size_t i = sizeof "process " - 1;

    if (!pv_str_starts(text, PV_STR("process ")))
        return false;
    while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9')
        i++;
    if (i == sizeof "process " - 1 || i + 1 >= text.n || text.p[i] != ':' ||
        text.p[i + 1] != '"')
        return false;
    *closed = i + 2 < text.n && text.p[text.n - 1] == '"';
    return true;
}

bool pv_folded_line_mark(pv_str text, uint32_t *line)
{
    return text.n > 1 && text.p[0] == 'L' &&
           line_number(pv_str_slice(text, 1, text.n), line);
}

static bool is_thread_id(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F') || c == 'x' || c == ':';
}

bool pv_folded_austin_head(pv_str text)
{
    if (text.n < 2 || (text.p[0] != 'P' && text.p[0] != 'T'))
        return false;
    if (text.p[0] == 'P')
        return pv_is_digits(pv_str_slice(text, 1, text.n));
    for (size_t i = 1; i < text.n; i++)
        if (!is_thread_id(text.p[i]))
            return false;
    return true;
}

static void parse_pyspy(pv_str text, bool bare, pv_folded_frame *f)
{
    bool closed;

    if (pv_folded_process(text, &closed))
        f->kind = PV_FN_PROCESS;
    else if (pv_str_starts(text, PV_STR("thread (")))
        f->kind = PV_FN_THREAD;
    else
        pv_folded_paren(text, bare, f);
}

/* "func (file);L3" and "file:func;L3", as older austins spell a frame. */
static bool parse_joined(pv_str text, pv_folded_frame *f)
{
    size_t cut = pv_str_rfind(text, ';');
    pv_str head = pv_str_slice(text, 0, cut);
    size_t colon;

    if (cut == SIZE_MAX ||
        !pv_folded_line_mark(pv_str_slice(text, cut + 1, text.n), &f->line))
        return false;
    f->name = head;
    if (pv_folded_paren(head, true, f))
        return true;
    colon = pv_str_rfind(head, ':');
    if (colon != SIZE_MAX && colon > 0 && colon + 1 < head.n) {
        f->file = pv_str_slice(head, 0, colon);
        f->name = pv_str_slice(head, colon + 1, head.n);
    }
    return true;
}

static void parse_austin(pv_str text, pv_folded_frame *f)
{
    if (pv_folded_austin_head(text))
        f->kind = text.p[0] == 'P' ? PV_FN_PROCESS : PV_FN_THREAD;
    else if (pv_str_equal(text, PV_STR(":INVALID:")))
        f->kind = PV_FN_MARK;
    else if (!parse_joined(text, f) && !pv_folded_colons(text, f))
        pv_folded_paren(text, true, f);
}

/* A source line that Fil puts below its frame: U+2800 in front, blanks as
 * U+12E4, ';' as U+FF1B. */
static bool parse_source(pv_str text, pv_buf *scratch, pv_folded_frame *f)
{
    size_t at = 3;

    if (!pv_str_starts(text, PV_STR("\xe2\xa0\x80")))
        return false;
    pv_buf_clear(scratch);
    while (at < text.n) {
        size_t begin = at;
        int32_t cp = pv_utf8_next(text, &at);

        if (cp == 0x12e4)
            pv_buf_char(scratch, ' ');
        else if (cp == 0xff1b)
            pv_buf_char(scratch, ';');
        else
            pv_buf_str(scratch, pv_str_slice(text, begin, at));
    }
    f->name = pv_buf_text(scratch);
    f->kind = PV_FN_MARK;
    return true;
}

static void parse_fil(pv_str text, pv_buf *scratch, pv_folded_frame *f)
{
    if (pv_str_equal(text, PV_STR("[No Python stack]")))
        f->kind = PV_FN_MARK;
    else if (!parse_source(text, scratch, f))
        pv_folded_place_first(text, f);
}

static void parse_pyflame(pv_str text, pv_folded_frame *f)
{
    if (pv_str_equal(text, PV_STR("(idle)")) ||
        pv_str_equal(text, PV_STR("(failed)")))
        f->kind = PV_FN_MARK;
    else
        pv_folded_colons(text, f);
}

/* perf's name for a Python frame: py::func:/path/file.py */
static bool parse_trampoline(pv_str text, pv_folded_frame *f)
{
    size_t colon;

    if (!pv_str_starts(text, PV_STR("py::")))
        return false;
    text = pv_str_slice(text, 4, text.n);
    colon = pv_str_rfind(text, ':');
    if (colon == SIZE_MAX || colon == 0 || colon + 1 == text.n)
        return false;
    f->name = pv_str_slice(text, 0, colon);
    f->file = pv_str_slice(text, colon + 1, text.n);
    return true;
}

void pv_folded_parse(pv_folded_dialect d, pv_str text, pv_buf *scratch,
                     pv_folded_frame *f)
{
    *f = (pv_folded_frame){.name = text, .file = PV_STR("")};
    switch (d) {
    case PV_FOLDED_PYSPY: parse_pyspy(text, true, f); break;
    case PV_FOLDED_AUSTIN: parse_austin(text, f); break;
    case PV_FOLDED_PYFLAME:
    case PV_FOLDED_CHART: parse_pyflame(text, f); break;
    case PV_FOLDED_TACHYON:
        if (pv_str_starts(text, PV_STR("tid:")))
            f->kind = PV_FN_THREAD;
        else
            pv_folded_colons(text, f);
        break;
    case PV_FOLDED_FIL: parse_fil(text, scratch, f); break;
    case PV_FOLDED_FLAMEPROF: pv_folded_profile(text, f); break;
    case PV_FOLDED_PERF:
    case PV_FOLDED_PLAIN:
        if (!parse_trampoline(text, f))
            parse_pyspy(text, false, f);
        break;
    }
}
