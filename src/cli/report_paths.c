/* SPDX-License-Identifier: MIT */
/* From paths to profiles: what is in a directory, what a report carries. */
#include "report_paths.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "profviz_parts.h"

static bool is_file(pv_str path)
{
    struct stat st;

    return stat(path.p, &st) == 0 && S_ISREG(st.st_mode);
}

static bool is_directory(pv_str path)
{
    struct stat st;

    return stat(path.p, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_page(pv_str path)
{
    return is_file(path) && (pv_str_ends(path, PV_STR(".html")) ||
                             pv_str_ends(path, PV_STR(".htm")));
}

/* Told a path that ends in NUL and lives in the arena. */
typedef bool each_fn(pv_report_inputs *in, pv_str path, pv_str name);

/* ---- directories ---- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static pv_str below(pv_arena *a, pv_str directory, pv_str name)
{
    return pv_arena_join(a, pv_arena_join(a, directory, PV_STR("/")), name);
}

/* What is in it, in the order of names. */
static bool each_entry(pv_report_inputs *in, pv_str path, each_fn *each,
                       pv_error *err)
{
    pv_arena *a = in->cli->arena;
    struct dirent **list = NULL;
    int n = scandir(path.p, &list, is_shown, by_name);
    bool ok = true;

    if (n < 0)
        return pv_fail_sys(err, path);
    for (int i = 0; i < n; i++) {
        pv_str name = pv_str_of(list[i]->d_name);
        pv_str full = below(a, path, name);

        ok = ok && !a->failed && each(in, full, name) && !a->failed;
        free(list[i]);
    }
    free(list);
    return ok || pv_fail_nomem(err);
}

/* ---- pages ---- */

/* The text of a file that may be a page of ours. */
static bool read_page(pv_report_inputs *in, pv_str path, pv_buf *out,
                      pv_error *err)
{
    FILE *f = fopen(path.p, "rb");
    char block[1 << 16];
    size_t n;

    if (!f)
        return pv_fail_sys(err, path);
    while ((n = fread(block, 1, sizeof block, f)) > 0 &&
           (!in->reading.limits.input || out->n <= in->reading.limits.input))
        pv_buf_add(out, block, n);
    fclose(f);
    return !out->failed || pv_fail_nomem(err);
}

/* "FILE#NAME" of each profile in a page; a page that is none of ours has no
 * parts. */
static bool each_part(pv_report_inputs *in, pv_str path, each_fn *each,
                      size_t *parts, pv_error *err)
{
    pv_arena *a = in->cli->arena;
    pv_buf page = {0};
    pv_str slug, json;
    size_t at = 0;
    bool ok = read_page(in, path, &page, err);

    for (*parts = 0; ok && pv_next_part(pv_buf_text(&page), &at, &slug, &json);
         ++*parts) {
        pv_str full =
            pv_arena_join(a, pv_arena_join(a, path, PV_STR("#")), slug);

        ok = (each(in, full, pv_arena_copy(a, slug)) && !a->failed) ||
             pv_fail_nomem(err);
    }
    pv_buf_done(&page);
    return ok;
}

/* ---- counterparts ---- */

static bool add_old(pv_report_inputs *in, pv_str path, pv_str slug,
                    bool published)
{
    if (!PV_VEC_GROW(&in->old, 1))
        return false;
    in->old.at[in->old.len++] =
        (pv_counterpart){.slug = slug, .path = path, .published = published};
    return !in->cli->arena->failed;
}

/* It is called as an input of a report would be. */
static bool add_old_file(pv_report_inputs *in, pv_str path)
{
    pv_arena *a = in->cli->arena;
    pv_str name = path;

    if (in->redacts)
        name = pv_redact_path(&in->redaction, pv_report_slug(path, a), a);
    return add_old(in, path, pv_slugs_take(&in->slugs, name), false);
}

static bool add_old_entry(pv_report_inputs *in, pv_str path, pv_str name)
{
    (void)name;
    return !is_file(path) || add_old_file(in, path);
}

static bool add_old_part(pv_report_inputs *in, pv_str path, pv_str slug)
{
    pv_slugs_note(&in->slugs, slug);
    return add_old(in, path, slug, true);
}

/* "data/cpu.json" of a site. */
static bool add_old_data(pv_report_inputs *in, pv_str path, pv_str name)
{
    if (!is_file(path) || !pv_str_ends(name, PV_STR(".json")))
        return true;
    return add_old_part(
        in, path,
        pv_arena_copy(in->cli->arena, pv_str_slice(name, 0, name.n - 5)));
}

bool pv_report_baseline_add(pv_report_inputs *in, pv_str path, pv_error *err)
{
    pv_str data = below(in->cli->arena, path, PV_STR("data"));
    size_t parts = 0;
    struct stat st;

    if (in->cli->arena->failed)
        return pv_fail_nomem(err);
    if (stat(path.p, &st) < 0)
        return pv_fail_sys(err, path);
    if (is_page(path) && !each_part(in, path, add_old_part, &parts, err))
        return false;
    if (!S_ISDIR(st.st_mode))
        return parts || add_old_file(in, path) || pv_fail_nomem(err);
    return is_directory(data) ? each_entry(in, data, add_old_data, err)
                              : each_entry(in, path, add_old_entry, err);
}

/* ---- inputs ---- */

static bool add_input(pv_report_inputs *in, pv_str path, pv_str name)
{
    (void)name;
    if (!PV_VEC_GROW(&in->paths, 1))
        return false;
    in->paths.at[in->paths.len++] = (char *)(uintptr_t)path.p;
    return true;
}

static bool add_data(pv_report_inputs *in, pv_str path, pv_str name)
{
    return !pv_str_ends(name, PV_STR(".json")) || add_input(in, path, name);
}

bool pv_report_inputs_add(pv_report_inputs *in, const char *path, pv_error *err)
{
    pv_arena *a = in->cli->arena;
    pv_str name = pv_arena_copy(a, pv_str_of(path));
    pv_str data = below(a, name, PV_STR("data"));
    size_t parts = 0;

    if (a->failed)
        return pv_fail_nomem(err);
    if (is_directory(data))
        return each_entry(in, data, add_data, err);
    if (is_page(name) && !each_part(in, name, add_input, &parts, err))
        return false;
    return parts || add_input(in, name, name) || pv_fail_nomem(err);
}
