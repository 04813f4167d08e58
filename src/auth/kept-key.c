/* kept-key.c: keys of what is kept.
 * SPDX-License-Identifier: MIT */
#include "auth/kept-key.h"

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
kept_key_number(GString *key, gint64 number)
{
    room_took(key, put_number(room_make(key, NUMBER_ROOM), (guint64)number));
}

void
kept_key_text(GString *key, const char *text)
{
    const gsize length = text ? strlen(text) : 0;
    char *at = put_number(room_make(key, NUMBER_ROOM + length), text ? length + 1 : 0);

    room_took(key, room_put(at, text ? text : "", length));
}

gboolean
kept_key_held(GString *key, gconstpointer record, const RecordShared *shared)
{
    kept_key_number(key, (gint64)GPOINTER_TO_SIZE(record));
    return g_atomic_int_get(&shared->others) > 0;
}

gboolean
kept_key_fields(GString *key, const GPtrArray *evidence)
{
    kept_key_number(key, evidence->len);
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *item = evidence->pdata[i];
        if (item->kind != EVIDENCE_HEADER)
            return FALSE;
        kept_key_text(key, item->name);
        kept_key_number(key, item->line);
        kept_key_number(key, item->spans->len);
        for (guint k = 0; k < item->spans->len; k++) {
            const Span span = g_array_index(item->spans, Span, k);
            kept_key_number(key, (gint64)span.start);
            kept_key_number(key, (gint64)span.end);
        }
    }
    return TRUE;
}
