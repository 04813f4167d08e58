/* input-part.h: what the files of input share: the bytes that are here, and how a sequence is read.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/input.h"

#define INPUT_MARK_BEGIN "\x1B[200~"

enum {
    INPUT_ESCAPE = 0x1B,
    INPUT_SEQUENCE_MAX = 32
};

typedef struct {
    char *sequence;
    guint code;
} InputKnown;

struct Input {
    gboolean    utf8;
    GArray     *known;      /* InputKnown */
    GByteArray *bytes;      /* not yet looked at */
    GByteArray *text;
    gboolean    pasting;    /* behind INPUT_MARK_BEGIN */
    gboolean    closed;     /* MARK_END was seen since */
    gboolean    given_up;   /* the end never came, and a person pressed Esc */
    gboolean    cut, marked;
    gint64      fed;        /* when the last byte came */
    InputMouse  mouse;      /* the last one */
};

/* What is not looked at yet; `silent`: no more of it will come. */
typedef struct {
    const char *at;
    gsize       length;
    gboolean    silent;
} InputRest;

/* The bytes of the key that stands first; 0 where its end may still come. */
gsize input_read_key(Input *input, gboolean silent, guint *code);
/* ECMA-48, 8.3.89: OSC and a string, up to ST or, as xterm has it, BEL. 0: it is none; `*maybe`: its end may be
 * still to come. */
gsize input_string_length(const InputRest *rest, gboolean *maybe);
