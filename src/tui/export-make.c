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

static GString *
make_text(App *app)
{
    const PrinterStyle style = {FALSE, !app->glyphs, TEXT_WIDTH};
    GString *out = g_string_new(NULL);
    Report *report = report_of(app);

    printer_text(out, report, &style);
    report_free(report);
    return out;
}

static GString *
make_steps(App *app)
{
    const PrinterStyle style = {FALSE, !app->glyphs, TEXT_WIDTH};
    GString *out = g_string_new(NULL);
    Report *report = report_of(app);

    printer_steps(out, report, &style);
    report_free(report);
    return out;
}

static GString *
make_json(App *app)
{
    GString *out = g_string_new(NULL);
    Report *report = report_of(app);

    printer_json(out, report);
    report_free(report);
    return out;
}

static GString *
make_markdown(App *app)
{
    GString *out = g_string_new(NULL);
    Report *report = report_of(app);

    printer_markdown(out, report);
    report_free(report);
    return out;
}

static GString *
make_html(App *app)
{
    const PrinterPage page = {1, TRUE};
    GString *out = g_string_new(NULL);
    Report *report = report_of(app);

    printer_html_begin(out, app->redact ? _("report") : app->doc->title, app->redact);
    printer_html(out, &page, report);
    printer_html_end(out);
    report_free(report);
    return out;
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

/* Its letters are everybody's: no list of names covers them. With --redact they are covered
 * already. */
static gboolean
shows_message(const App *app)
{
    static const ViewId views[] = {VIEW_SOURCE, VIEW_SIGNATURES, VIEW_REPAIRS, VIEW_LIST, VIEW_SURVEY};

    for (gsize i = 0; i < G_N_ELEMENTS(views); i++)
        if (app->doc->current == views[i])
            return TRUE;
    return FALSE;
}

static GString *
make_view(App *app)
{
    if (app->redact && !app->input->redact && shows_message(app)) {
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

#define NO_SURVEY NULL, NULL

const ExportKind export_kinds[] = {
    {"view", NULL, N_("this view, as text"), make_view, TRUE, NO_SURVEY},
    {"html", ".html", N_("the report as a page, to see or print"), make_html, FALSE, NO_SURVEY},
    {"markdown", ".md", N_("the report for a ticket"), make_markdown, FALSE, NO_SURVEY},
    {"text", ".txt", N_("the report as text"), make_text, FALSE,
     N_("the survey as text"), export_survey_text},
    {"json", ".json", N_("the report for programs"), make_json, FALSE,
     N_("the survey for programs"), export_survey_json},
    {"csv", ".csv", N_("a survey for a spreadsheet"), NULL, FALSE,
     N_("the survey for a spreadsheet"), export_survey_csv},
    {"steps", "-steps.txt", N_("the tree step by step, for slides"), make_steps, FALSE, NO_SURVEY},
    {"letter", "-letter.txt", N_("a letter to whoever must act"), make_letter, FALSE, NO_SURVEY},
    {"snapshot", ".dns", N_("the answers of DNS, for another day"), make_snapshot, FALSE, NO_SURVEY},
    {NULL, NULL, NULL, NULL, FALSE, NO_SURVEY}};
