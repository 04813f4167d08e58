/* authres-hosts.c: whether two names of hosts that stamp results belong together.
 * SPDX-License-Identifier: MIT */
#include "headers/authres-parts.h"

#include "base/name.h"
#include "headers/host.h"

/* Providers that stamp in one name and receive in another. */
static const struct { const char *name, *stands_for; } aliases[] = {
    { "amazonaws.com", "amazonses.com" }, { "apple.com", "icloud.com" },
    { "me.com", "icloud.com" },           { "mac.com", "icloud.com" },
    { "office365.com", "outlook.com" },   { "microsoft.com", "outlook.com" },
    { "exchangelabs.com", "outlook.com" }, { "hotmail.com", "outlook.com" },
    { "gmail.com", "google.com" },        { "googlemail.com", "google.com" },
    { "pphosted.com", "ppops.net" },      { "pps.filterd", "ppops.net" },
    { "pps.reinject", "ppops.net" },      { "yahoodns.net", "yahoo.com" },
    { "aol.com", "yahoo.com" },           { "yandex.net", "yandex.ru" },
    { "fastmail.com", "messagingengine.com" }, { "protonmail.ch", "proton.me" },
    { "gmx.com", "gmx.net" },
};

char *
authres_organization(const char *host)
{
    char *suffix = host ? host_suffix(host) : NULL;

    for (gsize i = 0; suffix && i < G_N_ELEMENTS(aliases); i++) {
        if (*suffix != *aliases[i].name || !g_str_equal(suffix, aliases[i].name))
            continue;
        g_free(suffix);
        return g_strdup(aliases[i].stands_for);
    }
    return suffix;
}

gboolean
authres_same_id(const ReportedHeader *a, const ReportedHeader *b)
{
    if (!a->authserv_id || !b->authserv_id)
        return !a->authserv_id && !b->authserv_id;
    return g_ascii_strcasecmp(a->authserv_id, b->authserv_id) == 0;
}

gboolean
authres_sibling_id(const ReportedHeader *a, const ReportedHeader *b)
{
    g_autofree char *one = a->authserv_id ? name_normalise(a->authserv_id) : NULL;
    g_autofree char *other = b->authserv_id ? name_normalise(b->authserv_id) : NULL;

    return one && other && g_strcmp0(name_parent(one), name_parent(other)) == 0 &&
           host_same_organization(one, other);
}
