/* SPDX-License-Identifier: MIT */
/* Files, pipes, stdin and memory as a pull of blocks.
 *
 * Where they start with the gzip magic everything passes through inflate
 * (input_bytes.c).  `head` holds what was looked at before the reader began.
 */
#include "input_private.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

/* Reads until `room` is full or the end: pipes hand out small pieces. */
static bool read_full(pv_input *in, uint8_t *into, size_t room, size_t *got,
                      pv_error *err)
{
    size_t n = 0;

    *got = 0;
    do {
        if (!pv_input_raw(in, into + *got, room - *got, &n, err))
            return false;
        *got += n;
    } while (n > 0 && *got < room);
    return true;
}

static bool fill_head(pv_input *in, pv_error *err)
{
    size_t got = 0;

    if (in->head_full)
        return true;
    if (!in->head)
        in->head = pv_mem_resize(NULL, PV_BID_WINDOW, 1);
    if (!in->head)
        return pv_fail_nomem(err);
    if (!read_full(in, in->head, PV_BID_WINDOW, &in->head_n, err))
        return false;
    if (in->head_n >= 3 && memcmp(in->head, "\x1f\x8b\x08", 3) == 0) {
        if (!pv_input_inflate(in, in->head_n, err))
            return false;
        in->head_n = 0;
        do {
            if (!pv_input_pull(in, in->head + in->head_n,
                               PV_BID_WINDOW - in->head_n, &got, err))
                return false;
            in->head_n += got;
        } while (got > 0 && in->head_n < PV_BID_WINDOW);
    }
    in->head_full = true;
    return true;
}

bool pv_input_peek(pv_input *in, pv_bytes *head, bool *whole, pv_error *err)
{
    if (!fill_head(in, err))
        return false;
    *head = (pv_bytes){in->head + in->head_at, in->head_n - in->head_at};
    *whole = in->head_n < PV_BID_WINDOW;
    return true;
}

char *pv_input_take_head(pv_input *in, size_t *n)
{
    uint8_t *head = in->head;

    *n = 0;
    if (!head || !in->head_full)
        return NULL;
    *n = in->head_n - in->head_at;
    memmove(head, head + in->head_at, *n);
    in->head = NULL;
    in->head_n = in->head_at = 0;
    return (char *)head;
}

bool pv_input_read(pv_input *in, void *into, size_t room, size_t *got,
                   pv_error *err)
{
    size_t held;

    if (!fill_head(in, err))
        return false;
    held = in->head_n - in->head_at;
    if (held == 0)
        return pv_input_pull(in, into, room, got, err);
    *got = held < room ? held : room;
    memcpy(into, in->head + in->head_at, *got);
    in->head_at += *got;
    return true;
}

static uint64_t input_limit(const pv_input *in)
{
    return in->limits.input ? in->limits.input : UINT64_MAX;
}

static bool over_limit(const pv_input *in, pv_error *err)
{
    pv_place at = {.file = in->name};

    return pv_fail(err, PV_E_LIMIT, &at,
                   "input is larger than %llu bytes; raise --limits input=N "
                   "if it must be read",
                   (unsigned long long)in->limits.input);
}

static bool read_rest(pv_input *in, size_t *len, size_t *room, pv_error *err)
{
    size_t got;

    do {
        if (*len == *room) {
            size_t want = *room ? *room * 2 : 2 * PV_BID_WINDOW;
            uint8_t *p = pv_mem_resize(in->all, want, 1);

            if (!p)
                return pv_fail_nomem(err);
            in->all = p;
            *room = want;
        }
        if (!pv_input_read(in, in->all + *len, *room - *len, &got, err))
            return false;
        *len += got;
        if (*len > input_limit(in))
            return over_limit(in, err);
    } while (got > 0);
    return true;
}

bool pv_input_twice(pv_input *in)
{
    struct stat st;

    if (in->fd < 0 || in->gzip || !in->head_full || !in->head ||
        in->head_at > 0 || fstat(in->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
        (uint64_t)st.st_size > input_limit(in))
        return false;
    in->behind_head = lseek(in->fd, 0, SEEK_CUR);
    return in->behind_head >= 0;
}

uint64_t pv_input_size(const pv_input *in)
{
    struct stat st;

    if (in->gzip)
        return 0;
    if (in->fd < 0)
        return in->memory.n;
    return fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0
               ? (uint64_t)st.st_size
               : 0;
}

bool pv_input_again(pv_input *in, pv_error *err)
{
    in->head_at = 0;
    return lseek(in->fd, in->behind_head, SEEK_SET) >= 0 ||
           pv_fail_sys(err, in->name);
}

bool pv_input_all(pv_input *in, pv_bytes *all, pv_error *err)
{
    size_t len = 0, room = 0;
    struct stat st;

    if (!fill_head(in, err))
        return false;
    if (in->head_n < PV_BID_WINDOW && in->head_n <= input_limit(in)) {
        *all = (pv_bytes){in->head + in->head_at, in->head_n - in->head_at};
        in->head_at = in->head_n;
        return true;
    }
    /* A regular file's size saves the doubling; it is a hint, not a fact. */
    if (in->fd >= 0 && !in->gzip && fstat(in->fd, &st) == 0 &&
        S_ISREG(st.st_mode) && st.st_size > 0 &&
        (uint64_t)st.st_size <= input_limit(in)) {
        room = (size_t)st.st_size + 1;
        in->all = pv_mem_resize(NULL, room, 1);
        if (!in->all)
            return pv_fail_nomem(err);
    }
    if (!read_rest(in, &len, &room, err))
        return false;
    *all = (pv_bytes){in->all, len};
    return true;
}

bool pv_input_hold(pv_input *in, pv_bytes *all, pv_error *err)
{
    if (!pv_input_all(in, all, err))
        return false;
    if (all->p != in->all) { /* it is in `head`, from where it is read again */
        in->head_at = 0;
        return true;
    }
    if (in->fd >= 0)
        close(in->fd);
    in->fd = -1;
    in->held = in->all;
    in->all = NULL;
    in->plain = true;
    in->memory = *all;
    return true;
}

static pv_input *new_input(pv_str name, const pv_limits *limits, pv_error *err)
{
    pv_input *in = pv_mem_alloc(1, sizeof *in);

    if (!in) {
        pv_fail_nomem(err);
        return NULL;
    }
    in->name = name;
    in->limits = *limits;
    in->fd = -1;
    return in;
}

static bool open_path(pv_input *in, const char *path, pv_error *err)
{
    struct stat st;

    if (*path == '\0')
        return pv_fail(err, PV_E_IO, NULL, "'' does not name a file");
    if (strcmp(path, "-") == 0)
        return (in->fd = dup(STDIN_FILENO)) >= 0 ? true
                                                 : pv_fail_sys(err, in->name);
    in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (in->fd < 0 || fstat(in->fd, &st) < 0)
        return pv_fail_sys(err, in->name);
    if (S_ISDIR(st.st_mode))
        return pv_fail(err, PV_E_IO, &(pv_place){.file = in->name},
                       "this is a directory; name the files in it");
    return true;
}

pv_input *pv_input_open(const char *path, const pv_limits *limits,
                        pv_error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    pv_input *in =
        new_input(is_stdin ? PV_STR("<stdin>") : pv_str_of(path), limits, err);

    if (in && !open_path(in, path, err)) {
        pv_input_close(in);
        return NULL;
    }
    return in;
}

pv_input *pv_input_bytes(pv_bytes data, pv_str name, const pv_limits *limits,
                         pv_error *err)
{
    pv_input *in = new_input(name, limits, err);

    if (in)
        in->memory = data;
    return in;
}

void pv_input_close(pv_input *in)
{
    if (!in)
        return;
    pv_input_inflate_done(in);
    if (in->fd >= 0)
        close(in->fd);
    pv_mem_free(in->head);
    pv_mem_free(in->all);
    pv_mem_free(in->held);
    pv_mem_free(in);
}

pv_str pv_input_name(const pv_input *in)
{
    return in->name;
}

bool pv_input_tail(const pv_input *in)
{
    return in->tail;
}
