/* SPDX-License-Identifier: MIT */
/* Directories that appear whole or not at all. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"
#include "temporary.h"

static const char listing[] = ".profviz";

struct pv_folder {
    const char *named; /* the caller's: errors speak of it */
    char *target;      /* without a slash at the end */
    char *temporary;   /* beside it */
    bool there;        /* the target is to be replaced */
    int fd;            /* of the temporary directory */
    int file;          /* of the file that is open, or -1 */
    pv_buf names;      /* of the files, a line each */
    uint64_t bytes;
};

/* ---- what is there already ---- */

typedef struct old {
    pv_buf names; /* "\nindex.html\np/cpu.html\n" */
    int fd;
    bool empty;
    char foreign[2 * NAME_MAX + 2];
} old;

static bool read_listing(old *o)
{
    int fd = openat(o->fd, listing, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char block[4096];
    ssize_t n;

    pv_buf_char(&o->names, '\n');
    while (fd >= 0 && (n = read(fd, block, sizeof block)) > 0)
        pv_buf_add(&o->names, block, (size_t)n);
    if (fd >= 0)
        close(fd);
    return !o->names.failed;
}

static bool is_listed(const old *o, const char *dir, const char *name)
{
    char line[600];
    int n =
        snprintf(line, sizeof line, "\n%s%s%s\n", dir, *dir ? "/" : "", name);

    return n > 0 && (size_t)n < sizeof line && o->names.n &&
           memmem(o->names.p, o->names.n, line, (size_t)n);
}

typedef void visit_fn(old *o, int dir, const char *dir_name, const char *name,
                      bool is_dir);

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool is_directory(int dir, const char *name)
{
    struct stat st;

    return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(st.st_mode);
}

/* All entries of a directory whose descriptor is duplicated. */
static void each_entry(old *o, int fd, const char *dir_name, visit_fn *visit)
{
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = copy >= 0 ? fdopendir(copy) : NULL;
    struct dirent *e;

    if (!d && copy >= 0)
        close(copy);
    while (d && (e = readdir(d)))
        if (!is_dots(e->d_name))
            visit(o, fd, dir_name, e->d_name, is_directory(fd, e->d_name));
    if (d)
        closedir(d);
}

static void note_foreign(old *o, const char *dir_name, const char *name)
{
    if (!o->foreign[0])
        snprintf(o->foreign, sizeof o->foreign, "%s%s%s", dir_name,
                 *dir_name ? "/" : "", name);
}

static void look_below(old *o, int dir, const char *dir_name, const char *name,
                       bool is_dir)
{
    (void)dir;
    o->empty = false;
    if (is_dir || !is_listed(o, dir_name, name))
        note_foreign(o, dir_name, name);
}

static void look(old *o, int dir, const char *dir_name, const char *name,
                 bool is_dir)
{
    int fd;

    o->empty = false;
    if (!is_dir) {
        if (strcmp(name, listing) != 0 && !is_listed(o, dir_name, name))
            note_foreign(o, dir_name, name);
        return;
    }
    fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        note_foreign(o, dir_name, name);
        return;
    }
    each_entry(o, fd, name, look_below);
    close(fd);
}

/* May what is at `path` be replaced? */
static bool check_target(pv_folder *f, pv_error *err)
{
    pv_place at = {.file = pv_str_of(f->named)};
    old o = {.empty = true};
    bool ok;

    o.fd = open(f->target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (o.fd < 0)
        return errno == ENOENT || pv_fail_sys(err, at.file);
    f->there = true;
    ok = read_listing(&o);
    if (ok)
        each_entry(&o, o.fd, "", look);
    close(o.fd);
    pv_buf_done(&o.names);
    if (!ok)
        return pv_fail_nomem(err);
    return !o.foreign[0] ||
           pv_fail(err, PV_E_USAGE, &at,
                   "the directory holds '%s', which this program did not "
                   "write; name another one, or empty it",
                   PV_QUOTE(pv_str_of(o.foreign)));
}

/* ---- taking a directory of ours away ---- */

static void remove_file(old *o, int dir, const char *dir_name, const char *name,
                        bool is_dir)
{
    (void)o;
    (void)dir_name;
    if (!is_dir)
        unlinkat(dir, name, 0);
}

static void remove_entry(old *o, int dir, const char *dir_name,
                         const char *name, bool is_dir)
{
    int fd;

    if (!is_dir) {
        remove_file(o, dir, dir_name, name, false);
        return;
    }
    fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return;
    each_entry(o, fd, name, remove_file);
    close(fd);
    unlinkat(dir, name, AT_REMOVEDIR);
}

static void remove_ours(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    old o = {.fd = fd};

    if (fd < 0)
        return;
    each_entry(&o, fd, "", remove_entry);
    close(fd);
    rmdir(path);
}

/* ---- the new one ---- */

static char *copy_path(const char *path)
{
    size_t n = strlen(path);
    char *p = pv_mem_alloc(n + 1, 1);

    while (n > 1 && path[n - 1] == '/')
        n--;
    if (p)
        memcpy(p, path, n);
    return p;
}

static bool make_temporary(pv_folder *f, pv_error *err)
{
    mode_t mask = pv_temporary_mask();

    f->temporary = pv_temporary_name(f->target);
    if (!f->temporary)
        return pv_fail_nomem(err);
    if (!mkdtemp(f->temporary)) {
        pv_fail_sys(err, pv_str_of(f->named));
        pv_mem_free(f->temporary);
        f->temporary = NULL;
        return false;
    }
    if (chmod(f->temporary, 0777 & ~mask) < 0)
        return pv_fail_sys(err, pv_str_of(f->named));
    f->fd = open(f->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return f->fd >= 0 || pv_fail_sys(err, pv_str_of(f->named));
}

pv_folder *pv_folder_open(const char *path, pv_error *err)
{
    pv_folder *f = pv_mem_alloc(1, sizeof *f);

    if (!f) {
        pv_fail_nomem(err);
        return NULL;
    }
    f->fd = f->file = -1;
    f->named = path;
    f->target = copy_path(path);
    if (!f->target)
        pv_fail_nomem(err);
    if (f->target && check_target(f, err) && make_temporary(f, err))
        return f;
    pv_folder_discard(f);
    return NULL;
}

static bool make_parent(pv_folder *f, const char *name, pv_error *err)
{
    const char *slash = strchr(name, '/');
    char dir[64];

    if (!slash)
        return true;
    snprintf(dir, sizeof dir, "%.*s", (int)(slash - name), name);
    return mkdirat(f->fd, dir, 0777) == 0 || errno == EEXIST ||
           pv_fail_sys(err, pv_str_of(f->named));
}

pv_sink *pv_folder_begin(pv_folder *f, pv_str name, pv_error *err)
{
    char path[300];
    pv_sink *s;

    if (name.n >= sizeof path || f->file >= 0) {
        pv_fail(err, PV_E_BUG, NULL, "a folder's file that cannot be");
        return NULL;
    }
    memcpy(path, name.p, name.n);
    path[name.n] = '\0';
    if (!make_parent(f, path, err))
        return NULL;
    f->file =
        openat(f->fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (f->file < 0) {
        pv_fail_sys(err, pv_str_of(f->named));
        return NULL;
    }
    pv_buf_str(&f->names, name);
    pv_buf_char(&f->names, '\n');
    s = pv_sink_fd(f->file, pv_str_of(f->named), err);
    if (!s)
        pv_folder_drop(f, NULL);
    return s;
}

bool pv_folder_end(pv_folder *f, pv_sink *s, pv_error *err)
{
    bool ok;

    f->bytes += s->written;
    ok = pv_sink_close(s, err);
    if (close(f->file) < 0 && ok)
        ok = pv_fail_sys(err, pv_str_of(f->named));
    f->file = -1;
    return ok;
}

void pv_folder_drop(pv_folder *f, pv_sink *s)
{
    pv_sink_discard(s);
    if (f->file >= 0)
        close(f->file);
    f->file = -1;
}

uint64_t pv_folder_bytes(const pv_folder *f)
{
    return f->bytes;
}

/* ---- into its place ---- */

static bool write_listing(pv_folder *f, pv_error *err)
{
    size_t n = f->names.n; /* without the listing itself */
    pv_sink *s;

    if (f->names.failed)
        return pv_fail_nomem(err);
    s = pv_folder_begin(f, pv_str_of(listing), err);
    if (!s)
        return false;
    pv_sink_write(s, f->names.p, n);
    return pv_folder_end(f, s, err);
}

/* The old one steps aside, and back if the new one cannot take its place. */
static bool swap(pv_folder *f, pv_error *err)
{
    char *aside = f->there ? pv_temporary_name(f->target) : NULL;
    bool ok = true;

    if (f->there && (!aside || !mkdtemp(aside)))
        ok = aside ? pv_fail_sys(err, pv_str_of(f->named)) : pv_fail_nomem(err);
    /* rename() replaces the empty directory that mkdtemp made */
    if (ok && f->there && rename(f->target, aside) < 0) {
        ok = pv_fail_sys(err, pv_str_of(f->named));
        rmdir(aside);
    }
    if (ok && rename(f->temporary, f->target) < 0) {
        ok = pv_fail_sys(err, pv_str_of(f->named));
        if (f->there && rename(aside, f->target) < 0)
            ok = false; /* the message says what failed first */
    } else if (ok && f->there) {
        remove_ours(aside);
    }
    pv_mem_free(aside);
    return ok;
}

bool pv_folder_close(pv_folder *f, pv_error *err)
{
    bool ok = write_listing(f, err) &&
              (syncfs(f->fd) == 0 || pv_fail_sys(err, pv_str_of(f->named))) &&
              swap(f, err);

    if (ok) {
        pv_mem_free(f->temporary);
        f->temporary = NULL;
    }
    pv_folder_discard(f);
    return ok;
}

void pv_folder_discard(pv_folder *f)
{
    if (!f)
        return;
    if (f->file >= 0)
        close(f->file);
    if (f->fd >= 0)
        close(f->fd);
    if (f->temporary)
        remove_ours(f->temporary);
    pv_buf_done(&f->names);
    pv_mem_free(f->temporary);
    pv_mem_free(f->target);
    pv_mem_free(f);
}
