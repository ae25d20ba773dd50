/* SPDX-License-Identifier: MIT */
/* Data as JSON: Jansson with our memory. */
#include "json_data.h"

#include "mem.h"

static void *j_alloc(size_t n)
{
    return pv_mem_alloc(n, 1);
}

/* Jansson does not always say that memory ran out: then there is none to be
 * had, either. */
static bool ran_out(const json_error_t *error, size_t wanted)
{
    void *probe;

    if (json_error_code(error) == json_error_out_of_memory)
        return true;
    probe = pv_mem_alloc(wanted + 1, 1);
    pv_mem_free(probe);
    return !probe;
}

json_t *pv_jansson_load(pv_str json, size_t flags, bool *no_memory)
{
    json_error_t error;
    json_t *root;

    json_set_alloc_funcs(j_alloc, pv_mem_free);
    root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES | flags, &error);
    *no_memory = !root && ran_out(&error, json.n);
    return root;
}

pv_str pv_jansson_text(const json_t *v)
{
    const char *p = json_string_value(v);

    return (pv_str){p ? p : "", json_string_length(v)};
}
