/* What a refusal means: the text decides before the number, and an unknown number is not invented.
 * SPDX-License-Identifier: MIT */
#include "analysis/delivery-reason.h"

#include <string.h>

#include "tree/words.h"

static void
test_reasons(void)
{
    static const struct { const char *diagnostic, *status, *hosts, *id; ReasonKind kind; } cases[] = {
        /* text */
        { "553 5.7.1 SPF check failed: 192.0.2.10 is not allowed to send mail from example.jp", "5.7.1", NULL,
          "delivery-spf", REASON_SPF },
        { "550 5.7.1 Unauthenticated email from example.jp is not accepted due to domain's DMARC policy", "5.7.1", NULL,
          "delivery-dmarc", REASON_DMARC },
        { "550-5.7.26 This mail has been blocked because the sender is 550-5.7.26 unauthenticated. SPF [example.jp] "
          "did not pass, DKIM = did not pass - gsmtp", "5.7.26", "", "delivery-unauthenticated", REASON_AUTH },
        { "550 5.1.1 User unknown; see spf.example.com", "5.1.1", NULL, "delivery-spf", REASON_SPF },
        { "550 5.1.1 User unknown", "5.1.1", NULL, "delivery-user-unknown", REASON_ADDRESS },
        { "452 4.2.2 The email account that you tried to reach is over quota", "4.2.2", NULL, "delivery-mailbox-full",
          REASON_MAILBOX },
        { "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.example", "5.7.1", NULL,
          "delivery-blocklist", REASON_SERVER },
        { "450 4.7.1 Client host rejected: cannot find your reverse hostname", "4.7.1", NULL, "delivery-ptr",
          REASON_SERVER },
        { "450 4.2.0 <a@example.net>: Recipient address rejected: Greylisted", "4.2.0", NULL, "delivery-greylist",
          REASON_WAIT },
        { "Host or domain name not found", "5.4.4", NULL, "delivery-domain-unknown", REASON_ADDRESS },
        { "550 5.4.1 Recipient address rejected: Access denied", "5.4.1", "a.mail.protection.outlook.com",
          "delivery-user-unknown", REASON_ADDRESS },
        { "550 5.7.515 Access denied, sending domain example.jp does not meet the required authentication level",
          "5.7.515", NULL, "delivery-microsoft-bulk", REASON_AUTH },
        /* words that only contain one */
        { "550 5.7.0 crisps and dkimono are not served", "5.7.0", NULL, "delivery-permanent", REASON_OTHER },
        { "550 5.7.0 verbls are not served", "5.7.0", NULL, "delivery-permanent", REASON_OTHER },
        /* Gmail's numbers mean what they mean at Gmail */
        { "550 5.7.27 blocked - gsmtp", "5.7.27", NULL, "delivery-spf-bulk", REASON_SPF },
        { "550 5.7.27 blocked", "5.7.27", NULL, "delivery-null-mx", REASON_ADDRESS },
        { "550 5.7.29 blocked", "5.7.29", "gmail-smtp-in.l.google.com", "delivery-tls", REASON_SERVER },
        { "550 5.7.29 blocked", "5.7.29", NULL, "delivery-arc", REASON_AUTH },
        { "421 4.7.30 later", "4.7.30", "mx.google.example", "delivery-dkim-bulk", REASON_AUTH },
        { "550 5.7.30 no", "5.7.30", NULL, "delivery-requiretls", REASON_SERVER },
        { "550 5.7.25 no - gsmtp", "5.7.25", NULL, "delivery-ptr", REASON_SERVER },
        { "550 5.7.40 no - gsmtp", "5.7.40", NULL, "delivery-dmarc-missing", REASON_AUTH },
        { "550 5.7.40 no", "5.7.40", NULL, "delivery-permanent", REASON_OTHER },
        /* RFC 7372 */
        { "550 5.7.20 no", "5.7.20", NULL, "delivery-dkim", REASON_AUTH },
        { "550 5.7.22 no", "5.7.22", NULL, "delivery-dkim-author", REASON_AUTH },
        { "550 5.7.23 no", "5.7.23", NULL, "delivery-spf", REASON_SPF },
        { "550 5.7.26 no", "5.7.26", NULL, "delivery-several-checks", REASON_AUTH },
        /* others' own */
        { "550 5.7.509 Access denied", "5.7.509", NULL, "delivery-dmarc", REASON_DMARC },
        { "550 5.1.8 Access denied", "5.1.8", "x.outlook.com", "delivery-sender-barred", REASON_SERVER },
        { "550 5.1.8 Access denied", "5.1.8", NULL, "delivery-sender-domain", REASON_OTHER },
        { "554 5.7.9 Message not accepted for policy reasons", "5.7.9", "mta5.am0.yahoodns.net", "delivery-yahoo-policy",
          REASON_OTHER },
        { "554 5.7.9 no", "5.7.9", NULL, "delivery-permanent", REASON_OTHER },
        /* no code of its own */
        { "550 no", NULL, NULL, "delivery-reply-550", REASON_OTHER },
        { "451 no", NULL, NULL, "delivery-reply-busy", REASON_WAIT },
        { "571 no", NULL, NULL, "delivery-permanent", REASON_OTHER },
        { "no", NULL, NULL, NULL, REASON_OTHER },
        { NULL, NULL, NULL, NULL, REASON_OTHER },
        /* an unknown one says its class and no more */
        { "550 5.7.999 no", "5.7.999", NULL, "delivery-permanent", REASON_OTHER },
        { NULL, "4.9.9", NULL, "delivery-temporary", REASON_OTHER },
        { NULL, "2.0.0", NULL, "delivery-success", REASON_OTHER },
        { "550 5.7.1 no", "5.7.1", NULL, "delivery-policy", REASON_OTHER },
        { "550 5.2.2 refused by policy", "5.2.2", NULL, "delivery-mailbox-full", REASON_MAILBOX },
        { "550 refused by policy", NULL, NULL, "delivery-policy", REASON_OTHER },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Reason got = reason_of(cases[i].diagnostic, cases[i].status, cases[i].hosts);
        g_test_message("%s, %s", cases[i].diagnostic, cases[i].status);
        g_assert_cmpstr(got.id, ==, cases[i].id);
        g_assert_cmpint(got.kind, ==, cases[i].kind);
    }
}

/* No id of the tables is shown as a bare word. */
static void
test_words(void)
{
    for (int detail = 0; detail < 1000; detail++) {
        for (int subject = 0; subject < 9; subject++) {
            static const char *const hosts[] = { "", "google", "outlook.com", "yahoo" };
            g_autofree char *status = g_strdup_printf("5.%d.%d", subject, detail);
            for (gsize i = 0; i < G_N_ELEMENTS(hosts); i++) {
                const Reason got = reason_of(NULL, status, hosts[i]);
                g_autofree char *words = words_text(got.id, NULL);
                g_assert_cmpstr(words, !=, got.id);
            }
        }
    }
    for (int reply = 400; reply < 600; reply++) {
        g_autofree char *text = g_strdup_printf("%d x", reply);
        const Reason got = reason_of(text, NULL, NULL);
        g_autofree char *words = words_text(got.id, NULL);
        g_assert_cmpstr(words, !=, got.id);
    }
}

static void
test_feedback(void)
{
    g_assert_cmpstr(reason_of_feedback("auth-failure").id, ==, "delivery-feedback-auth");
    g_assert_cmpstr(reason_of_feedback("abuse").id, ==, "delivery-feedback-abuse");
    g_assert_cmpstr(reason_of_feedback("opt-out-list").id, ==, "delivery-feedback");
    g_assert_cmpstr(reason_of_feedback(NULL).id, ==, "delivery-feedback");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/delivery/reasons", test_reasons);
    g_test_add_func("/delivery/words", test_words);
    g_test_add_func("/delivery/feedback", test_feedback);
    return g_test_run();
}
