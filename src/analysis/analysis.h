/* analysis.h: all checks, in order, into one Report.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/provider.h"
#include "auth/dmarc.h"
#include "auth/psl.h"
#include "dns/resolver.h"
#include "headers/identities.h"
#include "headers/lookalike.h"
#include "message/message.h"
#include "receivers/presentation.h"
#include "receivers/rules.h"
#include "whatif/edit.h"

/* Whether libspf2 and OpenDMARC are asked, too (src/peers). LATER: the report only says that they are being
 * asked; whoever calls does that (peers_start). */
typedef enum { OPINIONS_NONE, OPINIONS_NOW, OPINIONS_LATER } Opinions;

typedef struct {
    IdentityOverrides  identities;
    const char *const *trusted;     /* --trust, NULL-terminated; may be NULL */
    gint64             at;          /* --at: seconds since 1970; RECORD_UNSET: the receipt time, else `now` */
    gint64             now;         /* seconds since 1970: the only clock that checks see */
    const Psl         *psl;         /* the public suffix list, for RFC 7489 */
    Opinions           second_opinions;
    const Edits       *edits;       /* what if: changed inputs; NULL: none */
    const Report      *known;       /* the run without edits, by the same message, answers and options: what no edit
                                     * touches is taken from there; NULL: all is done again */
    const ReceiverRules *receivers; /* NULL: no receiver's rules are asked */
    const Lookalikes  *lookalikes;  /* NULL: names are not compared */
    const Programs    *programs;    /* NULL: nothing is said of what mail programs show */
    const Providers   *providers;   /* sending services by name; NULL: none is known */
    gboolean           proofs_later;    /* advice is told before it was tried: whoever calls has analysis_prove() try it */
    gboolean           brief;       /* of the advice only what leads: nobody reads more of it */
    gboolean           trial;       /* only the verdict is wanted: no advice, no story, no receivers' rules */
} AnalysisOptions;

/* A pure function of the message, the resolver's answers and the options: called again with
 * others it answers "what if". Never fails; what cannot be known is unknown. (transfer full) */
Report *analysis_run(const Message *message, Resolver *resolver, const AnalysisOptions *options);

/* The same of `n` messages, which is sooner done where they are a few small ones: a part of each before the next part of any, while
 * the code of that part is at hand. (transfer full: reports) */
#define ANALYSIS_TURNS RESOLVER_TURNS
void    analysis_run_several(const Message *const *messages, guint n, Resolver *resolver, const AnalysisOptions *options,
                             Report **reports);

/* Tries what a run with `proofs_later` announced: `report` is then what a run without it gives. The same message,
 * answers and options. */
void    analysis_prove(const Message *message, Resolver *resolver, const AnalysisOptions *options, Report *report);

/* What does not fit the message (an edit of a third signature where there are two) is left out and
 * stands in the findings: edits_refusal() of whatif/outcome.h. */

/* What the options say of second opinions, when all else is there. */
void    analysis_opinions(Report *report, Resolver *resolver, const AnalysisOptions *options);

/* Frees what dmarc_check() did not take over. */
void    analysis_clear_notes(DmarcNotes *notes);

/* The end that all analyses share; `message` is NULL where there is none (hypothesis.h): the log of DNS,
 * findings. Frees what is left of the notes. */
void    analysis_finish(const Message *message, Resolver *resolver, DmarcNotes *notes,
                        Report *report);
