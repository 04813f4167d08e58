/* test-snapshot.c: answers from zone files, by INTERFACE.md's "Snapshot file".
 * SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "dns/resolver.h"

/* A folder for one test, with helpers that write into it. */
typedef struct {
    char      *folder;
    GPtrArray *paths;       /* what was written, NULL-terminated for resolver_snapshot() */
} Files;

static const char *
add_bytes(Files *files, const char *name, const char *bytes, gssize length)
{
    char *path = g_build_filename(files->folder, name, NULL);

    g_assert_true(g_file_set_contents(path, bytes, length, NULL));
    g_ptr_array_insert(files->paths, (int)files->paths->len - 1, path);
    return path;
}

static const char *
add_file(Files *files, const char *name, const char *text)
{
    return add_bytes(files, name, text, -1);
}

static void
files_open(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    files->folder = g_dir_make_tmp("fromscope-XXXXXX", NULL);
    g_assert_nonnull(files->folder);
    files->paths = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(files->paths, NULL);
}

static void
files_close(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    for (guint i = 0; i + 1 < files->paths->len; i++)
        g_unlink(files->paths->pdata[i]);
    g_rmdir(files->folder);
    g_ptr_array_unref(files->paths);
    g_free(files->folder);
}

static Resolver *
open_files(Files *files, gboolean beside)
{
    GError *error = NULL;
    Resolver *resolver = resolver_snapshot((const char *const *)files->paths->pdata, beside,
                                           &error);

    g_assert_no_error(error);
    return resolver;
}

static Resolver *
open_text(Files *files, const char *text)
{
    add_file(files, "test.dns", text);
    return open_files(files, FALSE);
}

/* One word for an answer: its status, or "N: first record". */
static void
assert_answer(Resolver *resolver, const char *name, DnsType type, const char *want)
{
    const DnsAnswer *answer = resolver_ask(resolver, name, type);
    g_autofree char *got = NULL;

    if (answer->status == DNS_NOERROR) {
        const DnsRecord *first = answer->records->pdata[0];

        got = answer->records->len == 1
                  ? g_strdup(first->text)
                  : g_strdup_printf("%u: %s", answer->records->len, first->text);
    } else {
        g_assert_cmpuint(answer->records->len, ==, 0);
        got = g_strdup(dns_status_words[answer->status]);
    }
    if (!g_str_equal(got, want))
        g_test_message("%s %s", name, dns_type_word(type));
    g_assert_cmpstr(got, ==, want);
}

/* ---- reading ---- */

/* The example of INTERFACE.md, to the letter. */
static void
test_interface_example(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        ";! snapshot 1\n;! taken 2026-11-22T04:00:00Z\n$ORIGIN example.com.\n"
        "@            300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
        "_dmarc       300 IN TXT \"v=DMARC1; p=reject\"\n"
        ";! nxdomain ghost.example.com.\n;! nodata   example.com. AAAA\n"
        ";! servfail broken.example.com.\n;! timeout  slow.example.com. TXT\n"
        ";! bogus    forged.example.com.\n;! complete example.com.\n"
        ";! secure   example.com.\n;! insecure plain.example.com.\n"
        ";! nxdomain _dmarc.com.\n");

    assert_answer(r, "example.com", DNS_TXT, "\"v=spf1 ip4:192.0.2.0/24 -all\"");
    assert_answer(r, "_dmarc.example.com", DNS_TXT, "\"v=DMARC1; p=reject\"");
    assert_answer(r, "example.com", DNS_AAAA, "nodata");
    assert_answer(r, "example.com", DNS_MX, "nodata");
    assert_answer(r, "ghost.example.com", DNS_A, "nxdomain");
    assert_answer(r, "broken.example.com", DNS_A, "servfail");
    assert_answer(r, "slow.example.com", DNS_TXT, "timeout");
    assert_answer(r, "slow.example.com", DNS_A, "nxdomain");    /* no nodata, no record */
    assert_answer(r, "forged.example.com", DNS_MX, "bogus");
    assert_answer(r, "other.example.com", DNS_TXT, "nxdomain");
    assert_answer(r, "_dmarc.com", DNS_TXT, "nxdomain");
    assert_answer(r, "com", DNS_TXT, "not-in-snapshot");
    assert_answer(r, "example.net", DNS_TXT, "not-in-snapshot");
    g_assert_cmpstr(resolver_source(r), ==, "snapshot");
    const DnsAnswer *answer = resolver_ask(r, "example.com", DNS_TXT);
    g_assert_cmpint(answer->ttl, ==, 300);
    g_assert_cmpstr(answer->source, ==, "test.dns");
    g_assert_false(answer->beside);
}

/* RFC 1035, 5.1: blanks for the name before, @, TTL and class in either order, parentheses. */
static void
test_zone_syntax(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        "\xEF\xBB\xBF; a comment\r\n$TTL 2h\r\n$ORIGIN example.com.\r\n"
        "WWW IN 60 A 192.0.2.1\r\n\tA 192.0.2.2\r\n   \r\n"
        "@ MX 10 mx1\r\n@ 30 IN MX 20 MX.Example.NET. ; behind\r\n"
        "eq TXT ( ; k=v comes\r\n \"k=v\" )\r\n"
        "txt TXT ( \"one\" ; comment with \" and (\r\n"
        ";! nxdomain inside.a.parenthesis.is.a.comment.\r\n \"two\" )\r\n"
        "$ORIGIN sub\r\nv6 AAAA 2001:db8::1\n"
        "odd TYPE65280 \\# 2 ABCD\nns NS @");

    assert_answer(r, "www.example.com", DNS_A, "2: 192.0.2.1");
    g_assert_cmpint(resolver_ask(r, "www.example.com", DNS_A)->ttl, ==, 60);
    assert_answer(r, "example.com", DNS_MX, "2: 10 mx1.example.com.");
    g_assert_cmpint(resolver_ask(r, "example.com", DNS_MX)->ttl, ==, 30);
    assert_answer(r, "txt.example.com", DNS_TXT, "\"one\" \"two\"");
    assert_answer(r, "eq.example.com", DNS_TXT, "\"k=v\"");
    g_assert_cmpint(resolver_ask(r, "txt.example.com", DNS_TXT)->ttl, ==, 7200);
    assert_answer(r, "v6.sub.example.com", DNS_AAAA, "2001:db8::1");
    assert_answer(r, "ns.sub.example.com", DNS_NS, "sub.example.com.");
    assert_answer(r, "odd.sub.example.com", (DnsType)65280, "\\# 2 abcd");
}

static void
assert_data(Resolver *resolver, const char *name, DnsType type, const char *want, gsize length)
{
    const DnsAnswer *answer = resolver_ask(resolver, name, type);

    g_assert_cmpuint(answer->records->len, ==, 1);
    const DnsRecord *record = answer->records->pdata[0];
    g_autoptr(GBytes) wanted = g_bytes_new_static(want, length);
    if (!g_bytes_equal(record->data, wanted))
        g_error("%s %s: %s", name, dns_type_word(type), record->text);
}

static void
test_data(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        "a. A 192.0.2.1\n AAAA 2001:db8::2\n"
        "t. TXT \"v=DKIM1; \" \"p=\\\"\\\\x\" plain \"\" \"\\195\\164\xC3\xA4\\000;(\"\n"
        "m. MX 5 MX.Example.COM.\nn. MX 0 .\np. PTR Host.example.\nq. PTR a\\.b.example.\n"
        "e. TXT plain\\;text\n");

    assert_data(r, "a", DNS_A, "\300\0\2\1", 4);
    assert_data(r, "t", DNS_TXT, "v=DKIM1; p=\"\\xplain\xC3\xA4\xC3\xA4\0;(", 26);
    assert_data(r, "m", DNS_MX, "mx.example.com", 14);
    g_assert_cmpint(((DnsRecord *)resolver_ask(r, "m", DNS_MX)->records->pdata[0])->preference,
                    ==, 5);
    assert_data(r, "n", DNS_MX, "\0", 1);                       /* RFC 7505 */
    assert_data(r, "p", DNS_PTR, "host.example", 12);
    assert_data(r, "q", DNS_PTR, "\3a.b\7example\0", 13);       /* no plain text says this */
    assert_data(r, "e", DNS_TXT, "plain;text", 10);
    assert_answer(r, "t", DNS_TXT,
        "\"v=DKIM1; \" \"p=\\\"\\\\x\" \"plain\" \"\" \"\\195\\164\\195\\164\\000;(\"");
}

static void
test_long_text(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *string = g_strnfill(255, 'k');
    GString *text = g_string_new("big. TXT ");

    for (int i = 0; i < 240; i++)       /* 60 KB, near what DNS can carry */
        g_string_append_printf(text, "\"%s\" ", string);
    g_autoptr(Resolver) r = open_text(files, text->str);
    const DnsAnswer *answer = resolver_ask(r, "big", DNS_TXT);
    g_assert_cmpint(answer->status, ==, DNS_NOERROR);
    g_assert_cmpuint(g_bytes_get_size(((DnsRecord *)answer->records->pdata[0])->data), ==,
                     240 * 255);
    g_string_free(text, TRUE);
}

/* Capitals, \DDD and \. in names; a dot inside a label is not a boundary. */
static void
test_names(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        "Mail\\046x.EXAMPLE.com. TXT dot\n\\077ww.example.com. TXT upper\n"
        ";! nodata NoData.Example.com. TXT\n;! complete ex\\.ample.com.\n"
        "back\\\\slash.example.com. TXT slash\n");

    assert_answer(r, "mail.x.example.com", DNS_TXT, "not-in-snapshot");
    assert_answer(r, "mww.example.com", DNS_TXT, "\"upper\"");
    assert_answer(r, "nodata.example.com", DNS_TXT, "nodata");
    assert_answer(r, "foo.ample.com", DNS_TXT, "not-in-snapshot");
    assert_answer(r, "back\\slash.example.com", DNS_TXT, "\"slash\"");
}

static void
test_faults(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    static const struct { const char *text, *want; } cases[] = {
        { "a. A 192.0.2.1\n;! complet example.com.\n", "2: complet: unknown directive" },
        { "\n;! huh\n", "2: huh: unknown directive" },
        { ";! nodata example.com. A ; why\n", "1: ; why: nothing may stand behind a directive" },
        { ";! complete example.com. A\n", "1: A: nothing may stand behind the name" },
        { ";! secure example.com\n", "1: example.com: names of directives are absolute" },
        { ";! nodata\n", "1: nodata: a name is missing" },
        { ";! nodata a. HUH\n", "1: HUH: not a record type" },
        { ";! snapshot 2\n", "1: snapshot 2: only version 1" },
        { ";! snapshot 1 beta\n", "1: beta: nothing may stand behind" },
        { ";! taken yesterday\n", "1: taken: not a time" },
        { ";!\n", "1: an empty directive" },
        { "$TTL 5\n\n$INCLUDE other.zone\n", "3: $INCLUDE: a snapshot stands alone" },
        { "$GENERATE 1-2 a A 192.0.2.$\n", "1: $GENERATE: one value is expected" },
        { "$TTL soon\n", "1: soon: not a TTL" },
        { "a. TXT v=DMARC1; p=reject\n", "1: an unquoted ; cuts this text off" },
        { "a. TXT ( v=DMARC1\n ; p=reject\n)\n", "1: an unquoted ; cuts this text off" },
        { "a. TXT ( v=DMARC1 ) ; p=reject\n", "1: an unquoted ; cuts this text off" },
        { "a. A 192.0.2.256\n", "1: A data: " },
        { "a. A 192.0.2.1 192.0.2.2\n", "1: A data: " },
        { "a. HUH 1\n", "1: HUH: not a record type" },
        { "a. CH TXT x\n", "1: CH: not a record type" },
        { "a. TXT\n", "1: the record has no data" },
        { "a.\n", "1: a record type is missing" },
        { " TXT x\n", "1: the first record needs a name" },
        { "a..b. TXT x\n", "1: a..b.: not a domain name" },
        { "\na. TXT \"open\nb. TXT x\n", "2: a quotation mark that is not closed" },
        { "a. TXT ( \"x\"\n\n\n", "1: a parenthesis that is not closed" },
        { "a. TXT \"x\" )\n", "1: a parenthesis that was not opened" },
        { "a. A 192.0.2.1\n;! nodata a. A\n", "2: contradicts records" },
        { ";! nodata a. A\na. A 192.0.2.1\n", "2: contradicts nodata" },
        { ";! nodata a.\n;! nxdomain a.\n", "2: contradicts nodata" },
        { ";! secure a.\n;! insecure a.\n", "2: contradicts secure" },
        { "a. CNAME b.\na. CNAME c.\n", "2: contradicts another CNAME" },
        { "a. TXT \"\x1B[2J\" x\n\x1B[2J\xFF HUH x\n", "2: HUH: not a record type" },
        { "a. TXT x\nb. \x1B[2J x\n", "2: \\x1B[2J: not a record type" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *path = add_file(files, "bad.dns", cases[i].text);
        g_autofree char *want = g_strdup_printf("%s:%s", path, cases[i].want);
        const char *const paths[] = { path, NULL };
        g_autoptr(GError) error = NULL;
        g_autoptr(Resolver) r = resolver_snapshot(paths, FALSE, &error);

        g_assert_null(r);
        g_assert_nonnull(error);
        if (!g_str_has_prefix(error->message, want))
            g_assert_cmpstr(error->message, ==, want);
    }
}

static void
assert_refused(const char *path, const char *want)
{
    const char *const paths[] = { path, NULL };
    g_autoptr(GError) error = NULL;

    g_assert_null(resolver_snapshot(paths, FALSE, &error));
    g_assert_nonnull(error);
    g_assert_true(g_str_has_prefix(error->message, path));
    if (!strstr(error->message, want))
        g_error("%s: not as wanted: %s", error->message, want);
}

static void
test_unreadable(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *missing = g_build_filename(files->folder, "missing.dns", NULL);
    g_autofree char *long_string = g_strnfill(256, 'k');
    g_autofree char *too_long = g_strdup_printf("\n\na. TXT \"%s\"\n", long_string);

    assert_refused(missing, ": No such file or directory");
    assert_refused(files->folder, ": Is a directory");
    assert_refused(add_bytes(files, "nul.dns", "a. TXT x\nb.\0 TXT y\n", 19), ":2: a NUL byte");
    assert_refused(add_file(files, "long.dns", too_long), ":3: a string of more than 255 octets");
    FILE *file = g_fopen(add_file(files, "huge.dns", ""), "wb");
    g_assert_cmpint(fseek(file, 64 << 20, SEEK_SET), ==, 0);
    g_assert_cmpint(fputc('\n', file), ==, '\n');
    fclose(file);
    assert_refused(files->paths->pdata[2], ": larger than 64 MiB");
    GString *many = g_string_new(NULL);
    for (int i = 0; i <= 1000000; i++)
        g_string_append(many, ";! nodata a.\n");
    assert_refused(add_file(files, "many.dns", many->str), ":1000001: more than 1000000 entries");
    g_string_free(many, TRUE);
}

/* ---- answering ---- */

/* What is said of name and type, then of the name, then `complete`. */
static void
test_precedence(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        "x.example.com. TXT here\n;! timeout x.example.com.\n;! nodata x.example.com. MX\n"
        ";! complete example.com.\n"
        "y.example.net. TXT here\n"
        "_dmarc.ghost.example.com. TXT there\n;! nxdomain ghost.example.com.\n"
        ";! nodata only.example.com. TXT\n");

    assert_answer(r, "x.example.com", DNS_TXT, "\"here\"");
    assert_answer(r, "x.example.com", DNS_MX, "nodata");
    assert_answer(r, "x.example.com", DNS_A, "timeout");
    assert_answer(r, "y.example.net", DNS_A, "not-in-snapshot");
    assert_answer(r, "ghost.example.com", DNS_TXT, "nxdomain");
    assert_answer(r, "only.example.com", DNS_A, "nodata");
}

/* A name with something below it exists, even where nothing stands at it (RFC 8020). */
static void
test_complete(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        "a.b.c.example.com. TXT deep\n;! complete example.com.\n"
        "com-x.example.net. TXT near\n;! nodata deep.nothing.example.com. A\n");

    assert_answer(r, "c.example.com", DNS_TXT, "nodata");
    assert_answer(r, "b.c.example.com", DNS_A, "nodata");
    assert_answer(r, "example.com", DNS_A, "nodata");
    assert_answer(r, "ab.c.example.com", DNS_A, "nxdomain");
    assert_answer(r, ".b.c.example.com" + 1, DNS_MX, "nodata");
    assert_answer(r, "z.a.b.c.example.com", DNS_A, "nxdomain");
    assert_answer(r, "nothing.example.com", DNS_A, "nxdomain");     /* only listed names lift */
    assert_answer(r, "com", DNS_A, "not-in-snapshot");
    assert_answer(r, "xexample.com", DNS_A, "not-in-snapshot");
}

static void
test_complete_root(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files, ";! complete .\nexample.com. TXT x\n");

    assert_answer(r, "com", DNS_TXT, "nodata");
    assert_answer(r, "net", DNS_TXT, "nxdomain");
    assert_answer(r, "_dmarc.example.com", DNS_TXT, "nxdomain");
}

/* RFC 4592, 2.2.1: its zone and its seven examples. */
static void
test_wildcards_rfc4592(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        "$ORIGIN example.\n$TTL 3600\n@ SOA ns.example.com. admin 1 2 3 4 5\n"
        "@ NS ns.example.com.\n@ NS ns.example.net.\n"
        "* TXT \"this is a wildcard\"\n* MX 10 host1.example.\n"
        "sub.* TXT \"this is not a wildcard\"\nhost1 A 192.0.2.1\n"
        "_ssh._tcp.host1 SRV 0 0 22 host1\n_ssh._tcp.host2 SRV 0 0 22 host2\n"
        "subdel NS ns.example.com.\n;! complete example.\n");

    assert_answer(r, "host3.example", DNS_MX, "10 host1.example.");
    assert_answer(r, "host3.example", DNS_A, "nodata");
    assert_answer(r, "foo.bar.example", DNS_TXT, "\"this is a wildcard\"");
    assert_answer(r, "host1.example", DNS_MX, "nodata");            /* it exists */
    assert_answer(r, "sub.*.example", DNS_MX, "nodata");            /* it exists */
    assert_answer(r, "_telnet._tcp.host1.example", (DnsType)33, "nxdomain");
    assert_answer(r, "ghost.*.example", DNS_MX, "nxdomain");        /* encloser *.example */
    assert_answer(r, "host2.example", DNS_TXT, "nodata");           /* empty non-terminal */
}

static void
test_wildcard_and_directives(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(Resolver) r = open_text(files,
        "*.example.com. TXT all\n;! nxdomain no.example.com.\n;! nodata some.example.com. MX\n"
        "*.w.example.net. CNAME target.example.net.\ntarget.example.net. TXT found\n");

    assert_answer(r, "any.example.com", DNS_TXT, "\"all\"");
    assert_answer(r, "a.b.example.com", DNS_TXT, "\"all\"");
    assert_answer(r, "any.example.com", DNS_A, "not-in-snapshot");
    assert_answer(r, "no.example.com", DNS_TXT, "nxdomain");
    assert_answer(r, "some.example.com", DNS_TXT, "not-in-snapshot");   /* it exists */
    assert_answer(r, "k.w.example.net", DNS_TXT, "\"found\"");
}

static void
test_cname(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    GString *text = g_string_new(
        "$ORIGIN example.com.\na 100 CNAME B\nb 50 CNAME c\nc 200 TXT end\n"
        "out CNAME elsewhere.example.net.\nl1 CNAME l2\nl2 CNAME l1\nself CNAME self\n"
        "gone CNAME none\n;! nxdomain none.example.com.\n"
        "mixed CNAME c\n;! servfail mixed.example.com.\n;! nodata mixed.example.com. MX\n");

    for (int i = 0; i < 30; i++)
        g_string_append_printf(text, "h%d CNAME h%d\n", i, i + 1);
    g_string_append(text, "h30 TXT far\n");
    g_autoptr(Resolver) r = open_text(files, text->str);
    assert_answer(r, "a.example.com", DNS_TXT, "\"end\"");
    g_assert_cmpint(resolver_ask(r, "a.example.com", DNS_TXT)->ttl, ==, 50);
    assert_answer(r, "a.example.com", DNS_CNAME, "B.example.com.");
    assert_data(r, "a.example.com", DNS_CNAME, "b.example.com", 13);
    assert_answer(r, "out.example.com", DNS_TXT, "not-in-snapshot");
    assert_answer(r, "l1.example.com", DNS_TXT, "servfail");
    assert_answer(r, "self.example.com", DNS_A, "servfail");
    assert_answer(r, "gone.example.com", DNS_A, "nxdomain");
    assert_answer(r, "mixed.example.com", DNS_TXT, "\"end\"");
    assert_answer(r, "mixed.example.com", DNS_MX, "nodata");
    assert_answer(r, "h14.example.com", DNS_TXT, "\"far\"");
    assert_answer(r, "h0.example.com", DNS_TXT, "servfail");
    g_string_free(text, TRUE);
}

static void
assert_dnssec(Resolver *resolver, const char *name, const char *want)
{
    g_assert_cmpstr(resolver_ask(resolver, name, DNS_TXT)->dnssec, ==, want);
}

static void
test_dnssec(Files *files, gconstpointer data)
{
    const gboolean beside = GPOINTER_TO_INT(data);
    const char *secure = beside ? "unknown" : "secure";

    add_file(files, "test.dns",
        ";! secure example.com.\n;! insecure plain.example.com.\n;! secure x.plain.example.com.\n"
        ";! complete example.com.\n;! bogus forged.example.com.\nexample.net. TXT x\n"
        "example.com. TXT x\nalias.example.com. CNAME example.net.\n"
        "mixed.example.com. CNAME plain.example.com.\nplain.example.com. TXT x\n");
    g_autoptr(Resolver) r = open_files(files, beside);
    assert_dnssec(r, "example.com", secure);
    assert_dnssec(r, "a.b.example.com", secure);
    assert_dnssec(r, "a.plain.example.com", "insecure");
    assert_dnssec(r, "x.plain.example.com", secure);
    assert_dnssec(r, "example.net", "unknown");
    assert_dnssec(r, "forged.example.com", "bogus");
    assert_dnssec(r, "alias.example.com", "unknown");       /* as its weakest part */
    assert_dnssec(r, "mixed.example.com", "insecure");
    assert_dnssec(r, "example.org", "unknown");
    g_assert_cmpint(resolver_ask(r, "example.com", DNS_TXT)->beside, ==, beside);
    g_assert_cmpint(resolver_ask(r, "example.org", DNS_TXT)->beside, ==, beside);
    g_assert_cmpstr(resolver_source(r), ==, beside ? "snapshot-beside" : "snapshot");
}

static void
test_several_files(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    add_file(files, "one.dns", "$ORIGIN example.com.\n@ TXT one\n@ TXT both\n");
    add_file(files, "two.dns", "example.com. 60 TXT both\ntwo.example. TXT two\n"
                               ";! nxdomain no.example.\n;! complete example.net.\n");
    g_autoptr(Resolver) r = open_files(files, FALSE);
    assert_answer(r, "example.com", DNS_TXT, "2: \"one\"");
    assert_answer(r, "two.example", DNS_TXT, "\"two\"");
    g_assert_cmpstr(resolver_ask(r, "example.com", DNS_TXT)->source, ==, "one.dns");
    g_assert_cmpstr(resolver_ask(r, "two.example", DNS_TXT)->source, ==, "two.dns");
    g_assert_cmpstr(resolver_ask(r, "no.example", DNS_TXT)->source, ==, "two.dns");
    g_assert_cmpstr(resolver_ask(r, "a.example.net", DNS_TXT)->source, ==, "two.dns");
    g_assert_cmpstr(resolver_ask(r, "com", DNS_TXT)->source, ==, "one.dns, two.dns");
}

static void
test_beside(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    const char *both = add_file(files, "mail.eml.dns", "");
    const char *stem = add_file(files, "mail.dns", "");
    const char *other = add_file(files, "other.dns", "");
    g_autofree char *mail = g_build_filename(files->folder, "mail.eml", NULL);
    g_autofree char *text = g_build_filename(files->folder, "mail.txt", NULL);
    g_autofree char *bare = g_build_filename(files->folder, "other", NULL);
    g_autofree char *none = g_build_filename(files->folder, "none.eml", NULL);
    g_autofree char *for_mail = snapshot_path_beside(mail);
    g_autofree char *for_text = snapshot_path_beside(text);
    g_autofree char *for_bare = snapshot_path_beside(bare);

    g_assert_cmpstr(for_mail, ==, both);
    g_assert_cmpstr(for_text, ==, stem);
    g_assert_cmpstr(for_bare, ==, other);
    g_assert_null(snapshot_path_beside(none));
    g_assert_null(snapshot_path_beside(other));
}

/* 100,000 records, many at one name, deep names: far below quadratic time. */
static void
test_large(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    GString *text = g_string_new(";! complete .\n");

    for (int i = 0; i < 40000; i++)
        g_string_append_printf(text, "h%d.example.com. A 192.0.2.1\n", i);
    for (int i = 0; i < 40000; i++)
        g_string_append_printf(text, "same.example.com. TXT t%d\n", i);
    for (int i = 0; i < 20000; i++)
        g_string_append_printf(text, "n%d.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p. TXT x\n", i);
    const gint64 start = g_get_monotonic_time();
    g_autoptr(Resolver) r = open_text(files, text->str);
    assert_answer(r, "same.example.com", DNS_TXT, "40000: \"t0\"");
    assert_answer(r, "h39999.example.com", DNS_A, "192.0.2.1");
    assert_answer(r, "p", DNS_A, "nodata");
    g_test_message("%.0f ms", (double)(g_get_monotonic_time() - start) / 1000);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 60 * G_USEC_PER_SEC);
    g_string_free(text, TRUE);
}

enum { TWIN_NAMES = 140 };

static gpointer
ask_much(gpointer data)
{
    Resolver *r = data;

    for (int i = 0; i < TWIN_NAMES; i++) {
        g_autofree char *name = g_strdup_printf("h%d.example.com", i);
        g_autofree char *text = g_strdup_printf("\"%d\"", i);
        g_autofree char *above = g_strdup_printf("x.h%d.example.com", i);
        g_autofree char *address = g_strdup_printf("192.0.2.%d", i % 256);
        assert_answer(r, name, DNS_TXT, text);
        assert_answer(r, name, DNS_A, address);
        assert_answer(r, name, DNS_MX, "nodata");
        assert_answer(r, above, DNS_TXT, "nodata");
        assert_answer(r, "no.example.com", DNS_TXT, "nxdomain");
    }
    return NULL;
}

static DnsAnswer *
no_lookup(gpointer self G_GNUC_UNUSED, const char *name G_GNUC_UNUSED, DnsType type G_GNUC_UNUSED)
{
    return record_new(&dns_answer_type);
}

/* Several threads ask one snapshot, each through a resolver of its own; whoever made it may leave first. */
static void
test_twins(Files *files, gconstpointer data G_GNUC_UNUSED)
{
    static const ResolverClass lonely = { .name = "lonely", .lookup = no_lookup };
    g_autoptr(GString) text = g_string_new(";! complete .\n");
    GThread *threads[4];
    Resolver *twins[G_N_ELEMENTS(threads)];

    for (int i = 0; i < TWIN_NAMES; i++)
        g_string_append_printf(text, "h%d.example.com. TXT \"%d\"\nh%d.example.com. A 192.0.2.%d\n"
                               "a.x.h%d.example.com. TXT \"x\"\n", i, i, i, i % 256, i);
    Resolver *first = open_text(files, text->str);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        twins[i] = resolver_twin(i == 0 ? first : twins[i - 1]);
    resolver_free(first);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("asks", ask_much, twins[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_assert_cmpuint(resolver_log(twins[i])->len, ==, 4 * TWIN_NAMES + 1);
        resolver_free(twins[i]);
    }
    g_autoptr(Resolver) alone = resolver_new(&lonely, NULL), nothing = resolver_offline();
    g_autoptr(Resolver) other = resolver_twin(nothing);
    g_assert_null(resolver_twin(alone));
    assert_answer(other, "example.com", DNS_TXT, "offline");
}

static void
add(const char *path, void (*test)(Files *, gconstpointer), gpointer data)
{
    g_test_add(path, Files, data, files_open, test, files_close);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("/snapshot/interface-example", test_interface_example, NULL);
    add("/snapshot/zone-syntax", test_zone_syntax, NULL);
    add("/snapshot/data", test_data, NULL);
    add("/snapshot/long-text", test_long_text, NULL);
    add("/snapshot/names", test_names, NULL);
    add("/snapshot/faults", test_faults, NULL);
    add("/snapshot/unreadable", test_unreadable, NULL);
    add("/snapshot/precedence", test_precedence, NULL);
    add("/snapshot/complete", test_complete, NULL);
    add("/snapshot/complete-root", test_complete_root, NULL);
    add("/snapshot/wildcards-rfc4592", test_wildcards_rfc4592, NULL);
    add("/snapshot/wildcard-and-directives", test_wildcard_and_directives, NULL);
    add("/snapshot/cname", test_cname, NULL);
    add("/snapshot/dnssec", test_dnssec, GINT_TO_POINTER(FALSE));
    add("/snapshot/dnssec-beside", test_dnssec, GINT_TO_POINTER(TRUE));
    add("/snapshot/several-files", test_several_files, NULL);
    add("/snapshot/beside", test_beside, NULL);
    add("/snapshot/large", test_large, NULL);
    add("/snapshot/twins", test_twins, NULL);
    return g_test_run();
}
