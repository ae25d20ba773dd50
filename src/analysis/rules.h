/* SPDX-License-Identifier: MIT */
/* Rules that a comparison must keep.
 *
 *     [func|file|module:GLOB:][self_|total_]METRIC >|< LIMIT {and LIMIT}
 *
 * A limit is a change (+10%, -5ms), a level (1GiB) or a share (5% of total).
 * Numbers are kept exactly as they are written.
 */
#ifndef RULES_H
#define RULES_H

#include "diff.h"

typedef enum pv_rule_scope {
    PV_RULE_WHOLE,
    PV_RULE_FUNC,
    PV_RULE_FILE,
    PV_RULE_MODULE
} pv_rule_scope;
enum { PV_RULE_SCOPES = 4, PV_RULE_LIMITS = 8 };

typedef enum pv_limit_kind {
    PV_LIMIT_PERCENT, /* a change in % of before */
    PV_LIMIT_CHANGE,  /* a change in the metric's unit */
    PV_LIMIT_LEVEL,
    PV_LIMIT_SHARE /* in % of the total after */
} pv_limit_kind;

/* number x factor / 10^exponent */
typedef struct pv_rule_limit {
    pv_limit_kind kind;
    int64_t number, factor;
    uint8_t exponent;
    bool any_unit; /* without a suffix: seconds, bytes or counts */
    pv_unit unit;  /* what the suffix says */
    uint32_t column;
} pv_rule_limit;

typedef struct pv_rule {
    pv_str text; /* without blanks around it */
    pv_place at; /* of its first byte */
    pv_rule_scope scope;
    pv_str glob;   /* empty for the whole */
    pv_str metric; /* with its self_ or total_ */
    uint32_t metric_column;
    bool less; /* "<" */
    pv_rule_limit limits[PV_RULE_LIMITS];
    size_t len;
} pv_rule;

/* `text` must outlive the rule; its first byte is at `at`.  PV_E_USAGE with
 * the place of the mistake. */
bool pv_rule_parse(pv_rule *rule, pv_str text, const pv_place *at,
                   pv_error *err);

/* "func", "file", "module"; "" for the whole. */
const char *pv_rule_scope_name(pv_rule_scope scope);

/* Does the whole text fit?  * is any run of bytes, ? one character, [a-z] and
 * [!a-z] one of a set; a '[' that nothing closes is itself. */
bool pv_glob(pv_str glob, pv_str text);

/* A value that breaks its rule. */
typedef struct pv_rule_match {
    pv_str name, file;
    uint32_t line;
    bool has_line;
    int64_t before, after;
    pv_span span[2]; /* with several runs */
    uint8_t verdict, status;
} pv_rule_match;

typedef struct pv_rule_result {
    const pv_rule *rule;
    const pv_diff *d;
    uint32_t metric;   /* of d */
    bool total;        /* values are totals, not selves */
    uint32_t *fitting; /* rows that the glob fits */
    uint32_t fit;
    pv_rule_match *at;
    uint32_t len; /* the rule is broken when there are any */
} pv_rule_result;

/* `d` compares what the scope asks for; `inputs` are all its profiles.  In
 * the arena.  PV_E_USAGE where the metric is not there or the unit is another. */
bool pv_rule_judge(pv_rule_result *out, const pv_rule *rule, const pv_diff *d,
                   const pv_profile *const *inputs, size_t len, pv_arena *a,
                   pv_error *err);

/* The value that the rule looks at, of a row. */
void pv_rule_values(const pv_rule_result *r, uint32_t row, int64_t *before,
                    int64_t *after);

#endif
