/* beside.h: lines of a header that say From: and begin no field.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/message.h"

typedef struct {
    const char *value;      /* behind the name, control characters left out */
    gsize       start;      /* of the line */
    Span        where;
    /* Programs that drop control characters of a field's name, or unfold before they look for its colon, show the author of
     * "F\0rom:", "From\v:" and "From\r\n :". No program that we know takes the others for a From field: "Sender From: ...", or a
     * folded line; but a text may have lost the line's beginning, or gained a blank there. */
    gboolean    shown;
} BesideLine;

typedef void (*BesideVisit)(const BesideLine *line, gpointer data);

/* Calls `visit` for each. */
void beside_each(const Message *message, BesideVisit visit, gpointer data);
