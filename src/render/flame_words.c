/* SPDX-License-Identifier: MIT */
/* Words of a flame graph: values, title, sub-title, hint, legend's note. */
#include "flame_words.h"

#include "flame_change.h"
#include "label.h"
#include "number.h"

pv_str pv_picture_keep(pv_picture *p, pv_buf *text)
{
    pv_str kept = pv_arena_copy(&p->arena, pv_buf_text(text));

    if (text->failed)
        p->arena.failed = true;
    pv_buf_done(text);
    return kept;
}

bool pv_picture_failed(pv_picture *p)
{
    if (!p->arena.failed && !p->scene.failed)
        return false;
    pv_fail_nomem(p->err);
    return true;
}

/* ---- values ---- */

void pv_put_count(pv_buf *out, uint64_t n, const char *one, const char *many)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text, pv_write_grouped(text, (int64_t)n, 0));
    pv_buf_char(out, ' ');
    pv_buf_puts(out, n == 1 ? one : many);
}

void pv_picture_number(const pv_picture *p, pv_buf *out, int64_t v)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text,
               pv_write_value(text, v, &p->metric, (pv_number_style){0}));
}

void pv_picture_value(const pv_picture *p, pv_buf *out, int64_t v)
{
    bool one = v == pv_pow10(p->metric.exponent);
    pv_str unit = one ? p->words.one : p->words.many;

    pv_picture_number(p, out, v);
    if (unit.n) {
        pv_buf_char(out, ' ');
        pv_buf_str(out, unit);
    }
}

void pv_picture_share(const pv_picture *p, pv_buf *out, int64_t v)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text,
               pv_write_percent(text, v, p->whole, (pv_number_style){0}));
}

void pv_picture_name(const pv_stacks *s, uint32_t frame, pv_buf *out)
{
    pv_fn fn = s->p->frames.at[frame].fn;

    if (frame == 0 && fn.i == 0)
        pv_buf_puts(out, "all");
    else
        pv_label_function(out, s->p, fn);
}

void pv_picture_place(const pv_stacks *s, uint32_t frame, pv_buf *out)
{
    const pv_frame *f = &s->p->frames.at[frame];
    uint32_t line = f->line ? f->line : s->p->functions.at[f->fn.i].line;

    if (frame || f->fn.i)
        pv_label_place(out, s->p, f->fn, line);
}

/* ---- what is measured ---- */

static pv_str without_plural(pv_str many)
{
    return pv_str_ends(many, PV_STR("s")) && many.n > 1
               ? pv_str_slice(many, 0, many.n - 1)
               : many;
}

static void choose_measure(pv_picture *p)
{
    pv_measure_words *w = &p->words;
    pv_str name = pv_profile_text(p->data.p, p->metric.name);

    if (p->diff)
        name = pv_change_metric(name);
    switch (p->metric.unit) {
    case PV_NANOSECONDS:
        w->measure = name.n ? name : PV_STR("time");
        w->noun = PV_STR("time");
        break;
    case PV_BYTES:
        w->measure = name.n ? name : PV_STR("memory");
        w->noun = PV_STR("memory");
        break;
    case PV_COUNT:
        w->measure = w->noun = w->many = name.n ? name : PV_STR("samples");
        w->one = without_plural(w->many);
        break;
    }
    if (p->o->countname.n) {
        w->measure = w->noun = p->o->countname;
        w->many = w->one = PV_STR("");
        if (p->metric.unit == PV_COUNT) {
            w->many = p->o->countname;
            w->one = without_plural(w->many);
        }
    }
}

/* ---- title and sub-title ---- */

pv_str pv_base_name(pv_str path)
{
    size_t slash = pv_str_rfind(path, '/');

    if (pv_str_equal(path, PV_STR("-")))
        return PV_STR("standard input");
    return slash == SIZE_MAX ? path : pv_str_slice(path, slash + 1, path.n);
}

/* How many bytes two paths have in common at their ends. */
static size_t common_tail(pv_str a, pv_str b)
{
    size_t n = 0;

    while (n < a.n && n < b.n && a.p[a.n - 1 - n] == b.p[b.n - 1 - n])
        n++;
    return n;
}

pv_str pv_job_name(const pv_job *job, size_t input)
{
    pv_str path = job->paths[input], name = pv_base_name(path);
    size_t most = name.n;

    for (size_t i = 0; i < job->paths_len && name.n < path.n; i++) {
        pv_str other = job->paths[i];

        if (!pv_str_equal(pv_base_name(other), name) ||
            pv_str_equal(path, other))
            continue;
        if (common_tail(path, other) >= most)
            most = common_tail(path, other) + 1;
    }
    if (most == name.n || most >= path.n)
        return most == name.n ? name : path;
    while (most < path.n && path.p[path.n - most - 1] != '/')
        most++;
    return pv_str_slice(path, path.n - most, path.n);
}

static void put_inputs(const pv_picture *p, pv_buf *out)
{
    if (!p->job->paths_len)
        return;
    pv_buf_str(out, pv_base_name(p->job->paths[0]));
    if (p->job->paths_len > 1)
        pv_buf_format(out, " and %zu more", p->job->paths_len - 1);
}

static void put_view(const pv_picture *p, pv_buf *t)
{
    if (p->diff) {
        pv_buf_puts(t, "what changed");
    } else if (p->callers) {
        pv_buf_puts(t, "callers");
    } else if (p->upper) {
        pv_buf_puts(t, "sandwich of ");
        pv_label_function(t, p->data.p, p->sandwich);
    } else if (p->o->filter.reverse) {
        pv_buf_puts(t, "reversed flame graph");
    } else if (p->data.p->flags & PV_TIME_ORDERED) {
        pv_buf_puts(t, "flame chart");
    } else {
        pv_buf_puts(t, "flame graph");
    }
}

static void make_title(pv_picture *p)
{
    pv_buf t = {0};

    if (p->diff && p->diff->title.n && !p->o->title.n) {
        p->title = p->diff->title;
        return;
    }
    if (p->o->title.n) {
        p->title = p->o->title;
        return;
    }
    put_inputs(p, &t);
    pv_buf_puts(&t, t.n ? " \xe2\x80\x94 " : "");
    put_view(p, &t);
    pv_buf_puts(&t, ", ");
    pv_buf_str(&t, p->words.measure);
    p->title = pv_picture_keep(p, &t);
}

/* The filtered total, and of what. */
static void put_total(const pv_picture *p, pv_buf *t)
{
    int64_t total = p->data.total[0];

    if (p->whole == total) {
        pv_picture_value(p, t, total);
        return;
    }
    pv_picture_number(p, t, total);
    pv_buf_puts(t, " of ");
    pv_picture_value(p, t, p->whole);
    pv_buf_puts(t, " (");
    pv_picture_share(p, t, total);
    pv_buf_char(t, ')');
}

/* austin writes its interval in microseconds and does not say so. */
static void put_note(const pv_profile *p, const char *key, pv_str value,
                     pv_buf *t)
{
    bool austin =
        pv_str_starts(pv_profile_text(p, p->producer), PV_STR("austin"));
    char number[PV_NUMBER_MAX];
    int64_t ns;

    if (austin && strcmp(key, "interval") == 0 &&
        pv_parse_scaled(value, 3, &ns) && ns > 0)
        pv_buf_add(t, number,
                   pv_write_duration(number, ns, (pv_number_style){0}));
    else
        pv_buf_str(t, value);
}

static void put_notes(const pv_picture *p, pv_buf *t)
{
    static const char *const keys[] = {"mode", "interval", "python", "command",
                                       NULL};

    for (size_t i = 0; keys[i]; i++) {
        pv_str value = pv_profile_note(p->data.p, pv_str_of(keys[i]));

        if (!value.n)
            continue;
        pv_buf_str(t, pv_dot);
        pv_buf_puts(t, keys[i]);
        pv_buf_char(t, ' ');
        put_note(p->data.p, keys[i], value, t);
    }
}

static void make_subtitle(pv_picture *p)
{
    const pv_profile *d = p->data.p;
    pv_str producer = pv_profile_text(d, d->producer);
    pv_buf t = {0};

    if (p->o->subtitle.n) {
        p->subtitle = p->o->subtitle;
        return;
    }
    if (p->diff) {
        p->subtitle = pv_change_subtitle(p);
        return;
    }
    put_total(p, &t);
    if (d->stacks > 0 && p->whole == p->data.total[0]) {
        pv_buf_str(&t, pv_dot);
        pv_put_count(&t, (uint64_t)d->stacks, "stack", "different stacks");
    }
    if (p->job->paths_len > 1)
        pv_buf_format(&t, "%.4s%zu inputs merged", pv_dot.p, p->job->paths_len);
    if (producer.n) {
        pv_buf_str(&t, pv_dot);
        pv_buf_puts(&t, "recorded by ");
        pv_buf_str(&t, producer);
    }
    put_notes(p, &t);
    p->subtitle = pv_picture_keep(p, &t);
}

/* ---- hint and legend note ---- */

static const char *hint_of(const pv_picture *p)
{
    if (p->callers)
        return p->flame ? " The second row from below is each function by "
                          "itself; each row above it is who called it."
                        : " The second row is each function by itself; each "
                          "row below it is who called it.";
    if (p->upper)
        return " Above the function are its callers, below it is what it "
               "called.";
    if (p->o->filter.reverse)
        return p->flame ? " Each row is called by the row above it."
                        : " Each row is called by the row below it.";
    return p->flame ? " The bottom row is the whole program; each row above "
                      "it is what that frame called."
                    : " The top row is the whole program; each row below it "
                      "is what that frame called.";
}

static void make_hint(pv_picture *p)
{
    pv_buf t = {0};

    if (p->data.total[0] == 0) {
        p->hint = p->whole ? PV_STR("No stack is left by the filters: there "
                                    "is nothing to draw.")
                           : PV_STR("Every count in this profile is 0: there "
                                    "is nothing to draw.");
        return;
    }
    if (p->data.p->flags & PV_TIME_ORDERED)
        pv_buf_puts(&t, "From left to right is time. ");
    pv_buf_puts(&t, "Wider means more ");
    pv_buf_str(&t, p->words.noun);
    pv_buf_char(&t, '.');
    pv_buf_puts(&t, hint_of(p));
    if (!p->o->no_js && !(p->job->medium & (PV_M_PNG | PV_M_PDF)))
        pv_buf_puts(&t, " Click a frame to zoom.");
    p->hint = pv_picture_keep(p, &t);
}

/* What the viewer says in each view, or with each kind of widths. */
static void make_hints(pv_picture *p)
{
    static const pv_str sandwich = {
        "Callers on one side, callees on the other.", 42};
    pv_buf t = {0};

    if (p->diff && (p->change.whole[0] || p->change.whole[1])) {
        for (unsigned i = 0; i < 3; i++)
            p->hints[i] = pv_change_hint(p, i);
        p->hint = p->hints[p->diff->widths];
        return;
    }
    make_hint(p);
    for (unsigned i = 0; i < 3; i++)
        p->hints[i] = p->hint;
    if (p->diff)
        return;
    pv_buf_puts(&t, "Wider means more ");
    pv_buf_str(&t, p->words.noun);
    pv_buf_puts(&t, ". The second row is each function by itself; each further "
                    "row is who called it.");
    p->hints[1] = pv_picture_keep(p, &t);
    p->hints[2] = sandwich;
}

static void make_legend_note(pv_picture *p)
{
    const char *by = p->o->colors == PV_COLORS_PACKAGE ? "package" : "origin";
    int64_t unknown = 0;
    pv_buf t = {0};

    if (p->diff) {
        p->legend_note = pv_change_note(p);
        return;
    }
    for (uint32_t i = 0; i < p->data.p->functions.len; i++)
        if (p->data.whence[i].origin == PV_UNKNOWN)
            unknown += p->data.fn_self[i];
    pv_buf_puts(&t, "self ");
    pv_buf_str(&t, p->words.noun);
    pv_buf_puts(&t, " by ");
    pv_buf_puts(&t, by);
    if (unknown > p->data.total[0] / 2)
        pv_buf_puts(&t, "; --own and --origin tell whose code it is");
    p->legend_note = pv_picture_keep(p, &t);
}

bool pv_picture_words(pv_picture *p)
{
    choose_measure(p);
    make_title(p);
    make_subtitle(p);
    make_hints(p);
    make_legend_note(p);
    pv_picture_small_print(p);
    p->scene.title = p->title;
    return !pv_picture_failed(p);
}
