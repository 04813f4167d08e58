/* from-word.c: the name of From: where it begins no field.
 * SPDX-License-Identifier: MIT */
#include "headers/from-word.h"

#include <string.h>

#include "headers/address.h"

const char *
from_word_behind(const char *at)
{
    if (g_ascii_strncasecmp(at, "From", 4) != 0)
        return NULL;
    at += 4 + strspn(at + 4, FROM_EMPHASIS " \t\r\n");     /* wrapped before the colon */
    return *at == ':' ? at + 1 + strspn(at + 1, FROM_EMPHASIS) : NULL;
}

/* What a server says of the envelope: "mail from: ann@example.com". */
static gboolean
is_of_envelope(const char *value, const char *at)
{
    static const char *const words[] = { "mail", "mail ", "envelope", "smtp" };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if ((gsize)(at - value) >= strlen(words[i]) && g_ascii_strncasecmp(at - strlen(words[i]), words[i], strlen(words[i])) == 0)
            return TRUE;
    return FALSE;
}

/* A word of its own, or glued to what stood before it, as line ends vanished: "exampleFrom:", "+0000from:", "?=From:". The fields X-From
 * and header.from are others. */
static gboolean
begins_name(const char *value, const char *at)
{
    return !strchr("-./", at[-1]) && !is_of_envelope(value, at);
}

/* The first word of a value (where "12" is the name of a field, it is the number of a line) or of a line that goes on with it. */
static gboolean
begins_line(const char *value, const char *at)
{
    while (at > value && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == value || at[-1] == '\n';
}

/* ">> From:", "`From:`": the next line's mark, where a line end between two marked lines was lost. */
static gboolean
is_marked(const char *value, const char *at)
{
    while (at > value && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at > value && strchr(FROM_EMPHASIS ">|[", at[-1]);
}

const char *
from_word_find(const char *value, const char *at, FromPlace place)
{
    for (; (at = strpbrk(at, "Ff")); at++) {
        const char *behind = from_word_behind(at);
        if (behind && (begins_line(value, at) || (place == FROM_ANYWHERE && begins_name(value, at)) ||
                       (place == FROM_MARKED && is_marked(value, at))))
            return behind;
    }
    return NULL;
}

char *
from_word_address(const char *text)
{
    const char *at = text ? strchr(text, '@') : NULL;

    return at ? address_around(text, at) : NULL;
}
