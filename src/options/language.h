/* language.h: the language in which the program speaks.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The words of --lang, ended by NULL. */
extern const char *const language_words[];

/* Sets the locale, and the language: that of --lang in `argv`, else the locale's. Call it first of all: the
 * command line's own faults are told in this language, too. */
void language_choose(char **argv);

/* From here on all texts are English, in every thread: JSON is (INTERFACE.md), and what becomes a part of it. */
void language_use_english(void);
