/* returns.c: a carriage return too many at the end of every line.
 * SPDX-License-Identifier: MIT
 *
 * CR CR LF is what a program for Windows leaves that writes CRLF in text mode. Read as it stands, no line is empty, so the header
 * does not end. It goes only where every line ends so: what a server wrote above a sender's lines does not. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"

/* A header of fewer lines says nothing. */
#define LINES_MIN 3

/* Line ends are LF here, so one CR is left of two. */
static gboolean
returns_needed(const char *head, gsize length)
{
    guint lines = 0;

    for (gsize at = 0; at < length; lines++) {
        const gsize end = draft_line_end(head, length, at);
        if (end < length && (end == at || head[end - 1] != '\r'))
            return FALSE;
        at = end + 1;
    }
    return lines >= LINES_MIN;
}

static gboolean
returns_possible(const char *block, gsize length)
{
    const gsize end = draft_line_end(block, length, 0);

    return end > 0 && block[end - 1] == '\r';
}

static gboolean
without_return(GString *out, const char *text, gsize at, gsize end, gconstpointer data)
{
    const gboolean ends_so = end > at && text[end] == '\n' && text[end - 1] == '\r';

    (void)data;
    g_string_append_len(out, text + at, (gssize)(end - at - (ends_so ? 1 : 0)));
    return ends_so;
}

static void
returns_mend(Draft *draft, Mend *mend)
{
    draft_rewrite_lines(draft, mend, 0, draft->text->len, without_return, NULL);
}

const RepairStep repair_returns = {
    .id = "returns",
    .one = N_("1 line end of CR CR LF made one of CR LF"),
    .many = N_("%s line ends of CR CR LF made such of CR LF"),
    .fidelity = "reencoded",
    .needed = returns_needed,
    .mend = returns_mend,
    .possible = returns_possible,
};
