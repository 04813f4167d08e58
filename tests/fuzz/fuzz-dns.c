/* fuzz-dns.c: a resolver that answers what an input says, and counts the questions.
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "fuzz.h"

enum { ROWS_MAX = 300 };

typedef struct {
    char     *name;
    DnsType   type;
    char     *data;         /* NULL: `status` is the answer */
    DnsStatus status;
} Row;

static void
row_free(gpointer data)
{
    Row *row = data;

    g_free(row->name);
    g_free(row->data);
    g_free(row);
}

static DnsStatus
read_status(const char *word)
{
    for (int i = 0; dns_status_words[i]; i++)
        if (g_ascii_strcasecmp(dns_status_words[i], word) == 0)
            return (DnsStatus)i;
    return DNS_NODATA;
}

static void
add_row(FuzzDns *dns, FuzzPart line)
{
    g_autofree char *text = fuzz_string(line);
    g_auto(GStrv) words = g_strsplit(text, " ", 3);

    if (g_strv_length(words) < 3 || !dns_type_of(words[1]))
        return;
    Row *row = g_new0(Row, 1);
    row->name = g_strdup(words[0]);
    row->type = dns_type_of(words[1]);
    if (words[2][0] == '!')
        row->status = read_status(words[2] + 1);
    else
        row->data = g_strdup(words[2]);
    g_ptr_array_add(dns->rows, row);
}

/* A name as answers hold it; as it stands where it is none. */
static GBytes *
name_bytes(const char *text)
{
    char *name = name_normalise(text);

    if (!name)
        name = g_strdup(text);
    return g_bytes_new_take(name, strlen(name));
}

static GBytes *
row_bytes(const Row *row, gint64 *preference)
{
    guint8 address[16] = { 0 };
    const char *blank = strchr(row->data, ' ');

    switch (row->type) {
    case DNS_A:
        return inet_pton(AF_INET, row->data, address) == 1 ? g_bytes_new(address, 4) : NULL;
    case DNS_AAAA:
        return inet_pton(AF_INET6, row->data, address) == 1 ? g_bytes_new(address, 16) : NULL;
    case DNS_MX:
        *preference = atoi(row->data) & 0xFFFF;
        return name_bytes(blank ? blank + 1 : row->data);
    case DNS_NS:
    case DNS_CNAME:
    case DNS_PTR:
        return name_bytes(row->data);
    default:
        return g_bytes_new(row->data, strlen(row->data));
    }
}

static void
answer_row(DnsAnswer *answer, const Row *row)
{
    gint64 preference = RECORD_UNSET;
    GBytes *data = row->data ? row_bytes(row, &preference) : NULL;

    answer->status = (int)(data ? DNS_NOERROR : row->data ? DNS_SERVFAIL : row->status);
    if (!data)
        return;
    DnsRecord *record = record_new(&dns_record_type);
    record->data = data;
    record->text = g_strdup(row->data);
    record->preference = preference;
    g_ptr_array_add(answer->records, record);
}

static gboolean
answer_name(const FuzzDns *dns, DnsAnswer *answer, const char *name, DnsType type)
{
    gboolean known = FALSE;

    for (guint i = 0; i < dns->rows->len; i++) {
        const Row *row = dns->rows->pdata[i];
        if (!g_str_equal(row->name, name))
            continue;
        if (row->type == type)
            answer_row(answer, row);
        else if (!known)
            answer->status = DNS_NODATA;
        known = TRUE;
    }
    return known;
}

/* A question that has no answer today, and why. */
static gboolean
is_silent(const FuzzDns *dns, const char *name, DnsType type, DnsStatus *status)
{
    static const DnsStatus whys[] = { DNS_SERVFAIL, DNS_TIMEOUT, DNS_BOGUS, DNS_NOT_IN_SNAPSHOT, DNS_OFFLINE };
    const guint hash = g_str_hash(name) + (guint)type;

    *status = whys[hash / 8 % G_N_ELEMENTS(whys)];
    return dns->silent >> hash % 8 & 1;
}

static DnsAnswer *
fuzz_lookup(gpointer self, const char *name, DnsType type)
{
    static const DnsStatus troubles[] = { DNS_SERVFAIL, DNS_TIMEOUT, DNS_BOGUS };
    FuzzDns *dns = self;
    DnsAnswer *answer = record_new(&dns_answer_type);
    DnsStatus status;

    answer->source = g_strdup("fuzz");
    answer->ttl = 300;
    if (dns->trouble) {
        answer->status = (int)troubles[dns->asked++ % G_N_ELEMENTS(troubles)];
        return answer;
    }
    dns->asked++;
    if (is_silent(dns, name, type, &status)) {
        answer->status = (int)status;
        return answer;
    }
    if (!answer_name(dns, answer, name, type) && !answer_name(dns, answer, "*", type))
        answer->status = DNS_NXDOMAIN;
    while (answer->status != DNS_NOERROR && answer->records->len)
        record_free(&dns_record_type,
                    g_ptr_array_remove_index(answer->records, answer->records->len - 1));
    return answer;
}

static const ResolverClass fuzz_class = { .name = "snapshot", .lookup = fuzz_lookup };

Resolver *
fuzz_resolver(FuzzDns *dns, FuzzPart lines)
{
    FuzzPart line;

    dns->rows = g_ptr_array_new_with_free_func(row_free);
    while (dns->rows->len < ROWS_MAX && fuzz_line(&lines, &line))
        add_row(dns, line);
    return resolver_new(&fuzz_class, dns);
}

void
fuzz_dns_clear(FuzzDns *dns)
{
    g_clear_pointer(&dns->rows, g_ptr_array_unref);
}
