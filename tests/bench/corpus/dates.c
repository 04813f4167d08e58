/* dates.c: points in time as mail writes them, whatever the locale.
 * SPDX-License-Identifier: MIT */
#include "dates.h"

static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

char *
date_of_field(gint64 time)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(time);

    return g_strdup_printf(
        "%s, %02d %s %d %02d:%02d:%02d +0000", days[g_date_time_get_day_of_week(date) - 1],
        g_date_time_get_day_of_month(date), months[g_date_time_get_month(date) - 1],
        g_date_time_get_year(date), g_date_time_get_hour(date), g_date_time_get_minute(date),
        g_date_time_get_second(date));
}

char *
date_of_mbox(gint64 time)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(time);

    return g_strdup_printf(
        "%s %s %2d %02d:%02d:%02d %d", days[g_date_time_get_day_of_week(date) - 1],
        months[g_date_time_get_month(date) - 1], g_date_time_get_day_of_month(date),
        g_date_time_get_hour(date), g_date_time_get_minute(date), g_date_time_get_second(date),
        g_date_time_get_year(date));
}
