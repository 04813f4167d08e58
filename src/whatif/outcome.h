/* outcome.h: what became of edits: refused, or what now rests on them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "whatif/edit.h"

/* Notes that an edit does not fit: `id` is one of those below; `arg` (may be NULL) says what there is. */
void           outcome_refuse(Report *report, const char *id, const WhatIf *edit, const char *arg);
/* The first edit that could not be applied, as a finding; NULL: all could. (transfer none) */
const Finding *edits_refusal(const Report *report);

/* Steps that rest on an edit, or on a step that does, are assumed, and so are their inputs. TRUE:
 * this one is. */
gboolean       outcome_mark_assumed(Step *step);
/* The verdict rests on assumptions, if it is one at all. */
void           outcome_rest_on_edits(DmarcResult *result, Step *tree);

/* "DMARC: fail without the edits, pass with them". (transfer full) */
char          *what_if_verdict(const Report *report);

/* The edits that count, for Report.what_if. */
void           outcome_list(const Edits *edits, Report *report);
/* Edited answers of DNS that nobody asked for, as findings. */
void           outcome_note_unasked(const Edits *edits, Report *report);
