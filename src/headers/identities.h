/* identities.h: who a message says it is from, and who carried it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "message/message.h"

/* What a person knows better than the message. NULL: not given. */
typedef struct {
    const char *ip;             /* --ip */
    const char *helo;           /* --helo */
    const char *mail_from;      /* --mail-from; "" or "<>" is the null reverse-path */
    guint       border;         /* the hop (from 1, topmost first) that crossed the border; 0: to be found */
} IdentityOverrides;

/* What somebody says stands in these fields instead. NULL: nothing is said; "" : no such field (Sender, Reply-To). */
typedef struct {
    const char *from, *sender, *reply_to;   /* values of the fields */
    const char *option;                     /* stands as evidence */
} AuthorOverrides;

/* Fills report->from, sender, reply_to (RFC 5322, 3.6.2) and adds findings for a From that is missing,
 * repeated, malformed or has several domains. */
void identities_authors(const Message *message, Report *report);

/* The same where somebody says otherwise. `message` may be NULL where all three are said. */
void identities_authors_as(const Message *message, const AuthorOverrides *given, Report *report);

/* A place that looks hidden, perhaps since the message was written, and all else as it was found: no line end was
 * guessed, so the hashes may fit. */
gboolean    identities_only_hidden(const GPtrArray *repairs);
/* A part of a message without any signature in it: nobody knows whether the rest held one. */
gboolean    identities_signatures_lost(const Report *report);

/* Fills report->envelope from report->route and report->reported (filled before), the header
 * fields Return-Path and Received-SPF, and the overrides, which win (provenance assumed).
 * A value inferred rather than written (the client IP of a Received field) is `assumed` and its evidence
 * says from what; one named by a results header is `reported`; Return-Path's is `message`.
 * Without a message (NULL) the overrides are all there is. */
void identities_envelope(const Message *message, const IdentityOverrides *overrides, Report *report);
