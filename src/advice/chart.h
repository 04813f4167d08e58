/* chart.h: the chart of SPF by DKIM: what DMARC and Gmail's bulk rule say in each of its 16 cells,
 * and in which of them a message stands.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* What a check proved about the name in From:. A better one has the lower number. */
typedef enum {
    CHART_ALIGNED,      /* pass, for the domain in From: or its organization */
    CHART_UNALIGNED,    /* pass, for another domain */
    CHART_FAIL,         /* fail, softfail, neutral, permerror … */
    CHART_NONE,         /* no SPF record, no signature */
    CHART_STATES,
    CHART_OPEN = CHART_STATES   /* not determined: no cell */
} ChartState;
/* aligned unaligned fail none, as in `survey --format json`; "open" behind them. */
extern const char *const chart_state_words[];

/* What Gmail asks of bulk senders (5,000 mails a day and more to personal accounts;
 * src/data/receivers/gmail-bulk.ini): SPF and DKIM pass, one of them for the domain in From:, and a DMARC record. */
typedef enum {
    CHART_LACKS_SPF = 1 << 0,
    CHART_LACKS_DKIM = 1 << 1,
    CHART_LACKS_ALIGNMENT = 1 << 2,
    CHART_LACKS_RECORD = 1 << 3
} ChartLack;

/* DMARC's result in a cell, `record`: there is one. Neither state may be CHART_OPEN. */
Result chart_dmarc(ChartState spf, ChartState dkim, gboolean record);
/* What is missing for Gmail's bulk rule: ChartLack; 0 where it is met. */
guint  chart_gmail_lacks(ChartState spf, ChartState dkim, gboolean record);

/* Where a message stands. Pointers live as long as the Report. */
typedef struct {
    ChartState  spf, dkim;          /* CHART_OPEN where the check is not determined */
    Tri         record;             /* of DMARC */
    Result      spf_result;         /* what put it there: "softfail" stands in the row of fails */
    Result      dkim_result;
    const char *spf_domain;         /* whose result counts; may be NULL */
    const char *dkim_domain;
    const DkimResult *signature;    /* the one that counts; NULL where there is none at hand */
    guint       signatures;         /* how many were looked at */
    gboolean    believed;           /* as asked for */
} ChartPlace;

/* TRUE where the message has a cell: there is one author domain, and both checks are determined.
 * `believe`: what cannot be known here is as the receiving host says, trusted or not: the cell that
 * follows if it is right, never the message's own. */
gboolean chart_place(const Report *report, gboolean believe, ChartPlace *place);

/* ---- many messages ---- */

/* A cell as one number, row by row. */
enum { CHART_CELLS = CHART_STATES * CHART_STATES, CHART_NO_CELL = CHART_CELLS };
guint      chart_cell(ChartState spf, ChartState dkim);     /* CHART_NO_CELL where one is open */
ChartState chart_cell_spf(guint cell);
ChartState chart_cell_dkim(guint cell);

/* The cell of a message, and the one it would have if the receiving host is right. */
typedef struct {
    guint8 own, told;           /* CHART_NO_CELL: none */
} ChartSpot;

ChartSpot chart_spot(const Report *report);

/* How many stand where; what `survey` counts. */
typedef struct {
    guint64 own[CHART_CELLS + 1];   /* the last: with an undetermined check ("unknown") */
    guint64 told[CHART_CELLS + 1];  /* of those: where they would stand; the last: nowhere, either */
} ChartCount;

void chart_count_add(ChartCount *count, ChartSpot spot);
void chart_count_remove(ChartCount *count, ChartSpot spot);
void chart_count_join(ChartCount *count, const ChartCount *part);
