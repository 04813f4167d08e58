/* newfile.c: writes a file without a name, then names it.
 * SPDX-License-Identifier: MIT */
#include "base/newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct NewFile {
    char *path;
    char *aside;        /* NULL: it has no name yet */
    int   fd;
    int   number;       /* errno of the first fault */
};

/* A file without a name vanishes with the process; where a file system has none, or no /proc names it, one that is
 * hidden. */
static int
open_aside(const char *path, int mode, char **aside)
{
    g_autofree char *folder = g_path_get_dirname(path);
    const gboolean proc = access("/proc/self/fd", X_OK) == 0;
    int fd = proc ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode) : -1;

    if (fd >= 0 || (proc && errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    g_autofree char *name = g_path_get_basename(path);
    *aside = g_strdup_printf("%s/.%s.XXXXXX", folder, name);
    fd = g_mkstemp_full(*aside, O_WRONLY | O_CLOEXEC, mode);
    if (fd < 0)
        g_clear_pointer(aside, g_free);
    return fd;
}

static NewFile *
begin(const char *path, int mode, int *number)
{
    char *aside = NULL;
    const int fd = open_aside(path, mode, &aside);

    if (fd < 0) {
        *number = errno;
        return NULL;
    }
    NewFile *file = g_new0(NewFile, 1);
    *file = (NewFile){ g_strdup(path), aside, fd, 0 };
    return file;
}

NewFile *
newfile_begin(const char *path, int *number)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return begin(path, 0644, number);
    *number = EEXIST;
    return NULL;
}

void
newfile_add(NewFile *file, const char *bytes, gsize length)
{
    while (length > 0 && file->number == 0) {
        const gssize written = write(file->fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            file->number = errno;
            return;
        }
        bytes += written;
        length -= (gsize)written;
    }
}

static gboolean
link_as(const NewFile *file, const char *path)
{
    g_autofree char *link_of = g_strdup_printf("/proc/self/fd/%d", file->fd);

    return linkat(AT_FDCWD, link_of, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

/* A link never replaces what is there. */
static gboolean
give_name(const NewFile *file)
{
    if (!file->aside)
        return link_as(file, file->path);
    if (link(file->aside, file->path) == 0)
        return TRUE;
    if (errno != EPERM && errno != EOPNOTSUPP)
        return FALSE;
    return renameat2(AT_FDCWD, file->aside, AT_FDCWD, file->path, RENAME_NOREPLACE) == 0;
}

static int
end(NewFile *file)
{
    int number = file->number;

    if (file->aside)
        g_unlink(file->aside);
    if (close(file->fd) != 0 && number == 0)
        number = errno;
    g_free(file->aside);
    g_free(file->path);
    g_free(file);
    return number;
}

static void
flush(NewFile *file)
{
    if (file->number == 0 && fsync(file->fd) != 0 && errno != EINVAL)
        file->number = errno;
}

int
newfile_finish(NewFile *file)
{
    flush(file);
    if (file->number == 0 && !give_name(file))
        file->number = errno;
    return end(file);
}

/* Only a file with a name takes another's place: it has one between two calls, always the same, so that whoever is killed there
 * leaves something whole that goes with the next replacement. Two at the same time: one of them counts. */
static gboolean
take_place(NewFile *file)
{
    if (!file->aside) {
        g_autofree char *folder = g_path_get_dirname(file->path), *name = g_path_get_basename(file->path);
        file->aside = g_strdup_printf("%s/.%s.new", folder, name);
        g_unlink(file->aside);
        if (!link_as(file, file->aside))
            return FALSE;
    }
    if (rename(file->aside, file->path) != 0)
        return FALSE;
    g_clear_pointer(&file->aside, g_free);
    return TRUE;
}

/* Whoever took rights to the file away from others, or gave them, meant the file of that name, not these bytes. */
static void
keep_rights(const NewFile *file, int mode)
{
    struct stat info;

    if (stat(file->path, &info) == 0 && S_ISREG(info.st_mode))
        (void)fchmod(file->fd, info.st_mode & (mode_t)mode);
}

int
newfile_replace(const char *path, const char *bytes, gsize length, int mode)
{
    int number = 0;
    NewFile *file = begin(path, mode, &number);

    if (!file)
        return number;
    keep_rights(file, mode);
    newfile_add(file, bytes, length);
    flush(file);
    if (file->number == 0 && !take_place(file))
        file->number = errno;
    return end(file);
}

void
newfile_drop(NewFile *file)
{
    if (file)
        end(file);
}
