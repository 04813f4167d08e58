/* glossary.c: words explained: those of the page that one came from, then all.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/place.h"
#include "base/translate.h"
#include "lesson/glossary.h"
#include "lesson/lesson.h"
#include "lesson/script-text.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"
#include "tui/view/split.h"
#include "tui/view/views.h"

typedef struct {
    View       view;
    GPtrArray *here;            /* const GlossaryEntry: of the page that one came from */
    Page      *list, *detail;
    PagePlace  at, place;       /* in the list, in the entry */
    guint      shown;           /* the item that `detail` is of */
    guint      width, height;
} GlossaryView;

enum { EDGE = 1, NAME = 3, LIST_WIDE = 34, TWO_PANES = 70, LIST_ROWS = 8 };

static const Glossary *
glossary_of(App *app)
{
    if (!app->glossary) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        app->glossary = glossary_open(lesson_language(), faults);
        if (faults->len > 0)
            app_status(app, "%s", (const char *)faults->pdata[0]);
    }
    return app->glossary;
}

/* The list: what is on the page, then everything. Item N of it. */
static guint
count(const GlossaryView *self)
{
    return self->here->len + glossary_length(glossary_of(self->view.app));
}

static const GlossaryEntry *
entry_at(const GlossaryView *self, guint item)
{
    if (item < self->here->len)
        return self->here->pdata[item];
    item -= self->here->len;
    return item < glossary_length(glossary_of(self->view.app))
               ? glossary_entry(glossary_of(self->view.app), item) : NULL;
}

static Split
split_of(const GlossaryView *self, guint width, guint height)
{
    if (width >= TWO_PANES)
        return (Split){ { 0, 0, LIST_WIDE, height },
                        { LIST_WIDE + 1, 0, width - LIST_WIDE - 1, height }, TRUE };
    return split_stacked(width, height, count(self) + 2, LIST_ROWS, self->view.in_detail);
}

/* ---- filling ---- */

static void
add_entries(const GlossaryView *self, Page *page, guint first, guint end)
{
    for (guint i = first; i < end; i++) {
        const GlossaryEntry *entry = entry_at(self, i);
        const guint row = page_row(page);
        page_wrap(page, row, NAME, G_MAXUINT, ROLE_TEXT, entry->title);
        page_item(page, row, entry);
    }
}

static Page *
fill_list(const GlossaryView *self, guint width)
{
    Page *page = page_new(width, self->view.app->mode);

    if (self->here->len > 0) {
        page_text(page, EDGE, ROLE_HEADING, _("ON THIS PAGE"));
        add_entries(self, page, 0, self->here->len);
        page_text(page, EDGE, ROLE_HEADING, _("ALL WORDS"));
    }
    add_entries(self, page, self->here->len, count(self));
    if (count(self) == 0) {
        g_autofree char *folder = place_installed("data");
        g_autofree char *none = g_strdup_printf(_("There is no glossary here: %s is not there."), folder);
        page_text(page, EDGE, ROLE_DIM, none);
    }
    return page;
}

static void
add_see(Page *page, const Glossary *glossary, const GlossaryEntry *entry)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (char **see = entry->see; *see; see++) {
        const GlossaryEntry *other = glossary_find(glossary, *see);
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
                               other ? other->title : *see);
    }
    if (names->len == 0)
        return;
    page_row(page);
    page_pair(page, EDGE, EDGE + 10, ROLE_DIM, _("See also"), ROLE_LINK, names->str);
}

static Page *
fill_entry(const GlossaryView *self, guint width)
{
    Page *page = page_new(width, self->view.app->mode);
    const GlossaryEntry *entry = entry_at(self, self->at.item);

    if (!entry)
        return page;
    page_text(page, EDGE, ROLE_LABEL, entry->title);
    for (guint i = 0; i < entry->text->len; i++) {
        const ScriptParagraph *paragraph = entry->text->pdata[i];
        g_autofree char *plain = script_plain(paragraph->text, NULL);
        page_row(page);
        page_text(page, EDGE, paragraph->verbatim ? ROLE_SOURCE_HEADER : ROLE_TEXT, plain);
    }
    add_see(page, glossary_of(self->view.app), entry);
    return page;
}

static void
glossary_view_fit(View *view, guint width, guint height)
{
    GlossaryView *self = (GlossaryView *)view;
    const Split split = split_of(self, width, height);
    const guint list = split.list.width ? split.list.width : width;
    const guint detail = split.detail.width ? split.detail.width : width;

    self->width = width;
    self->height = height;
    g_clear_pointer(&self->list, page_free);
    g_clear_pointer(&self->detail, page_free);
    self->list = fill_list(self, list);
    page_fit(self->list, &self->at, MAX(split.list.height, 1));
    self->detail = fill_entry(self, detail);
    if (self->shown != self->at.item)
        self->place = (PagePlace){ 0, 0, 0 };
    self->shown = self->at.item;
    page_fit(self->detail, &self->place, MAX(split.detail.height, 1));
}

static void
glossary_view_draw(const View *view, Canvas *canvas, Rect area)
{
    const GlossaryView *self = (const GlossaryView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    if (split.list.height > 0)
        page_draw(self->list, &self->at, canvas, split.list);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->place, canvas, split.detail);
}

/* ---- keys ---- */

static void
glossary_view_move(View *view, Move move)
{
    GlossaryView *self = (GlossaryView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (self->view.in_detail)
        page_move(self->detail, &self->place, MAX(split.detail.height, 1), move);
    else
        page_move(self->list, &self->at, MAX(split.list.height, 1), move);
}

static void
go_to(GlossaryView *self, const GlossaryEntry *entry)
{
    self->at.item = self->here->len + glossary_index(glossary_of(self->view.app), entry);
    self->at.top = self->at.item > 3 ? self->at.item - 3 : 0;
    self->view.in_detail = FALSE;
}

/* Enter leads to the first of "See also"; from there on around. */
static void
glossary_view_enter(View *view)
{
    GlossaryView *self = (GlossaryView *)view;
    const GlossaryEntry *entry = entry_at(self, self->at.item);
    const GlossaryEntry *other =
        entry && entry->see[0] ? glossary_find(glossary_of(view->app), entry->see[0]) : NULL;

    if (other)
        go_to(self, other);
    else
        app_status(view->app, _("This word leads to no other"));
}

static char *
glossary_view_note(const View *view)
{
    const GlossaryView *self = (const GlossaryView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (self->view.in_detail)
        return g_strdup(_("Tab: back to the words"));
    if (split.detail.height == 0)
        return g_strdup(_("the explanation: Tab"));
    return page_more(self->detail, &self->place, split.detail.height) ? g_strdup(_("more: Tab"))
                                                                     : NULL;
}

static Page *
glossary_view_pane(View *view, PagePlace **place, Rect *area)
{
    GlossaryView *self = (GlossaryView *)view;

    if (!self->view.in_detail)
        return NULL;
    *place = &self->place;
    *area = split_of(self, self->width, self->height).detail;
    return self->detail;
}

static gboolean
entry_has(const GlossaryEntry *entry, const char *needle)
{
    if (find_in(entry->title, needle) || find_in(entry->id, needle))
        return TRUE;
    for (char **also = entry->also; *also; also++)
        if (find_in(*also, needle))
            return TRUE;
    for (guint i = 0; i < entry->text->len; i++)
        if (find_in(((const ScriptParagraph *)entry->text->pdata[i])->text, needle))
            return TRUE;
    return FALSE;
}

static gboolean
glossary_view_find(View *view, Find *find)
{
    GlossaryView *self = (GlossaryView *)view;
    const guint all = count(self);

    for (guint i = 1; i <= all; i++) {
        const guint at = (find->backward ? self->at.item + all - i : self->at.item + i) % all;
        if (!entry_has(entry_at(self, at), find->needle))
            continue;
        find->wrapped = find->backward ? at >= self->at.item : at <= self->at.item;
        self->at.item = at;
        self->at.top = at > 3 ? at - 3 : 0;
        return TRUE;
    }
    return FALSE;
}

static gboolean
glossary_view_click(View *view, guint x, guint y)
{
    GlossaryView *self = (GlossaryView *)view;
    const Split split = split_of(self, self->width, self->height);

    self->view.in_detail = canvas_within(split.detail, x, y);
    if (!canvas_within(split.list, x, y))
        return TRUE;
    const guint item = page_item_at(self->list, self->at.top + y - split.list.y);
    const gboolean moved = item != self->at.item;
    if (item != PAGE_NO_ITEM)
        self->at.item = item;
    return moved;
}

static char *
glossary_view_value(View *view)
{
    const GlossaryView *self = (const GlossaryView *)view;
    const GlossaryEntry *entry = entry_at(self, self->at.item);

    return entry ? g_strdup(entry->title) : NULL;
}

static const Page *
glossary_view_read(const View *view)
{
    const GlossaryView *self = (const GlossaryView *)view;

    return count(self) > 0 ? self->detail : self->list;
}

static void
glossary_view_open(View *view)
{
    ((GlossaryView *)view)->here = g_ptr_array_new();
}

static void
glossary_view_close(View *view)
{
    GlossaryView *self = (GlossaryView *)view;

    g_ptr_array_unref(self->here);
    page_free(self->list);
    page_free(self->detail);
}

/* ---- from elsewhere ---- */

/* What is read on the screen, whichever view it is. */
static char *
seen_text(App *app)
{
    if (lesson_has_keys(app))
        return lesson_text(app);
    g_autoptr(Canvas) canvas = app_paint(app);
    return canvas_text(canvas);
}

/* e: the words of this page first. Again: back. */
void
app_glossary(App *app)
{
    if (app->doc->current == VIEW_GLOSSARY) {
        app_back(app);
        return;
    }
    g_autofree char *text = seen_text(app);
    GPtrArray *here = glossary_in(glossary_of(app), text);
    app_show(app, VIEW_GLOSSARY);
    GlossaryView *self = (GlossaryView *)app_view(app);
    g_ptr_array_unref(self->here);
    self->here = here;
    self->at = (PagePlace){ 0, 0, 0 };
    self->view.in_detail = FALSE;
}

void
command_glossary(App *app, const char *argument)
{
    const GlossaryEntry *entry = glossary_find(glossary_of(app), argument);

    if (!entry) {
        g_autoptr(GPtrArray) found = glossary_search(glossary_of(app), argument);
        entry = found->len > 0 ? found->pdata[0] : NULL;
    }
    if (!entry) {
        app_status(app, _("The glossary has no word %s"), argument);
        return;
    }
    if (app->doc->current != VIEW_GLOSSARY)
        app_glossary(app);
    go_to((GlossaryView *)app_view(app), entry);
}

/* It has its place in the row of views only while it is open. */
static gboolean
in_no_row(const App *app)
{
    (void)app;
    return FALSE;
}

const ViewClass view_glossary = {
    .name = "glossary",
    .label = N_("Words"),
    .key = "e",
    .context = IN_GLOSSARY,
    .has = in_no_row,
    .size = sizeof(GlossaryView),
    .open = glossary_view_open,
    .fit = glossary_view_fit,
    .draw = glossary_view_draw,
    .move = glossary_view_move,
    .enter = glossary_view_enter,
    .note = glossary_view_note,
    .read = glossary_view_read,
    .close = glossary_view_close,
    .pane = glossary_view_pane,
    .find = glossary_view_find,
    .click = glossary_view_click,
    .value = glossary_view_value,
};
