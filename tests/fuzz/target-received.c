/* target-received.c: Received fields as hops, and addresses as text.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "headers/ip.h"
#include "headers/received.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *value = fuzz_string(fuzz_whole(data, size));
    Hop *hop = received_parse(value);
    g_autofree char *ip = ip_canonical(value);

    FUZZ_REQUIRE(hop);
    if (hop->ip) {
        g_autofree char *again = ip_canonical(hop->ip);
        FUZZ_REQUIRE(g_strcmp0(again, hop->ip) == 0);
    }
    if (ip) {
        g_autofree char *again = ip_canonical(ip);
        FUZZ_REQUIRE(g_strcmp0(again, ip) == 0);
        ip_is_internal(ip);
    }
    record_free(&hop_type, hop);
    return 0;
}
