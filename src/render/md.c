/* SPDX-License-Identifier: MIT */
/* Names in Markdown tables. */
#include "md.h"

#include "utf8.h"

static size_t longest_run(pv_str s, char c)
{
    size_t best = 0, run = 0;

    for (size_t i = 0; i < s.n; i++) {
        run = s.p[i] == c ? run + 1 : 0;
        if (run > best)
            best = run;
    }
    return best;
}

/* What turns text around is named.  '|' parts cells even in code spans; "\|" does not, unless the backslash
 * itself is escaped: there a broken bar stands in. */
void pv_md_text(pv_buf *out, pv_str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        int32_t cp = pv_utf8_next(text, &i);

        if (pv_is_bidi(cp))
            pv_buf_format(out, "[U+%04X]", (unsigned)cp);
        else if (cp != '|')
            pv_buf_add(out, text.p + from, i - from);
        else if (from > 0 && text.p[from - 1] == '\\')
            pv_buf_puts(out, "\u00a6");
        else
            pv_buf_puts(out, "\\|");
    }
}

static void fence(pv_buf *out, size_t n)
{
    while (n-- > 0)
        pv_buf_char(out, '`');
}

static void put_code(pv_buf *out, pv_str name, bool cell)
{
    pv_buf clean = {0};
    size_t ticks;
    bool pad;
    pv_str s;

    pv_clean(&clean, name);
    s = pv_buf_text(&clean);
    ticks = longest_run(s, '`') + 1;
    /* A span gives up one blank on both sides when both are there. */
    pad = s.n > 0 && (s.p[0] == '`' || s.p[s.n - 1] == '`' ||
                      (s.p[0] == ' ' && s.p[s.n - 1] == ' '));
    if (s.n > 0) {
        fence(out, ticks);
        if (pad)
            pv_buf_char(out, ' ');
        if (cell)
            pv_md_text(out, s);
        else
            pv_buf_str(out, s);
        if (pad)
            pv_buf_char(out, ' ');
        fence(out, ticks);
    }
    out->failed |= clean.failed;
    pv_buf_done(&clean);
}

void pv_md_code(pv_buf *out, pv_str name)
{
    put_code(out, name, true);
}

void pv_md_span(pv_buf *out, pv_str name)
{
    put_code(out, name, false);
}
