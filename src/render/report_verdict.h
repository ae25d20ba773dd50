/* SPDX-License-Identifier: MIT */
/* What happened, in words: for the index, the Markdown and the badge. */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "report_private.h"

/* The key fact, and what else is to be said; `plain` text, or a page's. */
void pv_report_verdict(pv_report *r, bool plain, pv_str *key, pv_str *rest);

#endif
