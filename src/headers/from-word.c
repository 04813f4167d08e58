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
    at += 4 + strspn(at + 4, FROM_EMPHASIS " \t");
    return *at == ':' ? at + 1 + strspn(at + 1, FROM_EMPHASIS) : NULL;
}

/* A word of its own, or glued to what stood before it, as line ends vanished: "exampleFrom:", "+0000From:". The fields X-From and
 * header.from are others, and "mail from: ann@example.com" is what a server says of the envelope. */
static gboolean
begins_name(const char *value, const char *at)
{
    const char before = at[-1];

    if (at - value >= 5 && g_ascii_strncasecmp(at - 5, "mail ", 5) == 0)
        return FALSE;
    return g_ascii_isspace(before) || strchr(FROM_EMPHASIS ">", before) || (*at == 'F' && g_ascii_isalnum(before));
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
