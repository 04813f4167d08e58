/* names.h: the names of files, from the command line and from lists that may be as long as they like.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct Names Names;

/* `files` (may be NULL) first, then those that the files `lists` (may be NULL; "-": standard input) list, each ended by
 * `separator`. NULL and `error` where the first list cannot be opened; the others are opened when it is their turn. (transfer full) */
Names *names_new(char *const *files, char *const *lists, char separator, GError **error);
void   names_free(Names *names);

/* How many follow, as far as one can tell; G_MAXUINT: nobody knows. */
guint  names_left(const Names *names);

typedef enum { NAMES_ONE, NAMES_FAULT, NAMES_WAIT, NAMES_END } NamesNext;

/* ONE: `*name` (transfer full). FAULT: one that is no name; `error` says which. WAIT: nobody has written it yet. In a list
 * "-" is a file of that name. */
NamesNext names_next(Names *names, char **name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Names, names_free)
