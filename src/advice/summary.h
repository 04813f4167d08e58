/* summary.h: the ten-second answer: what the Overview and the report's head say, as text lines
 * without a screen.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

typedef enum {
    SUMMARY_PASS,           /* vouched for */
    SUMMARY_FAIL,
    SUMMARY_OTHER,          /* "pass" for another domain: never green */
    SUMMARY_NONE,
    SUMMARY_UNKNOWN,
    SUMMARY_PLAIN
} SummaryTone;

/* One line of the table of names. */
typedef struct {
    char       *name;       /* "From: (seen)", "MAIL FROM", "DKIM d=" */
    char       *domain;
    char       *check;      /* "SPF  pass" */
    char       *vouches;    /* "NO - other domain" */
    SummaryTone tone;
    const GPtrArray *evidence;  /* borrowed from the Report: where Enter jumps to; may be NULL */
} SummaryName;

/* What a returned mail tells, which stands above the verdict on the bounce itself. */
typedef struct {
    char       *label;      /* "BOUNCE", "DELAY", "REPORT" */
    SummaryTone tone;
    char       *sentence;   /* what did not arrive, and who refused it */
    char       *said;       /* the refuser's own words; or NULL */
    char       *means;      /* these explained; or NULL */
    GPtrArray  *story;      /* char *: what happened, a sentence each */
    GPtrArray  *also;       /* char *: what others can do besides the fix: "You: …" */
    char       *itself;     /* the verdict on the bounce, in one line */
    gboolean    doubtful;   /* it fails: that comes first */
    char       *text;       /* the beginning of what was returned; or NULL */
} SummaryBounce;

/* A finding that nothing above it tells. */
typedef struct {
    int         severity;       /* of Severity */
    char       *text;
    const GPtrArray *evidence;  /* borrowed from the Report */
} SummaryNote;

typedef struct {
    SummaryTone tone;
    char       *verdict;    /* "FAIL", "PASS", "NONE", "UNKNOWN" … as in the title bar */
    char       *basis;      /* "recomputed" */
    const char *rfc;        /* "9989"; "7489" where what-if has the receiver go by it */
    char       *sentence;   /* the verdict about names, one or two sentences */
    char       *cause;      /* NULL where nothing failed */
    gboolean    lacks_dns;  /* nothing is decided, since DNS was not asked */
    char       *vouches_title;  /* "VOUCHES FOR example.jp?" */
    GPtrArray  *names;      /* SummaryName */
    char       *policy;     /* "Policy: …": whose policy asks for what */
    char       *fix_who;    /* "Whoever runs the form, in its settings:"; NULL: nothing known */
    GPtrArray  *fix_lines;  /* char *: settings or records, else what to do in words */
    gboolean    fix_literal;    /* they are to be copied as they are */
    char       *fix_not;    /* "Not: …": what would not help; or NULL */
    GPtrArray  *said_by;    /* char *: one line for each reporting host; "= same" where it agrees */
    GPtrArray  *notes;      /* SummaryNote, the gravest first */
    SummaryBounce *bounce;  /* NULL where the message is none; then the fix is that of the returned mail */
} Summary;

/* (transfer full) All text may hold a stranger's bytes: print it through base/text.h. */
Summary *summary_new(const Report *report);
void     summary_free(Summary *summary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Summary, summary_free)
