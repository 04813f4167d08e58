/* window.c: frames to the process that has the terminal, and events from it.
 * SPDX-License-Identifier: MIT */
#include "tui/window.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "process/line.h"
#include "tui/front/front.h"
#include "tui/front/screen-line.h"
#include "tui/keys.h"
#include "tui/terminal/cells.h"
#include "tui/terminal/clipboard.h"

struct Window {
    int         line;
    gboolean    taken;
    gboolean    asked, typing;  /* for an event, and how */
    gboolean    mouse;
    ScreenEvent event;          /* the last one */
    GBytes     *text;           /* of it */
    char       *way;
    Canvas     *shown;          /* what is there, as far as we said */
    GByteArray *out;
};

Window *
window_new(int line, guint width, guint height, gboolean wide)
{
    Window *window = g_new0(Window, 1);

    window->event = (ScreenEvent){ .code = KEYCODE_RESIZE, .width = width, .height = height, .wide = (guint32)wide };
    window->line = line;
    window->out = g_byte_array_new();
    return window;
}

void
window_free(Window *window)
{
    if (!window)
        return;
    canvas_free(window->shown);
    g_byte_array_unref(window->out);
    g_clear_pointer(&window->text, g_bytes_unref);
    g_free(window->way);
    g_free(window);
}

/* ---- saying ---- */

static void
flush(Window *window)
{
    if (!line_put_frames(window->line, window->out))
        _exit(0);
    g_byte_array_set_size(window->out, 0);
}

static void
say(Window *window, ScreenKind kind, const void *bytes, gsize length)
{
    line_append(window->out, kind, bytes, length);
}

static void
add_piece(const guint8 *bytes, gsize length, gpointer data)
{
    say(data, SCREEN_ROWS, bytes, length);
}

void
window_show(Window *window, Canvas *canvas)
{
    const ScreenShow show = { canvas->width, canvas->height, (guint32)canvas->mode };
    const gboolean fits = window->shown && window->shown->width == canvas->width &&
                          window->shown->height == canvas->height && window->shown->mode == canvas->mode;

    if (!fits) {
        g_clear_pointer(&window->shown, canvas_free);
        say(window, SCREEN_CLEAR, &show, sizeof show);
    }
    cells_give(window->shown, canvas, add_piece, window);
    say(window, SCREEN_SHOW, &show, sizeof show);
    canvas_free(window->shown);
    window->shown = canvas;
}

void
window_use_mouse(Window *window, gboolean use)
{
    const guint8 byte = use != FALSE;

    if (use == window->mouse)
        return;
    window->mouse = use;
    say(window, SCREEN_MOUSE, &byte, 1);
}

void
window_copy(Window *window, const char *text)
{
    say(window, SCREEN_COPY, text, MIN(strlen(text), CLIPBOARD_MAX));
}

void
window_way(Window *window, const char *way)
{
    if (g_strcmp0(way, window->way) == 0 || strlen(way) > BACK_WAY_MAX)
        return;
    g_free(window->way);
    window->way = g_strdup(way);
    say(window, SCREEN_WAY, way, strlen(way));
    flush(window);      /* what comes next may end us */
}

void
window_heard(Window *window)
{
    say(window, SCREEN_HEARD, NULL, 0);
    flush(window);
}

void
window_keep(Window *window, GBytes *text)
{
    gsize length = 0;
    const guint8 *bytes = g_bytes_get_data(text, &length);
    ScreenKind kind = SCREEN_KEEP;

    do {
        const gsize piece = MIN(length, LINE_FRAME_MAX);
        say(window, kind, bytes, piece);
        flush(window);
        kind = SCREEN_KEEP_MORE;
        bytes += piece;
        length -= piece;
    } while (length > 0);
}

void
window_quit(Window *window, int status)
{
    const guint8 byte = (guint8)status;

    say(window, SCREEN_QUIT, &byte, 1);
    flush(window);
}

/* ---- hearing ---- */

/* Waits for it; the text behind it, if it is one. */
static void
hear(Window *window)
{
    LineFrame frame;

    if (!line_get(window->line, &frame) || frame.kind != SCREEN_EVENT || frame.length < sizeof window->event)
        _exit(0);
    memcpy(&window->event, frame.bytes, sizeof window->event);
    g_clear_pointer(&window->text, g_bytes_unref);
    window->text = g_bytes_new(frame.bytes + sizeof window->event, frame.length - sizeof window->event);
    line_frame_clear(&frame);
    window->asked = FALSE;
}

/* A wish that was said already holds until it is answered. */
static void
ask(Window *window, gboolean typing)
{
    const ScreenWait wait = { typing != FALSE };

    if (!window->asked || window->typing != typing)
        say(window, SCREEN_WAIT, &wait, sizeof wait);
    window->asked = TRUE;
    window->typing = typing;
    if (window->out->len > 0)
        flush(window);
}

void
window_take(Window *window)
{
    if (window->taken)
        return;
    window->taken = TRUE;
    say(window, SCREEN_TAKE, NULL, 0);
    flush(window);      /* it is done while we go on */
    if (window->event.width > 0)
        return;
    ask(window, FALSE);
    hear(window);
}

char *
window_told(Window *window)
{
    gsize length = 0;
    const char *text = window->text ? g_bytes_get_data(window->text, &length) : NULL;

    return length > 0 ? g_strndup(text, length) : NULL;
}

void
window_size(const Window *window, guint *width, guint *height)
{
    *width = window->event.width;
    *height = window->event.height;
}

gboolean
window_wide(const Window *window)
{
    return window->event.wide != 0;
}

guint
window_wait(Window *window, int ms, int fd, gboolean typing)
{
    struct pollfd polled[] = { { window->line, POLLIN, 0 }, { fd, POLLIN, 0 } };

    ask(window, typing);
    const int ready = poll(polled, G_N_ELEMENTS(polled), ms);
    if (ready <= 0 || !polled[0].revents)
        return KEYCODE_NONE;
    hear(window);
    return window->event.code;
}

InputText
window_text(Window *window)
{
    return (InputText){ g_steal_pointer(&window->text), window->event.marked != 0, window->event.cut != 0 };
}

InputMouse
window_mouse(const Window *window)
{
    return (InputMouse){ (MouseKind)window->event.mouse, window->event.x, window->event.y };
}
