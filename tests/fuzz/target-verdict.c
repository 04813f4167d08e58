/* target-verdict.c: a message and its DNS, judged, and judged again with something changed that must not change the verdict.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "analysis/analysis.h"
#include "fuzz.h"

enum { NOW = 1795305600 };

/* ---- one analysis ---- */

static const AnalysisOptions *
options_of_program(void)
{
    static const char *const folders[] = { "src/data/receivers", NULL };
    static AnalysisOptions options;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    if (options.now)
        return &options;
    options = (AnalysisOptions){ .at = RECORD_UNSET, .now = NOW, .psl = psl_open(NULL, NULL), .brief = TRUE,
                                 .receivers = receiver_rules_load(folders, faults) };
    FUZZ_REQUIRE(!faults->len);
    return &options;
}

/* `silent`: which questions have no answer. */
static Report *
judge(const Message *message, FuzzPart zone, guint8 silent)
{
    AnalysisOptions options = *options_of_program();
    FuzzDns dns = { .silent = silent };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, zone);

    options.trial = TRUE;
    Report *report = analysis_run(message, resolver, &options);
    g_clear_pointer(&resolver, resolver_free);
    fuzz_dns_clear(&dns);
    return report;
}

static const DkimResult *
signature(const Report *report, guint i)
{
    return report->dkim->pdata[i];
}

/* ---- less is known ---- */

/* What is known for sure where less is known is true where more is. */
static gboolean
is_weaker(int less, int more)
{
    return less == more || less == RESULT_TEMPERROR || less == RESULT_UNKNOWN;
}

/* RFC 7208, 5.5 and 7.3: where reverse DNS has no answer, "ptr" does not match, and "%{p}" is "unknown". */
static gboolean
asks_reverse(FuzzPart zone)
{
    FuzzPart line;

    while (fuzz_line(&zone, &line)) {
        g_autofree char *text = fuzz_string(line);
        g_autofree char *lower = g_ascii_strdown(text, -1);
        if (strlen(lower) != line.length || (strstr(lower, " txt ") && (strstr(lower, "ptr") || strstr(lower, "{p"))))
            return TRUE;
    }
    return FALSE;
}

static void
check_evaluation(const DmarcResult *less, const DmarcResult *more)
{
    if (g_strcmp0(less->basis, "recomputed") == 0 && g_strcmp0(more->basis, "recomputed") == 0)
        FUZZ_REQUIRE(is_weaker(less->result, more->result));
}

static void
check_less(const Report *less, const Report *more, FuzzPart zone)
{
    FUZZ_REQUIRE(less->dkim->len == more->dkim->len);
    for (guint i = 0; i < less->dkim->len; i++)
        FUZZ_REQUIRE(is_weaker(signature(less, i)->result, signature(more, i)->result));
    FUZZ_REQUIRE(is_weaker(less->arc->result, more->arc->result));
    if (asks_reverse(zone))
        return;
    FUZZ_REQUIRE(is_weaker(less->spf->mail_from->result, more->spf->mail_from->result));
    FUZZ_REQUIRE(is_weaker(less->spf->helo->result, more->spf->helo->result));
    check_evaluation(less->dmarc->rfc9989, more->dmarc->rfc9989);
    check_evaluation(less->dmarc->rfc7489, more->dmarc->rfc7489);
}

static void
know_less(const Message *message, FuzzPart zone, guint8 silent)
{
    Report *more = judge(message, zone, 0), *less = judge(message, zone, silent);

    check_less(less, more, zone);
    report_free(more);
    report_free(less);
}

/* ---- another header ---- */

/* In any case of its letters. */
static guint
times(GBytes *bytes, const char *word)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    const gsize own = strlen(word);
    guint found = 0;

    for (gsize i = 0; i + own <= length; i++)
        found += g_ascii_strncasecmp(data + i, word, own) == 0;
    return found;
}

static guint
count_fields(const Message *message, const char *name)
{
    guint found = 0;

    for (int at = message_find(message, name, 0); at >= 0; at = message_find(message, name, (guint)at + 1))
        found++;
    return found;
}

static void
check_same_evaluation(const DmarcResult *a, const DmarcResult *b)
{
    FUZZ_REQUIRE(a->result == b->result && g_strcmp0(a->policy, b->policy) == 0);
    FUZZ_REQUIRE(g_strcmp0(a->record_domain, b->record_domain) == 0);
}

/* All but the signatures. */
static void
check_same(const Report *a, const Report *b, gboolean arc)
{
    FUZZ_REQUIRE(a->spf->mail_from->result == b->spf->mail_from->result);
    FUZZ_REQUIRE(a->spf->helo->result == b->spf->helo->result);
    FUZZ_REQUIRE(!arc || a->arc->result == b->arc->result);
    check_same_evaluation(a->dmarc->rfc9989, b->dmarc->rfc9989);
    check_same_evaluation(a->dmarc->rfc7489, b->dmarc->rfc7489);
}

/* The message with `text` and a line end before it; NULL: its header is too odd for that. (transfer full) */
static Message *
with_field(const Message *message, const char *text)
{
    GBytes *bytes = message_raw(message);
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    const char *newline = memchr(data, '\n', length);
    g_autoptr(GString) out = g_string_new(text);

    if (message_n_fields(message) == 0 || message_field(message, 0)->all.start != 0 || memchr(data, 0, length))
        return NULL;
    g_string_append(out, newline > data && newline[-1] == '\r' ? "\r\n" : "\n");
    g_string_append_len(out, data, (gssize)length);
    g_autoptr(GBytes) longer = g_bytes_new(out->str, out->len);
    Message *other = message_from_bytes(longer, "fuzz", NULL);
    if (other && message_n_fields(other) == message_n_fields(message) + 1 && message_eol(other) == message_eol(message))
        return other;
    g_clear_pointer(&other, message_free);
    return NULL;
}

/* A field that no signature names changes nothing. */
static void
add_field(const Message *message, FuzzPart zone)
{
    g_autoptr(Message) other = with_field(message, "X-Fuzz-Added: x");

    if (!other || times(message_raw(message), "x-fuzz-added") > 0)
        return;
    Report *before = judge(message, zone, 0), *after = judge(other, zone, 0);
    FUZZ_REQUIRE(before->dkim->len == after->dkim->len);
    for (guint i = 0; i < before->dkim->len; i++)
        FUZZ_REQUIRE(signature(before, i)->result == signature(after, i)->result);
    check_same(before, after, TRUE);
    report_free(before);
    report_free(after);
}

/* Nor does a signature of somebody else that proves nothing; it has no say in what others signed. */
static void
add_signature(const Message *message, FuzzPart zone, guint how)
{
    static const char *const texts[] = {
        "DKIM-Signature: v=1; a=rsa-sha256; d=elsewhere.test; s=s; h=from; bh=AA==; b=AA==", "DKIM-Signature: x", "DKIM-Signature:",
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=elsewhere.test; s=s; l=0; h=from:to; b=; bh=",
    };
    g_autoptr(Message) other = with_field(message, texts[how % G_N_ELEMENTS(texts)]);
    const guint own = count_fields(message, "DKIM-Signature");

    if (!other || own > 90 || times(message_raw(message), "dkim-signature") > own)
        return;
    Report *before = judge(message, zone, 0), *after = judge(other, zone, 0);
    FUZZ_REQUIRE(before->dkim->len + 1 == after->dkim->len && signature(after, 0)->result != RESULT_PASS);
    for (guint i = 0; i < before->dkim->len; i++)
        FUZZ_REQUIRE(signature(before, i)->result == signature(after, i + 1)->result);
    check_same(before, after, TRUE);
    report_free(before);
    report_free(after);
}

/* ---- signatures in another order ---- */

static void
append_span(GString *out, const Message *message, gsize start, gsize end)
{
    const char *data = g_bytes_get_data(message_raw(message), NULL);

    g_string_append_len(out, data + start, (gssize)(end - start));
}

/* (transfer full) */
static Message *
swapped(const Message *message, const Field *a, const Field *b)
{
    g_autoptr(GString) out = g_string_new(NULL);

    append_span(out, message, 0, a->all.start);
    append_span(out, message, b->all.start, b->all.end);
    append_span(out, message, a->all.end, b->all.start);
    append_span(out, message, a->all.start, a->all.end);
    append_span(out, message, b->all.end, g_bytes_get_size(message_raw(message)));
    g_autoptr(GBytes) bytes = g_bytes_new(out->str, out->len);
    return message_from_bytes(bytes, "fuzz", NULL);
}

static void
swap_signatures(const Message *message, FuzzPart zone)
{
    const int first = message_find(message, "DKIM-Signature", 0);
    const int second = first < 0 ? -1 : message_find(message, "DKIM-Signature", (guint)first + 1);
    const guint own = count_fields(message, "DKIM-Signature");

    if (second < 0 || times(message_raw(message), "dkim-signature") > own)
        return;
    g_autoptr(Message) other = swapped(message, message_field(message, (guint)first), message_field(message, (guint)second));
    if (!other || message_n_fields(other) != message_n_fields(message) || message_eol(other) != message_eol(message))
        return;
    Report *before = judge(message, zone, 0), *after = judge(other, zone, 0);
    FUZZ_REQUIRE(before->dkim->len == after->dkim->len && before->dkim->len >= 2);
    FUZZ_REQUIRE(signature(before, 0)->result == signature(after, 1)->result);
    FUZZ_REQUIRE(signature(before, 1)->result == signature(after, 0)->result);
    check_same(before, after, TRUE);
    report_free(before);
    report_free(after);
}

/* ---- one behind another ---- */

/* What is kept for the next message (answers, keys, what SPF and policies came to, receivers' verdicts) changes none of it. */
static Report *
judge_behind(const Message *before, const Message *message, FuzzPart zone)
{
    AnalysisOptions options = *options_of_program();
    g_autoptr(ReceiverRules) rules = receiver_rules_of(options.receivers);
    FuzzDns dns = { 0 };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, zone);

    options.receivers = rules;
    if (before) {
        receiver_rules_keep(rules);
        report_free(analysis_run(before, resolver, &options));
        resolver_start_log(resolver);
    }
    Report *report = analysis_run(message, resolver, &options);
    g_clear_pointer(&resolver, resolver_free);
    fuzz_dns_clear(&dns);
    return report;
}

static void
judge_twice(const Message *message, FuzzPart zone)
{
    g_autoptr(Message) other = with_field(message, "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AA==; b=AA==");
    Report *alone = judge_behind(NULL, message, zone), *behind = judge_behind(other ? other : message, message, zone);

    FUZZ_REQUIRE(record_equal(&report_type, alone, behind));
    report_free(alone);
    report_free(behind);
}

/* A message, "%%", DNS, "%%", a byte that says what is changed, and one how. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_cut(&rest));
    const FuzzPart zone = fuzz_cut(&rest);
    g_autoptr(Message) message = message_from_bytes(bytes, "fuzz", NULL);
    const guint what = rest.length > 0 ? (guint8)rest.bytes[0] : (guint)size, how = rest.length > 1 ? (guint8)rest.bytes[1] : 0x55;

    if (!message)
        return 0;
    switch (what % 7) {
    case 0:
    case 1:
    case 2:
        know_less(message, zone, (guint8)how);
        break;
    case 3:
        add_field(message, zone);
        break;
    case 4:
        add_signature(message, zone, how);
        break;
    case 5:
        swap_signatures(message, zone);
        break;
    default:
        judge_twice(message, zone);
    }
    return 0;
}
