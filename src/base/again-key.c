/* again-key.c: the text of all that a thing follows from.
 * SPDX-License-Identifier: MIT */
#include "base/again-key.h"

#include <string.h>

#include "base/room.h"

void
again_key_number(GString *key, gint64 number)
{
    char *at = room_make(key, ROOM_INT + 1);

    at = room_put_int(at, number);
    *at++ = ' ';
    room_took(key, at);
}

void
again_key_text(GString *key, const char *text)
{
    const gsize length = text ? strlen(text) : 0;

    again_key_number(key, text ? (gint64)length : -1);
    if (text)
        room_append(key, text, length);
}

void
again_key_thing(GString *key, gconstpointer thing)
{
    again_key_number(key, (gint64)GPOINTER_TO_SIZE(thing));
}
