/* SPDX-License-Identifier: MIT */
/* Where a page stands in a report: what pv_job's `site` says.
 *
 * A page of a site has no <style>, no inline script and no `style` attribute:
 * it links to the shared files.  A section of a single file is the <body> of
 * the page alone, and all its ids begin with `prefix`.  Without a site a page
 * carries its style and script itself.
 */
#ifndef SITE_H
#define SITE_H

#include "arena.h"
#include "buf.h"
#include "profviz/renderer.h"
#include "record.h"
#include "template.h"

typedef struct pv_link {
    pv_str text, href;
} pv_link;

/* A template that stands in for an embedded one of its name. */
typedef struct pv_override {
    pv_str name, xml;
} pv_override;

/* A function as a row of a table has it. */
typedef struct pv_site_function {
    pv_str name, file;
    uint32_t line; /* where it is defined; 0: not known */
    bool nameless; /* a line of a file, not a function */
    bool gone;     /* it was there before: no line of now is its */
} pv_site_function;

enum { PV_SITE_LINKS = 8 };

/* Where a function is told of: texts that live until the next one is. */
typedef struct pv_site_links {
    pv_buf text;
    size_t ends[PV_SITE_LINKS][2]; /* of a text and its address */
    pv_link at[PV_SITE_LINKS];
    size_t len, begin, source_end;
    pv_str source; /* where it is defined; empty: nowhere */
} pv_site_links;

struct pv_site {
    const pv_override *overrides;
    size_t overrides_len;
    pv_str css, js, icon;  /* addresses of the shared files */
    pv_str prefix;         /* of ids, ends in '-'; empty: not a section */
    const pv_link *crumbs; /* the way up from here */
    size_t crumbs_len;
    const pv_link *also; /* other pages about the same */
    size_t also_len;
    const pv_link *around; /* previous and next of the kind */
    size_t around_len;
    /* Adds where else in the report a function is told of.  May be NULL. */
    void (*find)(const pv_site *s, const pv_site_function *f,
                 pv_site_links *to);
    const void *ctx;
};

/* Finds anew; nothing without a site.  pv_site_links_done in the end. */
void pv_site_find(pv_site_links *l, const pv_site *s,
                  const pv_site_function *f);
void pv_site_links_done(pv_site_links *l);
/* The same by hand: what is between them adds links. */
void pv_site_begin(pv_site_links *l);
void pv_site_end(pv_site_links *l);
/* For `find`: the text was put into l->text; after `word` its address is. */
void pv_site_link_word(pv_site_links *l);
void pv_site_link_end(pv_site_links *l);
/* The address put into l->text is that of its source line. */
void pv_site_link_source(pv_site_links *l);
/* The list of links, for a template; of texts and hrefs. */
pv_datum pv_site_links_datum(const pv_site_links *l);

static inline bool pv_site_section(const pv_site *s)
{
    return s && s->prefix.n > 0;
}

extern const pv_record_type pv_link_type;
/* For the field `site` of a page's record; fields: the fragment
 * `head` (links to the shared files), and the lists crumbs, also, around of
 * text and href. */
extern const pv_record_type pv_site_type;
pv_datum pv_site_datum(const pv_job *job);

/* Compiles an embedded template (or the one of the same name that --template
 * gave) and writes it: whole, or its body as a section. */
bool pv_page_write(const pv_job *job, const char *name,
                   const pv_record_type *type, const void *root, pv_arena *a,
                   pv_sink *out, pv_error *err);

#endif
