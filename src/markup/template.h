/* SPDX-License-Identifier: MIT */
/* Pages from templates: well-formed XML with directives.
 *
 *   pv:each="x in path"      this element once for each item
 *   pv:if, pv:unless="path"  kept only if true (not zero, not empty) / false;
 *                            with pv:each it is asked for each item
 *   pv:text="path | notation"  what stands in the element; its own children
 *                            are a mock-up
 *   pv:fragment="path"       the datum writes itself into the element
 *   pv:include="file"        a style sheet or script, whole
 *   at:NAME="path | notation"  the attribute NAME; a bool one is there or not
 *   <pv:block>               carries directives, writes no tag
 *
 * A path begins with a loop's variable, with the root type's name or with one
 * of the root's fields.  Everything is checked against the record types when
 * the template is compiled; a page is then written by pv_markup calls alone.
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "arena.h"
#include "record.h"

typedef struct pv_template pv_template;

/* Where pv:include finds files; false: there is none of that name. */
typedef struct pv_includes {
    bool (*find)(void *ctx, pv_str name, pv_bytes *out);
    void *ctx;
} pv_includes;

/* The template lives in the arena and borrows what `includes` finds, and the
 * types.  `name` is for messages: "flame.html:14:9: page has no field 'x'".
 * NULL and *err on a mistake. */
PV_MUST_USE pv_template *pv_template_compile(pv_arena *a, pv_str name,
                                             pv_bytes xml,
                                             const pv_record_type *root,
                                             const pv_includes *includes,
                                             pv_error *err);

/* Writes the page; failures show at the sink of `out`. */
void pv_template_expand(const pv_template *t, const void *root, pv_markup *out);

/* Only what stands in its <body>, for a page that becomes a section of
 * another document. */
void pv_template_expand_body(const pv_template *t, const void *root,
                             pv_markup *out);

/* Of links that open an editor; ends in NULL. */
extern const char *const pv_editor_schemes[];

#endif
