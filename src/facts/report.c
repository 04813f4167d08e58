/* report.c: the tables that describe a Report, and its small helpers.
 * SPDX-License-Identifier: MIT */
#include "facts/report.h"

#include <string.h>

const char *const provenance_words[] = { "unknown", "message", "reported", "recomputed",
                                         "assumed", NULL };
const char *const result_words[] = { "unknown", "none", "pass", "fail", "softfail", "neutral",
                                     "policy", "temperror", "permerror", "yes", "no", "info",
                                     "skipped", NULL };
const char *const receiver_result_words[] = { "unknown", "none", "pass", "fail", "softfail",
                                              "neutral", "policy", "temperror", "permerror", "yes",
                                              "no", "info", "not-applicable", NULL };
const char *const dns_status_words[] = { "noerror", "nodata", "nxdomain", "servfail", "timeout",
                                         "bogus", "not-in-snapshot", "offline", NULL };
static const char *const severity_words[] = { "info", "warning", "problem", NULL };
static const char *const evidence_words[] = { "header", "body", "dns", "option", NULL };

const char *const effect_words[] = { "reject", "spam", "support", "advice", NULL };

/* A table line for each kind; the struct is named once above each table as REC. */
#define AT(member) offsetof(REC, member)
/* The key as JSON has it, with the comma before it: copied as it stands. */
#define READY(key)                sizeof(",\"" key "\":") - 1, ",\"" key "\":"
#define SHOWN(key)                RECORD_SHOWN, READY(key)
#define STRING(key, member)       { key, RECORD_STRING, AT(member), NULL, NULL, SHOWN(key) }
#define ID(key, member)           { key, RECORD_ID, AT(member), NULL, NULL, SHOWN(key) }
#define DOMAIN_(key, member)      { key, RECORD_DOMAIN, AT(member), NULL, NULL, SHOWN(key) }
#define INTEGER(key, member)      { key, RECORD_INT, AT(member), NULL, NULL, SHOWN(key) }
#define REAL(key, member)         { key, RECORD_REAL, AT(member), NULL, NULL, SHOWN(key) }
#define BOOL(key, member)         { key, RECORD_BOOL, AT(member), NULL, NULL, SHOWN(key) }
#define TRISTATE(key, member)     { key, RECORD_TRI, AT(member), NULL, NULL, SHOWN(key) }
#define WORD(key, member, table)  { key, RECORD_WORD, AT(member), NULL, table, SHOWN(key) }
#define STRINGS(key, member)      { key, RECORD_STRINGS, AT(member), NULL, NULL, SHOWN(key) }
#define PAIRS(key, member)        { key, RECORD_PAIRS, AT(member), NULL, NULL, SHOWN(key) }
#define ONE(key, member, kind)    { key, RECORD_ONE, AT(member), &kind, NULL, SHOWN(key) }
#define LIST(key, member, kind)   { key, RECORD_LIST, AT(member), &kind, NULL, SHOWN(key) }
#define EVIDENCE(member) \
    { "evidence", RECORD_LIST, AT(member), &evidence_type, NULL, RECORD_WORDED, READY("evidence") }
#define HIDDEN(k, member)         { #member, k, AT(member), NULL, NULL, RECORD_HIDDEN }
#define HIDDEN_WORD(member, table) { #member, RECORD_WORD, AT(member), NULL, table, RECORD_HIDDEN }
#define WORDED(key, k, member)    { key, k, AT(member), NULL, NULL, RECORD_WORDED, READY(key) }
#define END                       { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN }
#define RECORD_TYPE(name, key, ...)                              \
    static const RecordField name##_fields[] = { __VA_ARGS__, END }; \
    static RecordPlan *name##_plan;                              \
    const RecordType name##_type = { key, sizeof(REC), name##_fields, \
                                     G_N_ELEMENTS(name##_fields) - 1, 0, &name##_plan }

/* One that many messages' reports may hold. */
#define RECORD_TYPE_SHARED(name, key, ...)                              \
    static const RecordField name##_fields[] = { __VA_ARGS__, END }; \
    static RecordPlan *name##_plan;                              \
    const RecordType name##_type = { key, sizeof(REC), name##_fields, \
                                     G_N_ELEMENTS(name##_fields) - 1, AT(shared), &name##_plan }

/* … or the first fields of it. */
#define RECORD_TYPE_HEAD(name, key, head, ...)                          \
    static const RecordField name##_fields[] = { __VA_ARGS__, END }; \
    static RecordPlan *name##_plan;                              \
    const RecordType name##_type = { key, sizeof(REC), name##_fields, \
                                     G_N_ELEMENTS(name##_fields) - 1, AT(shared), &name##_plan, head }

#define REC Evidence
RECORD_TYPE_SHARED(evidence, "evidence",
    WORD("kind", kind, evidence_words), STRING("name", name), INTEGER("line", line),
    { "spans", RECORD_SPANS, AT(spans), NULL, NULL, SHOWN("spans") },
    STRING("type", type), STRING("source", source));
#undef REC
#define REC StepInput
RECORD_TYPE_SHARED(step_input, "input",
    ID("name", name), STRING("value", value), WORD("provenance", provenance, provenance_words));
#undef REC
#define REC Step
RECORD_TYPE_HEAD(step, "step", 6 /* all before the evidence */,
    ID("id", id), WORDED("title", RECORD_STRINGS, args),
    WORD("result", result, result_words), WORD("provenance", provenance, provenance_words),
    ID("rule", rule), LIST("inputs", inputs, step_input_type), EVIDENCE(evidence),
    LIST("children", children, step_type), HIDDEN_WORD(legacy, result_words),
    HIDDEN(RECORD_BOOL, group), HIDDEN(RECORD_BOOL, folded), HIDDEN(RECORD_BOOL, cause));
#undef REC
#define REC Mailbox
RECORD_TYPE(mailbox, "mailbox",
    STRING("name", name), STRING("address", address), DOMAIN_("domain", domain));
#undef REC
#define REC Author
RECORD_TYPE(author, "from",
    LIST("addresses", addresses, mailbox_type), DOMAIN_("domain", domain),
    STRINGS("problems", problems), HIDDEN(RECORD_STRINGS, domains), EVIDENCE(evidence),
    HIDDEN(RECORD_TRI, assumed_exists));
#undef REC
#define REC OtherSender
RECORD_TYPE(other_sender, "sender",
    STRING("address", address), DOMAIN_("domain", domain), EVIDENCE(evidence));
#undef REC
#define REC EnvelopeItem
RECORD_TYPE(envelope_item, "envelope-item",
    STRING("address", address), DOMAIN_("domain", domain), STRING("value", value),
    WORD("provenance", provenance, provenance_words), EVIDENCE(evidence));
#undef REC
#define REC Envelope
RECORD_TYPE(envelope, "envelope",
    ONE("mail_from", mail_from, envelope_item_type), ONE("helo", helo, envelope_item_type),
    ONE("client_ip", client_ip, envelope_item_type));
#undef REC
#define REC Hop
RECORD_TYPE(hop, "hop",
    STRING("from", from), STRING("by", by), STRING("ip", ip), STRING("protocol", protocol),
    STRING("tls", tls), STRING("id", id), STRING("date", date), INTEGER("delay_s", delay_s),
    BOOL("border", border), STRING("helo", helo), STRING("ptr", ptr), STRING("role", role),
    INTEGER("line", line),
    HIDDEN(RECORD_INT, time), HIDDEN(RECORD_BOOL, no_ptr), EVIDENCE(evidence));
#undef REC
#define REC ReportedResult
RECORD_TYPE_SHARED(reported_result, "result",
    STRING("method", method), STRING("result", result), STRING("reason", reason),
    STRING("comment", comment), PAIRS("properties", properties));
#undef REC
#define REC ReportedHeader
RECORD_TYPE(reported_header, "reported",
    STRING("header", header), INTEGER("line", line), STRING("authserv_id", authserv_id),
    BOOL("trusted", trusted), BOOL("suspicious", suspicious),
    LIST("results", results, reported_result_type), STRINGS("deviations", deviations),
    STRING("raw", raw), HIDDEN(RECORD_INT, instance), HIDDEN(RECORD_BOOL, topmost_block),
    EVIDENCE(evidence));
#undef REC
#define REC SpfTerm
RECORD_TYPE(spf_term, "term",
    STRING("term", term), WORD("result", result, result_words), DOMAIN_("domain", domain),
    INTEGER("depth", depth), INTEGER("lookups", lookups), INTEGER("void_lookups", void_lookups));
#undef REC
#define REC SpfResult
RECORD_TYPE_SHARED(spf_result, "spf-result",
    WORD("result", result, result_words), DOMAIN_("domain", domain),
    WORD("provenance", provenance, provenance_words), STRING("record", record),
    INTEGER("lookups", lookups), INTEGER("void_lookups", void_lookups),
    INTEGER("record_lookups", record_lookups), STRING("crossed", crossed),
    STRING("explanation", explanation), ID("reason", reason),
    LIST("trace", trace, spf_term_type), STRING("matched", matched));
#undef REC
#define REC SpfPair
RECORD_TYPE(spf_pair, "spf",
    ONE("mail_from", mail_from, spf_result_type), ONE("helo", helo, spf_result_type));
#undef REC
#define REC DkimResult
RECORD_TYPE(dkim_result, "dkim",
    DOMAIN_("domain", domain), STRING("selector", selector), STRING("algorithm", algorithm),
    INTEGER("key_bits", key_bits), ID("canonicalization", canonicalization),
    WORD("result", result, result_words), ID("reason", reason),
    ID("header_hash", header_hash), ID("body_hash", body_hash), BOOL("testing", testing),
    BOOL("author_signature", author_signature), INTEGER("unsigned_tail", unsigned_tail),
    STRINGS("signed", signed_fields), WORD("provenance", provenance, provenance_words),
    STRING("identity", identity), INTEGER("signed_at", signed_at),
    INTEGER("expires_at", expires_at),
    HIDDEN(RECORD_SPANS, covered), HIDDEN(RECORD_BOOL, key_gone), EVIDENCE(evidence));
#undef REC
#define REC ArcInstance
RECORD_TYPE(arc_instance, "arc-instance",
    INTEGER("i", i), ID("ams", ams), ID("seal", seal), STRING("cv", cv),
    DOMAIN_("sealer", sealer), ONE("reported", reported, reported_header_type));
#undef REC
#define REC ArcResult
RECORD_TYPE(arc_result, "arc",
    WORD("result", result, result_words), ID("reason", reason),
    INTEGER("oldest_pass", oldest_pass), LIST("instances", instances, arc_instance_type));
#undef REC
#define REC Identifier
RECORD_TYPE(identifier, "identifier",
    ID("mechanism", mechanism), DOMAIN_("domain", domain),
    TRISTATE("authenticated", authenticated), STRING("reported", reported),
    TRISTATE("aligned", aligned), ID("mode", mode), DOMAIN_("org_domain", org_domain),
    HIDDEN_WORD(basis, provenance_words), HIDDEN(RECORD_INT, signature),
    HIDDEN(RECORD_BOOL, temporary));
#undef REC
#define REC DmarcPerDomain
RECORD_TYPE(dmarc_per_domain, "per-domain",
    DOMAIN_("domain", domain), WORD("result", result, result_words),
    WORD("claimed", claimed, result_words), ID("policy", policy), ID("applied", applied),
    ID("applied_sampled", applied_sampled), DOMAIN_("record_domain", record_domain));
#undef REC
#define REC PslInfo
RECORD_TYPE(psl_info, "psl", STRING("source", source), STRING("rule", rule));
#undef REC
#define REC DmarcResult
RECORD_TYPE_SHARED(dmarc_result, "dmarc-result",
    WORD("result", result, result_words), WORD("claimed", claimed, result_words),
    ID("policy", policy), ID("applied", applied),
    ID("applied_sampled", applied_sampled), STRING("record", record),
    DOMAIN_("record_domain", record_domain), DOMAIN_("org_domain", org_domain),
    LIST("identifiers", identifiers, identifier_type), STRINGS("queries", queries),
    ID("basis", basis), LIST("per_domain", per_domain, dmarc_per_domain_type),
    ONE("psl", psl, psl_info_type), ID("policy_tag", policy_tag), ID("reason", reason),
    ID("aspf", aspf), ID("adkim", adkim));
#undef REC
#define REC DmarcPair
RECORD_TYPE(dmarc_pair, "dmarc",
    ONE("rfc9989", rfc9989, dmarc_result_type), ONE("rfc7489", rfc7489, dmarc_result_type),
    BOOL("differ", differ), WORDED("why", RECORD_STRING, why),
    HIDDEN(RECORD_STRINGS, why_args));
#undef REC
#define REC SecondOpinion
RECORD_TYPE(second_opinion, "second-opinion",
    STRING("engine", engine), STRING("version", version), STRING("question", question),
    WORD("result", result, result_words), BOOL("agrees", agrees), STRING("why", why));
#undef REC
#define REC ReceiverRule
RECORD_TYPE_SHARED(receiver_rule, "rule",
    ID("id", id), WORD("result", result, receiver_result_words),
    WORDED("evidence", RECORD_STRING, args[0]), HIDDEN(RECORD_STRING, args[1]),
    HIDDEN(RECORD_STRING, args[2]), ID("source", source), WORD("effect", effect, effect_words),
    ID("code", code), ID("reason", reason), HIDDEN(RECORD_ID, since),
    HIDDEN(RECORD_STRING, title), HIDDEN(RECORD_ID, check), HIDDEN(RECORD_ID, clash));
#undef REC
#define REC ReceiverVerdict
RECORD_TYPE_HEAD(receiver_verdict, "receiver", 3 /* all before the rules */,
    ID("profile", profile), ID("as_of", as_of),
    WORD("result", result, receiver_result_words), LIST("rules", rules, receiver_rule_type),
    ID("code", code), HIDDEN(RECORD_ID, name));
#undef REC
#define REC Shown
RECORD_TYPE_SHARED(shown, "shown",
    ID("program", program), ID("as_of", as_of), WORDED("line", RECORD_STRINGS, line_args),
    WORDED("why", RECORD_STRINGS, why_args), BOOL("known", known), ID("source", source),
    ID("form", form), ID("reason", reason), ID("mark", mark),
    HIDDEN(RECORD_ID, name));
#undef REC
#define REC Finding
RECORD_TYPE(finding, "finding",
    STRING("id", id), WORD("severity", severity, severity_words),
    WORDED("text", RECORD_STRINGS, args), EVIDENCE(evidence));
#undef REC
#define REC Advice
RECORD_TYPE_SHARED(advice, "advice",
    ID("pattern", pattern), ID("who", who), WORDED("text", RECORD_STRINGS, args),
    STRING("record", record), STRING("turns", turns), TRISTATE("proved", proved),
    LIST("edits", edits, what_if_type), STRINGS("effects", effects), STRING("provider", provider),
    STRING("console", console), ID("tried", tried), LIST("legs", legs, advice_leg_type),
    HIDDEN(RECORD_STRING, console_ja));
#undef REC
#define REC AdviceLeg
RECORD_TYPE(advice_leg, "leg",
    STRING("mechanism", mechanism), DOMAIN_("domain", domain), STRING("edit", edit),
    WORD("without", without, result_words));
#undef REC
#define REC WhatIf
RECORD_TYPE(what_if, "what-if", STRING("key", key), STRING("value", value));
#undef REC
#define REC DeliveryStatus
RECORD_TYPE(delivery_status, "delivery-status",
    STRING("action", action), STRING("status", status), STRING("diagnostic", diagnostic),
    WORDED("explained", RECORD_STRING, explained), HIDDEN(RECORD_STRINGS, explained_args),
    HIDDEN(RECORD_STRING, format), HIDDEN(RECORD_STRING, recipient),
    HIDDEN(RECORD_STRING, remote_mta), HIDDEN(RECORD_STRING, reporting_mta),
    HIDDEN(RECORD_STRING, stage), HIDDEN(RECORD_STRING, returned_text), EVIDENCE(evidence));
#undef REC
#define REC Repair
RECORD_TYPE(repair, "repair",
    STRING("id", id), INTEGER("count", count), STRING("text", text),
    HIDDEN(RECORD_STRING, before), HIDDEN(RECORD_STRING, after));
#undef REC
#define REC InsidePart
RECORD_TYPE(inside_part, "inside",
    STRING("kind", kind), INTEGER("index", index), STRING("from", from),
    STRING("subject", subject));
#undef REC
#define REC SourceInfo
RECORD_TYPE(source_info, "source",
    STRING("path", path), INTEGER("index", index), STRING("kind", kind), INTEGER("bytes", bytes),
    STRING("fidelity", fidelity), LIST("repairs", repairs, repair_type),
    LIST("inside", inside, inside_part_type), HIDDEN(RECORD_STRING, subject),
    HIDDEN(RECORD_STRING, date), HIDDEN(RECORD_SPANS, header_spans), HIDDEN(RECORD_BOOL, unended),
    HIDDEN(RECORD_STRINGS, recipients), HIDDEN(RECORD_STRING, list),
    STRING("dns_source", dns_source));
#undef REC
#define REC DnsRecord
RECORD_TYPE(dns_record, "dns-record",
    INTEGER("preference", preference), HIDDEN(RECORD_BLOB, data), STRING("text", text));
#undef REC
#define REC DnsAnswer
RECORD_TYPE_SHARED(dns_answer, "dns-answer",
    STRING("name", name), STRING("type", type), WORD("status", status, dns_status_words),
    { "records", RECORD_LIST, AT(records), &dns_record_type, NULL, RECORD_WORDED,
      READY("records") },
    INTEGER("ttl", ttl), STRING("source", source), STRING("dnssec", dnssec), REAL("ms", ms),
    HIDDEN(RECORD_BOOL, beside), HIDDEN(RECORD_STRING, why));
#undef REC
#define REC Report
RECORD_TYPE(report, "report",
    ONE("source", source, source_info_type), ONE("from", from, author_type),
    ONE("sender", sender, other_sender_type), ONE("reply_to", reply_to, other_sender_type),
    ONE("envelope", envelope, envelope_type), LIST("route", route, hop_type),
    ONE("delivery_status", delivery_status, delivery_status_type),
    LIST("reported", reported, reported_header_type), ONE("spf", spf, spf_pair_type),
    LIST("dkim", dkim, dkim_result_type), ONE("arc", arc, arc_result_type),
    ONE("dmarc", dmarc, dmarc_pair_type),
    LIST("second_opinions", second_opinions, second_opinion_type),
    LIST("receivers", receivers, receiver_verdict_type), LIST("findings", findings, finding_type),
    LIST("advice", advice, advice_type), LIST("dns", dns, dns_answer_type),
    LIST("what_if", what_if, what_if_type), HIDDEN(RECORD_INT, what_if_before),
    HIDDEN(RECORD_STRING, what_if_asked),
    HIDDEN(RECORD_INT, found_source), HIDDEN(RECORD_INT, found_names),
    HIDDEN(RECORD_INT, found_hosts), HIDDEN(RECORD_INT, asked_spf),
    HIDDEN(RECORD_INT, asked_signatures),
    ONE("tree", tree, step_type),
    ONE("tree_7489", tree_7489, step_type), LIST("shown", shown, shown_type));
RECORD_TYPE(report_unreadable, "unreadable",
    ONE("source", source, source_info_type), LIST("findings", findings, finding_type));
#undef REC

Report *
report_new(void)
{
    Report *report = record_new(&report_type);

    report->source = record_new(&source_info_type);
    report->source->index = 1;
    report->from = record_new(&author_type);
    report->envelope = record_new(&envelope_type);
    report->envelope->mail_from = record_new(&envelope_item_type);
    report->envelope->helo = record_new(&envelope_item_type);
    report->envelope->client_ip = record_new(&envelope_item_type);
    report->spf = record_new(&spf_pair_type);
    report->spf->mail_from = record_new(&spf_result_type);
    report->spf->helo = record_new(&spf_result_type);
    report->arc = record_new(&arc_result_type);
    report->dmarc = record_new(&dmarc_pair_type);
    report->dmarc->rfc9989 = record_new(&dmarc_result_type);
    report->dmarc->rfc7489 = record_new(&dmarc_result_type);
    return report;
}

void
report_free(Report *report)
{
    record_free(&report_type, report);
}

Finding *
report_add_finding(Report *report, const char *id, Severity severity, ...)
{
    Finding *finding = record_new(&finding_type);
    va_list args;

    finding->id = g_strdup(id);
    finding->severity = severity;
    va_start(args, severity);
    for (const char *arg = va_arg(args, const char *); arg; arg = va_arg(args, const char *))
        g_ptr_array_add(finding->args, g_strdup(arg));
    va_end(args);
    g_ptr_array_add(report->findings, finding);
    return finding;
}

gboolean
result_of_word(const char *word, Result *result)
{
    for (int i = 0; result_words[i]; i++) {
        if (g_strcmp0(result_words[i], word) == 0) {
            *result = (Result)i;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
report_has_finding(const Report *report, const char *id)
{
    for (guint i = 0; i < report->findings->len; i++)
        if (g_str_equal(((const Finding *)report->findings->pdata[i])->id, id))
            return TRUE;
    return FALSE;
}

const char *
report_finding_arg(const Report *report, const char *id, guint arg)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (g_str_equal(finding->id, id))
            return arg < finding->args->len ? finding->args->pdata[arg] : NULL;
    }
    return NULL;
}

gboolean
repairs_have(const GPtrArray *repairs, const char *id)
{
    for (guint i = 0; i < repairs->len; i++)
        if (g_str_equal(((const Repair *)repairs->pdata[i])->id, id))
            return TRUE;
    return FALSE;
}

const DmarcResult *
report_dmarc(const Report *report)
{
    for (guint i = 0; i < report->what_if->len; i++) {
        const WhatIf *edit = report->what_if->pdata[i];
        if (g_str_equal(edit->key, "rfc") && g_str_equal(edit->value, "7489"))
            return report->dmarc->rfc7489;
    }
    return report->dmarc->rfc9989;
}

const GPtrArray *
report_identifiers(const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);
    const GPtrArray *listed = report->dmarc->rfc7489->identifiers;
    const gboolean no_record = g_strcmp0(dmarc->reason, "no-record") == 0;

    return no_record && listed->len > 0 ? listed : dmarc->identifiers;
}

const Hop *
report_border(const Report *report)
{
    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        if (hop->border)
            return hop;
    }
    return NULL;
}

gboolean
dkim_names_field(const DkimResult *signature, const char *name)
{
    for (guint i = 0; i < signature->signed_fields->len; i++)
        if (g_ascii_strcasecmp(signature->signed_fields->pdata[i], name) == 0)
            return TRUE;
    return FALSE;
}

gboolean
envelope_is_null_sender(const Envelope *envelope)
{
    return envelope->mail_from->address && *envelope->mail_from->address == '\0';
}

const char *
envelope_spf_domain(const Envelope *envelope)
{
    return envelope_is_null_sender(envelope) ? envelope->helo->domain
                                             : envelope->mail_from->domain;
}

char *
envelope_local_part(const Envelope *envelope)
{
    const char *address = envelope->mail_from->address;
    const char *at = address ? strrchr(address, '@') : NULL;

    return at && at > address ? g_strndup(address, (gsize)(at - address)) : NULL;
}

const char *
envelope_helo(const Envelope *envelope)
{
    return envelope->helo->domain ? envelope->helo->domain : envelope->helo->value;
}
