/* SPDX-License-Identifier: MIT */
/* Rules of --fail-on and --rules, and what becomes of them. */
#ifndef GATE_H
#define GATE_H

#include "buf.h"
#include "profviz/renderer.h"
#include "rules.h"

typedef struct pv_gate_options {
    pv_opt_list fail_on;
    pv_str rules; /* a file's path */
} pv_gate_options;

extern const pv_opt pv_gate_opts[]; /* offsets into pv_gate_options */

typedef struct pv_gate {
    pv_rule *rules;
    pv_rule_result *results; /* of each */
    size_t len, broken;
    pv_diff d[PV_RULE_SCOPES]; /* by scope; the whole is that of functions */
    bool made[PV_RULE_SCOPES];
} pv_gate;

/* Reads the rules; none are no error.  PV_E_USAGE with the place of the first
 * mistake: FILE:LINE:COL, or --fail-on:N:COL in the N-th of them. */
bool pv_gate_read(pv_gate *g, const pv_gate_options *o, pv_arena *a,
                  pv_error *err);
/* Compares the job's inputs by all that the rules ask for, and judges.  All in
 * the arena but what pv_gate_done frees, in any case. */
bool pv_gate_judge(pv_gate *g, const pv_job *job, bool normalize, pv_arena *a,
                   pv_error *err);
/* Tells the log how the sides were not measured alike; an error where the job
 * is strict. */
bool pv_gate_warn(const pv_job *job, const pv_diff *d, pv_error *err);
void pv_gate_done(pv_gate *g);

/* "1 of 3 rules is broken." */
void pv_gate_sentence(pv_buf *out, const pv_gate *g);
/* "+1.84 s (+22%)": a change with its share of before. */
void pv_gate_change(pv_buf *out, const pv_rule_result *r,
                    const pv_rule_match *m, bool unicode);
/* "8.31 s -> 10.15 s, +1.84 s (+22%)": one match in one line. */
void pv_gate_words(pv_buf *out, const pv_rule_result *r,
                   const pv_rule_match *m);
/* "not tested", "clear, 5 and 5 runs" ... */
/* "within noise" */
const char *pv_verdict_word(uint8_t verdict);
void pv_gate_verdict(pv_buf *out, const pv_rule_result *r,
                     const pv_rule_match *m);

#endif
