/* SPDX-License-Identifier: MIT */
/* Grows a call tree from the graph of calls.
 *
 * A frame's mass is its own part and its callees', who share it as the table
 * shares all that their caller cost.  A callee that is on the stack already is
 * not entered again.  The tree is grown breadth first; where it has too many
 * frames it is grown again without those below a threshold, which doubles
 * until it fits.
 */
#include "estimate_tree.h"

#include "mem.h"

__extension__ typedef unsigned __int128 wide;

static uint64_t share(uint64_t all, uint64_t part, uint64_t of)
{
    return of ? (uint64_t)((wide)all * part / of) : 0;
}

static const pv_flow_fn *function_of(const pv_guess_tree *t, uint32_t node)
{
    return &t->flow->fn[t->nodes.at[node].fn];
}

/* Is the callee on the stack?  Only cycles lead back, and on a stack all of a
 * cycle's frames stand together. */
static bool on_stack(const pv_guess_tree *t, uint32_t node, uint32_t callee)
{
    uint32_t cycle = t->flow->fn[callee].cycle;

    for (uint32_t i = node; i && function_of(t, i)->cycle == cycle;
         i = t->nodes.at[i].parent)
        if (t->nodes.at[i].fn == callee)
            return true;
    return false;
}

static bool push(pv_guess_tree *t, pv_guess_node node)
{
    if (!PV_VEC_GROW(&t->nodes, 1))
        return false;
    t->nodes.at[t->nodes.len++] = node;
    return true;
}

/* ---- one frame's callees -------------------------------------------------------- */

typedef struct spread {
    uint64_t mass;    /* to share out */
    uint64_t weight;  /* of all that the function's callees cost */
    uint64_t waiting; /* of callees that are to become frames */
    uint32_t callees; /* how many these are */
} spread;

/* What calls that lead back would have cost stays with the first frame. */
static spread spread_of(const pv_guess_tree *t, uint32_t node)
{
    const pv_flow_fn *fn = function_of(t, node);
    uint64_t below = fn->total - fn->self;
    spread s = {.mass = t->nodes.at[node].mass - t->nodes.at[node].self,
                .weight = fn->callees > below ? fn->callees : below,
                .waiting = fn->callees,
                .callees = fn->out_len};

    for (uint32_t k = 0; fn->in_cycle && k < fn->out_len; k++) {
        const pv_flow_edge *e = &t->flow->edge[fn->out + k];

        if (e->inside && on_stack(t, node, e->to)) {
            s.waiting -= e->total;
            s.callees--;
        }
    }
    return s;
}

static bool add_callee(pv_guess_tree *t, uint32_t node, uint32_t edge,
                       spread *s, uint64_t mass)
{
    const pv_flow_edge *e = &t->flow->edge[edge];

    s->waiting -= e->total;
    s->callees--;
    return push(t, (pv_guess_node){.parent = node,
                                   .fn = e->to,
                                   .edge = edge,
                                   .mass = mass,
                                   .self = share(mass, e->self, e->total)});
}

/* Callees stand by weight: after the first that is too small all are. */
static bool add_callees(pv_guess_tree *t, uint32_t node, uint64_t least,
                        uint32_t max)
{
    const pv_flow_fn *fn = function_of(t, node);
    spread s = spread_of(t, node);
    uint64_t rest;

    for (uint32_t k = 0; k < fn->out_len && t->nodes.len <= max; k++) {
        const pv_flow_edge *e = &t->flow->edge[fn->out + k];
        uint64_t mass = share(s.mass, e->total, s.weight);

        if (mass < least)
            break;
        if (!(e->inside && on_stack(t, node, e->to)) &&
            !add_callee(t, node, fn->out + k, &s, mass))
            return false;
    }
    if (!s.callees)
        return true;
    rest = share(s.mass, s.waiting, s.weight);
    t->pruned = true;
    return push(t, (pv_guess_node){.parent = node,
                                   .edge = PV_NO_EDGE,
                                   .pruned = s.callees,
                                   .mass = rest,
                                   .self = rest});
}

/* ---- the whole tree ---------------------------------------------------------------- */

static bool add_roots(pv_guess_tree *t, uint64_t least)
{
    const pv_flow *f = t->flow;
    pv_guess_node rest = {.edge = PV_NO_EDGE};

    for (uint32_t i = 0; i < f->p->functions.len; i++) {
        uint64_t mass = f->fn[i].from_root << t->shift;

        if (!f->fn[i].is_root)
            continue;
        if (mass < least) {
            rest.pruned++;
            rest.mass += mass;
        } else if (!push(t, (pv_guess_node){.fn = i,
                                            .edge = PV_NO_EDGE,
                                            .mass = mass,
                                            .self = f->fn[i].from_root_self
                                                    << t->shift})) {
            return false;
        }
    }
    rest.self = rest.mass;
    t->pruned = t->pruned || rest.pruned;
    return !rest.pruned || push(t, rest);
}

static bool grow(pv_guess_tree *t, uint64_t least, uint32_t max)
{
    t->nodes.len = 0;
    t->pruned = false;
    if (!push(t, (pv_guess_node){.edge = PV_NO_EDGE}) || !add_roots(t, least))
        return false;
    for (uint32_t i = 1; i < t->nodes.len && t->nodes.len <= max; i++)
        if (!t->nodes.at[i].pruned && !add_callees(t, i, least, max))
            return false;
    return true;
}

/* Room for fractions: all masses together stay below 2^62. */
static unsigned room(const pv_flow *f)
{
    uint64_t sum = 0;
    unsigned shift = 0;

    for (uint32_t i = 0; i < f->p->functions.len; i++)
        sum = sum > UINT64_MAX - f->fn[i].from_root ? UINT64_MAX
                                                    : sum + f->fn[i].from_root;
    while (shift < 40 && sum < (UINT64_C(1) << 61)) {
        sum = sum ? sum << 1 : 1;
        shift++;
    }
    return shift;
}

bool pv_guess_grow(pv_guess_tree *t, const pv_flow *flow, uint32_t max)
{
    uint64_t least = 0;

    *t = (pv_guess_tree){.flow = flow, .shift = room(flow)};
    for (;;) {
        if (!grow(t, least, max))
            return false;
        if (t->nodes.len <= max || least >> 62)
            return true;
        /* first without what costs nothing, then from a 2^22nd up */
        least = !least ? 1 : least == 1 ? UINT64_C(1) << 39 : least << 1;
    }
}

static bool has_cost(const pv_profile *p, uint32_t fn)
{
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        int64_t v = p->functions.cost[(size_t)fn * p->metrics.len + m];

        if (v != 0 && v != PV_NONE)
            return true;
    }
    return false;
}

bool pv_guess_complete(pv_guess_tree *t)
{
    const pv_profile *p = t->flow->p;
    bool *seen = pv_mem_alloc(p->functions.len, sizeof *seen);
    bool ok = seen != NULL;

    for (size_t i = 1; ok && i < t->nodes.len; i++)
        seen[t->nodes.at[i].fn] = true;
    for (uint32_t i = 0; ok && !t->pruned && i < p->functions.len; i++)
        if (!seen[i] && has_cost(p, i))
            ok = push(t, (pv_guess_node){.fn = i, .edge = PV_NO_EDGE});
    pv_mem_free(seen);
    return ok;
}

void pv_guess_done(pv_guess_tree *t)
{
    PV_VEC_DONE(&t->nodes);
}
