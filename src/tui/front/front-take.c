/* front-take.c: what the core says: a picture, a question for a key, a text to copy, what is to be kept.
 * SPDX-License-Identifier: MIT */
#include "tui/front/front-part.h"

#include <string.h>

#include "tui/keys.h"
#include "tui/terminal/cells.h"
#include "tui/terminal/clipboard.h"

static gboolean
is_size(const Front *front, const ScreenShow *show)
{
    return (show->width == front->sizes[0] && show->height == front->sizes[1]) ||
           (show->width == front->sizes[2] && show->height == front->sizes[3]);
}

static void
show_model(Front *front)
{
    if (!front->model || front->gone)
        return;
    term_show(front->term, front->model);
    front->noted = FALSE;
}

/* All blank. */
static Canvas *
take_ready(Front *front, guint width, guint height)
{
    Canvas *ready = g_steal_pointer(&front->ready);

    if (ready && ready->width == width && ready->height == height)
        return ready;
    canvas_free(ready);
    return canvas_new(width, height);
}

static gboolean
take_show(Front *front, ScreenKind kind, const guint8 *bytes, gsize length)
{
    ScreenShow show;

    if (!front->taken || length != sizeof show)
        return FALSE;
    memcpy(&show, bytes, sizeof show);
    if (!is_size(front, &show))
        return FALSE;
    if (kind == SCREEN_CLEAR) {
        canvas_free(front->model);
        front->model = take_ready(front, show.width, show.height);
        front->model->mode = front->mode | (int)(show.mode & GLYPH_WIDE);
        return TRUE;
    }
    if (!front->model || front->model->width != show.width || front->model->height != show.height)
        return FALSE;
    cells_settle(front->model);
    show_model(front);
    return TRUE;
}

/* What it was not told when it began: a size, or a fault of the theme. */
static void
tell_first(Front *front)
{
    const char *fault = front->faults->len > 0 ? front->faults->pdata[0] : NULL;
    const guint width = front->sizes[0], height = front->sizes[1];
    ScreenEvent event = { 0 };
    guint now_width, now_height;

    front->told = TRUE;
    term_size(front->term, &now_width, &now_height);
    if (fault || width != now_width || height != now_height)
        front_tell(front, KEYCODE_RESIZE, fault, fault ? strlen(fault) : 0, &event);
}

static gboolean
take_wait(Front *front, const guint8 *bytes, gsize length)
{
    ScreenWait wait;

    if (!front->taken || length != sizeof wait)
        return FALSE;
    memcpy(&wait, bytes, sizeof wait);
    front->waits = TRUE;
    front->typing = wait.typing != 0;
    front->piled = 0;
    if (!front->lost)
        g_clear_pointer(&front->sent, g_byte_array_unref);
    if (front->noted)
        show_model(front);
    if (!front->told)
        tell_first(front);
    else if (front->lost)
        front_tell_again(front, g_byte_array_ref(front->sent));
    front->lost = FALSE;
    return TRUE;
}

/* Once for what a person did: no text gets into the clipboard by itself. */
static gboolean
take_copy(Front *front, const guint8 *bytes, gsize length)
{
    if (!front->taken || length > CLIPBOARD_MAX)
        return FALSE;
    if (!front->pressed)
        return TRUE;
    front->pressed = FALSE;
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autofree char *clean = clipboard_clean(text, TRUE);
    g_autofree char *sequence = clipboard_sequence(clean, clipboard_way());
    term_send(front->term, sequence);
    return TRUE;
}

gboolean
front_take(guint kind, const guint8 *bytes, gsize length, gpointer data)
{
    Front *front = data;

    switch (kind) {
    case SCREEN_TAKE:
        return front_take_terminal(front) || front->host.quit;
    case SCREEN_ROWS:
        return front->model && cells_take(front->model, bytes, length, front->model->mode);
    case SCREEN_CLEAR:
    case SCREEN_SHOW:
        return take_show(front, (ScreenKind)kind, bytes, length);
    case SCREEN_WAIT:
        return take_wait(front, bytes, length);
    case SCREEN_MOUSE:
        if (!front->taken || length != 1)
            return FALSE;
        term_use_mouse(front->term, *bytes != 0);
        return TRUE;
    case SCREEN_COPY:
        return take_copy(front, bytes, length);
    case SCREEN_WAY:
        return back_take_way(&front->back, bytes, length);
    case SCREEN_KEEP:
    case SCREEN_KEEP_MORE:
        return back_keep(&front->back, kind == SCREEN_KEEP, bytes, length);
    case SCREEN_HEARD:
        g_clear_pointer(&front->sent, g_byte_array_unref);
        return length == 0;
    case SCREEN_QUIT:
        if (length != 1)
            return FALSE;
        front->done = TRUE;
        core_host_quit(&front->host, *bytes);
        return TRUE;
    default:
        return FALSE;
    }
}
