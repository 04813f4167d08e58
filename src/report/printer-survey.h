/* printer-survey.h: a survey on paper: text, JSON, CSV.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "report/printer.h"
#include "survey/survey.h"

/* One line: the JSON object of INTERFACE.md and a line end. */
void printer_survey_json(GString *out, const Survey *survey);
/* A row for each group, RFC 4180, with a head. What a spreadsheet would take for a formula is text.
 */
void printer_survey_csv(GString *out, const Survey *survey);
/* `domain`: what was asked for, or NULL. `providers` may be NULL. */
void printer_survey_text(GString *out, const Survey *survey, const Providers *providers,
                         const char *domain, const PrinterStyle *style);
