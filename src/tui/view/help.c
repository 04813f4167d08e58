/* help.c: the keys, from the same table that answers them.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/lessons/lesson.h"
#include "tui/next.h"
#include "tui/nothing.h"

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
    page_pair(page, KEYS, HELP, ROLE_FOOTER_KEY, binding->keys, ROLE_TEXT,
              translate(binding->help));
}

typedef enum { OF_VIEW, OF_MOST, OF_ALL } Reach;

static guint
count_views(guint64 contexts)
{
    guint count = 0;

    for (contexts &= IN_ALL; contexts; contexts &= contexts - 1)
        count++;
    return count;
}

/* In how many views the key does that, whatever the number of rows that say so. */
static Reach
reach_of(const App *app, const Binding *binding)
{
    guint64 contexts = 0;

    if (binding->contexts == IN_ALL)
        return OF_ALL;
    for (const Binding *other = app->bindings; other->keys; other++)
        if (g_str_equal(other->keys, binding->keys) && g_str_equal(other->help, binding->help))
            contexts |= other->contexts;
    return 2 * count_views(contexts) > count_views(IN_ALL) ? OF_MOST : OF_VIEW;
}

static void
add_reach(Page *page, const App *app, Context context, Reach reach)
{
    for (const Binding *binding = app->bindings; binding->keys; binding++)
        if ((binding->contexts & context) && reach_of(app, binding) == reach &&
            !nothing_hides_key(app, binding) && !next_hides_key(app, binding))
            add_binding(page, binding);
}

/* What one looks for is what this view has and others have not; moving is known by then. */
static void
add_own_keys(Page *page, const App *app, const char *title, Context context)
{
    page_text(page, 1, ROLE_LABEL, title);
    add_reach(page, app, context, OF_VIEW);
    add_reach(page, app, context, OF_MOST);
    page_row(page);
}

static void
add_keys_of_all(Page *page, const App *app, const char *title, Context context)
{
    page_text(page, 1, ROLE_LABEL, title);
    add_reach(page, app, context, OF_ALL);
    for (const TerminalKey *key = terminal_keys; key->keys; key++)
        page_pair(page, KEYS, HELP, ROLE_FOOTER_KEY, key->keys, ROLE_TEXT, translate(key->help));
    page_row(page);
}

static void
add_commands(Page *page, const App *app)
{
    page_text(page, 1, ROLE_LABEL, _("Commands that take a word"));
    for (const Verb *command = verbs; command->name; command++) {
        if (nothing_hides_word(app, command))
            continue;
        g_autofree char *name = g_strdup_printf(":%s", command->name);
        g_autofree char *help = g_strdup_printf("%s%s%s", command->argument,
                                                *command->argument ? ": " : "", translate(command->help));
        page_pair(page, KEYS, HELP, ROLE_FOOTER_KEY, name, ROLE_TEXT, help);
    }
    page_text(page, KEYS, ROLE_TEXT, _("Every key is a command, too: : lists their names."));
    page_row(page);
}

static void
add_marks(Page *page, const App *app)
{
    static const struct { SummaryTone tone; const char *word, *means; } marks[] = {
        { SUMMARY_PASS, N_("PASS"), N_("a name that vouches for From:") },
        { SUMMARY_FAIL, N_("FAIL"), N_("it does not") },
        { SUMMARY_OTHER, N_("NO"), N_("it passed, but for another domain than the one in From:") },
        { SUMMARY_NONE, N_("NONE"), N_("nothing was published to go by") },
        { SUMMARY_UNKNOWN, N_("UNKNOWN"), N_("cannot be known from what is here") },
    };

    g_autofree char *said = mark_verdict(MAIL_SAID_PASS, app->glyphs);
    page_text(page, 1, ROLE_LABEL, _("Marks"));
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
        g_autofree char *text = g_strdup_printf("%s %s", mark_tone(marks[i].tone, app->glyphs),
                                                translate(marks[i].word));
        page_pair(page, KEYS, HELP, mark_tone_role(marks[i].tone), text, ROLE_TEXT,
                  translate(marks[i].means));
    }
    page_pair(page, KEYS, HELP, mark_verdict_role(MAIL_SAID_PASS), said, ROLE_TEXT,
              _("in a list: UNKNOWN, but the receiving host, which is not trusted, said pass"));
}

static void
help_fit(View *view, guint width, guint height)
{
    HelpView *self = (HelpView *)view;
    const App *app = view->app;
    const GArray *back = app->doc->back;
    const ViewId from = back->len > 0 ? g_array_index(back, ViewId, back->len - 1) : VIEW_OVERVIEW;
    const ViewClass *class = app->doc->views[from]->class;
    g_autofree char *title = g_strdup_printf(_("Keys in %s"), translate(class->label));

    g_clear_pointer(&self->page, page_free);
    self->page = page_new(width, app->mode);
    if (app_in_lesson(app) && !lesson_is_aside(app))
        add_own_keys(self->page, app, _("Keys of the lesson"), lesson_context(app));
    if (from == VIEW_TREE && app->predict)
        add_own_keys(self->page, app, _("Keys of predict mode"),
                     IN_GUESS | IN_GUESS_SURE | IN_GUESS_TOLD);
    if (!nothing_is_open(app))
        add_own_keys(self->page, app, title, class->context);
    add_keys_of_all(self->page, app, nothing_is_open(app) ? title : _("Keys everywhere"),
                    class->context);
    add_commands(self->page, app);
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

    return page_more(self->page, &self->place, self->height) ? g_strdup(_("more below")) : NULL;
}

static void
help_close(View *view)
{
    page_free(((HelpView *)view)->page);
}

static const Page *
help_read(const View *view)
{
    return ((const HelpView *)view)->page;
}

static Page *
help_pane(View *view, PagePlace **place, Rect *area)
{
    HelpView *self = (HelpView *)view;

    *place = &self->place;
    *area = (Rect) { 0, 0, view->app->width, self->height };
    return self->page;
}

const ViewClass view_help = {
    .name = "help",
    .label = N_("Help"),
    .key = "?",
    .context = IN_HELP,
    .size = sizeof(HelpView),
    .fit = help_fit,
    .draw = help_draw,
    .move = help_move,
    .note = help_note,
    .read = help_read,
    .close = help_close,
    .pane = help_pane,
};
