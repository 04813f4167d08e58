/* peers.c: putting our questions to the libraries and comparing what they say.
 * SPDX-License-Identifier: MIT */
#include "peers/peers.h"

#include <string.h>

#include "auth/step.h"
#include "base/inside.h"
#include "base/translate.h"
#include "peers/faults.h"
#include "peers/libspf2.h"
#include "peers/opendmarc.h"
#include "peers/suffixes.h"

/* Both questions while they are asked. */
struct Peers {
    Report          *report;
    Resolver        *resolver;
    const Psl       *psl;
    guint            asked;             /* answers in the resolver's log before them */
    char            *suffixes, *local;  /* parts of the questions */
    GPtrArray       *signers;
    LibSpf2Question   spf;
    OpenDmarcQuestion dmarc;
    const char      *no_spf, *no_dmarc; /* why there is no question */
    LibSpf2         *spf_asked;
    OpenDmarc       *dmarc_asked;
};

/* One opinion while it is made. */
typedef struct {
    SecondOpinion *opinion;
    const char    *standards;   /* our own results, for the finding */
    const char    *method;      /* spf, dmarc */
    int            ours;
} Opinion;

static const char *const engine_names[] = { "libspf2", "OpenDMARC" };
static const char *const engine_questions[] = { N_("SPF of MAIL FROM"), "DMARC (RFC 7489)" };
static const char *const engine_methods[] = { "spf", "dmarc" };
/* The step that its own stands under. */
static const char *const engine_steps[] = { "spf-check", "policy" };

typedef enum { ENGINE_LIBSPF2, ENGINE_OPENDMARC, ENGINES } Engine;

static int
own_result(const Report *report, Engine engine)
{
    return engine == ENGINE_LIBSPF2 ? report->spf->mail_from->result
                                    : report->dmarc->rfc7489->result;
}

/* The one that peers_announce() put there. */
static Opinion
opinion_of(const Report *report, Engine engine)
{
    return (Opinion){ .opinion = report->second_opinions->pdata[engine],
                      .method = engine_methods[engine], .ours = own_result(report, engine) };
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

static const Step *
find_step(const Step *step, const char *id)
{
    if (g_str_equal(step->id, id))
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        const Step *found = find_step(step->children->pdata[i], id);
        if (found)
            return found;
    }
    return NULL;
}

#define ASKED "second-opinion-asked"

/* The step that shows it, new or as it was announced. */
static Step *
step_of(Step *parent, const char *method)
{
    for (guint i = 0; i < parent->children->len; i++) {
        Step *step = parent->children->pdata[i];
        if (g_str_equal(step->id, ASKED) && g_str_equal(step->args->pdata[1], method))
            return step;
    }
    Step *step = step_add(parent, ASKED, NULL, NULL);
    step->folded = TRUE;
    step_decide(step, RESULT_INFO, PROVENANCE_RECOMPUTED);
    return step;
}

/* Under a step that is closed when the tree opens: it is a remark, not on the way to the verdict.
 * */
static void
note(Report *report, const Opinion *opinion, const char *under)
{
    const SecondOpinion *said = opinion->opinion;
    const Step *parent = report->tree ? find_step(report->tree, under) : NULL;

    if (!parent)
        return;
    Step *step = step_of(step_own(report->tree, parent), opinion->method);
    if (g_strcmp0(said->why, "peer-asked") != 0)
        step->id = "second-opinion";
    const char *const args[] = { opinion->method, result_words[said->result],
                                 said->why ? said->why : "second-opinion-agrees" };
    g_ptr_array_set_size(step->args, 0);
    g_ptr_array_add(step->args, name_of(said));
    for (gsize i = 0; i < G_N_ELEMENTS(args); i++)
        step_arg(step, args[i]);
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
    Opinion opinion = opinion_of(report, ENGINE_LIBSPF2);
    PeerAnswer *answer = NULL;
    const ChildEnd end = asked ? libspf2_finish(asked, &answer) : CHILD_NOT_STARTED;

    give_reason(&opinion, NULL);
    if (why_not)
        give_reason(&opinion, why_not);
    else if (take_answer(report, &opinion, end, answer))
        compare_spf(report, &opinion, answer);
    record_free(&peer_answer_type, answer);
    note(report, &opinion, engine_steps[ENGINE_LIBSPF2]);
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
    Opinion opinion = opinion_of(report, ENGINE_OPENDMARC);
    PeerAnswer *answer = NULL;
    const ChildEnd end = asked ? opendmarc_finish(asked, &answer) : CHILD_NOT_STARTED;

    give_reason(&opinion, NULL);
    if (why_not)
        give_reason(&opinion, why_not);
    else if (take_answer(report, &opinion, end, answer))
        compare_dmarc(report, &opinion, answer, psl);
    record_free(&peer_answer_type, answer);
    note(report, &opinion, engine_steps[ENGINE_OPENDMARC]);
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
peers_announce(Report *report)
{
    for (int i = 0; i < ENGINES; i++) {
        SecondOpinion *opinion = record_new(&second_opinion_type);
        opinion->engine = g_strdup(engine_names[i]);
        opinion->question = g_strdup(engine_questions[i]);
        opinion->result = RESULT_UNKNOWN;
        opinion->why = g_strdup("peer-asked");
        g_ptr_array_add(report->second_opinions, opinion);
        const Opinion announced = opinion_of(report, i);
        note(report, &announced, engine_steps[i]);
    }
}

/* Both start before either is heard: they load at the same time. */
Peers *
peers_start(Report *report, Resolver *resolver, const Psl *psl, const Stop *stop)
{
    Peers *peers = g_new0(Peers, 1);

    peers->report = report;
    peers->resolver = resolver;
    peers->psl = psl;
    peers->asked = resolver_log(resolver)->len;
    /* A confined worker sees no files: its parent looks for the list. */
    peers->suffixes = inside_confined() ? g_strdup(psl_source(psl)) : suffixes_text_path(psl_source(psl));
    peers->signers = g_ptr_array_new();
    peers->spf = spf_question(report, resolver, &peers->local);
    peers->dmarc = dmarc_question(report, resolver, peers->suffixes, peers->signers);
    peers->spf.stop = peers->dmarc.stop = stop;
    peers->no_spf = why_not_spf(report);
    peers->no_dmarc = why_not_dmarc(report, peers->suffixes);
    peers->spf_asked = peers->no_spf ? NULL : libspf2_start(&peers->spf);
    peers->dmarc_asked = peers->no_dmarc ? NULL : opendmarc_start(&peers->dmarc);
    return peers;
}

void
peers_finish(Peers *peers)
{
    hear_libspf2(peers->report, peers->spf_asked, peers->no_spf);
    hear_opendmarc(peers->report, peers->psl, peers->dmarc_asked, peers->no_dmarc);
    take_dns_log(peers->report, resolver_log(peers->resolver), peers->asked);
    g_ptr_array_unref(peers->signers);
    g_free(peers->suffixes);
    g_free(peers->local);
    g_free(peers);
}

void
peers_ask(Report *report, Resolver *resolver, const Psl *psl)
{
    peers_announce(report);
    peers_finish(peers_start(report, resolver, psl, NULL));
}

const ChildJob *
peers_child(const char *name)
{
    static const ChildJob *const jobs[] = { &libspf2_job, &opendmarc_job };

    for (gsize i = 0; i < G_N_ELEMENTS(jobs); i++)
        if (g_str_equal(jobs[i]->name, name))
            return jobs[i];
    return NULL;
}

char *
peers_describe(void)
{
    g_autofree char *spf = libspf2_version(), *dmarc = opendmarc_version();

    return g_strdup_printf("libspf2 %s, OpenDMARC %s", spf ? spf : _("missing"),
                           dmarc ? dmarc : _("missing"));
}
