/* SPDX-License-Identifier: MIT */
/* gzip on top of another sink: .svgz.  No name and no time in the header, so
 * that the same picture gives the same bytes. */
#include "profviz/sink.h"

#include <zlib.h>

#include "zmem.h"

enum { ROOM = 1 << 15 };

typedef struct deflate_sink {
    pv_sink base;
    pv_sink *below;
    z_stream z;
    bool open;
    uint8_t room[ROOM];
} deflate_sink;

static bool run(deflate_sink *d, const void *p, size_t n, int flush)
{
    int z;

    d->z.next_in = (Bytef *)(uintptr_t)p; /* zlib's API is not const */
    d->z.avail_in = (uInt)n;
    do {
        d->z.next_out = d->room;
        d->z.avail_out = ROOM;
        z = deflate(&d->z, flush);
        if (z == Z_STREAM_ERROR)
            return pv_fail(&d->base.first, PV_E_BUG, NULL, "deflate failed");
        pv_sink_write(d->below, d->room, ROOM - d->z.avail_out);
    } while (d->z.avail_out == 0 || (flush == Z_FINISH && z != Z_STREAM_END));
    if (d->below->first.code != PV_OK)
        d->base.first = d->below->first;
    return d->base.first.code == PV_OK;
}

static bool deflate_write(pv_sink *s, const void *p, size_t n)
{
    deflate_sink *d = (deflate_sink *)s;
    const uint8_t *at = p;

    for (; n > 0;) {
        size_t part = n < (1u << 30) ? n : 1u << 30;

        if (!run(d, at, part, Z_NO_FLUSH))
            return false;
        at += part;
        n -= part;
    }
    return true;
}

static bool deflate_commit(pv_sink *s)
{
    deflate_sink *d = (deflate_sink *)s;
    pv_sink *below = d->below;

    if (!run(d, "", 0, Z_FINISH))
        return false;
    d->below = NULL;
    return pv_sink_close(below, &s->first);
}

static void deflate_discard(pv_sink *s)
{
    deflate_sink *d = (deflate_sink *)s;

    pv_sink_discard(d->below);
    d->below = NULL;
}

static void deflate_release(pv_sink *s)
{
    deflate_sink *d = (deflate_sink *)s;

    if (d->open)
        deflateEnd(&d->z);
    pv_mem_free(d);
}

static const pv_sink_ops deflate_ops = {
    .write = deflate_write,
    .commit = deflate_commit,
    .discard = deflate_discard,
    .release = deflate_release,
};

pv_sink *pv_sink_deflate(pv_sink *below, int level, pv_error *err)
{
    deflate_sink *d = pv_mem_alloc(1, sizeof *d);

    if (d) {
        d->z = (z_stream){.zalloc = pv_z_alloc, .zfree = pv_z_free};
        d->open = deflateInit2(&d->z, level, Z_DEFLATED, 16 + MAX_WBITS, 8,
                               Z_DEFAULT_STRATEGY) == Z_OK;
    }
    if (!d || !d->open) {
        pv_mem_free(d);
        pv_sink_discard(below);
        pv_fail_nomem(err);
        return NULL;
    }
    d->base.ops = &deflate_ops;
    d->base.name = below->name;
    d->below = below;
    return &d->base;
}
