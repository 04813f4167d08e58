/* names.h: the field names that mail programs use, and what stands behind them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* What a field's value looks like, so far as it helps to see where it begins and ends. */
typedef enum {
    VALUE_ANY,          /* nothing is known of it */
    VALUE_TEXT,         /* free text: whatever a person wrote, colons and single quotes included */
    VALUE_REPORT,       /* a scanner's prose, which speaks of header fields */
    VALUE_ADDRESS,      /* mailboxes */
    VALUE_DATE,
    VALUE_ID,           /* <…@…> */
    VALUE_TRACE,        /* Received */
    VALUE_TAGS,         /* tag=value; …: DKIM and ARC, with lists of field names in h= and z= */
    VALUE_RESULTS,      /* Authentication-Results, Received-SPF */
    VALUE_VERSION,
    VALUE_TYPE,         /* Content-Type */
    VALUE_ENCODING,     /* Content-Transfer-Encoding */
    VALUE_WORD,         /* one word without blanks */
    VALUE_LINKS         /* <…>, <…> */
} ValueKind;

typedef struct {
    const char *name;   /* as it is mostly written */
    ValueKind   kind;
    gboolean    once;   /* RFC 5322, 3.6: at most one in a message */
} FieldName;

/* The entry of a name, ASCII case ignored. FALSE where nobody knows it. */
gboolean names_find(const char *name, gsize length, FieldName *found);

/* TRUE where the bytes in [at, end) begin with a name that mail uses, its colon and a blank or line end; with
 * `loose` a full-width colon, invisible characters or no blank at all will do. */
gboolean names_begins_field(const char *at, const char *end, gboolean loose);

/* Those of which more is known (for tests), and those without more to say (names-list.c): both sorted. */
const FieldName *names_typed(gsize *count);
extern const char *const names_list[];
extern const gsize names_list_count;
