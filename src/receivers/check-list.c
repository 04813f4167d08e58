/* check-list.c: rules about leaving a list: List-Unsubscribe (RFC 2369) and one-click (RFC 8058).
 * SPDX-License-Identifier: MIT */
#include "receivers/check.h"

#include <string.h>

/* More URIs than these are no list that a person could use. */
#define URIS_MAX 64

typedef struct {
    guint https, http, mailto, other;
} Uris;

/* RFC 2369, 2: URIs in angle brackets, commas between, comments to be passed over. */
static Uris
read_uris(const char *value)
{
    Uris uris = { 0 };
    guint count = 0;

    for (const char *open = strchr(value, '<'); open && count < URIS_MAX; count++) {
        const char *close = strchr(open, '>');
        if (!close)
            break;
        const char *uri = open + 1 + strspn(open + 1, " \t");
        if (g_ascii_strncasecmp(uri, "https://", 8) == 0 && uri + 8 < close)
            uris.https++;
        else if (g_ascii_strncasecmp(uri, "http://", 7) == 0)
            uris.http++;
        else if (g_ascii_strncasecmp(uri, "mailto:", 7) == 0 && uri + 7 < close)
            uris.mailto++;
        else
            uris.other++;
        open = strchr(close, '<');
    }
    return uris;
}

/* RFC 8058, 3.1 and 4: both fields in h= of a valid signature. */
static CheckAnswer
covered(const CheckInput *input)
{
    const GPtrArray *dkim = input->report->dkim;
    const DkimResult *open = NULL;

    for (guint i = 0; i < dkim->len; i++) {
        const DkimResult *signature = dkim->pdata[i];
        const Tri passed = check_signature(input, i);
        if (!dkim_names_field(signature, seen_names[SEEN_LIST_UNSUBSCRIBE]) ||
            !dkim_names_field(signature, seen_names[SEEN_LIST_UNSUBSCRIBE_POST]))
            continue;
        if (passed == TRI_TRUE)
            return check_answer(RESULT_PASS, "rule-one-click", signature->domain, NULL);
        if (passed == TRI_UNKNOWN && !open)
            open = signature;
    }
    if (open)
        return check_answer(RESULT_UNKNOWN, "rule-one-click-open", open->domain, NULL);
    return check_answer(RESULT_FAIL, "rule-one-click-unsigned", NULL, NULL);
}

static CheckAnswer
fail(const char *reason)
{
    return check_answer(RESULT_FAIL, reason, NULL, NULL);
}

/* RFC 8058, 3.1: one field, one https URI; 3.2: the other field, word for word. */
static CheckAnswer
one_click(const CheckInput *input)
{
    const Seen *unsubscribe = &input->seen[SEEN_LIST_UNSUBSCRIBE];
    const Seen *post = &input->seen[SEEN_LIST_UNSUBSCRIBE_POST];

    if (unsubscribe->count > 1 || post->count > 1)
        return fail("rule-one-click-repeated");
    g_autofree char *uris = check_value(input, SEEN_LIST_UNSUBSCRIBE);
    const Uris found = read_uris(uris);
    if (found.https == 0)
        return fail(found.http > 0 ? "rule-one-click-http" : "rule-one-click-no-https");
    if (found.https + found.http > 1)
        return fail("rule-one-click-several");
    if (post->count == 0)
        return input->partial ? check_answer(RESULT_UNKNOWN, "rule-partial",
                                             seen_names[SEEN_LIST_UNSUBSCRIBE_POST], NULL)
                              : fail("rule-one-click-no-post");
    g_autofree char *value = check_value(input, SEEN_LIST_UNSUBSCRIBE_POST);
    if (!g_str_equal(g_strstrip(value), "List-Unsubscribe=One-Click"))
        return fail("rule-one-click-post-value");
    return covered(input);
}

/* Only the person who sent it knows whether a mail is marketing; the field says that one can
 * leave. A list where members write to each other (List-Post, RFC 2369, 3.4) is none. TRUE:
 * `answer` stands. */
static gboolean
not_asked(const CheckInput *input, CheckAnswer *answer)
{
    if (!input->message)
        *answer = check_no_message();
    else if (input->seen[SEEN_LIST_UNSUBSCRIBE].count > 0 && input->seen[SEEN_LIST_POST].count == 0)
        return FALSE;
    else if (input->seen[SEEN_LIST_POST].count > 0)
        *answer = check_answer(RESULT_SKIPPED, "rule-discussion-list", NULL, NULL);
    else if (input->partial)
        *answer = check_answer(RESULT_UNKNOWN, "rule-partial", seen_names[SEEN_LIST_UNSUBSCRIBE],
                               NULL);
    else if (input->seen[SEEN_LIST_UNSUBSCRIBE_POST].count > 0)
        *answer = fail("rule-one-click-only-post");
    else
        *answer = check_answer(RESULT_SKIPPED, "rule-no-marketing", NULL, NULL);
    return TRUE;
}

CheckAnswer
check_one_click(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    CheckAnswer answer;

    return not_asked(input, &answer) ? answer : one_click(input);
}

CheckAnswer
check_unsubscribe(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    CheckAnswer answer;

    if (not_asked(input, &answer))
        return answer;
    g_autofree char *value = check_value(input, SEEN_LIST_UNSUBSCRIBE);
    const Uris found = read_uris(value);
    if (found.https + found.http + found.mailto > 0)
        return check_answer(RESULT_PASS, "rule-unsubscribe", NULL, NULL);
    return fail("rule-unsubscribe-empty");
}
