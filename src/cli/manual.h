/* SPDX-License-Identifier: MIT */
/* profviz.1, made from the same tables as --help. */
#ifndef MANUAL_H
#define MANUAL_H

#include "buf.h"
#include "command.h"

void pv_manual(pv_cli *cli, pv_buf *out);

/* "-o, --output PATH" of an option, without indent. */
void pv_option_usage(pv_buf *out, const pv_optref *row, bool letter);
/* Its sentence with choices, preset and "repeatable". */
void pv_option_help(pv_buf *out, const pv_opt *o);

#endif
