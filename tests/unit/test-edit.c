/* Edits: keys and values, the stack, what they make of records, answers and bytes.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "whatif/bytes.h"
#include "whatif/edit.h"
#include "whatif/record.h"
#include "whatif/zone.h"

static Edits *
edits_of(const char *const *texts)
{
    Edits *edits = edits_new();

    for (; *texts; texts++) {
        g_autoptr(GError) error = NULL;
        edits_add_text(edits, *texts, &error);
        g_assert_no_error(error);
    }
    return edits;
}

#define EDITS(...) edits_of((const char *const[]){ __VA_ARGS__, NULL })

/* ---- values ---- */

static void
test_values(void)
{
    static const struct { const char *text; gboolean good; } cases[] = {
        { "from=a@example.jp", TRUE },          { "from=Taro <a@example.jp>", TRUE },
        { "from=example.jp", FALSE },           { "from=a@example.jp, b@example.jp", FALSE },
        { "from=", FALSE },                     { "from=a@b..example", FALSE },
        { "from=a@example.jp\nBcc: x@example.net", FALSE },
        { "sender=", TRUE },                    { "reply-to=a@example.jp", TRUE },
        { "mail-from=<>", TRUE },               { "mail-from=a@example.jp", TRUE },
        { "mail-from=example.jp", TRUE },       { "mail-from=a@b@", FALSE },
        { "helo=mx.example.jp", TRUE },         { "helo=", FALSE },
        { "ip=192.0.2.1", TRUE },               { "ip=2001:db8::1", TRUE },
        { "ip=192.0.2.256", FALSE },            { "spf=pass", TRUE },
        { "spf=passed", FALSE },                { "dkim.1=none", TRUE },
        { "dkim.1.d=example.jp", TRUE },        { "dkim.0=pass", FALSE },
        { "dkim.N=pass", FALSE },               { "dkim.1.s=x", FALSE },
        { "dkim.add=example.jp", TRUE },        { "dkim.add=a b", FALSE },
        { "p=reject", TRUE },                   { "p=", TRUE },
        { "p=maybe", FALSE },                   { "aspf=s", TRUE },
        { "adkim=x", FALSE },                   { "psd=u", TRUE },
        { "t=y", TRUE },                        { "pct=0", TRUE },
        { "pct=101", FALSE },                   { "pct=-1", FALSE },
        { "rfc=7489", TRUE },                   { "rfc=822", FALSE },
        { "trust=mx.example.jp", TRUE },        { "trust=", FALSE },
        { "at=2026-11-22T04:00:00Z", TRUE },    { "at=yesterday", FALSE },
        { "body-byte=0", TRUE },                { "body-byte=12=4a", TRUE },
        { "body-byte=12=4", FALSE },            { "body-byte=x", FALSE },
        { "body-byte=99999999999999999999", FALSE },
        { "header-order=3>1", TRUE },           { "header-order=0>1", FALSE },
        { "header-order=31", FALSE },           { "nothing=1", FALSE },
        { "nothing", FALSE },                   { " ip = 192.0.2.1 ", TRUE },
        { "dns=a.example TXT v=spf1 -all", TRUE },
        { "dns=a.example 300 IN TXT \"v=spf1 -all\"", TRUE },
        { "dns=a.example A 192.0.2.1", TRUE },  { "dns=a.example A nonsense", FALSE },
        { "dns=a.example MX nxdomain", TRUE },  { "dns=a.example", FALSE },
        { "dns=a.example TXT", FALSE },         { "dns=a.example HINFO x y", FALSE },
        { "dns=a..example A 192.0.2.1", FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Edits) edits = edits_new();
        g_autoptr(GError) error = NULL;
        const gboolean good = edits_add_text(edits, cases[i].text, &error);
        g_test_message("%s: %s", cases[i].text, error ? error->message : "good");
        g_assert_cmpint(good, ==, cases[i].good);
        g_assert_cmpuint(edits_length(edits), ==, good ? 1 : 0);
        g_assert_true(good == (error == NULL));
    }
}

static void
test_nearest(void)
{
    g_autoptr(Edits) edits = edits_new();
    g_autoptr(GError) error = NULL;

    g_assert_false(edits_add(edits, "mailfrom", "a@example.jp", &error));
    g_assert_nonnull(strstr(error->message, "mail-from"));
}

/* Every key has words, an actor, and a value that it takes. */
static void
test_table(void)
{
    g_autofree char *help = edit_help();

    for (const EditKey *row = edit_keys; row->key; row++) {
        g_autofree char *in_help = g_strconcat("  ", row->key, "=", row->value, NULL);
        g_assert_nonnull(row->about);
        g_assert_nonnull(row->named);
        g_assert_cmpuint(row->actors, !=, 0);
        g_assert_nonnull(strstr(help, in_help));
        g_assert_true(strstr(row->key, ".N") || edit_key_find(row->key) == row);
    }
    g_assert_cmpstr(edit_key_find("dkim.7")->key, ==, "dkim.N");
    g_assert_cmpstr(edit_key_find("dkim.7.d")->key, ==, "dkim.N.d");
    g_assert_cmpstr(edit_key_find("dkim.add")->key, ==, "dkim.add");
    g_assert_null(edit_key_find("dkim.N"));
    g_assert_cmpuint(edit_signature("dkim.12.d"), ==, 12);
    g_assert_cmpuint(edit_signature("dkim.add"), ==, 0);
}

static void
test_describe(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "from=a@example.jp", "From: is a@example.jp" },
        { "sender=", "Sender: is taken away" },
        { "mail-from=<>", "MAIL FROM is empty: <>" },
        { "dkim.2=none", "signature 2 is taken away" },
        { "dkim.2=fail", "signature 2 comes out as fail" },
        { "dkim.2.d=example.jp", "signature 2 is by example.jp, and valid" },
        { "p=none", "the DMARC record says p=none" },
        { "sp=", "the DMARC record has no sp=" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Edits) edits = EDITS(cases[i].text);
        g_autofree char *text = edit_describe(edits_get(edits, 0));
        g_assert_cmpstr(text, ==, cases[i].want);
    }
}

/* ---- the stack ---- */

static void
test_stack(void)
{
    g_autoptr(Edits) edits = EDITS("from=a@example.jp", "dns=a.example A 192.0.2.1",
                                   "from=b@example.jp", "dns=a.example A 192.0.2.2");

    g_assert_cmpstr(edits_value(edits, "from"), ==, "b@example.jp");
    g_assert_false(edits_counts(edits, 0));
    g_assert_true(edits_counts(edits, 1));
    g_assert_true(edits_counts(edits, 2));
    g_autoptr(Edits) copy = edits_copy(edits);
    edits_remove(edits, 3);
    edits_remove(edits, 2);
    g_assert_cmpstr(edits_value(edits, "from"), ==, "a@example.jp");
    edits_remove(edits, 0);
    g_assert_null(edits_value(edits, "from"));
    g_assert_cmpuint(edits_length(edits), ==, 1);
    g_assert_cmpuint(edits_length(copy), ==, 4);
    edits_remove(edits, 7);
    edits_remove(edits, 0);
    g_assert_cmpuint(edits_length(edits), ==, 0);
    edits_remove(edits, 0);
    g_assert_cmpuint(edits_length(edits), ==, 0);
}

/* ---- DNS ---- */

static const DnsAnswer *
ask(Resolver *resolver, const char *name, DnsType type)
{
    return resolver_ask(resolver, name, type);
}

static const char *
text_of(const DnsAnswer *answer, guint index)
{
    return ((const DnsRecord *)answer->records->pdata[index])->text;
}

/* Edits of one name and type together are the answer; what is not edited is asked below. */
static void
test_zone(void)
{
    g_autoptr(Edits) edits = EDITS("dns=a.example TXT v=DMARC1; p=none", "dns=a.example A 192.0.2.1",
                                   "dns=A.Example. A 192.0.2.2", "dns=b.example A nxdomain",
                                   "dns=c.example A servfail", "dns=c.example A 192.0.2.3",
                                   "dns=d.example A 192.0.2.4", "dns=d.example A nodata");
    g_autoptr(Resolver) below = resolver_offline();
    g_autoptr(Resolver) resolver = resolver_overlay(zone_overlay(edits), below);

    g_assert_cmpstr(text_of(ask(resolver, "a.example", DNS_TXT), 0), ==, "\"v=DMARC1; p=none\"");
    g_assert_cmpuint(ask(resolver, "a.example", DNS_A)->records->len, ==, 2);
    g_assert_cmpint(ask(resolver, "b.example", DNS_A)->status, ==, DNS_NXDOMAIN);
    g_assert_cmpint(ask(resolver, "c.example", DNS_A)->status, ==, DNS_NOERROR);
    g_assert_cmpint(ask(resolver, "d.example", DNS_A)->status, ==, DNS_NODATA);
    g_assert_cmpint(ask(resolver, "a.example", DNS_MX)->status, ==, DNS_OFFLINE);
    g_assert_cmpint(ask(resolver, "e.example", DNS_A)->status, ==, DNS_OFFLINE);
    g_assert_cmpstr(ask(resolver, "a.example", DNS_A)->source, ==, "what if");
    g_autoptr(GHashTable) names = zone_names(edits);
    g_assert_cmpuint(g_hash_table_size(names), ==, 4);
}

/* What an answer says can be typed again. */
static void
test_zone_lines(void)
{
    g_autoptr(Edits) edits = EDITS("dns=a.example TXT \"x\\\"y\" \"; z\"", "dns=a.example MX 10 b.example.",
                                   "dns=b.example TXT timeout");
    g_autoptr(Resolver) below = resolver_offline();
    g_autoptr(Resolver) resolver = resolver_overlay(zone_overlay(edits), below);
    const struct { const char *name; DnsType type; } asked[] = {
        { "a.example", DNS_TXT }, { "a.example", DNS_MX }, { "b.example", DNS_TXT },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
        const DnsAnswer *answer = ask(resolver, asked[i].name, asked[i].type);
        g_auto(GStrv) lines = zone_edit_lines(answer);
        g_autofree char *text = g_strconcat("dns=", lines[0], NULL);
        g_autoptr(Edits) again = EDITS(text);
        g_autoptr(Resolver) second = resolver_overlay(zone_overlay(again), below);
        const DnsAnswer *same = ask(second, asked[i].name, asked[i].type);
        g_assert_cmpuint(g_strv_length(lines), ==, 1);
        g_assert_cmpint(same->status, ==, answer->status);
        g_assert_cmpuint(same->records->len, ==, answer->records->len);
        if (answer->records->len > 0)
            g_assert_true(g_bytes_equal(((DnsRecord *)same->records->pdata[0])->data,
                                        ((DnsRecord *)answer->records->pdata[0])->data));
    }
}

/* ---- records ---- */

static void
test_record(void)
{
    static const struct { const char *record, *edit, *want; } cases[] = {
        { "v=DMARC1; p=none; rua=mailto:a@example.jp", "p=reject",
          "v=DMARC1; p=reject; rua=mailto:a@example.jp" },
        { "v=DMARC1;p=none;sp=reject", "sp=", "v=DMARC1; p=none" },
        { "v=DMARC1; p=none", "aspf=s", "v=DMARC1; p=none; aspf=s" },
        { "v=DMARC1; rua=mailto:a@example.jp", "p=none",
          "v=DMARC1; p=none; rua=mailto:a@example.jp" },
        { "v=DMARC1; p=none; p=reject", "p=quarantine", "v=DMARC1; p=quarantine" },
        { "v=DMARC1; p=none", "pct=50", "v=DMARC1; p=none; pct=50" },
        { NULL, "p=reject", "v=DMARC1; p=reject" },
        { NULL, "aspf=s", NULL },
        { NULL, "p=", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Edits) edits = EDITS(cases[i].edit);
        g_autofree char *got = record_edit_tags(cases[i].record, edits);
        g_assert_true(record_tags_edited(edits));
        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_autoptr(Edits) other = EDITS("from=a@example.jp");
    g_assert_false(record_tags_edited(other));
}

/* ---- bytes ---- */

#define MAIL "A: 1\r\nB: 2\r\n folded\r\nC: 3\r\n\r\nbody\r\n"

static void
test_bytes(void)
{
    static const struct { const char *edits[3]; const char *want; } cases[] = {
        { { "body-byte=0" }, "A: 1\r\nB: 2\r\n folded\r\nC: 3\r\n\r\nxody\r\n" },
        { { "body-byte=1=4F" }, "A: 1\r\nB: 2\r\n folded\r\nC: 3\r\n\r\nbOdy\r\n" },
        { { "header-order=3>1" }, "C: 3\r\nA: 1\r\nB: 2\r\n folded\r\n\r\nbody\r\n" },
        { { "header-order=1>3" }, "B: 2\r\n folded\r\nC: 3\r\nA: 1\r\n\r\nbody\r\n" },
        { { "header-order=1>2", "header-order=2>1" }, MAIL },
        { { "header-order=3>1", "body-byte=3" }, "C: 3\r\nA: 1\r\nB: 2\r\n folded\r\n\r\nbodx\r\n" },
    };
    g_autoptr(GBytes) bytes = g_bytes_new_static(MAIL, strlen(MAIL));
    g_autoptr(Message) message = message_from_bytes(bytes, "mail", NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Edits) edits = edits_of(cases[i].edits);
        g_autoptr(GPtrArray) refused = g_ptr_array_new();
        g_autoptr(Message) edited = bytes_edit(message, edits, refused);
        gsize length = 0;
        const char *data = g_bytes_get_data(message_raw(edited), &length);
        g_autofree char *got = g_strndup(data, length);
        g_assert_cmpstr(got, ==, cases[i].want);
        g_assert_cmpuint(refused->len, ==, 0);
        g_assert_cmpstr(message_path(edited), ==, "mail");
    }
    g_assert_true(g_bytes_equal(message_raw(message), bytes));
}

static void
test_bytes_refused(void)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(MAIL, strlen(MAIL));
    g_autoptr(Message) message = message_from_bytes(bytes, "mail", NULL);
    g_autoptr(Edits) edits = EDITS("body-byte=6", "body-byte=5", "header-order=4>1",
                                   "header-order=1>4", "from=a@example.jp");
    g_autoptr(GPtrArray) refused = g_ptr_array_new();
    g_autoptr(Message) edited = bytes_edit(message, edits, refused);

    g_assert_cmpuint(refused->len, ==, 3);
    g_assert_true(refused->pdata[0] == edits_get(edits, 0));
    g_autoptr(Edits) none = EDITS("from=a@example.jp");
    g_assert_null(bytes_edit(message, none, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/edit/values", test_values);
    g_test_add_func("/edit/nearest", test_nearest);
    g_test_add_func("/edit/table", test_table);
    g_test_add_func("/edit/describe", test_describe);
    g_test_add_func("/edit/stack", test_stack);
    g_test_add_func("/edit/zone", test_zone);
    g_test_add_func("/edit/zone-lines", test_zone_lines);
    g_test_add_func("/edit/record", test_record);
    g_test_add_func("/edit/bytes", test_bytes);
    g_test_add_func("/edit/bytes-refused", test_bytes_refused);
    return g_test_run();
}
