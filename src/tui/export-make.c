/* export-make.c: what is written: a view as it is seen, the report in its formats, the answers of
 * DNS. SPDX-License-Identifier: MIT */
#include "tui/export.h"

#include <string.h>

#include "advice/letter.h"
#include "base/translate.h"
#include "dns/snapshot-writer.h"
#include "headers/cover.h"
#include "report/printer.h"
#include "tui/export-mask.h"
#include "tui/view/views.h"
#include "whatif/edit.h"

/* A view is painted this high: longer ones are no pages for a file, and reports have all of it. */
enum { VIEW_WIDTH = 80, VIEW_HEIGHT = 2000, TEXT_WIDTH = 80 };

/* ---- masked ---- */

/* The report as it leaves the house: masked where that was chosen. (transfer full) */
static Report *
report_of(const App *app)
{
    Report *report = record_copy(&report_type, app->doc->report);

    if (app->redact) {
        g_autoptr(Mask) mask = export_mask(app->doc->report, app->doc->message);
        mask_report(mask, report);
    }
    return report;
}

GBytes *
app_bytes(const App *app)
{
    Document *doc = app->doc;

    if (!app->input->redact)
        return message_raw(doc->message);
    if (!doc->covered) {
        g_autoptr(Mask) mask = export_mask(app->doc->report, app->doc->message);
        doc->covered = cover_message(mask, doc->message);
    }
    return doc->covered;
}

GBytes *
app_original(const App *app)
{
    return app->input->redact ? cover_all(app->doc->original) : g_bytes_ref(app->doc->original);
}

/* ---- the report ---- */

static PrinterStyle
style_of(const App *app)
{
    return (PrinterStyle){FALSE, !app->glyphs, TEXT_WIDTH};
}

static void
print_text(GString *out, const App *app, const Report *report)
{
    const PrinterStyle style = style_of(app);

    printer_text(out, report, &style);
}

static void
print_steps(GString *out, const App *app, const Report *report)
{
    const PrinterStyle style = style_of(app);

    printer_steps(out, report, &style);
}

static void
print_json(GString *out, const App *app, const Report *report)
{
    (void)app;
    printer_json(out, report);
}

static void
print_markdown(GString *out, const App *app, const Report *report)
{
    (void)app;
    printer_markdown(out, report);
}

static void
print_html(GString *out, const App *app, const Report *report)
{
    const PrinterPage page = {1, TRUE};

    printer_html_begin(out, app->redact ? _("report") : app->doc->title, app->redact);
    printer_html(out, &page, report);
    printer_html_end(out);
}

/* ---- the view ---- */

/* Painted as on a screen that is high enough, without the blank lines below. (transfer full) */
static char *
painted(App *app)
{
    View *view = app_view(app);
    g_autoptr(Canvas) canvas = canvas_new(VIEW_WIDTH, VIEW_HEIGHT);

    canvas->mode = app->mode;
    canvas->glyphs = app->glyphs;
    view->class->fit(view, VIEW_WIDTH, VIEW_HEIGHT);
    view->class->draw(view, canvas, (Rect){0, 0, VIEW_WIDTH, VIEW_HEIGHT});
    char *text = canvas_text(canvas);
    app_resize(app, app->width, app->height);
    return g_strchomp(text);
}

static void
append_edits(GString *out, const Report *report)
{
    for (guint i = 0; i < report->what_if->len; i++) {
        const WhatIf *edit = report->what_if->pdata[i];
        g_autofree char *words = edit_describe(edit);
        g_string_append_printf(out, "%s: %s (%s=%s)\n", _("WHAT IF"), words, edit->key,
                               edit->value ? edit->value : "");
    }
}

static GString *
make_view(App *app)
{
    /* With --redact the message is covered already. */
    if (app->redact && !app->input->redact && app_view(app)->class->shows_message) {
        app_status(app, _("This view shows the message's own text: only --redact masks that"));
        return NULL;
    }
    GString *out = g_string_new(NULL);
    g_autofree char *title = frame_title(app);
    g_autofree char *text = painted(app);

    g_string_append_printf(out, "%s\n", title);
    append_edits(out, app->doc->report);
    g_string_append_printf(out, "\n%s\n", text);
    if (!app->redact)
        return out;
    g_autoptr(Mask) mask = export_mask(app->doc->report, app->doc->message);
    g_autofree char *whole = g_string_free(out, FALSE);
    g_autofree char *masked = mask_text(mask, whole);
    return g_string_new(masked);
}

/* ---- DNS ---- */

static gboolean
something_was_asked(const Report *report)
{
    for (guint i = 0; i < report->dns->len; i++)
        if (!dns_is_unknown(report->dns->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Never masked: it would answer other questions. */
static GString *
make_snapshot(App *app)
{
    if (!something_was_asked(app->doc->report)) {
        app_status(app, _("DNS was not asked: there is nothing to save"));
        return NULL;
    }
    g_autofree char *text =
        snapshot_text(app->doc->report->dns, g_get_real_time() / G_USEC_PER_SEC);
    return g_string_new(text);
}

/* ---- a letter ---- */

/* To whoever has to act first and is not the reader. */
static GString *
make_letter(App *app)
{
    const char *language = translate_is_english() ? letter_languages[0] : letter_languages[1];
    GString *out = NULL;
    Report *report = report_of(app);
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < report->advice->len && !out && !error; i++) {
        const Advice *advice = report->advice->pdata[i];
        g_autofree char *text =
            letter_fits(advice) ? letter_write(report, advice, language, &error) : NULL;
        out = text ? g_string_new(text) : NULL;
    }
    if (error)
        app_status(app, "%s", error->message);
    else if (!out)
        app_status(app, "%s", advice_no_letter(app));
    report_free(report);
    return out;
}

/* ---- all of them ---- */

gboolean
export_has_make(const ExportKind *kind)
{
    return kind->print || kind->make;
}

GString *
export_make(App *app, const ExportKind *kind)
{
    if (!kind->print)
        return kind->make(app);
    GString *out = g_string_new(NULL);
    Report *report = report_of(app);
    kind->print(out, app, report);
    report_free(report);
    return out;
}

const ExportKind export_kinds[] = {
    {.word = "view", .about = N_("this view, as text"), .make = make_view, .list = TRUE},
    {.word = "html", .suffix = ".html", .about = N_("the report as a page, to see or print"), .print = print_html},
    {.word = "markdown", .suffix = ".md", .about = N_("the report for a ticket"), .print = print_markdown},
    {.word = "text", .suffix = ".txt", .about = N_("the report as text"), .print = print_text,
     .survey_about = N_("the survey as text"), .make_survey = export_survey_text},
    {.word = "json", .suffix = ".json", .about = N_("the report for programs"), .print = print_json,
     .survey_about = N_("the survey for programs"), .make_survey = export_survey_json},
    {.word = "csv", .suffix = ".csv", .about = N_("a survey for a spreadsheet"),
     .survey_about = N_("the survey for a spreadsheet"), .make_survey = export_survey_csv},
    {.word = "steps", .suffix = "-steps.txt", .about = N_("the tree step by step, for slides"), .print = print_steps},
    {.word = "letter", .suffix = "-letter.txt", .about = N_("a letter to whoever must act"), .make = make_letter},
    {.word = "snapshot", .suffix = ".dns", .about = N_("the answers of DNS, for another day"), .make = make_snapshot},
    {0}};
