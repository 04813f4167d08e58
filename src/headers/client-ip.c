/* client-ip.c: which client a results field speaks of.
 * SPDX-License-Identifier: MIT */
#include "headers/client-ip.h"

#include "headers/authres-parts.h"
#include "headers/ip.h"

static char *
result_ip(const ReportedResult *result)
{
    static const char *const keys[] = { "smtp.client-ip", "client-ip", "smtp.remote-ip",
                                        "policy.iprev" };

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *value = pairs_get(result->properties, keys[i]);
        char *ip = value ? ip_canonical(value) : NULL;
        if (ip)
            return ip;
    }
    return g_str_equal(result->method, "spf") ? authres_comment_ip(result->comment) : NULL;
}

char *
client_ip_stated(const ReportedHeader *header)
{
    char *ip = NULL;

    for (guint i = 0; i < header->results->len && !ip; i++)
        ip = result_ip(header->results->pdata[i]);
    return ip;
}
