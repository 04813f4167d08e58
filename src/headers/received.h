/* received.h: Received fields as hops (RFC 5321, 4.4; the dialects of Postfix, Exim,
 * Sendmail, Google, Microsoft, Amazon, qmail).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "message/message.h"

/* Appends every Received field to report->route, topmost first, with delays and roles, and marks the
 * border: hop number `border` (from 1) where a person said so; for 0 the one that border.h finds. */
void received_route(const Message *message, guint border, Report *report);

/* base/again.h: what fields say before their id, by that text: a host writes the same for each message of a client. */
typedef struct Again ReceivedKept;

/* (transfer full) */
ReceivedKept *received_kept_new(void);
void          received_kept_free(ReceivedKept *kept);
/* The same for one of many messages. `kept` may be NULL. */
void received_route_kept(const Message *message, guint border, ReceivedKept *kept, Report *report);

/* For tests: one field value. Never fails: what cannot be read stays NULL. (transfer full) */
Hop *received_parse(const char *value);
