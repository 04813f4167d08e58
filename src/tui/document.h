/* document.h: one thing that is open: a message with its analysis, or a list of messages.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/summary.h"
#include "mailbox/store.h"
#include "tree/cursor.h"
#include "tui/app.h"
#include "tui/list/mail-list.h"
#include "tui/view.h"
#include "whatif/edit.h"
#include "whatif/goal.h"

typedef enum {
    VIEW_OVERVIEW,
    VIEW_TREE,
    VIEW_RESULTS,
    VIEW_ARC,
    VIEW_ROUTE,
    VIEW_SIGNATURES,
    VIEW_CHART,
    VIEW_ADVICE,
    VIEW_DNS,
    VIEW_SOURCE,
    VIEW_INSIDE,
    VIEW_REPAIRS,
    VIEW_LIST,
    VIEW_HELP,
    VIEW_WHAT_IF,
    VIEW_GLOSSARY,
    VIEW_LESSONS,
    VIEW_SCORE,
    VIEW_RECEIVERS,
    VIEW_SURVEY,
    VIEWS
} ViewId;

typedef struct {
    char      *title;           /* for the title bar: "bounce.eml", "message 1 inside" */
    char      *way;             /* how one comes here from what is below it (way.h); NULL: one cannot */
    char      *fault;           /* why there is nothing to show; or NULL */
    /* A message: */
    Message   *message;         /* NULL where nothing could be opened, and of a list */
    GPtrArray *keeper;          /* owns `message`, where the document does not; or NULL */
    Report    *report;          /* never NULL: an empty one where there is no message */
    Summary   *summary;         /* NULL where there is no message */
    Cursor    *cursor;
    Cursor    *other_tree;      /* of the tree that is not shown: the other RFC's, or NULL */
    Step      *twin;            /* the other RFC's tree with the notes of the one that counts (twin.h); or NULL */
    gboolean   swapped;         /* `cursor` is in the other RFC's tree; `other_tree` in the one that counts */
    gboolean   swapped_left;    /* it was, when another view was gone to: Esc leads back to that tree */
    struct Guessing *guessing;  /* predict mode: its questions (predict/part.h); or NULL */
    Edits     *edits;           /* what if: changed inputs; or NULL */
    Message   *unedited;        /* as it was opened, while `message` is a copy with edited bytes; or NULL */
    Report    *base;            /* the report without them; NULL where there are none */
    Goal      *goal;            /* who is to make it pass; or NULL */
    gboolean   goal_asked;      /* somebody wants one, and has not said who they are */
    char      *told;            /* why the last edit was refused; or NULL */
    guint      border;          /* the hop (from 1) that the person chose; 0: none */
    guint      serial;          /* of the app's choices that the report rests on */
    gboolean   proving;         /* the report says that advice is being tried */
    gboolean   asking;          /* the report says that second opinions are being asked */
    gboolean   canceled;        /* the report is incomplete: the person did not want to wait */
    gboolean   example;         /* of a cell of the chart: judged by the snapshot that came with it */
    gboolean   was_lesson;      /* of a lesson that was left: the next one takes its place */
    GPtrArray *undone;          /* char *: ids of repairs that are not done */
    GPtrArray *repairs;         /* Repair: those that are done, and those undone */
    GBytes    *covered;         /* of `message`, with --redact: what is shown of it (app_bytes()); or NULL */
    GBytes    *original;        /* the text before repairs; or NULL */
    guint      part;            /* which message of that text, from 0 */
    /* A list: */
    MailList  *list;
    guint      row;             /* in its list: where the message came from; LIST_NO_ROW */
    /* What is seen of it: */
    View      *views[VIEWS];    /* made when first opened */
    ViewId     current;
    GArray    *back;            /* ViewId: where Esc leads, the nearest last */
} Document;

/* Shows the tree of the RFC that is not shown; back to the one that counts. */
void      document_swap_trees(Document *document);
void      document_main_tree(Document *document);

/* Takes over what it is given. (transfer full) */
Document *document_of_message(Message *message, GPtrArray *keeper, char *title);
Document *document_of_list(MailList *list, char *title);
Document *document_of_fault(const char *fault, char *title);
void      document_free(Document *document);

/* The report (taken over) of a new analysis: whatever rested on the old one is made anew. */
void      document_take_report(Document *document, Report *report);
/* The same report (taken over) with more in it: places in it, folds and the walk stay. */
void      document_grow(Document *document, Report *report);
/* The same text, repaired otherwise. (transfer full: message) */
void      document_take_message(Document *document, Message *message);
/* "bounce.eml" of a path, "standard input" of "-". (transfer full) */
char     *document_name(const char *path);

/* `message` with the bytes as the edits have them. Whoever borrows from it is to be renewed. */
void      document_edit_bytes(Document *document);

gboolean  document_is_undone(const Document *document, const char *repair);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)
