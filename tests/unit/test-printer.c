/* test-printer.c: a Report as JSON and as text, hostile bytes included.
 * SPDX-License-Identifier: MIT */
#include "report/printer.h"

#include <gio/gio.h>
#include <string.h>

#include "base/instant.h"
#include "base/text.h"
#include "example-report.h"
#include "report/printer-survey-part.h"
#include "report/printer-words.h"

#define ESCAPES                                                                                    \
    "caf\303\251 \033]0;owned\007\033[2J \342\200\256evil\342\200\254 \377\376 "             \
    "\"quoted\\\" {0} \r\n\t"

/* Python's parser is the judge. Prints what `script` prints of the object `o`. (transfer full) */
static char *
ask_python(const GString *json, const char *script)
{
    g_autofree char *program = g_strdup_printf(
        "import json,sys\nt=sys.stdin.buffer.read().decode('utf-8')\n"
        "def once(p):\n k=[a for a,b in p]\n assert len(k)==len(set(k)),k\n return dict(p)\n"
        "o=json.loads(t,object_pairs_hook=once)\nassert t.count('\\n')==1 and t[-1]=='\\n'\n%s",
        script);
    const char *const argv[] = { "python3", "-c", program, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) python = g_subprocess_newv(
        argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) in = g_bytes_new(json->str, json->len);
    g_autoptr(GBytes) out = NULL;
    g_assert_true(g_subprocess_communicate(python, in, NULL, &out, NULL, &error));
    g_assert_true(g_subprocess_get_successful(python));
    return g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
}

/* INTERFACE.md, "JSON": the keys in this order. */
static void
test_json_keys(void)
{
    Report *report = example_webform();
    g_autoptr(GString) json = g_string_new(NULL);

    printer_json(json, report);
    g_autofree char *keys = ask_python(json, "print(' '.join(list(o)[:20]))");
    g_assert_cmpstr(keys, ==,
                    "format source from sender reply_to envelope route delivery_status reported "
                    "spf dkim arc dmarc second_opinions receivers findings advice dns "
                    "what_if tree\n");
    g_autofree char *values = ask_python(
        json, "print(o['format'],o['sender'],o['delivery_status'],o['from']['domain'],"
              "o['dmarc']['rfc9989']['result'],o['dmarc']['why'],o['dns'][0]['records'])");
    g_assert_cmpstr(values, ==,
                    "1 None None example.jp fail None ['\"v=DMARC1; p=reject\"']\n");
    report_free(report);
}

static void
test_json_evidence(void)
{
    Report *report = example_webform();
    g_autoptr(GString) json = g_string_new(NULL);

    const Step *author = report->tree->children->pdata[0];
    g_ptr_array_add(author->evidence, evidence_header("From", 16, (Span){ 260, 300 }));
    printer_json(json, report);
    g_autofree char *values = ask_python(
        json, "c=o['tree']['children'][0]\n"
              "print(c['evidence'],c['spans'],o['tree']['evidence'],o['tree']['spans'])");
    g_assert_cmpstr(values, ==,
                    "From, line 14; From, line 16 [[200, 230], [260, 300]] None []\n");
    report_free(report);
}

/* A second key only where the name reads otherwise to people. */
/* A piece of evidence of any kind; names as strangers may write them, most of them plain. */
static Evidence *
any_evidence(GRand *rand)
{
    static const char *const names[] = { "Received", "From", "X-\"q\"", "X-\\\\", "\377", "x", "", "Return-Path" };
    g_autofree char *longer = g_strnfill((gsize)g_rand_int_range(rand, 0, 1200), 'x');
    const char *name = g_rand_int_range(rand, 0, 4) > 0 ? names[g_rand_int_range(rand, 0, G_N_ELEMENTS(names))] : longer;
    const gsize start = g_rand_int_range(rand, 0, 3) > 0 ? g_rand_int(rand) : G_MAXSIZE;
    const Span span = { start, start };

    switch (g_rand_int_range(rand, 0, 8)) {
    case 0: return evidence_body(span);
    case 1: return evidence_option(name);
    default: return evidence_header(name, g_rand_int_range(rand, 0, 3) > 0 ? g_rand_int(rand) : G_MININT64 + 1, span);
    }
}

/* As evidence_text() has it, whatever is printed without it. (transfer full) */
static char *
slow_json(const GPtrArray *list)
{
    g_autofree char *text = list->len > 0 ? evidence_text(list) : NULL;
    GString *out = g_string_new("\"evidence\":");

    text_append_json(out, text, -1);
    g_string_append(out, ",\"spans\":[");
    for (guint i = 0; i < list->len; i++) {
        const GArray *spans = ((const Evidence *)list->pdata[i])->spans;
        const char *comma = out->str[out->len - 1] == '[' ? "" : ",";
        for (guint k = 0; k < spans->len; k++) {
            const Span span = g_array_index(spans, Span, k);
            g_string_append_printf(out, "%s[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]", comma, (gint64)span.start, (gint64)span.end);
        }
    }
    g_string_append(out, "]}");
    return g_string_free(out, FALSE);
}

#define FIELDS 30

/* From few fields, so that many rest on the same. */
static void
draw_evidence(GRand *rand, GPtrArray *list, GPtrArray *fields)
{
    for (gint left = g_rand_int_range(rand, 0, 3); left > 0; left--)
        g_ptr_array_add(list, record_share(&evidence_type, fields->pdata[g_rand_int_range(rand, 0, FIELDS)]));
}

static void
free_evidence(gpointer evidence)
{
    record_free(&evidence_type, evidence);
}

static void
test_json_evidence_alike(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);

    for (guint i = 0; i < 2000; i++) {
        Report *report = report_new();
        g_autoptr(GString) json = g_string_new(NULL);
        g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(free_evidence);
        for (guint k = 0; k < FIELDS; k++)
            g_ptr_array_add(fields, any_evidence(rand));
        for (guint k = 0; k < 100; k++) {
            DkimResult *signature = record_new(&dkim_result_type);
            draw_evidence(rand, signature->evidence, fields);
            g_ptr_array_add(report->dkim, signature);
        }
        printer_json(json, report);
        const char *at = strstr(json->str, "\"dkim\":");
        for (guint k = 0; k < report->dkim->len; k++) {
            g_autofree char *want = slow_json(((const DkimResult *)report->dkim->pdata[k])->evidence);
            at = strstr(at, "\"evidence\":");
            g_assert_nonnull(at);
            g_assert_cmpint(strncmp(at, want, strlen(want)), ==, 0);
            at += strlen(want);
        }
        report_free(report);
    }
}

static void
test_json_unicode_domain(void)
{
    Report *report = report_new();
    g_autoptr(GString) json = g_string_new(NULL);

    example_author(report, "a@xn--bcher-kva.example", "xn--bcher-kva.example");
    printer_json(json, report);
    g_autofree char *values = ask_python(
        json, "print(o['from']['domain'],ascii(o['from']['domain_unicode']),"
              "'domain_unicode' in o['dmarc']['rfc9989'])");
    g_assert_cmpstr(values, ==, "xn--bcher-kva.example 'b\\xfccher.example' False\n");
    report_free(report);
}

static Report *
hostile_report(void)
{
    Report *report = example_webform();
    ReportedHeader *header = report->reported->pdata[0];
    ReportedResult *result = header->results->pdata[0];
    Mailbox *mailbox = report->from->addresses->pdata[0];

    report->source->subject = g_strdup(ESCAPES);
    g_free(report->source->path);
    report->source->path = g_strdup(ESCAPES);
    g_free(header->authserv_id);
    header->authserv_id = g_strdup(ESCAPES);
    result->comment = g_strdup(ESCAPES);
    pairs_add(result->properties, "smtp.mailfrom" ESCAPES, ESCAPES);
    pairs_add(result->properties, "smtp.mailfrom" ESCAPES, "again");
    mailbox->name = g_strdup(ESCAPES);
    step_input(report->tree, "record", ESCAPES, PROVENANCE_MESSAGE);
    report_add_finding(report, "from-malformed", SEVERITY_WARNING, ESCAPES, NULL);
    example_dns(report, ESCAPES, "TXT", DNS_NOERROR, ESCAPES);
    return report;
}

static void
test_json_hostile(void)
{
    Report *report = hostile_report();
    g_autoptr(GString) json = g_string_new(NULL);

    printer_json(json, report);
    for (gsize i = 0; i + 1 < json->len; i++)
        g_assert_cmpint((guchar)json->str[i], >=, 0x20);
    /* Control and bidi characters come back as they were, other bytes as \xHH. */
    g_autofree char *name = ask_python(json, "print(ascii(o['from']['addresses'][0]['name']))");
    g_assert_cmpstr(name, ==, "'caf\\xe9 \\x1b]0;owned\\x07\\x1b[2J \\u202eevil\\u202c "
                              "\\\\xFF\\\\xFE "
                              "\"quoted\\\\\" {0} \\r\\n\\t'\n");
    report_free(report);
}

/* Only what we put there ourselves reaches a terminal, and no line is wider than asked for. */
static void
assert_harmless(const GString *text, guint width, gboolean ascii)
{
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);

    g_assert_cmpuint(strlen(text->str), ==, text->len);
    g_assert_true(g_utf8_validate(text->str, -1, NULL));
    for (char **line = lines; *line; line++) {
        guint columns = 0;
        for (const char *c = *line; *c; c = g_utf8_next_char(c)) {
            const gunichar code = g_utf8_get_char(c);
            g_assert_cmpuint(code, >=, 0x20);
            g_assert_cmpuint(code, !=, 0x7F);
            g_assert_false(code >= 0x80 && code < 0xA0);
            g_assert_cmpint((int)g_unichar_type(code), !=, (int)G_UNICODE_FORMAT);
            if (ascii)
                g_assert_cmpuint(code, <, 0x80);
            columns += g_unichar_iszerowidth(code) ? 0 : g_unichar_iswide(code) ? 2 : 1;
        }
        if (columns > width)
            g_test_message("%s", *line);
        g_assert_cmpuint(columns, <=, width);
        g_assert_false(g_str_has_suffix(*line, " "));
    }
}

static void
test_text_hostile(void)
{
    static const guint widths[] = { 40, 60, 80, 133 };
    Report *report = hostile_report();

    for (gsize i = 0; i < G_N_ELEMENTS(widths); i++) {
        for (int ascii = 0; ascii < 2; ascii++) {
            const PrinterStyle style = { FALSE, ascii, widths[i] };
            g_autoptr(GString) text = g_string_new(NULL);
            printer_text(text, report, &style);
            assert_harmless(text, widths[i], ascii);
        }
    }
    report_free(report);
}

static void
test_text_wide_characters(void)
{
    static const char *const words = "\346\227\245\346\234\254\350\252\236";    /* six columns */
    Report *report = example_webform();
    GString *subject = g_string_new(NULL);
    const PrinterStyle style = { FALSE, FALSE, 0 };
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < 50; i++)
        g_string_append(subject, words);
    report->source->subject = g_string_free(subject, FALSE);
    printer_text(text, report, &style);
    assert_harmless(text, 80, FALSE);
    report_free(report);
}

/* A value as long as a file is cut, and says so; the time stays linear. */
static void
test_text_long_values(void)
{
    Report *report = example_webform();
    const PrinterStyle style = { FALSE, FALSE, 0 };
    g_autoptr(GString) text = g_string_new(NULL);

    report->source->subject = g_strnfill(20 * 1000 * 1000, 'a');
    printer_text(text, report, &style);
    g_assert_nonnull(strstr(text->str, "[19996000 more"));
    g_assert_cmpuint(text->len, <, 20000);
    report_free(report);
}

static void
test_text_color(void)
{
    Report *report = example_webform();
    const PrinterStyle plain = { FALSE, TRUE, 0 }, color = { TRUE, TRUE, 0 };

    step_decide(step_add(report->tree, "spf-check", "RFC 7208, 4", "192.0.2.10", NULL), RESULT_PASS,
                PROVENANCE_RECOMPUTED);
    g_autoptr(GString) without = g_string_new(NULL), with = g_string_new(NULL);

    printer_text(without, report, &plain);
    printer_text(with, report, &color);
    g_assert_null(strchr(without->str, '\033'));
    g_assert_nonnull(strstr(with->str, "\033[1;31mx FAIL\033[0m"));
    /* A pass for another domain is not green: no green at all in this message. */
    g_assert_null(strstr(with->str, "\033[1;32m"));
    /* Colours are all that differs. */
    g_autoptr(GRegex) sgr = g_regex_new("\033\\[[0-9;]*m", 0, 0, NULL);
    g_autofree char *stripped = g_regex_replace_literal(sgr, with->str, -1, 0, "", 0, NULL);
    g_assert_cmpstr(stripped, ==, without->str);
    report_free(report);
}

/* The head of the report is the Overview. */
static void
test_text_overview(void)
{
    Report *report = example_webform();
    const PrinterStyle style = { FALSE, TRUE, 0 };
    g_autoptr(GString) text = g_string_new(NULL);

    printer_text(text, report, &style);
    g_assert_nonnull(strstr(text->str,
        " x FAIL   This mail speaks in the name of example.jp (From:), but only\n"
        "          example.com vouches for it. example.jp asks: REJECT such mail.\n"));
    g_assert_nonnull(strstr(text->str,
        "          MAIL FROM     www.example.com  SPF  pass  x NO - other domain\n"
        "          DKIM d=       example.com      DKIM pass  x NO - other domain\n"));
    g_assert_nonnull(strstr(text->str,
        " FIX      Whoever runs the form, in its settings:\n"
        "            From:     support@example.com\n"
        "            Reply-To: user@example.jp\n"
        "          Not: a whitelist, ARC at the form, or asking example.jp.\n"));
    report_free(report);
}

/* An empty Report, as for an unreadable message, prints too. */
static void
test_empty_report(void)
{
    Report *report = report_new();
    const PrinterStyle style = { FALSE, FALSE, 0 };
    g_autoptr(GString) text = g_string_new(NULL), json = g_string_new(NULL);

    printer_text(text, report, &style);
    assert_harmless(text, 80, FALSE);
    printer_json(json, report);
    g_autofree char *values = ask_python(json, "print(o['tree'],o['advice'],o['from']['domain'])");
    g_assert_cmpstr(values, ==, "None [] None\n");
    report_free(report);
}

#define BESIDE 32

/* Between two texts, into a room of that size. */
static void
assert_on_tray(const Report *report, const GString *want, gsize size)
{
    g_autofree char *room = g_malloc(size + BESIDE);
    g_autoptr(GString) text = g_string_new("before"), all = g_string_new("before");
    Tray tray = { text, room, size, 0 };
    gsize length;

    memset(room, '~', size + BESIDE);
    printer_json_on(&tray, report);
    memcpy(tray_at(&tray, 2), "F", 1);
    printer_json_on(&tray, report);
    g_string_append(text, "behind");
    g_string_append_printf(all, "%s%sbehind", want->str, want->str);
    all->str[2] = 'F';
    const char *whole = tray_whole(&tray, &length);
    g_assert_true(length == all->len && memcmp(whole, all->str, length) == 0);
    g_assert_true((whole == room) == (tray.room != NULL));
    for (gsize i = 0; i < BESIDE; i++)
        g_assert_true(room[size + i] == '~');
}

/* Whatever room there is, the same comes as in a text, and nothing beside the room is touched. */
static void
test_tray(void)
{
    Report *reports[] = { example_webform(), report_new() };

    for (gsize i = 0; i < G_N_ELEMENTS(reports); i++) {
        g_autoptr(GString) want = g_string_new(NULL);
        printer_json(want, reports[i]);
        for (gsize size = 0; size < 2 * want->len + 1500; size += 1 + size % 13)
            assert_on_tray(reports[i], want, size);
        report_free(reports[i]);
    }
}

/* Dates are strangers'. */
static void
test_delays_and_days(void)
{
    static const struct { gint64 delay; const char *want; } delays[] = {
        { 0, "+0 s" }, { 61, "+1 min 1 s" }, { -86400, "-1 d" }, { G_MAXINT64, "+106751991167300 d 15 h" },
        { G_MININT64, "-106751991167300 d 15 h" },
    };
    gint64 first;

    for (gsize i = 0; i < G_N_ELEMENTS(delays); i++) {
        g_autofree char *got = printer_delay(delays[i].delay);
        g_assert_cmpstr(got, ==, delays[i].want);
    }
    g_assert_true(instant_read("0001-01-02T00:00:00Z", &first));
    g_autofree char *one = survey_dates(first, first), *none = survey_dates(G_MININT64 + 1, first);
    g_assert_cmpstr(one, ==, "0001-01-02");
    g_assert_null(none);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/keys", test_json_keys);
    g_test_add_func("/json/evidence", test_json_evidence);
    g_test_add_func("/json/evidence-alike", test_json_evidence_alike);
    g_test_add_func("/json/unicode-domain", test_json_unicode_domain);
    g_test_add_func("/json/hostile", test_json_hostile);
    g_test_add_func("/text/overview", test_text_overview);
    g_test_add_func("/text/hostile", test_text_hostile);
    g_test_add_func("/text/wide-characters", test_text_wide_characters);
    g_test_add_func("/text/long-values", test_text_long_values);
    g_test_add_func("/text/color", test_text_color);
    g_test_add_func("/printer/empty", test_empty_report);
    g_test_add_func("/json/tray", test_tray);
    g_test_add_func("/text/delays-and-days", test_delays_and_days);
    return g_test_run();
}
