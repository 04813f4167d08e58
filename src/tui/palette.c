/* palette.c: commands by their names, with completion, what each does, and a history.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/entry.h"
#include "tui/handlers.h"
#include "tui/palette-history.h"
#include "tui/palette-rows.h"

enum { TYPED_MAX = HISTORY_LINE_MAX, ROWS_MAX = 10, NAME = 2, KEYS = 24, HELP = 36 };

struct Palette {
    GString   *line;
    GPtrArray *history;         /* char *, the last one last; NULL: nobody asked for it yet */
    guint      at;              /* in the history; its length: none of it */
    guint      selected;        /* in the list */
    gboolean   chosen;          /* by hand: Enter takes that row, whatever was typed */
};

Palette *
palette_new(void)
{
    Palette *palette = g_new0(Palette, 1);

    palette->line = g_string_new(NULL);
    return palette;
}

void
palette_free(Palette *palette)
{
    if (!palette)
        return;
    g_string_free(palette->line, TRUE);
    g_clear_pointer(&palette->history, g_ptr_array_unref);
    g_free(palette);
}

static guint
count_rows(const App *app)
{
    g_auto(GStrv) words = NULL;
    g_autoptr(GArray) rows = palette_rows(app, app->palette->line->str, &words);

    return rows->len;
}

/* ---- what is typed ---- */

void
app_palette(App *app)
{
    Palette *palette = app->palette;

    if (!palette->history)
        palette->history = history_load();
    g_string_truncate(palette->line, 0);
    palette->selected = 0;
    palette->chosen = FALSE;
    palette->at = palette->history->len;
    app->modal = MODAL_PALETTE;
}

static void
set_line(Palette *palette, const char *line)
{
    g_string_assign(palette->line, line);
    palette->selected = 0;
    palette->chosen = FALSE;
}

/* No name begins with a blank. */
void
palette_add(App *app, const char *text, gsize length)
{
    Palette *palette = app->palette;

    entry_add(palette->line, text, length, TYPED_MAX);
    g_string_erase(palette->line, 0, (gssize)strspn(palette->line->str, " "));
    palette->selected = 0;
    palette->chosen = FALSE;
}

void
palette_erase(App *app)
{
    if (!entry_erase(app->palette->line))
        app->modal = MODAL_NONE;
    app->palette->selected = 0;
    app->palette->chosen = FALSE;
}

void
palette_clear(App *app)
{
    set_line(app->palette, "");
}

void
palette_leave(App *app)
{
    app->modal = MODAL_NONE;
}

void
palette_move(App *app, gboolean down)
{
    Palette *palette = app->palette;
    const guint count = count_rows(app);

    if (down)
        palette->selected = MIN(palette->selected + 1, count > 0 ? count - 1 : 0);
    else
        palette->selected -= palette->selected > 0;
    palette->chosen = count > 0;
}

/* Above the list's first row stands what was typed before. */
void
palette_up(App *app)
{
    Palette *palette = app->palette;

    if (palette->chosen && palette->selected > 0) {
        palette_move(app, FALSE);
    } else if (palette->at > 0 &&
               (palette->line->len == 0 || palette->at < palette->history->len)) {
        palette->at--;
        set_line(palette, palette->history->pdata[palette->at]);
    }
}

void
palette_down(App *app)
{
    Palette *palette = app->palette;

    if (palette->at < palette->history->len && !palette->chosen) {
        palette->at++;
        set_line(palette, palette->at < palette->history->len
                              ? palette->history->pdata[palette->at] : "");
    } else if (!palette->chosen && count_rows(app) > 0 && palette->line->len == 0) {
        palette->chosen = TRUE;
    } else {
        palette_move(app, TRUE);
    }
}

/* The row as a line: behind a name that takes a word stands a blank. */
static char *
line_of_row(const Palette *palette, const PaletteRow *row)
{
    const char *blank = strchr(palette->line->str, ' ');
    const int head = blank ? (int)(blank + 1 - palette->line->str) : 0;

    return g_strdup_printf("%.*s%s%s", head, palette->line->str, row->name,
                           row->argument ? " " : "");
}

/* How much all rows that begin with `typed` have in common. */
static gsize
common_length(const GArray *rows, const char *typed)
{
    const char *first = NULL;
    gsize common = 0;

    for (guint i = 0; i < rows->len; i++) {
        const char *name = g_array_index(rows, PaletteRow, i).name;
        if (!g_str_has_prefix(name, typed))
            continue;
        if (!first) {
            first = name;
            common = strlen(name);
        }
        for (gsize j = 0; j < common; j++)
            if (name[j] != first[j])
                common = j;
    }
    return common;
}

/* As far as the names agree; then, and where a row was chosen, that row. */
void
palette_complete(App *app)
{
    Palette *palette = app->palette;
    g_auto(GStrv) words = NULL;
    g_autoptr(GArray) rows = palette_rows(app, app->palette->line->str, &words);

    if (rows->len == 0)
        return;
    const char *blank = strchr(palette->line->str, ' ');
    const char *typed = blank ? blank + 1 : palette->line->str;
    const gsize length = strlen(typed);
    const gsize common = common_length(rows, typed);
    const PaletteRow *row = &g_array_index(rows, PaletteRow, palette->selected);
    if (length > 0 && common > length && !palette->chosen && strlen(row->name) > common) {
        g_string_append_len(palette->line, row->name + length, (gssize)(common - length));
        return;
    }
    g_autofree char *line = line_of_row(palette, row);
    set_line(palette, line);
}

/* ---- what it does ---- */

static void
run_command(App *app, const char *word, const char *argument)
{
    const gboolean whole = palette_binding(app, word, IN_ALL) || verbs_find(word);
    const char *only = whole ? NULL : palette_only(app, word);
    const char *name = only ? only : word;
    const Verb *command = verbs_find(name);
    const Binding *digit = palette_digit(app, name);
    const Binding *binding = digit ? digit : palette_binding(app, name, palette_context(app));

    if (command && *argument)
        command->handler(app, argument);
    else if (command && command->optional && !palette_binding(app, name, IN_ALL))
        command->handler(app, "");
    else if (command && (!command->optional || !binding))
        app_status(app, _(":%s needs a word: %s"), command->name, command->argument);
    else if (binding && *argument)
        app_status(app, _(":%s takes no word"), name);
    else if (binding)
        binding->handler(app);
    else if (palette_binding(app, name, IN_ALL))
        app_status(app, _(":%s does nothing in this view"), name);
    else
        app_status(app, _("There is no command :%s; is it :%s?"), word, palette_nearest(app, word));
}

/* A row that takes a word is completed first. */
static gboolean
take_row(App *app)
{
    Palette *palette = app->palette;
    g_auto(GStrv) words = NULL;
    g_autoptr(GArray) rows = palette_rows(app, app->palette->line->str, &words);

    if (!palette->chosen || palette->selected >= rows->len)
        return FALSE;
    const PaletteRow *row = &g_array_index(rows, PaletteRow, palette->selected);
    const Verb *command = row->argument ? verbs_find(row->name) : NULL;
    g_autofree char *line = line_of_row(palette, row);
    set_line(palette, line);
    return g_str_has_suffix(row->name, "=") ||  /* an input without its value */
           (command && !(command->optional && palette_binding(app, row->name, palette_context(app))));
}

void
palette_enter(App *app)
{
    if (take_row(app))
        return;
    g_autofree char *line = g_strdup(app->palette->line->str);
    g_strstrip(line);
    app->modal = MODAL_NONE;
    if (*line == '\0')
        return;
    history_add(app->palette->history, line);
    history_keep(line);
    char *blank = strchr(line, ' ');
    if (blank)
        *blank = '\0';
    run_command(app, line, blank ? g_strchug(blank + 1) : "");
}

/* ---- on the screen ---- */

static void
draw_row(Canvas *canvas, const PaletteRow *row, guint y, gboolean selected)
{
    const guint width = canvas->width;
    const guint keys = width >= 70 ? KEYS : width, help = width >= 70 ? HELP : KEYS;
    g_autofree char *name =
        g_strdup_printf("%s%s%s", row->name, row->argument ? " " : "",
                        row->argument ? row->argument : "");

    canvas_fill(canvas, 0, y, width, ROLE_TEXT, ' ');
    const guint end = canvas_put_cut(canvas, NAME, y, MIN(width, HELP - 1), ROLE_LABEL, name);
    if (row->keys && end < keys)
        canvas_put_cut(canvas, keys, y, MIN(width, help - 1), ROLE_FOOTER_KEY, row->keys);
    canvas_put_cut(canvas, MAX(help, end + 1), y, width, ROLE_TEXT,
                   *row->help ? translate(row->help) : "");
    if (selected)
        canvas_tint(canvas, 0, y, width, ROLE_CURSOR);
}

void
palette_draw(const App *app, Canvas *canvas, Rect body)
{
    const Palette *palette = app->palette;
    g_auto(GStrv) words = NULL;
    g_autoptr(GArray) rows = palette_rows(app, app->palette->line->str, &words);
    const guint room = MIN(rows->len, MIN(ROWS_MAX, body.height - 1));
    const guint first = palette->selected >= room ? palette->selected + 1 - room : 0;
    const guint y = body.y + body.height - room;

    if (room == 0)
        return;
    canvas_fill(canvas, 0, y - 1, canvas->width, ROLE_RULE, '-');
    if (rows->len > room) {
        g_autofree char *count = g_strdup_printf(_(" %u in all, %u shown "), rows->len, room);
        canvas_put(canvas, NAME, y - 1, canvas->width, ROLE_DIM, count);
    }
    for (guint i = 0; i < room; i++)
        draw_row(canvas, &g_array_index(rows, PaletteRow, first + i), y + i,
                 palette->chosen && first + i == palette->selected);
}

/* Behind "<" as much as there is room for. */
guint
palette_draw_line(const App *app, Canvas *canvas, guint y)
{
    const char *line = app->palette->line->str;
    const guint room = canvas->width > 3 ? canvas->width - 3 : 0;
    const char *seen = entry_end(line, room, canvas->mode);
    const guint x = canvas_put(canvas, 0, y, canvas->width, ROLE_STATUS, seen == line ? ":" : "<");
    const guint end = canvas_put(canvas, x, y, canvas->width - 1, ROLE_TEXT, seen);

    return canvas_put(canvas, end, y, canvas->width, ROLE_CURSOR, " ");
}
