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

/* IPv4 or IPv6 in canonical text, ::ffff: addresses as IPv4; NULL where `text` is neither. Brackets and
 * an "IPv6:" prefix are taken off. (transfer full) */
char    *ip_canonical(const char *text);
char    *ip_canonical_of(const char *text, gsize length);
/* It may give one, by its first letters: most names do not. */
gboolean ip_may_begin(const char *text);
/* Loopback, link-local or private: never the client that SPF asks about. Documentation ranges are public. */
gboolean ip_is_internal(const char *ip);
