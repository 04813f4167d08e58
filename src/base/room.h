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

/* memcpy() without a call for what is short: from both ends, which may overlap. */
static inline char *
room_put(char *to, const char *from, gsize length)
{
    guint64 word[4];

    if (length > 32) {
        memcpy(to, from, length);
    } else if (length >= 16) {
        memcpy(word, from, 16);
        memcpy(word + 2, from + (length - 16), 16);
        memcpy(to, word, 16);
        memcpy(to + (length - 16), word + 2, 16);
    } else if (length >= 8) {
        memcpy(word, from, 8);
        memcpy(word + 1, from + (length - 8), 8);
        memcpy(to, word, 8);
        memcpy(to + (length - 8), word + 1, 8);
    } else if (length >= 4) {
        guint32 half[2];
        memcpy(half, from, 4);
        memcpy(half + 1, from + (length - 4), 4);
        memcpy(to, half, 4);
        memcpy(to + (length - 4), half + 1, 4);
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
