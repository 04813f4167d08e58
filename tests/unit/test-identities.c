/* Identities: From, Sender, Reply-To and the envelope, as odd as real mail has them.
 * SPDX-License-Identifier: MIT */
#include "headers/identities.h"

#include <string.h>

#include "headers/address.h"
#include "headers/authres.h"
#include "headers/received.h"

static Report *
read_header(const char *header, const IdentityOverrides *overrides)
{
    g_autoptr(GBytes) bytes = g_bytes_new(header, strlen(header));
    g_autoptr(GError) error = NULL;
    g_autoptr(Message) message = message_from_bytes(bytes, "test", &error);
    Report *report = report_new();

    g_assert_no_error(error);
    identities_authors(message, report);
    received_route(message, 0, report);
    authres_collect(message, NULL, report);
    identities_envelope(message, overrides, report);
    return report;
}

static char *
joined(const GPtrArray *strings)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < strings->len; i++)
        g_string_append_printf(out, "%s%s", i ? " " : "", (char *)strings->pdata[i]);
    return g_string_free(out, FALSE);
}

/* name|address|domain, one after the other */
static char *
mailboxes(const GPtrArray *list)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < list->len; i++) {
        const Mailbox *m = list->pdata[i];
        g_string_append_printf(out, "%s%s|%s|%s", i ? " + " : "", m->name ? m->name : "-",
                               m->address ? m->address : "-", m->domain ? m->domain : "-");
    }
    return g_string_free(out, FALSE);
}

typedef struct { const char *value, *mailboxes, *domain, *problems; } FromCase;

static const FromCase from_cases[] = {
    { "user@example.jp", "-|user@example.jp|example.jp", "example.jp", "" },
    { "Joe <Joe@Example.COM>", "Joe|Joe@Example.COM|example.com", "example.com", "" },
    { "joe@example.com (Joe)", "Joe|joe@example.com|example.com", "example.com", "" },
    { "\"Doe, \\\"J\\\"\" <j@example.com>", "Doe, \"J\"|j@example.com|example.com",
      "example.com", "" },
    { "=?utf-8?b?5bGx55Sw?= <y@example.jp>", "山田|y@example.jp|example.jp", "example.jp", "" },
    { "=?utf-8?q?J=C3=B6?= =?utf-8?q?rg?= <j@example.com>", "Jörg|j@example.com|example.com",
      "example.com", "" },
    { "J\366rg <j@example.com>", "J\\xF6rg|j@example.com|example.com", "example.com", "" },
    { "J\366rg =?iso-8859-1?q?M=FCller?= <j@example.com>", "J\\xF6rg Müller|j@example.com|example.com", "example.com", "" },
    { "j@b\303\274cher.example", "-|j@bücher.example|xn--bcher-kva.example",
      "xn--bcher-kva.example", "" },
    { "joe@example.com.", "-|joe@example.com.|example.com", "example.com", "" },
    { "Joe <joe@example.com", "Joe|joe@example.com|example.com", "example.com", "" },
    { "<<joe@example.com>>", "-|joe@example.com|example.com", "example.com", "" },
    /* a route is no part of the address, but some programs show it */
    { "<@r.example,@s.example:joe@example.com>", "-|joe@example.com|example.com",
      "example.com", "from-route" },
    { "<@r.example, ,@[IPv6:::1]:joe@example.com>", "-|joe@example.com|example.com", "example.com", "from-route" },
    { "Ann < (x) @bank.example : joe@example.com>", "Ann|joe@example.com|example.com", "example.com", "from-route" },
    /* no route: others read the first address */
    { "<@r.example:ceo@bank.example:joe@example.com>", "-|ceo@bank.example:joe@example.com|-",
      NULL, "from-malformed from-route" },
    { "<@r.example:ceo@bank.example,s:joe@example.com>", "-|ceo@bank.example,s:joe@example.com|-",
      NULL, "from-malformed from-route" },
    { "<@r.example\"x\":joe@example.com>", "-|@r.example\"x\":joe@example.com|-", NULL, "from-malformed" },
    { "joe @ example . com", "-|joe@example.com|example.com", "example.com", "" },
    /* a comment stands for a blank: between the words of a name, and where none may be */
    { "Ann(x)Baker <joe@example.com>", "Ann Baker|joe@example.com|example.com", "example.com", "" },
    { "Ann <(a)joe(b)@(c)example(d).(e)com(f)>", "Ann|joe@example.com|example.com", "example.com", "" },
    /* a quoted string is a word of its own wherever it begins, if it ends; else it is inches */
    { "Ann\"x <a@evil.example>\" <joe@example.com>", "Annx <a@evil.example>|joe@example.com|example.com", "example.com",
      "display-name-address" },
    { "Ann\"a, b\"\"c\"<joe@example.com>", "Anna, bc|joe@example.com|example.com", "example.com", "" },
    { "5\" pipe <joe@example.com>", "5\" pipe|joe@example.com|example.com", "example.com", "" },
    { "5\"x6\" 7\" pipe <joe@example.com>", "5x6 7\" pipe|joe@example.com|example.com", "example.com", "" },
    { "joe(a)@(b)example(c).(d)com", "a b c d|joe@example.com|example.com", "example.com", "" },
    { "<joe@exam(a)ple.com>", "-|joe@exam ple.com|-", NULL, "from-malformed" },
    { "joe@example.com(a)extra", "a|joe@example.com extra|-", NULL, "from-malformed" },
    { "Ann <joe@example(.com>", "Ann|joe@example(.com>|-", NULL, "from-malformed" },
    { "Ann <joe@example.com(eve@example.org>", "Ann eve@example.org>|joe@example.com(eve@example.org>|-", NULL,
      "from-malformed" },
    { "jo(a)e@example.com", "a|jo e@example.com|-", NULL, "from-malformed" },
    { "\"a@b\"@example.com", "-|\"a@b\"@example.com|example.com", "example.com", "" },
    { ",, joe@example.com ,", "-|joe@example.com|example.com", "example.com", "" },
    { "A: x@example.com, y@example.com;",
      "-|x@example.com|example.com + -|y@example.com|example.com", "example.com",
      "from-several-addresses" },
    /* an @ in quotes makes a group's name no address, but it may be all that is shown */
    { "J. \"a@b.example\": x@example.com;", "J. a@b.example|x@example.com|example.com", "example.com", "display-name-address" },
    { "\"a@b.example\":Ann <x@example.com>, y@example.com;",
      "a@b.example:Ann|x@example.com|example.com + -|y@example.com|example.com", "example.com",
      "from-several-addresses display-name-address" },
    { "\"a@b.example\": \"c\": x@example.com (Ann)", "a@b.example: c|x@example.com|example.com", "example.com", "display-name-address" },
    { "\"a@b.example\":;", "", NULL, "from-empty" },
    { "a@b.example:x@example.com;", "-|a@b.example:x@example.com|-", NULL, "from-malformed" },
    { "a@example.com; b@example.org",           /* GMime's list parser drops the second */
      "-|a@example.com|example.com + -|b@example.org|example.org", NULL,
      "from-several-addresses from-several-domains" },
    { "<a@example.com> (<b@example.org>", "<b@example.org>|a@example.com|example.com", "example.com", "display-name-address" },
    { "Ann <a@example.com (b@example.org>", "Ann b@example.org>|a@example.com|example.com", "example.com", "display-name-address" },
    { "a@example.com b@example.org <a@example.com>", "a@example.com b@example.org|a@example.com|example.com", "example.com",
      "display-name-address" },
    { "<a@example.com> b@example.org",
      "-|a@example.com|example.com + -|b@example.org|example.org", NULL,
      "from-several-addresses from-several-domains" },
    { "a@evil.example <joe@example.com>", "a@evil.example|joe@example.com|example.com",
      "example.com", "display-name-address" },
    { "=?utf-8?q?Joe_=3Cceo=40bank.example=3E?= <x@evil.example>",
      "Joe <ceo@bank.example>|x@evil.example|evil.example", "evil.example",
      "display-name-address" },
    { "\"ceo\357\274\240bank.example\" <x@evil.example>",       /* U+FF20 */
      "ceo＠bank.example|x@evil.example|evil.example", "evil.example", "display-name-address" },
    { "\"ceo@ba\342\200\213nk.example\" <x@evil.example>",       /* U+200B */
      "ceo@ba\342\200\213nk.example|x@evil.example|evil.example", "evil.example", "display-name-address" },
    { "\"\342\200\256elpmaxe.knab@oec\342\200\254 (CEO)\" <x@evil.example>",        /* U+202E, U+202C */
      "\342\200\256elpmaxe.knab@oec\342\200\254 (CEO)|x@evil.example|evil.example", "evil.example", "display-name-address" },
    { "\"JOE@example.com\" <joe@example.com>", "JOE@example.com|joe@example.com|example.com",
      "example.com", "" },
    { "", "", NULL, "from-empty" },
    { "<>", "", NULL, "from-empty" },
    { "(nobody)", "", NULL, "from-empty" },
    { "undisclosed:;", "", NULL, "from-empty" },
    { "\"Name\" <>", "Name|-|-", NULL, "from-empty" },
    { "Joe Doe", "-|Joe Doe|-", NULL, "from-malformed" },
    { "joe", "-|joe|-", NULL, "from-malformed" },
    { "joe@", "-|joe@|-", NULL, "from-malformed" },
    { "@example.com", "-|@example.com|-", NULL, "from-malformed" },
    { "a@b@example.com", "-|a@b@example.com|-", NULL, "from-malformed" },
    { "joe@exam ple.com", "-|joe@exam ple.com|-", NULL, "from-malformed" },
    { "Joe joe@example.com", "-|Joe joe@example.com|-", NULL, "from-malformed" },
    { "joe@[192.0.2.1]", "-|joe@[192.0.2.1]|-", NULL, "from-malformed" },
    { "=?utf-8?q?a=40example.com?=", "-|=?utf-8?q?a=40example.com?=|-", NULL, "from-malformed" },
    { "x <a@=?utf-8?q?example.com?=>", "x|a@=?utf-8?q?example.com?=|-", NULL, "from-malformed" },
    { ",_<a@example.com>", "_|a@example.com|example.com", "example.com", "" },
    { "=?utf-8?q?Bank?=_<a@example.com>", "Bank_|a@example.com|example.com", "example.com", "" },
    { "=?utf-8?q?Bank_=3Ca=40bank.example=3E?=",
      "-|=?utf-8?q?Bank_=3Ca=40bank.example=3E?=|-", NULL, "from-malformed" },
    { "=?x-none?q?=E9?= <a@example.com>", "é|a@example.com|example.com", "example.com", "" },
    /* what somebody blacked out is never a domain */
    { "[email protected]", "-|[email protected]|-", NULL, "from-redacted" },
    { "Name <[email protected]>", "Name|[email protected]|-", NULL, "from-redacted" },
    { "Name <[email\302\240protected]>", "Name|[email\302\240protected]|-", NULL,
      "from-redacted" },
    { "user@[redacted]", "-|user@[redacted]|-", NULL, "from-redacted" },
    { "REDACTED", "-|REDACTED|-", NULL, "from-redacted" },
    { "xxx@xxx", "-|xxx@xxx|-", NULL, "from-redacted" },
    { "XXXX@xxxxx.com", "-|XXXX@xxxxx.com|-", NULL, "from-redacted" },
    { "xxx@xxx.com", "-|xxx@xxx.com|-", NULL, "from-redacted" },
    { "user@xxxxx.com", "-|user@xxxxx.com|-", NULL, "from-redacted" },
    { "user@***.example", "-|user@***.example|-", NULL, "from-redacted" },
    { "\342\227\217\342\227\217@\342\227\217.example",
      "-|\342\227\217\342\227\217@\342\227\217.example|-", NULL, "from-redacted" },
    { "\342\226\210\342\226\210\342\226\210",
      "-|\342\226\210\342\226\210\342\226\210|-", NULL, "from-redacted" },
    { "a@example.com, x@[hidden]", "-|a@example.com|example.com + -|x@[hidden]|-", NULL,
      "from-redacted from-several-addresses" },
    { "xxx@example.com", "-|xxx@example.com|example.com", "example.com", "" },
    { "***@example.com", "-|***@example.com|example.com", "example.com", "" },
    { "me@xxx.com", "-|me@xxx.com|xxx.com", "xxx.com", "" },
    /* nor what an archive on the web took the sign or the end from; a name that reads like it is no address */
    { "ann at example.com (Ann)", "Ann|ann at example.com|-", NULL, "from-redacted" },
    { "Ann <ann.b at mail.example.com>", "Ann|ann.b at mail.example.com|-", NULL, "from-redacted" },
    { "Ann <ann(a)example.com>", "Ann|ann example.com|-", NULL, "from-redacted" },
    { "ann [AT] example.com", "-|ann [AT] example.com|-", NULL, "from-redacted" },
    { "Ann <ann@exam...>", "Ann|ann@exam...|-", NULL, "from-redacted" },
    { "Sales at example.com", "-|Sales at example.com|-", NULL, "from-malformed" },
    { "Meet us at example.com (Ann)", "Ann|Meet us at example.com|-", NULL, "from-malformed" },
    { "Ann at work (Ann)", "Ann|Ann at work|-", NULL, "from-malformed" },
    { "ann at example.com (Ann), eve@evil.example", "Ann|ann at example.com|- + -|eve@evil.example|evil.example", NULL,
      "from-malformed from-several-addresses" },
    { "me@protected.example", "-|me@protected.example|protected.example", "protected.example",
      "" },
    { "a@example.com, junk", "-|a@example.com|example.com + -|junk|-", NULL,
      "from-malformed from-several-addresses" },
};

static void
test_from(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(from_cases); i++) {
        const FromCase *c = &from_cases[i];
        g_autofree char *header = g_strdup_printf("From: %s\n", c->value);
        Report *report = read_header(header, NULL);
        g_autofree char *list = mailboxes(report->from->addresses);
        g_autofree char *problems = joined(report->from->problems);
        g_test_message("%s", c->value);
        g_assert_cmpstr(list, ==, c->mailboxes);
        g_assert_cmpstr(report->from->domain, ==, c->domain);
        g_assert_cmpstr(problems, ==, c->problems);
        g_assert_cmpuint(report->findings->len, ==, report->from->problems->len);
        report_free(report);
    }
}

static void
test_from_fields(void)
{
    static const struct { const char *header, *domain, *problems; guint evidence; } cases[] = {
        { "Subject: x\n", NULL, "from-missing", 0 },
        { "From: a@example.com\nFrom: b@example.org\n", NULL,
          "from-repeated from-several-addresses from-several-domains", 2 },
        { "From: a@example.com\nfrom: b@example.com\n", "example.com",
          "from-repeated from-several-addresses", 2 },
        { "From: a@example.com\nFrom: junk\n", NULL,
          "from-repeated from-malformed from-several-addresses", 2 },
        { "From: a@example.com\nFrom:\n", NULL, "from-repeated from-field-empty", 2 },
        { "From: (Bank)\nFrom: a@example.com\n", NULL, "from-repeated from-field-empty", 2 },
        { "From: Bank:;\nFrom: a@example.com\nFrom: a@example.com\n", NULL,
          "from-repeated from-field-empty from-several-addresses", 3 },
        { "From: Bank <>\nFrom: a@example.com\n", NULL, "from-repeated from-malformed", 2 },
        { "From:\nFrom: \n", NULL, "from-repeated from-empty", 2 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = read_header(cases[i].header, NULL);
        g_autofree char *problems = joined(report->from->problems);
        g_assert_cmpstr(report->from->domain, ==, cases[i].domain);
        g_assert_cmpstr(problems, ==, cases[i].problems);
        g_assert_cmpuint(report->from->evidence->len, ==, cases[i].evidence);
        report_free(report);
    }
}

/* A line that says From: and begins no field, as no mail program reads it: told, and nobody's author. */
static void
test_beside(void)
{
    static const struct { const char *header, *domain, *told, *line; } cases[] = {
        { "Sender From: eve@evil.example\nFrom: a@example.com\n", "example.com", "eve@evil.example", "1" },
        { "From: a@example.com\nTo: b@example.com\nReply From : <eve@evil.example>\n", "example.com", "eve@evil.example", "3" },
        { "From: a@example.com\n From: Eve <eve@evil.example>\n", "evil.example", "eve@evil.example", "2" },
        { "From: a@example.com\n\t (x)\n\tFrom: Eve <eve@evil.example>\n", "evil.example", "eve@evil.example", "3" },
        { "From: a@example.com\n**From:** Eve <eve@evil.example>\n", "example.com", "eve@evil.example", "2" },
        { "From: a@example.com\n>From : eve@evil.example\n*Frome: f@evil.example\n", "example.com", "eve@evil.example", "2" },
        { "X: 1\nSender From: b@example.com\nFrom: a@example.com\n", "example.com", NULL, NULL },   /* the same domain */
        { "X: 1\nmail from: eve@evil.example\nFrom: a@example.com\n", "example.com", NULL, NULL },  /* the envelope */
        { "X: 1\nfrom mx.evil.example\nFrom: a@example.com\n", "example.com", NULL, NULL },
        { "From: a@example.com\nX: 1\njunk\n to\n\tFrom: eve@evil.example\n", "example.com", "eve@evil.example", "3" },
        { "From: Ann\n From: a@example.com\n", "example.com", NULL, NULL },
        { " From: a@example.com\nTo: b@example.com\n", "example.com", NULL, NULL },                 /* read as a field */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = read_header(cases[i].header, NULL);
        const Finding *told = NULL;
        for (guint k = 0; k < report->findings->len; k++)
            if (g_str_equal(((const Finding *)report->findings->pdata[k])->id, "from-beside"))
                told = report->findings->pdata[k];
        g_test_message("%s", cases[i].header);
        g_assert_cmpstr(report->from->domain, ==, cases[i].domain);
        g_assert_cmpstr(told ? told->args->pdata[0] : NULL, ==, cases[i].told);
        g_assert_cmpstr(told ? told->args->pdata[1] : NULL, ==, cases[i].line);
        report_free(report);
    }
}

static void
test_findings(void)
{
    Report *report = read_header("X: y\nFrom: a@b@c, \"ceo@bank.example\" <x@evil.example>\n", NULL);
    const Finding *malformed = report->findings->pdata[0];
    const Finding *name = report->findings->pdata[2];
    const Evidence *evidence = malformed->evidence->pdata[0];
    const Span span = g_array_index(evidence->spans, Span, 0);

    g_assert_cmpstr(malformed->id, ==, "from-malformed");
    g_assert_cmpstr(malformed->args->pdata[0], ==, "a@b@c");
    g_assert_cmpint(malformed->severity, ==, SEVERITY_PROBLEM);
    g_assert_cmpint(evidence->line, ==, 2);
    g_assert_cmpuint(span.start, ==, 5);
    g_assert_cmpstr(name->id, ==, "display-name-address");
    g_assert_cmpint(name->severity, ==, SEVERITY_WARNING);
    g_assert_cmpstr(name->args->pdata[0], ==, "ceo@bank.example");
    g_assert_cmpstr(name->args->pdata[1], ==, "x@evil.example");
    report_free(report);
}

/* 3,521 addresses were seen in one real From field. */
static void
test_many_addresses(void)
{
    g_autoptr(GString) header = g_string_new("From: ");

    for (guint i = 0; i < 12000; i++)
        g_string_append_printf(header, "%sa%u@d%u.example", i ? ", " : "", i, i % 3000);
    g_string_append_c(header, '\n');
    g_test_timer_start();
    Report *report = read_header(header->str, NULL);
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 60.0);
    g_assert_cmpuint(report->from->addresses->len, ==, 10000);
    g_assert_cmpuint(report->from->domains->len, ==, 3000);
    g_assert_true(report_has_finding(report, "from-too-many-addresses"));
    report_free(report);
}

static void
test_others(void)
{
    Report *report = read_header("From: a@example.com\nReply-To: V <v@example.jp>, w@example.jp\n"
                                 "Sender: <>\n", NULL);

    g_assert_cmpstr(report->reply_to->address, ==, "v@example.jp");
    g_assert_cmpstr(report->reply_to->domain, ==, "example.jp");
    g_assert_cmpuint(report->reply_to->evidence->len, ==, 1);
    g_assert_null(report->sender);
    report_free(report);
}

static void
test_redacted(void)
{
    Report *report = read_header("From: a@example.com\nReply-To: [email protected]\n"
                                 "Sender: xxx@xxxx.xx\nReturn-Path: <***@***.com>\n"
                                 "Received-SPF: pass helo=[redacted]; envelope-from=xxx@xxx;"
                                 " client-ip=192.0.2.1\n", NULL);

    g_assert_cmpstr(report->reply_to->address, ==, "[email protected]");
    g_assert_null(report->reply_to->domain);
    g_assert_null(report->sender->domain);
    g_assert_cmpint(report->envelope->mail_from->provenance, ==, PROVENANCE_UNKNOWN);
    g_assert_cmpint(report->envelope->helo->provenance, ==, PROVENANCE_UNKNOWN);
    g_assert_cmpstr(report->envelope->client_ip->value, ==, "192.0.2.1");
    g_assert_cmpuint(report->findings->len, ==, 3);
    for (guint i = 0; i < report->findings->len; i++)
        g_assert_cmpstr(((const Finding *)report->findings->pdata[i])->id, ==, "field-redacted");
    report_free(report);
}

static void
count(Mailbox *mailbox, gpointer data)
{
    ++*(guint *)data;
    record_free(&mailbox_type, mailbox);
}

/* "g:g:g:…" overflows the stack of GMime 3.2.13's list parser. */
static void
test_hostile(void)
{
    static const char *const patterns[] = { "g:", "\"@\":", "(", "<", "\"", "@", "a@", ",", ";", "<a", ">a",
        "=?utf-8?q?x?= ", "a ", "<a>b", "\\", "(a)", "a@b,", "<>x", "=?", "\"a@b\" ", "a.@" };

    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
        g_autoptr(GString) text = g_string_new("From: ");
        while (text->len < 2000000)
            g_string_append(text, patterns[i]);
        guint boxes = 0;
        g_test_timer_start();
        address_each(text->str, count, &boxes);
        g_test_message("%s: %.3f s, %u", patterns[i], g_test_timer_elapsed(), boxes);
        g_string_append(text, "\n");
        Report *report = read_header(text->str, NULL);
        g_assert_cmpfloat(g_test_timer_elapsed(), <, 60.0);
        report_free(report);
    }
}

/* ---- the envelope ---- */

static char *
item(const EnvelopeItem *i)
{
    return g_strdup_printf("%s|%s|%s|%s", i->address ? i->address : "-", i->domain ? i->domain : "-",
                           i->value ? i->value : "-", provenance_words[i->provenance]);
}

static void
envelope(const char *header, const IdentityOverrides *overrides, const char *mail_from,
         const char *helo, const char *client_ip)
{
    Report *report = read_header(header, overrides);
    g_autofree char *m = item(report->envelope->mail_from);
    g_autofree char *h = item(report->envelope->helo);
    g_autofree char *c = item(report->envelope->client_ip);

    g_test_message("%s", header);
    if (mail_from)
        g_assert_cmpstr(m, ==, mail_from);
    if (helo)
        g_assert_cmpstr(h, ==, helo);
    if (client_ip)
        g_assert_cmpstr(c, ==, client_ip);
    report_free(report);
}

#define UNKNOWN "-|-|-|unknown"
#define BORDER  "Received: from mail.example.com (ptr.example.com [192.0.2.1]) by mx.example.org; x\n"
#define AR      "Authentication-Results: "

static void
test_return_path(void)
{
    static const struct { const char *value, *want; } cases[] = {
        { "<a@Example.com>", "a@Example.com|example.com|<a@Example.com>|message" },
        { "a@example.com", "a@example.com|example.com|a@example.com|message" },
        { "<>", "|-|<>|message" },
        { "< >", "|-|< >|message" },
        { "<@r.example:a@example.com>", "a@example.com|example.com|<@r.example:a@example.com>|message" },
        { "<\"a b\"@example.com>", "\"a b\"@example.com|example.com|<\"a b\"@example.com>|message" },
        { "<a@[192.0.2.1]>", "a@[192.0.2.1]|-|<a@[192.0.2.1]>|message" },
        { "<a@b\303\274cher.example>",
          "a@bücher.example|xn--bcher-kva.example|<a@bücher.example>|message" },
        { "<a@b@example.com>", UNKNOWN },
        { "junk", UNKNOWN },
        { "", UNKNOWN },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *header = g_strdup_printf("Return-Path: %s\n", cases[i].value);
        Report *report = read_header(header, NULL);
        g_autofree char *got = item(report->envelope->mail_from);
        const gboolean known = report->envelope->mail_from->provenance != PROVENANCE_UNKNOWN;
        g_assert_cmpstr(got, ==, cases[i].want);
        g_assert_cmpint(report_has_finding(report, "return-path-malformed"), ==, !known);
        g_assert_cmpuint(report->envelope->mail_from->evidence->len, ==, known ? 1 : 0);
        report_free(report);
    }
}

static void
test_precedence(void)
{
    static const char all[] =
        "Return-Path: <r@example.com>\n"
        "Received-SPF: pass client-ip=192.0.2.2; envelope-from=s@example.com; helo=spf.example\n"
        AR "mx.example.org; spf=pass smtp.mailfrom=t@example.com smtp.helo=ar.example\n" BORDER;
    static const IdentityOverrides given = { "192.0.2.9", "given.example", "<g@example.com>" };
    static const IdentityOverrides null_sender = { NULL, NULL, "" };

    envelope(all, &given, "g@example.com|example.com|<g@example.com>|assumed",
             "-|given.example|given.example|assumed", "192.0.2.9|-|192.0.2.9|assumed");
    envelope(all, &null_sender, "|-|<>|assumed", NULL, NULL);
    envelope(all, NULL, "r@example.com|example.com|<r@example.com>|message",
             "-|spf.example|spf.example|reported", "192.0.2.2|-|192.0.2.2|reported");
    envelope(strchr(all, '\n') + 1, NULL, "s@example.com|example.com|s@example.com|reported",
             NULL, NULL);
    envelope(strstr(all, AR), NULL, "t@example.com|example.com|t@example.com|reported",
             "-|ar.example|ar.example|reported", "192.0.2.1|-|192.0.2.1|assumed");
    envelope(BORDER, NULL, UNKNOWN, "-|mail.example.com|mail.example.com|assumed",
             "192.0.2.1|-|192.0.2.1|assumed");
    envelope("From: a@example.com\n", NULL, UNKNOWN, UNKNOWN, UNKNOWN);
    /* a Return-Path that cannot be read gives way */
    envelope("Return-Path: junk\n" AR "x; spf=pass smtp.mailfrom=example.com\n", NULL,
             "-|example.com|example.com|reported", NULL, NULL);
}

static void
test_dialects(void)
{
    envelope(AR "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=example.com; dkim=none\n", NULL,
             "-|example.com|example.com|reported", UNKNOWN, "192.0.2.7|-|192.0.2.7|reported");
    envelope(AR "mx.google.com; spf=fail (google.com: domain of a@example.com does not designate"
             " 2001:db8::7 as permitted sender) smtp.mailfrom=a@example.com\n", NULL,
             "a@example.com|example.com|a@example.com|reported", UNKNOWN,
             "2001:db8::7|-|2001:db8::7|reported");
    envelope(AR "amazonses.com; spf=pass (spfCheck: x) client-ip=192.0.2.7;"
             " envelope-from=a@example.com; helo=mail.example.com; dkim=none;\n", NULL,
             "a@example.com|example.com|a@example.com|reported",
             "-|mail.example.com|mail.example.com|reported", "192.0.2.7|-|192.0.2.7|reported");
    envelope("Received-SPF: Pass (x: domain of example.com designates 192.0.2.7 as permitted"
             " sender) receiver=x\n", NULL, "-|example.com|example.com|reported", UNKNOWN,
             "192.0.2.7|-|192.0.2.7|reported");
    envelope(AR "x; spf=none smtp.mailfrom=; arc=pass smtp.remote-ip=192.0.2.7\n", NULL, UNKNOWN,
             UNKNOWN, "192.0.2.7|-|192.0.2.7|reported");
    envelope(AR "x; spf=pass smtp.mailfrom=<> smtp.helo=h.example\n", NULL, "|-|<>|reported",
             "-|h.example|h.example|reported", UNKNOWN);
    envelope("X-Originating-IP: [192.0.2.7]\n", NULL, UNKNOWN, UNKNOWN, UNKNOWN);
    envelope("ARC-Authentication-Results: i=1; x; spf=pass smtp.mailfrom=a@example.com\n", NULL,
             UNKNOWN, UNKNOWN, UNKNOWN);
}

/* The sender writes results of his own into the message; the border's address stands against them. */
static void
test_planted(void)
{
    static const char planted[] = BORDER
        "Received-SPF: pass client-ip=203.0.113.1; envelope-from=ceo@bank.example; helo=bank.example\n";
    Report *report = read_header(planted, NULL);

    g_assert_true(report_has_finding(report, "client-ip-differs"));
    report_free(report);
    envelope(planted, NULL, UNKNOWN, "-|mail.example.com|mail.example.com|assumed",
             "192.0.2.1|-|192.0.2.1|assumed");
    /* below a hop that the sender wrote himself */
    envelope(BORDER "Received: from a.example by b.example; x\n"
             AR "b.example; spf=pass smtp.mailfrom=ceo@bank.example\n", NULL, UNKNOWN, NULL, NULL);
    /* Gmail stamps below its own Received field: the same address, so it counts */
    envelope(BORDER "Received-SPF: pass client-ip=192.0.2.1; envelope-from=a@example.com\n", NULL,
             "a@example.com|example.com|a@example.com|reported", NULL,
             "192.0.2.1|-|192.0.2.1|reported");
}

/* Whole headers in the order of fields that the providers use. */
static void
test_whole_headers(void)
{
    envelope("Delivered-To: user@example.org\n"                 /* Gmail */
             "Received: by 2002:a05:6a00:1::2 with SMTP id x; Tue, 1 Sep 2026 03:00:01 -0700\n"
             "ARC-Authentication-Results: i=1; mx.google.com; spf=pass smtp.mailfrom=arc@x.example\n"
             "Return-Path: <bounce@example.com>\n"
             "Received: from mail.example.com (ptr.example.com. [192.0.2.1]) by mx.google.com with"
             " ESMTPS id d for <user@example.org> (version=TLS1_3 cipher=X bits=128/128);"
             " Tue, 01 Sep 2026 03:00:00 -0700 (PDT)\n"
             "Received-SPF: pass (google.com: domain of bounce@example.com designates 192.0.2.1 as"
             " permitted sender) client-ip=192.0.2.1;\n"
             AR "mx.google.com; spf=pass (google.com: domain of bounce@example.com designates"
             " 192.0.2.1 as permitted sender) smtp.mailfrom=bounce@example.com\n"
             "Received: from app by mail.example.com; Tue, 1 Sep 2026 02:59:59 -0700\n", NULL,
             "bounce@example.com|example.com|<bounce@example.com>|message",
             "-|mail.example.com|mail.example.com|assumed", "192.0.2.1|-|192.0.2.1|reported");
    envelope("Received: from A.prod.outlook.com (2603:10b6:a03::1) by B.prod.outlook.com with"
             " HTTPS; x\n"                                      /* Microsoft 365 */
             "Received: from C.prod.protection.outlook.com (2603:10b6:5::75) by"
             " A.outlook.office365.com (2603:10b6:5:334::17) with Microsoft SMTP Server; x\n"
             AR "spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=example.com; dkim=none\n"
             "Received-SPF: Pass (protection.outlook.com: domain of example.com designates"
             " 192.0.2.1 as permitted sender) receiver=protection.outlook.com;\n"
             " client-ip=192.0.2.1; helo=mail.example.com; pr=C\n"
             "Received: from mail.example.com (192.0.2.1) by C.mail.protection.outlook.com"
             " (10.167.1.1) with Microsoft SMTP Server; x\n"
             "Return-Path: bounce@example.com\n", NULL,
             "bounce@example.com|example.com|bounce@example.com|message",
             "-|mail.example.com|mail.example.com|reported", "192.0.2.1|-|192.0.2.1|reported");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/identities/from", test_from);
    g_test_add_func("/identities/from-fields", test_from_fields);
    g_test_add_func("/identities/findings", test_findings);
    g_test_add_func("/identities/beside", test_beside);
    g_test_add_func("/identities/many-addresses", test_many_addresses);
    g_test_add_func("/identities/others", test_others);
    g_test_add_func("/identities/redacted", test_redacted);
    g_test_add_func("/identities/hostile", test_hostile);
    g_test_add_func("/identities/return-path", test_return_path);
    g_test_add_func("/identities/precedence", test_precedence);
    g_test_add_func("/identities/dialects", test_dialects);
    g_test_add_func("/identities/planted", test_planted);
    g_test_add_func("/identities/whole-headers", test_whole_headers);
    return g_test_run();
}
