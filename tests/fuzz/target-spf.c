/* target-spf.c: check_host() with the DNS of the input.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "auth/spf.h"
#include "fuzz.h"
#include "headers/ip.h"

/* An expansive record has ten terms that ask, each with ten names; twice where exp= and the count of the whole record go
 * on behind a limit (RFC 7208, 4.6.4). */
enum { QUESTIONS_MAX = 600 };

static char *
next_line(FuzzPart *rest)
{
    FuzzPart line = { "", 0 };

    fuzz_line(rest, &line);
    return fuzz_string(line);
}

static SpfResult *
ask(const SpfQuestion *question, FuzzPart zone, gboolean trouble)
{
    FuzzDns dns = { .trouble = trouble };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, zone);
    Step *root = step_add(NULL, "spf", NULL, NULL);
    SpfResult *result = spf_check(question, resolver, root);

    FUZZ_REQUIRE(dns.asked <= QUESTIONS_MAX);
    FUZZ_REQUIRE(result->lookups <= 11 && result->void_lookups <= 3);
    record_free(&step_type, root);
    g_clear_pointer(&resolver, resolver_free);
    fuzz_dns_clear(&dns);
    return result;
}

/* Lines: client, domain, local part, HELO; "%%"; DNS. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    FuzzPart head = fuzz_cut(&rest);
    g_autofree char *client = next_line(&head);
    g_autofree char *ip = ip_canonical(client);
    g_autofree char *domain = next_line(&head);
    g_autofree char *local = next_line(&head);
    g_autofree char *helo = next_line(&head);
    const SpfQuestion question = { .ip = ip, .domain = domain, .helo = *helo ? helo : NULL,
                                   .local_part = *local ? local : NULL, .now = 1795305600 };

    SpfResult *result = ask(&question, rest, FALSE);
    if (!ip || !*domain)
        FUZZ_REQUIRE(result->result != RESULT_PASS && result->result != RESULT_FAIL);
    SpfResult *trouble = ask(&question, rest, TRUE);
    FUZZ_REQUIRE(trouble->result == RESULT_TEMPERROR || trouble->result == RESULT_UNKNOWN ||
                 trouble->result == RESULT_NONE);
    record_free(&spf_result_type, result);
    record_free(&spf_result_type, trouble);
    return 0;
}
