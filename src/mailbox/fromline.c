/* fromline.c: tells a separator from a sentence.
 * SPDX-License-Identifier: MIT */
#include "mailbox/fromline.h"

#include <string.h>

#include "mailbox/kind.h"
#include "message/split.h"

/* A real one is short; what is longer is a paragraph. */
#define LINE_MAX_BYTES 400
/* So many lines behind a separator may be junk before the first field. */
#define JUNK_MAX 5

/* ---- the form ---- */

typedef struct {
    gboolean month, day, time, year;
    gboolean before;        /* something stands before the date */
    guint    behind;        /* words behind the year that are no zone */
} Seen;

static gboolean
is_one_of(const char *word, gsize length, const char *three_letters)
{
    char low[4] = { 0 };

    if (length != 3)
        return FALSE;
    for (gsize i = 0; i < 3; i++)
        low[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] | 0x20 : word[i]);
    for (const char *at = three_letters; *at; at += 3)
        if (at[0] == low[0] && at[1] == low[1] && at[2] == low[2])
            return TRUE;
    return FALSE;
}

static gboolean
is_digits(const char *word, gsize length, gsize least, gsize most)
{
    if (length < least || length > most)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isdigit(word[i]))
            return FALSE;
    return TRUE;
}

/* "10:00", "10:00:00", "9:00:00" */
static gboolean
is_time(const char *word, gsize length)
{
    guint colons = 0;

    if (length < 4 || length > 8)
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isdigit(word[i]) && word[i] != ':')
            return FALSE;
        colons += word[i] == ':';
    }
    return (colons == 1 || colons == 2) && word[0] != ':' && word[length - 1] != ':';
}

/* "+0900", "UTC", "(JST)" */
static gboolean
is_zone(const char *word, gsize length)
{
    if ((*word == '+' || *word == '-') && is_digits(word + 1, length - 1, 4, 4))
        return TRUE;
    if (length < 1 || length > 6)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isupper(word[i]) && word[i] != '(' && word[i] != ')')
            return FALSE;
    return TRUE;
}

#define DAYS "montuewedthufrisatsun"
#define MONTHS "janfebmaraprmayjunjulaugsepoctnovdec"

static void
see_word(Seen *seen, const char *word, gsize length)
{
    const gsize bare = length > 1 && word[length - 1] == ',' ? length - 1 : length;
    const gboolean whole = seen->month && seen->day && seen->time && seen->year;

    if (is_one_of(word, bare, DAYS) || (!seen->month && is_one_of(word, bare, MONTHS)))
        seen->month |= is_one_of(word, bare, MONTHS);
    else if (!seen->day && is_digits(word, bare, 1, 2))
        seen->day = TRUE;
    else if (!seen->time && is_time(word, length))
        seen->time = TRUE;
    else if (!seen->year && seen->month && is_digits(word, length, 4, 4) &&
             (word[0] == '1' || word[0] == '2'))
        seen->year = TRUE;
    else if (!seen->month && !seen->time)
        seen->before = TRUE;
    else if (!is_zone(word, length))
        seen->behind += whole || !seen->before ? 1 : 2;
}

static gboolean
is_date_and_sender(const Seen *seen)
{
    return seen->month && seen->day && seen->time && seen->year && seen->before;
}

/* "Thu Jan  1 00:00:00 1970" */
#define ASCTIME 24

/* By far the most: "From ", an address, and the date as asctime() writes it. */
static gboolean
is_usual(const char *line, gsize length)
{
    static const char form[] = "aaa aaa _0 00:00:00 1000";

    if (length < 5 + 3 + 1 + ASCTIME)
        return FALSE;
    const char *date = line + length - ASCTIME, *address = line + 5;
    if (date[-1] != ' ' || *address == ':' || !memchr(address, '@', (gsize)(date - 1 - address)) ||
        memchr(address, ' ', (gsize)(date - 1 - address)) || memchr(address, '\t', (gsize)(date - 1 - address)))
        return FALSE;
    for (guint i = 0; i < ASCTIME; i++) {
        const gboolean is_digit = date[i] >= '0' && date[i] <= '9';
        const gboolean good = form[i] == 'a'   ? (date[i] & ~0x20) >= 'A' && (date[i] & ~0x20) <= 'Z'
                              : form[i] == '0' ? is_digit
                              : form[i] == '_' ? is_digit || date[i] == ' '
                              : form[i] == '1' ? date[i] == '1' || date[i] == '2'
                                               : date[i] == form[i];
        if (!good)
            return FALSE;
    }
    return is_one_of(date, 3, DAYS) && is_one_of(date + 4, 3, MONTHS);
}

FromLine
fromline_form(const char *line, gsize length)
{
    Seen seen = { 0 };
    guint words = 0;
    gboolean address = FALSE;

    if (length < 6 || length > LINE_MAX_BYTES || memcmp(line, "From ", 5) != 0)
        return FROMLINE_NONE;
    if (is_usual(line, length))
        return FROMLINE_DATED;
    for (gsize at = 5, end; at < length; at = end) {
        for (end = at; end < length && line[end] != ' ' && line[end] != '\t'; end++)
            continue;
        if (end > at) {
            if (words++ == 0 && line[at] == ':')
                return FROMLINE_NONE;   /* a field, blank before colon (RFC 5322, 4.5.8) */
            address |= memchr(line + at, '@', end - at) != NULL;
            see_word(&seen, line + at, end - at);
        } else {
            end++;
        }
    }
    /* "remote from host" is what UUCP wrote behind the date: three words. */
    if (is_date_and_sender(&seen) && seen.behind <= 3)
        return FROMLINE_DATED;
    const gboolean daemon = length >= 18 && memcmp(line + 5, "MAILER-DAEMON", 13) == 0;
    const gboolean nobody = words == 1 && line[5] == '-';
    return words == 1 && (address || daemon || nobody) ? FROMLINE_BARE : FROMLINE_NONE;
}

/* ---- what follows ---- */

/* Fields in the lines at `at`, up to the first empty one. */
static gboolean
is_followed(const char *bytes, gsize length, gsize at, FromLine form)
{
    guint fields = 0;
    gsize after;

    for (guint lines = 0; lines < JUNK_MAX && at < length; lines++, at += after) {
        const gsize text = kind_line(bytes + at, length - at, &after);
        if (text == 0)
            break;
        if (kind_is_field(bytes + at, text))
            fields++;
        if (fields > 0 && form == FROMLINE_DATED)
            return TRUE;
        if (fields == 0 && form == FROMLINE_BARE)
            return FALSE;
    }
    return fields > 1;
}

/* A message of which nothing was written: the next separator, or the end, comes behind at most two empty lines. */
static gboolean
is_empty_message(const char *bytes, gsize length, gsize at)
{
    for (guint empty = 0; at < length && empty < 3; empty++) {
        gsize after;
        const gsize text = kind_line(bytes + at, length - at, &after);
        if (text > 0)
            return fromline_form(bytes + at, text) == FROMLINE_DATED;
        at += after;
    }
    return at >= length;
}

gboolean
fromline_parts(const char *bytes, gsize length, gsize at, gsize *next)
{
    gsize after;
    const gsize text = kind_line(bytes + at, length - at, &after);
    const FromLine form = fromline_form(bytes + at, text);

    if (form == FROMLINE_NONE)
        return FALSE;
    *next = at + after;
    return is_followed(bytes, length, *next, form) ||
           (form == FROMLINE_DATED && is_empty_message(bytes, length, *next));
}

gsize
fromline_first(const char *bytes, gsize length)
{
    gsize at = split_nuls(bytes, length);

    if (length - at >= 3 && memcmp(bytes + at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    while (at < length && (bytes[at] == '\n' || bytes[at] == '\r'))
        at++;
    return at;
}

gboolean
fromline_starts(const char *bytes, gsize length)
{
    const gsize at = fromline_first(bytes, length);
    gsize after;

    if (length - at < 6 || memcmp(bytes + at, "From ", 5) != 0)
        return FALSE;
    const gsize text = kind_line(bytes + at, length - at, &after);
    return fromline_form(bytes + at, text) == FROMLINE_DATED ||
           (!kind_is_field(bytes + at, text) && kind_is_header(bytes + at + after, length - at - after));
}
