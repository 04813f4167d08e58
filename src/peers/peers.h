/* peers.h: what receivers that run libspf2 and OpenDMARC would have said of a message.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/psl.h"
#include "dns/resolver.h"

/* Asks both, each in a confined process, the questions that were decided in `report`, from the
 * same DNS answers, and writes their opinions, a step for each into the tree, and a finding where
 * one differs. Whatever happens in there, our verdict stays. Asks `resolver` for what they want
 * to know besides. */
void  peers_ask(Report *report, Resolver *resolver, const Psl *psl);

/* For `fromscope info`: "libspf2 1.2.10, OpenDMARC 1.4.2". (transfer full) */
char *peers_describe(void);
