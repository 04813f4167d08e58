/* keeper-write.h: the one file that a core is writing, and how much it may write in all.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/keeper-rules.h"

typedef struct KeeperWriting KeeperWriting;

/* (transfer full) */
KeeperWriting *writing_new(void);
void           writing_free(KeeperWriting *writing);

/* Begins a new file, or one in the place of what is there: 0, or an errno. What was begun before is
 * dropped. */
int            writing_begin(KeeperWriting *writing, const KeeperRules *rules, const char *path);
int            writing_replace(KeeperWriting *writing, const KeeperRules *rules, const char *path);

/* FALSE: nothing was begun. What goes wrong is said at the end. */
gboolean       writing_add(KeeperWriting *writing, const guint8 *bytes, gsize length);
/* It is there under its name, or not at all: `*number` is 0, or an errno. FALSE: nothing was
 * begun. */
gboolean       writing_end(KeeperWriting *writing, int *number);
/* Of what was begun nothing stays. */
void           writing_drop(KeeperWriting *writing);
