/* SPDX-License-Identifier: MIT */
/* Texts, frames and tracebacks of a snapshot that is read straight from the
 * bytes: what its memo is kept for. */
#include "py_text.h"
#include "tracemalloc_quick.h"

bool quick_wide_int(quick_snapshot *s, int64_t *out)
{
    unsigned n = s->w.p[1];
    uint64_t v = 0;

    if (n == 0 || n > 8)
        return false;
    for (unsigned i = n; i-- > 0;)
        v = v << 8 | s->w.p[2 + i];
    s->w.p += 2 + n;
    *out = (int64_t)(v << (64 - 8 * n)) >> (64 - 8 * n);
    return true;
}

/* MEMOIZE of something that is to be found again. */
static bool memoize(quick_snapshot *s, unsigned kind, size_t payload)
{
    size_t more = s->memoized - s->memo.len + 1;

    if (!quick_is_op(s, 0x94) || payload >= UINT32_MAX / 4 ||
        s->memoized == UINT32_MAX || !PV_VEC_GROW(&s->memo, more))
        return false;
    memset(s->memo.at + s->memo.len, 0, more * sizeof *s->memo.at);
    s->memo.len += more;
    s->memo.at[s->memoized++] = (uint32_t)payload << 2 | kind;
    return true;
}

static bool take_text(quick_snapshot *s, pv_str *out)
{
    uint32_t n;

    if (quick_is_op(s, 0x8c)) {
        n = *s->w.p++;
    } else if (quick_is_op(s, 'X')) {
        n = pv_u32_at(s->w.p);
        s->w.p += 4;
    } else {
        return false;
    }
    if (s->w.p > s->w.end || n > (size_t)(s->w.end - s->w.p))
        return false;
    *out = (pv_str){(const char *)s->w.p, n};
    s->w.p += n;
    return true;
}

bool quick_is_text(quick_snapshot *s, pv_str want)
{
    pv_str text;

    return take_text(s, &text) && pv_str_equal(text, want) &&
           quick_memoize_nothing(s);
}

/* ---- tracebacks ---- */

static bool new_text(quick_snapshot *s, uint32_t *value)
{
    pv_str text;
    pv_sym name;

    if (!take_text(s, &text) || !pv_py_utf8(text))
        return false;
    name = pv_build_name(s->b, text);
    *value = name.i << 2 | QUICK_NAME;
    return memoize(s, QUICK_NAME, name.i);
}

/* A frame, or the traceback that a value of the memo is. */
static bool read_part(quick_snapshot *s, uint32_t *value)
{
    int64_t line;
    quick_frame f = {0};

    if (!quick_read_get(s, value) && !new_text(s, value))
        return false;
    if ((*value & 3) != QUICK_NAME)
        return true;
    f.file.i = *value >> 2;
    if (!quick_read_int(s, &line) || line < 0 || line > UINT32_MAX ||
        !quick_is_op(s, 0x86) || !PV_VEC_GROW(&s->frames, 1))
        return false;
    f.line = (uint32_t)line;
    s->frames.at[s->frames.len] = f;
    *value = (uint32_t)s->frames.len << 2 | QUICK_FRAME;
    return memoize(s, QUICK_FRAME, s->frames.len++);
}

static bool add_part(quick_snapshot *s, quick_traceback *t, uint32_t value)
{
    if ((value & 3) != QUICK_FRAME || t->len >= s->depth ||
        !PV_VEC_GROW(&s->path, 1))
        return false;
    s->path.at[s->path.len++] = value >> 2;
    t->len++;
    return true;
}

/* Does the tuple of a traceback's frames end here? */
static bool closes(quick_snapshot *s, bool marked, uint32_t len)
{
    if (marked)
        return quick_is_op(s, 't');
    return len <= 3 && quick_is_op(s, (uint8_t)(0x84 + len));
}

static bool end_traceback(quick_snapshot *s, const quick_traceback *t,
                          uint32_t *out)
{
    if (t->len == 0 || !PV_VEC_GROW(&s->tracebacks, 1))
        return false;
    *out = (uint32_t)s->tracebacks.len;
    s->tracebacks.at[s->tracebacks.len++] = *t;
    return memoize(s, QUICK_TRACEBACK, *out);
}

bool quick_read_traceback(quick_snapshot *s, uint32_t *out)
{
    quick_traceback t = {.first = (uint32_t)s->path.len,
                         .here = {.next = QUICK_NONE}};
    bool marked = quick_is_op(s, '(');
    uint32_t value;

    if (s->path.len > UINT32_MAX / 2 || !read_part(s, &value))
        return false;
    if (!marked && (value & 3) == QUICK_TRACEBACK) {
        *out = value >> 2;
        return true;
    }
    do {
        if (!add_part(s, &t, value))
            return false;
        if (closes(s, marked, t.len))
            return end_traceback(s, &t, out);
    } while (read_part(s, &value));
    return false;
}
