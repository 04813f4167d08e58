/* frame.c: what stands around every view: title bar, row of views, rules, footer.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/frame-part.h"
#include "tui/lessons/lesson.h"
#include "tui/next.h"

enum { WIDTH_MIN = 40, HEIGHT_MIN = 12, ROWS_ABOVE = 3, ROWS_BELOW = 2 };

gboolean
frame_fits(guint width, guint height)
{
    return width >= WIDTH_MIN && height >= HEIGHT_MIN;
}

Rect
frame_body(guint width, guint height)
{
    return (Rect) { 0, ROWS_ABOVE, width, height - ROWS_ABOVE - ROWS_BELOW };
}

static void
draw_rule(Canvas *canvas, guint y, const char *note)
{
    canvas_fill(canvas, 0, y, canvas->width, ROLE_RULE, '-');
    if (!note)
        return;
    const guint columns = glyph_columns(note, canvas->mode);
    const guint room = canvas->width - 4;
    const guint x = columns + 4 < room ? canvas->width - columns - 4 : 2;
    canvas_put(canvas, x - 1, y, x, ROLE_RULE, " ");
    const guint end = canvas_put_cut(canvas, x, y, canvas->width - 2, ROLE_DIM, note);
    canvas_put(canvas, end, y, canvas->width, ROLE_RULE, " ");
}

/* The longest words that fit; a size alone says enough. */
static void
draw_too_small(Canvas *canvas)
{
    const char *const words[] = { _("Window too small: 40x12 is needed"), _("40x12 is needed"), "40x12" };
    guint i = 0;

    while (i + 1 < G_N_ELEMENTS(words) && glyph_columns(words[i], canvas->mode) > canvas->width)
        i++;
    if (canvas->height > 0)
        canvas_put(canvas, 0, 0, canvas->width, ROLE_STATUS, words[i]);
}

/* Of a lesson its page; else what the view has to say, or how one goes on in the list that its message came from. (transfer
 * full) */
static char *
note_of(const App *app, const View *view)
{
    const gboolean lesson = app_in_lesson(app), shown = !app_covers(app);
    char *note = NULL;

    if ((!lesson || lesson_is_over(app->doc->current)) && shown && view->class->note)
        note = view->class->note(view);
    if (note)
        return note;
    return lesson ? lesson_note(app) : next_note(app);
}

void
frame_draw(const App *app, Canvas *canvas)
{
    if (!frame_fits(canvas->width, canvas->height)) {
        draw_too_small(canvas);
        return;
    }
    const View *view = app->doc->views[app->doc->current];
    g_autofree char *note = app->paste ? paste_count(app->paste) : note_of(app, view);
    g_autofree char *dns = app->paste ? NULL : frame_dns_note(app);

    frame_draw_title(app, canvas);
    if (app->paste)
        canvas_put(canvas, 0, 1, canvas->width, ROLE_VIEWROW_CURRENT, _("[i Paste]"));
    else
        frame_draw_views(app, canvas);
    draw_rule(canvas, 2, dns);
    draw_rule(canvas, canvas->height - 2, note);
    frame_draw_footer(app, canvas);
}
