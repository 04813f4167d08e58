/* forwarded.h: what mail programs show of a mail that is forwarded or answered as text.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct {
    gsize place, end;       /* of its lines, in the text */
    guint lines;
} Heading;

/* TRUE where such a heading stands at the top of `text`, or below lines that are no header: "From: … Sent: … To: … Subject: …",
 * in the language of whoever forwarded it. Lines that a header could have are a heading only below a rule with words in it
 * ("---------- Forwarded message ---------"). */
gboolean forwarded_find(const char *text, gsize length, Heading *heading);
