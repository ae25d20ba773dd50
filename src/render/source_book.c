/* SPDX-License-Identifier: MIT */
/* From rows of line tables to files in an order. */
#include "source_book.h"

#include <stdlib.h>

#include "number.h"
#include "path.h"

static int i64_compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int64_t value(const pv_line_table *t, uint32_t row, uint32_t measure)
{
    return t->value[(size_t)row * t->width + measure];
}

static int find_measure(const pv_line_table *t, pv_str name)
{
    for (uint32_t c = 0; c < t->width; c++)
        if (pv_str_equal(t->measures[c].name, name))
            return (int)c;
    return -1;
}

/* The first measure that adds up, times and sizes before counts. */
static uint32_t choose_main(const pv_line_table *t)
{
    int found = find_measure(t, PV_STR("increment"));

    if (t->kind == PV_LINES_OF_CALLS)
        return found < 0 ? 0 : (uint32_t)found;
    found = -1;
    for (uint32_t c = 0; c < t->width; c++) {
        const pv_line_measure *m = &t->measures[c];

        if (m->total || (found >= 0 && m->unit == PV_COUNT))
            continue;
        if (found >= 0 && t->measures[found].unit != PV_COUNT)
            continue;
        found = (int)c;
    }
    return found < 0 ? 0 : (uint32_t)found;
}

/* memory_profiler's first line of a call has all that the process had. */
static bool is_baseline(const pv_book_input *in, uint32_t row)
{
    int level = find_measure(in->t, PV_STR("memory"));

    return in->t->kind == PV_LINES_OF_CALLS && level >= 0 &&
           value(in->t, row, (uint32_t)level) == value(in->t, row, in->main);
}

static int64_t cost_of(const pv_book_input *in, uint32_t row)
{
    int64_t v = value(in->t, row, in->main);

    if (v == PV_NONE || is_baseline(in, row))
        return 0;
    return in->t->kind == PV_LINES_OF_CALLS && v < 0 ? 0 : v;
}

int64_t pv_book_cost(const pv_book *b, const pv_book_row *row)
{
    return cost_of(&b->inputs[row->input], row->row);
}

static void add(int64_t *sum, int64_t v)
{
    if (!pv_add64(*sum, v, sum))
        *sum = INT64_MAX;
}

static bool take_input(pv_book *b, const pv_profile *p, const pv_line_table *t,
                       pv_str path, pv_error *err)
{
    pv_book_input *in = &b->inputs[b->inputs_len++];

    *in = (pv_book_input){.p = p, .t = t, .path = path};
    in->main = choose_main(t);
    for (uint32_t i = 0; i < t->len; i++)
        add(&in->whole, cost_of(in, i));
    if (!pv_calls_make(&in->calls, p, b->a, err))
        return false;
    switch (t->kind) {
    case PV_LINES_OF_BLOCKS: return true;
    case PV_LINES_OF_FUNCTIONS:
    case PV_LINES_OF_CALLS:
        return pv_index_functions(&in->index, p, b->a) || pv_fail_nomem(err);
    case PV_LINES_OF_STACKS:
    case PV_LINES_OF_PROFILE: break;
    }
    return pv_ranking_make(&in->functions, p, b->a, err) &&
           (pv_index_ranking(&in->index, &in->functions, b->a) ||
            pv_fail_nomem(err));
}

/* ---- files ---- */

static pv_str book_trim(const pv_annotate_options *o, pv_str path)
{
    for (size_t i = 0; i < o->trim_path.len; i++) {
        pv_str dir = o->trim_path.at[i];

        if (dir.n == 0 || !pv_path_below(path, dir) || path.n == dir.n)
            continue;
        path = pv_str_slice(path, dir.n, path.n);
        while (path.n > 1 && (path.p[0] == '/' || path.p[0] == '\\'))
            path = pv_str_slice(path, 1, path.n);
        return path;
    }
    return path;
}

/* A name on its way to a file. */
typedef struct pv_book_name {
    pv_str name, key; /* key: the path without links, else the name */
    uint32_t input, row, file;
} naming;

static int by_name(const void *p, const void *q)
{
    const naming *x = p, *y = q;
    int order = pv_str_compare(x->name, y->name);

    if (!order)
        order = i64_compare(x->input, y->input);
    return order ? order : i64_compare(x->row, y->row);
}

static int by_key(const void *p, const void *q)
{
    const naming *x = p, *y = q;
    int order = pv_str_compare(x->key, y->key);

    return order ? order : by_name(p, q);
}

static void sort(void *at, size_t n, size_t size,
                 int (*order)(const void *, const void *))
{
    if (n > 1)
        qsort(at, n, size, order);
}

static bool is_file(pv_str name)
{
    return name.n > 0 && !pv_str_equal(name, PV_STR("~"));
}

static bool count_rows(pv_book *b, naming **names)
{
    size_t room = 1;
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->inputs_len; i++)
        room += b->inputs[i].t->len;
    *names = PV_NEW_N(b->a, naming, room);
    b->rows = PV_NEW_N(b->a, pv_book_row, room);
    if (b->a->failed || room > UINT32_MAX)
        return false;
    for (uint32_t i = 0; i < b->inputs_len; i++) {
        const pv_line_table *t = b->inputs[i].t;

        for (uint32_t r = 0; r < t->len; r++)
            if (is_file(t->at[r].file))
                (*names)[n++] =
                    (naming){.name = t->at[r].file, .input = i, .row = r};
    }
    b->rows_len = n;
    return true;
}

/* Names of one file on disk get one key; with one input a name is enough. */
static bool make_keys(pv_book *b, naming *names)
{
    pv_str key = {0};
    bool ok = true;

    for (uint32_t i = 0; i < b->rows_len && ok; i++) {
        if (i == 0 || !pv_str_equal(names[i].name, names[i - 1].name)) {
            pv_buf bytes = {0}, real = {0};

            key = names[i].name;
            if (b->inputs_len > 1 &&
                pv_roots_read(&b->roots, key, &bytes, &real) == PV_FOUND)
                key = pv_arena_copy(b->a, pv_buf_text(&real));
            ok = !bytes.failed && !real.failed && !b->a->failed;
            pv_buf_done(&bytes);
            pv_buf_done(&real);
        }
        names[i].key = key;
    }
    return ok;
}

static bool list_files(pv_book *b, naming *names)
{
    b->files = PV_NEW_N(b->a, pv_book_file, (size_t)b->rows_len + 1);
    if (!b->files)
        return false;
    for (uint32_t i = 0; i < b->rows_len; i++) {
        const naming *n = &names[i];
        pv_book_file *last = b->files_len ? &b->files[b->files_len - 1] : NULL;

        if (i == 0 || !pv_str_equal(n->key, names[i - 1].key)) {
            last = &b->files[b->files_len++];
            *last = (pv_book_file){
                .name = n->name, .input = n->input, .origin = PV_UNKNOWN};
        } else if (n->input < last->input) {
            last->name = n->name;
            last->input = n->input;
        }
        b->rows[i] = (pv_book_row){b->files_len - 1,
                                   b->inputs[n->input].t->at[n->row].line,
                                   n->input, n->row};
    }
    return true;
}

static int by_line(const void *p, const void *q)
{
    const pv_book_row *x = p, *y = q;
    int order = i64_compare(x->file, y->file);

    if (!order)
        order = i64_compare(x->line, y->line);
    if (!order)
        order = i64_compare(x->input, y->input);
    return order ? order : i64_compare(x->row, y->row);
}

/* Ranges, sums and the hottest line; rows stand by file and line. */
static void sum_files(pv_book *b)
{
    int64_t line = 0;

    for (uint32_t i = 0; i < b->rows_len; i++) {
        const pv_book_row *r = &b->rows[i];
        pv_book_file *f = &b->files[r->file];
        bool first = i == 0 || b->rows[i - 1].file != r->file;

        if (first)
            f->begin = i;
        f->end = i + 1;
        if (first || b->rows[i - 1].line != r->line) {
            f->lines++;
            line = 0;
        }
        if (r->input != f->input)
            continue;
        add(&f->cost, pv_book_cost(b, r));
        add(&line, pv_book_cost(b, r));
        if (line > f->most) {
            f->most = line;
            f->hottest = r->line;
        }
    }
}

/* ---- where they come from ---- */

static int find_by_name(const void *key, const void *item)
{
    return pv_str_compare(*(const pv_str *)key, ((const naming *)item)->name);
}

static bool find_origins(pv_book *b, const naming *names, pv_error *err)
{
    for (uint32_t i = 0; i < b->inputs_len; i++) {
        const pv_profile *p = b->inputs[i].p;
        const pv_whence *from = pv_origins(p, NULL, b->a, err);

        if (!from)
            return false;
        for (uint32_t f = 1; f < p->functions.len && b->rows_len; f++) {
            pv_str file = pv_profile_text(p, p->functions.at[f].file);
            const naming *n =
                bsearch(&file, names, b->rows_len, sizeof *names, find_by_name);

            if (n && b->files[n->file].origin == PV_UNKNOWN)
                b->files[n->file].origin = (pv_origin)from[f].origin;
        }
    }
    return true;
}

uint32_t pv_book_find(const pv_book *b, pv_str name)
{
    const naming *n = b->rows_len ? bsearch(&name, b->names, b->rows_len,
                                            sizeof *n, find_by_name)
                                  : NULL;

    return n && n->file < b->files_len ? n->file : UINT32_MAX;
}

static int by_rank(const void *p, const void *q)
{
    const pv_book_file *x = p, *y = q;
    int order = i64_compare(x->origin, y->origin);

    if (!order)
        order = i64_compare(x->input, y->input);
    if (!order)
        order = i64_compare(y->cost, x->cost);
    return order ? order : pv_str_compare(x->name, y->name);
}

/* Into their order; names then lead to where they are now. */
static bool rank_files(pv_book *b)
{
    uint32_t *now = PV_NEW_N(b->a, uint32_t, (size_t)b->files_len + 1);

    if (!now)
        return false;
    for (uint32_t i = 0; i < b->files_len; i++)
        b->files[i].number = i;
    sort(b->files, b->files_len, sizeof *b->files, by_rank);
    for (uint32_t i = 0; i < b->files_len; i++)
        now[b->files[i].number] = i;
    for (uint32_t i = 0; i < b->rows_len; i++)
        b->names[i].file = now[b->names[i].file];
    return true;
}

/* ---- names of pages ---- */

static void put_slug(pv_buf *out, pv_str path)
{
    size_t begin = path.n > 72 ? path.n - 72 : 0;
    bool dash = true;

    for (size_t i = begin; i < path.n; i++) {
        char c = path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                     (c >= 'A' && c <= 'Z') || c == '_' || (c == '.' && !dash);

        if (plain)
            pv_buf_char(out, c);
        else if (!dash)
            pv_buf_char(out, '-');
        dash = !plain;
    }
    if (out->n == 0)
        pv_buf_puts(out, "file");
}

/* Lower case, so that file systems that fold it keep pages apart. */
static int slug_compare(pv_str a, pv_str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        int x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];

        x += x >= 'A' && x <= 'Z' ? 32 : 0;
        y += y >= 'A' && y <= 'Z' ? 32 : 0;
        if (x != y)
            return x - y;
    }
    return i64_compare((int64_t)a.n, (int64_t)b.n);
}

typedef struct slug {
    pv_str text;
    uint32_t file;
} slug;

static int by_slug(const void *p, const void *q)
{
    const slug *x = p, *y = q;
    int order = slug_compare(x->text, y->text);

    return order ? order : i64_compare(x->file, y->file);
}

static bool make_slugs(pv_book *b)
{
    slug *all = PV_NEW_N(b->a, slug, (size_t)b->files_len + 1);
    pv_buf t = {0};

    for (uint32_t i = 0; all && i < b->files_len; i++) {
        pv_buf_clear(&t);
        put_slug(&t, b->files[i].shown);
        all[i] = (slug){pv_arena_copy(b->a, pv_buf_text(&t)), i};
    }
    if (all)
        sort(all, b->files_len, sizeof *all, by_slug);
    for (uint32_t i = 0; all && i < b->files_len; i++) {
        pv_buf_clear(&t);
        pv_buf_str(&t, all[i].text);
        if (i && slug_compare(all[i].text, all[i - 1].text) == 0)
            pv_buf_format(&t, "~%u", all[i].file); /* no slug has a tilde */
        b->files[all[i].file].slug = pv_arena_copy(b->a, pv_buf_text(&t));
    }
    b->a->failed |= t.failed;
    pv_buf_done(&t);
    return !b->a->failed;
}

static bool arrange(pv_book *b, naming *names, pv_error *err)
{
    b->names = names;
    sort(names, b->rows_len, sizeof *names, by_name);
    if (!make_keys(b, names))
        return pv_fail_nomem(err);
    sort(names, b->rows_len, sizeof *names, by_key);
    if (!list_files(b, names))
        return pv_fail_nomem(err);
    for (uint32_t i = 0; i < b->rows_len; i++)
        names[i].file = b->rows[i].file;
    sort(names, b->rows_len, sizeof *names, by_name);
    sort(b->rows, b->rows_len, sizeof *b->rows, by_line);
    sum_files(b);
    if (!find_origins(b, names, err))
        return false;
    for (uint32_t i = 0; i < b->files_len; i++)
        b->files[i].shown = book_trim(b->o, b->files[i].name);
    if (!rank_files(b))
        return pv_fail_nomem(err);
    return make_slugs(b) || pv_fail_nomem(err);
}

bool pv_book_make(pv_book *b, const pv_job *job,
                  const pv_profile *const *profiles,
                  const pv_line_table *tables, size_t count, pv_arena *a,
                  pv_error *err)
{
    naming *names;

    *b = (pv_book){.job = job, .o = job->options, .a = a};
    b->roots = (pv_roots){b->o->source_path.at, b->o->source_path.len,
                          b->o->path_map.at, b->o->path_map.len};
    if (count > PV_BOOK_INPUTS)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "%zu inputs of different kinds are too many to stand "
                       "side by side; at most %d fit",
                       count, PV_BOOK_INPUTS);
    for (size_t i = 0; i < count; i++)
        if (!take_input(b, profiles[i], &tables[i], job->paths[i], err))
            return false;
    if (!count_rows(b, &names))
        return pv_fail_nomem(err);
    return arrange(b, names, err);
}
