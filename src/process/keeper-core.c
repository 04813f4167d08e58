/* keeper-core.c: the core's side: a door to files that leads to the keeper.
 * SPDX-License-Identifier: MIT */
#include "process/keeper.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/mapped.h"
#include "process/keeper-wire.h"

/* Of what is handed out to be written; a pipe may carry as much (base/file.c). */
#define TEMPORARY_BYTES_MAX ((rlim_t)8 << 30)

/* The line of this process, once it has a keeper. Threads share it. */
static struct {
    GMutex mutex;
    int    fd;
    char  *here, *program;
} own = { .fd = -1 };

/* ---- one question ---- */

static gboolean
say(KeeperOp op, const void *bytes, gsize length)
{
    KeeperAsk ask = { .op = op };
    struct iovec parts[] = { { &ask, sizeof ask }, { (void *)bytes, length } };
    const struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
    gssize sent;

    do
        sent = sendmsg(own.fd, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (gssize)(sizeof ask + length);
}

/* EPIPE where nobody answers any more. */
static int
hear(KeeperAnswer *answer, int *fd)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = { answer, sizeof *answer };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes,
                              .msg_controllen = sizeof control.bytes };
    gssize got;

    do
        got = recvmsg(own.fd, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    *fd = -1;
    const struct cmsghdr *head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(head), sizeof *fd);
    return got == (gssize)sizeof *answer ? answer->number : EPIPE;
}

/* `fd` is what came along, or -1. */
static int
ask(KeeperOp op, const char *path, KeeperAnswer *answer, int *fd)
{
    const gsize length = path ? strlen(path) : 0;

    *fd = -1;
    if (length > KEEPER_PATH_MAX)
        return ENAMETOOLONG;
    if (path && length == 0)
        return ENOENT;
    g_mutex_lock(&own.mutex);
    const int number = say(op, path, length) ? hear(answer, fd) : EPIPE;
    g_mutex_unlock(&own.mutex);
    return number;
}

/* ---- the door (base/disk.h) ---- */

static DiskFact
fact_of(const KeeperAnswer *answer)
{
    return (DiskFact){ .kind = (DiskKind)answer->kind, .readable = answer->readable != 0, .size = answer->size };
}

static int
look(const char *path, DiskFact *fact)
{
    KeeperAnswer answer = { 0 };
    int fd;
    const int number = ask(KEEPER_LOOK, path, &answer, &fd);

    if (number == 0)
        *fact = fact_of(&answer);
    return number;
}

static int
open_path(const char *path, DiskFact *fact, int *fd)
{
    KeeperAnswer answer = { 0 };
    const int number = ask(KEEPER_OPEN, path, &answer, fd);

    if (number == 0)
        *fact = fact_of(&answer);
    return number == 0 && *fd < 0 ? EMFILE : number;
}

static int
names(const char *path, GBytes **list)
{
    KeeperAnswer answer = { 0 };
    int fd;
    const int number = ask(KEEPER_NAMES, path, &answer, &fd);

    if (number == 0 && fd >= 0)
        *list = mapped_bytes(fd, NULL);
    if (fd >= 0)
        close(fd);
    return number != 0 ? number : fd < 0 ? EMFILE : *list ? 0 : EIO;
}

/* Nobody else asks in between: the keeper writes one file at a time. */
static int
write_pieces(KeeperOp op, const char *path, const char *bytes, gsize length)
{
    KeeperAnswer answer = { 0 };
    int fd;
    int number = say(op, path, strlen(path)) ? hear(&answer, &fd) : EPIPE;

    for (gsize done = 0; number == 0 && done < length; done += KEEPER_PIECE)
        if (!say(KEEPER_BYTES, bytes + done, MIN(length - done, KEEPER_PIECE)))
            number = EPIPE;
    if (number == 0)
        number = say(KEEPER_END, NULL, 0) ? hear(&answer, &fd) : EPIPE;
    return number;
}

static int
write_file(KeeperOp op, const char *path, const char *bytes, gsize length)
{
    if (strlen(path) > KEEPER_PATH_MAX)
        return ENAMETOOLONG;
    if (!*path)
        return ENOENT;
    g_mutex_lock(&own.mutex);
    const int number = write_pieces(op, path, bytes, length);
    g_mutex_unlock(&own.mutex);
    return number;
}

static int
write_new(const char *path, const char *bytes, gsize length)
{
    return write_file(KEEPER_NEW, path, bytes, length);
}

/* Whether it is of the state the keeper knows by itself. */
static int
replace(const char *path, const char *bytes, gsize length, gboolean state)
{
    (void)state;
    return write_file(KEEPER_REPLACE, path, bytes, length);
}

static char *
here(void)
{
    return g_strdup(own.here);
}

static char *
program(void)
{
    return g_strdup(own.program);
}

static const DiskDoor door = { look, open_path, names, write_new, replace, here, program };

/* ---- beginning ---- */

void
keeper_enter(int fd)
{
    const struct rlimit most = { TEMPORARY_BYTES_MAX, TEMPORARY_BYTES_MAX };

    own.fd = fd;
    own.here = disk_here();
    own.program = disk_program();
    setrlimit(RLIMIT_FSIZE, &most);
    disk_enter(&door);
}

int
keeper_temporary(void)
{
    KeeperAnswer answer = { 0 };
    int fd = -1;
    const int number = ask(KEEPER_TEMPORARY, NULL, &answer, &fd);

    return number == 0 ? fd : -1;
}
