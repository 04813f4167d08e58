/* pattern.h: the patterns of advice, as a table.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/advice.h"

/* One message as the patterns look at it. */
typedef struct {
    const Report      *report;
    const DmarcResult *dmarc;
    const GPtrArray   *identifiers;     /* report_identifiers() */
    const Providers   *providers;       /* or NULL */
    const Provider    *carrier;         /* the service that MAIL FROM, d= or the host's name points to; or NULL */
    const char        *author;          /* the Author Domain */
    const char        *author_address;
    const Identifier  *spf;             /* NULL where MAIL FROM is not known */
    GPtrArray         *dkim;            /* Identifier */
    GPtrArray         *others;          /* names that were proved, but are not the author's */
    gboolean           believe;
    gboolean           vouched;         /* something aligned passed */
} Case;

/* A pattern fills arguments, record, edits and effects into `advice` and says whether it fits. What
 * has edits claims to make the mail pass, and is only shown if it does (analysis/prove.h). */
typedef struct {
    const char *id;
    const char *who;
    const char *turns;      /* the step that comes out otherwise once this is done: ids with `|` between, the first
                             * one that the tree has counts; or NULL */
    gboolean  (*fits)(const Case *c, Advice *advice);
} Pattern;

/* In order of effect, ended by an entry without id; the fallback is for when none of them fits. */
extern const Pattern pattern_table[];
extern const Pattern pattern_fallback;

/* ---- pattern-fill.c: what is written into an advice ---- */

/* Three arguments for the words; NULL stands as "". */
void     pattern_args(Advice *advice, const char *a, const char *b, const char *d);
/* A line of a setting to copy: `label` and what a stranger wrote, made visible. */
void     pattern_record(Advice *advice, const char *label, const char *value);
/* A line of a zone file. */
void     pattern_record_txt(Advice *advice, const char *owner, const char *text);
void     pattern_edit(Advice *advice, const char *key, const char *value);
/* The edit that makes `text` the one TXT record of `owner`. */
void     pattern_edit_txt(Advice *advice, const char *owner, const char *text);
/* The edit by which signature `dkim` holds, and is one of `domain`. */
void     pattern_edit_signature(Advice *advice, const Identifier *dkim, const char *domain);
/* One more signature, of the author's domain: the setting, and the edit that tries it. */
void     pattern_sign_as_author(const Case *c, Advice *advice);
void     pattern_effect(Advice *advice, const char *id);
/* The settings of the service that carries the mail: where they are, and its lines for a signature
 * of `domain`, or for a MAIL FROM below it. FALSE where the service is not known or has none. */
gboolean pattern_service_dkim(const Case *c, Advice *advice, const char *domain);
gboolean pattern_service_mail_from(const Case *c, Advice *advice, const char *domain);
/* "Amazon SES (amazonses.com)", or `domain` alone where the service is not known. (transfer full) */
char    *pattern_service_name(const Case *c, const char *domain);

/* ---- pattern-look.c: what is seen in a message ---- */

/* MAIL FROM is an address that a forwarder rewrote (SRS). */
gboolean pattern_is_rewritten(const Case *c);
/* MAIL FROM would vouch for From:, but SPF did not pass. */
gboolean pattern_spf_failed(const Case *c);
gboolean pattern_spf_other(const Case *c);          /* SPF passes for another domain */
gboolean pattern_dkim_other(const Case *c);         /* a signature of another domain holds */
gboolean pattern_has_finding(const Case *c, const char *id);
/* The organization in From: is `domain`, and there is no such domain. */
gboolean pattern_is_nobodys(const Case *c, const char *domain);
/* The domain of an address, or the bare domain. (transfer full) */
char    *pattern_domain_of(const char *address);
/* The first recipient in that house: an address, or a domain; NULL where there is none. */
const char *pattern_recipient_in(const Case *c, const char *house);
/* The house that all proved names share, or NULL. */
const char *pattern_common_house(const Case *c);
/* There is no signature of the author, whole or broken. */
gboolean pattern_is_unsigned(const Case *c);
/* Neither stands nor falls: a body that is not at hand, an answer that DNS owes. */
gboolean pattern_is_open(const Identifier *identifier);
gboolean pattern_any_open(const GPtrArray *identifiers);
const DkimResult *pattern_signature(const Case *c, const Identifier *identifier);
/* The one text at `name` that begins with `version`, from the answers that DNS gave; NULL where
 * there is none, or where there are several. (transfer full) */
char    *pattern_dns_text(const Case *c, const char *name, const char *version);
/* All of them. (transfer full: GPtrArray of char *) */
GPtrArray *pattern_dns_texts(const Case *c, const char *name, const char *version);

/* The host that handed the mail over, by the best name there is; or NULL. (transfer none) */
const char *pattern_client_name(const Case *c);
/* The same, where it had the mail from the author's own servers, and SPF failed for that: a
 * forwarder, by the names in Received. (transfer none) */
const char *pattern_forwarder_host(const Case *c);

/* ---- the patterns, by file ---- */

/* pattern-pass.c */
gboolean pattern_lookalike(const Case *c, Advice *advice);
gboolean pattern_shared_parent(const Case *c, Advice *advice);
gboolean pattern_sibling_names(const Case *c, Advice *advice);
gboolean pattern_pass(const Case *c, Advice *advice);
gboolean pattern_second_leg(const Case *c, Advice *advice);
gboolean pattern_older_receivers(const Case *c, Advice *advice);
gboolean pattern_plus_all(const Case *c, Advice *advice);
gboolean pattern_unsigned_tail(const Case *c, Advice *advice);
gboolean pattern_short_key(const Case *c, Advice *advice);
gboolean pattern_spf_crowded(const Case *c, Advice *advice);
gboolean pattern_policy_none(const Case *c, Advice *advice);
/* pattern-record.c */
/* A name that was proved, and that belongs to the author by the public suffix list, but not by the tree
 * walk; or NULL. (transfer none) */
const Identifier *pattern_lost_in_walk(const Case *c);
gboolean pattern_no_record(const Case *c, Advice *advice);
gboolean pattern_record_broken(const Case *c, Advice *advice);
gboolean pattern_psd_border(const Case *c, Advice *advice);
gboolean pattern_psd_neighbor(const Case *c, Advice *advice);
gboolean pattern_no_parent_record(const Case *c, Advice *advice);
gboolean pattern_strict_mode(const Case *c, Advice *advice);
gboolean pattern_strict_name(const Case *c, Advice *advice);
gboolean pattern_hangs_by_policy(const Case *c, Advice *advice);
gboolean pattern_hangs_by_nothing(const Case *c, Advice *advice);
/* pattern-failed.c */
gboolean pattern_mailing_list(const Case *c, Advice *advice);
gboolean pattern_altered(const Case *c, Advice *advice);
gboolean pattern_header_altered(const Case *c, Advice *advice);
gboolean pattern_forward_unsigned(const Case *c, Advice *advice);
gboolean pattern_forwarder(const Case *c, Advice *advice);
gboolean pattern_dkim_key(const Case *c, Advice *advice);
gboolean pattern_key_revoked(const Case *c, Advice *advice);
gboolean pattern_key_weak(const Case *c, Advice *advice);
gboolean pattern_key_gone(const Case *c, Advice *advice);
gboolean pattern_text_missing(const Case *c, Advice *advice);
gboolean pattern_expired(const Case *c, Advice *advice);
gboolean pattern_sign_yourself(const Case *c, Advice *advice);
/* pattern-spf.c */
gboolean pattern_spf_lacks(const Case *c, Advice *advice);
gboolean pattern_spf_missing(const Case *c, Advice *advice);
gboolean pattern_spf_several(const Case *c, Advice *advice);
gboolean pattern_spf_several_more(const Case *c, Advice *advice);
gboolean pattern_spf_over_limits(const Case *c, Advice *advice);
gboolean pattern_spf_broken(const Case *c, Advice *advice);
gboolean pattern_spf_broken_more(const Case *c, Advice *advice);
gboolean pattern_null_sender(const Case *c, Advice *advice);
/* The record with this server put first, where a term cannot hide it; (transfer full) */
char    *pattern_spf_with_server(const Case *c, const char *record);
/* pattern-others.c */
gboolean pattern_web_form(const Case *c, Advice *advice);
gboolean pattern_web_form_signed(const Case *c, Advice *advice);
gboolean pattern_web_form_envelope(const Case *c, Advice *advice);
gboolean pattern_web_form_half(const Case *c, Advice *advice);
gboolean pattern_web_form_half_signed(const Case *c, Advice *advice);
gboolean pattern_service(const Case *c, Advice *advice);
gboolean pattern_own_mail_from(const Case *c, Advice *advice);
/* Whose name carries the mail instead of the author's; NULL: it is no service's. (transfer none) */
const char *pattern_service_house(const Case *c);
void     pattern_propose_mail_from(const Case *c, Advice *advice);
gboolean pattern_third_party(const Case *c, Advice *advice);
/* pattern-forgery.c */
gboolean pattern_forgery(const Case *c, Advice *advice);
gboolean pattern_is_forgery(const Case *c);
/* A form, as far as can be seen, that put the visitor into the envelope, too. */
gboolean pattern_is_form_envelope(const Case *c);
