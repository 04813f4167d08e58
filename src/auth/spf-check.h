/* spf-check.h: one SPF check under way; shared by spf*.c and by nobody else.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <arpa/inet.h>

#include "auth/spf-macro.h"
#include "auth/spf-record.h"
#include "auth/spf.h"

#define SPF_LOOKUPS_MAX 10      /* terms that ask DNS (RFC 7208, 4.6.4) */
#define SPF_VOIDS_MAX   2       /* answers with nothing in them */
#define SPF_NAMES_MAX   10      /* names of one mx, ptr or %{p} */

typedef struct {
    const SpfQuestion *question;
    Resolver   *resolver;
    SpfResult  *out;            /* counts, trace, crossed */
    char       *sender_domain;  /* normalised */
    guint8      ip[16];
    gsize       ip_size;        /* 4 or 16 */
    char        ip_text[INET6_ADDRSTRLEN];
    char       *ip_dotted;      /* %{i} */
    Provenance  ip_provenance;
    gboolean    personal;       /* a macro was expanded: it may stand for the sender, the HELO name or the time */
    const char *reason;         /* why it ended: a stable id */
    const char *term;           /* tried now: named when it crosses a limit */
    gboolean    unlimited;      /* nothing is counted: exp=, and the count of the whole record */
    char       *exp_target;     /* exp= that belongs to the fail, and whose record it stands in */
    char       *exp_domain;
} SpfCheck;

/* ---- spf-note.c ---- */

void     spf_decide(Step *step, Result result);
/* A step for one term, with the argument {0}: its text. */
Step    *spf_note_term(Step *parent, const SpfClause *clause);
/* The other arguments: {1} its target (`name`, or as the record has it), {2} the client, {3} whose
 * record, {4} what a match means. */
void     spf_note_args(const SpfCheck *check, Step *step, const SpfClause *clause, const char *name,
                       const char *domain);
/* A line of the trace for the term that is tried next; filled in by spf_note_end(). */
SpfTerm *spf_trace(SpfCheck *check, const SpfClause *clause, const char *domain, guint depth);
void     spf_note_end(SpfCheck *check, SpfTerm *term, Step *step, Result result);
/* The terms of `record` from `from` on, which nobody tried. */
void     spf_note_rest(const SpfCheck *check, const SpfRecord *record, guint from,
                       const char *domain, Step *parent);

/* ---- spf-answer.c ---- */

/* Ends with `result` because of `reason`, which it notes. */
Result spf_end(SpfCheck *check, Result result, const char *reason);
/* Asks, and notes the answer as evidence of `step`. */
const DnsAnswer *spf_ask(SpfCheck *check, Step *step, const char *name, DnsType type);
/* What an answer means for the term that asked: RESULT_YES it has records, RESULT_NO it is void,
 * else an error, with its reason. Counts void answers. */
Result spf_judge(SpfCheck *check, const DnsAnswer *answer);

typedef enum { SPF_FETCH_OK, SPF_FETCH_NONE, SPF_FETCH_SEVERAL, SPF_FETCH_TROUBLE } SpfFetch;
/* The one SPF record of a name (4.4, 4.5); `*found` is set for SPF_FETCH_OK only. */
SpfFetch spf_fetch(const DnsAnswer *answer, Memo *memo, SpfRecord **found);

/* The name that an MX or PTR record holds; NULL when it is none, as the null MX of RFC 7505 is not.
 * (transfer full) */
char  *spf_name_in(const DnsRecord *record);

/* ---- spf-match.c: RESULT_YES, RESULT_NO or an error ---- */

/* ip4 and ip6 */
Result spf_match_network(const SpfCheck *check, const SpfClause *clause);
/* The client's address is among those of `name`; only its own family is asked for (5). */
Result spf_match_address(SpfCheck *check, Step *step, const char *name, guint prefix);
/* a mx ptr exists; `name` is the target to ask for. */
Result spf_match_name(SpfCheck *check, Step *step, const SpfClause *clause, const char *name);

/* ---- spf-client.c ---- */

Result spf_match_ptr(SpfCheck *check, Step *step, const char *target);
/* `target` as a name to ask for, in a record of `domain`. RESULT_YES: `*name` is set, or NULL when
 * DNS can hold no such name. RESULT_NO: matches nothing (RFC 8616, 4). Else why it ended. */
Result spf_expand_name(SpfCheck *check, Step *step, const char *target, const char *domain,
                       char **name);
/* The text of an explanation; NULL where there is trouble. (transfer full) */
char  *spf_expand_text(SpfCheck *check, Step *step, const char *text, const char *domain);

/* ---- spf-count.c ---- */

/* Terms that ask DNS in the whole record of `domain`, includes and redirects followed; RECORD_UNSET
 * where a record that is needed is unknown, in trouble or broken. */
gint64 spf_count_lookups(SpfCheck *check, const char *domain);
