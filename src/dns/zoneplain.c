/* zoneplain.c: reads the lines of a zone file that are written in the plainest way.
 * SPDX-License-Identifier: MIT */
#include "dns/zoneplain.h"

#include <string.h>

#include "dns/zonetext.h"

enum { LABEL_MAX = 63, NAME_MAX_OCTETS = 253, LABELS_MAX = 127, TTL_DIGITS = 9 };

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static gboolean
is_of_name(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_';
}

/* The name at `*at`, which ends with a dot (RFC 1035, 5.1), as a key: its labels from the last to the first. FALSE where
 * it is no plain one. */
static gboolean
read_name(const char **at, const char *end, char *key)
{
    const char *starts[LABELS_MAX + 1], *c = *at;
    gsize labels = 0;

    while (c < end && !is_blank(*c)) {
        const char *start = c;
        while (c < end && is_of_name(*c))
            c++;
        if (c == start || c - start > LABEL_MAX || c == end || *c != '.' || labels == LABELS_MAX)
            return FALSE;
        starts[labels++] = start;
        c++;
    }
    if (labels == 0 || c - *at > NAME_MAX_OCTETS + 1)
        return FALSE;
    starts[labels] = *at = c;
    for (; labels > 0; labels--)
        for (const char *from = starts[labels - 1]; from < starts[labels]; from++)
            *key++ = g_ascii_tolower(*from);
    *key = '\0';
    return TRUE;
}

/* Blanks that must be there. */
static gboolean
pass_blanks(const char **at, const char *end)
{
    const char *start = *at;

    while (*at < end && is_blank(**at))
        (*at)++;
    return *at > start;
}

/* A word with the blanks behind it. */
static gboolean
pass_word(const char **at, const char *end, const char *word)
{
    const gsize length = strlen(word);
    const char *behind = *at + length;

    if ((gsize)(end - *at) <= length || memcmp(*at, word, length) != 0 || !pass_blanks(&behind, end))
        return FALSE;
    *at = behind;
    return TRUE;
}

/* A number of seconds with the blanks behind it; none is right, too. */
static gboolean
read_ttl(const char **at, const char *end, gint64 *ttl)
{
    const char *start = *at;

    *ttl = RECORD_UNSET;
    if (start == end || !g_ascii_isdigit(*start))
        return TRUE;
    for (*ttl = 0; *at < end && g_ascii_isdigit(**at); (*at)++) {
        if (*at - start == TTL_DIGITS)
            return FALSE;
        *ttl = *ttl * 10 + (**at - '0');
    }
    return pass_blanks(at, end);
}

gboolean
zoneplain_read(const char *line, gsize length, ZonePlain *plain)
{
    const char *at = line, *end = line + length;

    if (!read_name(&at, end, plain->key) || !pass_blanks(&at, end) || !read_ttl(&at, end, &plain->ttl))
        return FALSE;
    pass_word(&at, end, "IN");
    if (!pass_word(&at, end, "TXT"))
        return FALSE;
    plain->record = zonetext_record(at, (gsize)(end - at));
    return plain->record != NULL;
}
