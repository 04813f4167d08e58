/* record-pen.c: what is rare when a record is printed.
 * SPDX-License-Identifier: MIT */
#include "facts/record-pen.h"

#include "base/text.h"

char *
pen_settle(RecordPen *pen)
{
    Tray *tray = pen->tray;
    GString *text = tray->text;

    if (tray_settle(tray)) {
        pen->begin = tray->room;
        pen->end = tray->room + tray->size;
        return tray->room + tray->length;
    }
    pen->begin = text->str;
    pen->end = text->str + text->allocated_len - 1;
    return text->str + text->len;
}

/* A tray's room does not grow. */
char *
pen_more(RecordPen *pen, char *at, gsize room)
{
    GString *text = pen_down(pen, at);

    tray_leave(pen->tray);
    room_make(text, room);
    return pen_settle(pen);
}

char *
pen_put_strange(RecordPen *pen, char *at, const char *text, gsize length)
{
    text_append_json(pen_down(pen, at), text, (gssize)length);
    return pen_up(pen);
}
