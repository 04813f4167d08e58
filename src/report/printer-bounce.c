/* printer-bounce.c: the head of a bounce's text report.
 * SPDX-License-Identifier: MIT */
#include "report/printer-parts.h"

#include "base/translate.h"
#include "tree/words.h"

static void
labelled(Paper *paper, const char *label, const char *text)
{
    if (text && *text)
        paper_paragraph(paper, label ? translate(label) : NULL, PAPER_BOLD, PRINTER_INDENT,
                        PAPER_PLAIN, text);
}

static void
print_list(Paper *paper, const char *label, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++)
        labelled(paper, i == 0 ? label : NULL, lines->pdata[i]);
}

/* What a stranger wrote stands behind a bar. */
static void
print_text(Paper *paper, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    paper_blank(paper);
    for (char **line = lines; *line; line++) {
        g_autofree char *barred = g_strconcat("| ", *line, NULL);
        paper_paragraph(paper, line == lines ? _("RETURNED") : NULL, PAPER_BOLD,
                        PRINTER_INDENT, PAPER_DIM, barred);
    }
}

void
printer_bounce(Paper *paper, const Summary *summary)
{
    const SummaryBounce *bounce = summary->bounce;
    const PaperRole role = bounce->tone == SUMMARY_FAIL ? PAPER_FAIL : PAPER_UNKNOWN;
    g_autofree char *label = g_strdup_printf("%s %s", paper_mark(paper, role), bounce->label);

    paper_paragraph(paper, label, role, PRINTER_INDENT, PAPER_PLAIN, bounce->sentence);
    if (bounce->doubtful)
        paper_paragraph(paper, _("ITSELF"), PAPER_FAIL, PRINTER_INDENT,
                        PAPER_FAIL, bounce->itself);
    paper_blank(paper);
    labelled(paper, N_("SAID"), bounce->said);
    labelled(paper, N_("MEANS"), bounce->means);
    if (bounce->story->len > 0)
        paper_blank(paper);
    print_list(paper, N_("STORY"), bounce->story);
    printer_fix(paper, summary);
    if (!bounce->doubtful) {
        paper_blank(paper);
        labelled(paper, N_("ITSELF"), bounce->itself);
    }
    if (bounce->text)
        print_text(paper, bounce->text);
}
