/* session.h: what all commands of one run share: options, list, clock, live DNS, and the ways to open, judge
 * and print.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/analysis.h"
#include "base/standard.h"
#include "dns/live.h"
#include "lesson/lesson.h"
#include "options/config.h"
#include "options/options.h"
#include "report/printer.h"
#include "session/data.h"

typedef struct {
    const Options *options;
    Psl           *psl;
    gint64         now;
    Resolver      *live;    /* serves every message that has no other; asks nothing by being there */
    const Config  *config;
    char         **trusted; /* authserv-ids: --trust and the configuration's */
    const SessionData *data; /* files of data; NULL for commands that analyse nothing */
} Session;

/* Of both sources, each once. (transfer full) */
char       **session_trusted(const Options *options, const Config *config);
/* Those, the hosts that a person chose on the screen (char *; or NULL), and a lesson's (or NULL). What was chosen may change while a message
 * is judged: copies. (transfer full) */
char       **session_all_trusted(const Session *session, const GPtrArray *chosen, const LessonOptions *lesson);
/* The configuration's server is asked, too, where nothing nearer answers: it puts no snapshot aside, as
 * --dns-server does. */
LiveOptions  session_live_options(const Options *options, const Config *config);
/* The snapshot that lies beside `path`, where such ones are looked for; NULL: there is none. (transfer full) */
char        *session_beside(const Session *session, const char *path);
/* Nobody is to be asked: so says the command line, or the configuration where no server is named. */
gboolean     session_is_silent(const Session *session);
/* Where the DNS answers for `path` come from: `*own` is what the caller frees, where it is no shared one. NULL
 * and `error`. */
Resolver    *session_resolver(const Session *session, const char *path, Resolver **own,
                              GError **error);
AnalysisOptions session_analysis_options(const Session *session);
/* Whether an edit does not fit the message `path` (NULL: there is none); `error` says which. */
gboolean     session_refuses(const char *path, const Report *report, GError **error);
/* The report of a message on which a confined process died; `how`: "signal 11". `whole`: of what may be a mailbox, when it was
 * opened. (transfer full) */
Report      *session_died(SourceInfo *source, const char *how, gboolean whole);
/* The same as a sentence about a file, for standard error. Frees `source`. (transfer full) */
char        *session_died_text(SourceInfo *source, const char *how, gboolean whole);
/* The report of a message that cannot be read: source (taken over) and one finding. (transfer full) */
Report      *session_unreadable(SourceInfo *source, const GError *error);

gboolean     session_wants_ascii(const Options *options);
PrinterStyle session_printer_style(const Options *options);

/* INTERFACE.md, "Exit status": of one DMARC result, and the worse of two. */
int          status_of_result(int result);
int          status_worse(int a, int b);

/* As the lesson judges its messages, but for what the command line says. */
void         session_add_lesson(AnalysisOptions *options, const LessonOptions *lesson);
