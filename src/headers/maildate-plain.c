/* maildate-plain.c: day month year, time, offset.
 * SPDX-License-Identifier: MIT */
#include "headers/maildate-plain.h"

#include <string.h>

#include "base/instant.h"

#define DAY 86400

static int
days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Between `least` and `most` digits at `*at`, none behind them; -1 for anything else. */
static int
take_number(const char **at, guint least, guint most)
{
    int value = 0;
    guint count = 0;

    for (; count < most && g_ascii_isdigit(**at); count++, (*at)++)
        value = value * 10 + (**at - '0');
    return count >= least && !g_ascii_isdigit(**at) ? value : -1;
}

static gboolean
take(const char **at, char c)
{
    if (**at != c)
        return FALSE;
    (*at)++;
    return TRUE;
}

/* The number of a name of three letters in `names`, from 1; 0 for none. In `names` all are small, and of what is no letter
 * the bit makes none. */
static int
take_name(const char **at, const char *names)
{
    for (int number = 1; *names; names += 3, number++)
        if (((*at)[0] | 0x20) == names[0] && ((*at)[1] | 0x20) == names[1] && ((*at)[2] | 0x20) == names[2]) {
            *at += 3;
            return number;
        }
    return 0;
}

static gboolean
take_offset(const char **at, int *minutes)
{
    const int sign = **at == '-' ? -1 : 1;

    if (!take(at, '+') && !take(at, '-'))
        return FALSE;
    const int digits = take_number(at, 4, 4);
    *minutes = sign * (digits / 100 * 60 + digits % 100);
    return digits >= 0 && digits / 100 <= 23 && digits % 100 <= 59;
}

/* Nothing, or one comment without another in it. */
static gboolean
is_over(const char *at)
{
    at += strspn(at, " ");
    if (*at == '(') {
        at += strcspn(at + 1, "()\\") + 1;
        if (*at != ')')
            return FALSE;
        at++;
    }
    return *at == '\0';
}

gboolean
maildate_plain_read(const char *value, MaildatePlain *date)
{
    const char *at = value + strspn(value, " ");
    int offset = 0;

    if (g_ascii_isalpha(*at) &&
        (!take_name(&at, "montuewedthufrisatsun") || !take(&at, ',') || !take(&at, ' ')))
        return FALSE;
    at += *at == ' ';       /* " 1 Sep" */
    const int day = take_number(&at, 1, 2);
    const int month = take(&at, ' ') ? take_name(&at, "janfebmaraprmayjunjulaugsepoctnovdec") : 0;
    const int year = take(&at, ' ') ? take_number(&at, 4, 4) : -1;
    const int hour = take(&at, ' ') ? take_number(&at, 2, 2) : -1;
    const int minute = take(&at, ':') ? take_number(&at, 2, 2) : -1;
    const int second = take(&at, ':') ? take_number(&at, 2, 2) : 0;
    if (month == 0 || year < 1 || day < 1 || day > days_in(year, month) || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 59 || !take(&at, ' '))
        return FALSE;
    const gboolean minus = *at == '-';
    if (!take_offset(&at, &offset) || !is_over(at))
        return FALSE;
    *date = (MaildatePlain){ year, month, day, hour, minute, second, offset, minus };
    return TRUE;
}

gint64
maildate_plain_seconds(const MaildatePlain *date)
{
    const int of_day = date->hour * 3600 + (date->minute - date->offset) * 60 + date->second;

    return instant_days(date->year, date->month, date->day) * DAY + of_day;
}

gboolean
maildate_plain(const char *value, gint64 *seconds)
{
    MaildatePlain date;

    if (!maildate_plain_read(value, &date))
        return FALSE;
    *seconds = maildate_plain_seconds(&date);
    return TRUE;
}
