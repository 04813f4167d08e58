/* printer-receivers.c: a message by its receivers' own rules, and what a reader would see of the
 * sender.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "report/printer-parts.h"
#include "report/printer-words.h"
#include "tree/words.h"

/* Behind "? not applicable" in either language. */
#define INDENT 16

/* ---- rules ---- */

/* "SPF (5.7.27)": what is asked for, and the answer to expect. */
static void
append_rule(GString *out, const ReceiverRule *rule)
{
    g_autofree char *title = words_rule_title(rule);

    g_string_append(out, out->len > 0 ? "; " : "");
    if (rule->code && rule->result == RESULT_FAIL)
        g_string_append_printf(out, "%s (%s)", title, rule->code);
    else
        g_string_append(out, title);
}

/* Rules with that result; those that only cost support or are advice apart. (transfer full) */
static char *
list_rules(const ReceiverVerdict *verdict, Result result, gboolean required)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < verdict->rules->len; i++) {
        const ReceiverRule *rule = verdict->rules->pdata[i];
        if (rule->result == (int)result && (rule->effect <= EFFECT_SPAM) == required)
            append_rule(list, rule);
    }
    return g_string_free(g_steal_pointer(&list), FALSE);
}

static void
append_list(GString *out, const char *template, char *list)
{
    g_autofree char *own = list;

    if (!*own)
        return;
    g_autofree char *text = words_fill(template, own, NULL);
    g_string_append_printf(out, " %s", text);
}

static void
print_verdict(Paper *paper, const ReceiverVerdict *verdict)
{
    const PaperRole role = printer_result_role(verdict->result);
    g_autofree char *label = g_strdup_printf("%s %s", paper_mark(paper, role),
                                             words_rule_result((Result)verdict->result));
    g_autofree char *name = words_fill(N_("{0}, as of {1}."), verdict->name ? verdict->name : "?",
                                       verdict->as_of ? verdict->as_of : "?", NULL);
    g_autoptr(GString) text = g_string_new(name);

    append_list(text, N_("Not met: {0}."), list_rules(verdict, RESULT_FAIL, TRUE));
    append_list(text, N_("Not met, but no reason to refuse: {0}."),
                list_rules(verdict, RESULT_FAIL, FALSE));
    append_list(text, N_("Not known: {0}."), list_rules(verdict, RESULT_UNKNOWN, TRUE));
    paper_paragraph(paper, label, role, INDENT, PAPER_PLAIN, text->str);
}

void
print_receivers(Paper *paper, const Report *report)
{
    if (report->receivers->len == 0)
        return;
    paper_section(paper, _("RECEIVERS' OWN RULES"));
    for (guint i = 0; i < report->receivers->len; i++)
        print_verdict(paper, report->receivers->pdata[i]);
}

/* ---- what is shown ---- */

static void
print_one_shown(Paper *paper, const Shown *shown)
{
    g_autofree char *line = words_shown_line(shown);
    g_autofree char *mark = words_shown_mark(shown);
    g_autofree char *why = words_shown_why(shown);
    g_autofree char *whole = mark ? g_strdup_printf("%s  (%s)", line, mark) : g_strdup(line);
    const char *template = shown->known ? N_("{0} Documented, {1}.") : N_("{0} Inferred, {1}.");
    g_autofree char *from = words_fill(template, why, shown->as_of ? shown->as_of : "?", NULL);

    paper_paragraph(paper, shown->name ? shown->name : shown->program, PAPER_PLAIN, INDENT,
                    PAPER_BOLD, whole);
    paper_paragraph(paper, NULL, PAPER_PLAIN, INDENT, PAPER_DIM, from);
}

/* As the header has it; a group's or a list's first author stands for all. (transfer full) */
static char *
header_line(const Report *report)
{
    const Mailbox *author = report->from->addresses->pdata[0];
    const char *address = author->address ? author->address : author->domain;

    return author->name ? g_strdup_printf("%s <%s>", author->name, address ? address : "")
                        : g_strdup(address ? address : "");
}

void
print_shown(Paper *paper, const Report *report)
{
    if (report->shown->len == 0 || report->from->addresses->len == 0)
        return;
    g_autofree char *line = header_line(report);
    paper_section(paper, _("WHAT A READER SEES"));
    paper_paragraph(paper, _("From: says"), PAPER_PLAIN, INDENT, PAPER_PLAIN, line);
    for (guint i = 0; i < report->shown->len; i++)
        print_one_shown(paper, report->shown->pdata[i]);
}
