/* SPDX-License-Identifier: MIT */
/* --link-template: where source lines are opened, in an editor or a forge.
 *
 * A pattern has {path} or {file}, and perhaps {line} and {revision}; what is
 * put there is percent-encoded.  Only http, https and the schemes of editors
 * that are known are taken: a link never runs anything in a page.
 */
#ifndef LINK_TEMPLATE_H
#define LINK_TEMPLATE_H

#include "buf.h"
#include "profviz/error.h"

typedef struct pv_link_template {
    pv_str pattern;    /* empty: there is none */
    pv_str repository; /* of "github:OWNER/NAME" */
    pv_str revision;
} pv_link_template;

/* What is known of a file; each may be empty. */
typedef struct pv_link_file {
    pv_str file; /* its whole path */
    pv_str path; /* below the directory of sources */
} pv_link_file;

/* PV_E_USAGE with what is wrong.  Texts are kept, not copied. */
bool pv_link_template_parse(pv_link_template *t, pv_str text, pv_str revision,
                            pv_error *err);
/* Appends the address, or nothing where the pattern asks for what is not
 * known. */
void pv_link_template_put(const pv_link_template *t, const pv_link_file *f,
                          uint32_t line, pv_buf *out);

#endif
