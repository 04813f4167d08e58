/* again-key.c: the text of all that a thing follows from.
 * SPDX-License-Identifier: MIT */
#include "base/again-key.h"

#include <string.h>

#include "base/room.h"

/* 64 bits in sixes. */
#define NUMBER_ROOM 11
#define MORE 0x80
#define LAST 0x40
#define BITS 0x3f

static char *
put_number(char *at, guint64 number)
{
    for (; number > BITS; number >>= 6)
        *at++ = (char)(MORE | (number & BITS));
    *at++ = (char)(LAST | number);
    return at;
}

void
again_key_number(GString *key, gint64 number)
{
    room_took(key, put_number(room_make(key, NUMBER_ROOM), (guint64)number));
}

void
again_key_text(GString *key, const char *text)
{
    const gsize length = text ? strlen(text) : 0;
    char *at = put_number(room_make(key, NUMBER_ROOM + length), text ? length + 1 : 0);

    room_took(key, room_put(at, text ? text : "", length));
}

void
again_key_thing(GString *key, gconstpointer thing)
{
    again_key_number(key, (gint64)GPOINTER_TO_SIZE(thing));
}
