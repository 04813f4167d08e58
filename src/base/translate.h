/* translate.h: a text in the reader's language, by gettext.
 * SPDX-License-Identifier: MIT
 *
 * N_("…") marks a text for the catalogues of src/po where it stands and is translated later; _("…")
 * does both at once. Every text that a person sees has one of the two; JSON stays English
 * (translate_english()). */
#pragma once

#include <glib.h>

#define TRANSLATE_DOMAIN "fromscope"

#define N_(text) text
#define _(text) translate(text)

/* `text` itself where the reader's language is English or has no such text. (transfer none) */
const char *translate(const char *text) G_GNUC_FORMAT(1);

/* Whether texts come out as they are in the sources. */
gboolean translate_is_english(void);

/* This thread's texts in English, whatever the language of the screen. */
void translate_english(gboolean on);
