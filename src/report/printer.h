/* printer.h: a Report on paper: text, JSON, HTML, Markdown, and step by step.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/form.h"
#include "facts/report.h"

typedef struct {
    gboolean color;     /* SGR sequences in text */
    gboolean ascii;     /* no glyph beyond ASCII */
    guint    width;     /* columns for wrapping; 0: 80 */
} PrinterStyle;

/* One line: the JSON object of INTERFACE.md and a line end. */
void printer_json(GString *out, const Report *report);
/* … in the tray's room. */
void printer_json_on(Tray *tray, const Report *report);
/* The same with one key more at the end. */
void printer_json_named(GString *out, const Report *report, const char *key, const char *value);
/* A message of a mailbox that cannot be read: format, source and findings only. */
void printer_json_unreadable(GString *out, const Report *report);
void printer_text_unreadable(GString *out, const Report *report, const PrinterStyle *style);
void printer_text(GString *out, const Report *report, const PrinterStyle *style);

/* One HTML page, self-contained, for all messages: begin, each message, end. */
typedef struct {
    guint    number;    /* of the message on the page, from 1 */
    gboolean alone;     /* the only one: it is open */
} PrinterPage;

void printer_html_begin(GString *out, const char *title, gboolean redacted);
void printer_html(GString *out, const PrinterPage *page, const Report *report);
void printer_html_unreadable(GString *out, const PrinterPage *page, const Report *report);
void printer_html_end(GString *out);

/* For a ticket: nothing that stands in a message becomes a link, a mention or markup. */
void printer_markdown(GString *out, const Report *report);
void printer_markdown_unreadable(GString *out, const Report *report);

/* For slides: a paragraph for each step of the tree, in the order in which the answer is built. */
void printer_steps(GString *out, const Report *report, const PrinterStyle *style);

/* The answer for a web form; as JSON one object for each visitor, with the key "form". */
void printer_form_text(GString *out, const FormAnswer *answer, const PrinterStyle *style);
void printer_form_json(GString *out, const FormAnswer *answer);
