/* SPDX-License-Identifier: MIT */
/* Opening a file below a directory so that nobody can swap it for another.
 *
 * The path was resolved before, so that none of its parts is a link; if one
 * has become a link since, opening it fails.
 */
#include "roots.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { PART_MAX = 256 };

/* "/proc" and "/sys" hold what looks like files. */
static bool is_kernels(int fd)
{
    struct statfs fs;

    return fstatfs(fd, &fs) != 0 || fs.f_type == PROC_SUPER_MAGIC ||
           fs.f_type == SYSFS_MAGIC;
}

static pv_found read_all(int fd, pv_buf *out)
{
    for (size_t began = out->n;;) {
        ssize_t got;

        if (!pv_buf_reserve(out, 65536))
            return PV_FOUND_FAILED;
        got = read(fd, out->p + out->n, 65536);
        if (got == 0)
            return PV_FOUND;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return PV_FOUND_FAILED;
        out->n += (size_t)got;
        if (out->n - began > PV_SOURCE_MAX) /* it grew */
            return PV_FOUND_LARGE;
    }
}

static pv_found read_open(int fd, pv_buf *out)
{
    size_t began = out->n;
    struct stat st;
    pv_found found;

    if (fstat(fd, &st) != 0)
        return PV_FOUND_FAILED;
    if (!S_ISREG(st.st_mode) || is_kernels(fd))
        return PV_FOUND_SPECIAL;
    if (st.st_size > PV_SOURCE_MAX)
        return PV_FOUND_LARGE;
    if (st.st_size == 0)
        return PV_FOUND;
    found = read_all(fd, out);
    if (found == PV_FOUND && out->n > began &&
        memchr(out->p + began, 0, out->n - began))
        return PV_FOUND_BINARY;
    return found;
}

/* What opening a part that was there a moment ago may answer. */
static pv_found refusal(void)
{
    switch (errno) {
    case ENOENT: return PV_FOUND_NONE;
    case ELOOP:
    case ENOTDIR: return PV_FOUND_OUTSIDE; /* a link now */
    case ENXIO: return PV_FOUND_SPECIAL;
    }
    return PV_FOUND_FAILED;
}

/* The file itself. Devices and pipes are not even opened, if they are not put
 * there this moment; then opening does not wait for them. */
static pv_found read_leaf(int dir, const char *name, pv_buf *out)
{
    struct stat st;
    pv_found found;
    int fd;

    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return refusal();
    if (S_ISLNK(st.st_mode))
        return PV_FOUND_OUTSIDE;
    if (!S_ISREG(st.st_mode))
        return PV_FOUND_SPECIAL;
    fd = openat(dir, name,
                O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return refusal();
    found = read_open(fd, out);
    (void)close(fd);
    return found;
}

/* The part before the next slash, and what stands behind; NULL: it is the
 * last.  False when it is longer than a name can be. */
static bool next_part(const char **path, char part[PART_MAX])
{
    const char *slash = strchr(*path, '/');
    size_t n = slash ? (size_t)(slash - *path) : strlen(*path);

    if (n >= PART_MAX)
        return false;
    memcpy(part, *path, n);
    part[n] = '\0';
    *path = slash ? slash + 1 : NULL;
    return true;
}

pv_found pv_beneath_read(const char *dir, const char *file, pv_buf *out)
{
    enum { FOLDER = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
    int at = open(dir, FOLDER);
    pv_found found = PV_FOUND_FAILED;
    char part[PART_MAX];

    file += strlen(dir);
    file += *file == '/';
    while (at >= 0 && next_part(&file, part)) {
        int below;

        if (!file) {
            found = read_leaf(at, part, out);
            break;
        }
        below = openat(at, part, FOLDER);
        if (below < 0)
            found = refusal();
        (void)close(at);
        at = below;
    }
    if (at >= 0)
        (void)close(at);
    return found;
}
