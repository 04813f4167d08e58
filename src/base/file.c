/* file.c: maps files and reads pipes.
 * SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/mapped.h"
#include "base/spool.h"
#include "base/translate.h"

/* A pipe may carry a mailbox; a device that never ends (/dev/zero) must not fill the disk. */
#define PIPE_MAX (8ULL * 1024 * 1024 * 1024)
#define DEVICE_MAX (64ULL * 1024 * 1024)

const char *
file_shown(const char *path)
{
    return g_str_equal(path, "-") ? _("standard input") : path;
}

static gboolean
fill_spool(Spool *spool, int fd, const char *name, GError **error)
{
    g_autofree guint8 *buffer = g_malloc(65536);
    gssize got;

    while ((got = disk_read(fd, buffer, 65536)) > 0) {
        if (!spool_add(spool, buffer, (gsize)got, error)) {
            g_prefix_error(error, "%s: ", name);
            return FALSE;
        }
    }
    return got == 0 || disk_fault(name, errno, error);
}

/* A device may never end, a terminal ends when its reader says so. Opening a named pipe waits for a writer, perhaps for ever: it
 * is opened without waiting, and then waited for. FALSE and `error`. */
static gboolean
drain(Spool **spool, int fd, const char *path, const DiskFact *fact, GError **error)
{
    if (fact->kind == DISK_PIPE && !g_str_equal(path, "-") && !disk_has_writer(fd, path, error))
        return FALSE;
    *spool = spool_new(fact->kind == DISK_DEVICE ? DEVICE_MAX : PIPE_MAX);
    return fill_spool(*spool, fd, file_shown(path), error);
}

static GBytes *
read_descriptor(int fd, const char *path, const DiskFact *fact, GError **error)
{
    g_autoptr(Spool) spool = NULL;

    if (!drain(&spool, fd, path, fact, error))
        return NULL;
    GBytes *bytes = spool_finish(spool, error);
    if (!bytes)
        g_prefix_error(error, "%s: ", file_shown(path));
    return bytes;
}

static GBytes *
map_descriptor(int fd, const char *path, GError **error)
{
    GBytes *bytes = mapped_bytes(fd, error);

    if (!bytes)
        g_prefix_error(error, "%s: ", file_shown(path));
    return bytes;
}

/* A folder has its own words. */
static int
open_it(const char *path, DiskFact *fact, GError **error)
{
    g_autoptr(GError) fault = NULL;
    const int fd = disk_open(path, fact, &fault);

    if (fd < 0 && g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_ISDIR))
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _("%s: is a folder, not a message"), path);
    else if (fd < 0)
        g_propagate_error(error, g_steal_pointer(&fault));
    return fd;
}

GBytes *
file_bytes(const char *path, GError **error)
{
    DiskFact fact = { 0 };
    const int fd = open_it(path, &fact, error);

    if (fd < 0)
        return NULL;
    GBytes *bytes = fact.kind == DISK_FILE ? map_descriptor(fd, path, error)
                                           : read_descriptor(fd, path, &fact, error);
    close(fd);
    return bytes;
}

GBytes *
file_head(const char *path, gsize length, GError **error)
{
    DiskFact fact = { 0 };
    const int fd = disk_open(path, &fact, error);

    if (fd < 0)
        return NULL;
    if (fact.kind != DISK_FILE) {
        close(fd);
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NODEV, _("%s: no regular file"), path);
        return NULL;
    }
    const gsize wanted = (gsize)MIN((guint64)length, fact.size);
    guint8 *head = g_malloc(wanted + 1);
    const ssize_t got = pread(fd, head, wanted, 0);
    const int number = errno;
    close(fd);
    if (got < 0) {
        g_free(head);
        disk_fault(path, number, error);
        return NULL;
    }
    return g_bytes_new_take(head, (gsize)got);
}

int
file_copy(int fd, const char *path, const DiskFact *fact, GError **error)
{
    g_autoptr(Spool) spool = NULL;

    if (!drain(&spool, fd, path, fact, error))
        return -1;
    const int copy = spool_finish_open(spool, error);
    if (copy < 0)
        g_prefix_error(error, "%s: ", file_shown(path));
    return copy;
}

static guint64
size_of(int fd)
{
    const off_t end = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;

    return end > 0 ? (guint64)end : 0;
}

int
file_open(const char *path, gboolean *folder, guint64 *size, GError **error)
{
    g_autoptr(GError) fault = NULL;
    DiskFact fact = { 0 };
    const int fd = disk_open(path, &fact, &fault);

    *folder = fd < 0 && g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
    *size = 0;
    if (fd < 0 && !*folder)
        g_propagate_error(error, g_steal_pointer(&fault));
    if (fd < 0)
        return -1;
    *size = fact.size;
    if (fact.kind == DISK_FILE)
        return fd;
    const int copy = file_copy(fd, path, &fact, error);
    *size = size_of(copy);
    close(fd);
    return copy;
}
