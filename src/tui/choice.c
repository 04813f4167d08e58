/* choice.c: marks, roles and sentences of answers.
 * SPDX-License-Identifier: MIT */
#include "tui/choice.h"

#include "base/translate.h"
#include "tui/ui.h"

/* Until it is told, a mark would give the right one away. */
static const char *
mark_of(ChoiceState state, gboolean glyphs)
{
    if (state.told && state.right)
        return mark_tone(SUMMARY_PASS, glyphs);
    if (!state.taken)
        return " ";
    return state.told ? mark_tone(SUMMARY_FAIL, glyphs) : ">";
}

char *
choice_key(ChoiceState state, guint index, gboolean glyphs)
{
    return g_strdup_printf("%s %c", mark_of(state, glyphs), 'a' + (char)index);
}

Role
choice_role(ChoiceState state)
{
    if (state.told && state.right)
        return ROLE_PASS;
    if (!state.taken)
        return ROLE_TEXT;
    return state.told ? ROLE_FAIL : ROLE_LABEL;
}

char *
choice_sure_text(void)
{
    GString *text = g_string_new(_("How sure are you?"));

    for (guint sure = SURE_MIN; sure <= SURE_MAX; sure++)
        g_string_append_printf(text, "  %u %s", sure, answer_sure_label(sure));
    return g_string_free(text, FALSE);
}

char *
choice_verdict(const App *app, const Answer *answer, guint right)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (answer)
        g_string_append_printf(text, "%s %s (%s)",
                               mark_tone(answer->right ? SUMMARY_PASS : SUMMARY_FAIL, app->glyphs),
                               answer->right ? _("Right.") : _("Not this time."),
                               answer_sure_label((guint)answer->sure));
    if (app->plain && (!answer || !answer->right)) {
        g_string_append(text, answer ? " " : "");
        g_string_append_printf(text, _("Right is %c."), (char)('a' + right));
    }
    return text->len > 0 ? g_strdup(text->str) : NULL;
}

Role
choice_verdict_role(const Answer *answer)
{
    return !answer ? ROLE_LABEL : answer->right ? ROLE_PASS : ROLE_FAIL;
}
