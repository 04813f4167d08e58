/* mail.h: one message of a corpus, as it lies in the mailbox of its receiver.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "keys.h"

typedef enum {
    MAIL_MIXED, /* all kinds, in shares like those of real mail */
    MAIL_PLAIN, /* plain text, one signature of the author's domain, from its own host */
    MAIL_TURNS, /* the same from all authors in turn: each is new for long */
} MailMix;

typedef struct {
    GString *bytes; /* CRLF */
    char *ip, *helo, *mail_from;
    gint64 time;      /* when it was received */
    guint signatures; /* made, of DKIM and ARC */
    gsize hashed;     /* bytes that those who check them all must hash, at least */
} Mail;

/* The `number`-th message, of about `size` bytes; the same for the same arguments. */
Mail mail_new(Keys *keys, MailMix mix, guint64 seed, guint number, gsize size);
void mail_clear(Mail *mail);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mail, mail_clear)
