/* disk-ahead.c: a door that remembers what another one said.
 * SPDX-License-Identifier: MIT */
#include "base/disk-ahead.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/disk.h"

enum { KNOWN_MAX = 16 };

#define HOLDS_US ((gint64)2 * G_USEC_PER_SEC)

typedef struct {
    char    *path;
    int      number;        /* errno of the look */
    DiskFact fact;
    gint     fd;            /* atomic; -1: none, or given away */
    DiskFact open_fact;
} Known;

/* As the door itself a fact of the process (disk.c). Filled before there are threads. */
static struct {
    Known  known[KNOWN_MAX];
    guint  count;
    gint64 until;           /* it holds so long; microseconds */
    const DiskDoor *below;
    DiskDoor door;
} own;

static Known *
find(const char *path)
{
    for (guint i = 0; i < own.count; i++)
        if (g_str_equal(own.known[i].path, path))
            return &own.known[i];
    return NULL;
}

static int
record_look(const char *path, DiskFact *fact)
{
    const int number = disk_system.look(path, fact);

    if (own.count < KNOWN_MAX && !find(path))
        own.known[own.count++] = (Known){ g_strdup(path), number, *fact, -1, { 0 } };
    return number;
}

void
disk_ahead_record(void)
{
    own.door = disk_system;
    own.door.look = record_look;
    disk_enter(&own.door);
}

void
disk_ahead(const char *path)
{
    DiskFact fact = { 0 };
    Known *known = record_look(path, &fact) == 0 && fact.kind == DISK_FILE ? find(path) : NULL;
    int fd = -1;

    if (known && known->fd < 0 && disk_system.open(path, &known->open_fact, &fd) == 0)
        known->fd = fd;
}

guint
disk_ahead_keep(int first)
{
    guint kept = 0;

    for (guint i = 0; i < own.count; i++) {
        Known *known = &own.known[i];
        const int wanted = first + (int)kept;
        const int moved = known->fd >= 0 ? fcntl(known->fd, F_DUPFD_CLOEXEC, wanted) : -1;
        if (known->fd >= 0)
            close(known->fd);
        known->fd = moved == wanted ? moved : -1;
        kept += moved == wanted;
    }
    return kept;
}

/* ---- serving ---- */

static gboolean
holds(void)
{
    return g_get_monotonic_time() < own.until;
}

static int
serve_look(const char *path, DiskFact *fact)
{
    const Known *known = holds() ? find(path) : NULL;

    if (!known)
        return own.below->look(path, fact);
    *fact = known->fact;
    return known->number;
}

/* Each once: who opens it again may find another file there. */
static int
serve_open(const char *path, DiskFact *fact, int *fd)
{
    Known *known = holds() ? find(path) : NULL;
    const gint given = known ? g_atomic_int_get(&known->fd) : -1;

    if (given < 0 || !g_atomic_int_compare_and_exchange(&known->fd, given, -1))
        return own.below->open(path, fact, fd);
    *fact = known->open_fact;
    *fd = given;
    return 0;
}

void
disk_ahead_serve(void)
{
    own.below = disk_door();
    own.door = *own.below;
    own.door.look = serve_look;
    own.door.open = serve_open;
    own.until = g_get_monotonic_time() + HOLDS_US;
    disk_enter(&own.door);
}
