/* spool.c: memory first, then a temporary file without a name, which is mapped in the end.
 * SPDX-License-Identifier: MIT */
#include "base/spool.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/inside.h"
#include "base/mapped.h"
#include "base/nameless.h"
#include "base/translate.h"

/* More than that would be felt in the memory of a process that reads mail. */
#define MEMORY_MAX (32ULL * 1024 * 1024)
/* The disk is not ours alone: that much is left free. */
#define DISK_LEFT (256ULL * 1024 * 1024)
/* So often the disk is asked how much is left. */
#define DISK_STEP (64ULL * 1024 * 1024)

struct Spool {
    guint64     limit;
    guint64     size;
    guint64     checked;    /* size at which the disk was asked last */
    GByteArray *memory;
    int         fd;         /* -1: all is in memory */
};

Spool *
spool_new(guint64 limit)
{
    Spool *spool = g_new0(Spool, 1);

    spool->limit = limit;
    spool->memory = g_byte_array_new();
    spool->fd = -1;
    return spool;
}

void
spool_free(Spool *spool)
{
    if (!spool)
        return;
    g_clear_pointer(&spool->memory, g_byte_array_unref);
    if (spool->fd >= 0)
        close(spool->fd);
    g_free(spool);
}

static gboolean
fail(GError **error, int number)
{
    return fault_set(error, G_FILE_ERROR, (int)g_file_error_from_errno(number), _("temporary file: %s"),
                     g_strerror(number));
}

static gboolean
write_all(Spool *spool, const guint8 *bytes, gsize length, GError **error)
{
    while (length > 0) {
        const ssize_t put = write(spool->fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return fail(error, errno);
        bytes += put;
        length -= (gsize)put;
    }
    return TRUE;
}

static gboolean
has_room(Spool *spool, GError **error)
{
    struct statvfs disk;

    if (spool->size < spool->checked + DISK_STEP)
        return TRUE;
    spool->checked = spool->size;
    if (fstatvfs(spool->fd, &disk) == 0 && (guint64)disk.f_bavail * disk.f_frsize < DISK_LEFT)
        return fail(error, ENOSPC);
    return TRUE;
}

/* -1 and `error`. */
static int
temporary_file(GError **error)
{
    if (!inside_confined())
        return nameless_open(error);
    const int given = inside_open_file();
    return given >= 0 || fail(error, EMFILE) ? given : -1;
}

static gboolean
open_file(Spool *spool, GError **error)
{
    spool->fd = temporary_file(error);
    if (spool->fd < 0)
        return FALSE;
    if (!write_all(spool, spool->memory->data, spool->memory->len, error))
        return FALSE;
    g_byte_array_unref(spool->memory);
    spool->memory = g_byte_array_new();
    return TRUE;
}

gboolean
spool_add(Spool *spool, const void *bytes, gsize length, GError **error)
{
    const gsize taken = (gsize)MIN((guint64)length, spool->limit - spool->size);

    if (spool->fd < 0 && spool->size + taken > MEMORY_MAX && !open_file(spool, error))
        return FALSE;
    if (spool->fd < 0)
        g_byte_array_append(spool->memory, bytes, (guint)taken);
    else if (!has_room(spool, error) || !write_all(spool, bytes, taken, error))
        return FALSE;
    spool->size += taken;
    if (taken < length)
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
                         _("larger than %lu bytes"), (gulong)spool->limit);
    return TRUE;
}

guint64
spool_size(const Spool *spool)
{
    return spool->size;
}

GBytes *
spool_finish(Spool *spool, GError **error)
{
    GBytes *bytes = NULL;

    if (spool->fd < 0) {
        bytes = g_byte_array_free_to_bytes(spool->memory);
        spool->memory = g_byte_array_new();
    } else {
        bytes = mapped_bytes(spool->fd, error);
        close(spool->fd);
        spool->fd = -1;
    }
    spool->size = 0;
    return bytes;
}

/* What is few goes into memory that has a descriptor. */
int
spool_finish_open(Spool *spool, GError **error)
{
    if (spool->fd < 0) {
        spool->fd = memfd_create("fromscope", MFD_CLOEXEC);
        if (spool->fd < 0)
            return fail(error, errno), -1;
        if (!write_all(spool, spool->memory->data, spool->memory->len, error))
            return -1;
    }
    const int fd = spool->fd;
    spool->fd = -1;
    spool->size = 0;
    return fd;
}
