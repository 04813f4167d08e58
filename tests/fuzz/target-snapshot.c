/* target-snapshot.c: snapshot files: what is answered from one, and the same written and read again.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dns/resolver.h"
#include "dns/snapshot-writer.h"
#include "fuzz.h"

static const char *const names[] = { "example.com", "_dmarc.example.com", "www.example.com", "example.jp",
                                     "form2026._domainkey.example.com", "mx.example.com", "com",
                                     "10.2.0.192.in-addr.arpa" };
static const DnsType types[] = { DNS_TXT, DNS_A, DNS_AAAA, DNS_MX, DNS_PTR };

static void
ask_all(Resolver *resolver)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(types); j++)
            FUZZ_REQUIRE(resolver_ask(resolver, names[i], types[j]));
}

static void
check_same(const DnsAnswer *one, const DnsAnswer *other)
{
    FUZZ_REQUIRE(one->status == other->status && one->records->len == other->records->len);
    for (guint i = 0; i < one->records->len; i++) {
        const DnsRecord *record = one->records->pdata[i];
        gboolean found = FALSE;
        for (guint j = 0; !found && j < other->records->len; j++)
            found = g_bytes_equal(record->data, ((const DnsRecord *)other->records->pdata[j])->data);
        FUZZ_REQUIRE(found);
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(Resolver) first = resolver_snapshot_bytes(bytes, "fuzz.dns", NULL);

    if (!first)
        return 0;
    ask_all(first);
    g_autofree char *text = snapshot_text(resolver_log(first), 1795305600);
    g_autoptr(GBytes) written = g_bytes_new(text, strlen(text));
    g_autoptr(Resolver) second = resolver_snapshot_bytes(written, "again.dns", NULL);
    FUZZ_REQUIRE(second);
    ask_all(second);
    const GPtrArray *one = resolver_log(first), *other = resolver_log(second);
    FUZZ_REQUIRE(one->len == other->len);
    for (guint i = 0; i < one->len; i++)
        check_same(one->pdata[i], other->pdata[i]);
    return 0;
}
