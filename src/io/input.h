/* SPDX-License-Identifier: MIT */
/* An input as a pull of blocks: a file, a pipe, stdin or memory, with gzip
 * undone by content (concatenated members too) under a ratio limit.
 *
 * The first PV_BID_WINDOW bytes may be looked at before anything is consumed.
 * Offsets count decompressed bytes.
 */
#ifndef INPUT_H
#define INPUT_H

#include "profviz/format.h"

typedef struct pv_input pv_input;

/* `path` "-" is stdin.  Refuses directories; devices and pipes are streams. */
PV_MUST_USE pv_input *pv_input_open(const char *path, const pv_limits *limits,
                                    pv_error *err);
/* Borrowed bytes. */
PV_MUST_USE pv_input *pv_input_bytes(pv_bytes data, pv_str name,
                                     const pv_limits *limits, pv_error *err);
void pv_input_close(pv_input *in); /* accepts NULL */

pv_str pv_input_name(const pv_input *in);
/* Read to its end: was there anything but padding behind the gzip data? */
bool pv_input_tail(const pv_input *in);

/* What the first bytes are, up to PV_BID_WINDOW; consumes nothing.  *whole:
 * that is all there is.  False on a read error. */
bool pv_input_peek(pv_input *in, pv_bytes *head, bool *whole, pv_error *err);

/* What was peeked at, consumed without a copy: PV_BID_WINDOW bytes of memory
 * that are now the caller's, the first *n of them filled.  NULL: nothing was. */
char *pv_input_take_head(pv_input *in, size_t *n);

/* Reads into the caller's memory, up to `room` bytes; *got 0 at the end. */
bool pv_input_read(pv_input *in, void *into, size_t room, size_t *got,
                   pv_error *err);

/* Can all of it be read a second time, and is it within limits.input?  True
 * for files that are not compressed, before anything is consumed; then
 * pv_input_again starts again from the first byte. */
bool pv_input_twice(pv_input *in);
bool pv_input_again(pv_input *in, pv_error *err);

/* How large it says it is; 0: not known.  A hint, not a fact. */
uint64_t pv_input_size(const pv_input *in);

/* All that is left, held until close; refuses beyond limits.input, naming it. */
bool pv_input_all(pv_input *in, pv_bytes *all, pv_error *err);

/* The same, and the input starts again from the first byte: for looking
 * through a whole text before it is read. */
bool pv_input_hold(pv_input *in, pv_bytes *all, pv_error *err);

#endif
