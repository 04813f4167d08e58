/* lost.c: DKIM-Signature looked for in what repairs were made of.
 * SPDX-License-Identifier: MIT
 *
 * Glued in lower case, behind a mark that other lines do not have, put aside with what stands above a source: without it, a message
 * would count as one that nobody signed. A body may quote another header, so what stands below the first empty line is not asked, and
 * what stands in the body now is not lost. */
#include "repair/lost.h"

#include <string.h>

#include "repair/draft.h"
#include "repair/letters.h"

#define NAME   "DKIM-Signature"
#define LENGTH (sizeof NAME - 1)

/* Behind the name, marks and a colon a value begins that signatures begin with: "v=1", "a=rsa-sha256". */
static gboolean
begins_signature(const char *at, const char *end)
{
    gboolean colon = FALSE;

    for (; at < end; at++) {
        const gsize wide = letters_colon(at, end);
        if (wide || *at == ':' || *at == '|' || *at == '\t')
            colon = TRUE;
        else if (!letters_is_space(*at) && !strchr("*_`\"'\\<>/", *at))
            break;
        at += wide ? wide - 1 : 0;
    }
    return colon && end - at > 1 && (at[0] == 'v' || at[0] == 'a') && at[1] == '=';
}

static gboolean
names_signature(const char *text, gsize length)
{
    const char *end = text + length;

    for (const char *at = text; (at = memchr(at, '-', (gsize)(end - at))); at++) {
        const char *name = at - 4;      /* "DKIM" */
        if (name >= text && (gsize)(end - name) > LENGTH && g_ascii_strncasecmp(name, NAME, LENGTH) == 0 &&
            (name == text || !strchr("-:=", name[-1])) && begins_signature(name + LENGTH, end))
            return TRUE;
    }
    return FALSE;
}

static gboolean
has_field(const char *text, gsize length)
{
    for (gsize at = 0; at < length; at = draft_line_end(text, length, at) + 1) {
        const char *behind = text + at + LENGTH, *end = text + length;
        if (length - at <= LENGTH || g_ascii_strncasecmp(text + at, NAME, LENGTH) != 0)
            continue;
        while (behind < end && letters_is_wsp(*behind))
            behind++;
        if (behind < end && *behind == ':')
            return TRUE;
    }
    return FALSE;
}

gboolean
lost_signature(const char *original, gsize length, const GString *text)
{
    const gsize header = draft_block(text->str, text->len);

    if (has_field(text->str, header))
        return FALSE;
    return names_signature(text->str, header) || (names_signature(original, draft_block(original, MIN(length, DRAFT_HEAD))) &&
                                                  !names_signature(text->str, MIN(text->len, DRAFT_HEAD)));
}
