/* tray.c: a tray's room, and its text.
 * SPDX-License-Identifier: MIT */
#include "base/tray.h"

#include <string.h>

void
tray_leave(Tray *tray)
{
    if (!tray->room)
        return;
    g_string_prepend_len(tray->text, tray->room, (gssize)tray->length);
    tray->room = NULL;
    tray->size = tray->length = 0;
}

gboolean
tray_settle(Tray *tray)
{
    if (!tray->room)
        return FALSE;
    if (tray->text->len > tray->size - tray->length) {
        tray_leave(tray);
        return FALSE;
    }
    memcpy(tray->room + tray->length, tray->text->str, tray->text->len);
    tray->length += tray->text->len;
    g_string_truncate(tray->text, 0);
    return TRUE;
}

char *
tray_at(const Tray *tray, gsize at)
{
    return at < tray->length ? tray->room + at : tray->text->str + (at - tray->length);
}

char *
tray_whole(Tray *tray, gsize *length)
{
    const gboolean settled = tray_settle(tray);

    *length = settled ? tray->length : tray->text->len;
    return settled ? tray->room : tray->text->str;
}
