/* question-inputs.c: what there is to go by, without what comes of it.
 * SPDX-License-Identifier: MIT
 *
 * Nothing that a check computed stands here: no hash, no count, no organization, no result. */
#include <string.h>

#include "base/text.h"
#include "base/translate.h"
#include "base/instant.h"
#include "lesson/question-part.h"

enum {
    INPUTS_MAX = 14,
    ANSWERS_MAX = 8,
    RECORDS_MAX = 3,
    VALUE_MAX = 300,
    KEY_MAX = 60,
    NAMES_MAX = 6
};

static void
add(Question *question, const char *name, const char *value, Provenance provenance)
{
    if (!value || question->inputs->len >= INPUTS_MAX)
        return;
    StepInput *input = record_new(&step_input_type);
    input->name = g_intern_string(name);     /* the few of a question stay, names of DNS among them */
    const gsize length = strlen(value), shown = text_cut(value, length, VALUE_MAX);
    input->value = shown < length ? g_strdup_printf("%.*s ..", (int)shown, value) : g_strdup(value);
    input->provenance = (int)provenance;
    g_ptr_array_add(question->inputs, input);
}

/* ---- DNS ---- */

/* The answer to a question about DNS that was asked; or NULL. (transfer none) */
static const DnsAnswer *
answer_to(const Report *report, const char *name, const char *type)
{
    for (guint i = 0; name && i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (g_ascii_strcasecmp(answer->name, name) == 0 && g_str_equal(answer->type, type))
            return answer;
    }
    return NULL;
}

/* (transfer full) */
static char *
record_text(const DnsAnswer *answer, const DnsRecord *record)
{
    gsize length = 0;
    const char *data = record->data ? g_bytes_get_data(record->data, &length) : NULL;

    if (g_str_equal(answer->type, "TXT") && data)
        return g_strndup(data, MIN(length, (gsize)4 * VALUE_MAX));
    return g_strdup(record->text ? record->text : "");
}

char *
question_record(const Report *report, const char *name, const char *start)
{
    const DnsAnswer *answer = answer_to(report, name, "TXT");

    for (guint i = 0; answer && i < answer->records->len; i++) {
        g_autofree char *text = record_text(answer, answer->records->pdata[i]);
        if (g_ascii_strncasecmp(text, start, strlen(start)) == 0)
            return g_steal_pointer(&text);
    }
    return NULL;
}

/* A public key is long, and nobody reads it: but whether there is one. */
static char *
without_key(const char *text)
{
    const char *key = strstr(text, "p=");

    if (!key || strlen(key) <= KEY_MAX)
        return g_strdup(text);
    return g_strdup_printf("%.*s ..", (int)text_cut(text, strlen(text), (gsize)(key - text) + KEY_MAX / 2), text);
}

static char *
answer_text(const DnsAnswer *answer)
{
    static const char *const states[] = {
        [DNS_NODATA] = N_("(nothing there)"),
        [DNS_NXDOMAIN] = N_("(no such name)"),
        [DNS_SERVFAIL] = N_("(DNS did not answer)"),
        [DNS_TIMEOUT] = N_("(DNS did not answer)"),
        [DNS_BOGUS] = N_("(DNSSEC: not to be believed)"),
        [DNS_NOT_IN_SNAPSHOT] = N_("(not in the snapshot)"),
        [DNS_OFFLINE] = N_("(not asked: offline)"),
    };
    g_autoptr(GString) out = g_string_new(NULL);

    if (answer->status != DNS_NOERROR)
        return g_strdup(states[answer->status]);
    for (guint i = 0; i < answer->records->len && i < RECORDS_MAX; i++) {
        g_autofree char *text = record_text(answer, answer->records->pdata[i]);
        g_autofree char *shown =
            strstr(answer->name, "._domainkey.") ? without_key(text) : g_strdup(text);
        g_string_append_printf(out, "%s%s", i > 0 ? "  |  " : "", shown);
    }
    if (answer->records->len > RECORDS_MAX)
        g_string_append(out, "  | ..");
    return g_strdup(out->len > 0 ? out->str : states[DNS_NODATA]);
}

static void
add_answer(Question *question, const DnsAnswer *answer)
{
    g_autofree char *name = g_strdup_printf("%s %s", answer->name, answer->type);
    g_autofree char *text = answer_text(answer);

    for (guint i = 0; i < question->inputs->len; i++)
        if (g_str_equal(((const StepInput *)question->inputs->pdata[i])->name, name))
            return;
    add(question, name, text, PROVENANCE_MESSAGE);
}

/* What the step and those below it asked. */
static void
add_answers(Question *question, const Report *report, const Step *step, guint *left)
{
    for (guint i = 0; i < step->evidence->len && *left > 0; i++) {
        const Evidence *item = step->evidence->pdata[i];
        const DnsAnswer *answer = item->kind == EVIDENCE_DNS && item->type
                                      ? answer_to(report, item->name, item->type)
                                      : NULL;
        if (answer) {
            add_answer(question, answer);
            --*left;
        }
    }
    for (guint i = 0; i < step->children->len && *left > 0; i++)
        add_answers(question, report, step->children->pdata[i], left);
}

static void
add_dns(Question *question, const Report *report)
{
    guint left = ANSWERS_MAX;

    add_answers(question, report, question->step, &left);
}

/* ---- names of the message ---- */

static void
add_from(Question *question, const Collect *collect, gboolean whole)
{
    const GPtrArray *addresses = collect->report->from->addresses;

    for (guint i = 0; i < addresses->len && i < NAMES_MAX; i++) {
        const Mailbox *mailbox = addresses->pdata[i];
        g_autofree char *named = whole && mailbox->name && mailbox->address
                                     ? g_strdup_printf("%s <%s>", mailbox->name, mailbox->address)
                                     : NULL;
        add(question, "From:",
            named              ? named
            : mailbox->address ? mailbox->address
                               : mailbox->domain,
            PROVENANCE_MESSAGE);
    }
}

static void
add_envelope(Question *question, const Collect *collect)
{
    const Envelope *envelope = collect->report->envelope;
    const gboolean null_sender = envelope_is_null_sender(envelope);

    add(question, "mail-from",
        null_sender                  ? "<>"
        : envelope->mail_from->value ? envelope->mail_from->value
                                     : N_("(not in this message)"),
        (Provenance)envelope->mail_from->provenance);
    if (null_sender || question->kind == QUESTION_SPF)
        add(question, "helo", envelope->helo->value, (Provenance)envelope->helo->provenance);
}

static void
add_signers(Question *question, const Collect *collect)
{
    const GPtrArray *dkim = collect->report->dkim;

    for (guint i = 0; i < dkim->len && i < NAMES_MAX; i++)
        add(question, "DKIM d=", ((const DkimResult *)dkim->pdata[i])->domain, PROVENANCE_MESSAGE);
}

static void
add_others(Question *question, const Collect *collect)
{
    const OtherSender *sender = collect->report->sender, *reply_to = collect->report->reply_to;

    add(question, "Sender:", sender ? sender->address : NULL, PROVENANCE_MESSAGE);
    add(question, "Reply-To:", reply_to ? reply_to->address : NULL, PROVENANCE_MESSAGE);
}

/* Where not all of the message is at hand, something cannot be known. */
static void
add_fidelity(Question *question, const Collect *collect)
{
    const char *fidelity = collect->report->source->fidelity;

    if (g_strcmp0(fidelity, "raw") != 0)
        add(question, "fidelity", fidelity, PROVENANCE_MESSAGE);
}

/* ---- by kind ---- */

static void
add_spf(Question *question, const Collect *collect)
{
    const EnvelopeItem *ip = collect->report->envelope->client_ip;

    add_from(question, collect, FALSE);
    add_envelope(question, collect);
    add(question, "client-ip", ip->value ? ip->value : N_("(not known)"),
        (Provenance)ip->provenance);
    add_dns(question, collect->report);
}

static void
add_dkim(Question *question, const Collect *collect, const DkimResult *signature)
{
    if (!signature)
        return;
    g_autoptr(GString) fields = g_string_new(NULL);
    for (guint i = 0; i < signature->signed_fields->len && fields->len <= VALUE_MAX; i++)
        g_string_append_printf(fields, "%s%s", i > 0 ? ":" : "", (const char *)signature->signed_fields->pdata[i]);
    g_autofree char *made = instant_text(signature->signed_at),
                    *until = instant_text(signature->expires_at);
    add(question, "DKIM d=", signature->domain, PROVENANCE_MESSAGE);
    add(question, "selector", signature->selector, PROVENANCE_MESSAGE);
    add(question, "algorithm", signature->algorithm, PROVENANCE_MESSAGE);
    add(question, "canonicalization", signature->canonicalization, PROVENANCE_MESSAGE);
    add(question, "signed-fields", fields->str, PROVENANCE_MESSAGE);
    add(question, "signed-at", made, PROVENANCE_MESSAGE);
    add(question, "expires-at", until, PROVENANCE_MESSAGE);
    add_fidelity(question, collect);
    add(question, "mailing-list", collect->report->source->list, PROVENANCE_MESSAGE);
    add_dns(question, collect->report);
}

/* The tag of the record that governs; the organizations are for the learner to find. */
static void
add_alignment(Question *question, const Collect *collect, const About *about)
{
    const Step *step = question->step;

    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        if (!g_str_has_suffix(input->name, "org-domain"))
            add(question, input->name, input->value, (Provenance)input->provenance);
    }
    if (about->signature && about->signature->identity)
        add(question, "DKIM i=", about->signature->identity, PROVENANCE_MESSAGE);
    add(question, "record", collect->dmarc->record, PROVENANCE_MESSAGE);
    add_dns(question, collect->report);
}

/* Records of other names stand beside those of the author: which one governs is the question. */
static void
add_policy(Question *question, const Collect *collect, const About *about)
{
    const Report *report = collect->report;

    add(question, "author-domain", about->author, PROVENANCE_MESSAGE);
    add_envelope(question, collect);
    add_signers(question, collect);
    add_dns(question, report);
    for (guint i = 0; i < collect->dmarc->queries->len && i < ANSWERS_MAX; i++) {
        const DnsAnswer *answer = answer_to(report, collect->dmarc->queries->pdata[i], "TXT");
        if (answer && answer->records->len > 0)
            add_answer(question, answer);
    }
}

static void
add_arc(Question *question, const Collect *collect)
{
    const ArcResult *arc = collect->report->arc;
    const GPtrArray *instances = arc ? arc->instances : NULL;

    for (guint i = 0; instances && i < instances->len && i < NAMES_MAX; i++) {
        const ArcInstance *instance = instances->pdata[i];
        g_autofree char *name = g_strdup_printf("ARC i=%d", (int)instance->i);
        g_autofree char *value =
            g_strdup_printf("%s, cv=%s", instance->sealer ? instance->sealer : "?",
                            instance->cv ? instance->cv : "?");
        add(question, name, value, PROVENANCE_MESSAGE);
    }
    add(question, "mailing-list", collect->report->source->list, PROVENANCE_MESSAGE);
}

void
question_add_inputs(Question *question, const Collect *collect, const About *about)
{
    switch (question->kind) {
    case QUESTION_POLICY:
        add_policy(question, collect, about);
        break;
    case QUESTION_SPF:
        add_spf(question, collect);
        break;
    case QUESTION_SPF_ALIGNED:
    case QUESTION_DKIM_ALIGNED:
        add_alignment(question, collect, about);
        break;
    case QUESTION_DKIM:
    case QUESTION_FORGED:
        add_dkim(question, collect, about->signature);
        break;
    case QUESTION_ARC:
        add_arc(question, collect);
        break;
    case QUESTION_ASKED:
    case QUESTION_MUST:
    case QUESTION_HARMLESS:
        add_from(question, collect, FALSE);
        add(question, "record", collect->dmarc->record, PROVENANCE_MESSAGE);
        add(question, "record-domain", collect->dmarc->record_domain, PROVENANCE_MESSAGE);
        break;
    case QUESTION_REFUSED:
        add(question, "record", collect->report->spf->mail_from->record, PROVENANCE_MESSAGE);
        break;
    default:
        add_from(question, collect, TRUE);
        add_envelope(question, collect);
        add_signers(question, collect);
        add_others(question, collect);
        break;
    }
}
