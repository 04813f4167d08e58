/* room.h: bytes appended to a GString whose room was asked for once.
 * SPDX-License-Identifier: MIT
 *
 * A report of 30 KB is put together from 4,000 pieces, most of them shorter than 20 bytes: asking for room, moving
 * the closing NUL and calling memcpy() cost more than the bytes. Here one asks for the room of several pieces,
 * writes them, and says where the last one ended:
 *
 *     char *at = room_make(out, 40);
 *     at = room_put(at, ",\"line\":", 8);
 *     room_took(out, at); */
#pragma once

#include <glib.h>
#include <string.h>

/* The slow half of room_make(). */
void room_grow(GString *out, gsize room);

/* Where at least `room` bytes and the closing NUL may be written. */
static inline char *
room_make(GString *out, gsize room)
{
    if (out->allocated_len - out->len <= room)
        room_grow(out, room);
    return out->str + out->len;
}

/* What was written ends before `end`. */
static inline void
room_took(GString *out, char *end)
{
    out->len = (gsize)(end - out->str);
    *end = '\0';
}

typedef guint64 RoomChunk __attribute__((vector_size(16)));

/* memcpy() without a call for what is short: from both ends, which may overlap. */
static inline char *
room_put(char *to, const char *from, gsize length)
{
    RoomChunk first, last;
    guint64 front, back;
    guint32 head, tail;

    if (length > 2 * sizeof first) {
        memcpy(to, from, length);
    } else if (length >= sizeof first) {
        memcpy(&first, from, sizeof first);
        memcpy(&last, from + (length - sizeof last), sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + (length - sizeof last), &last, sizeof last);
    } else if (length >= sizeof front) {
        memcpy(&front, from, sizeof front);
        memcpy(&back, from + (length - sizeof back), sizeof back);
        memcpy(to, &front, sizeof front);
        memcpy(to + (length - sizeof back), &back, sizeof back);
    } else if (length >= sizeof head) {
        memcpy(&head, from, sizeof head);
        memcpy(&tail, from + (length - sizeof tail), sizeof tail);
        memcpy(to, &head, sizeof head);
        memcpy(to + (length - sizeof tail), &tail, sizeof tail);
    } else {
        for (gsize i = 0; i < length; i++)
            to[i] = from[i];
    }
    return to + length;
}

/* The longest number has so many digits, with its sign. */
#define ROOM_INT 20

/* A number in decimal; as a text of its own. (transfer full) */
char *room_put_int(char *to, gint64 value);
char *room_int_text(gint64 value);
/* The last `digits` digits of a number, zeros in front: of dates. */
static inline char *
room_put_digits(char *to, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + digits;
}


/* One piece, when it is the only one. */
static inline void
room_append(GString *out, const char *from, gsize length)
{
    room_took(out, room_put(room_make(out, length), from, length));
}

static inline void
room_append_c(GString *out, char c)
{
    char *at = room_make(out, 1);

    *at = c;
    room_took(out, at + 1);
}
