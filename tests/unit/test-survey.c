/* test-survey.c: messages counted, in any order and any parts; rows as bytes; surveys read back.
 * SPDX-License-Identifier: MIT */
#include "report/printer-survey.h"

#include <string.h>

#include "survey/read.h"
#include "survey/source.h"

/* ---- rows made up ---- */

static char *
pick(GRand *rand, const char *const *words, int count)
{
    return g_strdup(words[g_rand_int_range(rand, 0, count)]);
}

static SurveyAdvice *
random_advice(GRand *rand)
{
    static const char *const patterns[] = {"sending-service",
                                           "spf-lacks-sender",
                                           "altered-in-transit",
                                           "no-dmarc-record",
                                           "a",
                                           "b",
                                           "c",
                                           "d",
                                           "e",
                                           "f",
                                           "g",
                                           "h"};
    static const char *const who[] = {"service", "domain-dns", "nobody"};
    static const char *const records[] = {NULL, "DKIM d=    a.example", "two\nlines", "=1+1"};
    SurveyAdvice *advice = record_new(&survey_advice_type);

    advice->pattern = pick(rand, patterns, G_N_ELEMENTS(patterns));
    advice->who = pick(rand, who, G_N_ELEMENTS(who));
    advice->record = pick(rand, records, G_N_ELEMENTS(records));
    g_ptr_array_add(advice->args, g_strdup_printf("%d.example", g_rand_int_range(rand, 0, 3)));
    g_ptr_array_add(advice->effects, g_strdup("effect-service-cname"));
    advice->proved = g_rand_int_range(rand, 0, 3);
    advice->count = 1;
    return advice;
}

/* One of a few senders, so that groups form. */
static SurveyRow *
random_row(GRand *rand)
{
    static const char *const domains[] = {"a.example", "b.example", NULL, "xn--bcher-kva.example"};
    static const char *const networks[] = {"192.0.2.0/24", "2001:db8:7::/48", NULL};
    static const char *const services[] = {NULL, "amazonses", "sendgrid"};
    static const char *const paths[] = {"one.mbox", "two.mbox", "odd \"name\"\n\xff"};
    SurveyRow *row = record_new(&survey_row_type);

    row->path = pick(rand, paths, G_N_ELEMENTS(paths));
    row->index = g_rand_int_range(rand, 1, 1000);
    if (g_rand_int_range(rand, 0, 20) == 0) {
        row->fault = g_strdup("no header field");
        return row;
    }
    const guint cell = (guint)g_rand_int_range(rand, 0, CHART_CELLS + 1);
    row->own = cell;
    row->told = cell == CHART_NO_CELL ? g_rand_int_range(rand, 0, CHART_CELLS + 1) : (gint64)cell;
    row->date =
        g_rand_int_range(rand, 0, 5) == 0 ? RECORD_UNSET : g_rand_int_range(rand, 0, 50) * 86400;
    row->author_domain = pick(rand, domains, G_N_ELEMENTS(domains));
    row->envelope_domain = pick(rand, domains, G_N_ELEMENTS(domains));
    if (g_rand_boolean(rand))
        g_ptr_array_add(row->signers, g_strdup("a.example"));
    if (g_rand_boolean(rand))
        g_ptr_array_add(row->signers, g_strdup("b.example"));
    g_ptr_array_add(row->unverified,
                    g_strdup_printf("u%02d.example", g_rand_int_range(rand, 0, 30)));
    row->network = pick(rand, networks, G_N_ELEMENTS(networks));
    row->service = pick(rand, services, G_N_ELEMENTS(services));
    row->term = g_strdup_printf("ip4:192.0.2.%d", g_rand_int_range(rand, 0, 4));
    row->verdicts = record_new(&survey_verdicts_type);
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        row->verdicts->result[i] = g_rand_boolean(rand) ? RESULT_PASS : RESULT_FAIL;
    if (g_rand_int_range(rand, 0, 4) > 0)
        row->advice = random_advice(rand);
    return row;
}

static char *
json_of(const Survey *survey)
{
    GString *out = g_string_new(NULL);

    printer_survey_json(out, survey);
    return g_string_free(out, FALSE);
}

/* ---- rows as bytes ---- */

static void
test_pack(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);

    for (int i = 0; i < 2000; i++) {
        g_autoptr(SurveyRow) row = random_row(rand);
        g_autoptr(GString) bytes = g_string_new(NULL);
        survey_row_pack(row, bytes);
        g_autoptr(SurveyRow) back = survey_row_unpack(bytes->str, bytes->len);
        g_assert_true(back && record_equal(&survey_row_type, row, back));
    }
}

/* What a worker that was taken over might send: whatever it is, it is counted or refused. */
static void
test_pack_hostile(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    g_autoptr(Survey) survey = survey_new();
    guint sound = 0;

    for (int i = 0; i < 20000; i++) {
        g_autoptr(SurveyRow) row = random_row(rand);
        g_autoptr(GString) bytes = g_string_new(NULL);
        survey_row_pack(row, bytes);
        for (int k = g_rand_int_range(rand, 1, 4); k > 0; k--)
            bytes->str[g_rand_int_range(rand, 0, (gint)bytes->len)] =
                (char)g_rand_int_range(rand, 0, 256);
        const gsize length =
            g_rand_boolean(rand) ? bytes->len : (gsize)g_rand_int_range(rand, 0, (gint)bytes->len);
        g_autoptr(SurveyRow) back = survey_row_unpack(bytes->str, length);
        if (back)
            survey_add(survey, back);
        sound += back != NULL;
    }
    g_assert_cmpuint(sound, >, 100);
    g_assert_cmpuint(sound, <, 15000);
    g_autofree char *json = json_of(survey);
    g_assert_true(g_utf8_validate(json, -1, NULL));
}

/* Bytes that would break the tree of groups, or the arrays of counts. */
static void
test_pack_refused(void)
{
    for (int what = 0; what < 8; what++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(12);
        g_autoptr(SurveyRow) row = NULL;
        g_autoptr(GString) bytes = g_string_new(NULL);

        do {
            g_clear_pointer(&row, survey_row_free);
            row = random_row(rand);
        } while (row->fault || !row->advice || row->signers->len < 2);
        if (what == 1)
            row->own = CHART_NO_CELL + 1;
        else if (what == 2)
            row->told = -1;
        else if (what == 3)
            row->advice->count = 5;
        else if (what == 4)
            g_ptr_array_add(row->signers, g_strdup("a.example")); /* twice, not in order */
        else if (what == 5)
            g_clear_pointer(&row->path, g_free);
        else if (what == 6)
            row->verdicts->result[2] = SURVEY_RESULTS;
        else if (what == 7)
            for (int i = 0; i < SURVEY_NAMES_MAX; i++)
                g_ptr_array_add(row->signers, g_strdup_printf("x%02d.example", i));
        survey_row_pack(row, bytes);
        g_autoptr(SurveyRow) back = survey_row_unpack(bytes->str, bytes->len);
        g_assert_cmpint(back != NULL, ==, what == 0);
        row->verdicts->result[2] = 0;
        g_autoptr(SurveyRow) longer = survey_row_unpack(bytes->str, bytes->len + 1);
        g_assert_null(longer);
    }
}

/* ---- counting ---- */

static void
test_network(void)
{
    static const struct {
        const char *ip, *want;
    } cases[] = {
        {"192.0.2.77", "192.0.2.0/24"},
        {"2001:db8:66:1::25", "2001:db8:66::/48"},
        {"2001:db8::1", "2001:db8::/48"},
        {"::1", "::/48"},
        {"no address", NULL},
        {NULL, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = survey_network(cases[i].ip);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static SurveyRow *
row_of(const char *author, const char *path, gint64 index, gint64 date)
{
    SurveyRow *row = record_new(&survey_row_type);

    row->path = g_strdup(path);
    row->index = index;
    row->date = date;
    row->author_domain = g_strdup(author);
    row->verdicts = record_new(&survey_verdicts_type);
    row->verdicts->result[SURVEY_DMARC] = RESULT_FAIL;
    return row;
}

static void
add(Survey *survey, SurveyRow *row)
{
    survey_add(survey, row);
    survey_row_free(row);
}

/* The newest; of several the first by path, then by number. A message without a date is older than
 * all. */
static void
test_example(void)
{
    static const struct {
        const char *path;
        gint64 index, date;
    } rows[] = {
        {"b", 9, 50}, {"b", 2, 70},           {"a", 8, 70},
        {"a", 3, 70}, {"a", 1, RECORD_UNSET}, {"a", 2, 10},
    };

    for (guint turn = 0; turn < G_N_ELEMENTS(rows); turn++) {
        g_autoptr(Survey) survey = survey_new();
        for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
            const guint k = (i + turn) % G_N_ELEMENTS(rows);
            add(survey, row_of("a.example", rows[k].path, rows[k].index, rows[k].date));
        }
        g_assert_cmpuint(survey_groups(survey), ==, 1);
        const SurveyGroup *group = survey_group_at(survey, 0);
        g_assert_cmpint(group->count, ==, 6);
        g_assert_cmpint(survey_totals(survey)->first, ==, 10);
        g_assert_cmpint(survey_totals(survey)->last, ==, 70);
        g_assert_cmpint(group->first, ==, 10);
        g_assert_cmpint(group->last, ==, 70);
        g_assert_cmpstr(group->example->path, ==, "a");
        g_assert_cmpint(group->example->index, ==, 3);
    }
}

/* One sender with more troubles than are kept: which ones stay, and their counts, are the same
 * however parts are cut; of two wordings the same one is shown. */
static void
test_advice(void)
{
    for (guint seed = 1; seed <= 20; seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(Survey) whole = survey_new(), one = survey_new(), two = survey_new();
        GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (int i = 0; i < 400; i++) {
            SurveyRow *row = row_of("a.example", "m", i, 7);
            row->advice = random_advice(rand);
            char *key = g_strconcat(row->advice->pattern, " ", row->advice->who, NULL);
            const int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, key));
            g_hash_table_replace(counts, key, GINT_TO_POINTER(count + 1));
            survey_add(whole, row);
            add(g_rand_boolean(rand) ? one : two, row);
        }
        survey_merge(two, one);
        g_autofree char *want = json_of(whole), *got = json_of(two);
        g_assert_cmpstr(got, ==, want);
        g_autoptr(GPtrArray) list = survey_group_advice(survey_group_at(whole, 0));
        g_assert_cmpuint(list->len, ==, 8);
        for (guint i = 0; i < list->len; i++) {
            const SurveyAdvice *advice = list->pdata[i];
            g_autofree char *key = g_strconcat(advice->pattern, " ", advice->who, NULL);
            g_assert_cmpint(advice->count, ==, GPOINTER_TO_INT(g_hash_table_lookup(counts, key)));
        }
        g_hash_table_destroy(counts);
    }
}

/* Numbers of groups stay, and say where a message went. */
static void
test_ids(void)
{
    g_autoptr(Survey) survey = survey_new();
    SurveyRow *a = row_of("a.example", "m", 1, 0), *b = row_of("b.example", "m", 2, 0),
              *bad = row_of(NULL, "m", 3, 0);

    bad->fault = g_strdup("empty");
    const guint first = survey_add(survey, a), second = survey_add(survey, b);
    g_assert_cmpuint(first, !=, second);
    g_assert_cmpuint(survey_add(survey, a), ==, first);
    g_assert_cmpuint(survey_add(survey, bad), ==, SURVEY_NO_GROUP);
    g_assert_cmpstr(survey_group_at(survey, second)->author_domain, ==, "b.example");
    g_assert_null(survey_group_at(survey, 77));
    g_autoptr(GPtrArray) sorted = survey_sorted(survey);
    g_assert_true(sorted->pdata[0] == (gpointer)survey_group_at(survey, first));
    g_assert_cmpint(survey_totals(survey)->messages, ==, 3);
    g_assert_cmpint(survey_totals(survey)->unreadable, ==, 1);
    survey_row_free(a);
    survey_row_free(b);
    survey_row_free(bad);
}

/* ---- parts ---- */

enum { PARTS = 5 };

/* However messages are dealt out, and in whatever order parts are added: the same answer to the
 * byte. */
static void
test_merge(void)
{
    for (guint seed = 1; seed <= 25; seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(Survey) whole = survey_new(), sum = survey_new(), read = survey_new();
        Survey *parts[PARTS];
        for (int i = 0; i < PARTS; i++)
            parts[i] = survey_new();
        for (int i = 0; i < 600; i++) {
            g_autoptr(SurveyRow) row = random_row(rand);
            survey_add(whole, row);
            survey_add(parts[g_rand_int_range(rand, 0, PARTS)], row);
        }
        survey_add_elsewhere(whole);
        survey_add_elsewhere(parts[3]);
        for (int i = 0; i < PARTS; i++) {
            g_autoptr(GError) error = NULL;
            const int k = (i * 3 + (int)seed) % PARTS;
            g_autofree char *json = json_of(parts[k]);
            survey_merge(sum, parts[k]);
            g_assert_true(survey_read(read, json, strlen(json), "part", &error));
        }
        g_autofree char *want = json_of(whole), *got = json_of(sum), *again = json_of(read);
        g_assert_cmpstr(got, ==, want);
        g_assert_cmpstr(again, ==, want);
        for (int i = 0; i < PARTS; i++)
            survey_free(parts[i]);
    }
}

/* Several surveys in one text; and that one of them is a part stays known. */
static void
test_read_several(void)
{
    g_autoptr(Survey) one = survey_new(), sum = survey_new();
    g_autoptr(GError) error = NULL;

    add(one, row_of("a.example", "m", 1, 5));
    survey_set_part(one);
    g_autofree char *json = json_of(one);
    g_autofree char *text = g_strconcat(json, json, "  \n", json, NULL);
    g_assert_true(survey_read(sum, text, strlen(text), "x", &error));
    g_assert_cmpint(survey_totals(sum)->messages, ==, 3);
    g_assert_true(survey_totals(sum)->part);
}

/* Only the contract's own keys: the rest follows from the groups. */
static void
test_read_contract(void)
{
    static const char text[] = "{\"format\":1,\"messages\":3,\"unreadable\":2,\"chart\":[{\"spf\":"
                               "\"aligned\",\"dkim\":\"none\",\"count\":2}],"
                               "\"unknown\":1,\"groups\":[{\"author_domain\":\"a.example\","
                               "\"envelope_domain\":null,\"signers\":[],\"network\":null,"
                               "\"count\":3,\"first\":null,\"last\":\"2026-10-01T00:00:00Z\","
                               "\"example\":{\"path\":\"m\",\"index\":2},"
                               "\"verdicts\":{\"dmarc\":\"fail\"},\"advice\":[]}]}";
    g_autoptr(Survey) survey = survey_new();
    g_autoptr(GError) error = NULL;

    g_assert_true(survey_read(survey, text, strlen(text), "x", &error));
    const SurveyTotals *totals = survey_totals(survey);
    g_assert_cmpint(totals->messages, ==, 3);
    g_assert_cmpint(totals->unreadable, ==, 2);
    g_assert_cmpint((gint64)totals->chart.own[CHART_NO_CELL], ==, 1);
    g_assert_cmpint(totals->results[SURVEY_DMARC][RESULT_FAIL], ==, 3);
}

#define GROUP(count)                                                                               \
    "{\"author_domain\":\"a\",\"count\":" count                                                    \
    ",\"example\":{\"path\":\"m\",\"index\":1},\"verdicts\":{}}"

static void
test_read_refused(void)
{
    static const char *const texts[] = {
        "",
        "null",
        "[]",
        "{}",
        "{\"format\":1}",
        "x",
        "{\"format\":2,\"messages\":0,\"chart\":[],\"groups\":[]}",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":0,\"groups\":[]}",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[]}",
        "{\"format\":1,\"messages\":-1,\"chart\":[],\"unknown\":-1,\"groups\":[" GROUP("-1") "]}",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[" GROUP("1.5") "]}",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[" GROUP("2") "]}",
        "{\"format\":1,\"messages\":9223372036854775807,\"chart\":[],\"unknown\":1,\"groups\":"
        "[" GROUP("1") "]}",
        "{\"format\":1,\"messages\":1,\"chart\":[{\"spf\":\"open\",\"dkim\":\"none\",\"count\":1}],"
        "\"unknown\":0,"
        "\"groups\":[" GROUP("1") "]}",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[" GROUP("1") "]",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[" GROUP("1") "]} x",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[" GROUP("1") ",]}",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[{\"count\":1}]}",
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"results\":{\"dmarc\":{\"pass\":"
        "7}},\"groups\":[" GROUP("1") "]}",
        /* More advice than messages, which would be counted together. */
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[{\"author_domain\":\"a\",\"count\":1,\"example\":"
        "{\"path\":\"m\",\"index\":1},\"verdicts\":{},\"advice\":[{\"pattern\":\"x\",\"count\":1},{\"pattern\":\"x\",\"count\":1}]}]}",
    };
    static const char good[] =
        "{\"format\":1,\"messages\":1,\"chart\":[],\"unknown\":1,\"groups\":[" GROUP("1") "]}";
    g_autoptr(Survey) survey = survey_new();
    g_autoptr(GError) none = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", texts[i]);
        g_assert_false(survey_read(survey, texts[i], strlen(texts[i]), "part.json", &error));
        g_assert_true(g_str_has_prefix(error->message, "part.json: line 1: "));
        g_assert_cmpint(survey_totals(survey)->messages, ==, 0);
    }
    g_assert_true(survey_read(survey, good, strlen(good), "x", &none));
}

/* Each part has as many messages as a part may have; together they would not fit into 64 bits, and add up to a number below 0. */
static void
test_read_enormous(void)
{
    static const char most[] = "1000000000000000";
    g_autofree char *part = g_strdup_printf("{\"format\":1,\"messages\":%s,\"chart\":[],\"unknown\":%s,\"groups\":["
                                            "{\"author_domain\":\"a\",\"count\":%s,\"example\":{\"path\":\"m\",\"index\":1},"
                                            "\"verdicts\":{}}]}\n", most, most, most);
    g_autofree char *group = g_strdup_printf("{\"author_domain\":\"a\",\"count\":%s,\"example\":{\"path\":\"m\",\"index\":1},"
                                             "\"verdicts\":{}},", most);
    g_autoptr(GString) parts = g_string_new(NULL), groups = g_string_new("{\"format\":1,\"groups\":[");
    g_autoptr(Survey) survey = survey_new();
    g_autoptr(GError) none = NULL;

    for (guint i = 0; i < 9300; i++) {
        g_string_append(parts, part);
        g_string_append(groups, group);
    }
    g_string_append_printf(groups, "],\"messages\":%s,\"chart\":[],\"unknown\":%s}", most, most);
    g_string_replace(groups, ",]", "]", 1);
    const GString *const files[] = { parts, groups };
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(survey_read(survey, files[i]->str, files[i]->len, "parts.json", &error));
        g_assert_nonnull(strstr(error->message, "do not add up"));
        g_assert_cmpint(survey_totals(survey)->messages, ==, 0);
    }
    g_assert_true(survey_read(survey, part, strlen(part), "x", &none));
    g_assert_false(survey_read(survey, part, strlen(part), "y", &none));
    g_assert_cmpint(survey_totals(survey)->messages, ==, G_GINT64_CONSTANT(1000000000000000));
}

/* Somebody's file with bytes changed, or cut off: counted, or refused, never half. */
static void
test_read_hostile(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);
    g_autoptr(Survey) survey = survey_new();

    for (int i = 0; i < 60; i++) {
        g_autoptr(SurveyRow) row = random_row(rand);
        survey_add(survey, row);
    }
    g_autofree char *json = json_of(survey);
    const gsize length = strlen(json);
    for (int i = 0; i < 6000; i++) {
        g_autofree char *copy = g_strdup(json);
        g_autoptr(Survey) into = survey_new();
        g_autoptr(GError) error = NULL;
        static const char marks[] = "{}[],:\"\\0-9e.ntu\x01\xff";
        for (int k = g_rand_int_range(rand, 1, 4); k > 0; k--)
            copy[g_rand_int_range(rand, 0, (gint)length)] =
                marks[g_rand_int_range(rand, 0, (gint)sizeof marks - 1)];
        const gsize size = g_rand_int_range(rand, 0, 4) > 0
                               ? length
                               : (gsize)g_rand_int_range(rand, 0, (gint)length);
        if (survey_read(into, copy, size, "x", &error)) {
            g_assert_cmpint(survey_totals(into)->messages, ==, survey_totals(survey)->messages);
        } else {
            g_assert_nonnull(error);
            g_assert_cmpint(survey_totals(into)->messages + survey_totals(into)->unreadable, ==, 0);
        }
    }
}

/* ---- limits ---- */

/* Every message a sender of its own, three times as many as there may be groups; one real sender
 * among them. */
static void
test_many_groups(void)
{
    g_autoptr(Survey) survey = survey_new();
    const gint64 count = 3 * SURVEY_GROUPS_MAX;
    gint64 listed = 0;

    for (gint64 i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("n%06d.example", (int)i);
        add(survey, row_of(name, "m", i + 1, i));
        if (i % 1000 == 0)
            add(survey, row_of("real.example", "m", i + 1, i));
        g_assert_cmpuint(survey_groups(survey), <=, SURVEY_GROUPS_MAX);
    }
    g_autoptr(GPtrArray) sorted = survey_sorted(survey);
    const SurveyGroup *first = sorted->pdata[0];
    for (guint i = 0; i < sorted->len; i++)
        listed += ((const SurveyGroup *)sorted->pdata[i])->count;
    g_assert_cmpstr(first->author_domain, ==, "real.example");
    g_assert_cmpint(first->count, ==, count / 1000);
    const SurveyTotals *totals = survey_totals(survey);
    g_assert_cmpint(totals->messages, ==, count + count / 1000);
    g_assert_cmpint(totals->other, ==, totals->messages - listed);
    g_assert_cmpint(totals->other, >, SURVEY_GROUPS_MAX);
    g_assert_cmpint(totals->results[SURVEY_DMARC][RESULT_FAIL], ==, totals->messages);
    g_autofree char *json = json_of(survey);
    g_autoptr(Survey) back = survey_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(survey_read(back, json, strlen(json), "x", &error));
    g_autofree char *again = json_of(back);
    g_assert_true(g_str_equal(again, json));
}

/* ---- sources ---- */

static SurveyRow *
sent(const char *envelope, const char *network, ChartState spf, int verdict)
{
    SurveyRow *row = row_of("a.example", "m", 1, 0);

    row->envelope_domain = g_strdup(envelope);
    row->network = g_strdup(network);
    row->own = row->told = chart_cell(spf, CHART_NONE);
    row->verdicts->result[SURVEY_DMARC] = verdict;
    return row;
}

/* A service is one source in all its networks; a name that nothing proves names nobody. */
static void
test_sources(void)
{
    g_autoptr(Survey) survey = survey_new();

    for (int i = 0; i < 5; i++)
        add(survey, sent("news.example", i < 3 ? "192.0.2.0/24" : "198.51.100.0/24",
                         CHART_UNALIGNED, RESULT_FAIL));
    for (int i = 0; i < 3; i++)
        add(survey, sent("a.example", "203.0.113.0/24", CHART_FAIL, RESULT_FAIL));
    for (int i = 0; i < 4; i++)
        add(survey, sent("a.example", "192.0.2.0/24", CHART_ALIGNED, RESULT_PASS));
    g_autoptr(GPtrArray) all = survey_sources(survey, NULL, SURVEY_BY_MESSAGES);
    g_autoptr(GPtrArray) failing = survey_sources(survey, NULL, SURVEY_BY_FAILURES);
    static const struct {
        const char *name;
        gint64 messages;
        gboolean proved;
    } want[] = {
        {"news.example", 5, TRUE},
        {"a.example", 4, TRUE},
        {"203.0.113.0/24", 3, FALSE},
    };
    g_assert_cmpuint(all->len, ==, 3);
    g_assert_cmpuint(failing->len, ==, 2);
    for (guint i = 0; i < 3; i++) {
        const SurveySource *source = all->pdata[i];
        g_assert_cmpstr(source->name, ==, want[i].name);
        g_assert_cmpint(source->messages, ==, want[i].messages);
        g_assert_cmpint(source->proved, ==, want[i].proved);
    }
    const SurveySource *worst = failing->pdata[0];
    g_assert_cmpint(survey_failures(worst), ==, 5);
    g_assert_cmpstr(survey_worst_group(worst)->network, ==, "192.0.2.0/24");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/survey/pack", test_pack);
    g_test_add_func("/survey/pack-hostile", test_pack_hostile);
    g_test_add_func("/survey/pack-refused", test_pack_refused);
    g_test_add_func("/survey/network", test_network);
    g_test_add_func("/survey/example", test_example);
    g_test_add_func("/survey/advice", test_advice);
    g_test_add_func("/survey/ids", test_ids);
    g_test_add_func("/survey/merge", test_merge);
    g_test_add_func("/survey/read-several", test_read_several);
    g_test_add_func("/survey/read-contract", test_read_contract);
    g_test_add_func("/survey/read-refused", test_read_refused);
    g_test_add_func("/survey/read-enormous", test_read_enormous);
    g_test_add_func("/survey/read-hostile", test_read_hostile);
    g_test_add_func("/survey/many-groups", test_many_groups);
    g_test_add_func("/survey/sources", test_sources);
    return g_test_run();
}
