/* resolver.h: the one door to DNS, with its cache and its log.
 * SPDX-License-Identifier: MIT
 *
 * A check asks a Resolver and cannot tell what stands behind it: a snapshot
 * file, nothing at all, or (src/dns/live.c) the network. Asking never fails: trouble is an
 * answer with its own status. */
#pragma once

#include <glib.h>

#include "base/memo.h"
#include "facts/report.h"

typedef enum { DNS_A = 1, DNS_NS = 2, DNS_CNAME = 5, DNS_SOA = 6, DNS_PTR = 12, DNS_MX = 15,
               DNS_TXT = 16, DNS_AAAA = 28 } DnsType;
const char *dns_type_word(DnsType type);
/* The reverse, whatever the case; 0: none of these. */
DnsType     dns_type_of(const char *word);

/* Distinct questions that one message may cause, whatever it is made of: SPF twice, 100 signatures, 50 sets of ARC, ten
 * authors, a tree walk for each name, trials of advice. The next ones are not asked: DNS_TIMEOUT, and `why` says so. */
#define DNS_QUESTIONS_MAX 600
#define DNS_TOO_MANY "too many questions"

typedef struct Resolver Resolver;

/* A back end. `lookup` returns a new answer whose name, type and ms the Resolver fills in. */
typedef struct {
    const char *name;
    DnsAnswer *(*lookup)(gpointer self, const char *name, DnsType type);
    void       (*close)(gpointer self);
    gboolean   remembers;   /* it asks again by itself what was trouble: such answers end with their message */
    /* The rest is for a back end that waits; each may be NULL. The last two: from any thread. */
    void       (*start)(gpointer self);     /* another message begins: its time counts anew */
    void       (*cancel)(gpointer self);
    char      *(*waiting)(gpointer self);
    /* `self` for one more resolver, to be closed as often; for what nobody changes. NULL: it cannot be shared. */
    gpointer   (*share)(gpointer self);
} ResolverClass;

Resolver *resolver_new(const ResolverClass *class, gpointer self);
void      resolver_free(Resolver *resolver);
/* One more for another thread, with a cache and a log of its own, that gives the same answers: snapshots can be shared. NULL
 * for others. (transfer full) */
Resolver *resolver_twin(const Resolver *resolver);

/* The answer for a normalised name (base/name.h); asked at most once, the same question
 * again comes from the cache. Never NULL. (transfer none, lives until resolver_start_log()) */
const DnsAnswer *resolver_ask(Resolver *resolver, const char *name, DnsType type);
/* Asks once more what `answer` answers, which was given for an earlier message and is still held. TRUE where the very same answer
 * is given again. */
gboolean         resolver_ask_again(Resolver *resolver, const DnsAnswer *answer);
/* That a step rests on an answer: the same for all that do. (transfer full) */
Evidence        *resolver_evidence(const Resolver *resolver, const DnsAnswer *answer);

/* Forgets which questions were asked, not their answers, unless they are very many: the next message starts its own log. Live
 * DNS asks again what had no answer in time. */
void             resolver_start_log(Resolver *resolver);
/* Every distinct question since then, in the order first asked: DnsAnswer. (transfer none) */
const GPtrArray *resolver_log(const Resolver *resolver);
/* Messages that are looked at a part of each at a time, each with a log of its own. From now on it is the turn of number `turn` of
 * them, below RESOLVER_TURNS; 0 where nobody says. Number 0 starts its log before all others: what was asked for before the start of it
 * may be forgotten then. Not of a back end that waits: the time of a message begins with its start. */
#define RESOLVER_TURNS 4
gboolean         resolver_takes_turns(const Resolver *resolver);
void             resolver_turn(Resolver *resolver, guint turn);
/* What readers made of answers' records (a decoded key), for the next message that gets the same answer. (transfer none) */
Memo            *resolver_memo(const Resolver *resolver);
/* From now on `resolver` keeps such things where `other` does. */
void             resolver_share_memo(Resolver *resolver, const Resolver *other);
/* Every answer from now on is added to `asked`, as often as it is given; NULL: no more. Returns where they were added before.
 * (transfer none) */
GPtrArray       *resolver_note(Resolver *resolver, GPtrArray *asked);
/* What checks found, under keys of theirs (auth/earlier.h), is worth keeping where the key came before: asked once each time.
 * `thing` (transfer full) is kept until others need its place; by a resolver that has no others below it. */
gboolean         resolver_came(Resolver *resolver, const char *key);
void             resolver_keep(Resolver *resolver, const char *key, gpointer thing, GDestroyNotify free);
/* A check's own store for what is the same from one message to the next, bounded by itself; made when it is first asked for,
 * and freed with the resolver. NULL: this one is asked about one message, an overlay. `name` is a literal. (transfer none) */
gpointer         resolver_store(Resolver *resolver, const char *name, gpointer (*make)(void), GDestroyNotify free);
/* What resolver_keep() kept; or NULL. (transfer none, until the next resolver_keep()) */
gpointer         resolver_kept(const Resolver *resolver, const char *key);
/* The question under way and all later ones get DNS_OFFLINE, at once. From any thread. */
void             resolver_cancel(Resolver *resolver);
/* What is waited for: "TXT _dmarc.example.com, 3 s", or NULL. From any thread. (transfer full) */
char            *resolver_waiting(Resolver *resolver);
/* For title bars: "offline", "snapshot", "snapshot-beside", "live". */
const char      *resolver_source(const Resolver *resolver);

/* Nothing is ever asked: every answer is DNS_OFFLINE. (transfer full) */
Resolver *resolver_offline(void);

/* Answers from zone files (INTERFACE.md, "Snapshot file"); `paths` is NULL-terminated. `beside`: it
 * came with the message, so `secure` in it is not honoured. NULL and `error`
 * ("FILE:LINE: fault") where a file cannot be read as a snapshot. (transfer full) */
Resolver *resolver_snapshot(const char *const *paths, gboolean beside, GError **error);

/* The same of one that came with the message, whose bytes are there already. (transfer full) */
Resolver *resolver_snapshot_bytes(GBytes *bytes, const char *path, GError **error);

/* The snapshot that lies beside `message_path`, or NULL. (transfer full) */
char     *snapshot_path_beside(const char *message_path);

/* The status says that the question has no answer today: SERVFAIL, timeout, bogus (temperror), or
 * that nobody knows: not in the snapshot, offline (unknown). */
gboolean  dns_is_trouble(const DnsAnswer *answer);
gboolean  dns_is_unknown(const DnsAnswer *answer);
/* NOERROR without records, NODATA or NXDOMAIN: a void answer (RFC 7208, 4.6.4). */
gboolean  dns_is_void(const DnsAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Resolver, resolver_free)
