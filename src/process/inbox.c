/* inbox.c: a piece of shared memory, written from one side only.
 * SPDX-License-Identifier: MIT */
#include "process/inbox.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* linux/fcntl.h of older systems lacks it. */
#define FUTURE_WRITE 0x0010

struct Inbox {
    guint8 *data;
    int     fd;
    guint64 head, tail;     /* counted on: all that was ever put, and dropped */
    guint64 room;           /* where inbox_room() was last */
};

Inbox *
inbox_new(void)
{
    const int fd = memfd_create("fromscope-inbox", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    void *data = MAP_FAILED;

    if (fd >= 0 && ftruncate(fd, INBOX_BYTES) == 0)
        data = mmap(NULL, INBOX_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (data == MAP_FAILED) {
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    /* What is mapped stays writable; what others map from now on never is. An older kernel refuses, which is no harm to us. */
    (void)fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | FUTURE_WRITE);
    Inbox *inbox = g_new0(Inbox, 1);
    inbox->data = data;
    inbox->fd = fd;
    return inbox;
}

void
inbox_free(Inbox *inbox)
{
    if (!inbox)
        return;
    munmap(inbox->data, INBOX_BYTES);
    if (inbox->fd >= 0)
        close(inbox->fd);
    g_free(inbox);
}

/* ---- the parent ---- */

/* Where it would lie: nothing is torn apart at the end. */
static guint64
place_for(const Inbox *inbox, gsize length)
{
    const gsize left = INBOX_BYTES - inbox->head % INBOX_BYTES;

    return length <= left ? inbox->head : inbox->head + left;
}

gboolean
inbox_has_room(const Inbox *inbox, gsize length)
{
    return place_for(inbox, length) + length - inbox->tail <= INBOX_BYTES;
}

guint8 *
inbox_room(Inbox *inbox, gsize length)
{
    inbox->room = place_for(inbox, length);
    return inbox->data + inbox->room % INBOX_BYTES;
}

guint64
inbox_put(Inbox *inbox, const void *bytes, gsize length)
{
    const gboolean there = bytes == inbox->data + inbox->room % INBOX_BYTES;
    const guint64 at = there ? inbox->room : place_for(inbox, length);

    if (!there)
        memcpy(inbox->data + at % INBOX_BYTES, bytes, length);
    inbox->head = at + length;
    return at;
}

void
inbox_drop(Inbox *inbox, guint64 until)
{
    inbox->tail = until;
}

void
inbox_wipe(Inbox *inbox)
{
    if (madvise(inbox->data, INBOX_BYTES, MADV_REMOVE) != 0)
        memset(inbox->data, 0, INBOX_BYTES);
    inbox->head = inbox->tail = 0;
}

/* ---- a worker ---- */

gboolean
inbox_shut(Inbox *inbox)
{
    if (mmap(inbox->data, INBOX_BYTES, PROT_READ, MAP_SHARED | MAP_FIXED, inbox->fd, 0) == inbox->data)
        return TRUE;
    munmap(inbox->data, INBOX_BYTES);
    return FALSE;
}

const void *
inbox_at(const Inbox *inbox, guint64 at, gsize length)
{
    const gsize start = at % INBOX_BYTES;

    return length <= INBOX_BYTES - start ? inbox->data + start : NULL;
}
