/* palette-rows.h: the names of commands, for the palette.
 * SPDX-License-Identifier: MIT
 *
 * The names are those of the table of keys, and of the commands that take a word (keys.c). */
#pragma once

#include "tui/ui.h"

/* One row of the list. */
typedef struct {
    const char    *name;
    const char    *argument;    /* or NULL */
    const char    *keys;        /* or NULL */
    const char    *help;
} PaletteRow;

/* The rows for what is typed; of these, `words` owns names. (transfer full: GArray of
 * PaletteRow) */
GArray        *palette_rows(const App *app, const char *line, GStrv *words);

/* Of the view that the palette stands above. */
Context        palette_context(const App *app);
/* What has exactly this name, in one of these contexts; NULL for none. Modal keys are nobody's command. */
const Binding *palette_binding(const App *app, const char *name, guint64 contexts);
/* ":4": what the key does, where it opens a view; or NULL. */
const Binding *palette_digit(const App *app, const char *word);
/* The beginning of one name only is that name; else NULL. */
const char    *palette_only(const App *app, const char *word);
/* What was probably meant. */
const char    *palette_nearest(const App *app, const char *word);
