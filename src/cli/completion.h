/* SPDX-License-Identifier: MIT */
/* Completion for shells, made from the same tables as --help. */
#ifndef COMPLETION_H
#define COMPLETION_H

#include "buf.h"
#include "command.h"

void pv_completion_bash(pv_cli *cli, pv_buf *out);
void pv_completion_fish(pv_cli *cli, pv_buf *out);
void pv_completion_zsh(pv_cli *cli, pv_buf *out);

#endif
