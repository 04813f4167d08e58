/* marks.c: verdicts and outcomes as a mark, a word and a role; never one of them alone.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/ui.h"

#include <string.h>

const char *
mark_tone(SummaryTone tone, gboolean glyphs)
{
    switch (tone) {
    case SUMMARY_PASS:
        return glyphs ? "✓" : "+";
    case SUMMARY_FAIL:
    case SUMMARY_OTHER:
        return glyphs ? "✗" : "x";
    case SUMMARY_NONE:
        return "-";
    case SUMMARY_UNKNOWN:
        return "?";
    case SUMMARY_PLAIN:
        break;
    }
    return "";
}

Role
mark_tone_role(SummaryTone tone)
{
    switch (tone) {
    case SUMMARY_PASS:
        return ROLE_PASS;
    case SUMMARY_FAIL:
        return ROLE_FAIL;
    case SUMMARY_OTHER:
        return ROLE_OTHER;
    case SUMMARY_NONE:
        return ROLE_NONE;
    case SUMMARY_UNKNOWN:
        return ROLE_UNKNOWN;
    case SUMMARY_PLAIN:
        break;
    }
    return ROLE_TEXT;
}

/* A check that passed proves a name, not yet the one in From:, so below the root a plain "pass"
 * is neither green nor ticked; "YES, it vouches" is. */
static SummaryTone
tone_of(Result result, gboolean root)
{
    switch (result) {
    case RESULT_PASS:
        return root ? SUMMARY_PASS : SUMMARY_PLAIN;
    case RESULT_YES:
        return SUMMARY_PASS;
    case RESULT_FAIL:
    case RESULT_SOFTFAIL:
    case RESULT_POLICY:
    case RESULT_TEMPERROR:
    case RESULT_PERMERROR:
    case RESULT_NO:
        return SUMMARY_FAIL;
    case RESULT_NONE:
    case RESULT_NEUTRAL:
        return SUMMARY_NONE;
    case RESULT_UNKNOWN:
        return SUMMARY_UNKNOWN;
    case RESULT_INFO:
    case RESULT_SKIPPED:
        break;
    }
    return SUMMARY_PLAIN;
}

Role
mark_result_role(const Step *step, gboolean root)
{
    if (step->result == RESULT_PASS && !root)
        return ROLE_OTHER;
    if (step->result == RESULT_SKIPPED || step->result == RESULT_INFO)
        return ROLE_DIM;
    return mark_tone_role(tone_of(step->result, root));
}

char *
mark_outcome(const Step *step, gboolean root, gboolean glyphs)
{
    if (step->result == RESULT_INFO)
        return g_strdup("");
    const char *mark = mark_tone(tone_of(step->result, root), glyphs);
    g_autofree char *word = root ? g_ascii_strup(words_result(step->result), -1)
                                 : g_strdup(words_result(step->result));
    return *mark ? g_strdup_printf("%s %s", mark, word) : g_steal_pointer(&word);
}

/* "said": by a host that nobody here trusts. */
static const struct {
    SummaryTone tone;
    const char *word;
} verdicts[] = {
    [MAIL_FAIL] = { SUMMARY_FAIL, N_("FAIL") },
    [MAIL_SAID_FAIL] = { SUMMARY_UNKNOWN, N_("said fail") },
    [MAIL_ERROR] = { SUMMARY_UNKNOWN, N_("ERROR") },
    [MAIL_UNKNOWN] = { SUMMARY_UNKNOWN, N_("UNKNOWN") },
    [MAIL_NONE] = { SUMMARY_NONE, N_("NONE") },
    [MAIL_SAID_PASS] = { SUMMARY_UNKNOWN, N_("said pass") },
    [MAIL_PASS] = { SUMMARY_PASS, N_("PASS") },
    [MAIL_UNREADABLE] = { SUMMARY_FAIL, N_("unreadable") },
    [MAIL_OPEN] = { SUMMARY_PLAIN, ".." },
};

char *
mark_verdict(MailVerdict verdict, gboolean glyphs)
{
    const char *mark = mark_tone(verdicts[verdict].tone, glyphs);

    return g_strconcat(mark, *mark ? " " : "", translate(verdicts[verdict].word), NULL);
}

Role
mark_verdict_role(MailVerdict verdict)
{
    return verdict == MAIL_OPEN ? ROLE_DIM : mark_tone_role(verdicts[verdict].tone);
}

char *
mark_short(const char *word)
{
    const char *bracket = strstr(word, " (");

    return bracket ? g_strndup(word, (gsize)(bracket - word)) : g_strdup(word);
}
