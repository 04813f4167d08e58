/* pane.c: the text of a lesson beside the view, or in its place.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "lesson/script-text.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"
#include "tui/predict/predict.h"

enum { BESIDE = 120, PANE_WIDE = 60, PANE_MIN = 5, VIEW_MIN = 5 };

gboolean
app_in_lesson(const App *app)
{
    return app->lesson && app->doc == app->lesson->doc;
}

gboolean
app_hides(const App *app)
{
    return predict_hides(app) || (app_in_lesson(app) && player_hides(app->lesson->player));
}

gboolean
lesson_asks_task(const App *app)
{
    return app_in_lesson(app) && player_phase(app->lesson->player) == PLAYER_TASK;
}

/* Where something is asked or read there is nothing to look at. */
static gboolean
is_alone(const LessonPlay *play)
{
    const ScriptSection *section = player_section(play->player);

    switch (player_phase(play->player)) {
    case PLAYER_TEXT:
        return section->kind == SECTION_READ;
    case PLAYER_TASK:
    case PLAYER_REACHED:
        return FALSE;
    case PLAYER_GUESS:
    case PLAYER_SURE:
    case PLAYER_REVEAL:
    case PLAYER_END:
        break;
    }
    return TRUE;
}

/* As high as the text, at most half of the body; one row is the rule above it. */
static void
split_below(const App *app, Rect body, Rect *view, Rect *pane)
{
    g_autoptr(Page) page = lesson_page(app, body.width);
    const guint most = MAX(body.height / 2, PANE_MIN);
    const guint rows = CLAMP(page_length(page), 1, most);

    *view = body;
    *pane = body;
    if (body.height < VIEW_MIN + PANE_MIN) {
        if (app->lesson->aside)
            pane->height = 0;
        else
            view->height = 0;
        return;
    }
    view->height = body.height - rows - 1;
    pane->y = body.y + view->height + 1;
    pane->height = rows;
}

/* Where text and view stand in the body; a height of 0: not there. */
static void
split_body(const App *app, Rect body, Rect *view, Rect *pane)
{
    *view = body;
    *pane = (Rect){ body.x, body.y, 0, 0 };
    if (!app_in_lesson(app) || app->paste || lesson_is_over(app->doc->current))
        return;
    if (is_alone(app->lesson) && !app->lesson->aside) {
        *pane = body;
        view->height = 0;
    } else if (body.width >= BESIDE) {
        view->width = body.width - PANE_WIDE - 1;
        *pane = (Rect){ view->width + 1, body.y, PANE_WIDE, body.height };
    } else {
        split_below(app, body, view, pane);
    }
}

Rect
app_body(const App *app)
{
    Rect view, pane;

    split_body(app, frame_body(app->width, app->height), &view, &pane);
    return view;
}

/* The text has the keys where it is seen. */
gboolean
lesson_has_keys(const App *app)
{
    Rect view, pane;

    if (!app_in_lesson(app) || app->lesson->aside)
        return FALSE;
    split_body(app, frame_body(app->width, app->height), &view, &pane);
    return pane.height > 0;
}

gboolean
lesson_is_aside(const App *app)
{
    return app->lesson->aside;
}

Context
lesson_context(const App *app)
{
    switch (player_phase(app->lesson->player)) {
    case PLAYER_GUESS:
        return app->lesson->room ? IN_ROOM : IN_ASKED;
    case PLAYER_SURE:
        return IN_SURE;
    case PLAYER_TASK:
        return IN_TASK;
    case PLAYER_TEXT:
    case PLAYER_REVEAL:
    case PLAYER_REACHED:
    case PLAYER_END:
        break;
    }
    return IN_LESSON;
}

void
lesson_fit(App *app)
{
    LessonPlay *play = app->lesson;
    const PlayerPhase phase = player_phase(play->player);
    /* What is asked now stands at the end. */
    const gboolean asked = phase == PLAYER_SURE && play->phase != PLAYER_SURE;
    Rect view;

    split_body(app, frame_body(app->width, app->height), &view, &play->pane);
    g_clear_pointer(&play->page, page_free);
    if (play->pane.height == 0)
        return;
    if (play->shown != player_page(play->player) + 1 || play->phase != phase)
        play->place = (PagePlace){ 0, 0, 0 };
    play->shown = player_page(play->player) + 1;
    play->phase = phase;
    play->page = lesson_page(app, play->pane.width);
    page_fit(play->page, &play->place, play->pane.height);
    if (asked)
        page_move(play->page, &play->place, play->pane.height, MOVE_LAST);
}

/* Terms of the glossary are seen as such. */
static void
tint_terms(const App *app, Canvas *canvas, Rect pane)
{
    g_autoptr(GPtrArray) terms = script_terms_new();
    g_autofree char *text = lesson_text(app);
    g_autofree char *plain = script_plain(text, terms);

    for (guint i = 0; i < terms->len; i++)
        search_tint(canvas, pane, ((const ScriptTerm *)terms->pdata[i])->shown, ROLE_LINK);
}

char *
lesson_place_text(const Player *player)
{
    const PlayerPlace place = player_place(player);

    return g_strdup_printf(place.again ? _("%s, once more: %u of %u") : _("%s, page %u of %u"), player_lesson(player)->name,
                           place.page, place.pages);
}

static char *
place_text(const App *app)
{
    g_autofree char *place = lesson_place_text(app->lesson->player);
    const gboolean more = app->lesson->page && page_more(app->lesson->page, &app->lesson->place,
                                                         app->lesson->pane.height);

    return g_strdup_printf(" %s%s ", place, more ? _(", more below") : "");
}

static void
draw_edge(Canvas *canvas, Rect pane)
{
    for (guint y = 0; y < pane.height && pane.x > 0; y++)
        canvas_put(canvas, pane.x - 1, pane.y + y, pane.x, ROLE_RULE, "|");
    if (pane.x == 0)
        canvas_fill(canvas, 0, pane.y - 1, canvas->width, ROLE_RULE, '-');
}

/* A click on a choice takes it. */
static void
add_buttons(const LessonPlay *play, Canvas *canvas)
{
    const PlayerPhase phase = player_phase(play->player);
    const Rect pane = play->pane;

    if (phase != PLAYER_GUESS && phase != PLAYER_SURE)
        return;
    for (guint i = 0; i < player_choices(play->player); i++) {
        const guint row = play->choice_rows[i];
        if (row >= play->place.top && row < play->place.top + pane.height)
            canvas_button(canvas, pane.x, pane.y + row - play->place.top, pane.x + pane.width,
                          'a' + i);
    }
}

void
lesson_draw(const App *app, Canvas *canvas)
{
    const LessonPlay *play = app->lesson;
    const Rect body = frame_body(app->width, app->height);
    const Rect pane = play->pane;

    if (!play->page || pane.height == 0)
        return;
    for (guint y = 0; y < pane.height; y++)
        canvas_fill(canvas, pane.x, pane.y + y, pane.x + pane.width, ROLE_TEXT, ' ');
    if (pane.y > body.y || pane.x > 0)
        draw_edge(canvas, pane);
    page_draw(play->page, &play->place, canvas, pane);
    tint_terms(app, canvas, pane);
    add_buttons(play, canvas);
}

char *
lesson_note(const App *app)
{
    if (app->lesson->aside)
        return g_strdup(_("Tab (behind the last pane) or L: back to the lesson"));
    g_autofree char *text = place_text(app);
    return g_strdup(g_strstrip(text));
}

Page *
lesson_pane(const App *app, PagePlace **place, Rect *area)
{
    *place = &app->lesson->place;
    *area = app->lesson->pane;
    return app->lesson->page;
}

/* ---- what must not be seen yet ---- */

gboolean
app_covers(const App *app)
{
    switch (app->doc->current) {
    case VIEW_OVERVIEW:
    case VIEW_ARC:
    case VIEW_SIGNATURES:
        return app_hides(app);
    case VIEW_ADVICE:
        return app_hides(app) || lesson_asks_task(app);
    case VIEW_CHART:
        return app_hides(app) || (app->doc->list && predict_hides_rows(app));
    case VIEW_SURVEY:
        return predict_hides_rows(app);
    case VIEW_RECEIVERS:
        return app_hides(app);
    case VIEW_WHAT_IF:
        return app_hides(app) && !lesson_asks_task(app);
    case VIEW_RESULTS:
    case VIEW_REPAIRS:
        return predict_hides(app);
    default:
        return FALSE;
    }
}

const char *
app_cover_text(const App *app)
{
    if (app->doc->list)
        return _("The counts would tell the answers. They are seen when predict mode is off: P.");
    if (lesson_asks_task(app) && !app_hides(app))
        return _("This view tells the answer. It opens when the task is done, or given up: s.");
    return _("This view tells the answer. It opens when the last question about this mail is "
             "answered; the tree (2), the route (5) and the source (0) are open.");
}

void
app_cover_draw(const App *app, Canvas *canvas, Rect area)
{
    g_autoptr(Page) page = page_new(area.width, app->mode);
    PagePlace place = { 0, 0, 0 };

    page_row(page);
    page_text(page, 2, ROLE_DIM, app_cover_text(app));
    page_fit(page, &place, area.height);
    page_draw(page, &place, canvas, area);
}
