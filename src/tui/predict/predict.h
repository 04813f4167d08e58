/* predict.h: outcomes are guessed before they are shown: what the rest of the screen asks.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* predict.c: outcomes are guessed before they are shown. */
void  predict_settle(App *app);                 /* what is seen is another one: asks, and hides */
gboolean predict_hides(const App *app);         /* of the message that is seen */
gboolean predict_hides_rows(const App *app);    /* of a list */
gboolean predict_masks(const App *app, Span bytes);     /* somebody's results stand there */
gboolean predict_blocks(App *app);              /* says why not, where a command would tell */
gboolean predict_asks(const App *app);          /* the tree's details are a question */
guint predict_serial(const App *app);           /* another one: something else is asked or told */
char *predict_progress(const App *app);         /* "5 of 9 told", or NULL. (transfer full) */
Context predict_context(const App *app);        /* 0: its keys do not count */
void  guessing_free(Guessing *guessing);
void  guessing_renew(Guessing *guessing, const Report *report);
Page *guess_page(const App *app, guint width, guint height);    /* predict/page.c */

/* predict/hand-on.c: for who takes the place of this process (way.h): lines of what was guessed about a document, and what
 * they say of the one that is seen. (transfer full) */
char *guessing_said(const Document *doc);       /* NULL: nothing was */
void  guessing_recall(App *app, const char *said);
/* The mode itself; what is seen hides its outcomes from here on. */
void  predict_begin(App *app);

/* class-book.c: what was answered in this session. */
ClassBook *class_book_new(const char *path);    /* of a class's file; NULL: none */
void  class_book_free(ClassBook *book);
const GPtrArray *class_book_answers(const ClassBook *book);     /* Answer */
void  class_note(App *app, const char *about, const Answer *answer);
/* For who takes the place of this process: the newest answers, and whose they are; and what was said of it. */
void  class_say(const App *app, void (*say)(GString *out, const char *word, const char *about), GString *out);
void  class_recall(App *app, const GPtrArray *said);
void  command_class(App *app, const char *argument);
