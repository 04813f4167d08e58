/* glossary.h: words explained: entries of src/data/glossary.LANGUAGE.txt.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/script.h"

typedef struct {
    char      *id;              /* "relay": the same in every language */
    char      *title;           /* as it is shown */
    char     **also;            /* further spellings; NULL-terminated */
    char     **see;             /* ids of other entries; NULL-terminated */
    GPtrArray *text;            /* ScriptParagraph */
    guint      line;
} GlossaryEntry;

typedef struct Glossary Glossary;

/* That of the language (a person's own, else the program's), else the English one; empty where there is none. What is
 * wrong in the first of them goes to `faults`, which may be NULL. (transfer full) */
Glossary            *glossary_open(const char *language, GPtrArray *faults);
/* A file's; NULL where it cannot be read. */
Glossary            *glossary_read(const char *path, GPtrArray *faults);
void                 glossary_free(Glossary *glossary);

guint                glossary_length(const Glossary *glossary);
/* By title. (transfer none) */
const GlossaryEntry *glossary_entry(const Glossary *glossary, guint index);
/* By id, title or another spelling, in any case of letters; or NULL. (transfer none) */
const GlossaryEntry *glossary_find(const Glossary *glossary, const char *term);
/* The place of an entry, for lists. */
guint                glossary_index(const Glossary *glossary, const GlossaryEntry *entry);
/* Entries whose names stand in `text`, and then those whose words hold it; by fit. (transfer full:
 * GPtrArray of const GlossaryEntry) */
GPtrArray           *glossary_search(const Glossary *glossary, const char *text);
/* Entries that a text speaks of: each whose id, title or other spelling stands in it as a word.
 * By title. (transfer full: likewise) */
GPtrArray           *glossary_in(const Glossary *glossary, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Glossary, glossary_free)
