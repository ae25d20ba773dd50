/* SPDX-License-Identifier: MIT */
/* What went wrong and where; and where warnings go.
 *
 * A pv_error is a plain value that the caller owns.  Texts are sentence
 * fragments in lower case without a final dot, printable UTF-8, at most 60
 * bytes of quoted input in each.
 */
#ifndef PROFVIZ_ERROR_H
#define PROFVIZ_ERROR_H

#include "profviz/str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pv_code {
    PV_OK = 0,
    PV_E_USAGE,       /* the caller asked for something impossible */
    PV_E_IO,          /* the system said no; pv_error.sys is errno */
    PV_E_FORMAT,      /* the input is not what its format promises */
    PV_E_UNSUPPORTED, /* valid input, but of a kind that is not read */
    PV_E_LIMIT,       /* a bound of pv_limits was reached */
    PV_E_NOMEM,
    PV_E_BUG /* our own invariant broke */
} pv_code;

/* A place in an input.  `line` 0: not known or not text, then `offset` counts
 * if `has_offset`. */
typedef struct pv_place {
    pv_str file;     /* as the caller spelled it; borrowed */
    uint64_t offset; /* byte offset in the decompressed input */
    uint32_t line;   /* 1-based; 0 = no line */
    uint32_t column; /* 1-based, in bytes; 0 = the line as a whole */
    bool has_offset;
} pv_place;

typedef struct pv_error {
    pv_code code;
    int sys;
    pv_place at;
    char text[360];
} pv_error;

/* All fill *err (which may be NULL) and return false, so that
 * `return pv_fail(...)` reads well.  `at` may be NULL.  A first error is kept:
 * an *err that already holds a code is left as it is. */
PV_API bool pv_fail(pv_error *err, pv_code code, const pv_place *at,
                    const char *fmt, ...) PV_PRINTF(4, 5);
/* From errno; `path` becomes the place. */
PV_API bool pv_fail_sys(pv_error *err, pv_str path);
PV_API bool pv_fail_nomem(pv_error *err);

/* The one line that people see: "FILE:LINE:COL: text", "FILE@0xOFFSET: text"
 * or "FILE: text", made printable.  Returns its length (as snprintf). */
PV_API size_t pv_error_format(const pv_error *err, char *out, size_t size);

/* Exit status of cli.md for a code. */
PV_API int pv_exit_status(pv_code code);

/* Copies up to `max` bytes of `s` in printable form (control bytes and bytes
 * that are not UTF-8 become \xNN) with ".." when cut; for quoting input in
 * errors.  `out` has room for `size`, always NUL-terminated.  Returns out. */
PV_API char *pv_printable(pv_str s, size_t max, char *out, size_t size);
#define PV_QUOTE_MAX 60
#define PV_QUOTE(s)  pv_printable((s), PV_QUOTE_MAX, (char[256]){0}, 256)

/* Where warnings go; never decides control flow by itself.  `say` may be NULL.
 * A reader under `strict` turns its first warning into an error itself. */
typedef struct pv_log {
    void (*say)(void *ctx, const pv_place *at, pv_str text);
    void *ctx;
} pv_log;

PV_API void pv_log_say(const pv_log *log, const pv_place *at, const char *fmt,
                       ...) PV_PRINTF(3, 4);

#ifdef __cplusplus
}
#endif
#endif
