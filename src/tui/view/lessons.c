/* lessons.c: the lessons that there are, and how far one has come.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/place.h"
#include "base/translate.h"
#include "lesson/lesson.h"
#include "lesson/progress.h"
#include "tui/lessons/lesson.h"
#include "tui/ui.h"
#include "tui/view/views.h"

typedef struct {
    View       view;
    GPtrArray *lessons;         /* Lesson */
    Progress  *progress;
    Page      *page;
    PagePlace  place;
    guint      height;
} LessonsView;

enum { NAME = 1, TITLE = 5, MINUTES = 60, STATE = 68, NARROW = 76 };

/* "done 5/6"; before a question was answered "begun" alone */
static char *
state_text(const ProgressLesson *progress)
{
    const guint right = progress ? progress_right(progress) : 0;
    const guint asked = progress ? right + progress_wrong(progress) : 0;

    if (!progress || (!progress->done && asked == 0 && progress->page < 2))
        return g_strdup("");
    if (asked == 0)
        return g_strdup(progress->done ? _("done") : _("begun"));
    return g_strdup_printf(progress->done ? _("done %u/%u") : _("begun %u/%u"), right, asked);
}

static void
add_lesson(const LessonsView *self, Page *page, const Lesson *lesson, guint width)
{
    g_autofree char *number = g_strndup(lesson->name, strspn(lesson->name, "0123456789"));
    g_autofree char *state = state_text(progress_of(self->progress, lesson->name));
    g_autofree char *minutes = g_strdup_printf(_("%u min"), script_minutes(lesson->script));
    const gboolean wide = width >= NARROW;
    const guint row = page_row(page);

    page_wrap(page, row, NAME, TITLE, ROLE_FOOTER_KEY, number);
    page_wrap(page, row, TITLE, wide ? MINUTES - 1 : G_MAXUINT, ROLE_TEXT, lesson_title(lesson));
    if (wide) {
        page_wrap(page, row, MINUTES, STATE - 1, ROLE_DIM, minutes);
        page_wrap(page, row, STATE, G_MAXUINT, ROLE_LABEL, state);
    } else if (*state) {
        page_wrap(page, page_row(page), TITLE, G_MAXUINT, ROLE_DIM, state);
    }
    page_item(page, row, lesson);
}

/* The one-hour track, in its order: "1, 2, 4, 3". */
static char *
track_text(const GPtrArray *lessons)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint hour = 1; hour <= lessons->len; hour++) {
        for (guint i = 0; i < lessons->len; i++) {
            const Lesson *lesson = lessons->pdata[i];
            if (script_hour(lesson->script) != hour)
                continue;
            g_autofree char *number = g_strndup(lesson->name,
                                                strspn(lesson->name, "0123456789"));
            g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", number);
        }
    }
    return g_strdup(out->str);
}

static void
lessons_fit(View *view, guint width, guint height)
{
    LessonsView *self = (LessonsView *)view;
    Page *page = page_new(width, view->app->mode);
    g_autofree char *track = track_text(self->lessons);

    if (*track) {
        g_autofree char *text =
            g_strdup_printf(view->app->plain ? _("In one hour: %s. open and a number opens a lesson.")
                                             : _("In one hour: %s. Enter opens a lesson."), track);
        page_text(page, NAME, ROLE_DIM, text);
        page_row(page);
    }
    for (guint i = 0; i < self->lessons->len; i++)
        add_lesson(self, page, self->lessons->pdata[i], width);
    if (self->lessons->len == 0) {
        g_autofree char *folder = place_installed("samples/lessons");
        g_autofree char *none = g_strdup_printf(_("There are no lessons here: %s is not there."), folder);
        page_text(page, NAME, ROLE_DIM, none);
    }
    page_free(self->page);
    self->page = page;
    self->height = height;
    page_fit(page, &self->place, height);
}

static void
lessons_draw(const View *view, Canvas *canvas, Rect area)
{
    const LessonsView *self = (const LessonsView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
lessons_move(View *view, Move move)
{
    LessonsView *self = (LessonsView *)view;

    page_move(self->page, &self->place, self->height, move);
}

/* The view belongs to a document that may be closed by it. */
static void
lessons_enter(View *view)
{
    const LessonsView *self = (const LessonsView *)view;
    const Lesson *lesson = page_target(self->page, &self->place);
    g_autofree char *folder = lesson ? g_strdup(lesson->folder) : NULL;

    if (folder)
        lesson_open(view->app, folder);
}

static void
lessons_read(LessonsView *self)
{
    g_clear_pointer(&self->lessons, g_ptr_array_unref);
    g_clear_pointer(&self->progress, progress_free);
    self->lessons = lesson_list(NULL);
    self->progress = progress_load(NULL);
}

static void
lessons_open(View *view)
{
    lessons_read((LessonsView *)view);
}

static void
lessons_close(View *view)
{
    LessonsView *self = (LessonsView *)view;

    g_ptr_array_unref(self->lessons);
    progress_free(self->progress);
    page_free(self->page);
}

static Page *
lessons_pane(View *view, PagePlace **place, Rect *area)
{
    LessonsView *self = (LessonsView *)view;

    *place = &self->place;
    *area = (Rect){ 0, 0, view->app->width, self->height };
    return self->page;
}

static const Page *
lessons_page(const View *view)
{
    return ((const LessonsView *)view)->page;
}

/* Progress made since it was seen last. */
static void
renew(App *app)
{
    View *view = app->doc->views[VIEW_LESSONS];

    if (!view)
        return;
    g_clear_pointer(&((LessonsView *)view)->page, page_free);
    lessons_read((LessonsView *)view);
}

static void
choose(View *view, const char *name)
{
    LessonsView *self = (LessonsView *)view;

    lessons_move(view, MOVE_FIRST);
    for (guint i = 0; i < self->lessons->len; i++) {
        const Lesson *lesson = page_target(self->page, &self->place);
        if (lesson && g_str_equal(lesson->name, name))
            return;
        lessons_move(view, MOVE_DOWN);
    }
    lessons_move(view, MOVE_FIRST);
}

void
lessons_show(App *app, const char *name)
{
    renew(app);
    app_show(app, VIEW_LESSONS);
    View *view = app->doc->views[VIEW_LESSONS];
    if (name && view && ((LessonsView *)view)->page)
        choose(view, name);
}

static char *
lessons_note(const View *view)
{
    const LessonsView *self = (const LessonsView *)view;

    return page_more(self->page, &self->place, self->height) ? g_strdup(_("more below")) : NULL;
}

/* It has its place in the row of views only while it is open. */
static gboolean
in_no_row(const App *app)
{
    (void)app;
    return FALSE;
}

const ViewClass view_lessons = {
    .name = "lessons",
    .label = N_("Lessons"),
    .key = "L",
    .context = IN_LESSONS,
    .has = in_no_row,
    .size = sizeof(LessonsView),
    .open = lessons_open,
    .note = lessons_note,
    .fit = lessons_fit,
    .draw = lessons_draw,
    .move = lessons_move,
    .enter = lessons_enter,
    .read = lessons_page,
    .close = lessons_close,
    .pane = lessons_pane,
};
