/* maildate-plain.h: the form of date that nearly all mail has, read without taking it apart.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* "Tue, 1 Sep 2026 10:00:00 +0900 (JST)" (RFC 5322, 3.3), the day of the week and the seconds optional. FALSE for every
 * other form, readable or not: maildate_parse() knows more. */
gboolean maildate_plain(const char *value, gint64 *seconds);

/* The same, taken apart: local time, and minutes east of UTC. */
typedef struct {
    int      year, month, day, hour, minute, second, offset;
    gboolean minus;         /* the offset was written with a minus sign: -0000 says that nobody knows it */
} MaildatePlain;
gboolean maildate_plain_read(const char *value, MaildatePlain *date);
gint64   maildate_plain_seconds(const MaildatePlain *date);
