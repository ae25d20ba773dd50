/* SPDX-License-Identifier: MIT */
/* A flame graph as a stand-alone SVG: finished without script, brought to life
 * by the viewer. */
#include "flame_svg.h"

#include "asset.h"
#include "encode.h"
#include "flame_island.h"

bool pv_flame_draw(pv_picture *p)
{
    pv_picture_measure(p);
    pv_picture_background(p);
    if (!pv_picture_frames(p))
        return false;
    p->scene.height = p->bottom + p->foot;
    p->scene.items.at[0].box.h = p->scene.height;
    if (!p->inline_) {
        pv_picture_footer(p);
        pv_picture_header(p);
    }
    return !pv_picture_failed(p);
}

static void live_region(pv_markup *m, const char *id)
{
    pv_markup_open(m, "text");
    pv_markup_attr_begin(m, "id");
    pv_markup_attr_more(m, pv_str_of(id));
    pv_markup_attr_more(m, PV_STR("-live"));
    pv_markup_attr_end(m);
    pv_markup_attrs(m, "x", "-9999");
    pv_markup_attrs(m, "y", "-9999");
    pv_markup_attrs(m, "aria-live", "polite");
    pv_markup_shut(m);
}

/* A file that is part of the program. */
static pv_str asset(const char *name)
{
    pv_bytes b = {0};

    pv_asset_find(pv_str_of(name), &b);
    return (pv_str){(const char *)b.p, b.n};
}

/* Script and data at the end of an <svg> or page. */
static bool flame_scripts(pv_picture *p, pv_markup *m)
{
    bool ok;

    pv_markup_open(m, "script");
    pv_markup_attr_begin(m, "id");
    pv_markup_attr_more(m, pv_str_of(p->scene.id));
    pv_markup_attr_more(m, PV_STR("-data"));
    pv_markup_attr_end(m);
    pv_markup_attrs(m, "type", "application/json");
    ok = pv_flame_island(p, m);
    pv_markup_shut(m);
    pv_markup_open(m, "script");
    pv_markup_verbatim(m, asset("picture.js"));
    pv_markup_shut(m);
    return ok;
}

bool pv_flame_svg(pv_picture *p, pv_sink *out)
{
    pv_markup m;
    pv_buf extra = {0};
    pv_str css[5] = {asset("theme.css"), asset("flame.css"),
                     asset("picture.css")};
    bool ok = true;

    pv_picture_css(p, &extra);
    css[3] = pv_buf_text(&extra);
    css[4] = p->diff ? asset("diff.css") : PV_STR("");
    pv_markup_init(&m, out, PV_XML);
    pv_svg_head(&m, &p->scene, css, 5);
    pv_svg_items(&m, &p->scene);
    if (!p->o->no_js) {
        live_region(&m, p->scene.id);
        ok = flame_scripts(p, &m);
    }
    pv_svg_tail(&m);
    pv_markup_done(&m);
    if (extra.failed)
        ok = pv_fail_nomem(p->err);
    pv_buf_done(&extra);
    return ok;
}

bool pv_flame_plain(pv_picture *p, pv_sink *out)
{
    pv_plain(out, &p->scene);
    return true;
}
