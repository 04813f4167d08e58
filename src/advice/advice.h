/* advice.h: known patterns of how alignment comes out, who has to change what, and text to copy.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/provider.h"
#include "facts/report.h"

/* What one identifier (MAIL FROM, a d=) does for the name in From:. */
typedef enum {
    VOUCH_UNKNOWN,      /* cannot be known yet */
    VOUCH_YES,          /* proved, and aligned */
    VOUCH_OTHER,        /* proved, for another domain */
    VOUCH_FAILED,       /* aligned, but the check did not pass */
    VOUCH_NEITHER       /* does not vouch, whatever else may come out */
} Vouch;

/* `believe`: where nothing was proved either way, take the receiving host's word. */
Vouch advice_vouch(const Identifier *identifier, gboolean believe);

gboolean advice_is_spf(const Identifier *identifier);

/* One name is the other or lies below it. A top-level domain houses nobody. */
gboolean advice_same_house(const char *a, const char *b);
/* The organization as people understand it: by the public suffix list, which needs no DMARC record
 * of the domain; else as RFC 9989 found it; else the name. (transfer none) */
const char *advice_house(const Report *report, const Identifier *identifier);

/* There is no verdict of our own, but the receiving host's words lead to a fail: what follows is
 * told on its word. */
gboolean advice_believes(const Report *report);

/* The domains that were proved but are not the author's, at most four; of a domain and its
 * subdomain the domain alone. (transfer container; names live as long as `report`) */
GPtrArray *advice_others(const Report *report);

/* What finding advice may use besides the report. */
typedef struct {
    const Providers *providers;     /* or NULL */
    /* Tries the advice's edits and notes what came out; FALSE: it does not help, so nobody is to hear of it.
     * NULL: nothing is tried. */
    gboolean       (*prove)(Advice *advice, gpointer data);
    gpointer         data;
    gboolean         leading;       /* only the advice that leads is wanted: the first one */
} AdviceMeans;

/* What Advice.tried says as long as it is being tried; such a report is on the screen only, for a moment. */
#define ADVICE_ANNOUNCED "tried-later"
gboolean advice_is_announced(const Report *report);     /* of some of its advice */

/* The step that this advice, of another message, turns has the same id in this report's tree. */
gboolean advice_turns_the_same(const Report *report, const Advice *advice);

/* Fills report->advice, in order of effect. `means` may be NULL. Words for a pattern P stand under the ids
 * P, P.cause, P.not, P.not-why and P.who. */
void advice_find(Report *report, const AdviceMeans *means);
