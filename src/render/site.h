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
    /* Append the address where a function, or a line of a source file, is
     * told of elsewhere in the report, or nothing.  May be NULL. */
    void (*function)(const pv_site *s, const pv_profile *p, pv_fn fn,
                     pv_buf *href);
    void (*source)(const pv_site *s, pv_str file, uint32_t line, pv_buf *href);
    const void *ctx;
};

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
