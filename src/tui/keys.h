/* keys.h: one table of keys: what is pressed, where it works, what it does, what help says.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/keycode.h"

typedef struct App App;

typedef enum {
    IN_OVERVIEW = 1 << 0,
    IN_TREE = 1 << 1,
    IN_RESULTS = 1 << 2,
    IN_SOURCE = 1 << 3,
    IN_HELP = 1 << 4,
    IN_ROUTE = 1 << 5,
    IN_REPAIRS = 1 << 6,
    IN_INSIDE = 1 << 7,
    IN_LIST = 1 << 8,
    IN_ARC = 1 << 9,
    IN_SIGNATURES = 1 << 10,
    IN_CHART = 1 << 11,     /* 9 and 10 are those of ARC and Signatures */
    IN_ADVICE = 1 << 12,
    IN_DNS = 1 << 13,
    IN_WHAT_IF = 1 << 14,
    IN_GLOSSARY = 1 << 15,
    IN_LESSONS = 1 << 16,
    IN_RECEIVERS = 1 << 17,
    IN_GUESS = 1 << 18,     /* predict mode asks; a key that it has not is the tree's */
    IN_GUESS_TOLD = 1 << 19,    /* … and tells */
    IN_EDIT = 1 << 20,      /* the value of an input is typed */
    IN_EXPORT = 1 << 21,    /* a menu */
    IN_ROOM = 1 << 22,      /* a question to a room: its guesses are counted */
    IN_PALETTE = 1 << 23, /* the modal ones: their keys are their own */
    IN_PASTE = 1 << 24,
    IN_PROMPT = 1 << 25,
    IN_QUESTION = 1 << 26,
    IN_LESSON = 1 << 27,    /* a lesson's text; a key that it has not is the view's */
    IN_ASKED = 1 << 28,     /* questions of a lesson have all keys for themselves */
    IN_SURE = 1 << 29,
    IN_TASK = 1 << 30,
    IN_GUESS_SURE = 1u << 31,   /* … and how sure it is: all keys are its own */
    IN_SURVEY = 1ull << 32,     /* a view like the first ones */
    IN_ALL = ((1 << 18) - 1) | IN_SURVEY, /* IN_ALL ^ IN_LIST: in all but one */
    IN_PAGES = IN_ALL ^ IN_TREE, /* where Home, End, Backspace scroll */
    IN_BYTES = IN_OVERVIEW | IN_TREE | IN_RESULTS | IN_ARC | IN_SIGNATURES |
               IN_ROUTE /* where Enter shows what something rests on */
} Context;

typedef struct Binding {
    const char *keys;       /* "h, Left": shown by help as it is parsed */
    guint64     contexts;   /* Context */
    const char *command;    /* a stable id */
    const char *hint;       /* a word or two for the footer; NULL: not there */
    const char *help;
    void      (*handler)(App *app);
} Binding;

/* Ended by a row without keys. Footer and help show it in this order. Where somebody has keys of
 * their own (keymap.h), App.bindings is the table that counts. */
extern const Binding bindings[];

/* What the terminal itself answers to (terminal/term-wait.c), whatever has the keys; nobody can give it other keys. */
typedef struct {
    const char *keys, *help;
} TerminalKey;

/* Ended by a row without keys. */
extern const TerminalKey terminal_keys[];

/* What the footer of a view begins with: what one came for. */
typedef struct {
    guint64     contexts;
    const char *command;
    const char *hint;       /* NULL: the binding's own */
} FooterHint;

/* Ended by a row without a command. */
extern const FooterHint footer_hints[];

/* What the palette knows besides the table's command names: those that take a word. */
typedef struct {
    const char *name;
    const char *argument;   /* "live|snapshot|offline": these words; "HOST": anything */
    gboolean    optional;   /* without one it does what the key of that name does */
    const char *help;
    void      (*handler)(App *app, const char *argument);
} Verb;

/* Ended by a row without a name. */
extern const Verb verbs[];
/* The one of exactly this name, or NULL. (transfer none) */
const Verb *verbs_find(const char *name);

/* The code of a key by its name ("Space", "PgDn", "j", "Ctrl-C"); KEYCODE_NONE where there is no
 * such key. */
guint          keys_parse(const char *name, gsize length);
/* What `code` does in `context`, or NULL. (transfer none) */
const Binding *keys_find(guint code, Context context);
/* The same in another table. */
const Binding *keys_find_in(const Binding *table, guint code, Context context);
/* The next name of "h, Left", or NULL; begin with a cursor at its start. */
const char    *keys_next(const char **cursor, gsize *length);
/* The first of a binding's keys. (transfer full) */
char          *keys_first(const Binding *binding);
