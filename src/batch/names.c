/* names.c: reads a list of names as it comes.
 * SPDX-License-Identifier: MIT */
#include "batch/names.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/translate.h"

#define READ_AT_ONCE 65536
/* No name is longer; what is kept of one that is. */
#define KEPT_MAX ((gsize)2 * PATH_MAX)

struct Names {
    char *const *files;
    guint       n_files, next_file;
    char *const *lists;     /* not begun yet */
    char       *list;       /* as errors call it; NULL: there is none */
    int         fd;         /* -1: it is read */
    char        separator;
    GByteArray *buffer;
    gsize       at;
    guint64     number;     /* of the name in its list, from 1 */
    guint64     size;       /* of the list; 0: it is no file */
    guint64     taken;      /* … of which these bytes were names */
    gboolean    ended;
};

/* Of a file. */
static guint64
size_of(int fd)
{
    struct stat info;

    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode) ? (guint64)info.st_size : 0;
}

static gboolean
open_list(Names *names, GError **error)
{
    const char *path = *names->lists++;

    if (names->fd >= 0)
        close(names->fd);
    g_free(names->list);
    names->list = g_strdup(file_shown(path));
    names->fd = g_str_equal(path, "-") ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                       : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    names->number = names->size = names->taken = 0;
    names->ended = names->fd < 0;
    if (names->fd < 0)
        return fault_set(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "%s: %s", names->list, g_strerror(errno));
    names->size = size_of(names->fd);
    return TRUE;
}

Names *
names_new(char *const *files, char *const *lists, char separator, GError **error)
{
    static char *const none[] = { NULL };
    Names *names = g_new0(Names, 1);

    names->lists = lists ? lists : none;
    names->files = files;
    names->n_files = files ? g_strv_length((char **)files) : 0;
    names->separator = separator;
    names->buffer = g_byte_array_new();
    names->fd = -1;
    names->ended = TRUE;
    if (!*names->lists || open_list(names, error))
        return names;
    names_free(names);
    return NULL;
}

void
names_free(Names *names)
{
    if (!names)
        return;
    if (names->fd >= 0)
        close(names->fd);
    g_byte_array_unref(names->buffer);
    g_free(names->list);
    g_free(names);
}

/* FALSE: nothing came, and `next` says why. */
static gboolean
read_more(Names *names, NamesNext *next, GError **error)
{
    struct pollfd polled = { names->fd, POLLIN, 0 };
    const guint had = names->buffer->len - (guint)names->at;

    g_byte_array_remove_range(names->buffer, 0, (guint)names->at);
    names->at = 0;
    *next = NAMES_WAIT;
    if (poll(&polled, 1, 0) == 0)
        return FALSE;
    g_byte_array_set_size(names->buffer, had + READ_AT_ONCE);
    const gssize got = read(names->fd, names->buffer->data + had, READ_AT_ONCE);
    const int number = errno;
    g_byte_array_set_size(names->buffer, had + (guint)MAX(got, 0));
    if (got > 0)
        return TRUE;
    if (got < 0 && (number == EINTR || number == EAGAIN))
        return FALSE;
    names->ended = TRUE;
    *next = NAMES_END;
    if (got == 0)
        return TRUE;
    *next = NAMES_FAULT;
    return fault_set(error, G_FILE_ERROR, (int)g_file_error_from_errno(number), "%s: %s", names->list,
                     g_strerror(number));
}

static NamesNext
too_long(Names *names, GError **error)
{
    g_autofree char *number = g_strdup_printf("%" G_GUINT64_FORMAT, names->number);

    fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NAMETOOLONG, _("%s: name %s is longer than a file name can be"),
              names->list, number);
    return NAMES_FAULT;
}

/* What is behind the separator that ends it. */
static NamesNext
take(Names *names, gsize length, char **name, GError **error)
{
    const char *start = (const char *)names->buffer->data + names->at;

    names->at += length;
    names->taken += length + 1;
    names->number++;
    if (length > PATH_MAX)
        return too_long(names, error);
    *name = length == 1 && *start == '-' ? g_strdup("./-") : g_strndup(start, length);
    return NAMES_ONE;
}

/* A name that does not end is thrown away as it comes. */
static void
skip_long(Names *names)
{
    const gsize have = names->buffer->len - names->at;

    if (have > KEPT_MAX)
        names->at += have - PATH_MAX - 1;
}

static NamesNext
next_of_list(Names *names, char **name, GError **error)
{
    NamesNext next;

    for (;;) {
        const gsize have = names->buffer->len - names->at;
        const guint8 *start = have > 0 ? names->buffer->data + names->at : NULL;
        const guint8 *end = have > 0 ? memchr(start, names->separator, have) : NULL;
        if (end && end == start) {
            names->at++;        /* an empty line */
            continue;
        }
        if (end || (names->ended && have > 0))
            return take(names, end ? (gsize)(end - start) : have, name, error);
        if (names->ended && !*names->lists)
            return NAMES_END;
        if (names->ended) {
            if (!open_list(names, error))
                return NAMES_FAULT;
            continue;
        }
        skip_long(names);
        if (!read_more(names, &next, error))
            return next;
    }
}

NamesNext
names_next(Names *names, char **name, GError **error)
{
    if (names->next_file >= names->n_files)
        return next_of_list(names, name, error);
    *name = g_strdup(names->files[names->next_file++]);
    return NAMES_ONE;
}

/* A name that nobody has read yet is taken to be as long as those before it. */
#define NAME_USUAL 32

guint
names_left(const Names *names)
{
    const guint64 bytes = names->size - MIN(names->taken, names->size);
    const guint64 usual = names->number > 0 ? names->taken / names->number : NAME_USUAL;
    const guint named = names->n_files - names->next_file;

    if (*names->lists)
        return G_MAXUINT;
    if (names->ended && names->at == names->buffer->len)
        return named;
    return names->size == 0 ? G_MAXUINT : named + (guint)MIN(bytes / MAX(usual, 1), G_MAXINT);
}
