/* paper.h: text on paper: wrapped to a width, in ASCII or UTF-8, plain or coloured.
 * SPDX-License-Identifier: MIT
 *
 * All text passes base/text.h here, so callers hand over strangers' bytes as they are. */
#pragma once

#include <glib.h>

typedef enum {
    PAPER_PLAIN,
    PAPER_PASS,
    PAPER_FAIL,
    PAPER_OTHER,        /* a pass for another domain: neither */
    PAPER_NONE,
    PAPER_UNKNOWN,
    PAPER_DIM,
    PAPER_BOLD
} PaperRole;

typedef struct {
    GString *out;       /* borrowed */
    gboolean color;
    gboolean ascii;
    guint    width;
} Paper;

/* The mark of a role: `+ x - ?` in ASCII. (transfer none) */
const char *paper_mark(const Paper *paper, PaperRole role);

/* `text` as it will stand on this paper. (transfer full) */
char *paper_visible(const Paper *paper, const char *text);
/* Columns that visible text takes: wide characters two, combining ones none. */
guint paper_columns(const char *visible);

/* A paragraph: `label` at column 1, `text` from column `indent` on, wrapped there. A label
 * too long for that has its own line. `label` may be NULL. */
void paper_paragraph(Paper *paper, const char *label, PaperRole label_role, guint indent,
                     PaperRole role, const char *text);
/* A blank line, and the title of what follows, as it stands in the reader's language. */
void paper_section(Paper *paper, const char *title);
/* A line to copy, from column `indent` on; where it is too long, its further lines stand deeper. */
void paper_setting(Paper *paper, guint indent, PaperRole role, const char *line);
/* Cells side by side at the given columns, the last in `role`; each must fit. */
void paper_cells(Paper *paper, const char *const *cells, const guint *columns, gsize count,
                 PaperRole role);
/* The same, each cell in its own role. */
typedef struct {
    const char *text;       /* NULL: nothing */
    guint       column;
    PaperRole   role;
} PaperCell;
void paper_row(Paper *paper, const PaperCell *cells, gsize count);

/* `text` as it will stand, no wider than `room` columns: what is too long loses its middle or, for `tail`, its beginning, which
 * says least of a domain name. (transfer full) */
char *paper_cut(const Paper *paper, const char *text, guint room, gboolean tail);

void paper_rule(Paper *paper);
void paper_blank(Paper *paper);
