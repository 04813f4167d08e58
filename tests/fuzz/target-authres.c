/* target-authres.c: Authentication-Results in every dialect, and Received-SPF.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "headers/authres.h"
#include "headers/client-ip.h"

static void
check(ReportedHeader *header)
{
    g_autoptr(GBytes) saved = record_save(&reported_header_type, header);
    ReportedHeader *back = record_load(&reported_header_type, saved);

    FUZZ_REQUIRE(back && record_equal(&reported_header_type, header, back));
    record_free(&reported_header_type, back);
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        g_autofree char *dkim = authres_dkim_domain(result);
        g_autofree char *spf = authres_spf_domain(result);
        FUZZ_REQUIRE(result->method && result->result);
        authres_is_helo_only(result);
        authres_is_about(result, "example.com");
        if (dkim)
            fuzz_check_name(dkim);
        if (spf)
            fuzz_check_name(spf);
    }
    g_autofree char *ip = client_ip_stated(header);
    record_free(&reported_header_type, header);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *value = fuzz_string(fuzz_whole(data, size));

    check(authres_parse("Authentication-Results", value));
    check(authres_parse("ARC-Authentication-Results", value));
    check(authres_parse_received_spf(value));
    return 0;
}
