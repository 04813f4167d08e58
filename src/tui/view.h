/* view.h: what a view is: a class that paints one side of the Report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/canvas.h"
#include "tui/keys.h"
#include "tui/page.h"

typedef struct View View;

typedef struct {
    const char *name;           /* also the theme's and the help's section */
    const char *label;          /* in the row of views */
    const char *key;            /* likewise; the table of keys has it too */
    Context     context;
    gsize       size;           /* of the struct that embeds View */
    gboolean    needs_message;
    void      (*open)(View *view);
    /* The view has this size now: wrap, correct the scrolling. Called before it is drawn the first
     * time, after a resize and after each key. */
    void      (*fit)(View *view, guint width, guint height);
    void      (*draw)(const View *view, Canvas *canvas, Rect area);
    void      (*move)(View *view, Move move);
    void      (*enter)(View *view);                 /* optional */
    /* A few words for the rule below the view, or NULL. (transfer full) */
    char     *(*note)(const View *view);            /* optional */
    void      (*close)(View *view);                 /* optional */
} ViewClass;

struct View {
    const ViewClass *class;
    App             *app;
};

extern const ViewClass view_overview, view_tree, view_results, view_source, view_help;
