/* mail-list-part.h: what the parts of a MailList share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/list/mail-list.h"

typedef struct {
    char    *path;
    Store   *store;         /* NULL: not open (a single message is opened when it is asked for) */
    char    *fault;
    gboolean keep;          /* it may not open a second time */
} MailFile;

typedef struct {
    gint64  time;           /* G_MAXINT64: no date that can be read */
    guint32 file, index;
    guint32 keys;           /* in the list's `keys`: From NUL Subject NUL */
    guint32 group;          /* of the survey; SURVEY_NO_GROUP: not counted there, or let go */
    guint8  verdict;
    ChartSpot spot;         /* counts once there is a verdict */
} MailRow;

typedef struct {
    char    *needle;        /* folded; NULL: no search */
    guint    at;            /* the next position to look at */
    guint    start;
    gboolean backward, wrapped;
    gboolean ended;
    guint    found;
    int      around;        /* 1: found from the beginning on, -1: from the end on */
} Search;

struct MailList {
    GArray  *files;         /* MailFile */
    guint    file;          /* the one that is being read */
    GArray  *rows;          /* MailRow */
    GArray  *order;         /* guint32: rows in sight */
    GString *keys;
    guint    keyed;         /* rows that have theirs */
    guint    judged;
    MailSort sort;
    gboolean reverse, only_failed;
    guint    only_cell;     /* LIST_ANY_CELL: all */
    guint    only_group;    /* LIST_ANY_GROUP: all */
    guint    only_like;     /* … as soon as this row's is known; LIST_NO_ROW: no such wish */
    gboolean failed_before; /* as it was filtered before a group was */
    guint    cell_before;
    Survey  *survey;
    const Lookalikes *lookalikes;   /* or NULL */
    guint    groups_end, survey_serial;
    guint    unreadable;
    guint    next_open;     /* all rows before it have a verdict */
    ChartCount chart;
    gboolean redact;        /* rows name nobody */
    gboolean concealed;     /* verdicts are to be guessed */
    GHashTable *dead;       /* row -> char *: what processes died on, and how; NULL: none */
    gint    *reading;       /* mail_list_tell(); or NULL */
    guint8   dns;           /* ListDns: where the answers for verdicts came from */
    gboolean unsorted;
    gint64   sorted_at;
    Search   search;
};

static inline MailRow *
mail_row(const MailList *list, guint row)
{
    return &g_array_index(list->rows, MailRow, row);
}

/* mail-order.c */
gboolean mail_row_in_sight(const MailList *list, guint row);
gboolean mail_order_needs_keys(const MailList *list);
void     mail_order_gather(MailList *list);     /* the keys of the next row that has none */
void     mail_order_sort(MailList *list);
/* mail-survey.c: all groups are forgotten. */
void     mail_survey_reset(MailList *list);
/* mail-search.c: FALSE where only more rows would help. */
gboolean mail_search_more(MailList *list);
