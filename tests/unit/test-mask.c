/* test-mask.c: what is personal, replaced; what is not, kept.
 * SPDX-License-Identifier: MIT */
#include "facts/mask.h"

#include <string.h>

#include "facts/mask-part.h"

static Mask *
example(void)
{
    Mask *mask = mask_new();

    mask_learn_address(mask, "taro.yamada@example.jp");
    mask_learn_address(mask, "mail@example.com");
    mask_learn_address(mask, "Hanako@example.jp");
    mask_learn_name(mask, "Taro Yamada");
    mask_learn_name(mask, "\345\261\261\347\224\260 \345\244\252\351\203\216");    /* in kanji */
    mask_learn_name(mask, "jiro.suzuki (sales)");
    mask_learn_name(mask, "k.mori");
    mask_learn_name(mask, "shop.example");
    mask_learn_domain(mask, "shop.example");
    mask_learn_subject(mask, "Invoice 4711 for Kowalski");
    return mask;
}

static void
test_text(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "taro.yamada@example.jp", "u1@example.jp" },
        { "<TARO.Yamada@example.net>", "<u1@example.net>" },
        { "smtp.mailfrom=hanako@example.jp", "smtp.mailfrom=u3@example.jp" },
        { "header.i=@example.jp", "header.i=@example.jp" },
        { "i=@example.jp; d=example.jp", "i=@example.jp; d=example.jp" },
        { "for <nobody.known@example.com>;", "for <u4@example.com>;" },
        { "\"a b\"@example.com", "u4@example.com" },
        { "?m=hanako%40example.jp", "u4%40example.jp" },
        { "SRS0=Ab1+=X7=example.jp=hanako@relay.example", "SRS0=x=x=example.jp=u3@relay.example" },
        { "SRS1=zz=a.example==Ab=X7=example.jp=hanako@b.example",
          "SRS1=x=a.example==x=x=example.jp=u3@b.example" },
        { "prvs=1234abcdef=taro.yamada@example.jp", "prvs=x=u1@example.jp" },
        { "bounce+hanako=example.jp@list.example", "u4@list.example" },
        { "Mr. Yamada, Taro is away", "Mr. Name 1, Name 1 is away" },
        { "mailbox of taro yamada", "mailbox of Name 1" },
        { "\345\261\261\347\224\260\346\247\230", "Name 2\346\247\230" },
        { "Re: invoice 4711 for kowalski", "Re: [redacted]" },
        { "the Kowalski case", "the x case" },
        { "mail.example.com", "mail.example.com" },
        { "taro.yamada is over quota", "u1 is over quota" },
        { "yamada.example", "yamada.example" },
        { "Jiro.Suzuki (Sales) <x@example.jp>", "Name 3 <u4@example.jp>" },
        { "it was K.Mori.", "it was Name 4." },
        { "k.mori.example and a.k.mori", "k.mori.example and a.k.mori" },
        { "shop.example", "shop.example" },     /* a name that is the domain that all is about */
        { "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ/hanako/AB", "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ/hanako/AB" },
        { "nothing here", "nothing here" },
        { "@", "@" },
        { "", "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Mask) mask = example();
        g_autofree char *got = mask_text(mask, cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* An address that is none, since the name was not put apart. */
static void
test_malformed(void)
{
    g_autoptr(Mask) mask = example();
    g_autofree char *before = mask_text(mask, "Saburo is here");
    g_assert_cmpstr(before, ==, "Saburo is here");

    mask_learn_address(mask, "Saburo Ito@example.jp");
    g_autofree char *got = mask_text(mask, "From: Saburo Ito@example.jp");
    g_assert_cmpstr(got, ==, "From: Name 6 u5@example.jp");
}

/* RFC 7208, 7: %{l} makes a DNS name of the local part. */
static void
test_macros(void)
{
    g_autoptr(Mask) mask = example();
    Report *report = report_new();
    DnsAnswer *answer = record_new(&dns_answer_type);
    DnsRecord *record = record_new(&dns_record_type);

    record->text = g_strdup("\"v=spf1 exists:%{l}._spf.example.jp -all\"");
    g_ptr_array_add(answer->records, record);
    answer->name = g_strdup("hanako._spf.example.jp");
    g_ptr_array_add(report->dns, answer);
    mask_report(mask, report);
    g_assert_cmpstr(answer->name, ==, "u3._spf.example.jp");
    report_free(report);
}

static void
test_report(void)
{
    g_autoptr(Mask) mask = mask_new();
    Report *report = report_new();
    Mailbox *mailbox = record_new(&mailbox_type);

    mailbox->name = g_strdup("Taro Yamada");
    mailbox->address = g_strdup("taro@example.jp");
    g_ptr_array_add(report->from->addresses, mailbox);
    report->source->path = g_strdup("/home/taro/Party with Yamada.eml");
    report->source->subject = g_strdup("Party");
    report->source->kind = g_strdup("eml");
    report_add_finding(report, "from-several", SEVERITY_INFO, "Taro Yamada <taro@example.jp>", NULL);
    mask_report(mask, report);
    g_assert_cmpstr(mailbox->name, ==, "Name 1");
    g_assert_cmpstr(mailbox->address, ==, "u1@example.jp");
    g_assert_cmpstr(report->source->path, ==, "[redacted] with Name 1.eml");
    g_assert_cmpstr(report->source->subject, ==, "[redacted]");
    g_assert_cmpstr(report->source->kind, ==, "eml");
    const Finding *finding = report->findings->pdata[0];
    g_assert_cmpstr(finding->id, ==, "from-several");
    g_assert_cmpstr(finding->args->pdata[0], ==, "Name 1 <u1@example.jp>");
    report_free(report);
}

/* Who logged in is a local part, whether a domain stands behind it or not. */
static void
test_login(void)
{
    g_autoptr(Mask) mask = mask_new();

    mask_learn_login(mask, "saburo");
    mask_learn_login(mask, "hanako@example.jp");
    mask_learn_login(mask, "mail");
    mask_learn_login(mask, "");
    g_autofree char *text = mask_text(mask, "smtp.auth=saburo, Hanako, saburo@example.jp, mail, nobody");
    g_assert_cmpstr(text, ==, "smtp.auth=u1, u2, u1@example.jp, mail, nobody");
}

/* Ten times the text takes ten times as long, whatever stands in it. */
static gint64
time_of(guint size)
{
    g_autoptr(Mask) mask = mask_new();
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < 2000; i++) {
        g_autofree char *name = g_strdup_printf("aa%u bb%u", i, i);
        mask_learn_name(mask, name);
    }
    for (guint i = 0; i < size; i++)
        g_string_append(text, i % 3 ? "aa@" : "aa.b\"@");
    const gint64 start = g_get_monotonic_time();
    g_autofree char *masked = mask_text(mask, text->str);
    return g_get_monotonic_time() - start;
}

static void
test_linear(void)
{
    const gint64 small = MAX(time_of(20000), 1000), large = time_of(200000);

    g_test_message("%ld us, %ld us", (long)small, (long)large);
    g_assert_cmpint(large, <, 10 * 20 * small);
}

/* What nobody is known by: each is found, however the table is looked through. */
static const char common[] =
    "about accepted access account action address admin administrator aligned alignment all an "
    "and any arc are as at auth authenticated authentication be blocked body bounce by can "
    "check client code com connection contact content dear delivered delivery detected dkim "
    "dmarc dns do domain email envelope error example fail failed failure for form from fw fwd "
    "has have header hello helo help host id if in info invalid ip is it key line list mail "
    "mailbox mailer-daemon mailfrom mailing may message mx name net neutral new no no-reply "
    "none noreply not of on or org our pass permerror please policy postmaster quarantine re "
    "received record refused reject rejected relaxed relay reply report result results return "
    "returned rfc rsa selector send sender sending sent server service sha256 signature signed "
    "simple smtp softfail spam spf strict subject support temperror temporary test text the "
    "this time to undelivered unknown user via was web webmaster wg will with www you your "
    "Subject DKIM 12:30 1.000,-";

static void
test_common(void)
{
    static const char *const others[] = { "taro", "abou", "yours", "aa", "zz", "authentications", "mailer-daemons-of-ours",
                                          "Authentication-Results", "12a", "\303\244" };
    g_auto(GStrv) words = g_strsplit(common, " ", -1);

    for (char **word = words; *word; word++)
        g_assert_true(mask_is_common(*word));
    g_assert_true(mask_is_common(""));
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_false(mask_is_common(others[i]));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mask/text", test_text);
    g_test_add_func("/mask/malformed", test_malformed);
    g_test_add_func("/mask/macros", test_macros);
    g_test_add_func("/mask/report", test_report);
    g_test_add_func("/mask/login", test_login);
    g_test_add_func("/mask/common", test_common);
    g_test_add_func("/mask/linear", test_linear);
    return g_test_run();
}
