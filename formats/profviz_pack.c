/* SPDX-License-Identifier: MIT */
/* A pack, one profile as a report carries it: JSON with tables of packed
 * numbers.  Whatever stands in it is a claim, as in any file. */
#include "profviz_pack.h"

#include "json_data.h"
#include "vec.h"
#include "vlq.h"

enum { VERSION = 1 };

typedef struct pack {
    pv_source *src;
    pv_builder *b;
    json_t *root;
    PV_VEC(pv_sym) names;
    PV_VEC(pv_fn) functions;
    PV_VEC(pv_node) frames;
    PV_VEC(uint32_t) depths;
    uint32_t width;
} pack;

static bool bad(pack *k, const char *what)
{
    return pv_source_fail(k->src, PV_E_FORMAT,
                          "the data of a profviz report is damaged: %s", what);
}

static bool nomem(pack *k)
{
    return pv_fail_nomem(k->src->err);
}

/* ---- parts of the JSON ---- */

static pv_str text_at(const pack *k, const char *key)
{
    return pv_jansson_text(json_object_get(k->root, key));
}

static int64_t int_at(const pack *k, const char *key)
{
    return json_integer_value(json_object_get(k->root, key));
}

static bool take(pack *k, pv_str *text, uint64_t *v, uint64_t limit,
                 const char *what)
{
    return (pv_vlq_take(text, v) && *v < limit) || bad(k, what);
}

static bool take_name(pack *k, pv_str *text, pv_sym *name)
{
    uint64_t i;

    if (!take(k, text, &i, k->names.len, "a name is missing"))
        return false;
    *name = k->names.at[i];
    return true;
}

static bool take_function(pack *k, pv_str *text, pv_fn *fn)
{
    uint64_t i;

    if (!take(k, text, &i, k->functions.len, "a function is missing"))
        return false;
    *fn = k->functions.at[i];
    return true;
}

static bool take_line(pack *k, pv_str *text, uint32_t *line)
{
    uint64_t v;

    if (!take(k, text, &v, UINT64_C(1) << 32, "a line number is too large"))
        return false;
    *line = (uint32_t)v;
    return true;
}

static bool take_value(pack *k, pv_str *text, int64_t *v)
{
    return pv_vlq_take_value(text, v) || bad(k, "values are cut");
}

/* ---- tables ---- */

static bool read_names(pack *k)
{
    json_t *list = json_object_get(k->root, "names");
    size_t n = json_array_size(list);

    if (!PV_VEC_GROW(&k->names, n + 1))
        return nomem(k);
    k->names.at[k->names.len++] = (pv_sym){0};
    for (size_t i = 0; i < n; i++)
        k->names.at[k->names.len++] =
            pv_build_name(k->b, pv_jansson_text(json_array_get(list, i)));
    return true;
}

static bool read_metric(pack *k, const json_t *row)
{
    json_int_t unit = json_integer_value(json_array_get(row, 1));
    json_int_t exponent = json_integer_value(json_array_get(row, 2));
    uint32_t m;

    if (json_array_size(row) != 4 || unit < PV_COUNT || unit > PV_BYTES ||
        exponent < 0 || exponent > 9)
        return bad(k, "a metric is none");
    m = pv_build_metric(k->b, pv_jansson_text(json_array_get(row, 0)),
                        (pv_unit)unit,
                        json_integer_value(json_array_get(row, 3)) != 0);
    pv_builder_exponent(k->b, m, (uint8_t)exponent);
    return m == k->width++ || bad(k, "two metrics are the same");
}

static bool read_metrics(pack *k)
{
    json_t *list = json_object_get(k->root, "metrics");
    size_t n = json_array_size(list);
    int64_t main = int_at(k, "main");

    if (n > PV_METRICS_MAX || main < 0 || (n && (size_t)main >= n))
        return bad(k, "its metrics do not fit");
    for (size_t i = 0; i < n; i++)
        if (!read_metric(k, json_array_get(list, i)))
            return false;
    if (n)
        pv_builder_main_metric(k->b, (uint32_t)main);
    return true;
}

static bool read_functions(pack *k)
{
    pv_str text = text_at(k, "functions"), costs = text_at(k, "function_costs");
    bool valued = json_object_get(k->root, "function_costs") != NULL;

    if (!PV_VEC_GROW(&k->functions, 1))
        return nomem(k);
    k->functions.at[k->functions.len++] = (pv_fn){0};
    while (text.n) {
        pv_sym name, file;
        uint64_t kind;
        uint32_t line;

        if (!take_name(k, &text, &name) || !take_name(k, &text, &file) ||
            !take_line(k, &text, &line) ||
            !take(k, &text, &kind, PV_FN_MARK + 1, "a function is none"))
            return false;
        if (!PV_VEC_GROW(&k->functions, 1))
            return nomem(k);
        k->functions.at[k->functions.len++] =
            pv_build_function(k->b, name, file, line, (pv_fn_kind)kind);
    }
    for (size_t i = 0; valued && i < k->functions.len; i++)
        for (uint32_t m = 0; m < k->width; m++) {
            int64_t v;

            if (!take_value(k, &costs, &v))
                return false;
            pv_cost_function(k->b, k->functions.at[i], m, v);
        }
    return true;
}

static bool add_frame(pack *k, pv_str *text)
{
    uint64_t back, parent;
    uint32_t line, depth, most = k->src->options->limits.depth;
    pv_sym name;
    pv_fn fn;

    if (!take(k, text, &back, k->frames.len, "a frame stands nowhere") ||
        !take_function(k, text, &fn) || !take_line(k, text, &line) ||
        !take_name(k, text, &name))
        return false;
    parent = k->frames.len - 1 - back;
    depth = k->depths.at[parent] + 1;
    if (most && depth > most)
        return pv_source_fail(k->src, PV_E_LIMIT,
                              "a stack is deeper than the limit depth=%u; "
                              "raise it by --limits depth=N",
                              most);
    if (!PV_VEC_GROW(&k->frames, 1) || !PV_VEC_GROW(&k->depths, 1))
        return nomem(k);
    k->frames.at[k->frames.len++] =
        pv_build_frame_new(k->b, k->frames.at[parent], fn, line, name);
    k->depths.at[k->depths.len++] = depth;
    return true;
}

static bool read_bounds(pack *k)
{
    pv_str text = text_at(k, "bounds");

    for (size_t i = 0; text.n && i < k->frames.len; i++) {
        uint64_t certainty;
        int64_t low, high;

        if (!take(k, &text, &certainty, PV_GUESSED + 1, "bounds are none") ||
            !take_value(k, &text, &low) || !take_value(k, &text, &high))
            return false;
        pv_builder_certainty(k->b, k->frames.at[i], (pv_certainty)certainty,
                             low, high);
    }
    return true;
}

static bool read_frames(pack *k)
{
    pv_str text = text_at(k, "frames"), costs = text_at(k, "frame_costs");
    bool valued = json_object_get(k->root, "frame_costs") != NULL;

    if (!PV_VEC_GROW(&k->frames, 1) || !PV_VEC_GROW(&k->depths, 1))
        return nomem(k);
    k->frames.at[k->frames.len++] = (pv_node){0};
    k->depths.at[k->depths.len++] = 0;
    while (text.n)
        if (!add_frame(k, &text))
            return false;
    for (size_t i = 0; valued && i < k->frames.len; i++)
        for (uint32_t m = 0; m < k->width; m++) {
            int64_t v;

            if (!take_value(k, &costs, &v))
                return false;
            pv_cost_frame(k->b, k->frames.at[i], m, v);
        }
    return read_bounds(k);
}

static bool read_calls(pack *k)
{
    pv_str text = text_at(k, "calls"), costs = text_at(k, "call_costs");
    bool valued = json_object_get(k->root, "call_costs") != NULL;

    while (text.n) {
        pv_fn caller, callee;
        uint32_t row;

        if (!take_function(k, &text, &caller) ||
            !take_function(k, &text, &callee))
            return false;
        row = pv_build_call(k->b, caller, callee);
        for (uint32_t m = 0; valued && m < k->width; m++) {
            int64_t v;

            if (!take_value(k, &costs, &v))
                return false;
            pv_cost_call_row(k->b, row, m, v);
        }
    }
    return true;
}

static bool read_lines(pack *k)
{
    pv_str text = text_at(k, "lines"), costs = text_at(k, "line_costs");
    bool valued = json_object_get(k->root, "line_costs") != NULL;

    while (text.n) {
        pv_sym file, source;
        uint32_t line, call, row;
        pv_fn fn;

        if (!take_name(k, &text, &file) || !take_line(k, &text, &line) ||
            !take_function(k, &text, &fn) || !take_line(k, &text, &call) ||
            !take_name(k, &text, &source))
            return false;
        row = pv_build_line(k->b, fn, file, line, call);
        if (source.i)
            pv_line_source(k->b, row, source);
        for (uint32_t m = 0; valued && m < k->width; m++) {
            int64_t v;

            if (!take_value(k, &costs, &v))
                return false;
            pv_cost_line(k->b, row, m, v);
        }
    }
    return true;
}

static bool read_points(pack *k, uint32_t series, pv_str text)
{
    uint64_t t = 0, v = 0;

    while (text.n) {
        int64_t dt, dv;

        if (!take_value(k, &text, &dt) || !take_value(k, &text, &dv))
            return false;
        t += (uint64_t)dt;
        v += (uint64_t)dv;
        pv_build_point(k->b, series, (int64_t)t, (int64_t)v);
    }
    return true;
}

static bool read_series(pack *k)
{
    json_t *list = json_object_get(k->root, "series");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        json_int_t unit = json_integer_value(json_array_get(row, 1));
        json_int_t pid = json_integer_value(json_array_get(row, 2));
        json_int_t run = json_integer_value(json_array_get(row, 3));

        if (json_array_size(row) != 5 || unit < PV_COUNT || unit > PV_BYTES ||
            pid < -1 || run < 0 || run > UINT32_MAX)
            return bad(k, "a series is none");
        if (!read_points(
                k,
                pv_build_series(k->b, pv_jansson_text(json_array_get(row, 0)),
                                (pv_unit)unit, pid, (uint32_t)run),
                pv_jansson_text(json_array_get(row, 4))))
            return false;
    }
    return true;
}

static bool read_marks(pack *k)
{
    pv_str text = text_at(k, "marks");

    while (text.n) {
        pv_mark m;

        if (!take_name(k, &text, &m.label) || !take_value(k, &text, &m.begin) ||
            !take_value(k, &text, &m.end) ||
            !take_value(k, &text, &m.begin_value) ||
            !take_value(k, &text, &m.end_value) ||
            !take_line(k, &text, &m.level) || !take_line(k, &text, &m.run))
            return false;
        pv_build_mark(k->b, m);
    }
    return true;
}

static void read_notes(pack *k)
{
    json_t *list = json_object_get(k->root, "notes");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);

        pv_build_note(k->b, pv_jansson_text(json_array_get(row, 0)),
                      pv_jansson_text(json_array_get(row, 1)));
    }
}

enum {
    ALL_HAS = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_SERIES |
              PV_HAS_TOTALS,
    ALL_FLAGS = PV_SAMPLED | PV_ESTIMATED | PV_TIME_ORDERED | PV_DIFFERENTIAL |
                PV_LEAF_LINES | PV_FILE_LINE_FRAMES
};

static bool read_head(pack *k)
{
    const pv_format *f = pv_format_find(text_at(k, "format"));
    int64_t has = int_at(k, "has"), flags = int_at(k, "flags");

    if (int_at(k, "pack") != VERSION)
        return pv_source_fail(k->src, PV_E_UNSUPPORTED,
                              "the data of this profviz report is of another "
                              "version than %d; make it again",
                              (int)VERSION);
    if (!f || has <= 0 || has & ~(int64_t)ALL_HAS || flags < 0 ||
        flags & ~(int64_t)ALL_FLAGS)
        return bad(k, "its head does not fit");
    pv_builder_format(k->b, f->name);
    pv_builder_producer(k->b, text_at(k, "producer"));
    pv_builder_has(k->b, (uint32_t)has);
    pv_builder_flags(k->b, (uint32_t)flags);
    pv_builder_counts(k->b, int_at(k, "stacks"), int_at(k, "records"));
    return true;
}

/* What `has` promises must be there. */
static bool check_promises(pack *k)
{
    int64_t has = int_at(k, "has"), flags = int_at(k, "flags");

    if ((has & (PV_HAS_CALLS | PV_HAS_TOTALS) &&
         !json_object_get(k->root, "function_costs")) ||
        (has & PV_HAS_SERIES &&
         !json_array_size(json_object_get(k->root, "series"))) ||
        (has & ~(int64_t)PV_HAS_SERIES && k->width == 0) ||
        (flags & PV_DIFFERENTIAL && k->width < 2) ||
        (!(has & PV_HAS_TREE) && k->frames.len > 1) ||
        int_at(k, "stacks") < 0 || int_at(k, "records") < 0)
        return bad(k, "it does not hold what it promises");
    return true;
}

static bool read_all(pack *k)
{
    return read_head(k) && read_names(k) && read_metrics(k) &&
           read_functions(k) && read_frames(k) && read_calls(k) &&
           read_lines(k) && read_series(k) && read_marks(k) &&
           check_promises(k) && (read_notes(k), true);
}

bool pv_read_pack(pv_source *src, pv_builder *b, pv_str json)
{
    pack k = {.src = src, .b = b};
    bool no_memory;
    bool ok;

    k.root = pv_jansson_load(json, JSON_ALLOW_NUL, &no_memory);
    if (no_memory)
        ok = nomem(&k);
    else if (!json_is_object(k.root))
        ok = bad(&k, "it is no JSON object");
    else
        ok = read_all(&k);
    json_decref(k.root);
    PV_VEC_DONE(&k.names);
    PV_VEC_DONE(&k.functions);
    PV_VEC_DONE(&k.frames);
    PV_VEC_DONE(&k.depths);
    return ok;
}
