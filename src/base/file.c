/* file.c: maps files and reads pipes.
 * SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/spool.h"
#include "base/translate.h"

/* A pipe may carry a mailbox; a device that never ends (/dev/zero) must not fill the disk. */
#define PIPE_MAX (8ULL * 1024 * 1024 * 1024)
#define DEVICE_MAX (64ULL * 1024 * 1024)
/* A file up to this size is read: that takes a third of what mapping it, two faults and unmapping take. */
#define READ_MAX 131072L
/* How long a named pipe is waited for that nobody writes into. */
#define PIPE_WAIT_MS 5000

static gboolean
fail(GError **error, const char *name, int number)
{
    return fault_set(error, G_FILE_ERROR, (int)g_file_error_from_errno(number), "%s: %s", name,
                     g_strerror(number));
}

static gboolean
fill_spool(Spool *spool, int fd, const char *name, GError **error)
{
    g_autofree guint8 *buffer = g_malloc(65536);

    for (;;) {
        const ssize_t got = read(fd, buffer, 65536);
        if (got == 0)
            return TRUE;
        if (got > 0 && !spool_add(spool, buffer, (gsize)got, error)) {
            g_prefix_error(error, "%s: ", name);
            return FALSE;
        }
        if (got < 0 && errno == EAGAIN)
            (void)poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, -1);
        else if (got < 0 && errno != EINTR)
            return fail(error, name, errno);
    }
}

static GBytes *
read_descriptor(int fd, const char *name, guint64 limit, GError **error)
{
    g_autoptr(Spool) spool = spool_new(limit);

    if (!fill_spool(spool, fd, name, error))
        return NULL;
    GBytes *bytes = spool_finish(spool, error);
    if (!bytes)
        g_prefix_error(error, "%s: ", name);
    return bytes;
}

/* Opening a named pipe waits for a writer, perhaps for ever: it is opened without waiting, and then waited for. */
static gboolean
has_writer(int fd, const char *name, GError **error)
{
    struct pollfd wait = { .fd = fd, .events = POLLIN };

    if (poll(&wait, 1, PIPE_WAIT_MS) == 0)
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, _("%s: nobody writes into this pipe"), name);
    return TRUE;
}

static GBytes *
read_pipe(int fd, const char *name, GError **error)
{
    return has_writer(fd, name, error) ? read_descriptor(fd, name, PIPE_MAX, error) : NULL;
}

/* NULL where it could not be read as it should: mapping it will say why. */
static GBytes *
read_small(int fd, gsize size)
{
    g_autofree guint8 *data = g_malloc(size);
    gsize done = 0;

    while (done < size) {
        const ssize_t got = pread(fd, data + done, size - done, (off_t)done);
        if (got <= 0)
            return NULL;
        done += (gsize)got;
    }
    return g_bytes_new_take(g_steal_pointer(&data), size);
}

static GBytes *
map_descriptor(int fd, const char *name, GError **error)
{
    g_autoptr(GError) fault = NULL;
    struct stat info;
    const gboolean small = fstat(fd, &info) == 0 && info.st_size > 0 && info.st_size <= READ_MAX;
    GBytes *whole = small ? read_small(fd, (gsize)info.st_size) : NULL;

    if (whole)
        return whole;
    GMappedFile *mapped = g_mapped_file_new_from_fd(fd, FALSE, &fault);

    if (!mapped) {
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", name, fault->message);
        return NULL;
    }
    GBytes *bytes = g_mapped_file_get_bytes(mapped);
    g_mapped_file_unref(mapped);
    return bytes;
}

/* A terminal ends when its reader says so. */
static guint64
limit_of(int fd, const struct stat *info)
{
    return S_ISCHR(info->st_mode) && !isatty(fd) ? DEVICE_MAX : PIPE_MAX;
}

static GBytes *
bytes_of(int fd, const char *name, GError **error)
{
    struct stat info;

    if (fstat(fd, &info) != 0)
        return fail(error, name, errno), NULL;
    if (S_ISDIR(info.st_mode))
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_ISDIR,
                         _("%s: is a folder, not a message"), name), NULL;
    if (S_ISREG(info.st_mode))
        return map_descriptor(fd, name, error);
    if (S_ISFIFO(info.st_mode))
        return read_pipe(fd, name, error);
    return read_descriptor(fd, name, limit_of(fd, &info), error);
}

const char *
file_shown(const char *path)
{
    return g_str_equal(path, "-") ? _("standard input") : path;
}

GBytes *
file_bytes(const char *path, GError **error)
{
    struct stat info;

    if (g_str_equal(path, "-")) {
        const gboolean regular = fstat(STDIN_FILENO, &info) == 0 && S_ISREG(info.st_mode) &&
                                 lseek(STDIN_FILENO, 0, SEEK_CUR) == 0;
        return regular ? map_descriptor(STDIN_FILENO, file_shown(path), error)
                       : read_descriptor(STDIN_FILENO, file_shown(path), PIPE_MAX, error);
    }
    const gboolean pipe = stat(path, &info) == 0 && S_ISFIFO(info.st_mode);
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (pipe ? O_NONBLOCK : 0));
    if (fd < 0)
        return fail(error, path, errno), NULL;
    GBytes *bytes = bytes_of(fd, path, error);
    close(fd);
    return bytes;
}

GBytes *
file_head(const char *path, gsize length, GError **error)
{
    struct stat info;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd < 0)
        return fail(error, path, errno), NULL;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(fd);
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NODEV, _("%s: no regular file"), path);
        return NULL;
    }
    const gsize wanted = (gsize)MIN((guint64)length, (guint64)info.st_size);
    guint8 *head = g_malloc(wanted + 1);
    const ssize_t got = pread(fd, head, wanted, 0);
    const int number = errno;
    close(fd);
    if (got < 0) {
        g_free(head);
        return fail(error, path, number), NULL;
    }
    return g_bytes_new_take(head, (gsize)got);
}

/* A copy of what `fd` gives until its end. */
static int
copy_descriptor(int fd, const char *name, guint64 limit, GError **error)
{
    g_autoptr(Spool) spool = spool_new(limit);

    if (!fill_spool(spool, fd, name, error))
        return -1;
    const int copy = spool_finish_open(spool, error);
    if (copy < 0)
        g_prefix_error(error, "%s: ", name);
    return copy;
}

static int
open_standard_input(GError **error)
{
    const char *name = file_shown("-");
    struct stat info;

    if (fstat(STDIN_FILENO, &info) == 0 && S_ISREG(info.st_mode) && lseek(STDIN_FILENO, 0, SEEK_CUR) == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    return copy_descriptor(STDIN_FILENO, name, PIPE_MAX, error);
}

static guint64
size_of(int fd)
{
    struct stat info;

    return fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0 ? (guint64)info.st_size : 0;
}

/* Without waiting: a named pipe that nobody writes into would keep us. */
static int
open_any(const char *path, const struct stat *info, int fd, GError **error)
{
    if (S_ISFIFO(info->st_mode) && !has_writer(fd, path, error))
        return -1;
    return copy_descriptor(fd, path, limit_of(fd, info), error);
}

int
file_open(const char *path, gboolean *folder, guint64 *size, GError **error)
{
    struct stat info;
    const gboolean input = g_str_equal(path, "-");
    const int fd = input ? open_standard_input(error)
                         : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    *folder = FALSE;
    *size = 0;
    if (fd < 0 && !input)
        fail(error, path, errno);
    if (fd < 0)
        return -1;
    if (fstat(fd, &info) != 0) {
        fail(error, path, errno);
        close(fd);
        return -1;
    }
    *size = (guint64)MAX(info.st_size, 0);
    if (S_ISREG(info.st_mode))
        return fd;
    *folder = S_ISDIR(info.st_mode);
    const int copy = *folder ? -1 : open_any(path, &info, fd, error);
    *size = size_of(copy);
    close(fd);
    return copy;
}
