/* test-earlier.c: a report with what earlier messages left is the report that the message gets alone.
 * SPDX-License-Identifier: MIT */
#include "auth/earlier.h"

#include <glib/gstdio.h>
#include <string.h>

#include "analysis/analysis.h"
#include "analysis/spf-identities.h"
#include "auth/dmarc-policy.h"
#include "auth/spf.h"
#include "base/heap.h"
#include "base/spare.h"
#include "report/printer.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* ---- a world in which some names have no answer for a while ---- */

typedef struct {
    const char *name;
    const char *text;
} Row;

#define KEY \
    "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDr1K6dZi5OwwD3HF48WQQJyiUikHCEoZyTIlnKxktWSIcz5C7z/jZQhsSJJv" \
    "65mevyAwcNFbnmil++Z1IVGhoBl/bgSOZbxLZ1abr4ZddxdwGHRNxomyAXoX8Hv2TTrZKrS/HmR9H4uDlteM2IRZK3MqIQ1FJYJq" \
    "WNbYrv7oH9PQIDAQAB"

static const Row rows[] = {
    { "a.example", "v=spf1 ip4:192.0.2.1 include:spf.example ~all" },
    { "spf.example", "v=spf1 ip4:192.0.2.2 include:more.example -all" },
    { "more.example", "v=spf1 ip4:192.0.2.3 -all" },
    { "local.example", "v=spf1 exists:%{l}.users.example -all" },
    { "helo.example", "v=spf1 exists:%{h}.users.example -all" },
    { "exp.example", "v=spf1 -all exp=why.example" },
    { "why.example", "%{i} said %{h} at %{t}, not %{l}" },
    { "out.example", "v=spf1 a -all" },
    { "gap.example", "v=spf1 include:unseen.example -all" },
    { "_dmarc.gap.example", "v=DMARC1; p=none" },
    { "_dmarc.a.example", "v=DMARC1; p=reject; sp=none" },
    { "_dmarc.np.example", "v=DMARC1; p=reject; sp=none; np=quarantine" },
    { "_dmarc.odd.example", "v=DMARC1; p=reject; pct=50; ri=1; odd" },
    { "_dmarc.local.example", "v=DMARC1; p=none" },
    { "s._domainkey.a.example", "v=DKIM1; t=s; " KEY },
    { "s._domainkey.sub.a.example", "v=DKIM1; h=sha1; " KEY },
    { "s._domainkey.odd.example", "v=DKIM1; p=;" },
};
#define NAMES 31

typedef struct {
    guint32 silent;     /* bit N: the name of that hash has no answer today */
    guint   asked;
} World;

static DnsAnswer *
world_lookup(gpointer self, const char *name, DnsType type)
{
    World *world = self;
    DnsAnswer *answer = record_new(&dns_answer_type);

    world->asked++;
    answer->status = DNS_NXDOMAIN;
    answer->source = g_strdup("world");
    if (g_str_equal(name, "unseen.example")) {
        answer->status = DNS_NOT_IN_SNAPSHOT;
        return answer;
    }
    if (world->silent >> g_str_hash(name) % NAMES & 1) {
        answer->status = DNS_TIMEOUT;
        return answer;
    }
    if ((type == DNS_A && g_str_equal(name, "ann.users.example")) || g_str_equal(name, "sub.np.example"))
        answer->status = DNS_NOERROR;
    for (gsize i = 0; type == DNS_TXT && i < G_N_ELEMENTS(rows); i++) {
        if (!g_str_equal(rows[i].name, name))
            continue;
        DnsRecord *record = record_new(&dns_record_type);
        answer->status = DNS_NOERROR;
        record->data = g_bytes_new(rows[i].text, strlen(rows[i].text));
        g_ptr_array_add(answer->records, record);
    }
    if (type == DNS_A && g_str_equal(name, "ann.users.example")) {
        DnsRecord *record = record_new(&dns_record_type);
        record->data = g_bytes_new("\177\0\0\2", 4);
        g_ptr_array_add(answer->records, record);
    }
    return answer;
}

/* It has a start, so that what timed out is asked again for the next message. */
static void
world_start(gpointer self G_GNUC_UNUSED)
{
}

static const ResolverClass world_class = { .name = "world", .lookup = world_lookup, .start = world_start };

/* ---- messages ---- */

static const char *
pick(GRand *random, const char *const *words, guint count)
{
    return words[g_rand_int_range(random, 0, (gint32)count)];
}

/* What a host, or the sender, says of it. (transfer full) */
static char *
draw_results(GRand *random)
{
    static const char *const names[] = { "Authentication-Results", "Authentication-Results",
                                         "X-Original-Authentication-Results" };
    static const char *const hosts[] = { "mx.example.net", "mx.example.net", "out.example", "=?utf-8?q?mx?=" };
    static const char *const results[] = {
        "spf=pass smtp.mailfrom=a.example", "spf=fail smtp.mailfrom=ann@local.example",
        "dkim=pass header.d=a.example header.s=s", "dkim=pass header.i=@sub.a.example", "dkim=fail header.d=nobody.example",
        "dmarc=pass header.from=a.example", "dmarc=fail header.from=gap.example", "dmarc=pass", "iprev=pass",
    };
    GString *out = g_string_new(NULL);

    for (gint fields = g_rand_int_range(random, 0, 4); fields > 1; fields--) {
        g_string_append_printf(out, "%s: %s", pick(random, names, G_N_ELEMENTS(names)),
                               pick(random, hosts, G_N_ELEMENTS(hosts)));
        for (gint count = g_rand_int_range(random, 0, 4); count > 0; count--)
            g_string_append_printf(out, ";\n %s", pick(random, results, G_N_ELEMENTS(results)));
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* A signature without a key, or whose key has no answer today. (transfer full) */
static char *
draw_signature(GRand *random)
{
    static const char *const domains[] = { "a.example", "a.example", "a.example; i=@sub.a.example", "sub.a.example", "odd.example",
                                           "nobody.example" };
    static const char *const algorithms[] = { "rsa-sha256", "rsa-sha256", "ed25519-sha256" };

    if (g_rand_int_range(random, 0, 3) == 0)
        return g_strdup("");
    return g_strconcat("DKIM-Signature: v=1; a=", pick(random, algorithms, G_N_ELEMENTS(algorithms)),
                       "; s=s; h=from; bh=Zm9v; b=Zm9v; d=", pick(random, domains, G_N_ELEMENTS(domains)), "\n", NULL);
}

static Message *
draw_message(GRand *random)
{
    static const char *const paths[] = { "ann@a.example", "bob@a.example", "ann@local.example", "bob@local.example",
                                         "ann@helo.example", "ann@exp.example", "bob@exp.example", "ann@sub.a.example",
                                         "ann@gap.example" };
    static const char *const helos[] = { "out.example", "ann", "a.example", "ann.out.example" };
    static const char *const addresses[] = { "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.9", "2001:db8::1" };
    static const char *const authors[] = { "a.example", "sub.a.example", "np.example", "sub.np.example", "no.np.example",
                                           "odd.example", "x.odd.example", "local.example", "nobody.example",
                                           "gap.example" };
    const char *helo = pick(random, helos, G_N_ELEMENTS(helos));
    const char *author = pick(random, authors, G_N_ELEMENTS(authors));
    g_autofree char *more = g_rand_int_range(random, 0, 6) ? g_strdup("")
                          : g_strconcat(", B <b@", pick(random, authors, G_N_ELEMENTS(authors)), ">", NULL);
    g_autofree char *above = draw_results(random), *below = draw_results(random), *signature = draw_signature(random);
    g_autofree char *text =
        g_strconcat(above, g_rand_int_range(random, 0, 2) ? "X-Line: moves the others\n" : "", "Return-Path: <",
                    pick(random, paths, G_N_ELEMENTS(paths)), ">\nReceived: from ", helo, " (", helo, " [",
                    pick(random, addresses, G_N_ELEMENTS(addresses)),
                    "])\n\tby mx.example.net with ESMTPS id 1; Mon, 2 Nov 2026 10:00:00 +0900\n",
                    below, signature, "From: A <a@", author, ">", more,
                    "\nTo: user@example.net\nSubject: s\nDate: Mon, 2 Nov 2026 10:00:00 +0900\nMessage-ID: <1@a.example>\n"
                    "\nText\n", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return message_from_bytes(bytes, "drawn", NULL);
}

/* The report of a drawn message, as JSON and whole. (transfer full) */
static char *
reported(Resolver *resolver, const Psl *psl, guint32 seed, Opinions opinions)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(Message) message = draw_message(random);
    static const char *const trusted[] = { "mx.example.net", NULL };
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600 + seed % 3, .psl = psl,
                                      .trusted = seed % 4 == 0 ? trusted : NULL,
                                      .second_opinions = opinions };
    GString *out = g_string_new(NULL);

    resolver_start_log(resolver);
    g_autoptr(Report) report = analysis_run(message, resolver, &options);
    for (guint i = 0; i < report->dns->len; i++)
        ((DnsAnswer *)report->dns->pdata[i])->ms = 0;
    printer_json(out, report);
    g_autoptr(GBytes) saved = record_save(&report_type, report);
    g_autofree char *whole = g_base64_encode(g_bytes_get_data(saved, NULL), g_bytes_get_size(saved));
    g_string_append(out, whole);
    return g_string_free(out, FALSE);
}

typedef struct {
    guint passed, failed, troubled, noted, suspicious, trusted, claimed, keyed, mismatched;
} Seen;

/* So many different ones, that each comes often enough to be kept, and found again. */
#define MESSAGES 25

/* One resolver keeps what was found, the other has as many answers and keeps nothing. */
static void
compare_rounds(GRand *order, guint32 first, const Psl *psl, Seen *seen)
{
    World world = { 0 }, plain_world = { 0 };
    g_autoptr(Resolver) keeping = resolver_new(&world_class, &world), plain = resolver_new(&world_class, &plain_world);

    resolver_share_memo(plain, keeping);
    for (guint round = 0; round < 100; round++) {
        const guint32 seed = first + (guint32)g_rand_int_range(order, 0, MESSAGES);
        if (round % 5 == 0)
            world.silent = plain_world.silent = g_rand_int_range(order, 0, 3) ? g_rand_int(order) : 0;
        /* Announced ones are steps in a tree that is there already. */
        const Opinions opinions = round % 3 == 0 ? OPINIONS_LATER : OPINIONS_NONE;
        g_autofree char *alone = reported(plain, psl, seed, opinions), *among = reported(keeping, psl, seed, opinions);
        g_assert_cmpstr(alone, ==, among);
        seen->passed += strstr(among, "\"spf\":{\"mail_from\":{\"result\":\"pass\"") ? 1 : 0;
        seen->failed += strstr(among, "\"spf\":{\"mail_from\":{\"result\":\"fail\"") ? 1 : 0;
        seen->troubled += strstr(among, "\"temperror\"") ? 1 : 0;
        seen->noted += strstr(among, "dmarc-record-syntax") ? 1 : 0;
        seen->suspicious += strstr(among, "\"suspicious\":true") ? 1 : 0;
        seen->trusted += strstr(among, "\"trusted\":true") ? 1 : 0;
        seen->keyed += strstr(among, "\"name\":\"key-bits\"") ? 1 : 0;
        seen->mismatched += strstr(among, "\"reason\":\"key-mismatch\"") ? 1 : 0;
        seen->claimed += strstr(among, "\"claimed\":\"pass\"") ? 1 : 0;
    }
}

/* In any order, again and again, while names fall silent and answer again. */
static void
test_same(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Psl) psl = psl_open(NULL, &error);
    g_autoptr(GRand) order = g_rand_new_with_seed(9);
    Seen seen = { 0 };

    for (guint32 i = 0; i < 15; i++)
        compare_rounds(order, i * MESSAGES, psl, &seen);
    /* The dice must throw all of it. */
    g_assert_cmpuint(seen.passed, >, 50);
    g_assert_cmpuint(seen.failed, >, 50);
    g_assert_cmpuint(seen.troubled, >, 100);
    g_assert_cmpuint(seen.noted, >, 50);
    g_assert_cmpuint(seen.suspicious, >, 50);
    g_assert_cmpuint(seen.trusted, >, 50);
    g_assert_cmpuint(seen.claimed, >, 50);
    g_assert_cmpuint(seen.keyed, >, 50);
    g_assert_cmpuint(seen.mismatched, >, 50);
}

/* As where many messages were looked at before: nothing is kept at once any more. */
static void
no_longer_new(Resolver *resolver)
{
    for (guint i = 0; i < AGAIN_EARLY; i++) {
        g_autofree char *key = g_strdup_printf("early %u", i);
        g_assert_true(resolver_came(resolver, key));
    }
}

/* The same question of two identities: each has notes of its own in the tree of one message. */
static void
test_apart(void)
{
    World world = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&world_class, &world);
    const SpfQuestion question = { .ip = "192.0.2.2", .domain = "a.example" };
    static const char *const ids[] = { "spf-check", "spf-helo", "spf-check", "spf-helo", "spf-check" };
    Step *parents[G_N_ELEMENTS(ids)];

    no_longer_new(resolver);
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        parents[i] = step_add(NULL, ids[i], NULL, NULL);
        record_free(&spf_result_type, spf_check(&question, resolver, parents[i]));
        g_assert_cmpuint(parents[i]->children->len, >, 1);
    }
    /* It is kept where it comes for the second time. */
    g_assert_true(parents[0]->children->pdata[0] != parents[2]->children->pdata[0]);
    g_assert_true(parents[2]->children->pdata[0] != parents[3]->children->pdata[0]);
    g_assert_true(parents[2]->children->pdata[0] == parents[4]->children->pdata[0]);
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        record_free(&step_type, parents[i]);
}

/* How the client's address is known is said in the tree: an address that was given is not that of a message. */
static void
test_provenance(void)
{
    static const Provenance known[] = { PROVENANCE_MESSAGE, PROVENANCE_ASSUMED, PROVENANCE_MESSAGE,
                                        PROVENANCE_ASSUMED, PROVENANCE_MESSAGE, PROVENANCE_ASSUMED };
    World world = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&world_class, &world), plain = resolver_new(&world_class, &world);
    const SpfQuestion question = { .ip = "192.0.2.2", .domain = "a.example" };

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        Resolver *const resolvers[] = { resolver, plain };
        GBytes *said[2];
        resolver_start_log(plain);
        for (gsize k = 0; k < 2; k++) {
            Step *parent = step_add(NULL, "spf-check", NULL, NULL);
            step_input(parent, "client-ip", question.ip, known[i]);
            record_free(&spf_result_type, spf_check(&question, resolvers[k], parent));
            said[k] = record_save(&step_type, parent);
            record_free(&step_type, parent);
        }
        g_assert_true(g_bytes_equal(said[0], said[1]));
        g_bytes_unref(said[0]);
        g_bytes_unref(said[1]);
        resolver_free(plain);
        plain = resolver_new(&world_class, &world);
    }
}

/* One thing of an envelope is another; 0 is the usual one. FALSE: there is no such thing. */
static gboolean
alter_envelope(Envelope *envelope, guint which)
{
    Evidence *evidence = envelope->client_ip->evidence->pdata[0];
    const struct { char **slot; const char *text; } texts[] = {
        { NULL, NULL }, { &envelope->client_ip->address, "192.0.2.9" }, { &envelope->mail_from->domain, "spf.example" },
        { &envelope->helo->domain, "exp.example" }, { &envelope->helo->domain, NULL }, { &evidence->name, "X-Received" },
    };

    if (which < G_N_ELEMENTS(texts)) {
        if (!texts[which].slot)
            return TRUE;
        g_free(*texts[which].slot);
        *texts[which].slot = g_strdup(texts[which].text);
        return TRUE;
    }
    switch (which - G_N_ELEMENTS(texts)) {
    case 0: envelope->client_ip->provenance = PROVENANCE_ASSUMED; return TRUE;
    case 1: evidence->line = 7; return TRUE;
    case 2: g_array_index(evidence->spans, Span, 0).end = 40; return TRUE;
    case 3: g_array_index(evidence->spans, Span, 0).start = 29; return TRUE;
    case 4: evidence->kind = EVIDENCE_OPTION; return TRUE;
    case 5:     /* no HELO at all, which is not a HELO that is no domain */
        g_clear_pointer(&envelope->helo->domain, g_free);
        g_clear_pointer(&envelope->helo->value, g_free);
        return TRUE;
    default: return FALSE;
    }
}

/* SPF of the usual envelope but for that, with its notes. NULL: there is no such thing. (transfer full) */
static GBytes *
spf_said(Resolver *resolver, guint which)
{
    g_autoptr(Report) report = report_new();
    Envelope *envelope = report->envelope;
    Step *root = step_add(NULL, "dmarc", NULL, NULL), *mail_from = NULL, *helo = NULL;

    envelope->mail_from->address = g_strdup("ann@a.example");
    envelope->mail_from->domain = g_strdup("a.example");
    envelope->helo->value = g_strdup("out.example");
    envelope->helo->domain = g_strdup("out.example");
    envelope->client_ip->address = g_strdup("192.0.2.2");
    envelope->client_ip->provenance = PROVENANCE_MESSAGE;
    g_ptr_array_add(envelope->client_ip->evidence, evidence_header("Received", 2, (Span){ 30, 39 }));
    const gboolean there = alter_envelope(envelope, which);
    resolver_start_log(resolver);
    spf_of_envelope(report, resolver, 1795305600, &mail_from, &helo);
    g_ptr_array_add(root->children, mail_from);
    if (helo)
        g_ptr_array_add(root->children, helo);
    report->tree = root;
    return there ? record_save(&report_type, report) : NULL;
}

/* What an envelope's SPF follows from: where one thing is another, nothing of an earlier message is taken. */
static void
test_envelopes(void)
{
    World world = { 0 };
    g_autoptr(Resolver) keeping = resolver_new(&world_class, &world);
    guint count = 0;

    for (guint round = 0; round < 3; round++)
        for (guint which = 0;; which++) {
            g_autoptr(Resolver) plain = resolver_new(&world_class, &world);
            g_autoptr(GBytes) alone = spf_said(plain, which), among = spf_said(keeping, which);
            if (!alone)
                break;
            g_assert_true(g_bytes_equal(alone, among));
            count++;
        }
    g_assert_cmpuint(count, ==, 3 * 12);
}

/* The policy for a name, as one resolver finds it that found others before. */
static void
expect_policy(Resolver *resolver, gboolean legacy, const Psl *psl, Tri exists, const char *org, const char *tag)
{
    g_autoptr(GPtrArray) queries = g_ptr_array_new_with_free_func(g_free), notes = g_ptr_array_new();
    const DmarcLog log = { resolver, queries, notes };
    Step *step = step_add(NULL, "policy", NULL, NULL);
    DmarcPolicy *policy = dmarc_policy_find("no.np.example", legacy, psl, exists, &log, step);

    g_assert_cmpstr(policy->org, ==, org);
    g_assert_cmpstr(policy->tag, ==, tag);
    dmarc_policy_free(policy);
    record_free(&step_type, step);
}

/* Whether the name exists may be said by whoever asks, and another list may hold. */
static void
test_policies(void)
{
    World world = { 0 };
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "test-earlier-XXXXXX", NULL);
    g_autoptr(Resolver) resolver = resolver_new(&world_class, &world);
    const int file = g_mkstemp(path);

    g_assert_cmpint(file, >=, 0);
    g_assert_true(g_file_set_contents(path, "example\nnp.example\n", -1, NULL));
    g_autoptr(Psl) usual = psl_open(NULL, NULL), other = psl_open(path, NULL);
    g_assert_true(usual && other);
    for (guint round = 0; round < 4; round++) {
        expect_policy(resolver, FALSE, usual, TRI_FALSE, "np.example", "np");
        expect_policy(resolver, FALSE, usual, TRI_TRUE, "np.example", "sp");
        expect_policy(resolver, TRUE, usual, TRI_UNKNOWN, "np.example", "sp");
        expect_policy(resolver, TRUE, other, TRI_UNKNOWN, "no.np.example", NULL);
    }
    g_close(file, NULL);
    g_unlink(path);
}

/* What is written under one message's step, stands in no other message's tree; what nobody changed is still shared. */
static void
test_own(void)
{
    Step *roots[2], *shared = step_add(NULL, "policy", NULL, NULL);
    Step *below = step_add(shared, "policy-query", NULL, NULL);

    step_add(shared, "policy-query", NULL, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++) {
        roots[i] = step_add(NULL, "dmarc", NULL, NULL);
        g_ptr_array_add(roots[i]->children, i == 0 ? shared : record_share(&step_type, shared));
    }
    g_assert_true(step_own(roots[0], roots[0]) == roots[0]);
    Step *own = step_own(roots[0], below);
    own->cause = TRUE;
    const Step *parent = roots[0]->children->pdata[0];
    g_assert_true(parent != shared && own != below && parent->children->pdata[0] == own);
    g_assert_true(parent->children->pdata[1] == shared->children->pdata[1]);
    g_assert_true(roots[1]->children->pdata[0] == shared && shared->children->pdata[0] == below && !below->cause);
    g_assert_true(step_own(roots[0], own) == own);
    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++)
        record_free(&step_type, roots[i]);
}

/* ---- one check ---- */

static guint made;

/* Asks for two names, the second only where the first exists; writes a step. */
static const char *
check(Resolver *resolver, const char *key, Step *parent)
{
    const char *found = earlier_find(resolver, key, parent);

    if (found)
        return found;
    Earlier earlier = earlier_begin(resolver, parent);
    gboolean both = resolver_ask(resolver, "a.example", DNS_TXT)->status == DNS_NOERROR;
    both = both && resolver_ask(resolver, "spf.example", DNS_TXT)->status == DNS_NOERROR;
    step_add(parent, "policy-query", NULL, both ? "both" : "not both", NULL);
    made++;
    earlier_end(&earlier, key, g_strdup(both ? "both" : "not both"), g_free);
    return both ? "both" : "not both";
}

static void
expect(Resolver *resolver, const char *key, const char *wanted, guint wanted_made, guint wanted_log)
{
    Step *parent = step_add(NULL, "policy", NULL, NULL);

    step_add(parent, "policy-query", NULL, "of a check before it", NULL);
    resolver_start_log(resolver);
    g_assert_cmpstr(check(resolver, key, parent), ==, wanted);
    g_assert_cmpuint(made, ==, wanted_made);
    g_assert_cmpuint(resolver_log(resolver)->len, ==, wanted_log);
    g_assert_cmpuint(parent->children->len, ==, 2);
    const Step *step = parent->children->pdata[1];
    g_assert_cmpstr(step->args->pdata[0], ==, wanted);
    record_free(&step_type, parent);
}

/* What was kept is asked for again, in its order, and is worth nothing where an answer is another one. */
static void
test_stale(void)
{
    World world = { .silent = 1U << g_str_hash("spf.example") % NAMES };
    g_autoptr(Resolver) resolver = resolver_new(&world_class, &world);

    no_longer_new(resolver);
    made = 0;
    g_assert_cmpuint(g_str_hash("spf.example") % NAMES, !=, g_str_hash("a.example") % NAMES);
    expect(resolver, "k", "not both", 1, 2);
    expect(resolver, "k", "not both", 2, 2);     /* a time-out ends with its message */
    world.silent = 0;
    expect(resolver, "k", "both", 3, 2);
    expect(resolver, "k", "both", 3, 2);
    expect(resolver, "other", "both", 4, 2);     /* what came once is not kept */
    expect(resolver, "other", "both", 5, 2);
    expect(resolver, "other", "both", 5, 2);
    expect(resolver, "k", "both", 5, 2);
}

/* More than is kept: some are forgotten, whatever comes, and what a report holds stays. */
static void
test_many(void)
{
    World world = { 0 };
    Resolver *resolver = resolver_new(&world_class, &world);
    Step *first = step_add(NULL, "policy", NULL, NULL);

    no_longer_new(resolver);
    made = 0;
    expect(resolver, "0", "both", 1, 2);
    check(resolver, "0", first);
    for (guint i = 1; i < 2500; i++) {
        g_autofree char *key = g_strdup_printf("%u", i);
        expect(resolver, key, "both", 2 * i + 1, 2);
        expect(resolver, key, "both", 2 * i + 2, 2);
        expect(resolver, key, "both", 2 * i + 2, 2);
    }
    expect(resolver, "0", "both", 5001, 2);
    resolver_free(resolver);
    g_assert_cmpstr(((const Step *)first->children->pdata[0])->args->pdata[0], ==, "both");
    record_free(&step_type, first);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/earlier/same", test_same);
    g_test_add_func("/earlier/own", test_own);
    g_test_add_func("/earlier/apart", test_apart);
    g_test_add_func("/earlier/provenance", test_provenance);
    g_test_add_func("/earlier/envelopes", test_envelopes);
    g_test_add_func("/earlier/policies", test_policies);
    g_test_add_func("/earlier/stale", test_stale);
    g_test_add_func("/earlier/many", test_many);
    heap_keep();        /* what is shared is printed once */
    spare_keep();
    return g_test_run();
}
