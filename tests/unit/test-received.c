/* Received fields as the common servers write them (shapes from their manuals and from mail in
 * public archives; names and addresses are examples).
 * SPDX-License-Identifier: MIT */
#include "headers/received-parts.h"

#include <string.h>

#include "headers/ip.h"

typedef struct {
    const char *value;
    const char *from, *helo, *ptr, *ip, *by, *protocol, *tls, *id, *date;
} Case;

static const Case cases[] = {
    { "from mail.example.com (mx9.example.com [192.0.2.10])\r\n"    /* Postfix */
      "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n"
      "\t key-exchange X25519)\r\n\t(No client certificate requested)\r\n"
      "\tby mx.example.org (Postfix) with ESMTPS id 4Xy1\r\n"
      "\tfor <user@example.org>; Tue,  1 Sep 2026 10:00:00 +0900 (JST)",
      "mail.example.com", "mail.example.com", "mx9.example.com", "192.0.2.10", "mx.example.org",
      "ESMTPS", "TLSv1.3", "4Xy1", "2026-09-01T10:00:00+09:00" },
    { "from mail.example.com (unknown [IPv6:2001:db8::1]) by mx.example.org (Postfix)"
      " with ESMTP id A; Tue, 01 Sep 2026 10:00:00 -0000",
      "mail.example.com", "mail.example.com", NULL, "2001:db8::1", "mx.example.org",
      "ESMTP", NULL, "A", "2026-09-01T10:00:00-00:00" },
    { "from ptr.example.com ([192.0.2.1] helo=mail.example.com) by mx.example.org with esmtps"
      "  (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <a@example.com>)"
      " id 1abc-00; Tue, 01 Sep 2026 10:00:00 +0000",
      "ptr.example.com", "mail.example.com", "ptr.example.com", "192.0.2.1", "mx.example.org",
      "esmtps", "TLSv1.3", "1abc-00", "2026-09-01T10:00:00+00:00" },
    { "from [192.0.2.1]:4711 (port=4711 helo=[127.0.0.1]) by mx.example.org with esmtpsa"
      " (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256) id 1x; Tue, 01 Sep 2026 10:00:00 GMT",
      "[192.0.2.1]:4711", "[127.0.0.1]", NULL, "192.0.2.1", "mx.example.org", "esmtpsa", "TLSv1.2",
      "1x", "2026-09-01T10:00:00+00:00" },
    { "from mail.example.com (ptr.example.com [192.0.2.1] (may be forged)) by mx.example.org"
      " (8.15.2/8.15.2) with ESMTPS id 0A1 (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384"
      " bits=256 verify=NO); Tue, 1 Sep 2026 10:00:00 -0700",     /* sendmail */
      "mail.example.com", "mail.example.com", "ptr.example.com", "192.0.2.1", "mx.example.org",
      "ESMTPS", "TLSv1.2", "0A1", "2026-09-01T10:00:00-07:00" },
    { "from mail.example.com (mail.example.com. [192.0.2.1]) by mx.google.com with ESMTPS id"
      " d9443c01si123 for <user@example.org> (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256"
      " bits=128/128); Tue, 01 Sep 2026 03:00:00 -0700 (PDT)",
      "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1", "mx.google.com",
      "ESMTPS", "TLSv1.3", "d9443c01si123", "2026-09-01T03:00:00-07:00" },
    { "by 2002:a05:6a00:1::2 with SMTP id x1csp1; Tue, 1 Sep 2026 03:00:01 -0700 (PDT)",
      NULL, NULL, NULL, NULL, "2002:a05:6a00:1::2", "SMTP", NULL, "x1csp1",
      "2026-09-01T03:00:01-07:00" },
    { "from A.namprd.prod.outlook.com (2603:10b6:a03:33a::17) by B.namprd.prod.outlook.com"
      " (2603:10b6:208::9) with Microsoft SMTP Server (version=TLS1_2,"
      " cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.1; Tue, 1 Sep 2026 10:00:00 +0000",
      "A.namprd.prod.outlook.com", "A.namprd.prod.outlook.com", NULL, "2603:10b6:a03:33a::17",
      "B.namprd.prod.outlook.com", "Microsoft SMTP Server", "TLSv1.2", "15.20.1",
      "2026-09-01T10:00:00+00:00" },
    { "from mail.example.com (mail.example.com [192.0.2.1]) by"
      " inbound-smtp.us-east-1.amazonaws.com with SMTP id abc1 for user@example.org;"
      " Tue, 01 Sep 2026 10:00:00 +0000 (UTC)",
      "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
      "inbound-smtp.us-east-1.amazonaws.com", "SMTP", NULL, "abc1", "2026-09-01T10:00:00+00:00" },
    { "from unknown (HELO mail.example.com) (192.0.2.1) by mx.example.org with SMTP;"
      " 1 Sep 2026 10:00:00 -0000",                             /* qmail */
      "unknown", "mail.example.com", NULL, "192.0.2.1", "mx.example.org", "SMTP", NULL, NULL,
      "2026-09-01T10:00:00-00:00" },
    { "from ptr.example.com (HELO mail.example.com) (joe@192.0.2.1) by mx.example.org with SMTP;"
      " 1 Sep 2026 10:00:00 +0000",
      "ptr.example.com", "mail.example.com", "ptr.example.com", "192.0.2.1", "mx.example.org",
      "SMTP", NULL, NULL, "2026-09-01T10:00:00+00:00" },
    { "(qmail 1234 invoked by uid 0); 1 Sep 2026 10:00:00 -0000",
      NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "2026-09-01T10:00:00-00:00" },
    { "from 192.0.2.1 (EHLO TLSv1.3) by 10.1.2.3 with SMTP; Tue, 1 Sep 2026 10:00:00 +0000",
      "192.0.2.1", "TLSv1.3", NULL, "192.0.2.1", "10.1.2.3", "SMTP", NULL, NULL,
      "2026-09-01T10:00:00+00:00" },
    { "by app (Go); 2026-09-01 10:00:00.25 +0000 UTC m=+555016.7",
      NULL, NULL, NULL, NULL, "app", NULL, NULL, NULL, "2026-09-01T10:00:00+00:00" },
    { "from mail.example.com (mail.example.com [192.0.2.1]) by relay.example.net with ESMTP with"
      " STARTTLS (version=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384) id us-mta-1;"    /* Mimecast */
      " Tue, 1 Sep 2026 10:00:00 -0400",
      "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1", "relay.example.net",
      "ESMTP", "TLSv1.3", "us-mta-1", "2026-09-01T10:00:00-04:00" },
    { "from ptr.example.com ([192.0.2.1]:41696 \"EHLO mail.example.com\" rhost-flags-OK-OK-OK-OK) by"
      " vger.example.org with ESMTP id S1 (ORCPT <rfc822;l@example.org>);"         /* ZMailer */
      " Tue, 1 Sep 2026 10:00:00 -0400",
      "ptr.example.com", "mail.example.com", "ptr.example.com", "192.0.2.1", "vger.example.org",
      "ESMTP", NULL, "S1", "2026-09-01T10:00:00-04:00" },
    { "by filterdrecv-7485 with SMTP id filterdrecv-7485-1 2026-09-01 10:00:00.776992933 +0000 UTC"
      " m=+1109186.806272513",                                                     /* SendGrid */
      NULL, NULL, NULL, NULL, "filterdrecv-7485", "SMTP", NULL, "filterdrecv-7485-1",
      "2026-09-01T10:00:00+00:00" },
    { "from A.prod.example ([fe80::1:2]) by A.prod.example ([fe80::1:2%7]) with mapi id 15.20.1;"
      " Tue, 1 Sep 2026 10:00:00 +0000",
      "A.prod.example", "A.prod.example", NULL, "fe80::1:2", "A.prod.example", "mapi", NULL,
      "15.20.1", "2026-09-01T10:00:00+00:00" },
    { "from [192.0.2.1] (account a@example.com HELO [10.0.0.9]) by mx.example.org (CommuniGate Pro"
      " SMTP 6.2) with ESMTPSA id 7; Tue, 1 Sep 2026 10:00:00 +0000",
      "[192.0.2.1]", "[10.0.0.9]", NULL, "192.0.2.1", "mx.example.org", "ESMTPSA", NULL, "7",
      "2026-09-01T10:00:00+00:00" },
    { "from root by mx.example.org with local (Exim 4.96) id 1y; Tue, 1 Sep 2026 10:00:00 +0000",
      "root", NULL, NULL, NULL, "mx.example.org", "local", NULL, "1y",
      "2026-09-01T10:00:00+00:00" },
    { "from SRV (192.168.1.5) by SRV2 (192.168.1.6) with Microsoft SMTP Server (TLS) id 8.1.240.5;"
      " Tue, 1 Sep 2026 10:00:00 +0000",    /* a version like an address is none */
      "SRV", "SRV", NULL, "192.168.1.5", "SRV2", "Microsoft SMTP Server", "TLS", "8.1.240.5",
      "2026-09-01T10:00:00+00:00" },
    { "from x (10.0.0.1 [192.0.2.9]) by mx.example.org; Tue, 1 Sep 2026 10:00:00 +0000",
      "x", "x", NULL, "192.0.2.9", "mx.example.org", NULL, NULL, NULL, "2026-09-01T10:00:00+00:00" },
    { "from x (192.0.2.9:4711) by mx.example.org; Tue, 1 Sep 2026 10:00:00 +0000",
      "x", "x", NULL, "192.0.2.9", "mx.example.org", NULL, NULL, NULL, "2026-09-01T10:00:00+00:00" },
    { "from by (x; y", "by", "by", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
    { "", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};

static void
test_dialects(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        Hop *hop = received_parse(c->value);
        g_test_message("%s", c->value);
        g_assert_cmpstr(hop->from, ==, c->from);
        g_assert_cmpstr(hop->helo, ==, c->helo);
        g_assert_cmpstr(hop->ptr, ==, c->ptr);
        g_assert_cmpstr(hop->ip, ==, c->ip);
        g_assert_cmpstr(hop->by, ==, c->by);
        g_assert_cmpstr(hop->protocol, ==, c->protocol);
        g_assert_cmpstr(hop->tls, ==, c->tls);
        g_assert_cmpstr(hop->id, ==, c->id);
        g_assert_cmpstr(hop->date, ==, c->date);
        record_free(&hop_type, hop);
    }
}

static void
test_dates(void)
{
    static const struct { const char *text; gint64 seconds; } dates[] = {
        { "Thu, 01 Jan 1970 00:00:00 +0000", 0 },
        { "Tue, 1 Sep 2026 10:00:00 +0900", 1788224400 },
        { "Tue, 1 Sep 2026 10:00 EST", 1788274800 },
        { "1 Sep 26 01:00:00 GMT", 1788224400 },                /* RFC 5322, 4.3 */
        { "Tue Sep  1 01:00:00 2026", 1788224400 },
        { "2026-09-01T10:00:00+09:00", 1788224400 },
        { "01-Sep-2026 10:00:00 +0900", 1788224400 },
        { "2026-09-01T01:00:00Z", 1788224400 },
        { "Tue, 1 Sep 2026 10:00:00 +09:00", 1788224400 },
        { "1-Sep", RECORD_UNSET },
        { "2026-09 10:00", RECORD_UNSET },
        { "Tue, 31 Feb 2026 10:00:00 +0000", RECORD_UNSET },
        { "Tue, 1 Sep 2026 25:00:00 +0000", RECORD_UNSET },
        { "yesterday", RECORD_UNSET },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *value = g_strconcat("by mx.example.org; ", dates[i].text, NULL);
        Hop *hop = received_parse(value);
        g_test_message("%s", dates[i].text);
        g_assert_cmpint(hop->time, ==, dates[i].seconds);
        record_free(&hop_type, hop);
    }
}

static void
test_ip(void)
{
    static const struct { const char *text, *ip; gboolean internal; } ips[] = {
        { "192.0.2.1", "192.0.2.1", FALSE },
        { "[198.51.100.7]", "198.51.100.7", FALSE },
        { "[IPv6:2001:DB8:0:0::1]", "2001:db8::1", FALSE },
        { "::ffff:203.0.113.9", "203.0.113.9", FALSE },
        { "::ffff:10.0.0.1", "10.0.0.1", TRUE },
        { "127.0.0.1", "127.0.0.1", TRUE },
        { "172.31.255.255", "172.31.255.255", TRUE },
        { "172.32.0.0", "172.32.0.0", FALSE },
        { "100.64.0.1", "100.64.0.1", TRUE },
        { "169.254.1.1", "169.254.1.1", TRUE },
        { "::1", "::1", TRUE },
        { "fe80::1", "fe80::1", TRUE },
        { "fd00::1", "fd00::1", TRUE },
        { "[fe80::1%7]", "fe80::1", TRUE },
        { "2002:a05:6a00::1", "2002:a05:6a00::1", TRUE },
        { "192.0.2.256", NULL, FALSE },
        { "mail.example.com", NULL, FALSE },
        { "", NULL, FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(ips); i++) {
        g_autofree char *ip = ip_canonical(ips[i].text);
        g_test_message("%s", ips[i].text);
        g_assert_cmpstr(ip, ==, ips[i].ip);
        g_assert_cmpint(ip_is_internal(ips[i].text), ==, ips[i].internal);
    }
}

static Report *
route_with(const char *header, guint border)
{
    g_autoptr(GBytes) bytes = g_bytes_new(header, strlen(header));
    g_autoptr(Message) message = message_from_bytes(bytes, "test", NULL);
    Report *report = report_new();

    received_route(message, border, report);
    return report;
}

static Report *
route_of(const char *header)
{
    return route_with(header, 0);
}

/* The line of the border hop, 0 for none; never two. */
static gint64
border_of(const char *header)
{
    Report *report = route_of(header);
    gint64 line = 0;

    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        g_assert_false(hop->border && line);
        if (hop->border)
            line = hop->line;
    }
    report_free(report);
    return line;
}

#define TO_INBOX "Received: from mx.example.org (localhost [127.0.0.1]) by box.example.org; x\n"
#define INNER    "Received: from mx.example.org (mx.example.org [203.0.113.1]) by box.example.org; x\n"
#define OUTSIDE  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.org; x\n"
#define EARLIER  "Received: from pc (pc.isp.example [198.51.100.4]) by mail.example.com with ESMTPSA; x\n"

static void
test_border(void)
{
    g_assert_cmpint(border_of(OUTSIDE EARLIER), ==, 1);
    g_assert_cmpint(border_of(TO_INBOX OUTSIDE EARLIER), ==, 2);
    g_assert_cmpint(border_of(INNER OUTSIDE EARLIER), ==, 2);
    g_assert_cmpint(border_of(TO_INBOX), ==, 0);
    g_assert_cmpint(border_of("Subject: none\n"), ==, 0);
    /* Only our own hosts: the lowest of them is where the message came in. */
    g_assert_cmpint(border_of(TO_INBOX INNER), ==, 2);
    /* A user of the same provider hands in the mail: that is not the border. */
    g_assert_cmpint(border_of(INNER
        "Received: from pc (pc.isp.example [198.51.100.4]) by mx.example.org with ESMTPSA; x\n"),
        ==, 1);
    /* Microsoft's inner hosts have public addresses and several names. */
    g_assert_cmpint(border_of(
        "Received: from A.prod.outlook.com (2603:10b6:a03::1) by B.prod.outlook.com with HTTPS; x\n"
        "Received: from D.prod.outlook.com (2603:10a6:1::1) by A.prod.outlook.com (2603:10b6:2::2)"
        " with Microsoft SMTP Server; x\n"
        "Received: from C.prod.protection.outlook.com (2603:10b6:5::75) by D.outlook.office365.com"
        " (2603:10b6:5:334::17) with Microsoft SMTP Server id 15.20 via Frontend Transport; x\n"
        "Received: from mail.example.com (192.0.2.1) by C.mail.protection.outlook.com"
        " (10.167.1.1) with Microsoft SMTP Server; x\n"), ==, 4);
}

/* iCloud's hosts go by icloud.com, me.com and mac.com; Apple's own mail comes to them from outside. */
static void
test_border_icloud(void)
{
    static const char *const names[] = { "icloud.com", "me.com", "mac.com" };

    for (gsize i = 0; i < 9; i++) {
        g_autofree char *route = g_strdup_printf(
            "Received: from in.%s (in.%s [17.58.38.1]) by box.%s; x\nReceived: from a.example.com (a.example.com [192.0.2.1]) by in.%s; x\n",
            names[i % 3], names[i % 3], names[i / 3], names[i % 3]);
        g_autofree char *hidden = g_strdup_printf("Received: from in.%s by box.%s; x\n" OUTSIDE, names[i % 3], names[i / 3]);
        g_assert_cmpint(border_of(route), ==, 2);
        g_assert_cmpint(border_of(hidden), ==, 2);
    }
    g_assert_cmpint(border_of("Received: from out.apple.com (out.apple.com [17.58.6.1]) by in.me.com; x\n" EARLIER), ==, 1);
    g_assert_cmpint(border_of("Received: from in.me.com.example (in.me.com.example [192.0.2.66]) by box.mac.com; x\n" OUTSIDE), ==, 1);
    g_assert_cmpint(border_of("Received: from in.me.com (unknown [192.0.2.66]) by box.mac.com; x\n" OUTSIDE), ==, 1);
}

/* A stranger says EHLO with our name and brings Received fields of his own. */
static void
test_border_forged_helo(void)
{
    g_assert_cmpint(border_of(
        "Received: from mx2.example.org (unknown [192.0.2.66]) by mx.example.org; x\n"
        "Received: from bank.example (bank.example [203.0.113.5]) by mx2.example.org; x\n"),
        ==, 1);
    g_assert_cmpint(border_of(
        "Received: from mx2.example.org ([192.0.2.66]) by mx.example.org; x\n"
        "Received: from bank.example (bank.example [203.0.113.5]) by mx2.example.org; x\n"),
        ==, 1);
}

/* A provider checks SPF on a client of its own that hands in mail anew: there the border is. */
#define STAMP(ip) "Received-SPF: pass (x: domain of a@b.example designates " ip " as permitted sender) client-ip=" ip ";\n"

static void
test_border_checked(void)
{
    g_assert_cmpint(border_of(INNER OUTSIDE), ==, 2);
    g_assert_cmpint(border_of(INNER STAMP("203.0.113.1") OUTSIDE), ==, 1);
    g_assert_cmpint(border_of(STAMP("203.0.113.1") INNER OUTSIDE), ==, 2);
    g_assert_cmpint(border_of(INNER STAMP("192.0.2.1") OUTSIDE), ==, 3);
    g_assert_cmpint(border_of(INNER OUTSIDE STAMP("203.0.113.1")), ==, 2);
}

/* A server that names no client: whoever stands below it is not the client. */
static void
test_border_hidden(void)
{
    g_assert_cmpint(border_of("Received: from mail.example.com by mx.example.org with ESMTP; x\n" EARLIER), ==, 1);
    g_assert_cmpint(border_of("Received: from a.example.org by b.example.org with ESMTP; x\n" OUTSIDE), ==, 2);
    g_assert_cmpint(border_of("Received: from a.corp.local by mx.example.org with ESMTP; x\n" OUTSIDE), ==, 2);
}

static void
test_border_chosen(void)
{
    static const char *const want[][3] = {
        { "delivery", "border", "submission" }, { "border", "relay", "submission" },
        { "delivery", "border", "submission" }, { "delivery", "internal", "border" },
        { "delivery", "border", "submission" },
    };

    for (guint border = 0; border < G_N_ELEMENTS(want); border++) {
        Report *report = route_with(TO_INBOX OUTSIDE EARLIER, border);
        for (guint i = 0; i < 3; i++) {
            const Hop *hop = report->route->pdata[i];
            g_test_message("border %u, hop %u", border, i);
            g_assert_cmpstr(hop->role, ==, want[border][i]);
        }
        report_free(report);
    }
}

static void
test_delays(void)
{
    Report *report = route_of(
        "Received: by c.example; Tue, 1 Sep 2026 10:00:09 +0000\n"
        "Received: by b.example; no date\n"
        "Received: by b.example; Tue, 1 Sep 2026 19:00:05 +0900\n"
        "Received: by a.example; Tue, 1 Sep 2026 10:00:07 +0000\n");
    const gint64 want[] = { 4, RECORD_UNSET, -2, RECORD_UNSET };

    g_assert_cmpuint(report->route->len, ==, 4);
    for (guint i = 0; i < 4; i++)
        g_assert_cmpint(((Hop *)report->route->pdata[i])->delay_s, ==, want[i]);
    report_free(report);
}

static void
test_hostile(void)
{
    static const char *const patterns[] = { "(", "from ", "\"", ";", "[", "(a) ", "; 1", "\\(",
                                            "with x ", "(;", "by (" };

    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
        g_autoptr(GString) text = g_string_new("from ");
        while (text->len < 4000000)
            g_string_append(text, patterns[i]);
        g_test_timer_start();
        Hop *hop = received_parse(text->str);
        g_test_message("%s: %.3f s", patterns[i], g_test_timer_elapsed());
        g_assert_cmpfloat(g_test_timer_elapsed(), <, 60.0);
        record_free(&hop_type, hop);
    }
}

/* Each of the phrases is found by how it begins: whoever looks through the comment must know that beginning. */
static void
test_comments(void)
{
    static const struct { const char *comment; gboolean authenticated, local; const char *tls; } comments[] = {
        { "(Authenticated sender: ann)", TRUE, FALSE, NULL }, { "(account ann)", TRUE, FALSE, NULL },
        { "(AUTH: LOGIN ann)", TRUE, FALSE, NULL },           { "(not authenticated)", FALSE, FALSE, NULL },
        { "(from userid 1000)", FALSE, TRUE, NULL },          { "(invoked by uid 89)", FALSE, TRUE, NULL },
        { "(8.18.1/8.18.1/Submit)", FALSE, TRUE, NULL },      { "(using TLSv1.3 with cipher x)", FALSE, FALSE, "TLSv1.3" },
        { "(version=SSLv3 cipher=x)", FALSE, FALSE, "SSLv3" }, { "(HELO authenticated)", FALSE, FALSE, NULL },
        { "(mail.example [192.0.2.1])", FALSE, FALSE, NULL },
        /* names that strangers choose */
        { "(authenticated.example [192.0.2.1])", FALSE, FALSE, NULL },
        { "(mail.authenticated.example [192.0.2.1])", FALSE, FALSE, NULL },
        { "(authenticated [192.0.2.1])", FALSE, FALSE, NULL },
        { "(authenticated@pc.example [192.0.2.1])", FALSE, FALSE, NULL },
        { "([192.0.2.1]:4711 helo=authenticated)", FALSE, FALSE, NULL },
        { "(pc.example [192.0.2.1] authenticated)", TRUE, FALSE, NULL },
        { "(authenticated.example [192.0.2.1], authenticated as ann@authenticated.example)", TRUE, FALSE, NULL },
        { "(authenticated:ann@example.com)", TRUE, FALSE, NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(comments); i++) {
        g_autofree char *value = g_strconcat("from a.example by b.example ", comments[i].comment, " with SMTP id 1", NULL);
        ReceivedParts parts;
        Hop *hop = received_parse_parts(value, &parts);
        g_test_message("%s", value);
        g_assert_cmpint(parts.authenticated, ==, comments[i].authenticated);
        g_assert_cmpint(parts.local, ==, comments[i].local);
        g_assert_cmpstr(hop->tls, ==, comments[i].tls);
        received_parts_clear(&parts);
        record_free(&hop_type, hop);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/received/comments", test_comments);
    g_test_add_func("/received/dialects", test_dialects);
    g_test_add_func("/received/dates", test_dates);
    g_test_add_func("/received/ip", test_ip);
    g_test_add_func("/received/border", test_border);
    g_test_add_func("/received/border-forged-helo", test_border_forged_helo);
    g_test_add_func("/received/border-icloud", test_border_icloud);
    g_test_add_func("/received/border-checked", test_border_checked);
    g_test_add_func("/received/border-hidden", test_border_hidden);
    g_test_add_func("/received/border-chosen", test_border_chosen);
    g_test_add_func("/received/delays", test_delays);
    g_test_add_func("/received/hostile", test_hostile);
    return g_test_run();
}
