/* source.h: what was opened, for the report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/resolver.h"
#include "facts/report.h"
#include "mailbox/bounce.h"

/* Fills report->source, with the messages inside, and takes over the origin's repairs and notes. `*bounce`: what the message
 * says where it returns another one, else NULL. (transfer full) */
void source_describe(const Message *message, const Resolver *resolver, Report *report, Bounce **bounce);
