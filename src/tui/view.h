/* view.h: what a view is: a class that paints one side of the Report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/find.h"
#include "tui/keys.h"
#include "tui/page.h"
#include "tui/terminal/canvas.h"

typedef struct View View;

typedef struct {
    const char *name;           /* also the theme's and the help's section */
    const char *label;          /* in the row of views */
    const char *key;            /* likewise; the table of keys has it too */
    Context     context;
    gsize       size;           /* of the struct that embeds View */
    gboolean    needs_message;
    gboolean    of_list;        /* a list of messages will do as well */
    gboolean    shows_message;  /* text of a message as it stands there, which no list of names masks */
    /* FALSE: it has nothing for what is open, and leaves the row of views. NULL: it always has. */
    gboolean  (*has)(const App *app);
    gboolean    of_rows;        /* what has() asks for are its rows: without them, keys that act on a row are refused */
    void      (*open)(View *view);
    /* The report is another one: forget what was read from the old. */
    void      (*renew)(View *view);                 /* optional */
    /* The report is the same with more in it: as renew(), but every place in it stays. Where this is
     * missing, renew() keeps them, too. */
    void      (*grow)(View *view);                  /* optional */
    /* The view has this size now: wrap, correct the scrolling. Called before it is drawn the first
     * time, after a resize and after each key. */
    void      (*fit)(View *view, guint width, guint height);
    void      (*draw)(const View *view, Canvas *canvas, Rect area);
    void      (*move)(View *view, Move move);
    void      (*enter)(View *view);                 /* optional */
    /* A few words for the rule below the view, or NULL. (transfer full) */
    char     *(*note)(const View *view);            /* optional */
    /* What is read aloud of it (plain.c); without one, what draw() paints. (transfer none) */
    const Page *(*read)(const View *view);          /* optional */
    void      (*close)(View *view);                 /* optional */
    /* For search, mouse and copying. The page that the keys move in now, the place in it, and where
     * it stands in the body; NULL: what has the keys is no page. */
    Page     *(*pane)(View *view, PagePlace **place, Rect *area);   /* optional */
    /* What is no page searches for itself; FALSE: not found. */
    gboolean  (*find)(View *view, Find *find);      /* optional */
    /* A click at (x, y) of the body: moves the cursor there. FALSE: it was there. */
    gboolean  (*click)(View *view, guint x, guint y);   /* optional */
    /* What the cursor is on, or NULL. (transfer full) */
    char     *(*value)(View *view);                 /* optional */
    /* The line under the cursor where its cells say nothing without the head above them; NULL: they do. (transfer full) */
    char     *(*line)(View *view);                  /* optional */
    /* What y copies after the value, instead of the line under the cursor: lines of ours, or NULL.
     * (transfer full) */
    char     *(*whole)(View *view);                 /* optional */
} ViewClass;

struct View {
    const ViewClass *class;
    App             *app;
    gboolean         in_detail;     /* Tab: the keys that move go to another pane than at first */
};

extern const ViewClass view_overview, view_tree, view_results, view_arc, view_route,
    view_signatures, view_chart, view_advice, view_dns, view_source, view_inside, view_repairs,
    view_list, view_help, view_receivers, view_what_if, view_glossary, view_lessons, view_score, view_survey;
