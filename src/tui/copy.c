/* copy.c: y copies what the cursor is on; again and again, what stands around it.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/predict/predict.h"
#include "tui/terminal/clipboard.h"
#include "tui/ui.h"

enum { SHOWN_MAX = 40 };

typedef struct {
    const char *what;
    char       *text;
    gboolean    lines;      /* more than one line of ours */
} Copy;

static void
clear_copy(gpointer copy)
{
    g_free(((Copy *)copy)->text);
}

/* The same twice is offered once. (transfer full: text) */
static void
offer(GArray *copies, const char *what, char *text, gboolean lines)
{
    const Copy copy = { what, text, lines };

    if (!text || !*text) {
        g_free(text);
        return;
    }
    for (guint i = 0; i < copies->len; i++) {
        if (g_str_equal(g_array_index(copies, Copy, i).text, text)) {
            g_free(text);
            return;
        }
    }
    g_array_append_val(copies, copy);
}

static char *
item_text(View *view)
{
    PagePlace *place = NULL;
    Rect area;
    const Page *page = view->class->pane ? view->class->pane(view, &place, &area) : NULL;

    return page ? page_item_text(page, place) : NULL;
}

static char *
line_text(View *view)
{
    char *line = view->class->line ? view->class->line(view) : NULL;

    return line ? line : item_text(view);
}

/* The line under the cursor as it is painted. */
static char *
painted_line(App *app)
{
    const gboolean highlight = app->highlight;

    app->highlight = FALSE;         /* it hides the cursor's role */
    g_autoptr(Canvas) canvas = app_paint(app);
    app->highlight = highlight;
    const Rect body = frame_body(app->width, app->height);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint y = body.y; y < body.y + body.height && out->len == 0; y++)
        for (guint x = body.x; x < body.x + body.width; x++)
            if (canvas_cell(canvas, x, y)->role == ROLE_CURSOR)
                g_string_append(out, canvas_cell(canvas, x, y)->text);
    return g_strdup(g_strstrip(out->str));
}

static char *
advice_text(const Summary *summary)
{
    g_autoptr(GString) out = g_string_new(summary->fix_who);

    for (guint i = 0; i < summary->fix_lines->len; i++)
        g_string_append_printf(out, "%s%s", out->len > 0 ? "\n" : "",
                               (const char *)summary->fix_lines->pdata[i]);
    return g_strdup(out->str);
}

/* In a bounce it is about the notice, as on the screen. */
static char *
verdict_text(const Summary *summary)
{
    g_autofree char *whose = summary->bounce ? g_strdup_printf(" (%s)", _("of the notice")) : NULL;

    return g_strdup_printf("DMARC: %s%s. %s", summary->verdict, whose ? whose : "",
                           summary->sentence ? summary->sentence : "");
}

static GArray *
copies_here(App *app)
{
    GArray *copies = g_array_new(FALSE, FALSE, sizeof(Copy));
    const Summary *summary = app->doc->summary;
    View *view = app_view(app);

    g_array_set_clear_func(copies, clear_copy);
    /* Records and letters are lines of ours, in which a stranger's line end shows. */
    offer(copies, N_("the value"), view->class->value ? view->class->value(view) : NULL,
          view->class == &view_advice);
    char *whole = view->class->whole ? view->class->whole(view) : NULL;
    char *line = whole ? NULL : line_text(view);
    if (whole)
        offer(copies, N_("the advice"), whole, TRUE);
    else
        offer(copies, N_("the line"), line ? line : painted_line(app), FALSE);
    if (!summary)
        return copies;
    if (!view->class->whole)
        offer(copies, N_("the advice"), advice_text(summary), TRUE);
    offer(copies, N_("the verdict"), verdict_text(summary), FALSE);
    return copies;
}

static char *
beginning(const char *text, glong most)
{
    const char *end = strchr(text, '\n');
    const glong length = g_utf8_strlen(text, end ? end - text : -1);
    g_autofree char *cut = g_utf8_substring(text, 0, MIN(length, most));

    return length > most || end ? g_strconcat(cut, " ..", NULL) : g_steal_pointer(&cut);
}

/* What is copied is known to who copied it: the words about it, and the way on, are not cut for it. */
static void
say_copied(App *app, const Copy *copy, const Copy *next)
{
    enum { LEAST = 8, MARGINS = 2, SIGN = 3 };
    const char *what = translate(copy->what);
    g_autofree char *way =
        next != copy ? g_strdup_printf(_("   (y again: %s)"), translate(next->what)) : g_strdup("");
    g_autofree char *bare = g_strdup_printf(_("Copied %s: %s"), what, way);
    const glong room = (glong)app->width - MARGINS - SIGN - (glong)glyph_columns(bare, FALSE);
    g_autofree char *seen = beginning(app->clipboard, CLAMP(room, LEAST, SHOWN_MAX));
    g_autofree char *told = g_strconcat(seen, way, NULL);

    app_status(app, _("Copied %s: %s"), what, told);
}

void
app_copy(App *app)
{
    if (!frame_fits(app->width, app->height) || predict_blocks(app))
        return;
    g_autoptr(GArray) copies = copies_here(app);
    if (copies->len == 0) {
        app_status(app, _("There is nothing to copy here"));
        return;
    }
    const Copy *copy = &g_array_index(copies, Copy, app->copied % copies->len);
    const Copy *next = &g_array_index(copies, Copy, (app->copied + 1) % copies->len);
    g_free(app->clipboard);
    app->clipboard = clipboard_clean(copy->text, copy->lines);
    app->copied++;
    if (strlen(app->clipboard) >= CLIPBOARD_MAX)
        app_status(app, _("Copied %s, but only the first %u bytes of it"), translate(copy->what),
                   CLIPBOARD_MAX);
    else
        say_copied(app, copy, next);
}
