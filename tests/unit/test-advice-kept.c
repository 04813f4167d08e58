/* test-advice-kept.c: advice that an earlier message got, and what programs show of its sender, is what the message gets alone.
 * SPDX-License-Identifier: MIT */
#include "analysis/advice-kept.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "receivers/presentation.h"
#include "report/printer.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* ---- dice ---- */

/* All throws but one are those of another message with the same `usual` dice. */
typedef struct {
    GRand *usual, *odd;     /* `odd`: NULL for none */
    guint  thrown, turn;
} Dice;

static guint
draw(Dice *dice, guint below)
{
    const guint usual = (guint)g_rand_int_range(dice->usual, 0, (gint32)below);

    return dice->odd && dice->thrown++ == dice->turn ? (guint)g_rand_int_range(dice->odd, 0, (gint32)below) : usual;
}

static const char *
pick(Dice *dice, const char *const *words, guint count)
{
    return words[draw(dice, count)];
}

#define PICK(dice, words) pick(dice, words, G_N_ELEMENTS(words))

/* ---- DNS, in which some names have no answer for a while ---- */

static DnsAnswer *
world_lookup(gpointer self, const char *name, DnsType type)
{
    const guint *silent = self;
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->status = *silent >> g_str_hash(name) % 8 & 1 ? DNS_TIMEOUT : DNS_NOERROR;
    answer->source = g_strdup(dns_type_word(type));
    return answer;
}

static void
world_start(gpointer self G_GNUC_UNUSED)
{
}

static const ResolverClass world_class = { .name = "world", .lookup = world_lookup, .start = world_start };

/* ---- what messages of the same few senders share ---- */

#define PAIRS 60
#define POLICIES 4

typedef struct {
    DmarcResult *pairs[PAIRS][2];
    DnsAnswer   *policies[POLICIES];
    Providers   *providers;
} Shared;

static const char *const domains[] = { "a.example", "sub.a.example", "c.example", "c.example", "sendgrid.net" };

static void
add_identifiers(Dice *dice, DmarcResult *walk, DmarcResult *list)
{
    const guint count = 1 + draw(dice, 3);

    for (guint i = 0; i < count; i++) {
        Identifier *identifier = record_new(&identifier_type);
        identifier->mechanism = i == 0 ? "spf" : "dkim";
        identifier->domain = g_strdup(PICK(dice, domains));
        identifier->authenticated = draw(dice, 4) ? TRI_TRUE : (int)draw(dice, 3);
        identifier->aligned = draw(dice, 3) ? TRI_TRUE : (int)draw(dice, 3);
        identifier->signature = i == 0 ? RECORD_UNSET : i - 1;
        g_ptr_array_add(walk->identifiers, identifier);
        Identifier *twin = record_copy(&identifier_type, identifier);
        twin->aligned = draw(dice, 2) ? twin->aligned : TRI_FALSE;
        twin->org_domain = g_strdup("a.example");
        g_ptr_array_add(list->identifiers, twin);
    }
}

static void
draw_pair(Dice *dice, DmarcResult **pair)
{
    static const int results[] = { RESULT_PASS, RESULT_PASS, RESULT_PASS, RESULT_NONE, RESULT_FAIL, RESULT_UNKNOWN };
    static const char *const policies[] = { "none", "none", "reject" };
    DmarcResult *walk = record_new(&dmarc_result_type), *list = record_new(&dmarc_result_type);

    walk->result = results[draw(dice, G_N_ELEMENTS(results))];
    walk->reason = walk->result == RESULT_NONE ? "no-record" : "aligned-pass";
    walk->policy = walk->result == RESULT_NONE ? NULL : PICK(dice, policies);
    walk->applied = walk->policy;
    walk->policy_tag = "p";
    walk->record = walk->policy ? g_strconcat("v=DMARC1; p=", walk->policy, NULL) : NULL;
    walk->record_domain = g_strdup("a.example");
    walk->org_domain = g_strdup(draw(dice, 2) ? "a.example" : "example");
    list->result = draw(dice, 3) ? RESULT_PASS : RESULT_FAIL;
    list->org_domain = g_strdup(draw(dice, 2) ? "a.example" : "example");
    add_identifiers(dice, walk, list);
    pair[0] = record_share(&dmarc_result_type, walk);
    pair[1] = record_share(&dmarc_result_type, list);
}

static DnsAnswer *
policy_answer(const char *name, const char *text)
{
    DnsAnswer *answer = record_new(&dns_answer_type);
    DnsRecord *record = record_new(&dns_record_type);

    answer->name = g_strdup(name);
    answer->type = g_strdup("TXT");
    record->data = g_bytes_new(text, strlen(text));
    g_ptr_array_add(answer->records, record);
    return answer;
}

static void
open_shared(Shared *shared)
{
    static const char *const names[] = { "_dmarc.a.example", "_dmarc.a.example", "_dmarc.sub.a.example", "a.example" };
    static const char *const texts[] = { "v=DMARC1; p=none", "v=DMARC1; p=reject; sp=none", "v=DMARC1; p=none", "v=spf1 -all" };
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    Dice dice = { .usual = random };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < PAIRS; i++)
        draw_pair(&dice, shared->pairs[i]);
    for (guint i = 0; i < POLICIES; i++)
        shared->policies[i] = policy_answer(names[i], texts[i]);
    shared->providers = providers_read("src/data/providers.ini", faults);
    g_assert_cmpuint(faults->len, ==, 0);
}

static void
close_shared(Shared *shared)
{
    for (guint i = 0; i < PAIRS; i++)
        for (guint k = 0; k < 2; k++) {
            g_assert_cmpint(shared->pairs[i][k]->shared.others, ==, 1);
            record_free(&dmarc_result_type, shared->pairs[i][k]);
            record_free(&dmarc_result_type, shared->pairs[i][k]);
        }
    for (guint i = 0; i < POLICIES; i++)
        record_free(&dns_answer_type, shared->policies[i]);
    providers_free(shared->providers);
}

/* ---- messages that differ in what patterns look at ---- */

static void
draw_checks(Dice *dice, Report *report)
{
    static const char *const matched[] = { NULL, "+all", "all", "ip4:192.0.2.0/24" };
    static const char *const records[] = { NULL, "v=spf1 +all", "v=spf1 ip4:192.0.2.0/24 all" };
    static const char *const algorithms[] = { "rsa-sha256", "ed25519-sha256" };
    SpfResult *spf = report->spf->mail_from;

    spf->result = draw(dice, 3) ? RESULT_PASS : RESULT_FAIL;
    spf->matched = g_strdup(PICK(dice, matched));
    spf->record = g_strdup(PICK(dice, records));
    spf->record_lookups = draw(dice, 3) ? RECORD_UNSET : 9 + draw(dice, 3);
    spf->domain = g_strdup(PICK(dice, domains));
    for (guint i = 0; i < 2; i++) {
        DkimResult *signature = record_new(&dkim_result_type);
        signature->domain = g_strdup(PICK(dice, domains));
        signature->selector = g_strdup(draw(dice, 2) ? "s" : "t");
        signature->algorithm = g_strdup(PICK(dice, algorithms));
        signature->key_bits = draw(dice, 3) ? 2048 : 1024;
        signature->unsigned_tail = draw(dice, 4) ? 0 : 7;
        g_ptr_array_add(report->dkim, signature);
    }
}

static void
draw_way(Dice *dice, Report *report)
{
    static const char *const hosts[] = { NULL, "out.a.example", "a8-1.smtp-out.amazonses.com", "o1.sendgrid.net" };
    static const char *const addresses[] = { "192.0.2.1", "192.0.2.2", "2001:db8::1" };
    Hop *hop = record_new(&hop_type);

    hop->border = draw(dice, 5) > 0;
    hop->ptr = g_strdup(PICK(dice, hosts));
    hop->from = g_strdup(PICK(dice, hosts));
    hop->helo = g_strdup(PICK(dice, hosts));
    g_ptr_array_add(report->route, hop);
    report->envelope->client_ip->value = g_strdup(PICK(dice, addresses));
    report->envelope->client_ip->address = g_strdup(report->envelope->client_ip->value);
    report->envelope->mail_from->domain = g_strdup(PICK(dice, domains));
}

static Step *
draw_tree(Dice *dice)
{
    static const char *const ids[] = { "policy", "alignment", "spf-record", "spf-check", "spf-vouches", "dkim-key", "dkim-body" };
    Step *root = record_new(&step_type);

    root->id = "dmarc";
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        Step *step = record_new(&step_type);
        step->id = ids[i];
        step->result = draw(dice, 2) ? RESULT_YES : RESULT_FAIL;
        if (draw(dice, 8) > 0)
            g_ptr_array_add(root->children, step);
        else
            record_free(&step_type, step);
    }
    return root;
}

static void
draw_findings(Dice *dice, Report *report)
{
    static const char *const ids[] = { "lookalike-domain", "lookalike-brand", "mixed-script", "display-name-address" };

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        if (draw(dice, 6) == 0)
            report_add_finding(report, ids[i], SEVERITY_WARNING, draw(dice, 2) ? "ceo@bank.example" : "a@shop.example",
                               draw(dice, 2) ? "bank.example" : "shop.example", NULL);
}

/* As the message of a seed that is a multiple of 64, but for one throw. */
#define ALIKE 64

static Report *
draw_report(guint32 seed, const Shared *shared)
{
    static const char *const authors[] = { "ann@a.example", "bob@a.example" };
    g_autoptr(GRand) usual = g_rand_new_with_seed(seed / ALIKE), odd = seed % ALIKE ? g_rand_new_with_seed(seed) : NULL;
    Dice dice = { usual, odd, 0, seed % ALIKE };
    const guint pair = draw(&dice, PAIRS);
    Report *report = report_new();
    Mailbox *author = record_new(&mailbox_type);

    report->from->domain = g_strdup("a.example");
    g_ptr_array_add(report->from->domains, g_strdup("a.example"));
    author->address = g_strdup(PICK(&dice, authors));
    author->domain = g_strdup("a.example");
    g_ptr_array_add(report->from->addresses, author);
    record_free(&dmarc_result_type, report->dmarc->rfc9989);
    record_free(&dmarc_result_type, report->dmarc->rfc7489);
    report->dmarc->rfc9989 = record_share(&dmarc_result_type, shared->pairs[pair][0]);
    report->dmarc->rfc7489 = record_share(&dmarc_result_type, shared->pairs[pair][1]);
    draw_checks(&dice, report);
    draw_way(&dice, report);
    report->tree = draw_tree(&dice);
    draw_findings(&dice, report);
    for (guint i = 0; i < POLICIES; i++)
        if (draw(&dice, 2))
            g_ptr_array_add(report->dns, record_share(&dns_answer_type, shared->policies[i]));
    return report;
}

/* ---- trials ---- */

typedef struct {
    Resolver     *resolver;
    const Report *report;
    guint         runs;
} Trials;

/* What a trial comes to follows from all that the key of trials says, and from DNS. */
static Report *
fake_run(const AnalysisOptions *options, gboolean *looked, gpointer data)
{
    Trials *trials = data;
    const Report *known = trials->report;
    g_autoptr(GString) all = g_string_new(known->spf->mail_from->domain);
    Report *after = report_new();

    trials->runs++;
    for (guint i = 0; i < edits_length(options->edits); i++)
        g_string_append_printf(all, " %s", edits_get(options->edits, i)->value);
    g_string_append_printf(all, " %s %s", known->envelope->client_ip->address, known->envelope->mail_from->domain);
    const guint dice = g_str_hash(all->str);
    g_autofree char *name = g_strdup_printf("%u.example", dice % 16);
    const gboolean answered = resolver_ask(trials->resolver, name, DNS_TXT)->status == DNS_NOERROR;
    after->dmarc->rfc9989->result = !answered ? RESULT_TEMPERROR : dice % 3 ? RESULT_PASS : RESULT_FAIL;
    *looked = dice % 7 == 0;
    return after;
}

/* The JSON of a drawn message with its advice, and what was asked of DNS. (transfer full) */
static char *
advised(Resolver *resolver, const Shared *shared, guint32 seed, guint *runs)
{
    g_autoptr(Report) report = draw_report(seed, shared);
    Trials trials = { resolver, report, 0 };
    const AnalysisOptions options = { .providers = shared->providers, .brief = seed % 5 == 0 };
    GString *out = g_string_new(NULL);

    resolver_start_log(resolver);
    advice_kept_find(report, &options, resolver, fake_run, &trials);
    *runs += trials.runs;
    printer_json(out, report);
    for (guint i = 0; i < resolver_log(resolver)->len; i++)
        g_string_append_printf(out, " %s", ((const DnsAnswer *)resolver_log(resolver)->pdata[i])->name);
    return g_string_free(out, FALSE);
}

static gboolean
is_said(const char *pattern, const char *json)
{
    g_autofree char *wanted = g_strdup_printf("\"pattern\":\"%s\"", pattern);

    return strstr(json, wanted) != NULL;
}

/* In any order, again and again, while names fall silent and answer again. */
static void
test_same(void)
{
    static const char *const patterns[] = { "lookalike", "shared-parent", "nothing-must-change", "sibling-names", "second-leg",
                                            "spf-plus-all", "older-receivers", "unsigned-tail", "short-key", "spf-crowded",
                                            "policy-none", "no-dmarc-record" };
    guint seen[G_N_ELEMENTS(patterns)] = { 0 }, runs_kept = 0, runs_plain = 0, silent = 0;
    Shared shared;
    g_autoptr(GRand) order = g_rand_new_with_seed(3);

    open_shared(&shared);
    Resolver *keeping = resolver_new(&world_class, &silent), *plain = resolver_new(&world_class, &silent);
    resolver_share_memo(plain, keeping);
    for (guint round = 0; round < 20000; round++) {
        const guint kind = round / 150 + (guint)g_rand_int_range(order, 0, 4);
        const guint32 seed = kind * ALIKE + (guint32)g_rand_int_range(order, 0, ALIKE);
        if (round % 50 == 0)
            silent = g_rand_int_range(order, 0, 2) ? (guint)g_rand_int_range(order, 0, 256) : 0;
        g_autofree char *alone = advised(plain, &shared, seed, &runs_plain), *among = advised(keeping, &shared, seed, &runs_kept);
        g_assert_cmpstr(alone, ==, among);
        for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++)
            seen[i] += is_said(patterns[i], among) ? 1 : 0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
        g_test_message("%s: %u", patterns[i], seen[i]);
        g_assert_cmpuint(seen[i], >, 20);
    }
    g_assert_cmpuint(runs_kept, >, 0);
    g_assert_cmpuint(runs_kept, <, runs_plain / 2);
    resolver_free(keeping);
    resolver_free(plain);
    close_shared(&shared);
}

/* The same record for the second and the third message of a kind; another where it is asked for the leading advice only, or a
 * person edits. */
static void
test_shared(void)
{
    guint silent = 0;
    Shared shared;

    open_shared(&shared);
    Resolver *resolver = resolver_new(&world_class, &silent);
    guint same = 0, other = 0;
    for (guint32 seed = 0; seed < 150 * ALIKE; seed += ALIKE) {
        g_autoptr(Report) first = draw_report(seed, &shared), second = draw_report(seed, &shared);
        g_autoptr(Report) brief = draw_report(seed, &shared);
        const AnalysisOptions options = { .providers = shared.providers };
        const AnalysisOptions leading = { .providers = shared.providers, .brief = TRUE };
        advice_kept_find(first, &options, resolver, NULL, NULL);
        advice_kept_find(brief, &leading, resolver, NULL, NULL);
        advice_kept_find(second, &options, resolver, NULL, NULL);
        g_assert_cmpuint(first->advice->len, ==, second->advice->len);
        for (guint i = 0; i < first->advice->len; i++)
            same += first->advice->pdata[i] == second->advice->pdata[i] ? 1 : 0;
        for (guint i = 0; i < brief->advice->len; i++)
            other += first->advice->pdata[i] != brief->advice->pdata[i] ? 1 : 0;
    }
    g_assert_cmpuint(same, >, 50);
    g_assert_cmpuint(other, >, 20);
    resolver_free(resolver);
    close_shared(&shared);
}

/* ---- what mail programs show ---- */

/* Of a message in shown(), at most. */
#define SENDER_THROWS 11

static void
draw_sender(Dice *dice, Report *report)
{
    static const char *const names[] = { NULL, "Ann", "ann@other.example", "" };
    static const char *const addresses[] = { "ann@a.example", "bob@a.example", "ann@sub.a.example", NULL };
    Mailbox *author = record_new(&mailbox_type);

    author->name = g_strdup(PICK(dice, names));
    author->address = g_strdup(PICK(dice, addresses));
    author->domain = g_strdup(draw(dice, 4) ? "a.example" : NULL);
    if (draw(dice, 8) == 0)
        record_free(&mailbox_type, author);
    else
        g_ptr_array_add(report->from->addresses, author);
    if (draw(dice, 4) == 0) {       /* the other RFC counts */
        WhatIf *edit = record_new(&what_if_type);
        edit->key = g_strdup("rfc");
        edit->value = g_strdup("7489");
        g_ptr_array_add(report->what_if, edit);
    }
    if (draw(dice, 3) == 0) {
        report->sender = record_new(&other_sender_type);
        report->sender->address = g_strdup(PICK(dice, addresses));
    }
    if (draw(dice, 3) == 0)
        report_add_finding(report, "display-name-address", SEVERITY_WARNING, draw(dice, 2) ? "x@b.example" : "y@b.example", NULL);
}

/* The JSON of a drawn message with what is shown of it. (transfer full) */
static char *
shown(const Programs *programs, Resolver *resolver, const Shared *shared, guint32 seed)
{
    g_autoptr(GRand) usual = g_rand_new_with_seed(seed / ALIKE), odd = g_rand_new_with_seed(seed);
    Dice dice = { usual, odd, 0, seed % ALIKE };
    g_autoptr(Report) report = report_new();
    const guint pair = draw(&dice, PAIRS), legacy = draw(&dice, PAIRS);
    GString *out = g_string_new(NULL);

    record_free(&dmarc_result_type, report->dmarc->rfc9989);
    record_free(&dmarc_result_type, report->dmarc->rfc7489);
    report->dmarc->rfc9989 = record_share(&dmarc_result_type, shared->pairs[pair][0]);
    report->dmarc->rfc7489 = record_share(&dmarc_result_type, shared->pairs[legacy][1]);
    draw_sender(&dice, report);
    if (resolver)
        presentation_tell_kept(programs, resolver, report);
    else
        presentation_tell(programs, report);
    printer_json(out, report);
    return g_string_free(out, FALSE);
}

/* The first programs of the file. (transfer full) */
static Programs *
load_few(GPtrArray *faults)
{
    g_autofree char *text = NULL, *path = NULL;
    const int file = g_file_open_tmp("programs-XXXXXX", &path, NULL);

    g_assert_true(file >= 0 && g_file_get_contents("src/data/programs.ini", &text, NULL, NULL));
    *strstr(text, "\n[outlook]") = '\0';
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    const char *const paths[] = { path, NULL };
    Programs *few = programs_load(paths, faults);
    g_unlink(path);
    close(file);
    return few;
}

static void
test_shown(void)
{
    static const char *const paths[] = { "src/data/programs.ini", NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Programs) all = programs_load(paths, faults), few = load_few(faults);
    g_autoptr(GRand) order = g_rand_new_with_seed(4);
    guint silent = 0, marks = 0, vias = 0;
    Shared shared;

    g_assert_cmpuint(faults->len, ==, 0);
    open_shared(&shared);
    Resolver *resolver = resolver_new(&world_class, &silent);
    for (guint round = 0; round < 20000; round++) {
        const guint kind = round / 150 + (guint)g_rand_int_range(order, 0, 4);
        const guint32 seed = kind * ALIKE + (guint32)g_rand_int_range(order, 0, SENDER_THROWS + 2);
        const Programs *programs = g_rand_int_range(order, 0, 10) ? all : few;
        g_autofree char *alone = shown(programs, NULL, &shared, seed), *among = shown(programs, resolver, &shared, seed);
        g_assert_cmpstr(alone, ==, among);
        marks += strstr(among, "mark-question") ? 1 : 0;
        vias += strstr(among, " via ") ? 1 : 0;
    }
    g_assert_cmpuint(marks, >, 50);
    g_assert_cmpuint(vias, >, 50);
    resolver_free(resolver);
    close_shared(&shared);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/advice-kept/same", test_same);
    g_test_add_func("/advice-kept/shared", test_shared);
    g_test_add_func("/advice-kept/shown", test_shown);
    return g_test_run();
}
