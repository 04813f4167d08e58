/* walk.h: a folder's messages, found without looking into its files: workers say what they are.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "batch/task.h"

typedef struct Walk Walk;

/* NULL and `error` where the folder cannot be read. (transfer full) */
Walk *walk_new(const char *path, GError **error);
void  walk_free(Walk *walk);

/* ---- finding ---- */

/* Files that are to be judged, if it is time for some: their task (task.h) and descriptors. FALSE: not now. */
gboolean walk_judge(Walk *walk, GByteArray *wire, PoolJob *job, guint most);
/* What came of that: of the next file that was handed out. */
void     walk_judged(Walk *walk, PieceKind kind, guint messages);

/* ---- using ---- */

typedef enum { WALK_FILE, WALK_LATER, WALK_END } WalkNext;

/* What comes next: a file with all that a task says of it (transfer full: task_file_free()), and its descriptor (-1: `fault` is set); `*messages`:
 * of a mailbox. The last one that is known is held back until there is another one, or none. */
WalkNext walk_next(Walk *walk, TaskFile **file, int *fd, guint *messages);
/* Whether there are two messages or more, as far as it is known; it is when walk_next() has given one. */
gboolean walk_has_several(const Walk *walk);
guint    walk_given(const Walk *walk);      /* messages */
/* Files that are to come, as far as it is known; G_MAXUINT: it is not. */
guint    walk_left(const Walk *walk);
double   walk_progress(const Walk *walk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Walk, walk_free)
