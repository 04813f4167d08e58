/* newfile.c: writes a file without a name, then names it.
 * SPDX-License-Identifier: MIT */
#include "base/newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

static gboolean
fail(const char *path, int code, GError **error)
{
    g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(code), "%s: %s", path,
                g_strerror(code));
    return FALSE;
}

static gboolean
write_all(int fd, const char *bytes, gsize length)
{
    while (length > 0) {
        const gssize written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return FALSE;
        bytes += written;
        length -= (gsize)written;
    }
    return fsync(fd) == 0 || errno == EINVAL;
}

/* A file without a name vanishes with the process; where a file system has none, one that is
 * hidden. */
static int
open_aside(const char *path, char **aside)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644);

    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    g_autofree char *name = g_path_get_basename(path);
    *aside = g_strdup_printf("%s/.%s.XXXXXX", folder, name);
    fd = g_mkstemp_full(*aside, O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0)
        g_clear_pointer(aside, g_free);
    return fd;
}

/* A link never replaces what is there. */
static gboolean
give_name(int fd, const char *aside, const char *path)
{
    g_autofree char *link_of = g_strdup_printf("/proc/self/fd/%d", fd);

    if (!aside)
        return linkat(AT_FDCWD, link_of, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
    if (link(aside, path) == 0)
        return TRUE;
    if (errno != EPERM && errno != EOPNOTSUPP)
        return FALSE;
    return renameat2(AT_FDCWD, aside, AT_FDCWD, path, RENAME_NOREPLACE) == 0;
}

gboolean
newfile_write(const char *path, const char *bytes, gsize length, GError **error)
{
    g_autofree char *aside = NULL;

    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return fail(path, EEXIST, error);
    const int fd = open_aside(path, &aside);
    if (fd < 0)
        return fail(path, errno, error);
    const gboolean good = write_all(fd, bytes, length) && give_name(fd, aside, path);
    const int code = errno;
    if (aside)
        g_unlink(aside);
    const gboolean closed = close(fd) == 0;
    return good && closed ? TRUE : fail(path, good ? errno : code, error);
}
