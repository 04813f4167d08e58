/* snapshot-writer.c: one line for each record, one directive for each answer without any.
 * SPDX-License-Identifier: MIT */
#include "dns/snapshot-writer.h"

#include <ldns/ldns.h>
#include <string.h>

#include "base/hash.h"
#include "base/instant.h"
#include "base/name.h"
#include "dns/resolver.h"

/* NULL where no file could hold the name. (transfer full) */
static char *
zone_name_text(const char *name)
{
    g_autofree char *text = name_escaped(name);
    ldns_rdf *wire = NULL;

    const gboolean good = ldns_str2rdf_dname(&wire, text) == LDNS_STATUS_OK;
    ldns_rdf_deep_free(wire);
    return good ? g_steal_pointer(&text) : NULL;
}

static void
append_answer(GString *out, const DnsAnswer *answer, const char *name)
{
    if (answer->status != DNS_NOERROR) {
        g_string_append_printf(out, ";! %s %s %s\n", dns_status_words[answer->status], name,
                               answer->type);
        return;
    }
    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *record = answer->records->pdata[i];
        g_string_append_printf(out, "%s %" G_GINT64_FORMAT " IN %s %s\n", name,
                               answer->ttl == RECORD_UNSET ? 0 : answer->ttl, answer->type,
                               record->text);
    }
}

/* What DNSSEC says of a name holds for all its types: where they differ, the weaker. */
static void
note_dnssec(GHashTable *dnssec, const char *name, const DnsAnswer *answer)
{
    const char *word = answer->dnssec;
    const char *before = g_hash_table_lookup(dnssec, name);

    if (!word || (!g_str_equal(word, "secure") && !g_str_equal(word, "insecure")))
        return;
    if (!before || g_str_equal(word, "insecure"))
        g_hash_table_insert(dnssec, g_strdup(name), (gpointer)word);
}

/* The answers that count, in the order first asked; "TYPE name" -> DnsAnswer in `chosen`. */
static GPtrArray *
choose(const GPtrArray *answers, GHashTable *chosen)
{
    GPtrArray *order = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < answers->len; i++) {
        const DnsAnswer *answer = answers->pdata[i];
        g_autofree char *lower = g_ascii_strdown(answer->name, -1);
        char *key = g_strdup_printf("%s %s", answer->type, lower);
        const DnsAnswer *before = g_hash_table_lookup(chosen, key);

        if (dns_is_unknown(answer) || (before && !dns_is_trouble(before))) {
            g_free(key);
            continue;
        }
        g_hash_table_insert(chosen, g_strdup(key), (gpointer)answer);
        if (before)
            g_free(key);
        else
            g_ptr_array_add(order, key);
    }
    return order;
}

char *
snapshot_text(const GPtrArray *answers, gint64 taken)
{
    g_autoptr(GHashTable) chosen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) dnssec = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) order = choose(answers, chosen);
    g_autofree char *when = instant_text(taken);
    GString *out = g_string_new(";! snapshot 1\n");

    if (when)
        g_string_append_printf(out, ";! taken %s\n", when);
    for (guint i = 0; i < order->len; i++) {
        const DnsAnswer *answer = g_hash_table_lookup(chosen, order->pdata[i]);
        g_autofree char *lower = g_ascii_strdown(answer->name, -1);
        g_autofree char *name = zone_name_text(lower);

        if (!name)
            continue;
        append_answer(out, answer, name);
        note_dnssec(dnssec, name, answer);
    }
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(dnssec), (GCompareFunc)strcmp);
    for (GList *at = names; at; at = at->next)
        g_string_append_printf(out, ";! %s %s\n",
                               (const char *)g_hash_table_lookup(dnssec, at->data),
                               (const char *)at->data);
    return g_string_free(out, FALSE);
}
