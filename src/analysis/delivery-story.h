/* delivery-story.h: the story of a returned mail, put together from the report, the returned
 * message and DNS; for delivery*.c and nobody else.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/analysis.h"
#include "analysis/delivery-reason.h"
#include "mailbox/bounce.h"

/* Whose server handed the mail to the one that refused it. */
typedef enum {
    STORY_UNKNOWN,
    STORY_OWN,          /* of the envelope sender's own organization */
    STORY_FORM,         /* of the recipient's: somebody filled in a form there (likely) */
    STORY_FORWARD,      /* the sender's own server had it first, another passed it on */
    STORY_STRANGER      /* of neither */
} StoryPlot;

typedef struct {
    Report        *report;
    const Bounce  *bounce;
    const Message *returned;    /* NULL where nothing was returned */
    Reason         reason;
    Resolver      *resolver;
    /* set by story_ask(); all may be NULL */
    char          *mine;        /* the envelope sender: where the bounce came to */
    char          *domain;      /* of it */
    char          *client;      /* the address that the receiver judged */
    gboolean       inferred;    /* no report names it: it is that of the server that reports */
    char          *who;         /* the client for people: "192.0.2.10 (www.example.com)" */
    const char    *host;        /* its name, as far as the report tells */
    char          *relay;       /* STORY_FORWARD: the sender's own server */
    Report        *again;       /* SPF, DKIM and DMARC of the returned mail; or NULL */
    StoryPlot      plot;
} Story;

/* Finds who sent what, and asks SPF and DMARC again where the refusal was for them. */
void story_ask(Story *story, Resolver *resolver, const AnalysisOptions *options, gint64 at);
/* The findings. */
void story_tell(const Story *story);
/* The advice. */
void story_advise(const Story *story);
void story_clear(Story *story);

/* SPF of the returned mail was recomputed; RESULT_UNKNOWN where not. */
Result      story_spf(const Story *story);
/* The host that refused, else the one that reports; or NULL. (transfer none) */
const char *story_refuser(const Story *story);
gboolean    story_is_delayed(const Story *story);
gboolean    story_is_feedback(const Story *story);
/* The refusal was for SPF, DKIM or DMARC. */
gboolean    story_is_about_names(const Story *story);
