/* SPDX-License-Identifier: MIT */
/* Folded stacks: one "a;b;c 12" per line, in the dialects of many profilers.
 *
 * Lines stream through a buffer; memory goes with what is distinct in them.
 * Equal stacks add up.  Lines that are no stacks are counted and reported.
 * formats/folded.md has the grammar.
 */
#include "folded_reader.h"

#include <inttypes.h>

#include "folded_write.h"
#include "formats.h"
#include "number.h"

static int bid(pv_bytes head, bool whole)
{
    pv_folded_sniff s;

    pv_folded_look(head, whole, 100, &s);
    return s.bid;
}

/* ---- lines that are left out -------------------------------------------- */

static uint32_t column_of(pv_str line, pv_str word, pv_folded_fault fault)
{
    if (fault == PV_FOLDED_NO_COUNT)
        return (uint32_t)line.n + 1;
    return (uint32_t)(word.p - line.p) + 1;
}

bool pv_folded_reject(pv_folded_reader *r, pv_folded_fault fault, pv_str line,
                      pv_str word)
{
    bool limit = fault == PV_FOLDED_TOO_LARGE;
    char reason[160];

    pv_folded_reason(fault, word, reason, sizeof reason);
    if (limit || r->o->strict)
        return pv_source_fail_line(r->src, limit ? PV_E_LIMIT : PV_E_FORMAT,
                                   r->lines.number,
                                   column_of(line, word, fault), "%s", reason);
    if (r->bad_len < PV_FOLDED_SHOWN) {
        pv_folded_bad *bad = &r->bad[r->bad_len];

        bad->line = r->lines.number;
        memcpy(bad->reason, reason, sizeof bad->reason - 1);
        bad->reason[sizeof bad->reason - 1] = '\0';
    }
    r->bad_len++;
    r->negative += fault == PV_FOLDED_NEGATIVE;
    return true;
}

/* ---- stacks ------------------------------------------------------------- */

static bool check_depth(pv_folded_reader *r, pv_str stack)
{
    size_t frames = 1, limit = r->o->limits.depth;

    if (limit == 0 || stack.n < limit)
        return true; /* a frame takes a byte at least, its ';' */
    for (size_t i = 0; i < stack.n; i++)
        frames += stack.p[i] == ';';
    if (frames <= limit)
        return true;
    return pv_source_fail_line(r->src, PV_E_LIMIT, r->lines.number, 0,
                               "a stack of %zu frames is above the limit "
                               "depth=%zu; raise it by --limits depth=N",
                               frames, limit);
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F');
}

/* Addresses become 0x..., as difffolded.pl -s has them. */
static pv_str strip_hex(pv_folded_reader *r, pv_str stack)
{
    size_t from = 0, i = 0;

    pv_buf_clear(&r->key);
    while (i + 2 < stack.n) {
        if (stack.p[i] != '0' || stack.p[i + 1] != 'x' ||
            !is_hex(stack.p[i + 2])) {
            i++;
            continue;
        }
        pv_buf_str(&r->key, pv_str_slice(stack, from, i + 2));
        pv_buf_puts(&r->key, "...");
        for (i += 2; i < stack.n && is_hex(stack.p[i]);)
            i++;
        from = i;
    }
    pv_buf_str(&r->key, pv_str_slice(stack, from, stack.n));
    return pv_buf_text(&r->key);
}

static bool tree_full(pv_folded_reader *r)
{
    uint64_t limit = r->o->limits.memory;

    if (!r->tree.full)
        return pv_fail_nomem(r->src->err);
    return pv_source_fail_line(r->src, PV_E_LIMIT, r->lines.number, 0,
                               "the distinct stacks up to here need more than "
                               "the limit memory=%" PRIu64 "%s",
                               limit ? limit : (uint64_t)UINT32_MAX,
                               limit ? "; raise it by --limits memory=N" : "");
}

static bool stack_in_tree(pv_folded_reader *r, pv_str stack, uint32_t *number)
{
    bool known = stack.p == r->line.p && stack.n == r->cell->stack;
    pv_hash128 h = known ? r->cell->hash : pv_hash_wide(stack.p, stack.n);

    return pv_folded_tree_add(&r->tree, stack, h, number) || tree_full(r);
}

/* Only neighbours that are equal merge. */
static bool stack_in_order(pv_folded_reader *r, pv_str stack, uint32_t *number)
{
    pv_str path;
    pv_node at;

    if (r->key.p != stack.p) {
        pv_buf_clear(&r->key);
        pv_buf_str(&r->key, stack);
    }
    if (stack.n) {
        r->key.n = stack.n;
        pv_buf_char(&r->key, ';');
    }
    if (r->key.failed || !PV_VEC_GROW(&r->nodes, 1))
        return pv_fail_nomem(r->src->err);
    path = pv_buf_text(&r->emit.path);
    if (r->nodes.len == 0 || !pv_str_equal(path, pv_buf_text(&r->key))) {
        at = pv_folded_emit_go(&r->emit, pv_buf_text(&r->key));
        r->nodes.at[r->nodes.len++] = at;
    }
    if (r->emit.failed || r->nodes.len >= UINT32_MAX)
        return pv_fail_nomem(r->src->err);
    *number = (uint32_t)r->nodes.len - 1;
    return true;
}

/* What a stray line of output looks like: a number much greater than all the
 * stacks together behind text without a ';'. */
static bool note_stray(pv_folded_reader *r, pv_str stack, int64_t v)
{
    if (v <= r->stray)
        return true;
    r->stray = v;
    r->stray_line = r->lines.number;
    pv_buf_clear(&r->stray_text);
    pv_buf_str(&r->stray_text, stack);
    return r->stray_text.failed ? pv_fail_nomem(r->src->err) : true;
}

bool pv_folded_record(pv_folded_reader *r, pv_str stack,
                      const pv_folded_count *n, unsigned len)
{
    bool forked = stack.n && memchr(stack.p, ';', stack.n);
    int64_t before = r->columns[0].sum, added;
    uint32_t number;

    if (!check_depth(r, stack))
        return false;
    if (r->o->strip_hex)
        stack = strip_hex(r, stack);
    if (!(r->in_order ? stack_in_order(r, stack, &number)
                      : stack_in_tree(r, stack, &number)))
        return false;
    if (n[0].exponent != r->columns[0].exponent) {
        pv_folded_align(r, 0, n[0].exponent);
        before = r->columns[0].sum;
    }
    for (unsigned i = 0; i < len; i++)
        if (!pv_folded_add(r, number, i, n[i]))
            return false;
    r->valid++;
    added = r->columns[0].sum - before;
    r->forked += forked;
    if (forked)
        r->forked_sum += added;
    return forked || r->in_order || note_stray(r, stack, added);
}

/* ---- lines -------------------------------------------------------------- */

static bool note_rounding(pv_folded_reader *r, const pv_folded_count *n,
                          unsigned len)
{
    bool any = false;

    for (unsigned i = 0; i < len; i++)
        any |= n[i].rounded;
    if (!any)
        return true;
    if (r->rounded++ == 0)
        r->first_rounded = r->lines.number;
    if (!r->o->strict)
        return true;
    return pv_source_fail_line(r->src, PV_E_FORMAT, r->lines.number, 0,
                               "the count has more than nine decimals");
}

static bool take_three(pv_folded_reader *r, pv_str line, pv_str stack,
                       pv_str word)
{
    pv_folded_count n[3];
    pv_folded_fault fault = pv_folded_three(word, n);

    if (fault != PV_FOLDED_FINE)
        return pv_folded_reject(r, fault, line, word);
    if (n[1].v) /* a flag: the time was spent idle */
        n[1] = n[0];
    return note_rounding(r, n, 3) &&
           pv_folded_record(r, pv_folded_tidy(stack, r->o->classic), n, 3);
}

/* The first of two counts stays part of the stack until it is known which
 * reading is right. */
static bool take_counts(pv_folded_reader *r, pv_str stack, pv_folded_count last)
{
    pv_folded_count n[2] = {last, {0}};
    pv_str short_stack;
    pv_folded_fault fault = PV_FOLDED_FINE;
    bool two;

    stack = pv_folded_tidy(stack, r->o->classic);
    short_stack = stack;
    two = pv_folded_second(&short_stack, &n[1], &fault);
    if (two && r->two++ == 0)
        r->first_two = r->lines.number;
    if (two && fault == PV_FOLDED_TOO_LARGE && !r->columns[1].spoilt)
        r->columns[1].spoilt = r->lines.number;
    if (r->in_order && r->kind.differential) {
        if (two)
            stack = pv_folded_tidy(short_stack, r->o->classic);
        else
            n[1] = last;
    }
    return note_rounding(r, n, 1) &&
           pv_folded_record(r, stack, n, two || r->in_order ? 2 : 1);
}

static bool take_stack(pv_folded_reader *r, pv_str line)
{
    pv_str stack, word;
    pv_folded_count n;
    pv_folded_fault fault;
    bool split = pv_folded_split(line, &stack, &word);

    if (split && r->kind.full)
        return take_three(r, line, stack, word);
    fault = pv_folded_number(word, r->o->signed_counts, &n);
    if (!split)
        fault =
            fault == PV_FOLDED_FINE ? PV_FOLDED_NO_STACK : PV_FOLDED_NO_COUNT;
    if (fault == PV_FOLDED_FINE)
        return take_counts(r, stack, n);
    if (line.p[0] == '#' && fault != PV_FOLDED_TOO_LARGE)
        return true; /* a comment */
    return pv_folded_reject(r, fault, line, word);
}

bool pv_folded_next(pv_folded_reader *r, pv_str *line)
{
    do {
        if (!pv_folded_ahead_next(&r->lines, &r->line, &r->cell, r->src->err))
            return false;
        *line = r->line;
        if (r->lines.number == 1 &&
            pv_str_starts(*line, PV_STR("\xef\xbb\xbf")))
            *line = pv_folded_trim(pv_str_slice(*line, 3, line->n));
    } while (line->n == 0);
    return true;
}

static bool take_line(pv_folded_reader *r, pv_str line)
{
    if (line.p[0] == '#' && r->kind.dialect == PV_FOLDED_AUSTIN) {
        pv_folded_metadata(r, line);
        return true;
    }
    return take_stack(r, line);
}

static bool read_lines(pv_folded_reader *r)
{
    pv_str line;

    while (pv_folded_next(r, &line))
        if (!take_line(r, line))
            return false;
    return r->src->err->code == PV_OK;
}

/* ---- the format --------------------------------------------------------- */

static void set_columns(pv_folded_reader *r)
{
    bool austin = r->kind.dialect == PV_FOLDED_AUSTIN;
    bool micro = r->kind.dialect == PV_FOLDED_CHART ||
                 (austin && (r->kind.full || !r->kind.memory));

    r->columns[0].micro = r->columns[1].micro = micro && !r->o->classic;
    r->kind.full = r->kind.full && austin;
    r->columns[1].soft = !r->kind.full;
    r->columns_len = r->kind.full ? 3 : 2;
}

static bool start(pv_folded_reader *r)
{
    pv_bytes head;
    bool whole;

    if (!pv_input_peek(r->src->input, &head, &whole, r->src->err))
        return false;
    pv_folded_look(head, whole, 500, &r->kind);
    r->in_order = r->o->time_order || r->kind.dialect == PV_FOLDED_CHART;
    r->emit.b = r->b;
    r->emit.dialect = r->kind.dialect;
    r->emit.classic = r->o->classic;
    set_columns(r);
    if (!pv_folded_tree_init(&r->tree, r->o->limits.memory))
        return pv_fail_nomem(r->src->err);
    pv_folded_ahead_init(&r->lines, r->src->input, r->o->classic, r->o->jobs);
    return true;
}

static void done(pv_folded_reader *r)
{
    pv_folded_ahead_done(&r->lines);
    pv_folded_tree_done(&r->tree);
    pv_folded_emit_done(&r->emit);
    PV_VEC_DONE(&r->nodes);
    PV_VEC_DONE(&r->cost);
    pv_buf_done(&r->key);
    pv_buf_done(&r->stray_text);
}

static bool read_folded(pv_source *src, pv_builder *b)
{
    pv_folded_reader r = {.src = src, .b = b, .o = src->options};
    bool ok = start(&r);

    if (ok && r.kind.dialect == PV_FOLDED_CHART)
        ok = pv_folded_read_chart(&r);
    else if (ok)
        ok = read_lines(&r);
    ok = ok && pv_folded_finish(&r);
    done(&r);
    return ok;
}

static const char *const extensions[] = {".folded", ".collapsed", ".austin",
                                         NULL};

const pv_format pv_format_folded = {
    .name = "folded",
    .title = "folded stacks (a;b;c 12): py-spy raw, austin, perf, "
             "flamegraph.pl ...",
    .extensions = extensions,
    .provides = PV_HAS_TREE,
    .bid = bid,
    .loose = true,
    .read = read_folded,
    .needs = PV_HAS_TREE,
    .write = pv_folded_write,
};
