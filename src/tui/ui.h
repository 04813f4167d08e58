/* ui.h: the running terminal program, as its own parts see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/answer.h"
#include "lesson/glossary.h"
#include "tui/document.h"
#include "tui/list/judge.h"
#include "tui/paste.h"
#include "tui/terminal/input.h"

typedef enum { MODAL_NONE, MODAL_PASTE, MODAL_PROMPT, MODAL_QUESTION, MODAL_PALETTE, MODAL_EDIT,
               MODAL_EXPORT } Modal;

typedef struct Asking Asking;
typedef struct ClassBook ClassBook;
typedef struct Guessing Guessing;
typedef struct Predict Predict;
typedef struct LessonPlay LessonPlay;
typedef struct Palette Palette;
typedef struct Undo Undo;

struct App {
    const AppInput *input;
    GPtrArray      *stack;      /* Document; the last one is seen, Esc leads to the one below it */
    Document       *doc;        /* that one */
    Modal           modal;      /* what has the keys instead of the view */
    Paste          *paste;      /* the box, kept while its question is asked; or NULL */
    GString        *prompt;     /* what is typed behind the "/" */
    char           *search;     /* the last one; or NULL */
    char           *edit_key;   /* the input whose value is typed (into `prompt`); or NULL */
    char           *edit_was;   /* what stood there first */
    gboolean        plain;      /* without a screen: lines are typed instead */
    gboolean        highlight;  /* it is shown where it stands */
    Palette        *palette;    /* what is typed behind the ":", and before */
    Undo           *undo;       /* what was chosen, the last one last */
    guint           copied;     /* how often in a row was copied */
    gboolean        dns_told;   /* the last key was a d that did not ask yet */
    guint           chosen;     /* row of the menu of exports */
    gboolean        redact;     /* what is exported is masked */
    char           *clipboard;  /* what run.c is to put there; or NULL */
    gboolean        mouse;      /* it is used */
    const Binding  *bindings;   /* the keys that count */
    LessonPlay     *lesson;     /* that is played; or NULL */
    Predict        *predict;    /* outcomes are guessed before they are shown; or NULL */
    ClassBook      *book;       /* what was answered */
    Glossary       *glossary;   /* read when it is first asked for; or NULL */
    Judge          *judge;      /* verdicts for rows of lists */
    Asking         *asking;     /* second opinions of `doc`, under way; or NULL */
    GPtrArray      *trusted;    /* char *: hosts that the person trusts */
    int             dns;        /* DnsMode that the person chose; -1: as the command line has it */
    guint           serial;     /* counts changes of these two */
    char           *status;     /* one line until the next key; or NULL */
    int             mode;       /* GlyphMode: how text is shown */
    gboolean        glyphs;     /* it has, and --ascii was not given */
    gboolean        quit;
    int             exit_status;
    guint           width, height;
    /* Runs a job while the screen says what is waited for: run.c. NULL where the person left;
     * without it (in tests) the job runs at once. */
    Report       *(*wait)(App *app, const AppJob *job, gboolean live);
    gpointer        waiter;
    /* Tells the other process how one comes back here (way.h); NULL: there is none. */
    void          (*say_way)(App *app, const char *way);
    /* Has what was pasted kept there. Likewise */
    void          (*keep)(App *app, GBytes *text);
    char           *going;      /* what is being opened; or NULL */
    GPtrArray      *dead;       /* char *: rows of the list that processes died on, and how: "17 signal 11" */
    gint           *reading;    /* of mail_list_tell(); or NULL */
    gboolean        canceled;   /* the person ended the last one early */
    gboolean        later;      /* second opinions come when the screen is there: app_work() is called */
};

/* Everything but the terminal, so that tests can press keys without one. `utf8`: of the locale. */
App  *app_new(const AppInput *input, gboolean utf8);
void  app_free(App *app);
/* Opens what the command line names. */
void  app_start(App *app);
void  app_resize(App *app, guint width, guint height);
/* Whether the terminal gives ambiguous characters two columns. */
void  app_set_wide(App *app, gboolean wide);
void  app_press(App *app, guint code);
/* Pasted, or typed faster than a hand does. */
void  app_text(App *app, const InputText *text);
/* What is done while no key waits. app_busy(): there is some; app_fd(): readable when there will
 * be, or -1. */
void  app_work(App *app, gint64 microseconds);
gboolean app_busy(const App *app);
int   app_fd(const App *app);
gboolean app_typing(const App *app);            /* text is asked for */
/* (transfer full) */
Canvas *app_paint(const App *app);

View *app_view(App *app);                       /* the one that is shown */
void  app_show(App *app, ViewId view);          /* Esc leads back from it */
void  app_descend(App *app, ViewId view);       /* the same, even where Esc would lead there */
void  app_status(App *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Shows the first bytes that `evidence` (Evidence) stands for, or says that there are none. */
void  app_jump(App *app, const GPtrArray *evidence);
/* The list that is open below what is open now; or NULL. (transfer none) */
const MailList *app_list_below(const App *app);
/* The keys of a command in one of these contexts, as they were given; or NULL. (transfer none) */
const Binding *app_binding(const App *app, const char *command, Context context);
/* Whether the key of `binding`, which would leave the program, leads back to what is below it first. */
gboolean app_quits_level(const App *app, const Binding *binding);
Context app_context(const App *app);            /* whose keys count now */
/* Where these have no such key, or 0. */
Context app_context_below(const App *app);

/* opening.c: documents come and go. */
void app_push(App *app,
              Document *document); /* (transfer full) analysed first, where it is a message */
void  app_pop(App *app);
void  app_replace(App *app, Document *document);   /* the one that is seen, by this one */
void  app_open_paths(App *app, char *const *paths);
gboolean app_open_bytes(App *app, GBytes *text); /* what was pasted; FALSE: no message is in it */
void  app_open_row(App *app, guint row);
/* The analysis anew, with what was chosen since. FALSE where the person canceled it, or it cannot
 * be had. */
gboolean app_analyse(App *app);
/* The same where only the edits are others. */
gboolean app_analyse_edits(App *app);
/* What these edits would lead to; nothing else changes. NULL where it cannot be had. (transfer full) */
Report  *app_try(App *app, const Edits *edits, gboolean *canceled);
/* Proofs of advice that were put off until the first screen was there. */
void     app_prove(App *app);
DnsMode app_dns_mode(const App *app, const Document *document, guint *modes);

/* opinions.c: what other engines say, after the first screen. */
gboolean opinions_due(const App *app);          /* they can be asked, or are heard */
void  opinions_work(App *app);
int   opinions_fd(const App *app);              /* readable when they are heard; -1 */
void  opinions_stop(App *app);                  /* at once */

void  app_dns(App *app);
void  app_undo(App *app);     /* the repair under the cursor */
/* What the verdict rests on besides the message: "your border, your trust"; or NULL. (transfer
 * full) */
char *app_choices_text(const App *app);

/* undo.c: what was chosen, step by step. */
Undo *undo_new(void);
void  undo_free(Undo *undo);
void  undo_note_trust(App *app, const char *host);
void  undo_note_dns(App *app, int before);
void  undo_note_border(App *app, guint before);
void  undo_note_repair(App *app, const char *id);
void  undo_note_edits(App *app, const Edits *before);
void  undo_forget(App *app, const Document *document);  /* it is closed */
/* For who takes the place of this process (way.h): lines, by `say`; and what these say in the place of
 * what there is. */
void  undo_say(const App *app, void (*say)(GString *out, const char *word, const char *about), GString *out);
void  undo_recall(App *app, const GPtrArray *said);
void  app_undo_last(App *app);
void  app_trust_host(App *app, const char *host);       /* or no longer */
void  app_set_dns(App *app, int mode);                  /* as App.dns */
void  app_set_border(App *app, guint hop);
void  app_toggle_repair(App *app, const char *id);

/* palette.c: commands by their names. */
Palette *palette_new(void);
void  palette_free(Palette *palette);
void  palette_draw(const App *app, Canvas *canvas, Rect body);
/* The line that is typed. Returns the column behind it. */
guint palette_draw_line(const App *app, Canvas *canvas, guint y);
void  palette_add(App *app, const char *text, gsize length);
void  palette_move(App *app, gboolean down);

/* search.c: / n N in every view. */
void  app_look(App *app, gboolean backward);
void  search_highlight(const App *app, Canvas *canvas, Rect area);
/* Wherever `text` stands there, in any case of letters. */
void  search_tint(Canvas *canvas, Rect area, const char *text, Role role);
void  command_search(App *app, const char *argument);

/* mouse.c */
void  app_mouse(App *app, const InputMouse *mouse);

void  command_open(App *app, const char *argument);     /* opening.c */

/* export.c: x. */
void  command_export(App *app, const char *argument);
/* The bytes of the message as they are shown: with --redact covered, at the same offsets. (transfer none) */
GBytes *app_bytes(const App *app);
/* The same of the text before repairs. (transfer full) */
GBytes *app_original(const App *app);
void  export_draw(const App *app, Canvas *canvas, Rect body);
/* The row there is chosen; again: written. */
void  export_click(App *app, guint y);

/* modal.c: the box, the prompt and the question. */
void  modal_press(App *app, guint code);
void  modal_text(App *app, const InputText *text);
void  modal_fit(App *app, Rect body);
void  modal_draw(const App *app, Canvas *canvas, Rect body);

/* frame.c: title bar, row of views, rules and footer around the view. */
Rect  frame_body(guint width, guint height);
gboolean frame_fits(guint width, guint height);
void  frame_draw(const App *app, Canvas *canvas);
/* For those who read line by line: the title bar, and the row of views. (transfer full) */
char *frame_title(const App *app);
char *frame_views(const App *app);

/* marks.c: how verdicts and outcomes look: mark, word, role. */
const char *mark_tone(SummaryTone tone, gboolean glyphs);
Role        mark_tone_role(SummaryTone tone);
Role        mark_result_role(const Step *step, gboolean root);
/* "x NO", "pass"; "" where the outcome says nothing. (transfer full) */
char       *mark_outcome(const Step *step, gboolean root, gboolean glyphs);
/* Without the English term that a translation has in brackets behind its own: for narrow places. (transfer full) */
char       *mark_short(const char *word);
/* "x FAIL", "? said pass", for a row of a list. (transfer full) */
char       *mark_verdict(MailVerdict verdict, gboolean glyphs);
Role        mark_verdict_role(MailVerdict verdict);

void  app_repairs(App *app);
void  app_back(App *app);
void  app_up(App *app);
void  app_down(App *app);
void  app_enter(App *app);
void  export_up(App *app);
void  export_down(App *app);
void  app_copy(App *app);     /* copy.c */
void  app_palette(App *app);
void  paste_open(App *app);
void  paste_up(App *app);
void  paste_down(App *app);
void  question_yes(App *app);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(App, app_free)
