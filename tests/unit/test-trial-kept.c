/* test-trial-kept.c: a trial is known again only where nothing that it follows from is another.
 * SPDX-License-Identifier: MIT */
#include "analysis/trial-kept.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

static void
set(char **slot, const char *text)
{
    g_free(*slot);
    *slot = g_strdup(text);
}

static ReportedResult *
add_result(ReportedHeader *header, const char *method, const char *name, const char *value)
{
    ReportedResult *result = record_new(&reported_result_type);

    result->method = g_strdup(method);
    result->result = g_strdup("pass");
    result->comment = g_strdup("by us");
    if (name)
        pairs_add(result->properties, name, value);
    g_ptr_array_add(header->results, result);
    return result;
}

static ReportedHeader *
add_header(Report *report, gboolean trusted, gboolean topmost)
{
    ReportedHeader *header = record_new(&reported_header_type);

    header->trusted = trusted;
    header->topmost_block = topmost;
    add_result(header, "dkim", "header.d", "c.example");
    g_ptr_array_add(report->reported, header);
    return header;
}

static DkimResult *
add_signature(Report *report, const char *domain)
{
    DkimResult *signature = record_new(&dkim_result_type);

    signature->domain = g_strdup(domain);
    signature->selector = g_strdup("s");
    signature->identity = g_strdup("@c.example");
    signature->result = RESULT_PASS;
    signature->provenance = PROVENANCE_RECOMPUTED;
    g_ptr_array_add(report->dkim, signature);
    return signature;
}

/* A message through a service that signs for itself; a trusted host, the receiving one, and a stranger said something. */
static Report *
example(void)
{
    Report *report = report_new();

    report->from->domain = g_strdup("a.example");
    g_ptr_array_add(report->from->evidence, evidence_option("--from"));
    set(&report->envelope->mail_from->address, "bounce@c.example");
    set(&report->envelope->mail_from->domain, "c.example");
    set(&report->envelope->helo->domain, "out.c.example");
    set(&report->envelope->helo->value, "out.c.example");
    set(&report->envelope->client_ip->address, "192.0.2.1");
    set(&report->spf->mail_from->domain, "c.example");
    report->spf->mail_from->result = RESULT_PASS;
    add_signature(report, "c.example");
    add_header(report, TRUE, FALSE);
    add_header(report, FALSE, TRUE);
    add_header(report, FALSE, FALSE);
    return report;
}

/* ---- what a trial follows from, each a little other ---- */

static gboolean
alter_envelope(Report *report, guint which)
{
    Envelope *envelope = report->envelope;

    switch (which) {
    case 0: set(&envelope->mail_from->domain, "sub.c.example"); break;
    case 1: set(&envelope->mail_from->address, ""); break;
    case 2: envelope->mail_from->provenance = PROVENANCE_ASSUMED; break;
    case 3: set(&envelope->helo->domain, "in.c.example"); break;
    case 4: set(&envelope->helo->value, "[192.0.2.1]"); break;
    case 5: envelope->helo->provenance = PROVENANCE_ASSUMED; break;
    case 6: set(&envelope->client_ip->address, "192.0.2.2"); break;
    case 7: envelope->client_ip->provenance = PROVENANCE_ASSUMED; break;
    case 8: set(&envelope->helo->domain, NULL); break;
    default: return FALSE;
    }
    return TRUE;
}

static gboolean
alter_checks(Report *report, guint which)
{
    SpfResult *spf = report->spf->mail_from;
    DkimResult *signature = report->dkim->pdata[0];

    switch (which) {
    case 0: set(&spf->domain, "d.example"); break;
    case 1: spf->result = RESULT_TEMPERROR; break;
    case 2: spf->provenance = PROVENANCE_ASSUMED; break;
    case 3: set(&signature->domain, "d.example"); break;
    case 4: set(&signature->selector, "t"); break;
    case 5: set(&signature->identity, "@d.example"); break;
    case 6: signature->result = RESULT_PERMERROR; break;
    case 7: signature->provenance = PROVENANCE_ASSUMED; break;
    case 8: signature->key_gone = TRUE; break;
    case 9: add_signature(report, "c.example"); break;
    case 10: g_ptr_array_set_size(report->dkim, 0); record_free(&dkim_result_type, signature); break;
    default: return FALSE;
    }
    return TRUE;
}

static gboolean
alter_said(Report *report, guint which)
{
    ReportedHeader *trusted = report->reported->pdata[0], *topmost = report->reported->pdata[1];
    ReportedResult *result = trusted->results->pdata[0];
    Pair *pair = result->properties->pdata[0];

    switch (which) {
    case 0: trusted->instance = 1; break;
    case 1: topmost->trusted = TRUE; break;
    case 2: trusted->topmost_block = TRUE; break;
    case 3: set(&result->method, "spf"); break;
    case 4: set(&result->result, "fail"); break;
    case 5: set(&result->method, "spf"); set(&result->comment, "domain of x@e.example designates 192.0.2.1"); break;
    case 6: set(&pair->name, "header.i"); break;
    case 7: set(&pair->value, "d.example"); break;
    case 8: pairs_add(result->properties, "header.s", "s"); break;
    case 9: add_result(trusted, "dmarc", NULL, NULL); break;
    case 10: add_header(report, TRUE, FALSE); break;
    case 11: topmost->topmost_block = FALSE; break;
    case 12: set(&result->method, "dmarc"); break;
    case 13: set(&result->method, "dmarc"); set(&pair->name, "header.from"); break;
    case 14: set(&result->method, "dmarc"); set(&pair->name, "header.from"); set(&pair->value, "d.example"); break;
    case 15: set(&result->method, "spf"); set(&pair->name, "smtp.mailfrom"); break;
    case 16: set(&result->method, "spf"); set(&pair->name, "smtp.helo"); break;
    default: return FALSE;
    }
    return TRUE;
}

static gboolean
alter_author(Report *report, guint which)
{
    switch (which) {
    case 0: set(&report->from->domain, "b.example"); break;
    case 1: report->from->assumed_exists = TRI_FALSE; break;
    case 2: ((Evidence *)report->from->evidence->pdata[0])->kind = EVIDENCE_HEADER; break;
    default: return FALSE;
    }
    return TRUE;
}

/* Another of these; nothing follows from them. */
static gboolean
alter_nothing(Report *report, guint which)
{
    ReportedHeader *stranger = report->reported->pdata[2], *trusted = report->reported->pdata[0];
    ReportedResult *said = trusted->results->pdata[0];

    switch (which) {
    case 0: set(&((ReportedResult *)stranger->results->pdata[0])->result, "fail"); break;
    case 1: add_header(report, FALSE, FALSE); break;
    case 2: ((DkimResult *)report->dkim->pdata[0])->unsigned_tail = 7; break;
    case 3: ((DkimResult *)report->dkim->pdata[0])->key_bits = 512; break;
    case 4: set(&report->envelope->mail_from->address, "bounce-2@c.example"); break;
    case 5: set(&report->spf->mail_from->matched, "+all"); break;
    case 6: set(&said->comment, "another"); break;
    case 7: set(&((Pair *)said->properties->pdata[0])->value, "bounce-1@c.example"); break;
    case 8: pairs_add(said->properties, "header.b", "abc"); break;
    case 9: add_result(report->reported->pdata[0], "iprev", "policy.iprev", "192.0.2.1"); break;
    default: return FALSE;
    }
    return TRUE;
}

static char *
known(const Report *report)
{
    static const AnalysisOptions options = { 0 };
    GString *key = g_string_new(NULL);

    trial_kept_known(report, &options, key);
    return g_string_free(key, FALSE);
}

static void
test_known(void)
{
    static gboolean (*const alter[])(Report *, guint) = { alter_envelope, alter_checks, alter_said, alter_author };
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Report) plain = example(), same = example();
    g_autofree char *key = known(same);

    g_assert_true(g_hash_table_add(seen, known(plain)));
    g_assert_true(g_hash_table_contains(seen, key));
    for (gsize i = 0; i < G_N_ELEMENTS(alter); i++)
        for (guint which = 0;; which++) {
            g_autoptr(Report) report = example();
            if (!alter[i](report, which))
                break;
            g_test_message("%" G_GSIZE_FORMAT ".%u", i, which);
            g_assert_true(g_hash_table_add(seen, known(report)));
        }
    for (guint which = 0;; which++) {
        g_autoptr(Report) report = example();
        if (!alter_nothing(report, which))
            break;
        g_autofree char *like = known(report);
        g_assert_cmpstr(like, ==, key);
    }
}

/* A part of a message without its signatures, and one that has none. */
static void
test_pasted(void)
{
    g_autoptr(Report) whole = example(), part = example();
    Report *const both[] = { whole, part };

    for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
        record_free(&dkim_result_type, both[i]->dkim->pdata[0]);
        g_ptr_array_set_size(both[i]->dkim, 0);
    }
    set(&part->source->fidelity, "fragments");
    g_autofree char *of_whole = known(whole), *of_part = known(part);
    g_assert_cmpstr(of_whole, !=, of_part);
}

/* A list of another day judges by other suffixes. */
static void
test_suffixes(void)
{
    static const char places[2];    /* nothing is read there */
    g_autoptr(Report) report = example();
    GString *keys[] = { g_string_new(NULL), g_string_new(NULL) };

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const AnalysisOptions options = { .psl = (const Psl *)&places[i] };
        trial_kept_known(report, &options, keys[i]);
    }
    g_assert_cmpstr(keys[0]->str, !=, keys[1]->str);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        g_string_free(keys[i], TRUE);
}

/* What a trusted host names could be a property of one result, or the words of the next. */
static void
test_borders(void)
{
    g_autoptr(Report) first = report_new(), second = report_new();
    ReportedHeader *left = add_header(first, TRUE, FALSE), *right = add_header(second, TRUE, FALSE);
    ReportedResult *of_left = add_result(left, "spf", NULL, NULL), *of_right = add_result(right, "x", NULL, NULL);

    /* left:  dkim pass "by us" (header.d c.example), spf pass "by us"
     * right: dkim pass "by us", header.d c.example spf (pass "by us") */
    record_free(&pair_type, g_ptr_array_steal_index(((ReportedResult *)right->results->pdata[0])->properties, 0));
    set(&of_left->method, "spf");
    set(&of_right->method, "header.d");
    set(&of_right->result, "c.example");
    set(&of_right->comment, "spf");
    pairs_add(of_right->properties, "pass", "by us");
    g_autofree char *one = known(first), *other = known(second);
    g_assert_cmpstr(one, !=, other);
}

/* ---- the edits ---- */

static DnsAnswer *
look_up(gpointer self G_GNUC_UNUSED, const char *name G_GNUC_UNUSED, DnsType type G_GNUC_UNUSED)
{
    return record_new(&dns_answer_type);
}

static const ResolverClass world_class = { .name = "world", .lookup = look_up };

static char *
key_with(Resolver *resolver, const Report *report, const AnalysisOptions *options, const char *const *texts)
{
    Edits *edits = edits_new();

    for (; *texts; texts++)
        g_assert_true(edits_add_text(edits, *texts, NULL));
    char *key = trial_kept_key(resolver, report, options, edits);
    edits_free(edits);
    return key;
}

static void
test_edits(void)
{
    static const char *const stacks[][3] = {
        { NULL }, { "dkim.add=a.example" }, { "dkim.add=b.example" }, { "mail-from=a.example" }, { "dkim.1.d=a.example" },
        { "dkim.add=a.example", "dkim.add=b.example" }, { "dkim.add=b.example", "dkim.add=a.example" },
    };
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Report) report = example();
    const AnalysisOptions options = { 0 };
    Edits *own = edits_new();
    Resolver *resolver = resolver_new(&world_class, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(stacks); i++)
        g_assert_true(g_hash_table_add(seen, key_with(resolver, report, &options, stacks[i])));
    /* Not where a person edits, nor where nobody keeps anything, nor for authors whom nobody can read. */
    g_assert_true(edits_add_text(own, "dkim.add=a.example", NULL));
    const AnalysisOptions edited = { .edits = own };
    g_assert_null(key_with(resolver, report, &edited, stacks[1]));
    g_assert_null(key_with(NULL, report, &options, stacks[1]));
    set(&report->from->domain, NULL);
    g_assert_null(key_with(resolver, report, &options, stacks[1]));
    edits_free(own);
    resolver_free(resolver);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/trial-kept/known", test_known);
    g_test_add_func("/trial-kept/pasted", test_pasted);
    g_test_add_func("/trial-kept/suffixes", test_suffixes);
    g_test_add_func("/trial-kept/borders", test_borders);
    g_test_add_func("/trial-kept/edits", test_edits);
    return g_test_run();
}
