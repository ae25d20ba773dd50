/* SPDX-License-Identifier: MIT */
/* Presets of option tables. */
#include "preset.h"

void pv_option_preset(const pv_opt *o, char *base)
{
    char *to = base + o->offset;
    int64_t preset = o->preset;

    switch (o->kind) {
    case PV_OPT_FLAG: *(bool *)to = preset != 0; break;
    case PV_OPT_INT:
    case PV_OPT_DECIMAL: memcpy(to, &preset, sizeof preset); break;
    case PV_OPT_CHOICE: *(int *)(void *)to = (int)preset; break;
    case PV_OPT_TEXT: memcpy(to, &(pv_str){"", 0}, sizeof(pv_str)); break;
    case PV_OPT_LIST:
    case PV_OPT_FILES: memset(to, 0, sizeof(pv_opt_list)); break;
    }
    if (o->given)
        *(bool *)(base + o->given) = false;
}

static size_t count_groups(const pv_opt_group *groups)
{
    size_t n = 0;

    while (groups && groups[n].options)
        n++;
    return n;
}

void pv_options_preset(const pv_opt_group *groups, void *base)
{
    for (size_t g = count_groups(groups); g-- > 0;) {
        size_t n = 0;

        while (groups[g].options[n].name)
            n++;
        while (n-- > 0)
            pv_option_preset(&groups[g].options[n],
                             (char *)base + groups[g].offset);
    }
}
