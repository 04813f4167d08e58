/* target-wire.c: questions to DNS and answers between processes.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dns/wire.h"
#include "fuzz.h"

static void
check_question(GBytes *bytes)
{
    DnsQuestion question = { 0 }, again = { 0 };

    wire_message(bytes);
    if (!wire_read_question(bytes, &question))
        return;
    g_autoptr(GBytes) written = wire_question(question.message, question.name, question.type);
    FUZZ_REQUIRE(strlen(question.name) <= WIRE_NAME_MAX && wire_read_question(written, &again));
    FUZZ_REQUIRE(again.message == question.message && again.type == question.type);
    FUZZ_REQUIRE(g_str_equal(again.name, question.name));
    g_free(question.name);
    g_free(again.name);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const DnsType types[] = { DNS_TXT, DNS_A, DNS_AAAA, DNS_MX, DNS_PTR, DNS_CNAME };
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));

    check_question(bytes);
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        DnsAnswer *answer = wire_read_answer(bytes, "example.com", types[i]);
        if (!answer)
            continue;
        FUZZ_REQUIRE(g_strcmp0(answer->name, "example.com") == 0);
        FUZZ_REQUIRE(answer->status == DNS_NOERROR || !answer->records->len);
        record_free(&dns_answer_type, answer);
    }
    return 0;
}
