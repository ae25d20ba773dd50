/* SPDX-License-Identifier: MIT */
/* Boxes out of an SVG: by Expat where it is XML, else by a scanner that looks
 * for <title>, <rect> and <text> alone, since old flamegraph.pl wrote names
 * unescaped. */
#include "flamesvg.h"

#include <expat.h>

#include "mem.h"
#include "number.h"

typedef enum collecting {
    NOTHING,
    BOX_TITLE,
    BOX_LABEL,
    PICTURE_TITLE,
    PICTURE_SUBTITLE,
    ISLAND
} collecting;

typedef struct scan {
    svg_picture *out;
    pv_str pending; /* the title that the next <rect> of the group takes */
    bool have_title, have_box;
    collecting what;
    pv_buf text;
    XML_Parser parser;
    bool entities;
} scan;

/* ---- what elements mean, whoever found them ------------------------------ */

static const char *attribute(const char *const *atts, const char *name)
{
    for (; *atts; atts += 2)
        if (strcmp(atts[0], name) == 0)
            return atts[1];
    return NULL;
}

static int64_t length_of(scan *s, const char *const *atts, const char *name)
{
    const char *text = attribute(atts, name);
    pv_str v = pv_str_of(text ? text : "0");
    int64_t n = 0;

    if (pv_str_ends(v, PV_STR("%"))) {
        v.n--;
        s->out->percent = true;
    }
    if (!pv_parse_scaled(v, 4, &n) || n > INT64_MAX / 4 || n < INT64_MIN / 4)
        n = 0;
    return n;
}

static int64_t samples_of(const char *const *atts, const char *name)
{
    const char *text = attribute(atts, name);
    int64_t n;

    return text && pv_parse_i64(pv_str_of(text), &n) && n >= 0 ? n : -1;
}

/* s('NAME (N samples, P%)') */
static bool mouse_title(const char *const *atts, pv_str *title)
{
    const char *text = attribute(atts, "onmouseover");
    pv_str v = pv_str_of(text ? text : "");

    if (!pv_str_starts(v, PV_STR("s('")) || !pv_str_ends(v, PV_STR("')")))
        return false;
    *title = pv_str_slice(v, 3, v.n - 2);
    return true;
}

static void add_box(scan *s, const char *const *atts)
{
    svg_box box = {.x = length_of(s, atts, "x"),
                   .y = length_of(s, atts, "y"),
                   .w = length_of(s, atts, "width"),
                   .samples = samples_of(atts, "fg:w"),
                   .at = samples_of(atts, "fg:x")};
    pv_str title;

    if (mouse_title(atts, &title))
        s->pending = pv_arena_copy(&s->out->arena, title);
    else if (!s->have_title)
        return;
    box.title = s->pending;
    if (!PV_VEC_GROW(&s->out->boxes, 1)) {
        s->out->nomem = true;
        return;
    }
    s->out->boxes.at[s->out->boxes.len++] = box;
    s->have_box = true;
    s->have_title = false;
}

static void open_element(scan *s, const char *name, const char *const *atts)
{
    const char *id = attribute(atts, "id");

    s->what = NOTHING;
    pv_buf_clear(&s->text);
    if (strcmp(name, "g") == 0 || strcmp(name, "a") == 0) {
        s->have_title = s->have_box = false;
    } else if (strcmp(name, "title") == 0) {
        s->what = BOX_TITLE;
    } else if (strcmp(name, "rect") == 0) {
        add_box(s, atts);
    } else if (strcmp(name, "text") == 0) {
        s->what = !id                           ? BOX_LABEL
                  : strcmp(id, "title") == 0    ? PICTURE_TITLE
                  : strcmp(id, "subtitle") == 0 ? PICTURE_SUBTITLE
                                                : NOTHING;
    } else if (strcmp(name, "script") == 0 && id &&
               strcmp(id, "pv-data") == 0) {
        s->what = ISLAND;
    }
}

static void add_text(scan *s, const char *text, size_t n)
{
    if (s->what == ISLAND)
        pv_buf_add(&s->out->island, text, n);
    else if (s->what != NOTHING)
        pv_buf_add(&s->text, text, n);
}

static void close_element(scan *s)
{
    svg_picture *out = s->out;
    pv_str text = pv_buf_text(&s->text);

    switch (s->what) {
    case NOTHING:
    case ISLAND: break;
    case BOX_TITLE:
        s->pending = pv_arena_copy(&out->arena, text);
        s->have_title = true;
        break;
    case BOX_LABEL:
        if (s->have_box && out->boxes.len)
            out->boxes.at[out->boxes.len - 1].label =
                pv_arena_copy(&out->arena, text);
        break;
    case PICTURE_TITLE: out->title = pv_arena_copy(&out->arena, text); break;
    case PICTURE_SUBTITLE:
        out->subtitle = pv_arena_copy(&out->arena, text);
        break;
    }
    s->what = NOTHING;
}

/* ---- Expat ---------------------------------------------------------------- */

static void XMLCALL on_start(void *ctx, const XML_Char *name,
                             const XML_Char **atts)
{
    open_element(ctx, name, (const char *const *)atts);
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    (void)name;
    close_element(ctx);
}

static void XMLCALL on_text(void *ctx, const XML_Char *text, int n)
{
    add_text(ctx, text, (size_t)n);
}

/* No picture declares entities; a bomb does. */
static void XMLCALL on_entity(void *ctx, const XML_Char *name, int parameter,
                              const XML_Char *value, int n,
                              const XML_Char *base, const XML_Char *system,
                              const XML_Char *public, const XML_Char *notation)
{
    scan *s = ctx;

    (void)name, (void)parameter, (void)value, (void)n, (void)base;
    (void)system, (void)public, (void)notation;
    s->entities = true;
    XML_StopParser(s->parser, XML_FALSE);
}

static void *x_alloc(size_t n)
{
    return pv_mem_alloc(n, 1);
}

static void *x_resize(void *p, size_t n)
{
    return pv_mem_resize(p, n, 1);
}

typedef enum outcome { FINE, NOT_XML, NO_MEMORY } outcome;

static outcome parse_xml(scan *s, pv_str xml)
{
    static const XML_Memory_Handling_Suite memory = {x_alloc, x_resize,
                                                     pv_mem_free};
    enum XML_Status status = XML_STATUS_OK;
    outcome result;

    s->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (!s->parser)
        return NO_MEMORY;
    XML_SetHashSalt(s->parser, 1); /* nothing here is kept in its tables */
    XML_SetUserData(s->parser, s);
    XML_SetElementHandler(s->parser, on_start, on_end);
    XML_SetCharacterDataHandler(s->parser, on_text);
    XML_SetEntityDeclHandler(s->parser, on_entity);
    while (status == XML_STATUS_OK && xml.n) {
        size_t part = xml.n < (1u << 20) ? xml.n : 1u << 20;

        status = XML_Parse(s->parser, xml.p, (int)part, part == xml.n);
        xml = pv_str_slice(xml, part, xml.n);
    }
    result = status == XML_STATUS_OK                              ? FINE
             : XML_GetErrorCode(s->parser) == XML_ERROR_NO_MEMORY ? NO_MEMORY
                                                                  : NOT_XML;
    XML_ParserFree(s->parser);
    return result;
}

/* ---- the scanner ----------------------------------------------------------- */

enum { ATTRIBUTES = 24 };

static const struct {
    const char *name;
    size_t n;
    char c;
} entities[] = {
    {"&lt;", 4, '<'},   {"&gt;", 4, '>'},    {"&amp;", 5, '&'},
    {"&quot;", 6, '"'}, {"&apos;", 6, '\''}, {"&#39;", 5, '\''},
};

static void add_decoded(pv_buf *out, pv_str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t used = 0;

        for (size_t k = 0;
             s.p[i] == '&' && !used && k < sizeof entities / sizeof entities[0];
             k++)
            if (s.n - i >= entities[k].n &&
                memcmp(s.p + i, entities[k].name, entities[k].n) == 0) {
                pv_buf_char(out, entities[k].c);
                used = entities[k].n;
            }
        if (!used) {
            pv_buf_char(out, s.p[i]);
            used = 1;
        }
        i += used;
    }
}

static size_t find_from(pv_str s, size_t from, const char *text)
{
    pv_str rest = pv_str_slice(s, from, s.n);
    const char *at = rest.n ? memmem(rest.p, rest.n, text, strlen(text)) : NULL;

    return at ? (size_t)(at - s.p) : SIZE_MAX;
}

static char *kept(scan *s, pv_str text)
{
    pv_buf b = {0};
    pv_str copy;

    add_decoded(&b, text);
    copy = pv_arena_copy(&s->out->arena, pv_buf_text(&b));
    if (b.failed)
        s->out->nomem = true;
    pv_buf_done(&b);
    return (char *)(uintptr_t)copy.p; /* it ends in a NUL */
}

/* name="value" pairs from `at` to the tag's end; the value of an
 * onmouseover="s('...')" ends with its call, whatever quotes a name holds.
 * Returns where the tag ends. */
static size_t read_attributes(scan *s, pv_str xml, size_t at,
                              const char *atts[2 * ATTRIBUTES + 1])
{
    size_t n = 0;

    while (at < xml.n && xml.p[at] != '>') {
        size_t begin = at, end;

        while (at < xml.n && xml.p[at] != '=' && xml.p[at] != '>' &&
               xml.p[at] != ' ')
            at++;
        if (at + 1 >= xml.n || xml.p[at] != '=' || xml.p[at + 1] != '"') {
            at += at < xml.n && xml.p[at] != '>';
            continue;
        }
        end = find_from(xml, at + 2, "\"");
        if (pv_str_starts(pv_str_slice(xml, at + 2, xml.n), PV_STR("s('")))
            end = find_from(xml, at + 2, "')\"");
        if (end == SIZE_MAX)
            break;
        if (xml.p[end] == '\'')
            end += 2;
        if (n < ATTRIBUTES) {
            atts[2 * n] = kept(s, pv_str_slice(xml, begin, at));
            atts[2 * n + 1] = kept(s, pv_str_slice(xml, at + 2, end));
            n++;
        }
        at = end + 1;
    }
    atts[2 * n] = NULL;
    return at;
}

/* One element at xml[at] == '<'; returns where to go on. */
static size_t scan_element(scan *s, pv_str xml, size_t at)
{
    static const char *const names[] = {"title", "rect", "text", "g", "a"};
    const char *atts[2 * ATTRIBUTES + 1];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t n = strlen(names[i]), end, close;

        if (xml.n - at < n + 2 || memcmp(xml.p + at + 1, names[i], n) != 0 ||
            (xml.p[at + 1 + n] != ' ' && xml.p[at + 1 + n] != '>'))
            continue;
        end = read_attributes(s, xml, at + 1 + n, atts);
        open_element(s, names[i], atts);
        if (s->what == NOTHING || end >= xml.n)
            return end;
        close = find_from(xml, end + 1, "</");
        if (close == SIZE_MAX)
            return end;
        add_decoded(&s->text, pv_str_slice(xml, end + 1, close));
        close_element(s);
        return close + 1;
    }
    return at + 1;
}

static void scan_broken(scan *s, pv_str xml)
{
    size_t at = 0;

    while (!s->out->nomem && !s->out->arena.failed && at < xml.n) {
        const char *lt = memchr(xml.p + at, '<', xml.n - at);

        if (!lt)
            break;
        at = scan_element(s, xml, (size_t)(lt - xml.p));
    }
}

static void reset(svg_picture *out)
{
    out->boxes.len = 0;
    pv_buf_clear(&out->island);
    out->title = out->subtitle = (pv_str){"", 0};
}

bool svg_scan(pv_source *src, pv_str xml, svg_picture *out, bool *broken)
{
    scan s = {.out = out};
    outcome result;

    *out = (svg_picture){0};
    pv_arena_init(&out->arena, src->options->limits.memory);
    result = parse_xml(&s, xml);
    *broken = result == NOT_XML;
    if (result == NOT_XML && !s.entities) {
        reset(out);
        pv_buf_done(&s.text);
        s = (scan){.out = out};
        scan_broken(&s, xml);
    }
    if (result == NO_MEMORY || s.text.failed || out->arena.failed ||
        out->island.failed)
        out->nomem = true;
    pv_buf_done(&s.text);
    if (s.entities)
        return pv_source_fail(src, PV_E_FORMAT,
                              "an SVG that declares entities is refused");
    if (out->arena.full)
        return pv_source_fail(src, PV_E_LIMIT,
                              "its texts take more than the limit memory=%zu; "
                              "raise it by --limits memory=N",
                              out->arena.limit);
    return out->nomem ? pv_fail_nomem(src->err) : true;
}

void svg_picture_done(svg_picture *p)
{
    PV_VEC_DONE(&p->boxes);
    pv_buf_done(&p->island);
    pv_arena_done(&p->arena);
}
