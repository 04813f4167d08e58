/* find.c: searching texts and bytes.
 * SPDX-License-Identifier: MIT */
#include "tui/find.h"

#include <string.h>

/* A text of any size is folded in pieces, so that a key is never answered late for want of
 * memory. */
enum { PIECE = 1 << 20 };

/* Where the small letter takes another number of bytes the capital stays, so that places in the
 * folded text are places in the text. */
static gsize
fold_character(char *at, gsize left)
{
    const gunichar character = g_utf8_get_char_validated(at, (gssize)left);
    char small[6];

    if (character == (gunichar)-1 || character == (gunichar)-2)
        return 1;
    const gsize length = (gsize)g_unichar_to_utf8(character, NULL);
    if ((gsize)g_unichar_to_utf8(g_unichar_tolower(character), small) == length)
        memcpy(at, small, length);
    return length;
}

char *
find_fold(const char *text, gsize length)
{
    char *folded = g_malloc(length + 1);

    memcpy(folded, text, length);
    folded[length] = '\0';
    for (gsize i = 0; i < length;) {
        if ((guchar)folded[i] >= 0x80) {
            i += fold_character(folded + i, length - i);
        } else {
            folded[i] = g_ascii_tolower(folded[i]);
            i++;
        }
    }
    return folded;
}

gboolean
find_in(const char *text, const char *needle)
{
    g_autofree char *folded = text ? find_fold(text, strlen(text)) : NULL;

    return folded && strstr(folded, needle);
}

/* The first match in a piece that begins before `limit`, or, backward, the last of those
 * that do not overlap: looking from each byte anew would be slow in a text of one letter. */
static const char *
look_in(const char *piece, gsize length, gsize limit, const Find *find)
{
    const gsize size = strlen(find->needle);
    const char *found = NULL;

    for (const char *from = piece;
         (from = memmem(from, (gsize)(piece + length - from), find->needle, size)) &&
         from < piece + limit;
         from += size) {
        found = from;
        if (!find->backward)
            break;
    }
    return found;
}

static gboolean
find_in_piece(const char *text, gsize length, gsize limit, const Find *find, gsize *at)
{
    char *piece = find_fold(text, length);
    const char *found = look_in(piece, length, limit, find);
    const gboolean any = found != NULL;

    *at = found ? (gsize)(found - piece) : 0;
    g_free(piece);
    return any;
}

/* Matches that begin in [start, end). */
static gboolean
find_between(const char *bytes, gsize length, gsize start, gsize end, const Find *find, gsize *at)
{
    const gsize more = strlen(find->needle) - 1;

    while (start < end) {
        const gsize size = MIN(end - start, PIECE);
        const gsize piece = find->backward ? end - size : start;
        const gsize whole = MIN(size + more, length - piece);
        if (find_in_piece(bytes + piece, whole, size, find, at)) {
            *at += piece;
            return TRUE;
        }
        if (find->backward)
            end = piece;
        else
            start = piece + size;
    }
    return FALSE;
}

gboolean
find_bytes(const char *bytes, gsize length, gsize from, Find *find, gsize *at)
{
    from = MIN(from, length);
    find->wrapped = FALSE;
    if (*find->needle == '\0')
        return FALSE;
    if (find_between(bytes, length, find->backward ? 0 : from, find->backward ? from : length, find,
                     at))
        return TRUE;
    find->wrapped = TRUE;
    return find_between(bytes, length, find->backward ? from : 0, find->backward ? length : from,
                        find, at);
}
