/* SPDX-License-Identifier: MIT */
/* What all sinks share: sticky writing, commit or discard; and memory. */
#include "profviz/sink.h"

#include "buf.h"

#include "mem.h"

void pv_sink_write(pv_sink *s, const void *p, size_t n)
{
    if (s->first.code != PV_OK || n == 0)
        return;
    if (s->ops->write(s, p, n))
        s->written += n;
    else if (s->first.code == PV_OK)
        pv_sink_fail(s, PV_E_IO, "write failed");
}

void pv_sink_text(pv_sink *s, pv_str text)
{
    pv_sink_write(s, text.p, text.n);
}

void pv_sink_puts(pv_sink *s, const char *text)
{
    pv_sink_write(s, text, strlen(text));
}

void pv_sink_fail(pv_sink *s, pv_code code, const char *text)
{
    pv_place at = {.file = s->name};

    pv_fail(&s->first, code, &at, "%s", text);
}

bool pv_sink_close(pv_sink *s, pv_error *err)
{
    bool ok = s->first.code == PV_OK && s->ops->commit(s);

    if (!ok) {
        s->ops->discard(s);
        if (err && err->code == PV_OK)
            *err = s->first;
    }
    s->ops->release(s);
    return ok;
}

void pv_sink_discard(pv_sink *s)
{
    if (!s)
        return;
    s->ops->discard(s);
    s->ops->release(s);
}

typedef struct memory_sink {
    pv_sink base;
    pv_buf buf;
} memory_sink;

static bool memory_write(pv_sink *s, const void *p, size_t n)
{
    memory_sink *m = (memory_sink *)s;

    pv_buf_add(&m->buf, p, n);
    return m->buf.failed ? pv_fail_nomem(&s->first) : true;
}

static bool memory_commit(pv_sink *s)
{
    (void)s;
    return true;
}

static void memory_discard(pv_sink *s)
{
    (void)s;
}

static void memory_release(pv_sink *s)
{
    pv_buf_done(&((memory_sink *)s)->buf);
    pv_mem_free(s);
}

static const pv_sink_ops memory_ops = {
    .write = memory_write,
    .commit = memory_commit,
    .discard = memory_discard,
    .release = memory_release,
};

pv_sink *pv_sink_memory(pv_error *err)
{
    memory_sink *m = pv_mem_alloc(1, sizeof *m);

    if (!m) {
        pv_fail_nomem(err);
        return NULL;
    }
    m->base.ops = &memory_ops;
    m->base.name = PV_STR("(memory)");
    return &m->base;
}

pv_bytes pv_sink_memory_bytes(const pv_sink *s)
{
    pv_str t = pv_buf_text(&((const memory_sink *)s)->buf);

    return (pv_bytes){(const uint8_t *)t.p, t.n};
}
