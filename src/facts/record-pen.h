/* record-pen.h: where the next byte of a record's JSON goes.
 * SPDX-License-Identifier: MIT
 *
 * It is handed from function to function in a register: a GString's length and its closing NUL are brought up to date
 * only where somebody else appends, between pen_down() and pen_up(). */
#pragma once

#include <string.h>

#include "base/plain.h"
#include "base/room.h"
#include "facts/record.h"

typedef struct {
    GString     *out;
    char        *end;       /* of its room, without the closing NUL */
    RecordWorded worded;
    gpointer     data;
} RecordPen;

/* The slow halves of pen_room() and pen_put_text(). */
char *pen_more(RecordPen *pen, char *at, gsize room);
char *pen_put_strange(RecordPen *pen, char *at, const char *text, gsize length);

/* A longer text is rare, and asks for room of its own. */
#define PEN_TEXT_MAX 512
/* Behind a check there is room for a key, a short value or a text in quotation marks, and a bracket. */
#define PEN_ROOM (RECORD_KEY_MAX + PEN_TEXT_MAX + 4)

/* For whoever appends to the GString itself. */
static inline GString *
pen_down(const RecordPen *pen, char *at)
{
    room_took(pen->out, at);
    return pen->out;
}

static inline char *
pen_up(RecordPen *pen)
{
    pen->end = pen->out->str + pen->out->allocated_len - 1;
    return pen->out->str + pen->out->len;
}

static inline char *
pen_room(RecordPen *pen, char *at, gsize room)
{
    return G_LIKELY((gsize)(pen->end - at) >= room) ? at : pen_more(pen, at, room);
}

static inline gsize
pen_place(const RecordPen *pen, const char *at)
{
    return (gsize)(at - pen->out->str);
}

/* What began at `start` has a comma before each of its parts. */
static inline char *
pen_close(RecordPen *pen, char *at, gsize start, char opening, char closing)
{
    at = pen_room(pen, at, 2);
    if (pen_place(pen, at) == start)
        at++;
    pen->out->str[start] = opening;
    *at++ = closing;
    return at;
}

/* There is room for one of usual length. */
static inline char *
pen_put_text(RecordPen *pen, char *at, const char *text)
{
    const gsize length = strlen(text);
    char *end = length <= PEN_TEXT_MAX ? plain_put(at + 1, text, length) : NULL;

    if (!end)
        return pen_put_strange(pen, at, text, length);
    *at = '"';
    *end = '"';
    return end + 1;
}
