/* SPDX-License-Identifier: MIT */
/* summary.json, summary.md and badge.svg: the report for machines, for a
 * comment and for a README. */
#include "advance.h"
#include "grid.h"
#include "md.h"
#include "number.h"
#include "report_verdict.h"

/* ---- JSON ---- */

static void put_exact(pv_json *j, const char *key, const pv_report_measure *m,
                      int64_t v)
{
    char digits[PV_NUMBER_MAX];

    pv_json_key(j, key);
    if (v == PV_NONE)
        pv_json_null(j);
    else
        pv_json_number(
            j, (pv_str){digits, pv_write_exact(digits, v, m->metric.unit,
                                               m->metric.exponent)});
}

static void put_measures(pv_json *j, const pv_report_item *it)
{
    pv_json_key(j, "metrics");
    pv_json_array(j);
    for (uint32_t i = 0; i < it->measures_len; i++) {
        const pv_report_measure *m = &it->measures[i];
        bool both = m->compared && m->total != PV_NONE;

        pv_json_object(j);
        pv_json_key(j, "name");
        pv_json_text(j, m->name);
        pv_json_key(j, "unit");
        pv_json_text(j, pv_str_of(pv_unit_name(m->metric.unit)));
        put_exact(j, "total", m, m->total);
        put_exact(j, "delta", m, both ? m->total - m->before : PV_NONE);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void put_profile(pv_report *r, pv_json *j, const pv_report_item *it)
{
    pv_buf page = {0};

    if (it->pages[PV_PAGE_PROFILE] || it->pages[PV_PAGE_TIMELINE])
        pv_report_href(r, &page, PV_PAGE_TOP,
                       it->pages[PV_PAGE_PROFILE] ? PV_PAGE_PROFILE
                                                  : PV_PAGE_TIMELINE,
                       it->slug, "");
    pv_json_line(j);
    pv_json_object(j);
    pv_json_key(j, "slug");
    pv_json_text(j, it->slug);
    pv_json_key(j, "path");
    pv_json_text(j, r->plan->inputs[it->index].path);
    pv_json_key(j, "format");
    pv_json_text(j, pv_str_of(it->format));
    pv_json_key(j, "page");
    if (page.n)
        pv_json_text(j, pv_buf_text(&page));
    else
        pv_json_null(j);
    put_measures(j, it);
    pv_json_end(j);
    r->arena.failed |= page.failed;
    pv_buf_done(&page);
}

static bool write_json(pv_report *r, pv_sink *out)
{
    pv_json j = PV_JSON(out);

    pv_json_object(&j);
    pv_json_key(&j, "profviz");
    pv_json_int(&j, 1);
    pv_json_line(&j);
    pv_json_key(&j, "profiles");
    pv_json_array(&j);
    for (size_t i = 0; i < r->len; i++)
        if (!r->items[i].error.n)
            put_profile(r, &j, &r->items[i]);
    pv_json_end(&j);
    pv_json_line(&j);
    pv_json_key(&j, "failed");
    pv_json_array(&j);
    for (size_t i = 0; i < r->len; i++) {
        if (!r->items[i].error.n)
            continue;
        pv_json_line(&j);
        pv_json_object(&j);
        pv_json_key(&j, "path");
        pv_json_text(&j, r->plan->inputs[i].path);
        pv_json_key(&j, "error");
        pv_json_text(&j, r->items[i].error);
        pv_json_end(&j);
    }
    pv_json_end(&j);
    pv_json_done(&j);
    return !pv_report_failed(r);
}

/* ---- Markdown ---- */

/* Text of ours and names, on one line: nothing in it is obeyed. */
static void put_plain(pv_buf *b, pv_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("\\`*_{}[]<>#|@!&", text.p[i]) && text.p[i])
            pv_buf_char(b, '\\');
        pv_buf_char(b, text.p[i] == '\n' ? ' ' : text.p[i]);
    }
}

/* U+2212 becomes '-', as elsewhere in Markdown. */
static void put_ascii_minus(pv_buf *b, const pv_report_measure *m, int64_t v)
{
    pv_buf one = {0};

    pv_report_signed(&one, m, v);
    if (v < 0 && one.n > 3) {
        pv_buf_char(b, '-');
        pv_buf_add(b, one.p + 3, one.n - 3);
    } else {
        pv_buf_str(b, pv_buf_text(&one));
    }
    b->failed |= one.failed;
    pv_buf_done(&one);
}

static void put_line(pv_report *r, pv_buf *b, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);
    bool both = it->compared && m->compared && m->total != PV_NONE;
    const char *tone;

    pv_buf_puts(b, "| ");
    pv_md_code(b, it->name);
    pv_buf_puts(b, " | ");
    put_plain(b, pv_report_measure_name(r, it));
    pv_buf_puts(b, " | ");
    if (both)
        pv_report_value(b, m, m->before);
    pv_buf_puts(b, " | ");
    pv_report_value(b, m, m->total);
    pv_buf_puts(b, " | ");
    if (both) {
        pv_buf_puts(b, it->matters ? "**" : "");
        put_ascii_minus(b, m, m->total - m->before);
        pv_buf_puts(b, " (");
        pv_report_tag(b, it, &tone);
        pv_buf_puts(b, it->matters ? ")**" : ")");
    }
    pv_buf_puts(b, " |\n");
}

static void put_changes(pv_buf *b, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);

    pv_buf_format(b, "\n<details><summary>%zu function%s changed in ",
                  it->changes_len, it->changes_len == 1 ? "" : "s");
    put_plain(b, it->name);
    pv_buf_puts(b, "</summary>\n\n| function | before | after | change |\n"
                   "|---|--:|--:|--:|\n");
    for (size_t i = 0; i < it->changes_len; i++) {
        const pv_report_change *c = &it->changes[i];

        pv_buf_puts(b, "| ");
        pv_md_code(b, c->name);
        pv_buf_char(b, ' ');
        put_plain(b, c->place);
        pv_buf_puts(b, " | ");
        pv_report_value(b, m, c->before);
        pv_buf_puts(b, " | ");
        pv_report_value(b, m, c->after);
        pv_buf_puts(b, " | ");
        put_ascii_minus(b, m, c->after - c->before);
        pv_buf_puts(b, " |\n");
    }
    pv_buf_puts(b, "\n</details>\n");
}

enum { LINES_MAX = 200, COMMENT_MAX = 55000 };

static pv_str markdown(pv_report *r, pv_str key, pv_str rest)
{
    size_t lines = 0;
    pv_buf b = {0};

    pv_buf_puts(&b, "### ");
    put_plain(&b, key);
    pv_buf_puts(&b, rest.n ? "\n\n" : "\n");
    put_plain(&b, rest);
    pv_buf_puts(&b, "\n\n| profile | measure | before | now | change |\n"
                    "|---|---|--:|--:|--:|\n");
    for (size_t i = 0; i < r->len && lines < LINES_MAX; i++)
        if (!r->items[i].error.n) {
            put_line(r, &b, &r->items[i]);
            lines++;
        }
    if (r->ranked_len > lines)
        pv_buf_format(&b, "\n%zu more profiles in the report.\n",
                      r->ranked_len - lines);
    for (size_t i = 0; i < r->ranked_len && b.n < COMMENT_MAX; i++)
        if (r->ranked[i]->changes_len && i < PV_REPORT_CARDS)
            put_changes(&b, r->ranked[i]);
    for (size_t i = 0; i < r->len && b.n < COMMENT_MAX; i++)
        if (r->items[i].error.n) {
            pv_buf_puts(&b, "\nNot read: ");
            pv_md_code(&b, r->items[i].name);
            pv_buf_puts(&b, ": ");
            put_plain(&b, r->items[i].error);
            pv_buf_char(&b, '\n');
        }
    pv_buf_puts(&b, "\n<!-- profviz:report -->\n");
    return pv_report_keep(r, &b);
}

/* ---- the badge ---- */

static int64_t width_of(pv_str text)
{
    return pv_text_cpx(text, 11) + 1200;
}

static void badge_text(pv_markup *m, int64_t x, pv_str text, const char *fill)
{
    pv_markup_open(m, "text");
    pv_markup_attr_cpx(m, "x", x);
    pv_markup_attrs(m, "y", "14");
    pv_markup_attrs(m, "fill", fill);
    pv_markup_text(m, text);
    pv_markup_shut(m);
}

static void badge_box(pv_markup *m, int64_t x, int64_t width, const char *fill)
{
    pv_markup_open(m, "rect");
    pv_markup_attr_cpx(m, "x", x);
    pv_markup_attr_cpx(m, "width", width);
    pv_markup_attrs(m, "height", "20");
    pv_markup_attrs(m, "fill", fill);
    pv_markup_shut(m);
}

static void badge_words(pv_report *r, pv_buf *b, const char **fill)
{
    const pv_report_item *first = r->ranked[0];
    const char *tone;

    *fill = "#454c58";
    pv_report_tag(b, first, &tone);
    if (strcmp(tone, "tag bad") == 0)
        *fill = "#a83a08";
    if (strcmp(tone, "tag good") == 0)
        *fill = "#0a58a8";
    if (!b->n)
        pv_report_amount(b, pv_item_main(first), pv_item_main(first)->total);
}

static bool write_badge(pv_report *r)
{
    pv_str label = PV_STR("profile");
    pv_sink *s = pv_folder_begin(r->plan->folder, PV_STR("badge.svg"), r->err);
    const char *fill;
    int64_t left, right;
    pv_buf words = {0};
    pv_markup m;

    if (!s)
        return false;
    badge_words(r, &words, &fill);
    left = width_of(label);
    right = width_of(pv_buf_text(&words));
    pv_markup_init(&m, s, PV_XML);
    pv_markup_open(&m, "svg");
    pv_markup_attrs(&m, "xmlns", "http://www.w3.org/2000/svg");
    pv_markup_attr_cpx(&m, "width", left + right);
    pv_markup_attrs(&m, "height", "20");
    pv_markup_attrs(&m, "role", "img");
    pv_markup_attrs(&m, "font-family",
                    "system-ui,'DejaVu Sans',Verdana,sans-serif");
    pv_markup_attrs(&m, "font-size", "11");
    pv_markup_open(&m, "title");
    pv_markup_text(&m, label);
    pv_markup_text(&m, PV_STR(": "));
    pv_markup_text(&m, pv_buf_text(&words));
    pv_markup_shut(&m);
    badge_box(&m, 0, left, "#16181d");
    badge_box(&m, left, right, fill);
    badge_text(&m, 600, label, "#ffffff");
    badge_text(&m, left + 600, pv_buf_text(&words), "#ffffff");
    pv_markup_shut(&m);
    pv_markup_done(&m);
    pv_sink_puts(s, "\n");
    r->arena.failed |= words.failed;
    pv_buf_done(&words);
    return pv_report_end(r, s, !pv_report_failed(r));
}

bool pv_report_summary(pv_report *r)
{
    pv_str key, rest, md;
    pv_sink *s;

    if (r->single)
        return true;
    s = pv_folder_begin(r->plan->folder, PV_STR("summary.json"), r->err);
    if (!s || !pv_report_end(r, s, write_json(r, s)))
        return false;
    pv_report_verdict(r, true, &key, &rest);
    md = markdown(r, key, rest);
    return !pv_report_failed(r) && pv_report_file_write(r, "summary.md", md) &&
           write_badge(r);
}
