/* SPDX-License-Identifier: MIT */
/* Sides become lists of paths. */
#include "sides.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "buf.h"
#include "vec.h"

typedef struct sides {
    pv_cli *cli;
    pv_error *err;
    PV_VEC(char *) paths;
} sides;

static bool add(sides *s, char *path)
{
    if (!PV_VEC_GROW(&s->paths, 1))
        return pv_fail_nomem(s->err);
    s->paths.at[s->paths.len++] = path;
    return true;
}

static bool is_kind(const char *path, mode_t kind)
{
    struct stat st;

    return stat(path, &st) == 0 && (st.st_mode & S_IFMT) == kind;
}

static int by_bytes(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* Hidden files and directories in it are passed over. */
static bool add_entries(sides *s, DIR *d, pv_str path)
{
    pv_str head = path;
    struct dirent *e;

    if (!pv_str_ends(path, PV_STR("/")))
        head = pv_arena_join(s->cli->arena, path, PV_STR("/"));
    while ((e = readdir(d))) {
        pv_str file = pv_arena_join(s->cli->arena, head, pv_str_of(e->d_name));

        if (s->cli->arena->failed)
            return pv_fail_nomem(s->err);
        if (e->d_name[0] != '.' && is_kind(file.p, S_IFREG) &&
            !add(s, (char *)(uintptr_t)file.p))
            return false;
    }
    return true;
}

static bool add_directory(sides *s, pv_str path)
{
    pv_place at = {.file = path};
    size_t before = s->paths.len;
    DIR *d = opendir(path.p); /* from argv, so it ends in NUL */
    bool ok;

    if (!d)
        return pv_fail_sys(s->err, path);
    ok = add_entries(s, d, path);
    closedir(d);
    if (ok && s->paths.len == before)
        return pv_fail(s->err, PV_E_FORMAT, &at,
                       "no files in this directory to compare");
    if (ok)
        qsort(s->paths.at + before, s->paths.len - before, sizeof *s->paths.at,
              by_bytes);
    return ok;
}

/* ---- published sites ---- */

static bool is_report(sides *s, pv_str path)
{
    pv_str list = pv_arena_join(s->cli->arena, path, PV_STR("/.profviz"));
    pv_str data = pv_arena_join(s->cli->arena, path, PV_STR("/data"));

    return !s->cli->arena->failed && is_kind(list.p, S_IFREG) &&
           is_kind(data.p, S_IFDIR);
}

static pv_str last_part(const char *path)
{
    pv_str p = pv_str_of(path);

    return pv_str_slice(p, pv_str_rfind(p, '/') + 1, p.n);
}

/* The profile behind `from` that has this name, else SIZE_MAX. */
static size_t named(const sides *s, size_t from, pv_str name)
{
    for (size_t i = from; i < s->paths.len; i++)
        if (pv_str_equal(last_part(s->paths.at[i]), name))
            return i;
    return SIZE_MAX;
}

/* A site's list of its files begins with those of its first input, as its
 * single page does; a list that says nothing leaves the order of names. */
static size_t first_listed(const sides *s, pv_str site, size_t from)
{
    pv_str list = pv_arena_join(s->cli->arena, site, PV_STR("/.profviz"));
    FILE *f = s->cli->arena->failed ? NULL : fopen(list.p, "rb");
    char line[1024];
    size_t i = SIZE_MAX;

    while (f && i == SIZE_MAX && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "data/", 5) == 0)
            i = named(s, from, pv_str_of(line + 5));
    }
    if (f)
        fclose(f);
    return i == SIZE_MAX ? from : i;
}

/* Of the profiles at `from` and behind it, the one that is named as the other
 * side's, else the report's first. */
static size_t choose(const sides *s, pv_str site, size_t from)
{
    size_t i =
        from ? named(s, from, last_part(s->paths.at[from - 1])) : SIZE_MAX;

    return i == SIZE_MAX ? first_listed(s, site, from) : i;
}

/* A site stands for one of the profiles that it carries. */
static bool add_report(sides *s, pv_str path)
{
    size_t from = s->paths.len, n;
    pv_buf text = {0};

    if (path.n > 1 && pv_str_ends(path, PV_STR("/")))
        path = pv_str_slice(path, 0, path.n - 1);
    if (!add_directory(s, pv_arena_join(s->cli->arena, path, PV_STR("/data"))))
        return false;
    n = s->paths.len - from;
    s->paths.at[from] = s->paths.at[choose(s, path, from)];
    s->paths.len = from + 1;
    if (n > 1) {
        pv_buf_format(&text,
                      "%.*s: the report holds %zu profiles; this is %s, the "
                      "others are beside it",
                      (int)path.n, path.p, n, s->paths.at[from]);
        pv_cli_warn(s->cli, pv_buf_text(&text));
    }
    pv_buf_done(&text);
    return true;
}

static bool add_path(sides *s, pv_str path)
{
    if (is_report(s, path))
        return add_report(s, path);
    return is_kind(path.p, S_IFDIR) ? add_directory(s, path)
                                    : add(s, (char *)(uintptr_t)path.p);
}

static bool add_list(sides *s, const pv_opt_list *list, const pv_args *args)
{
    for (size_t i = 0; list->len && i < list->len; i++)
        if (!add_path(s, list->at[i]))
            return false;
    for (size_t i = 0; !list->len && i < args->len; i++)
        if (!add_path(s, pv_str_of(args->at[i])))
            return false;
    return true;
}

/* --old and --new; the words without an option stand for the missing one. */
static bool take_options(sides *s, const pv_shared *shared, const pv_args *args,
                         size_t *old)
{
    const pv_opt_list *lists[] = {&shared->old, &shared->new};
    bool both = lists[0]->len && lists[1]->len;

    if (both && args->len)
        return pv_fail(
            s->err, PV_E_USAGE, NULL,
            "'%s' belongs to neither --old nor --new; put it behind one",
            PV_QUOTE(pv_str_of(args->at[0])));
    if (!both && !args->len)
        return pv_fail(
            s->err, PV_E_USAGE, NULL, "%s needs the other side: --%s FILES",
            lists[0]->len ? "--old" : "--new", lists[0]->len ? "new" : "old");
    if (!add_list(s, lists[0], args))
        return false;
    *old = s->paths.len;
    return add_list(s, lists[1], args);
}

static bool take_words(sides *s, const pv_renderer *r, const pv_args *args,
                       size_t *old)
{
    if (args->len > 2)
        return pv_fail(s->err, PV_E_USAGE, NULL,
                       "two inputs are compared, OLD and NEW, not %zu; for "
                       "several runs of a side: `profviz %s --old A B --new C "
                       "D`",
                       args->len, r->name);
    for (size_t i = 0; i < args->len; i++) {
        if (!add_path(s, pv_str_of(args->at[i])))
            return false;
        if (i == 0)
            *old = s->paths.len;
    }
    return true;
}

static bool hand_over(sides *s, pv_args *args)
{
    char **at = PV_NEW_N(s->cli->arena, char *, s->paths.len + 1);

    if (!at)
        return pv_fail_nomem(s->err);
    if (s->paths.len)
        memcpy(at, s->paths.at, s->paths.len * sizeof *at);
    args->at = at;
    args->len = s->paths.len;
    return true;
}

bool pv_sides_settle(pv_cli *cli, const pv_renderer *r, const pv_shared *shared,
                     pv_args *args, size_t *old, pv_error *err)
{
    sides s = {.cli = cli, .err = err};
    bool ok;

    *old = 1;
    if (shared->old.len || shared->new.len)
        ok = take_options(&s, shared, args, old);
    else
        ok = take_words(&s, r, args, old);
    ok = ok && hand_over(&s, args);
    PV_VEC_DONE(&s.paths);
    return ok;
}
