/* target-dkim.c: every signature of a message, with keys of the input.
 * SPDX-License-Identifier: MIT */
#include "auth/dkim.h"
#include "fuzz.h"

static void
check(const Message *message, FuzzPart zone, gboolean trouble)
{
    const DkimTimes times = { 1795305600, RECORD_UNSET, 1795305600 };
    FuzzDns dns = { .trouble = trouble };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, zone);
    Report *report = report_new();
    g_autoptr(BodyHashes) bodies = body_hashes_new(message);
    GPtrArray *steps = dkim_check(message, resolver, &times, bodies, report);

    FUZZ_REQUIRE(steps->len == report->dkim->len && dns.asked <= report->dkim->len);
    for (guint i = 0; i < steps->len; i++) {
        const DkimResult *result = report->dkim->pdata[i];
        FUZZ_REQUIRE(!trouble || result->result != RESULT_PASS);
        if (result->result == RESULT_PASS)
            FUZZ_REQUIRE(result->domain && result->selector && result->key_bits > 0);
        record_free(&step_type, steps->pdata[i]);
    }
    g_ptr_array_unref(steps);
    report_free(report);
    g_clear_pointer(&resolver, resolver_free);
    fuzz_dns_clear(&dns);
}

/* A message, "%%", DNS. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_cut(&rest));
    g_autoptr(Message) message = message_from_bytes(bytes, "fuzz", NULL);

    if (!message)
        return 0;
    check(message, rest, FALSE);
    check(message, rest, TRUE);
    return 0;
}
