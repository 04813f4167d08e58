/* instant.c: dates of the Gregorian calendar by counting days.
 * SPDX-License-Identifier: MIT */
#include "base/instant.h"

#include "base/room.h"

#define DAY 86400
/* Days from 1 March of year 0 to 1 January 1970, and in 400 years: a year that begins in March has its leap day last. */
#define EPOCH 719468
#define ERA   146097

gint64
instant_days(int year, int month, int day)
{
    const int shifted = year - (month <= 2);
    const gint64 era_year = shifted % 400;
    const int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return (gint64)(shifted / 400) * ERA + era_year * 365 + era_year / 4 - era_year / 100 +
           of_year - EPOCH;
}

gboolean
instant_read(const char *text, gint64 *seconds)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, utc);

    if (time)
        *seconds = g_date_time_to_unix(time);
    return time != NULL;
}

gboolean
instant_put(gint64 seconds, char text[static INSTANT_SIZE])
{
    static const int digits[] = { 4, 2, 2, 2, 2, 2 };
    gint64 days = seconds / DAY - (seconds % DAY < 0);

    if (days < instant_days(1, 1, 1) || days > instant_days(9999, 12, 31))
        return FALSE;
    const int left = (int)(seconds - days * DAY);
    days += EPOCH;
    const gint64 era = days / ERA;
    const int of_era = (int)(days - era * ERA);
    const int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int of_year = of_era - (365 * year + year / 4 - year / 100);
    const int shifted = (5 * of_year + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
    const int day = of_year - (153 * shifted + 2) / 5 + 1;
    const int numbers[] = { year + (int)era * 400 + (month <= 2), month, day,
                            left / 3600, left / 60 % 60, left % 60 };
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        text = room_put_digits(text, numbers[i], digits[i]);
        *text++ = "--T::Z"[i];
    }
    *text = '\0';
    return TRUE;
}

char *
instant_text(gint64 seconds)
{
    char text[INSTANT_SIZE];

    return instant_put(seconds, text) ? g_strdup(text) : NULL;
}

char *
instant_shown(gint64 seconds)
{
    char text[INSTANT_SIZE];

    return instant_put(seconds, text) ? g_strdup_printf("%.10s %.8s UTC", text, text + 11) : NULL;
}
