/* test-received-kept.c: a Received field reads alike whether its beginning came before or not.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "headers/received-parts.h"

static const char *const pieces[] = {
    "from", "by", "with", "via", "id", "for", "ESMTP", "esmtps", "mail.example.com", "[192.0.2.1]", "192.0.2.1:25",
    "(mail.example.com [192.0.2.1])", "(HELO mail.example.com)", "(helo=mail.example.com)", "(Postfix)", "(Exim 4.96)",
    "(TLS1.3)", "(authenticated bits=0)", "(from userid 1000)", "(may be forged)", "(a id b)", "(open", "close)", "\"quoted\"",
    "\"open", "\\", ";", "(envelope-from <a@example.com>)", "unknown", "(2001:db8::1)", "Tue, 1 Sep 2026 10:00:00 +0000",
};
static const char *const heads[] = {
    "from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.org (Postfix) with ESMTPS",
    "from mail.example.com (unknown [IPv6:2001:db8::1])\r\n\tby mx.example.org (Postfix) with ESMTP",
    "from ptr.example.com ([192.0.2.1] helo=mail.example.com) by mx.example.org with esmtps (TLS1.3) (Exim 4.96)",
    "by 2002:a05:6a00:1::2 with SMTP", "from a by b with", "from a by", "from a", "from", "", "from a (HELO b", "from a \"b",
    "from a by b; Tue, 1 Sep 2026 09:00:00 +0000", "from a id 1 by b", "by mx.example.org (Postfix, from userid 1000)",
};
static const char *const ids[] = { " id 4Xy1", " id  A.b-c", " id for", " id (1)", " id \"1\"", " id", " ID 1", " id 1 id 2", "", "\tid 7",
                                   " id a;b" };
static const char *const fors[] = { "", "", " for <a@example.org>", " for a@example.org", " for", " for \"a b\"@example.org",
                                    " for <a@example.org> (x)", " by c.example", " with HTTP", " for\t<a@example.org>", " forx", " forTLS",
                                    " for;by c.example" };
static const char *const ends[] = {
    "; Tue, 1 Sep 2026 10:00:00 +0000", ";Tue, 01 Sep 2026 10:00:00 +0900 (JST)", " ; Tue, 1 Sep 2026 10:00:00 -0700 (PDT)",
    "; Tue, 1 Sep 2026 10:00:00 +0000 (TLS)", "; Tue, 1 Sep 2026 10:00:00 +0000 (AUTHENTICATED)", "; never", "",
    "; Tue, 1 Sep 2026 10:00:00 +0000 (UTC) (TLS)", "; 1 Sep 2026 10:00:00 +0000; 2 Sep 2026 10:00:00 +0000",
    "; Tue, 1 Sep 2026 10:00:00 +0000 \"x\"", "; Tue, 1 Sep 2026 10:00:00 +0000 (UTC", "; Tue, 1 Sep 2026 10:00:00 +0000 ()",
    "; Tue, 1 Sep 2026 10:00:00 +0000 (SSL", "; Tue, 1 Sep 2026 10:00:00 +0000 (UTCx", "; Tue, 1 Sep 2026 10:00:00 +0000 (TTT(TLS)",
    "; Tue, 1 Sep 2026 10:00:00 +0000 (UT) ("," Tue, 1 Sep 2026 10:00:00 +0000",
};

static const char *
pick(GRand *random, const char *const *words, guint count)
{
    return words[g_rand_int_range(random, 0, (gint32)count)];
}

#define PICK(words) pick(random, words, G_N_ELEMENTS(words))

/* Usual ones, and whatever comes of putting pieces behind each other. */
static char *
random_value(GRand *random)
{
    g_autoptr(GString) value = g_string_new(NULL);

    if (g_rand_int_range(random, 0, 3) > 0)
        return g_strconcat(PICK(heads), PICK(ids), PICK(fors), PICK(ends), NULL);
    for (gint32 i = g_rand_int_range(random, 1, 6); i > 0; i--) {
        g_string_append(value, PICK(pieces));
        g_string_append_c(value, ' ');
    }
    return g_strconcat(value->str, PICK(ids), PICK(fors), PICK(ends), NULL);
}

static void
compare(ReceivedKept *kept, const char *value)
{
    ReceivedParts wanted_parts, parts;
    Hop *wanted = received_parse_parts(value, &wanted_parts);
    Hop *hop = received_parse_kept(kept, value, &parts);

    if (!record_equal(&hop_type, wanted, hop))
        g_error("read in another way: %s", value);
    g_assert_cmpstr(wanted_parts.by_ip, ==, parts.by_ip);
    g_assert_cmpint(wanted_parts.ip_stated, ==, parts.ip_stated);
    g_assert_cmpint(wanted_parts.ip_bracketed, ==, parts.ip_bracketed);
    g_assert_cmpint(wanted_parts.ptr_unknown, ==, parts.ptr_unknown);
    g_assert_cmpint(wanted_parts.authenticated, ==, parts.authenticated);
    g_assert_cmpint(wanted_parts.local, ==, parts.local);
    received_parts_clear(&wanted_parts);
    received_parts_clear(&parts);
    record_free(&hop_type, wanted);
    record_free(&hop_type, hop);
}

static void
test_alike(void)
{
    ReceivedKept *kept = received_kept_new();
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    for (guint i = 0; i < 60000; i++) {
        g_autofree char *value = random_value(random);
        /* Three times: seen, kept, read from what was kept. */
        for (guint k = 0; k < 3; k++)
            compare(kept, value);
    }
    received_kept_free(kept);
}

/* Each combination of what is usual, one after the other. */
static void
test_all(void)
{
    ReceivedKept *kept = received_kept_new();

    for (gsize h = 0; h < G_N_ELEMENTS(heads); h++)
        for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
            for (gsize f = 0; f < G_N_ELEMENTS(fors); f++)
                for (gsize e = 0; e < G_N_ELEMENTS(ends); e++) {
                    g_autofree char *value = g_strconcat(heads[h], ids[i], fors[f], ends[e], NULL);
                    compare(kept, value);
                }
    received_kept_free(kept);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/received-kept/alike", test_alike);
    g_test_add_func("/received-kept/all", test_all);
    return g_test_run();
}
