/* draft.h: a text under repair, and what every step of the chain looks like.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/origin.h"

/* Damage shows at the beginning of a text; nothing behind this is ever looked at to find some. */
#define DRAFT_HEAD 262144UL
/* A header longer than this is mended so far. */
#define DRAFT_MEND 8388608UL

typedef struct {
    GString *text;          /* as it is so far, LF line ends */
    Origin  *origin;        /* where claims and notes go */
} Draft;

/* What a step did. */
typedef struct {
    gint64   count;
    GString *before, *after;    /* the first place; NULL until then */
    gboolean partial;           /* something of the message is missing */
} Mend;

/* Counts a place, and keeps both texts of the first one, at most 200 bytes each. */
void mend_add(Mend *mend, const char *before, gsize before_length, const char *after,
              gsize after_length);

/* One kind of damage. */
typedef struct {
    const char *id;
    const char *one, *many;     /* what was done, in English; the count stands for %s */
    const char *fidelity;       /* what the text is afterwards */
    /* Looks at the beginning of the text only; LF line ends. */
    gboolean  (*needed)(const char *head, gsize length);
    void      (*mend)(Draft *draft, Mend *mend);
    /* FALSE where `needed` would say no to every text that begins with this header block (draft_block), which may have
     * no NUL behind it: a cheap look, for every message that is opened. NULL: not known. */
    gboolean  (*possible)(const char *block, gsize length);
    /* No reason to call a text damaged: done only where it was pasted, or damaged otherwise. */
    gboolean minor;
    /* As `needed`, where only part of what is mended is such a reason. NULL: all of it is. */
    gboolean  (*reason)(const char *head, gsize length);
} RepairStep;

extern const RepairStep repair_line_ends, repair_returns, repair_quoted_bare, repair_octal, repair_strings, repair_escapes, repair_pairs,
    repair_html, repair_fence, repair_emphasis, repair_table, repair_quote_marks, repair_bullets, repair_line_numbers,
    repair_line_marks, repair_indentation, repair_tails, repair_ends, repair_quoted, repair_characters,
    repair_blank_lines, repair_links, repair_translated, repair_forwarded, repair_page_text, repair_page_rest, repair_second_message, repair_one_line,
    repair_glued_lines, repair_notice, repair_folding, repair_signature, repair_redacted;

/* The end of the first block of lines: blank lines at the top are passed over, the next one ends
 * it. */
gsize draft_block(const char *text, gsize length);
/* The end of the line that begins at `at`: the place of its LF, or `length`. */
gsize draft_line_end(const char *text, gsize length, gsize at);
/* TRUE where the line [at, end) holds nothing that shows. */
gboolean draft_is_blank(const char *text, gsize at, gsize end);
/* How many header fields that must be ones a text begins or holds, wherever their lines break. */
guint draft_count_fields(const char *text, gsize length);
/* Whether a line begins with a field that mail uses, however far down: then a header may stand there as it was. */
gboolean draft_has_field(const char *text, gsize length);
/* Whether a line begins with "From:", however the text goes on. */
gboolean draft_names_author(const char *text, gsize length);
/* FALSE where the first known field, with nothing but fields that nobody knows above it, begins the text and each line
 * down to it: no mark, number, fence or sentence stands before it. */
gboolean draft_is_covered(const char *block, gsize length);
/* A real line end at `at` in a text whose line ends are written (`\r\n`, #012) is a page's, which wrapped it: a blank in `out`,
 * or nothing beside a written one (`written`: behind it). FALSE, and nothing appended: it stands as it is, as empty lines do,
 * and lines that begin with a field. */
gboolean draft_append_wrap(GString *out, const char *at, const char *end, gboolean written);
/* A header put together from what stands in a text in another form, of `count` places; `partial`: other lines were left out. NULL: there
 * is none. (transfer full) */
typedef GString *(*DraftFind)(const char *text, gsize length, guint *count, gboolean *partial);
/* What a step that rebuilds a header so asks, of a text that does not begin with one, and does. */
gboolean draft_can_rebuild(const char *head, gsize length, DraftFind find);
void     draft_rebuild(Draft *draft, Mend *mend, DraftFind find);
/* What a step makes of the line [at, end), appended to `out` without its line end (text[end], where there is one). FALSE: nothing
 * that counts was done to it. */
typedef gboolean (*DraftLine)(GString *out, const char *text, gsize at, gsize end, gconstpointer data);
/* Has the lines of [from, to) rewritten so, and counts those to which something was done. */
void draft_rewrite_lines(Draft *draft, Mend *mend, gsize from, gsize to, DraftLine line, gconstpointer data);
/* Replaces the whole text. (transfer full: text) */
void  draft_take(Draft *draft, GString *text);
