/* peers.c: putting our questions to the libraries and comparing what they say.
 * SPDX-License-Identifier: MIT */
#include "peers/peers.h"

#include <string.h>

#include "auth/step.h"
#include "base/translate.h"
#include "peers/faults.h"
#include "peers/libspf2.h"
#include "peers/opendmarc.h"
#include "peers/suffixes.h"

/* One opinion while it is made. */
typedef struct {
    SecondOpinion *opinion;
    const char    *standards;   /* our own results, for the finding */
    const char    *method;      /* spf, dmarc */
    int            ours;
} Opinion;

static Opinion
opinion_new(Report *report, const char *engine, const char *question, const char *method, int ours)
{
    SecondOpinion *opinion = record_new(&second_opinion_type);

    opinion->engine = g_strdup(engine);
    opinion->question = g_strdup(question);
    opinion->result = RESULT_UNKNOWN;
    g_ptr_array_add(report->second_opinions, opinion);
    return (Opinion){ .opinion = opinion, .method = method, .ours = ours };
}

static void
give_reason(Opinion *opinion, const char *why)
{
    g_free(opinion->opinion->why);
    opinion->opinion->why = g_strdup(why);
}

/* ---- showing it ---- */

static char *
name_of(const SecondOpinion *opinion)
{
    return opinion->version ? g_strdup_printf("%s %s", opinion->engine, opinion->version)
                            : g_strdup(opinion->engine);
}

static Step *
find_step(Step *step, const char *id)
{
    if (g_str_equal(step->id, id))
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        Step *found = find_step(step->children->pdata[i], id);
        if (found)
            return found;
    }
    return NULL;
}

/* Under a step that is closed when the tree opens: it is a remark, not on the way to the verdict.
 * */
static void
note(Report *report, const Opinion *opinion, const char *under)
{
    const SecondOpinion *said = opinion->opinion;
    Step *parent = report->tree ? find_step(report->tree, under) : NULL;
    g_autofree char *name = name_of(said);

    if (!parent)
        return;
    Step *step = step_add(parent, "second-opinion", NULL, name, opinion->method,
                          result_words[said->result],
                          said->why ? said->why : "second-opinion-agrees", NULL);
    step->folded = TRUE;
    step_decide(step, RESULT_INFO, PROVENANCE_RECOMPUTED);
}

/* It would let through what the standard does not. */
static gboolean
passes_wrongly(const Opinion *opinion)
{
    return opinion->opinion->result == RESULT_PASS && opinion->ours != RESULT_PASS;
}

static void
report_difference(Report *report, const Opinion *opinion)
{
    const SecondOpinion *said = opinion->opinion;
    g_autofree char *name = name_of(said);

    report_add_finding(report, "second-opinion-differs",
                       passes_wrongly(opinion) ? SEVERITY_WARNING : SEVERITY_INFO, name,
                       opinion->method, result_words[said->result], opinion->standards, said->why,
                       NULL);
}

/* ---- what became of the child ---- */

static const char *
why_no_answer(ChildEnd end)
{
    switch (end) {
    case CHILD_NOT_STARTED:
        return "peer-missing";
    case CHILD_CRASHED:
        return "peer-crashed";
    case CHILD_TIMED_OUT:
        return "peer-timed-out";
    default:
        return "peer-nonsense";
    }
}

/* FALSE: it has no opinion, and `opinion` says why. */
static gboolean
take_answer(Report *report, Opinion *opinion, ChildEnd end, const PeerAnswer *answer)
{
    if (end != CHILD_ANSWERED) {
        give_reason(opinion, why_no_answer(end));
        if (end == CHILD_CRASHED)
            report_add_finding(report, "second-opinion-crashed", SEVERITY_WARNING,
                               opinion->opinion->engine, opinion->method, NULL);
        return FALSE;
    }
    opinion->opinion->version = answer->version ? g_strndup(answer->version, 32) : NULL;
    if (answer->open || answer->result == RESULT_UNKNOWN) {
        give_reason(opinion, "peer-open");
        return FALSE;
    }
    opinion->opinion->result = answer->result;
    opinion->opinion->agrees = answer->result == opinion->ours;
    return TRUE;
}

/* ---- libspf2 ---- */

static gboolean
explains_alike(const SpfResult *ours, const PeerAnswer *answer)
{
    return !ours->explanation || !answer->explanation ||
           strstr(answer->explanation, ours->explanation);
}

static void
compare_spf(Report *report, Opinion *opinion, const PeerAnswer *answer)
{
    const SpfResult *ours = report->spf->mail_from;
    g_autofree char *standards = g_strdup_printf("RFC 7208: %s", result_words[ours->result]);

    opinion->standards = standards;
    if (opinion->opinion->agrees && explains_alike(ours, answer))
        return;
    give_reason(opinion, faults_of_libspf2(report, answer));
    if (!opinion->opinion->agrees)
        report_difference(report, opinion);
    opinion->standards = NULL;
}

/* There was a question at all, and our own answer is there to compare. */
static const char *
why_not_spf(const Report *report)
{
    const SpfResult *ours = report->spf->mail_from;

    if (!ours->domain || !report->envelope->client_ip->address ||
        g_strcmp0(ours->reason, "bad-domain") == 0)
        return "peer-no-question";
    return ours->provenance == PROVENANCE_RECOMPUTED ? NULL : "peer-own-open";
}

static LibSpf2Question
spf_question(const Report *report, Resolver *resolver, char **local)
{
    const Envelope *envelope = report->envelope;

    *local = envelope_local_part(envelope);
    return (LibSpf2Question){
        .ip = envelope->client_ip->address, .domain = report->spf->mail_from->domain,
        .local_part = *local, .resolver = resolver,
        .helo = envelope_helo(envelope),
    };
}

static void
hear_libspf2(Report *report, LibSpf2 *asked, const char *why_not)
{
    Opinion opinion = opinion_new(report, "libspf2", N_("SPF of MAIL FROM"), "spf",
                                  report->spf->mail_from->result);
    PeerAnswer *answer = NULL;
    const ChildEnd end = asked ? libspf2_finish(asked, &answer) : CHILD_NOT_STARTED;

    if (why_not)
        give_reason(&opinion, why_not);
    else if (take_answer(report, &opinion, end, answer))
        compare_spf(report, &opinion, answer);
    record_free(&peer_answer_type, answer);
    note(report, &opinion, "spf-check");
}

/* ---- OpenDMARC ---- */

static gboolean
has_open_input(const DmarcResult *ours)
{
    for (guint i = 0; i < ours->identifiers->len; i++)
        if (((const Identifier *)ours->identifiers->pdata[i])->authenticated == TRI_UNKNOWN)
            return TRUE;
    return FALSE;
}

/* What is not known counts as "did not pass" in there: a result other than pass is then worth
 * nothing. */
static void
compare_dmarc(Report *report, Opinion *opinion, const PeerAnswer *answer, const Psl *psl)
{
    const DmarcPair *ours = report->dmarc;
    g_autofree char *standards =
        g_strdup_printf("RFC 7489: %s, RFC 9989: %s", result_words[ours->rfc7489->result],
                        result_words[ours->rfc9989->result]);

    if (answer->result != RESULT_PASS && has_open_input(ours->rfc7489)) {
        opinion->opinion->result = RESULT_UNKNOWN;
        opinion->opinion->agrees = FALSE;
        give_reason(opinion, "peer-inputs-open");
        return;
    }
    if (opinion->opinion->agrees)
        return;
    opinion->standards = standards;
    give_reason(opinion, faults_of_opendmarc(report, answer, psl));
    report_difference(report, opinion);
    opinion->standards = NULL;
}

static OpenDmarcQuestion
dmarc_question(const Report *report, Resolver *resolver, const char *suffixes, GPtrArray *signers)
{
    const GPtrArray *identifiers = report->dmarc->rfc7489->identifiers;
    OpenDmarcQuestion question = { .author = report->from->domain, .suffixes = suffixes,
                                   .resolver = resolver, .dkim_domains = signers };

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *id = identifiers->pdata[i];
        if (id->authenticated != TRI_TRUE || !id->domain)
            continue;
        if (g_str_equal(id->mechanism, "dkim"))
            g_ptr_array_add(signers, id->domain);
        else if (!question.spf_domain)
            question.spf_domain = id->domain;
    }
    question.spf_helo = envelope_is_null_sender(report->envelope);
    return question;
}

static const char *
why_not_dmarc(const Report *report, const char *suffixes)
{
    if (!report->from->domain)
        return "peer-no-question";
    if (report->dmarc->rfc7489->result == RESULT_UNKNOWN)
        return "peer-own-open";
    return suffixes ? NULL : "peer-missing";
}

static void
hear_opendmarc(Report *report, const Psl *psl, OpenDmarc *asked, const char *why_not)
{
    Opinion opinion = opinion_new(report, "OpenDMARC", "DMARC (RFC 7489)", "dmarc",
                                  report->dmarc->rfc7489->result);
    PeerAnswer *answer = NULL;
    const ChildEnd end = asked ? opendmarc_finish(asked, &answer) : CHILD_NOT_STARTED;

    if (why_not)
        give_reason(&opinion, why_not);
    else if (take_answer(report, &opinion, end, answer))
        compare_dmarc(report, &opinion, answer, psl);
    record_free(&peer_answer_type, answer);
    note(report, &opinion, "policy");
}

/* ---- both ---- */

/* What only the libraries wanted to know; not where nobody could be asked. */
static void
take_dns_log(Report *report, const GPtrArray *log, guint from)
{
    for (guint i = from; i < log->len; i++)
        if (!dns_is_unknown(log->pdata[i]))
            g_ptr_array_add(report->dns, record_copy(&dns_answer_type, log->pdata[i]));
}

void
peers_ask(Report *report, Resolver *resolver, const Psl *psl)
{
    const guint asked = resolver_log(resolver)->len;

    g_autofree char *suffixes = suffixes_text_path(psl_source(psl)), *local = NULL;
    g_autoptr(GPtrArray) signers = g_ptr_array_new();
    const LibSpf2Question spf = spf_question(report, resolver, &local);
    const OpenDmarcQuestion dmarc = dmarc_question(report, resolver, suffixes, signers);
    const char *no_spf = why_not_spf(report), *no_dmarc = why_not_dmarc(report, suffixes);

    /* Both start before either is heard: they load at the same time. */
    LibSpf2 *spf_asked = no_spf ? NULL : libspf2_start(&spf);
    OpenDmarc *dmarc_asked = no_dmarc ? NULL : opendmarc_start(&dmarc);
    hear_libspf2(report, spf_asked, no_spf);
    hear_opendmarc(report, psl, dmarc_asked, no_dmarc);
    take_dns_log(report, resolver_log(resolver), asked);
}

char *
peers_describe(void)
{
    g_autofree char *spf = libspf2_version(), *dmarc = opendmarc_version();

    return g_strdup_printf("libspf2 %s, OpenDMARC %s", spf ? spf : _("missing"),
                           dmarc ? dmarc : _("missing"));
}
