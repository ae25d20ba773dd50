/* SPDX-License-Identifier: MIT */
/* Folded stacks, the lines: batches go around in a ring. */
#include "folded_ahead.h"

#include <sched.h>

#include "folded.h"
#include "lines.h"
#include "mem.h"

enum { FIRST_ROOM = 256 * 1024, FIRST_CELLS = 2048, LONG_INPUT = 1 << 20 };

/* ---- cutting ------------------------------------------------------------ */

static void add_cell(const pv_folded_ahead *a, pv_folded_batch *b, size_t end,
                     size_t next)
{
    pv_str line = pv_folded_trim((pv_str){b->p + b->used, end - b->used});
    pv_str stack, word;

    pv_folded_split(line, &stack, &word);
    stack = pv_folded_tidy(stack, a->classic);
    b->cells[b->len++] = (pv_folded_cell){
        .begin = (uint32_t)b->used,
        .len = (uint32_t)line.n,
        .stack = (uint32_t)stack.n,
        .hash = pv_hash_wide(stack.p, stack.n),
    };
    b->used = next;
}

static bool too_long(const pv_folded_ahead *a, pv_folded_batch *b)
{
    pv_place at = {.file = pv_input_name(a->in)};
    uint64_t line = a->cut + b->len + 1;

    at.line = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
    return pv_fail(&b->err, PV_E_LIMIT, &at, "line is longer than 16 MiB");
}

/* Makes cells of the lines in the batch that are whole; `from` on has not
 * been looked at. */
static bool cut_lines(const pv_folded_ahead *a, pv_folded_batch *b, size_t from)
{
    while (b->len < b->cells_room && from < b->held) {
        const char *lf = memchr(b->p + from, '\n', b->held - from);

        if (!lf)
            break;
        from = (size_t)(lf - b->p) + 1;
        if (from - 1 - b->used > PV_LINE_MAX)
            return too_long(a, b);
        add_cell(a, b, from - 1, from);
    }
    return true;
}

/* The first batch has what the input was peeked at in; that will do until
 * the ring turns. */
static bool make_room(const pv_folded_ahead *a, pv_folded_batch *b, size_t held)
{
    bool small = a->filled > 0 && b->room < FIRST_ROOM;
    size_t room = b->room && !small ? b->room : FIRST_ROOM;
    char *p;

    while (room <= held)
        room *= 2;
    if (room == b->room)
        return true;
    p = pv_mem_resize(b->p, room, 1);
    if (!p)
        return pv_fail_nomem(&b->err);
    b->p = p;
    b->room = room;
    return true;
}

/* Few at first: a short input is not worth asking the system for a map. */
static bool make_cells(const pv_folded_ahead *a, pv_folded_batch *b)
{
    size_t room = a->filled > 0 ? PV_FOLDED_CELLS : FIRST_CELLS;
    pv_folded_cell *cells;

    if (room <= b->cells_room)
        return true;
    cells = pv_mem_resize(b->cells, room + 1, sizeof *cells);
    if (!cells)
        return pv_fail_nomem(&b->err);
    b->cells = cells;
    b->cells_room = room;
    return true;
}

/* Only here may the thread be cancelled: a pipe may be silent for ever. */
static bool read_input(pv_folded_ahead *a, pv_folded_batch *b, size_t *got)
{
    int state;
    bool ok;

    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &state);
    ok = pv_input_read(a->in, b->p + b->held, b->room - b->held, got, &b->err);
    pthread_setcancelstate(state, NULL);
    return ok;
}

/* More bytes behind those held; at the end of the input, what is left is a
 * line. */
static bool read_more(pv_folded_ahead *a, pv_folded_batch *b)
{
    size_t got;

    if (b->held - b->used > PV_LINE_MAX)
        return too_long(a, b);
    if (!make_room(a, b, b->held) || !read_input(a, b, &got))
        return false;
    b->held += got;
    b->last = got == 0;
    if (b->last && b->used < b->held)
        add_cell(a, b, b->held, b->held);
    return true;
}

/* Begins with what the batch before (or the same one) had over; ends when
 * lines are there. */
static bool fill(pv_folded_ahead *a, pv_folded_batch *b,
                 const pv_folded_batch *before)
{
    size_t over = before->held - before->used, from = before->used, seen = 0;

    b->len = b->used = 0;
    b->err = (pv_error){0};
    if (((over > b->room || a->filled > 0) && !make_room(a, b, over)) ||
        !make_cells(a, b))
        return false;
    if (over)
        memmove(b->p, before->p + from, over);
    b->held = over;
    if (!cut_lines(a, b, 0))
        return false;
    while (b->len == 0 && !b->last) {
        seen = b->held;
        if (!read_more(a, b) || !cut_lines(a, b, seen))
            return false;
    }
    return true;
}

/* ---- the ring ----------------------------------------------------------- */

static pv_folded_batch *batch(pv_folded_ahead *a, uint64_t number)
{
    return &a->batches[number % PV_FOLDED_BATCHES];
}

static bool fill_batch(pv_folded_ahead *a, pv_folded_batch *b,
                       const pv_folded_batch *before)
{
    bool more = fill(a, b, before);

    a->cut += b->len;
    a->bytes += b->used;
    return more && !b->last;
}

static void *work(void *arg)
{
    pv_folded_ahead *a = arg;
    uint64_t number = a->filled;
    bool more = true;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    while (more) {
        pthread_mutex_lock(&a->lock);
        while (!a->stop && number - a->done >= PV_FOLDED_BATCHES)
            pthread_cond_wait(&a->change, &a->lock);
        more = !a->stop;
        pthread_mutex_unlock(&a->lock);
        if (!more)
            break;
        more = fill_batch(a, batch(a, number),
                          batch(a, number + PV_FOLDED_BATCHES - 1));
        number++;
        pthread_mutex_lock(&a->lock);
        a->filled = number;
        pthread_cond_signal(&a->change);
        pthread_mutex_unlock(&a->lock);
    }
    return NULL;
}

static unsigned processors(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    return (unsigned)CPU_COUNT(&set);
}

/* A start costs as much as 100 KiB of lines, and the end more than that.  The
 * batch that was filled in place so far is the first of the ring. */
static void start_thread(pv_folded_ahead *a)
{
    unsigned jobs = a->jobs ? a->jobs : processors();

    a->jobs = 1; /* asked once */
    if (jobs < 2)
        return;
    a->filled = a->done = 1;
    a->threaded = pthread_create(&a->thread, NULL, work, a) == 0;
}

/* Waits for, or makes, the batch behind those that are done. */
static pv_folded_batch *take(pv_folded_ahead *a)
{
    if (a->jobs != 1 && a->bytes >= LONG_INPUT)
        start_thread(a);
    if (!a->threaded) {
        fill_batch(a, &a->batches[0], &a->batches[0]);
        return &a->batches[0];
    }
    pthread_mutex_lock(&a->lock);
    while (a->filled <= a->done)
        pthread_cond_wait(&a->change, &a->lock);
    pthread_mutex_unlock(&a->lock);
    return batch(a, a->done);
}

static void release(pv_folded_ahead *a)
{
    pthread_mutex_lock(&a->lock);
    a->done++;
    pthread_cond_signal(&a->change);
    pthread_mutex_unlock(&a->lock);
}

void pv_folded_ahead_init(pv_folded_ahead *a, pv_input *in, bool classic,
                          unsigned jobs)
{
    *a = (pv_folded_ahead){.in = in, .classic = classic, .jobs = jobs};
    a->batches[0].p = pv_input_take_head(in, &a->batches[0].held);
    a->batches[0].room = a->batches[0].p ? PV_BID_WINDOW : 0;
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->change, NULL);
}

void pv_folded_ahead_done(pv_folded_ahead *a)
{
    if (!a->in)
        return;
    if (a->threaded) {
        pthread_mutex_lock(&a->lock);
        a->stop = true;
        pthread_cond_signal(&a->change);
        pthread_mutex_unlock(&a->lock);
        pthread_cancel(a->thread);
        pthread_join(a->thread, NULL);
    }
    for (int i = 0; i < PV_FOLDED_BATCHES; i++) {
        pv_mem_free(a->batches[i].p);
        pv_mem_free(a->batches[i].cells);
    }
    pthread_cond_destroy(&a->change);
    pthread_mutex_destroy(&a->lock);
    a->in = NULL;
}

bool pv_folded_ahead_next(pv_folded_ahead *a, pv_str *line,
                          const pv_folded_cell **cell, pv_error *err)
{
    while (!a->now || a->at == a->now->len) {
        if (a->now && a->now->err.code != PV_OK) {
            *err = a->now->err;
            return false;
        }
        if (a->now && a->now->last)
            return false;
        if (a->threaded)
            release(a);
        a->now = take(a);
        a->at = 0;
    }
    *cell = &a->now->cells[a->at++];
    *line = (pv_str){a->now->p + (*cell)->begin, (*cell)->len};
    a->number++;
    return true;
}
