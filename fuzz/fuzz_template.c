/* SPDX-License-Identifier: MIT */
/* Templates under fire: compile, and expand in both dialects.
 *
 * What comes out of a template that compiles must be free of script that the
 * data brought in: every text of the model holds HOSTILE, and it must never
 * stand unescaped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asset.h"
#include "fuzz_kit.h"
#include "template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define HOSTILE "\"'><script\x01>&</style></script>"

static const int here = 0; /* the one record there is */

static pv_datum text(const void *record)
{
    (void)record;
    return pv_datum_text(PV_STR(HOSTILE));
}

static pv_datum number(const void *record)
{
    (void)record;
    return pv_datum_int(-1234567);
}

static pv_datum truth(const void *record)
{
    (void)record;
    return pv_datum_bool(true);
}

static const void *item(const void *self, size_t i)
{
    (void)i;
    return self;
}

static pv_datum list(const void *record)
{
    return (pv_datum){.kind = PV_K_LIST, .as.list = {record, 2, item}};
}

static pv_datum again(const void *record)
{
    return (pv_datum){.kind = PV_K_RECORD, .as.record = record};
}

static void emit(const void *self, pv_markup *out)
{
    (void)self;
    pv_markup_open(out, "i");
    pv_markup_text(out, PV_STR(HOSTILE));
    pv_markup_shut(out);
}

static pv_datum fragment(const void *record)
{
    return (pv_datum){.kind = PV_K_FRAGMENT, .as.fragment = {record, emit}};
}

static const pv_record_type type;
static const pv_field fields[] = {
    {"text", PV_K_TEXT, NULL, text},
    {"number", PV_K_INT, NULL, number},
    {"truth", PV_K_BOOL, NULL, truth},
    {"list", PV_K_LIST, &type, list},
    {"again", PV_K_RECORD, &type, again},
    {"fragment", PV_K_FRAGMENT, NULL, fragment},
    {0},
};
static const pv_record_type type = {"page", fields};

static void stop(const char *what, const char *text_)
{
    fprintf(stderr, "%s: %s\n", what, text_);
    abort();
}

/* A template may bring hostile text itself; then nothing can be told. */
static bool holds(pv_bytes b, const char *what)
{
    return memmem(b.p, b.n, what, strlen(what)) != NULL;
}

static void expand(const pv_template *t, pv_dialect dialect, bool tame)
{
    pv_error err = {0};
    pv_sink *s = pv_sink_memory(&err);
    pv_markup m;

    if (!s)
        return;
    pv_markup_init(&m, s, dialect);
    pv_template_expand(t, &here, &m);
    pv_markup_done(&m);
    if (tame && holds(pv_sink_memory_bytes(s), "><script\x01"))
        stop("unescaped", "the model's text");
    if (!pv_sink_close(s, &err) && err.code == PV_E_BUG &&
        strstr(err.text, "would end its element") == NULL &&
        strstr(err.text, "text inside a script") == NULL)
        stop("misuse", err.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const pv_includes includes = {pv_asset_include, NULL};
    pv_bytes xml = {data, n};
    pv_error err = {0};
    pv_arena a;
    pv_template *t;

    pv_arena_init(&a, 0);
    t = pv_template_compile(&a, PV_STR("fuzz"), xml, &type, &includes, &err);
    if (t) {
        expand(t, PV_HTML5, !holds(xml, "script"));
        expand(t, PV_XML, !holds(xml, "script"));
    } else if (!fuzz_refusal(&err)) {
        stop("refused", err.text);
    }
    pv_arena_done(&a);
    return 0;
}
