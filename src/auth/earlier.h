/* earlier.h: what a check found for an earlier message, for as long as DNS answers the same.
 * SPDX-License-Identifier: MIT
 *
 * A domain's messages come from the same few addresses, under the same records: what SPF says of both, and which policy
 * is found, follows from them alone. Here the steps and what came of them are kept with every answer they rest on. They
 * are asked for again, in the same order: they belong to the log of each message, and where one is not the very same
 * answer any more, the check is made anew. */
#pragma once

#include "auth/step.h"
#include "base/again.h"
#include "dns/resolver.h"

/* A check under way: what it asks and what it writes under `parent` is noted. */
typedef struct {
    Resolver  *resolver;
    Step      *parent;
    guint      first;           /* of the steps that are its own */
    GPtrArray *asked;           /* DnsAnswer, borrowed */
    GPtrArray *around;          /* the same of the check that this one is part of; or NULL */
} Earlier;

/* What was kept under `key`, its steps added to `parent`; NULL where there is nothing, or other answers. `key` says all
 * that the check follows from besides DNS. (transfer none, until the next earlier_end()) */
gpointer earlier_find(Resolver *resolver, const char *key, Step *parent);
/* Before such a check begins; one may be part of another. `parent` may be NULL, here as above: then no steps are kept. */
Earlier  earlier_begin(Resolver *resolver, Step *parent);
/* … and when it has ended: `found` (transfer full), with its steps, is kept under `key` where that comes for the second time. NULL: it
 * follows from something else, too, and nothing is kept. */
void     earlier_end(Earlier *earlier, const char *key, gpointer found, GDestroyNotify free);

/* A store of its own for a check that keeps more than steps: of EarlierFound, by keys of its own; of a bounded number. NULL where this
 * resolver keeps nothing. `name` is a literal. (transfer none) */
Again   *earlier_store(Resolver *resolver, const char *name);
/* As earlier_end(), but handed over, for such a store; NULL where `found` is NULL … */
typedef struct EarlierFound EarlierFound;
EarlierFound *earlier_hold(Earlier *earlier, gpointer found, GDestroyNotify free);
void          earlier_free(gpointer kept);
/* … and as earlier_find(). `kept` may be NULL. (transfer none) */
gpointer      earlier_again(const EarlierFound *kept, Resolver *resolver, Step *parent);
