/* memo.h: what was made of bytes, kept for when the same bytes come again.
 * SPDX-License-Identifier: MIT
 *
 * Thousands of messages name the same few keys and records. Reading a key, and preparing it, takes as long as
 * checking a signature with it; here it is done once. What is kept follows from the bytes alone, so nobody can tell
 * whether it was kept. It stays borrowed by nobody: whoever needs it for longer takes a reference of its own. */
#pragma once

#include <glib.h>

typedef struct Memo Memo;

/* For so many things at most: strangers choose which. (transfer full) */
Memo    *memo_new(guint max);
Memo    *memo_ref(Memo *memo);
void     memo_unref(Memo *memo);

/* What was kept for these very bytes (this GBytes, not its equal) by the readers of `kind`; or NULL. (transfer none,
 * until the next memo_keep()) */
gpointer memo_find(const Memo *memo, const char *kind, GBytes *bytes);
/* Keeps `thing` (transfer full), and `bytes` with it. `kind` is compared as a pointer. */
void     memo_keep(Memo *memo, const char *kind, GBytes *bytes, gpointer thing, GDestroyNotify free);
