/* form.h: what bytes that are no message seem to be, and the way from there to the message.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct {
    const char *what;       /* "a PDF", for people; not translated yet */
    const char *way;        /* a sentence that says what to do; NULL: ask for the source, as with any text */
} Form;

/* By the first bytes, never by the name; NULL: nothing that is known. (transfer none) */
const Form *form_of(const char *bytes, gsize length);

/* Where mail programs have the source of a message: a sentence, not translated yet. */
extern const char form_source[];
