/* check.c: the command `check`: a message that does not exist yet, or all of a web form's.
 * SPDX-License-Identifier: MIT */
#include "check.h"

#include "analysis/form.h"
#include "analysis/hypothesis.h"

static void
add_result(GArray *results, const Report *report)
{
    g_array_append_val(results, report->dmarc->rfc9989->result);
}

static gboolean
print_message(const Assumptions *said, const Options *options, Resolver *resolver,
              const AnalysisOptions *analysis, const PrinterStyle *style, GString *out,
              GArray *results, GError **error)
{
    g_autoptr(Hypothesis) hypothesis = hypothesis_read(said, error);

    if (!hypothesis)
        return FALSE;
    Report *report = hypothesis_run(hypothesis, resolver, analysis);
    if (options->format == FORMAT_JSON)
        printer_json(out, report);
    else
        printer_text(out, report, style);
    add_result(results, report);
    report_free(report);
    return TRUE;
}

static gboolean
print_form(const Assumptions *said, const Options *options, Resolver *resolver,
           const AnalysisOptions *analysis, const PrinterStyle *style, GString *out,
           GArray *results, GError **error)
{
    g_autoptr(FormAnswer) answer = form_ask(said, resolver, analysis, error);

    if (!answer)
        return FALSE;
    if (options->format == FORMAT_JSON)
        printer_form_json(out, answer);
    else
        printer_form_text(out, answer, style);
    for (guint i = 0; i < answer->cases->len; i++)
        add_result(results, ((const FormCase *)answer->cases->pdata[i])->report);
    return TRUE;
}

gboolean
check_print(const Options *options, Resolver *resolver, const AnalysisOptions *analysis,
            const PrinterStyle *style, GString *out, GArray *results, GError **error)
{
    const Assumptions said = {
        .from = options->from,
        .envelope = analysis->identities,
        .dkim = (const char *const *)options->dkim,
        .spf = options->spf,
        .author_exists = options->author_exists,
    };

    return (options->form ? print_form : print_message)(&said, options, resolver, analysis, style,
                                                        out, results, error);
}
