/* SPDX-License-Identifier: MIT */
/* What a page of annotated source says in words. */
#include "flame_words.h"
#include "number.h"
#include "path.h"
#include "source_view.h"

static const pv_number_style pretty = {.ascii = false};

void pv_view_amount(pv_buf *out, const pv_book_input *in, int64_t v)
{
    const pv_line_measure *m = &in->t->measures[in->main];
    const pv_metric metric = {.unit = m->unit, .exponent = m->exponent};
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text, pv_write_value(text, v, &metric, pretty));
    if (m->unit == PV_COUNT) {
        pv_str name = m->name;

        if (pv_str_starts(name, PV_STR("self_")))
            name = pv_str_slice(name, 5, name.n);
        if (v == pv_pow10(m->exponent) && pv_str_ends(name, PV_STR("s")))
            name.n--; /* "1 sample" */
        pv_buf_char(out, ' ');
        pv_buf_str(out, name);
    }
}

void pv_view_share(pv_buf *out, int64_t part, int64_t whole)
{
    char text[PV_NUMBER_MAX];

    if (part < 0 || part > whole)
        part = part < 0 ? 0 : whole;
    pv_buf_add(out, text, pv_write_percent(text, part, whole, pretty));
}

void pv_view_producer(pv_buf *out, const pv_book_input *in)
{
    pv_str tool = pv_profile_text(in->p, in->p->producer);

    if (tool.n == 0)
        tool = pv_str_of(in->p->format);
    pv_buf_str(out, tool);
}

static const char *share_of(const pv_book_input *in)
{
    return in->t->kind == PV_LINES_OF_FUNCTIONS ? " of the run" : " of all";
}

static int64_t cost_of(const pv_source_view *v, uint32_t input)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < v->sheet.lines_len; i++)
        if (!pv_add64(
                sum,
                v->sheet.cost[(size_t)i * v->how->book->inputs_len + input],
                &sum))
            return INT64_MAX;
    return sum;
}

/* "4.17 s, 41.1% of the run", for each input that has the file. */
static void put_costs(pv_source_view *v)
{
    const pv_book *b = v->how->book;
    bool any = false;

    for (uint32_t i = 0; i < b->inputs_len; i++) {
        int64_t cost = cost_of(v, i);

        if (v->sheet.most[i] <= 0)
            continue;
        if (any)
            pv_buf_str(&v->text, pv_dot);
        any = true;
        pv_view_amount(&v->text, &b->inputs[i], cost);
        pv_buf_puts(&v->text, ", ");
        pv_view_share(&v->text, cost, b->inputs[i].whole);
        pv_buf_puts(&v->text, share_of(&b->inputs[i]));
    }
    if (!any)
        pv_buf_puts(&v->text, "no costs here");
}

void pv_view_sentence(pv_source_view *v)
{
    const pv_book *b = v->how->book;

    put_costs(v);
    if (v->sheet.code && pv_sheet_counts(&v->sheet))
        pv_buf_format(&v->text, "%s%u of %u code lines ran", pv_dot.p,
                      v->sheet.ran, v->sheet.code);
    for (uint32_t i = 0; i < b->inputs_len; i++) {
        pv_buf_str(&v->text, i ? PV_STR(", ") : pv_dot);
        pv_view_producer(&v->text, &b->inputs[i]);
    }
}

/* ---- notes ---- */

static bool put_missing(pv_source_view *v)
{
    const pv_sheet *s = &v->sheet;
    bool carried = false;

    for (uint32_t i = 0; i < s->lines_len; i++)
        carried |= s->lines[i].carried.n > 0;
    if (v->how->book->o->embed_source != 0) {
        pv_buf_puts(&v->text, "Source lines are left out, as asked for.");
        return true;
    }
    if (s->found == PV_FOUND || carried)
        return false;
    pv_buf_puts(&v->text, "Source not shown: ");
    pv_code_show(&v->text, s->file->name);
    pv_buf_char(&v->text, ' ');
    pv_buf_puts(&v->text, pv_found_reason(s->found));
    if (s->found == PV_FOUND_NONE || s->found == PV_FOUND_OUTSIDE)
        pv_buf_puts(&v->text, "; give --source-path DIR");
    pv_buf_char(&v->text, '.');
    return true;
}

static bool put_encoding(pv_source_view *v)
{
    const pv_decoded *how = &v->sheet.text.decoded;

    if (v->sheet.found != PV_FOUND || v->how->book->o->embed_source != 0 ||
        (how->known && !how->replaced))
        return false;
    pv_buf_puts(&v->text, how->known ? "Bytes that are not "
                                     : "Source not shown: its encoding, ");
    pv_buf_puts(&v->text, how->encoding);
    pv_buf_puts(&v->text,
                how->known ? " are shown as U+FFFD." : ", is not known here.");
    return true;
}

static bool put_changed(pv_source_view *v)
{
    if (v->sheet.changed)
        pv_buf_puts(&v->text, "This file changed after it was profiled; "
                              "lines may not match.");
    return v->sheet.changed;
}

bool pv_view_note(pv_source_view *v, uint32_t n)
{
    static bool (*const notes[])(pv_source_view *) = {put_changed, put_missing,
                                                      put_encoding};

    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        pv_buf_clear(&v->text);
        if (notes[i](v) && n-- == 0)
            return true;
    }
    return false;
}

static bool has_kind(const pv_source_view *v, pv_line_kind kind)
{
    for (uint32_t i = 0; i < v->how->book->inputs_len; i++)
        if (v->how->book->inputs[i].t->kind == kind)
            return true;
    return false;
}

bool pv_view_legend(pv_source_view *v, uint32_t n)
{
    const struct {
        bool holds;
        const char *text;
    } words[] = {
        {v->sheet.code && pv_sheet_counts(&v->sheet),
         "A dotted edge marks code that was not executed."},
        {has_kind(v, PV_LINES_OF_STACKS),
         "A line without figures had no sample; it may still have run."},
        {has_kind(v, PV_LINES_OF_PROFILE),
         "This profile holds whole functions; their figures stand at their "
         "first lines."},
        {has_kind(v, PV_LINES_OF_BLOCKS),
         "A line without figures allocated nothing that was still held."},
    };

    pv_buf_clear(&v->text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].holds && n-- == 0) {
            pv_buf_puts(&v->text, words[i].text);
            return true;
        }
    return false;
}

/* ---- headings of functions ---- */

static void put_part(pv_buf *out, bool *first)
{
    if (!*first)
        pv_buf_str(out, pv_dot);
    *first = false;
}

void pv_view_heading(pv_source_view *v, const pv_sheet_function *f)
{
    const pv_book_input *in = &v->how->book->inputs[v->sheet.functions_input];
    int64_t most = f->total != PV_NONE ? f->total : f->self;
    bool first = true;

    if (f->never) {
        pv_buf_puts(&v->text, "never called");
        return;
    }
    if (f->calls != PV_NONE) {
        put_part(&v->text, &first);
        pv_put_count(&v->text, (uint64_t)f->calls, "call", "calls");
    }
    if (f->total != PV_NONE) {
        put_part(&v->text, &first);
        pv_view_amount(&v->text, in, f->total);
        pv_buf_puts(&v->text, " total");
    }
    if (f->self != PV_NONE && f->self != f->total) {
        put_part(&v->text, &first);
        pv_view_amount(&v->text, in, f->self);
        pv_buf_puts(&v->text, f->total == PV_NONE ? " here" : " self");
    }
    if (most != PV_NONE && in->whole > 0) {
        put_part(&v->text, &first);
        pv_view_share(&v->text, most, in->whole);
        pv_buf_puts(&v->text, share_of(in));
    }
}
