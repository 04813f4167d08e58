/* test-room.c: short pieces, numbers and JSON strings, against the slow way to the same bytes.
 * SPDX-License-Identifier: MIT */
#include <glib.h>

#include "base/base64.h"
#include "base/room.h"
#include "base/text.h"
#include "facts/record-pen.h"
#include "facts/report.h"

/* Every length around the steps of 4, 8, 16 and 32 bytes, beside bytes that must stay as they are. */
static void
test_put(void)
{
    char from[100], to[120], want[120];

    for (gsize length = 0; length < sizeof from; length++) {
        for (gsize i = 0; i < sizeof from; i++)
            from[i] = (char)(33 + (i * 7 + length) % 90);
        memset(to, '.', sizeof to);
        memset(want, '.', sizeof want);
        for (gsize i = 0; i < length; i++)
            want[i + 9] = from[i];
        g_assert_true(room_put(to + 9, from, length) == to + 9 + length);
        g_assert_true(memcmp(to, want, sizeof want) == 0);
    }
}

static void
assert_number(gint64 number)
{
    g_autofree char *want = g_strdup_printf("%" G_GINT64_FORMAT, number);
    g_autofree char *got = room_int_text(number);

    g_assert_cmpstr(got, ==, want);
    g_assert_cmpuint(strlen(want), <=, ROOM_INT);
}

static void
test_numbers(void)
{
    static const gint64 numbers[] = { 0, 1, -1, 9, 10, 99, 100, 12345, -98765, G_MAXINT32,
                                      G_MAXINT64, G_MININT64, G_MININT64 + 1 };

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        assert_number(numbers[i]);
    for (gint64 power = 1; power <= G_MAXINT64 / 10; power *= 10)
        for (gint64 number = power - 2; number <= power + 2; number++)
            assert_number(number);
    for (gint64 number = 0; number < 30000; number++) {     /* each pair of digits at each place */
        assert_number(number);
        assert_number(-number * 1000003);
    }
    char date[5] = "xxxx";
    g_assert_true(room_put_digits(date, 907, 4) == date + 4);
    g_assert_cmpstr(date, ==, "0907");
}

static void
test_grows(void)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < 10000; i++) {
        room_append_c(out, (char)('a' + i % 26));
        room_append(out, "0123456789", i % 11);
        g_assert_cmpuint(strlen(out->str), ==, out->len);
    }
    g_assert_true(g_str_has_prefix(out->str, "ab0c01d012e0123f01234"));
}

/* ---- JSON strings ---- */

/* What base/text.h promises, character by character. */
static char *
slow_json(const char *bytes, gsize length)
{
    GString *out = g_string_new("\"");
    const char *cursor = bytes, *end = bytes + length;

    while (cursor < end) {
        const char *start = cursor;
        gunichar code;
        const TextClass class = text_next(&cursor, end, &code);
        if (class == TEXT_INVALID)
            g_string_append_printf(out, "\\\\x%02X", code);
        else if (class == TEXT_PLAIN && (code == '"' || code == '\\'))
            g_string_append_printf(out, "\\%c", (char)code);
        else if (class == TEXT_PLAIN)
            g_string_append_len(out, start, cursor - start);
        else if (code == '\n' || code == '\r' || code == '\t')
            g_string_append_printf(out, "\\%c", code == '\n' ? 'n' : code == '\r' ? 'r' : 't');
        else if (code > 0xFFFF)
            g_string_append_printf(out, "\\u%04X\\u%04X", 0xD7C0 + (code >> 10), 0xDC00 + (code & 0x3FF));
        else
            g_string_append_printf(out, "\\u%04X", code);
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}

static void
assert_json(const char *bytes, gsize length)
{
    g_autoptr(GString) got = g_string_new(NULL);
    /* Behind the end of its own memory a sanitizer sees a byte too many that is read. */
    g_autofree char *exact = g_memdup2(bytes, length);
    g_autofree char *want = slow_json(bytes, length);

    text_append_json(got, length > 0 ? exact : "", (gssize)length);
    g_assert_cmpstr(got->str, ==, want);
    g_assert_cmpuint(got->len, ==, strlen(want));
}

/* Each byte there is, at each place of texts of each length. */
static void
test_json_bytes(void)
{
    char text[40];

    for (gsize length = 0; length <= 37; length++) {
        for (gsize at = 0; at < length; at++) {
            for (guint byte = 0; byte < 256; byte++) {
                memset(text, 'a', sizeof text);
                text[at] = (char)byte;
                assert_json(text, length);
            }
        }
        memset(text, '~', sizeof text);
        assert_json(text, length);
    }
}

static void
test_json_mixed(void)
{
    static const char *const pieces[] = { "plain words and more of them", "\"", "\\", "\n", "\r\n\t",
                                          "日本語", "\xFF", "\xE3\x81", "\u202E", "\U0001F600",
                                          "\U000E0041", "\x7F", "\x01", "é", "0123456789abcdef" };
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);

    for (guint i = 0; i < 20000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gint k = g_rand_int_range(rand, 0, 9); k > 0; k--)
            g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
        assert_json(text->str, text->len);
    }
}

static char *
json_of_ms(double ms)
{
    GString *out = g_string_new(NULL);
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->ms = ms;
    for (const RecordField *f = dns_answer_type.fields; f->name; f++) {
        const RecordField one[] = { { f->name, f->kind, f->offset, NULL, NULL, RECORD_SHOWN }, { NULL } };
        const RecordType alone = { "ms", sizeof(DnsAnswer), one };
        if (g_str_equal(f->name, "ms"))
            record_append_json(out, &alone, answer, NULL, NULL);
    }
    record_free(&dns_answer_type, answer);
    return g_string_free(out, FALSE);
}

/* Real numbers are those of "%.3f", whether printf() made them or not; and keys that no table has ready. */
static void
test_json_real(void)
{
    static const double numbers[] = { 0, -0.0, 0.001, 0.0005, 0.0015, 0.1, 1, 12.345, 999.999, 1e6, 1e9,
                                      123456789.123, 1e15, -0.001, -3.5, 0.1 + 0.2, 2.0 / 3 };

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autofree char *want = g_strdup_printf("{\"ms\":%.3f}", numbers[i]);
        g_autofree char *got = json_of_ms(numbers[i]);
        g_assert_cmpstr(got, ==, want);
    }
    for (gint64 us = 0; us < 20000; us++) {
        g_autofree char *want = g_strdup_printf("{\"ms\":%.3f}", (double)(us * 977) / 1000);
        g_autofree char *got = json_of_ms((double)(us * 977) / 1000);
        g_assert_cmpstr(got, ==, want);
    }
}

static char *
no_words(RecordPen *pen, char *at, const RecordField *field, gconstpointer record, gpointer data)
{
    (void)field, (void)record, (void)data;
    g_string_append_c(pen_down(pen, at), '0');
    return pen_up(pen);
}

/* A text of that length, plain or with something strange at its end. */
static char *
text_of(gsize length, gboolean strange)
{
    char *text = g_malloc(length + 1);

    memset(text, 'x', length);
    text[length] = '\0';
    if (strange && length > 0)
        text[length - 1] = '\n';
    return text;
}

/* Wherever the room ends that was asked for: as texts, in a list, as names and values; nothing but such texts, and
 * records one inside another. */
static void
test_json_room(void)
{
    for (gsize length = 0; length < 1200; length++) {
        g_autofree char *text = text_of(length, length % 3 == 0);
        g_autofree char *json = slow_json(text, length);
        ReportedHeader *header = record_new(&reported_header_type);
        ReportedResult *result = record_new(&reported_result_type);
        g_autoptr(GString) out = g_string_new(NULL);
        result->method = g_strdup(text);
        pairs_add(result->properties, text, text);
        g_ptr_array_add(header->results, result);
        for (guint i = 0; i < length % 7; i++)
            g_ptr_array_add(header->deviations, g_strdup(text));
        record_append_json(out, &reported_header_type, header, no_words, NULL);
        g_autoptr(GString) want = g_string_new("{\"header\":null,\"line\":null,\"authserv_id\":null,\"trusted\":false,"
                                               "\"suspicious\":false,\"results\":[{\"method\":");
        g_string_append_printf(want, "%s,\"result\":null,\"reason\":null,\"comment\":null,\"properties\":{%s:%s}}]", json, json,
                               json);
        g_string_append(want, ",\"deviations\":[");
        for (guint i = 0; i < length % 7; i++)
            g_string_append_printf(want, "%s%s", i > 0 ? "," : "", json);
        g_string_append(want, "],\"raw\":null,\"evidence\":0}");
        g_assert_cmpstr(out->str, ==, want->str);
        g_assert_cmpuint(out->len, ==, want->len);
        record_free(&reported_header_type, header);
    }
}

/* A type of which nothing is printed; fields behind something else, as part of an object. */
static void
test_json_fields(void)
{
    static const RecordField hidden[] = { { "name", RECORD_STRING, 0, NULL, NULL, RECORD_HIDDEN }, { NULL } };
    static const RecordType none = { "none", sizeof(Pair), hidden };
    Pair pair = { (char *)"a", (char *)"b" };
    g_autoptr(GString) out = g_string_new("{\"x\":1");

    record_append_json_fields(out, &pair_type, &pair, NULL, NULL);
    g_assert_cmpstr(out->str, ==, "{\"x\":1,\"name\":\"a\",\"value\":\"b\"");
    g_string_truncate(out, 0);
    record_append_json(out, &none, &pair, NULL, NULL);
    g_assert_cmpstr(out->str, ==, "{}");
}

/* The first of several equal names stands there, however many there are. */
static void
test_json_pairs(void)
{
    ReportedResult *result = record_new(&reported_result_type);
    g_autoptr(GString) few = g_string_new(NULL), many = g_string_new(NULL);

    for (guint i = 0; i < 8; i++) {
        const char name[] = { (char)('a' + i % 4), '\0' };
        pairs_add(result->properties, name, i < 4 ? "first" : "later");
    }
    record_append_json(few, &reported_result_type, result, NULL, NULL);
    for (guint i = 0; i < 100; i++)
        pairs_add(result->properties, "a", "much later");
    record_append_json(many, &reported_result_type, result, NULL, NULL);
    g_assert_cmpstr(many->str, ==, few->str);
    g_assert_nonnull(strstr(few->str, "{\"a\":\"first\",\"b\":\"first\",\"c\":\"first\",\"d\":\"first\"}"));
    record_free(&reported_result_type, result);
}

/* ---- base64 ---- */

static void
assert_same(const guint8 *got, gsize size, const guint8 *want, gsize length)
{
    g_assert_cmpuint(size, ==, length);
    g_assert_true(got && memcmp(got, want, length) == 0);
}

static void
test_base64(void)
{
    guint8 bytes[70];

    for (gsize length = 1; length < sizeof bytes; length++) {
        gsize size = 0;
        for (gsize i = 0; i < length; i++)
            bytes[i] = (guint8)(i * 37 + length * 11);
        g_autofree char *text = g_base64_encode(bytes, length);
        g_autofree guint8 *got = base64_decode(text, &size);
        assert_same(got, size, bytes, length);
        for (gsize i = strlen(text); i > 0 && text[i - 1] == '='; i--)
            text[i - 1] = '\0';
        g_autofree guint8 *bare = base64_decode(text, &size);       /* padding may be missing */
        assert_same(bare, size, bytes, length);
    }
}

static void
test_base64_refused(void)
{
    static const char *const broken[] = { "", "=", "A", "AAAAA", "AA A", "AA\nAA", "AAA*", "AA-_", "A===",
                                          "AAAA=A", "AAAA====", "\xC3\xA9""AA", "AAA\xFF", "A\x80""AA" };
    gsize size = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autofree guint8 *got = base64_decode(broken[i], &size);
        g_assert_null(got);
    }
    for (guint byte = 1; byte < 256; byte++) {
        const char text[] = { 'A', (char)byte, 'A', 'A', '\0' };
        g_autofree guint8 *got = base64_decode(text, &size);
        const gboolean digit = g_ascii_isalnum((char)byte) || byte == '+' || byte == '/';
        g_assert_true((got != NULL) == digit);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/room/put", test_put);
    g_test_add_func("/room/numbers", test_numbers);
    g_test_add_func("/room/grows", test_grows);
    g_test_add_func("/room/json/bytes", test_json_bytes);
    g_test_add_func("/room/json/mixed", test_json_mixed);
    g_test_add_func("/room/json/real", test_json_real);
    g_test_add_func("/room/json/room", test_json_room);
    g_test_add_func("/room/json/fields", test_json_fields);
    g_test_add_func("/room/json/pairs", test_json_pairs);
    g_test_add_func("/room/base64", test_base64);
    g_test_add_func("/room/base64-refused", test_base64_refused);
    return g_test_run();
}
