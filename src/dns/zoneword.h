/* zoneword.h: the words of a zone file's entry, and faults found in them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Sets `error` with the fault as printable text; returns FALSE, to be returned again. */
gboolean zoneword_fault(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

void     zoneword_pass_blanks(const char **cursor);
/* The next blank-separated word, or NULL at the end; a backslash protects. (transfer full) */
char    *zoneword_next(const char **cursor);

/* Seconds, or units as in 1h30m; FALSE where the word is no TTL. */
gboolean zoneword_ttl(const char *word, gint64 *ttl);
/* The data of a TXT record holds a character-string of more than 255 octets (RFC 1035, 3.3). */
gboolean zoneword_has_long_string(const char *data);
