/* frame-title.c: the title bar: what is open, what came of it, what it rests on.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/frame-part.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/view/views.h"
#include "tui/view/what-if.h"

enum { NAME_AT = 12 };

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
void
frame_draw_title(const App *app, Canvas *canvas)
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
    canvas_put_cut(canvas, at, 0, right_at - 1, ROLE_TITLE, verdict);
    canvas_put(canvas, right_at, 0, width, ROLE_TITLE, right);
}

char *
frame_title(const App *app)
{
    g_autofree char *path = title_path(app);
    g_autofree char *verdict = verdict_text(app, TRUE);
    g_autofree char *right = right_text(app);
    g_autofree char *dns = frame_dns_note(app);
    g_autoptr(GString) out = g_string_new(path);
    const char *const parts[] = { verdict, right, dns };

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] && *parts[i])
            g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", parts[i]);
    return g_strdup(out->str);
}
