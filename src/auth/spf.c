/* spf.c: check_host() (RFC 7208, 4), noting each step while it decides.
 * SPDX-License-Identifier: MIT */
#include "auth/spf.h"

#include <string.h>

#include "auth/earlier.h"
#include "auth/spf-check.h"
#include "base/name.h"

static Result check_domain(SpfCheck *check, const char *domain, Step *parent, guint depth,
                           gboolean outer);

/* ---- the record ---- */

/* 4.4 to 4.6: RESULT_YES and the sound record of `domain`, or why there is none. */
static Result
find_record(SpfCheck *check, const char *domain, Step *step, SpfRecord **record)
{
    const DnsAnswer *answer = resolver_ask(check->resolver, domain, DNS_TXT);

    step_dns(step, check->resolver, answer);
    switch (spf_fetch(answer, resolver_memo(check->resolver), record)) {
    case SPF_FETCH_TROUBLE:
        step_arg(step, "");
        return spf_judge(check, answer);
    case SPF_FETCH_NONE:
        step_arg(step, "");
        return spf_end(check, RESULT_NONE, "no-record");
    case SPF_FETCH_SEVERAL:
        step_arg(step, "");
        spf_decide(step_add(step, "spf-several", "RFC 7208, 4.5", domain, NULL), RESULT_PERMERROR);
        return spf_end(check, RESULT_PERMERROR, "several-records");
    case SPF_FETCH_OK:
        break;
    }
    step_arg(step, (*record)->text);
    if (!(*record)->fault)
        return RESULT_YES;
    spf_decide(step_add(step, "spf-syntax", "RFC 7208, 4.6", domain, (*record)->fault, NULL),
           RESULT_PERMERROR);
    return spf_end(check, RESULT_PERMERROR, "syntax");
}

static Result
note_record(SpfCheck *check, const char *domain, Step *parent, SpfRecord **record)
{
    Step *step = step_add(parent, "spf-record", "RFC 7208, 4.5", domain, NULL);
    const Result result = find_record(check, domain, step, record);

    spf_decide(step, result);
    if (*record && !check->out->record)
        check->out->record = g_strdup((*record)->text);
    return result;
}

/* ---- terms ---- */

/* 5.2: only a pass matches, and a name without a record is the publisher's mistake. */
static Result
match_include(SpfCheck *check, Step *step, const char *name, guint depth)
{
    switch (name ? check_domain(check, name, step, depth + 1, FALSE) : RESULT_NONE) {
    case RESULT_PASS:
        return RESULT_YES;
    case RESULT_FAIL: case RESULT_SOFTFAIL: case RESULT_NEUTRAL:
        return RESULT_NO;
    case RESULT_TEMPERROR:
        return RESULT_TEMPERROR;
    case RESULT_UNKNOWN:
        return RESULT_UNKNOWN;
    case RESULT_NONE:
        return spf_end(check, RESULT_PERMERROR, "include-none");
    default:
        return RESULT_PERMERROR;
    }
}

/* 4.6.4: the eleventh term that asks DNS ends the check, unasked. */
static gboolean
within_limit(SpfCheck *check, const SpfClause *clause)
{
    if (!spf_clause_looks_up(clause) || ++check->out->lookups <= SPF_LOOKUPS_MAX)
        return TRUE;
    g_free(check->out->crossed);
    check->out->crossed = g_strdup(clause->text);
    check->reason = "too-many-lookups";
    return FALSE;
}

/* The target as a name: RESULT_YES with `*name`, which is NULL when no such name can be. */
static Result
expand_target(SpfCheck *check, Step *step, const SpfClause *clause, const char *domain, char **name)
{
    Result known = RESULT_YES;

    if (clause->target)
        known = spf_expand_name(check, step, clause->target, domain, name);
    else if (spf_clause_looks_up(clause))
        *name = g_strdup(domain);
    spf_note_args(check, step, clause, *name, domain);
    return known;
}

static Result
match_clause(SpfCheck *check, Step *step, const SpfClause *clause, const char *domain, guint depth)
{
    g_autofree char *name = NULL;

    if (!within_limit(check, clause)) {
        spf_note_args(check, step, clause, NULL, domain);
        return RESULT_PERMERROR;
    }
    const Result known = expand_target(check, step, clause, domain, &name);
    if (known != RESULT_YES)
        return known;
    switch (clause->kind) {
    case SPF_ALL:
        return RESULT_YES;
    case SPF_IP4: case SPF_IP6:
        return spf_match_network(check, clause);
    case SPF_INCLUDE:
        return match_include(check, step, name, depth);
    default:
        /* 4.8: a name that DNS cannot hold has no addresses. */
        return name ? spf_match_name(check, step, clause, name) : RESULT_NO;
    }
}

static Result
try_clause(SpfCheck *check, const SpfClause *clause, const char *domain, Step *parent, guint depth)
{
    Step *step = spf_note_term(parent, clause);
    SpfTerm *term = spf_trace(check, clause, domain, depth);
    const Result result = match_clause(check, step, clause, domain, depth);

    spf_note_end(check, term, step, result);
    step->folded = clause->kind == SPF_INCLUDE && result == RESULT_NO;
    return result;
}

/* 6.1: the other record's answer is ours; its step says whether there was one. */
static Result
follow_redirect(SpfCheck *check, const SpfClause *clause, const char *domain, Step *parent,
                guint depth, gboolean outer)
{
    g_autofree char *name = NULL;
    Step *step = spf_note_term(parent, clause);
    SpfTerm *term = spf_trace(check, clause, domain, depth);
    Result result = RESULT_PERMERROR;

    if (within_limit(check, clause)) {
        const Result known = expand_target(check, step, clause, domain, &name);
        if (known == RESULT_UNKNOWN || known == RESULT_PERMERROR)
            result = known;
        else
            result = name ? check_domain(check, name, step, depth + 1, outer) : RESULT_NONE;
    } else {
        spf_note_args(check, step, clause, NULL, domain);
    }
    if (result == RESULT_NONE)
        result = spf_end(check, RESULT_PERMERROR, "redirect-none");
    spf_note_end(check, term, step,
                result == RESULT_TEMPERROR || result == RESULT_PERMERROR ||
                result == RESULT_UNKNOWN ? result : RESULT_YES);
    return result;
}

/* ---- a record ---- */

/* The exp= of the record that said fail, never one of an include (6.2). */
static void
keep_explanation(SpfCheck *check, const SpfRecord *record, const char *domain)
{
    if (!record->exp)
        return;
    check->exp_target = g_strdup(record->exp->target);
    check->exp_domain = g_strdup(domain);
}

static Result
evaluate(SpfCheck *check, const SpfRecord *record, const char *domain, Step *parent, guint depth,
         gboolean outer)
{
    for (guint i = 0; i < record->mechanisms->len; i++) {
        const SpfClause *clause = record->mechanisms->pdata[i];
        const Result result = try_clause(check, clause, domain, parent, depth);
        if (result == RESULT_NO)
            continue;
        spf_note_rest(check, record, i + 1, domain, parent);
        if (result != RESULT_YES)
            return result;
        if (outer)
            check->out->matched = g_strdup(clause->text);
        if (outer && clause->outcome == RESULT_FAIL)
            keep_explanation(check, record, domain);
        return spf_end(check, clause->outcome, "matched");
    }
    if (record->redirect)
        return follow_redirect(check, record->redirect, domain, parent, depth, outer);
    return spf_end(check, RESULT_NEUTRAL, "no-match");
}

/* check_host() for one domain. Depth is bounded by the limit of lookups. `outer`: its answer is the
 * answer, not that of an include. */
static Result
check_domain(SpfCheck *check, const char *domain, Step *parent, guint depth, gboolean outer)
{
    g_autoptr(SpfRecord) record = NULL;

    if (name_labels(domain) < 2)        /* 4.3 */
        return spf_end(check, RESULT_NONE, "bad-domain");
    const Result found = note_record(check, domain, parent, &record);
    if (found != RESULT_YES)
        return found;
    return evaluate(check, record, domain, parent, depth, outer);
}

/* ---- explanation ---- */

/* The only TXT record there, as far as it is a text that macros may stand in; or NULL. */
static char *
explanation_template(const DnsAnswer *answer)
{
    gsize length = 0;

    if (dns_is_unknown(answer) || dns_is_trouble(answer) || answer->records->len != 1)
        return NULL;
    const DnsRecord *record = answer->records->pdata[0];
    const char *text = record->data ? g_bytes_get_data(record->data, &length) : NULL;
    if (!text || !spf_macro_valid(text, length, SPF_MACRO_EXPLAIN))
        return NULL;
    return g_strndup(text, length);
}

/* 6.2: any trouble means that there is no explanation. Nothing here counts for a limit. */
static void
explain(SpfCheck *check, Step *parent)
{
    g_autofree char *name = NULL;
    const char *reason = check->reason;

    if (!check->exp_target)
        return;
    Step *step = step_add(parent, "spf-exp", "RFC 7208, 6.2", check->exp_target, NULL);
    check->unlimited = TRUE;
    if (spf_expand_name(check, step, check->exp_target, check->exp_domain, &name) == RESULT_YES &&
        name) {
        const DnsAnswer *answer = resolver_ask(check->resolver, name, DNS_TXT);
        g_autofree char *text = explanation_template(answer);
        step_dns(step, check->resolver, answer);
        if (text)
            check->out->explanation = spf_expand_text(check, step, text, check->exp_domain);
    }
    check->unlimited = FALSE;
    check->reason = reason;
    step_arg(step, check->out->explanation ? check->out->explanation : "");
    spf_decide(step, check->out->explanation ? RESULT_INFO : RESULT_NONE);
}

/* ---- the question ---- */

/* 5: an IPv4 address inside IPv6 is IPv4. */
static gboolean
read_client(SpfCheck *check, const char *ip)
{
    static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };

    if (!ip)
        return FALSE;
    if (inet_pton(AF_INET, ip, check->ip) == 1) {
        check->ip_size = 4;     /* such a text has one form only */
        return g_strlcpy(check->ip_text, ip, sizeof check->ip_text) < sizeof check->ip_text;
    }
    if (inet_pton(AF_INET6, ip, check->ip) == 1)
        check->ip_size = 16;
    else
        return FALSE;
    if (check->ip_size == 16 && memcmp(check->ip, mapped, sizeof mapped) == 0) {
        memmove(check->ip, check->ip + 12, 4);
        check->ip_size = 4;
    }
    return inet_ntop(check->ip_size == 4 ? AF_INET : AF_INET6, check->ip, check->ip_text,
                     sizeof check->ip_text) != NULL;
}

/* %{i}: dotted quad, or 32 nibbles between dots (7.3). */
static char *
dotted_client(const SpfCheck *check)
{
    static const char digits[] = "0123456789ABCDEF";
    char text[4 * 16];

    if (check->ip_size == 4)
        return g_strdup(check->ip_text);
    for (gsize i = 0; i < 16; i++) {
        text[4 * i] = digits[check->ip[i] >> 4];
        text[4 * i + 2] = digits[check->ip[i] & 0xF];
        text[4 * i + 1] = text[4 * i + 3] = '.';
    }
    text[sizeof text - 1] = '\0';
    return g_strdup(text);
}

/* Whoever asks says under its own step how the address is known. */
static Provenance
provenance_of_client(const Step *parent)
{
    for (guint i = 0; i < parent->inputs->len; i++) {
        const StepInput *input = parent->inputs->pdata[i];
        if (g_str_equal(input->name, "client-ip"))
            return (Provenance)input->provenance;
    }
    return PROVENANCE_MESSAGE;
}

/* 4.3: a domain that can have no record. HELO is often an address. */
static char *
checkable_domain(const char *domain)
{
    g_autofree char *name = name_normalise(domain);

    if (!name || *name == '[' || name_labels(name) < 2 || g_hostname_is_ip_address(name))
        return NULL;
    return g_steal_pointer(&name);
}

static Result
run(SpfCheck *check, Step *parent)
{
    const SpfQuestion *question = check->question;

    if (!question->domain)
        return spf_end(check, RESULT_UNKNOWN, "no-domain");
    check->sender_domain = checkable_domain(question->domain);
    check->out->domain = g_strdup(check->sender_domain ? check->sender_domain : question->domain);
    if (!check->sender_domain)
        return spf_end(check, RESULT_NONE, "bad-domain");
    if (!read_client(check, question->ip))
        return spf_end(check, RESULT_UNKNOWN, "no-ip");
    check->ip_dotted = dotted_client(check);
    check->ip_provenance = provenance_of_client(parent);
    const Result result = check_domain(check, check->sender_domain, parent, 0, TRUE);
    if (result == RESULT_FAIL)
        explain(check, parent);
    if (check->out->record)
        check->out->record_lookups = spf_count_lookups(check, check->sender_domain);
    return result;
}

static SpfResult *
check_anew(const SpfQuestion *question, Resolver *resolver, Step *root, gboolean *personal)
{
    SpfResult *out = record_new(&spf_result_type);
    SpfCheck check = { .question = question, .resolver = resolver, .out = out };

    out->lookups = 0;
    out->void_lookups = 0;
    out->result = run(&check, root);
    out->reason = check.reason;
    if (out->result != RESULT_PERMERROR)    /* an unknown answer came before the limit */
        g_clear_pointer(&out->crossed, g_free);
    out->provenance = out->result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED;
    *personal = check.personal;
    g_free(check.sender_domain);
    g_free(check.ip_dotted);
    g_free(check.exp_target);
    g_free(check.exp_domain);
    return out;
}

/* All that the result and the steps follow from, where no macro asks for more; NULL where nothing would be asked. */
static char *
key_of(const SpfQuestion *question, const Step *root)
{
    const char provenance[] = { (char)('a' + provenance_of_client(root)), '\0' };

    if (!question->domain || !question->ip || strlen(question->domain) > NAME_MAX_OCTETS)
        return NULL;
    return g_strconcat(root->id, " ", provenance, " ", question->ip, " ", question->domain, NULL);
}

static void
free_result(gpointer result)
{
    record_free(&spf_result_type, result);
}

/* An earlier message's result, or a new one. */
static SpfResult *
check_under(const SpfQuestion *question, Resolver *resolver, Step *root)
{
    g_autofree char *key = key_of(question, root);
    SpfResult *out = key ? earlier_find(resolver, key, root) : NULL;
    gboolean personal = FALSE;

    if (out)
        return record_share(&spf_result_type, out);
    Earlier earlier = earlier_begin(resolver, root);
    out = check_anew(question, resolver, root, &personal);
    const gboolean keeps = key && !personal;
    if (personal && question->personal)
        *question->personal = TRUE;
    earlier_end(&earlier, key, keeps ? record_share(&spf_result_type, out) : NULL, free_result);
    return out;
}

SpfResult *
spf_check(const SpfQuestion *question, Resolver *resolver, Step *parent)
{
    if (parent)
        return check_under(question, resolver, parent);
    Step *root = step_add(NULL, "spf", NULL, NULL);
    SpfResult *out = check_under(question, resolver, root);
    record_free(&step_type, root);
    return out;
}
