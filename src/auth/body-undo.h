/* body-undo.h: what happens to bodies on their way, undone: guesses at the body that was signed.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/message.h"

typedef struct {
    const char *cause;      /* id of the change that the guess takes back */
    GString    *body;
    char       *detail;     /* how much, for the words of the cause; or NULL */
} BodyGuess;

/* Calls `found` for one guess after the other until it returns TRUE; `found` may look at the
 * guess only. `afford` is asked before each one is made. */
typedef gboolean (*BodyGuessFound)(const BodyGuess *guess, gpointer data);
typedef gboolean (*BodyGuessAfford)(gpointer data);
gboolean body_undo_each(const Message *message, BodyGuessAfford afford, BodyGuessFound found,
                        gpointer data);
