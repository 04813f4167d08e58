/* front-tell.c: what the core is told: keys and texts, and how large the terminal is.
 * SPDX-License-Identifier: MIT */
#include "tui/front/front-part.h"

#include <string.h>

#include "tui/keys.h"

static void
tell_size(Front *front, ScreenEvent *event)
{
    guint width, height;

    term_size(front->term, &width, &height);
    if (front->sizes[0] != width || front->sizes[1] != height) {
        memmove(front->sizes + 2, front->sizes, 2 * sizeof *front->sizes);
        front->sizes[0] = width;
        front->sizes[1] = height;
    }
    event->width = width;
    event->height = height;
    front->wide = term_wide(front->term);
    event->wide = (guint32)front->wide;
}

void
front_tell_again(Front *front, GByteArray *bytes)
{
    if (front->sent)
        g_byte_array_unref(front->sent);
    front->sent = bytes;
    core_host_tell(&front->host, SCREEN_EVENT, bytes->data, bytes->len);
    front->waits = FALSE;
}

void
front_tell(Front *front, guint code, const void *text, gsize length, ScreenEvent *event)
{
    GByteArray *bytes = g_byte_array_new();

    event->code = code;
    tell_size(front, event);
    g_byte_array_append(bytes, (const guint8 *)event, sizeof *event);
    if (length > 0)
        g_byte_array_append(bytes, text, (guint)length);
    front_tell_again(front, bytes);
    front->pressed = TRUE;
    if (code != KEYCODE_RESIZE && code != KEYCODE_GONE)
        front->back.deaths = front->host.starts = 0;
    front->piled = g_get_monotonic_time();
    core_host_note_life(&front->host);
}

void
front_pass_on(Front *front, guint code)
{
    ScreenEvent event = { 0 };

    if (code != KEYCODE_TEXT && code != KEYCODE_RESIZE)
        typed_key(front->typed, code);
    if (code == KEYCODE_TEXT) {
        const InputText text = term_text(front->term);
        gsize length = 0;
        typed_text(front->typed, &text);
        const void *bytes = g_bytes_get_data(text.bytes, &length);
        event.marked = (guint32)text.marked;
        event.cut = (guint32)text.cut;
        front_tell(front, code, bytes, length, &event);
        g_bytes_unref(text.bytes);
        return;
    }
    if (code == KEYCODE_MOUSE) {
        const InputMouse mouse = term_mouse(front->term);
        event.mouse = (guint32)mouse.kind;
        event.x = mouse.x;
        event.y = mouse.y;
    }
    front->gone = front->gone || code == KEYCODE_GONE;
    front_tell(front, code, NULL, 0, &event);
}
