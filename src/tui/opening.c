/* opening.c: what is opened, how it is analysed, and the way back.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "mailbox/form.h"
#include "mailbox/inside.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/ui.h"
#include "tui/way.h"

/* Somebody who goes deeper goes in circles. */
#define STACK_MAX 50

DnsMode
app_dns_mode(const App *app, const Document *document, guint *modes)
{
    const char *path = document->message ? message_path(document->message)
                       : document->list  ? mail_list_path(document->list) : "-";
    guint possible = 0;
    const DnsMode given = app->input->host.dns(app->input->host.data, path, &possible);

    if (modes)
        *modes = possible;
    if (app->dns < 0)
        return given;
    if (possible & 1u << app->dns)
        return (DnsMode)app->dns;
    /* Who chose a snapshot did not ask for the network, either. */
    return given == DNS_MODE_LIVE ? DNS_MODE_OFFLINE : given;
}

static void
set_fault(App *app, Document *doc, const char *fault)
{
    g_free(doc->fault);
    doc->fault = g_strdup(fault);
    app_status(app, "%s", fault);
}

static AppChoices
choices_of(App *app, const Edits *edits, const Report *known)
{
    const Document *doc = app->doc;

    return (AppChoices){ .trusted = app->trusted, .border = doc->border,
                         .dns = app_dns_mode(app, doc, NULL), .edits = edits, .known = known,
                         .example = doc->example, .lesson = lesson_options(app, doc),
                         .later = app->later && edits_length(doc->edits) == 0 };
}

/* One analysis, with these edits (NULL: none), where `known` is the report without them. NULL where it cannot be had: the status line says why, or
 * the person left. (transfer full) */
static Report *
analyse(App *app, const Edits *edits, const Report *known)
{
    Document *doc = app->doc;
    const AppChoices choices = choices_of(app, edits, known);
    g_autoptr(GError) error = NULL;
    AppJob job;

    const Message *message = doc->unedited ? doc->unedited : doc->message;

    if (!app->input->host.prepare(app->input->host.data, message, &choices, &job, &error)) {
        set_fault(app, doc, error->message);
        return NULL;
    }
    app->canceled = FALSE;
    Report *report = app->wait ? app->wait(app, &job, choices.dns == DNS_MODE_LIVE) : job.run(job.data);
    job.free(job.data);
    app->quit = app->quit || !report;
    return report;
}

static gboolean
take_report(App *app, Report *report)
{
    Document *doc = app->doc;

    if (!report)
        return FALSE;
    document_edit_bytes(doc);
    document_take_report(doc, report);
    doc->serial = app->serial;
    doc->canceled = app->canceled;
    lesson_analysed(app);
    return TRUE;
}

/* What was put off is quick (AppChoices.later), so nobody waits for it here, either. */
void
app_prove(App *app)
{
    const AppHost *host = &app->input->host;
    Document *doc = app->doc;
    AppChoices choices = choices_of(app, NULL, NULL);
    AppJob job;

    if (!doc->proving)
        return;
    doc->proving = FALSE;
    opinions_stop(app);
    choices.unproved = doc->report;
    if (!host->prepare(host->data, doc->unedited ? doc->unedited : doc->message, &choices, &job, NULL))
        return;
    document_grow(doc, job.run(job.data));
    job.free(job.data);
}

Report *
app_try(App *app, const Edits *edits, gboolean *canceled)
{
    const Document *doc = app->doc;

    opinions_stop(app);
    Report *report = analyse(app, edits, doc->base ? doc->base : doc->report);
    *canceled = !report || app->canceled;
    return report;
}

gboolean
app_analyse_edits(App *app)
{
    Document *doc = app->doc;

    if (edits_length(doc->edits) == 0 || !doc->base)
        return app_analyse(app);
    opinions_stop(app);
    return take_report(app, analyse(app, doc->edits, doc->base));
}

gboolean
app_analyse(App *app)
{
    Document *doc = app->doc;

    opinions_stop(app);
    Report *report = analyse(app, NULL, NULL);
    g_clear_pointer(&doc->base, report_free);
    if (!report || edits_length(doc->edits) == 0)
        return take_report(app, report);
    doc->base = report;
    return take_report(app, analyse(app, doc->edits, doc->base));
}

static void
set_top(App *app)
{
    app->doc = g_ptr_array_index(app->stack, app->stack->len - 1);
}

/* What was chosen while another message was open holds here, too. */
static void
refresh(App *app)
{
    if (app->doc->serial == app->serial)
        return;
    if (app->doc->list)
        mail_list_forget_verdicts(app->doc->list);
    else if (app->doc->message)
        app_analyse(app);
    app->doc->serial = app->serial;
}

/* --what-if: of the message that was opened first. */
static void
start_edits(App *app)
{
    if (edits_length(app->input->edits) > 0)
        app->doc->edits = edits_copy(app->input->edits);
}

void
app_push(App *app, Document *document)
{
    if (app->stack->len >= STACK_MAX) {
        document_free(document);
        app_status(app, _("%d messages are open within each other: no deeper"), STACK_MAX);
        return;
    }
    judge_cancel(app->judge);
    opinions_stop(app);
    g_ptr_array_add(app->stack, document);
    way_take(app, document);
    set_top(app);
    document->serial = app->serial;
    if (document->list)
        mail_list_tell(document->list, app->reading);
    if (document->list)
        mail_list_compare_names(document->list, app->input->lookalikes);
    if (document->list && app->input->redact)
        mail_list_redact(document->list);
    if (document->message && app->stack->len == 1)
        start_edits(app);
    if (document->message)
        app_analyse(app);
}

void
app_replace(App *app, Document *document)
{
    judge_cancel(app->judge);
    opinions_stop(app);
    undo_forget(app, app->doc);
    g_ptr_array_set_size(app->stack, (int)app->stack->len - 1);
    g_ptr_array_add(app->stack, document);
    way_take(app, document);
    set_top(app);
    document->serial = app->serial;
    if (document->message)
        app_analyse(app);
}

void
app_pop(App *app)
{
    const Document *left = app->doc;
    /* The row is the message as it is, whatever was tried with it. */
    const Report *report = left->base ? left->base : left->report;
    MailVerdict verdict = MAIL_OPEN;

    if (app->stack->len < 2)
        return;
    if (left->summary && left->border == 0 && left->serial == app->serial && !left->canceled)
        verdict = judge_verdict(report);
    const ChartSpot spot = chart_spot(report);
    const guint row = left->row;
    g_autoptr(SurveyRow) taken =
        verdict != MAIL_OPEN ? survey_row_new(report, app->input->providers) : NULL;
    opinions_stop(app);
    undo_forget(app, left);
    lesson_forget(app, left);
    g_ptr_array_set_size(app->stack, (int)app->stack->len - 1);
    set_top(app);
    refresh(app);
    if (app->doc->list && row != LIST_NO_ROW && verdict != MAIL_OPEN) {
        mail_list_take(app->doc->list, row, taken);
        mail_list_place(app->doc->list, row, verdict, spot);
    }
}

/* ---- from files, rows and pasted text ---- */

static void
push_fault(App *app, const GError *error, const char *path)
{
    app_push(app, document_of_fault(error->message, document_name(path)));
}

/* A store that was opened: the message in it, or a list of them. */
static gboolean
push_store(App *app, Store *store, const char *path, gboolean list, GError **error)
{
    char *const paths[] = { (char *)path, NULL };

    if (list || store_is_mailbox(store)) {
        app_push(app, document_of_list(mail_list_new(paths, store), document_name(path)));
        return TRUE;
    }
    Message *message = store_message(store, 0, error);
    store_free(store);
    if (message)
        app_push(app, document_of_message(message, NULL, document_name(path)));
    return message != NULL;
}

void
app_open_paths(App *app, char *const *paths)
{
    g_autoptr(GError) error = NULL;

    if (paths[1]) {
        g_autofree char *title = g_strdup_printf(_("%u files"), g_strv_length((char **)paths));
        app_push(app, document_of_list(mail_list_new(paths, NULL), g_steal_pointer(&title)));
        return;
    }
    Store *store = store_open(paths[0], &error);
    if (!store || !push_store(app, store, paths[0], FALSE, &error))
        push_fault(app, error, paths[0]);
}

/* "~/" is home, as the shell has it. */
void
command_open(App *app, const char *argument)
{
    g_autofree char *path = g_str_has_prefix(argument, "~/")
                                ? g_build_filename(g_get_home_dir(), argument + 2, NULL)
                                : g_strdup(argument);

    way_begin(app, "open", argument);
    app_open_paths(app, (char *const[]) { path, NULL });
}

gboolean
app_open_bytes(App *app, GBytes *text)
{
    const char *name = _("pasted text");
    g_autoptr(GError) error = NULL;

    if (app->keep)
        app->keep(app, text);
    way_begin(app, "pasted", "");
    Store *store = store_from_text(text, name, NULL, &error);

    if (store && push_store(app, store, name, FALSE, &error))
        return TRUE;
    gsize length = 0;
    const char *bytes = g_bytes_get_data(text, &length);
    const Form *form = form_of(bytes, length);
    if (form)
        app_status(app, _("No mail: it seems to be %s"), translate(form->what));
    else if (g_error_matches(error, MESSAGE_ERROR, MESSAGE_ERROR_NO_HEADER))
        app_status(app, _("No header field found: the source is needed (\"Show original\"), not the text"));
    else
        app_status(app, "%s", error->message);
    return FALSE;
}

void
app_open_row(App *app, guint row)
{
    g_autoptr(GError) error = NULL;
    MailList *list = app->doc->list;

    way_begin_number(app, "row", row);
    Message *message = mail_list_message(list, row, &error);
    const char *file = mail_list_file(list, row);
    char *title = file ? document_name(file) : g_strdup_printf(_("message %u"), row + 1);
    Document *document = message ? document_of_message(message, NULL, title)
                                 : document_of_fault(error->message, title);

    document->row = row;
    app_push(app, document);
}

/* The message that --index names, over its list. */
static void
open_index(App *app, guint index)
{
    MailList *list = app->doc->list;

    while (mail_list_count(list) < index && mail_list_busy(list))
        mail_list_work(list, G_USEC_PER_SEC);
    if (index <= mail_list_count(list))
        app_open_row(app, index - 1);
    else
        app_status(app, _("There is no message %u: it holds %u"), index, mail_list_count(list));
}

void
app_start(App *app)
{
    char **files = app->input->files;

    if (app->input->lesson && lesson_open(app, app->input->lesson))
        return;
    way_begin(app, "files", "");
    if (files[0])
        app_open_paths(app, files);
    else
        app_push(app, document_of_fault(NULL, g_strdup("")));
    app->exit_status = app->doc->fault && files[0] ? 2 : 0;
    if (app->input->index > 0 && app->doc->list && !app->quit)
        open_index(app, app->input->index);
}

/* m: what is inside this message, or the list that it came from. */
void
app_messages(App *app)
{
    const Document *doc = app->doc;

    if (doc->list) {
        if (doc->current != VIEW_LIST)
            app_show(app, VIEW_LIST);
        else
            app_status(app, _("This is the list of messages: Enter opens one"));
        return;
    }
    if (doc->current != VIEW_INSIDE && doc->report->source->inside->len > 0) {
        app_show(app, VIEW_INSIDE);
        return;
    }
    if (app->stack->len > 1) {
        app_pop(app);
        return;
    }
    app_status(app, _("No message is inside this one, and it came from no list"));
}
