/* repairs.c: what was mended in the text, before and after, to be undone.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/ui.h"
#include "tui/view/views.h"

typedef struct {
    View      view;
    Page     *page;
    PagePlace place;
    guint     height;
} RepairsView;

enum { TEXT = 1, LABEL = 3, VALUE = 11 };

/* Blanks and line ends are often all that changed, so they must be seen. */
static char *
seen(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (; *text; text++) {
        if (*text == '\n')
            g_string_append(out, "\\n");
        else if (*text == '\r')
            g_string_append(out, "\\r");
        else if (*text == '\t')
            g_string_append(out, "\\t");
        else
            g_string_append_c(out, *text);
    }
    return g_strdup(out->str);
}

static void
add_text(Page *page, const char *label, Role role, const char *text)
{
    if (!text)
        return;
    g_autofree char *visible = seen(text);
    page_pair(page, LABEL, VALUE, ROLE_DIM, label, role, visible);
}

static void
add_repair(Page *page, const Repair *repair, gboolean undone)
{
    g_autofree char *words = words_repair(repair);
    g_autofree char *title = g_strdup_printf("%s%s", words,
                                             undone ? _("  - undone") : "");
    const guint row = page_row(page);

    page_wrap(page, row, TEXT, G_MAXUINT, undone ? ROLE_DIM : ROLE_LABEL, title);
    add_text(page, _("before"), ROLE_TEXT, repair->before);
    add_text(page, _("after"), undone ? ROLE_DIM : ROLE_TEXT, repair->after);
    page_item(page, row, repair);
    page_row(page);
}

static void
repairs_fit(View *view, guint width, guint height)
{
    RepairsView *self = (RepairsView *)view;
    const Document *doc = view->app->doc;

    g_clear_pointer(&self->page, page_free);
    self->page = page_new(width, view->app->mode);
    if (doc->repairs->len == 0)
        page_text(self->page, TEXT, ROLE_TEXT,
                  _("Nothing was repaired: the message is as it came."));
    for (guint i = 0; i < doc->repairs->len; i++) {
        const Repair *repair = doc->repairs->pdata[i];
        add_repair(self->page, repair, document_is_undone(doc, repair->id));
    }
    self->height = height;
    page_fit(self->page, &self->place, height);
}

static void
repairs_draw(const View *view, Canvas *canvas, Rect area)
{
    const RepairsView *self = (const RepairsView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
repairs_move(View *view, Move move)
{
    RepairsView *self = (RepairsView *)view;

    page_move(self->page, &self->place, self->height, move);
}

static char *
repairs_note(const View *view)
{
    const RepairsView *self = (const RepairsView *)view;

    if (page_more(self->page, &self->place, self->height))
        return g_strdup(_("more below"));
    return g_strdup(view->app->doc->original ? _("0, then o: the text as it came") : NULL);
}

static void
repairs_close(View *view)
{
    page_free(((RepairsView *)view)->page);
}

static gboolean
repairs_has(const App *app)
{
    return app->doc->repairs->len > 0;
}

const Repair *
repairs_repair(App *app)
{
    const RepairsView *self = (const RepairsView *)app->doc->views[VIEW_REPAIRS];

    return self && self->page ? page_target(self->page, &self->place) : NULL;
}

static const Page *
repairs_read(const View *view)
{
    return ((const RepairsView *)view)->page;
}

static Page *
repairs_pane(View *view, PagePlace **place, Rect *area)
{
    RepairsView *self = (RepairsView *)view;

    *place = &self->place;
    *area = (Rect) { 0, 0, view->app->width, self->height };
    return self->page;
}

const ViewClass view_repairs = {
    .name = "repairs",
    .label = N_("Repairs"),
    .key = "R",
    .context = IN_REPAIRS,
    .size = sizeof(RepairsView),
    .needs_message = TRUE,
    .shows_message = TRUE,
    .has = repairs_has,
    .of_rows = TRUE,
    .fit = repairs_fit,
    .draw = repairs_draw,
    .move = repairs_move,
    .note = repairs_note,
    .read = repairs_read,
    .close = repairs_close,
    .pane = repairs_pane,
};
