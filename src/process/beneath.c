/* beneath.c: the kernel's own way of staying below a folder, or ours.
 * SPDX-License-Identifier: MIT */
#include "process/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/disk.h"

/* Kernels before 5.6: link by link, and so none is followed. */
static int
walk(int base, const char *rest, int flags)
{
    g_auto(GStrv) parts = g_strsplit(rest, "/", -1);
    int at = fcntl(base, F_DUPFD_CLOEXEC, 3);

    for (guint i = 0; parts[i] && at >= 0; i++) {
        const int how = parts[i + 1] ? O_PATH | O_DIRECTORY : flags;
        const gboolean up = g_str_equal(parts[i], "..");
        const int next = up ? -1 : openat(at, parts[i], how | O_NOFOLLOW | O_CLOEXEC);
        const int number = up ? EXDEV : errno;
        close(at);
        errno = number;
        at = next;
    }
    return at;
}

static int
open_at(int base, const char *rest, int flags)
{
    struct open_how how = { .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };

    how.flags = (unsigned)(flags | O_CLOEXEC);
    const int fd = (int)syscall(SYS_openat2, base, rest, &how, sizeof how);

    return fd < 0 && (errno == ENOSYS || errno == EPERM) ? walk(base, rest, flags) : fd;
}

/* EXDEV and ELOOP: a link leads elsewhere. */
int
beneath_open(const char *folder, const char *rest, int flags)
{
    const int base = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (base < 0)
        return -1;
    const int fd = open_at(base, rest, flags);
    const int number = errno;
    close(base);
    errno = fd < 0 && (number == EXDEV || number == ELOOP) ? DISK_REFUSED : number;
    return fd;
}

static gboolean
is_in_maildir(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(folder);

    return g_str_equal(name, "cur") || g_str_equal(name, "new");
}

/* Whoever made the folder, an archive's author perhaps, chose where its links lead. What others keep in a Maildir has names
 * that nobody guesses (time, process, host), so that such a link tells that whoever made it saw the other Maildir. */
int
beneath_open_mail(const char *folder, const char *rest, int flags)
{
    const int fd = beneath_open(folder, rest, flags);

    if (fd >= 0 || errno != DISK_REFUSED)
        return fd;
    g_autofree char *path = g_build_filename(folder, rest, NULL);
    char *target = is_in_maildir(path) && !strstr(rest, "..") ? realpath(path, NULL) : NULL;
    const int other = target && is_in_maildir(target) ? open(target, flags | O_CLOEXEC | O_NOFOLLOW) : -1;
    struct stat info;
    const gboolean good = other >= 0 && fstat(other, &info) == 0 && S_ISREG(info.st_mode);
    if (other >= 0 && !good)
        close(other);
    free(target);
    errno = DISK_REFUSED;
    return good ? other : -1;
}
