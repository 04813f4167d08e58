/* lookalike-list.h: names in lists that are made to be taken for others.
 * SPDX-License-Identifier: MIT
 *
 * A list has nothing beside a name that explains it, and asks for each of its rows: so this is cheap, and says less than a
 * report does (lookalike.h). A word added to a name that is imitated ("example-shop" for "example") is often its owner's, and
 * does not count here. */
#pragma once

#include "headers/lookalike.h"

/* Of the names that are often imitated the one that a domain behind an @ looks like, and is not; else NULL. `from`: an address, or several,
 * as a message has them. Both may be NULL. (transfer none) */
const char *lookalike_imitated_in(const Lookalikes *data, const char *from);

/* Names that stand in one list, and how many messages each has. */
typedef struct LookalikeNames LookalikeNames;

/* `data` is borrowed. (transfer full) */
LookalikeNames *lookalike_names_new(const Lookalikes *data);
void            lookalike_names_free(LookalikeNames *names);
void            lookalike_names_add(LookalikeNames *names, const char *domain, gint64 messages);
/* Whom a name of the list looks like: one that is often imitated, or another of the list that reads the same and has more
 * messages; of two with as many it is the one that is written as it reads. NULL: nobody. (transfer none, until another is
 * added) */
const char     *lookalike_names_like(const LookalikeNames *names, const char *domain);
