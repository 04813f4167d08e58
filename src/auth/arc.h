/* arc.h: the ARC chain of a message (RFC 8617): every instance, and whether the chain holds.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/body-hash.h"
#include "auth/step.h"
#include "dns/resolver.h"
#include "message/message.h"

/* Fills report->arc (report->reported must stand already). Result: none, pass, fail; unknown where a body or a
 * DNS answer is missing, for trouble is no verdict, though a receiver that cannot fetch a key counts it as
 * fail (5.2.1). Returns the step "arc" with its notes, NULL where there is no ARC field. (transfer full) */
Step *arc_check(const Message *message, Resolver *resolver, BodyHashes *bodies, Report *report);
