/* SPDX-License-Identifier: MIT */
/* Reading a report's inputs and their counterparts, one at a time, under signs
 * where it is to tell no names. */
#include "report_inputs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.h"
#include "report_paths.h"

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

    if (stat(in->paths.at[i], &st) < 0 || !S_ISREG(st.st_mode))
        return;
    fd = open(in->paths.at[i], O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
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
        in->about[i].path =
            pv_redact_path(&in->redaction, pv_report_slug(path, in->cli->arena),
                           in->cli->arena);
}

static const pv_profile *read_first(pv_report_inputs *in, size_t i,
                                    pv_error *err)
{
    pv_loaded l;

    in->seen[i] = true;
    look_at_file(in, i);
    if (!pv_load_all(in->cli, &in->paths.at[i], 1, in->reading, &l, err))
        return NULL;
    if (!in->redacts) /* warnings quote what they are about */
        in->about[i].warnings = l.warnings[0];
    l.profiles[0] = hide(in, l.profiles[0], err);
    if (comes_once(in->paths.at[i]))
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
    return hide(in, pv_load(in->paths.at[i], &quiet, err), err);
}

static void release(void *ctx, const pv_profile *p)
{
    const pv_report_inputs *in = ctx;

    for (size_t i = 0; i < in->paths.len; i++)
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
    if (in->old.len == 1 && in->paths.len == 1)
        found = in->old.at;
    for (size_t k = 0; k < in->old.len && !found; k++)
        if (pv_str_equal(in->old.at[k].slug, slug))
            found = &in->old.at[k];
    if (!found)
        return NULL;
    *path = in->redacts ? found->slug : found->path;
    return hide_old(in, found, pv_load(found->path.p, &quiet, err), err);
}

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

    in->about = PV_NEW_N(a, pv_report_input, in->paths.len);
    in->seen = PV_NEW_N(a, bool, in->paths.len);
    in->held = PV_NEW_N(a, pv_profile *, in->paths.len);
    if (a->failed)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < in->paths.len; i++) {
        in->about[i] =
            (pv_report_input){.path = pv_str_of(in->paths.at[i]), .bytes = -1};
        hide_path(in, i);
    }
    return !a->failed || pv_fail_nomem(err);
}

bool pv_report_inputs_open(pv_report_inputs *in, pv_cli *cli,
                           const pv_args *args, const pv_shared *shared,
                           const pv_report_options *o, pv_error *err)
{
    *in = (pv_report_inputs){
        .cli = cli,
        .slugs = {.arena = cli->arena},
        .reading = {.limits = PV_LIMITS_DEFAULT,
                    .format = shared->input_format,
                    .strict = shared->strict,
                    .jobs = (unsigned)shared->jobs},
    };
    if (!pv_limits_parse(shared->limits, &in->reading.limits, err) ||
        !open_redaction(in, o, err))
        return false;
    for (size_t i = 0; i < args->len; i++)
        if (!pv_report_inputs_add(in, args->at[i], err))
            return false;
    if (!make_room(in, err))
        return false;
    for (size_t i = 0; i < o->baseline.len; i++)
        if (!pv_report_baseline_add(
                in, pv_arena_copy(cli->arena, o->baseline.at[i]), err))
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

void pv_report_inputs_plan(pv_report_inputs *in, pv_report_plan *plan)
{
    plan->len = in->paths.len;
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
}

void pv_report_inputs_close(pv_report_inputs *in)
{
    for (size_t i = 0; in->held && i < in->paths.len; i++)
        pv_profile_free(in->held[i]);
    PV_VEC_DONE(&in->paths);
    PV_VEC_DONE(&in->old);
    pv_slugs_done(&in->slugs);
}
