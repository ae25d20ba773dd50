/* SPDX-License-Identifier: MIT */
/* Globs over any bytes: one pass, going back to the last star only. */
#include "rules.h"

/* One character of UTF-8, or one byte that is none. */
static size_t step(pv_str text, size_t at)
{
    size_t end = at + 1;

    if (((uint8_t)text.p[at] & 0xc0) != 0xc0)
        return end;
    while (end < text.n && end < at + 4 &&
           ((uint8_t)text.p[end] & 0xc0) == 0x80)
        end++;
    return end;
}

/* Where the set that begins at `at` ends, SIZE_MAX: nothing closes it. */
static size_t set_end(pv_str glob, size_t at)
{
    size_t end = at + 1;

    if (end < glob.n && (glob.p[end] == '!' || glob.p[end] == '^'))
        end++;
    for (end++; end < glob.n; end++)
        if (glob.p[end] == ']')
            return end;
    return SIZE_MAX;
}

/* `set` is what stands between the brackets; ranges are of bytes. */
static bool in_set(pv_str set, char c)
{
    bool not = set.n && (set.p[0] == '!' || set.p[0] == '^'), found = false;

    for (size_t i = not ; i < set.n; i++) {
        uint8_t low = (uint8_t)set.p[i], high = low, byte = (uint8_t)c;

        if (i + 2 < set.n && set.p[i + 1] == '-') {
            high = (uint8_t)set.p[i + 2];
            i += 2;
        }
        found = found || (low <= byte && byte <= high);
    }
    return found != not ;
}

/* One item of the glob at one character; *g and *t move past them. */
static bool item(pv_str glob, size_t *g, pv_str text, size_t *t)
{
    size_t end = glob.p[*g] == '[' ? set_end(glob, *g) : SIZE_MAX;

    if (end != SIZE_MAX) {
        if (!in_set(pv_str_slice(glob, *g + 1, end), text.p[*t]))
            return false;
        *g = end + 1;
        *t += 1;
        return true;
    }
    if (glob.p[*g] == '?') {
        *g += 1;
        *t = step(text, *t);
        return true;
    }
    if (glob.p[*g] != text.p[*t])
        return false;
    *g += 1;
    *t += 1;
    return true;
}

bool pv_glob(pv_str glob, pv_str text)
{
    size_t g = 0, t = 0, star = SIZE_MAX, back = 0;

    while (t < text.n) {
        if (g < glob.n && glob.p[g] == '*') {
            star = ++g;
            back = t;
        } else if (g < glob.n && item(glob, &g, text, &t)) {
            continue;
        } else if (star != SIZE_MAX) {
            g = star;
            t = ++back;
        } else {
            return false;
        }
    }
    while (g < glob.n && glob.p[g] == '*')
        g++;
    return g == glob.n;
}
