/* SPDX-License-Identifier: MIT */
/* Which spots of a report tell of a function. */
#include "outline.h"
#include "path.h"
#include "report_spots.h"

enum { LOOKED_AT = 4000 }; /* spots of one name */

typedef struct search {
    const pv_report *r;
    const pv_report_item *it; /* whose row asks, or NULL */
    const pv_site_function *f;
    pv_str last;
    pv_report_spot label; /* `f`, where it is a label of a memory curve */
    bool ambiguous;       /* several files have functions of this name */
} search;

/* ---- are two functions the same? ---- */

/* "shop.orders.load" ends in ".load". */
static bool is_tail(pv_str whole, pv_str tail, const char *before)
{
    return whole.n > tail.n && tail.n && pv_str_ends(whole, tail) &&
           strchr(before, whole.p[whole.n - tail.n - 1]);
}

static bool names_fit(pv_str a, pv_str b)
{
    return pv_str_equal(a, b) || is_tail(a, b, ".") || is_tail(b, a, ".");
}

/* One may be told from further up than the other. */
bool pv_files_fit(pv_str a, pv_str b)
{
    return pv_str_equal(a, b) || is_tail(a, b, "/\\") || is_tail(b, a, "/\\");
}

static bool is_in(pv_str text, pv_str word)
{
    for (size_t i = 0; word.n && i + word.n <= text.n; i++)
        if (memcmp(text.p + i, word.p, word.n) == 0)
            return true;
    return false;
}

/* Labels of memory curves hold a module; __main__ is what the command ran. */
static bool module_fits(pv_str module, pv_str file, pv_str command)
{
    pv_buf b = {0};
    bool fits;

    if (pv_str_equal(module, PV_STR("__main__")))
        return is_in(command, pv_path_base(file));
    pv_path_module(&b, file);
    fits = !b.failed && (pv_str_equal(pv_buf_text(&b), module) ||
                         is_tail(pv_buf_text(&b), module, ".") ||
                         is_tail(module, pv_buf_text(&b), "."));
    pv_buf_done(&b);
    return fits;
}

static pv_str module_of(const pv_report_spot *s)
{
    size_t n = s->name.n - s->last.n;

    return pv_str_slice(s->name, 0, n ? n - 1 : 0);
}

/* Does a label of a curve mean what is `last` in `file`?  Where signs or a
 * missing command hide the module, a name that only one file has will do. */
static bool moment_fits(const search *q, const pv_report_spot *label,
                        pv_str last, pv_str file)
{
    pv_str module = module_of(label);
    pv_str command = q->r->items[label->item].command;
    bool main = pv_str_equal(module, PV_STR("__main__"));

    if (!file.n || !pv_str_equal(label->last, last))
        return false;
    if (!module.n || q->r->plan->redact || (main && !command.n))
        return !q->ambiguous;
    return module_fits(module, file, command);
}

/* What has lines on both sides is the same function if they are equal, or if
 * nothing else in the file has its name. */
static bool lines_fit(const pv_report_spot *s, const pv_site_function *f)
{
    return !s->line || !f->line || s->line == f->line || s->single;
}

bool pv_spots_other_line(const pv_report_spot *s, const pv_site_function *f)
{
    return s->kind == PV_SPOT_CHANGE && s->line && f->line &&
           s->line != f->line;
}

/* Line profilers' changes are of lines inside the function. */
static bool lists_lines(const pv_report *r, const pv_report_spot *s)
{
    uint32_t has = r->items[s->item].has;

    return has & PV_HAS_LINES && !(has & (PV_HAS_TREE | PV_HAS_CALLS));
}

static bool fits(const search *q, const pv_report_spot *s)
{
    const pv_site_function *f = q->f;

    if (s->kind == PV_SPOT_MOMENT)
        return moment_fits(q, s, q->last, f->file);
    if (q->label.name.n)
        return moment_fits(q, &q->label, s->last, s->file);
    if (f->nameless || !f->file.n)
        return pv_str_equal(s->name, f->name) && pv_str_equal(s->file, f->file);
    if (pv_spots_other_line(s, f) && !lists_lines(q->r, s))
        return false;
    return names_fit(s->name, f->name) && pv_files_fit(s->file, f->file) &&
           lines_fit(s, f);
}

/* ---- the best of each kind ---- */

static bool counts_bytes(const pv_report *r, const pv_report_spot *s)
{
    return pv_item_main(&r->items[s->item])->metric.unit == PV_BYTES;
}

/* The first that fits is kept, but for one whose line is right, too. */
static void keep(const pv_report_spot **best, const pv_report_spot *s,
                 const pv_site_function *f)
{
    if (!*best || ((*best)->item == s->item && f->line &&
                   (*best)->line != f->line && s->line == f->line))
        *best = s;
}

static void take(const search *q, pv_spots_found *to, const pv_report_spot *s)
{
    bool own = q->it && s->item == q->it->index, bytes = counts_bytes(q->r, s);
    bool drawn = q->it && q->it->has & (PV_HAS_TREE | PV_HAS_CALLS);
    bool listed = q->it && !q->label.name.n;

    switch ((pv_spot_kind)s->kind) {
    case PV_SPOT_BOXES:
        if (own || (!drawn && !bytes))
            keep(&to->boxes, s, q->f);
        else if (bytes && s->value > 0)
            keep(&to->bytes, s, q->f);
        return;
    case PV_SPOT_LINES:
        if (own)
            keep(&to->lines, s, q->f);
        else if (bytes && s->value > 0)
            keep(&to->bytes, s, q->f);
        else if (!bytes && s->counts)
            keep(&to->other_lines, s, q->f);
        return;
    case PV_SPOT_MOMENT:
        if (!own)
            keep(&to->moment, s, q->f);
        return;
    case PV_SPOT_CHANGE:
        if (own || !listed)
            keep(&to->change, s, q->f);
        return;
    }
}

static size_t first_of(const pv_report *r, pv_str last)
{
    size_t low = 0, high = r->spots.len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (pv_str_compare(r->spots.at[middle].last, last) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Do the spots from `i` to `end` stand in different files? */
static bool are_apart(const pv_report *r, size_t i, size_t end)
{
    const pv_report_spot *first = NULL;

    for (; i < end; i++) {
        const pv_report_spot *s = &r->spots.at[i];

        if (s->kind == PV_SPOT_MOMENT || s->kind == PV_SPOT_CHANGE)
            continue;
        if (first && !pv_files_fit(first->file, s->file))
            return true;
        first = first ? first : s;
    }
    return false;
}

pv_spots_found pv_spots_look(const pv_report *r, const pv_report_item *it,
                             const pv_site_function *f)
{
    search q = {.r = r, .it = it, .f = f, .last = pv_last_name(f->name)};
    size_t i = first_of(r, q.last), end = i;
    pv_spots_found all = {0};

    while (end < r->spots.len && end - i < LOOKED_AT &&
           pv_str_equal(r->spots.at[end].last, q.last))
        end++;
    q.ambiguous = are_apart(r, i, end);
    if (it && it->pages[PV_PAGE_TIMELINE] && !f->nameless && !f->file.n)
        q.label = (pv_report_spot){
            .name = f->name, .last = q.last, .item = (uint32_t)it->index};
    for (; i < end; i++)
        if (fits(&q, &r->spots.at[i]))
            take(&q, &all, &r->spots.at[i]);
    return all;
}
