/* bounce.h: what a returned mail says: RFC 3464 reports, RFC 5965 feedback reports, and the plain
 * text of older mail servers.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/parts.h"

typedef struct {
    char *format;           /* dsn, feedback-report, exim, qmail … (doc/ids.md) */
    char *action;           /* failed, delayed …; of a feedback report its type; or NULL */
    char *status;           /* "5.7.1"; the diagnostic's where the report has none; or NULL */
    char *diagnostic;       /* the receiver's own words, unfolded, without "smtp;"; or NULL */
    char *recipient;        /* who did not get it; or NULL */
    char *remote_mta;       /* the host that refused; or NULL */
    char *reporting_mta;    /* the host that reports; or NULL */
    char *stage;            /* "RCPT TO", "end of DATA" … where the text says so; or NULL */
    Span  evidence;         /* of the diagnostic in the outer message; empty where it was encoded */
    Span  returned;         /* plain text: the returned message in the body; empty for none */
    /* ---- beyond that ---- */
    GBytes  *decoded;       /* the returned message where it was encoded: `returned` is empty */
    gboolean headers_only;  /* plain text: only the header was returned */
    gboolean returned_cut;  /* plain text: the notice says that the body was shortened */
    char *code;             /* the enhanced code in the diagnostic itself; or NULL */
    char *sender;           /* the envelope sender of what was returned, if the report names it */
    char *source_ip;        /* feedback report: the client that delivered it (RFC 5965, 3.2) */
    char *reported_domain;  /* feedback report: whose name was used */
    guint recipients;       /* how many the report speaks of; 0: not known */
} Bounce;

/* NULL where the message is no bounce. (transfer full) */
Bounce *bounce_read(const Message *message);
/* The same, for who has its parts already; NULL: they are looked for. (transfer full) */
Bounce *bounce_read_parts(const Message *message, const Parts *known);
void    bounce_free(Bounce *bounce);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bounce, bounce_free)
