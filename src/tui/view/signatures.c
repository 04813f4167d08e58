/* signatures.c: each DKIM signature: what it says and covers, what was hashed, and where that
 * went wrong. SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/view/signature-known.h"
#include "tui/view/signature-panes.h"
#include "tui/view/split.h"

typedef struct {
    View        view;
    guint       at, top;        /* signature under the cursor, topmost first */
    Focus       focus;
    Side        side;
    Known       known;
    Page       *aloud;
    Page       *facts;
    guint       facts_of;
    guint       facts_width;
    PagePlace   place;
    Sheet      *sheet;
    guint       sheet_of;
    Side        sheet_side;
    guint       width, height;
} SignaturesView;

enum { KIND_WIDTH = 12, RESULT_WIDTH = 14 };

static const GPtrArray *
signatures_of(const SignaturesView *self)
{
    return self->view.app->doc->report->dkim;
}

static const DkimResult *
result_at(const SignaturesView *self, guint at)
{
    return signatures_of(self)->pdata[at];
}

static Panes
panes_of(const SignaturesView *self, guint width, guint height)
{
    return panes_for(width, height, signatures_of(self)->len + 1, self->side, self->focus);
}

static Focus
focus_of(const SignaturesView *self, const Panes *panes)
{
    return panes_focus(panes, self->focus);
}

/* ---- what is shown of the chosen one ---- */

static void
fit_facts(SignaturesView *self, Rect area)
{
    const gboolean other = !self->facts || self->facts_of != self->at;

    if (other || self->facts_width != area.width) {
        const Signature signature = known_signature(&self->known, self->view.app, self->at, FALSE);
        g_clear_pointer(&self->facts, page_free);
        self->facts = page_new(MAX(area.width, 1), self->view.app->mode);
        signature_add_facts(self->facts, self->view.app, &signature);
        self->facts_width = area.width;
        self->facts_of = self->at;
    }
    if (other)
        self->place = (PagePlace) { 0, 0 };
    page_fit(self->facts, &self->place, MAX(area.height, 1));
}

/* Begins where the hash went wrong; where only the width is another, the place stays. */
static void
fit_sheet(SignaturesView *self, const Panes *panes)
{
    const Rect area = panes->sheet;
    const gboolean same =
        self->sheet && self->sheet_of == self->at && self->sheet_side == panes->side;

    if (same && sheet_width(self->sheet) == area.width) {
        sheet_fit(self->sheet, area.height - 1);
        return;
    }
    const char *raw = g_bytes_get_data(app_bytes(self->view.app), NULL);
    const Signature signature = known_signature(&self->known, self->view.app, self->at, TRUE);
    const gsize before = same ? sheet_target(self->sheet, raw).start : 0;
    gsize place = G_MAXSIZE;
    g_clear_pointer(&self->sheet, sheet_free);
    self->sheet = signature_sheet(self->view.app, &signature, panes->side, area.width, &place);
    self->sheet_of = self->at;
    self->sheet_side = panes->side;
    sheet_fit(self->sheet, area.height - 1);
    sheet_go(self->sheet, same ? before : place);
}

static void
signatures_fit(View *view, guint width, guint height)
{
    SignaturesView *self = (SignaturesView *)view;
    const guint count = signatures_of(self)->len;

    self->width = width;
    self->height = height;
    if (count == 0)
        return;
    self->at = MIN(self->at, count - 1);
    const Panes panes = panes_of(self, width, height);
    self->top = split_scroll(self->top, self->at, MAX(panes.list.height, 2) - 1);
    self->top = MIN(self->top, count - MIN(count, MAX(panes.list.height, 2) - 1));
    if (panes.facts.height > 0)
        fit_facts(self, panes.facts);
    if (panes.sheet.height > 1)
        fit_sheet(self, &panes);
}

/* ---- painting ---- */

static void
draw_signature(const SignaturesView *self, Canvas *canvas, guint at, Rect row, gboolean focus)
{
    const App *app = self->view.app;
    const DkimResult *result = result_at(self, at);
    const Step step = { .result = result->result };
    const guint limit = row.x + row.width;
    const guint kind = row.width > 76 ? row.x + 36 : row.x + row.width * 9 / 20;
    g_autofree char *number = g_strdup_printf("%3u", at + 1);
    g_autofree char *outcome = mark_outcome(&step, FALSE, app->glyphs);
    /* That a good one is good says the mark. */
    const gboolean plain = !result->reason || g_str_equal(result->reason, "ok");
    g_autofree char *reason = words_text(plain ? "" : result->reason, NULL);

    canvas_put(canvas, row.x + 1, row.y, limit, ROLE_DIM, number);
    canvas_put_cut(canvas, row.x + 5, row.y, kind - 1, ROLE_TEXT,
                   result->domain ? result->domain : "?");
    canvas_put_cut(canvas, kind, row.y, MIN(kind + KIND_WIDTH, limit), ROLE_DIM,
                   result->author_signature ? _("author") : _("third party"));
    if (kind + KIND_WIDTH + 1 < limit)
        canvas_put_cut(canvas, kind + KIND_WIDTH + 1, row.y, limit, signature_role(result),
                       outcome);
    if (kind + KIND_WIDTH + RESULT_WIDTH + 10 < limit)
        canvas_put_cut(canvas, kind + KIND_WIDTH + RESULT_WIDTH, row.y, limit, ROLE_TEXT, reason);
    if (at != self->at)
        return;
    canvas_put(canvas, row.x, row.y, limit, ROLE_LABEL, ">");
    if (focus)
        canvas_tint(canvas, row.x + 1, row.y, limit, ROLE_CURSOR);
}

static void
draw_list(const SignaturesView *self, Canvas *canvas, Rect area, gboolean focus)
{
    const guint count = signatures_of(self)->len;
    const guint limit = area.x + area.width;

    canvas_put_cut(canvas, area.x + 5, area.y, limit, ROLE_HEADING, _("SIGNED BY, topmost first"));
    for (guint i = 0; i + 1 < area.height && self->top + i < count; i++)
        draw_signature(self, canvas, self->top + i,
                       (Rect) { area.x, area.y + 1 + i, area.width, 1 }, focus);
}

static void
draw_sheet(const SignaturesView *self, Canvas *canvas, const Panes *panes, gboolean focus)
{
    const Rect area = panes->sheet;
    const Signature signature = { .result = result_at(self, self->at),
                                  .hashed = self->known.hashed };
    g_autofree char *title = signature_sheet_title(&signature, panes->side);

    canvas_put_cut(canvas, area.x, area.y, area.x + area.width, ROLE_HEADING, title);
    if (self->sheet && area.height > 1)
        sheet_draw(self->sheet, canvas, (Rect) { area.x, area.y + 1, area.width, area.height - 1 },
                   focus);
}

static const char *
none_text(const App *app)
{
    return g_strcmp0(app->doc->report->source->fidelity, "fragments") == 0
               ? _("No DKIM signature in this text; the rest may hold one.")
               : _("No DKIM signature: no domain signed this message.");
}

static void
signatures_draw(const View *view, Canvas *canvas, Rect area)
{
    const SignaturesView *self = (const SignaturesView *)view;

    if (signatures_of(self)->len == 0) {
        canvas_put_cut(canvas, area.x + 1, area.y + 1, area.x + area.width, ROLE_TEXT,
                       none_text(view->app));
        return;
    }
    Panes panes = panes_of(self, area.width, area.height);
    const Focus focus = focus_of(self, &panes);
    panes_move(&panes, area);
    panes_draw_rules(&panes, canvas, area);
    if (panes.list.height > 0)
        draw_list(self, canvas, panes.list, focus == FOCUS_LIST);
    if (panes.facts.height > 0 && self->facts)
        page_draw(self->facts, &self->place, canvas, panes.facts);
    if (panes.sheet.height > 0)
        draw_sheet(self, canvas, &panes, focus == FOCUS_SHEET);
}

/* ---- keys ---- */

static void
signatures_move(View *view, Move move)
{
    SignaturesView *self = (SignaturesView *)view;

    if (signatures_of(self)->len == 0)
        return;
    const Panes panes = panes_of(self, self->width, self->height);
    const Focus focus = focus_of(self, &panes);
    if (focus == FOCUS_FACTS && self->facts)
        page_move(self->facts, &self->place, MAX(panes.facts.height, 1), move);
    else if (focus == FOCUS_SHEET && self->sheet)
        sheet_move(self->sheet, move);
    else
        self->at = move_row(move, self->at, signatures_of(self)->len,
                            MAX(panes.list.height, 3) - 2);
}

static void
jump(App *app, Span span)
{
    g_autoptr(GPtrArray) evidence = g_ptr_array_new();
    Evidence *item = evidence_body(span);

    if (span_length(span) > 0)
        g_ptr_array_add(evidence, item);
    app_jump(app, evidence);
    record_free(&evidence_type, item);
}

/* In the bytes: the same in the source; elsewhere the signature's own field. */
static void
signatures_enter(View *view)
{
    SignaturesView *self = (SignaturesView *)view;

    if (signatures_of(self)->len == 0)
        return;
    const Panes panes = panes_of(self, self->width, self->height);
    if (focus_of(self, &panes) == FOCUS_SHEET && self->sheet) {
        const char *raw = g_bytes_get_data(app_bytes(view->app), NULL);
        jump(view->app, sheet_target(self->sheet, raw));
    } else {
        app_jump(view->app, result_at(self, self->at)->evidence);
    }
}

void
signatures_pane(App *app)
{
    SignaturesView *self = (SignaturesView *)app_view(app);
    const Panes panes = panes_of(self, self->width, self->height);

    self->focus = panes_next(&panes, self->side, self->focus);
    const Panes then = panes_of(self, self->width, self->height);
    self->view.in_detail = focus_of(self, &then) != FOCUS_LIST;
}

/* Facts, covered fields, header and body as hashed; beside the facts only the last three. */
void
signatures_side(App *app)
{
    SignaturesView *self = (SignaturesView *)app_view(app);
    const Panes panes = panes_of(self, self->width, self->height);

    if (signatures_of(self)->len == 0) {
        app_status(app, _("There is no signature here"));
        return;
    }
    self->side = (Side)((panes.side + 1) % SIDES);
    if (panes.beside && self->side == SIDE_FACTS)
        self->side = SIDE_COVERED;
    self->focus = self->side == SIDE_FACTS ? FOCUS_LIST : FOCUS_SHEET;
}

static char *
signatures_note(const View *view)
{
    const SignaturesView *self = (const SignaturesView *)view;

    if (signatures_of(self)->len == 0)
        return NULL;
    const Panes panes = panes_of(self, self->width, self->height);
    const Focus focus = focus_of(self, &panes);
    if (report_has_finding(view->app->doc->report, "dkim-too-many"))
        return g_strdup_printf(_("the message holds more than these %u; others are not checked"),
                               signatures_of(self)->len);
    if (focus != FOCUS_LIST)
        return g_strdup(_("Tab: the other pane; c: other bytes"));
    if (panes.facts.height > 0 && self->facts &&
        page_more(self->facts, &self->place, panes.facts.height))
        return g_strdup(_("more about this signature: Tab"));
    return panes.facts.height == 0 && panes.sheet.height == 0
               ? g_strdup(_("about this signature: Tab")) : NULL;
}

/* ---- for search, mouse, copying and reading aloud ---- */

static Page *
signatures_page(View *view, PagePlace **place, Rect *area)
{
    SignaturesView *self = (SignaturesView *)view;

    if (signatures_of(self)->len == 0 || !self->facts)
        return NULL;
    const Panes panes = panes_of(self, self->width, self->height);
    *place = &self->place;
    *area = panes.facts;
    return focus_of(self, &panes) == FOCUS_FACTS ? self->facts : NULL;
}

static gboolean
find_signature(SignaturesView *self, Find *find)
{
    const guint count = signatures_of(self)->len;

    for (guint i = 1; i <= count; i++) {
        const guint at = (find->backward ? self->at + count - i : self->at + i) % count;
        const DkimResult *result = result_at(self, at);
        if (!find_in(result->domain, find->needle) && !find_in(result->selector, find->needle))
            continue;
        find->wrapped = find->backward ? at >= self->at : at <= self->at;
        self->at = at;
        return TRUE;
    }
    return FALSE;
}

static gboolean
signatures_find(View *view, Find *find)
{
    SignaturesView *self = (SignaturesView *)view;
    const Panes panes = panes_of(self, self->width, self->height);

    if (signatures_of(self)->len > 0 && focus_of(self, &panes) == FOCUS_SHEET && self->sheet)
        return sheet_find(self->sheet, find);
    return find_signature(self, find);
}

/* The part that is clicked has the keys then; the first row of list and bytes is their heading. */
static gboolean
signatures_click(View *view, guint x, guint y)
{
    SignaturesView *self = (SignaturesView *)view;
    const Panes panes = panes_of(self, self->width, self->height);
    const Focus before = focus_of(self, &panes);

    if (canvas_within(panes.sheet, x, y) && self->sheet) {
        self->focus = FOCUS_SHEET;
        return y == panes.sheet.y || sheet_click(self->sheet, y - panes.sheet.y - 1) ||
               before != FOCUS_SHEET;
    }
    self->focus = canvas_within(panes.facts, x, y) ? FOCUS_FACTS : FOCUS_LIST;
    const guint at = self->top + y - panes.list.y - 1;
    if (!canvas_within(panes.list, x, y) || y == panes.list.y || at >= signatures_of(self)->len)
        return TRUE;
    const gboolean moved = at != self->at || before != FOCUS_LIST;
    self->at = at;
    return moved;
}

static char *
signatures_value(View *view)
{
    SignaturesView *self = (SignaturesView *)view;

    if (signatures_of(self)->len == 0)
        return NULL;
    const Panes panes = panes_of(self, self->width, self->height);
    if (focus_of(self, &panes) == FOCUS_SHEET && self->sheet)
        return sheet_value(self->sheet);
    return g_strdup(result_at(self, self->at)->domain);
}

/* Of very many signatures the first: who listens would wait. */
static const Page *
signatures_read(const View *view)
{
    enum { ALOUD_MAX = 20 };
    SignaturesView *self = (SignaturesView *)view;
    const guint count = signatures_of(self)->len;

    g_clear_pointer(&self->aloud, page_free);
    self->aloud = page_new(MAX(self->width, 1), view->app->mode);
    if (count == 0)
        page_text(self->aloud, 1, ROLE_TEXT, none_text(view->app));
    for (guint i = 0; i < MIN(count, ALOUD_MAX); i++) {
        const Signature signature = known_signature(&self->known, view->app, i, FALSE);
        signature_add_facts(self->aloud, view->app, &signature);
        page_row(self->aloud);
    }
    if (count > ALOUD_MAX) {
        g_autofree char *more = g_strdup_printf(_("%u more signatures"), count - ALOUD_MAX);
        page_text(self->aloud, 1, ROLE_DIM, more);
    }
    return self->aloud;
}

static gboolean
signatures_has(const App *app)
{
    return app->doc->report->dkim->len > 0;
}

static void
forget(SignaturesView *self)
{
    known_clear(&self->known);
    g_clear_pointer(&self->facts, page_free);
    g_clear_pointer(&self->aloud, page_free);
    g_clear_pointer(&self->sheet, sheet_free);
}

static void
signatures_renew(View *view)
{
    forget((SignaturesView *)view);
}

static void
signatures_close(View *view)
{
    forget((SignaturesView *)view);
}

const ViewClass view_signatures = {
    .name = "signatures",
    .label = N_("Signatures"),
    .key = "6",
    .context = IN_SIGNATURES,
    .size = sizeof(SignaturesView),
    .needs_message = TRUE,
    .shows_message = TRUE,
    .has = signatures_has,
    .of_rows = TRUE,
    .renew = signatures_renew,
    .fit = signatures_fit,
    .draw = signatures_draw,
    .move = signatures_move,
    .enter = signatures_enter,
    .note = signatures_note,
    .read = signatures_read,
    .close = signatures_close,
    .pane = signatures_page,
    .find = signatures_find,
    .click = signatures_click,
    .value = signatures_value,
};
