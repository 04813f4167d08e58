/* Bounces: reports for programs, notices for people, and what is none of them.
 * SPDX-License-Identifier: MIT */
#include "mailbox/bounce.h"

#include <string.h>

#include "mailbox/inside.h"

static Message *
from_text(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return message_from_bytes(bytes, "bounce.eml", NULL);
}

typedef struct {
    const char *text;
    const char *format, *action, *status, *recipient, *remote, *reporting, *stage, *diagnostic;
    const char *returned;       /* Subject of the message inside */
} Case;

static void
check_case(const Case *c)
{
    g_autoptr(Message) message = from_text(c->text);
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_autoptr(GPtrArray) inside = inside_find(message, 10);

    g_test_message("%.400s", c->text);
    g_assert_nonnull(bounce);
    g_assert_cmpstr(bounce->format, ==, c->format);
    g_assert_cmpstr(bounce->action, ==, c->action);
    g_assert_cmpstr(bounce->diagnostic, ==, c->diagnostic);
    g_assert_cmpstr(bounce->status, ==, c->status);
    g_assert_cmpstr(bounce->recipient, ==, c->recipient);
    g_assert_cmpstr(bounce->remote_mta, ==, c->remote);
    g_assert_cmpstr(bounce->reporting_mta, ==, c->reporting);
    g_assert_cmpstr(bounce->stage, ==, c->stage);
    g_assert_cmpuint(inside->len, ==, c->returned ? 1 : 0);
    if (c->returned)
        g_assert_cmpstr(((const InsideMessage *)inside->pdata[0])->subject, ==, c->returned);
}

#define REPORT "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.com\n" \
    "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\n\n"
#define STATUS "\n--B\nContent-Type: message/delivery-status\n\n"
#define END "\n--B--\n"

static const Case reports[] = {
    { REPORT "A notice.\n" STATUS "Reporting-MTA: dns; mx.example.com (a comment)\n\n"
      "Final-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.1.1 (no such user)\n"
      "Remote-MTA: DNS; mail.example.net\nDiagnostic-Code: smtp; 550 5.1.1\n  User unknown" END,
      "dsn", "failed", "5.1.1", "a@example.net", "mail.example.net", "mx.example.com", NULL,
      "550 5.1.1 User unknown", NULL },
    /* the one that failed, not the first; without the empty line between the groups */
    { REPORT "A notice.\n" STATUS "Reporting-MTA: dns;mx.example.com\n"
      "Final-Recipient: rfc822;<b@example.net>\nAction: delivered\nStatus: 2.0.0\n"
      "Final-Recipient: rfc822;c@example.net\nAction: failed\nStatus: 5.2.2\n"
      "Diagnostic-Code: smtp;552 5.2.2 Mailbox full" END,
      "dsn", "failed", "5.2.2", "c@example.net", NULL, "mx.example.com", NULL, "552 5.2.2 Mailbox full", NULL },
    /* the diagnostic stands in the text only; the status has a code of its own */
    { REPORT "<a@example.net>: host mail.example.net[192.0.2.7] said: 550 5.7.1\n    No. (in reply to end of DATA command)\n"
      STATUS "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.0.0"
      END, "dsn", "failed", "5.0.0", "a@example.net", "mail.example.net", "mx.example.com", "end of DATA",
      "550 5.7.1 No.", NULL },
    /* a delay */
    { REPORT "Late.\n" STATUS "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; a@example.net\n"
      "Action: Delayed (soon)\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mail.example.net[192.0.2.7]:25:\n"
      " Connection timed out" END, "dsn", "delayed", "4.4.1", "a@example.net", NULL, "mx.example.com", NULL,
      "connect to mail.example.net[192.0.2.7]:25: Connection timed out", NULL },
    /* nested in a multipart/mixed, the report in base64, the returned headers behind it */
    { "From: MAILER-DAEMON@mx.example.com\nContent-Type: multipart/mixed; boundary=A\n\n--A\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\n\nText.\n--B\n"
      "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
      "UmVwb3J0aW5nLU1UQTogZG5zOyBteC5leGFtcGxlLmNvbQoKRmluYWwtUmVjaXBpZW50OiByZmM4\n"
      "MjI7IGFAZXhhbXBsZS5uZXQKQWN0aW9uOiBmYWlsZWQKU3RhdHVzOiA1LjEuMQo=\n"
      "--B\nContent-Type: text/rfc822-headers\n\nFrom: b@example.com\nSubject: returned\n\n--B--\n--A--\n",
      "dsn", "failed", "5.1.1", "a@example.net", NULL, "mx.example.com", NULL, NULL, "returned" },
    /* nothing of use in it, yet it is a report */
    { REPORT "Text.\n" STATUS "nonsense" END, "dsn", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
    { "From: abuse@example.net\nContent-Type: multipart/report; report-type=feedback-report; boundary=B\n\n"
      "--B\n\nA report.\n--B\nContent-Type: message/feedback-report\n\nFeedback-Type: auth-failure\nVersion: 1\n"
      "Original-Mail-From: <x@example.org>\nOriginal-Rcpt-To: <u@example.net>\nSource-IP: 198.51.100.9\n"
      "Reported-Domain: example.org\nAuth-Failure: dmarc\nAuthentication-Results: mx.example.net;\n"
      " spf=fail smtp.mailfrom=example.org\nReporting-MTA: dns; mx.example.net\n"
      "--B\nContent-Type: message/rfc822\n\nSubject: reported\n\nx\n--B--\n",
      "feedback-report", "auth-failure", NULL, "u@example.net", NULL, "mx.example.net", NULL,
      "Auth-Failure: dmarc; Authentication-Results: mx.example.net; spf=fail smtp.mailfrom=example.org", "reported" },
};

static void
test_reports(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(reports); i++)
        check_case(&reports[i]);
}

#define DAEMON "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.com>\n" \
    "Subject: Mail delivery failed\n\n"
#define RETURNED "Return-path: <b@example.com>\nFrom: b@example.com\nTo: a@example.net\nSubject: returned\n\nText.\n"

static const Case notices[] = {
    { DAEMON "This message was created automatically by mail delivery software.\n\n"
      "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error.\n"
      "The following address(es) failed:\n\n  a@example.net\n"
      "    SMTP error from remote mail server after RCPT TO:<a@example.net>:\n"
      "    host mail.example.net [192.0.2.7]: 550 5.1.1 <a@example.net>:\n    Recipient address rejected\n\n"
      "------ This is a copy of the message, including all the headers. ------\n\n" RETURNED,
      "exim", "failed", "5.1.1", "a@example.net", "mail.example.net", NULL, "RCPT TO",
      "550 5.1.1 <a@example.net>: Recipient address rejected", "returned" },
    { DAEMON "This message was created automatically by mail delivery software.\n"
      "A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours.\n\n"
      "The address to which the message has not yet been delivered is:\n\n  a@example.net\n    Delay reason: Connection timed out\n\n"
      "No action is required on your part.\n",
      "exim", "delayed", NULL, "a@example.net", NULL, NULL, NULL, "Delay reason: Connection timed out", NULL },
    { DAEMON "Hi. This is the qmail-send program at mx.example.com.\n"
      "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
      "<a@example.net>:\n192.0.2.7 does not like recipient.\nRemote host said: 550 5.1.1 No such user\nGiving up on 192.0.2.7.\n\n"
      "--- Below this line is a copy of the message.\n\n" RETURNED,
      "qmail", "failed", "5.1.1", "a@example.net", NULL, "mx.example.com", NULL, "550 5.1.1 No such user", "returned" },
    { DAEMON "Hi. This is the deliver program at mx.example.com.\n\n<a@example.net>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
      "--- Enclosed are the original headers of the message.\n\n" RETURNED,
      "qmail", "failed", "5.1.1", "a@example.net", NULL, "mx.example.com", NULL,
      "Sorry, no mailbox here by that name. (#5.1.1)", "returned" },
    { DAEMON "This is the Postfix program at host mx.example.com.\n\nI'm sorry to have to inform you.\n\n"
      "<a@example.net>: host mail.example.net[192.0.2.7] said: 552 5.2.2 Over quota\n    (in reply to MAIL FROM command)\n\n"
      "--- Undelivered message follows ---\n\n" RETURNED,
      "postfix", "failed", "5.2.2", "a@example.net", "mail.example.net", "mx.example.com", "MAIL FROM",
      "552 5.2.2 Over quota", "returned" },
    { DAEMON "This is the mail system at host mx.example.com.\n\n<a@example.net>: Host or domain name not found. Name service\n"
      "    error for name=example.net\n",
      "postfix", "failed", NULL, "a@example.net", NULL, "mx.example.com", NULL,
      "Host or domain name not found. Name service error for name=example.net", NULL },
    { DAEMON "The original message was received at Wed, 18 Nov 2026 10:20:09 +0900\nfrom www.example.com [192.0.2.10]\n\n"
      "   ----- The following addresses had permanent fatal errors -----\n<a@example.net>\n"
      "    (reason: 550 5.7.1 SPF says no)\n\n   ----- Transcript of session follows -----\n"
      "... while talking to mail.example.net.:\n>>> DATA\n<<< 550 5.7.1 SPF says no\n554 5.0.0 Service unavailable\n\n"
      "   ----- Original message follows -----\n\n" RETURNED,
      "sendmail", "failed", "5.7.1", "a@example.net", "mail.example.net", NULL, "DATA", "550 5.7.1 SPF says no", "returned" },
    { "Return-Path: <>\nFrom: postmaster@mx.example.com\nSubject: Undeliverable: hello\n\n"
      "Delivery has failed to these recipients or groups:\n\na@example.net\nYour message wasn't delivered.\n\n"
      "Diagnostic information for administrators:\n\nGenerating server: mx.example.com\n\na@example.net\nmail.example.net\n"
      "Remote Server returned '550 5.7.23 The message was rejected because of Sender Policy Framework violation'\n\n"
      "Original message headers:\n\nReceived: from x.example.com by mx.example.com\nFrom: b@example.com\nSubject: returned\n",
      "exchange", "failed", "5.7.23", "a@example.net", NULL, "mx.example.com", NULL,
      "550 5.7.23 The message was rejected because of Sender Policy Framework violation", "returned" },
    { "Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@google.example>\nX-Failed-Recipients: a@example.net, d@example.net\n\n"
      "Delivery to the following recipient failed permanently:\n\n     a@example.net\n\nTechnical details of permanent failure: \n"
      "Google tried to deliver your message, but it was rejected by the server for the recipient domain example.net by "
      "mail.example.net. [192.0.2.7].\n\nThe error that the other server returned was:\n550 5.1.1 No such user\n\n\n"
      "----- Original message -----\n\n" RETURNED,
      "google", "failed", "5.1.1", "a@example.net", "mail.example.net", NULL, NULL, "550 5.1.1 No such user", "returned" },
    { "Return-Path: <>\nFrom: postmaster@mx.example.com\nSubject: Undeliverable: hello\n\n"
      "Delivery has failed to these recipients or groups:\n\n'a@example.net'\n\nDiagnostic information for administrators:\n\n"
      "Generating server: mx.example.com\nReceiving server: mail.example.net (192.0.2.7)\n\na@example.net\n"
      "Remote Server at mail.example.net (192.0.2.7) returned '400 4.4.7 Message delayed'\n\n"
      "Original message headers:\n\nReceived: from x.example.com by mx.example.com\nFrom: b@example.com\nSubject: returned\n",
      "exchange", "failed", "4.4.7", "a@example.net", "mail.example.net", "mx.example.com", NULL,
      "400 4.4.7 Message delayed", "returned" },
    { DAEMON "Hi. This is the mail transport agent at mx.example.com.\n\n<a@example.net>:\nSorry, deactivated. (#5.2.1)\n\n"
      "--- Below this line is a copy of the message.\n\nReturn-Path: <b@example.com>\n\nFrom: b@example.com\n"
      "Subject: returned\n\nx\n",
      "qmail", "failed", "5.2.1", "a@example.net", NULL, NULL, NULL, "Sorry, deactivated. (#5.2.1)", "returned" },
    { "From: Mail Delivery Subsystem <mailer-daemon@google.example>\n\nDelivery to the following recipient failed permanently:\n\n"
      "     a@example.net\n\nTechnical details of permanent failure: \nGoogle tried to deliver your message, but it was rejected "
      "by the recipient domain. The error that the other server returned was: 554 554 5.7.1 <a@example.net>: Relay access denied "
      "(state 13).\n\n  ----- Original message -----\n\n" RETURNED,
      "google", "failed", "5.7.1", "a@example.net", NULL, NULL, NULL,
      "554 554 5.7.1 <a@example.net>: Relay access denied (state 13).", "returned" },
    { "From: MAILER-DAEMON@yahoo.example\n\nSorry, we were unable to deliver your message to the following address.\n\n"
      "<a@example.net>:\n550: 5.7.9 Message not accepted for policy reasons.\n\n--- Original Message ---\n\n" RETURNED,
      "yahoo", "failed", "5.7.9", "a@example.net", NULL, NULL, NULL,
      "550: 5.7.9 Message not accepted for policy reasons.", "returned" },
    /* what looks like a code and is an address */
    { "From: postmaster@example.net\nSubject: Undeliverable mail\n\na@example.net: 550 5.1.2.3 is not welcome, nor is 15.1.2\n",
      "text", "failed", NULL, "a@example.net", NULL, NULL, NULL, "550 5.1.2.3 is not welcome, nor is 15.1.2", NULL },
    { "From: postmaster@example.net\nSubject: Undeliverable mail\n\nThe mail could not be delivered.\n\n"
      "a@example.net: 550 no such user here\n",
      "text", "failed", NULL, "a@example.net", NULL, NULL, NULL, "550 no such user here", NULL },
    /* no form that anybody knows, but a daemon's name, or the recipient on a line of its own */
    { "From: MAILER-DAEMON@mx.example.net\nSubject: Processing error\n\nIntended recipient: a@example.net.\n\n"
      "The mail could not be delivered. Ask postmaster@mx.example.net.\n",
      "text", "failed", NULL, "a@example.net", NULL, NULL, NULL, NULL, NULL },
    /* the sender's address, told apart by whom the notice went to, or by the word before it */
    { "From: \"Mail Delivery System\" <mailer-daemon@example.com>\nTo: \"Ann\" <Ann@example.com>\nSubject: [Postmaster] Email Delivery Failure\n\n"
      "This is a delivery failure notification message indicating that\nan email ann@example.com addressed to email address :\n-- a@example.net\n\n"
      "could not be delivered. The problem appears to be :\n-- Recipient server unavailable or busy\n",
      "text", "failed", NULL, "a@example.net", NULL, NULL, NULL, NULL, NULL },
    { "From: MAILER-DAEMON@mx.example.net\nTo: ann-bounces@example.com\nSubject: Mail Delivery Problem\n\n"
      "Your mail to the following recipients could not be delivered because\nthey are not accepting mail from ann@example.com:\n\tscreenname\n",
      "text", "failed", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
    { "From: \"Delivery Subsystem\" <POSTMASTER@mx.example.net>\nSubject: Message Delivery Failure\n\nMailEnable: Message could not be "
      "delivered to some recipients.\n\n\tRecipient: [SMTP:a@example.net]\n\tReason: Remote SMTP Server Returned: 550 mailbox unavailable\n",
      "text", "failed", NULL, "a@example.net", NULL, NULL, NULL, "550 mailbox unavailable", NULL },
    { "From: MAILER-DAEMON@mx.example.net\nSubject: Warning\n\nYour message to\n\n   a@example.net\n\n"
      "has not yet been delivered. We will keep trying.\n",
      "text", "delayed", NULL, "a@example.net", NULL, NULL, NULL, NULL, NULL },
    { "From: postmaster@example.net\nSubject: Delivery failure\n\n<a@example.net>:\nThe account was closed.\n",
      "text", "failed", NULL, "a@example.net", NULL, NULL, NULL, "The account was closed.", NULL },
};

static void
test_notices(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(notices); i++)
        check_case(&notices[i]);
}

/* What is written as a page only. */
static const Case pages[] = {
    { "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.com\nSubject: Undeliverable\nMIME-Version: 1.0\n"
      "Content-Type: text/html\n\n<!DOCTYPE html><html><head><style>p { color: red; } /* 550 5.0.0 no */</style>"
      "<title>Undeliverable</title></head><body><!-- 551 5.9.9 never --><p>Your message could not be\ndelivered to:</p>"
      "<table><tr><td><b>a@example.net</b></td></tr></table>\n<p>Remote server returned '550 5.7.1 &lt;a@example.net&gt; "
      "relay&#32;denied &amp; done'</p></body></html>\n",
      "text", "failed", "5.7.1", "a@example.net", NULL, NULL, NULL, "550 5.7.1 <a@example.net> relay denied & done", NULL },
    { "From: MAILER-DAEMON@mx.example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
      "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<pre>This is the mail system at host "
      "mx.example.com.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more "
      "recipients.\n\n&lt;a@example.net&gt;: host mx.example.net[192.0.2.1] said: 550 5.1.1 no =\nsuch user</pre>\n--b\n"
      "Content-Type: message/rfc822\n\n" RETURNED "\n--b--\n",
      "postfix", "failed", "5.1.1", "a@example.net", "mx.example.net", "mx.example.com", NULL,
      "550 5.1.1 no such user", "returned" },
};

static void
test_pages(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++)
        check_case(&pages[i]);
}

/* Signs that look like tags, and tags that never end, cost no more than their length. */
static void
test_hostile_page(void)
{
    static const char *const pieces[] = { "<a", "<!--", "<pre><", "&#", "<script>", "<td <", "</" };

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) text = g_string_new("From: MAILER-DAEMON@mx.example.com\nContent-Type: text/html\n\n"
                                               "550 5.1.1 could not be delivered to &lt;a@example.net&gt;<br>\n");
        while (text->len < 2 * 262144)
            g_string_append(text, pieces[i]);
        g_autoptr(Message) message = from_text(text->str);
        g_autoptr(Bounce) bounce = bounce_read(message);
        g_assert_nonnull(bounce);
        g_assert_cmpstr(bounce->recipient, ==, "a@example.net");
    }
}

/* The same in quoted-printable: the text is decoded, and has no place in the outer message. */
static void
test_encoded(void)
{
    g_autofree char *encoded = g_base64_encode(
        (const guchar *)"Hi. This is the qmail-send program at mx.example.com.\n\n<a@example.net>:\n"
        "Remote host said: 550 5.1.1 No\n\n--- Below this line is a copy of the message.\n\n" RETURNED,
        strlen("Hi. This is the qmail-send program at mx.example.com.\n\n<a@example.net>:\n"
               "Remote host said: 550 5.1.1 No\n\n--- Below this line is a copy of the message.\n\n" RETURNED));
    g_autofree char *text = g_strdup_printf("From: MAILER-DAEMON@mx.example.com\nContent-Type: text/plain\n"
                                            "Content-Transfer-Encoding: base64\n\n%s\n", encoded);
    g_autoptr(Message) message = from_text(text);
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_autoptr(GPtrArray) inside = inside_find(message, 10);
    g_assert_nonnull(bounce);
    g_assert_nonnull(bounce->decoded);
    g_assert_cmpuint(bounce->evidence.end, ==, 0);
    g_assert_cmpuint(inside->len, ==, 1);
    const Message *inner = ((const InsideMessage *)inside->pdata[0])->message;
    g_assert_cmpuint(g_bytes_get_size(message_raw(inner)), ==, strlen(RETURNED));
}

/* The bytes of the returned message are those that stand there; the diagnostic's place is that of its words. */
static void
test_spans(void)
{
    g_autoptr(Message) message = from_text(notices[0].text);
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_autofree char *where = g_strndup(span_in(message_raw(message), bounce->evidence), span_length(bounce->evidence));

    g_assert_cmpuint(span_length(bounce->returned), ==, strlen(RETURNED));
    g_assert_true(memcmp(span_in(message_raw(message), bounce->returned), RETURNED, strlen(RETURNED)) == 0);
    g_assert_true(g_str_has_prefix(where, "550 5.1.1"));
}

/* Exim shortens long bodies and says so. */
static void
test_shortened(void)
{
    g_autoptr(Message) message = from_text(
        DAEMON "This message was created automatically by mail delivery software.\n\n  a@example.net\n    No.\n\n"
        "------ This is a copy of the message, including all the headers. ------\n"
        "------ The body of the message is 5000 characters long; only the first\n"
        "------ 100 or so are included here.\n\n" RETURNED);
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_autoptr(GPtrArray) inside = inside_find(message, 10);

    g_assert_true(bounce->returned_cut);
    const Message *inner = ((const InsideMessage *)inside->pdata[0])->message;
    g_assert_cmpuint(message_origin(inner)->notes->len, ==, 1);
}

static void
test_none(void)
{
    static const char *const texts[] = {
        /* a person quotes a notice */
        "Return-Path: <b@example.com>\nFrom: b@example.com\nSubject: Re: Mail delivery failed\n\n"
        "I got this:\n\nThis message was created automatically by mail delivery software.\n\n  a@example.net\n    550 no\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n" RETURNED,
        "Return-Path: <b@example.com>\nFrom: b@example.com\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\n"
        "What is message/delivery-status?\n\nThis is the mail system at host mx.example.com.\n\n<a@example.net>: 550 no\n"
        "--B--\n",
        /* a machine that speaks of other things */
        "Return-Path: <>\nFrom: b@example.com\nAuto-Submitted: auto-replied\nSubject: Out of the office\n\n"
        "I am away until Monday.\n",
        "Return-Path: <>\nFrom: postmaster@example.com\nSubject: Your quarantine\n\nTwo mails wait for you.\n",
        /* a web page */
        "Return-Path: <>\nFrom: MAILER-DAEMON@example.com\nContent-Type: image/png\n\nundeliverable\n",
        /* forwarded as attachment: the bounce is inside */
        "From: b@example.com\nContent-Type: multipart/mixed; boundary=A\n\n--A\n\nLook.\n--A\nContent-Type: message/rfc822\n\n"
        REPORT "x\n" STATUS "Final-Recipient: rfc822; a@example.net\nAction: failed" END "--A--\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Message) message = from_text(texts[i]);
        g_autoptr(Bounce) bounce = bounce_read(message);
        g_assert_null(bounce);
    }
}

/* Long continuation lines, thousands of recipients, of separators, of hosts: all in linear time. */
static void
test_time(void)
{
    static const struct { const char *head, *line; guint count; } hostile[] = {
        { REPORT "x\n" STATUS "Diagnostic-Code: smtp;", "\n x", 100000 },
        { REPORT "x\n" STATUS "Reporting-MTA: dns; a", "\n\nFinal-Recipient: rfc822; a@example.net\nAction: failed", 20000 },
        { DAEMON "This is the mail system at host x.example.\n", "--- Original message ---\n", 20000 },
        { DAEMON "This is the mail system at host x.example.\n", "host host.host ", 20000 },
        { DAEMON "This is the mail system at host x.example.\n", "a@example.net:", 20000 },
        { DAEMON "This is the mail system at host x.example.\n<a@example.net>: 550 ", "(((5.5.5", 30000 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        g_autoptr(GString) text = g_string_new(hostile[i].head);
        for (guint k = 0; k < hostile[i].count; k++)
            g_string_append(text, hostile[i].line);
        g_autoptr(Message) message = from_text(text->str);
        const gint64 start = g_get_monotonic_time();
        g_autoptr(Bounce) bounce = bounce_read(message);
        const gint64 took = g_get_monotonic_time() - start;
        g_test_message("%zu: %" G_GINT64_FORMAT " us", i, took);
        g_assert_nonnull(bounce);
        g_assert_cmpint(took, <, 10 * G_USEC_PER_SEC);
    }
}

static void
test_every_beginning(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(notices); i++)
        for (gsize length = 1; length < strlen(notices[i].text); length += 3) {
            g_autoptr(GBytes) bytes = g_bytes_new(notices[i].text, length);
            g_autoptr(Message) message = message_from_bytes(bytes, "cut", NULL);
            g_autoptr(Bounce) bounce = message ? bounce_read(message) : NULL;
            if (bounce)
                g_assert_cmpuint(bounce->evidence.end, <=, length);
        }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounce/reports", test_reports);
    g_test_add_func("/bounce/notices", test_notices);
    g_test_add_func("/bounce/pages", test_pages);
    g_test_add_func("/bounce/hostile-page", test_hostile_page);
    g_test_add_func("/bounce/encoded", test_encoded);
    g_test_add_func("/bounce/spans", test_spans);
    g_test_add_func("/bounce/shortened", test_shortened);
    g_test_add_func("/bounce/none", test_none);
    g_test_add_func("/bounce/time", test_time);
    g_test_add_func("/bounce/every-beginning", test_every_beginning);
    return g_test_run();
}
