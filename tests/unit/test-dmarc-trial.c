/* test-dmarc-trial.c: a trial comes to the same as the whole check, and asks DNS the same.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-trial.h"

#include <string.h>

#include "advice/advice.h"
#include "auth/dmarc.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

enum { RECORDS = 3 };

typedef struct {
    const char *at, *text;      /* a DMARC record; "" for one that has no answer */
} Row;

typedef struct {
    Row rows[RECORDS];
} World;

static const World worlds[] = {
    { { { NULL, NULL } } },
    { { { "a.shop.co.uk", "v=DMARC1; p=reject" } } },
    { { { "shop.co.uk", "v=DMARC1; p=none; sp=reject; np=quarantine" } } },
    { { { "co.uk", "v=DMARC1; p=reject; psd=y" } } },
    { { { "co.uk", "v=DMARC1; p=reject" } } },
    { { { "shop.co.uk", "v=DMARC1; p=none" }, { "co.uk", "v=DMARC1; p=reject; psd=y" } } },
    { { { "a.shop.co.uk", "v=DMARC1; p=none; psd=n; adkim=s" }, { "shop.co.uk", "v=DMARC1; p=reject" } } },
    { { { "a.shop.co.uk", "v=DMARC1; p=none; psd=n" } } },
    { { { "a.shop.co.uk", "v=DMARC1; p=none" }, { "a.shop.co.uk", "v=DMARC1; p=reject" } } },
    { { { "a.shop.co.uk", "v=DMARC1; p=nothing" } } },
    { { { "a.shop.co.uk", "v=DMARC1; p=nothing; rua=mailto:a@shop.co.uk" } } },
    { { { "a.shop.co.uk", "v=DMARC1; p=none; p=reject" }, { "shop.co.uk", "v=DMARC1; p=reject; aspf=s" } } },
    { { { "a.shop.co.uk", "" } } },
    { { { "shop.co.uk", "" } } },
    { { { "shop.co.uk", "" }, { "a.shop.co.uk", "v=DMARC1; p=reject" } } },
    { { { "else.example", "v=DMARC1; p=reject" }, { "a.shop.co.uk", "v=DMARC1; p=reject" } } },
    { { { "7.6.5.4.3.2.shop.co.uk", "v=DMARC1; p=reject" }, { "shop.co.uk", "v=DMARC1; p=none" } } },
};

static const char *const names[] = { "a.shop.co.uk", "b.a.shop.co.uk", "shop.co.uk", "co.uk", "else.example", "uk",
                                     "9.8.7.6.5.4.3.2.shop.co.uk" };
static const Result results[] = { RESULT_PASS, RESULT_FAIL, RESULT_UNKNOWN, RESULT_TEMPERROR };

static DnsAnswer *
world_lookup(gpointer self, const char *name, DnsType type)
{
    const World *world = self;
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->source = g_strdup("world");
    answer->status = DNS_NXDOMAIN;
    for (gsize i = 0; type == DNS_TXT && g_str_has_prefix(name, "_dmarc.") && i < RECORDS; i++) {
        const Row *row = &world->rows[i];
        if (g_strcmp0(row->at, name + strlen("_dmarc.")) != 0)
            continue;
        answer->status = *row->text ? DNS_NOERROR : DNS_SERVFAIL;
        if (!*row->text)
            break;
        DnsRecord *record = record_new(&dns_record_type);
        record->data = g_bytes_new(row->text, strlen(row->text));
        g_ptr_array_add(answer->records, record);
    }
    return answer;
}

static const ResolverClass world_class = { .name = "world", .lookup = world_lookup };

/* A message of this author, that came through one name and is signed by another. */
static Report *
report_of(const char *author, const char *mail_from, const char *signer, Result result)
{
    Report *report = report_new();
    DkimResult *signature = record_new(&dkim_result_type);

    report->from->domain = g_strdup(author);
    g_ptr_array_add(report->from->domains, g_strdup(author));
    report->spf->mail_from->domain = g_strdup(mail_from);
    report->spf->mail_from->result = RESULT_PASS;
    report->spf->mail_from->provenance = PROVENANCE_RECOMPUTED;
    signature->domain = g_strdup(signer);
    signature->result = result;
    signature->provenance = PROVENANCE_RECOMPUTED;
    g_ptr_array_add(report->dkim, signature);
    return report;
}

static void
check(Report *report, Resolver *resolver, const Psl *psl, gboolean unread)
{
    DmarcNotes notes = { .dkim = g_ptr_array_new(), .edited = TRUE, .unread = unread };

    g_ptr_array_add(notes.dkim, step_add(NULL, "dkim-check", NULL, NULL));
    dmarc_check(report, resolver, psl, &notes);
    record_free(&step_type, notes.dkim->pdata[0]);
    g_ptr_array_unref(notes.dkim);
}

static void
expect_same_log(const Resolver *a, const Resolver *b)
{
    const GPtrArray *first = resolver_log(a), *second = resolver_log(b);

    g_assert_cmpuint(first->len, ==, second->len);
    for (guint i = 0; i < first->len; i++) {
        g_assert_cmpstr(((const DnsAnswer *)first->pdata[i])->name, ==, ((const DnsAnswer *)second->pdata[i])->name);
        g_assert_cmpstr(((const DnsAnswer *)first->pdata[i])->type, ==, ((const DnsAnswer *)second->pdata[i])->type);
    }
}

static void
expect_same_vouchers(const Report *whole, const Report *tried)
{
    const GPtrArray *first = report_identifiers(whole), *second = report_identifiers(tried);

    g_assert_cmpuint(first->len, ==, second->len);
    for (guint i = 0; i < first->len; i++)
        g_assert_true(record_equal(&identifier_type, first->pdata[i], second->pdata[i]));
}

static void
expect_same(const World *world, const Psl *psl, Report *whole, Report *tried)
{
    Resolver *first = resolver_new(&world_class, (gpointer)world), *second = resolver_new(&world_class, (gpointer)world);

    check(whole, first, psl, FALSE);
    check(tried, second, psl, TRUE);
    g_assert_null(tried->tree);
    g_assert_true(record_equal(&dmarc_result_type, whole->dmarc->rfc9989, tried->dmarc->rfc9989));
    expect_same_vouchers(whole, tried);
    expect_same_log(first, second);
    resolver_free(first);
    resolver_free(second);
}

static void
test_same(void)
{
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    const gsize count = G_N_ELEMENTS(names);

    for (gsize w = 0; w < G_N_ELEMENTS(worlds); w++) {
        for (gsize i = 0; i < count * count * count * G_N_ELEMENTS(results); i++) {
            const char *author = names[i % count], *mail_from = names[i / count % count];
            const char *signer = names[i / count / count % count];
            const Result result = results[i / count / count / count];
            g_autoptr(Report) whole = report_of(author, mail_from, signer, result);
            g_autoptr(Report) tried = report_of(author, mail_from, signer, result);
            expect_same(&worlds[w], psl, whole, tried);
        }
    }
}

/* Several authors are judged as always. */
static void
test_several(void)
{
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    g_autoptr(Report) report = report_of("shop.co.uk", "shop.co.uk", "else.example", RESULT_PASS);
    Resolver *resolver = resolver_new(&world_class, (gpointer)&worlds[2]);

    g_ptr_array_add(report->from->domains, g_strdup("else.example"));
    check(report, resolver, psl, TRUE);
    g_assert_nonnull(report->tree);
    g_assert_cmpuint(report->dmarc->rfc7489->per_domain->len, ==, 2);
    resolver_free(resolver);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dmarc-trial/same", test_same);
    g_test_add_func("/dmarc-trial/several", test_several);
    return g_test_run();
}
