/* SPDX-License-Identifier: MIT */
/* Reading a report's inputs, one at a time; finding their counterparts. */
#include "report_inputs.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "digest.h"
#include "profviz_parts.h"

/* ---- what is known of a file ---- */

static bool hash_file(int fd, uint8_t digest[PV_DIGEST], int64_t *bytes)
{
    static const size_t room = 1 << 16;
    char block[1 << 16];
    pv_digest d;
    ssize_t n;

    *bytes = 0;
    pv_digest_begin(&d);
    while ((n = read(fd, block, room)) > 0) {
        pv_digest_add(&d, block, (size_t)n);
        *bytes += n;
    }
    pv_digest_end(&d, digest);
    return n == 0;
}

/* Pipes and devices give their bytes only once: to the reader. */
static void look_at_file(pv_report_inputs *in, size_t i)
{
    pv_report_input *to = &in->about[i];
    uint8_t digest[PV_DIGEST];
    char hex[PV_DIGEST_HEX];
    struct stat st;
    int fd;

    if (stat(in->paths[i], &st) < 0 || !S_ISREG(st.st_mode))
        return;
    fd = open(in->paths[i], O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return;
    if (hash_file(fd, digest, &to->bytes)) {
        pv_digest_hex(digest, hex);
        to->sha256 = pv_arena_copy(in->cli->arena, (pv_str){hex, sizeof hex});
    }
    close(fd);
}

/* ---- reading ---- */

static bool comes_once(const char *path)
{
    struct stat st;

    return strcmp(path, "-") == 0 ||
           (stat(path, &st) == 0 && !S_ISREG(st.st_mode));
}

/* What the report is given: signs where names are not to be told. */
static pv_profile *hide(const pv_report_inputs *in, pv_profile *p,
                        pv_error *err)
{
    pv_profile *signs;

    if (!p || !in->redacts)
        return p;
    signs = pv_redact(p, &in->redaction, err);
    pv_profile_free(p);
    return signs;
}

/* The file's own name goes. */
static void hide_path(pv_report_inputs *in, size_t i)
{
    pv_str path = in->about[i].path;

    if (in->redacts)
        in->about[i].path = pv_redact_path(
            &in->redaction, pv_report_slug(path, NULL, 0, in->cli->arena),
            in->cli->arena);
}

static const pv_profile *read_first(pv_report_inputs *in, size_t i,
                                    pv_error *err)
{
    pv_loaded l;

    in->seen[i] = true;
    look_at_file(in, i);
    if (!pv_load_all(in->cli, &in->paths[i], 1, in->reading, &l, err))
        return NULL;
    if (!in->redacts) /* warnings quote what they are about */
        in->about[i].warnings = l.warnings[0];
    l.profiles[0] = hide(in, l.profiles[0], err);
    if (comes_once(in->paths[i]))
        in->held[i] = l.profiles[0];
    return l.profiles[0];
}

static const pv_profile *load(void *ctx, size_t i, pv_error *err)
{
    pv_report_inputs *in = ctx;
    pv_read_options quiet = in->reading;

    if (!in->seen[i])
        return read_first(in, i, err);
    if (in->held[i])
        return in->held[i];
    quiet.log = (pv_log){0};
    pv_progress_stage(in->cli->progress, "writing", in->about[i].path);
    return hide(in, pv_load(in->paths[i], &quiet, err), err);
}

static void release(void *ctx, const pv_profile *p)
{
    const pv_report_inputs *in = ctx;

    for (size_t i = 0; i < in->len; i++)
        if (in->held[i] == p)
            return;
    pv_profile_free((pv_profile *)(uintptr_t)p);
}

/* A report may hold signs already, which are not to be signed again. */
static pv_profile *hide_old(const pv_report_inputs *in,
                            const pv_counterpart *found, pv_profile *p,
                            pv_error *err)
{
    return found->published ? p : hide(in, p, err);
}

static const pv_profile *load_old(void *ctx, size_t i, pv_str slug,
                                  pv_str *path, pv_error *err)
{
    pv_report_inputs *in = ctx;
    pv_read_options quiet = in->reading;
    const pv_counterpart *found = NULL;

    (void)i;
    quiet.log = (pv_log){0};
    if (in->old_len == 1 && in->len == 1)
        found = in->old;
    for (size_t k = 0; k < in->old_len && !found; k++)
        if (pv_str_equal(in->old[k].slug, slug))
            found = &in->old[k];
    if (!found)
        return NULL;
    *path = in->redacts ? found->slug : found->path;
    return hide_old(in, found, pv_load(found->path.p, &quiet, err), err);
}

/* ---- the baseline ---- */

static bool add_old(pv_report_inputs *in, pv_str path, pv_str slug,
                    bool published)
{
    if (in->old_len == in->old_room) {
        size_t room = in->old_room ? 2 * in->old_room : 16;
        pv_counterpart *more = PV_NEW_N(in->cli->arena, pv_counterpart, room);

        if (!more)
            return false;
        if (in->old_len)
            memcpy(more, in->old, in->old_len * sizeof *more);
        in->old = more;
        in->old_room = room;
    }
    in->old[in->old_len++] =
        (pv_counterpart){.slug = slug,
                         .path = pv_arena_copy(in->cli->arena, path),
                         .published = published};
    return !in->cli->arena->failed;
}

/* As inputs of a report get theirs. */
static bool add_file(pv_report_inputs *in, pv_str path)
{
    pv_arena *a = in->cli->arena;
    pv_str *taken = PV_NEW_N(a, pv_str, in->old_len + 1), slug = path;

    if (!taken)
        return false;
    for (size_t i = 0; i < in->old_len; i++)
        taken[i] = in->old[i].slug;
    if (in->redacts)
        slug =
            pv_redact_path(&in->redaction, pv_report_slug(path, NULL, 0, a), a);
    return add_old(in, path, pv_report_slug(slug, taken, in->old_len, a),
                   false);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static bool add_directory(pv_report_inputs *in, pv_str path, bool site,
                          pv_error *err)
{
    struct dirent **list = NULL;
    int n = scandir(path.p, &list, is_shown, by_name);
    bool ok = true;

    if (n < 0)
        return pv_fail_sys(err, path);
    for (int i = 0; i < n; i++) {
        pv_str name = pv_str_of(list[i]->d_name);
        pv_str full = pv_arena_join(
            in->cli->arena, pv_arena_join(in->cli->arena, path, PV_STR("/")),
            name);
        struct stat st;

        if (!ok || stat(full.p, &st) < 0 || !S_ISREG(st.st_mode))
            ok = ok && !in->cli->arena->failed;
        else if (!site)
            ok = add_file(in, full);
        else if (pv_str_ends(name, PV_STR(".json")))
            ok = add_old(in, full,
                         pv_arena_copy(in->cli->arena,
                                       pv_str_slice(name, 0, name.n - 5)),
                         true);
        free(list[i]);
    }
    free(list);
    return ok || pv_fail_nomem(err);
}

/* ---- reports as inputs ---- */

static bool is_page(pv_str path)
{
    return pv_str_ends(path, PV_STR(".html")) ||
           pv_str_ends(path, PV_STR(".htm"));
}

/* The text of a file that may be a page of ours; empty when it is none. */
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

typedef bool each_fn(void *ctx, pv_str path, pv_str slug);

/* "FILE#NAME" of each profile in a page. */
static bool each_part(pv_report_inputs *in, pv_str path, each_fn *each,
                      void *ctx, size_t *parts, pv_error *err)
{
    pv_buf page = {0};
    pv_str slug, json;
    size_t at = 0;
    bool ok = read_page(in, path, &page, err);

    for (*parts = 0; ok && pv_next_part(pv_buf_text(&page), &at, &slug, &json);
         ++*parts) {
        pv_arena *a = in->cli->arena;
        pv_str full =
            pv_arena_join(a, pv_arena_join(a, path, PV_STR("#")), slug);

        ok = each(ctx, full, pv_arena_copy(a, slug)) && !a->failed;
        ok = ok || pv_fail_nomem(err);
    }
    pv_buf_done(&page);
    return ok;
}

static bool add_old_part(void *ctx, pv_str path, pv_str slug)
{
    return add_old(ctx, path, slug, true);
}

static bool add_baseline(pv_report_inputs *in, pv_str path, pv_error *err)
{
    pv_str data = pv_arena_join(in->cli->arena, path, PV_STR("/data"));
    struct stat st;

    if (in->cli->arena->failed)
        return pv_fail_nomem(err);
    if (stat(path.p, &st) < 0)
        return pv_fail_sys(err, path);
    if (S_ISREG(st.st_mode) && is_page(path)) {
        size_t parts;

        if (!each_part(in, path, add_old_part, in, &parts, err) || parts)
            return err->code == PV_OK;
    }
    if (!S_ISDIR(st.st_mode))
        return add_file(in, path) || pv_fail_nomem(err);
    if (stat(data.p, &st) == 0 && S_ISDIR(st.st_mode))
        return add_directory(in, data, true, err);
    return add_directory(in, path, false, err);
}

/* ---- inputs that are reports themselves ---- */

typedef struct listing {
    pv_report_inputs *in;
    size_t room;
} listing;

static bool add_input(void *ctx, pv_str path, pv_str slug)
{
    listing *l = ctx;
    pv_report_inputs *in = l->in;

    (void)slug;
    if (in->len == l->room) {
        size_t room = l->room ? 2 * l->room : 16;
        char **more = PV_NEW_N(in->cli->arena, char *, room);

        if (!more)
            return false;
        if (in->len)
            memcpy(more, in->paths, in->len * sizeof *more);
        in->paths = more;
        l->room = room;
    }
    in->paths[in->len++] = (char *)(uintptr_t)path.p;
    return true;
}

static bool add_site(listing *l, pv_str data, pv_error *err)
{
    struct dirent **list = NULL;
    int n = scandir(data.p, &list, is_shown, by_name);
    bool ok = n >= 0 || pv_fail_sys(err, data);

    for (int i = 0; i < n; i++) {
        pv_arena *a = l->in->cli->arena;
        pv_str name = pv_str_of(list[i]->d_name);
        pv_str full =
            pv_arena_join(a, pv_arena_join(a, data, PV_STR("/")), name);

        if (ok && pv_str_ends(name, PV_STR(".json")))
            ok = (add_input(l, full, name) && !a->failed) || pv_fail_nomem(err);
        free(list[i]);
    }
    free(list);
    return ok;
}

/* A site and a page of ours stand for the profiles that they carry. */
static bool expand(listing *l, const char *path, pv_error *err)
{
    pv_arena *a = l->in->cli->arena;
    pv_str data =
        pv_arena_join(a, pv_arena_copy(a, pv_str_of(path)), PV_STR("/data"));
    struct stat st;
    size_t parts = 0;

    if (a->failed)
        return pv_fail_nomem(err);
    if (stat(data.p, &st) == 0 && S_ISDIR(st.st_mode))
        return add_site(l, data, err);
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
        is_page(pv_str_of(path)) &&
        !each_part(l->in, pv_str_of(path), add_input, l, &parts, err))
        return false;
    return parts || add_input(l, pv_str_of(path), PV_STR("")) ||
           pv_fail_nomem(err);
}

/* ---- all of it ---- */

/* ---- redaction ---- */

enum { KEY = 32, KEY_MAX = 4096 };

static bool read_key(pv_report_inputs *in, const char *path, size_t most,
                     pv_error *err)
{
    uint8_t *key = pv_arena_alloc(in->cli->arena, most, 1);
    FILE *f = key ? fopen(path, "rb") : NULL;
    size_t n;

    if (!key)
        return pv_fail_nomem(err);
    if (!f)
        return pv_fail_sys(err, pv_str_of(path));
    setvbuf(f, NULL, _IONBF, 0);
    n = fread(key, 1, most, f);
    fclose(f);
    in->redaction.key = (pv_bytes){key, n};
    return n > 0 ||
           pv_fail(err, PV_E_USAGE, NULL,
                   "--redact-key %s: the file is empty; put a secret in it "
                   "(head -c 32 /dev/urandom)",
                   PV_QUOTE(pv_str_of(path)));
}

/* Addresses of lines hold paths. */
static bool may_link(const pv_report_inputs *in, const pv_report_options *o,
                     pv_error *err)
{
    return !(o->link_template.n && in->redaction.what & PV_REDACT_PATHS) ||
           pv_fail(err, PV_E_USAGE, NULL,
                   "--link-template shows the paths that --redact paths "
                   "hides; give one of them");
}

static bool open_redaction(pv_report_inputs *in, const pv_report_options *o,
                           pv_error *err)
{
    in->redacts = o->redact.n > 0;
    if (!in->redacts)
        return o->redact_key.n == 0 ||
               pv_fail(err, PV_E_USAGE, NULL,
                       "--redact-key is for --redact, which says what");
    return pv_redact_parse(o->redact, &in->redaction.what, err) &&
           may_link(in, o, err) &&
           (o->redact_key.n ? read_key(in, o->redact_key.p, KEY_MAX, err)
                            : read_key(in, "/dev/urandom", KEY, err));
}

static bool make_room(pv_report_inputs *in, pv_error *err)
{
    pv_arena *a = in->cli->arena;

    in->about = PV_NEW_N(a, pv_report_input, in->len);
    in->seen = PV_NEW_N(a, bool, in->len);
    in->held = PV_NEW_N(a, pv_profile *, in->len);
    if (a->failed)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < in->len; i++) {
        in->about[i] =
            (pv_report_input){.path = pv_str_of(in->paths[i]), .bytes = -1};
        hide_path(in, i);
    }
    return !a->failed || pv_fail_nomem(err);
}

bool pv_report_inputs_open(pv_report_inputs *in, pv_cli *cli,
                           const pv_args *args, const pv_shared *shared,
                           const pv_report_options *o, pv_error *err)
{
    listing l = {.in = in};

    *in = (pv_report_inputs){
        .cli = cli,
        .reading = {.limits = PV_LIMITS_DEFAULT,
                    .format = shared->input_format,
                    .strict = shared->strict,
                    .jobs = (unsigned)shared->jobs},
    };
    if (!pv_limits_parse(shared->limits, &in->reading.limits, err) ||
        !open_redaction(in, o, err))
        return false;
    for (size_t i = 0; i < args->len; i++)
        if (!expand(&l, args->at[i], err))
            return false;
    if (!make_room(in, err))
        return false;
    for (size_t i = 0; i < o->baseline.len; i++)
        if (!add_baseline(in, pv_arena_copy(cli->arena, o->baseline.at[i]),
                          err))
            return false;
    in->baseline = o->baseline.len > 0;
    return true;
}

static void hear(void *ctx, const pv_place *at, pv_str text)
{
    pv_error as_error = {.code = PV_E_FORMAT};
    char line[1400];
    size_t n;

    if (!at) {
        pv_cli_warn(ctx, text);
        return;
    }
    as_error.at = *at;
    snprintf(as_error.text, sizeof as_error.text, "%.*s", (int)text.n, text.p);
    n = pv_error_format(&as_error, line, sizeof line);
    pv_cli_warn(ctx, (pv_str){line, n < sizeof line ? n : sizeof line - 1});
}

bool pv_report_inputs_plan(pv_report_inputs *in, pv_report_plan *plan,
                           pv_error *err)
{
    (void)err;
    plan->len = in->len;
    plan->inputs = in->about;
    plan->ctx = in;
    plan->load = load;
    plan->load_old = in->baseline ? load_old : NULL;
    plan->release = release;
    plan->baseline = in->baseline;
    plan->redact = in->redacts ? &in->redaction : NULL;
    if (in->redacts)
        plan->command = PV_STR("");
    plan->log = (pv_log){hear, in->cli};
    return true;
}

void pv_report_inputs_close(pv_report_inputs *in)
{
    for (size_t i = 0; i < in->len; i++)
        pv_profile_free(in->held[i]);
    in->len = 0;
}
