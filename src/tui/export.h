/* export.h: what can be written to a file, and as what.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

typedef struct {
    const char *word;       /* of :export */
    const char *suffix;     /* behind the message's name; NULL: the view's own */
    const char *about;
    /* One of these two; neither: it is made of surveys only. Appends the report, which is masked where that was chosen, ... */
    void      (*print)(GString *out, const App *app, const Report *report);
    /* ... or gives what is to be written; NULL: nothing is, and the status says why. (transfer full) */
    GString  *(*make)(App *app);
    gboolean    list;       /* lists have it, too */
    /* The same of a survey, where that is seen; or NULL. */
    const char *survey_about;
    GString  *(*make_survey)(App *app);
} ExportKind;

/* In the order of the menu; ended by a row without a word. */
extern const ExportKind export_kinds[];

/* Whether one message, or a view of it, can be written so. */
gboolean export_has_make(const ExportKind *kind);
/* What is written of that. NULL, and then the status says why. (transfer full) */
GString *export_make(App *app, const ExportKind *kind);

/* What it is, of what is seen. (transfer none) */
const char *export_about(const App *app, const ExportKind *kind);
/* export-survey.c: a survey as it is known by now. (transfer full), or NULL, and then the status says why */
gboolean export_survey_is_part(const App *app);
GString *export_survey_text(App *app);
GString *export_survey_json(App *app);
GString *export_survey_csv(App *app);
