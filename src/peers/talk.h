/* talk.h: what a confined library asks and answers, as records that travel.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/resolver.h"
#include "process/child.h"

/* A question for DNS. */
typedef struct {
    char *name;
    int   type;             /* index into peer_dns_words */
} PeerAsk;

typedef enum { PEER_TXT, PEER_A, PEER_AAAA, PEER_MX, PEER_PTR } PeerDnsType;

/* What the library said. */
typedef struct {
    char      *version;     /* as far as it says one, or its file does; NULL */
    int        result;      /* Result */
    gboolean   open;        /* it needed an answer that nobody has: the result is worth nothing */
    char      *open_name;   /* … "TXT example.com" */
    char      *explanation; /* libspf2: exp=, expanded; or NULL */
    char      *org;         /* OpenDMARC: its organizational domain of From; "": it knows none */
    char      *record;      /* OpenDMARC: the record that it went by, or NULL */
} PeerAnswer;

extern const RecordType peer_ask_type, peer_answer_type;

/* In the child: the answer from the parent's own resolver; NULL when the line broke. (transfer
 * full) */
DnsAnswer *peer_ask_dns(ChildLine *line, PeerAnswer *out, const char *name, PeerDnsType type);

/* In the parent: serves such a question. NULL: it was none. (transfer full) */
GBytes    *peer_serve_dns(GBytes *question, Resolver *resolver);

/* The function of that name in an opened library, into `slot`, a pointer to such a function. FALSE where there is none. */
gboolean   peer_symbol(gpointer library, const char *name, gpointer slot);

/* child_finish() whose answer must be a PeerAnswer; anything else is CHILD_NONSENSE. (transfer
 * full) */
ChildEnd   peer_finish(Child *child, PeerAnswer **answer);

/* The same where only the version is wanted; NULL where it cannot be told. (transfer full) */
char      *peer_finish_version(Child *child);
