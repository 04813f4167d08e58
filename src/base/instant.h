/* instant.h: points in time as text, in UTC: "2026-11-22T04:00:00Z" (RFC 3339).
 * SPDX-License-Identifier: MIT
 *
 * Seconds since 1970. Times of messages come from strangers: they may be ones that no calendar has. */
#pragma once

#include <glib.h>

/* Days from 1 January 1970 to that day of the Gregorian calendar; years from 1, months and days from 1, not checked. */
gint64   instant_days(int year, int month, int day);

/* A date with a time of day (ISO 8601); one that names no zone is UTC. FALSE, and nothing set: it is none. */
gboolean instant_read(const char *text, gint64 *seconds);

/* "2026-09-01T01:00:00Z", of the years 0001 to 9999. FALSE, and nothing written: it is in none of them. */
#define INSTANT_SIZE 21
gboolean instant_put(gint64 seconds, char text[static INSTANT_SIZE]);
/* The same, or NULL. (transfer full) */
char    *instant_text(gint64 seconds);
/* The same for people: "2026-09-01 01:00:00 UTC". (transfer full) */
char    *instant_shown(gint64 seconds);
