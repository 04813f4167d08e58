/* dmarc-like.h: DMARC of a message that is like an earlier one in all that counts.
 * SPDX-License-Identifier: MIT
 *
 * Where names, results, reported results and the places of the fields are the same as before, so are results and trees, but
 * for what was found out about signatures: their times and hashes are each message's own. A report then holds the branches of the earlier
 * one; the second tree, which has no such notes, it holds whole. Where only a place differs, dmarc-kept.h still knows the outcome. */
#pragma once

#include "auth/dmarc.h"
#include "auth/earlier.h"

/* All that it follows from, for a message with one author; NULL where nothing is kept. (transfer full) */
char    *dmarc_like_key(const Report *report, Resolver *resolver, const Psl *psl, const DmarcNotes *notes);
/* Fills results and trees of the report, and takes the notes over, as an earlier message's have it; its questions are asked again. FALSE: there
 * was none, or DNS says something else. `key` may be NULL. */
gboolean dmarc_like_take(const char *key, Resolver *resolver, Report *report, DmarcNotes *notes);
/* When the report has been judged anew, between earlier_begin() and this. Its envelope came before, or there would be no key: that is worth
 * keeping it at once. `whole` is FALSE where something else came of it, too. */
void     dmarc_like_end(const char *key, Earlier *earlier, const Report *report, gboolean whole);
