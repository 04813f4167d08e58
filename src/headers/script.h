/* script.h: which scripts a name is written in (UTS #39, 5).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* No label mixes scripts but as UTS #39, 5.2 "highly restrictive" allows: Latin with Japanese,
 * Chinese or Korean. `name` as people see it (U-labels). */
gboolean script_name_is_restrictive(const char *name);

/* The first label that does mix; NULL where none does. `scripts` gets their names, "Latin,
 * Cyrillic". (both transfer full) */
char    *script_mixed_label(const char *name, char **scripts);

/* An address, or several, for a list, where nothing stands beside it that explains it: a domain
 * behind an @ that mixes scripts, or is written in letters that look like Latin ones below a
 * top-level domain of ASCII, as its A-labels, so that nobody takes it for another. (transfer full) */
char    *script_guarded(const char *text);
