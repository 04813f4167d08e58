/* live-probe.c: asks live DNS what the command line says, for tests: one JSON object a line.
 * SPDX-License-Identifier: MIT
 *
 * live-probe SERVER TIMEOUT ANCHOR CANCEL-MS TYPE NAME [TYPE NAME]...
 * ANCHOR may be "-"; CANCEL-MS may be -1. In a NAME \ooo is an octet. "START -" begins another
 * message. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "dns/live.h"
#include "facts/record-pen.h"

typedef struct {
    Resolver *resolver;
    gulong    delay;
} Canceler;

static gpointer
cancel_later(gpointer data)
{
    const Canceler *canceler = data;

    g_usleep(canceler->delay * 1000);
    g_autofree char *waiting = resolver_waiting(canceler->resolver);
    fprintf(stderr, "waiting: %s\n", waiting ? waiting : "-");
    resolver_cancel(canceler->resolver);
    return NULL;
}

static DnsType
type_of(const char *word)
{
    static const DnsType types[] = { DNS_A, DNS_NS, DNS_CNAME, DNS_SOA, DNS_PTR, DNS_MX, DNS_TXT,
                                     DNS_AAAA };

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_str_equal(dns_type_word(types[i]), word))
            return types[i];
    exit(2);
}

static char *
print_text(RecordPen *pen, char *at, const RecordField *field G_GNUC_UNUSED, gconstpointer record,
           gpointer data G_GNUC_UNUSED)
{
    const DnsAnswer *answer = record;
    GString *out = pen_down(pen, at);

    g_string_append_c(out, '[');
    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *item = answer->records->pdata[i];
        g_autofree char *escaped = g_strescape(item->text, NULL);
        gsize length = 0;
        g_bytes_get_data(item->data, &length);
        g_string_append_printf(out, "%s[%" G_GSIZE_FORMAT ", \"%s\"]", i ? ", " : "", length,
                               escaped);
    }
    g_string_append_c(out, ']');
    return pen_up(pen);
}

static void
ask(Resolver *resolver, const char *type, const char *escaped)
{
    g_autofree char *name = g_strcompress(escaped);
    g_autoptr(GString) out = g_string_new(NULL);

    if (g_str_equal(type, "START")) {
        resolver_start_log(resolver);
        return;
    }
    const DnsAnswer *answer = resolver_ask(resolver, name, type_of(type));
    record_append_json(out, &dns_answer_type, answer, print_text, NULL);
    puts(out->str);
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    if (argc < 5)
        return 2;
    const LiveOptions options = { .server = argv[1], .timeout = g_ascii_strtod(argv[2], NULL),
                                  .trust_anchor = argv[3][0] == '-' ? NULL : argv[3] };
    g_autoptr(Resolver) resolver = resolver_live(&options, &error);
    if (!resolver) {
        fprintf(stderr, "%s\n", error->message);
        return 2;
    }
    resolver_start_log(resolver);
    Canceler canceler = { resolver, (gulong)g_ascii_strtoull(argv[4], NULL, 10) };
    GThread *thread = argv[4][0] == '-' ? NULL : g_thread_new("cancel", cancel_later, &canceler);
    for (int i = 5; i + 1 < argc; i += 2)
        ask(resolver, argv[i], argv[i + 1]);
    if (thread)
        g_thread_join(thread);
    return 0;
}
