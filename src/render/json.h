/* SPDX-License-Identifier: MIT */
/* Strict JSON into a sink: RFC 8259, UTF-8, no float text of our own.
 *
 *     pv_json j = PV_JSON(out);
 *     pv_json_object(&j);
 *     pv_json_key(&j, "profviz");
 *     pv_json_int(&j, 1);
 *     pv_json_end(&j);
 *     pv_json_done(&j);
 *
 * Commas come by themselves.  Nesting is what our own code nests, never what
 * an input nests: PV_JSON_DEPTH levels.
 */
#ifndef JSON_H
#define JSON_H

#include "profviz/sink.h"

enum { PV_JSON_DEPTH = 12 };

typedef struct pv_json {
    pv_sink *out;
    unsigned depth;
    bool keyed; /* a key was written: its value follows */
    bool line;  /* the next item starts on a line of its own */
    struct {
        char close; /* ']' or '}' */
        bool some;  /* an item was written */
        bool lines; /* its items stand on lines */
    } level[PV_JSON_DEPTH];
} pv_json;
#define PV_JSON(sink) ((pv_json){.out = (sink)})

void pv_json_object(pv_json *j);
void pv_json_array(pv_json *j);
/* Ends the innermost object or array. */
void pv_json_end(pv_json *j);
/* The next item of the innermost object or array starts a line. */
void pv_json_line(pv_json *j);
void pv_json_key(pv_json *j, const char *key);
void pv_json_key_str(pv_json *j, pv_str key);
/* Bytes that are not UTF-8 become U+FFFD. */
void pv_json_text(pv_json *j, pv_str text);
void pv_json_int(pv_json *j, int64_t v);
void pv_json_bool(pv_json *j, bool v);
void pv_json_null(pv_json *j);
/* Digits that are a JSON number already. */
void pv_json_number(pv_json *j, pv_str digits);
/* Ends what is open, and the last line. */
void pv_json_done(pv_json *j);

#endif
