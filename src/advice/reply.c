/* reply.c: the codes of a reply's further lines are left out.
 * SPDX-License-Identifier: MIT */
#include "advice/reply.h"

#include <string.h>

enum { CODE = 3 };

static gboolean
begins_reply(const char *reply)
{
    return (*reply == '4' || *reply == '5') && g_ascii_isdigit(reply[1]) && g_ascii_isdigit(reply[2]) &&
           reply[CODE] == '-';
}

/* Of "5.7.1 " with its blank (RFC 3463, 2); 0: there is none. */
static gsize
enhanced_length(const char *text)
{
    gsize length = 0;

    for (guint part = 0; part < 3; part++) {
        const gsize digits = strspn(text + length, "0123456789");
        const char end = part < 2 ? '.' : ' ';
        if (digits == 0 || digits > 3 || text[length + digits] != end)
            return 0;
        length += digits + 1;
    }
    return length;
}

char *
reply_in_one(const char *reply)
{
    if (!begins_reply(reply))
        return g_strdup(reply);
    const char *enhanced = reply + CODE + 1;
    const gsize length = enhanced_length(enhanced);
    GString *out = g_string_new(NULL);
    gboolean last = FALSE;

    g_string_append_len(out, reply, CODE);
    g_string_append_c(out, ' ');
    g_string_append_len(out, enhanced, (gssize)length);
    for (const char *at = enhanced + length; *at; at++) {
        const gboolean line = !last && at[-1] == ' ' && strncmp(at, reply, CODE) == 0 &&
                              (at[CODE] == '-' || at[CODE] == ' ');
        if (!line) {
            g_string_append_c(out, *at);
            continue;
        }
        last = at[CODE] == ' ';
        at += CODE;
        if (length > 0 && strncmp(at + 1, enhanced, length) == 0)
            at += length;
    }
    return g_string_free(out, FALSE);
}
