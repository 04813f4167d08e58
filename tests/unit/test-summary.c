/* test-summary.c: the ten-second answer, and who is told to change what.
 * SPDX-License-Identifier: MIT */
#include "advice/reply.h"
#include "advice/advice.h"
#include "advice/summary.h"
#include "headers/no-author.h"

#include <string.h>

#include "example-report.h"

static Report *
message_from(const char *address, const char *domain)
{
    Report *report = report_new();

    example_author(report, address, domain);
    return report;
}

static void
assert_row(const Summary *summary, guint index, const char *name, const char *domain,
           const char *check, const char *vouches, SummaryTone tone)
{
    g_assert_cmpuint(index, <, summary->names->len);
    const SummaryName *row = summary->names->pdata[index];
    g_assert_cmpstr(row->name, ==, name);
    g_assert_cmpstr(row->domain, ==, domain);
    g_assert_cmpstr(row->check, ==, check);
    g_assert_cmpstr(row->vouches, ==, vouches);
    g_assert_cmpint((int)row->tone, ==, (int)tone);
}

static void
assert_pattern(const Report *report, guint index, const char *pattern)
{
    g_assert_cmpuint(index, <, report->advice->len);
    g_assert_cmpstr(((const Advice *)report->advice->pdata[index])->pattern, ==, pattern);
}

static gboolean
advises(const Report *report, const char *pattern)
{
    for (guint i = 0; i < report->advice->len; i++)
        if (g_str_equal(((const Advice *)report->advice->pdata[i])->pattern, pattern))
            return TRUE;
    return FALSE;
}

/* What a beginner sees first, to the letter. */
static void
test_webform(void)
{
    Report *report = example_webform();
    Summary *summary = summary_new(report);

    g_assert_cmpint((int)summary->tone, ==, SUMMARY_FAIL);
    g_assert_cmpstr(summary->verdict, ==, "FAIL");
    g_assert_cmpstr(summary->basis, ==, "recomputed");
    g_assert_cmpstr(summary->sentence, ==,
                    "This mail speaks in the name of example.jp (From:), but only example.com "
                    "vouches for it. example.jp asks: REJECT such mail.");
    g_assert_cmpstr(summary->cause, ==,
                    "From: is a visitor's address, in a form's mail (inferred: MAIL FROM, DKIM and "
                    "To: are all example.com; likely, not proved).");
    g_assert_cmpstr(summary->vouches_title, ==, "VOUCHES FOR example.jp?");
    g_assert_cmpuint(summary->names->len, ==, 3);
    assert_row(summary, 0, "From: (seen)", "example.jp", "-", "the name to be proved",
               SUMMARY_PLAIN);
    assert_row(summary, 1, "MAIL FROM", "www.example.com", "SPF  pass", "NO - other domain",
               SUMMARY_OTHER);
    assert_row(summary, 2, "DKIM d=", "example.com", "DKIM pass", "NO - other domain",
               SUMMARY_OTHER);
    g_assert_cmpstr(summary->policy, ==,
                    "Policy: the visitor's (example.jp, p=reject). The receiver decides.");
    g_assert_cmpstr(summary->fix_who, ==, "Whoever runs the form, in its settings:");
    g_assert_cmpuint(summary->fix_lines->len, ==, 2);
    g_assert_cmpstr(summary->fix_lines->pdata[0], ==, "From:     support@example.com");
    g_assert_cmpstr(summary->fix_lines->pdata[1], ==, "Reply-To: user@example.jp");
    g_assert_cmpstr(summary->fix_not, ==,
                    "Not: a whitelist, ARC at the form, or asking example.jp.");
    g_assert_cmpuint(summary->said_by->len, ==, 1);
    g_assert_cmpstr(summary->said_by->pdata[0], ==,
                    "mx.example.com (not trusted): SPF pass, DKIM pass, DMARC fail = same");
    g_assert_cmpuint(report->advice->len, ==, 1);
    g_assert_cmpint(((const Advice *)report->advice->pdata[0])->proved, ==, TRI_UNKNOWN);
    summary_free(summary);
    report_free(report);
}

/* Without the recipient nothing says "form": then it is a service, or a forgery. */
static void
test_service(void)
{
    Report *report = message_from("news@brand.example", "brand.example");

    example_spf(report, "b+1@bounce.esp.example", "bounce.esp.example", RESULT_PASS, TRI_FALSE,
                "esp.example");
    example_dkim(report, "mail.esp.example", RESULT_PASS, "ok", TRI_FALSE, "esp.example");
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "brand.example", "none");
    g_ptr_array_add(report->source->recipients, g_strdup("reader@elsewhere.example"));
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpuint(report->advice->len, ==, 3);
    assert_pattern(report, 0, "sending-service");
    assert_pattern(report, 1, "own-mail-from");
    assert_pattern(report, 2, "hangs-by-policy");
    g_assert_nonnull(strstr(summary->cause, "its own name, esp.example (likely, not proved"));
    g_assert_nonnull(strstr(summary->cause, "or a forgery"));
    g_assert_cmpstr(summary->fix_lines->pdata[0], ==, "DKIM d=    brand.example");
    g_assert_nonnull(strstr(summary->sentence,
                            "only bounce.esp.example and mail.esp.example vouch"));
    g_assert_cmpstr(summary->policy, ==,
                    "Policy: that of brand.example (p=none): it asks for nothing. "
                    "The receiver decides.");
    summary_free(summary);
    report_free(report);
}

/* A paste that ends before From: is no message without an author: nothing is denied, and DNS could not tell either. */
static void
test_author_not_pasted(void)
{
    Report *report = report_new();

    report->source->fidelity = g_strdup("reflowed");
    report_add_finding(report, "from-missing", SEVERITY_PROBLEM, NULL);
    example_verdict(report, RESULT_UNKNOWN, "author-not-pasted", NULL, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpstr(summary->sentence, ==, "From: is not in this text, so nobody can tell whose name is to be proved.");
    g_assert_cmpstr(summary->cause, ==, "Missing: From:, which is not in this text.");
    g_assert_cmpstr(summary->fix_lines->pdata[0], ==, "the whole header, with From: as it was sent");
    g_assert_false(summary->lacks_dns);
    assert_row(summary, 1, "MAIL FROM", "(unknown)", "SPF  unknown", "unknown", SUMMARY_UNKNOWN);
    summary_free(summary);
    report_free(report);
}

/* "From: "ann@example.com"" of a program's notation: what was done to the text is no fault of the sender. */
static void
test_author_garbled(void)
{
    static const struct { const char *fidelity; gboolean lost; } cases[] = {
        { "raw", FALSE }, { "headers", FALSE }, { "reencoded", FALSE }, { "reflowed", TRUE }, { "fragments", TRUE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = report_new();
        report->source->fidelity = g_strdup(cases[i].fidelity);
        report_add_finding(report, "from-malformed", SEVERITY_PROBLEM, "\"ann@example.com\"", NULL);
        const NoAuthor *none = no_author_find(report);
        g_assert_cmpint((int)none->lack, ==, cases[i].lost ? AUTHOR_GARBLED : AUTHOR_UNNAMED);
        g_assert_cmpint(no_author_is_lost(none), ==, cases[i].lost);
        g_assert_cmpint(no_author_is_reason(none->reason), ==, cases[i].lost);
        g_assert_true(no_author_is_step(none->step));
        example_verdict(report, cases[i].lost ? RESULT_UNKNOWN : RESULT_NONE, none->reason, NULL, NULL);
        Summary *summary = summary_new(report);
        g_assert_cmpstr(summary->sentence, ==,
                        cases[i].lost ? "From: cannot be read in this text, which is not as it was sent, so nobody can tell whose "
                                        "name is to be proved."
                                      : "From: names no domain that could be asked, so there is no name to prove.");
        g_assert_cmpstr(summary->cause, ==, cases[i].lost ? "Missing: From:, which cannot be read in this text." : NULL);
        summary_free(summary);
        report_free(report);
    }
}

static void
test_pass_on_both_legs(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, "a@example.com", "example.com", RESULT_PASS, TRI_TRUE, "example.com");
    example_dkim(report, "mail.example.com", RESULT_PASS, "ok", TRI_TRUE, "example.com");
    example_verdict(report, RESULT_PASS, "aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpint((int)summary->tone, ==, SUMMARY_PASS);
    g_assert_cmpstr(summary->sentence, ==,
                    "example.com vouches for this mail: its servers may send it (SPF, "
                    "example.com), and its signature is intact (DKIM, mail.example.com).");
    g_assert_null(summary->cause);
    g_assert_cmpstr(summary->fix_who, ==,
                    "Nothing must change. It stands on two legs: SPF and DKIM.");
    g_assert_cmpstr(summary->policy, ==, "Policy: that of example.com (p=reject). The mail passed, "
                                         "so it asks for nothing.");
    g_assert_cmpuint(summary->fix_lines->len, ==, 0);
    assert_row(summary, 1, "MAIL FROM", "example.com", "SPF  pass", "yes - the same name",
               SUMMARY_PASS);
    assert_row(summary, 2, "DKIM d=", "mail.example.com", "DKIM pass", "yes - same organization",
               SUMMARY_PASS);
    summary_free(summary);
    report_free(report);
}

/* The body is not at hand: nobody is told to sign what is signed already. */
static void
test_pass_and_dkim_unknown(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, "a@example.com", "example.com", RESULT_PASS, TRI_TRUE, "example.com");
    example_dkim(report, "example.com", RESULT_UNKNOWN, "body-unavailable", TRI_TRUE, "example.com");
    example_verdict(report, RESULT_PASS, "aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpstr(summary->fix_who, ==,
                    "Nothing must change. SPF vouches for it; whether DKIM does, too, cannot be "
                    "known here.");
    g_assert_cmpuint(summary->fix_lines->len, ==, 0);
    summary_free(summary);
    report_free(report);
}

/* Amazon SES with its default MAIL FROM: SPF passes for somebody else, the own key carries it. */
static void
test_pass_by_dkim_alone(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, "x@ses.example", "ses.example", RESULT_PASS, TRI_FALSE, "ses.example");
    example_dkim(report, "example.com", RESULT_PASS, "ok", TRI_TRUE, "example.com");
    example_verdict(report, RESULT_PASS, "aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpstr(summary->fix_who, ==,
                    "Nothing must change. By DKIM alone: lose the key, lose the mail.");
    g_assert_cmpstr(summary->fix_lines->pdata[0], ==, "Optional: MAIL FROM  ...@bounce.example.com");
    assert_row(summary, 1, "MAIL FROM", "ses.example", "SPF  pass", "NO - other domain",
               SUMMARY_OTHER);
    summary_free(summary);
    report_free(report);
}

/* Forwarded by a host that nobody knows: its address belongs into no record, and a record of several lines is no sentence. */
static void
test_pass_forwarded(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, "a@example.com", "example.com", RESULT_FAIL, TRI_TRUE, "example.com");
    report->spf->mail_from->record = g_strdup("v=spf1 include:_spf.mail.example include:_spf.news.example ip4:192.0.2.10 -all");
    example_dkim(report, "example.com", RESULT_PASS, "ok", TRI_TRUE, "example.com");
    example_verdict(report, RESULT_PASS, "aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    const Advice *second = report->advice->pdata[1];
    g_assert_cmpstr(second->pattern, ==, "second-leg");
    g_assert_cmpstr(second->effects->pdata[0], ==, "effect-own-server");
    g_assert_cmpstr(summary->fix_lines->pdata[0], ==,
                    "Optional: let SPF vouch for example.com, too. Today only DKIM does; where it breaks on the way, the mail fails.");
    summary_free(summary);
    report_free(report);
}

/* A record is proposed only where something aligned passes; else it would turn mail into fails. */
static void
test_no_record(void)
{
    for (int aligned = 0; aligned < 2; aligned++) {
        Report *report = message_from("a@example.com", "example.com");
        const char *domain = aligned ? "example.com" : "other.example";
        example_spf(report, "a@x", domain, RESULT_PASS, aligned ? TRI_TRUE : TRI_FALSE, domain);
        example_verdict(report, RESULT_NONE, "no-record", NULL, NULL);
        advice_find(report, NULL);
        Summary *summary = summary_new(report);
        g_assert_cmpint((int)summary->tone, ==, SUMMARY_NONE);
        g_assert_true(g_str_has_prefix(summary->sentence,
                                       "example.com (From:) has no DMARC record"));
        g_assert_cmpint(advises(report, "no-dmarc-record"), ==, aligned);
        if (aligned) {
            g_assert_cmpstr(summary->fix_lines->pdata[0], ==, "_dmarc.example.com. IN TXT (");
            g_assert_cmpstr(summary->fix_lines->pdata[1], ==,
                            "    \"v=DMARC1; p=none; rua=mailto:dmarc@example.com\" )");
        } else {
            assert_pattern(report, 0, "sending-service");
        }
        summary_free(summary);
        report_free(report);
    }
}

/* Without a record RFC 9989 leaves relaxed alignment open; the public suffix list says what a
 * record would find. */
static void
test_no_record_goes_by_the_list(void)
{
    Report *report = message_from("a@example.com", "example.com");
    Identifier *spf = example_spf(report, "a@www.example.com", "www.example.com", RESULT_PASS,
                                  TRI_TRUE, "example.com");

    spf->aligned = TRI_UNKNOWN;
    example_verdict(report, RESULT_NONE, "no-record", NULL, NULL);
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_nonnull(strstr(summary->sentence, "would pass: www.example.com was proved"));
    assert_pattern(report, 0, "no-dmarc-record");
    summary_free(summary);
    report_free(report);
}

/* Headers alone, offline: the receiving host's word is told as its word. */
/* A warning about the name in From: stands beside it; a note, or one about another name, does not. */
static void
test_looks_like(void)
{
    static const struct { const char *id, *name; Severity severity; const char *want; } cases[] = {
        { "lookalike-brand", "examp1e.com", SEVERITY_WARNING, "looks like example.com" },
        { "lookalike-domain", "examp1e.com", SEVERITY_WARNING, "looks like example.com" },
        { "lookalike-brand", "examp1e.com", SEVERITY_INFO, "the name to be proved" },
        { "lookalike-brand", "exarnple.com", SEVERITY_WARNING, "the name to be proved" },
        { "mixed-script", "examp1e.com", SEVERITY_WARNING, "the name to be proved" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = message_from("a@examp1e.com", "examp1e.com");
        report_add_finding(report, cases[i].id, cases[i].severity, cases[i].name, "example.com", "where-brand",
                           "how-confusable", NULL);
        Summary *summary = summary_new(report);
        assert_row(summary, 0, "From: (seen)", "examp1e.com", "-", cases[i].want, SUMMARY_PLAIN);
        summary_free(summary);
        report_free(report);
    }
}

static void
test_unknown(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, "a@example.com", "example.com", RESULT_UNKNOWN, TRI_TRUE, NULL);
    g_clear_pointer(&report->envelope->client_ip->value, g_free);
    example_dkim(report, "example.com", RESULT_UNKNOWN, "body-unavailable", TRI_TRUE, NULL);
    example_verdict(report, RESULT_UNKNOWN, "identifier-undetermined", "example.com", "reject");
    report->dmarc->rfc9989->claimed = RESULT_PASS;
    ((Identifier *)report->dmarc->rfc9989->identifiers->pdata[0])->reported = g_strdup("pass");
    example_said(report, "mx.google.com", "pass", NULL, "pass");
    example_dns(report, "example.com", "TXT", DNS_OFFLINE, NULL);
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpint((int)summary->tone, ==, SUMMARY_UNKNOWN);
    g_assert_false(advice_believes(report));
    g_assert_cmpstr(summary->sentence, ==,
                    "Whether example.com (From:) vouches for this mail cannot be known from what "
                    "is at hand. If mx.google.com is right: pass.");
    g_assert_cmpstr(summary->cause, ==,
                    "Missing: DNS answers (offline), the client's IP address, the body (the header signature is valid).");
    g_assert_cmpstr(summary->fix_lines->pdata[0], ==, "--dns FILE");
    g_assert_cmpstr(summary->fix_lines->pdata[1], ==, "--ip ADDRESS");
    g_assert_cmpuint(report->advice->len, ==, 0);
    assert_row(summary, 1, "MAIL FROM", "example.com", "SPF  unknown", "unknown - reported: pass",
               SUMMARY_UNKNOWN);
    assert_row(summary, 2, "DKIM d=", "example.com", "DKIM unknown", "unknown - if it passes",
               SUMMARY_UNKNOWN);
    g_assert_cmpstr(summary->said_by->pdata[0], ==,
                    "mx.google.com (not trusted): SPF pass, DMARC pass");
    summary_free(summary);
    report_free(report);
}

/* A copy from a Sent folder, of a domain without a record: nobody has asked SPF, so nothing is called a forgery. */
static void
test_none_unchecked(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, NULL, NULL, RESULT_UNKNOWN, TRI_UNKNOWN, NULL);
    g_clear_pointer(&report->envelope->client_ip->value, g_free);
    example_verdict(report, RESULT_NONE, "no-record", NULL, NULL);
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpuint(report->advice->len, ==, 0);
    g_assert_cmpstr(summary->cause, ==, "Missing: the client's IP address, MAIL FROM (Return-Path).");
    g_assert_cmpstr(summary->fix_who, ==, "To find out, give what is missing:");
    summary_free(summary);
    report_free(report);
}

/* The host's word leads to a fail: its cause is told on that word, beside what is missing. */
static void
test_unknown_but_said_to_fail(void)
{
    Report *report = example_webform();

    record_free(&advice_type, g_ptr_array_steal_index(report->advice, 0));
    for (guint i = 0; i < 2; i++) {
        Identifier *identifier = report->dmarc->rfc9989->identifiers->pdata[i];
        identifier->authenticated = TRI_UNKNOWN;
        identifier->reported = g_strdup("pass");
    }
    report->dmarc->rfc9989->result = RESULT_UNKNOWN;
    report->dmarc->rfc9989->claimed = RESULT_FAIL;
    report->spf->mail_from->result = RESULT_UNKNOWN;
    example_dns(report, "www.example.com", "TXT", DNS_OFFLINE, NULL);
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    assert_pattern(report, 0, "web-form-visitor");
    g_assert_true(g_str_has_prefix(summary->cause,
                                   "Missing: DNS answers (offline). If mx.example.com is right: "
                                   "From: is a visitor's address"));
    g_assert_cmpstr(summary->fix_who, ==, "Whoever runs the form, in its settings:");
    summary_free(summary);
    report_free(report);
}

/* Which names belong together is not known, but the host that reported two passes and a fail knew: that is a campaign, not a forgery. */
static void
test_said_to_be_unaligned(void)
{
    Report *report = message_from("news@brand.example", "brand.example");

    example_spf(report, "bounce@esp.example", "esp.example", RESULT_UNKNOWN, TRI_UNKNOWN, NULL)->reported = g_strdup("pass");
    example_dkim(report, "esp.example", RESULT_UNKNOWN, "offline", TRI_UNKNOWN, NULL);
    ((Identifier *)report->dmarc->rfc9989->identifiers->pdata[1])->reported = g_strdup("pass");
    report->dmarc->rfc9989->result = RESULT_UNKNOWN;
    report->dmarc->rfc9989->claimed = RESULT_FAIL;
    advice_find(report, NULL);
    assert_pattern(report, 0, "sending-service");
    report_free(report);
}

/* A DNS fault is never turned into a fail. */
static void
test_temperror(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_verdict(report, RESULT_TEMPERROR, "dns-trouble", NULL, NULL);
    example_dns(report, "_dmarc.example.com", "TXT", DNS_SERVFAIL, NULL);
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpstr(summary->verdict, ==, "TEMPERROR");
    g_assert_nonnull(strstr(summary->sentence, "That is no fail"));
    g_assert_cmpstr(summary->cause, ==,
                    "No answer from DNS for TXT _dmarc.example.com (servfail).");
    g_assert_cmpuint(report->advice->len, ==, 0);
    summary_free(summary);
    report_free(report);
}

static void
test_no_author(void)
{
    Report *report = report_new();

    example_verdict(report, RESULT_NONE, "no-author", NULL, NULL);
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    assert_pattern(report, 0, "no-author");
    g_assert_true(g_str_has_prefix(summary->sentence, "From: names no domain"));
    g_assert_cmpstr(summary->vouches_title, ==, "VOUCHES FOR From:?");
    summary_free(summary);
    report_free(report);
}

/* RFC 9989, 5.3.1: each domain by itself. */
static void
test_several_authors(void)
{
    static const char *const domains[] = { "a.example", "b.example" };
    static const Result results[] = { RESULT_PASS, RESULT_FAIL };
    Report *report = message_from("x@a.example", "a.example");

    example_author(report, "y@b.example", "b.example");
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "b.example", "reject");
    for (gsize i = 0; i < 2; i++) {
        DmarcPerDomain *one = record_new(&dmarc_per_domain_type);
        one->domain = g_strdup(domains[i]);
        one->result = results[i];
        g_ptr_array_add(report->dmarc->rfc9989->per_domain, one);
    }
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    assert_pattern(report, 0, "several-authors");
    g_assert_cmpstr(summary->sentence, ==,
                    "From: speaks in the name of 2 domains, and DMARC is made for one. Each by "
                    "itself: a.example: pass, b.example: fail.");
    assert_row(summary, 1, "From: (seen)", "b.example", "-", "the name to be proved",
               SUMMARY_PLAIN);
    summary_free(summary);
    report_free(report);
}

/* More than are listed: how many those are is said, and that what is said of each is not said of all. */
static void
test_many_authors(void)
{
    Report *report = message_from("x@d0.example", "d0.example");

    for (guint i = 1; i < 9; i++) {
        g_autofree char *domain = g_strdup_printf("d%u.example", i), *address = g_strconcat("x@", domain, NULL);
        example_author(report, address, domain);
    }
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "d0.example", "reject");
    for (guint i = 0; i < 9; i++) {
        DmarcPerDomain *one = record_new(&dmarc_per_domain_type);
        one->domain = g_strdup_printf("d%u.example", i);
        one->result = RESULT_FAIL;
        g_ptr_array_add(report->dmarc->rfc9989->per_domain, one);
    }
    Summary *summary = summary_new(report);
    g_assert_true(g_str_has_suffix(summary->sentence,
                                   "Each by itself: d0.example: fail, d1.example: fail, d2.example: fail, and 6 more."));
    assert_row(summary, 4, "From: (seen)", "d4.example", "-", "the name to be proved", SUMMARY_PLAIN);
    assert_row(summary, 5, "From: (seen)", "and 4 more", "-", "not listed", SUMMARY_PLAIN);
    summary_free(summary);
    report_free(report);
}

/* Each of two authors may be vouched for: that makes them no single author. */
static void
test_several_authors_pass(void)
{
    Report *report = message_from("x@a.example", "a.example");

    example_author(report, "y@b.a.example", "b.a.example");
    example_dkim(report, "a.example", RESULT_PASS, "ok", TRI_TRUE, "a.example");
    example_verdict(report, RESULT_PASS, "aligned-pass", "a.example", "reject");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    assert_pattern(report, 0, "several-authors");
    g_assert_cmpuint(report->advice->len, ==, 1);
    g_assert_cmpstr(summary->fix_who, ==, "The sender, in the mail program:");
    summary_free(summary);
    report_free(report);
}

/* RFC 9989, 4.7: t=y; and RFC 7489, which does not know it. */
static void
test_differ(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "example.com", "reject");
    report->dmarc->rfc9989->applied = "quarantine";
    report->dmarc->differ = TRUE;
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpstr(summary->policy, ==,
                    "Policy: that of example.com (p=reject, in test: quarantine). The receiver "
                    "decides. By the older RFC 7489: fail, policy reject.");
    assert_pattern(report, 0, "forgery-possible");
    summary_free(summary);
    report_free(report);
}

/* ---- patterns: SPF and DKIM of the message, and the advice that comes first ---- */

typedef struct {
    const char *name;
    const char *mail_from;
    Result      spf;
    Tri         spf_aligned;
    const char *signer;
    Result      dkim;
    const char *reason;
    Tri         dkim_aligned;
    const char *want;
} PatternCase;

static void
test_patterns(void)
{
    static const PatternCase cases[] = {
        { "the record lacks the server", "a@example.com", RESULT_SOFTFAIL, TRI_TRUE, NULL, 0, NULL,
          0, "spf-lacks-sender" },
        { "no SPF record", "a@example.com", RESULT_NONE, TRI_TRUE, NULL, 0, NULL, 0,
          "spf-missing" },
        { "SPF over its limits", "a@example.com", RESULT_PERMERROR, TRI_TRUE, NULL, 0, NULL, 0,
          "spf-broken" },
        { "a list's footer", "l@list.example", RESULT_PASS, TRI_FALSE, "example.com", RESULT_FAIL,
          "body-hash", TRI_TRUE, "altered-in-transit" },
        { "a forwarder's subject tag", "l@list.example", RESULT_PASS, TRI_FALSE, "example.com",
          RESULT_FAIL, "signature", TRI_TRUE, "forwarder" },
        { "SRS", "SRS0=ab=cd=example.com=a@alumni.example", RESULT_PASS, TRI_FALSE, NULL, 0, NULL,
          0, "forward-unsigned" },
        { "key gone", "l@other.example", RESULT_FAIL, TRI_FALSE, "example.com", RESULT_PERMERROR,
          "no-key", TRI_TRUE, "dkim-key" },
        { "expired", "l@other.example", RESULT_FAIL, TRI_FALSE, "example.com", RESULT_FAIL,
          "expired", TRI_TRUE, "dkim-expired" },
        { "provider's signature only", "a@other.example", RESULT_FAIL, TRI_FALSE,
          "provider.example", RESULT_PASS, "ok", TRI_FALSE, "third-party-signature-only" },
        { "nothing speaks for it", "a@other.example", RESULT_FAIL, TRI_FALSE, NULL, 0, NULL, 0,
          "forgery-possible" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const PatternCase *c = &cases[i];
        Report *report = message_from("a@example.com", "example.com");
        const char *domain = strchr(c->mail_from, '@') + 1;
        g_test_message("%s", c->name);
        example_spf(report, c->mail_from, domain, c->spf, c->spf_aligned, domain);
        if (c->signer)
            example_dkim(report, c->signer, c->dkim, c->reason, c->dkim_aligned, c->signer);
        example_verdict(report, RESULT_FAIL, "no-aligned-pass", "example.com", "reject");
        advice_find(report, NULL);
        assert_pattern(report, 0, c->want);
        g_assert_false(advises(report, "no-dmarc-record"));
        report_free(report);
    }
}

/* The address is put first, where no earlier term hides it. */
static void
test_spf_record_to_copy(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, "a@example.com", "example.com", RESULT_FAIL, TRI_TRUE, "example.com");
    report->spf->mail_from->record = g_strdup("v=spf1 include:a.example -all");
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    g_assert_cmpstr(((const Advice *)report->advice->pdata[0])->record, ==,
                    "example.com. IN TXT (\n"
                    "    \"v=spf1 ip4:192.0.2.10 include:a.example -all\" )");
    /* The server may be a forger's: whoever copies the line is told so beside it. */
    Summary *summary = summary_new(report);
    g_assert_cmpstr(summary->fix_who, ==,
                    "Whoever runs the DNS of example.com, if 192.0.2.10 is their server:");
    summary_free(summary);
    report_free(report);
}

/* RFC 1035, 5.1: a text of more than 255 octets is several strings, a quote in it is escaped. */
static void
test_long_record_to_copy(void)
{
    Report *report = message_from("a@example.com", "example.com");
    g_autofree char *term = g_strnfill(300, 'x');

    example_spf(report, "a@example.com", "example.com", RESULT_FAIL, TRI_TRUE, "example.com");
    report->spf->mail_from->record = g_strdup_printf("v=spf1 \"%s", term);
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    const Advice *advice = report->advice->pdata[0];
    g_auto(GStrv) strings = g_strsplit(strchr(advice->record, '\n') + 1, "\" \"", -1);
    g_assert_cmpuint(g_strv_length(strings), ==, 2);
    g_assert_true(g_str_has_prefix(strings[0], "    \"v=spf1 ip4:192.0.2.10 \\\"xxx"));
    /* 4 blanks, the opening quote and the backslash stand beside the 255 octets. */
    g_assert_cmpuint(strlen(strings[0]), ==, 255 + 6);
    report_free(report);
}

/* RFC 9989, 7.1: a record that we propose does not end in -all. */
static void
test_missing_spf_record(void)
{
    Report *report = message_from("a@example.com", "example.com");

    example_spf(report, "a@example.com", "example.com", RESULT_NONE, TRI_TRUE, "example.com");
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    g_assert_cmpstr(((const Advice *)report->advice->pdata[0])->record, ==,
                    "example.com. IN TXT \"v=spf1 ip4:192.0.2.10 ~all\"");
    report_free(report);
}

/* RFC 9989, 3.2.10.2: strict wants the identical name, so a subdomain of one's own fails. */
static void
test_strict(void)
{
    Report *report = message_from("a@example.com", "example.com");
    Identifier *spf = example_spf(report, "a@bounce.example.com", "bounce.example.com", RESULT_PASS,
                                  TRI_FALSE, "example.com");

    /* Strict alignment asks for no organizational domain: only the list still knows it. */
    spf->mode = "s";
    g_clear_pointer(&spf->org_domain, g_free);
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    assert_pattern(report, 0, "strict-mode");
    assert_pattern(report, 1, "strict-name");
    g_assert_cmpuint(report->advice->len, ==, 2);
    assert_row(summary, 1, "MAIL FROM", "bounce.example.com", "SPF  pass",
               "NO - not identical (strict)", SUMMARY_OTHER);
    summary_free(summary);
    report_free(report);
}

/* A stranger's line end does not make a second setting. */
static void
test_record_holds_no_line_end(void)
{
    Report *report = example_webform();

    record_free(&advice_type, g_ptr_array_steal_index(report->advice, 0));
    Mailbox *mailbox = report->from->addresses->pdata[0];
    g_free(mailbox->address);
    mailbox->address = g_strdup("user@example.jp\nFrom: evil@example.com");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpuint(summary->fix_lines->len, ==, 2);
    summary_free(summary);
    report_free(report);
}

/* Anybody can add signatures; the one that vouches is listed wherever it stands. */
static void
test_many_signatures(void)
{
    Report *report = message_from("a@example.com", "example.com");

    for (guint i = 0; i < 100; i++)
        example_dkim(report, "other.example", RESULT_PASS, "ok", TRI_FALSE, "other.example");
    example_dkim(report, "example.com", RESULT_PASS, "ok", TRI_TRUE, "example.com");
    example_verdict(report, RESULT_PASS, "aligned-pass", "example.com", "reject");
    advice_find(report, NULL);
    Summary *summary = summary_new(report);
    g_assert_cmpuint(summary->names->len, ==, 32);
    assert_row(summary, 30, "DKIM d=", "example.com", "DKIM pass", "yes - the same name",
               SUMMARY_PASS);
    assert_row(summary, 31, "DKIM d=", "and 72 more", "-", "not listed", SUMMARY_PLAIN);
    summary_free(summary);
    report_free(report);
}

/* Received-SPF names no host; it has a line only where it says something of its own. */
static void
test_said_by_received_spf(void)
{
    Report *report = example_webform();

    for (guint i = 0; i < 2; i++) {
        const char *word = i == 0 ? "pass" : "softfail";
        ReportedHeader *header = example_said(report, NULL, word, NULL, NULL);
        g_free(header->header);
        header->header = g_strdup("Received-SPF");
        Summary *summary = summary_new(report);
        g_assert_cmpuint(summary->said_by->len, ==, 1 + i);
        summary_free(summary);
        if (i == 0)
            record_free(&reported_header_type, g_ptr_array_steal_index(report->reported, 1));
    }
    report_free(report);
}

/* Many hosts are counted, not listed; a copy in the receiving host's name is called what it is. */
/* In a part of a message no signature proves nothing, whatever else keeps the verdict open: neither the table nor what
 * others said is told as if there were none. */
static void
test_signature_not_pasted(void)
{
    static const struct { const char *fidelity, *said, *check; } cases[] = {
        { "fragments", "mx.example.com (not trusted): SPF pass, DKIM pass, DMARC fail = same", "DKIM unknown" },
        { "headers", "mx.example.com (not trusted): SPF pass, DKIM pass, DMARC fail - differs: DKIM is none here",
          "DKIM none" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = example_webform();
        GPtrArray *identifiers = report->dmarc->rfc9989->identifiers;
        while (report->dkim->len > 0)
            record_free(&dkim_result_type, g_ptr_array_remove_index(report->dkim, report->dkim->len - 1));
        for (guint at = identifiers->len; at > 0; at--)
            if (!advice_is_spf(identifiers->pdata[at - 1]))
                record_free(&identifier_type, g_ptr_array_remove_index(identifiers, at - 1));
        example_verdict(report, RESULT_UNKNOWN, "identifier-undetermined", NULL, NULL);
        g_free(report->source->fidelity);
        report->source->fidelity = g_strdup(cases[i].fidelity);
        Summary *summary = summary_new(report);
        const SummaryName *last = summary->names->pdata[summary->names->len - 1];
        g_assert_cmpstr(last->check, ==, cases[i].check);
        g_assert_cmpstr(summary->said_by->pdata[0], ==, cases[i].said);
        summary_free(summary);
        report_free(report);
    }
}

static void
test_said_by(void)
{
    Report *report = example_webform();

    example_said(report, "mx.example.com", "pass", "pass", "pass")->suspicious = TRUE;
    for (guint i = 0; i < 1000; i++) {
        g_autofree char *host = g_strdup_printf("mx%u.example", i);
        example_said(report, host, "softfail", NULL, NULL);
    }
    Summary *summary = summary_new(report);
    g_assert_cmpuint(summary->said_by->len, ==, 6);
    g_assert_cmpstr(summary->said_by->pdata[1], ==,
                    "mx.example.com (likely forged): SPF pass, DKIM pass, DMARC pass - differs: "
                    "DMARC is fail here");
    g_assert_cmpstr(summary->said_by->pdata[2], ==,
                    "mx0.example (not trusted): SPF softfail - differs: SPF is pass here");
    g_assert_cmpstr(summary->said_by->pdata[5], ==, "and 997 more");
    summary_free(summary);
    report_free(report);
}

/* The lines of a reply read as one; what is none is as it was. */
static void
test_reply_in_one(void)
{
    static const struct { const char *reply, *want; } cases[] = {
        { "550-5.7.1 No mail 550-5.7.1 from there 550 5.7.1 at all", "550 5.7.1 No mail from there at all" },
        { "550-5.7.26 Not 550 5.7.26 here. x - gsmtp", "550 5.7.26 Not here. x - gsmtp" },
        { "421-Not now 421 later", "421 Not now later" },
        { "550-5.7.1 Call 550 5.7.1 us: 550 550 5.7.1", "550 5.7.1 Call us: 550 550 5.7.1" },
        { "550-5.7.1 A 550-5.7.2 B 550 C", "550 5.7.1 A 5.7.2 B C" },
        { "550 5.7.1 No 550-5.7.1 x", "550 5.7.1 No 550-5.7.1 x" },
        { "550-", "550 " }, { "550-5.7.", "550 5.7." }, { "550-x 550-", "550 x " }, { "250-ok 250 ok", "250-ok 250 ok" },
        { "5", "5" }, { "", "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = reply_in_one(cases[i].reply);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/summary/reply-in-one", test_reply_in_one);
    g_test_add_func("/summary/webform", test_webform);
    g_test_add_func("/summary/service", test_service);
    g_test_add_func("/summary/said-to-be-unaligned", test_said_to_be_unaligned);
    g_test_add_func("/summary/author-not-pasted", test_author_not_pasted);
    g_test_add_func("/summary/author-garbled", test_author_garbled);
    g_test_add_func("/summary/pass-both", test_pass_on_both_legs);
    g_test_add_func("/summary/pass-and-unknown", test_pass_and_dkim_unknown);
    g_test_add_func("/summary/pass-dkim", test_pass_by_dkim_alone);
    g_test_add_func("/summary/pass-forwarded", test_pass_forwarded);
    g_test_add_func("/summary/no-record", test_no_record);
    g_test_add_func("/summary/no-record-list", test_no_record_goes_by_the_list);
    g_test_add_func("/summary/unknown", test_unknown);
    g_test_add_func("/summary/none-unchecked", test_none_unchecked);
    g_test_add_func("/summary/looks-like", test_looks_like);
    g_test_add_func("/summary/unknown-said-fail", test_unknown_but_said_to_fail);
    g_test_add_func("/summary/temperror", test_temperror);
    g_test_add_func("/summary/no-author", test_no_author);
    g_test_add_func("/summary/several-authors", test_several_authors);
    g_test_add_func("/summary/many-authors", test_many_authors);
    g_test_add_func("/summary/several-authors-pass", test_several_authors_pass);
    g_test_add_func("/summary/differ", test_differ);
    g_test_add_func("/summary/many-signatures", test_many_signatures);
    g_test_add_func("/summary/said-by-received-spf", test_said_by_received_spf);
    g_test_add_func("/summary/signature-not-pasted", test_signature_not_pasted);
    g_test_add_func("/summary/said-by", test_said_by);
    g_test_add_func("/advice/patterns", test_patterns);
    g_test_add_func("/advice/spf-record", test_spf_record_to_copy);
    g_test_add_func("/advice/long-record", test_long_record_to_copy);
    g_test_add_func("/advice/missing-spf", test_missing_spf_record);
    g_test_add_func("/advice/strict", test_strict);
    g_test_add_func("/advice/record-line", test_record_holds_no_line_end);
    return g_test_run();
}
