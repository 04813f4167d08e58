/* printer-fix.c: the fix in a text report, that of a message and that of a bounce.
 * SPDX-License-Identifier: MIT */
#include "report/printer-parts.h"

#include "base/translate.h"
#include "tree/words.h"

void
printer_fix(Paper *paper, const Summary *summary)
{
    if (summary->fix_who) {
        paper_blank(paper);
        paper_paragraph(paper, _("FIX"), PAPER_BOLD, PRINTER_INDENT, PAPER_PLAIN,
                        summary->fix_who);
    }
    for (guint i = 0; i < summary->fix_lines->len; i++) {
        const char *line = summary->fix_lines->pdata[i];
        if (summary->fix_literal)
            paper_setting(paper, PRINTER_INDENT + 2, PAPER_PLAIN, line);
        else
            paper_paragraph(paper, NULL, PAPER_PLAIN, PRINTER_INDENT + 2, PAPER_PLAIN, line);
    }
    for (guint i = 0; summary->bounce && i < summary->bounce->also->len; i++)
        paper_paragraph(paper, NULL, PAPER_PLAIN, PRINTER_INDENT, PAPER_PLAIN,
                        summary->bounce->also->pdata[i]);
    if (summary->fix_not)
        paper_paragraph(paper, NULL, PAPER_PLAIN, PRINTER_INDENT, PAPER_PLAIN, summary->fix_not);
}
