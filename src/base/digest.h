/* SPDX-License-Identifier: MIT */
/* SHA-256: of inputs, of what a page's policy allows, and keyed for names that
 * are not to be told. */
#ifndef DIGEST_H
#define DIGEST_H

#include "profviz/str.h"

enum { PV_DIGEST = 32, PV_DIGEST_HEX = 64, PV_DIGEST_BASE64 = 44 };

typedef struct pv_digest {
    uint64_t state[16]; /* room for the library's own */
} pv_digest;

void pv_digest_begin(pv_digest *d);
void pv_digest_add(pv_digest *d, const void *p, size_t n);
void pv_digest_end(pv_digest *d, uint8_t out[PV_DIGEST]);

/* Of one text. */
void pv_digest_text(pv_str text, uint8_t out[PV_DIGEST]);

/* HMAC-SHA-256. */
void pv_digest_keyed(pv_bytes key, pv_str text, uint8_t out[PV_DIGEST]);

/* Neither ends in NUL. */
void pv_digest_hex(const uint8_t digest[PV_DIGEST], char out[PV_DIGEST_HEX]);
void pv_digest_base64(const uint8_t digest[PV_DIGEST],
                      char out[PV_DIGEST_BASE64]);

#endif
