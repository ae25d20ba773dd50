/* SPDX-License-Identifier: MIT */
/* SHA-256 by Nettle. */
#include "digest.h"

#include <nettle/base16.h>
#include <nettle/base64.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof((pv_digest *)0)->state,
               "the state has its room");
_Static_assert(BASE64_ENCODE_RAW_LENGTH(PV_DIGEST) == PV_DIGEST_BASE64,
               "room for base64");

static struct sha256_ctx *context(pv_digest *d)
{
    return (struct sha256_ctx *)(void *)d->state;
}

void pv_digest_begin(pv_digest *d)
{
    sha256_init(context(d));
}

void pv_digest_add(pv_digest *d, const void *p, size_t n)
{
    if (n)
        sha256_update(context(d), n, p);
}

void pv_digest_end(pv_digest *d, uint8_t out[PV_DIGEST])
{
    sha256_digest(context(d), PV_DIGEST, out);
}

void pv_digest_text(pv_str text, uint8_t out[PV_DIGEST])
{
    pv_digest d;

    pv_digest_begin(&d);
    pv_digest_add(&d, text.p, text.n);
    pv_digest_end(&d, out);
}

void pv_digest_keyed(pv_bytes key, pv_str text, uint8_t out[PV_DIGEST])
{
    struct hmac_sha256_ctx h;

    hmac_sha256_set_key(&h, key.n, key.p ? key.p : (const uint8_t *)"");
    hmac_sha256_update(&h, text.n, (const uint8_t *)(text.p ? text.p : ""));
    hmac_sha256_digest(&h, PV_DIGEST, out);
}

void pv_digest_hex(const uint8_t digest[PV_DIGEST], char out[PV_DIGEST_HEX])
{
    base16_encode_update(out, PV_DIGEST, digest);
}

void pv_digest_base64(const uint8_t digest[PV_DIGEST],
                      char out[PV_DIGEST_BASE64])
{
    base64_encode_raw(out, PV_DIGEST, digest);
}
