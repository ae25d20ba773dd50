/* SPDX-License-Identifier: MIT */
/* Raw bytes of a descriptor or of memory, and what gzip makes of them: any
 * number of members, under a limit of the ratio. */
#include "input_private.h"

#include <errno.h>
#include <unistd.h>

#include "zmem.h"

enum {
    RAW_BLOCK = 1 << 16,
    SMALL = 1 << 20 /* so much may come of any number of bytes */
};

bool pv_input_raw(pv_input *in, void *into, size_t room, size_t *got,
                  pv_error *err)
{
    ssize_t n;

    if (in->fd < 0) {
        *got = room < in->memory.n ? room : in->memory.n;
        if (*got)
            memcpy(into, in->memory.p, *got);
        in->memory.p += *got;
        in->memory.n -= *got;
        return true;
    }
    do
        n = read(in->fd, into, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return pv_fail_sys(err, in->name);
    *got = (size_t)n;
    return true;
}

static bool damaged(pv_input *in, const char *why, pv_error *err)
{
    pv_place at = {.file = in->name,
                   .offset = in->raw_total - in->z.avail_in,
                   .has_offset = true};

    return pv_fail(err, PV_E_FORMAT, &at, "gzip data damaged (%s)", why);
}

static bool refill_raw(pv_input *in, pv_error *err)
{
    size_t got;

    if (in->z.avail_in > 0 || in->raw_end)
        return true;
    if (!pv_input_raw(in, in->raw, RAW_BLOCK, &got, err))
        return false;
    in->raw_end = got == 0;
    in->raw_total += got;
    in->z.next_in = in->raw;
    in->z.avail_in = (uInt)got;
    return true;
}

/* At the end of a member: is there another one?  Zero padding and other bytes
 * behind the last member are ignored, as gzip does. */
static bool next_member(pv_input *in, bool *more, pv_error *err)
{
    *more = false;
    if (!refill_raw(in, err))
        return false;
    if (in->z.avail_in == 0 || in->z.next_in[0] != 0x1f) {
        in->tail = in->z.avail_in > 0 && in->z.next_in[0] != 0;
        return true;
    }
    if (inflateReset(&in->z) != Z_OK)
        return damaged(in, "no further member", err);
    in->member_end = false;
    *more = true;
    return true;
}

static bool check_ratio(pv_input *in, pv_error *err)
{
    pv_place at = {.file = in->name};
    uint64_t allowed;

    if (in->limits.ratio == 0 || in->out_total <= SMALL)
        return true;
    allowed = in->raw_total * in->limits.ratio;
    if (in->out_total <= allowed)
        return true;
    return pv_fail(err, PV_E_LIMIT, &at,
                   "gzip data unpacks to more than %u times its size; raise "
                   "--limits ratio=N if that is right",
                   in->limits.ratio);
}

static bool inflate_some(pv_input *in, uint8_t *into, size_t room, size_t *got,
                         pv_error *err)
{
    bool more;
    int z;

    *got = 0;
    while (*got == 0) {
        if (in->member_end) {
            if (!next_member(in, &more, err))
                return false;
            if (!more)
                return true;
        }
        if (!refill_raw(in, err))
            return false;
        in->z.next_out = into;
        in->z.avail_out = (uInt)room;
        z = inflate(&in->z, Z_NO_FLUSH);
        *got = room - in->z.avail_out;
        if (z == Z_MEM_ERROR)
            return pv_fail_nomem(err);
        if (z == Z_STREAM_END)
            in->member_end = true;
        else if (z != Z_OK && !(z == Z_BUF_ERROR && !in->raw_end))
            return damaged(in,
                           in->raw_end ? "it ends too early"
                           : in->z.msg ? in->z.msg
                                       : "not a gzip stream",
                           err);
    }
    in->out_total += *got;
    return check_ratio(in, err);
}

bool pv_input_inflate(pv_input *in, size_t have, pv_error *err)
{
    in->raw = pv_mem_alloc(RAW_BLOCK, 1);
    if (!in->raw)
        return pv_fail_nomem(err);
    memcpy(in->raw, in->head, have);
    in->raw_total = have;
    in->z = (z_stream){.next_in = in->raw,
                       .avail_in = (uInt)have,
                       .zalloc = pv_z_alloc,
                       .zfree = pv_z_free};
    if (inflateInit2(&in->z, 16 + MAX_WBITS) != Z_OK)
        return pv_fail_nomem(err);
    in->inflating = true;
    in->gzip = true;
    return true;
}

bool pv_input_pull(pv_input *in, void *into, size_t room, size_t *got,
                   pv_error *err)
{
    if (in->gzip && !in->plain)
        return inflate_some(in, into, room, got, err);
    return pv_input_raw(in, into, room, got, err);
}

void pv_input_inflate_done(pv_input *in)
{
    if (in->inflating)
        inflateEnd(&in->z);
    pv_mem_free(in->raw);
}
