/* SPDX-License-Identifier: MIT */
/* Users' regular expressions on PCRE2.
 *
 * Where the machine refuses executable memory, or an expression is beyond the
 * compiler to machine code, it is interpreted: slower, with the same answers.
 */
#include "regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "buf.h"
#include "mem.h"
#include "utf8.h"

enum {
    MATCH_LIMIT = 2000000, /* steps; a second or so at the worst */
    HEAP_LIMIT_KIB = 32 * 1024,
    STACK_FIRST = 32 * 1024, /* of the code made at run time */
    STACK_MOST = 1024 * 1024
};

struct pv_regex {
    pcre2_general_context *memory;
    pcre2_code *code;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack;
    pcre2_match_data *data;
    const char *option;
    pv_buf text; /* the subject where it had to be made UTF-8 */
};

static void *take(PCRE2_SIZE size, void *ctx)
{
    (void)ctx;
    return pv_mem_alloc(1, size);
}

static void give(void *p, void *ctx)
{
    (void)ctx;
    pv_mem_free(p);
}

/* A capital is one that the expression means: not the S of \S. */
static bool has_capital(pv_str pattern)
{
    for (size_t i = 0; i < pattern.n; i++) {
        if (pattern.p[i] == '\\')
            i++;
        else if (pattern.p[i] >= 'A' && pattern.p[i] <= 'Z')
            return true;
    }
    return false;
}

static bool compile(pv_regex *r, pv_str pattern, pv_error *err)
{
    uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY |
                       PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_UNSET_BACKREF |
                       (has_capital(pattern) ? 0 : PCRE2_CASELESS);
    pcre2_compile_context *ctx = pcre2_compile_context_create(r->memory);
    PCRE2_SIZE at;
    int code;
    PCRE2_UCHAR why[160];

    if (!ctx)
        return pv_fail_nomem(err);
    pcre2_set_compile_extra_options(ctx, PCRE2_EXTRA_ALT_BSUX);
    r->code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, &code,
                            &at, ctx);
    pcre2_compile_context_free(ctx);
    if (r->code)
        return true;
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return pv_fail_nomem(err);
    pcre2_get_error_message(code, why, sizeof why);
    return pv_fail(err, PV_E_USAGE, NULL,
                   "%s: '%s' is not a regular expression: %s at character %zu",
                   r->option, PV_QUOTE(pattern), (const char *)why, at + 1);
}

static bool prepare(pv_regex *r, pv_error *err)
{
    r->limits = pcre2_match_context_create(r->memory);
    r->data = pcre2_match_data_create(1, r->memory);
    if (!r->limits || !r->data)
        return pv_fail_nomem(err);
    pcre2_set_match_limit(r->limits, MATCH_LIMIT);
    pcre2_set_heap_limit(r->limits, HEAP_LIMIT_KIB);
    if (pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) != 0)
        return true; /* interpreted, then */
    r->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, r->memory);
    if (r->stack)
        pcre2_jit_stack_assign(r->limits, NULL, r->stack);
    return true;
}

pv_regex *pv_regex_new(pv_str pattern, const char *option, pv_error *err)
{
    pv_regex *r = pv_mem_alloc(1, sizeof *r);

    if (!r) {
        pv_fail_nomem(err);
        return NULL;
    }
    r->option = option;
    r->memory = pcre2_general_context_create(take, give, NULL);
    if (!r->memory)
        pv_fail_nomem(err);
    else if (!pv_utf8_valid(pattern))
        pv_fail(err, PV_E_USAGE, NULL, "%s: '%s' is not valid UTF-8", option,
                PV_QUOTE(pattern));
    else if (compile(r, pattern, err) && prepare(r, err))
        return r;
    pv_regex_free(r);
    return NULL;
}

void pv_regex_free(pv_regex *r)
{
    if (!r)
        return;
    pcre2_jit_stack_free(r->stack);
    pcre2_match_data_free(r->data);
    pcre2_match_context_free(r->limits);
    pcre2_code_free(r->code);
    pcre2_general_context_free(r->memory);
    pv_buf_done(&r->text);
    pv_mem_free(r);
}

int pv_regex_match(pv_regex *r, pv_str subject, pv_error *err)
{
    int found;

    if (!pv_utf8_valid(subject)) {
        pv_buf_clear(&r->text);
        pv_to_utf8(&r->text, subject);
        if (r->text.failed) {
            pv_fail_nomem(err);
            return -1;
        }
        subject = pv_buf_text(&r->text);
    }
    if (!subject.p)
        subject = PV_STR("");
    found = pcre2_match(r->code, (PCRE2_SPTR)subject.p, subject.n, 0,
                        PCRE2_NO_UTF_CHECK, r->data, r->limits);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found =
            pcre2_match(r->code, (PCRE2_SPTR)subject.p, subject.n, 0,
                        PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, r->data, r->limits);
    if (found >= 0)
        return 1;
    if (found == PCRE2_ERROR_NOMATCH)
        return 0;
    if (found == PCRE2_ERROR_NOMEMORY)
        pv_fail_nomem(err);
    else
        pv_fail(err, PV_E_USAGE, NULL,
                "%s: the expression takes too many steps on '%s'; make it "
                "simpler",
                r->option, PV_QUOTE(subject));
    return -1;
}
