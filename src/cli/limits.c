/* SPDX-License-Identifier: MIT */
/* --limits: "input=2G,memory=4G,depth=10000,ratio=1000". */
#include "shared.h"

#include "number.h"

/* A number with k, M, G or T behind it, powers of 1024. */
static bool parse_size(pv_str s, uint64_t *out)
{
    static const char units[] = "kMGT";
    const char *unit = s.n ? strchr(units, s.p[s.n - 1]) : NULL;
    unsigned shift = 0;

    if (s.n && s.p[s.n - 1] == 'K')
        unit = units;
    if (unit && *unit) {
        shift = (unsigned)(unit - units + 1) * 10;
        s.n--;
    }
    if (!pv_parse_u64(s, out) || *out > UINT64_MAX >> shift)
        return false;
    *out <<= shift;
    return true;
}

static bool set_count(uint32_t *to, uint64_t v)
{
    if (v > UINT32_MAX)
        return false;
    *to = (uint32_t)v;
    return true;
}

static bool set_limit(pv_str key, pv_str value, pv_limits *out, pv_error *err)
{
    uint64_t v = 0;
    bool ok = parse_size(value, &v);

    if (pv_str_equal(key, PV_STR("input")))
        out->input = v;
    else if (pv_str_equal(key, PV_STR("memory")))
        out->memory = v;
    else if (pv_str_equal(key, PV_STR("depth")))
        ok = ok && set_count(&out->depth, v);
    else if (pv_str_equal(key, PV_STR("ratio")))
        ok = ok && set_count(&out->ratio, v);
    else
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--limits has input, memory, depth and ratio, no '%s'",
                       PV_QUOTE(key));
    return ok || pv_fail(err, PV_E_USAGE, NULL,
                         "--limits: %s wants a whole number or a size such "
                         "as 512M, not '%s'",
                         PV_QUOTE(key), PV_QUOTE(value));
}

bool pv_limits_parse(pv_str text, pv_limits *out, pv_error *err)
{
    while (text.n) {
        size_t end = pv_str_find(text, ',');
        pv_str part = pv_str_slice(text, 0, end);
        size_t eq = pv_str_find(part, '=');

        if (eq == SIZE_MAX)
            return pv_fail(err, PV_E_USAGE, NULL,
                           "--limits wants NAME=N, not '%s'", PV_QUOTE(part));
        if (!set_limit(pv_str_slice(part, 0, eq),
                       pv_str_slice(part, eq + 1, part.n), out, err))
            return false;
        text =
            end == SIZE_MAX ? PV_STR("") : pv_str_slice(text, end + 1, text.n);
    }
    return true;
}
