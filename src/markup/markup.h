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
    struct {
        const char *name;
        uint64_t word;
    } open[PV_MARKUP_DEPTH];
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

/* Names that are literals of up to eight letters, as most are, travel as one
 * word too, made at compile time: they are written in one step.  0: others. */
static inline uint64_t pv_name_word(const char *name)
{
    uint64_t word = 0;

    if (__builtin_constant_p(__builtin_strlen(name)) &&
        __builtin_strlen(name) <= sizeof word)
        memcpy(&word, name, __builtin_strlen(name));
    return word;
}

void pv_markup_open_word(pv_markup *m, const char *element, uint64_t word);
void pv_markup_attr_word(pv_markup *m, const char *name, uint64_t word,
                         pv_str value);
void pv_markup_cpx_word(pv_markup *m, const char *name, uint64_t word,
                        int64_t value);
void pv_markup_rgb_word(pv_markup *m, const char *name, uint64_t word,
                        uint32_t rgb);
void pv_markup_begin_word(pv_markup *m, const char *name, uint64_t word);

/* `element` and `name` are trusted names; `element` must live until shut. */
static inline void pv_markup_open(pv_markup *m, const char *element)
{
    pv_markup_open_word(m, element, pv_name_word(element));
}
void pv_markup_shut(pv_markup *m);

/* Only straight after pv_markup_open or another attribute. */
static inline void pv_markup_attr(pv_markup *m, const char *name, pv_str value)
{
    pv_markup_attr_word(m, name, pv_name_word(name), value);
}
static inline void pv_markup_attrs(pv_markup *m, const char *name,
                                   const char *value)
{
    pv_markup_attr(m, name, pv_str_of(value));
}
void pv_markup_attr_int(pv_markup *m, const char *name, int64_t value);
/* A length in hundredths: 1250 is written "12.5". */
static inline void pv_markup_attr_cpx(pv_markup *m, const char *name,
                                      int64_t value)
{
    pv_markup_cpx_word(m, name, pv_name_word(name), value);
}
/* A colour: 0xfbbc68 is written "#fbbc68". */
static inline void pv_markup_attr_rgb(pv_markup *m, const char *name,
                                      uint32_t rgb)
{
    pv_markup_rgb_word(m, name, pv_name_word(name), rgb);
}

/* An attribute in pieces: begin, any number of pieces, end. Lengths in pieces
 * are written without a leading zero: ".5". */
static inline void pv_markup_attr_begin(pv_markup *m, const char *name)
{
    pv_markup_begin_word(m, name, pv_name_word(name));
}
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
/* Does it stand for itself everywhere, in JSON between quotes too?  For those
 * who gather pieces. */
bool pv_markup_plain(pv_str text);

#endif
