/* row.c: a Report, boiled down to what a survey counts.
 * SPDX-License-Identifier: MIT */
#include "survey/row.h"

#include <arpa/inet.h>
#include <string.h>

#include "advice/advice.h"
#include "base/text.h"
#include "headers/maildate.h"

/* Longer values are of no use in a table; a stranger may have made them as long as a message. */
#define VALUE_MAX  1000
#define VALUES_MAX 16
#define NETWORK_V4 24
#define NETWORK_V6 48

const char *const survey_judge_words[] = {"dmarc", "gmail-bulk", "yahoo-bulk", "microsoft-bulk",
                                          NULL};

/* ---- the tables ---- */

#define FIELD(name, kind, member)                                                                  \
    {                                                                                              \
        name, kind, offsetof(REC, member), NULL, NULL, RECORD_SHOWN                                \
    }
#define VERDICT(judge, word)                                                                       \
    {                                                                                              \
        word, RECORD_WORD, offsetof(REC, result[judge]), NULL, receiver_result_words, RECORD_SHOWN \
    }

#define REC SurveyVerdicts
static const RecordField verdicts_fields[] = {VERDICT(SURVEY_DMARC, "dmarc"),
                                              VERDICT(SURVEY_GMAIL, "gmail-bulk"),
                                              VERDICT(SURVEY_YAHOO, "yahoo-bulk"),
                                              VERDICT(SURVEY_MICROSOFT, "microsoft-bulk"),
                                              {NULL}};
#undef REC
const RecordType survey_verdicts_type = {"verdicts", sizeof(SurveyVerdicts), verdicts_fields};

#define REC SurveyAdvice
static const RecordField advice_fields[] = {
    FIELD("pattern", RECORD_STRING, pattern),
    FIELD("who", RECORD_STRING, who),
    {"text", RECORD_STRINGS, offsetof(REC, args), NULL, NULL, RECORD_WORDED},
    FIELD("record", RECORD_STRING, record),
    FIELD("turns", RECORD_STRING, turns),
    FIELD("proved", RECORD_TRI, proved),
    FIELD("count", RECORD_INT, count),
    FIELD("effects", RECORD_STRINGS, effects),
    FIELD("provider", RECORD_STRING, provider),
    FIELD("console", RECORD_STRING, console),
    FIELD("console_ja", RECORD_STRING, console_ja),
    FIELD("tried", RECORD_STRING, tried),
    {NULL}};
#undef REC
const RecordType survey_advice_type = {"advice", sizeof(SurveyAdvice), advice_fields};

#define REC SurveyRow
static const RecordField row_fields[] = {
    FIELD("path", RECORD_STRING, path),
    FIELD("index", RECORD_INT, index),
    FIELD("fault", RECORD_STRING, fault),
    FIELD("own", RECORD_INT, own),
    FIELD("told", RECORD_INT, told),
    FIELD("date", RECORD_INT, date),
    FIELD("author_domain", RECORD_DOMAIN, author_domain),
    FIELD("envelope_domain", RECORD_DOMAIN, envelope_domain),
    FIELD("signers", RECORD_STRINGS, signers),
    FIELD("unverified", RECORD_STRINGS, unverified),
    FIELD("network", RECORD_STRING, network),
    FIELD("service", RECORD_STRING, service),
    FIELD("term", RECORD_STRING, term),
    {"verdicts", RECORD_ONE, offsetof(REC, verdicts), &survey_verdicts_type, NULL, RECORD_SHOWN},
    {"advice", RECORD_ONE, offsetof(REC, advice), &survey_advice_type, NULL, RECORD_SHOWN},
    {NULL}};
#undef REC
const RecordType survey_row_type = {"row", sizeof(SurveyRow), row_fields};

/* ---- what a row takes from a report ---- */

/* (transfer full) */
static char *
shortened(const char *text)
{
    if (!text || strlen(text) <= VALUE_MAX)
        return g_strdup(text);
    return g_strndup(text, text_cut(text, strlen(text), VALUE_MAX));
}

static void
copy_strings(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < MIN(from->len, VALUES_MAX); i++)
        g_ptr_array_add(to, shortened(from->pdata[i]));
}

static SurveyAdvice *
take_advice(const Advice *from)
{
    SurveyAdvice *advice = record_new(&survey_advice_type);

    advice->pattern = g_strdup(from->pattern);
    advice->who = g_strdup(from->who);
    copy_strings(advice->args, from->args);
    advice->record = shortened(from->record);
    advice->turns = g_strdup(from->turns);
    advice->proved = from->proved;
    advice->provider = g_strdup(from->provider);
    advice->console = shortened(from->console);
    advice->console_ja = shortened(from->console_ja);
    advice->tried = g_strdup(from->tried);
    copy_strings(advice->effects, from->effects);
    advice->count = 1;
    return advice;
}

Advice
survey_advice_view(const SurveyAdvice *advice, GPtrArray *empty)
{
    return (Advice){.pattern = advice->pattern,
                    .who = advice->who,
                    .args = advice->args,
                    .record = advice->record,
                    .turns = advice->turns,
                    .proved = advice->proved,
                    .provider = advice->provider,
                    .console = advice->console,
                    .console_ja = advice->console_ja,
                    .tried = advice->tried,
                    .effects = advice->effects,
                    .edits = empty,
                    .legs = empty};
}

char *
survey_network(const char *ip)
{
    guint8 raw[16] = {0};
    char text[INET6_ADDRSTRLEN];

    if (ip && inet_pton(AF_INET, ip, raw) == 1) {
        memset(raw + NETWORK_V4 / 8, 0, 4 - NETWORK_V4 / 8);
        return g_strdup_printf("%s/%d", inet_ntop(AF_INET, raw, text, sizeof text), NETWORK_V4);
    }
    if (!ip || inet_pton(AF_INET6, ip, raw) != 1)
        return NULL;
    memset(raw + NETWORK_V6 / 8, 0, sizeof raw - NETWORK_V6 / 8);
    return g_strdup_printf("%s/%d", inet_ntop(AF_INET6, raw, text, sizeof text), NETWORK_V6);
}

/* When it was received, by the host that wrote the topmost readable Received field; else as its
 * author says. */
static gint64
date_of(const Report *report)
{
    gint64 seconds = RECORD_UNSET;
    g_autofree char *text = NULL;

    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        if (hop->time != RECORD_UNSET)
            return hop->time;
    }
    if (!report->source->date || !maildate_parse(report->source->date, &seconds, &text))
        return RECORD_UNSET;
    return seconds;
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once, not too many. */
static void
settle_names(GPtrArray *names)
{
    guint kept = 0;

    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        if (kept > 0 && g_str_equal(names->pdata[kept - 1], names->pdata[i]))
            continue;
        gpointer name = names->pdata[i];
        names->pdata[i] = names->pdata[kept];
        names->pdata[kept++] = name;
    }
    g_ptr_array_set_size(names, (gint)MIN(kept, SURVEY_NAMES_MAX));
}

static void
take_signatures(const Report *report, SurveyRow *row)
{
    for (guint i = 0; i < report->dkim->len; i++) {
        const DkimResult *dkim = report->dkim->pdata[i];
        if (dkim->domain && *dkim->domain)
            g_ptr_array_add(dkim->result == RESULT_PASS ? row->signers : row->unverified,
                            shortened(dkim->domain));
    }
    settle_names(row->signers);
    settle_names(row->unverified);
}

static void
take_verdicts(const Report *report, SurveyRow *row)
{
    row->verdicts = record_new(&survey_verdicts_type);
    row->verdicts->result[SURVEY_DMARC] = report_dmarc(report)->result;
    for (guint i = 0; i < report->receivers->len; i++) {
        const ReceiverVerdict *verdict = report->receivers->pdata[i];
        for (guint k = SURVEY_DMARC + 1; k < SURVEY_JUDGES; k++)
            if (g_str_equal(verdict->profile, survey_judge_words[k]))
                row->verdicts->result[k] = verdict->result;
    }
}

/* By the best of its names: the envelope's, a signature's, that of the host that brought it. */
static const Provider *
service_of(const Report *report, const SurveyRow *row, const Providers *providers)
{
    const Provider *found = providers_by_envelope(providers, row->envelope_domain);

    for (guint i = 0; i < row->signers->len && !found; i++)
        if (!row->author_domain || !advice_same_house(row->signers->pdata[i], row->author_domain))
            found = providers_by_signer(providers, row->signers->pdata[i]);
    const Hop *border = found ? NULL : report_border(report);
    return border ? providers_by_host(providers, border->ptr ? border->ptr : border->from) : found;
}

static void
take_names(const Report *report, const Providers *providers, SurveyRow *row)
{
    row->author_domain = g_strdup(report->from->domain);
    row->envelope_domain = g_strdup(report->envelope->mail_from->domain);
    row->network = survey_network(report->envelope->client_ip->address);
    row->term = shortened(report->spf->mail_from ? report->spf->mail_from->matched : NULL);
    take_signatures(report, row);
    const Provider *service = service_of(report, row, providers);
    row->service = g_strdup(service ? service->id : NULL);
}

static SurveyRow *
row_at(const SourceInfo *source)
{
    SurveyRow *row = record_new(&survey_row_type);

    row->path = g_strdup(source->path ? source->path : "");
    row->index = source->index != RECORD_UNSET ? source->index : 1;
    return row;
}

SurveyRow *
survey_row_unreadable(const SourceInfo *source, const char *fault)
{
    SurveyRow *row = row_at(source);

    row->fault = shortened(fault);
    return row;
}

SurveyRow *
survey_row_new(const Report *report, const Providers *providers)
{
    SurveyRow *row = row_at(report->source);
    const ChartSpot spot = chart_spot(report);

    row->own = spot.own;
    row->told = spot.told;
    row->date = date_of(report);
    take_names(report, providers, row);
    take_verdicts(report, row);
    if (report->advice->len > 0)
        row->advice = take_advice(report->advice->pdata[0]);
    return row;
}

void
survey_row_free(SurveyRow *row)
{
    record_free(&survey_row_type, row);
}
