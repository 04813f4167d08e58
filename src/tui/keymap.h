/* keymap.h: keys that a person chose, over those of the table.
 * SPDX-License-Identifier: MIT
 *
 * Wishes are collected first and settled then, so that two commands can change keys with each
 * other; what is wrong with one is said when it is read again, with its line. */
#pragma once

#include "tui/keys.h"

typedef struct Keymap Keymap;

Keymap *keymap_new(void);           /* (transfer full) */
void    keymap_free(Keymap *keymap);

/* "palette-up = Up, Ctrl-P". */
void    keymap_wish(Keymap *keymap, const char *command, const char *keys);
/* Those that would take another command's key are given up, and hold their default. */
void    keymap_settle(Keymap *keymap);
/* What is wrong with a wish, in a few words; NULL: it holds. (transfer full) */
char   *keymap_fault(const Keymap *keymap, const char *command, const char *keys);
/* The table that counts. (transfer none, lives as long as `keymap`) */
const Binding *keymap_bindings(const Keymap *keymap);
/* Nobody wished for anything else: it is the program's own. */
gboolean keymap_is_usual(const Keymap *keymap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keymap, keymap_free)
