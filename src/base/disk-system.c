/* disk-system.c: the door that leads to the system's own files.
 * SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk-fact.h"
#include "base/newfile.h"

/* Millions of names. */
#define LIST_MAX (512u << 20)

static gint64
nanoseconds(const struct timespec *time)
{
    return (gint64)time->tv_sec * 1000000000 + time->tv_nsec;
}

DiskFact
disk_fact(const struct stat *info)
{
    static const struct { mode_t type; DiskKind kind; } kinds[] = {
        { S_IFREG, DISK_FILE }, { S_IFDIR, DISK_FOLDER }, { S_IFIFO, DISK_PIPE }, { S_IFCHR, DISK_DEVICE },
        { S_IFSOCK, DISK_OTHER }, { S_IFBLK, DISK_DEVICE },
    };
    DiskFact fact = { .kind = DISK_OTHER };

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if ((info->st_mode & S_IFMT) == kinds[i].type)
            fact.kind = kinds[i].kind;
    fact.size = fact.kind == DISK_FILE && info->st_size > 0 ? (guint64)info->st_size : 0;
    fact.changed = nanoseconds(&info->st_mtim);
    fact.placed = nanoseconds(&info->st_ctim);
    return fact;
}

static int
look(const char *path, DiskFact *fact)
{
    struct stat info;

    if (stat(path, &info) != 0)
        return errno;
    *fact = disk_fact(&info);
    fact->readable = access(path, R_OK) == 0;
    return 0;
}

/* ---- opening ---- */

int
disk_fact_of(int fd, DiskFact *fact)
{
    struct stat info;

    if (fstat(fd, &info) != 0)
        return errno;
    *fact = disk_fact(&info);
    if (fact->kind == DISK_FOLDER)
        return EISDIR;
    if (fact->kind == DISK_DEVICE && isatty(fd))
        fact->kind = DISK_TERMINAL;
    return 0;
}

/* Somebody may have read a part of it: what is left comes as through a pipe. */
static int
open_input(DiskFact *fact, int *fd)
{
    int number = disk_fact_of(STDIN_FILENO, fact);

    if (number != 0)
        return number;
    if (fact->kind == DISK_FILE && lseek(STDIN_FILENO, 0, SEEK_CUR) != 0)
        fact->kind = DISK_PIPE;
    if (fact->kind == DISK_OTHER)
        fact->kind = DISK_PIPE;     /* a socket */
    *fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    return *fd < 0 ? errno : 0;
}

static int
open_path(const char *path, DiskFact *fact, int *fd)
{
    if (g_str_equal(path, "-"))
        return open_input(fact, fd);
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*fd < 0)
        return errno;
    const int number = disk_fact_of(*fd, fact);
    if (number != 0) {
        close(*fd);
        *fd = -1;
    }
    return number;
}

/* ---- folders ---- */

/* What a file system says of it without being asked; DISK_NOTHING: it must be asked. */
static DiskKind
kind_told(const struct dirent *entry)
{
    switch (entry->d_type) {
    case DT_REG:
        return DISK_FILE;
    case DT_DIR:
        return DISK_FOLDER;
    case DT_FIFO:
        return DISK_PIPE;
    default:
        return DISK_NOTHING;
    }
}

static void
list_entry(GByteArray *list, DIR *dir, const struct dirent *entry, DiskKindOf kind_of, gpointer data)
{
    struct stat info;
    DiskKind kind = kind_told(entry);
    gboolean link = FALSE;

    if (kind == DISK_NOTHING && fstatat(dirfd(dir), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        link = S_ISLNK(info.st_mode);
        kind = link ? kind_of(dirfd(dir), entry->d_name, data) : disk_fact(&info).kind;
    }
    disk_list(list, entry->d_name, kind, link);
}

int
disk_list_folder(int fd, DiskKindOf kind_of, gpointer data, GByteArray *list)
{
    DIR *dir = fdopendir(fd);
    struct dirent *entry;

    if (!dir) {
        const int number = errno;
        close(fd);
        return number;
    }
    while (list->len < LIST_MAX && (entry = readdir(dir)))
        if (!g_str_equal(entry->d_name, ".") && !g_str_equal(entry->d_name, ".."))
            list_entry(list, dir, entry, kind_of, data);
    closedir(dir);
    return list->len < LIST_MAX ? 0 : E2BIG;
}

/* A link leads wherever it leads. */
static DiskKind
kind_behind(int folder, const char *name, gpointer data)
{
    struct stat info;

    (void)data;
    return fstatat(folder, name, &info, 0) == 0 ? disk_fact(&info).kind : DISK_NOTHING;
}

static int
list_folder(const char *path, GBytes **list)
{
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    g_autoptr(GByteArray) all = g_byte_array_new();
    const int number = fd < 0 ? errno : disk_list_folder(fd, kind_behind, NULL, all);

    if (number == 0)
        *list = g_byte_array_free_to_bytes(g_steal_pointer(&all));
    return number;
}

/* ---- writing ---- */

static int
write_new(const char *path, const char *bytes, gsize length)
{
    int number = 0;
    NewFile *file = newfile_begin(path, &number);

    if (!file)
        return number;
    newfile_add(file, bytes, length);
    return newfile_finish(file);
}

int
disk_replace_file(const char *path, const char *bytes, gsize length, gboolean state)
{
    g_autofree char *folder = g_path_get_dirname(path);

    if (state && g_mkdir_with_parents(folder, 0700) != 0)
        return errno;
    return newfile_replace(path, bytes, length, state ? 0600 : 0666);
}

/* ---- where we are ---- */

static char *
here(void)
{
    return g_get_current_dir();
}

/* It is where it was when the process began. Asked once: to a process that was forked since, /proc would be new, which takes the
 * kernel longer than all else that is looked up at a start. */
static char *
program(void)
{
    static gsize ready;
    static char *known;

    if (g_once_init_enter(&ready)) {
        known = g_file_read_link("/proc/self/exe", NULL);
        g_once_init_leave(&ready, 1);
    }
    return g_strdup(known);
}

const DiskDoor disk_system = { look, open_path, list_folder, write_new, disk_replace_file, here, program };
