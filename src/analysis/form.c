/* form.c: a web form's mail, judged for visitors of several kinds.
 * SPDX-License-Identifier: MIT */
#include "analysis/form.h"

#include "dns/overlay.h"

/* Domains under a reserved name (RFC 2606, 3), each an organization of its own. Of their SPF a form
 * needs to know only that it does not name the form's server. */
static const struct {
    const char *id, *domain, *dmarc, *spf;
} visitors[] = {
    { "p-none", "visitor-none.example", "v=DMARC1; p=none", "v=spf1 ~all" },
    { "p-quarantine", "visitor-quarantine.example", "v=DMARC1; p=quarantine", "v=spf1 ~all" },
    { "p-reject", "visitor-reject.example", "v=DMARC1; p=reject", "v=spf1 ~all" },
    { "no-dmarc", "visitor.example", NULL, "v=spf1 ~all" },
    { "no-dmarc-spf-fail", "visitor-spf.example", NULL, "v=spf1 -all" },
};

static Overlay *
visitors_dns(void)
{
    Overlay *overlay = overlay_new("assumed");

    /* The tree walk asks here as well (RFC 9989, 4.10). */
    overlay_add_status(overlay, "_dmarc.example", 0, DNS_NXDOMAIN);
    for (gsize i = 0; i < G_N_ELEMENTS(visitors); i++) {
        g_autofree char *record = g_strconcat("_dmarc.", visitors[i].domain, NULL);

        overlay_add_status(overlay, visitors[i].domain, 0, DNS_NODATA);
        overlay_add_txt(overlay, visitors[i].domain, visitors[i].spf);
        overlay_add_status(overlay, record, 0, visitors[i].dmarc ? DNS_NODATA : DNS_NXDOMAIN);
        if (visitors[i].dmarc)
            overlay_add_txt(overlay, record, visitors[i].dmarc);
    }
    return overlay;
}

typedef struct {
    const Assumptions     *said;
    Resolver              *resolver;
    const AnalysisOptions *options;
    FormAnswer            *answer;
} Run;

static gboolean
judge(const Run *run, const char *id, const char *visitor, GError **error)
{
    Assumptions said = *run->said;

    said.from = visitor;
    said.form = TRUE;
    g_autoptr(Hypothesis) hypothesis = hypothesis_read(&said, error);
    if (!hypothesis)
        return FALSE;
    if (!run->answer->own_address)
        run->answer->own_address = hypothesis_own_address(hypothesis);
    form_answer_add(run->answer, id, hypothesis_run(hypothesis, run->resolver, run->options));
    return TRUE;
}

/* What is advised is tried: the same mail with the form's own address in From:. */
static void
try_own_address(const Run *run)
{
    Assumptions said = *run->said;

    said.from = run->answer->own_address;
    said.author_exists = NULL;
    said.form = FALSE;
    g_autoptr(Hypothesis) hypothesis = said.from ? hypothesis_read(&said, NULL) : NULL;
    if (!hypothesis)
        return;
    run->answer->own = hypothesis_run(hypothesis, run->resolver, run->options);
    const Tri proved = run->answer->own->dmarc->rfc9989->result == RESULT_PASS ? TRI_TRUE
                                                                               : TRI_UNKNOWN;
    for (guint i = 0; i < run->answer->cases->len; i++) {
        const FormCase *one = run->answer->cases->pdata[i];
        const GPtrArray *advice = one->report->advice;
        if (advice->len > 0 && one->report->dmarc->rfc9989->result != RESULT_PASS)
            ((Advice *)advice->pdata[0])->proved = proved;
    }
}

static gboolean
judge_all(const Run *run, GError **error)
{
    if (run->said->from && !judge(run, "given", run->said->from, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(visitors); i++) {
        g_autofree char *address = g_strconcat("visitor@", visitors[i].domain, NULL);
        if (!judge(run, visitors[i].id, address, error))
            return FALSE;
    }
    try_own_address(run);
    return TRUE;
}

FormAnswer *
form_ask(const Assumptions *said, Resolver *resolver, const AnalysisOptions *options,
         GError **error)
{
    g_autoptr(FormAnswer) answer = form_answer_new();
    g_autoptr(Resolver) overlay = resolver_overlay(visitors_dns(), resolver);
    const Run run = { said, overlay, options, answer };

    resolver_start_log(resolver);   /* one time limit for all: they ask the same questions */
    answer->own_envelope = said->envelope.mail_from != NULL;
    return judge_all(&run, error) ? g_steal_pointer(&answer) : NULL;
}
