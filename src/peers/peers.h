/* peers.h: what receivers that run libspf2 and OpenDMARC would have said of a message.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/psl.h"
#include "base/stop.h"
#include "dns/resolver.h"
#include "process/child.h"

/* Asks both, each in a confined process, the questions that were decided in `report`, from the
 * same DNS answers, and writes their opinions, a step for each into the tree, and a finding where
 * one differs. Whatever happens in there, our verdict stays. Asks `resolver` for what they want
 * to know besides. */
void  peers_ask(Report *report, Resolver *resolver, const Psl *psl);

/* The same in pieces, for who does not want to wait. First the report says that they are being asked
 * (`why` is peer-asked) wherever it will show what they say. */
void  peers_announce(Report *report);
/* Then both are put to work; the processes are forks of the calling thread (child.h). All that is
 * given lives until peers_finish(); `stop` may be NULL. (transfer full) */
typedef struct Peers Peers;
Peers *peers_start(Report *report, Resolver *resolver, const Psl *psl, const Stop *stop);
/* Last they are heard, in any thread, and `report`, which was announced, is completed. After a wish to
 * stop that is done at once, and the report is of no use. `peers` is gone. */
void  peers_finish(Peers *peers);

/* For a parent whose confined workers ask them (PoolClass.child): the child of that name, or NULL. */
const ChildJob *peers_child(const char *name);

/* For `fromscope info`: "libspf2 1.2.10, OpenDMARC 1.4.2". (transfer full) */
char *peers_describe(void);
