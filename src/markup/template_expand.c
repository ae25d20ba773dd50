/* SPDX-License-Identifier: MIT */
/* Runs a compiled template: one loop over its steps, no recursion. */
#include "program.h"

typedef struct open_loop {
    pv_datum list;
    size_t next;
} open_loop;

typedef struct machine {
    const pv_step *steps;
    size_t at;
    pv_markup *out;
    const void *slots[PV_LOOPS_MAX + 1];
    open_loop loops[PV_LOOPS_MAX];
    unsigned depth; /* open loops; the innermost's item is in slots[depth] */
    pv_buf text;    /* scratch for notations */
} machine;

static pv_datum value_of(const machine *m, const pv_path *p)
{
    pv_datum v = {.kind = PV_K_RECORD, .as.record = m->slots[p->slot]};

    for (unsigned i = 0; i < p->len; i++) {
        if (!v.as.record) /* a record that is not there has nothing */
            return (pv_datum){.kind = pv_path_end(p)->kind};
        v = p->fields[i]->get(v.as.record);
    }
    return v;
}

static bool holds(const pv_datum *v)
{
    switch (v->kind) {
    case PV_K_BOOL: return v->as.b;
    case PV_K_INT: return v->as.i != 0;
    case PV_K_TEXT: return v->as.s.n != 0;
    case PV_K_LIST: return v->as.list.len != 0;
    case PV_K_RECORD: return v->as.record != NULL;
    case PV_K_FRAGMENT: return v->as.fragment.emit != NULL;
    }
    return false;
}

static pv_str written(machine *m, const pv_step *s, const pv_datum *v)
{
    pv_buf_clear(&m->text);
    if (s->notation)
        s->notation->write(&m->text, v);
    else
        pv_notation_plain(&m->text, v);
    if (m->text.failed)
        pv_sink_fail(m->out->out, PV_E_NOMEM, "out of memory");
    return pv_buf_text(&m->text);
}

static void write_at(machine *m, const pv_step *s)
{
    pv_datum v = value_of(m, &s->path);
    pv_str text;

    if (v.kind == PV_K_BOOL) {
        if (v.as.b)
            pv_markup_attr(m->out, s->name, PV_STR(""));
        return;
    }
    text = written(m, s, &v);
    if (!s->url || pv_url_allowed(text))
        pv_markup_attr(m->out, s->name, text);
}

static void write_value(machine *m, const pv_step *s)
{
    pv_datum v = value_of(m, &s->path);

    if (s->kind == PV_STEP_JSON)
        pv_markup_json(m->out, written(m, s, &v));
    else
        pv_markup_text(m->out, written(m, s, &v));
}

static void write_fragment(machine *m, const pv_step *s)
{
    pv_datum v = value_of(m, &s->path);

    if (v.as.fragment.emit)
        v.as.fragment.emit(v.as.fragment.self, m->out);
}

static void write_xmlns(machine *m, const pv_step *s)
{
    if (m->out->dialect == PV_XML ||
        !pv_str_equal(s->text, PV_STR("http://www.w3.org/1999/xhtml")))
        pv_markup_attr(m->out, s->name, s->text);
}

/* The next item into the loop's slot; false at the end. */
static bool take_item(machine *m)
{
    open_loop *l = &m->loops[m->depth - 1];

    if (l->next == l->list.as.list.len)
        return false;
    m->slots[m->depth] = l->list.as.list.at(l->list.as.list.self, l->next++);
    return true;
}

static size_t begin_loop(machine *m, const pv_step *s)
{
    m->loops[m->depth++] = (open_loop){.list = value_of(m, &s->path)};
    if (take_item(m))
        return m->at + 1;
    m->depth--;
    return s->target;
}

static size_t next_item(machine *m, const pv_step *s)
{
    if (take_item(m))
        return s->target + 1;
    m->depth--;
    return m->at + 1;
}

static size_t branch(machine *m, const pv_step *s)
{
    pv_datum v = value_of(m, &s->path);

    return holds(&v) == (s->kind == PV_STEP_IF) ? m->at + 1 : s->target;
}

/* Does one step; where to go on. */
static size_t run(machine *m, const pv_step *s)
{
    switch (s->kind) {
    case PV_STEP_TEXT: pv_markup_text(m->out, s->text); break;
    case PV_STEP_CODE: pv_markup_verbatim(m->out, s->text); break;
    case PV_STEP_OPEN: pv_markup_open(m->out, s->name); break;
    case PV_STEP_SHUT: pv_markup_shut(m->out); break;
    case PV_STEP_ATTR: pv_markup_attr(m->out, s->name, s->text); break;
    case PV_STEP_XMLNS: write_xmlns(m, s); break;
    case PV_STEP_AT: write_at(m, s); break;
    case PV_STEP_VALUE:
    case PV_STEP_JSON: write_value(m, s); break;
    case PV_STEP_FRAGMENT: write_fragment(m, s); break;
    case PV_STEP_IF:
    case PV_STEP_UNLESS: return branch(m, s);
    case PV_STEP_EACH: return begin_loop(m, s);
    case PV_STEP_NEXT: return next_item(m, s);
    case PV_STEP_DOCTYPE: pv_markup_prologue(m->out); break;
    }
    return m->at + 1;
}

static void run_part(const pv_template *t, size_t from, size_t end,
                     const void *root, pv_markup *out)
{
    machine m = {.steps = t->steps, .at = from, .out = out, .slots = {root}};

    while (m.at < end && out->out->first.code == PV_OK)
        m.at = run(&m, &t->steps[m.at]);
    pv_buf_done(&m.text);
}

void pv_template_expand(const pv_template *t, const void *root, pv_markup *out)
{
    run_part(t, 0, t->len, root, out);
}

static bool is_attribute(pv_step_kind kind)
{
    return kind == PV_STEP_ATTR || kind == PV_STEP_XMLNS || kind == PV_STEP_AT;
}

void pv_template_expand_body(const pv_template *t, const void *root,
                             pv_markup *out)
{
    size_t from = 0, end, depth = 1;

    while (from < t->len && !(t->steps[from].kind == PV_STEP_OPEN &&
                              strcmp(t->steps[from].name, "body") == 0))
        from++;
    if (from < t->len)
        from++;
    while (from < t->len && is_attribute(t->steps[from].kind))
        from++;
    for (end = from; end < t->len; end++) {
        depth += t->steps[end].kind == PV_STEP_OPEN;
        depth -= t->steps[end].kind == PV_STEP_SHUT;
        if (!depth)
            break;
    }
    run_part(t, from, end, root, out);
}
