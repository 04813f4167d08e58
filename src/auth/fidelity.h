/* fidelity.h: how close the bytes at hand are to those that were signed, and what they still prove.
 * SPDX-License-Identifier: MIT
 *
 * A hash that fits is a proof whatever happened to the text; one that does not fit may be the fault
 * of the copy. So a damaged text never makes a fail, and what was guessed never makes a pass. */
#pragma once

#include "auth/canon.h"
#include "auth/step.h"
#include "message/message.h"

typedef enum {
    GRADE_RAW,          /* as it was sent; perhaps without its body */
    GRADE_REENCODED,    /* complete, but not byte by byte */
    GRADE_TEXT          /* re-flowed or fragments: line ends were guessed, the body, too */
} Grade;

Grade       fidelity_grade(const Message *message);
/* The same for one signature of a message with `blackened` places, `own` the index of its field: such a place is an
 * excuse only for what covers it. `selected` as dkim_sig_select() gives it. */
Grade       fidelity_grade_of(const Message *message, guint own, const GArray *selected);

/* source.fidelity: raw reencoded headers reflowed fragments. Without a body nothing is complete. */
const char *fidelity_word(const Message *message);

/* Whether the text ends in that field: the rest of it may have been cut off. */
gboolean    fidelity_ends_in(const Message *message, guint field);

/* Whether a body hash, or a header hash by `canon`, says anything here. */
gboolean    fidelity_allows_body(const Message *message);
gboolean    fidelity_allows_header(const Message *message, Canon canon);
/* Whether a problem of a signature field may be the fault of the copy: all that is read from
 * it, but for an algorithm that no damage makes of another. `problem` is a reason of
 * INTERFACE.md. */
gboolean    fidelity_may_cause(Grade grade, const char *problem);

/* Where the text is not raw: notes which grade it has, and which one the step needs. */
void        fidelity_note_body(Step *step, const Message *message);
void        fidelity_note_header(Step *step, const Message *message, Canon canon);

/* Once for all checks: what could not be settled for want of the original, and how to get it. */
void        fidelity_report(const Message *message, Report *report);
