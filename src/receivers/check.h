/* check.h: the questions that receivers' rules are made of; each looks at one message.
 * SPDX-License-Identifier: MIT
 *
 * Results rest on what was recomputed, told by a trusted host, or assumed (facts of the Report);
 * what cannot be known is unknown and says what is missing. */
#pragma once

#include "facts/report.h"
#include "message/message.h"
#include "receivers/rules.h"

/* Header fields that the checks ask for, counted in one pass. */
typedef enum {
    SEEN_FROM, SEEN_SENDER, SEEN_REPLY_TO, SEEN_TO, SEEN_CC, SEEN_BCC, SEEN_DATE, SEEN_SUBJECT,
    SEEN_MESSAGE_ID, SEEN_IN_REPLY_TO, SEEN_REFERENCES, SEEN_LIST_UNSUBSCRIBE,
    SEEN_LIST_UNSUBSCRIBE_POST, SEEN_LIST_POST, SEEN_RETURN_PATH, SEEN_KINDS
} SeenField;

typedef struct {
    guint count;
    guint first;                /* index in the message, where count > 0 */
} Seen;

typedef struct {
    const Report    *report;
    const Message   *message;   /* NULL: nobody wrote it yet */
    const GPtrArray *identifiers;
    gboolean         partial;   /* a fragment: what is not there may have been cut off */
    Seen             seen[SEEN_KINDS];
} CheckInput;

typedef struct {
    Result      result;         /* RESULT_PASS FAIL UNKNOWN; RESULT_SKIPPED: not applicable */
    const char *reason;         /* stable id, with words in tree/words-receivers.c */
    char       *args[3];        /* owned */
} CheckAnswer;

/* What an answer follows from. */
typedef enum {
    LOOKS_AT_MESSAGE,
    LOOKS_AT_NAMES,             /* nothing but what names-key.c has of a message */
    LOOKS_AT_OWN_WORDS          /* the message; and its answer holds something that no other one has */
} CheckLooks;

struct ReceiverCheck {
    const char  *name;          /* in rule files; "rule." + name has words for it */
    CheckAnswer (*ask)(const CheckInput *input, const RuleSpec *rule);
    gboolean     takes_least;   /* `at-least` is needed */
    gboolean     takes_domains; /* `domains` is needed */
    CheckLooks   looks;
};

/* All of them, in no order. */
extern const ReceiverCheck receiver_checks[];
const ReceiverCheck *receiver_check_find(const char *name);

/* Names of the fields, as written in the RFCs. */
extern const char *const seen_names[];
void  check_look(const Message *message, const Report *report, CheckInput *input);

/* ---- for the files of checks ---- */

/* Up to two arguments, copied; NULL ends them. */
CheckAnswer check_answer(Result result, const char *reason, const char *first, const char *second);
/* Of rules that look at a message, where there is none yet. */
CheckAnswer check_no_message(void);
/* Unfolded value of the first field of that kind. (transfer full) */
char       *check_value(const CheckInput *input, SeenField kind);

/* check-auth.c */
CheckAnswer check_spf(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_dkim(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_either(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_dkim_key(const CheckInput *input, const RuleSpec *rule);
/* TRI_TRUE where signature `index` counts as verified. */
Tri         check_signature(const CheckInput *input, guint index);
/* check-dmarc.c */
CheckAnswer check_alignment(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_dmarc_record(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_dmarc(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_dmarc_reject(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_dmarc_quarantine(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_own_domain(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_arc(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_domain_exists(const CheckInput *input, const RuleSpec *rule);
/* What the answers at hand say about a name; NULL: nothing. */
Tri         check_name_exists(const Report *report, const char *name);
/* check-route.c */
CheckAnswer check_tls(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_ptr(const CheckInput *input, const RuleSpec *rule);
/* check-list.c */
CheckAnswer check_one_click(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_unsubscribe(const CheckInput *input, const RuleSpec *rule);
/* check-format.c */
CheckAnswer check_single_from(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_message_id(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_format(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_encoded_words(const CheckInput *input, const RuleSpec *rule);
CheckAnswer check_idn(const CheckInput *input, const RuleSpec *rule);
