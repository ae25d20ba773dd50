/* SPDX-License-Identifier: MIT */
/* Who called whom, as Stats.print_callers and print_callees print it.
 *
 * A line for each function with an arrow and its first caller (callee), one
 * more for each other.  cProfile's have counts and times; those of profile
 * have the count, and the total of the function that is named.
 */
#include "cprofile_text.h"

#include "number.h"

/* ---- lines ---- */

/* "Function      was called by...": where it begins, or SIZE_MAX. */
static size_t find_heading(pv_str line, bool *callees)
{
    size_t at = pv_find_text(line, PV_STR("Function  "));
    pv_str rest;

    if (at == SIZE_MAX)
        return at;
    rest = pv_trim(pv_str_slice(line, at + 8, line.n));
    *callees = pv_str_equal(rest, PV_STR("called..."));
    return *callees || pv_str_equal(rest, PV_STR("was called by..."))
               ? at
               : SIZE_MAX;
}

bool cprofile_opens_edges(pv_str line)
{
    bool callees;

    return find_heading(line, &callees) != SIZE_MAX;
}

/* "5166/2  0.001  0.001  file:12(name)" */
static bool parse_timed(pv_str cells, cprofile_edge *e, pv_str *other)
{
    pv_str word, rest = cells;

    if (!pv_word(&rest, &word) || !cprofile_calls(word, &e->nc, &e->cc) ||
        !pv_word(&rest, &word) || !cprofile_time(word, 9, &e->tt) ||
        !pv_word(&rest, &word) || !cprofile_time(word, 9, &e->ct))
        return false;
    e->with_times = true;
    *other = pv_trim(rest);
    return other->n > 0;
}

/* "file:12(name)(5166)    0.016" */
static bool parse_counted(pv_str cells, cprofile_edge *e, pv_str *other)
{
    size_t end = cells.n, open;

    while (end > 0 && cells.p[end - 1] != ' ')
        end--;
    if (!cprofile_time(pv_str_slice(cells, end, cells.n), 9, &e->ct))
        return false;
    cells = pv_trim(pv_str_slice(cells, 0, end));
    open = cells.n;
    while (open > 0 && cells.p[open - 1] != '(')
        open--;
    if (open < 2 || cells.p[cells.n - 1] != ')' ||
        !pv_parse_i64(pv_str_slice(cells, open, cells.n - 1), &e->nc))
        return false;
    e->cc = e->nc;
    *other = pv_str_slice(cells, 0, open - 1);
    return true;
}

/* A name that was cut does not end as one that was printed does. */
static bool is_complete(pv_str name)
{
    int open = 0;

    for (size_t i = 0; i < name.n; i++)
        open += (name.p[i] == '(') - (name.p[i] == ')');
    return name.n && ((name.p[name.n - 1] == ')' && open == 0) ||
                      name.p[name.n - 1] == '}');
}

static bool take_cells(cprofile_edges *t, pv_builder *b, pv_str cells, bool cut)
{
    cprofile_edge e = {.callees = t->callees, .table = t->tables};
    pv_fn named;
    pv_str other;

    if ((!parse_timed(cells, &e, &other) && !parse_counted(cells, &e, &other)))
        return false;
    if (cut && e.with_times && !is_complete(other)) {
        t->nameless = true;
        return true;
    }
    named = cprofile_function(b, other);
    e.caller = t->callees ? t->of : named;
    e.callee = t->callees ? named : t->of;
    t->failed |= !PV_VEC_GROW(&t->at, 1);
    if (!t->failed)
        t->at.at[t->at.len++] = e;
    return true;
}

/* Where the arrow is: names are filled up with two blanks at least, unless a
 * copy lost them. */
static size_t find_arrow(const cprofile_edges *t, pv_str line)
{
    size_t at =
        pv_find_text(line, t->callees ? PV_STR("  ->") : PV_STR("  <-"));

    if (at != SIZE_MAX)
        return at + 2;
    at = pv_find_text(line, t->callees ? PV_STR(" ->") : PV_STR(" <-"));
    return at == SIZE_MAX ? at : at + 1;
}

/* "name   <- cells", the cells of one more line, or the line of headings */
static bool take_row(cprofile_edges *t, pv_builder *b, pv_str line, bool cut)
{
    static const pv_str heading = PV_STR_INIT("ncalls  tottime  cumtime");
    size_t arrow = find_arrow(t, line);
    pv_str cells = pv_trim(line);

    if (arrow != SIZE_MAX) {
        pv_str name = pv_trim(pv_str_slice(line, 0, arrow));

        if (name.n == 0)
            return false;
        t->of = cprofile_function(b, name);
        cells = pv_trim(pv_str_slice(line, arrow + 2, line.n));
        return cells.n == 0 || take_cells(t, b, cells, cut) || cut;
    }
    if (t->of.i == 0)
        return pv_str_equal(cells, heading);
    return take_cells(t, b, cells, cut);
}

bool cprofile_edges_line(cprofile_edges *t, pv_builder *b, pv_str line,
                         const pv_printed *report, cprofile_reduced *noted)
{
    bool callees;
    size_t at = find_heading(line, &callees);

    if (at != SIZE_MAX) {
        t->inside = true;
        t->callees = callees;
        t->left = at;
        t->of = (pv_fn){0};
        t->tables++;
        t->whole |= noted->of == 0;
        cprofile_reduce(&t->reduced, noted);
        if (t->line == 0)
            t->line = report->lines.number;
        return true;
    }
    t->inside = t->inside && take_row(t, b, pv_str_slice(line, t->left, line.n),
                                      report->lines.cut);
    return t->inside;
}

void cprofile_edges_done(cprofile_edges *t)
{
    PV_VEC_DONE(&t->at);
}

/* ---- warnings ---- */

void cprofile_reduce(cprofile_reduced *table, cprofile_reduced *noted)
{
    table->listed += noted->listed;
    table->of += noted->of;
    *noted = (cprofile_reduced){0};
}

static bool has_times(const cprofile_edges *t)
{
    for (size_t i = 0; i < t->at.len; i++)
        if (t->at.at[i].with_times)
            return true;
    return false;
}

static bool say_what_is_known(const cprofile_edges *t, pv_source *src)
{
    return pv_source_warn(
        src, t->line, "%s",
        has_times(t)
            ? "no table of functions (print_stats): their calls and times are "
              "the sums over their callers"
            : "no table of functions (print_stats): their own times are not "
              "known");
}

bool cprofile_edges_say(const cprofile_edges *t, pv_source *src, bool alone)
{
    if (t->at.len == 0)
        return true;
    if (alone && !say_what_is_known(t, src))
        return false;
    if (!t->whole &&
        !pv_source_warn(src, t->line,
                        "callers or callees of %llu of %llu functions are "
                        "listed",
                        (unsigned long long)t->reduced.listed,
                        (unsigned long long)t->reduced.of))
        return false;
    if (t->nameless &&
        !pv_source_warn(src, 0, "the text ends in a row, which is left out"))
        return false;
    return t->runs < 2 ||
           pv_source_warn(src, t->line, "callers of %u runs, added up",
                          t->runs);
}
