/* maildate.c: day, month, year, time and zone, gathered from words in any order.
 * SPDX-License-Identifier: MIT */
#include "headers/maildate.h"

#include <string.h>

#include "base/room.h"
#include "headers/lexer.h"
#include "headers/maildate-plain.h"

/* A date has some eight words: more are not read. */
#define WORDS_MAX 12

typedef struct {
    int      year, month, day;      /* 0: not seen; year -1 */
    int      hour, minute, second;  /* hour -1: not seen */
    int      offset;                /* minutes east */
    gboolean zone;
    gboolean half;                  /* am or pm was read */
} Stamp;

static const struct { const char *name; int hours; } zones[] = {
    { "UT", 0 },   { "UTC", 0 },  { "GMT", 0 },  { "Z", 0 },    { "EST", -5 }, { "EDT", -4 },
    { "CST", -6 }, { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 },
    { "CET", 1 },  { "CEST", 2 }, { "BST", 1 },  { "JST", 9 },  { NULL, 0 }
};

/* Up to `most` digits at `*at`, which moves behind them; -1 where there is none. */
static int
take_number(const char **at, gsize most)
{
    int value = -1;

    for (; most > 0 && g_ascii_isdigit(**at); most--, (*at)++)
        value = MAX(value, 0) * 10 + (**at - '0');
    return value;
}

/* A word of one to four digits and nothing else. */
static int
digits(const char *word, gsize length)
{
    const char *at = word;
    const int value = take_number(&at, 4);

    return at == word + length ? value : -1;
}

static gboolean
take_char(const char **at, char c)
{
    if (**at != c)
        return FALSE;
    (*at)++;
    return TRUE;
}

static int
month_of(const char *word)
{
    static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec" };

    for (int i = 0; i < 12; i++)
        if (g_ascii_strncasecmp(word, names[i], 3) == 0)
            return i + 1;
    return 0;
}

/* hh:mm[:ss[.fraction]] */
static gboolean
read_time(Stamp *stamp, const char *word)
{
    const char *at = word;
    const int hour = take_number(&at, 2);
    const int minute = take_char(&at, ':') ? take_number(&at, 2) : -1;
    const int second = take_char(&at, ':') ? take_number(&at, 2) : 0;

    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return FALSE;
    stamp->hour = hour;
    stamp->minute = minute;
    stamp->second = MIN(second, 59);        /* a leap second has no number since 1970 */
    return TRUE;
}

/* +hhmm or +hh:mm; -0000 says that the local offset is not known (3.3). */
static gboolean
read_offset(Stamp *stamp, const char *word)
{
    const char *at = word + 1;
    const int hours = take_number(&at, 2);
    take_char(&at, ':');
    const int minutes = take_number(&at, 2);

    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return FALSE;
    stamp->offset = (hours * 60 + minutes) * (*word == '-' ? -1 : 1);
    stamp->zone = !(*word == '-' && stamp->offset == 0);
    return TRUE;
}

static gboolean
read_zone(Stamp *stamp, const char *word)
{
    if (*word == '+' || *word == '-')
        return read_offset(stamp, word);
    for (gsize i = 0; zones[i].name; i++) {
        if (g_ascii_strcasecmp(word, zones[i].name) == 0) {
            stamp->offset = zones[i].hours * 60;
            stamp->zone = TRUE;
            return TRUE;
        }
    }
    return FALSE;
}

/* Not of RFC 5322, but of the programs that write a date as the locale has it. */
static gboolean
read_half(Stamp *stamp, const char *word)
{
    const gboolean late = g_ascii_strcasecmp(word, "pm") == 0;

    if (stamp->half || stamp->hour < 1 || stamp->hour > 12 || (!late && g_ascii_strcasecmp(word, "am") != 0))
        return FALSE;
    stamp->hour = stamp->hour % 12 + (late ? 12 : 0);
    stamp->half = TRUE;
    return TRUE;
}

static void
set_day(Stamp *stamp, int year, int month, int day)
{
    stamp->year = year;
    stamp->month = month;
    stamp->day = day;
}

/* 2026-09-01, 2026-09-01T10:00:00+09:00 */
static gboolean
read_iso(Stamp *stamp, const char *word)
{
    const char *at = word;
    const int year = take_number(&at, 4);
    const int month = take_char(&at, '-') ? take_number(&at, 2) : -1;
    const int day = take_char(&at, '-') ? take_number(&at, 2) : -1;

    if (year < 1000 || month < 1 || day < 1)
        return FALSE;
    set_day(stamp, year, month, day);
    if (take_char(&at, 'T') && read_time(stamp, at)) {
        const char *zone = strpbrk(at, "+-Z");
        if (zone)
            read_zone(stamp, zone);
    }
    return TRUE;
}

/* 1-Sep-2026 */
static void
read_joined(Stamp *stamp, const char *word)
{
    const char *at = word;
    const int day = take_number(&at, 2);
    const int month = take_char(&at, '-') ? month_of(at) : 0;

    if (day < 1 || month == 0)
        return;
    at += 3;
    const int year = take_char(&at, '-') ? take_number(&at, 4) : -1;
    if (year >= 1000)
        set_day(stamp, year, month, day);
}

/* Two digits: 00-49 are 2000s, the rest and three digits 1900s (RFC 5322, 4.3). */
static int
full_year(int year, gsize length)
{
    if (length >= 4)
        return year;
    return year + (length == 2 && year < 50 ? 2000 : 1900);
}

static void
read_word(Stamp *stamp, const char *word)
{
    const gsize length = strlen(word);
    const int number = digits(word, length);

    if (number >= 0) {
        if (stamp->day == 0 && length <= 2)
            stamp->day = number;
        else if (stamp->year < 0 && length >= 2)
            stamp->year = full_year(number, length);
    } else if (stamp->hour < 0 && strchr(word, ':') && g_ascii_isdigit(*word) &&
               !strchr(word, '-')) {
        read_time(stamp, word);
    } else if (stamp->year < 0 && strchr(word, '-') && g_ascii_isdigit(*word)) {
        if (!read_iso(stamp, word))
            read_joined(stamp, word);
    } else if (stamp->month == 0 && g_ascii_isalpha(*word) && month_of(word)) {
        stamp->month = month_of(word);
    } else if (stamp->hour >= 0 && !read_half(stamp, word) && !stamp->zone) {
        read_zone(stamp, word);
    }
}

static char *
to_rfc3339(const Stamp *stamp)
{
    const int away = ABS(stamp->offset);
    const char sign = stamp->offset < 0 || !stamp->zone ? '-' : '+';

    const struct { int value, digits; char after; } pieces[] = {
        { stamp->year, 4, '-' },   { stamp->month, 2, '-' },  { stamp->day, 2, 'T' },
        { stamp->hour, 2, ':' },   { stamp->minute, 2, ':' }, { stamp->second, 2, sign },
        { away / 60, 2, ':' },     { away % 60, 2, '\0' },
    };
    char text[40], *at = text;

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        at = room_put_digits(at, pieces[i].value, pieces[i].digits);
        *at++ = pieces[i].after;
    }
    return g_strdup(text);
}

/* As nearly all dates are written. */
static gboolean
read_plain(const char *value, Stamp *stamp, gint64 *seconds)
{
    MaildatePlain date;

    if (!maildate_plain_read(value, &date) || date.year < 1000 || (date.minus && date.offset == 0))
        return FALSE;
    *stamp = (Stamp){ date.year, date.month, date.day, date.hour, date.minute, date.second, date.offset, TRUE, FALSE };
    *seconds = maildate_plain_seconds(&date);
    return TRUE;
}

gboolean
maildate_parse(const char *value, gint64 *seconds, char **text)
{
    Stamp stamp = { .year = -1, .hour = -1 };
    Lexer lexer;
    guint words = 0;

    if (read_plain(value, &stamp, seconds)) {
        *text = to_rfc3339(&stamp);
        return TRUE;
    }
    lexer_init(&lexer, value, ",;");
    for (LexToken t = lexer_next(&lexer); t.kind != LEX_END && words < WORDS_MAX;
         t = lexer_next(&lexer)) {
        if (t.kind != LEX_WORD || t.end - t.start > 40)
            continue;
        g_autofree char *word = lex_text(&t);
        read_word(&stamp, word);
        words++;
    }
    if (stamp.hour < 0 || stamp.year < 1)
        return FALSE;
    g_autoptr(GDateTime) local = g_date_time_new_utc(stamp.year, stamp.month, stamp.day, stamp.hour,
                                                     stamp.minute, stamp.second);
    if (!local)
        return FALSE;
    *seconds = g_date_time_to_unix(local) - (gint64)stamp.offset * 60;
    *text = to_rfc3339(&stamp);
    return TRUE;
}
