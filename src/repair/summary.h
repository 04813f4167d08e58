/* summary.h: the table that Gmail puts above a message's source ("Show original").
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "repair/marks.h"

/* TRUE where a text begins with such a table; `source` becomes the place where the message's source
 * begins, `length` where the table is all there is. Rows are told by what they hold (SPF, DKIM,
 * DMARC, a result, an address), since labels are translated and change. */
gboolean        summary_find(const char *text, gsize length, gsize *source);

/* FALSE where the header block alone shows that summary_find() will find none, whatever follows. */
gboolean        summary_possible(const char *block, gsize length);

/* FALSE where marks_sure_at_line() of the first line is of a field that tables do not show: then summary_possible() is FALSE,
 * with each CRLF made an LF, too. */
gboolean        summary_may_be_above(const char *block, gsize length, const Mark *first);

/* What a table says, as a header that nobody vouches for. (transfer full) */
ReportedHeader *summary_claim(const char *table, gsize length);

/* A header block of what a table says of the message: all there is without a source. (transfer
 * full) */
GString        *summary_fields(const char *table, gsize length);
