/* printer-what-if.c: the edits that a report rests on, and what they change of its verdict.
 * SPDX-License-Identifier: MIT */
#include "report/printer-parts.h"

#include "base/translate.h"
#include "tree/words.h"
#include "whatif/edit.h"
#include "whatif/outcome.h"

static PaperRole
verdict_role(int result)
{
    return result == RESULT_PASS ? PAPER_PASS : result == RESULT_FAIL ? PAPER_FAIL
           : result == RESULT_NONE ? PAPER_NONE : PAPER_UNKNOWN;
}

void
print_what_if(Paper *paper, const Report *report)
{
    const int now = report_dmarc(report)->result;

    if (report->what_if->len == 0)
        return;
    for (guint i = 0; i < report->what_if->len; i++) {
        g_autofree char *text = edit_describe(report->what_if->pdata[i]);
        paper_paragraph(paper, i == 0 ? _("WHAT IF") : NULL, PAPER_BOLD, PRINTER_INDENT,
                        PAPER_PLAIN, text);
    }
    g_autofree char *verdict = what_if_verdict(report);
    paper_paragraph(paper, NULL, PAPER_PLAIN, PRINTER_INDENT, verdict_role(now), verdict);
    paper_rule(paper);
}
