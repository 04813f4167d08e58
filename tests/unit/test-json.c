/* test-json.c: JSON read as it comes: what is fine, what is not, what is too much.
 * SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <string.h>

static gboolean
is_sound(const char *text, gsize length)
{
    JsonReader in;

    json_open(&in, text, length);
    json_skip(&in);
    json_end(&in);
    const gboolean sound = !in.fault;
    json_close(&in);
    return sound;
}

static void
test_sound(void)
{
    static const char *const texts[] = {
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "12.50e-3",
        "1E+9",
        "\"\"",
        "[]",
        "{}",
        "[1,2,[3]]",
        "\t{\"a\":[null,{\"b\":\"c\"}]}\r\n",
        "\"\\u00e9\\ud83d\\ude00\\n\\\\\\/\"",
        "\"\xc3\xa9\"",
        "{\"a\":1,\"a\":2}",
        "\"\\u0001\"",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_test_message("%s", texts[i]);
        g_assert_true(is_sound(texts[i], strlen(texts[i])));
        /* Nothing behind it is looked at. */
        g_autofree char *exact = g_memdup2(texts[i], strlen(texts[i]));
        g_assert_true(is_sound(exact, strlen(texts[i])));
    }
}

static void
test_unsound(void)
{
    static const char *const texts[] = {
        "",
        " ",
        "nul",
        "nullx",
        "True",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "0x1",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u0000\"",
        "\"a\nb\"",
        "\"\xff\"",
        "\"\xc0\xaf\"",
        "\"\xed\xa0\x80\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "[1}",
        "{\"a\":1]",
        "1 2",
        "[] []",
        "\xef\xbb\xbf[]",
        "NaN",
        "'a'",
        "//",
        "[\"a\":1]",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_test_message("%s", texts[i]);
        g_assert_false(is_sound(texts[i], strlen(texts[i])));
    }
    g_assert_false(is_sound("\"a\0b\"", 5));
}

static gboolean
is_sound_nest(const char *open, const char *close, guint depth)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < depth; i++)
        g_string_append(text, open);
    g_string_append(text, "1");
    for (guint i = 0; i < depth; i++)
        g_string_append(text, close);
    return is_sound(text->str, text->len);
}

static void
test_depth(void)
{
    g_assert_true(is_sound_nest("[", "]", 60));
    g_assert_true(is_sound_nest("{\"a\":", "}", 60));
    g_assert_false(is_sound_nest("[", "]", 70));
    g_assert_false(is_sound_nest("{\"a\":[", "]}", 40));
    g_assert_false(is_sound_nest("[", "]", 3000000));
}

/* What is read comes out as it stands; the same key may be asked of inner objects. */
static void
test_values(void)
{
    static const char text[] =
        "{\"s\":\"a\\u00e9\\ud83d\\ude00\\n\\\"\",\"n\":null,\"i\":-12,\"u\":null,\"b\":true,"
        "\"o\":{\"i\":7},\"l\":[1,2,3],\"i\":5}";
    JsonReader in;
    GString *seen = g_string_new(NULL);
    const char *key;

    json_open(&in, text, strlen(text));
    json_object(&in);
    while ((key = json_key(&in))) {
        g_string_append(seen, key);
        if (g_str_equal(key, "s") || g_str_equal(key, "n")) {
            g_autofree char *value = json_string(&in);
            g_string_append_printf(seen, "=%s ", value ? value : "(null)");
        } else if (g_str_equal(key, "i") || g_str_equal(key, "u")) {
            const gint64 value = json_int(&in);
            g_string_append_printf(seen, "=%d ", value == G_MININT64 ? 0 : (int)value);
        } else if (g_str_equal(key, "b")) {
            g_string_append_printf(seen, "=%d ", json_bool(&in));
        } else if (g_str_equal(key, "l")) {
            int sum = 0;
            json_array(&in);
            while (json_item(&in))
                sum += (int)json_int(&in);
            g_string_append_printf(seen, "=%d ", sum);
        } else {
            json_skip(&in);
            g_string_append(seen, "=skipped ");
        }
    }
    json_end(&in);
    g_assert_null(in.fault);
    g_assert_cmpstr(seen->str, ==,
                    "s=a\303\251\360\237\230\200\n\" n=(null) i=-12 u=0 b=1 o=skipped l=6 i=5 ");
    json_close(&in);
    g_string_free(seen, TRUE);
}

/* A value of another kind is a fault, and from then on there is nothing more. */
static void
test_kinds(void)
{
    static const char *const numbers[] = {"1.5", "\"1\"", "[]", "true", "9999999999999999999",
                                          "1e3"};
    JsonReader in;

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        json_open(&in, numbers[i], strlen(numbers[i]));
        json_int(&in);
        json_end(&in); /* "1e3" leaves "e3" */
        g_assert_nonnull(in.fault);
        json_close(&in);
    }
    json_open(&in, "[1,2,3]", 7);
    json_array(&in);
    g_assert_true(json_item(&in));
    g_autofree char *none = json_string(&in);
    g_assert_null(none);
    g_assert_nonnull(in.fault);
    g_assert_false(json_item(&in));
    g_assert_null(json_key(&in));
    g_assert_cmpint(json_kind(&in), ==, JSON_NOTHING);
    json_close(&in);
}

static void
test_line(void)
{
    static const char text[] = "{\n\"a\":\n\n  oops}";
    JsonReader in;

    json_open(&in, text, strlen(text));
    json_skip(&in);
    g_assert_nonnull(in.fault);
    g_assert_cmpuint(json_line(&in), ==, 4);
    json_close(&in);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/sound", test_sound);
    g_test_add_func("/json/unsound", test_unsound);
    g_test_add_func("/json/depth", test_depth);
    g_test_add_func("/json/values", test_values);
    g_test_add_func("/json/kinds", test_kinds);
    g_test_add_func("/json/line", test_line);
    return g_test_run();
}
