/* mail-list.h: the rows of a list of messages: found bit by bit, sorted, filtered, searched. No
 * screen in it. SPDX-License-Identifier: MIT
 *
 * A row takes some 150 bytes at most, however many there are; everything else is asked of the store
 * when it is seen. */
#pragma once

#include "advice/chart.h"
#include "mailbox/store.h"
#include "survey/survey.h"

typedef struct MailList MailList;

typedef enum {
    MAIL_BY_NUMBER,
    MAIL_BY_DATE,
    MAIL_BY_FROM,
    MAIL_BY_SUBJECT,
    MAIL_BY_VERDICT,
    MAIL_SORTS
} MailSort;

/* What is known of a row's verdict. Sorted by it, what failed comes first. */
typedef enum {
    MAIL_FAIL, MAIL_SAID_FAIL, MAIL_ERROR, MAIL_UNKNOWN, MAIL_NONE, MAIL_SAID_PASS, MAIL_PASS,
    MAIL_UNREADABLE,
    MAIL_OPEN           /* nobody asked yet */
} MailVerdict;

#define LIST_NO_ROW G_MAXUINT

/* Of files and folders (NULL-terminated); `first`: the first one's store, opened already, or NULL.
 * (transfer full) */
MailList   *mail_list_new(char *const *files, Store *first);
/* From here on rows name nobody: of From: the domain is left. */
void        mail_list_redact(MailList *list);
/* From here on names that are made to be taken for others are known. `data` (or NULL) is borrowed. */
void        mail_list_compare_names(MailList *list, const Lookalikes *data);
void        mail_list_free(MailList *list);

/* Goes on with what is to be done (finding, sorting, searching) for about that many microseconds.
 */
void        mail_list_work(MailList *list, gint64 microseconds);
gboolean    mail_list_busy(const MailList *list);
/* "12,400 messages, 37 % read". (transfer full) */
char       *mail_list_progress(const MailList *list);
gboolean    mail_list_is_complete(const MailList *list);

/* Rows are numbered from 0 as found; positions are rows in sight, in order. */
guint       mail_list_count(const MailList *list);
guint       mail_list_shown(const MailList *list);
guint       mail_list_row(const MailList *list, guint position);
guint mail_list_position(const MailList *list, guint row); /* LIST_NO_ROW where it is not shown */
/* One row's own. (transfer full) */
StoreLine  *mail_list_line(MailList *list, guint row);
Message    *mail_list_message(MailList *list, guint row, GError **error);
/* Whom the sender of a row looks like: by what its line says, and by the survey of those that were judged. NULL: nobody.
 * (transfer none, until another is judged) */
const char *mail_list_looks_like(const MailList *list, guint row, const StoreLine *line);
/* The first file. (transfer none) */
const char *mail_list_path(const MailList *list);
/* The file that it stands in; of several files only. (transfer none, or NULL) */
const char *mail_list_file(const MailList *list, guint row);

MailVerdict mail_list_verdict(const MailList *list, guint row);
/* The one that may be seen: none while they are concealed. */
MailVerdict mail_list_seen_verdict(const MailList *list, guint row);
void        mail_list_conceal(MailList *list, gboolean concealed);
void        mail_list_judge(MailList *list, guint row, MailVerdict verdict);
/* The same with its place on the chart. */
void        mail_list_place(MailList *list, guint row, MailVerdict verdict, ChartSpot spot);
/* It cannot be read: `fault` says why. */
void        mail_list_refuse(MailList *list, guint row, const char *fault);
/* The same of one that the process died on: its line is not read again, either. */
void        mail_list_bury(MailList *list, guint row, const char *fault);
/* The row that is being read, plus one, is told there (atomic; 0: none). */
void        mail_list_tell(MailList *list, gint *reading);
/* Where the DNS answers came from on which the verdicts so far rest: ListDns. */
typedef enum { LIST_DNS_BESIDE = 1, LIST_DNS_LIVE = 2, LIST_DNS_OTHER = 4 } ListDns;
void        mail_list_note_dns(MailList *list, const char *source);
guint       mail_list_dns(const MailList *list);
/* All verdicts are wanted anew, but for those of buried rows. */
void        mail_list_forget_verdicts(MailList *list);
guint       mail_list_judged(const MailList *list);     /* how many rows have one */
guint       mail_list_unreadable(const MailList *list); /* and how many of these cannot have one */
guint       mail_list_next_open(MailList *list);        /* a row that has none; LIST_NO_ROW: all do */
/* Those that were judged and can be read, on the chart. (transfer none) */
const ChartCount *mail_list_chart(const MailList *list);

void        mail_list_sort(MailList *list, MailSort sort, gboolean reverse);
MailSort    mail_list_sorted(const MailList *list, gboolean *reverse);
/* Rows that were judged, in groups by who sent them as whom; each row is counted once, before it gets its
 * verdict. (transfer none) */
void        mail_list_take(MailList *list, guint row, const SurveyRow *taken);
const Survey *mail_list_survey(const MailList *list);
/* No group has this number, or a higher one. */
guint       mail_list_groups_end(const MailList *list);
/* Changes when verdicts are forgotten: groups of before are gone then. */
guint       mail_list_survey_serial(const MailList *list);

void        mail_list_filter(MailList *list, gboolean only_failed);
/* Only those in this cell of the chart; CHART_NO_CELL: those without one. */
void        mail_list_filter_cell(MailList *list, guint cell);
gboolean    mail_list_filtered(const MailList *list);
#define LIST_ANY_CELL G_MAXUINT
guint       mail_list_cell(const MailList *list);       /* LIST_ANY_CELL: it is not filtered so */
/* Only those of this group of the survey. */
#define LIST_ANY_GROUP (SURVEY_NO_GROUP - 1)
void        mail_list_filter_group(MailList *list, guint group);
/* Likewise that of this row, when it is known. */
void        mail_list_filter_like(MailList *list, guint row);
guint       mail_list_group(const MailList *list);      /* LIST_ANY_GROUP: it is not filtered so */
/* As it was filtered before. */
void        mail_list_ungroup(MailList *list);

/* Looks from behind `position` (or before it) for rows in sight that have `text` in date, From or
 * Subject, around the end once. */
void        mail_list_search(MailList *list, const char *text, guint position, gboolean backward);
/* TRUE once when a search has ended; `position` LIST_NO_ROW where nothing was found; `around`: 1 where it was
 * found from the beginning on, -1 from the end on, else 0. */
gboolean    mail_list_found(MailList *list, guint *position, int *around);
gboolean    mail_list_searching(const MailList *list);
void        mail_list_stop_search(MailList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailList, mail_list_free)
