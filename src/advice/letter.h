/* letter.h: a letter to the administrator who has to change something, with the evidence.
 * SPDX-License-Identifier: MIT
 *
 * Its sentences stand in src/data/letter.LANGUAGE.txt, one file a language, whatever the language of the
 * screen: whoever gets the letter may speak another. Addresses of third parties lose their local part. */
#pragma once

#include "advice/letter-text.h"
#include "facts/report.h"

/* "en", "ja"; NULL-terminated. */
extern const char *const letter_languages[];

/* Whether somebody else must act at all, on the mail that the report is of, so that there is a letter to write. */
gboolean letter_fits(const Advice *advice);

/* Holds a stranger's bytes, made visible. (transfer full) */
char    *letter_write_with(const LetterText *text, const Report *report, const Advice *advice);
/* The same in the words of that language. NULL and `error` where the file is missing, or is none ("FILE, line N: fault"). (transfer
 * full) */
char    *letter_write(const Report *report, const Advice *advice, const char *language,
                      GError **error);
