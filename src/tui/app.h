/* app.h: the terminal program's front door.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <sys/types.h>

#include "advice/provider.h"
#include "dns/resolver.h"
#include "facts/hashed.h"
#include "facts/report.h"
#include "headers/lookalike.h"
#include "lesson/lesson.h"
#include "message/message.h"
#include "process/keeper.h"
#include "whatif/edit.h"

typedef enum { DNS_MODE_LIVE, DNS_MODE_SNAPSHOT, DNS_MODE_OFFLINE, DNS_MODES } DnsMode;
/* Beside the bits of the modes: the snapshot is a file that came with the message. */
#define DNS_MODE_BESIDE (1u << DNS_MODES)
/* Nobody is to be asked, the command line or the configuration says. */
#define DNS_MODE_SILENT (1u << (DNS_MODES + 1))

/* What a person chose on the screen, besides the command line. */
typedef struct {
    const GPtrArray *trusted;   /* char *: hosts */
    guint            border;    /* as IdentityOverrides.border */
    DnsMode          dns;
    gboolean         row;       /* one of a list: no second opinions; another message may be
                                 * analysed at the same time */
    const Edits     *edits;     /* what if: changed inputs; or NULL */
    const Report    *known;     /* the report without them; or NULL */
    const LessonOptions *lesson;    /* the message is a lesson's; or NULL */
    gboolean         example;   /* it came with the program, and its answers of DNS with it: what the command
                                 * line says of messages is not said of this one */
    gboolean         later;     /* second opinions come afterwards: AppHost.opinions; proofs of advice, too, where
                                 * these need no thread: */
    const Report    *unproved;  /* the last one with `later`, which announces proofs: run() makes the same with
                                 * them, at once; or NULL */
} AppChoices;

/* An analysis that may take its time, done in a thread while the screen lives on. */
typedef struct {
    Report *(*run)(gpointer data);      /* (transfer full) */
    char   *(*waiting)(gpointer data);  /* what for, now; or NULL. From another thread.
                                         * (transfer full) */
    void    (*cancel)(gpointer data);   /* run() returns soon with what it has. Likewise */
    void    (*free)(gpointer data);     /* after run() returned */
    gpointer data;
} AppJob;

/* Who can analyse messages; the screen cannot. */
typedef struct {
    /* What run() will do; `message` and what `choices` point at must live until free(). FALSE and
     * `error` where the answers of DNS cannot be had as chosen. */
    gboolean (*prepare)(gpointer data, const Message *message, const AppChoices *choices,
                        AppJob *job, GError **error);
    /* Where DNS answers for a message at `path` would come from by the command line; `modes`: bits
     * of DnsMode that can be chosen. */
    DnsMode  (*dns)(gpointer data, const char *path, guint *modes);
    gpointer data;
    /* What the signature at that place of the message was made over, or NULL. Optional. (transfer
     * full) */
    Hashed  *(*hashed)(const Message *message, gsize signature);
    /* Asks for the second opinions that `report`, the last one of prepare() with `later`, says are being
     * asked: run() makes the same report with them, or NULL after a cancel(). FALSE where nobody can be
     * asked. Optional. */
    gboolean (*opinions)(gpointer data, const Report *report, AppJob *job);
    /* Of a screen that is two processes (front.h). In the one that parses, before it is confined: loads what earlier ones lacked; and
     * afterwards, before any of the others is called. */
    void     (*warm)(gpointer data, const char *const *needs);
    void     (*enter)(gpointer data);
    /* In the one that has the terminal: starts a process that the other may have (process/core.h). */
    int      (*start)(gpointer data, const char *name, GBytes *told, pid_t *pid);
    /* There, too: who answers for files. (transfer full) */
    Keeper  *(*keeper)(gpointer data);
} AppHost;

typedef struct {
    AppHost   host;
    guint     lanes;            /* so many of its jobs for rows may run at once, each in a thread; 0: one */
    Keeper   *keeper;           /* answers for files in the place of the process that parses */
    const char *lesson;         /* the folder of the one to be played; or NULL */
    const char *class_file;     /* where answers go, too; or NULL */
    char    **files;            /* what to open, NULL-terminated; maybe none */
    guint     index;            /* --index: the message of a mailbox, from 1; 0: none */
    gboolean  ascii;            /* --ascii */
    gboolean  no_color;         /* --color never, NO_COLOR */
    const char *theme;          /* --theme: a name or a path; NULL: "default" */
    int       ambiguous;        /* --ambiguous: columns, 1 or 2; 0: the terminal is asked */
    gboolean  no_mouse;         /* --no-mouse */
    const Edits *edits;         /* --what-if; or NULL */
    gboolean  redact;           /* --redact: reports come masked */
    const struct Binding *bindings; /* keys.h; NULL: the program's own */
    GPtrArray *faults;          /* char *: what is wrong with the person's files, to be told on the screen once warm() read
                                 * them; or NULL */
    const Providers *providers; /* sending services by name; NULL: none is known */
    const Lookalikes *lookalikes;   /* names that are imitated; NULL: those of lists are not compared */
} AppInput;

/* Runs until the user quits. Keys come from the terminal even where the message came by a pipe.
 * Returns the exit status of the program: 0, or 2 where no terminal, or nothing else, could be
 * opened. */
int app_run(const AppInput *input);
/* The same commands without a screen: typed, and answered line by line. Standard input gives the
 * commands, or the terminal where the message comes from there. */
int app_run_plain(const AppInput *input);
