/* address.h: mailboxes of From, Sender and Reply-To (RFC 5322, 3.4 and 4.4).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Called for each mailbox in order, group members included; `mailbox` is the callee's. A blank
 * between commas and a bare `<>` are no mailbox. What is there but is no address has `address`
 * as it stands (NULL: a name alone) and no domain. */
typedef void (*AddressVisit)(Mailbox *mailbox, gpointer data);

/* Reads a whole field value, unfolded. Nothing is skipped in silence: GMime's own list parser
 * reads "a@b@c.com" as a@b, drops what follows a stray semicolon, and its recursion overflows the
 * stack on "g:g:g:…"; so GMime only decodes the names here. TRUE: an address had a route, which was left out. */
gboolean address_each(const char *value, AddressVisit visit, gpointer data);

/* The first one that is an address, or NULL. (transfer full) */
Mailbox *address_first(const char *value);

/* "@relay.example:a@b.example": behind the route, which is no part of the address (RFC 5322, 4.4; RFC 5321, 4.1.2). */
const char *address_without_route(const char *path);
/* What looks like an address around the `@` at `at` in a text of any kind, or NULL. (transfer full) */
char    *address_around(const char *text, const char *at);
/* The domain behind the only `@` outside quotes, normalised; NULL for none, an address literal, a redaction or
 * anything else that is no host name. (transfer full) */
char    *address_domain(const char *address);
/* name_normalise() for what must be a host name: letters, digits, `-`, `_`. (transfer full) */
char    *address_host(const char *text);
/* The same for a text that redaction_in() has passed already. (transfer full) */
char    *address_shown_host(const char *text);
