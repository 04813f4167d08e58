/* frame-footer.c: the last line: what there is to say, what is asked, or the keys.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/frame-part.h"
#include "tui/refused.h"
#include "tui/view/what-if.h"

/* "h/l fold": neighbours in the table with the same hint share it. */
static char *
hint_keys(const Binding **binding, Context context)
{
    GString *keys = g_string_new(NULL);
    const Binding *first = *binding;

    for (const Binding *at = first; at->keys; at++) {
        if (!(at->contexts & context))
            continue;
        if (g_strcmp0(at->hint, first->hint) != 0)
            break;
        g_autofree char *key = keys_first(at);
        g_string_append_printf(keys, "%s%s", keys->len > 0 ? "/" : "", key);
        *binding = at;
    }
    return g_string_free(keys, FALSE);
}

static gboolean
is_hinted(const App *app, const Binding *binding, Context context)
{
    static const char *const always[] = { "help", "quit", "insert", NULL };

    if (!(binding->contexts & context) || !binding->hint || refused_here(app, binding))
        return FALSE;
    return app->modal != MODAL_NONE || app->doc->summary || app->doc->list ||
           app->doc->current != VIEW_OVERVIEW ||
           g_strv_contains(always, binding->command);
}

/* "? help" always has its place, and so has "q quit" where a line is not too short; every other hint is
 * there when it fits. */
static guint
last_columns(guint width)
{
    enum { QUIT_MIN = 70 };
    const guint help = 4 + glyph_columns(_("help"), FALSE);

    return width < QUIT_MIN ? help : help + 4 + glyph_columns(_("quit"), FALSE);
}

/* Each key of "h/l" is a button, and the words behind them belong to the last. */
static void
add_buttons(Canvas *canvas, guint x, guint y, guint end, const char *keys)
{
    g_auto(GStrv) names = g_strsplit(keys, "/", -1);
    guint count = g_strv_length(names);

    if (g_str_has_prefix(keys, "/")) {          /* the key of searching */
        canvas_button(canvas, x, y, end, '/');
        return;
    }
    for (guint i = 0; i < count; i++) {
        canvas_button(canvas, x, y, end, keys_parse(names[i], strlen(names[i])));
        x += glyph_columns(names[i], FALSE) + 1;
    }
}

/* The hint that the footer of this view begins with, or NULL. */
static const FooterHint *
first_hint(const App *app, const Binding *binding, Context context)
{
    for (const FooterHint *at = footer_hints; at->command && app->modal == MODAL_NONE; at++)
        if ((at->contexts & context) && g_str_equal(at->command, binding->command))
            return at;
    return NULL;
}

/* Whoever came here has a message: pasting another comes late. Help and quit are where one looks for them. */
typedef enum { HINT_OWN, HINT_PASTE, HINT_LAST, HINT_RANKS } HintRank;

static HintRank
rank_of(const Binding *binding)
{
    if (g_str_equal(binding->command, "help") || g_str_equal(binding->command, "quit"))
        return HINT_LAST;
    return g_str_equal(binding->command, "insert") ? HINT_PASTE : HINT_OWN;
}

typedef struct {
    const App *app;
    Canvas    *canvas;
    guint      x;
} Footer;

/* Where it fits, and leaves room for what must not be missed. */
static void
put_hint(Footer *footer, const char *keys, const char *hint, gboolean last)
{
    const guint y = footer->canvas->height - 1, width = footer->canvas->width;
    const guint columns = (guint)strlen(keys) + glyph_columns(hint, FALSE) + 1;
    const gboolean free = last || footer->app->modal != MODAL_NONE;

    if (footer->x + columns + (free ? 0 : last_columns(width)) > width)
        return;
    guint x = canvas_put(footer->canvas, footer->x, y, width, ROLE_FOOTER_KEY, keys);
    x = canvas_put(footer->canvas, x + 1, y, width, ROLE_FOOTER, hint);
    add_buttons(footer->canvas, footer->x, y, x, keys);
    footer->x = x + 2;
}

static void
put_first_hints(Footer *footer, Context context)
{
    const App *app = footer->app;

    if (app->modal != MODAL_NONE || !app->doc->summary)
        return;
    for (const FooterHint *at = footer_hints; at->command; at++) {
        const Binding *binding =
            at->contexts & context ? app_binding(app, at->command, context) : NULL;
        if (!binding || refused_here(app, binding))
            continue;
        g_autofree char *key = keys_first(binding);
        put_hint(footer, key, translate(at->hint ? at->hint : binding->hint), FALSE);
    }
}

static void
draw_hints(const App *app, Canvas *canvas, guint x)
{
    const Context context = app_context(app);
    Footer footer = { app, canvas, x };

    put_first_hints(&footer, context);
    for (HintRank rank = HINT_OWN; rank < HINT_RANKS; rank++) {
        for (const Binding *binding = app->bindings; binding->keys; binding++) {
            if (!is_hinted(app, binding, context) || rank_of(binding) != rank ||
                (app->doc->summary && first_hint(app, binding, context)))
                continue;
            const char *hint = app_quits_level(app, binding) ? _("back") : translate(binding->hint);
            g_autofree char *keys = hint_keys(&binding, context);
            put_hint(&footer, keys, hint, rank == HINT_LAST);
        }
    }
}

/* In the right half of a line that something is typed into, up to `end` so far; what is typed has its room. */
static void
draw_hints_beside(const App *app, Canvas *canvas, guint end)
{
    enum { ROOM = 30, GAP = 3 };

    if (end + ROOM < canvas->width)
        draw_hints(app, canvas, MAX(end + GAP, canvas->width / 2));
}

/* NULL: the keys. Why nothing is open stands on the page of the Overview, once. */
static const char *
status_line(const App *app)
{
    const Document *doc = app->doc;
    const gboolean stands = !doc->summary && !doc->list && doc->current == VIEW_OVERVIEW;

    return stands && g_strcmp0(app->status, doc->fault) == 0 ? NULL : app->status;
}

/* What is said of a file stands behind its path, and the path ends with what tells it from others: of a line that is too long
 * the folders go that the path has in its middle. Any other line says what it is about at its beginning. */
static void
put_status(Canvas *canvas, guint y, const char *status)
{
    enum { LEFT = 1, CUT = 2 };
    const char *path = strchr(status, '/'), *name = strrchr(status, '/');

    if (path == name || LEFT + glyph_columns(status, canvas->mode) <= canvas->width) {
        canvas_put_cut(canvas, LEFT, y, canvas->width, ROLE_STATUS, status);
        return;
    }
    g_autofree char *before = g_strndup(status, (gsize)(path - status));
    const guint least = LEFT + glyph_columns(before, canvas->mode), rest = CUT + glyph_columns(name, canvas->mode);
    const guint limit = MAX(least, canvas->width - MIN(rest, canvas->width));
    guint x = canvas_put(canvas, LEFT, y, limit, ROLE_STATUS, status);

    x = canvas_put(canvas, x, y, canvas->width, ROLE_STATUS, "..");
    canvas_put_cut(canvas, x, y, canvas->width, ROLE_STATUS, name);
}

void
frame_draw_footer(const App *app, Canvas *canvas)
{
    const guint y = canvas->height - 1;
    const char *status = status_line(app);

    if (status) {
        put_status(canvas, y, status);
    } else if (app->modal == MODAL_PROMPT) {
        const guint x = canvas_put(canvas, 0, y, canvas->width, ROLE_STATUS, "/");
        const guint end = canvas_put(canvas, x, y, canvas->width - 1, ROLE_TEXT, app->prompt->str);
        canvas_put(canvas, end, y, canvas->width, ROLE_CURSOR, " ");
        draw_hints_beside(app, canvas, end);
    } else if (app->modal == MODAL_PALETTE) {
        draw_hints_beside(app, canvas, palette_draw_line(app, canvas, y));
    } else if (app->modal == MODAL_EDIT) {
        draw_hints_beside(app, canvas, edit_draw_line(app, canvas, y));
    } else if (app->modal == MODAL_QUESTION) {
        const guint lines = paste_lines(app->paste);
        g_autofree char *text = lines == 1 ? g_strdup(_("Leave, and lose this line?"))
                                           : g_strdup_printf(_("Leave, and lose these %u lines?"), lines);
        draw_hints(app, canvas, canvas_put(canvas, 1, y, canvas->width, ROLE_STATUS, text) + 2);
    } else {
        draw_hints(app, canvas, 1);
    }
}
