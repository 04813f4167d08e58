/* ui.h: the running terminal program, as its own parts see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/document.h"
#include "tui/input.h"
#include "tui/judge.h"
#include "tui/paste.h"

typedef enum { MODAL_NONE, MODAL_PASTE, MODAL_PROMPT, MODAL_QUESTION, MODAL_PALETTE } Modal;

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
    gboolean        highlight;  /* it is shown where it stands */
    Palette        *palette;    /* what is typed behind the ":", and before */
    Undo           *undo;       /* what was chosen, the last one last */
    guint           copied;     /* how often in a row was copied */
    char           *clipboard;  /* what run.c is to put there; or NULL */
    gboolean        mouse;      /* it is used */
    const Binding  *bindings;   /* the keys that count */
    Judge          *judge;      /* verdicts for rows of lists */
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
    gboolean        canceled;   /* the person ended the last one early */
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
void  app_status(App *app, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Shows the first bytes that `evidence` (Evidence) stands for, or says that there are none. */
void  app_jump(App *app, const GPtrArray *evidence);
Context app_context(const App *app);            /* whose keys count now */

/* opening.c: documents come and go. */
void app_push(App *app,
              Document *document); /* (transfer full) analysed first, where it is a message */
void  app_pop(App *app);
void  app_open_paths(App *app, char *const *paths);
gboolean app_open_bytes(App *app, GBytes *text); /* what was pasted; FALSE: no message is in it */
void  app_open_row(App *app, guint row);
/* The analysis anew, with what was chosen since. FALSE where the person canceled it, or it cannot
 * be had. */
gboolean app_analyse(App *app);
DnsMode app_dns_mode(const App *app, const Document *document, guint *modes);

/* choices.c: what a person decides about a message, and what follows. */
void  app_trust(App *app);
void  app_border(App *app);
void  app_dns(App *app);
void  app_undo(App *app);     /* the repair under the cursor */
/* What the verdict rests on besides the message: "your border, your trust"; or NULL. (transfer
 * full) */
char *app_choices_text(const App *app);

/* choices.c: the same by a command's word. */
void  command_dns(App *app, const char *argument);
void  command_trust(App *app, const char *argument);
void  command_distrust(App *app, const char *argument);
void  command_border(App *app, const char *argument);
/* undo.c: what was chosen, step by step. */
Undo *undo_new(void);
void  undo_free(Undo *undo);
void  undo_note_trust(App *app, const char *host);
void  undo_note_dns(App *app, int before);
void  undo_note_border(App *app, guint before);
void  undo_note_repair(App *app, const char *id);
void  undo_forget(App *app, const Document *document);  /* it is closed */
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
void  command_search(App *app, const char *argument);

/* mouse.c */
void  app_mouse(App *app, const InputMouse *mouse);
void  command_mouse(App *app, const char *argument);

void  command_open(App *app, const char *argument);     /* opening.c */

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

/* view-source.c: shows these spans (Span; copied). */
void  source_jump(App *app, const GArray *spans);
/* The text that is shown, and the bytes of it that were jumped to (Span). (transfer none) */
GBytes *source_text(App *app);
const GArray *source_jumped(App *app);
/* tree-detail.c: the step under the cursor as a page, with blank lines between its parts where
 * `airy`. (transfer full) */
Page *tree_detail(const App *app, guint width, gboolean airy);
/* The same of any step. (transfer full) */
Page *tree_step_page(const App *app, const Step *step, guint width);
/* view-tree.c: shows the tree with the cursor on this step of it. */
void  tree_show_step(App *app, const Step *step);
/* Appends what a step and all below it rest on: Evidence, borrowed. */
void  tree_evidence(const Step *step, GPtrArray *evidence);
gboolean tree_row_shown(const CursorRow *row);
gboolean tree_row_has(const CursorRow *row, gconstpointer needle);   /* a CursorMatch; folded */
/* view-tree.c: the title bar's "step 5 of 9", or NULL. (transfer full) */
char *tree_progress(const App *app);
/* The places of views that handlers elsewhere ask for: NULL or 0 where there is none. (transfer
 * none) */
const ReportedHeader *results_header(App *app);
guint          route_hop(App *app);             /* from 1, topmost first */
const Repair  *repairs_repair(App *app);
void           list_work(App *app, gint64 microseconds);
gboolean       list_busy(const App *app);
void           list_judge(App *app, guint row);  /* begins with it */
void           list_search(App *app, const char *text, gboolean backward);

/* Handlers of the table of keys. */
void  app_overview(App *app);
void  app_tree(App *app);
void  app_results(App *app);
void  app_route(App *app);
void  app_arc(App *app);
void  app_signatures(App *app);
void  app_chart(App *app);
void  app_advice(App *app);
void  app_answers(App *app);  /* of DNS */
void  app_source(App *app);
void  app_repairs(App *app);
void  app_messages(App *app);
void  app_help(App *app);
void  app_back(App *app);
void  app_quit(App *app);
void  app_up(App *app);
void  app_down(App *app);
void  app_page_up(App *app);
void  app_page_down(App *app);
void  app_first(App *app);
void  app_last(App *app);
void  app_enter(App *app);
void  app_save(App *app);     /* save.c */
void  app_insert(App *app);
void  app_search(App *app);
void  app_search_next(App *app);
void  app_search_previous(App *app);
void  overview_walk(App *app);
void  tree_step(App *app);
void  tree_step_back(App *app);
void  tree_finish(App *app);
void  tree_restart(App *app);
void  tree_fold(App *app);
void  tree_unfold(App *app);
void  tree_cause(App *app);
void  tree_next_failing(App *app);
void  tree_previous_failing(App *app);
void  tree_pane(App *app);
void  route_pane(App *app);
void  arc_pane(App *app);
void  signatures_pane(App *app);
void  signatures_side(App *app);
void  chart_left(App *app);
void  chart_right(App *app);
void  chart_record(App *app);
void  chart_tab(App *app);
void  advice_tab(App *app);
void  dns_tab(App *app);
void  source_original(App *app);
void  list_sort(App *app);
void  list_reverse(App *app);
void  list_filter(App *app);
void  tree_filter(App *app);
void  app_copy(App *app);     /* copy.c */
void  app_palette(App *app);
void  palette_enter(App *app);
void  palette_complete(App *app);
void  palette_up(App *app);
void  palette_down(App *app);
void  palette_erase(App *app);
void  palette_clear(App *app);
void  palette_leave(App *app);
void  paste_open(App *app);
void  paste_leave(App *app);
void  paste_newline(App *app);
void  paste_erase(App *app);
void  paste_clear(App *app);
void  paste_up(App *app);
void  paste_down(App *app);
void  prompt_enter(App *app);
void  prompt_leave(App *app);
void  prompt_erase(App *app);
void  question_yes(App *app);
void  question_no(App *app);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(App, app_free)
