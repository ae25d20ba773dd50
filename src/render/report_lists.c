/* SPDX-License-Identifier: MIT */
/* Inputs and source files: what the report was made from. */
#include "number.h"
#include "origin.h"
#include "report_functions.h"
#include "report_records.h"
#include "theme.h"

typedef struct warning {
    pv_str text;
} warning;

typedef struct input {
    pv_str name, href, path, format, producer, bytes, sha256, command, error;
    pv_link links[2];
    size_t links_len;
    warning *warnings;
    size_t warnings_len;
} input;

typedef struct file {
    pv_str chip, origin, name, profile, href, self, share, bar, source;
} file;

typedef struct page {
    pv_site site;
    pv_str head, scheme, theme, about;
    input *inputs;
    size_t inputs_len;
    file *files;
    size_t files_len;
} page;

PV_RECORD_TEXT(warning, text)
static const pv_field warning_fields[] = {
    {"text", PV_K_TEXT, NULL, warning_text},
    {0},
};
static const pv_record_type warning_type = {"warning", warning_fields};

PV_RECORD_TEXT(input, name)
PV_RECORD_TEXT(input, href)
PV_RECORD_TEXT(input, path)
PV_RECORD_TEXT(input, format)
PV_RECORD_TEXT(input, producer)
PV_RECORD_TEXT(input, bytes)
PV_RECORD_TEXT(input, sha256)
PV_RECORD_TEXT(input, command)
PV_RECORD_TEXT(input, error)
PV_RECORD_LIST(input, links, pv_link)
PV_RECORD_LIST(input, warnings, warning)
static const pv_field input_fields[] = {
    {"name", PV_K_TEXT, NULL, input_name},
    {"href", PV_K_TEXT, NULL, input_href},
    {"path", PV_K_TEXT, NULL, input_path},
    {"format", PV_K_TEXT, NULL, input_format},
    {"producer", PV_K_TEXT, NULL, input_producer},
    {"bytes", PV_K_TEXT, NULL, input_bytes},
    {"sha256", PV_K_TEXT, NULL, input_sha256},
    {"command", PV_K_TEXT, NULL, input_command},
    {"error", PV_K_TEXT, NULL, input_error},
    {"links", PV_K_LIST, &pv_link_type, input_links},
    {"warnings", PV_K_LIST, &warning_type, input_warnings},
    {0},
};
static const pv_record_type input_type = {"input", input_fields};

PV_RECORD_TEXT(file, chip)
PV_RECORD_TEXT(file, origin)
PV_RECORD_TEXT(file, name)
PV_RECORD_TEXT(file, profile)
PV_RECORD_TEXT(file, href)
PV_RECORD_TEXT(file, self)
PV_RECORD_TEXT(file, share)
PV_RECORD_TEXT(file, bar)
PV_RECORD_TEXT(file, source)
static const pv_field file_fields[] = {
    {"chip", PV_K_TEXT, NULL, file_chip},
    {"origin", PV_K_TEXT, NULL, file_origin},
    {"name", PV_K_TEXT, NULL, file_name},
    {"profile", PV_K_TEXT, NULL, file_profile},
    {"href", PV_K_TEXT, NULL, file_href},
    {"self", PV_K_TEXT, NULL, file_self},
    {"share", PV_K_TEXT, NULL, file_share},
    {"bar", PV_K_TEXT, NULL, file_bar},
    {"source", PV_K_TEXT, NULL, file_source},
    {0},
};
static const pv_record_type file_type = {"file", file_fields};

PV_RECORD_SITE(page)
PV_RECORD_TEXT(page, head)
PV_RECORD_TEXT(page, about)
PV_RECORD_TEXT(page, scheme)
PV_RECORD_TEXT(page, theme)
PV_RECORD_LIST(page, inputs, input)
PV_RECORD_LIST(page, files, file)
static const pv_field page_fields[] = {
    {"site", PV_K_RECORD, &pv_site_type, page_site},
    {"head", PV_K_TEXT, NULL, page_head},
    {"about", PV_K_TEXT, NULL, page_about},
    {"scheme", PV_K_TEXT, NULL, page_scheme},
    {"theme", PV_K_TEXT, NULL, page_theme},
    {"inputs", PV_K_LIST, &input_type, page_inputs},
    {"files", PV_K_LIST, &file_type, page_files},
    {0},
};

const pv_record_type pv_report_list_type = {"page", page_fields};

/* ---- inputs ---- */

static void fill_warnings(pv_report *r, input *to, const pv_warnings *w)
{
    to->warnings = PV_NEW_N(&r->arena, warning, w->len + 1);
    for (size_t i = 0; to->warnings && i < w->len; i++)
        to->warnings[i].text = w->at[i];
    to->warnings_len = to->warnings ? w->len : 0;
}

static void fill_input(pv_report *r, input *to, const pv_report_item *it)
{
    const pv_report_input *in = &r->plan->inputs[it->index];
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};

    *to = (input){.name = it->name,
                  .path = in->path,
                  .format = pv_str_of(it->format ? it->format : ""),
                  .producer = it->producer,
                  .command = it->command,
                  .sha256 = in->sha256,
                  .error = it->error};
    if (in->bytes >= 0) {
        pv_buf_add(&b, text, pv_write_grouped(text, in->bytes, 0));
        pv_buf_puts(&b, in->bytes == 1 ? " byte" : " bytes");
    }
    to->bytes = pv_report_keep(r, &b);
    if (it->pages[PV_PAGE_PROFILE] || it->pages[PV_PAGE_TIMELINE])
        to->href = pv_report_address(
            r, PV_PAGE_TOP,
            it->pages[PV_PAGE_PROFILE] ? PV_PAGE_PROFILE : PV_PAGE_TIMELINE,
            it->slug, "");
    if (!r->single && !it->error.n) {
        pv_buf_format(&b, "data/%s.json", it->slug.p);
        to->links[to->links_len++] =
            (pv_link){PV_STR("Data"), pv_report_keep(r, &b)};
    }
    fill_warnings(r, to, &in->warnings);
}

/* ---- files ---- */

typedef struct entry {
    const pv_report_item *item;
    const pv_report_file *file;
    int64_t ppm; /* of the profile's total */
} entry;

/* Own code first, then by share. */
static int by_origin(const void *a, const void *b)
{
    const entry *x = a, *y = b;

    if (x->file->origin != y->file->origin)
        return x->file->origin < y->file->origin ? -1 : 1;
    if (x->ppm != y->ppm)
        return x->ppm > y->ppm ? -1 : 1;
    if (x->item->index != y->item->index)
        return x->item->index < y->item->index ? -1 : 1;
    return pv_str_compare(x->file->name, y->file->name);
}

int64_t pv_report_ppm(const pv_report_item *it, int64_t v)
{
    int64_t whole = pv_item_main(it)->total;

    if (v <= 0 || whole <= 0)
        return 0;
    return v >= whole ? 1000000 : pv_muldiv(v, 1000000, whole);
}

static pv_str bar_of(pv_report *r, int64_t ppm)
{
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};

    pv_buf_add(&b, text, pv_write_decimal(text, ppm / 1000, 1));
    pv_buf_char(&b, '%');
    return pv_report_keep(r, &b);
}

static void fill_file(pv_report *r, file *to, const entry *e)
{
    const pv_report_measure *m = pv_item_main(e->item);
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};

    *to = (file){.name = e->file->name,
                 .profile = e->item->name,
                 .origin =
                     pv_str_of(pv_origin_title((pv_origin)e->file->origin))};
    pv_buf_format(&b, "chip k%d", e->file->origin);
    to->chip = pv_report_keep(r, &b);
    to->href =
        pv_report_address(r, PV_PAGE_TOP, PV_PAGE_PROFILE, e->item->slug, "");
    if (e->file->slug.n)
        to->source = pv_report_address(r, PV_PAGE_TOP, PV_PAGE_SOURCE,
                                       e->file->slug, "");
    pv_report_value(&b, m, e->file->self);
    to->self = pv_report_keep(r, &b);
    pv_buf_add(
        &b, text,
        pv_write_percent(text, e->file->self, m->total, (pv_number_style){0}));
    to->share = pv_report_keep(r, &b);
    to->bar = bar_of(r, e->ppm);
}

enum { FILES_MAX = 1000 };

static bool fill_files(pv_report *r, page *g)
{
    size_t n = 0, at = 0;
    entry *all;

    for (size_t i = 0; i < r->len; i++)
        n += r->items[i].files_len;
    all = PV_NEW_N(&r->arena, entry, n + 1);
    if (!all)
        return pv_fail_nomem(r->err);
    for (size_t i = 0; i < r->len; i++)
        for (size_t k = 0; k < r->items[i].files_len; k++) {
            const pv_report_file *f = &r->items[i].files[k];

            all[at++] =
                (entry){&r->items[i], f, pv_report_ppm(&r->items[i], f->self)};
        }
    qsort(all, n, sizeof *all, by_origin);
    if (n > FILES_MAX)
        n = FILES_MAX;
    g->files = PV_NEW_N(&r->arena, file, n + 1);
    for (size_t i = 0; g->files && i < n; i++)
        fill_file(r, &g->files[i], &all[i]);
    g->files_len = n;
    return !pv_report_failed(r);
}

/* ---- both ---- */

static bool write_list(pv_report *r, page *g, const char *template,
                       const char *slug, const char *head)
{
    g->head = pv_str_of(head);
    g->scheme = pv_theme_scheme(r->o->theme);
    g->theme = pv_theme_attr(r->o->theme);
    return pv_report_site(r, &g->site, PV_PAGE_TOP, NULL, pv_str_of(slug)) &&
           pv_report_template(r, template, PV_PAGE_TOP, pv_str_of(slug),
                              &pv_report_list_type, g, &g->site);
}

bool pv_report_lists(pv_report *r)
{
    page *g = PV_NEW(&r->arena, page);

    if (!g)
        return pv_fail_nomem(r->err);
    g->inputs = PV_NEW_N(&r->arena, input, r->len + 1);
    if (!g->inputs)
        return pv_fail_nomem(r->err);
    for (size_t i = 0; i < r->len; i++)
        fill_input(r, &g->inputs[g->inputs_len++], &r->items[i]);
    return fill_files(r, g) &&
           write_list(r, g, "inputs.html", "inputs", "Inputs - profviz") &&
           write_list(r, g, "files.html", "files", "Source files - profviz") &&
           pv_report_functions(r);
}
