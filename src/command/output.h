/* output.h: reports on standard output in the format that was asked for, masked where that was
 * asked for.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/form.h"
#include "session/session.h"

typedef struct {
    const Options *options;
    PrinterStyle   style;
    guint          count;       /* messages so far */
    Tray          *tray;        /* that JSON is put on; NULL: it is appended, as all else */
} Output;

/* Masks `report` where --redact was given. `message`, and those inside it, say what is personal;
 * NULL: the report alone does. */
void output_redact(const Options *options, const Message *message, Report *report);

/* Appends a report, masked first. `alone`: as far as is known, the only one. */
void output_report(Output *output, GString *out, const Message *message, Report *report,
                   gboolean alone);
void output_unreadable(Output *output, GString *out, Report *report);
void output_form(Output *output, GString *out, const FormAnswer *answer);
/* What ends the whole; nothing where there was no report. */
void output_end(Output *output, GString *out);
