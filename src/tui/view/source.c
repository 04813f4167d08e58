/* source.c: the message as it is, byte for byte, with what signatures cover.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/terminal/lines.h"
#include "tui/ui.h"
#include "tui/view/views.h"

/* Bytes that a signature covers, or the signature's own field. */
typedef struct {
    Span  span;
    guint signature;    /* from 0 */
    char  letter;
} Mark;

typedef struct {
    View      view;
    gboolean  original;     /* the text before repairs is shown */
    GBytes   *bytes;
    Lines    *lines;
    LinePlace top;
    guint     width, height;
    guint     digits;
    guint     signatures;   /* columns of marks */
    GArray   *marks;        /* Mark, by start */
    GArray   *jump;         /* Span */
    gsize     header_end;
} SourceView;

/* A message with more signatures than letters here is an attack; the others stay unmarked. */
enum { SIGNATURES_MAX = 8, JUMP_MAX = 64 };

static void
add_marks(SourceView *self, const GArray *spans, guint signature, char letter)
{
    for (guint i = 0; i < spans->len; i++) {
        const Mark mark = { g_array_index(spans, Span, i), signature, letter };
        g_array_append_val(self->marks, mark);
    }
}

/* The signature's own field. */
static void
add_own_marks(SourceView *self, const GPtrArray *evidence, guint signature, char letter)
{
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *item = g_ptr_array_index(evidence, i);
        if (item->kind == EVIDENCE_HEADER)
            add_marks(self, item->spans, signature, letter);
    }
}

static int
by_start(gconstpointer a, gconstpointer b)
{
    const Mark *left = a, *right = b;

    if (left->span.start != right->span.start)
        return left->span.start < right->span.start ? -1 : 1;
    return left->signature < right->signature ? -1 : left->signature > right->signature;
}

/* One mark for a field and a signature, however often its h= names it. */
static void
remove_doubles(GArray *marks)
{
    guint kept = 0;

    for (guint i = 0; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        if (kept > 0) {
            const Mark *last = &g_array_index(marks, Mark, kept - 1);
            if (last->span.start == mark->span.start && last->signature == mark->signature)
                continue;
        }
        g_array_index(marks, Mark, kept++) = *mark;
    }
    g_array_set_size(marks, kept);
}

static guint
digits_of(gsize number)
{
    guint digits = 1;

    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

static void
mark_signatures(SourceView *self, const GPtrArray *dkim)
{
    self->signatures = MIN(dkim->len, SIGNATURES_MAX);
    for (guint i = 0; i < self->signatures; i++) {
        const DkimResult *result = g_ptr_array_index(dkim, i);
        add_marks(self, result->covered, i, (char)('a' + i));
        add_own_marks(self, result->evidence, i, (char)('A' + i));
    }
    g_array_sort(self->marks, by_start);
    remove_doubles(self->marks);
}

/* Spans of the report are those of the message: in the text that it was made of they would point
 * anywhere. */
static void
source_open(View *view)
{
    SourceView *self = (SourceView *)view;
    const Document *doc = view->app->doc;

    self->original = self->original && doc->original;
    self->bytes = self->original ? app_original(view->app) : g_bytes_ref(app_bytes(view->app));
    self->lines = lines_new(self->bytes, view->app->mode);
    self->digits = MAX(digits_of(lines_count(self->lines)), 4);
    self->header_end = self->original ? 0 : message_body(doc->message).start;
    self->jump = g_array_new(FALSE, FALSE, sizeof(Span));
    self->marks = g_array_new(FALSE, FALSE, sizeof(Mark));
    self->signatures = 0;
    if (!self->original)
        mark_signatures(self, doc->report->dkim);
}

/* Line number, blank, a column for each signature, blank. */
static guint
margin_of(const SourceView *self)
{
    return self->digits + 1 + self->signatures + (self->signatures > 0 ? 1 : 0);
}

/* Not beyond the last screenful. */
static void
limit_top(SourceView *self)
{
    LinePlace last = lines_last(self->lines);

    for (guint i = 1; i < self->height; i++)
        if (!lines_previous(self->lines, &last))
            break;
    if (self->top.piece > last.piece ||
        (self->top.piece == last.piece && self->top.row > last.row))
        self->top = last;
}

static void
source_fit(View *view, guint width, guint height)
{
    SourceView *self = (SourceView *)view;
    const guint margin = margin_of(self);

    self->width = width;
    self->height = height;
    lines_fit(self->lines, width > margin ? width - margin : 1);
    self->top = lines_clamp(self->lines, self->top);
    limit_top(self);
}

/* Marks of a row: those whose field it lies in. At most one for a signature begins at a place, so
 * the search back ends soon. */
static void
draw_marks(const SourceView *self, Canvas *canvas, guint y, Span row)
{
    guint low = 0;
    guint high = self->marks->len;

    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(self->marks, Mark, middle).span.start < MAX(row.end, row.start + 1))
            low = middle + 1;
        else
            high = middle;
    }
    for (guint i = low, seen = 0; i-- > 0 && seen < 2 * SIGNATURES_MAX; seen++) {
        const Mark *mark = &g_array_index(self->marks, Mark, i);
        const char letter[2] = { mark->letter, '\0' };
        if (mark->span.end > row.start)
            canvas_put(canvas, self->digits + 1 + mark->signature, y, margin_of(self),
                       ROLE_SOURCE_SIGNED, letter);
    }
}

static gboolean
is_jumped_to(const SourceView *self, gsize offset)
{
    for (guint i = 0; i < self->jump->len; i++) {
        const Span *span = &g_array_index(self->jump, Span, i);
        if (offset >= span->start && offset < span->end)
            return TRUE;
    }
    return FALSE;
}

/* Of a field's first row: up to and including the colon. */
static gsize
name_end(const SourceView *self, const LineRow *row, const char *text)
{
    if (row->number == 0 || row->span.start >= self->header_end ||
        row->span.start == row->span.end || g_ascii_isspace(text[row->span.start]))
        return row->span.start;
    const char *colon = memchr(text + row->span.start, ':', span_length(row->span));
    return colon ? (gsize)(colon - text) + 1 : row->span.start;
}

/* Results that somebody reported are seen when they were guessed; of the text before repairs nobody knows where
 * they stand. */
gboolean
source_masks(const App *app, Span bytes)
{
    const SourceView *self = (const SourceView *)app->doc->views[VIEW_SOURCE];

    return predict_masks(app, bytes) || (self->original && predict_hides(app));
}

static void
draw_row(const SourceView *self, Canvas *canvas, const LineRow *row, guint y)
{
    const char *text = g_bytes_get_data(self->bytes, NULL);
    const char *cursor = text + row->span.start;
    const char *end = text + row->span.end;
    const gsize name = name_end(self, row, text);
    const guint margin = margin_of(self);
    Glyph glyph;

    if (row->number > 0) {
        g_autofree char *number = g_strdup_printf("%*" G_GSIZE_FORMAT, (int)self->digits,
                                                  row->number);
        canvas_put(canvas, 0, y, self->digits, ROLE_SOURCE_NUMBER, number);
    }
    draw_marks(self, canvas, y, row->span);
    if (source_masks(self->view.app, (Span) { row->span.start, MAX(row->span.end, row->span.start + 1) })) {
        canvas_put_cut(canvas, margin, y, canvas->width, ROLE_DIM,
                       _("(somebody's results: seen after the last question)"));
        return;
    }
    guint x = margin;
    for (const char *at = cursor;
         lines_glyph(self->lines, &cursor, end, x - margin, &glyph); at = cursor) {
        const gsize offset = (gsize)(at - text);
        const Role role = is_jumped_to(self, offset) ? ROLE_SOURCE_JUMP
                          : offset < name ? ROLE_SOURCE_HEADER : ROLE_TEXT;
        if (glyph.mark && glyph.blank) {        /* a tab is no mark, only blanks */
            canvas_fill(canvas, x, y, x + glyph.width, role, ' ');
            x += glyph.width;
        } else {
            x = canvas_put_glyph(canvas, x, y, canvas->width, role, &glyph);
        }
    }
}

static void
source_draw(const View *view, Canvas *canvas, Rect area)
{
    const SourceView *self = (const SourceView *)view;
    LinePlace place = self->top;

    for (guint y = 0; y < area.height; y++) {
        const LineRow row = lines_row(self->lines, place);
        draw_row(self, canvas, &row, area.y + y);
        if (!lines_next(self->lines, &place))
            break;
    }
}

static void
scroll(SourceView *self, guint rows, gboolean (*go)(const Lines *, LinePlace *))
{
    for (guint i = 0; i < rows; i++)
        if (!go(self->lines, &self->top))
            break;
    limit_top(self);
}

static void
source_move(View *view, Move move)
{
    SourceView *self = (SourceView *)view;
    const guint page = MAX(self->height, 2) - 1;

    switch (move) {
    case MOVE_UP:
        scroll(self, 1, lines_previous);
        break;
    case MOVE_DOWN:
        scroll(self, 1, lines_next);
        break;
    case MOVE_PAGE_UP:
        scroll(self, page, lines_previous);
        break;
    case MOVE_PAGE_DOWN:
        scroll(self, page, lines_next);
        break;
    case MOVE_FIRST:
        self->top = (LinePlace) { 0, 0 };
        break;
    case MOVE_LAST:
        self->top = lines_last(self->lines);
        limit_top(self);
        break;
    }
}

/* "a = example.com (pass)": what the letters in the margin mean; of a repaired text, which one is
 * seen. */
static char *
source_note(const View *view)
{
    const SourceView *self = (const SourceView *)view;
    const Document *doc = view->app->doc;
    GString *note = g_string_new(self->signatures > 0 ? _("signed by") : _("no DKIM signature"));

    if (self->original)
        return g_string_free(g_string_assign(note, _("the text as it came; o: as repaired")),
                             FALSE);
    for (guint i = 0; i < self->signatures; i++) {
        const DkimResult *result = g_ptr_array_index(doc->report->dkim, i);
        g_string_append_printf(note, "%s %c %s (%s)", i > 0 ? "," : "", (char)('a' + i),
                               result->domain ? result->domain : "?",
                               app_hides(view->app) ? "?" : words_result((Result)result->result));
    }
    if (doc->original)
        g_string_prepend(note, _("as repaired; o: the text as it came; "));
    return g_string_free(note, FALSE);
}

static void
source_close(View *view)
{
    SourceView *self = (SourceView *)view;

    lines_free(self->lines);
    g_bytes_unref(self->bytes);
    g_array_unref(self->jump);
    g_array_unref(self->marks);
}

static void
source_renew(View *view)
{
    source_close(view);
    source_open(view);
}

/* Its marks are copies. */
static void
source_grow(View *view)
{
    (void)view;
}

void
source_original(App *app)
{
    SourceView *self = (SourceView *)app_view(app);

    if (predict_hides(app) && predict_blocks(app))
        return;
    if (!app->doc->original) {
        app_status(app, _("Nothing was repaired: this is the text as it came"));
        return;
    }
    self->original = !self->original;
    self->top = (LinePlace) { 0, 0 };
    source_renew(&self->view);
}

GBytes *
source_text(App *app)
{
    return ((const SourceView *)app_view(app))->bytes;
}

const GArray *
source_jumped(App *app)
{
    return ((const SourceView *)app_view(app))->jump;
}

/* The bytes come to stand a few rows below the top, so that their surroundings are seen. */
void
source_jump(App *app, const GArray *spans)
{
    enum { ABOVE = 3 };
    SourceView *self = (SourceView *)app->doc->views[VIEW_SOURCE];

    if (self->original) {
        self->original = FALSE;
        source_renew(&self->view);
    }
    g_array_set_size(self->jump, 0);
    g_array_append_vals(self->jump, spans->data, MIN(spans->len, JUMP_MAX));
    self->top = lines_find(self->lines, g_array_index(spans, Span, 0).start);
    scroll(self, ABOVE, lines_previous);
}

/* A search goes on behind (before) what it found last, where that is still seen. */
static gsize
search_from(const SourceView *self, gboolean backward)
{
    LinePlace bottom = self->top;
    const gsize start = lines_row(self->lines, self->top).span.start;

    for (guint i = 1; i < self->height; i++)
        if (!lines_next(self->lines, &bottom))
            break;
    if (self->jump->len == 1) {
        const Span *last = &g_array_index(self->jump, Span, 0);
        if (last->start >= start && last->start <= lines_row(self->lines, bottom).span.end)
            return last->start + (backward ? 0 : 1);
    }
    return start;
}

static gboolean
source_find(View *view, Find *find)
{
    SourceView *self = (SourceView *)view;
    gsize length = 0, at = 0;
    const char *bytes = g_bytes_get_data(self->bytes, &length);

    if (!find_bytes(bytes, length, search_from(self, find->backward), find, &at))
        return FALSE;
    const Span found = { at, at + strlen(find->needle) };
    g_array_set_size(self->jump, 0);
    g_array_append_val(self->jump, found);
    self->top = lines_find(self->lines, at);
    scroll(self, self->height / 3, lines_previous);
    return TRUE;
}

/* There is no cursor to move, and nothing to open. */
static gboolean
source_click(View *view, guint x, guint y)
{
    (void)view;
    (void)x;
    (void)y;
    return TRUE;
}

/* What was jumped to, or the first line that is seen. */
static char *
source_value(View *view)
{
    const SourceView *self = (const SourceView *)view;
    const char *bytes = g_bytes_get_data(self->bytes, NULL);
    const Span span = self->jump->len > 0 ? g_array_index(self->jump, Span, 0)
                                          : lines_row(self->lines, self->top).span;

    return g_strndup(bytes + span.start, span_length(span));
}

const ViewClass view_source = {
    .name = "source",
    .label = N_("Source"),
    .key = "0",
    .context = IN_SOURCE,
    .size = sizeof(SourceView),
    .needs_message = TRUE,
    .shows_message = TRUE,
    .open = source_open,
    .renew = source_renew,
    .grow = source_grow,
    .fit = source_fit,
    .draw = source_draw,
    .move = source_move,
    .note = source_note,
    .close = source_close,
    .find = source_find,
    .click = source_click,
    .value = source_value,
};
