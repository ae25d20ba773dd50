/* SPDX-License-Identifier: MIT */
/* tracemalloc's filters: [!]GLOB[:LINE] and [!]domain=N. */
#include "trace_filter.h"

#include "number.h"
#include "utf8.h"

/* ---- globs ---- */

/* Behind the set that begins after '[' at `at`; 0: there is no end. */
static size_t set_end(pv_str glob, size_t at)
{
    if (at < glob.n && glob.p[at] == '!')
        at++;
    if (at < glob.n && glob.p[at] == ']')
        at++;
    while (at < glob.n && glob.p[at] != ']')
        at++;
    return at < glob.n ? at + 1 : 0;
}

/* The character at *at, behind which it then is; a byte that is none is one of
 * its own. */
static int32_t next_char(pv_str s, size_t *at)
{
    unsigned char byte = (unsigned char)s.p[*at];
    int32_t c = pv_utf8_next(s, at);

    return c == PV_BAD_BYTE ? 0xdc00 + byte : c;
}

/* Is `c` in the set [at, end)? */
static bool in_set(pv_str glob, size_t at, size_t end, int32_t c)
{
    bool other = glob.p[at] == '!', found = false;

    for (size_t i = at + other; i + 1 < end;) {
        int32_t low = next_char(glob, &i), high = low;

        if (i + 2 < end && glob.p[i] == '-') {
            i++;
            high = next_char(glob, &i);
        }
        found = found || (low <= c && c <= high);
    }
    return found != other;
}

/* One character of the text against what stands at *at in the glob. */
static bool one_fits(pv_str glob, size_t *at, int32_t c)
{
    size_t i = *at, end = glob.p[i] == '[' ? set_end(glob, i + 1) : 0;

    if (end > 0) {
        *at = end;
        return in_set(glob, i + 1, end, c);
    }
    return next_char(glob, at) == c || glob.p[i] == '?';
}

/* fnmatch as Python has it: * ? [seq] [!seq]; `*` takes '/', too. */
static bool trace_glob(pv_str glob, pv_str text)
{
    size_t g = 0, t = 0, star = SIZE_MAX, from = 0;

    while (t < text.n) {
        size_t next = t;
        int32_t c = next_char(text, &next);

        if (g < glob.n && glob.p[g] == '*') {
            star = ++g;
            from = t;
        } else if (g < glob.n && one_fits(glob, &g, c)) {
            t = next;
        } else if (star != SIZE_MAX) {
            g = star;
            (void)next_char(text, &from);
            t = from;
        } else {
            return false;
        }
    }
    while (g < glob.n && glob.p[g] == '*')
        g++;
    return g == glob.n;
}

/* ---- what was asked for ---- */

/* Compiled files stand for their sources. */
static pv_str source_of(pv_str file)
{
    return pv_str_ends(file, PV_STR(".pyc")) ? pv_str_slice(file, 0, file.n - 1)
                                             : file;
}

/* ":12" at the end. */
static void cut_line(trace_filter *f)
{
    size_t colon = pv_str_rfind(f->glob, ':');
    uint64_t line;

    if (colon == SIZE_MAX ||
        !pv_parse_u64(pv_str_slice(f->glob, colon + 1, f->glob.n), &line) ||
        line == 0 || line > UINT32_MAX)
        return;
    f->line = (uint32_t)line;
    f->glob = pv_str_slice(f->glob, 0, colon);
}

static bool parse(pv_str text, trace_filter *f, pv_error *err)
{
    pv_str domain = PV_STR("domain=");

    *f = (trace_filter){.keeps = !pv_str_starts(text, PV_STR("!"))};
    f->glob = pv_str_slice(text, !f->keeps, text.n);
    if (f->glob.n == 0)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--traces %s: expected [!]PATTERN[:LINE] or "
                       "[!]domain=N",
                       PV_QUOTE(text));
    if (pv_str_starts(f->glob, domain)) {
        f->by_domain = true;
        return pv_parse_i64(pv_str_slice(f->glob, domain.n, f->glob.n),
                            &f->domain) ||
               pv_fail(err, PV_E_USAGE, NULL,
                       "--traces %s: a domain is a whole number",
                       PV_QUOTE(text));
    }
    cut_line(f);
    f->glob = source_of(f->glob);
    return true;
}

bool trace_filters_init(trace_filters *f, pv_source *src)
{
    const pv_read_options *o = src->options;
    trace_filter *at;

    *f = (trace_filters){.len = o->traces_len, .all_frames = o->all_frames};
    pv_arena_init(&f->memory, 0);
    if (f->len == 0)
        return true;
    f->at = at = PV_NEW_N(&f->memory, trace_filter, f->len);
    if (!at)
        return pv_fail_nomem(src->err);
    for (size_t i = 0; i < f->len; i++)
        if (!parse(o->traces[i], &at[i], src->err))
            return false;
    return true;
}

void trace_filters_done(trace_filters *f)
{
    pv_arena_done(&f->memory);
}

/* ---- what fits ---- */

static bool frame_fits(const trace_filter *f, const trace_frame *frame)
{
    return (f->line == 0 || f->line == frame->line) &&
           trace_glob(f->glob, source_of(frame->file));
}

static bool fits(const trace_filters *all, const trace_filter *f,
                 int64_t domain, const trace_frame *frames, size_t n)
{
    if (f->by_domain)
        return f->domain == domain;
    for (size_t i = 0; i < (all->all_frames ? n : n > 0); i++)
        if (frame_fits(f, &frames[i]))
            return true;
    return false;
}

/* Any of those that keep, if there are some, and none of those that drop. */
bool trace_filters_keep(const trace_filters *f, int64_t domain,
                        const trace_frame *frames, size_t n)
{
    bool keeps = true, kept = false;

    for (size_t i = 0; i < f->len; i++) {
        bool fit = fits(f, &f->at[i], domain, frames, n);

        if (fit && !f->at[i].keeps)
            return false;
        kept = kept || (fit && f->at[i].keeps);
        keeps = keeps && !f->at[i].keeps;
    }
    return kept || keeps;
}
