/* SPDX-License-Identifier: MIT */
/* From inputs to a report: look at each, then write of each. */
#include "digest.h"
#include "profviz/profviz.h"
#include "report_functions.h"
#include "report_private.h"
#include "report_slug.h"
#include "report_spots.h"
#include "symtab.h"
#include "theme.h"
#include "utf8.h"

/* ---- names ---- */

static pv_str base_name(pv_str path)
{
    size_t slash = pv_str_rfind(path, '/');

    if (pv_str_equal(path, PV_STR("-")))
        return PV_STR("standard input");
    return slash == SIZE_MAX || slash + 1 == path.n
               ? path
               : pv_str_slice(path, slash + 1, path.n);
}

/* How many inputs have each base name, by its symbol. */
static uint32_t *count_names(pv_report *r, pv_symtab *names)
{
    uint32_t *count = PV_NEW_N(&r->arena, uint32_t, r->len + 1);

    for (size_t i = 0; count && i < r->len; i++)
        count[pv_symtab_add(names, base_name(r->plan->inputs[i].path)).i]++;
    return pv_symtab_failed(names) ? NULL : count;
}

static bool fill_names(pv_report *r, pv_symtab *names, const uint32_t *count)
{
    pv_slugs slugs = {.arena = &r->arena};

    for (size_t i = 0; i < r->len; i++) {
        pv_str path = r->plan->inputs[i].path, base = base_name(path);
        bool alone = count[pv_symtab_find(names, base).i] == 1;
        pv_buf b = {0};

        pv_clean(&b, alone ? base : path);
        r->items[i] = (pv_report_item){.index = i,
                                       .slug = pv_slugs_take(&slugs, path),
                                       .name = pv_report_keep(r, &b)};
    }
    pv_slugs_done(&slugs);
    return !pv_report_failed(r);
}

/* Inputs whose files have the same name are called by their paths. */
static bool name_items(pv_report *r)
{
    pv_symtab *names = pv_symtab_new(&r->arena);
    uint32_t *count = names ? count_names(r, names) : NULL;
    bool ok;

    r->items = PV_NEW_N(&r->arena, pv_report_item, r->len + 1);
    ok =
        count && r->items ? fill_names(r, names, count) : pv_fail_nomem(r->err);
    if (names)
        pv_symtab_free(names);
    return ok;
}

/* ---- the first look ---- */

static bool note_failure(pv_report *r, pv_report_item *it, const pv_error *err)
{
    char text[900];
    pv_buf b = {0};
    size_t n;

    if (r->plan->strict || err->code == PV_E_NOMEM || err->code == PV_E_BUG ||
        err->code == PV_E_USAGE) {
        *r->err = *err;
        return false;
    }
    n = pv_error_format(err, text, sizeof text);
    if (r->plan->redact) { /* messages quote what they are about */
        pv_buf_str(&b, it->name);
        pv_buf_puts(&b, ": it cannot be read");
    } else {
        pv_clean(&b, (pv_str){text, n < sizeof text ? n : sizeof text - 1});
    }
    it->error = pv_report_keep(r, &b);
    pv_log_say(&r->plan->log, NULL, "%.*s; the report goes on without it",
               (int)it->error.n, it->error.p);
    r->failed++;
    return !pv_report_failed(r);
}

/* The counterpart, if it can be had: a baseline that cannot be read is said
 * and passed over. */
static bool load_old(pv_report *r, pv_report_item *it, const pv_profile **old,
                     pv_str *path)
{
    pv_error err = {0};
    char text[900];

    *old = NULL;
    if (!r->plan->load_old)
        return true;
    *old = r->plan->load_old(r->plan->ctx, it->index, it->slug, path, &err);
    if (*old || err.code == PV_OK)
        return true;
    if (r->plan->strict || err.code == PV_E_NOMEM || err.code == PV_E_BUG) {
        *r->err = err;
        return false;
    }
    pv_error_format(&err, text, sizeof text);
    pv_log_say(&r->plan->log, NULL, "%s; nothing to compare with", text);
    it->compare_error = pv_arena_copy(&r->arena, pv_str_of(text));
    return !pv_report_failed(r);
}

static bool look_at(pv_report *r, pv_report_item *it)
{
    const pv_report_plan *plan = r->plan;
    const pv_profile *p, *old;
    pv_error err = {0};
    pv_str path = {0};
    bool ok;

    p = plan->load(plan->ctx, it->index, &err);
    if (!p)
        return note_failure(r, it, &err);
    ok = pv_report_survey(r, it, p) && load_old(r, it, &old, &path);
    if (ok && old) {
        ok = pv_report_compare(r, it, old, path, p);
        plan->release(plan->ctx, old);
    }
    plan->release(plan->ctx, p);
    return ok;
}

static bool look(pv_report *r)
{
    for (size_t i = 0; i < r->len; i++)
        if (!look_at(r, &r->items[i]))
            return false;
    if (r->failed == r->len)
        return pv_fail(
            r->err, PV_E_FORMAT, NULL,
            "none of the %zu inputs can be read: %.*s", r->len,
            (int)(r->items[0].error.n < 250 ? r->items[0].error.n : 250),
            r->items[0].error.p);
    pv_spots_sort(r);
    return pv_report_rank(r) && pv_report_trends(r);
}

/* ---- writing ---- */

static bool write_of(pv_report *r, pv_report_item *it)
{
    const pv_report_plan *plan = r->plan;
    const pv_profile *p, *old = NULL;
    pv_str path = {0};
    bool ok;

    if (it->error.n)
        return true;
    p = plan->load(plan->ctx, it->index, r->err);
    if (!p)
        return false;
    ok = !it->pages[PV_PAGE_DIFF] || load_old(r, it, &old, &path);
    ok = ok && pv_report_pages(r, it, p, old, path);
    if (old)
        plan->release(plan->ctx, old);
    plan->release(plan->ctx, p);
    return ok;
}

static bool write_all(pv_report *r)
{
    for (size_t i = 0; i < r->len; i++)
        if (!write_of(r, &r->items[i]))
            return false;
    /* The index comes last: in a single file it is what is shown while none
     * of the sections before it is the target. */
    return pv_report_lists(r) && pv_report_index(r) && pv_report_summary(r) &&
           pv_report_history(r);
}

/* ---- one file ---- */

static void put_hash(pv_buf *out, pv_str text)
{
    uint8_t digest[PV_DIGEST];
    char base64[PV_DIGEST_BASE64];

    pv_digest_text(text, digest);
    pv_digest_base64(digest, base64);
    pv_buf_puts(out, "'sha256-");
    pv_buf_add(out, base64, sizeof base64);
    pv_buf_char(out, '\'');
}

static void put_meta(pv_markup *m, const char *key, const char *name,
                     pv_str content)
{
    pv_markup_open(m, "meta");
    pv_markup_attrs(m, key, name);
    pv_markup_attr(m, "content", content);
    pv_markup_shut(m);
}

static void put_code(pv_markup *m, const char *element, pv_str code)
{
    pv_markup_open(m, element);
    pv_markup_verbatim(m, code);
    pv_markup_shut(m);
}

static void put_policy(pv_markup *m, pv_str css, pv_str js)
{
    pv_buf b = {0};

    pv_buf_puts(&b, "default-src 'none'; img-src data:; style-src ");
    put_hash(&b, css);
    pv_buf_puts(&b, "; script-src ");
    put_hash(&b, js);
    pv_buf_puts(&b, "; base-uri 'none'; form-action 'none'");
    put_meta(m, "http-equiv", "Content-Security-Policy", pv_buf_text(&b));
    if (b.failed)
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
    pv_buf_done(&b);
}

static void put_title(pv_report *r, pv_markup *m)
{
    pv_markup_open(m, "title");
    pv_markup_text(m, r->o->title.n ? r->o->title : PV_STR("Profile report"));
    pv_markup_text(m, PV_STR(" - profviz"));
    pv_markup_shut(m);
}

static void put_head(pv_report *r, pv_markup *m, pv_str css, pv_str js)
{
    pv_str theme = pv_theme_attr(r->o->theme);

    pv_markup_prologue(m);
    pv_markup_open(m, "html");
    pv_markup_attrs(m, "lang", "en");
    if (theme.n)
        pv_markup_attr(m, "data-theme", theme);
    pv_markup_open(m, "head");
    pv_markup_open(m, "meta");
    pv_markup_attrs(m, "charset", "utf-8");
    pv_markup_shut(m);
    put_meta(m, "name", "generator", PV_STR("profviz report"));
    put_policy(m, css, js);
    put_meta(m, "name", "viewport",
             PV_STR("width=device-width,initial-scale=1"));
    put_meta(m, "name", "color-scheme", pv_theme_scheme(r->o->theme));
    put_title(r, m);
    pv_markup_open(m, "link");
    pv_markup_attrs(m, "rel", "icon");
    pv_markup_attrs(m, "href", "data:,");
    pv_markup_shut(m);
    put_code(m, "style", css);
    pv_markup_shut(m);
    pv_markup_open(m, "body");
}

static bool write_single(pv_report *r)
{
    pv_buf css = {0}, js = {0};
    pv_markup m;
    bool ok;

    pv_report_style(&css);
    pv_report_script(&js, true);
    ok = !(css.failed || js.failed) || pv_fail_nomem(r->err);
    if (ok) {
        pv_markup_init(&m, r->plan->out, PV_HTML5);
        r->page = &m;
        put_head(r, &m, pv_buf_text(&css), pv_buf_text(&js));
        ok = write_all(r);
        put_code(&m, "script", pv_buf_text(&js));
        pv_markup_shut(&m);
        pv_markup_shut(&m);
        pv_markup_done(&m);
        r->page = NULL;
    }
    pv_buf_done(&css);
    pv_buf_done(&js);
    return ok;
}

bool pv_report_make(const pv_report_plan *plan, pv_error *err)
{
    pv_report r = {.plan = plan,
                   .o = plan->o,
                   .err = err,
                   .len = plan->len,
                   .single = !plan->folder};
    bool ok;

    pv_arena_init(&r.arena, 0);
    ok = pv_link_template_parse(&r.link, plan->o->link_template,
                                plan->o->revision, err) &&
         name_items(&r) && look(&r) &&
         (r.single ? write_single(&r) : pv_report_assets(&r) && write_all(&r));
    pv_spots_done(&r);
    pv_arena_done(&r.arena);
    return ok;
}
