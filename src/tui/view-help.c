/* view-help.c: the keys, from the same table that answers them.
 * SPDX-License-Identifier: MIT */
#include "tui/ui.h"

typedef struct {
    View      view;
    Page     *page;
    PagePlace place;
    guint     height;
} HelpView;

enum { KEYS = 3, HELP = 20 };

static void
add_binding(Page *page, const Binding *binding)
{
    const guint row = page_row(page);

    page_wrap(page, row, KEYS, HELP - 1, ROLE_FOOTER_KEY, binding->keys);
    page_wrap(page, row, HELP, G_MAXUINT, ROLE_TEXT, binding->help);
}

/* Keys of this view first; those that mean the same everywhere have their own part. */
static void
add_keys(Page *page, const char *title, Context context, gboolean everywhere)
{
    page_text(page, 1, ROLE_LABEL, title);
    for (const Binding *binding = bindings; binding->keys; binding++)
        if ((binding->contexts & context) && (binding->contexts == IN_ALL) == everywhere)
            add_binding(page, binding);
    page_row(page);
}

static void
add_marks(Page *page, const App *app)
{
    static const struct { SummaryTone tone; const char *word, *means; } marks[] = {
        { SUMMARY_PASS, "PASS", "a name that vouches for From:" },
        { SUMMARY_FAIL, "FAIL", "it does not" },
        { SUMMARY_OTHER, "NO", "it passed, but for another domain than the one in From:" },
        { SUMMARY_NONE, "NONE", "nothing was published to go by" },
        { SUMMARY_UNKNOWN, "UNKNOWN", "cannot be known from what is here" },
    };

    page_text(page, 1, ROLE_LABEL, "Marks");
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
        g_autofree char *text = g_strdup_printf("%s %s", mark_tone(marks[i].tone, app->glyphs),
                                                marks[i].word);
        const guint row = page_row(page);
        page_wrap(page, row, KEYS, HELP - 1, mark_tone_role(marks[i].tone), text);
        page_wrap(page, row, HELP, G_MAXUINT, ROLE_TEXT, marks[i].means);
    }
}

static void
help_fit(View *view, guint width, guint height)
{
    HelpView *self = (HelpView *)view;
    const App *app = view->app;
    const ViewId from = app->back->len > 0
                            ? g_array_index(app->back, ViewId, app->back->len - 1) : VIEW_OVERVIEW;
    const ViewClass *class = app->views[from]->class;
    g_autofree char *title = g_strdup_printf("Keys in %s", class->label);

    g_clear_pointer(&self->page, page_free);
    self->page = page_new(width, app->ascii);
    add_keys(self->page, title, class->context, FALSE);
    add_keys(self->page, "Keys everywhere", class->context, TRUE);
    add_marks(self->page, app);
    self->height = height;
    page_fit(self->page, &self->place, height);
}

static void
help_draw(const View *view, Canvas *canvas, Rect area)
{
    const HelpView *self = (const HelpView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
help_move(View *view, Move move)
{
    HelpView *self = (HelpView *)view;

    page_move(self->page, &self->place, self->height, move);
}

static char *
help_note(const View *view)
{
    const HelpView *self = (const HelpView *)view;

    return page_more(self->page, &self->place, self->height) ? g_strdup("more below") : NULL;
}

static void
help_close(View *view)
{
    page_free(((HelpView *)view)->page);
}

const ViewClass view_help = {
    .name = "help",
    .label = "Help",
    .key = "?",
    .context = IN_HELP,
    .size = sizeof(HelpView),
    .fit = help_fit,
    .draw = help_draw,
    .move = help_move,
    .note = help_note,
    .close = help_close,
};
