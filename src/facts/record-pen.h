/* record-pen.h: where the next byte of a record's JSON goes.
 * SPDX-License-Identifier: MIT
 *
 * It is handed from function to function in a register: a tray's length, or its text's with the closing NUL, is brought up to
 * date only where somebody else appends to the text, between pen_down() and pen_up(). */
#pragma once

#include <string.h>

#include "base/plain.h"
#include "base/room.h"
#include "base/tray.h"
#include "facts/record.h"

struct RecordPen {
    Tray        *tray;
    char        *begin;     /* of its room while that is large enough, else of its text */
    char        *end;       /* of what may be written */
    RecordWorded worded;
    gpointer     data;
};

/* The slow halves of pen_up(), pen_room() and pen_put_text(). */
char *pen_settle(RecordPen *pen);
char *pen_more(RecordPen *pen, char *at, gsize room);
char *pen_put_strange(RecordPen *pen, char *at, const char *text, gsize length);

/* A longer text is rare, and asks for room of its own. */
#define PEN_TEXT_MAX 512
/* Behind a check there is room for a key, a short value or a text in quotation marks, and a bracket. */
#define PEN_ROOM (RECORD_KEY_MAX + PEN_TEXT_MAX + 4)

static inline gsize
pen_place(const RecordPen *pen, const char *at)
{
    return (gsize)(at - pen->begin);
}

/* For whoever appends to the text itself. */
static inline GString *
pen_down(const RecordPen *pen, char *at)
{
    Tray *tray = pen->tray;

    if (tray->room)
        tray->length = pen_place(pen, at);
    else
        room_took(tray->text, at);
    return tray->text;
}

/* What was appended is where it belongs: through a room's text go 40 words of a report, nearly all of them short. */
static inline char *
pen_up(RecordPen *pen)
{
    Tray *tray = pen->tray;
    GString *text = tray->text;

    if (!tray->room || text->len > tray->size - tray->length)
        return pen_settle(pen);
    char *at = room_put(tray->room + tray->length, text->str, text->len);
    g_string_truncate(text, 0);
    return at;
}

static inline char *
pen_room(RecordPen *pen, char *at, gsize room)
{
    return G_LIKELY((gsize)(pen->end - at) >= room) ? at : pen_more(pen, at, room);
}

/* What began at `start` has a comma before each of its parts. */
static inline char *
pen_close(RecordPen *pen, char *at, gsize start, char opening, char closing)
{
    at = pen_room(pen, at, 2);
    if (pen_place(pen, at) == start)
        at++;
    pen->begin[start] = opening;
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

/* [START,END]; there is room for it. */
#define PEN_SPAN (2 * ROOM_INT + 4)

static inline char *
pen_put_span(char *at, Span span)
{
    *at++ = '[';
    at = room_put_int(at, (gint64)span.start);
    *at++ = ',';
    at = room_put_int(at, (gint64)span.end);
    *at++ = ']';
    return at;
}
