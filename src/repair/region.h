/* region.h: lines that begin alike, and the header that comes to light without what they begin with.
 * SPDX-License-Identifier: MIT
 *
 * Marks go only where what is left is a header: a quoted reply in a body is none of our business. */
#pragma once

#include "repair/draft.h"

/* So many fields must come to light. */
#define REGION_FIELDS_MIN 3

/* How a line begins; what is behind that is kept. */
typedef struct {
    guint depth;        /* quote marks */
    guint blanks;       /* white space behind the last mark or number, the same in every line */
    char *indent;       /* what every line begins with: white space, or a transcript's mark */
    const char *close;  /* what ends every line: the bracket that fits the mark, the other side of a frame. NULL: nothing */
} Prefix;

typedef gsize (*PrefixSkip)(const char *text, gsize at, gsize end, const Prefix *prefix);

/* Lines [from, to) that have the prefix. */
typedef struct {
    gsize    from, to;
    Prefix   prefix;
    gboolean partial;   /* lines between them are missing */
} Region;

/* Finds such lines in a text of which `head` bytes are looked at for a beginning. */
typedef gboolean (*RegionFind)(const char *text, gsize length, gsize head, Region *region);

/* Behind at most `most` blanks. */
gsize    region_wsp(const char *text, gsize at, gsize end, guint most);
/* Behind `prefix->indent`; `at` where the line [at, end) does not begin so. */
gsize    region_skip(const char *text, gsize at, gsize end, const Prefix *prefix);
/* Whether a field that mail uses begins there, however it is written. */
gboolean region_field(const char *text, gsize at, gsize end);
/* Where the lines that have a prefix end, from `from` on; a blank line inside does not end them. */
gsize    region_end(const char *text, gsize length, gsize from, PrefixSkip skip, const Prefix *prefix);
/* The bar that ends each line as one begins it, or NULL. (transfer none, constant) */
const char *region_bar(const char *text, const Region *region);
/* Whether so much comes to light that it is a header where nothing stands above it: two fields that must be some, or two that are
 * known and no line that is none. Left as they are, as many are taken for fields in one line (flat.c), or for the rest of the first. */
gboolean region_is_header(const char *text, const Region *region, PrefixSkip skip);
/* Whether enough fields come to light wherever the lines stand. */
gboolean region_reveals(const char *text, const Region *region, PrefixSkip skip);

/* What a step of the chain asks and does with them. */
gboolean region_needed(const char *head, gsize length, RegionFind find);
void     region_mend(Draft *draft, Mend *mend, RegionFind find, PrefixSkip skip);
