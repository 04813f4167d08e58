/* export.h: what can be written to a file, and as what.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

typedef struct {
    const char *word;       /* of :export */
    const char *suffix;     /* behind the message's name; NULL: the view's own */
    const char *about;
    /* What is to be written, or NULL, and then the status says why. (transfer full) */
    GString  *(*make)(App *app);
    gboolean    list;       /* lists have it, too */
} ExportKind;

/* In the order of the menu; ended by a row without a word. */
extern const ExportKind export_kinds[];

/* The report as it leaves the house: masked where that was chosen. (transfer full) */
Report *export_report(const App *app);
