/* report.h: everything that was established about one message, as plain data.
 * SPDX-License-Identifier: MIT
 *
 * The checks fill a Report; once analysis_run() hands it over nobody changes it. It
 * holds bytes, numbers and stable words (doc/ids.md), no sentence and no object of a
 * library, so it can be saved, loaded, compared and sent between processes. Field
 * names and their order are those of INTERFACE.md's JSON. */
#pragma once

#include "base/span.h"
#include "facts/record.h"

/* How we know a value. */
typedef enum {
    PROVENANCE_UNKNOWN,
    PROVENANCE_MESSAGE,     /* read from a header of the message */
    PROVENANCE_REPORTED,    /* somebody else's verdict */
    PROVENANCE_RECOMPUTED,  /* by this program, from message and DNS */
    PROVENANCE_ASSUMED      /* an override, a what-if edit or an inference */
} Provenance;
extern const char *const provenance_words[];

/* Verdicts of the RFCs, then the outcomes of single steps. */
typedef enum {
    RESULT_UNKNOWN,
    RESULT_NONE,
    RESULT_PASS,
    RESULT_FAIL,
    RESULT_SOFTFAIL,
    RESULT_NEUTRAL,
    RESULT_POLICY,
    RESULT_TEMPERROR,
    RESULT_PERMERROR,
    RESULT_YES,             /* matched, aligned, vouches, intact */
    RESULT_NO,
    RESULT_INFO,            /* a fact that decides nothing by itself */
    RESULT_SKIPPED          /* not reached, not needed */
} Result;
extern const char *const result_words[];
/* The result of that word (may be NULL). FALSE, and nothing set: there is none. */
gboolean result_of_word(const char *word, Result *result);
/* The same for a receiver's rule: RESULT_SKIPPED is "not-applicable". */
extern const char *const receiver_result_words[];

typedef enum { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_PROBLEM } Severity;

/* What a value rests on: bytes of the message, a DNS answer, or an option. */
typedef enum { EVIDENCE_HEADER, EVIDENCE_BODY, EVIDENCE_DNS, EVIDENCE_OPTION } EvidenceKind;
typedef struct {
    int      kind;      /* EvidenceKind */
    char    *name;      /* header field, DNS name or option, as written */
    gint64   line;      /* header: line in the message, from 1 */
    GArray  *spans;     /* header, body: the bytes */
    char    *type;      /* DNS: TXT, A, … */
    char    *source;    /* DNS: where the answer came from */
    RecordShared shared;    /* what rests on the same holds the same */
} Evidence;

/* A name for a value, with where it came from. */
typedef struct {
    const char *name;   /* a stable id, a literal: words.h has its label */
    char *value;
    int   provenance;
    RecordShared shared;    /* of an alignment of the same names in many messages (auth/dmarc-kept.h) */
} StepInput;

/* One step that a check took, written down while it decided. Steps nest; the
 * tree is the outermost. */
typedef struct {
    const char *id;             /* as `rule`, a literal */
    int        result;          /* Result */
    int        provenance;
    const char *rule;           /* "RFC 9989, 4.10.2" */
    GPtrArray *inputs;          /* StepInput */
    GPtrArray *evidence;        /* Evidence */
    GPtrArray *children;        /* Step */
    GPtrArray *args;            /* strings that the step's words refer to as {0}, {1} … */
    int        legacy;          /* Result of the same step by RFC 7489; RESULT_SKIPPED where there is none */
    gboolean   group;           /* outcome follows from the children; takes no step of a walk */
    gboolean   folded;          /* detail: closed when the tree opens */
    gboolean   cause;           /* the verdict turns here */
    RecordShared shared;        /* the same note in many messages (auth/earlier.h) */
} Step;

typedef struct {
    char *name;                 /* display name, decoded; or NULL */
    char *address;              /* local@domain as written, or NULL */
    char *domain;               /* A-labels, or NULL */
} Mailbox;

typedef struct {
    GPtrArray *addresses;       /* Mailbox; group members included */
    char      *domain;          /* the Author Domain; NULL when there is none or several */
    GPtrArray *problems;        /* ids of findings */
    GPtrArray *domains;         /* every distinct author domain */
    GPtrArray *evidence;
    int        assumed_exists;  /* Tri: hidden: --author-exists answers the question behind np= */
} Author;

typedef struct {
    char      *address;
    char      *domain;
    GPtrArray *evidence;
} OtherSender;                  /* Sender, Reply-To */

typedef struct {
    char      *address;         /* MAIL FROM; "" is the null reverse-path; NULL where unknown */
    char      *domain;          /* MAIL FROM's or HELO's domain; NULL where unknown */
    char      *value;           /* what was read: the address, the HELO string, the IP */
    int        provenance;
    GPtrArray *evidence;
} EnvelopeItem;

typedef struct {
    EnvelopeItem *mail_from;
    EnvelopeItem *helo;         /* address is NULL, value the string as the client said it */
    EnvelopeItem *client_ip;    /* address and value are the IP address as text */
} Envelope;

typedef struct {
    char  *from, *by, *ip, *protocol, *tls, *id;
    char  *date;                /* RFC 3339, UTC offset kept */
    gint64 delay_s;             /* since the hop before; unset where unknown */
    gboolean border;            /* where the receiving organization begins */
    char  *helo, *ptr;          /* what the client said, what reverse DNS said */
    char  *role;                /* submission relay border delivery internal */
    gboolean no_ptr;            /* hidden: the server says that reverse DNS gave no name that leads back */
    gint64 line;
    gint64 time;                /* seconds since 1970, unset where unreadable */
    GPtrArray *evidence;
} Hop;

/* One method=result of an Authentication-Results-like header. */
typedef struct {
    char      *method;          /* lower case: spf dkim dmarc arc … */
    char      *result;          /* lower case, as reported */
    char      *reason;
    char      *comment;
    GPtrArray *properties;      /* Pair: "smtp.mailfrom" */
    RecordShared shared;        /* the same field in many messages (headers/authres-kept.h) */
} ReportedResult;

typedef struct {
    char      *header;          /* field name as written */
    gint64     line;
    char      *authserv_id;     /* NULL where the dialect has none */
    gboolean   trusted;
    gboolean   suspicious;
    GPtrArray *results;         /* ReportedResult */
    GPtrArray *deviations;      /* ids of departures from RFC 8601 */
    char      *raw;             /* the field's value as it stands */
    gint64     instance;        /* ARC-Authentication-Results: i=; else unset */
    gboolean   topmost_block;   /* part of the receiving host's own, the claim that `claimed` rests on */
    GPtrArray *evidence;
} ReportedHeader;

typedef struct {
    char  *term;                /* "ip4:192.0.2.0/24" as in the record */
    int    result;              /* RESULT_YES, RESULT_NO, or an error */
    char  *domain;              /* whose record */
    gint64 depth;
    gint64 lookups;             /* used after this term */
    gint64 void_lookups;
} SpfTerm;

typedef struct {
    int        result;
    char      *domain;          /* the domain that was checked */
    int        provenance;
    char      *record;
    gint64     lookups;         /* DNS-querying terms on this path */
    gint64     void_lookups;
    gint64     record_lookups;  /* of the whole record; unset where it cannot be counted */
    char      *crossed;         /* the term that crossed a limit */
    char      *explanation;     /* exp=, expanded; or NULL */
    const char *reason;         /* a stable id: what decided */
    GPtrArray *trace;           /* SpfTerm */
    char      *matched;         /* the term that matched, or NULL */
    RecordShared shared;        /* the same of many messages (auth/earlier.h) */
} SpfResult;

typedef struct {
    SpfResult *mail_from;
    SpfResult *helo;
} SpfPair;

typedef struct {
    char      *domain;          /* d= */
    char      *selector;
    char      *algorithm;
    gint64     key_bits;
    const char *canonicalization;
    int        result;
    const char *reason;         /* INTERFACE.md's table */
    const char *header_hash;    /* ok mismatch unavailable unknown */
    const char *body_hash;
    gboolean   testing;         /* key t=y */
    gboolean   author_signature;/* d= is the Author Domain's organization */
    gint64     unsigned_tail;   /* bytes */
    gboolean   key_gone;        /* no key today, long after the message came: says nothing about the message */
    GPtrArray *signed_fields;   /* names of h=, in order */
    int        provenance;
    char      *identity;        /* i= */
    gint64     signed_at;       /* t=, x=: seconds since 1970; unset where absent */
    gint64     expires_at;
    GArray    *covered;         /* Span: the fields that h= covers, in its order */
    GPtrArray *evidence;        /* the signature field */
} DkimResult;

typedef struct {
    gint64 i;
    const char *ams;            /* one of result_words: the ARC-Message-Signature … */
    const char *seal;           /* … and the ARC-Seal, as they come out */
    char  *cv;
    char  *sealer;
    ReportedHeader *reported;
} ArcInstance;

typedef struct {
    int        result;
    const char *reason;
    gint64     oldest_pass;
    GPtrArray *instances;       /* ArcInstance */
} ArcResult;

typedef struct {
    const char *mechanism;      /* spf, dkim */
    char *domain;
    int   authenticated;        /* Tri */
    char *reported;             /* the receiving host's word, or NULL */
    int   aligned;              /* Tri */
    const char *mode;           /* r, s, r (assumed) */
    char *org_domain;
    int   basis;                /* Provenance that `authenticated` rests on */
    gint64 signature;           /* index into dkim[], unset for spf and reported-only */
    gboolean temporary;         /* hidden: `authenticated` is open for DNS trouble, not for lack of knowledge */
} Identifier;

typedef struct {
    char *domain;
    int   result;
    int   claimed;
    const char *policy;
    const char *applied;
    const char *applied_sampled;
    char *record_domain;
} DmarcPerDomain;

typedef struct {
    char *source;
    char *rule;
} PslInfo;

typedef struct {
    int        result;
    int        claimed;         /* pass fail unknown */
    const char *policy;         /* none quarantine reject, or NULL */
    const char *applied;
    const char *applied_sampled;
    char      *record;
    char      *record_domain;
    char      *org_domain;
    GPtrArray *identifiers;     /* Identifier */
    GPtrArray *queries;         /* names */
    const char *basis;          /* recomputed reported mixed assumed unknown */
    GPtrArray *per_domain;      /* DmarcPerDomain, where there are several author domains */
    PslInfo   *psl;
    const char *policy_tag;     /* p sp np, or "assumed" for a record without valid policy */
    const char *reason;         /* stable id: why this result */
    const char *aspf, *adkim;   /* of the record used: r, s */
    RecordShared shared;        /* the same of many messages (auth/dmarc-kept.h) */
} DmarcResult;

typedef struct {
    DmarcResult *rfc9989;
    DmarcResult *rfc7489;
    gboolean     differ;
    char        *why;           /* id; JSON and text show it in words */
    GPtrArray   *why_args;
} DmarcPair;

typedef struct {
    char *engine, *version, *question;
    int   result;
    gboolean agrees;
    char *why;
} SecondOpinion;

/* What it costs to break a receiver's rule, the worst first. */
typedef enum { EFFECT_REJECT, EFFECT_SPAM, EFFECT_SUPPORT, EFFECT_ADVICE } RuleEffect;
extern const char *const effect_words[];

/* There are dozens for each message, so what follows from a rule stands there only where it failed, or is
 * open. */
typedef struct {
    const char *id;
    int        result;          /* Result; RESULT_SKIPPED: not applicable */
    char      *args[3];         /* of `reason`; NULL ends them */
    const char *source;         /* the page */
    int        effect;          /* RuleEffect */
    const char *code;           /* what the receiver answers then, where it is known */
    const char *reason;         /* stable id: what was seen, or is missing */
    /* hidden: */
    const char *since;          /* date */
    char      *title;           /* of a rule that a user wrote; else NULL: the words of its check */
    const char *check;          /* which primitive decided; NULL: that named as the rule */
    const char *clash;          /* id: the registered meaning of `code`, where it is another one */
    RecordShared shared;        /* the same verdict on the same seen: one record for many messages (receivers/kept.h) */
} ReceiverRule;

typedef struct {
    const char *profile;
    const char *as_of;
    int        result;
    GPtrArray *rules;           /* ReceiverRule */
    const char *code;           /* the answer to expect: that of the first rule that refuses */
    const char *name;           /* hidden: for people */
    RecordShared shared;        /* where every rule of it found the same again (receivers/kept.h) */
} ReceiverVerdict;

/* What a mail program shows of the sender. */
typedef struct {
    const char *program;
    const char *as_of;
    GPtrArray *line_args;       /* of `form` */
    GPtrArray *why_args;        /* of `reason` */
    gboolean   known;           /* documented by its maker; else inferred */
    const char *source;
    const char *form, *reason;  /* stable ids */
    const char *mark;           /* stable id of a mark in place of the photo, or NULL */
    const char *name;           /* hidden: of the program, for people */
    RecordShared shared;        /* the same of a sender's next messages (receivers/presentation-kept.c) */
} Shown;

typedef struct {
    char      *id;
    int        severity;
    GPtrArray *args;
    GPtrArray *evidence;
} Finding;

typedef struct {
    const char *pattern;
    const char *who;            /* who acts: form-owner, service, domain-dns, receiver, visitor … */
    char      *record;          /* to copy, or NULL */
    char      *turns;           /* id of the step that it turns */
    int        proved;          /* Tri: an analysis with it passes; unknown until it was tried */
    GPtrArray *args;
    GPtrArray *edits;           /* WhatIf: the advice as a change of inputs (whatif/edit.h) */
    GPtrArray *effects;         /* ids of side effects; their words take `args` */
    char      *provider;        /* id of the recognized service, or NULL (src/data/providers.ini) */
    char      *console;         /* where in its console; or NULL */
    char      *console_ja;      /* hidden: the same in Japanese, or NULL */
    const char *tried;          /* id of what came out when it was tried; NULL: it was not */
    GPtrArray *legs;            /* AdviceLeg: what a pass stands on */
    RecordShared shared;        /* the same of many messages (analysis/advice-kept.h) */
} Advice;

/* A changed input: KEY=VALUE, as whatif/edit.h has them. */
typedef struct {
    char *key;
    char *value;
} WhatIf;

/* One name that vouches for From:, and what is left without it. */
typedef struct {
    char *mechanism;            /* spf, dkim */
    char *domain;
    char *edit;                 /* "dkim.1=fail": takes it away */
    int   without;              /* Result */
} AdviceLeg;

typedef struct {
    char  *action, *status, *diagnostic;
    char  *explained;           /* id of what it means; JSON and text show it in words */
    GPtrArray *explained_args;
    /* hidden: */
    char  *format;              /* what kind of bounce it is (bounce.h) */
    char  *recipient, *remote_mta, *reporting_mta, *stage;
    char  *returned_text;       /* the beginning of what was returned, as plain text; or NULL */
    GPtrArray *evidence;
} DeliveryStatus;

typedef struct {
    char *id;
    gint64 count;
    char *text;                 /* what was done, in English */
    char *before, *after;       /* hidden: the first place where it was done, 200 bytes each at most, then ".." */
} Repair;

typedef struct {
    char *kind;
    gint64 index;
    char *from, *subject;
} InsidePart;

typedef struct {
    char      *path;
    gint64     index;           /* from 1 */
    char      *kind;            /* eml mbox maildir emlx msg paste part check */
    gint64     bytes;
    char      *fidelity;        /* raw reencoded headers reflowed fragments */
    GPtrArray *repairs;         /* Repair */
    GPtrArray *inside;          /* InsidePart */
    char      *subject;         /* decoded, for title bars */
    char      *date;            /* as written */
    GArray    *header_spans;    /* hidden: every header field */
    gboolean   unended;         /* hidden: not even the empty line that ends a header: it may have been cut off anywhere */
    GPtrArray *recipients;      /* hidden: addresses of To: and Cc: (a bare domain will do); advice compares their domains */
    char      *list;            /* hidden: the address or domain of the mailing list that passed it on; or NULL */
    char      *dns_source;      /* snapshot beside, snapshot, offline, live: for the title bar */
} SourceInfo;

typedef struct {
    SourceInfo   *source;
    Author       *from;
    OtherSender  *sender;
    OtherSender  *reply_to;
    Envelope     *envelope;
    GPtrArray    *route;            /* Hop, topmost first */
    DeliveryStatus *delivery_status;
    GPtrArray    *reported;         /* ReportedHeader, topmost first */
    SpfPair      *spf;
    GPtrArray    *dkim;             /* DkimResult, topmost first */
    ArcResult    *arc;
    DmarcPair    *dmarc;
    GPtrArray    *second_opinions;
    GPtrArray    *receivers;
    GPtrArray    *findings;
    GPtrArray    *advice;
    GPtrArray    *dns;              /* DnsAnswer, in the order asked */
    GPtrArray    *what_if;          /* WhatIf: the edits that this report rests on */
    gint64        what_if_before;   /* hidden: Result without them; unset where nobody asked */
    char         *what_if_asked;    /* hidden: the policy that applied without them, or NULL */
    /* hidden: how long findings and dns were when source, names and hosts had been read, and SPF and
     * the signatures been checked: what a later run may take from this one (analysis/inputs-known.c). */
    gint64        found_source, found_names, found_hosts, asked_spf, asked_signatures;
    Step         *tree;             /* RFC 9989 */
    Step         *tree_7489;        /* the DMARC part once more, by RFC 7489 */
    GPtrArray    *shown;            /* Shown */
} Report;

extern const RecordType report_type, step_type, evidence_type, step_input_type, mailbox_type,
    author_type, other_sender_type, envelope_item_type, hop_type, reported_result_type,
    reported_header_type, spf_term_type, spf_result_type, dkim_result_type, arc_instance_type,
    identifier_type, dmarc_per_domain_type, dmarc_result_type, psl_info_type, finding_type,
    advice_type, advice_leg_type, dns_answer_type, dns_record_type, what_if_type, source_info_type, envelope_type,
    spf_pair_type, arc_result_type, dmarc_pair_type, second_opinion_type, receiver_rule_type,
    receiver_verdict_type, delivery_status_type, repair_type, inside_part_type, shown_type;
/* What there is to say of a message that cannot be read: source and findings of a Report. */
extern const RecordType report_unreadable_type;

/* An empty Report with every single record in place. (transfer full) */
Report   *report_new(void);
void      report_free(Report *report);

/* ---- DNS answers are records too: they travel and are shown ---- */

typedef enum {
    DNS_NOERROR,
    DNS_NODATA,             /* the name exists, the type does not */
    DNS_NXDOMAIN,
    DNS_SERVFAIL,
    DNS_TIMEOUT,
    DNS_BOGUS,              /* DNSSEC says: forged or broken */
    DNS_NOT_IN_SNAPSHOT,    /* nobody knows: the file does not say */
    DNS_OFFLINE             /* nobody knows: nothing was asked */
} DnsStatus;
extern const char *const dns_status_words[];

typedef struct {
    gint64  preference;     /* MX; unset elsewhere */
    GBytes *data;           /* TXT: the strings joined; A, AAAA: 4 or 16 octets; MX, PTR, NS,
                             * CNAME: the name as text, normalised where it can be; else wire */
    char   *text;           /* presentation format */
} DnsRecord;

typedef struct {
    char      *name;
    char      *type;        /* TXT A AAAA MX PTR CNAME SOA … */
    int        status;      /* DnsStatus */
    GPtrArray *records;     /* DnsRecord; JSON prints their text */
    gint64     ttl;         /* seconds */
    char      *source;      /* the snapshot's or server's name */
    char      *dnssec;      /* secure insecure bogus unknown */
    double     ms;
    gboolean   beside;      /* from a file that came with the message */
    char      *why;         /* live: what is wrong with bogus data, why nothing was asked; or NULL */
    RecordShared shared;    /* a resolver's, that many messages asked for */
} DnsAnswer;

/* ---- small helpers that every check uses ---- */

/* Appends a finding without evidence; add to the returned record. `args` NULL-terminated strings. (transfer none) */
Finding  *report_add_finding(Report *report, const char *id, Severity severity, ...) G_GNUC_NULL_TERMINATED;
gboolean  report_has_finding(const Report *report, const char *id);
/* An argument of the first finding of that id; NULL: there is none. (transfer none) */
const char *report_finding_arg(const Report *report, const char *id, guint arg);
/* Whether a repair of that id is among `repairs`. */
gboolean  repairs_have(const GPtrArray *repairs, const char *id);
/* The verdict that counts: by RFC 9989, unless a what-if says that the receiver goes by RFC 7489;
 * report->tree is its tree. (transfer none) */
const DmarcResult *report_dmarc(const Report *report);
/* The identifiers with their alignment. Without a record RFC 9989 has no reason to ask whose
 * organization is whose; then those of RFC 7489, by the public suffix list, say what a record would
 * find, as they do where what-if has the receiver go by it. (transfer none) */
const GPtrArray *report_identifiers(const Report *report);
/* The hop where the mail came in from outside; NULL where none of the route is known to be it. (transfer none) */
const Hop *report_border(const Report *report);

/* Whether h= names that field, in whatever case. */
gboolean  dkim_names_field(const DkimResult *signature, const char *name);

/* RFC 7208, 2.4: the null reverse-path stands for postmaster at the HELO name. */
gboolean    envelope_is_null_sender(const Envelope *envelope);
/* The domain that SPF asks about; NULL where unknown. (transfer none) */
const char *envelope_spf_domain(const Envelope *envelope);
/* What stands before the `@` of MAIL FROM; NULL for none. (transfer full) */
char       *envelope_local_part(const Envelope *envelope);
/* HELO as a name, else as the client said it; or NULL. (transfer none) */
const char *envelope_helo(const Envelope *envelope);

/* Evidence of one header field. (transfer full) */
Evidence *evidence_header(const char *name, gint64 line, Span span);
Evidence *evidence_body(Span span);
Evidence *evidence_option(const char *name);
Evidence *evidence_dns(const DnsAnswer *answer);
/* "Return-Path, line 1" / "TXT _dmarc.example.jp (snapshot)" (transfer full) */
char     *evidence_text(const GPtrArray *evidence);
void      evidence_append_text(GString *out, const GPtrArray *evidence);
void      evidence_copy_into(GPtrArray *to, const GPtrArray *from);
/* Of a value read from a message: assumed where an option gave it instead. */
Provenance evidence_provenance(const GPtrArray *evidence);
