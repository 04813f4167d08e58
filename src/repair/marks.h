/* marks.h: the places in a text where a header field may begin.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "repair/names.h"

typedef enum {
    MARK_LINES,  /* only at the first byte of a line: line breaks are as they were, indentation may
                    be lost */
    MARK_BLANKS, /* after any white space: line breaks became blanks */
    MARK_GLUED   /* anywhere: line breaks vanished */
} MarkMode;

typedef enum {
    MARK_KNOWN,     /* a name of the dictionary */
    MARK_X,         /* X-something that nobody knows */
    MARK_HYPHEN,    /* Some-Thing that nobody knows */
    MARK_WORD,      /* Something */
    MARK_LOWER      /* something, some-thing, some_thing */
} MarkClass;

typedef struct {
    gsize     start;        /* of the name */
    gsize     colon;
    MarkClass class;
    ValueKind kind;
    gboolean  once;
    const char *known;      /* the dictionary's spelling, one pointer a name; NULL for others */
    gboolean  open;         /* white space follows the colon */
    gboolean  strong;       /* known, and what follows fits: nobody writes that by chance */
} Mark;

/* All of them, in order, in `length` bytes: Mark. (transfer full) */
GArray *marks_find(const char *text, gsize length, MarkMode mode);

/* Fewer fields than this inside other fields' lines may be an accident of a real message. */
#define MARKS_INNER_MIN 3
/* In a text with one line of fields, or none, these are enough: no message is so short. */
#define MARKS_INNER_FEW 2

/* The mark of the line that begins at `at`. FALSE: it has none. */
gboolean marks_at_line(const char *text, gsize length, gsize at, Mark *mark);
/* A strong one, whether line ends are CRLF or LF: of "a word and nothing else" what can be seen is no proof. */
gboolean marks_sure_at_line(const char *text, gsize length, gsize at, Mark *mark);

typedef struct {
    guint blanks;           /* of MARK_BLANKS */
    guint glued;            /* of MARK_GLUED: such as touch what is before them */
} MarksInner;

/* How many strong ones of marks_find() stand within a line, counted until one of both is `enough`: most colons are ruled
 * out without a look at the dictionary. */
MarksInner marks_inner(const char *text, gsize length, guint enough);

/* What marks_inner() would ask of one colon before it looks at what stands behind it. */
typedef enum {
    MARKS_NOTHING = 0,
    MARKS_FIELD = 1 << 0,   /* a name that begins a line stands before it, */
    MARKS_DOTTED = 1 << 1,  /* or one with a dot in it */
    MARKS_INNER = 1 << 2    /* one that is known may begin within the line: counted, if the value fits */
} MarksColon;

MarksColon marks_colon(const char *text, gsize length, gsize colon);

/* How many are strong; those that begin a line apart. */
guint   marks_strong(const GArray *marks, const char *text, guint *at_line);
/* The place of the first strong mark in [from, to), or `to`. */
gsize   marks_strong_in(const GArray *marks, gsize from, gsize to);
/* How often each known name is strong: the dictionary's spelling to a count. (transfer full) */
GHashTable *marks_count(const GArray *marks);
