/* test-question.c: what is asked about a message is answered by its tree; what a wrong guess shows; the walk; the
 * score; class files.
 * SPDX-License-Identifier: MIT */
#include "lesson/question-walk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "analysis/analysis.h"
#include "lesson/class-file.h"
#include "lesson/misconception.h"
#include "lesson/score.h"
#include "mailbox/store.h"

static char *folder;

/* ---- messages ---- */

static Report *
analyse_message(const Message *message, const char *zone, const char *const *edits)
{
    const char *const zones[] = { zone, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Resolver) resolver = resolver_snapshot(zones, TRUE, &error);
    g_assert_no_error(error);
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    g_autoptr(Edits) stack = edits_new();
    for (; edits && *edits; edits++) {
        edits_add_text(stack, *edits, &error);
        g_assert_no_error(error);
    }
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = psl,
                                      .edits = edits_length(stack) > 0 ? stack : NULL };

    return analysis_run(message, resolver, &options);
}

static Report *
analyse_file(const char *path)
{
    g_autofree char *stem = g_strndup(path, (gsize)(strrchr(path, '.') - path));
    g_autofree char *zone = g_strconcat(stem, ".dns", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(path, &error);
    g_assert_no_error(error);
    g_autoptr(Message) message = store_message(store, 0, &error);

    g_assert_no_error(error);
    return analyse_message(message, zone, NULL);
}

static const char zone_text[] =
    ";! complete .\n"
    "example.jp. TXT \"v=spf1 ip4:198.51.100.25 -all\"\n"
    "_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\n"
    "example.com. TXT \"v=spf1 ip4:192.0.2.10 include:outer.example -all\"\n"
    "_dmarc.example.com. TXT \"v=DMARC1; p=none\"\n"
    "soft.example.com. TXT \"v=spf1 ip4:198.51.100.1 ~all\"\n"
    "www.example.com. TXT \"v=spf1 ip4:192.0.2.10 -all\"\n"
    "include.example. TXT \"v=spf1 include:outer.example ip4:192.0.2.10 -all\"\n"
    "_dmarc.include.example. TXT \"v=DMARC1; p=quarantine\"\n"
    "outer.example. TXT \"v=spf1 ip4:198.51.100.9 ~all\"\n"
    "mx.example.net. TXT \"v=spf1 ip4:192.0.2.10 -all\"\n"
    "_dmarc.co.example. TXT \"v=DMARC1; psd=y; p=reject\"\n"
    "a.co.example. TXT \"v=spf1 ip4:192.0.2.10 -all\"\n"
    "_dmarc.pct.example. TXT \"v=DMARC1; p=reject; pct=50\"\n"
    "_dmarc.test.example. TXT \"v=DMARC1; p=reject; t=y\"\n"
    "forward.example. TXT \"v=spf1 ip4:192.0.2.10 -all\"\n"
    "_dmarc.bulk.example. TXT \"v=DMARC1; p=quarantine\"\n"
    "bulk.example. TXT \"v=spf1 ip4:192.0.2.10 -all\"\n"
    "hard.example. TXT \"v=spf1 ip4:198.51.100.1 -all\"\n"
    "_dmarc.hard.example. TXT \"v=DMARC1; p=reject\"\n";

/* The key of a sample, under the name of these signatures. */
static char *
zone_with_key(void)
{
    g_autofree char *sample = NULL;

    g_assert_true(g_file_get_contents("samples/webform.dns", &sample, NULL, NULL));
    const char *key = strstr(sample, "form2026._domainkey IN TXT (");
    const char *end = key ? strchr(key, ')') : NULL;
    g_assert_nonnull(end);
    key = strchr(key, '(');
    return g_strdup_printf("%sx._domainkey.example.com. IN TXT %.*s\n", zone_text, (int)(end + 1 - key), key);
}

/* {0} Return-Path:, {1} From:, {2} further fields, each with its line end */
static Report *
analyse_text(const char *mail_from, const char *from, const char *fields, const char *const *edits)
{
    g_autofree char *zone = g_build_filename(folder, "zone.dns", NULL);
    g_autofree char *path = mail_from ? g_strdup_printf("Return-Path: <%s>\r\n", mail_from) : g_strdup("");
    g_autofree char *text = g_strdup_printf(
        "%s%s%sFrom: %s\r\nSubject: one\r\nDate: Tue, 1 Sep 2026 10:00:00 +0000\r\n\r\ntext\r\n", path,
        mail_from ? "Received: from mx.example.net (mx.example.net [192.0.2.10]) by in.example.org; Tue, 1 Sep 2026 "
                    "10:00:01 +0000\r\n" : "",
        fields, from);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Message) message = message_from_bytes(bytes, "test", NULL);

    g_autofree char *zones = zone_with_key();
    g_assert_true(g_file_set_contents(zone, zones, -1, NULL));
    return analyse_message(message, zone, edits);
}

/* ---- the right answer is the tree's ---- */

static guint
policy_of(const char *policy)
{
    return !policy ? 4 : g_str_equal(policy, "none") ? 0 : g_str_equal(policy, "quarantine") ? 1 : 2;
}

static void
check_outcome(const Report *report, const Question *question)
{
    const Step *step = question->step;
    const DmarcResult *dmarc = report_dmarc(report);

    switch (question->kind) {
    case QUESTION_SPF:
        g_assert_cmpstr(step->id, ==, "spf-check");
        g_assert_cmpuint(question->right, ==, answer_of_result((Result)report->spf->mail_from->result));
        break;
    case QUESTION_SPF_ALIGNED:
    case QUESTION_DKIM_ALIGNED:
        g_assert_cmpstr(step->id, ==, "alignment");
        g_assert_cmpuint(question->right, ==,
                         step->result == RESULT_YES ? 0 : step->result == RESULT_NO ? 1 : 2);
        break;
    case QUESTION_DKIM:
    case QUESTION_ARC:
        g_assert_cmpuint(question->right, ==, answer_of_result((Result)step->result));
        break;
    case QUESTION_DMARC:
        g_assert_cmpuint(question->right, ==, answer_of_result((Result)step->result));
        if (step == report->tree)
            g_assert_cmpint(step->result, ==, dmarc->result);
        break;
    case QUESTION_POLICY:
        if (report->from->domains->len == 1 && step->result == RESULT_YES)
            g_assert_cmpuint(question->right, ==, policy_of(dmarc->policy));
        g_assert_true((step->result == RESULT_NONE) == (question->right == 3));
        break;
    case QUESTION_ASKED:
        g_assert_cmpuint(question->right, ==,
                         dmarc->result == RESULT_PASS || !g_strcmp0(dmarc->applied, "none") ? 0
                         : dmarc->result == RESULT_FAIL ? policy_of(dmarc->applied) : 3);
        break;
    default:
        g_assert_true(question_is_about_meaning(question));
        g_assert_cmpint(question->after, >=, 0);
        break;
    }
}

/* No result of a check, and nothing that one computed, stands among what is shown first. */
static void
check_inputs(const Question *question)
{
    static const char *const computed[] = { "lookups", "void-lookups", "record-lookups", "crossed", "computed-hash",
                                            "author-org-domain", "identifier-org-domain", "authenticated", NULL };

    for (guint i = 0; i < question->inputs->len; i++) {
        const StepInput *input = question->inputs->pdata[i];
        g_assert_false(g_strv_contains(computed, input->name));
        g_assert_false(g_strv_contains(result_words, input->value));
        g_assert_null(strstr(input->value, "spf=pass"));
    }
}

static guint
check_report(const Report *report, guint32 *shown)
{
    g_autoptr(GPtrArray) questions = questions_of(report);
    g_autoptr(GPtrArray) again = questions_of(report);
    g_autoptr(GHashTable) items = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *key = questions_key(questions), *same = questions_key(again);
    guint verdicts = 0;

    g_assert_cmpstr(key, ==, same);
    g_assert_cmpuint(questions->len, ==, again->len);
    g_assert_cmpuint(questions->len, <=, QUESTIONS_MAX);
    for (guint i = 0; i < questions->len; i++) {
        const Question *question = questions->pdata[i];
        g_assert_true(g_hash_table_add(items, question->item));     /* each item once */
        g_assert_cmpuint(question->right, <, question->choices);
        g_assert_cmpuint(question->mistakes[question->right], ==, 0);
        g_assert_cmpint(question->after, <, (int)i);
        check_outcome(report, question);
        check_inputs(question);
        verdicts += question->kind == QUESTION_DMARC && question->step == report->tree;
        g_autofree char *text = question_text(question), *why = question_why(question);
        g_assert_cmpuint(strlen(text), >, 10);
        g_assert_cmpuint(strlen(why), >, 3);
        for (guint j = 0; j < question->choices; j++) {
            g_autofree char *choice = question_choice(question, j), *word = question_word(question, j);
            g_assert_true(*choice && *word);
            g_assert_cmpuint(question->mistakes[j], <=, MISCONCEPTIONS);
            *shown |= 1u << question->mistakes[j];
        }
    }
    g_assert_cmpuint(verdicts, ==, 1);
    return questions->len;
}

static void
test_samples(void)
{
    static const char *const names[] = {
        "bounce-dmarc.eml", "bounce-report.eml", "bounce-spam.eml", "bounce.eml", "campaign.eml",
        "ses-custom.eml", "ses-default.eml", "webform-fixed.eml", "webform.eml",
        "pasted-gmail-ja.txt", "pasted-gmail.txt", "pasted-outlook.txt", "pasted-quoted.txt",
        "pasted-ses.txt",
    };
    guint asked = 0;
    guint32 shown = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename("samples", names[i], NULL);
        Report *report = analyse_file(path);
        asked += check_report(report, &shown);
        report_free(report);
    }
    g_test_message("%u questions", asked);
    g_assert_cmpuint(asked, >, 5 * (guint)G_N_ELEMENTS(names));
}

/* Names, results and tags at random, from a fixed seed. */
static void
test_generated(void)
{
    static const char *const domains[] = { "example.jp", "example.com", "www.example.com", "soft.example.com",
                                           "include.example", "a.co.example", "b.co.example", "pct.example",
                                           "test.example", "bulk.example", "hard.example", "nothing.example" };
    static const char *const edits[] = { "aspf=s", "adkim=s", "p=none", "p=reject", "t=y", "rfc=7489", "spf=softfail",
                                         "spf=temperror", "spf=pass", "spf=none", "spf=permerror", "dkim.1=fail",
                                         "dkim.1=pass", "dkim.1=temperror", "reply-to=x@example.com", "np=reject" };
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261122);
    guint asked = 0;
    guint32 shown = 0;

    for (guint i = 0; i < 200; i++) {
#define ANY(list) list[g_rand_int_range(dice, 0, (gint32)G_N_ELEMENTS(list))]
        g_autofree char *from = g_strdup_printf("a@%s", ANY(domains));
        g_autofree char *mail_from = g_strdup_printf("b@%s", ANY(domains));
        g_autofree char *signer = g_strdup_printf("dkim.add=%s", ANY(domains));
        const char *stack[5] = { signer, ANY(edits), ANY(edits), NULL, NULL };
        const gboolean null_sender = g_rand_int_range(dice, 0, 10) == 0;
        Report *report = analyse_text(g_rand_int_range(dice, 0, 12) == 0 ? NULL : null_sender ? "" : mail_from, from,
                                      "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; i=@www.example.com; s=x; "
                                      "h=from; bh=AAAA; b=AAAA\r\n", stack);
        asked += check_report(report, &shown);
        report_free(report);
    }
    g_test_message("%u questions", asked);
    g_assert_cmpuint(asked, >, 1200);
}

/* ---- what a wrong guess shows ---- */

typedef struct {
    guint        number;
    QuestionKind kind;
    const char  *guess;         /* question_word() */
    const char  *mail_from, *from, *fields;
    const char  *edits[4];
} Case;

#define SIGNED "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; i=@www.example.com; s=x; h=from; bh=AAAA; b=AAAA\r\n"
#define RESULTS "Authentication-Results: in.example.org; dmarc=pass header.from=example.jp\r\n"

static const Case cases[] = {
    { 1, QUESTION_SPF, "fail", "b@www.example.com", "a@example.jp", "", { NULL } },
    { 1, QUESTION_SPF_ALIGNED, "pass", "b@www.example.com", "a@example.jp", "", { NULL } },
    { 2, QUESTION_DMARC, "pass", "b@www.example.com", "a@example.jp", "", { "dkim.add=example.com" } },
    { 2, QUESTION_DKIM_ALIGNED, "pass", "b@forward.example", "a@example.jp", "", { "dkim.add=example.com" } },
    { 3, QUESTION_DMARC, "fail", "b@forward.example", "a@example.jp", "", { "dkim.add=example.jp" } },
    { 4, QUESTION_SAFE, "a", "b@example.com", "a@example.com", "", { NULL } },
    { 5, QUESTION_DMARC, "none", "b@forward.example", "a@example.com", "", { NULL } },
    { 5, QUESTION_POLICY, "absent", "b@forward.example", "a@example.com", "", { NULL } },
    { 6, QUESTION_MUST, "a", "b@forward.example", "a@example.jp", "", { NULL } },
    { 7, QUESTION_SPF, "pass", NULL, "a@example.jp", "", { NULL } },
    { 8, QUESTION_DMARC, "pass", "b@www.example.com", "a@example.jp", "Sender: form@example.com\r\n", { NULL } },
    { 8, QUESTION_HELPS, "d", "b@www.example.com", "a@example.jp", "", { NULL } },
    { 9, QUESTION_HELPS, "b", "b@bulk.example", "a@example.jp", "", { NULL } },
    { 10, QUESTION_DKIM_ALIGNED, "pass", "b@forward.example", "a@www.example.com", SIGNED,
      { "dkim.1=pass", "adkim=s" } },
    { 11, QUESTION_DMARC, "fail", "b@forward.example", "a@example.jp", SIGNED,
      { "dkim.1=fail", "dkim.add=example.jp" } },
    { 12, QUESTION_SPF, "pass", "b@soft.example.com", "a@example.com", "", { NULL } },
    { 12, QUESTION_DMARC, "pass", "b@soft.example.com", "a@example.com", "", { NULL } },
    { 13, QUESTION_SPF, "pass", "b@hard.example", "a@hard.example", "", { NULL } },
    { 13, QUESTION_SPF, "none", "", "a@example.jp", "", { NULL } },
    { 14, QUESTION_SPF, "fail", "b@include.example", "a@include.example", "", { NULL } },
    { 15, QUESTION_REFUSED, "a", "b@hard.example", "a@hard.example", "", { "dkim.add=hard.example" } },
    { 16, QUESTION_SPF_ALIGNED, "fail", "b@www.example.com", "a@soft.example.com", "", { NULL } },
    { 16, QUESTION_SPF_ALIGNED, "pass", "b@www.example.com", "a@example.com", "", { "aspf=s" } },
    { 17, QUESTION_SPF_ALIGNED, "pass", "b@a.co.example", "a@b.co.example", "", { NULL } },
    { 18, QUESTION_SPF_ALIGNED, "pass", "SRS0=HHH=TT=example.jp=a@forward.example", "a@example.jp", "", { NULL } },
    { 19, QUESTION_DMARC, "pass", "b@forward.example", "a@example.jp", "", { NULL } },     /* ARC: below */
    { 20, QUESTION_DMARC, "pass", "b@forward.example", "a@example.jp", RESULTS, { NULL } },
    { 20, QUESTION_BELIEVE, "a", "b@forward.example", "a@example.jp", RESULTS, { NULL } },
    { 21, QUESTION_FORGED, "a", "b@forward.example", "a@example.jp", SIGNED, { NULL } },
    { 22, QUESTION_POLICY, "quarantine", "b@forward.example", "a@pct.example", "", { NULL } },
    { 22, QUESTION_ASKED, "quarantine", "b@forward.example", "a@pct.example", "", { NULL } },
    { 22, QUESTION_ASKED, "reject", "b@forward.example", "a@test.example", "", { NULL } },
    { 23, QUESTION_POLICY, "quarantine", "b@bulk.example", "a@example.jp", "", { NULL } },
    { 23, QUESTION_ASKED, "quarantine", "b@bulk.example", "a@example.jp", "", { NULL } },
    { 24, QUESTION_SPF, "pass", "b@news.example.com", "a@example.com", "", { NULL } },
    { 25, QUESTION_HARMLESS, "a", "b@forward.example", "a@example.com", "", { NULL } },
    { 26, QUESTION_SPF_ALIGNED, "fail", "b@www.example.com", "a@example.com", "", { NULL } },
    { 27, QUESTION_HELPS, "a", "b@www.example.com", "a@example.jp", "", { NULL } },
};

static guint
shown_by(const Report *report, QuestionKind kind, const char *guess)
{
    g_autoptr(GPtrArray) questions = questions_of(report);

    for (guint i = 0; i < questions->len; i++) {
        const Question *question = questions->pdata[i];
        for (guint j = 0; question->kind == kind && j < question->choices; j++) {
            g_autofree char *word = question_word(question, j);
            if (!g_str_equal(word, guess) || j == question->right || question->mistakes[j] == 0)
                continue;
            return question->mistakes[j];
        }
    }
    return 0;
}

static void
test_misconceptions(void)
{
    guint32 reached = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        Report *report = analyse_text(c->mail_from, c->from, c->fields, c->edits);
        if (c->number == 19) {      /* no key is at hand to seal with: what the check would have said */
            report->arc->result = RESULT_PASS;
        }
        const guint shown = shown_by(report, c->kind, c->guess);
        if (shown != c->number)
            g_test_message("case %u: %u, not %u", (guint)i, shown, c->number);
        g_assert_cmpuint(shown, ==, c->number);
        reached |= 1u << shown;
        report_free(report);
    }
    g_assert_cmphex(reached, ==, (1u << (MISCONCEPTIONS + 1)) - 2);
}

static void
test_table(void)
{
    for (guint i = 1; i <= MISCONCEPTIONS; i++) {
        const Misconception *known = misconception_get(i);
        g_assert_nonnull(known);
        g_assert_true(*known->belief && *known->truth && g_str_has_prefix(known->reference, "RFC "));
    }
    g_assert_null(misconception_get(0));
    g_assert_null(misconception_get(MISCONCEPTIONS + 1));
    g_assert_cmpstr(misconception_truth(0), ==, "");
}

/* How many questions there are about the verdict itself, of a message with so many signatures. */
static guint
count_of_verdict(guint signatures)
{
    g_autoptr(GString) fields = g_string_new(NULL);
    guint count = 0;

    for (guint i = 0; i < signatures; i++)
        g_string_append_printf(fields, "DKIM-Signature: v=1; a=rsa-sha256; d=d%u.example; s=x; h=from; bh=AAAA; "
                               "b=AAAA\r\n", i);
    Report *report = analyse_text("b@example.com", "a@example.jp", fields->str, NULL);
    g_autoptr(GPtrArray) questions = questions_of(report);
    for (guint i = 0; i < questions->len; i++)
        count += ((const Question *)questions->pdata[i])->step == report->tree;
    report_free(report);
    return count;
}

/* What follows from the verdict is asked, however many steps there are before it. */
static void
test_verdict_room(void)
{
    const guint few = count_of_verdict(1);

    g_assert_cmpuint(few, >, 1);
    for (guint signatures = 10; signatures <= 30; signatures++)
        g_assert_cmpuint(count_of_verdict(signatures), ==, few);
}

/* Thousands of signatures and authors ask no more than a person answers. */
static void
test_many(void)
{
    g_autoptr(GString) fields = g_string_new(NULL);
    g_autoptr(GString) from = g_string_new("a@example.jp");
    guint32 shown = 0;

    for (int i = 0; i < 300; i++)
        g_string_append_printf(fields, "DKIM-Signature: v=1; a=rsa-sha256; d=d%d.example; s=x; h=from; bh=AAAA; "
                               "b=AAAA\r\n", i);
    for (int i = 0; i < 60; i++)
        g_string_append_printf(from, ", a@f%d.example", i);
    Report *many = analyse_text("b@example.com", "a@example.jp", fields->str, NULL);
    Report *authors = analyse_text("b@example.com", from->str, "", NULL);
    check_report(many, &shown);
    check_report(authors, &shown);
    report_free(many);
    report_free(authors);
    Report *nobody = analyse_text("b@example.com", "", "", NULL);
    g_assert_cmpuint(check_report(nobody, &shown), >, 0);
    report_free(nobody);
}

/* ---- the walk ---- */

static gboolean
answer_wrong(QuestionWalk *walk, int at)
{
    const Question *question = question_walk_get(walk, (guint)at);

    return question_walk_guess(walk, (guint)at, question->right == 0 ? 1 : 0) &&
           question_walk_sure(walk, (guint)at, 3, 1.5) != NULL;
}

static gboolean
answer_right(QuestionWalk *walk, int at)
{
    return question_walk_guess(walk, (guint)at, question_walk_get(walk, (guint)at)->right) &&
           question_walk_sure(walk, (guint)at, 1, 2) != NULL;
}

static void
test_walk(void)
{
    Report *report = analyse_text("b@www.example.com", "a@example.jp", "", (const char *[]) { "dkim.add=example.com",
                                                                                               NULL });
    g_autoptr(QuestionWalk) walk = question_walk_new(report);
    guint of = 0, all = question_walk_length(walk);
    int at = -1;

    g_assert_true(question_walk_hides(walk));
    g_assert_cmpuint(question_walk_told(walk, &of), ==, 0);
    g_assert_cmpuint(of, <, all);               /* what follows a verdict is not counted: the number would tell */
    const guint root = (guint)question_walk_at(walk, report->tree);
    g_assert_cmpint(question_walk_phase(walk, root), ==, ASKING_CLOSED);
    g_assert_false(question_walk_guess(walk, root, 0));
    /* The first one wrong, the second skipped, the others right. */
    at = question_walk_next(walk, at);
    g_assert_false(question_walk_guess(walk, (guint)at, 99));
    g_assert_null(question_walk_sure(walk, (guint)at, 1, 0));
    g_assert_true(question_walk_guess(walk, (guint)at, 0));
    g_assert_cmpint(question_walk_phase(walk, (guint)at), ==, ASKING_SURE);
    g_assert_true(question_walk_guess(walk, (guint)at, 1));     /* another one, until it is told */
    g_assert_cmpint(question_walk_guessed(walk, (guint)at), ==, 1);
    g_assert_true(question_walk_forget(walk, (guint)at));
    g_assert_true(answer_wrong(walk, at));
    g_assert_false(question_walk_guess(walk, (guint)at, 0));
    const int first = at;
    g_assert_false(question_walk_answer(walk, (guint)first)->right);
    at = question_walk_next(walk, at);
    g_assert_true(question_walk_skip(walk, (guint)at));
    while ((at = question_walk_next(walk, at)) >= 0)
        g_assert_true(answer_right(walk, at));
    g_assert_cmpuint(question_walk_told(walk, &of), ==, all);
    g_assert_cmpuint(of, ==, all);
    g_assert_true(question_walk_hides(walk));           /* two come once more */
    g_assert_true(question_walk_again(walk));
    at = question_walk_next(walk, -1);
    g_assert_cmpint(at, ==, first);
    g_assert_true(question_walk_repeats(walk, (guint)at));
    g_assert_cmpint(question_walk_guessed(walk, (guint)at), ==, -1);
    g_assert_true(answer_wrong(walk, at));
    at = question_walk_next(walk, at);
    g_assert_true(answer_right(walk, at));
    g_assert_cmpint(question_walk_next(walk, -1), ==, -1);
    g_assert_false(question_walk_again(walk));          /* once, not for ever */
    g_assert_false(question_walk_hides(walk));
    report_free(report);
}

/* What was said comes back as it was, and lines that nobody wrote so change nothing. */
static void
test_saved(void)
{
    static const char *const crooked[] = { "", "\n", "1\n", "1 2 3\n", "1 0 0 1 9\n", "1 0 0 1 9 \n", "1 0 0 1 9 nothing\n",
                                           "\n\n \n" };
    Report *report = analyse_text("b@www.example.com", "a@example.jp", "", NULL);
    g_autoptr(QuestionWalk) walk = question_walk_new(report), other = question_walk_new(report);
    const int first = question_walk_next(walk, -1);

    g_assert_true(answer_wrong(walk, first));
    g_assert_true(answer_right(walk, question_walk_next(walk, first)));
    g_autofree char *saved = question_walk_save(walk), *nothing = question_walk_save(other);
    for (gsize i = 0; i < G_N_ELEMENTS(crooked); i++) {
        question_walk_recall(other, crooked[i]);
        g_autofree char *after = question_walk_save(other);
        g_assert_cmpstr(after, ==, nothing);
    }
    question_walk_recall(other, saved);
    g_autofree char *again = question_walk_save(other);
    g_assert_cmpstr(again, ==, saved);
    g_assert_false(question_walk_answer(other, (guint)first)->right);
    report_free(report);
}

/* Another analysis of the same message: what is the same stays answered, what changed is asked. */
static void
test_renew(void)
{
    Report *report = analyse_text("b@www.example.com", "a@example.jp", "", NULL);
    Report *same = analyse_text("b@www.example.com", "a@example.jp", "", NULL);
    Report *other = analyse_text("b@www.example.com", "a@example.com", "", NULL);
    g_autoptr(QuestionWalk) walk = question_walk_new(report);
    guint of = 0;

    for (int at = -1; (at = question_walk_next(walk, at)) >= 0;)
        g_assert_true(answer_right(walk, at));
    g_assert_false(question_walk_hides(walk));
    question_walk_renew(walk, same);
    report_free(report);
    g_assert_false(question_walk_hides(walk));
    g_assert_true(question_walk_get(walk, 0)->step == same->tree->children->pdata[1]);
    question_walk_renew(walk, other);
    report_free(same);
    g_assert_true(question_walk_hides(walk));
    g_assert_cmpuint(question_walk_told(walk, &of), <, question_walk_length(walk));
    report_free(other);
}

/* After more what-ifs than are remembered it is the oldest that are forgotten: the last one is still as it was. */
static void
test_renew_often(void)
{
    Report *first = analyse_text("b@www.example.com", "a@example.jp", "", NULL);
    Report *last = analyse_text("b@www.example.com", "a@example.com", "", NULL), *before = NULL;
    g_autoptr(QuestionWalk) walk = question_walk_new(first);

    for (guint i = 0; i < 200; i++) {
        g_autofree char *sender = g_strdup_printf("b@n%u.example.com", i);
        Report *report = analyse_text(sender, "a@example.jp", "", NULL);
        question_walk_renew(walk, report);
        g_clear_pointer(&before, report_free);
        before = report;
    }
    question_walk_renew(walk, last);
    for (int at = -1; (at = question_walk_next(walk, at)) >= 0;)
        g_assert_true(answer_right(walk, at));
    g_assert_false(question_walk_hides(walk));
    question_walk_renew(walk, first);
    g_assert_true(question_walk_hides(walk));
    question_walk_renew(walk, last);
    g_assert_false(question_walk_hides(walk));
    report_free(before);
    report_free(first);
    report_free(last);
}

/* ---- score, class files ---- */

static GPtrArray *
some_answers(void)
{
    GPtrArray *answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);

    g_ptr_array_add(answers, answer_new("dmarc", "pass", "fail", 3, 2, 4.25));
    g_ptr_array_add(answers, answer_new("spf-check", "fail", "fail", 1, 1, 1));
    g_ptr_array_add(answers, answer_new("alignment#2", "pass", "fail", 2, 16, 1));
    g_ptr_array_add(answers, answer_new("=cmd|'x'!A1", "pass", "fail", 2, 16, -3));
    return answers;
}

static void
test_score(void)
{
    g_autoptr(GPtrArray) answers = some_answers();
    const Score score = score_of(answers);
    g_autoptr(GArray) found = score_misconceptions(&score);

    g_assert_cmpuint(score.asked, ==, 4);
    g_assert_cmpuint(score.right, ==, 1);
    g_assert_cmpuint(score.sure_asked[3], ==, 1);
    g_assert_cmpuint(score.sure_right[3], ==, 0);
    g_assert_cmpuint(score.sure_right[1], ==, 1);
    g_assert_cmpuint(score.wrong_by[16], ==, 2);
    g_assert_cmpuint(score.right_by[1], ==, 1);
    g_assert_cmpuint(found->len, ==, 2);
    g_assert_cmpuint(g_array_index(found, guint, 0), ==, 2);    /* sure and wrong comes first */
    g_assert_cmpuint(g_array_index(found, guint, 1), ==, 16);
}

static char *
class_path(const char *name)
{
    char *path = g_build_filename(folder, name, NULL);

    g_unlink(path);
    return path;
}

static void
test_class_files(void)
{
    g_autoptr(GPtrArray) answers = some_answers();
    g_autofree char *csv = class_path("class.csv"), *json = class_path("class.JSON");
    g_autofree char *text = NULL, *object = NULL;
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 2; i++) {
        g_assert_true(class_file_add(csv, "owl", "a, b.eml", answers, &error));
        g_assert_true(class_file_add(json, "owl", "a\"b.eml", answers, &error));
    }
    g_assert_true(g_file_get_contents(csv, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 1 + 8 + 1);
    g_assert_cmpstr(lines[0], ==, "session,about,item,guess,answer,sure,right,misconception,seconds");
    g_assert_cmpstr(lines[1], ==, "owl,\"a, b.eml\",dmarc,pass,fail,3,no,2,4.2");
    g_assert_cmpstr(lines[4], ==, "owl,\"a, b.eml\",\"'=cmd|'x'!A1\",pass,fail,2,no,16,0.0");
    g_assert_true(g_file_get_contents(json, &object, NULL, NULL));
    g_assert_true(g_str_has_prefix(object, "[\n{\"session\": \"owl\", \"about\": \"a\\\"b.eml\", \"item\": \"dmarc\""));
    g_assert_true(g_str_has_suffix(object, "\"seconds\": 0.0}\n]\n"));
    g_auto(GStrv) rows = g_strsplit(object, "\n", -1);
    g_assert_cmpuint(g_strv_length(rows), ==, 1 + 8 + 2);
}

/* A file that is something else stays as it is. */
static void
test_class_refused(void)
{
    static const char *const names[] = { "other.csv", "other.json", "other.txt" };
    g_autoptr(GPtrArray) answers = some_answers();

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = class_path(names[i]), *text = NULL;
        g_autoptr(GError) error = NULL;
        g_assert_true(g_file_set_contents(path, "a,b\n1,2\n", -1, NULL));
        g_assert_false(class_file_add(path, "owl", "x", answers, &error));
        g_assert_nonnull(error);
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_assert_cmpstr(text, ==, "a,b\n1,2\n");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("question-XXXXXX", NULL);
    g_test_add_func("/question/table", test_table);
    g_test_add_func("/question/samples", test_samples);
    g_test_add_func("/question/generated", test_generated);
    g_test_add_func("/question/misconceptions", test_misconceptions);
    g_test_add_func("/question/verdict-room", test_verdict_room);
    g_test_add_func("/question/many", test_many);
    g_test_add_func("/question/walk", test_walk);
    g_test_add_func("/question/saved", test_saved);
    g_test_add_func("/question/renew", test_renew);
    g_test_add_func("/question/renew-often", test_renew_often);
    g_test_add_func("/question/score", test_score);
    g_test_add_func("/question/class-files", test_class_files);
    g_test_add_func("/question/class-refused", test_class_refused);
    const int status = g_test_run();
    g_autofree char *zone = g_build_filename(folder, "zone.dns", NULL);
    static const char *const files[] = { "zone.dns", "class.csv", "class.JSON", "other.csv", "other.json", "other.txt" };
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
    g_free(folder);
    return status;
}
