/* Authentication-Results: the grammar and examples of RFC 8601, the dialects of providers, broken
 * and forged fields. Names and addresses are examples.
 * SPDX-License-Identifier: MIT */
#include "headers/authres.h"

#include <string.h>

#include "auth/compare.h"
#include "headers/authres-parts.h"
#include "headers/received.h"

/* One line: "id|i method=result/reason(comment){property=value …} …|deviations". */
static char *
summary(const ReportedHeader *header)
{
    GString *out = g_string_new(header->authserv_id ? header->authserv_id : "-");

    if (header->instance != RECORD_UNSET)
        g_string_append_printf(out, " i=%d", (int)header->instance);
    g_string_append_c(out, '|');
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *r = header->results->pdata[i];
        g_string_append_printf(out, "%s%s=%s", i ? " " : "", r->method, r->result);
        if (r->reason)
            g_string_append_printf(out, "/%s", r->reason);
        if (r->comment)
            g_string_append_printf(out, "(%s)", r->comment);
        for (guint p = 0; p < r->properties->len; p++) {
            const Pair *pair = r->properties->pdata[p];
            g_string_append_printf(out, "{%s=%s}", pair->name, pair->value);
        }
    }
    for (guint i = 0; i < header->deviations->len; i++)
        g_string_append_printf(out, "%c%s", i ? ' ' : '|', (char *)header->deviations->pdata[i]);
    return g_string_free(out, FALSE);
}

static void
reads(const char *value, const char *want)
{
    ReportedHeader *header = authres_parse("Authentication-Results", value);
    g_autofree char *got = summary(header);

    g_assert_cmpstr(got, ==, want);
    g_assert_cmpstr(header->raw, ==, value);
    record_free(&reported_header_type, header);
}

/* RFC 8601, appendix B, with its shapes. */
static void
test_rfc(void)
{
    reads("example.org 1; none", "example.org|");                                   /* B.2 */
    reads("example.com;\r\n spf=pass smtp.mailfrom=example.net",                    /* B.3 */
          "example.com|spf=pass{smtp.mailfrom=example.net}");
    reads("example.com; auth=pass (cram-md5) smtp.auth=sender@example.net;"         /* B.4 */
          " spf=pass smtp.mailfrom=example.net",
          "example.com|auth=pass(cram-md5){smtp.auth=sender@example.net}"
          " spf=pass{smtp.mailfrom=example.net}");
    reads("example.com; dkim=pass reason=\"good signature\" header.i=@mail.example.net"  /* B.6 */
          " header.b=oINEO8hg; dkim=fail reason=\"bad signature\" header.i=@newyork.example.com",
          "example.com|dkim=pass/good signature{header.i=@mail.example.net}{header.b=oINEO8hg}"
          " dkim=fail/bad signature{header.i=@newyork.example.com}");
    reads("foo.example.net (foobar) 1 (baz);\r\n"                                   /* B.7 */
          "    dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n"
          "      policy (A dot can go here) . (like that) expired\r\n"
          "      (this surprised me) = (as I wasn't expecting it) 1362471462",
          "foo.example.net|dkim=fail(A dot can go here like that this surprised me"
          " as I wasn't expecting it){policy.expired=1362471462}");
    reads("\"mx example\"; SPF=Pass Smtp.MailFrom=\"john doe\"@example.net",
          "mx example|spf=pass{smtp.mailfrom=\"john doe\"@example.net}");
}

static void
test_dmarc_policy(void)         /* RFC 9989, 9.1 */
{
    reads("example.com; dmarc=fail header.from=example.jp policy.dmarc=reject",
          "example.com|dmarc=fail{header.from=example.jp}{policy.dmarc=reject}");
}

static void
test_gmail(void)
{
    reads("mx.google.com;\r\n       dkim=pass header.i=@example.com header.s=sel"
          " header.b=\"Ab/+1=cd\";\r\n       arc=pass (i=1 spf=pass spfdomain=example.com"
          " dkim=pass dkdomain=example.com);\r\n       spf=pass (google.com: domain of"
          " a@example.com designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@example.com;"
          "\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com;"
          "\r\n       dara=pass header.i=@example.org",
          "mx.google.com|dkim=pass{header.i=@example.com}{header.s=sel}{header.b=Ab/+1=cd}"
          " arc=pass(i=1 spf=pass spfdomain=example.com dkim=pass dkdomain=example.com)"
          " spf=pass(google.com: domain of a@example.com designates 192.0.2.1 as permitted sender)"
          "{smtp.mailfrom=a@example.com}"
          " dmarc=pass(p=REJECT sp=REJECT dis=NONE){header.from=example.com}"
          " dara=pass{header.i=@example.org}|unregistered-method");
}

static void
test_microsoft(void)
{
    reads("spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=example.com; dkim=none (message not"
          " signed)\r\n header.d=none;dmarc=bestguesspass action=none\r\n"
          " header.from=example.com;compauth=fail reason=001",
          "-|spf=pass(sender IP is 192.0.2.1){smtp.mailfrom=example.com}"
          " dkim=none(message not signed){header.d=none}"
          " dmarc=bestguesspass{action=none}{header.from=example.com} compauth=fail/001"
          "|no-authserv-id unregistered-result property-without-ptype"
          " unregistered-method");
    /* older: the recipient's domain between two results */
    reads("spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=example.com; tenant.example;"
          " dkim=none (message not signed) header.d=none;tenant.example; dmarc=none action=none",
          "-|spf=fail(sender IP is 192.0.2.1){smtp.mailfrom=example.com}"
          " dkim=none(message not signed){header.d=none} dmarc=none{action=none}"
          "|no-authserv-id bare-domain property-without-ptype");
    reads("i=1; mx.microsoft.com 1; spf=none; dmarc=none action=none header.from=example.com;"
          " dkim=none (message not signed); arc=pass (0 oda=0 ltdi=0 93)",
          "mx.microsoft.com i=1|spf=none dmarc=none{action=none}{header.from=example.com}"
          " dkim=none(message not signed) arc=pass(0 oda=0 ltdi=0 93)|property-without-ptype");
    /* RFC 8601, 2.2: no blank is asked for behind a semicolon */
    reads("mx.example.com;spf=pass smtp.mailfrom=a@b.example;dkim=none", "mx.example.com|spf=pass{smtp.mailfrom=a@b.example} dkim=none");
    reads("mx.example.com;;spf=pass", "mx.example.com|spf=pass|empty-segment");
    reads("i=1;", "- i=1||trailing-semicolon no-authserv-id no-results");
}

static void
test_amazon(void)
{
    reads("amazonses.com; spf=pass (spfCheck: domain of example.com designates 192.0.2.1 as"
          " permitted sender) client-ip=192.0.2.1; envelope-from=a@example.com;"
          " helo=mail.example.com; dkim=pass header.i=@example.com;"
          " dmarc=pass header.from=example.com;",
          "amazonses.com|spf=pass(spfCheck: domain of example.com designates 192.0.2.1 as"
          " permitted sender){client-ip=192.0.2.1}{envelope-from=a@example.com}"
          "{helo=mail.example.com} dkim=pass{header.i=@example.com}"
          " dmarc=pass{header.from=example.com}"
          "|property-without-ptype property-segment trailing-semicolon");
}

static void
test_others(void)
{
    reads("atlas.mail.yahoo.example; dkim=unknown; dmarc=pass(p=NONE,sp=QUARANTINE)"
          " header.from=example.com arc_overridden_status=NOT_OVERRIDDEN;",
          "atlas.mail.yahoo.example|dkim=unknown dmarc=pass(p=NONE,sp=QUARANTINE)"
          "{header.from=example.com}{arc_overridden_status=NOT_OVERRIDDEN}"
          "|unregistered-result property-without-ptype trailing-semicolon");
    reads("atlas1.free.mail.yahoo.example; dkim=dkim_pass header.i=@example.com header.s=s1; spf=pass smtp.mailfrom=example.com;"
          " dkim=dkim_fail header.i=@esp.example dmarc=success(p=REJECT) header.from=example.com;",
          "atlas1.free.mail.yahoo.example|dkim=pass{header.i=@example.com}{header.s=s1} spf=pass{smtp.mailfrom=example.com}"
          " dkim=fail{header.i=@esp.example} dmarc=pass(p=REJECT){header.from=example.com}"
          "|unregistered-result missing-semicolon trailing-semicolon");
    reads("auth.example; spf=success; dmarc=dkim_pass", "auth.example|spf=success dmarc=dkim_pass|unregistered-result");
    reads("mta1.mail.ir2.yahoo.example header.i=@example.com header.s=s1 dkim=pass (ok)\n header.i=@esp.example header.s=s2 dkim=permfail (x);"
          " spfDomain=m.example.com spfResult=pass; dmarc=pass(p=none sp=NULL dis=none) header.from=example.com",
          "mta1.mail.ir2.yahoo.example|dkim=pass(ok){header.i=@example.com}{header.s=s1} dkim=permfail(x){header.i=@esp.example}{header.s=s2}"
          " spf=pass{smtp.mailfrom=m.example.com} dmarc=pass(p=none sp=NULL dis=none){header.from=example.com}"
          "|missing-semicolon unregistered-result property-segment");
    reads("mx.example; dkim=pass; header.i=@example.com spf=pass smtp.helo=h.example",
          "mx.example|dkim=pass{header.i=@example.com} spf=pass{smtp.helo=h.example}|property-segment missing-semicolon");
    reads("bimi.icloud.com; bimi=skipped reason=\"insufficient dmarc\"",
          "bimi.icloud.com|bimi=skipped/insufficient dmarc|unregistered-method");
    reads("relay.mimecast.com; dkim=fail (\"body hash did not verify\") header.d=example.com;"
          " arc=reject (\"cv is fail on i=2\")",
          "relay.mimecast.com|dkim=fail(\"body hash did not verify\"){header.d=example.com}"
          " arc=reject(\"cv is fail on i=2\")|unregistered-result");
    reads("ppops.net; spf=softfail smtp.mailfrom=user@example.com",
          "ppops.net|spf=softfail{smtp.mailfrom=user@example.com}");
    reads("mx.example; dkim=pass (2048-bit key; unprotected) header.d=example.com",
          "mx.example|dkim=pass(2048-bit key; unprotected){header.d=example.com}");
}

/* Each of these departs from the grammar in one way. */
static void
test_deviations(void)
{
    reads("mx.example 2; spf=pass", "mx.example|spf=pass|unknown-version");
    reads("mx.example; spf/2=pass", "mx.example|spf=pass|unknown-version");
    reads("mx.example spf=pass smtp.helo=h.example",
          "mx.example|spf=pass{smtp.helo=h.example}|missing-semicolon");
    reads("mx.example; spf=pass smtp.helo=h.example dkim=fail header.d=d.example",
          "mx.example|spf=pass{smtp.helo=h.example} dkim=fail{header.d=d.example}"
          "|missing-semicolon");
    reads("mx.example; dmarc=none header.from= policy.dmarc=none",
          "mx.example|dmarc=none{header.from=}{policy.dmarc=none}|empty-property");
    reads("mx.example; dmarc=none header.from=; spf=none",
          "mx.example|dmarc=none{header.from=} spf=none|empty-property");
    reads("mx.example; dkim=; spf=none", "mx.example|dkim= spf=none|empty-result");
    reads("mx.example;; spf=none", "mx.example|spf=none|empty-segment");
    reads("mx.example; spf=none odd", "mx.example|spf=none|stray-text");
    /* A comment parts words: who takes forged fields out by their id does not know this one. */
    reads("mx.ex(x)ample; spf=none", "mx.ex|spf=none|stray-text");
    reads("mx(x).example (y) 1; sp(x)f=none", "mx|f=none|bare-domain stray-text unregistered-method");
    reads("mx.example; spf=none geo.country=jp", "mx.example|spf=none{geo.country=jp}|unknown-ptype");
    reads("mx.example; smtp.helo=x", "mx.example||property-without-result no-results");
    reads("none", "-||no-authserv-id");
    reads("mx.example", "mx.example||no-results");
    reads("=?utf-8?q?mx.example=3B_spf=3Dpass?= =?utf-8?q?_smtp.helo=3Dh.example?=",
          "mx.example|spf=pass{smtp.helo=h.example}|encoded-words");
}

static void
test_broken(void)
{
    reads("", "-||no-authserv-id no-results");
    reads("mx.example; spf=pass (open smtp.helo=x; dkim=pass header.d=d.example",
          "mx.example|spf=pass(open smtp.helo=x) dkim=pass{header.d=d.example}|unclosed-comment");
    reads("mx.example; spf=pass reason=\"open; dkim=pass header.d=d.example",
          "mx.example|spf=pass/open dkim=pass{header.d=d.example}|unclosed-quote");
    reads(";", "-||trailing-semicolon no-authserv-id no-results");
    reads("; ; ;", "-||trailing-semicolon no-authserv-id no-results");
    reads("=", "-||stray-text no-authserv-id no-results");
    reads("mx.example; spf=pass \001", "mx.example|spf=pass|control-character stray-text");
    reads("mx.example; spf=pa\\", "mx.example|spf=pa\\|unregistered-result");
    reads("mx.example; spf=pass (\\", "mx.example|spf=pass(\\)|unclosed-comment");
}

static void
test_hostile(void)
{
    static const char *const patterns[] = { "(", ")", "\"", "=", ";", "a=b;", "spf=pass ", "(;",
        "\\\"", "\";", "a.", "./", "x ", "spf=pass (x) ", "a=\"b\" ", "=?utf-8?q?a?= ", "(a)",
        "spf=((;", "dkim=pass header.d=\"", "a= dkim (", "a= dkim (;", "a= dkim (x) " };

    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
        g_autoptr(GString) text = g_string_new(i % 2 ? "mx.example;" : "");
        while (text->len < 2000000)
            g_string_append(text, patterns[i]);
        g_test_timer_start();
        ReportedHeader *header = authres_parse("Authentication-Results", text->str);
        ReportedHeader *spf = authres_parse_received_spf(text->str);
        g_test_message("%s: %.3f s", patterns[i], g_test_timer_elapsed());
        g_assert_cmpfloat(g_test_timer_elapsed(), <, 60.0);
        record_free(&reported_header_type, header);
        record_free(&reported_header_type, spf);
    }
}

static void
test_received_spf(void)
{
    static const struct { const char *value, *want; } cases[] = {
        { "pass (mx.example.org: domain of a@example.com designates 192.0.2.1 as permitted sender)"
          " receiver=mx.example.org; client-ip=192.0.2.1; envelope-from=\"a@example.com\";"
          " helo=mail.example.com; identity=mailfrom;",
          "mx.example.org|spf=pass(mx.example.org: domain of a@example.com designates 192.0.2.1 as"
          " permitted sender){receiver=mx.example.org}{smtp.client-ip=192.0.2.1}"
          "{smtp.mailfrom=a@example.com}{smtp.helo=mail.example.com}{identity=mailfrom}" },
        { "Pass (protection.outlook.com: ok) receiver=protection.outlook.com;"
          " client-ip=192.0.2.1; helo=h.example; pr=C",
          "protection.outlook.com|spf=pass(protection.outlook.com: ok)"
          "{receiver=protection.outlook.com}{smtp.client-ip=192.0.2.1}{smtp.helo=h.example}{pr=C}" },
        { "Pass (mailfrom) receiver=<UNKNOWN>; helo=h.example", "-|spf=pass(mailfrom){receiver=<UNKNOWN>}{smtp.helo=h.example}" },
        { "TempError", "-|spf=temperror" },
        { "error (x)", "-|spf=error(x)|unregistered-result" },
        { "client-ip=192.0.2.1", "-|spf={smtp.client-ip=192.0.2.1}|empty-result" },
        { "fail envelope-from=; helo=h", "-|spf=fail{smtp.mailfrom=}{smtp.helo=h}|empty-property" },
        { "", "-|spf=|empty-result" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        ReportedHeader *header = authres_parse_received_spf(cases[i].value);
        g_autofree char *got = summary(header);
        g_assert_cmpstr(got, ==, cases[i].want);
        record_free(&reported_header_type, header);
    }
}

/* What comments tell of the client and of MAIL FROM, as Google, Microsoft, Yahoo and Exim word it. */
static void
test_comments(void)
{
    static const struct { const char *comment, *ip, *sender; } cases[] = {
        { "google.com: domain of a@example.com designates 192.0.2.1 as permitted sender", "192.0.2.1",
          "a@example.com" },
        { "google.com: domain of a@example.com does not designate 2001:db8::1 as permitted sender",
          "2001:db8::1", "a@example.com" },
        { "google.com: 192.0.2.1 is neither permitted nor denied by best guess record for domain of"
          " a@example.com", "192.0.2.1", "a@example.com" },
        { "sender IP is 192.0.2.1", "192.0.2.1", NULL },
        { "sender ip is 192.0.2.1", "192.0.2.1", NULL },
        { "protection.outlook.com: domain of transitioning example.com discourages use of 192.0.2.1"
          " as permitted sender", "192.0.2.1", "example.com" },
        { "protection.outlook.com: example.com does not designate permitted sender hosts", NULL,
          "example.com" },
        { "protection.outlook.com: 192.0.2.1 is neither permitted nor denied by domain of"
          " example.com", "192.0.2.1", "example.com" },
        { "protection.outlook.com: error in processing during lookup of example.com: DNS Timeout",
          NULL, "example.com" },
        { "protection.outlook.com: error in processing during lookup of host: DNS Timeout", NULL,
          NULL },
        { "domain of transitioningexample.com does not designate 192.0.2.1 as permitted sender",
          "192.0.2.1", "example.com" },
        { "domain of transitioning", NULL, NULL },
        { "domain of ", NULL, NULL },
        { "", NULL, NULL },
        { NULL, NULL, NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *ip = authres_comment_ip(cases[i].comment);
        g_autofree char *sender = authres_comment_sender(cases[i].comment);
        g_test_message("%s", cases[i].comment ? cases[i].comment : "(none)");
        g_assert_cmpstr(ip, ==, cases[i].ip);
        g_assert_cmpstr(sender, ==, cases[i].sender);
    }
}

/* ---- whose they are ---- */

#define BORDER "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.org; x\n"
#define INNER  "Received: from mx.example.org (localhost [127.0.0.1]) by mx.example.org; x\n"
#define REAL   "Authentication-Results: mx.example.org; dkim=fail header.d=example.com; dmarc=fail\n"
#define FORGED "Authentication-Results: MX.example.org; dmarc=pass header.from=bank.example\n"

static Report *
collect(const char *header, const char *trusted)
{
    g_autoptr(GBytes) bytes = g_bytes_new(header, strlen(header));
    g_autoptr(Message) message = message_from_bytes(bytes, "test", NULL);
    const char *const list[] = { trusted, NULL };
    Report *report = report_new();

    received_route(message, 0, report);
    authres_collect(message, list, report);
    return report;
}

/* B: in the topmost block, S: suspicious, T: trusted, -: none; one letter group a field. */
static void
marks(const char *header, const char *trusted, const char *want)
{
    Report *report = collect(header, trusted);
    g_autoptr(GString) got = g_string_new(NULL);

    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *h = report->reported->pdata[i];
        g_string_append_printf(got, "%s%s%s%s%s", i ? " " : "", h->topmost_block ? "B" : "",
                               h->suspicious ? "S" : "", h->trusted ? "T" : "",
                               h->topmost_block || h->suspicious || h->trusted ? "" : "-");
    }
    g_test_message("%s", header);
    g_assert_cmpstr(got->str, ==, want);
    report_free(report);
}

static void
test_block(void)
{
    marks(REAL BORDER FORGED, NULL, "B S");
    marks(REAL BORDER FORGED, "mx.EXAMPLE.org", "BT S");
    marks(BORDER REAL FORGED, "mx.example.org", "BT S");    /* stamped below its own Received */
    marks(REAL INNER REAL BORDER, "mx.example.org", "BT T");        /* filtered twice inside */
    /* The receiver stamps nothing: a stamp in its name came with the message, below a stranger's Received. */
    marks(BORDER "Received: by mail.example.com; x\n" REAL, "mx.example.org", "B");
    /* a forwarder's: foreign, but it left a Received field; a host that left none was never there */
    marks(REAL BORDER "Authentication-Results: other.example; spf=pass\n"
          "Received: from a.example (a.example [192.0.2.7]) by mx.other.example; x\n", NULL, "B -");
    marks(REAL BORDER "Authentication-Results: other.example; spf=pass\n", NULL, "B S");
    marks(REAL BORDER "Authentication-Results: other.example; spf=fail\n", NULL, "B -");
    marks(REAL "X-Other: x\nAuthentication-Results: mx.example.org; spf=pass\n" BORDER, NULL,
          "B B");
    marks("Authentication-Results: spf.icloud.com; spf=pass\n"
          "Authentication-Results: dmarc.icloud.com; dmarc=pass\n"
          "Authentication-Results: mx.example.com; dmarc=pass\n" BORDER, NULL, "B B -");
    marks("Authentication-Results: spf=pass\nAuthentication-Results: dkim=pass\n", NULL, "B B");
    marks("Authentication-Results-Original: mx.example.org; spf=pass\n"
          "ARC-Authentication-Results: i=1; mx.example.org; spf=pass\n" REAL, "mx.example.org",
          "- T BT");
    /* one registrable name each, though their parents are the same words */
    marks("Authentication-Results: a.co.jp; spf=pass\nAuthentication-Results: b.co.jp; dkim=pass\n",
          NULL, "B -");
}

#define MS_INNER  "Received: from a.outlook.com (2603:10b6:1::1) by b.outlook.com (2603:10b6:2::2) with X; x\n"
#define MS_BORDER "Received: from mail.example.com (192.0.2.1) by c.mail.protection.outlook.com (10.1.2.3); x\n"
#define MS_REAL   "Authentication-Results: spf=fail smtp.mailfrom=example.com; dkim=none;dmarc=fail\n"
#define MS_FORGED "Authentication-Results: spf=pass smtp.mailfrom=bank.example; dmarc=pass action=none\n"
#define MS_SENT   "Authentication-Results: dkim=none (message not signed) header.d=none;dmarc=none\n"
#define FORWARD   "Received: from mail.example.com ([192.0.2.1]) by mx.example.net; x\n"

/* Shapes of real mail: nothing genuine may look forged. */
static void
test_shapes(void)
{
    marks(MS_INNER MS_REAL MS_BORDER, NULL, "B");
    marks(MS_INNER MS_REAL MS_BORDER MS_FORGED, NULL, "B S");
    marks(MS_INNER MS_REAL MS_BORDER MS_SENT, NULL, "B -");     /* by the sender's tenant, also Microsoft's */
    marks(MS_INNER MS_REAL MS_BORDER "Authentication-Results: protection.outlook.com; dmarc=pass\n",
          NULL, "B S");
    /* to Google from a tenant of Microsoft that had received it before; and from nobody */
    marks(REAL BORDER MS_FORGED MS_INNER, NULL, "B -");
    marks(REAL BORDER MS_FORGED, NULL, "B S");
    /* Proton: all results under all Received fields, one method a field */
    marks(BORDER "Received: from x.example (unknown [192.0.2.9]) by mail.example.com; x\n"
          "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\n"
          "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com\n"
          "Authentication-Results: mx.example.org; arc=none smtp.remote-ip=192.0.2.1\n"
          "Authentication-Results: mx.example.org; dkim=none\n", NULL, "B B B B");
    /* Apple: in four names, receiving in a fifth */
    marks("Received: from mail.example.com (mail.example.com [192.0.2.1]) by ci7.me.com; x\n"
          "Authentication-Results: bimi.icloud.com; bimi=skipped\n"
          "Authentication-Results: dmarc.icloud.com; dmarc=pass\n"
          "X-DMARC-Info: pass=pass\n"
          "Authentication-Results: dkim-verifier.icloud.com; dkim=pass header.d=example.com\n"
          "Authentication-Results: spf.icloud.com; spf=pass smtp.mailfrom=example.com\n"
          "Received-SPF: pass receiver=spf.icloud.com\n"
          "Received: from a.example by mail.example.com; x\n", NULL, "B B B B -");
    /* Amazon and Yahoo stamp in one name and receive in another, or over HTTP */
    marks("Received: from mail.example.com (mail.example.com [192.0.2.1]) by"
          " inbound-smtp.us-east-1.amazonaws.com; x\nAuthentication-Results: amazonses.com; spf=pass\n",
          NULL, "B");
    marks("Received: from 127.0.0.1 by atlas.omega.yahoo.com with HTTP; x\n"
          "Authentication-Results: atlas.omega.yahoo.com; spf=pass\n"
          "Received: from 192.0.2.1 (EHLO mail.example.com) by 10.1.2.3; x\n", NULL, "B");
    /* the same forwarded from one to another */
    marks("Authentication-Results: mx.example.net; dmarc=pass\n" FORWARD REAL BORDER, NULL, "B -");
    /* a sealer's copy is signed by its sealer: never a forgery of ours */
    marks(REAL BORDER "ARC-Authentication-Results: i=1; mx.example.org; dmarc=pass\n", NULL, "B -");
    /* a name in encoded words slips past a receiver that removes its own */
    marks("Authentication-Results: =?utf-8?q?mx.example.org?=; dmarc=pass\n" BORDER,
          "mx.example.org", "B");
}

/* A person who knows better moves the border; what lies below it follows. */
static void
test_border(void)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(REAL BORDER FORWARD FORGED, strlen(REAL BORDER FORWARD FORGED));
    g_autoptr(Message) message = message_from_bytes(bytes, "test", NULL);

    for (guint border = 1; border <= 2; border++) {
        Report *report = report_new();
        const char *const trusted[] = { "mx.example.net", NULL };
        received_route(message, border, report);
        authres_collect(message, trusted, report);
        const ReportedHeader *below = report->reported->pdata[1];
        g_assert_true(below->suspicious);
        report_free(report);
    }
}

/* What a page said stands behind the message's own fields, and speaks only where they do not. */
static void
test_page(void)
{
    for (int stamped = 0; stamped < 2; stamped++) {
        const char *text = stamped ? REAL BORDER : BORDER;
        g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
        g_autoptr(Message) message = message_from_bytes(bytes, "test", NULL);
        Origin *origin = origin_new("paste");
        const char *const trusted[] = { "Gmail", NULL };
        ReportedHeader *page = authres_parse("Gmail", "spf=pass; dmarc=pass");
        page->authserv_id = g_strdup("Gmail");
        page->line = 3;
        g_ptr_array_add(origin->claims, page);
        message_take_origin(message, origin);
        Report *report = report_new();
        received_route(message, 0, report);
        authres_collect(message, trusted, report);
        const ReportedHeader *last = report->reported->pdata[report->reported->len - 1];
        g_assert_cmpuint(report->reported->len, ==, stamped ? 2 : 1);
        g_assert_true(authres_is_from_page(last));
        g_assert_false(last->trusted || last->suspicious);
        g_assert_cmpint(last->topmost_block, ==, !stamped);
        g_assert_cmpstr(authres_claim(report, "dmarc")->result, ==, stamped ? "fail" : "pass");
        g_assert_null(authres_trusted(report, "dmarc"));
        report_free(report);
    }
}

/* "The page said SPF pass with 192.0.2.7": told where the message's own fields say otherwise. */
static void
test_page_differs(void)
{
    static const char text[] = BORDER
        "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=example.com"
        " smtp.client-ip=192.0.2.1; dkim=fail header.d=a.example; dkim=pass header.d=b.example;"
        " dmarc=pass\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(Message) message = message_from_bytes(bytes, "test", NULL);
    Origin *origin = origin_new("paste");
    Report *report = report_new();

    g_ptr_array_add(origin->claims, authres_parse("Gmail", "Gmail; spf=pass client-ip=192.0.2.7;"
                                                  " dkim=pass header.d=b.example; dmarc=pass"));
    message_take_origin(message, origin);
    received_route(message, 0, report);
    authres_collect(message, NULL, report);
    compare_reports(report);
    g_assert_cmpuint(report->findings->len, ==, 2);
    const Finding *word = report->findings->pdata[0];
    const Finding *client = report->findings->pdata[1];
    g_assert_cmpstr(word->id, ==, "page-says-otherwise");
    g_assert_cmpstr(word->args->pdata[1], ==, "SPF");
    g_assert_cmpstr(word->args->pdata[2], ==, "pass");
    g_assert_cmpstr(word->args->pdata[4], ==, "fail");
    g_assert_cmpstr(client->id, ==, "page-names-other-client");
    g_assert_cmpstr(client->args->pdata[1], ==, "192.0.2.7");
    g_assert_cmpstr(client->args->pdata[3], ==, "192.0.2.1");
    report_free(report);
}

static void
test_block_received_spf(void)
{
    marks("Received-SPF: pass\n" REAL BORDER, NULL, "B B");
    marks("Received-SPF: pass\nAuthentication-Results: mx.example.org; spf=fail\n" BORDER, NULL,
          "- B");
    marks("Received-SPF: pass\n" BORDER "Received-SPF: fail\n", NULL, "B -");
    marks(REAL BORDER "Received-SPF: pass receiver=mx.example.org\n", "mx.example.org", "BT S");
    /* Under the Received field of whoever handed it over, it is their word, or the author's. */
    marks(BORDER "Received-SPF: pass\n", NULL, "B");
    marks(BORDER "Received: from x.example by mx.friend.example; x\nReceived-SPF: pass\n", NULL, "-");
    marks(BORDER "Received: from x.example by mx.friend.example; x\n"
          "Received-SPF: pass receiver=mx.friend.example\n", NULL, "-");
}

static void
test_claims(void)
{
    Report *report = collect(
        "Authentication-Results: mx.example.org; spf=none smtp.helo=h.example;\n"
        " spf=pass smtp.mailfrom=a@example.com; dkim=pass header.i=@news.example.com\n"
        BORDER "Authentication-Results: friend.example; arc=pass\n"
        "Received: from x.example ([192.0.2.9]) by mx.friend.example; x\n", "friend.example");
    const ReportedResult *spf = authres_claim(report, "spf");
    g_autofree char *spf_domain = authres_spf_domain(spf);
    g_autofree char *dkim_domain = authres_dkim_domain(authres_claim(report, "dkim"));

    g_assert_cmpstr(spf->result, ==, "pass");
    g_assert_cmpstr(spf_domain, ==, "example.com");
    g_assert_cmpstr(dkim_domain, ==, "news.example.com");
    g_assert_null(authres_claim(report, "arc"));
    g_assert_null(authres_trusted(report, "spf"));
    g_assert_cmpstr(authres_trusted(report, "arc")->result, ==, "pass");
    report_free(report);
}

static void
test_domains(void)
{
    static const struct { const char *value, *spf, *dkim; } cases[] = {
        { "x; spf=pass smtp.mailfrom=Bounce@Example.COM", "example.com", NULL },
        { "x; spf=pass smtp.mailfrom=example.com", "example.com", NULL },
        { "x; spf=pass smtp.mailfrom=<> smtp.helo=h.example", "h.example", NULL },
        { "x; spf=pass envelope-from=a@example.com", "example.com", NULL },
        { "x; spf=pass (x: domain of a@example.com designates 192.0.2.1 as permitted sender)"
          " smtp.helo=h.example", "example.com", NULL },
        { "x; spf=pass smtp.mailfrom=a@b\303\274cher.example", "xn--bcher-kva.example", NULL },
        { "x; dkim=pass header.d=example.com header.i=a@b.example.com", NULL, "example.com" },
        { "x; dkim=pass header.i=a@b.example.com", NULL, "b.example.com" },
        { "x; dkim=none header.d=none", NULL, NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        ReportedHeader *header = authres_parse("Authentication-Results", cases[i].value);
        g_autofree char *spf = authres_spf_domain(header->results->pdata[0]);
        g_autofree char *dkim = authres_dkim_domain(header->results->pdata[0]);
        g_test_message("%s", cases[i].value);
        g_assert_cmpstr(spf, ==, cases[i].spf);
        g_assert_cmpstr(dkim, ==, cases[i].dkim);
        record_free(&reported_header_type, header);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/authres/rfc", test_rfc);
    g_test_add_func("/authres/dmarc-policy", test_dmarc_policy);
    g_test_add_func("/authres/gmail", test_gmail);
    g_test_add_func("/authres/microsoft", test_microsoft);
    g_test_add_func("/authres/amazon", test_amazon);
    g_test_add_func("/authres/others", test_others);
    g_test_add_func("/authres/deviations", test_deviations);
    g_test_add_func("/authres/broken", test_broken);
    g_test_add_func("/authres/hostile", test_hostile);
    g_test_add_func("/authres/received-spf", test_received_spf);
    g_test_add_func("/authres/comments", test_comments);
    g_test_add_func("/authres/block", test_block);
    g_test_add_func("/authres/shapes", test_shapes);
    g_test_add_func("/authres/border", test_border);
    g_test_add_func("/authres/page", test_page);
    g_test_add_func("/authres/page-differs", test_page_differs);
    g_test_add_func("/authres/block-received-spf", test_block_received_spf);
    g_test_add_func("/authres/claims", test_claims);
    g_test_add_func("/authres/domains", test_domains);
    return g_test_run();
}
