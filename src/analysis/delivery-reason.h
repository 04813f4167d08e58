/* delivery-reason.h: what a server meant when it refused a mail: one table of texts and codes.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* What kind of reason it is: whose matter, and whether SPF and DMARC have to do with it. */
typedef enum {
    REASON_OTHER,
    REASON_SPF,
    REASON_DMARC,
    REASON_AUTH,        /* DKIM, or several checks */
    REASON_ADDRESS,     /* no such recipient */
    REASON_MAILBOX,     /* the recipient's mailbox: full, disabled */
    REASON_SERVER,      /* the sending server: reverse DNS, block list, TLS, too many messages */
    REASON_CONTENT,     /* the message: spam, size, form */
    REASON_ROUTE,       /* it could not be reached */
    REASON_WAIT         /* asked to come again */
} ReasonKind;

typedef struct {
    const char *id;     /* of the words (tree/words-delivery.c) */
    ReasonKind  kind;
} Reason;

/* The text decides before the number, since providers give numbers meanings of their own (RFC 7372
 * and Gmail clash). Any of the strings may be NULL. `hosts`: names of the servers, which tell the
 * provider. Where nothing is known, the class: permanent or temporary, and no more; id NULL where
 * not even that is. */
Reason reason_of(const char *diagnostic, const char *status, const char *hosts);

/* Of a feedback report (RFC 5965, 7.3; RFC 6591). */
Reason reason_of_feedback(const char *type);
