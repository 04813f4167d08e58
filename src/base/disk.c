/* disk.c: what the rest of the program says to the door, and how faults are worded.
 * SPDX-License-Identifier: MIT */
#include "base/disk.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/mapped.h"
#include "base/translate.h"

/* How long a named pipe is waited for that nobody writes into. */
#define PIPE_WAIT_MS 5000
#define PIECE 65536

struct DiskNames {
    GBytes     *list;
    const char *at, *end;
};

/* Which door it is, is a fact of the process, as its confinement is (base/inside.h). */
static const DiskDoor *own_door = &disk_system;

void
disk_enter(const DiskDoor *door)
{
    own_door = door;
}

const DiskDoor *
disk_door(void)
{
    return own_door;
}

gboolean
disk_fault(const char *path, int number, GError **error)
{
    const char *name = g_str_equal(path, "-") ? _("standard input") : path;

    if (number == DISK_REFUSED)
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_PERM,
                         _("%s: refused: it leads out of what you opened; open it by its own name"), name);
    if (number == EAGAIN)
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, _("%s: nobody writes into this pipe"), name);
    return fault_set(error, G_FILE_ERROR, (int)g_file_error_from_errno(number), "%s: %s", name,
                     g_strerror(number));
}

/* ---- looking ---- */

DiskFact
disk_look(const char *path)
{
    DiskFact fact = { 0 };

    if (own_door->look(path, &fact) != 0)
        return (DiskFact){ 0 };
    return fact;
}

gboolean
disk_is_file(const char *path)
{
    return disk_look(path).kind == DISK_FILE;
}

gboolean
disk_is_folder(const char *path)
{
    return disk_look(path).kind == DISK_FOLDER;
}

gboolean
disk_exists(const char *path)
{
    return disk_look(path).kind != DISK_NOTHING;
}

/* ---- reading ---- */

int
disk_open(const char *path, DiskFact *fact, GError **error)
{
    int fd = -1;
    const int number = own_door->open(path, fact, &fd);

    if (number == 0)
        return fd;
    disk_fault(path, number, error);
    return -1;
}

gssize
disk_read(int fd, void *buffer, gsize size)
{
    for (;;) {
        const gssize got = read(fd, buffer, size);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
        if (errno == EAGAIN)
            (void)poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, -1);
    }
}

gboolean
disk_has_writer(int fd, const char *path, GError **error)
{
    struct pollfd wait = { .fd = fd, .events = POLLIN };

    if (poll(&wait, 1, PIPE_WAIT_MS) == 0)
        return disk_fault(path, EAGAIN, error);
    return TRUE;
}

/* What `fd` gives to its end, `first` bytes of it at once, with room for a NUL; FALSE and `errno`. */
static gboolean
read_all(int fd, guint first, gsize most, GByteArray *all)
{
    guint had = all->len, room = first;
    gssize got;

    do {
        g_byte_array_set_size(all, had + room);
        got = disk_read(fd, all->data + had, room);
        had += (guint)MAX(got, 0);
        room = got > 0 && (guint)got < room ? room - (guint)got : PIECE;
        if (had > most)
            errno = EFBIG;
    } while (got > 0 && had <= most);
    g_byte_array_set_size(all, had + 1);
    all->data[had] = '\0';
    return got == 0;
}

char *
disk_text(const char *path, gsize most, gsize *length, GError **error)
{
    DiskFact fact = { 0 };
    const int fd = disk_open(path, &fact, error);
    GByteArray *all = fd >= 0 ? g_byte_array_new() : NULL;
    /* One more than there is: its end is seen in the same room. */
    const guint first = fact.kind == DISK_FILE ? (guint)MIN(fact.size + 1, PIECE) : PIECE;

    if (fd < 0)
        return NULL;
    const gboolean waits = fact.kind == DISK_PIPE && !disk_has_writer(fd, path, error);
    const gboolean good = !waits && read_all(fd, first, MIN(most, G_MAXUINT / 2), all);
    const int number = errno;
    close(fd);
    if (good && length)
        *length = all->len - 1;
    if (!good && !waits)
        disk_fault(path, number, error);
    return (char *)g_byte_array_free(all, !good);
}

/* ---- folders ---- */

/* An entry is its kind, whether it is a link, its name, NUL. */
void
disk_list(GByteArray *list, const char *name, DiskKind kind, gboolean link)
{
    const guint8 head[] = { (guint8)kind, link ? 1 : 0 };

    g_byte_array_append(list, head, sizeof head);
    g_byte_array_append(list, (const guint8 *)name, (guint)strlen(name) + 1);
}

DiskNames *
disk_names(const char *path, GError **error)
{
    GBytes *list = NULL;
    const int number = own_door->names(path, &list);

    if (number != 0) {
        disk_fault(path, number, error);
        return NULL;
    }
    gsize length = 0;
    DiskNames *names = g_new0(DiskNames, 1);
    names->list = list;
    names->at = g_bytes_get_data(list, &length);
    names->end = names->at + length;
    return names;
}

gboolean
disk_names_next(DiskNames *names, DiskName *name)
{
    const char *at = names->at;
    const char *end = at && names->end - at > 2 ? memchr(at + 2, '\0', (gsize)(names->end - at) - 2) : NULL;

    if (!end)
        return FALSE;
    *name = (DiskName){ at + 2, (DiskKind)at[0], at[1] != 0 };
    names->at = end + 1;
    return TRUE;
}

void
disk_names_free(DiskNames *names)
{
    if (!names)
        return;
    g_bytes_unref(names->list);
    g_free(names);
}

/* ---- writing ---- */

gboolean
disk_write_new(const char *path, const char *bytes, gsize length, GError **error)
{
    const int number = own_door->write_new(path, bytes, length);

    return number == 0 || disk_fault(path, number, error);
}

gboolean
disk_replace(const char *path, const char *bytes, gsize length, gboolean state, GError **error)
{
    const int number = own_door->replace(path, bytes, length, state);

    return number == 0 || disk_fault(path, number, error);
}

/* ---- where we are ---- */

char *
disk_here(void)
{
    return own_door->here();
}

char *
disk_program(void)
{
    return own_door->program();
}

char *
disk_absolute(const char *path)
{
    g_autofree char *here = g_path_is_absolute(path) ? NULL : disk_here();

    return g_canonicalize_filename(path, here ? here : "/");
}
