/* export-survey.c: the survey of a list as a file, by the printers of the command.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "report/printer-survey.h"
#include "tui/export.h"

enum { WIDTH = 80 };

gboolean
export_survey_is_part(const App *app)
{
    const MailList *list = app->doc->list;

    return !mail_list_is_complete(list) || mail_list_judged(list) < mail_list_count(list);
}

/* The names in it are those of the reports that it was counted from: only --redact masks these.
 * (transfer full), or NULL */
static Survey *
survey_to_write(App *app)
{
    if (app->redact && !app->input->redact) {
        app_status(app, _("This was counted from messages as they are: only --redact masks it"));
        return NULL;
    }
    Survey *survey = survey_new();
    survey_compare_names(survey, app->input->lookalikes);
    survey_merge(survey, mail_list_survey(app->doc->list));
    if (export_survey_is_part(app))
        survey_set_part(survey);
    return survey;
}

GString *
export_survey_text(App *app)
{
    const PrinterStyle style = {FALSE, !app->glyphs, WIDTH};
    g_autoptr(Survey) survey = survey_to_write(app);

    if (!survey)
        return NULL;
    GString *out = g_string_new(NULL);
    printer_survey_text(out, survey, app->input->providers, NULL, &style);
    return out;
}

GString *
export_survey_json(App *app)
{
    g_autoptr(Survey) survey = survey_to_write(app);

    if (!survey)
        return NULL;
    GString *out = g_string_new(NULL);
    printer_survey_json(out, survey);
    return out;
}

GString *
export_survey_csv(App *app)
{
    g_autoptr(Survey) survey = survey_to_write(app);

    if (!survey)
        return NULL;
    GString *out = g_string_new(NULL);
    printer_survey_csv(out, survey);
    return out;
}
