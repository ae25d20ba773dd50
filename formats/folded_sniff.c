/* SPDX-License-Identifier: MIT */
/* Folded stacks, the first look: is it one, and whose?
 *
 * Decides on the shape of the first lines alone.  Tables of names and numbers
 * look like stacks of one frame, so without a ';' there is only a guess.
 */
#include "folded.h"

enum {
    LINES = 200,
    SURE = 9 /* nine pieces of ten have the shape */
};

typedef struct look {
    uint32_t lines, valid, two, forked, comments;
    uint32_t heads;   /* austin's P12;T0:12 */
    uint32_t triples; /* time,idle,memory */
    uint32_t minus;
    uint32_t tids, threads;
    uint32_t most;   /* pieces are looked at: the first lines suffice */
    uint32_t looked; /* lines whose pieces were */
    uint32_t pieces, paren, colons, fil, profile, marks, signs;
    bool austin, memory, full;
    bool mprof, chart, junk;
    pv_str above; /* the line before, for charts */
} look;

static bool next_line(pv_bytes *head, bool whole, pv_str *line)
{
    const char *p = (const char *)head->p;
    const char *lf = head->n ? memchr(p, '\n', head->n) : NULL;
    size_t n = lf ? (size_t)(lf - p) : head->n;

    if (head->n == 0 || (!lf && !whole))
        return false;
    *line = (pv_str){p, n};
    head->p += n + (lf != NULL);
    head->n -= n + (lf != NULL);
    return true;
}

static bool digits(pv_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n >= 10;
}

/* mprof's records, which would do as stacks of one frame with two counts. */
static bool is_mprof(pv_str line)
{
    static const char *const words[] = {"CMDLINE ", "MEM ", "FUNC ", "CHLD "};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (pv_str_starts(line, pv_str_of(words[i])))
            return pv_str_find(line, ';') == SIZE_MAX || i == 0;
    return false;
}

static void look_at_comment(look *l, pv_str line)
{
    l->comments++;
    if (pv_str_starts(line, PV_STR("# austin: ")))
        l->austin = true;
    if (pv_str_starts(line, PV_STR("# mode: memory")))
        l->memory = true;
    if (pv_str_starts(line, PV_STR("# mode: full")))
        l->full = true;
}

static bool ends_in_mark(pv_str s)
{
    return s.n > 4 && s.p[s.n - 1] == ']' && s.p[s.n - 3] == '[' &&
           s.p[s.n - 4] == '_' && memchr("kijw", s.p[s.n - 2], 4) != NULL;
}

static bool is_mark(pv_str s)
{
    return pv_str_equal(s, PV_STR("(idle)")) ||
           pv_str_equal(s, PV_STR("(failed)"));
}

/* Native frames have a library or (?) there: something like a file. */
static bool like_a_file(const pv_folded_frame *f)
{
    return f->line || f->file.n == 0 || f->file.p[0] == '<' ||
           pv_str_find(f->file, '.') != SIZE_MAX ||
           pv_str_find(f->file, '/') != SIZE_MAX;
}

static void look_at_piece(look *l, pv_str piece)
{
    pv_folded_frame f = {0};
    size_t open = pv_folded_group(piece);

    l->pieces++;
    if (pv_folded_place_first_at(piece, open, &f))
        l->fil++;
    else if (pv_folded_paren_at(piece, open, true, &f) && like_a_file(&f))
        l->paren++;
    else if (pv_folded_colons(piece, &f) || is_mark(piece))
        l->colons++;
    else if (pv_folded_profile(piece, &f))
        l->profile++;
    else if (piece.n && (piece.p[0] == '<' || piece.p[0] == '['))
        l->pieces--; /* <GC>, [No Python stack]: any dialect's */
    l->marks += is_mark(piece);
    l->signs += ends_in_mark(piece) || pv_str_starts(piece, PV_STR("py::")) ||
                pv_str_equal(piece, PV_STR("[unknown]"));
}

static void look_at_stack(look *l, pv_str stack)
{
    size_t semi = pv_str_find(stack, ';');
    pv_str first = pv_str_slice(stack, 0, semi);
    bool closed;

    l->forked += semi != SIZE_MAX;
    l->heads += first.n && first.p[0] == 'P' && semi != SIZE_MAX &&
                pv_folded_austin_head(first) && stack.n > semi + 1 &&
                stack.p[semi + 1] == 'T';
    l->tids += pv_str_starts(first, PV_STR("tid:"));
    l->threads += pv_str_starts(first, PV_STR("thread (")) ||
                  pv_folded_process(first, &closed);
    if (l->heads || l->threads || l->pieces >= l->most)
        return;
    l->looked++;
    while (stack.n) {
        size_t end = pv_str_find(stack, ';');

        look_at_piece(l, pv_str_slice(stack, 0, end));
        stack = end == SIZE_MAX ? PV_STR("")
                                : pv_str_slice(stack, end + 1, stack.n);
    }
}

/* Two lines of `pyflame --flamechart`: a time, then a stack that ends in ';'
 * or a mark. */
static bool is_chart(pv_str time, pv_str stack)
{
    return digits(time) && (pv_str_ends(stack, PV_STR(";")) || is_mark(stack));
}

static void look_at_line(look *l, pv_str line)
{
    pv_str stack, word;
    pv_folded_count n[3];
    pv_folded_fault fault;
    bool split = pv_folded_split(line, &stack, &word);

    l->lines++;
    if (l->lines <= 5 && is_mprof(line))
        l->mprof = true;
    if (l->lines == 2 && is_chart(l->above, line))
        l->chart = true;
    l->above = line;
    fault = pv_folded_number(word, true, &n[0]);
    if (split && fault == PV_FOLDED_NOT_NUMBER &&
        pv_folded_three(word, n) == PV_FOLDED_FINE)
        l->triples++;
    else if (!split ||
             (fault != PV_FOLDED_FINE && fault != PV_FOLDED_TOO_LARGE))
        return;
    l->valid++;
    l->minus += word.p[0] == '-';
    l->two += pv_folded_second(&stack, n, &fault);
    look_at_stack(l, stack);
}

static pv_folded_dialect dialect_of(const look *l)
{
    uint32_t sure = l->pieces * SURE;

    if (l->austin || (l->heads && l->heads * 2 > l->valid))
        return PV_FOLDED_AUSTIN;
    if (l->chart)
        return PV_FOLDED_CHART;
    if (l->tids && l->tids * 2 > l->valid)
        return PV_FOLDED_TACHYON;
    if (l->threads)
        return PV_FOLDED_PYSPY;
    if (l->pieces == 0)
        return PV_FOLDED_PLAIN;
    if (l->fil * 10 >= sure)
        return PV_FOLDED_FIL;
    if (l->paren * 10 >= sure)
        return PV_FOLDED_PYSPY;
    if (l->colons * 10 >= sure && l->colons)
        return PV_FOLDED_PYFLAME;
    if (l->profile * 10 >= sure)
        return PV_FOLDED_FLAMEPROF;
    return l->signs * 4 > l->looked ? PV_FOLDED_PERF : PV_FOLDED_PLAIN;
}

/* Bits of evidence. */
static int bid_of(const look *l, pv_folded_dialect d)
{
    if (l->mprof || l->junk)
        return 0;
    if (l->austin)
        return 80;
    if (d == PV_FOLDED_CHART)
        return 64;
    if (l->valid == 0 || l->valid * 2 <= l->lines)
        return 0;
    if (l->forked == 0)
        return PV_BID_GUESS;
    if (d != PV_FOLDED_PLAIN)
        return 40;
    return l->valid * 10 >= l->lines * 9 ? 24 : 16;
}

/* One letter and digits: how a text pickle writes a long number. */
static bool is_pickled_number(pv_str text)
{
    size_t i = 1;

    while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9')
        i++;
    return i == text.n;
}

/* One line that is longer than what may be looked at. */
static bool long_line(pv_bytes head, look *l)
{
    pv_str text = {(const char *)head.p, head.n};
    size_t semi = pv_str_find(text, ';');

    if (memchr(text.p, '\n', text.n) || memchr("{[<", text.p[0], 3) ||
        is_pickled_number(text))
        return false;
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 9)
            return false;
    if (semi != SIZE_MAX)
        look_at_stack(l, pv_str_slice(text, 0, pv_str_rfind(text, ';')));
    return true;
}

void pv_folded_look(pv_bytes head, bool whole, unsigned pieces,
                    pv_folded_sniff *out)
{
    look l = {.most = pieces};
    pv_bytes rest = head;
    pv_str line;

    if (head.n >= 3 && memcmp(head.p, "\xef\xbb\xbf", 3) == 0) {
        rest.p += 3;
        rest.n -= 3;
    }
    while (l.lines < LINES && next_line(&rest, whole, &line)) {
        line = pv_folded_trim(line);
        if (line.n && line.p[0] == '#')
            look_at_comment(&l, line);
        else if (line.n)
            look_at_line(&l, line);
    }
    *out = (pv_folded_sniff){.dialect = dialect_of(&l)};
    out->bid = bid_of(&l, out->dialect);
    out->forked = l.forked > 0;
    out->differential = l.two && l.two * 10 >= l.valid * 9;
    out->full = l.full || l.triples * 2 > l.valid;
    out->memory = l.memory || (!l.austin && l.minus);
    if (l.lines == 0 && l.comments == 0 && !whole && long_line(head, &l)) {
        out->dialect = dialect_of(&l);
        out->bid = 8;
        out->forked = true;
    }
}
