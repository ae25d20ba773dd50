/* SPDX-License-Identifier: MIT */
/* Bytes into a markup's buffer, as they are; of the markup's own files. */
#ifndef MARKUP_PUT_H
#define MARKUP_PUT_H

#include "markup.h"

static inline void pv_put_flush(pv_markup *m)
{
    if (m->used)
        pv_sink_write(m->out, m->buffer, m->used);
    m->used = 0;
}

static inline void pv_put(pv_markup *m, const char *p, size_t n)
{
    if (n > sizeof m->buffer - m->used)
        pv_put_flush(m);
    if (n > sizeof m->buffer) {
        pv_sink_write(m->out, p, n);
        return;
    }
    if (n)
        memcpy(m->buffer + m->used, p, n);
    m->used += n;
}

/* Where at least `n` bytes can be written; pv_put_end tells up to where they
 * were. */
static inline char *pv_put_begin(pv_markup *m, size_t n)
{
    if (n > sizeof m->buffer - m->used)
        pv_put_flush(m);
    return m->buffer + m->used;
}

static inline void pv_put_end(pv_markup *m, const char *at)
{
    m->used = (size_t)(at - m->buffer);
}

/* How many letters a word of pv_name_word has. */
static inline size_t pv_word_len(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return 8 - (size_t)__builtin_clzll(word) / 8;
#else
    return 8 - (size_t)__builtin_ctzll(word) / 8;
#endif
}

/* For names and signs: their length need not be known. */
static inline void pv_put_name(pv_markup *m, const char *s)
{
    char *at = m->buffer + m->used;
    const char *end = m->buffer + sizeof m->buffer;

    while (*s && at < end)
        *at++ = *s++;
    m->used = (size_t)(at - m->buffer);
    if (*s)
        pv_put(m, s, strlen(s));
}

static inline void pv_put_char(pv_markup *m, char c)
{
    if (m->used == sizeof m->buffer)
        pv_put_flush(m);
    m->buffer[m->used++] = c;
}

#endif
