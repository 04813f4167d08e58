/* printer-html-tree.c: the tree as branches that open and close, each step with what it asked, went
 * by and rests on. SPDX-License-Identifier: MIT */
#include "report/printer-html.h"

#include "base/markup.h"
#include "base/translate.h"
#include "report/printer-words.h"
#include "tree/words.h"

static void
append_inputs(GString *out, const Step *step)
{
    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        g_autofree char *label = words_input(input->name);
        g_autofree char *value = words_value(input->value ? input->value : "-");
        markup_html(out, "<dt>$</dt><dd><code>$</code> ", label, value);
        html_provenance(out, input->provenance);
        g_string_append(out, "</dd>\n");
    }
}

static void
append_legacy(GString *out, const Step *step)
{
    if (step->legacy == RESULT_SKIPPED)
        return;
    const gboolean same = step->legacy == step->result;
    markup_html(out, "<dt>$</dt><dd class=\"$\">RFC 7489: $$</dd>\n", _("Legacy"),
                same ? "none" : "other", words_result((Result)step->legacy),
                same ? _(", too") : _("  (another answer)"));
}

/* Question, plain words, then the facts in pairs. */
static void
append_why(GString *out, const Step *step, const char *title)
{
    g_autofree char *question = words_question(step);
    g_autofree char *plain = words_plain(step);
    g_autofree char *evidence = evidence_text(step->evidence);

    g_string_append(out, "<div class=\"why\">\n");
    if (!g_str_equal(question, title))
        markup_html(out, "<p class=\"dim\">$</p>\n", question);
    if (*plain)
        markup_html(out, "<p>$</p>\n", plain);
    g_string_append(out, "<dl>\n");
    append_inputs(out, step);
    if (step->rule && *step->rule) {
        markup_html(out, "<dt>$</dt><dd>", _("Rule"));
        html_rule(out, step->rule);
        g_string_append(out, "</dd>\n");
    }
    html_fact(out, _("Evidence"), *evidence ? evidence : NULL);
    append_legacy(out, step);
    g_string_append(out, "</dl></div>\n");
}

static gboolean
opens(const Step *step)
{
    return printer_needs_words(step) || (!step->folded && step->children->len > 0);
}

static void
append_step(GString *out, const Step *step, gboolean helps)
{
    g_autofree char *title = words_title(step);

    markup_html(out, "<li><details$", step->cause ? " class=cause" : "");
    g_string_append(out, opens(step) ? " open><summary>" : "><summary>");
    html_verdict(out, printer_step_role(step, helps), words_result((Result)step->result));
    markup_html(out, " $", title);
    if (step->result != RESULT_SKIPPED && step->provenance != PROVENANCE_UNKNOWN) {
        g_string_append(out, " ");
        html_provenance(out, step->provenance);
    }
    if (step->cause)
        markup_html(out, " <strong class=\"fail\">$</strong>", _("The verdict turns here."));
    g_string_append(out, "</summary>\n");
    append_why(out, step, title);
    if (step->children->len > 0) {
        g_string_append(out, "<ul>\n");
        for (guint i = 0; i < step->children->len; i++)
            append_step(out, step->children->pdata[i], printer_step_helps(step, helps));
        g_string_append(out, "</ul>\n");
    }
    g_string_append(out, "</details></li>\n");
}

void
html_tree(GString *out, const Report *report)
{
    if (!report->tree)
        return;
    html_section(out, _("THE TREE"), 0, TRUE);
    g_string_append(out, "<ul class=\"tree\">\n");
    append_step(out, report->tree, report_dmarc(report)->result == RESULT_PASS);
    g_string_append(out, "</ul>\n");
    html_section_end(out);
}
