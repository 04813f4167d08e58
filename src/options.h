/* options.h: the command line. One table parses it and prints --help.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef enum { COMMAND_VIEW, COMMAND_REPORT, COMMAND_CHECK, COMMAND_INFO, COMMAND_SNAPSHOT } Command;
typedef enum { FORMAT_TEXT, FORMAT_JSON } Format;

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
    char   **trust;
    char    *at_text;
    gint64   at;            /* seconds since 1970, RECORD_UNSET where not given */
    char    *psl;
    gboolean exit_code;
    gboolean second_opinions;   /* --second-opinions; auto: for a single message */
    gboolean color;         /* SGR in text, colours on screen */
    gboolean no_color;      /* asked for: --color never or NO_COLOR */
    gboolean ascii;
    gboolean version;
} Options;

/* Reads `argv`. NULL and `error` for usage errors: what is unknown names the nearest that is known. */
Options *options_parse(int argc, char **argv, GError **error);
void     options_free(Options *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Options, options_free)
