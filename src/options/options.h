/* options.h: the command line. One table (options-table.c) parses it and prints --help.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "options/config.h"
#include "whatif/edit.h"

typedef enum {
    COMMAND_VIEW, COMMAND_REPORT, COMMAND_CHECK, COMMAND_SURVEY, COMMAND_INFO, COMMAND_SNAPSHOT,
    COMMAND_REPAIR, COMMAND_LESSON
} Command;

/* A command, as --help, manual and completions list it. */
typedef struct {
    Command     command;
    const char *word;       /* "" opens files */
    const char *arguments;  /* "FILE..." */
    const char *about;
} CommandEntry;

/* In the order of --help; ended by a row without a word. */
extern const CommandEntry options_commands[];

typedef enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN, FORMAT_HTML, FORMAT_STEPS, FORMAT_CSV } Format;

/* What `lesson` does with the one that is named. */
typedef enum { LESSON_PLAYED, LESSON_BLANKS, LESSON_KEY } LessonForm;

typedef struct {
    Command  command;
    char   **files;         /* NULL-terminated, maybe empty */
    Format   format;
    char   **dns;           /* --dns files, or NULL */
    gboolean offline, no_beside;
    char    *dns_server, *trust_anchor;     /* of live DNS, or NULL */
    double   dns_timeout;   /* seconds */
    char    *ip, *helo, *mail_from;
    char    *from, *spf, *author_exists;    /* check */
    char   **dkim;
    gboolean form;
    gboolean merge;         /* survey: --merge */
    gboolean list;          /* survey: --list */
    char    *domain;        /* survey: --domain, as names are kept; or NULL */
    char   **trust;
    char   **what_if;       /* --what-if, as written */
    Edits   *edits;         /* the same, read; NULL: none */
    char    *at_text;
    gint64   at;            /* seconds since 1970, RECORD_UNSET where not given */
    char    *psl;
    gboolean redact;        /* --redact */
    gboolean exit_code;
    int      second_opinions;   /* Tri: --second-opinions; unknown is auto: for a single message */
    char   **files_from;    /* --files-from: lists of names, "-" is standard input; or NULL */
    gboolean nul;           /* -0: NUL ends its names */
    int      jobs;          /* -j: worker processes; 0: as many as there are processors */
    gboolean isolate;       /* --isolate */
    int      index;             /* --index: from 1; 0: all */
    int      count;             /* --count: so many from there on; 0: --index alone */
    gboolean inner;             /* --inner */
    gboolean color;         /* SGR in text, colours on screen */
    gboolean no_color;      /* asked for: --color never or NO_COLOR */
    gboolean ascii;
    char    *theme;         /* --theme: a name or a path, or NULL */
    int      ambiguous;     /* --ambiguous: columns, 1 or 2; 0: the terminal is asked */
    gboolean plain;         /* --plain */
    gboolean no_mouse;
    gboolean check;         /* lesson: --check */
    int      handout;       /* lesson: LessonForm */
    char    *class_file;    /* --class: answers go there, too; or NULL */
    gboolean version;
} Options;

/* Reads `argv`; what it leaves open is as `config` has it. NULL and `error` for usage errors: what
 * is unknown names the nearest that is known. */
Options *options_parse(int argc, char **argv, const Config *config, GError **error);
/* The table that parses, for those who print it: only names, kinds and texts hold.
 * (transfer full: g_free) */
GOptionEntry *options_table(void);
/* The words that an option takes, ended by NULL; NULL where it takes anything. (transfer none) */
const char *const *options_values(const char *option);
/* The commands that an option belongs to; NULL: any. (transfer full: g_strfreev) */
char   **options_belongs(const char *option);
void     options_free(Options *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Options, options_free)
