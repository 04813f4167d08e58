/* output.c: a report in the format that was asked for.
 * SPDX-License-Identifier: MIT */
#include "command/output.h"

#include "base/markup.h"
#include "base/translate.h"
#include "tui/export-mask.h"

/* ---- masked ---- */

void
output_redact(const Options *options, const Message *message, Report *report)
{
    if (!options->redact)
        return;
    g_autoptr(Mask) mask = export_mask(report, message);
    mask_report(mask, report);
}

/* ---- one page for all ---- */

static void
begin_html(const Output *output, GString *out, const Report *report)
{
    g_autofree char *name = output->options->redact || !report->source->path
                                ? g_strdup(_("report"))
                                : g_path_get_basename(report->source->path);

    printer_html_begin(out, name, output->options->redact);
}

static PrinterPage
next_page(Output *output, GString *out, const Report *report, gboolean alone)
{
    if (output->options->format == FORMAT_HTML && output->count == 0)
        begin_html(output, out, report);
    output->count++;
    return (PrinterPage){output->count, alone};
}

static void
append(Output *output, GString *out, const Report *report, gboolean alone)
{
    const PrinterPage page = next_page(output, out, report, alone);

    switch (output->options->format) {
    case FORMAT_TEXT:
        printer_text(out, report, &output->style);
        break;
    case FORMAT_JSON:
        if (output->tray)
            printer_json_on(output->tray, report);
        else
            printer_json(out, report);
        break;
    case FORMAT_MARKDOWN:
        printer_markdown(out, report);
        break;
    case FORMAT_HTML:
        printer_html(out, &page, report);
        break;
    case FORMAT_STEPS:
        printer_steps(out, report, &output->style);
        break;
    case FORMAT_CSV:        /* survey's */
        break;
    }
}

void
output_report(Output *output, GString *out, const Message *message, Report *report, gboolean alone)
{
    output_redact(output->options, message, report);
    append(output, out, report, alone);
}

void
output_unreadable(Output *output, GString *out, Report *report)
{
    output_redact(output->options, NULL, report);
    const PrinterPage page = next_page(output, out, report, FALSE);

    switch (output->options->format) {
    case FORMAT_TEXT:
    case FORMAT_STEPS:
        printer_text_unreadable(out, report, &output->style);
        break;
    case FORMAT_JSON:
        printer_json_unreadable(out, report);
        break;
    case FORMAT_MARKDOWN:
        printer_markdown_unreadable(out, report);
        break;
    case FORMAT_HTML:
        printer_html_unreadable(out, &page, report);
        break;
    case FORMAT_CSV:
        break;
    }
}

/* The table of visitors is text in every format; what is behind each of its rows follows. */
void
output_form(Output *output, GString *out, const FormAnswer *answer)
{
    const Format format = output->options->format;
    const PrinterStyle plain = {.width = output->style.width};
    g_autoptr(GString) table = g_string_new(NULL);

    for (guint i = 0; i < answer->cases->len; i++)
        output_redact(output->options, NULL, ((const FormCase *)answer->cases->pdata[i])->report);
    if (format == FORMAT_JSON) {
        printer_form_json(out, answer);
        return;
    }
    printer_form_text(table, answer, format == FORMAT_TEXT ? &output->style : &plain);
    if (format == FORMAT_HTML && answer->cases->len > 0) {
        begin_html(output, out, ((const FormCase *)answer->cases->pdata[0])->report);
        output->count++;
        g_auto(GStrv) lines = g_strsplit(table->str, "\n", -1);
        g_string_append(out, "<pre>");
        for (char **line = lines; *line; line++)
            markup_html(out, "$\n", *line);
        g_string_append(out, "</pre>\n");
    } else if (format == FORMAT_MARKDOWN) {
        markup_append_fence(out, table->str);
        g_string_append(out, "\n");
    } else {
        g_string_append_len(out, table->str, (gssize)table->len);
    }
    for (guint i = 0; format != FORMAT_TEXT && i < answer->cases->len; i++)
        append(output, out, ((const FormCase *)answer->cases->pdata[i])->report, FALSE);
}

void
output_end(Output *output, GString *out)
{
    if (output->options->format == FORMAT_HTML && output->count > 0)
        printer_html_end(out);
}
