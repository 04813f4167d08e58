/* printer-words.c: what every form of the report says in the same words.
 * SPDX-License-Identifier: MIT */
#include "report/printer-words.h"

#include <string.h>

#include "base/translate.h"
#include "tree/words.h"

/* ---- roles ---- */

PaperRole
printer_tone_role(SummaryTone tone)
{
    switch (tone) {
    case SUMMARY_PASS:
        return PAPER_PASS;
    case SUMMARY_FAIL:
        return PAPER_FAIL;
    case SUMMARY_OTHER:
        return PAPER_OTHER;
    case SUMMARY_NONE:
        return PAPER_NONE;
    case SUMMARY_UNKNOWN:
        return PAPER_UNKNOWN;
    default:
        return PAPER_PLAIN;
    }
}

PaperRole
printer_result_role(int result)
{
    switch (result) {
    case RESULT_PASS:
    case RESULT_YES:
        return PAPER_PASS;
    case RESULT_FAIL:
    case RESULT_NO:
    case RESULT_SOFTFAIL:
    case RESULT_PERMERROR:
    case RESULT_POLICY:
        return PAPER_FAIL;
    case RESULT_UNKNOWN:
    case RESULT_TEMPERROR:
        return PAPER_UNKNOWN;
    default:
        return PAPER_DIM;
    }
}

gboolean
printer_step_helps(const Step *step, gboolean helps)
{
    return helps && !(step->group && step->result != RESULT_YES);
}

PaperRole
printer_step_role(const Step *step, gboolean helps)
{
    const PaperRole outcome = printer_result_role(step->result);

    return outcome == PAPER_PASS && !printer_step_helps(step, helps) ? PAPER_PLAIN : outcome;
}

gboolean
printer_needs_words(const Step *step)
{
    const PaperRole role = printer_result_role(step->result);

    return step->cause || (!step->group && (role == PAPER_FAIL || role == PAPER_UNKNOWN));
}

/* ---- words for ids ---- */

typedef struct {
    const char *id, *text;
} IdText;

/* `otherwise` where it is none of `all`, which a row without id ends. */
static const char *
text_of(const IdText *all, const char *id, const char *otherwise)
{
    for (; all->id; all++)
        if (g_strcmp0(id, all->id) == 0)
            return translate(all->text);
    return otherwise;
}

char *
printer_basis(const Summary *summary)
{
    return words_fill(N_("DMARC by RFC {0}; basis of the checks: {1}."), summary->rfc, words_provenance(summary->basis), NULL);
}

const char *
printer_fidelity(const char *fidelity)
{
    static const IdText all[] = {
        {"raw", N_("raw bytes")},        {"reencoded", N_("re-encoded but complete")},
        {"headers", N_("headers only")}, {"reflowed", N_("re-flowed headers")},
        {"fragments", N_("fragments")},  {NULL, NULL},
    };

    return text_of(all, fidelity, fidelity ? fidelity : _("unknown"));
}

const char *
printer_dns_source(const char *source)
{
    static const IdText all[] = {
        {"offline", N_("not asked (offline)")},
        {"snapshot", N_("from a snapshot file")},
        {"snapshot-beside", N_("from a file beside the message")},
        {"live", N_("live")},
        {NULL, NULL},
    };

    return text_of(all, source, source);
}

const char *
printer_dnssec(const char *dnssec)
{
    static const IdText all[] = {
        {"secure", N_("secure")},
        {"insecure", N_("insecure")},
        {"unknown", N_("unknown")},
        {NULL, NULL},
    };

    return text_of(all, dnssec, dnssec ? dnssec : "-");
}

const char *
printer_severity(int severity)
{
    static const char *const words[] = {N_("note"), N_("warning"), N_("problem")};

    return translate(words[severity]);
}

static const char *
printer_trust(const ReportedHeader *header)
{
    return header->suspicious ? _("likely forged") : header->trusted ? _("trusted") : _("not trusted");
}

/* ---- where, who, what ---- */

char *
printer_place(const SourceInfo *source)
{
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, source->index);
    const char *path = source->path ? source->path : "-";

    if (g_strcmp0(source->kind, "check") == 0)
        return g_strdup(_("none yet: From:, envelope and DKIM are assumed"));
    if (g_strcmp0(source->kind, "part") == 0)
        return words_fill(N_("{0}, message {1} inside"), path, number, NULL);
    if (g_strcmp0(source->kind, "mbox") == 0)
        return words_fill(N_("{0}, message {1}"), path, number, NULL);
    return g_strdup(path);
}

char *
printer_hop_client(const Hop *hop)
{
    const char *name = hop->ptr ? hop->ptr : hop->from ? hop->from : hop->helo;
    GString *out = g_string_new(name ? name : "");

    if (hop->ip && !(name && strstr(name, hop->ip)))
        g_string_append_printf(out, "%s[%s]", out->len > 0 ? " " : "", hop->ip);
    if (hop->helo && name && g_ascii_strcasecmp(hop->helo, name) != 0)
        g_string_append_printf(out, ", HELO %s", hop->helo);
    return g_string_free(out, FALSE);
}

/* Two units tell enough. */
char *
printer_delay(gint64 delay)
{
    static const struct {
        guint64 seconds;
        const char *unit;
    } units[] = {
        {86400, "d"},
        {3600, "h"},
        {60, "min"},
        {1, "s"},
    };
    const char *sign = delay < 0 ? "-" : "+";
    const guint64 away = delay < 0 ? -(guint64)delay : (guint64)delay;
    gsize i = 0;

    while (i + 1 < G_N_ELEMENTS(units) && away < units[i].seconds)
        i++;
    const guint64 first = away / units[i].seconds;
    const guint64 rest = away % units[i].seconds;
    const guint64 second = i + 1 < G_N_ELEMENTS(units) ? rest / units[i + 1].seconds : 0;
    if (second == 0)
        return g_strdup_printf("%s%" G_GUINT64_FORMAT " %s", sign, first, units[i].unit);
    return g_strdup_printf("%s%" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT " %s", sign, first,
                           units[i].unit, second, units[i + 1].unit);
}

char *
printer_reported_head(const ReportedHeader *header)
{
    g_autofree char *line = g_strdup_printf("%" G_GINT64_FORMAT, header->line);
    const char *host = header->authserv_id ? header->authserv_id : _("no host named");

    if (header->line == RECORD_UNSET) /* not of the message, but of the page around it */
        return words_fill(N_("{0} ({1})"), header->header, printer_trust(header), NULL);
    return words_fill(N_("{0}, line {1}: {2} ({3})"), header->header, line, host,
                      printer_trust(header), NULL);
}

char *
printer_reported_result(const ReportedResult *result)
{
    GString *line = g_string_new(NULL);

    g_string_append_printf(line, "%s=%s", result->method ? result->method : "",
                           result->result ? result->result : "");
    if (result->reason)
        g_string_append_printf(line, " reason=\"%s\"", result->reason);
    for (guint i = 0; i < result->properties->len; i++) {
        const Pair *pair = result->properties->pdata[i];
        g_string_append_printf(line, " %s=%s", pair->name, pair->value ? pair->value : "");
    }
    if (result->comment)
        g_string_append_printf(line, " (%s)", result->comment);
    return g_string_free(line, FALSE);
}

char *
printer_opinion(const SecondOpinion *said)
{
    g_autofree char *why = words_text(said->why ? said->why : "second-opinion-agrees", NULL);

    return g_strdup_printf("%s%s%s, %s: %s (%s)", said->engine, said->version ? " " : "",
                           said->version ? said->version : "", translate(said->question),
                           words_result((Result)said->result), why);
}
