/* SPDX-License-Identifier: MIT */
/* Headings and rows of the tables of functions that Python prints: pstats'
 * of calls, its table of samples (3.15), and the one that 3.15's sampler
 * prints itself. */
#include "cprofile_rows.h"

#include "number.h"

/* ---- headings ---- */

static const pv_str calls_heading =
    PV_STR_INIT("ncalls  tottime  percall  cumtime  percall "
                "filename:lineno(function)");

/* Python 3.15's, of samples: "12/3" is in 12, on top of 3 */
static const pv_str samples_heading =
    PV_STR_INIT("nsamples  tottime persample cumtime persample "
                "filename:lineno(function)");

/* The first cell is so many columns to the left of its title. */
enum { CALLS_INDENT = 3, SAMPLES_INDENT = 1, SAMPLER_INDENT = 7 };

static size_t left_of(size_t at, size_t indent)
{
    return at > indent ? at - indent : 0;
}

/* "(ms)": decimal places of a nanosecond in the unit */
static bool parse_unit(pv_str word, unsigned *places)
{
    int64_t ns;

    if (word.n < 3 || word.p[0] != '(' || word.p[word.n - 1] != ')' ||
        !pv_parse_time(PV_STR("1"), pv_str_slice(word, 1, word.n - 1), &ns))
        return false;
    for (*places = 0; ns > 1; ns /= 10)
        ++*places;
    return true;
}

/* "nsamples   sample%  tottime (ms)    cumul%  cumtime (ms)
 * filename:lineno(function)", with a unit that suits the greatest time */
static bool parse_sampler(pv_str line, cprofile_heading *h)
{
    static const char *const words[] = {
        "nsamples", "sample%", "tottime", NULL,
        "cumul%",   "cumtime", NULL,      "filename:lineno(function)"};
    size_t at = pv_find_text(line, PV_STR("nsamples  "));
    pv_str rest = pv_str_slice(line, at, line.n), word;
    unsigned *places = &h->own_places;

    if (at == SIZE_MAX)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!pv_word(&rest, &word))
            return false;
        if (words[i] && !pv_str_equal(word, pv_str_of(words[i])))
            return false;
        if (!words[i] && !parse_unit(word, places))
            return false;
        if (!words[i])
            places = &h->total_places;
    }
    h->sampled = h->shares = true;
    h->left = left_of(at, SAMPLER_INDENT);
    return true;
}

bool cprofile_heading_of(pv_str line, cprofile_heading *h)
{
    size_t at;

    *h = (cprofile_heading){.own_places = 9, .total_places = 9};
    if ((at = pv_find_text(line, calls_heading)) != SIZE_MAX) {
        h->left = left_of(at, CALLS_INDENT);
    } else if ((at = pv_find_text(line, samples_heading)) != SIZE_MAX) {
        h->sampled = true;
        h->left = left_of(at, SAMPLES_INDENT);
    } else {
        return parse_sampler(line, h);
    }
    return true;
}

/* ---- rows ---- */

bool cprofile_calls(pv_str word, int64_t *calls, int64_t *primitive)
{
    size_t slash = pv_str_find(word, '/');
    pv_str all = pv_str_slice(word, 0, slash == SIZE_MAX ? word.n : slash);

    if (!pv_parse_i64(all, calls))
        return false;
    *primitive = *calls;
    return slash == SIZE_MAX ||
           pv_parse_i64(pv_str_slice(word, slash + 1, word.n), primitive);
}

bool cprofile_time(pv_str word, unsigned places, int64_t *ns)
{
    size_t dot = pv_str_find(word, '.');

    return dot != SIZE_MAX && word.n == dot + 4 &&
           pv_parse_scaled(word, places, ns);
}

/* The percall cells are blank where they would divide by 0. */
static bool parse_costs(pv_str rest, cprofile_row *row)
{
    pv_str word;
    int64_t time[4];
    size_t n = 0;

    for (pv_str after = rest; n < 4 && pv_word(&after, &word); rest = after)
        if (!cprofile_time(word, 9, &time[n++])) {
            n--;
            break;
        }
    if (n < 2)
        return false;
    row->where = pv_trim(rest);
    row->self_ns = time[0];
    row->total_ns = time[n == 4 || (n == 3 && row->calls != 0) ? 2 : 1];
    return true;
}

static bool parse_share(pv_str *rest, int64_t *share)
{
    pv_str word;

    return pv_word(rest, &word) && pv_str_find(word, '.') + 2 == word.n &&
           pv_parse_scaled(word, 1, share);
}

/* "40.0       160.000      47.5       190.000  app.py:5(alloc)"; "160/190"
 * before it is on top of 160, in 190. */
static bool parse_shares(pv_str rest, const cprofile_heading *h,
                         cprofile_row *row)
{
    int64_t own = row->calls, total_share;
    pv_str word;

    row->calls = row->primitive;
    row->primitive = own;
    if (!parse_share(&rest, &row->share) || row->share < 0 ||
        row->share > 1000 || !pv_word(&rest, &word) ||
        !cprofile_time(word, h->own_places, &row->self_ns) ||
        !parse_share(&rest, &total_share) || !pv_word(&rest, &word) ||
        !cprofile_time(word, h->total_places, &row->total_ns))
        return false;
    row->where = pv_trim(rest);
    return true;
}

bool cprofile_row_of(pv_str line, const cprofile_heading *h, cprofile_row *row)
{
    pv_str word, rest = pv_str_slice(line, h->left, line.n);

    *row = (cprofile_row){0};
    if (!pv_word(&rest, &word) ||
        !cprofile_calls(word, &row->calls, &row->primitive))
        return false;
    return h->shares ? parse_shares(rest, h, row) : parse_costs(rest, row);
}

/* ---- functions ---- */

/* Where "file:12(name)" has its ":12(": the colon, or SIZE_MAX. */
static size_t find_place(pv_str s, uint32_t *line, size_t *name)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        size_t k = i + 1;
        uint64_t v;

        if (s.p[i] != ':')
            continue;
        while (k < s.n && s.p[k] >= '0' && s.p[k] <= '9')
            k++;
        if (k == i + 1 || k >= s.n || s.p[k] != '(')
            continue;
        if (!pv_parse_u64(pv_str_slice(s, i + 1, k), &v) || v > UINT32_MAX)
            continue;
        *line = (uint32_t)v;
        *name = k + 1;
        return i;
    }
    return SIZE_MAX;
}

/* `python -m profile` prints the code object that it ran with an address. */
static pv_sym name_symbol(pv_builder *b, pv_str name)
{
    size_t at = pv_find_text(name, PV_STR(" at 0x"));
    pv_buf text = {0};
    pv_sym sym;

    if (!pv_str_starts(name, PV_STR("<code object ")) || at == SIZE_MAX)
        return pv_build_name(b, name);
    pv_buf_str(&text, pv_str_slice(name, 0, at));
    pv_buf_char(&text, '>');
    sym = pv_build_name(b, pv_buf_text(&text));
    pv_buf_done(&text);
    return sym;
}

static pv_fn builtin_function(pv_builder *b, pv_str name)
{
    pv_buf text = {0};
    pv_fn fn;

    pv_buf_char(&text, '<');
    pv_buf_str(&text, name);
    pv_buf_char(&text, '>');
    fn = pv_build_function(b, pv_build_name(b, pv_buf_text(&text)),
                           pv_build_name(b, PV_STR("~")), 0, PV_FN_CODE);
    pv_buf_done(&text);
    return fn;
}

pv_fn cprofile_function(pv_builder *b, pv_str where)
{
    uint32_t line = 0;
    size_t name = 0, colon;

    if (where.n > 1 && where.p[0] == '{' && where.p[where.n - 1] == '}')
        return builtin_function(b, pv_str_slice(where, 1, where.n - 1));
    colon = find_place(where, &line, &name);
    if (colon == SIZE_MAX || where.p[where.n - 1] != ')')
        return pv_build_function(b, pv_build_name(b, where), (pv_sym){0}, 0,
                                 PV_FN_CODE);
    return pv_build_function(
        b, name_symbol(b, pv_str_slice(where, name, where.n - 1)),
        pv_build_name(b, pv_str_slice(where, 0, colon)), line, PV_FN_CODE);
}
