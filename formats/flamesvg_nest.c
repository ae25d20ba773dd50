/* SPDX-License-Identifier: MIT */
/* Which box stands on which: counts come from the titles, geometry is only
 * used for nesting.
 *
 * Boxes are sorted into rows; a child belongs to the box of the next row
 * towards the root that holds its centre, by inferno's exact offsets where the
 * file has them.
 */
#include "flamesvg.h"

#include <stdlib.h>

#include "number.h"

enum { PIXEL = 10000, SLACK = 1100, SLACK_PERCENT = 100, UNTOLD = -1 };

typedef struct placed {
    const svg_box *box;
    svg_title title;
    int64_t left, width; /* what nesting goes by */
    uint32_t row, file;  /* row: 0 = the root's; place in the file */
} placed;

typedef struct nest {
    PV_VEC(placed) boxes;
    int64_t slack;
    svg_tree *out;
} nest;

static int by_row_then_left(const void *a, const void *b)
{
    const placed *x = a, *y = b;

    if (x->box->y != y->box->y)
        return x->box->y < y->box->y ? -1 : 1;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    return x->file < y->file ? -1 : x->file > y->file;
}

/* A box whose title was replaced (--nameattr) has its label as its name; its
 * count is UNTOLD until the root's is known. */
static void title_of(const svg_box *box, svg_title *t)
{
    if (!svg_parse_title(box->title, t))
        *t = (svg_title){.name = box->label.n ? box->label : box->title,
                         .count = UNTOLD};
}

static bool gather(pv_source *src, const svg_picture *picture, nest *n)
{
    bool exact = picture->boxes.len > 0, whole = true, told = false;

    for (size_t i = 0; i < picture->boxes.len; i++) {
        const svg_box *box = &picture->boxes.at[i];
        placed p = {.box = box, .file = (uint32_t)i};

        title_of(box, &p.title);
        told = told || p.title.count != UNTOLD;
        exact = exact && box->samples >= 0 && box->at >= 0;
        whole = whole && box->x % PIXEL == 0 && box->w % PIXEL == 0;
        if (!PV_VEC_GROW(&n->boxes, 1))
            return pv_fail_nomem(src->err);
        n->boxes.at[n->boxes.len++] = p;
    }
    for (size_t i = 0; i < n->boxes.len; i++) {
        placed *p = &n->boxes.at[i];

        p->left = exact ? p->box->at : p->box->x;
        p->width = exact ? p->box->samples : p->box->w;
    }
    n->slack = exact              ? 0
               : picture->percent ? SLACK_PERCENT
               : whole            ? PIXEL
                                  : SLACK;
    return told ||
           pv_source_fail(src, PV_E_FORMAT,
                          "an SVG without a flame graph's boxes (a title "
                          "'NAME (N samples, P%%)' on each)");
}

/* All counts get the exponent of the finest. */
static bool align(pv_source *src, nest *n)
{
    uint8_t exponent = 0;

    for (size_t i = 0; i < n->boxes.len; i++)
        if (n->boxes.at[i].title.exponent > exponent)
            exponent = n->boxes.at[i].title.exponent;
    for (size_t i = 0; i < n->boxes.len; i++) {
        svg_title *t = &n->boxes.at[i].title;

        for (; t->count > 0 && t->exponent < exponent; t->exponent++) {
            if (t->count > INT64_MAX / 10)
                return pv_source_fail(src, PV_E_LIMIT,
                                      "a count is above 2^63-1");
            t->count *= 10;
        }
        n->out->differs = n->out->differs || t->differs;
        if (t->unit.n && n->out->unit.n == 0)
            n->out->unit = t->unit;
    }
    n->out->exponent = exponent;
    return true;
}

static bool is_all(const placed *p)
{
    return pv_str_equal(p->title.name, PV_STR("all")) ||
           pv_str_equal(p->title.name, PV_STR("all samples")) ||
           pv_str_equal(p->title.name, PV_STR(""));
}

/* The root is at one end of the rows: the end whose box is the widest, "all"
 * where both are as wide. */
static bool root_is_last(const nest *n)
{
    const placed *first = &n->boxes.at[0];
    const placed *last = &n->boxes.at[n->boxes.len - 1];

    for (size_t i = 1;
         i < n->boxes.len && n->boxes.at[i].box->y == first->box->y; i++)
        if (n->boxes.at[i].width > first->width)
            first = &n->boxes.at[i];
    for (size_t i = n->boxes.len;
         i > 0 && n->boxes.at[i - 1].box->y == last->box->y; i--)
        if (n->boxes.at[i - 1].width > last->width)
            last = &n->boxes.at[i - 1];
    if (is_all(first) != is_all(last))
        return is_all(last);
    return last->width > first->width;
}

static int by_depth_then_left(const void *a, const void *b)
{
    const placed *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    return x->file < y->file ? -1 : x->file > y->file;
}

static void number_rows(nest *n)
{
    uint32_t rows = 0;

    qsort(n->boxes.at, n->boxes.len, sizeof *n->boxes.at, by_row_then_left);
    for (size_t i = 0; i < n->boxes.len; i++) {
        if (i && n->boxes.at[i].box->y != n->boxes.at[i - 1].box->y)
            rows++;
        n->boxes.at[i].row = rows;
    }
    if (root_is_last(n))
        for (size_t i = 0; i < n->boxes.len; i++)
            n->boxes.at[i].row = rows - n->boxes.at[i].row;
    qsort(n->boxes.at, n->boxes.len, sizeof *n->boxes.at, by_depth_then_left);
}

/* How well does `parent` hold `child`?  0: not at all. */
static int holds(const nest *n, size_t parent, const placed *child,
                 int64_t left)
{
    const placed *p = &n->boxes.at[parent];
    int64_t centre = child->left + child->width / 2;
    int64_t begin = p->left, end = p->left + p->width;

    if (centre < begin - n->slack || centre > end + n->slack)
        return 0;
    return 1 + 2 * (child->left >= begin && child->left + child->width <= end) +
           (left >= child->title.count);
}

/* The box of [begin, end) that holds the child best; `end` if none does.
 * `frame` has each box's frame, whose self is what its children left. */
static size_t find_parent(const nest *n, size_t begin, size_t end,
                          const placed *child, const uint32_t *frame)
{
    int64_t centre = child->left + child->width / 2;
    size_t low = begin, high = end, best = end;
    int quality = 0;

    while (low < high) { /* the first box that begins behind the centre */
        size_t mid = low + (high - low) / 2;

        if (n->boxes.at[mid].left <= centre)
            low = mid + 1;
        else
            high = mid;
    }
    low = low > begin + 3 ? low - 3 : begin;
    high = high + 2 < end ? high + 2 : end;
    for (size_t i = low; i < high; i++) {
        int64_t left =
            frame[i] == UINT32_MAX ? 0 : n->out->frames.at[frame[i]].self;
        int q = frame[i] == UINT32_MAX ? 0 : holds(n, i, child, left);

        if (q > quality) {
            quality = q;
            best = i;
        }
    }
    return best;
}

/* Children that count more than 64 bits hold leave less than nothing, too. */
static void take_from(svg_frame *f, int64_t count)
{
    if (__builtin_sub_overflow(f->self, count, &f->self))
        f->self = INT64_MIN;
}

static bool add_frame(nest *n, const placed *p, uint32_t parent, uint32_t *at)
{
    svg_frame f = {.parent = parent,
                   .name = p->title.name,
                   .count = p->title.count,
                   .self = p->title.count};

    if (!PV_VEC_GROW(&n->out->frames, 1))
        return false;
    *at = (uint32_t)n->out->frames.len;
    n->out->frames.at[n->out->frames.len++] = f;
    if (*at != parent)
        take_from(&n->out->frames.at[parent], f.count);
    return true;
}

/* Is the first row one box that all stands on, the root? */
static bool has_root(const nest *n)
{
    return n->boxes.len > 0 && is_all(&n->boxes.at[0]) &&
           (n->boxes.len == 1 || n->boxes.at[1].row > 0);
}

static bool add_root(pv_source *src, nest *n)
{
    svg_frame root = {0};

    if (has_root(n)) {
        root.count = n->boxes.at[0].title.count;
    } else {
        for (size_t i = 0; i < n->boxes.len && n->boxes.at[i].row == 0; i++)
            if (__builtin_add_overflow(root.count, n->boxes.at[i].title.count,
                                       &root.count))
                return pv_source_fail(src, PV_E_LIMIT,
                                      "the counts of the lowest boxes sum to "
                                      "more than 2^63-1");
    }
    root.self = root.count;
    if (!PV_VEC_GROW(&n->out->frames, 1))
        return pv_fail_nomem(src->err);
    n->out->frames.at[n->out->frames.len++] = root;
    return true;
}

/* Counts that no title tells, by width: as exact as the drawing is. */
static void fill_counts(nest *n)
{
    const placed *widest = NULL;

    for (size_t i = 0; i < n->boxes.len; i++) {
        const placed *p = &n->boxes.at[i];

        if (p->title.count != UNTOLD && (!widest || p->width > widest->width))
            widest = p;
    }
    for (size_t i = 0; i < n->boxes.len; i++) {
        placed *p = &n->boxes.at[i];

        if (p->title.count == UNTOLD)
            p->title.count =
                widest && widest->width > 0 && p->width >= 0
                    ? pv_muldiv(widest->title.count, p->width, widest->width)
                    : 0;
    }
}

static bool place_all(pv_source *src, nest *n, uint32_t *frame)
{
    size_t above = 0, row_begin = 0, i = 0;

    if (!add_root(src, n))
        return false;
    for (size_t k = 0; k < n->boxes.len; k++)
        frame[k] = UINT32_MAX;
    if (has_root(n))
        frame[i++] = 0;
    for (; i < n->boxes.len; i++) {
        const placed *p = &n->boxes.at[i];
        uint32_t parent = 0;

        if (i && p->row != n->boxes.at[i - 1].row) {
            above = row_begin;
            row_begin = i;
        }
        if (p->row > 0) {
            size_t at = find_parent(n, above, row_begin, p, frame);

            if (at == row_begin) {
                n->out->orphans++;
                continue;
            }
            parent = frame[at];
        }
        if (!add_frame(n, p, parent, &frame[i]))
            return pv_fail_nomem(src->err);
    }
    return true;
}

/* Rounding can give children more than their parent has. */
static void settle(svg_tree *t)
{
    for (size_t i = 0; i < t->frames.len; i++)
        if (t->frames.at[i].self < 0) {
            t->frames.at[i].self = 0;
            t->over++;
        }
}

bool svg_nest(pv_source *src, svg_picture *picture, svg_tree *out)
{
    nest n = {.out = out};
    PV_VEC(uint32_t) frame = {0};
    bool ok;

    *out = (svg_tree){0};
    ok = gather(src, picture, &n) && align(src, &n);
    if (ok && !PV_VEC_GROW(&frame, n.boxes.len))
        ok = pv_fail_nomem(src->err);
    if (ok) {
        number_rows(&n);
        fill_counts(&n);
        ok = place_all(src, &n, frame.at);
    }
    if (ok)
        settle(out);
    PV_VEC_DONE(&frame);
    PV_VEC_DONE(&n.boxes);
    return ok;
}
