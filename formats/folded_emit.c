/* SPDX-License-Identifier: MIT */
/* Folded stacks, the way out: texts of stacks become frames of the builder.
 *
 * A stack's text is cut at ';' into pieces, each a level; a piece may belong to
 * the one above (a ';' in quotes, austin's "L12").  A level becomes a frame
 * when something needs it, so joined texts leave no trace.  What a text means
 * is worked out once for each distinct one.
 */
#include "folded.h"

enum joins {
    JOINS_NOTHING,
    JOINS_ALL,  /* a process whose quote is open */
    JOINS_NAME, /* a thread whose name may hold a ';' */
    JOINS_LINE  /* a frame of an austin that writes lines apart */
};

void pv_folded_emit_done(pv_folded_emit *e)
{
    pv_buf_done(&e->path);
    pv_buf_done(&e->scratch);
    PV_VEC_DONE(&e->levels);
    PV_VEC_DONE(&e->known);
}

static pv_str level_text(const pv_folded_emit *e, const pv_folded_level *l)
{
    return (pv_str){e->path.p + l->begin, l->end - 1 - l->begin};
}

/* ---- pieces ------------------------------------------------------------- */

static enum joins joins_of(const pv_folded_emit *e, pv_str piece)
{
    bool closed;

    if (piece.n && piece.p[0] == 'p' && pv_folded_process(piece, &closed))
        return closed ? JOINS_NOTHING : JOINS_ALL;
    if (e->classic)
        return JOINS_NOTHING;
    if (e->dialect == PV_FOLDED_PYSPY &&
        pv_str_starts(piece, PV_STR("thread (")))
        return JOINS_NAME;
    if (e->dialect == PV_FOLDED_AUSTIN && !pv_folded_austin_head(piece))
        return JOINS_LINE;
    return JOINS_NOTHING;
}

/* Does `piece` belong to a level that joins so? */
static bool is_part(enum joins joins, pv_str piece)
{
    pv_folded_frame f;
    uint32_t line;
    bool closed;

    switch (joins) {
    case JOINS_NOTHING: return false;
    case JOINS_ALL: return true;
    case JOINS_NAME:
        return !pv_folded_paren(piece, true, &f) &&
               !pv_folded_process(piece, &closed);
    case JOINS_LINE: return pv_folded_line_mark(piece, &line);
    }
    return false;
}

/* The piece up to `end` (its ';' included) goes below the deepest level. */
static void push_piece(pv_folded_emit *e, size_t end)
{
    size_t top = e->levels.len;
    pv_folded_level *above = top ? &e->levels.at[top - 1] : NULL;
    size_t begin = above ? above->end : 0;
    pv_str piece = {e->path.p + begin, end - 1 - begin};
    pv_folded_level l = {.begin = begin, .end = end, .parent = (uint32_t)top};

    if (above && is_part((enum joins)above->joins, piece)) {
        l.begin = above->begin;
        l.parent = above->parent;
        l.joins = above->joins;
        if (l.joins == JOINS_LINE ||
            (l.joins == JOINS_ALL && piece.n && piece.p[piece.n - 1] == '"'))
            l.joins = JOINS_NOTHING;
    } else {
        l.joins = (uint8_t)joins_of(e, piece);
    }
    if (!PV_VEC_GROW(&e->levels, 1)) {
        e->failed = true;
        return;
    }
    e->levels.at[e->levels.len++] = l;
}

void pv_folded_emit_cut(pv_folded_emit *e, size_t n)
{
    e->path.n = n;
    while (e->levels.len && e->levels.at[e->levels.len - 1].end > n)
        e->levels.len--;
}

void pv_folded_emit_grow(pv_folded_emit *e, pv_str bytes)
{
    size_t at = e->path.n;

    pv_buf_str(&e->path, bytes);
    e->failed |= e->path.failed;
    while (!e->failed && at < e->path.n) {
        const char *semi = memchr(e->path.p + at, ';', e->path.n - at);

        if (!semi)
            return;
        at = (size_t)(semi - e->path.p) + 1;
        push_piece(e, at);
    }
}

/* ---- frames ------------------------------------------------------------- */

static void learn(pv_folded_emit *e, pv_sym text, bool root,
                  pv_folded_known *out)
{
    pv_folded_frame f;
    pv_str raw = pv_builder_text(e->b, text);
    pv_sym name, file;
    uint32_t defined;

    if (e->classic) {
        *out = (pv_folded_known){
            .fn = pv_build_function(e->b, text, (pv_sym){0}, 0, PV_FN_CODE)};
        return;
    }
    pv_folded_parse(e->dialect, raw, &e->scratch, &f);
    if (root && e->dialect == PV_FOLDED_PERF)
        f.kind = PV_FN_PROCESS; /* the command's name */
    e->failed |= e->scratch.failed;
    name = pv_build_name(e->b, f.name);
    file = pv_build_name(e->b, f.file);
    defined = f.definition ? f.line : 0;
    out->fn = pv_build_function(e->b, name, file, defined, f.kind);
    out->line = f.line - defined;
    e->lines |= out->line != 0;
}

/* What the frame of this text is; worked out when it is first met. */
static pv_folded_known know(pv_folded_emit *e, pv_sym text, bool root)
{
    pv_folded_known fresh = {0}, *k;

    if (root && e->dialect == PV_FOLDED_PERF) {
        learn(e, text, true, &fresh);
        return fresh;
    }
    if (text.i >= e->known.len) {
        size_t more = text.i + 1 - e->known.len;

        if (!PV_VEC_GROW(&e->known, more)) {
            e->failed = true;
            return fresh;
        }
        memset(e->known.at + e->known.len, 0, more * sizeof *e->known.at);
        e->known.len += more;
    }
    k = &e->known.at[text.i];
    if (!k->set) {
        learn(e, text, false, k);
        k->set = true;
    }
    return *k;
}

static pv_node make_frame(pv_folded_emit *e, pv_node parent, pv_str raw)
{
    pv_sym text = pv_build_name(e->b, raw);
    pv_folded_known k = know(e, text, parent.i == 0);

    if (e->differential)
        return pv_build_frame(e->b, parent, k.fn, k.line, text);
    return pv_build_frame_new(e->b, parent, k.fn, k.line, text);
}

static pv_node node_of(const pv_folded_emit *e, uint32_t level)
{
    return level ? e->levels.at[level - 1].node : (pv_node){0};
}

/* Makes the frames down to `level` (+ 1) that are not there yet. */
static pv_node ensure(pv_folded_emit *e, uint32_t level)
{
    uint32_t below = 0;
    pv_folded_level *at = e->levels.at;

    while (level && at[level - 1].node.i == 0) {
        at[level - 1].below = below;
        below = level;
        level = at[level - 1].parent;
    }
    for (; below; below = at[below - 1].below) {
        pv_folded_level *l = &at[below - 1];

        l->node = make_frame(e, node_of(e, l->parent), level_text(e, l));
        level = below;
    }
    return node_of(e, level);
}

/* The leaf's text without the first of two counts; empty leaves are none. */
static pv_node end_differential(pv_folded_emit *e, bool *two)
{
    uint32_t level = (uint32_t)e->levels.len;
    pv_folded_level *l = level ? &e->levels.at[level - 1] : NULL;
    pv_str text = l ? level_text(e, l) : PV_STR("");
    pv_folded_count n;
    pv_folded_fault fault;

    *two = pv_folded_second(&text, &n, &fault);
    if (!*two)
        return ensure(e, level);
    if (!e->classic)
        text = pv_folded_trim(text);
    while (text.n && text.p[text.n - 1] == ';')
        text.n--;
    level = l->parent;
    if (text.n)
        return make_frame(e, ensure(e, level), text);
    while (level &&
           e->levels.at[level - 1].end - 1 == e->levels.at[level - 1].begin)
        level = e->levels.at[level - 1].parent;
    return ensure(e, level);
}

pv_node pv_folded_emit_end(pv_folded_emit *e, bool *two)
{
    *two = false;
    if (e->failed)
        return (pv_node){0};
    if (e->differential)
        return end_differential(e, two);
    return ensure(e, (uint32_t)e->levels.len);
}

pv_node pv_folded_emit_go(pv_folded_emit *e, pv_str stack)
{
    size_t same = 0, n = e->path.n < stack.n ? e->path.n : stack.n;
    bool two;

    while (same < n && e->path.p[same] == stack.p[same])
        same++;
    while (same && e->path.p[same - 1] != ';')
        same--;
    pv_folded_emit_cut(e, same);
    pv_folded_emit_grow(e, pv_str_slice(stack, same, stack.n));
    return pv_folded_emit_end(e, &two);
}

/* ---- the walk ----------------------------------------------------------- */

typedef struct stop {
    uint32_t node;
    size_t path; /* how much of the path stands above its edge */
} stop;

typedef PV_VEC(stop) stops;

/* The children of a node, the last in order first. */
static bool push_children(const pv_folded_tree *t, uint32_t node, size_t path,
                          stops *todo)
{
    size_t begin = todo->len;

    for (uint32_t c = t->nodes.at[node].child; c; c = t->nodes.at[c].next) {
        size_t i;

        if (!PV_VEC_GROW(todo, 1))
            return false;
        for (i = todo->len++; i > begin; i--) {
            if (t->nodes.at[todo->at[i - 1].node].first > t->nodes.at[c].first)
                break;
            todo->at[i] = todo->at[i - 1];
        }
        todo->at[i] = (stop){c, path};
        PV_PREFETCH(t->text.p + t->nodes.at[c].text);
        PV_PREFETCH(&t->nodes.at[t->nodes.at[c].child]);
    }
    return true;
}

bool pv_folded_walk(pv_folded_emit *e, pv_folded_tree *t,
                    void (*end)(void *ctx, uint32_t stack, pv_node at,
                                bool two),
                    void *ctx)
{
    stops todo = {0};
    bool ok = PV_VEC_GROW(&todo, 1), two;

    if (ok)
        todo.at[todo.len++] = (stop){0, 0};
    while (ok && todo.len) {
        stop s = todo.at[--todo.len];
        const pv_folded_node *n = &t->nodes.at[s.node];

        pv_folded_emit_cut(e, s.path);
        if (n->len)
            pv_folded_emit_grow(e, (pv_str){t->text.p + n->text, n->len});
        if (t->ends.at[s.node]) {
            pv_node at = pv_folded_emit_end(e, &two);

            end(ctx, t->ends.at[s.node] - 1, at, two);
        }
        ok = push_children(t, s.node, e->path.n, &todo) && !e->failed;
    }
    PV_VEC_DONE(&todo);
    return ok;
}
