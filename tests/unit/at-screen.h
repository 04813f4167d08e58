/* at-screen.h: What tests of screens do as a person does, keys and a look; and what the program says to the process that has the terminal.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <string.h>

#include "tui/ui.h"

/* "^D" is Ctrl-D. */
static inline void
press(App *app, const char *keys)
{
    for (; *keys; keys++)
        app_press(app, *keys == '^' ? (guint)(*++keys & 0x1F) : (guchar)*keys);
}

/* (transfer full) */
static inline char *
screen(const App *app)
{
    g_autoptr(Canvas) canvas = app_paint(app);

    return canvas_text(canvas);
}

static inline gboolean
sees(const App *app, const char *text)
{
    g_autofree char *shown = screen(app);
    const gboolean found = strstr(shown, text) != NULL;

    if (!found)
        g_test_message("%s is not in:\n%s", text, shown);
    return found;
}

/* For who takes the place of this process: what was said last. */
typedef struct {
    char   *way;
    GBytes *kept;
} Heard;

static inline void
hear_way(App *app, const char *way)
{
    Heard *heard = app->waiter;

    g_free(heard->way);
    heard->way = g_strdup(way);
}

static inline void
hear_kept(App *app, GBytes *text)
{
    Heard *heard = app->waiter;

    g_clear_pointer(&heard->kept, g_bytes_unref);
    heard->kept = g_bytes_ref(text);
}

static inline void
listen_to(App *app, Heard *heard)
{
    app->waiter = heard;
    app->say_way = hear_way;
    app->keep = hear_kept;
}

static inline void
heard_clear(Heard *heard)
{
    g_clear_pointer(&heard->way, g_free);
    g_clear_pointer(&heard->kept, g_bytes_unref);
}
