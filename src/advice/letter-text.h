/* letter-text.h: the sentences of letters in one language: sections of plain text with places in them.
 * SPDX-License-Identifier: MIT
 *
 * A line "[name]" begins a section, all up to the next is its text; lines that begin with `#` before the first
 * section are comments. `{place}` is filled in. */
#pragma once

#include <glib.h>

typedef struct LetterText LetterText;

typedef struct {
    const char *name;
    const char *value;      /* NULL: "" */
} LetterPlace;

/* src/data/letter.LANGUAGE.txt, or a user's own. (transfer full) */
LetterText *letter_text_read(const char *language, GError **error);
LetterText *letter_text_read_file(const char *path, GError **error);
void        letter_text_free(LetterText *text);

/* The section with its places filled in; what is filled in is not looked at again. `places` ends with a NULL
 * name. NULL where there is no such section. (transfer full) */
char       *letter_text_fill(const LetterText *text, const char *section,
                             const LetterPlace *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LetterText, letter_text_free)
