/* target-dmarc.c: the tree walk, and the policy that governs a domain by both RFCs.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-policy.h"
#include "auth/treewalk.h"
#include "base/name.h"
#include "fuzz.h"

enum { QUESTIONS_MAX = 40 };

static void
find(const char *domain, gboolean legacy, FuzzPart zone, gboolean trouble)
{
    FuzzDns dns = { .trouble = trouble };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, zone);
    static Psl *psl;
    psl = psl ? psl : psl_open(NULL, NULL);
    g_autoptr(GPtrArray) queries = g_ptr_array_new_with_free_func(g_free);
    const DmarcLog log = { resolver, queries, NULL };
    Step *step = step_add(NULL, "policy", NULL, NULL);
    DmarcPolicy *policy = dmarc_policy_find(domain, legacy, psl, TRI_UNKNOWN, &log, step);

    FUZZ_REQUIRE(dns.asked <= QUESTIONS_MAX);
    FUZZ_REQUIRE(!trouble || policy->state == DISCOVERY_TROUBLE);
    FUZZ_REQUIRE(policy->state != DISCOVERY_FOUND || policy->record_domain);
    if (policy->org)
        FUZZ_REQUIRE(name_is_within(domain, policy->org));
    dmarc_policy_free(policy);
    if (!legacy && !trouble) {
        g_autoptr(Walk) walk = treewalk(domain, &log, step);
        const char *org = treewalk_org_domain(walk);
        FUZZ_REQUIRE(!org || name_is_within(domain, org));
        FUZZ_REQUIRE(walk->hits->len <= 8);
    }
    record_free(&step_type, step);
    g_clear_pointer(&resolver, resolver_free);
    fuzz_dns_clear(&dns);
}

/* A domain, "%%", DNS. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    FuzzPart head = fuzz_cut(&rest), line = { "", 0 };

    fuzz_line(&head, &line);
    g_autofree char *text = fuzz_string(line);
    g_autofree char *domain = name_normalise(text);
    if (!domain)
        return 0;
    find(domain, FALSE, rest, FALSE);
    find(domain, TRUE, rest, FALSE);
    find(domain, FALSE, rest, TRUE);
    return 0;
}
