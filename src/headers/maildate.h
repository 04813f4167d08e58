/* maildate.h: dates as mail programs write them (RFC 5322, 3.3 and 4.3, and worse).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* "Tue, 1 Sep 2026 10:00:00 +0900 (JST)", "Tue Sep  1 10:00:00 2026", "2026-09-01 10:00:00.5 +0900
 * UTC m=+5.1": seconds since 1970 and the date as RFC 3339 with its own offset ("-00:00" where no
 * zone is named). FALSE and nothing set where no date can be read. `text` (transfer full) */
gboolean maildate_parse(const char *value, gint64 *seconds, char **text);
