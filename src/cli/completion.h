/* SPDX-License-Identifier: MIT */
/* Completion for bash, made from the same tables as --help. */
#ifndef COMPLETION_H
#define COMPLETION_H

#include "buf.h"
#include "command.h"

void pv_completion(pv_cli *cli, pv_buf *out);

#endif
