/* SPDX-License-Identifier: MIT */
/* Users' expressions tried on functions. */
#include "match.h"

#include "buf.h"
#include "label.h"
#include "regex.h"

static int match_one(pv_regex *re, const pv_work_fn *f, pv_buf *buf,
                     pv_error *err)
{
    int found;

    if (f->name.n) {
        found = pv_regex_match(re, f->name, err);
    } else {
        pv_buf_clear(buf);
        pv_buf_str(buf, f->file);
        if (f->file.n && f->line)
            pv_buf_format(buf, ":%u", (unsigned)f->line);
        if (buf->failed) {
            pv_fail_nomem(err);
            return -1;
        }
        found = pv_regex_match(re, pv_buf_text(buf), err);
    }
    if (found == 0 && f->file.n)
        found = pv_regex_match(re, f->file, err);
    return found;
}

static bool match_regex(bool *hit, const pv_work_fns *fns, pv_str pattern,
                        const char *option, pv_error *err)
{
    pv_regex *re = pv_regex_new(pattern, option, err);
    pv_buf buf = {0};
    int found = 0;

    if (!re)
        return false;
    for (uint32_t i = 0; i < fns->len && found >= 0; i++) {
        if (hit[i])
            continue;
        found = match_one(re, &fns->at[i], &buf, err);
        hit[i] = found > 0;
    }
    pv_buf_done(&buf);
    pv_regex_free(re);
    return found >= 0;
}

static bool match_origin(bool *hit, const pv_work_fns *fns, pv_str name,
                         const char *option, const pv_whence *whence,
                         uint32_t known, pv_error *err)
{
    pv_origin origin;

    if (!pv_origin_find(name, &origin))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "%s: there is no origin '%s'; it is one of own, site, "
                       "std, builtin, native, runtime, unknown",
                       option, PV_QUOTE(name));
    for (uint32_t i = 0; i < fns->len && i < known; i++)
        if (whence[i].origin == origin)
            hit[i] = true;
    return true;
}

bool pv_match_functions(bool *hit, const pv_work_fns *fns,
                        const pv_opt_list *list, const char *option,
                        const pv_whence *whence, uint32_t known, pv_error *err)
{
    static const char head[] = "origin:";

    for (size_t i = 0; i < list->len; i++) {
        pv_str text = list->at[i];

        if (whence && pv_str_starts(text, pv_str_of(head))) {
            text = pv_str_slice(text, sizeof head - 1, text.n);
            if (!match_origin(hit, fns, text, option, whence, known, err))
                return false;
        } else if (!match_regex(hit, fns, text, option, err)) {
            return false;
        }
    }
    return true;
}
