/* check-print.c: the answer of `check` about a message that does not exist yet, or all of a web form's.
 * SPDX-License-Identifier: MIT */
#include "command/check-print.h"

#include "analysis/form.h"
#include "analysis/hypothesis.h"
#include "command/output.h"
#include "session/session.h"

static void
add_result(GArray *results, const Report *report)
{
    g_array_append_val(results, report_dmarc(report)->result);
}

static gboolean
print_message(const Assumptions *said, const Options *options, Resolver *resolver,
              const AnalysisOptions *analysis, const PrinterStyle *style, GString *out,
              GArray *results, GError **error)
{
    g_autoptr(Hypothesis) hypothesis = hypothesis_read(said, error);

    if (!hypothesis)
        return FALSE;
    AnalysisOptions asked = *analysis;
    Report *known = options->edits ? hypothesis_run(hypothesis, resolver, &asked) : NULL;
    asked.edits = options->edits;
    asked.known = known;
    Report *report = hypothesis_run(hypothesis, resolver, &asked);
    const gboolean refused = session_refuses(NULL, report, error);
    report_free(known);
    if (refused) {
        report_free(report);
        return FALSE;
    }
    Output output = { .options = options, .style = *style };
    output_report(&output, out, NULL, report, TRUE);
    output_end(&output, out);
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
    Output output = { .options = options, .style = *style };
    output_form(&output, out, answer);
    output_end(&output, out);
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
