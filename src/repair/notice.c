/* notice.c: what a mail server answered, pasted as people see it: a notice of failure without its header, or the answer alone.
 * SPDX-License-Identifier: MIT
 *
 * Nothing of the mail that was refused is in it but the answer's words, which is what most people have in hand first. With an
 * empty header above it, the text is read as the notices are that still have theirs. */
#include "repair/notice.h"

#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"

/* So many fields would be a header, which the other steps look for. */
#define FIELDS_MIN 3
#define HEADER "Content-Type: text/plain; charset=utf-8\n\n"

/* "5.7.26" (RFC 3463, 2). */
static gboolean
is_status(const char *at, const char *end)
{
    guint parts = 0;

    for (; at < end && (g_ascii_isdigit(*at) || *at == '.'); at++)
        parts += *at == '.' && at + 1 < end && g_ascii_isdigit(at[1]) ? 1 : 0;
    return parts == 2;
}

const char *
notice_reply(const char *text, gsize length)
{
    const char *end = text + length;

    for (const char *at = text; end - at > 8; at++)
        if ((*at == '4' || *at == '5') && g_ascii_isdigit(at[1]) && g_ascii_isdigit(at[2]) && (at[3] == ' ' || at[3] == '-') &&
            at[4] == *at && at[5] == '.' && (at == text || !g_ascii_isalnum(at[-1])) && is_status(at + 4, end))
            return at;
    return NULL;
}

static gboolean
notice_needed(const char *head, gsize length)
{
    return draft_is_covered(head, draft_block(head, length)) && notice_reply(head, length) && !draft_names_author(head, length) &&
           draft_count_fields(head, length) < FIELDS_MIN;
}

static void
notice_mend(Draft *draft, Mend *mend)
{
    GString *text = g_string_new(HEADER);

    mend_add(mend, "", 0, HEADER, strlen(HEADER));
    g_string_append_len(text, draft->text->str, (gssize)draft->text->len);
    origin_note(draft->origin, "paste-notice-text", SEVERITY_WARNING, NULL);
    draft_take(draft, text);
}

const RepairStep repair_notice = {
    .id = "notice-text",
    .one = N_("a header put above what a mail server answered"),
    .many = N_("a header put above what a mail server answered"),
    .fidelity = "fragments",
    .needed = notice_needed,
    .mend = notice_mend,
    .possible = draft_is_covered,
};
