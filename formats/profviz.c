/* SPDX-License-Identifier: MIT */
/* Reports of our own: the profiles that they carry, one of them at a time.
 *
 * A page holds one pack a profile, in <script> elements that nobody runs; the
 * files in a site's data/ are packs by themselves.
 */
#include "formats.h"
#include "profviz_pack.h"
#include "profviz_parts.h"

static const char opening[] =
    "<script type=\"application/json\" class=\"pv-pack\" data-slug=\"";

static size_t find(pv_str s, size_t from, pv_str text)
{
    const char *at =
        from < s.n ? memmem(s.p + from, s.n - from, text.p, text.n) : NULL;

    return at ? (size_t)(at - s.p) : SIZE_MAX;
}

bool pv_next_part(pv_str page, size_t *at, pv_str *slug, pv_str *json)
{
    pv_str open = pv_str_of(opening);
    size_t begin = find(page, *at, open), quote, end;

    if (begin == SIZE_MAX)
        return false;
    begin += open.n;
    quote = find(page, begin, PV_STR("\">"));
    end = quote == SIZE_MAX ? SIZE_MAX : find(page, quote, PV_STR("</script>"));
    if (end == SIZE_MAX)
        return false;
    *slug = pv_str_slice(page, begin, quote);
    *json = pv_str_slice(page, quote + 2, end);
    *at = end;
    return true;
}

static bool read_page(pv_source *src, pv_builder *b, pv_str page)
{
    pv_str wanted = src->options->part, slug, json, found = {0}, first = {0};
    size_t at = 0, n = 0;

    while (pv_next_part(page, &at, &slug, &json)) {
        if (n++ == 0) {
            found = json;
            first = slug;
        }
        if (wanted.n && pv_str_equal(slug, wanted)) {
            found = json;
            break;
        }
        if (wanted.n)
            found = (pv_str){0};
    }
    if (n == 0)
        return pv_source_fail(src, PV_E_FORMAT,
                              "a profviz report that carries no profile; give "
                              "it the profiles that it was made from");
    if (!found.n)
        return pv_source_fail(src, PV_E_FORMAT,
                              "the report holds no profile '%s'",
                              PV_QUOTE(wanted));
    if (n > 1 && !wanted.n &&
        !pv_source_warn(src, 0,
                        "the report holds %zu profiles; this is '%s', the "
                        "others are FILE#NAME",
                        n, PV_QUOTE(first)))
        return false;
    return pv_read_pack(src, b, found);
}

static const pv_str generator =
    PV_STR_INIT("<meta name=\"generator\" content=\"profviz report\">");

static int bid(pv_bytes head, bool whole)
{
    pv_str text = {(const char *)head.p, head.n};

    (void)whole;
    if (pv_str_starts(text, PV_STR("{\"profviz\": 1, \"pack\": ")))
        return 22 * 8;
    return pv_str_starts(text, PV_STR("<!DOCTYPE html>")) &&
                   pv_head_has(head, generator)
               ? (int)generator.n * 8
               : 0;
}

static bool read_report(pv_source *src, pv_builder *b)
{
    pv_bytes all;
    pv_str text;

    if (!pv_input_all(src->input, &all, src->err))
        return false;
    text = (pv_str){(const char *)all.p, all.n};
    return pv_str_starts(text, PV_STR("{")) ? pv_read_pack(src, b, text)
                                            : read_page(src, b, text);
}

static const char *const extensions[] = {".html", ".json", NULL};

const pv_format pv_format_profviz = {
    .name = "profviz",
    .title = "reports of this program, and the data beside them",
    .noun = "profviz reports",
    .extensions = extensions,
    .provides = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_SERIES |
                PV_HAS_TOTALS,
    .bid = bid,
    .read = read_report,
};
