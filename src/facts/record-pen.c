/* record-pen.c: what is rare when a record is printed.
 * SPDX-License-Identifier: MIT */
#include "facts/record-pen.h"

#include "base/text.h"

char *
pen_more(RecordPen *pen, char *at, gsize room)
{
    room_make(pen_down(pen, at), room);
    return pen_up(pen);
}

char *
pen_put_strange(RecordPen *pen, char *at, const char *text, gsize length)
{
    text_append_json(pen_down(pen, at), text, (gssize)length);
    return pen_up(pen);
}
