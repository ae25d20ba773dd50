/* SPDX-License-Identifier: MIT */
/* Where output goes: whole or not at all.
 *
 * A sink is sticky: after a failure writes do nothing, and pv_sink_close
 * reports the first one.  A file sink writes a temporary file beside the
 * target (its name starts with '.') and renames it on close; a target that
 * exists and is no regular file is written directly.
 */
#ifndef PROFVIZ_SINK_H
#define PROFVIZ_SINK_H

#include "profviz/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pv_sink pv_sink;

typedef struct pv_sink_ops {
    bool (*write)(pv_sink *s, const void *p, size_t n); /* sets s->first */
    bool (*commit)(pv_sink *s);
    void (*discard)(pv_sink *s); /* leaves nothing behind */
    void (*release)(pv_sink *s); /* frees the sink itself */
} pv_sink_ops;

struct pv_sink {
    const pv_sink_ops *ops;
    pv_str name;
    uint64_t written;
    pv_error first; /* sticky; code == PV_OK while healthy */
};

PV_MUST_USE PV_API pv_sink *pv_sink_file(const char *path, pv_error *err);
/* An open descriptor (stdout); not closed. */
PV_MUST_USE PV_API pv_sink *pv_sink_fd(int fd, pv_str name, pv_error *err);
/* Growing memory; the bytes live until the sink is closed or discarded. */
PV_MUST_USE PV_API pv_sink *pv_sink_memory(pv_error *err);
PV_API pv_bytes pv_sink_memory_bytes(const pv_sink *s);
/* gzip on top of another sink, which it takes over; no time in its header. */
PV_MUST_USE PV_API pv_sink *pv_sink_deflate(pv_sink *below, int level,
                                            pv_error *err);

PV_API void pv_sink_write(pv_sink *s, const void *p, size_t n);
PV_API void pv_sink_text(pv_sink *s, pv_str text);
PV_API void pv_sink_puts(pv_sink *s, const char *text);
/* Marks the sink as failed; kept when it failed before. */
PV_API void pv_sink_fail(pv_sink *s, pv_code code, const char *text);

/* Commit (or discard when it failed) and free.  False and *err on failure. */
PV_MUST_USE PV_API bool pv_sink_close(pv_sink *s, pv_error *err);
PV_API void pv_sink_discard(pv_sink *s); /* drop and free; accepts NULL */

#ifdef __cplusplus
}
#endif
#endif
