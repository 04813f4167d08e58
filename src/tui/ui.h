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
Context app_context(const App *app);            /* whose keys count now */
/* Where these have no such key, or 0. */
Context app_context_below(const App *app);
const Binding *app_binding(const App *app, guint code);     /* or NULL */

/* lessons/pane.c, lessons/play.c: a lesson beside the view. */
Rect  app_body(const App *app);                 /* where the view stands */
gboolean app_in_lesson(const App *app);         /* its message is the one that is seen */
/* Somebody is to guess the verdict, so it is seen nowhere. */
gboolean app_hides(const App *app);
gboolean app_covers(const App *app);            /* the view that is open would tell it */
const char *app_cover_text(const App *app);
gboolean lesson_asks_task(const App *app);      /* what would solve it is seen nowhere */
void  app_cover_draw(const App *app, Canvas *canvas, Rect area);
gboolean lesson_has_keys(const App *app);
Context lesson_context(const App *app);
gboolean lesson_is_aside(const App *app);       /* the view has the keys */
void  lesson_fit(App *app);
void  lesson_draw(const App *app, Canvas *canvas);
char *lesson_note(const App *app);              /* (transfer full) */
Page *lesson_pane(const App *app, PagePlace **place, Rect *area);
gboolean lesson_open(App *app, const char *name);
void  lesson_conceal(App *app);
void  lesson_analysed(App *app);                /* the report is another one */
const LessonOptions *lesson_options(const App *app, const Document *document);
void  lesson_free_play(LessonPlay *play);
void  lesson_forget(App *app, const Document *document);    /* it is closed */
/* A key of the view was pressed beside the text, which `before` was the view of. */
void  lesson_pressed(App *app, ViewId before, void (*handler)(App *app));
/* view/lessons.c: the list, the cursor on the lesson of that name (NULL: where it is). */
void  lessons_show(App *app, const char *name);
gboolean room_ticks(const App *app);            /* lessons/room.c */
void  command_lesson_open(App *app, const char *argument);
void  command_try(App *app, const char *argument);
void  command_room(App *app, const char *argument);
void  command_glossary(App *app, const char *argument);

/* predict.c: outcomes are guessed before they are shown. */
void  predict_settle(App *app);                 /* what is seen is another one: asks, and hides */
gboolean predict_hides(const App *app);         /* of the message that is seen */
gboolean predict_hides_rows(const App *app);    /* of a list */
gboolean predict_masks(const App *app, Span bytes);     /* somebody's results stand there */
gboolean source_masks(const App *app, Span bytes);      /* the same in Source */
gboolean predict_blocks(App *app);              /* says why not, where a command would tell */
gboolean predict_asks(const App *app);          /* the tree's details are a question */
guint predict_serial(const App *app);           /* another one: something else is asked or told */
char *predict_progress(const App *app);         /* "5 of 9 told", or NULL. (transfer full) */
Context predict_context(const App *app);        /* 0: its keys do not count */
void  guessing_free(Guessing *guessing);
void  guessing_renew(Guessing *guessing, const Report *report);
Page *guess_page(const App *app, guint width, guint height);    /* predict/page.c */
void  command_score(App *app, const char *argument);    /* view/score.c */
/* class-book.c: what was answered in this session. */
ClassBook *class_book_new(const char *path);    /* of a class's file; NULL: none */
void  class_book_free(ClassBook *book);
const GPtrArray *class_book_answers(const ClassBook *book);     /* Answer */
void  class_note(App *app, const char *about, const Answer *answer);
void  command_class(App *app, const char *argument);

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

/* what-if-run.c: changed inputs of the message that is open. */
gboolean what_if_set(App *app, Edits *edits);   /* (transfer full) FALSE: one does not fit; nothing is changed */
void  what_if_remove(App *app, guint index);
void  what_if_set_goal(App *app, const Goal *goal);     /* NULL: none */
/* "WHAT IF: 2 edits", or NULL. (transfer full) */
char *what_if_title(const Document *document);
/* "fromscope report FILE --what-if …" (transfer full) */
char *what_if_command_line(const Document *document);
void  command_what_if(App *app, const char *argument);
void  command_goal(App *app, const char *argument);
void  command_letter(App *app, const char *argument);     /* view/advice.c */
void  app_what_if(App *app);
void  what_if_tab(App *app);
/* what-if-prompt.c: a value is typed. */
void  edit_enter(App *app);
void  edit_leave(App *app);
void  edit_erase(App *app);
void  edit_clear(App *app);
void  edit_complete(App *app);
void  edit_add_text(App *app, const char *text, gsize length);
guint edit_draw_line(const App *app, Canvas *canvas, guint y);
char *edit_note(const App *app);

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
void  command_mouse(App *app, const char *argument);

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

/* view/source.c: shows these spans (Span; copied). */
void  source_jump(App *app, const GArray *spans);
/* The text that is shown, and the bytes of it that were jumped to (Span). (transfer none) */
GBytes *source_text(App *app);
const GArray *source_jumped(App *app);
/* tree-detail.c: the step under the cursor as a page, with blank lines between its parts where
 * `airy`. (transfer full) */
Page *tree_detail(const App *app, guint width, gboolean airy);
/* The same of any step. (transfer full) */
Page *tree_step_page(const App *app, const Step *step, guint width);
Page *tree_step_detail(const App *app, guint width);    /* never a question */
/* view/tree.c: shows the tree with the cursor on this step of it. */
void  tree_show_step(App *app, const Step *step);
/* Appends what a step and all below it rest on: Evidence, borrowed. */
void  tree_evidence(const Step *step, GPtrArray *evidence);
gboolean tree_row_shown(const CursorRow *row);
/* As it may be seen where its outcome may not. (transfer full) */
char    *tree_row_title(const CursorRow *row);
/* tree-other.c: the row's title, the root's with the RFC where it is the other one; and the note then, else NULL.
 * (transfer full) */
char    *tree_other_title(const App *app, const CursorRow *row);
char    *tree_other_note(const App *app);
const char *tree_row_open(const CursorRow *row);
gboolean tree_row_cause(const App *app, const CursorRow *row);  /* the verdict turns there, and that may be seen */
gboolean tree_row_has(const CursorRow *row, gconstpointer needle);   /* a CursorMatch; folded */
/* view/tree.c: the title bar's "step 5 of 9", or NULL. (transfer full) */
char *tree_progress(const App *app);
/* The places of views that handlers elsewhere ask for: NULL or 0 where there is none. (transfer
 * none) */
const ReportedHeader *results_header(App *app);
guint          route_hop(App *app);             /* from 1, topmost first */
const Repair  *repairs_repair(App *app);
void           inside_open_at(App *app, guint index);      /* the message there, counted from 0 */
void           list_work(App *app, gint64 microseconds);
gboolean       list_busy(const App *app);
void           list_go_to(App *app, guint row);  /* the cursor */
/* The row under the cursor (LIST_NO_ROW: the first one that there is), and how many stand above it;
 * and the same again. */
void           list_place(const Document *doc, guint *row, guint *above);
void           list_recall(App *app, guint row, guint above);
void           list_judge(App *app, guint row);  /* begins with it */
gboolean       list_judges_all(const App *app); /* not only rows that are seen */
void           list_search(App *app, const char *text, gboolean backward);
void           list_show_cell(App *app, guint cell);    /* of the chart: only these messages */
void           list_show_group(App *app, guint group);  /* of the survey: only these messages */
const char    *list_nothing(const MailList *list);      /* where the filter leaves none */
/* chart-many.c: "SPF other domain, DKIM none". (transfer full) */
char          *chart_cell_name(guint cell);
/* view/survey.c: "Amazon SES as brand.example". (transfer full) */
char          *survey_group_title(const App *app, guint group);
/* survey-page.c: the survey of a list, group by group, for those who cannot see it. (transfer full) */
Page          *survey_as_page(const View *view, guint width);
guint          survey_shown(const App *app);            /* how many groups it shows */
guint          survey_order_serial(const App *app);     /* another one: other groups, or in another order */
/* The chart of a list, cell by cell, for those who cannot see it. (transfer full) */
Page          *chart_many_read(const View *view, guint width);

/* Handlers of the table of keys. */
void  app_overview(App *app);
void  app_tree(App *app);
void  app_results(App *app);
void  app_route(App *app);
void  app_arc(App *app);
void  app_signatures(App *app);
void  app_chart(App *app);
void  app_advice(App *app);
void  app_receivers(App *app);
void  app_survey(App *app);
void  survey_tab(App *app);
void  survey_sort(App *app);
void  survey_reverse(App *app);
void  survey_filter(App *app);
void  command_shown(App *app, const char *argument);
void  app_answers(App *app);  /* of DNS */
void  app_source(App *app);
void  app_repairs(App *app);
void  app_messages(App *app);
void  app_help(App *app);
void  app_lessons(App *app);
void  app_glossary(App *app);
void  glossary_tab(App *app);
void  lesson_next(App *app);
void  lesson_back(App *app);
void  lesson_restart(App *app);
void  lesson_finish(App *app);
void  lesson_leave(App *app);
void  lesson_skip(App *app);
void  lesson_aside(App *app);
void  lesson_propose(App *app);
void  lesson_what_if(App *app);
void  lesson_up(App *app);
void  lesson_down(App *app);
void  lesson_page_up(App *app);
void  lesson_page_down(App *app);
void  answer_a(App *app);
void  answer_b(App *app);
void  answer_c(App *app);
void  answer_d(App *app);
void  answer_e(App *app);
void  answer_f(App *app);
void  sure_1(App *app);
void  sure_2(App *app);
void  sure_3(App *app);
void  room_a(App *app);
void  room_b(App *app);
void  room_c(App *app);
void  room_d(App *app);
void  room_e(App *app);
void  room_f(App *app);
void  room_a_less(App *app);
void  room_b_less(App *app);
void  room_c_less(App *app);
void  room_d_less(App *app);
void  room_e_less(App *app);
void  room_f_less(App *app);
void  room_reveal(App *app);
void  room_timer(App *app);
void  app_predict(App *app);
void  guess_a(App *app);
void  guess_b(App *app);
void  guess_c(App *app);
void  guess_d(App *app);
void  guess_e(App *app);
void  guess_skip(App *app);
void  guess_sure_1(App *app);
void  guess_sure_2(App *app);
void  guess_sure_3(App *app);
void  guess_next(App *app);
void  guess_back(App *app);
void  guess_leave(App *app);
void  app_back(App *app);
void  app_quit(App *app);
void  app_up(App *app);
void  app_down(App *app);
void  app_page_up(App *app);
void  app_page_down(App *app);
void  app_first(App *app);
void  app_last(App *app);
void  app_enter(App *app);
void  app_export(App *app);   /* export.c */
void  export_enter(App *app);
void  export_leave(App *app);
void  export_up(App *app);
void  export_down(App *app);
void  export_redact(App *app);
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
void  tree_other_rfc(App *app);     /* tree-other.c */
void  route_pane(App *app);
void  arc_pane(App *app);
void  signatures_pane(App *app);
void  signatures_side(App *app);
void  chart_left(App *app);
void  chart_right(App *app);
void  chart_record(App *app);
void  chart_tab(App *app);
void  chart_what_if(App *app);    /* chart-open.c */
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
