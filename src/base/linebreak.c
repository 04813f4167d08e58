/* linebreak.c: where a line may end besides at a blank, and how far in it goes on.
 * SPDX-License-Identifier: MIT */
#include "base/linebreak.h"

#include <string.h>

/* Marks that belong to what stands before them: closing brackets, stops, small kana. */
static gboolean
begins_no_line(GUnicodeBreakType type)
{
    switch (type) {
    case G_UNICODE_BREAK_CLOSE_PUNCTUATION:
    case G_UNICODE_BREAK_CLOSE_PARANTHESIS:
    case G_UNICODE_BREAK_EXCLAMATION:
    case G_UNICODE_BREAK_INFIX_SEPARATOR:
    case G_UNICODE_BREAK_SYMBOL:
    case G_UNICODE_BREAK_NON_STARTER:
    case G_UNICODE_BREAK_CONDITIONAL_JAPANESE_STARTER:
    case G_UNICODE_BREAK_POSTFIX:
    case G_UNICODE_BREAK_INSEPARABLE:
    case G_UNICODE_BREAK_QUOTATION:
    case G_UNICODE_BREAK_COMBINING_MARK:
    case G_UNICODE_BREAK_ZERO_WIDTH_JOINER:
    case G_UNICODE_BREAK_NON_BREAKING_GLUE:
    case G_UNICODE_BREAK_WORD_JOINER:
    case G_UNICODE_BREAK_SPACE:
        return TRUE;
    default:
        return FALSE;
    }
}

/* Marks that belong to what stands behind them. */
static gboolean
ends_no_line(GUnicodeBreakType type)
{
    switch (type) {
    case G_UNICODE_BREAK_OPEN_PUNCTUATION:
    case G_UNICODE_BREAK_SPACE:
    case G_UNICODE_BREAK_PREFIX:
    case G_UNICODE_BREAK_QUOTATION:
    case G_UNICODE_BREAK_ZERO_WIDTH_JOINER:
    case G_UNICODE_BREAK_NON_BREAKING_GLUE:
    case G_UNICODE_BREAK_WORD_JOINER:
        return TRUE;
    default:
        return FALSE;
    }
}

gboolean
linebreak_between(gunichar before, gunichar after)
{
    if (!g_unichar_iswide(before) && !g_unichar_iswide(after))
        return FALSE;
    return !begins_no_line(g_unichar_break_type(after)) &&
           !ends_no_line(g_unichar_break_type(before));
}

guint
linebreak_hang(const char *line)
{
    enum { DEEPER = 2 };

    return (guint)strspn(line, " ") + DEEPER;
}
