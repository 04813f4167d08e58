/* check-format.c: rules about the header's form (RFC 5322), as receivers enforce it.
 * SPDX-License-Identifier: MIT */
#include "receivers/check.h"

#include <string.h>

#include "base/name.h"
#include "base/room.h"
#include "headers/no-author.h"
#include "headers/redaction.h"
#include "headers/script.h"

/* ---- From ---- */

CheckAnswer
check_single_from(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const Report *report = input->report;
    const GPtrArray *addresses = report->from->addresses;

    if (report_has_finding(report, "from-redacted"))
        return check_answer(RESULT_UNKNOWN, "rule-from-redacted", NULL, NULL);
    if (report_has_finding(report, "from-missing"))
        return check_answer(input->partial ? RESULT_UNKNOWN : RESULT_FAIL,
                            input->partial ? "rule-partial" : "rule-from-missing", "From", NULL);
    if (report_has_finding(report, "from-repeated"))
        return check_answer(RESULT_FAIL, "rule-from-repeated", NULL, NULL);
    if (addresses->len > 1) {
        g_autofree char *count = room_int_text(addresses->len);
        return check_answer(RESULT_FAIL, "rule-from-several", count, NULL);
    }
    const Mailbox *author = addresses->len > 0 ? addresses->pdata[0] : NULL;
    /* Whoever copied the text may have done it, not the sender. */
    if (!author || !author->domain)
        return check_answer(no_author_is_lost(no_author_find(report)) ? RESULT_UNKNOWN : RESULT_FAIL, "rule-from-unreadable", NULL, NULL);
    return check_answer(RESULT_PASS, "rule-from-one",
                        author->address ? author->address : author->domain, NULL);
}

/* ---- Message-ID ---- */

/* RFC 5322, 3.2.3, and 8-bit as RFC 6532 allows. */
static gboolean
is_atext(char c)
{
    return g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c)) || (c & 0x80) != 0;
}

/* Runs of atext with single dots between; returns the end, or NULL. */
static const char *
skip_dot_atom(const char *at)
{
    for (;;) {
        const char *start = at;
        while (is_atext(*at))
            at++;
        if (at == start)
            return NULL;
        if (*at != '.')
            return at;
        at++;
    }
}

/* id-left: a dot-atom, or a quoted string (4.5.4). */
static const char *
skip_left(const char *at)
{
    if (*at != '"')
        return skip_dot_atom(at);
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1])
            at++;
    return *at ? at + 1 : NULL;
}

/* id-right: a dot-atom, or a literal in brackets without folding. */
static const char *
skip_right(const char *at)
{
    if (*at != '[')
        return skip_dot_atom(at);
    at += strcspn(at, "] \t");
    return *at == ']' ? at + 1 : NULL;
}

/* RFC 5322, 3.6.4: one msg-id and nothing else; a comment behind it is allowed (CFWS). */
static gboolean
is_message_id(const char *value)
{
    if (*value != '<')
        return FALSE;
    const char *at = skip_left(value + 1);
    if (!at || *at != '@')
        return FALSE;
    at = skip_right(at + 1);
    if (!at || *at != '>')
        return FALSE;
    at += 1 + strspn(at + 1, " \t");
    return *at == '\0' || (*at == '(' && at[strlen(at) - 1] == ')');
}

CheckAnswer
check_message_id(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const Seen *seen = &input->seen[SEEN_MESSAGE_ID];

    if (!input->message)
        return check_no_message();
    if (seen->count == 0)
        return check_answer(input->partial ? RESULT_UNKNOWN : RESULT_FAIL,
                            input->partial ? "rule-partial" : "rule-message-id-none", "Message-ID",
                            NULL);
    if (seen->count > 1)
        return check_answer(RESULT_FAIL, "rule-message-id-repeated", NULL, NULL);
    g_autofree char *value = check_value(input, SEEN_MESSAGE_ID);
    if (redaction_in(value))
        return check_answer(RESULT_UNKNOWN, "rule-message-id-redacted", NULL, NULL);
    if (!is_message_id(value))
        return check_answer(RESULT_FAIL, "rule-message-id-invalid", value, NULL);
    return check_answer(RESULT_PASS, "rule-message-id", value, NULL);
}

/* ---- RFC 5322, 3.6: how often each field may stand ---- */

static CheckAnswer
format_fault(const char *reason, const char *about)
{
    return check_answer(RESULT_FAIL, reason, about, NULL);
}

static const MessageFault *
header_fault(const Message *message)
{
    static const char *const ids[] = { "header-junk-line", "header-no-colon", "header-nul",
                                       "header-too-long", NULL };

    for (guint i = 0; i < message_n_faults(message); i++)
        if (g_strv_contains(ids, message_fault(message, i)->id))
            return message_fault(message, i);
    return NULL;
}

CheckAnswer
check_format(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    static const SeenField required[] = { SEEN_DATE, SEEN_FROM };

    if (!input->message)
        return check_no_message();
    for (guint k = 0; k <= SEEN_REFERENCES; k++)
        if (input->seen[k].count > 1)
            return format_fault("rule-field-repeated", seen_names[k]);
    for (gsize i = 0; i < G_N_ELEMENTS(required); i++)
        if (input->seen[required[i]].count == 0)
            return input->partial
                       ? check_answer(RESULT_UNKNOWN, "rule-partial", seen_names[required[i]], NULL)
                       : format_fault("rule-field-missing", seen_names[required[i]]);
    if (input->report->from->addresses->len > 1 && input->seen[SEEN_SENDER].count == 0)
        return format_fault("rule-sender-missing", NULL);
    const MessageFault *fault = header_fault(input->message);
    if (fault) {
        g_autofree char *line = room_int_text(fault->line);
        return format_fault(g_str_equal(fault->id, "header-too-long") ? "rule-line-long"
                                                                      : "rule-line-broken", line);
    }
    return check_answer(RESULT_PASS, "rule-format", NULL, NULL);
}

/* ---- encoded words, and names in other scripts ---- */

/* "=?charset?Q?…?=" */
static gboolean
has_encoded_word(const char *text)
{
    const char *start = strstr(text, "=?");
    const char *end = start ? strstr(start + 2, "?=") : NULL;
    const char *mark = start ? strchr(start + 2, '?') : NULL;

    return end && mark && mark < end && mark[1] && mark[2] == '?';
}

/* Most fields hold none: their bytes are looked at first, without a copy. */
static gboolean
may_hold_encoded_word(const CheckInput *input, SeenField kind)
{
    if (input->seen[kind].count == 0)
        return FALSE;
    gsize size;
    const char *bytes = g_bytes_get_data(message_raw(input->message), &size);
    const Span value = message_field(input->message, input->seen[kind].first)->value;
    if (value.end > size || value.start >= value.end)
        return FALSE;
    const char *start = bytes + value.start, *end = bytes + value.end;
    for (const char *at = start; (at = memchr(at, '?', (gsize)(end - at))) != NULL; at++)
        if (at > start && at[-1] == '=')
            return TRUE;
    return FALSE;
}

/* Within <…>: a phrase outside may be encoded, an address may not (RFC 2047, 5). */
static gboolean
address_encoded(const char *value)
{
    for (const char *open = strchr(value, '<'); open; open = strchr(open + 1, '<')) {
        const char *close = strchr(open, '>');
        if (!close)
            return FALSE;
        g_autofree char *inside = g_strndup(open, (gsize)(close - open));
        if (has_encoded_word(inside))
            return TRUE;
        open = close;
    }
    return FALSE;
}

CheckAnswer
check_encoded_words(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    static const SeenField nowhere[] = { SEEN_MESSAGE_ID, SEEN_DATE, SEEN_IN_REPLY_TO,
                                         SEEN_REFERENCES, SEEN_LIST_UNSUBSCRIBE,
                                         SEEN_LIST_UNSUBSCRIBE_POST, SEEN_RETURN_PATH };
    static const SeenField names_only[] = { SEEN_FROM, SEEN_SENDER, SEEN_REPLY_TO, SEEN_TO,
                                            SEEN_CC };

    if (!input->message)
        return check_no_message();
    for (gsize i = 0; i < G_N_ELEMENTS(nowhere); i++) {
        g_autofree char *value =
            may_hold_encoded_word(input, nowhere[i]) ? check_value(input, nowhere[i]) : NULL;
        if (value && has_encoded_word(value))
            return check_answer(RESULT_FAIL, "rule-encoded-word", seen_names[nowhere[i]], NULL);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names_only); i++) {
        g_autofree char *value =
            may_hold_encoded_word(input, names_only[i]) ? check_value(input, names_only[i]) : NULL;
        if (value && address_encoded(value))
            return check_answer(RESULT_FAIL, "rule-encoded-address", seen_names[names_only[i]],
                                NULL);
    }
    return check_answer(RESULT_PASS, "rule-no-encoded-word", NULL, NULL);
}

/* UTS #39, 5.2, "highly restrictive": one script, or one of three usual mixtures. */
CheckAnswer
check_idn(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const Report *report = input->report;
    const char *names[] = { report->from->domain, report->sender ? report->sender->domain : NULL,
                            report->reply_to ? report->reply_to->domain : NULL,
                            report->envelope->mail_from->domain };
    gboolean any = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!names[i] || !strstr(names[i], "xn--"))
            continue;
        g_autofree char *shown = name_to_unicode(names[i]);
        any = TRUE;
        if (!script_name_is_restrictive(shown))
            return check_answer(RESULT_FAIL, "rule-idn-mixed", shown, names[i]);
    }
    return any ? check_answer(RESULT_PASS, "rule-idn", NULL, NULL)
               : check_answer(RESULT_SKIPPED, "rule-idn-none", NULL, NULL);
}
