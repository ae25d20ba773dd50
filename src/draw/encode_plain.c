/* SPDX-License-Identifier: MIT */
/* Scenes as text, one line per item, for golden tests. */
#include "encode.h"
#include "number.h"
#include "utf8.h"

static void put_length(pv_buf *line, pv_cpx v)
{
    char text[PV_NUMBER_MAX];

    pv_buf_char(line, ' ');
    pv_buf_add(line, text, pv_write_decimal(text, v, 2));
}

static void put_box(pv_buf *line, pv_box b)
{
    put_length(line, b.x);
    put_length(line, b.y);
    put_length(line, b.w);
    put_length(line, b.h);
}

/* Line ends inside a text would look like further items. */
static void put_text(pv_buf *line, pv_str text)
{
    size_t end;

    pv_buf_puts(line, " \"");
    while ((end = pv_str_find(text, '\n')) != SIZE_MAX) {
        pv_clean(line, pv_str_slice(text, 0, end));
        pv_buf_puts(line, " | ");
        text = pv_str_slice(text, end + 1, text.n);
    }
    pv_clean(line, text);
    pv_buf_char(line, '"');
}

static void put_name(pv_buf *line, const char *kind, const pv_scene *s,
                     const pv_item *it)
{
    const pv_paint *p = &s->paints.at[it->paint];

    pv_buf_puts(line, kind);
    if (it->id)
        pv_buf_format(line, " #%s", it->id);
    if (it->flags & PV_ITEM_BARE || it->shape == PV_CLOSE)
        return;
    if (p->name[0])
        pv_buf_format(line, " .%s", p->name);
    else
        pv_buf_format(line, " %06x", (unsigned)p->light);
}

static void put_spots(pv_buf *line, const pv_item *it)
{
    if (it->shape == PV_LINE)
        put_length(line, it->thick);
    for (size_t i = 0; i < it->spots_len; i++) {
        pv_buf_puts(line, i ? "," : it->dash ? " dashed" : "");
        put_length(line, it->spots[i].x);
        put_length(line, it->spots[i].y);
    }
}

static void put_item(pv_buf *line, const pv_scene *s, const pv_item *it)
{
    static const char *const kinds[] = {
        [PV_RECT] = "rect", [PV_TEXT] = "text",   [PV_BOXES] = "boxes",
        [PV_OPEN] = "open", [PV_CLOSE] = "close", [PV_LINE] = "line",
        [PV_AREA] = "area", [PV_DOT] = "dot",     [PV_FRAME] = "open",
    };

    put_name(line, kinds[it->shape], s, it);
    switch ((pv_shape)it->shape) {
    case PV_RECT: put_box(line, it->box); break;
    case PV_TEXT:
        put_length(line, it->box.x);
        put_length(line, it->box.y);
        put_text(line, it->text);
        if (it->more.n)
            put_text(line, it->more);
        break;
    case PV_BOXES:
        for (size_t i = 0; i < it->len; i++) {
            pv_buf_puts(line, i ? "," : "");
            put_box(line, it->boxes[i]);
        }
        break;
    case PV_OPEN:
    case PV_FRAME:
        if (it->text.n)
            put_text(line, it->text);
        break;
    case PV_CLOSE: break;
    case PV_LINE:
    case PV_AREA: put_spots(line, it); break;
    case PV_DOT: put_box(line, it->box); break;
    }
    pv_buf_char(line, '\n');
}

/* A frame is written as the four items that it stands for. */
static void put_items(pv_buf *line, const pv_scene *s, const pv_item *it)
{
    pv_item box, label, end = {.shape = PV_CLOSE};

    put_item(line, s, it);
    if (it->shape != PV_FRAME)
        return;
    box = pv_frame_box(it);
    label = pv_frame_label(it);
    put_item(line, s, &box);
    if (label.text.n)
        put_item(line, s, &label);
    put_item(line, s, &end);
}

void pv_plain(pv_sink *out, const pv_scene *s)
{
    pv_buf line = {0};

    for (size_t i = 0; i < s->items.len; i++) {
        pv_buf_clear(&line);
        put_items(&line, s, &s->items.at[i]);
        pv_sink_text(out, pv_buf_text(&line));
    }
    if (line.failed)
        pv_sink_fail(out, PV_E_NOMEM, "out of memory");
    pv_buf_done(&line);
}
