/* SPDX-License-Identifier: MIT */
/* Files that appear whole or not at all, and open descriptors. */
#include "profviz/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "temporary.h"

/* Markup and data come in larger pieces, which are written as they are. */
enum { ROOM = 1 << 13 };

typedef struct file_sink {
    pv_sink base;
    int fd;
    char *path;      /* the target; NULL: a descriptor of the caller's */
    char *temporary; /* NULL: the target is written directly */
    size_t held;
    char room[ROOM];
} file_sink;

static bool write_all(file_sink *f, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(f->fd, p, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return pv_fail_sys(&f->base.first, f->base.name);
        p += done;
        n -= (size_t)done;
    }
    return true;
}

static bool flush(file_sink *f)
{
    size_t n = f->held;

    f->held = 0;
    return write_all(f, f->room, n);
}

static bool file_write(pv_sink *s, const void *p, size_t n)
{
    file_sink *f = (file_sink *)s;

    if (n > ROOM - f->held && !flush(f))
        return false;
    if (n >= ROOM)
        return write_all(f, p, n);
    memcpy(f->room + f->held, p, n);
    f->held += n;
    return true;
}

static bool close_fd(file_sink *f)
{
    int fd = f->fd;

    f->fd = -1;
    return close(fd) == 0;
}

static bool file_commit(pv_sink *s)
{
    file_sink *f = (file_sink *)s;

    if (!flush(f))
        return false;
    if (!f->path)
        return true;
    if (f->temporary && fsync(f->fd) < 0)
        return pv_fail_sys(&s->first, s->name);
    if (!close_fd(f))
        return pv_fail_sys(&s->first, s->name);
    if (!f->temporary)
        return true;
    if (rename(f->temporary, f->path) < 0)
        return pv_fail_sys(&s->first, s->name);
    pv_mem_free(f->temporary);
    f->temporary = NULL;
    return true;
}

static void file_discard(pv_sink *s)
{
    file_sink *f = (file_sink *)s;

    if (f->path && f->fd >= 0)
        close_fd(f);
    if (f->temporary)
        unlink(f->temporary);
}

static void file_release(pv_sink *s)
{
    file_sink *f = (file_sink *)s;

    if (f->path && f->fd >= 0)
        close(f->fd);
    pv_mem_free(f->temporary);
    pv_mem_free(f->path);
    pv_mem_free(f);
}

static const pv_sink_ops file_ops = {
    .write = file_write,
    .commit = file_commit,
    .discard = file_discard,
    .release = file_release,
};

static char *copy_text(const char *s)
{
    size_t n = strlen(s);
    char *p = pv_mem_alloc(n + 1, 1);

    if (p)
        memcpy(p, s, n);
    return p;
}

/* The permissions that creating the file plainly would have given, or those
 * of the file that is replaced. */
static void set_mode(int fd, const struct stat *before)
{
    mode_t mask = pv_temporary_mask();

    if (fchmod(fd, before ? before->st_mode & 07777 : 0666 & ~mask) < 0)
        return; /* not worth failing for: the content is right */
}

static bool open_target(file_sink *f, pv_error *err)
{
    struct stat st;
    bool there = stat(f->path, &st) == 0;

    if (there && !S_ISREG(st.st_mode)) {
        f->fd = open(f->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return f->fd >= 0 ? true : pv_fail_sys(err, f->base.name);
    }
    if (there) { /* a link is followed: the file it names is replaced */
        char *real = realpath(f->path, NULL);

        if (real && strcmp(real, f->path) != 0) {
            pv_mem_free(f->path);
            f->path = copy_text(real);
        }
        free(real);
        if (!f->path)
            return pv_fail_nomem(err);
    }
    f->temporary = pv_temporary_name(f->path);
    if (!f->temporary)
        return pv_fail_nomem(err);
    f->fd = mkostemp(f->temporary, O_CLOEXEC);
    if (f->fd < 0) {
        pv_fail_sys(err, f->base.name);
        pv_mem_free(f->temporary);
        f->temporary = NULL;
        return false;
    }
    set_mode(f->fd, there ? &st : NULL);
    return true;
}

static file_sink *new_sink(pv_str name, pv_error *err)
{
    file_sink *f = pv_mem_alloc(1, sizeof *f);

    if (!f) {
        pv_fail_nomem(err);
        return NULL;
    }
    f->base.ops = &file_ops;
    f->base.name = name;
    f->fd = -1;
    return f;
}

pv_sink *pv_sink_file(const char *path, pv_error *err)
{
    file_sink *f = new_sink(pv_str_of(path), err);

    if (!f)
        return NULL;
    f->path = copy_text(path);
    if (!f->path)
        pv_fail_nomem(err);
    if (!f->path || !open_target(f, err)) {
        file_discard(&f->base);
        file_release(&f->base);
        return NULL;
    }
    return &f->base;
}

pv_sink *pv_sink_fd(int fd, pv_str name, pv_error *err)
{
    file_sink *f = new_sink(name, err);

    if (!f)
        return NULL;
    f->fd = fd;
    return &f->base;
}
