/* SPDX-License-Identifier: MIT */
/* Path -> profile in one call. */
#include "formats.h"

#include <unistd.h>

#include "mem.h"

/* The builder's error has no place of its own. */
static void place_error(pv_source *s)
{
    if (s->err->code != PV_OK && s->err->at.file.n == 0 &&
        s->err->code != PV_E_NOMEM && s->err->code != PV_E_USAGE)
        s->err->at.file = pv_input_name(s->input);
}

static bool check_tail(pv_source *s)
{
    return !pv_input_tail(s->input) ||
           pv_source_warn(s, 0,
                          "left out what stands behind the gzip data: it is "
                          "not compressed");
}

static pv_profile *load(pv_input *in, const pv_read_options *options,
                        pv_error *err)
{
    pv_source s = {.input = in, .options = options, .err = err};
    const pv_format *f = pv_detect(&s);
    pv_builder *b = NULL;
    pv_profile *p = NULL;

    s.format = f;
    if (f) {
        b = pv_builder_new(f->name, options->limits.memory);
        if (!b)
            pv_fail_nomem(err);
    }
    if (b && f->read(&s, b) && check_tail(&s))
        p = pv_builder_finish(b, err);
    pv_builder_free(b);
    if (!p)
        place_error(&s);
    return p;
}

static pv_profile *load_and_close(pv_input *in, const pv_read_options *options,
                                  pv_error *err)
{
    static const pv_read_options none = {.limits = {0}};
    pv_read_options o = options ? *options : none;
    pv_error scratch = {0};
    pv_profile *p;

    if (!in)
        return NULL;
    if (!options)
        o.limits = PV_LIMITS_DEFAULT;
    p = load(in, &o, err ? err : &scratch);
    pv_input_close(in);
    return p;
}

static pv_limits limits_of(const pv_read_options *options)
{
    return options ? options->limits : PV_LIMITS_DEFAULT;
}

/* FILE#PART where there is a FILE but none of the whole name. */
static bool names_part(const char *path)
{
    const char *sign = strrchr(path, '#');

    return sign && sign > path && sign[1] && access(path, F_OK) < 0;
}

static pv_profile *load_part(const char *path, pv_read_options o, pv_error *err)
{
    size_t sign = pv_str_rfind(pv_str_of(path), '#');
    char *file = pv_mem_alloc(sign + 1, 1);
    pv_profile *p = NULL;

    if (!file) {
        pv_fail_nomem(err);
        return NULL;
    }
    memcpy(file, path, sign);
    o.part = pv_str_of(path + sign + 1);
    if (access(file, F_OK) < 0)
        pv_fail_sys(err, pv_str_of(path));
    else
        p = load_and_close(pv_input_open(file, &o.limits, err), &o, err);
    if (!p && err)
        err->at.file = pv_str_of(path); /* that of `file` goes */
    pv_mem_free(file);
    return p;
}

pv_profile *pv_load(const char *path, const pv_read_options *options,
                    pv_error *err)
{
    pv_limits limits = limits_of(options);
    pv_read_options none = {.limits = limits};

    if (names_part(path))
        return load_part(path, options ? *options : none, err);
    return load_and_close(pv_input_open(path, &limits, err), options, err);
}

pv_profile *pv_load_bytes(pv_bytes data, pv_str name,
                          const pv_read_options *options, pv_error *err)
{
    pv_limits limits = limits_of(options);

    return load_and_close(pv_input_bytes(data, name, &limits, err), options,
                          err);
}
