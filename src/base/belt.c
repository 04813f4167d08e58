/* belt.c: octets that a second thread works on, in the order in which they were laid on, while more are made.
 * SPDX-License-Identifier: MIT */
#include "base/belt.h"

#include <string.h>

/* What both threads work on stays in a second cache; smaller trays wake them more often, which one core alone pays for. */
#define TRAY_SIZE 131072
#define TRAYS 4

typedef struct {
    gsize length;       /* 0: no more comes */
    char  bytes[TRAY_SIZE];
} Tray;

struct Belt {
    BeltWork     work;
    gpointer     data;
    GThread     *thread;
    GAsyncQueue *empty, *full;
    Tray        *open;          /* being filled; or NULL */
    Tray         trays[TRAYS];
};

static gpointer
work_on(gpointer data)
{
    Belt *belt = data;

    for (;;) {
        Tray *tray = g_async_queue_pop(belt->full);
        if (tray->length == 0)
            return NULL;
        belt->work(tray->bytes, tray->length, belt->data);
        g_async_queue_push(belt->empty, tray);
    }
}

static void
release(Belt *belt)
{
    g_async_queue_unref(belt->empty);
    g_async_queue_unref(belt->full);
    g_free(belt);
}

Belt *
belt_new(const char *name, BeltWork work, gpointer data)
{
    Belt *belt = g_malloc(sizeof *belt);

    belt->work = work;
    belt->data = data;
    belt->open = NULL;
    belt->empty = g_async_queue_new();
    belt->full = g_async_queue_new();
    for (guint i = 0; i < TRAYS; i++)
        g_async_queue_push(belt->empty, &belt->trays[i]);
    belt->thread = g_thread_try_new(name, work_on, belt, NULL);
    if (!belt->thread)
        g_clear_pointer(&belt, release);
    return belt;
}

static Tray *
take_empty(Belt *belt)
{
    Tray *tray = g_async_queue_pop(belt->empty);

    tray->length = 0;
    return tray;
}

static void
send_open(Belt *belt)
{
    g_async_queue_push(belt->full, g_steal_pointer(&belt->open));
}

void
belt_lay(Belt *belt, const void *bytes, gsize length)
{
    const char *at = bytes;

    while (length) {
        if (!belt->open)
            belt->open = take_empty(belt);
        Tray *tray = belt->open;
        const gsize piece = MIN(length, TRAY_SIZE - tray->length);
        memcpy(tray->bytes + tray->length, at, piece);
        tray->length += piece;
        at += piece;
        length -= piece;
        if (tray->length == TRAY_SIZE)
            send_open(belt);
    }
}

void
belt_drain(Belt *belt)
{
    Tray *back[TRAYS];

    if (belt->open)     /* never an empty one: it was taken for octets */
        send_open(belt);
    for (guint i = 0; i < TRAYS; i++)
        back[i] = take_empty(belt);
    for (guint i = 0; i < TRAYS; i++)
        g_async_queue_push(belt->empty, back[i]);
}

void
belt_free(Belt *belt)
{
    if (!belt)
        return;
    belt_drain(belt);
    g_async_queue_push(belt->full, take_empty(belt));
    g_thread_join(belt->thread);
    release(belt);
}
