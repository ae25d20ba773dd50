/* SPDX-License-Identifier: MIT */
/* The only code that writes '<': XML and HTML5 into a sink.
 *
 * Text of any origin may be passed everywhere: it is escaped for the place it
 * stands in, and what XML 1.0 or HTML forbid (control characters, bytes that
 * are no UTF-8, noncharacters) becomes U+FFFD.  There is deliberately no raw
 * call.  Sticky: a failure shows at the sink.
 */
#ifndef MARKUP_H
#define MARKUP_H

#include "profviz/sink.h"

typedef enum pv_dialect { PV_XML, PV_HTML5 } pv_dialect;

enum { PV_MARKUP_DEPTH = 96, PV_MARKUP_BUFFER = 16384 };

typedef struct pv_markup {
    pv_sink *out;
    pv_dialect dialect;
    bool in_tag; /* a start tag waits for its '>' */
    bool in_cdata;
    bool in_code;      /* straight inside a <script> or <style> */
    unsigned brackets; /* ']' written last in CDATA, up to 2 */
    unsigned depth;    /* open elements */
    unsigned foreign;  /* depth of the outermost <svg> in HTML, or 0 */
    size_t used;
    /* Ends in '-'; stands before every id and every reference to one that an
     * attribute is given whole, so that several pages fit one document.  A
     * link "#x=y" (a state) becomes "#PREFIX&x=y" without the '-'; one that
     * begins with "##" is left alone but for the first '#'. */
    pv_str prefix;
    const char *open[PV_MARKUP_DEPTH];
    char buffer[PV_MARKUP_BUFFER];
} pv_markup;

/* Begins without a prologue; the sink stays the caller's. */
void pv_markup_init(pv_markup *m, pv_sink *out, pv_dialect dialect);
/* The XML declaration or the HTML doctype. */
void pv_markup_prologue(pv_markup *m);
/* Hands over what is buffered. Elements left open are a bug of the caller. */
void pv_markup_done(pv_markup *m);
/* The same inside open elements, so that others may write to the sink. */
void pv_markup_flush(pv_markup *m);

/* `element` and `name` are trusted names; `element` must live until shut. */
void pv_markup_open(pv_markup *m, const char *element);
void pv_markup_shut(pv_markup *m);

/* Only straight after pv_markup_open or another attribute. */
void pv_markup_attr(pv_markup *m, const char *name, pv_str value);
void pv_markup_attrs(pv_markup *m, const char *name, const char *value);
void pv_markup_attr_int(pv_markup *m, const char *name, int64_t value);
/* A length in hundredths: 1250 is written "12.5". */
void pv_markup_attr_cpx(pv_markup *m, const char *name, int64_t value);

/* A colour: 0xfbbc68 is written "#fbbc68". */
void pv_markup_attr_rgb(pv_markup *m, const char *name, uint32_t rgb);

/* An attribute in pieces: begin, any number of pieces, end. Lengths in pieces
 * are written without a leading zero: ".5". */
void pv_markup_attr_begin(pv_markup *m, const char *name);
void pv_markup_attr_more(pv_markup *m, pv_str piece);
void pv_markup_attr_more_cpx(pv_markup *m, int64_t value);
void pv_markup_attr_end(pv_markup *m);

void pv_markup_text(pv_markup *m, pv_str text);

/* The contents of a <style> or executable <script>: CDATA in XML (with ]]>
 * split), as it is in HTML, where "</" and "<!--" make the sink fail. */
void pv_markup_verbatim(pv_markup *m, pv_str code);

/* Pieces of JSON inside a <script type="application/json">: < > & become
 * \u003c and so on, so that they fit both dialects. */
void pv_markup_json(pv_markup *m, pv_str json);
/* A whole JSON string with its quotes. */
void pv_markup_json_string(pv_markup *m, pv_str text);

#endif
