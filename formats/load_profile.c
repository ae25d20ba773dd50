/* SPDX-License-Identifier: MIT */
/* Path -> profile in one call. */
#include "formats.h"

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

pv_profile *pv_load(const char *path, const pv_read_options *options,
                    pv_error *err)
{
    pv_limits limits = limits_of(options);

    return load_and_close(pv_input_open(path, &limits, err), options, err);
}

pv_profile *pv_load_bytes(pv_bytes data, pv_str name,
                          const pv_read_options *options, pv_error *err)
{
    pv_limits limits = limits_of(options);

    return load_and_close(pv_input_bytes(data, name, &limits, err), options,
                          err);
}
