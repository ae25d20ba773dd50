/* SPDX-License-Identifier: MIT */
/* Which format is it?  Every reader bids on the first bytes; evidence counts,
 * names only break ties. */
#include "formats.h"

#include <stdio.h>

static const struct {
    const char *magic;
    size_t n;
    const char *name;
} magics[] = {
    {"BZh", 3, "bzip2 data; unpack it first (bunzip2)"},
    {"\xfd"
     "7zXZ\0",
     6, "xz data; unpack it first (unxz)"},
    {"\x28\xb5\x2f\xfd", 4, "zstd data; unpack it first (unzstd)"},
    {"PK\3\4", 4, "a zip archive; unpack it first"},
    {"PERFILE2", 8, "perf.data; run `perf script` and fold its stacks"},
    {"SQLite format 3", 15, "an SQLite database"},
    {"\x89PNG", 4, "a PNG picture"},
    {"%PDF", 4, "a PDF"},
    {"\x7f"
     "ELF",
     4, "an ELF binary"},
    {"\xff\xfe", 2, "UTF-16 text; convert it to UTF-8 first"},
    {"\xfe\xff", 2, "UTF-16 text; convert it to UTF-8 first"},
    {"MOJ", 3, "austin's binary MOJO; convert it with mojo2austin"},
};

bool pv_head_has(pv_bytes head, pv_str text)
{
    return head.n && memmem(head.p, head.n, text.p, text.n) != NULL;
}

const char *pv_magic_name(pv_bytes head)
{
    pv_bytes start = {head.p, head.n < 24 ? head.n : 24};

    if (pv_head_has(start, PV_STR("memray")))
        return "a memray capture; memray itself reads it (memray flamegraph)";
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (head.n >= magics[i].n &&
            memcmp(head.p, magics[i].magic, magics[i].n) == 0)
            return magics[i].name;
    return NULL;
}

static bool has_extension(const pv_format *f, pv_str name)
{
    if (pv_str_ends(name, PV_STR(".gz")))
        name.n -= 3;
    for (size_t i = 0; f->extensions && f->extensions[i]; i++)
        if (pv_str_ends(name, pv_str_of(f->extensions[i])))
            return true;
    return false;
}

static size_t list_tried(char *out, size_t size)
{
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; pv_formats[i] && n + 1 < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%s", i ? ", " : "",
                              pv_formats[i]->name);
    return n;
}

static void fail_unknown(pv_source *s, pv_bytes head)
{
    const char *magic = pv_magic_name(head);
    char tried[160], hex[32] = "";
    size_t n = 0;

    if (magic) {
        pv_source_fail(s, PV_E_FORMAT, "not a profile: %s", magic);
        return;
    }
    for (size_t i = 0; i < head.n && i < 4; i++)
        n += (size_t)snprintf(hex + n, sizeof hex - n, " %02x", head.p[i]);
    list_tried(tried, sizeof tried);
    pv_source_fail(s, PV_E_FORMAT,
                   "not a profile this program knows (tried %s); first bytes%s",
                   tried, hex);
}

static const pv_format *named(pv_source *s)
{
    const pv_format *f = pv_format_find(s->options->format);
    char tried[160];

    if (f)
        return f;
    list_tried(tried, sizeof tried);
    pv_fail(s->err, PV_E_USAGE, NULL,
            "'%s' is not an input format; there are %s",
            PV_QUOTE(s->options->format), tried);
    return NULL;
}

const pv_format *pv_detect(pv_source *s)
{
    const pv_format *best = NULL, *second = NULL;
    int high = 0;
    pv_bytes head;
    bool whole;

    if (!pv_input_peek(s->input, &head, &whole, s->err))
        return NULL;
    if (head.n == 0) {
        pv_source_fail(s, PV_E_FORMAT, "file is empty");
        return NULL;
    }
    if (s->options->format.n)
        return named(s);
    for (size_t i = 0; pv_formats[i]; i++) {
        const pv_format *f = pv_formats[i];
        int bid = f->bid(head, whole);

        if (bid > 0 && has_extension(f, pv_input_name(s->input)))
            bid++;
        if (bid > high) {
            high = bid;
            best = f;
            second = NULL;
        } else if (bid > 0 && bid == high) {
            second = f;
        }
    }
    if (best && second)
        pv_source_fail(s, PV_E_USAGE,
                       "may be %s or %s; say which with --input-format",
                       best->name, second->name);
    else if (!best)
        fail_unknown(s, head);
    return second ? NULL : best;
}
