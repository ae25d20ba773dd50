/* SPDX-License-Identifier: MIT */
/* The table of embedded files: the arrays are written by cmake/embed.cmake. */
#include "asset.h"

#define EMBEDDED(id)                                                           \
    extern const unsigned char pv_asset_##id[];                                \
    extern const size_t pv_asset_##id##_size

EMBEDDED(diff_css);
EMBEDDED(diff_html);
EMBEDDED(files_html);
EMBEDDED(flame_css);
EMBEDDED(picture_css);
EMBEDDED(picture_js);
EMBEDDED(flame_html);
EMBEDDED(functions_html);
EMBEDDED(icon_svg);
EMBEDDED(index_html);
EMBEDDED(inputs_html);
EMBEDDED(report_css);
EMBEDDED(site_css);
EMBEDDED(site_js);
EMBEDDED(source_css);
EMBEDDED(source_html);
EMBEDDED(filter_js);
EMBEDDED(source_js);
EMBEDDED(style_css);
EMBEDDED(theme_css);
EMBEDDED(timeline_css);
EMBEDDED(timeline_html);
EMBEDDED(timeline_js);
EMBEDDED(top_html);
EMBEDDED(viewer_js);

static const struct {
    const char *name;
    const unsigned char *p;
    const size_t *n;
} assets[] = {
    {"diff.css", pv_asset_diff_css, &pv_asset_diff_css_size},
    {"diff.html", pv_asset_diff_html, &pv_asset_diff_html_size},
    {"files.html", pv_asset_files_html, &pv_asset_files_html_size},
    {"functions.html", pv_asset_functions_html, &pv_asset_functions_html_size},
    {"icon.svg", pv_asset_icon_svg, &pv_asset_icon_svg_size},
    {"index.html", pv_asset_index_html, &pv_asset_index_html_size},
    {"inputs.html", pv_asset_inputs_html, &pv_asset_inputs_html_size},
    {"report.css", pv_asset_report_css, &pv_asset_report_css_size},
    {"top.html", pv_asset_top_html, &pv_asset_top_html_size},
    {"flame.css", pv_asset_flame_css, &pv_asset_flame_css_size},
    {"picture.css", pv_asset_picture_css, &pv_asset_picture_css_size},
    {"picture.js", pv_asset_picture_js, &pv_asset_picture_js_size},
    {"site.css", pv_asset_site_css, &pv_asset_site_css_size},
    {"site.js", pv_asset_site_js, &pv_asset_site_js_size},
    {"flame.html", pv_asset_flame_html, &pv_asset_flame_html_size},
    {"source.css", pv_asset_source_css, &pv_asset_source_css_size},
    {"source.html", pv_asset_source_html, &pv_asset_source_html_size},
    {"filter.js", pv_asset_filter_js, &pv_asset_filter_js_size},
    {"source.js", pv_asset_source_js, &pv_asset_source_js_size},
    {"style.css", pv_asset_style_css, &pv_asset_style_css_size},
    {"theme.css", pv_asset_theme_css, &pv_asset_theme_css_size},
    {"timeline.css", pv_asset_timeline_css, &pv_asset_timeline_css_size},
    {"timeline.html", pv_asset_timeline_html, &pv_asset_timeline_html_size},
    {"timeline.js", pv_asset_timeline_js, &pv_asset_timeline_js_size},
    {"viewer.js", pv_asset_viewer_js, &pv_asset_viewer_js_size},
};

const char *pv_asset_name(size_t i)
{
    return i < sizeof assets / sizeof assets[0] ? assets[i].name : NULL;
}

bool pv_asset_find(pv_str name, pv_bytes *out)
{
    for (size_t i = 0; i < sizeof assets / sizeof assets[0]; i++)
        if (pv_str_equal(pv_str_of(assets[i].name), name)) {
            *out = (pv_bytes){assets[i].p, *assets[i].n};
            return true;
        }
    return false;
}

bool pv_asset_include(void *ctx, pv_str name, pv_bytes *out)
{
    (void)ctx;
    return pv_asset_find(name, out);
}
