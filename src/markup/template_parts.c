/* SPDX-License-Identifier: MIT */
/* The parts of a template's start tag: directives, attributes, content. */
#include "compile.h"

/* ---- directives ---- */

static bool set_directive(pv_compiler *c, pv_directives *d, pv_str name,
                          const char *value)
{
    const struct {
        const char *name;
        pv_str *to;
    } known[] = {
        {"each", &d->each},         {"if", &d->if_},
        {"unless", &d->unless},     {"text", &d->text},
        {"fragment", &d->fragment}, {"include", &d->include},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (pv_is(name, known[i].name)) {
            *known[i].to = pv_str_of(value);
            return true;
        }
    return PV_COMPILE_FAIL(c, "unknown directive 'pv:%s'", PV_QUOTE(name));
}

bool pv_compile_directives(pv_compiler *c, const XML_Char **atts,
                           pv_directives *d)
{
    *d = (pv_directives){0};
    for (size_t i = 0; atts[i]; i += 2) {
        pv_qname q = pv_qname_split(atts[i]);

        if (pv_is(q.uri, PV_URI_DIRECTIVE) &&
            !set_directive(c, d, q.local, atts[i + 1]))
            return false;
        if (!q.uri.n && pv_is(q.local, "type"))
            d->type = atts[i + 1];
    }
    if ((d->text.p != NULL) + (d->fragment.p != NULL) + (d->include.p != NULL) >
        1)
        return PV_COMPILE_FAIL(
            c, "only one of pv:text, pv:fragment and pv:include can "
               "fill an element");
    return true;
}

/* ---- guards: each, if, unless ---- */

static bool begin_each(pv_compiler *c, const pv_directives *d, pv_level *l)
{
    pv_step step = {.kind = PV_STEP_EACH};
    pv_place at = pv_compile_place(c);
    pv_scope *s = &c->scope;
    pv_str name;

    if (!pv_each_parse(s, d->each, &name, &step.path, &at, c->err))
        return pv_compile_stop(c);
    if (s->len > PV_LOOPS_MAX)
        return PV_COMPILE_FAIL(c, "more than %d loops within each other",
                               PV_LOOPS_MAX);
    s->types[s->len] = pv_path_end(&step.path)->type;
    s->names[s->len++] = pv_compile_keep_str(c, name);
    l->each = pv_compile_add(c, step);
    return !c->failed;
}

static bool begin_if(pv_compiler *c, pv_str text, pv_step_kind kind, size_t *at)
{
    pv_step step = {.kind = kind};
    pv_place place = pv_compile_place(c);

    if (!pv_path_parse(&c->scope, text, &step.path, &place, c->err))
        return pv_compile_stop(c);
    *at = pv_compile_add(c, step);
    return !c->failed;
}

bool pv_compile_guards(pv_compiler *c, const pv_directives *d, pv_level *l)
{
    return (!d->each.p || begin_each(c, d, l)) &&
           (!d->if_.p || begin_if(c, d->if_, PV_STEP_IF, &l->if_)) &&
           (!d->unless.p || begin_if(c, d->unless, PV_STEP_UNLESS, &l->unless));
}

void pv_compile_end_guards(pv_compiler *c, const pv_level *l)
{
    if (l->if_ != PV_NO_STEP)
        c->steps.at[l->if_].target = c->steps.len;
    if (l->unless != PV_NO_STEP)
        c->steps.at[l->unless].target = c->steps.len;
    if (l->each == PV_NO_STEP)
        return;
    pv_compile_add(c, (pv_step){.kind = PV_STEP_NEXT, .target = l->each});
    c->steps.at[l->each].target = c->steps.len;
    c->scope.len--;
}

/* ---- attributes ---- */

static bool set_by_at(const XML_Char **atts, pv_str name)
{
    for (size_t i = 0; atts[i]; i += 2) {
        pv_qname q = pv_qname_split(atts[i]);

        if (pv_is(q.uri, PV_URI_ATTRIBUTE) && pv_str_equal(q.local, name))
            return true;
    }
    return false;
}

/* What no datum may set: code, and lists of links. */
static bool refused(const pv_level *l, pv_str name)
{
    static const char *const never[] = {"style", "srcdoc", "srcset", NULL};
    static const char *const script[] = {"src", "type", NULL};

    return pv_str_starts(name, PV_STR("on")) || pv_is_in(name, never) ||
           (l->raw && pv_is_in(name, script));
}

static bool is_link(pv_str name)
{
    static const char *const links[] = {
        "href", "src",        "action",   "formaction", "poster",   "cite",
        "data", "background", "longdesc", "ping",       "manifest", NULL};

    return pv_is_in(name, links);
}

static bool add_at(pv_compiler *c, const pv_level *l, pv_str name,
                   const char *value)
{
    pv_step step = {.kind = PV_STEP_AT, .url = is_link(name)};
    pv_place at = pv_compile_place(c);
    const pv_field *f;

    if (!l->name)
        return PV_COMPILE_FAIL(
            c, "pv:block writes no tag, so it has no attribute '%s'",
            PV_QUOTE(name));
    if (refused(l, name))
        return PV_COMPILE_FAIL(c,
                               "the attribute '%s' of <%s> cannot be set by a "
                               "directive",
                               PV_QUOTE(name), l->name);
    if (!pv_value_parse(&c->scope, pv_str_of(value), &step.path, &step.notation,
                        &at, c->err))
        return pv_compile_stop(c);
    f = pv_path_end(&step.path);
    if (!f || f->kind > PV_K_TEXT)
        return PV_COMPILE_FAIL(c, "at:%s wants text, a number or a truth value",
                               PV_QUOTE(name));
    step.name = pv_compile_keep(c, name);
    pv_compile_add(c, step);
    return !c->failed;
}

static bool add_literal(pv_compiler *c, const pv_level *l, const pv_qname *q,
                        const char *value)
{
    pv_step step = {.kind = PV_STEP_ATTR};

    if (!l->name)
        return PV_COMPILE_FAIL(
            c, "pv:block writes no tag, so it has no attribute '%s'",
            PV_QUOTE(q->local));
    step.name = pv_qname_written(c, q);
    step.text = pv_compile_keep_str(c, pv_str_of(value));
    pv_compile_add(c, step);
    return !c->failed;
}

bool pv_compile_attributes(pv_compiler *c, const pv_level *l,
                           const XML_Char **atts)
{
    for (unsigned i = 0; l->name && i < c->xmlns_len; i++)
        pv_compile_add(c, (pv_step){.kind = PV_STEP_XMLNS,
                                    .name = c->xmlns[i][0].p,
                                    .text = c->xmlns[i][1]});
    for (size_t i = 0; atts[i]; i += 2) {
        pv_qname q = pv_qname_split(atts[i]);
        bool ok = true;

        if (pv_is(q.uri, PV_URI_ATTRIBUTE))
            ok = add_at(c, l, q.local, atts[i + 1]);
        else if (!pv_is(q.uri, PV_URI_DIRECTIVE) && !set_by_at(atts, q.local))
            ok = add_literal(c, l, &q, atts[i + 1]);
        if (!ok)
            return false;
    }
    return !c->failed;
}

/* ---- what fills an element ---- */

static bool is_json(const pv_level *l, const pv_directives *d)
{
    return l->name && strcmp(l->name, "script") == 0 && d->type &&
           strcmp(d->type, "application/json") == 0;
}

static bool fill_text(pv_compiler *c, const pv_level *l, const pv_directives *d)
{
    pv_step step = {.kind = PV_STEP_VALUE};
    pv_place at = pv_compile_place(c);
    const pv_field *f;

    if (!pv_value_parse(&c->scope, d->text, &step.path, &step.notation, &at,
                        c->err))
        return pv_compile_stop(c);
    f = pv_path_end(&step.path);
    if (!f || (f->kind != PV_K_TEXT && f->kind != PV_K_INT))
        return PV_COMPILE_FAIL(c, "pv:text wants text or a number");
    if (l->raw && !is_json(l, d))
        return PV_COMPILE_FAIL(c, "no directive can write into <%s>", l->name);
    if (l->raw)
        step.kind = PV_STEP_JSON;
    else if (step.notation && strcmp(step.notation->name, "json") == 0)
        return PV_COMPILE_FAIL(
            c, "'| json' is for <script type=\"application/json\">");
    pv_compile_add(c, step);
    return !c->failed;
}

static bool fill_fragment(pv_compiler *c, const pv_level *l,
                          const pv_directives *d)
{
    pv_step step = {.kind = PV_STEP_FRAGMENT};
    pv_place at = pv_compile_place(c);
    const pv_field *f;

    if (!pv_path_parse(&c->scope, d->fragment, &step.path, &at, c->err))
        return pv_compile_stop(c);
    f = pv_path_end(&step.path);
    if (!f || f->kind != PV_K_FRAGMENT)
        return PV_COMPILE_FAIL(c, "'%s' is no fragment", PV_QUOTE(d->fragment));
    if (l->raw && !is_json(l, d))
        return PV_COMPILE_FAIL(c, "no directive can write into <%s>", l->name);
    pv_compile_add(c, step);
    return !c->failed;
}

/* Would it end its element early, or begin what hides its end? */
static bool leaves_element(pv_bytes code)
{
    for (size_t i = 0; i + 1 < code.n; i++)
        if (code.p[i] == '<' && (code.p[i + 1] == '/' || code.p[i + 1] == '!'))
            return true;
    return false;
}

static bool fill_include(pv_compiler *c, const pv_level *l,
                         const pv_directives *d)
{
    const pv_includes *in = c->includes;
    pv_bytes code;

    if (!l->raw)
        return PV_COMPILE_FAIL(c, "pv:include wants a <style> or a <script>");
    if (!in || !in->find(in->ctx, d->include, &code))
        return PV_COMPILE_FAIL(c, "there is no '%s' to include",
                               PV_QUOTE(d->include));
    if (leaves_element(code))
        return PV_COMPILE_FAIL(
            c, "'%s' holds '</' or '<!', which cannot stand in <%s>",
            PV_QUOTE(d->include), l->name);
    pv_compile_add(c, (pv_step){.kind = PV_STEP_CODE,
                                .text = {(const char *)code.p, code.n}});
    return !c->failed;
}

bool pv_compile_fill(pv_compiler *c, pv_level *l, const pv_directives *d)
{
    l->filled = d->text.p || d->fragment.p || d->include.p;
    if (d->text.p)
        return fill_text(c, l, d);
    if (d->fragment.p)
        return fill_fragment(c, l, d);
    return !d->include.p || fill_include(c, l, d);
}
