/* SPDX-License-Identifier: MIT */
/* Compiles a template: XML events become steps, checked as they come.
 *
 * Expat does the XML.  The handlers keep one level for each open element; a
 * first mistake stops the parser.
 */
#include "compile.h"

#include "mem.h"

pv_place pv_compile_place(const pv_compiler *c)
{
    return (pv_place){
        .file = c->file,
        .line = (uint32_t)XML_GetCurrentLineNumber(c->xml),
        .column = (uint32_t)XML_GetCurrentColumnNumber(c->xml) + 1,
    };
}

bool pv_compile_stop(pv_compiler *c)
{
    c->failed = true;
    XML_StopParser(c->xml, XML_FALSE);
    return false;
}

static bool compile_no_memory(pv_compiler *c)
{
    pv_fail_nomem(c->err);
    return pv_compile_stop(c);
}

size_t pv_compile_add(pv_compiler *c, pv_step step)
{
    if (!PV_VEC_GROW(&c->steps, 1)) {
        compile_no_memory(c);
        return 0;
    }
    c->steps.at[c->steps.len] = step;
    return c->steps.len++;
}

const char *pv_compile_keep(pv_compiler *c, pv_str s)
{
    pv_str kept = pv_arena_copy(c->arena, s);

    if (c->arena->failed)
        compile_no_memory(c);
    return kept.p ? kept.p : "";
}

pv_str pv_compile_keep_str(pv_compiler *c, pv_str s)
{
    return (pv_str){pv_compile_keep(c, s), s.n};
}

/* ---- names ---- */

pv_qname pv_qname_split(const char *expanded)
{
    pv_str s = pv_str_of(expanded);
    size_t a = pv_str_find(s, PV_SEPARATOR), b;
    pv_qname q = {.local = s};

    if (a == SIZE_MAX)
        return q;
    q.uri = pv_str_slice(s, 0, a);
    q.local = pv_str_slice(s, a + 1, s.n);
    b = pv_str_find(q.local, PV_SEPARATOR);
    if (b != SIZE_MAX) {
        q.prefix = pv_str_slice(q.local, b + 1, q.local.n);
        q.local = pv_str_slice(q.local, 0, b);
    }
    return q;
}

/* As it is to be written: "prefix:local". */
const char *pv_qname_written(pv_compiler *c, const pv_qname *q)
{
    pv_buf name = {0};
    const char *kept;

    if (!q->prefix.n)
        return pv_compile_keep(c, q->local);
    pv_buf_str(&name, q->prefix);
    pv_buf_char(&name, ':');
    pv_buf_str(&name, q->local);
    if (name.failed)
        compile_no_memory(c);
    kept = pv_compile_keep(c, pv_buf_text(&name));
    pv_buf_done(&name);
    return kept;
}

/* ---- text ---- */

static void flush_text(pv_compiler *c)
{
    const pv_level *l = c->depth ? &c->levels[c->depth - 1] : NULL;
    pv_step step = {.kind = PV_STEP_TEXT};

    if (c->text.failed)
        compile_no_memory(c);
    if (c->text.n && l && !l->filled && !c->failed) {
        step.kind = l->raw ? PV_STEP_CODE : PV_STEP_TEXT;
        step.text = pv_compile_keep_str(c, pv_buf_text(&c->text));
        pv_compile_add(c, step);
    }
    pv_buf_clear(&c->text);
}

static void XMLCALL on_text(void *ctx, const XML_Char *s, int n)
{
    pv_compiler *c = ctx;

    if (!c->failed && !c->hidden)
        pv_buf_add(&c->text, s, (size_t)n);
}

/* ---- elements ---- */

static bool name_element(pv_compiler *c, const pv_qname *q, pv_level *l)
{
    static const char *const raw[] = {"script", "style", NULL};

    *l =
        (pv_level){.each = PV_NO_STEP, .if_ = PV_NO_STEP, .unless = PV_NO_STEP};
    if (pv_is(q->uri, PV_URI_DIRECTIVE))
        return pv_is(q->local, "block") ||
               PV_COMPILE_FAIL(c, "unknown element <pv:%s>",
                               PV_QUOTE(q->local));
    if (pv_is(q->uri, PV_URI_ATTRIBUTE))
        return PV_COMPILE_FAIL(c, "at: is for attributes, not for elements");
    l->name = pv_qname_written(c, q);
    l->raw = pv_is_in(q->local, raw);
    return !c->failed;
}

static bool room_for_element(pv_compiler *c)
{
    if (c->depth == PV_NESTED_MAX)
        return PV_COMPILE_FAIL(c, "more than %d elements within each other",
                               PV_NESTED_MAX);
    if (c->depth && c->levels[c->depth - 1].raw)
        return PV_COMPILE_FAIL(c, "no element can stand in <%s>",
                               c->levels[c->depth - 1].name);
    return true;
}

static void XMLCALL on_start(void *ctx, const XML_Char *name,
                             const XML_Char **atts)
{
    pv_compiler *c = ctx;
    pv_qname q = pv_qname_split(name);
    pv_directives d;
    pv_level l;

    if (c->failed)
        return;
    if (c->hidden || (c->depth && c->levels[c->depth - 1].filled)) {
        c->hidden++;
        return;
    }
    flush_text(c);
    if (!room_for_element(c) || !name_element(c, &q, &l) ||
        !pv_compile_directives(c, atts, &d) || !pv_compile_guards(c, &d, &l))
        return;
    if (l.name)
        pv_compile_add(c, (pv_step){.kind = PV_STEP_OPEN, .name = l.name});
    if (!pv_compile_attributes(c, &l, atts) || !pv_compile_fill(c, &l, &d))
        return;
    c->xmlns_len = 0;
    c->levels[c->depth++] = l;
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    pv_compiler *c = ctx;
    const pv_level *l;

    (void)name;
    if (c->failed)
        return;
    if (c->hidden) {
        c->hidden--;
        return;
    }
    flush_text(c);
    l = &c->levels[--c->depth];
    if (l->name)
        pv_compile_add(c, (pv_step){.kind = PV_STEP_SHUT});
    pv_compile_end_guards(c, l);
}

static void XMLCALL on_xmlns(void *ctx, const XML_Char *prefix,
                             const XML_Char *uri)
{
    pv_compiler *c = ctx;
    pv_str u = pv_str_of(uri);
    pv_qname q = {.local = PV_STR("xmlns")};

    if (c->failed || c->hidden || pv_is(u, PV_URI_DIRECTIVE) ||
        pv_is(u, PV_URI_ATTRIBUTE))
        return;
    if (c->xmlns_len == PV_PREFIXES_MAX) {
        PV_COMPILE_FAIL(c, "more than %d namespaces in one element",
                        PV_PREFIXES_MAX);
        return;
    }
    if (prefix)
        q = (pv_qname){.prefix = PV_STR("xmlns"), .local = pv_str_of(prefix)};
    c->xmlns[c->xmlns_len][0] = pv_str_of(pv_qname_written(c, &q));
    c->xmlns[c->xmlns_len++][1] = pv_compile_keep_str(c, u);
}

/* ---- the document ---- */

static void XMLCALL on_doctype(void *ctx, const XML_Char *name,
                               const XML_Char *system, const XML_Char *public,
                               int internal)
{
    pv_compiler *c = ctx;

    (void)name;
    if (internal || system || public)
        PV_COMPILE_FAIL(
            c, "a doctype with declarations; only <!DOCTYPE html> is taken");
    else
        pv_compile_add(c, (pv_step){.kind = PV_STEP_DOCTYPE});
}

static void *xml_alloc(size_t n)
{
    return pv_mem_alloc(1, n);
}

static void *xml_resize(void *p, size_t n)
{
    return pv_mem_resize(p, n, 1);
}

static const XML_Memory_Handling_Suite memory = {xml_alloc, xml_resize,
                                                 pv_mem_free};

static bool set_up(pv_compiler *c)
{
    static const XML_Char separator[] = {PV_SEPARATOR, '\0'};

    c->xml = XML_ParserCreate_MM("UTF-8", &memory, separator);
    if (!c->xml)
        return pv_fail_nomem(c->err);
    XML_SetUserData(c->xml, c);
    XML_SetReturnNSTriplet(c->xml, 1);
    XML_SetElementHandler(c->xml, on_start, on_end);
    XML_SetCharacterDataHandler(c->xml, on_text);
    XML_SetStartDoctypeDeclHandler(c->xml, on_doctype);
    XML_SetStartNamespaceDeclHandler(c->xml, on_xmlns);
    return true;
}

static bool parse(pv_compiler *c, pv_bytes xml)
{
    enum XML_Error e;

    if (xml.n > INT32_MAX)
        return pv_fail(c->err, PV_E_LIMIT, &(pv_place){.file = c->file},
                       "a template of more than 2 GiB");
    if (XML_Parse(c->xml, (const char *)xml.p, (int)xml.n, 1) == XML_STATUS_OK)
        return !c->failed;
    e = XML_GetErrorCode(c->xml);
    if (e == XML_ERROR_NO_MEMORY)
        return pv_fail_nomem(c->err);
    return c->failed ? false
                     : PV_COMPILE_FAIL(c, "not well-formed XML: %s",
                                       XML_ErrorString(e));
}

static pv_template *finish(pv_compiler *c)
{
    pv_template *t = PV_NEW(c->arena, pv_template);
    pv_step *steps = PV_NEW_N(c->arena, pv_step, c->steps.len);

    if (!t || !steps) {
        pv_fail_nomem(c->err);
        return NULL;
    }
    memcpy(steps, c->steps.at, c->steps.len * sizeof *steps);
    *t = (pv_template){.steps = steps, .len = c->steps.len};
    return t;
}

pv_template *pv_template_compile(pv_arena *a, pv_str name, pv_bytes xml,
                                 const pv_record_type *root,
                                 const pv_includes *includes, pv_error *err)
{
    pv_error scratch = {0};
    pv_compiler c = {
        .arena = a,
        .file = name,
        .includes = includes,
        .err = err ? err : &scratch,
        .scope = {.types = {root}, .names = {pv_str_of(root->name)}, .len = 1}};
    pv_template *t = NULL;

    if (set_up(&c) && parse(&c, xml))
        t = finish(&c);
    if (c.xml)
        XML_ParserFree(c.xml);
    PV_VEC_DONE(&c.steps);
    pv_buf_done(&c.text);
    return t;
}
