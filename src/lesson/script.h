/* script.h: the text of a lesson, as a trainer writes it, read into sections.
 * SPDX-License-Identifier: MIT
 *
 * doc/lessons.md describes the format. The tables here are those that the parser goes by; the
 * manual page prints them. Faults name file and line, and what can be read is read all the same. */
#pragma once

#include <glib.h>

#include "lesson/misconception.h"

typedef enum {
    SECTION_READ,
    SECTION_LOOK,
    SECTION_PREDICT,
    SECTION_ASK,
    SECTION_WHAT_IF,
    SECTION_GOAL,
    SECTION_AGAIN,
    SECTION_OTHER,
    SECTION_KINDS
} SectionKind;

typedef struct {
    const char *word;           /* "what-if" */
    const char *arguments;      /* "VIEW [STEP]", for help */
    gboolean    required;       /* there must be an argument */
    const char *about;
} ScriptKind;

/* By SectionKind; ended by a row without a word. */
extern const ScriptKind script_kinds[];

/* Where a `key: value` line may stand: bits of SectionKind, and the head. */
#define SCRIPT_HEAD (1u << SECTION_KINDS)

typedef struct {
    const char *key;
    const char *value;          /* "STEP RESULT", for help */
    guint       places;
    guint       required;       /* of these places */
    gboolean    repeatable;
    const char *about;
} ScriptKey;

/* Ended by a row without key. */
extern const ScriptKey script_keys[];

typedef struct {
    char *key;
    char *value;
    guint line;
} ScriptSetting;

typedef struct {
    char    *text;              /* lines joined; {terms} as they are written */
    gboolean verbatim;          /* a line that stands as it is */
} ScriptParagraph;

/* Of `ask`: the keys a to f. */
enum { SCRIPT_CHOICES_MIN = 2, SCRIPT_CHOICES_MAX = 6 };

typedef struct {
    char    *text;
    gboolean right;
} ScriptChoice;

typedef struct {
    SectionKind kind;
    guint       line;           /* of the opening line, from 1 */
    char       *argument;       /* behind the kind; "" where there is none */
    GPtrArray  *settings;       /* ScriptSetting, in order */
    GPtrArray  *choices;        /* ScriptChoice */
    GPtrArray  *text;           /* ScriptParagraph */
    GPtrArray  *why;            /* likewise: what is told afterwards */
} ScriptSection;

typedef struct {
    char      *path;
    GPtrArray *head;            /* ScriptSetting */
    GPtrArray *sections;        /* ScriptSection */
} Script;

/* Reads `path`; adds what is wrong with it to `faults` (char *: "FILE, line N: fault"). NULL where
 * the file cannot be read at all, or holds no text. (transfer full) */
Script     *script_read(const char *path, GPtrArray *faults);
/* The same of a text. */
Script     *script_parse(const char *text, gsize length, const char *path, GPtrArray *faults);
void        script_free(Script *script);

/* The first setting of that key, or NULL. (transfer none) */
const char *script_value(const Script *script, const char *key);
const char *section_value(const ScriptSection *section, const char *key);
guint       script_minutes(const Script *script);
/* The place in the one-hour track; 0: none. */
guint       script_hour(const Script *script);
/* Bits: 1u << number. */
guint32     script_teaches(const Script *script);

/* Predictions, questions and goals can be asked again: what they are called, or NULL. (transfer
 * none) */
const char *section_item(const ScriptSection *section);
/* The misconception that it is about; 0: none. */
guint       section_misconception(const ScriptSection *section);
/* The first section with that item, or NULL. (transfer none) */
const ScriptSection *script_find_item(const Script *script, const char *item);

/* "1 7, 20": numbers from 1 to `last`. FALSE where there is anything else. */
gboolean    script_numbers(const char *text, guint last, guint32 *bits);

/* What a file holds, of at most 1 MiB and without NUL; else NULL with a fault, which is
 * `otherwise` where the file can be read. (transfer full) */
char       *script_file(const char *path, const char *otherwise, GPtrArray *faults, gsize *length);

/* Adds "FILE, line N: fault". */
void        script_fault(GPtrArray *faults, const char *path, guint line, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Script, script_free)
