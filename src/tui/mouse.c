/* mouse.c: clicks and the wheel.
 * SPDX-License-Identifier: MIT
 *
 * What is clicked is asked of what is painted, so it cannot differ from what is seen. */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/ui.h"

enum { WHEEL_ROWS = 3 };

static void
turn_wheel(App *app, gboolean down)
{
    for (guint i = 0; i < WHEEL_ROWS; i++) {
        if (app->modal == MODAL_NONE && lesson_has_keys(app))
            down ? lesson_down(app) : lesson_up(app);
        else if (app->modal == MODAL_NONE)
            down ? app_down(app) : app_up(app);
        else if (app->modal == MODAL_PASTE)
            down ? paste_down(app) : paste_up(app);
        else if (app->modal == MODAL_PALETTE)
            palette_move(app, down);
        else if (app->modal == MODAL_EXPORT)
            down ? export_down(app) : export_up(app);
    }
}

/* Where a view does not know better: the page that has the keys. FALSE: what was clicked is what
 * the cursor is on. */
static gboolean
click_page(View *view, guint x, guint y)
{
    PagePlace *place = NULL;
    Rect area;
    const Page *page = view->class->pane ? view->class->pane(view, &place, &area) : NULL;

    if (!page || !canvas_within(area, x, y))
        return TRUE;
    const guint item = page_item_at(page, place->top + y - area.y);
    const gboolean moved = item != place->item;
    if (item != PAGE_NO_ITEM)
        place->item = item;
    return moved;
}

static void
click_view(App *app, guint x, guint y)
{
    View *view = app_view(app);
    const Rect body = app_body(app);

    if (y < body.y || y >= body.y + body.height)
        return;
    const gboolean moved = view->class->click ? view->class->click(view, x, y - body.y)
                                              : click_page(view, x, y - body.y);
    if (!moved)
        app_enter(app);
}

static void
click(App *app, guint x, guint y)
{
    g_autoptr(Canvas) canvas = app_paint(app);

    if (x >= canvas->width || y >= canvas->height)
        return;
    const guint code = canvas_cell(canvas, x, y)->code;
    if (code != 0)
        app_press(app, code);
    else if (app->modal == MODAL_NONE)
        click_view(app, x, y);
    else if (app->modal == MODAL_EXPORT)
        export_click(app, y);
}

void
app_mouse(App *app, const InputMouse *mouse)
{
    /* Where text is asked for, a pasted sequence could press a button. */
    if (!app->mouse || mouse->kind == MOUSE_OTHER || mouse->kind == MOUSE_PRESS ||
        !frame_fits(app->width, app->height) || (mouse->kind == MOUSE_CLICK && app_typing(app)))
        return;
    g_clear_pointer(&app->status, g_free);
    if (mouse->kind == MOUSE_CLICK)
        click(app, mouse->x, mouse->y);
    else
        turn_wheel(app, mouse->kind == MOUSE_WHEEL_DOWN);
    app_resize(app, app->width, app->height);
}

void
command_mouse(App *app, const char *argument)
{
    const gboolean on = g_str_equal(argument, "on");

    if (!on && !g_str_equal(argument, "off")) {
        app_status(app, _("%s is neither on nor off"), argument);
        return;
    }
    app->mouse = on;
    app_status(app, on ? _("The mouse is used; with Shift the terminal has it")
                       : _("The mouse is the terminal's again"));
}
