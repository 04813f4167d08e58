/* signature-part.h: one DKIM signature, for the files that show its sides.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/hashed.h"
#include "tui/ui.h"
#include "tui/view/coverage.h"
#include "tui/view/sheet.h"

typedef enum { SIDE_FACTS, SIDE_COVERED, SIDE_HEADER, SIDE_BODY, SIDES } Side;

typedef struct {
    const DkimResult *result;
    const Step       *step;         /* "dkim-check"; NULL where the tree has none */
    const Coverage   *coverage;
    const Hashed     *hashed;       /* or NULL */
    guint             number, count;
} Signature;

/* signature-facts.c: all that there is to say of it, at the end of the page. */
void  signature_add_facts(Page *page, const App *app, const Signature *signature);
/* Result as in the tree: somebody's name was proved, not yet the one in From:. */
Role  signature_role(const DkimResult *result);

/* signature-sheet.c: one of the sides but the first; `place`: the byte of the message that the
 * diagnosis speaks of, G_MAXSIZE for none. (transfer full) */
Sheet *signature_sheet(const App *app, const Signature *signature, Side side, guint width,
                       gsize *place);
/* What it shows. (transfer full) */
char  *signature_sheet_title(const Signature *signature, Side side);
