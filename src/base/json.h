/* json.h: JSON read as it comes, by whoever knows what should stand there.
 * SPDX-License-Identifier: MIT
 *
 *     json_object(in);
 *     while ((key = json_key(in)))
 *         if (g_str_equal(key, "count")) count = json_int(in); else json_skip(in);
 *
 * Strict (RFC 8259), and for strangers' files: nothing is built, depth is bounded, and a fault
 * sticks. After it every reader answers "nothing more", so one look at the end is enough. */
#pragma once

#include <glib.h>

typedef struct {
    const char *begin, *at, *end;
    gboolean fresh; /* just inside of an object or array: no comma yet */
    guint depth;
    const char *fault; /* what is wrong, for translate(); NULL: nothing */
    GString *key;      /* the last one */
} JsonReader;

typedef enum {
    JSON_NOTHING,
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} JsonKind;

void json_open(JsonReader *in, const char *bytes, gsize length);
void json_close(JsonReader *in);

/* What stands here; nothing is read. */
JsonKind json_kind(JsonReader *in);
void json_object(JsonReader *in);
/* The next key; NULL behind the last one. (transfer none, until the next key of any object) */
const char *json_key(JsonReader *in);
void json_array(JsonReader *in);
/* Whether there is another element. */
gboolean json_item(JsonReader *in);
/* NULL for null. (transfer full) */
char *json_string(JsonReader *in);
/* A whole number; null, which is RECORD_UNSET elsewhere, is G_MININT64. */
gint64 json_int(JsonReader *in);
gboolean json_bool(JsonReader *in);
/* Whatever it is. */
void json_skip(JsonReader *in);
/* Nothing but blanks is left. */
void json_end(JsonReader *in);
/* Says that what was read does not fit; the first fault stays. */
void json_refuse(JsonReader *in, const char *fault);
/* Of the fault, from 1. */
gsize json_line(const JsonReader *in);
