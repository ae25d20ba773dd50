/* SPDX-License-Identifier: MIT */
/* The rows of a sheet: lines, headings of functions, gaps. */
#include "source_sheet.h"

static void add(pv_sheet *s, pv_sheet_row row)
{
    row.sheet = s;
    s->rows[s->rows_len++] = row;
}

/* What a heading would say is in the line itself in call profiles, and module
 * code has no place for one. */
static bool has_heading(const pv_sheet *s, const pv_sheet_function *f)
{
    pv_line_kind kind = s->book->inputs[s->functions_input].t->kind;

    return kind != PV_LINES_OF_PROFILE && f->line > 0 &&
           (f->def || kind != PV_LINES_OF_STACKS);
}

/* Headings of functions that begin up to `line`, from *next on. */
static void add_heads(pv_sheet *s, uint32_t *next, uint32_t line)
{
    for (; *next < s->functions_len && s->functions[*next].line <= line;
         (*next)++)
        if (has_heading(s, &s->functions[*next]))
            add(s, (pv_sheet_row){.kind = PV_ROW_HEAD,
                                  .function = *next,
                                  .line = line,
                                  .data = UINT32_MAX});
}

static void add_line(pv_sheet *s, uint32_t line, uint32_t data)
{
    bool inside = line >= 1 && line <= s->text.len;
    bool known = data != UINT32_MAX && s->lines[data].known;

    add(s, (pv_sheet_row){.kind = PV_ROW_LINE,
                          .line = line,
                          .data = data,
                          .never = inside && !known &&
                                   s->outline.counted[line - 1]});
}

static void all_lines(pv_sheet *s, uint32_t *function, uint32_t *data)
{
    for (uint32_t line = 1; line <= s->text.len; line++) {
        while (*data < s->lines_len && s->lines[*data].line < line)
            (*data)++; /* line 0 */
        add_heads(s, function, line);
        add_line(s, line,
                 *data < s->lines_len && s->lines[*data].line == line
                     ? *data
                     : UINT32_MAX);
    }
    while (*data < s->lines_len && s->lines[*data].line <= s->text.len)
        (*data)++;
}

/* Lines with figures alone, those behind the end of the text too. */
static void known_lines(pv_sheet *s, uint32_t *function, uint32_t *data)
{
    uint32_t next = s->text.len + 1;

    for (; *data < s->lines_len; (*data)++) {
        uint32_t line = s->lines[*data].line;

        add_heads(s, function, line);
        if (line > next)
            add(s, (pv_sheet_row){.kind = PV_ROW_GAP,
                                  .line = line - next,
                                  .data = UINT32_MAX});
        add_line(s, line, *data);
        next = line + 1;
    }
    add_heads(s, function, UINT32_MAX);
}

static bool cut_blocks(pv_sheet *s)
{
    uint32_t size = s->rows_len > PV_SHEET_LONG ? PV_SHEET_BLOCK : s->rows_len;

    if (size == 0)
        return true;
    s->blocks = PV_NEW_N(&s->a, pv_sheet_block, (size_t)s->rows_len / size + 1);
    if (!s->blocks)
        return false;
    for (uint32_t i = 0; i < s->rows_len; i += size)
        s->blocks[s->blocks_len++] = (pv_sheet_block){
            s, i, s->rows_len - i < size ? s->rows_len : i + size};
    return true;
}

bool pv_sheet_rows(pv_sheet *s)
{
    uint32_t function = 0, data = 0;

    s->rows = PV_NEW_N(&s->a, pv_sheet_row,
                       (size_t)s->text.len + (size_t)s->lines_len * 2 +
                           s->functions_len + 1);
    if (!s->rows)
        return false;
    all_lines(s, &function, &data);
    known_lines(s, &function, &data);
    return cut_blocks(s);
}
