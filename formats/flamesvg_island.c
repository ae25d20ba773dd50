/* SPDX-License-Identifier: MIT */
/* The data island of our own pictures: every frame, exact, whether it was
 * drawn or not.  templates/README.md has its keys. */
#include "flamesvg.h"

#include <stdio.h>

#include "json_data.h"
#include "number.h"
#include "vlq.h"

enum { FRAMES_MAX = 1 << 26, VERSION = 2 };

typedef struct island {
    pv_source *src;
    pv_builder *b;
    json_t *root;
    PV_VEC(pv_fn) functions;
    PV_VEC(uint32_t) lines;
    uint32_t placed, unlined; /* functions in files; without a line there */
    PV_VEC(pv_node) path;     /* the frames above the next one */
} island;

static bool bad(island *i, const char *what)
{
    return pv_source_fail(i->src, PV_E_FORMAT,
                          "the data of a profviz picture is damaged: %s", what);
}

/* An item of a row that counts or numbers something; 0 when left out. */
static uint32_t number_of(const json_t *row, size_t k)
{
    json_int_t v = json_integer_value(json_array_get(row, k));

    return v > 0 && v <= UINT32_MAX ? (uint32_t)v : 0;
}

/* Is the name the place, as of frames that have none?  "a.py:12" */
static bool is_place(pv_str name, pv_str file, uint32_t line)
{
    pv_str rest = pv_str_slice(name, file.n, name.n);
    uint64_t n;

    return line && pv_str_starts(name, file) && rest.n && rest.p[0] == ':' &&
           pv_parse_u64(pv_str_slice(rest, 1, rest.n), &n) && n == line;
}

static pv_fn build_function(island *i, pv_str name, pv_str file, uint32_t line)
{
    pv_builder *b = i->b;

    if (pv_str_equal(file, PV_STR("built-in")) && line == 0)
        return pv_build_function(b, pv_build_name(b, name),
                                 pv_build_name(b, PV_STR("~")), 0, PV_FN_CODE);
    i->placed += file.n > 0;
    i->unlined += file.n && line == 0;
    if (is_place(name, file, line))
        return pv_build_function(b, (pv_sym){0}, pv_build_name(b, file), line,
                                 PV_FN_LINE);
    return pv_build_function(b, pv_build_name(b, name), pv_build_name(b, file),
                             0, PV_FN_CODE);
}

/* `[name, class, file, line, ...]`, the file by its number in `s`. */
static bool read_function(island *i, const json_t *row)
{
    json_t *shared = json_object_get(i->root, "s");
    pv_str name = pv_jansson_text(json_array_get(row, 0));
    uint32_t file = number_of(row, 2), line = number_of(row, 3);

    if (file >= json_array_size(shared) && file)
        return bad(i, "a function's file is missing");
    i->functions.at[i->functions.len++] = build_function(
        i, name, pv_jansson_text(json_array_get(shared, file)), line);
    i->lines.at[i->lines.len++] = line;
    return true;
}

static bool read_functions(island *i)
{
    json_t *table = json_object_get(i->root, "f");
    size_t n = json_array_size(table);

    if (!json_is_array(table) || n == 0)
        return bad(i, "no functions");
    if (!PV_VEC_GROW(&i->functions, n) || !PV_VEC_GROW(&i->lines, n))
        return pv_fail_nomem(i->src->err);
    for (size_t k = 0; k < n; k++)
        if (!read_function(i, json_array_get(table, k)))
            return false;
    return true;
}

/* Boxes are functions: a line is kept where a function stood at no other. */
static void note_lines(island *i)
{
    char text[120];
    int n = snprintf(text, sizeof text,
                     "none for %u of %u functions; stacks that differed in "
                     "theirs alone are one",
                     i->unlined, i->placed);

    if (i->unlined)
        pv_build_note(i->b, PV_STR("lines"), (pv_str){text, (size_t)n});
}

static void build_metric(island *i)
{
    json_t *unit = json_object_get(i->root, "unit");
    pv_str kind = pv_jansson_text(json_object_get(unit, "kind"));
    pv_str name = pv_jansson_text(json_object_get(unit, "name"));
    json_int_t dec = json_integer_value(json_object_get(unit, "dec"));
    pv_unit u = pv_str_equal(kind, PV_STR("ns"))  ? PV_NANOSECONDS
                : pv_str_equal(kind, PV_STR("B")) ? PV_BYTES
                                                  : PV_COUNT;
    uint32_t metric;

    if (name.n == 0 || pv_str_find(name, ' ') != SIZE_MAX)
        name = u == PV_NANOSECONDS ? PV_STR("time")
               : u == PV_BYTES     ? PV_STR("size")
                                   : PV_STR("samples");
    metric = pv_build_metric(i->b, name, u, false);
    if (dec > 0 && dec <= 9)
        pv_builder_exponent(i->b, metric, (uint8_t)dec);
}

/* The rest of a number whose first three bits were all set. */
static bool read_more(pv_str *text, uint64_t *v)
{
    uint64_t more = 0;

    if (*v == 7 && (!pv_vlq_take(text, &more) || more > INT64_MAX - 7))
        return false;
    *v += more;
    return true;
}

/* Levels up and self begin in one digit; the function stands before what is
 * more than that digit holds. */
static bool read_numbers(pv_str *text, uint64_t *up, uint64_t *fn,
                         uint64_t *self)
{
    int d = text->n ? pv_vlq_digit(text->p[0]) : -1;

    if (d < 0)
        return false;
    *text = pv_str_slice(*text, 1, text->n);
    *up = (unsigned)d & 7;
    *self = (unsigned)d >> 3;
    return pv_vlq_take(text, fn) && read_more(text, up) &&
           read_more(text, self);
}

static bool read_frame(island *i, pv_str *text, bool root)
{
    uint64_t up, fn, self;
    pv_node at = {0};

    if (!read_numbers(text, &up, &fn, &self))
        return bad(i, "the list of frames is cut");
    if (fn >= i->functions.len || (root ? up != 0 : up >= i->path.len))
        return bad(i, "a frame stands nowhere");
    if (!root) {
        i->path.len -= (size_t)up;
        if (i->src->options->limits.depth &&
            i->path.len > i->src->options->limits.depth)
            return pv_source_fail(i->src, PV_E_LIMIT,
                                  "a stack is deeper than the limit depth=%u; "
                                  "raise it by --limits depth=N",
                                  i->src->options->limits.depth);
        at = pv_build_frame_new(i->b, i->path.at[i->path.len - 1],
                                i->functions.at[fn], i->lines.at[fn],
                                (pv_sym){0});
    }
    pv_cost_frame(i->b, at, 0, (int64_t)self);
    if (!PV_VEC_GROW(&i->path, 1))
        return pv_fail_nomem(i->src->err);
    i->path.at[i->path.len++] = at;
    return true;
}

static bool read_frames(island *i)
{
    json_int_t n = json_integer_value(json_object_get(i->root, "n"));
    pv_str text = pv_jansson_text(json_object_get(i->root, "t"));

    /* two digits a frame at the least */
    if (n < 1 || n > FRAMES_MAX || (uint64_t)n > text.n / 2)
        return bad(i, "its number of frames does not fit");
    for (json_int_t k = 0; k < n; k++)
        if (!read_frame(i, &text, k == 0))
            return false;
    pv_builder_counts(i->b, 0, (int64_t)n);
    return true;
}

static bool read_all(island *i)
{
    pv_str title = pv_jansson_text(json_object_get(i->root, "title"));
    json_t *version = json_object_get(i->root, "v");

    if (json_integer_value(version) != VERSION)
        return pv_source_fail(i->src, PV_E_UNSUPPORTED,
                              "the data of this profviz picture is of another "
                              "version than %d; draw it again from its input",
                              (int)VERSION);
    pv_builder_producer(i->b, PV_STR("a profviz picture"));
    if (title.n)
        pv_build_note(i->b, PV_STR("title"), title);
    if (pv_str_equal(pv_jansson_text(json_object_get(i->root, "sort")),
                     PV_STR("time")))
        pv_builder_flags(i->b, PV_TIME_ORDERED);
    pv_builder_flags(i->b, PV_LEAF_LINES);
    build_metric(i);
    if (!read_functions(i))
        return false;
    note_lines(i);
    return read_frames(i);
}

bool svg_read_island(pv_source *src, pv_str json, pv_builder *b)
{
    island i = {.src = src, .b = b};
    bool no_memory;
    bool ok;

    i.root = pv_jansson_load(json, 0, &no_memory);
    if (no_memory)
        ok = pv_fail_nomem(src->err);
    else if (!json_is_object(i.root))
        ok = bad(&i, "it is no JSON object");
    else
        ok = read_all(&i);
    json_decref(i.root);
    PV_VEC_DONE(&i.functions);
    PV_VEC_DONE(&i.lines);
    PV_VEC_DONE(&i.path);
    return ok;
}
