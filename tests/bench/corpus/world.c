/* world.c: who sends mail in a corpus, and what they publish in DNS.
 * SPDX-License-Identifier: MIT */
#include "world.h"

#include <string.h>

static const char *const plants[] = {
    "maple", "birch", "cedar", "daisy",  "elder", "fern",  "ginkgo", "hazel", "iris", "juniper",
    "kelp",  "lilac", "mint",  "nettle", "olive", "poppy", "quince", "rose",  "sage", "tulip",
};

char *
world_domain(WorldWho who)
{
    switch (who.role) {
    case WORLD_SERVICE:
        return g_strdup_printf("mailer%u.example", who.number);
    case WORLD_LIST:
        return g_strdup_printf("lists%u.example", who.number);
    default:
        break;
    }
    return g_strdup_printf("%s%u.example", plants[who.number % G_N_ELEMENTS(plants)],
                           who.number / (guint)G_N_ELEMENTS(plants));
}

const char *
world_selector(WorldWho who)
{
    static const char *const selectors[] = {"s2024", "k1", "arc"};

    return selectors[who.role];
}

EVP_PKEY *
world_key(Keys *keys, WorldWho who)
{
    static const guint first[] = {0, WORLD_AUTHORS, WORLD_AUTHORS + WORLD_SERVICES};

    return keys_get(keys, first[who.role] + who.number);
}

guint
world_service_of(guint author)
{
    return author % WORLD_SERVICES;
}

char *
world_address(WorldWho who, guint which)
{
    switch (who.role) {
    case WORLD_SERVICE:
        return which % 10 == 9 ? g_strdup_printf("2001:db8:%x::%x", who.number + 1, which % 200 + 1)
                               : g_strdup_printf("198.51.100.%u", who.number * 16 + 1 + which % 14);
    case WORLD_LIST:
        return g_strdup_printf("203.0.113.%u", who.number + 1);
    default:
        return g_strdup_printf("192.0.2.%u", who.number + 1);
    }
}

gboolean
world_has_spf(guint author)
{
    return author % 20 != 19;
}

const char *
world_policy(guint author)
{
    static const char *const policies[] = {"none",   "none",   "none",   "quarantine", "quarantine",
                                           "reject", "reject", "reject", NULL,         "none"};

    return policies[author % G_N_ELEMENTS(policies)];
}

/* A TXT record; strings of at most 200 bytes. */
static void
add_text(GString *zone, const char *name, const char *text)
{
    g_string_append_printf(zone, "%s. 300 IN TXT", name);
    for (const char *at = text; *at; at += MIN(strlen(at), 200))
        g_string_append_printf(zone, " \"%.200s\"", at);
    g_string_append_c(zone, '\n');
}

static void
add_key(GString *zone, Keys *keys, WorldWho who, guint number)
{
    g_autofree char *domain = world_domain(who);
    g_autofree char *name = g_strdup_printf("%s._domainkey.%s", world_selector(who), domain);
    g_autofree char *public = keys_public(keys, number);
    g_autofree char *record = g_strconcat("v=DKIM1; k=rsa; p=", public, NULL);

    add_text(zone, name, record);
}

static void
add_author(GString *zone, guint author)
{
    g_autofree char *domain = world_domain((WorldWho){WORLD_AUTHOR, author});
    g_autofree char *news = g_strconcat("news.", domain, NULL);
    g_autofree char *dmarc = g_strconcat("_dmarc.", domain, NULL);
    g_autofree char *own = world_address((WorldWho){WORLD_AUTHOR, author}, 0);
    const guint service = world_service_of(author);
    const char *policy = world_policy(author);

    if (world_has_spf(author)) {
        g_autofree char *spf = g_strdup_printf("v=spf1 ip4:%s include:_spf.mailer%u.example %call",
                                               own, service, author % 3 ? '-' : '~');
        add_text(zone, domain, spf);
    }
    g_autofree char *sub = g_strdup_printf("v=spf1 include:_spf.mailer%u.example -all", service);
    add_text(zone, news, sub);
    if (policy) {
        g_autofree char *record =
            g_strdup_printf("v=DMARC1; p=%s;%s rua=mailto:dmarc@%s", policy,
                            author % 10 == 9 ? " sp=reject; adkim=s;" : "", domain);
        add_text(zone, dmarc, record);
    }
}

static void
add_service(GString *zone, guint service)
{
    g_autofree char *hosts = g_strdup_printf("_spf.mailer%u.example", service);
    g_autofree char *from = g_strdup_printf("v=spf1 ip4:198.51.100.%u/28 ip6:2001:db8:%x::/48 ~all",
                                            service * 16, service + 1);
    g_autofree char *redirect = g_strdup_printf("v=spf1 redirect=%s", hosts);

    add_text(zone, hosts, from);
    for (guint i = 0; i < 2; i++) {
        g_autofree char *name = g_strdup_printf("%smailer%u.example", i ? "bounce." : "", service);
        add_text(zone, name, redirect);
    }
}

static void
add_list(GString *zone, guint list)
{
    g_autofree char *domain = world_domain((WorldWho){WORLD_LIST, list});
    g_autofree char *address = world_address((WorldWho){WORLD_LIST, list}, 0);
    g_autofree char *spf = g_strdup_printf("v=spf1 ip4:%s -all", address);
    g_autofree char *dmarc = g_strconcat("_dmarc.", domain, NULL);

    add_text(zone, domain, spf);
    add_text(zone, dmarc, "v=DMARC1; p=none");
}

char *
world_zone(Keys *keys)
{
    static const guint counts[] = {WORLD_AUTHORS, WORLD_SERVICES, WORLD_LISTS};
    GString *zone = g_string_new(NULL);
    guint number = 0;

    for (guint role = 0; role < G_N_ELEMENTS(counts); role++)
        for (guint i = 0; i < counts[role]; i++)
            add_key(zone, keys, (WorldWho){(WorldRole)role, i}, number++);
    for (guint i = 0; i < WORLD_AUTHORS; i++)
        add_author(zone, i);
    for (guint i = 0; i < WORLD_SERVICES; i++)
        add_service(zone, i);
    for (guint i = 0; i < WORLD_LISTS; i++)
        add_list(zone, i);
    return g_string_free(zone, FALSE);
}
