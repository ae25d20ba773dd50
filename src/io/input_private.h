/* SPDX-License-Identifier: MIT */
/* An input, and where its bytes come from. */
#ifndef INPUT_PRIVATE_H
#define INPUT_PRIVATE_H

#include <sys/types.h>
#include <zlib.h>

#include "input.h"

struct pv_input {
    pv_str name;
    pv_limits limits;
    int fd;          /* -1: memory */
    pv_bytes memory; /* what is left of it */
    uint8_t *head;   /* looked at, not yet handed out */
    size_t head_at, head_n;
    bool head_full;    /* peek was done */
    off_t behind_head; /* pv_input_twice: where the file goes on */
    uint8_t *all;      /* pv_input_all */
    uint8_t *held;     /* pv_input_hold: what `memory` is a part of */
    bool plain;        /* `memory` is unpacked already */
    bool gzip, raw_end, member_end, inflating, tail;
    z_stream z;
    uint8_t *raw; /* compressed bytes */
    uint64_t raw_total, out_total;
};

/* Bytes of the descriptor or of the memory; none at the end only. */
bool pv_input_raw(pv_input *in, void *into, size_t room, size_t *got,
                  pv_error *err);
/* The same after decompression. */
bool pv_input_pull(pv_input *in, void *into, size_t room, size_t *got,
                   pv_error *err);
/* The first `have` bytes, in `head`, are gzip's. */
bool pv_input_inflate(pv_input *in, size_t have, pv_error *err);
void pv_input_inflate_done(pv_input *in);

#endif
