/* hash.h: texts of strangers as keys of a GHashTable.
 * SPDX-License-Identifier: MIT
 *
 * g_str_hash() is known to everybody: whoever writes a message can write as many names as he likes that all fall into one place
 * of a table, and each then costs as much as there are before it. A megabyte of such names is half a minute. */
#pragma once

#include <glib.h>

/* In the place of g_str_hash(). It differs from run to run, so that nobody can choose names for it; hence nothing that is
 * printed may go by the order of a table. */
guint hash_text(gconstpointer text);
