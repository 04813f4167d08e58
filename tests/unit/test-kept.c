/* test-kept.c: what is made once for many messages is what each message would have got alone.
 * SPDX-License-Identifier: MIT */
#include "receivers/kept.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/heap.h"
#include "base/spare.h"
#include "facts/mask.h"
#include "receivers/receivers.h"
#include "report/printer.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* Each check, and two rules that stand for each other. */
static const char rules_text[] =
    "[profile]\nas-of = 2026-07-02\nsource = https://example.com/rules\n"
    "[spf]\neffect = reject\ncode = 5.7.1\ninstead = dkim\n[dkim]\neffect = spam\ninstead = spf\n"
    "[either]\ncheck = spf-or-dkim\neffect = spam\n[dkim-key]\nat-least = 1024\neffect = reject\ninstead = spf\n"
    "[long]\ncheck = dkim-key\nat-least = 2048\neffect = advice\n[dmarc]\neffect = reject\ninstead = spf\n"
    "[dmarc-reject]\neffect = reject\n[dmarc-quarantine]\neffect = spam\n[alignment]\neffect = reject\n"
    "[own-domain]\neffect = spam\ndomains = a.example\n[message-id]\neffect = reject\n[single-from]\neffect = reject\n"
    "[elsewhere]\neffect = support\n[tls]\neffect = reject\n[ptr]\neffect = reject\n[dmarc-record]\neffect = support\n"
    "[arc]\neffect = advice\n[domain-exists]\neffect = reject\n[idn]\neffect = spam\n[unsubscribe]\neffect = support\n";
/* None of these is answered with a message's own words, so that the whole profile is kept. */
static const char few_text[] =
    "[profile]\nas-of = 2026-07-02\nsource = https://example.org/rules\n[spf]\neffect = reject\ncode = 5.7.1\ninstead = dkim\n"
    "[dkim]\neffect = spam\ninstead = spf\n[dmarc]\neffect = reject\ncode = 5.7.26\n[elsewhere]\neffect = support\n";
#define PROFILES 3

static ReceiverRules *
load_rules(void)
{
    g_autofree char *folder = g_dir_make_tmp("kept-XXXXXX", NULL);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    const char *const folders[] = { folder, NULL };

    for (int i = 0; i < PROFILES; i++) {
        g_autofree char *path = g_strdup_printf("%s/p%d.ini", folder, i);
        g_autoptr(GString) text = g_string_new(i < 2 ? rules_text : few_text);
        if (i == 1) {   /* the same questions, other rules; two of them have words of their own */
            g_string_replace(text, "example.com", "example.net", 0);
            g_string_append(text, "[again]\ncheck = message-id\neffect = spam\n");
        }
        g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
    }
    ReceiverRules *rules = receiver_rules_load(folders, faults);
    for (int i = 0; i < PROFILES; i++) {
        g_autofree char *path = g_strdup_printf("%s/p%d.ini", folder, i);
        g_remove(path);
    }
    g_rmdir(folder);
    g_assert_cmpuint(faults->len, ==, 0);
    return rules;
}

/* ---- messages that differ in what rules ask for ---- */

static guint
draw(GRand *random, guint below)
{
    return (guint)g_rand_int_range(random, 0, (gint32)below);
}

static const char *
pick(GRand *random, const char *const *words, guint count)
{
    return words[draw(random, count)];
}

static void
add_identifier(GRand *random, Report *report, const char *mechanism, const char *domain, gint64 signature)
{
    static const char *const told[] = { NULL, "pass", "fail" };
    static const int bases[] = { PROVENANCE_RECOMPUTED, PROVENANCE_REPORTED };
    Identifier *identifier = record_new(&identifier_type);

    identifier->mechanism = mechanism;
    identifier->domain = g_strdup(domain);
    identifier->authenticated = (int)draw(random, 3);
    identifier->aligned = (int)draw(random, 3);
    identifier->reported = g_strdup(pick(random, told, 3));
    identifier->basis = bases[draw(random, 2)];
    identifier->signature = signature;
    g_ptr_array_add(report->dmarc->rfc9989->identifiers, identifier);
}

static void
add_signature(GRand *random, Report *report, const char *domain)
{
    static const char *const reasons[] = { "ok", "key-weak", "body-mismatch", "dns-trouble" };
    static const int results[] = { RESULT_PASS, RESULT_FAIL, RESULT_TEMPERROR, RESULT_PERMERROR };
    DkimResult *signature = record_new(&dkim_result_type);

    signature->domain = g_strdup(domain);
    signature->algorithm = g_strdup("rsa-sha256");
    signature->key_bits = draw(random, 2) ? 2048 : 1000 + draw(random, 3) * 512;
    signature->result = results[draw(random, 4)];
    signature->reason = pick(random, reasons, 4);
    signature->key_gone = draw(random, 4) == 0;
    g_ptr_array_add(report->dkim, signature);
    add_identifier(random, report, "dkim", domain, (gint64)report->dkim->len - 1);
}

static void
add_hop(GRand *random, Report *report)
{
    static const char *const protocols[] = { NULL, "ESMTP", "ESMTPS", "SMTP" };
    static const char *const names[] = { NULL, "out.a.example", "unknown" };
    Hop *hop = record_new(&hop_type);

    hop->by = g_strdup("mx.example.net");
    hop->border = TRUE;
    hop->protocol = g_strdup(pick(random, protocols, 4));
    hop->ptr = g_strdup(pick(random, names, 3));
    hop->from = g_strdup(pick(random, names, 3));
    hop->ip = g_strdup("192.0.2.1");
    hop->no_ptr = draw(random, 3) == 0;
    g_ptr_array_add(report->route, hop);
}

static Report *
draw_report(GRand *random)
{
    static const char *const domains[] = { "a.example", "b.example" };
    static const char *const reasons[] = { NULL, "matched", "no-client-ip" };
    static const char *const policies[] = { NULL, "none", "quarantine", "reject" };
    static const int results[] = { RESULT_PASS, RESULT_FAIL, RESULT_NONE, RESULT_TEMPERROR, RESULT_UNKNOWN };
    Report *report = report_new();

    report->from->domain = g_strdup(pick(random, domains, 2));
    g_ptr_array_add(report->from->domains, g_strdup(report->from->domain));
    report->spf->mail_from->result = results[draw(random, 5)];
    report->spf->mail_from->domain = g_strdup(pick(random, domains, 2));
    report->spf->mail_from->reason = pick(random, reasons, 3);
    report->dmarc->rfc9989->result = results[draw(random, 5)];
    report->dmarc->rfc9989->policy = pick(random, policies, 4);
    report->dmarc->rfc9989->applied = report->dmarc->rfc9989->policy;
    report->dmarc->rfc9989->record_domain = g_strdup(report->from->domain);
    if (draw(random, 3) > 0)
        add_identifier(random, report, "spf", pick(random, domains, 2), RECORD_UNSET);
    for (guint i = draw(random, 3); i > 0; i--)
        add_signature(random, report, pick(random, domains, 2));
    if (draw(random, 4) > 0)
        add_hop(random, report);
    return report;
}

static Message *
draw_message(GRand *random)
{
    static const char *const ids[] = { "Message-ID: <1@a.example>\n", "Message-ID: <2@a.example>\n", "Message-ID: none\n", "" };
    g_autofree char *text = g_strconcat("From: A <a@a.example>\n", draw(random, 5) ? "" : "From: b@b.example\n",
                                        pick(random, ids, 4), "\nText\n", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return message_from_bytes(bytes, "drawn", NULL);
}

/* The JSON of a drawn message by these rules, masked or not. (transfer full) */
static char *
judged(const ReceiverRules *rules, guint32 seed, gboolean masked)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(Report) report = draw_report(random);
    g_autoptr(Message) message = draw_message(random);
    GString *out = g_string_new(NULL);

    receivers_judge(rules, message, report);
    if (masked) {
        Mask *mask = mask_new();
        mask_report(mask, report);
        mask_free(mask);
    }
    printer_json(out, report);
    return g_string_free(out, FALSE);
}

/* In any order, again and again, with a reader in between who has names masked. */
static void
test_same(void)
{
    g_autoptr(ReceiverRules) fresh = load_rules(), kept = load_rules();
    g_autoptr(GRand) order = g_rand_new_with_seed(5);
    guint masked = 0;

    receiver_rules_keep(kept);
    for (int round = 0; round < 3000; round++) {
        const guint32 seed = draw(order, 400);
        const gboolean hide = draw(order, 5) == 0;
        g_autofree char *one = judged(fresh, seed, hide), *other = judged(kept, seed, hide);
        g_assert_cmpstr(one, ==, other);
        masked += strstr(one, "a.example") ? 0 : 1;
    }
    g_assert_cmpuint(masked, >, 20);
}

/* ---- questions about names and results ---- */

#define SENDERS 6

/* What messages of one sender share: their reports hold the same results. */
typedef struct {
    DmarcResult *rfc9989[SENDERS], *rfc7489[SENDERS];
    SpfResult   *spf[SENDERS];
} Senders;

static void
open_senders(Senders *senders)
{
    for (guint i = 0; i < SENDERS; i++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(100 + i);
        g_autoptr(Report) report = draw_report(random), older = draw_report(random);
        if (i % 3 == 0)         /* then the other RFC's identifiers count */
            report->dmarc->rfc9989->reason = "no-record";
        senders->rfc9989[i] = record_share(&dmarc_result_type, report->dmarc->rfc9989);
        senders->rfc7489[i] = record_share(&dmarc_result_type, older->dmarc->rfc9989);
        senders->spf[i] = record_share(&spf_result_type, report->spf->mail_from);
    }
}

static void
close_senders(Senders *senders)
{
    for (guint i = 0; i < SENDERS; i++) {
        record_free(&dmarc_result_type, senders->rfc9989[i]);
        record_free(&dmarc_result_type, senders->rfc7489[i]);
        record_free(&spf_result_type, senders->spf[i]);
    }
}

static void
hold_results(Report *report, const Senders *senders, guint dmarc, guint rfc7489, guint spf)
{
    record_free(&dmarc_result_type, report->dmarc->rfc9989);
    record_free(&dmarc_result_type, report->dmarc->rfc7489);
    record_free(&spf_result_type, report->spf->mail_from);
    report->dmarc->rfc9989 = record_share(&dmarc_result_type, senders->rfc9989[dmarc]);
    report->dmarc->rfc7489 = record_share(&dmarc_result_type, senders->rfc7489[rfc7489]);
    report->spf->mail_from = record_share(&spf_result_type, senders->spf[spf]);
}

static void
set(char **slot, const char *text)
{
    g_free(*slot);
    *slot = g_strdup(text);
}

static void
add_signature_of(Report *report, const char *domain)
{
    DkimResult *signature = record_new(&dkim_result_type);

    signature->domain = g_strdup(domain);
    signature->algorithm = g_strdup("rsa-sha256");
    signature->key_bits = 2048;
    signature->result = RESULT_PASS;
    signature->reason = "ok";
    signature->provenance = PROVENANCE_RECOMPUTED;
    g_ptr_array_add(report->dkim, signature);
}

static void
add_answer(Report *report, const char *name, int status)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->name = g_strdup(name);
    answer->type = g_strdup("TXT");
    answer->status = status;
    g_ptr_array_add(report->dns, answer);
}

/* The message of a sender, as all of his are. */
static Report *
usual_report(const Senders *senders, guint sender)
{
    Report *report = report_new();

    hold_results(report, senders, sender, sender, sender);
    report->from->domain = g_strdup("a.example");
    report->envelope->mail_from->domain = g_strdup("a.example");
    report->sender = record_new(&other_sender_type);
    report->reply_to = record_new(&other_sender_type);
    set(&report->source->fidelity, "fragments");
    add_signature_of(report, "a.example");
    add_answer(report, "a.example", DNS_NOERROR);
    add_answer(report, "b.example", DNS_NODATA);
    add_answer(report, "xn--pypal-4ve.example", DNS_NODATA);
    return report;
}

#define MIXED "xn--pypal-4ve.example"

/* One thing is otherwise; 0: nothing. */
#define CHANGES 29

/* A bounce: SPF is asked of the name in HELO. */
static void
set_null_sender(Report *report, const char *helo)
{
    set(&report->envelope->mail_from->address, "");
    set(&report->envelope->mail_from->domain, NULL);
    set(&report->envelope->helo->domain, helo);
}

static void
change(Report *report, const Senders *senders, guint sender, guint what)
{
    DkimResult *signature = report->dkim->pdata[0];
    DnsAnswer *answer = report->dns->pdata[0];
    const guint other = (sender + 1) % SENDERS;

    switch (what) {
    case 1:  hold_results(report, senders, other, sender, sender); break;
    case 2:  hold_results(report, senders, sender, other, sender); break;
    case 3:  hold_results(report, senders, sender, sender, other); break;
    case 4:  set(&report->from->domain, "b.example"); break;
    case 5:  set(&report->from->domain, NULL); break;
    case 6:  set(&report->from->domain, MIXED); break;
    case 7:  set(&report->envelope->mail_from->domain, "b.example"); break;
    case 8:  set(&report->envelope->mail_from->domain, MIXED); break;
    case 9:  set(&report->envelope->mail_from->domain, NULL); break;
    case 10: set(&report->sender->domain, MIXED); break;
    case 11: set(&report->reply_to->domain, MIXED); break;
    case 12: report->arc->result = RESULT_PASS; break;
    case 13: report->arc->result = RESULT_FAIL; break;
    case 14: answer->status = DNS_NXDOMAIN; set(&report->envelope->mail_from->domain, "b.example"); break;
    case 15: ((DnsAnswer *)report->dns->pdata[1])->status = DNS_NXDOMAIN; set(&report->envelope->mail_from->domain, "b.example"); break;
    case 16: set(&signature->domain, "b.example"); break;
    case 17: set(&signature->algorithm, "ed25519-sha256"); break;
    case 18: signature->reason = "key-weak"; break;
    case 19: signature->result = RESULT_FAIL; break;
    case 20: signature->key_bits = 1024; break;
    case 21: signature->key_bits = RECORD_UNSET; break;
    case 22: signature->key_gone = TRUE; break;
    case 23: signature->key_bits = RECORD_UNSET; signature->provenance = PROVENANCE_ASSUMED; break;
    case 24: add_signature_of(report, "b.example"); break;
    case 25: set(&report->source->fidelity, NULL); /* fall through */
    case 26: record_free(&dkim_result_type, g_ptr_array_remove_index(report->dkim, 0)); break;
    case 27: set_null_sender(report, MIXED); break;
    case 28: case 29:
        set_null_sender(report, what == 28 ? "b.example" : MIXED);
        for (guint i = 1; i < report->dns->len; i++)
            ((DnsAnswer *)report->dns->pdata[i])->status = DNS_NXDOMAIN;
        break;
    default: break;
    }
}

static Message *
message_of(gboolean list)
{
    const char *text = list ? "From: A <a@a.example>\nList-Post: <mailto:l@a.example>\n\nText\n" : "From: A <a@a.example>\n\nText\n";
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return message_from_bytes(bytes, "of", NULL);
}

/* What is said of such a message. (transfer full) */
static char *
said(const ReceiverRules *rules, const Senders *senders, guint sender, guint what, guint message)
{
    g_autoptr(Report) report = usual_report(senders, sender);
    g_autoptr(Message) own = message == 0 ? NULL : message_of(message == 1);
    GString *out = g_string_new(NULL);

    change(report, senders, sender, what);
    receivers_judge(rules, own, report);
    printer_json(out, report);
    return g_string_free(out, FALSE);
}

/* Each difference, behind messages that have none, and behind those that have the same one. */
static void
test_names(void)
{
    g_autoptr(ReceiverRules) fresh = load_rules(), kept = load_rules();
    g_autoptr(GRand) order = g_rand_new_with_seed(6);
    Senders senders;

    open_senders(&senders);
    receiver_rules_keep(kept);
    for (guint round = 0; round < 20000; round++) {
        const guint sender = draw(order, SENDERS), message = draw(order, 3);
        const guint what = draw(order, 2) ? 0 : draw(order, CHANGES + 1);
        g_autofree char *one = said(fresh, &senders, sender, what, message);
        g_autofree char *other = said(kept, &senders, sender, what, message);
        g_assert_cmpstr(one, ==, other);
    }
    close_senders(&senders);
}

/* More answers than are kept: all are forgotten, and what a report still holds stays. */
static void
test_many(void)
{
    g_autoptr(ReceiverRules) kept = load_rules();
    g_autoptr(GPtrArray) reports = g_ptr_array_new();

    receiver_rules_keep(kept);
    for (guint i = 0; i < 7500; i++) {
        Report *report = report_new();
        report->from->domain = g_strdup_printf("d%u.example", i / 3);
        report->dmarc->rfc9989->result = RESULT_PASS;
        receivers_judge(kept, NULL, report);
        g_ptr_array_add(reports, report);
    }
    for (guint i = 0; i < reports->len; i++) {
        g_autofree char *wanted = g_strdup_printf("DMARC passes for d%u.example.", i / 3);
        g_autoptr(GString) out = g_string_new(NULL);
        printer_json(out, reports->pdata[i]);
        g_assert_nonnull(strstr(out->str, wanted));
        report_free(reports->pdata[i]);
    }
}

/* As after many messages: nothing is kept at once any more. */
static void
use_up_early(ReceiverRules *kept)
{
    for (guint i = 0; i < 2 * MAX(KEPT_ANSWERS_EARLY, KEPT_PROFILES_EARLY); i++) {
        Report *report = report_new();
        report->from->domain = g_strdup_printf("early%u.example", i / 2);
        report->dmarc->rfc9989->result = RESULT_PASS;
        receivers_judge(kept, NULL, report);
        report_free(report);
    }
}

/* The profile whose rules were all answered as before is one record after so many rounds of three messages, until one is
 * answered otherwise. */
static void
expect_profile(ReceiverRules *kept, guint rounds)
{
    ReceiverVerdict *last[3] = { NULL };
    g_autoptr(GPtrArray) reports = g_ptr_array_new_with_free_func((GDestroyNotify)report_free);

    for (guint i = 0; i < 18; i++) {
        const guint turn = i % 3;
        Report *report = report_new();
        report->from->domain = g_strdup_printf("d%u.example", turn);
        report->dmarc->rfc9989->result = turn == 0 ? RESULT_FAIL : RESULT_PASS;
        receivers_judge(kept, NULL, report);
        g_ptr_array_add(reports, report);
        ReceiverVerdict *few = report->receivers->pdata[PROFILES - 1];
        g_assert_cmpint(few->result, ==, turn == 0 ? RESULT_FAIL : RESULT_UNKNOWN);
        if (i >= 3 * rounds)
            g_assert_true(few == last[turn]);
        else
            g_assert_true(few != last[turn]);
        last[turn] = few;
    }
    g_assert_true(last[0] != last[1] && last[1] != last[2]);
}

static void
test_profile(void)
{
    g_autoptr(ReceiverRules) early = load_rules(), later = load_rules();

    receiver_rules_keep(early);
    expect_profile(early, 1);
    receiver_rules_keep(later);
    use_up_early(later);
    expect_profile(later, 3);
}

/* What a stranger made long is judged, and not kept. */
static void
test_long(void)
{
    g_autoptr(KeptVerdicts) kept = kept_verdicts_new();
    g_autofree char *name = g_strnfill(400, 'a'), *more = g_strnfill(200, 'b');
    CheckAnswer answer = { RESULT_PASS, "rule-message-id", { name, NULL } };

    for (guint i = 0; i < KEPT_ANSWERS_EARLY; i++) {
        g_autofree char *early = g_strdup_printf("early%u", i);
        g_assert_nonnull(kept_answer(kept, 0, &(CheckAnswer){ RESULT_PASS, "rule-message-id", { early, NULL } }));
    }
    g_assert_null(kept_answer(kept, 0, &answer));
    g_assert_nonnull(kept_answer(kept, 0, &answer));
    g_assert_null(kept_answer(kept, 1, &answer));
    g_assert_true(kept_answer(kept, 0, &answer) == kept_answer(kept, 0, &answer));
    g_assert_true(kept_answer(kept, 0, &answer) != kept_answer(kept, 1, &answer));
    answer.args[1] = more;
    g_assert_null(kept_answer(kept, 0, &answer));
}

/* Two names whose hashes, of 32 bits, are the same in this run: by chance after some 82,000. (transfer full) */
static void
find_twins(char **one, char **other)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(NULL, NULL, NULL, g_free);

    *other = NULL;
    for (guint i = 0; !*other; i++) {
        char *name = g_strdup_printf("d%u.example", i);
        const gpointer hash = GUINT_TO_POINTER(hash_text(name));
        const char *before = g_hash_table_lookup(seen, hash);
        if (before) {
            *one = g_strdup(before);
            *other = name;
        } else {
            g_hash_table_insert(seen, hash, name);
        }
    }
}

/* The one that is kept for it from the second time on. */
static KeptAnswer *
answer_of(KeptVerdicts *kept, guint slot, int result, const char *reason, char *argument)
{
    const CheckAnswer answer = { .result = result, .reason = reason, .args = { argument } };

    kept_answer(kept, slot, &answer);
    return kept_answer(kept, slot, &answer);
}

/* Answers that fall into one place of the table are two answers. */
static void
test_twins(void)
{
    static const char words[] = "rule-message-id";
    g_autoptr(KeptVerdicts) kept = kept_verdicts_new();
    g_autofree char *one = NULL, *other = NULL;

    find_twins(&one, &other);
    g_assert_true(answer_of(kept, 0, RESULT_PASS, words, one) != answer_of(kept, 0, RESULT_PASS, words, other));
    g_assert_true(answer_of(kept, 0, RESULT_PASS, words, one) == answer_of(kept, 0, RESULT_PASS, words, one));
    /* The last one without arguments is at hand before any hash is asked. */
    g_assert_true(answer_of(kept, 2, RESULT_PASS, words, NULL) != answer_of(kept, 2, RESULT_FAIL, words, NULL));
    g_assert_true(answer_of(kept, 2, RESULT_FAIL, words, NULL) != answer_of(kept, 2, RESULT_FAIL, words + 1, NULL));
    /* A slot is hashed 256 times as high as a result, a reason by where it stands. */
    g_assert_true(answer_of(kept, 1, 0, words, one) != answer_of(kept, 0, 256, words, one));
    const gsize at = GPOINTER_TO_SIZE(words) & 1;
    g_assert_true(answer_of(kept, 0, 0, words + at, one) != answer_of(kept, 0, 1, words + at + 1, one));
}

/* A verdict is another one for another rule, for another result, and where another rule stands for it. */
static void
test_cases(void)
{
    static const RuleSpec rules[2];
    g_autoptr(KeptVerdicts) kept = kept_verdicts_new();
    KeptAnswer *answer = answer_of(kept, 0, RESULT_PASS, "rule-message-id", NULL);
    const KeptCase cases[] = { { &rules[0], RESULT_PASS, FALSE }, { &rules[1], RESULT_PASS, FALSE },
                               { &rules[0], RESULT_FAIL, FALSE }, { &rules[0], RESULT_PASS, TRUE } };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        ReceiverRule *verdict = record_new(&receiver_rule_type);
        g_assert_null(kept_verdict(answer, &cases[i]));
        kept_add(answer, &cases[i], verdict);
        g_assert_true(kept_verdict(answer, &cases[i]) == verdict);
        record_free(&receiver_rule_type, verdict);
    }
}

/* So many messages' answers, each a profile of its own where there is one. */
static void
add_answers(KeptVerdicts *kept, const Profile *profile, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("d%u", i);
        KeptAnswer *answer = answer_of(kept, 0, RESULT_PASS, "rule-message-id", name);
        if (profile)
            kept_profile(kept, profile, &answer);
    }
    kept_make_room(kept);
}

/* Where there are too many answers, no profile is known by one that is gone. */
static void
test_room(void)
{
    static const RuleSpec rule;
    g_autoptr(GPtrArray) rules = g_ptr_array_new();
    g_autoptr(KeptVerdicts) kept = kept_verdicts_new();
    const Profile profile = { .rules = rules };
    const KeptCase found = { &rule, RESULT_PASS, FALSE };
    ReceiverVerdict *verdict = record_new(&receiver_verdict_type);
    ReceiverRule *of_rule = record_new(&receiver_rule_type);

    g_ptr_array_add(rules, (gpointer)&rule);
    KeptAnswer *answer = answer_of(kept, 0, RESULT_PASS, "rule-message-id", (char[]){ "first" });
    kept_add(answer, &found, of_rule);
    for (guint i = 0; i < 2; i++)
        kept_profile_add(kept_profile(kept, &profile, &answer), verdict);
    kept_make_room(kept);
    g_assert_true(kept_profile_verdict(kept_profile(kept, &profile, &answer)) == verdict);
    add_answers(kept, &profile, 600);       /* profiles are fewer than answers */
    g_assert_null(kept_profile_verdict(kept_profile(kept, &profile, &answer)));
    g_assert_true(kept_verdict(answer, &found) == of_rule);
    for (guint i = 0; i < 2; i++)
        kept_profile_add(kept_profile(kept, &profile, &answer), verdict);
    add_answers(kept, NULL, 2000);
    /* The address of what is gone, as another answer may get it. */
    g_assert_null(kept_profile_verdict(kept_profile(kept, &profile, &answer)));
    g_assert_null(kept_verdict(answer_of(kept, 0, RESULT_PASS, "rule-message-id", (char[]){ "first" }), &found));
    record_free(&receiver_verdict_type, verdict);
    record_free(&receiver_rule_type, of_rule);
}

static gsize
json_kept(gsize length)
{
    g_autoptr(Report) report = report_new();
    DnsAnswer *answer = record_new(&dns_answer_type);
    DnsRecord *record = record_new(&dns_record_type);
    g_autoptr(GString) once = g_string_new(NULL), again = g_string_new(NULL);

    record->text = g_strnfill(length, '\x01');
    g_ptr_array_add(answer->records, record);
    g_ptr_array_add(report->dns, record_share(&dns_answer_type, answer));
    printer_json(once, report);
    printer_json(again, report);
    g_assert_cmpstr(once->str, ==, again->str);
    const gsize kept = answer->shared.json ? answer->shared.json_length : 0;
    record_free(&dns_answer_type, answer);
    return kept;
}

static void
test_long_json(void)
{
    g_assert_cmpuint(json_kept(100), >, 600);
    g_assert_cmpuint(json_kept(10000), ==, 0);
}

/* ---- records put aside ---- */

static gboolean
is_list(const RecordField *f)
{
    return f->kind == RECORD_STRINGS || f->kind == RECORD_SPANS || f->kind == RECORD_LIST || f->kind == RECORD_PAIRS;
}

/* Each byte of a record is the same as of one made without a plan, but for the lists, which are empty. */
static void
assert_blank(const RecordType *type, gpointer record)
{
    const RecordType unplanned = { type->name, type->size, type->fields };
    guint8 *fresh = record_new(&unplanned);

    for (const RecordField *f = type->fields; f->name; f++) {
        gpointer *slot = (gpointer *)(void *)((char *)record + f->offset);
        gpointer *other = (gpointer *)(void *)(fresh + f->offset);
        if (!is_list(f))
            continue;
        g_assert_cmpuint(f->kind == RECORD_SPANS ? ((GArray *)*slot)->len : ((GPtrArray *)*slot)->len, ==, 0);
        if (f->kind == RECORD_SPANS)
            g_array_unref(*other);
        else
            g_ptr_array_unref(*other);
        *other = *slot;
    }
    g_assert_true(memcmp(record, fresh, type->size) == 0);
    g_free(fresh);
}

static void fill(const RecordType *type, guint8 *record, guint depth);

static void
fill_list(const RecordField *f, gpointer list, guint count, guint depth)
{
    for (guint i = 0; i < count; i++) {
        if (f->kind == RECORD_SPANS) {
            g_array_append_val((GArray *)list, ((Span){ i, i + 1 }));
        } else if (f->kind == RECORD_STRINGS) {
            g_ptr_array_add(list, g_strdup("x"));
        } else {
            const RecordType *type = f->kind == RECORD_PAIRS ? &pair_type : f->type;
            g_ptr_array_add(list, record_new(type));
            fill(type, ((GPtrArray *)list)->pdata[i], depth + 1);
        }
    }
}

/* Something in each field, and in what no field names; long lists in the first of them. */
static void
fill(const RecordType *type, guint8 *record, guint depth)
{
    g_autofree guint8 *before = g_memdup2(record, type->size);

    memset(record, 0x5A, type->size);
    if (type->shared > 0)
        memset(record + type->shared, 0, sizeof(RecordShared));
    for (const RecordField *f = type->fields; f->name; f++) {
        gpointer *slot = (gpointer *)(void *)(record + f->offset);
        if (is_list(f)) {
            memcpy(slot, before + f->offset, sizeof *slot);
            fill_list(f, *slot, depth == 0 ? 100 : depth < 3 ? 2 : 0, depth);
        } else if (f->kind == RECORD_STRING || f->kind == RECORD_DOMAIN) {
            *slot = g_strdup("text");
        } else if (f->kind == RECORD_BLOB) {
            *slot = g_bytes_new("b", 1);
        } else if (f->kind == RECORD_ONE) {
            *slot = depth < 3 ? record_new(f->type) : NULL;
            if (*slot)
                fill(f->type, *slot, depth + 1);
        }
    }
}

/* More of them than are kept; what comes back is as new. */
static void
test_put_aside(void)
{
    static const RecordType *const types[] = { &step_type, &evidence_type, &report_type, &dkim_result_type,
                                               &receiver_rule_type, &dns_answer_type, &source_info_type,
                                               &reported_result_type, &dmarc_pair_type, &advice_type };
    gpointer records[200];

    for (gsize t = 0; t < G_N_ELEMENTS(types); t++) {
        for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
            records[i] = record_new(types[t]);
            fill(types[t], records[i], i == 0 ? 0 : 2);
        }
        for (gsize i = 0; i < G_N_ELEMENTS(records); i++)
            record_free(types[t], records[i]);
        for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
            records[i] = record_new(types[t]);
            assert_blank(types[t], records[i]);
        }
        const gpointer last = records[0];       /* none is left by now */
        record_free(types[t], last);
        records[0] = record_new(types[t]);
        g_assert_true(records[0] == last);
        for (gsize i = 0; i < G_N_ELEMENTS(records); i++)
            record_free(types[t], records[i]);
    }
}

/* ---- records with several holders ---- */

static char *
shout(const RecordType *type, const RecordField *field, const char *value, gpointer data)
{
    (void)type;
    (void)field;
    (void)data;
    return g_ascii_strup(value, -1);
}

static void
test_shared(void)
{
    ReceiverRule *rule = record_new(&receiver_rule_type);
    ReceiverVerdict *one = record_new(&receiver_verdict_type), *other = record_new(&receiver_verdict_type);
    g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);

    rule->title = g_strdup("spf");
    g_ptr_array_add(one->rules, rule);
    g_ptr_array_add(other->rules, record_share(&receiver_rule_type, rule));
    g_assert_true(record_equal(&receiver_verdict_type, one, other));
    record_edit(&receiver_verdict_type, one, shout, NULL);
    g_assert_cmpstr(((ReceiverRule *)one->rules->pdata[0])->title, ==, "SPF");
    g_assert_cmpstr(((ReceiverRule *)other->rules->pdata[0])->title, ==, "spf");
    record_free(&receiver_verdict_type, one);
    gpointer own = other->rules->pdata[0];
    g_assert_true(record_own(&receiver_rule_type, &own) == other->rules->pdata[0]);
    record_free(&receiver_verdict_type, other);
}

static gpointer
hold_and_let_go(gpointer data)
{
    GPtrArray *list = g_ptr_array_new();

    for (int i = 0; i < 300000; i++) {
        g_ptr_array_add(list, record_share(&evidence_type, data));
        if (list->len == 50) {
            for (guint n = 0; n < list->len; n++)
                record_free(&evidence_type, list->pdata[n]);
            g_ptr_array_set_size(list, 0);
        }
    }
    g_ptr_array_unref(list);
    return NULL;
}

/* Evidence of a report that two threads read: each takes it over, and lets it go. */
static void
test_threads(void)
{
    Evidence *evidence = evidence_option("--ip");
    GThread *threads[4];

    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("holder", hold_and_let_go, evidence);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(evidence->shared.others, ==, 0);
    g_assert_cmpstr(evidence->name, ==, "--ip");
    record_free(&evidence_type, evidence);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    heap_keep();
    spare_keep();       /* sanitizers have no heap of ours */
    g_test_add_func("/kept/same", test_same);
    g_test_add_func("/kept/names", test_names);
    g_test_add_func("/kept/many", test_many);
    g_test_add_func("/kept/profile", test_profile);
    g_test_add_func("/kept/long", test_long);
    g_test_add_func("/kept/twins", test_twins);
    g_test_add_func("/kept/cases", test_cases);
    g_test_add_func("/kept/room", test_room);
    g_test_add_func("/kept/long-json", test_long_json);
    g_test_add_func("/kept/put-aside", test_put_aside);
    g_test_add_func("/kept/shared", test_shared);
    g_test_add_func("/kept/threads", test_threads);
    return g_test_run();
}
