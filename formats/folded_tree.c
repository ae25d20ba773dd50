/* SPDX-License-Identifier: MIT */
/* Folded stacks, the distinct ones: a table that finds a stack seen before by
 * its hash, and a radix tree that keeps each new one as "a;b;c;".
 *
 * The hash is keyed and 96 bits of it are compared, so equal hashes are equal
 * stacks.  The tree takes a new stack up where the one before it differs;
 * children that are met move to the front of their list.
 */
#include "folded.h"
#include "mem.h"
#include "symtab.h"

enum { FIRST_SLOTS = 1024 };

bool pv_folded_tree_init(pv_folded_tree *t, uint64_t memory)
{
    *t = (pv_folded_tree){.mask = FIRST_SLOTS - 1, .memory = memory};
    t->slots = pv_mem_alloc(FIRST_SLOTS, sizeof *t->slots);
    if (!t->slots || !PV_VEC_GROW(&t->nodes, 1) || !PV_VEC_GROW(&t->ends, 1) ||
        !PV_VEC_GROW(&t->path, 1)) {
        pv_folded_tree_done(t);
        return false;
    }
    t->nodes.at[t->nodes.len++] = (pv_folded_node){0};
    t->ends.at[t->ends.len++] = 0;
    t->path.at[t->path.len++] = 0;
    return true;
}

void pv_folded_tree_done(pv_folded_tree *t)
{
    pv_mem_free(t->slots);
    PV_VEC_DONE(&t->nodes);
    PV_VEC_DONE(&t->ends);
    PV_VEC_DONE(&t->path);
    pv_buf_done(&t->text);
    pv_buf_done(&t->key);
    pv_buf_done(&t->last);
    *t = (pv_folded_tree){0};
}

/* ---- the table ---------------------------------------------------------- */

static bool grow_slots(pv_folded_tree *t)
{
    uint32_t size = (t->mask + 1) * 2;
    pv_folded_slot *slots = size ? pv_mem_alloc(size, sizeof *slots) : NULL;

    if (!slots)
        return false;
    for (uint32_t k = 0; k <= t->mask; k++) {
        uint32_t i = (uint32_t)t->slots[k].hash & (size - 1);

        if (!t->slots[k].stack)
            continue;
        while (slots[i].stack)
            i = (i + 1) & (size - 1);
        slots[i] = t->slots[k];
    }
    pv_mem_free(t->slots);
    t->slots = slots;
    t->mask = size - 1;
    return true;
}

static pv_folded_slot *find_slot(const pv_folded_tree *t, pv_hash128 h)
{
    uint32_t i = (uint32_t)h.low & t->mask;

    for (; t->slots[i].stack; i = (i + 1) & t->mask)
        if (t->slots[i].hash == h.low && t->slots[i].more == (uint32_t)h.high)
            break;
    return &t->slots[i];
}

/* ---- the tree ----------------------------------------------------------- */

/* How many bytes are the same at the start of both. */
static size_t common(const char *a, const char *b, size_t n)
{
    size_t i = 0;
    uint64_t x[4], y[4];

    for (; i + sizeof x <= n; i += sizeof x) {
        memcpy(x, a + i, sizeof x);
        memcpy(y, b + i, sizeof y);
        if ((x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) | (x[3] ^ y[3]))
            break;
    }
    for (; i + sizeof x[0] <= n; i += sizeof x[0]) {
        memcpy(x, a + i, sizeof x[0]);
        memcpy(y, b + i, sizeof y[0]);
        if (x[0] != y[0])
            break;
    }
    while (i < n && a[i] == b[i])
        i++;
    return i;
}

static bool within_memory(pv_folded_tree *t, size_t more)
{
    uint64_t now = t->text.room + t->nodes.room * (sizeof *t->nodes.at + 4) +
                   ((uint64_t)t->mask + 1) * sizeof *t->slots + more;

    if ((t->memory == 0 || now <= t->memory) &&
        t->text.n + more <= UINT32_MAX && t->nodes.len < UINT32_MAX - 2)
        return true;
    t->full = true;
    return false;
}

/* The child of `at` whose edge starts with `first`, moved to the front. */
static uint32_t find_child(pv_folded_tree *t, uint32_t at, uint8_t first)
{
    pv_folded_node *nodes = t->nodes.at;
    uint32_t before = 0, child = nodes[at].child;

    while (child && nodes[child].first != first) {
        before = child;
        child = nodes[child].next;
    }
    if (child && before) {
        nodes[before].next = nodes[child].next;
        nodes[child].next = nodes[at].child;
        nodes[at].child = child;
    }
    return child;
}

/* Cuts the edge of `at` after `n` bytes: its end becomes a child. */
static void split_edge(pv_folded_tree *t, uint32_t at, size_t n)
{
    pv_folded_node *top = &t->nodes.at[at];
    uint32_t low = (uint32_t)t->nodes.len++;
    pv_folded_node *tail = &t->nodes.at[low];

    *tail = *top;
    tail->text += (uint32_t)n;
    tail->len = (top->len - (uint32_t)n) & 0xffffff;
    tail->first = (uint8_t)t->text.p[tail->text];
    tail->next = 0;
    top->len = (uint32_t)n & 0xffffff;
    top->child = low;
    t->ends.at[t->ends.len++] = t->ends.at[at];
    t->ends.at[at] = 0;
}

static uint32_t add_leaf(pv_folded_tree *t, uint32_t at, pv_str edge)
{
    uint32_t leaf = (uint32_t)t->nodes.len++;

    t->nodes.at[leaf] = (pv_folded_node){
        .text = (uint32_t)t->text.n,
        .len = (uint32_t)edge.n & 0xffffff,
        .first = (uint8_t)edge.p[0],
        .next = t->nodes.at[at].child,
    };
    t->nodes.at[at].child = leaf;
    t->ends.at[t->ends.len++] = 0;
    pv_buf_str(&t->text, edge);
    return leaf;
}

/* Back up along the last stack's path to where the new one leaves it; *done
 * bytes of the key are then matched.  An edge that both share in part is cut
 * there. */
static uint32_t resume(pv_folded_tree *t, size_t *done)
{
    size_t n = t->key.n < t->last.n ? t->key.n : t->last.n;
    size_t same = common(t->key.p, t->last.p, n), at = t->last.n;
    uint32_t node = t->path.at[t->path.len - 1];

    while (at > same) {
        size_t begin = at - t->nodes.at[node].len;

        if (begin < same) {
            split_edge(t, node, same - begin);
            at = same;
            break;
        }
        at = begin;
        t->path.len--;
        node = t->path.at[t->path.len - 1];
    }
    *done = at;
    return node;
}

/* Room for what adding one stack may take: two nodes, its text, its path. */
static bool make_room(pv_folded_tree *t)
{
    return PV_VEC_GROW(&t->nodes, 2) && PV_VEC_GROW(&t->ends, 2) &&
           pv_buf_reserve(&t->text, t->key.n);
}

static bool push_path(pv_folded_tree *t, uint32_t node)
{
    if (!PV_VEC_GROW(&t->path, 1))
        return false;
    t->path.at[t->path.len++] = node;
    return true;
}

/* The way down is a chain of loads that miss the caches: where it is likely to
 * go on is fetched while an edge is compared. */
static void fetch_ahead(const pv_folded_tree *t, uint32_t node)
{
    const pv_folded_node *likely = &t->nodes.at[t->nodes.at[node].child];
    uintptr_t text = (uintptr_t)t->text.p + likely->text;

    PV_PREFETCH(&t->nodes.at[likely->child]);
    PV_PREFETCH((const void *)text);
    PV_PREFETCH((const void *)(text + 64)); /* may be beyond the end */
}

/* Puts t->key in; its end is the node at the end of the path. */
static bool insert(pv_folded_tree *t)
{
    size_t at;
    uint32_t node = resume(t, &at);

    while (at < t->key.n) {
        pv_str rest = {t->key.p + at, t->key.n - at};
        uint32_t child = find_child(t, node, (uint8_t)rest.p[0]);
        size_t same, len;

        if (!child) {
            child = add_leaf(t, node, rest);
            at = t->key.n;
        } else {
            fetch_ahead(t, child);
            len = t->nodes.at[child].len;
            same = common(t->text.p + t->nodes.at[child].text, rest.p,
                          len < rest.n ? len : rest.n);
            if (same < len)
                split_edge(t, child, same);
            at += same;
        }
        node = child;
        if (!push_path(t, node))
            return false;
    }
    return true;
}

static bool add_stack(pv_folded_tree *t, pv_str stack)
{
    pv_buf swap;

    pv_buf_clear(&t->key);
    pv_buf_str(&t->key, stack);
    if (stack.n)
        pv_buf_char(&t->key, ';');
    if (t->key.failed || !within_memory(t, t->key.n) || !make_room(t) ||
        !insert(t))
        return false;
    t->stacks++;
    t->ends.at[t->path.at[t->path.len - 1]] = t->stacks;
    swap = t->last;
    t->last = t->key;
    t->key = swap;
    return true;
}

bool pv_folded_tree_add(pv_folded_tree *t, pv_str stack, pv_hash128 h,
                        uint32_t *number)
{
    pv_folded_slot *slot = find_slot(t, h);

    if (slot->stack) {
        *number = slot->stack - 1;
        return true;
    }
    if (t->stacks >= t->mask / 2) {
        if (!grow_slots(t))
            return false;
        slot = find_slot(t, h);
    }
    if (!add_stack(t, stack))
        return false;
    *slot = (pv_folded_slot){h.low, (uint32_t)h.high, t->stacks};
    *number = t->stacks - 1;
    return true;
}
