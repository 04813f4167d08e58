/* labels.h: what mail programs write where a header has From:, Date:, To: and Subject:, in the language of their user.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef enum {
    LABEL_FROM = 1 << 0,
    LABEL_DATE = 1 << 1,
    LABEL_TO = 1 << 2,
    LABEL_SUBJECT = 1 << 3,
    LABEL_OTHER = 1 << 4
} LabelKind;

typedef struct {
    const char *label, *field;
    LabelKind   kind;
    gboolean    own;        /* no header has it */
} Label;

/* That of the line [at, end); `value` is where its value begins, behind the colon and blanks. NULL: the line has none. */
const Label *labels_find(const char *text, gsize at, gsize end, gsize *value);
/* The same, but only one that no header has. */
const Label *labels_find_own(const char *text, gsize at, gsize end, gsize *value);
/* Appends the line [at, end) with the field's name in place of its label; `own`: only of one that no header has. FALSE: it has none, and
 * is appended as it is. */
gboolean labels_append_field(GString *out, const char *text, gsize at, gsize end, gboolean own);
