/* presentation-part.h: a mail program as the file of programs describes it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "receivers/presentation.h"

/* When "via DOMAIN" stands behind the sender. */
typedef enum {
    VIA_NEVER,
    VIA_UNPROVED,       /* something passes, but nothing for the name in From: */
    VIA_DIFFERS         /* signature or MAIL FROM are of another organization */
} ViaRule;

/* When a question mark takes the place of the photo. */
typedef enum {
    QUESTION_NEVER,
    QUESTION_NEITHER,   /* neither SPF nor DKIM passes */
    QUESTION_NOTHING    /* nor does DMARC */
} QuestionRule;

/* Its texts never go away: reports hold them (RECORD_ID). */
typedef struct {
    const char  *id, *name, *as_of, *source;
    gboolean     known;
    gboolean     name_only;     /* the address is hidden until somebody asks for it */
    gboolean     on_behalf;     /* "SENDER on behalf of FROM", from Sender: */
    ViaRule      via;
    QuestionRule question;
} Program;

/* Another address that stands within the name in From:; or NULL. (transfer none) */
const char *presentation_claimed(const Report *report);
