/* SPDX-License-Identifier: MIT */
/* Names from older encodings into UTF-8.
 *
 * A profile holds symbols only, so one with another table of names is the
 * profile recoded.  Merging that one alone puts its stacks into their order.
 */
#include "recode.h"

#include "merge.h"
#include "source_codec.h"
#include "symtab.h"

bool pv_recode_settle(pv_str *name, pv_error *err)
{
    pv_buf none = {0};
    pv_decoded how;

    if (!name->n)
        return true;
    pv_decode_as(&none, PV_STR(""), *name, &how);
    pv_buf_done(&none);
    if (!how.known)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--encoding: '%s' is not known here; convert the input "
                       "(iconv -t UTF-8) and leave the option out",
                       PV_QUOTE(*name));
    if (how.utf8)
        *name = PV_STR("");
    return true;
}

static bool fail_byte(pv_str path, pv_str text, pv_str encoding, pv_error *err)
{
    const pv_place at = {.file = path};

    return pv_fail(err, PV_E_FORMAT, &at,
                   "the name '%s' has bytes that %s does not have; give "
                   "--encoding what the file is written in",
                   PV_QUOTE(text), PV_QUOTE(encoding));
}

static bool decode_names(const pv_profile *p, pv_str path, pv_str encoding,
                         pv_symtab *names, pv_error *err)
{
    pv_buf text = {0};
    bool ok = true;

    for (uint32_t i = 1; ok && i < pv_symtab_len(p->names); i++) {
        pv_str raw = pv_symtab_text(p->names, (pv_sym){i});
        pv_decoded how;

        text.n = 0;
        pv_decode_as(&text, raw, encoding, &how);
        if (how.replaced)
            ok = fail_byte(path, raw, encoding, err);
        else if (text.failed || pv_symtab_add(names, pv_buf_text(&text)).i != i)
            ok = pv_fail_nomem(err);
    }
    pv_buf_done(&text);
    return ok;
}

pv_profile *pv_recode(const pv_profile *p, pv_str path, pv_str encoding,
                      pv_error *err)
{
    pv_profile view = *p, *made = NULL;
    const pv_profile *inputs[1] = {&view};
    pv_symtab *names;
    pv_arena a;

    pv_arena_init(&a, 0);
    names = pv_symtab_new(&a);
    view.names = names;
    if (!names)
        pv_fail_nomem(err);
    else if (decode_names(p, path, encoding, names, err))
        made = pv_merge(inputs, &path, 1, err);
    pv_symtab_free(names);
    pv_arena_done(&a);
    return made;
}
