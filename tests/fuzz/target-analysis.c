/* target-analysis.c: a whole analysis: every check, every format, and what must hold between them.
 * SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"

#include <string.h>

#include "fuzz.h"
#include "report/printer.h"

/* The rules and tables that come with the program: read once. */
static const AnalysisOptions *
options_of_program(void)
{
    static const char *const folders[] = { "src/data/receivers", NULL };
    static const char *const confusables[] = { "src/data/confusables.ini", NULL };
    static const char *const brands[] = { "src/data/brands.ini", NULL };
    static const char *const programs[] = { "src/data/programs.ini", NULL };
    static AnalysisOptions options;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    if (options.now)
        return &options;
    options = (AnalysisOptions){ .at = RECORD_UNSET,
                                 .now = 1795305600,
                                 .psl = psl_open(NULL, NULL),
                                 .receivers = receiver_rules_load(folders, faults),
                                 .lookalikes = lookalikes_load(confusables, brands, faults),
                                 .programs = programs_load(programs, faults),
                                 .providers = providers_read("src/data/providers.ini", faults) };
    FUZZ_REQUIRE(!faults->len);
    return &options;
}

/* One of the formats; all of them would take too long for each input. */
static void
check_format(const Report *report, guint which)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const PrinterStyle style = { which == 1, which == 2, 40 + which };

    switch (which) {
    case 0:
    case 1:
    case 2:
        printer_text(out, report, &style);
        break;
    case 3:
        printer_markdown(out, report);
        break;
    case 4:
        printer_html(out, &(PrinterPage){ 1, TRUE }, report);
        FUZZ_REQUIRE(!strstr(out->str, "<script"));
        break;
    default:
        printer_steps(out, report, &style);
    }
    fuzz_check_text(out, which == 1);
}

static void
check_saved(const Report *report)
{
    g_autoptr(GString) json = g_string_new(NULL);
    g_autoptr(GBytes) saved = record_save(&report_type, report);
    Report *back = record_load(&report_type, saved);

    FUZZ_REQUIRE(back && record_equal(&report_type, report, back));
    printer_json(json, back);
    fuzz_check_json(json);
    report_free(back);
}

/* What is made of a report costs several times what the analysis does: one of it for each input. */
static void
check_report(const Report *report, guint which)
{
    FUZZ_REQUIRE(report->tree && report->tree->result == report_dmarc(report)->result);
    if (report_dmarc(report) == report->dmarc->rfc9989 && report->tree_7489)
        FUZZ_REQUIRE(report->tree_7489->result == report->dmarc->rfc7489->result);
    if (which % 8 >= 6)
        check_saved(report);
    else
        check_format(report, which % 8);
}

/* Where DNS gives nothing but trouble, nothing is proved and nothing fails for want of a record. */
static void
check_trouble(const Report *report)
{
    FUZZ_REQUIRE(report->spf->mail_from->result != RESULT_PASS);
    FUZZ_REQUIRE(report->spf->helo->result != RESULT_PASS);
    FUZZ_REQUIRE(report->spf->mail_from->result != RESULT_FAIL);
    FUZZ_REQUIRE(report->arc->result != RESULT_PASS);
    for (guint i = 0; i < report->dkim->len; i++)
        FUZZ_REQUIRE(((const DkimResult *)report->dkim->pdata[i])->result != RESULT_PASS);
    if (g_strcmp0(report->dmarc->rfc9989->basis, "recomputed") == 0)
        FUZZ_REQUIRE(report->dmarc->rfc9989->result != RESULT_PASS);
}

static void
analyze(const Message *message, FuzzPart zone, const Edits *edits, gboolean trouble, guint which)
{
    AnalysisOptions options = *options_of_program();
    FuzzDns dns = { .trouble = trouble };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, zone);

    options.edits = edits;
    options.trial = trouble;
    Report *report = analysis_run(message, resolver, &options);
    FUZZ_REQUIRE(dns.asked <= DNS_QUESTIONS_MAX);
    if (trouble)
        check_trouble(report);
    else
        check_report(report, which);
    report_free(report);
    g_clear_pointer(&resolver, resolver_free);
    fuzz_dns_clear(&dns);
}

/* A message, "%%", DNS, "%%", edits. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size), line;
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_cut(&rest));
    const FuzzPart zone = fuzz_cut(&rest);
    g_autoptr(Message) message = message_from_bytes(bytes, "fuzz", NULL);
    g_autoptr(Edits) edits = edits_new();

    if (!message)
        return 0;
    while (fuzz_line(&rest, &line) && edits_length(edits) < 5) {
        g_autofree char *text = fuzz_string(line);
        edits_add_text(edits, text, NULL);
    }
    /* One of the two: an analysis under the sanitizers takes long enough. */
    if (size % 4 == 3)
        analyze(message, zone, NULL, TRUE, 0);
    else
        analyze(message, zone, edits_length(edits) ? edits : NULL, FALSE, (guint)size / 4);
    return 0;
}
