/* spf-probe.c: SPF questions on standard input, verdicts on standard output, DNS from memory.
 * SPDX-License-Identifier: MIT
 *
 * One request a line, words parted by single blanks; names and data are hexadecimal, "-" is absent
 * (an empty word is an empty string):
 *
 *   clear                          forget all answers
 *   answer NAME TYPE STATUS DATA…  what the name has; MX data is PREFERENCE:NAME. TYPE "*": every
 *                                  type without its own line. A name without lines does not exist
 *   ask IP DOMAIN LOCAL HELO       IP is text; prints: result, explanation, lookups, void lookups,
 *                                  lookups of the record, reason, crossed, matched, faulty term */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/spf.h"

/* "name TYPE" -> words of its answer line. */
typedef struct {
    GHashTable *answers;
    GHashTable *names;
} Zone;

static guint8 *
unhex(const char *word, gsize *length)
{
    *length = strlen(word) / 2;
    guint8 *bytes = g_malloc0(*length + 1);

    for (gsize i = 0; i < *length; i++)
        bytes[i] = (guint8)(g_ascii_xdigit_value(word[2 * i]) << 4 |
                            g_ascii_xdigit_value(word[2 * i + 1]));
    return bytes;
}

static char *
unhex_text(const char *word)
{
    gsize length;

    return g_str_equal(word, "-") ? NULL : (char *)unhex(word, &length);
}

static DnsRecord *
read_record(const char *word)
{
    DnsRecord *record = record_new(&dns_record_type);
    const char *colon = strchr(word, ':');
    gsize length;

    if (colon)
        record->preference = g_ascii_strtoll(word, NULL, 10);
    guint8 *bytes = unhex(colon ? colon + 1 : word, &length);
    record->data = g_bytes_new_take(bytes, length);
    record->text = g_strdup(word);
    return record;
}

static int
read_status(const char *word)
{
    for (int i = 0; dns_status_words[i]; i++)
        if (g_str_equal(dns_status_words[i], word))
            return i;
    g_error("no such status: %s", word);
}

static DnsAnswer *
zone_lookup(gpointer self, const char *name, DnsType type)
{
    const Zone *zone = self;
    DnsAnswer *answer = record_new(&dns_answer_type);
    g_autofree char *key = g_strdup_printf("%s %s", name, dns_type_word(type));
    g_autofree char *any = g_strdup_printf("%s *", name);
    char **words = g_hash_table_lookup(zone->answers, key);

    if (!words)
        words = g_hash_table_lookup(zone->answers, any);
    answer->source = g_strdup("probe");
    if (!words) {
        answer->status = g_hash_table_contains(zone->names, name) ? DNS_NODATA : DNS_NXDOMAIN;
        return answer;
    }
    answer->status = read_status(words[3]);
    for (char **data = words + 4; *data; data++)
        g_ptr_array_add(answer->records, read_record(*data));
    return answer;
}

static const ResolverClass zone_class = { "probe", zone_lookup, NULL };

static void
add_answer(Zone *zone, const char *line)
{
    char **words = g_strsplit(line, " ", -1);
    g_autofree char *name = unhex_text(words[1]);
    g_autofree char *lower = g_ascii_strdown(name, -1);

    g_hash_table_add(zone->names, g_strdup(lower));
    g_hash_table_insert(zone->answers, g_strdup_printf("%s %s", lower, words[2]), words);
}

static void
print_hex(const char *text)
{
    putchar(' ');
    if (!text)
        putchar('-');
    for (; text && *text; text++)
        printf("%02x", (guchar)*text);
}

/* The last argument of the first step with that id, in the order written. */
static const char *
argument_of(const Step *step, const char *id)
{
    const char *found = NULL;

    if (g_str_equal(step->id, id) && step->args->len > 0)
        return step->args->pdata[step->args->len - 1];
    for (guint i = 0; i < step->children->len && !found; i++)
        found = argument_of(step->children->pdata[i], id);
    return found;
}

static void
ask(Zone *zone, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    g_autofree char *domain = unhex_text(words[2]);
    g_autofree char *local = unhex_text(words[3]);
    g_autofree char *helo = unhex_text(words[4]);
    const SpfQuestion question = { g_str_equal(words[1], "-") ? NULL : words[1], domain, local,
                                   helo, NULL, 1000000000 };
    g_autoptr(Resolver) resolver = resolver_new(&zone_class, zone);
    Step *root = step_add(NULL, "spf", NULL, NULL);
    SpfResult *result = spf_check(&question, resolver, root);

    printf("%s", result_words[result->result]);
    print_hex(result->explanation);
    printf(" %d %d %d %s", (int)result->lookups, (int)result->void_lookups,
           result->record_lookups == RECORD_UNSET ? -1 : (int)result->record_lookups,
           result->reason);
    print_hex(result->crossed);
    print_hex(result->matched);
    print_hex(argument_of(root, "spf-syntax"));
    putchar('\n');
    fflush(stdout);
    record_free(&spf_result_type, result);
    record_free(&step_type, root);
}

static void
free_words(gpointer words)
{
    g_strfreev(words);
}

int
main(void)
{
    Zone zone = { g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_words),
                  g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
    char *line = NULL;
    size_t size = 0;

    while (getline(&line, &size, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (g_str_has_prefix(line, "answer ")) {
            add_answer(&zone, line);
        } else if (g_str_has_prefix(line, "ask ")) {
            ask(&zone, line);
        } else {
            g_hash_table_remove_all(zone.answers);
            g_hash_table_remove_all(zone.names);
        }
    }
    free(line);
    g_hash_table_unref(zone.answers);
    g_hash_table_unref(zone.names);
    return 0;
}
