/* SPDX-License-Identifier: MIT */
/* Flame graphs as input: SVGs of flamegraph.pl, inferno, py-spy, Fil and our
 * own.
 *
 * Counts are those of the boxes' titles.  What was too narrow to be drawn is
 * lost: its weight is the self value of the frame that it stood on.
 */
#include "flamesvg.h"
#include "folded.h"
#include "formats.h"

enum { BID = 200, BID_STRAY = 190, STRAY = 8192 };

/* A name in folded stacks may hold "<svg", so only spaces and a byte order mark
 * may stand before it on its line. */
static bool opens_line(pv_str text, size_t at)
{
    while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t'))
        at--;
    return at == 0 || text.p[at - 1] == '\n' || text.p[at - 1] == '\r' ||
           (at == 3 && pv_str_starts(text, PV_STR("\xef\xbb\xbf")));
}

static size_t find_opening(pv_str text, const char *start)
{
    const char *end = text.p + text.n, *at = text.p;
    size_t n = strlen(start);

    for (; at < end && (at = memchr(at, '<', (size_t)(end - at))); at++)
        if ((size_t)(end - at) >= n && memcmp(at, start, n) == 0 &&
            opens_line(text, (size_t)(at - text.p)))
            return (size_t)(at - text.p);
    return SIZE_MAX;
}

/* Where the XML begins: lines of a program's output may stand before it. */
static size_t xml_start(pv_str text)
{
    static const char *const starts[] = {"<?xml", "<!DOCTYPE svg", "<svg"};
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t at = find_opening(text, starts[i]);

        if (at < first)
            first = at;
    }
    return first;
}

static uint64_t lines_in(pv_str text)
{
    uint64_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* ---- metric -------------------------------------------------------------- */

typedef struct svg_unit {
    const char *name, *metric;
    pv_unit unit;
    int64_t scale;
} svg_unit;

static const svg_unit units[] = {
    {"samples", "samples", PV_COUNT, 1},
    {"ns", "time", PV_NANOSECONDS, 1},
    {"us", "time", PV_NANOSECONDS, 1000},
    {"\xc2\xb5s", "time", PV_NANOSECONDS, 1000},
    {"ms", "time", PV_NANOSECONDS, 1000000},
    {"s", "time", PV_NANOSECONDS, 1000000000},
    {"seconds", "time", PV_NANOSECONDS, 1000000000},
    {"bytes", "size", PV_BYTES, 1},
    {"KB", "size", PV_BYTES, 1024},
    {"KiB", "size", PV_BYTES, 1024},
    {"MiB", "size", PV_BYTES, 1048576},
};

/* A unit that nobody knows is a count of that name, in letters that a column
 * may have. */
static void unknown_metric(pv_str unit, char out[48])
{
    size_t n = 0;

    for (size_t i = 0; i < unit.n && n < 40; i++) {
        char c = unit.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9');

        if (letter)
            out[n++] = c;
        else if (n && out[n - 1] != '_')
            out[n++] = '_';
    }
    while (n && out[n - 1] == '_')
        n--;
    if (n == 0)
        n = (size_t)(stpcpy(out, "samples") - out);
    out[n] = '\0';
}

static int64_t build_metric(pv_builder *b, pv_str unit, uint8_t exponent)
{
    char name[48];
    uint32_t metric;

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (pv_str_equal(unit, pv_str_of(units[i].name))) {
            metric = pv_build_metric(b, pv_str_of(units[i].metric),
                                     units[i].unit, false);
            pv_builder_exponent(b, metric, exponent);
            return units[i].scale;
        }
    unknown_metric(unit, name);
    metric = pv_build_metric(b, pv_str_of(name), PV_COUNT, false);
    pv_builder_exponent(b, metric, exponent);
    return 1;
}

/* ---- frames ------------------------------------------------------------- */

/* py-spy and Fil leave their shapes in most names. */
static pv_folded_dialect dialect_of(const svg_tree *t)
{
    size_t paren = 0, place = 0, colons = 0, n = t->frames.len - 1;

    for (size_t i = 1; i < t->frames.len; i++) {
        pv_folded_frame f = {0};
        pv_str name = t->frames.at[i].name;

        if (pv_folded_place_first(name, &f))
            place++;
        else if (pv_folded_paren(name, false, &f) && f.line)
            paren++;
        else if (pv_folded_colons(name, &f) && f.line)
            colons++;
    }
    if (n && place * 10 >= n * 9)
        return PV_FOLDED_FIL;
    if (n && paren * 10 >= n * 6)
        return PV_FOLDED_PYSPY;
    return n && colons * 10 >= n * 9 ? PV_FOLDED_PYFLAME : PV_FOLDED_PLAIN;
}

typedef struct frame_maker {
    pv_source *src;
    pv_builder *b;
    pv_folded_dialect dialect;
    pv_buf scratch;
} frame_maker;

static pv_node add_frame(frame_maker *m, pv_node parent, pv_str text)
{
    pv_folded_frame p = {.name = text};
    pv_fn fn;

    if (!m->src->options->classic)
        pv_folded_parse(m->dialect, text, &m->scratch, &p);
    fn = pv_build_function(m->b, pv_build_name(m->b, p.name),
                           pv_build_name(m->b, p.file),
                           p.definition ? p.line : 0, p.kind);
    return pv_build_frame(m->b, parent, fn, p.definition ? 0 : p.line,
                          pv_build_name(m->b, text));
}

/* flamegraph.pl of 2012 drew a whole stack as one box, "a;b;c". */
static pv_node add_box(frame_maker *m, pv_node parent, pv_str name)
{
    size_t semi;

    while ((semi = pv_str_find(name, ';')) != SIZE_MAX) {
        parent = add_frame(m, parent, pv_str_slice(name, 0, semi));
        name = pv_str_slice(name, semi + 1, name.n);
    }
    return add_frame(m, parent, name);
}

static bool build_frames(pv_source *src, pv_builder *b, const svg_tree *t,
                         int64_t scale)
{
    frame_maker m = {.src = src, .b = b, .dialect = dialect_of(t)};
    PV_VEC(pv_node) node = {0};
    bool ok = PV_VEC_GROW(&node, t->frames.len);

    for (size_t i = 0; ok && i < t->frames.len; i++) {
        const svg_frame *f = &t->frames.at[i];
        int64_t value;

        node.at[i] =
            i ? add_box(&m, node.at[f->parent], f->name) : (pv_node){0};
        if (__builtin_mul_overflow(f->self, scale, &value))
            ok = pv_source_fail(src, PV_E_LIMIT, "a count is above 2^63-1");
        else
            pv_cost_frame(b, node.at[i], 0, value);
    }
    if (m.dialect == PV_FOLDED_PYSPY || m.dialect == PV_FOLDED_FIL)
        pv_builder_flags(b, PV_LEAF_LINES);
    ok = ok && !m.scratch.failed;
    PV_VEC_DONE(&node);
    pv_buf_done(&m.scratch);
    return ok || src->err->code != PV_OK ? ok : pv_fail_nomem(src->err);
}

static int64_t stacks_in(const svg_tree *t)
{
    int64_t n = 0;

    for (size_t i = 0; i < t->frames.len; i++)
        n += t->frames.at[i].self > 0;
    return n;
}

static bool say_losses(pv_source *src, pv_builder *b, const svg_tree *t)
{
    pv_build_note(b, PV_STR("lost"),
                  PV_STR("frames too narrow to be drawn: their weight is the "
                         "self value of the frame below"));
    if (t->differs)
        pv_build_note(b, PV_STR("differential"),
                      PV_STR("the counts before are not in the picture"));
    if (t->orphans &&
        !pv_source_warn(src, 0, "%llu boxes stand on no other; left out",
                        (unsigned long long)t->orphans))
        return false;
    return t->over == 0 ||
           pv_source_warn(src, 0,
                          "%llu frames count less than what stands on them; "
                          "their self value is taken as 0",
                          (unsigned long long)t->over);
}

static bool build_tree(pv_source *src, pv_builder *b, svg_picture *picture)
{
    svg_tree t;
    int64_t scale;
    bool ok = svg_nest(src, picture, &t);

    if (ok) {
        pv_builder_producer(b, PV_STR("a flame graph SVG"));
        if (picture->title.n)
            pv_build_note(b, PV_STR("title"), picture->title);
        if (picture->subtitle.n)
            pv_build_note(b, PV_STR("subtitle"), picture->subtitle);
        scale = build_metric(b, t.unit, t.exponent);
        ok = build_frames(src, b, &t, scale) && say_losses(src, b, &t);
        pv_builder_counts(b, stacks_in(&t), (int64_t)t.frames.len);
    }
    PV_VEC_DONE(&t.frames);
    return ok;
}

static bool read_svg(pv_source *src, pv_builder *b)
{
    svg_picture picture = {0};
    bool broken = false, ok;
    pv_bytes all;
    pv_str text;
    size_t start;

    if (!pv_input_all(src->input, &all, src->err))
        return false;
    text = (pv_str){(const char *)all.p, all.n};
    start = xml_start(text);
    if (start == SIZE_MAX)
        return pv_source_fail(src, PV_E_FORMAT, "no SVG in it");
    if (lines_in(pv_str_slice(text, 0, start)) &&
        !pv_source_warn(src, 1,
                        "what stands before the SVG is no XML and is "
                        "skipped"))
        return false;
    pv_builder_has(b, PV_HAS_TREE);
    ok = svg_scan(src, pv_str_slice(text, start, text.n), &picture, &broken);
    if (ok && broken)
        ok = pv_source_warn(src, 0,
                            "not well-formed XML; its boxes were read all the "
                            "same");
    if (ok && picture.island.n)
        ok = svg_read_island(src, pv_buf_text(&picture.island), b);
    else if (ok)
        ok = build_tree(src, b, &picture);
    svg_picture_done(&picture);
    return ok;
}

/* Output of a program that stands before the XML is short. */
static int bid(pv_bytes head, bool whole)
{
    pv_str text = {(const char *)head.p, head.n};
    size_t start = xml_start(pv_str_slice(text, 0, STRAY));
    pv_str svg;

    (void)whole;
    if (start == SIZE_MAX)
        return 0;
    svg = pv_str_slice(text, start, text.n);
    if (!memmem(svg.p, svg.n, "<svg", 4))
        return 0;
    return start < 4 ? BID : BID_STRAY;
}

static const char *const extensions[] = {".svg", ".svgz", NULL};

extern const pv_format pv_format_flamesvg;
const pv_format pv_format_flamesvg = {
    .name = "flamesvg",
    .title = "flame graph SVG (flamegraph.pl, inferno, py-spy, profviz)",
    .extensions = extensions,
    .provides = PV_HAS_TREE,
    .bid = bid,
    .read = read_svg,
};
