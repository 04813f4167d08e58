/* what-if-run.c: edits made, taken back and judged.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/view/what-if-part.h"
#include "tui/view/what-if.h"
#include "whatif/outcome.h"

/* ---- the run ---- */

static void
tell(Document *document, char *text)
{
    g_free(document->told);
    document->told = text;
}

/* A goal accepts only what somebody could really do. */
static gboolean
goal_refuses(const Document *document, const Edits *edits, char **reason)
{
    const Report *base = document->base ? document->base : document->report;

    for (guint i = 0; document->goal && i < edits_length(edits); i++)
        if (!goal_allows(document->goal, base, edits_get(edits, i), reason))
            return TRUE;
    return FALSE;
}

static gboolean
refuse(App *app, Edits *edits, char *reason)
{
    edits_free(edits);
    if (app->plain || app->doc->current != VIEW_WHAT_IF)    /* there it stands in full */
        app_status(app, "%s", reason);
    tell(app->doc, reason);
    return FALSE;
}

/* The edits as they are now become those of the document; the old ones come back where one does not
 * fit the message. */
static gboolean
run(App *app, Edits *edits)
{
    Document *document = app->doc;
    Edits *old = document->edits;

    document->edits = edits;
    if (!app_analyse_edits(app)) {      /* it is the end: the terminal is gone, or somebody leaves */
        edits_free(old);
        return FALSE;
    }
    const Finding *refusal = edits_refusal(document->report);
    if (!refusal) {
        edits_free(old);
        return TRUE;
    }
    char *text = words_finding(refusal);
    document->edits = old;
    app_analyse_edits(app);
    return refuse(app, edits, text);
}

gboolean
what_if_set(App *app, Edits *edits)
{
    Document *document = app->doc;
    char *reason = NULL;

    tell(document, NULL);
    if (goal_refuses(document, edits, &reason))
        return refuse(app, edits, reason);
    g_autoptr(Edits) before = edits_copy(document->edits);
    if (!run(app, edits))
        return FALSE;
    undo_note_edits(app, before);
    if (edits_length(edits) == 0)
        app_status(app, _("The message as it is"));
    return TRUE;
}

/* ---- edits ---- */

void
what_if_remove(App *app, guint index)
{
    Edits *edits = edits_copy(app->doc->edits);

    edits_remove(edits, index);
    if (what_if_set(app, edits))
        app_status(app, _("Taken back; u makes the change again"));
}

static gboolean
has_message(App *app)
{
    if (app->doc->summary && app->doc->message)
        return TRUE;
    app_status(app, app->doc->list ? _("This is a list: Enter opens a message")
                                   : _("There is no message to show"));
    return FALSE;
}

/* :what-if KEY=VALUE, :what-if none, :what-if */
void
command_what_if(App *app, const char *argument)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Edits) edits = NULL;

    if (!has_message(app))
        return;
    if (!*argument) {
        what_if_open(app);
        return;
    }
    if (g_str_equal(argument, "none")) {
        what_if_set(app, edits_new());
        return;
    }
    if (!strchr(argument, '=')) {
        app_status(app, _("What is to be changed, and into what? KEY=VALUE; w lists what there is"));
        return;
    }
    edits = edits_copy(app->doc->edits);
    if (!edits_add_text(edits, argument, &error)) {
        app_status(app, "%s", error->message);
        return;
    }
    what_if_set(app, g_steal_pointer(&edits));
}

void
app_what_if(App *app)
{
    if (has_message(app))
        what_if_open(app);
}

/* ---- goals ---- */

void
what_if_set_goal(App *app, const Goal *goal)
{
    Document *document = app->doc;

    goal_free(document->goal);
    document->goal = goal_copy(goal);
    document->goal_asked = FALSE;
    tell(document, NULL);
    /* What was tried before is no part of it. */
    if (edits_length(document->edits) > 0)
        what_if_set(app, edits_new());
    View *view = app_view(app);
    if (view->class->renew)
        view->class->renew(view);
}

/* :goal asks who somebody is; ":goal dns example.jp" says it; ":goal off" ends it. */
void
command_goal(App *app, const char *argument)
{
    g_autoptr(GError) error = NULL;

    if (!has_message(app))
        return;
    what_if_open(app);
    if (g_str_equal(argument, "off")) {
        what_if_set_goal(app, NULL);
        return;
    }
    g_autoptr(Goal) goal = *argument ? goal_read(argument, &error) : NULL;
    if (error) {
        app_status(app, "%s", error->message);
        return;
    }
    what_if_set_goal(app, goal);
    app->doc->goal_asked = goal == NULL;
}

char *
what_if_title(const Document *document)
{
    const guint count = document->report->what_if->len;

    if (count == 0)
        return NULL;
    return count == 1 ? g_strdup(_("WHAT IF: 1 edit"))
                      : g_strdup_printf(_("WHAT IF: %u edits"), count);
}

/* Quoted for a shell, where that is needed. */
static void
append_quoted(GString *out, const char *text)
{
    const gboolean plain = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789_-+=./:@,%") == strlen(text) && *text;
    g_autofree char *quoted = plain ? g_strdup(text) : g_shell_quote(text);

    g_string_append_printf(out, " %s", quoted);
}

char *
what_if_command_line(const Document *document)
{
    GString *out = g_string_new("fromscope report");

    append_quoted(out, document->report->source->path ? document->report->source->path : "-");
    for (guint i = 0; i < edits_length(document->edits); i++) {
        if (!edits_counts(document->edits, i))
            continue;
        g_autofree char *text = edit_text(edits_get(document->edits, i));
        g_string_append(out, " --what-if");
        append_quoted(out, text);
    }
    return g_string_free(out, FALSE);
}
