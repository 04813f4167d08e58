/* part.h: the running program without a screen, as its own parts see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/front/front.h"
#include "tui/plain/out.h"
#include "tui/plain/tie.h"
#include "tui/ui.h"

/* As high as nothing is: what is read line by line needs no window. Of a list a window is what is
 * asked of the store. */
enum { PLAIN_HEIGHT = 100000, PLAIN_LIST_HEIGHT = 12 };

typedef struct {
    App      *app;
    PlainTie *tie;
    PlainOut *out;
    const Back *back;           /* it takes the place of another */
    gboolean  interactive;      /* somebody can answer at once */
    /* How far a list, or the source, was read. */
    struct {
        const void *of;         /* Document or GBytes */
        gsize       next;       /* position or offset */
        gsize       number;     /* of the line there, from 1 */
        gsize       first;      /* where what was said last began */
    } place;
    /* The list of the message that was opened last, and what was said of it: again, when it is come
     * back to. */
    struct {
        const Document *in;
        gsize           first;
    } opened;
    /* Rows of a list that were said without a verdict, since DNS takes its time. */
    struct {
        const Document *in;
        GArray         *rows;       /* guint */
        const char     *prompt;     /* that stands while they come */
    } awaited;
} Plain;

/* plain/command.c: what a typed line asks for. */
typedef enum {
    PLAIN_NOTHING,
    PLAIN_BINDING,      /* of the table of keys; `number` maybe */
    PLAIN_COMMAND,      /* one that takes a word */
    PLAIN_NUMBER,       /* chooses one of those on view */
    PLAIN_SEARCH,
    PLAIN_HELP,
    PLAIN_UNKNOWN       /* `answer` says what is nearest */
} PlainKind;

typedef struct {
    PlainKind      kind;
    const Binding *binding;
    const Verb    *command;
    guint          number;      /* 0: none */
    char          *argument;    /* of a command or a search; or NULL */
    char          *answer;
} PlainRequest;

void  plain_request_clear(PlainRequest *request);
/* (answers: transfer full) */
PlainRequest plain_request(const App *app, const char *line);
/* What Enter alone does, and what can be typed: "Tree: Enter next, back, help, quit> ". (transfer
 * full) */
char *plain_prompt(const App *app, guint width);
void  plain_help(Plain *plain);

/* plain/say.c: what came of a command. */
/* What was said last: the rest of it needs no repetition. */
/* Where in a lesson; `page` 0: in none. */
typedef struct {
    guint page, phase;
    int   guess;
    guint votes;
} PlainLesson;

typedef struct {
    const Document *doc;
    const Report   *report;
    const Step     *step;
    ViewId          view;
    guint           walk, rows;
    PlainLesson     lesson;
    gboolean        walking;
    guint           asked;      /* predict mode */
    /* Of a list: */
    MailSort        sort;
    gboolean        reverse, filtered;
    guint           judged, survey;
} PlainSaid;

PlainSaid plain_said(const App *app);
void  plain_say_document(Plain *plain, gboolean views);
void  plain_say_view(Plain *plain);
/* `jumped`: the command opens what something rests on. */
void  plain_say_changes(Plain *plain, const PlainSaid *before, gboolean jumped);

/* plain/show.c: the view that is open, from its beginning. */
void  plain_show(Plain *plain);
guint plain_rows(const App *app);           /* of a view that is read row by row; else 0 */
void  plain_show_step(Plain *plain);        /* the one under the cursor, in full */
void  plain_show_page(Plain *plain, const Page *page);
/* plain/lesson.c */
PlainLesson plain_lesson_said(const App *app);
gboolean plain_lesson_same(const PlainLesson *a, const PlainLesson *b);
void  plain_say_lesson(Plain *plain);
/* plain/list.c, plain/source.c: from the place on, as much as a screen holds. */
void  plain_list(Plain *plain);
/* At the first row, or where a message was opened from: finds, sorts and filters what a screen
 * holds. */
void  plain_list_begin(Plain *plain);
gboolean plain_list_has(Plain *plain, guint number);    /* a message of that number */
void  plain_source(Plain *plain);
/* The lines of the bytes that were jumped to. */
void  plain_source_jump(Plain *plain);
/* plain/await.c: verdicts that come while somebody may type. */
void  plain_await(Plain *plain, guint row);
void  plain_await_no_more(Plain *plain, guint row);     /* it was said with its verdict */
void  plain_await_begin(Plain *plain, const char *prompt);
void  plain_await_end(Plain *plain);
void  plain_list_row(Plain *plain, guint row);
void  plain_chart(Plain *plain);            /* of a list */
void  plain_survey(Plain *plain);           /* likewise */
/* Everything, for a search. */
void  plain_list_all(Plain *plain);
void  plain_source_all(Plain *plain);

/* plain.c: in the core: everything but the terminal. Its exit status. */
int     plain_run(PlainTie *tie, const AppInput *input, const Back *back, CoreSign *sign);

/* plain/wait.c: as App.wait; `app->waiter` is the Plain. */
Report *plain_wait(App *app, const AppJob *job, gboolean live);
