/* frame.c: what stands around every view: title bar, row of views, rules, footer.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/ui.h"

enum { WIDTH_MIN = 40, HEIGHT_MIN = 12, ROWS_ABOVE = 3, ROWS_BELOW = 2, NAME_AT = 12 };

static const ViewClass *const row_of_views[] = {&view_overview, &view_tree,   &view_results,
                                                &view_arc,      &view_route,  &view_signatures,
                                                &view_chart,    &view_advice, &view_receivers, &view_dns,
                                                &view_source,   &view_inside, &view_repairs,
                                                &view_list,     &view_survey, &view_help,
                                                &view_what_if,  &view_glossary,
                                                &view_lessons,  &view_score};

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

static const char *
fidelity_words(const char *id)
{
    static const char *const words[][2] = {
        { "raw", N_("raw bytes") },           { "reencoded", N_("re-encoded") },
        { "headers", N_("headers only") },    { "reflowed", N_("re-flowed headers") },
        { N_("fragments"), N_("fragments") },
    };

    for (guint i = 0; id && i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(id, words[i][0]))
            return translate(words[i][1]);
    return id ? id : "";
}

/* INTERFACE.md, "Snapshot file": a file that came with the message says so. */
static const char *
dns_words(const char *source)
{
    if (!source)
        return NULL;
    if (strstr(source, "beside"))
        return _("DNS from a file beside the message");
    if (g_str_has_prefix(source, "snapshot"))
        return _("DNS from a snapshot file");
    if (g_str_has_prefix(source, "offline"))
        return _("DNS not asked (offline)");
    return g_str_has_prefix(source, "live") ? _("DNS asked live") : source;
}

/* A file may be named after who wrote it; the report's own name for it is masked. */
static const char *
title_of(const App *app, const Document *doc)
{
    const SourceInfo *source = doc->report->source;
    const gboolean file = doc->summary && g_strcmp0(source->kind, "part") != 0 &&
                          g_strcmp0(source->kind, "mbox") != 0 && source->path;

    return app->input->redact && file ? source->path : doc->title;
}

/* "bounce.eml > message 1 inside" */
static char *
title_path(const App *app)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < app->stack->len; i++) {
        const Document *doc = g_ptr_array_index(app->stack, i);
        g_string_append_printf(out, "%s%s", out->len > 0 ? " > " : "", title_of(app, doc));
    }
    return g_strdup(out->str);
}

static guint
path_columns(const App *app)
{
    g_autofree char *path = title_path(app);

    return glyph_columns(path, app->mode);
}

/* Where it is too long its end counts: ".. > message 1 inside". */
static char *
title_text(const App *app, guint room)
{
    g_autofree char *path = title_path(app);
    const char *end = path;

    if (glyph_columns(path, app->mode) <= room)
        return g_steal_pointer(&path);
    for (const char *next; (next = strstr(end, " > "));) {
        end = next + 3;
        if (glyph_columns(end, app->mode) + 5 <= room)
            break;
    }
    return end == path ? g_steal_pointer(&path) : g_strconcat(".. > ", end, NULL);
}

/* What it rests on, and in a bounce whose it is: the notice passes, and its news is that something else did
 * not arrive. (transfer full) */
static char *
verdict_more(const App *app, gboolean wide)
{
    const Summary *summary = app->doc->summary;
    const gboolean basis = wide && summary->basis && !g_str_equal(summary->basis, "unknown");
    g_autofree char *choices = app_choices_text(app);
    const char *const parts[] = { summary->bounce ? _("of the notice") : NULL,
                                  basis ? words_provenance(summary->basis) : NULL, choices };
    g_autoptr(GString) out = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i])
            g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", parts[i]);
    return g_strdup(out->str);
}

/* The verdict and, where there is room and it is not the verdict again, what it rests on. */
static char *
verdict_text(const App *app, gboolean wide)
{
    const Summary *summary = app->doc->summary;

    if (!summary)
        return g_strdup("");
    if (app_hides(app))
        return g_strdup("DMARC: ?");
    const char *mark = mark_tone(summary->tone, app->glyphs);
    g_autofree char *more = verdict_more(app, wide);
    g_autofree char *edited = what_if_title(app->doc);
    if (edited)     /* nobody shall take it for the real one; that it is assumed goes without saying */
        return g_strdup_printf("%s  DMARC: %s %s", edited, mark, summary->verdict);
    return *more ? g_strdup_printf("DMARC: %s %s  (%s)", mark, summary->verdict, more)
                 : g_strdup_printf("DMARC: %s %s", mark, summary->verdict);
}

/* What stands at the right end: the walk and the fidelity; of a list, its length. */
static char *
right_text(const App *app)
{
    const Document *doc = app->doc;
    g_autofree char *step = doc->current == VIEW_TREE ? tree_progress(app) : NULL;

    g_autofree char *told = predict_progress(app);
    if (doc->list)
        return mail_list_progress(doc->list);
    return g_strconcat(told ? told : step ? step : "", told || step ? " " : "", app->input->redact ? _("redacted") : "",
                       app->input->redact ? " " : "",
                       doc->summary ? fidelity_words(doc->report->source->fidelity) : "", NULL);
}

/* Fidelity and the walk at the right, the verdict where it fits, the name in what is left. */
static void
draw_title(const App *app, Canvas *canvas)
{
    const guint width = canvas->width;
    const gboolean wide = width >= 70;
    g_autofree char *verdict = verdict_text(app, wide);
    g_autofree char *right = right_text(app);
    const guint right_at = width - MIN(glyph_columns(right, app->mode), width / 2);
    const guint columns = glyph_columns(verdict, app->mode);
    const guint latest = columns == 0             ? right_at
                         : right_at > columns + 4 ? right_at - columns - 2
                                                  : 1;
    const guint at = MIN(latest, MAX(width * 7 / 16, (wide ? NAME_AT : 1) + path_columns(app) + 2));

    canvas_fill(canvas, 0, 0, width, ROLE_TITLE, ' ');
    const guint x = wide ? canvas_put(canvas, 0, 0, at, ROLE_TITLE, " fromscope ") : 0;
    g_autofree char *name = title_text(app, at > x + 2 ? at - x - 2 : 0);
    canvas_put_cut(canvas, x + 1, 0, at - 1, ROLE_TITLE, name);
    canvas_put(canvas, at, 0, right_at - 1, ROLE_TITLE, verdict);
    canvas_put(canvas, right_at, 0, width, ROLE_TITLE, right);
}

/* A view that has nothing for this message leaves the row, but not while it is seen. */
static gboolean
in_row(const App *app, const ViewClass *class)
{
    const Document *doc = app->doc;

    if (doc->views[doc->current]->class == class)
        return TRUE;
    if (class->needs_message && !doc->summary && !(class->of_list && doc->list))
        return FALSE;
    if (doc->list ? class == &view_overview : class == &view_list)
        return FALSE;
    return !class->has || class->has(app);
}

/* The key that opens it: the table's, or a person's own. (transfer full) */
static char *
view_key(const App *app, const ViewClass *class)
{
    if (app->bindings == bindings)
        return g_strdup(class->key);
    const Binding *usual = keys_find(g_utf8_get_char(class->key), class->context);
    char *own = usual ? keys_first(app->bindings + (usual - bindings)) : NULL;

    return own ? own : g_strdup(class->key);
}

/* "[2 Tree]", " 2 Tree ", " 2 ". (transfer full) */
static char *
view_text(const App *app, const ViewClass *class, gboolean label)
{
    const gboolean current = app->doc->views[app->doc->current]->class == class;
    g_autofree char *key = view_key(app, class);

    return g_strdup_printf("%s%s%s%s%s", current ? "[" : " ", key, label || current ? " " : "",
                           label || current ? translate(class->label) : "", current ? "]" : " ");
}

static guint
view_columns(const App *app, const ViewClass *class, gboolean label)
{
    g_autofree char *text = view_text(app, class, label);

    return glyph_columns(text, app->mode);
}

static guint
draw_view(const App *app, Canvas *canvas, guint x, const ViewClass *class, gboolean label)
{
    const gboolean current = app->doc->views[app->doc->current]->class == class;
    g_autofree char *text = view_text(app, class, label);
    g_autofree char *key = view_key(app, class);
    const guint end = x + glyph_columns(text, app->mode);

    canvas_put(canvas, x, 1, canvas->width, current ? ROLE_VIEWROW_CURRENT : ROLE_VIEWROW, text);
    canvas_button(canvas, x, 1, end, keys_parse(key, strlen(key)));
    return end;
}

/* Without room for all, these are the first behind ": more"; but never the one that is shown. */
static const ViewClass *const leave_first[] = { &view_what_if, &view_receivers, &view_help,       &view_source, &view_dns,
                                                &view_chart,      &view_arc,    &view_route,
                                                &view_signatures, &view_results };

static gboolean
is_left(const App *app, const ViewClass *class, guint count)
{
    for (guint i = 0; i < count; i++)
        if (leave_first[i] == class)
            return class != app->doc->views[app->doc->current]->class;
    return FALSE;
}

/* The bracket of the shown view takes the place of the blank that others end in. */
static guint
gap_before_more(const App *app, guint left)
{
    const ViewClass *last = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        if (in_row(app, row_of_views[i]) && !is_left(app, row_of_views[i], left))
            last = row_of_views[i];
    return last == app->doc->views[app->doc->current]->class ? 1 : 0;
}

/* What each view takes of the row; nothing for one that is not in it. */
typedef guint RowColumns[G_N_ELEMENTS(row_of_views)];

static void
measure_row(const App *app, gboolean labels, RowColumns columns)
{
    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        columns[i] = in_row(app, row_of_views[i]) ? view_columns(app, row_of_views[i], labels) : 0;
}

static guint
row_columns(const App *app, const RowColumns columns, guint left)
{
    guint total = left > 0 ? glyph_columns(_(": more"), FALSE) + gap_before_more(app, left) : 0;

    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        total += columns[i] > 0 && !is_left(app, row_of_views[i], left) ? columns[i] : 0;
    return total;
}

/* Where it is narrow the keys must do. */
static void
draw_row_of_views(const App *app, Canvas *canvas)
{
    enum { LABELS_MIN = 70 };
    const guint width = canvas->width;
    RowColumns columns;
    guint left = 0, x = 0;

    measure_row(app, TRUE, columns);
    const gboolean labels = width >= LABELS_MIN || row_columns(app, columns, 0) <= width;
    if (!labels)
        measure_row(app, FALSE, columns);
    while (row_columns(app, columns, left) > width && left < G_N_ELEMENTS(leave_first))
        left++;
    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        if (columns[i] > 0 && !is_left(app, row_of_views[i], left))
            x = draw_view(app, canvas, x, row_of_views[i], labels);
    if (left > 0) {
        x += gap_before_more(app, left);
        canvas_put(canvas, x, 1, width, ROLE_VIEWROW, _(": more"));
        canvas_button(canvas, x, 1, width, ':');
    }
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

/* "h/l fold": neighbours in the table with the same hint share it. */
static char *
hint_keys(const Binding **binding, Context context)
{
    GString *keys = g_string_new(NULL);
    const Binding *first = *binding;

    for (const Binding *at = first; at->keys; at++) {
        if (!(at->contexts & context))
            continue;
        if (g_strcmp0(at->hint, first->hint) != 0)
            break;
        g_autofree char *key = keys_first(at);
        g_string_append_printf(keys, "%s%s", keys->len > 0 ? "/" : "", key);
        *binding = at;
    }
    return g_string_free(keys, FALSE);
}

static gboolean
is_hinted(const App *app, const Binding *binding, Context context)
{
    static const char *const always[] = { "help", "quit", "insert", NULL };

    if (!(binding->contexts & context) || !binding->hint)
        return FALSE;
    return app->modal != MODAL_NONE || app->doc->summary || app->doc->list ||
           g_strv_contains(always, binding->command);
}

/* "? help" always has its place, and so has "q quit" where a line is not too short; every other hint is
 * there when it fits. */
static guint
last_columns(guint width)
{
    enum { QUIT_MIN = 70 };
    const guint help = 4 + glyph_columns(_("help"), FALSE);

    return width < QUIT_MIN ? help : help + 4 + glyph_columns(_("quit"), FALSE);
}

/* Each key of "h/l" is a button, and the words behind them belong to the last. */
static void
add_buttons(Canvas *canvas, guint x, guint y, guint end, const char *keys)
{
    g_auto(GStrv) names = g_strsplit(keys, "/", -1);
    guint count = g_strv_length(names);

    if (g_str_has_prefix(keys, "/")) {          /* the key of searching */
        canvas_button(canvas, x, y, end, '/');
        return;
    }
    for (guint i = 0; i < count; i++) {
        canvas_button(canvas, x, y, end, keys_parse(names[i], strlen(names[i])));
        x += glyph_columns(names[i], FALSE) + 1;
    }
}

/* The hint that the footer of this view begins with, or NULL. */
static const FooterHint *
first_hint(const App *app, const Binding *binding, Context context)
{
    for (const FooterHint *at = footer_hints; at->command && app->modal == MODAL_NONE; at++)
        if ((at->contexts & context) && g_str_equal(at->command, binding->command))
            return at;
    return NULL;
}

/* Whoever came here has a message: pasting another comes late. Help and quit are where one looks for them. */
typedef enum { HINT_OWN, HINT_PASTE, HINT_LAST, HINT_RANKS } HintRank;

static HintRank
rank_of(const Binding *binding)
{
    if (g_str_equal(binding->command, "help") || g_str_equal(binding->command, "quit"))
        return HINT_LAST;
    return g_str_equal(binding->command, "insert") ? HINT_PASTE : HINT_OWN;
}

typedef struct {
    const App *app;
    Canvas    *canvas;
    guint      x;
} Footer;

/* Where it fits, and leaves room for what must not be missed. */
static void
put_hint(Footer *footer, const char *keys, const char *hint, gboolean last)
{
    const guint y = footer->canvas->height - 1, width = footer->canvas->width;
    const guint columns = (guint)strlen(keys) + glyph_columns(hint, FALSE) + 1;
    const gboolean free = last || footer->app->modal != MODAL_NONE;

    if (footer->x + columns + (free ? 0 : last_columns(width)) > width)
        return;
    guint x = canvas_put(footer->canvas, footer->x, y, width, ROLE_FOOTER_KEY, keys);
    x = canvas_put(footer->canvas, x + 1, y, width, ROLE_FOOTER, hint);
    add_buttons(footer->canvas, footer->x, y, x, keys);
    footer->x = x + 2;
}

static const Binding *
binding_of(const App *app, const char *command, Context context)
{
    for (const Binding *binding = app->bindings; binding->keys; binding++)
        if ((binding->contexts & context) && g_str_equal(binding->command, command))
            return binding;
    return NULL;
}

static void
put_first_hints(Footer *footer, Context context)
{
    const App *app = footer->app;

    if (app->modal != MODAL_NONE || !app->doc->summary)
        return;
    for (const FooterHint *at = footer_hints; at->command; at++) {
        const Binding *binding =
            at->contexts & context ? binding_of(app, at->command, context) : NULL;
        if (!binding)
            continue;
        g_autofree char *key = keys_first(binding);
        put_hint(footer, key, translate(at->hint ? at->hint : binding->hint), FALSE);
    }
}

static void
draw_footer(const App *app, Canvas *canvas, guint x)
{
    const Context context = app_context(app);
    Footer footer = { app, canvas, x };

    put_first_hints(&footer, context);
    for (HintRank rank = HINT_OWN; rank < HINT_RANKS; rank++) {
        for (const Binding *binding = app->bindings; binding->keys; binding++) {
            if (!is_hinted(app, binding, context) || rank_of(binding) != rank ||
                (app->doc->summary && first_hint(app, binding, context)))
                continue;
            const char *hint = translate(binding->hint);
            g_autofree char *keys = hint_keys(&binding, context);
            put_hint(&footer, keys, hint, rank == HINT_LAST);
        }
    }
}

/* Of a view its key and its name: "1 Overview, 2 Tree". */
char *
frame_views(const App *app)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        if (in_row(app, row_of_views[i]))
            g_string_append_printf(out, "%s%s %s", out->len > 0 ? ", " : "", row_of_views[i]->key,
                                   translate(row_of_views[i]->label));
    return g_strdup(out->str);
}

/* The last line: what there is to say, what is asked, or the keys. */
static void
draw_bottom(const App *app, Canvas *canvas)
{
    const guint y = canvas->height - 1;
    const char *status = app->status ? app->status
                         : app->doc->summary || app->modal != MODAL_NONE ? NULL : app->doc->fault;

    if (status) {
        canvas_put_cut(canvas, 1, y, canvas->width, ROLE_STATUS, status);
    } else if (app->modal == MODAL_PROMPT) {
        const guint x = canvas_put(canvas, 0, y, canvas->width, ROLE_STATUS, "/");
        const guint end = canvas_put(canvas, x, y, canvas->width - 1, ROLE_TEXT, app->prompt->str);
        canvas_put(canvas, end, y, canvas->width, ROLE_CURSOR, " ");
        if (end + 30 < canvas->width)
            draw_footer(app, canvas, MAX(end + 3, canvas->width / 2));
    } else if (app->modal == MODAL_PALETTE) {
        const guint x = palette_draw_line(app, canvas, y);
        if (x + 30 < canvas->width)
            draw_footer(app, canvas, MAX(x + 3, canvas->width / 2));
    } else if (app->modal == MODAL_EDIT) {
        const guint x = edit_draw_line(app, canvas, y);
        if (x + 30 < canvas->width)
            draw_footer(app, canvas, MAX(x + 3, canvas->width / 2));
    } else if (app->modal == MODAL_QUESTION) {
        g_autofree char *text =
            g_strdup_printf(_("Leave, and lose these %u lines?"), paste_lines(app->paste));
        draw_footer(app, canvas, canvas_put(canvas, 1, y, canvas->width, ROLE_STATUS, text) + 2);
    } else {
        draw_footer(app, canvas, 1);
    }
}

/* Live is what a row gets that has no file beside it: what the rows so far had is known from their reports. */
static const char *
live_of_rows(const Document *doc)
{
    const guint seen = mail_list_dns(doc->list);

    if (seen == 0)
        return _("DNS asked live for each row seen without a file beside it; d: not");
    if (seen == LIST_DNS_BESIDE)
        return _("DNS from files beside the messages");
    if (seen & LIST_DNS_BESIDE)
        return _("DNS from files beside messages, else asked live; d: not");
    return doc->current == VIEW_CHART || doc->current == VIEW_SURVEY
               ? _("DNS asked live for each message; d: not")
                                      : _("DNS asked live for each row seen; d: not");
}

/* Of a list: where the verdicts of its rows come from. */
static const char *
dns_of_rows(const App *app)
{
    guint modes = 0;

    switch (app_dns_mode(app, app->doc, &modes)) {
    case DNS_MODE_LIVE:
        return live_of_rows(app->doc);
    case DNS_MODE_SNAPSHOT:
        return dns_words(modes & DNS_MODE_BESIDE ? "snapshot-beside" : "snapshot");
    case DNS_MODE_OFFLINE:
    case DNS_MODES:
        break;
    }
    return dns_words("offline");
}

/* What stands in the upper rule. */
static char *
dns_note(const App *app)
{
    if (app->doc->list)
        return g_strdup(dns_of_rows(app));
    return g_strdup(app->doc->summary ? dns_words(app->doc->report->source->dns_source) : NULL);
}

char *
frame_title(const App *app)
{
    g_autofree char *path = title_path(app);
    g_autofree char *verdict = verdict_text(app, TRUE);
    g_autofree char *right = right_text(app);
    g_autofree char *dns = dns_note(app);
    g_autoptr(GString) out = g_string_new(path);
    const char *const parts[] = { verdict, right, dns };

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] && *parts[i])
            g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", parts[i]);
    return g_strdup(out->str);
}

void
frame_draw(const App *app, Canvas *canvas)
{
    if (!frame_fits(canvas->width, canvas->height)) {
        if (canvas->height > 0)
            canvas_put(canvas, 0, 0, canvas->width, ROLE_STATUS,
                       _("Window too small: 40x12 is needed"));
        return;
    }
    const View *view = app->doc->views[app->doc->current];
    g_autofree char *note = app->paste           ? paste_count(app->paste)
                            : app_in_lesson(app) ? lesson_note(app)
                            : view->class->note ? view->class->note(view) : NULL;
    g_autofree char *dns = app->paste ? NULL : dns_note(app);

    draw_title(app, canvas);
    if (app->paste)
        canvas_put(canvas, 0, 1, canvas->width, ROLE_VIEWROW_CURRENT, _("[i Paste]"));
    else
        draw_row_of_views(app, canvas);
    draw_rule(canvas, 2, dns);
    draw_rule(canvas, canvas->height - 2, note);
    draw_bottom(app, canvas);
}
