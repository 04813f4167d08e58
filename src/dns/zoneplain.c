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

/* Octets of a plain name in lower case; all others are 0. */
static const char of_name[256] = {
    ['-'] = '-', ['_'] = '_', ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5',
    ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
    ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
    ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
    ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z', ['A'] = 'a', ['B'] = 'b',
    ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
    ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r',
    ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
};

/* The name at `*at`, which ends with a dot (RFC 1035, 5.1), as a key: its labels from the last to the first. FALSE where
 * it is no plain one. */
static gboolean
read_name(const char **at, const char *end, char *key)
{
    char lower[NAME_MAX_OCTETS + 1];
    guint starts[LABELS_MAX + 1], labels = 0, length = 0, start = 0;
    const char *stop = end - *at > NAME_MAX_OCTETS + 1 ? *at + NAME_MAX_OCTETS + 1 : end, *c = *at;

    for (char octet; c < stop && !is_blank(*c); c++) {
        while (c < stop && (octet = of_name[(guchar)*c]) != 0) {
            lower[length++] = octet;
            c++;
        }
        if (length == start || length - start > LABEL_MAX || c == stop || *c != '.' || labels == LABELS_MAX)
            return FALSE;
        lower[length++] = '.';
        starts[labels++] = start;
        start = length;
    }
    if (labels == 0 || (c < end && !is_blank(*c)))
        return FALSE;
    *at = c;
    for (starts[labels] = length; labels > 0; labels--) {
        const guint from = starts[labels - 1], octets = starts[labels] - from;
        memcpy(key, lower + from, octets);
        key += octets;
    }
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

/* A word with the blanks behind it; inlined, so that a word of a few octets is compared as a number. */
static G_ALWAYS_INLINE inline gboolean
pass_word(const char **at, const char *end, const char *word, gsize length)
{
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
    pass_word(&at, end, "IN", 2);
    if (!pass_word(&at, end, "TXT", 3))
        return FALSE;
    plain->text = at;
    plain->length = (gsize)(end - at);
    return zonetext_is_plain(at, plain->length);
}
