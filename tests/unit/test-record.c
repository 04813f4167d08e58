/* A Report travels and comes back the same; what was tampered with does not come back at all.
 * SPDX-License-Identifier: MIT */
#include "auth/step.h"
#include "base/spare.h"
#include "facts/record-pen.h"
#include "facts/report.h"

#include <string.h>

static char *
shout(const RecordType *type G_GNUC_UNUSED, const RecordField *field G_GNUC_UNUSED, const char *value, gpointer data G_GNUC_UNUSED)
{
    return g_ascii_strup(value, -1);
}

static char *
words(RecordPen *pen, char *at, const RecordField *field, gconstpointer record G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    g_string_append_printf(pen_down(pen, at), "\"%s\"", field->name);
    return pen_up(pen);
}

static char *
args_as_words(RecordPen *pen, char *at, const RecordField *field, gconstpointer record, gpointer data G_GNUC_UNUSED)
{
    g_assert_cmpstr(field->name, ==, "evidence");
    return pen_put_text(pen, at, ((const ReceiverRule *)record)->args[0]);
}

static void
expect_same_json(const Step *step, const Step *wanted)
{
    for (guint i = 0; i < 3; i++) {
        g_autoptr(GString) out = g_string_new(NULL), other = g_string_new(NULL);
        record_append_json(out, &step_type, step, words, NULL);
        record_append_json(other, &step_type, wanted, words, NULL);
        g_assert_cmpstr(out->str, ==, other->str);
    }
}

static Report *
sample(void)
{
    Report *report = report_new();
    Mailbox *mailbox = record_new(&mailbox_type);

    mailbox->name = g_strdup("\xff not UTF-8");
    mailbox->address = g_strdup("a@xn--bcher-kva.example");
    mailbox->domain = g_strdup("xn--bcher-kva.example");
    g_ptr_array_add(report->from->addresses, mailbox);
    report->from->domain = g_strdup(mailbox->domain);
    report_add_finding(report, "from-several-domains", SEVERITY_WARNING, "a", "", NULL);
    report->tree = step_add(NULL, "dmarc", "RFC 9989", "x", NULL);
    step_input(step_add(report->tree, "author", NULL, NULL), "mode", "r", PROVENANCE_MESSAGE);
    step_evidence(report->tree, evidence_header("From", 3, (Span){ 10, 20 }));
    DnsAnswer *answer = record_new(&dns_answer_type);
    DnsRecord *record = record_new(&dns_record_type);
    record->data = g_bytes_new("a\0b", 3);
    answer->name = g_strdup("example.com");
    answer->ms = 0.25;
    g_ptr_array_add(answer->records, record);
    g_ptr_array_add(report->dns, answer);
    return report;
}

/* What has its first fields in common with another is read, saved, compared and printed like any other, whichever goes first. */
static void
test_like(void)
{
    Step *known = step_add(NULL, "author", "RFC 9989", "a", "b", NULL), *apart = step_add(NULL, "author", "RFC 9989", "a", "b", NULL);
    step_input(known, "mode", "r", PROVENANCE_MESSAGE);
    step_input(apart, "mode", "r", PROVENANCE_MESSAGE);
    Step *like = step_again(known), *second = step_again(known);

    g_assert_true(record_equal(&step_type, like, known));
    step_evidence(like, evidence_header("From", 3, (Span){ 10, 20 }));
    step_evidence(apart, evidence_header("From", 3, (Span){ 10, 20 }));
    step_add(like, "policy", "RFC 9989", "x", NULL);
    step_add(apart, "policy", "RFC 9989", "x", NULL);
    g_assert_cmpuint(known->evidence->len + known->children->len, ==, 0);
    expect_same_json(like, apart);
    expect_same_json(second, known);
    record_free(&step_type, known);
    g_autoptr(GBytes) saved = record_save(&step_type, like), wanted = record_save(&step_type, apart);
    g_assert_true(g_bytes_equal(saved, wanted));
    gpointer own = like;
    record_edit(&step_type, record_own(&step_type, &own), shout, NULL);
    g_assert_cmpstr(((Step *)own)->args->pdata[0], ==, "A");
    g_assert_cmpstr(second->args->pdata[0], ==, "a");
    g_assert_cmpstr(((const StepInput *)second->inputs->pdata[0])->value, ==, "r");
    record_free(&step_type, own);
    record_free(&step_type, second);
    record_free(&step_type, apart);
}

/* Many are put aside and taken again, in turn with others. */
static void
test_like_again(void)
{
    Step *known = step_add(NULL, "author", "RFC 9989", "a", NULL);

    spare_keep();
    test_like();
    for (guint i = 0; i < 1000; i++) {
        Step *root = step_add(NULL, "dmarc", NULL, NULL);
        for (guint k = 0; k < i % 7; k++)
            g_ptr_array_add(root->children, step_again(known));
        step_add(root, "policy", NULL, NULL);
        g_assert_cmpuint(((Step *)root->children->pdata[i % 7])->args->len, ==, 0);
        if (i % 7 > 0)
            g_assert_true(((Step *)root->children->pdata[0])->args == known->args);
        record_free(&step_type, root);
    }
    g_assert_cmpstr(known->args->pdata[0], ==, "a");
    record_free(&step_type, known);
}

static ReceiverRule *
rule_of(guint number)
{
    ReceiverRule *rule = record_new(&receiver_rule_type);

    rule->id = "spf";
    rule->args[0] = g_strdup_printf("a%u", number);
    return rule;
}

/* The rule at `own` is another message's than the others. */
static ReceiverVerdict *
verdict_of(guint count, guint own, guint message)
{
    ReceiverVerdict *verdict = record_new(&receiver_verdict_type);

    verdict->profile = "gmail";
    verdict->code = "5.7.26";
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(verdict->rules, rule_of(i == own ? message : i));
    return verdict;
}

static void
expect_same_verdict(ReceiverVerdict *verdict, const ReceiverVerdict *wanted)
{
    g_autoptr(GBytes) saved = record_save(&receiver_verdict_type, verdict), right = record_save(&receiver_verdict_type, wanted);

    g_assert_true(g_bytes_equal(saved, right));
    for (guint i = 0; i < 3; i++) {
        g_autoptr(GString) out = g_string_new(NULL), other = g_string_new(NULL);
        record_append_json(out, &receiver_verdict_type, verdict, args_as_words, NULL);
        record_append_json(other, &receiver_verdict_type, wanted, args_as_words, NULL);
        g_assert_cmpstr(out->str, ==, other->str);
    }
}

/* Another's, but for one item; wherever that stands, and when others have their own in another place. */
static void
test_like_but(void)
{
    spare_keep();
    for (guint round = 0; round < 2000; round++) {
        const guint count = 1 + round % (SPARE_LENGTH_MAX + 6);
        ReceiverVerdict *known = verdict_of(count, count, 0), *like[3], *wanted[3];
        for (guint i = 0; i < 3; i++) {
            const guint own = (round * 7 + (i == 1 ? 1 : 0)) % count, message = 1000 + round * 3 + i;
            like[i] = record_like_but(&receiver_verdict_type, known, own, rule_of(message));
            wanted[i] = verdict_of(count, own, message);
            expect_same_verdict(like[i], wanted[i]);
        }
        if (round % 2)
            expect_same_verdict(known, known);
        record_free(&receiver_verdict_type, known);
        gpointer changed = like[0];
        record_edit(&receiver_verdict_type, record_own(&receiver_verdict_type, &changed), shout, NULL);
        g_assert_cmpstr(((ReceiverRule *)((ReceiverVerdict *)changed)->rules->pdata[0])->args[0] + 1, ==,
                        ((ReceiverRule *)wanted[0]->rules->pdata[0])->args[0] + 1);
        for (guint i = 1; i < 3; i++)
            expect_same_verdict(like[i], wanted[i]);
        for (guint i = 0; i < 3; i++) {
            record_free(&receiver_verdict_type, i == 0 ? changed : like[i]);
            record_free(&receiver_verdict_type, wanted[i]);
        }
    }
}

static void
test_round_trip(void)
{
    Report *report = sample();
    g_autoptr(GBytes) bytes = record_save(&report_type, report);
    Report *back = record_load(&report_type, bytes);

    g_assert_nonnull(back);
    g_assert_true(record_equal(&report_type, report, back));
    g_assert_cmpstr(((Mailbox *)back->from->addresses->pdata[0])->name, ==, "\xff not UTF-8");
    const DnsAnswer *answer = back->dns->pdata[0];
    const DnsRecord *record = answer->records->pdata[0];
    g_assert_cmpuint(g_bytes_get_size(record->data), ==, 3);
    g_assert_null(back->sender);
    g_assert_cmpint(back->tree->legacy, ==, RESULT_SKIPPED);
    Report *copy = record_copy(&report_type, report);
    g_assert_true(record_equal(&report_type, report, copy));
    report_free(copy);
    copy = record_copy_sharing(&report_type, report);
    g_assert_true(record_equal(&report_type, report, copy));
    g_assert_true(copy->tree == report->tree);          /* it may have several holders, */
    g_assert_true(copy->from != report->from);          /* … and this one may not */
    report_free(copy);
    back->dmarc->differ = TRUE;
    g_assert_false(record_equal(&report_type, report, back));
    report_free(report);
    report_free(back);
}

/* Bytes from a process that was taken over: any change loads as nothing or as something sound. */
static void
test_tampered(void)
{
    Report *report = sample();
    g_autoptr(GBytes) bytes = record_save(&report_type, report);
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);

    for (int round = 0; round < 20000; round++) {
        guint8 *copy = g_memdup2(data, length);
        for (int i = g_rand_int_range(random, 1, 4); i > 0; i--)
            copy[g_rand_int_range(random, 0, (gint32)length)] = (guint8)g_rand_int(random);
        const gsize kept = round % 3 ? length : (gsize)g_rand_int_range(random, 0, (gint32)length);
        g_autoptr(GBytes) tampered = g_bytes_new_take(copy, kept);
        Report *back = record_load(&report_type, tampered);
        if (back) {
            g_autoptr(GBytes) again = record_save(&report_type, back);
            g_assert_nonnull(again);
            report_free(back);
        }
    }
    report_free(report);
}

/* What a whole record would not leave behind, or put in. */
static void
test_refused(void)
{
    static const guint8 hostile[] = { 0, 0, 0, 0, 3, 0, 0, 0, 'a', 0, 'b' };    /* kind; a name with a NUL in it */
    static const guint8 endless[] = { 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF };     /* a name of four gigabytes */
    Evidence *evidence = evidence_header("From", 3, (Span){ 5, 9 });
    g_autoptr(GBytes) bytes = record_save(&evidence_type, evidence);
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    g_autofree guint8 *more = g_malloc0(length + 1);
    g_autoptr(GBytes) nul = g_bytes_new(hostile, sizeof hostile), large = g_bytes_new(endless, sizeof endless);

    memcpy(more, data, length);
    g_autoptr(GBytes) longer = g_bytes_new(more, length + 1);
    g_assert_null(record_load(&evidence_type, longer));
    for (gsize kept = 0; kept < length; kept++) {
        g_autoptr(GBytes) cut = g_bytes_new(data, kept);
        g_assert_null(record_load(&evidence_type, cut));
    }
    g_assert_null(record_load(&evidence_type, nul));
    g_assert_null(record_load(&evidence_type, large));
    g_array_index(evidence->spans, Span, 0) = (Span){ 9, 5 };
    g_autoptr(GBytes) backwards = record_save(&evidence_type, evidence);
    g_assert_null(record_load(&evidence_type, backwards));
    evidence->kind = 77;
    g_array_set_size(evidence->spans, 0);
    g_autoptr(GBytes) unknown = record_save(&evidence_type, evidence);
    g_assert_null(record_load(&evidence_type, unknown));
    record_free(&evidence_type, evidence);
}

static void
test_json(void)
{
    Report *report = sample();
    g_autoptr(GString) out = g_string_new(NULL);
    const Mailbox *mailbox = report->from->addresses->pdata[0];

    record_append_json(out, &mailbox_type, mailbox, NULL, NULL);
    g_assert_cmpstr(out->str, ==,
                    "{\"name\":\"\\\\xFF not UTF-8\",\"address\":\"a@xn--bcher-kva.example\","
                    "\"domain\":\"xn--bcher-kva.example\",\"domain_unicode\":\"bücher.example\"}");
    report_free(report);
}

static void
test_pairs(void)
{
    ReportedResult *result = record_new(&reported_result_type);
    g_autoptr(GString) out = g_string_new(NULL);

    pairs_add(result->properties, "header.d", "a.example");
    pairs_add(result->properties, "header.d", "b.example");
    g_assert_cmpstr(pairs_get(result->properties, "HEADER.D"), ==, "a.example");
    record_append_json(out, &reported_result_type, result, NULL, NULL);
    g_assert_nonnull(strstr(out->str, "\"properties\":{\"header.d\":\"a.example\"}"));
    record_free(&reported_result_type, result);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/record/round-trip", test_round_trip);
    g_test_add_func("/record/like", test_like);
    g_test_add_func("/record/like-again", test_like_again);
    g_test_add_func("/record/like-but", test_like_but);
    g_test_add_func("/record/tampered", test_tampered);
    g_test_add_func("/record/refused", test_refused);
    g_test_add_func("/record/json", test_json);
    g_test_add_func("/record/pairs", test_pairs);
    return g_test_run();
}
