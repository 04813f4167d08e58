/* target-arc.c: the ARC chain of a message, with keys of the input.
 * SPDX-License-Identifier: MIT */
#include "auth/arc.h"
#include "fuzz.h"
#include "headers/authres.h"

static void
check(const Message *message, FuzzPart zone, gboolean trouble)
{
    FuzzDns dns = { .trouble = trouble };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, zone);
    Report *report = report_new();

    authres_collect(message, NULL, report);
    g_autoptr(BodyHashes) bodies = body_hashes_new(message);
    Step *step = arc_check(message, resolver, bodies, report);
    FUZZ_REQUIRE(!trouble || report->arc->result != RESULT_PASS);
    FUZZ_REQUIRE(report->arc->instances->len <= 50 && dns.asked <= 100);
    if (report->arc->result == RESULT_PASS)
        FUZZ_REQUIRE(report->arc->instances->len > 0);
    if (step)
        record_free(&step_type, step);
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
