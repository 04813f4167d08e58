/* repair.h: text that was a message once: pasted, quoted, wrapped, flattened; made one again.
 * SPDX-License-Identifier: MIT
 *
 * A chain of steps, each of which looks for one kind of damage, mends it and is listed in the
 * origin's repairs with its count. The original bytes stay. Nothing is guessed in silence: the
 * fidelity says what the text can still prove. It is that of the worst repair:
 *
 *   (none done)  as it was: NULL
 *   reencoded    bytes were restored as they must have been: a mark taken off every line, a string
 *                unescaped, text above the source put aside
 *   reflowed     line breaks, folding or single characters of the header were set by rule; relaxed
 *                canonicalization does not see the difference, the bytes are another matter
 *   fragments    something is missing: redacted places, a page's table without the source (with
 *                redacted places and no other repair, hashes are still tried: auth/fidelity.c)
 *
 * Steps that re-flow change white space only: without it, header text before and after is the
 * same. */
#pragma once

#include "message/origin.h"

/* TRUE where the bytes are no sound message but text that repair_text() can make one of. A message
 * that is merely odd (a line without colon, mixed line ends) is left alone: its bytes are
 * evidence. */
gboolean repair_needed(GBytes *bytes);

/* The message (LF line ends). `undone`: ids of repairs that are not to be done (NULL-terminated, or
 * NULL). Appends to the origin's repairs and claims, and sets its fidelity, where something was
 * done, and its `original`. Never fails; text in which nothing is recognized comes back as it is.
 * (transfer full) */
GBytes  *repair_text(GBytes *bytes, const char *const *undone, Origin *origin);

/* What a person who pastes wants to know while typing: fields recognized, and whether a body
 * follows. */
typedef struct {
    guint    fields;        /* header fields after repair */
    guint    known;         /* of these, with a name that mail uses */
    guint    repairs;       /* kinds of repair that were needed */
    gboolean body;
} RepairCount;
RepairCount repair_count(GBytes *bytes);

