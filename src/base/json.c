/* json.c: a strict reader of JSON without a tree.
 * SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <string.h>

#include "base/translate.h"

#define DEPTH_MAX 64
/* A string longer than this is none of ours. */
#define STRING_MAX (1 << 20)

void
json_open(JsonReader *in, const char *bytes, gsize length)
{
    *in =
        (JsonReader){.begin = bytes, .at = bytes, .end = bytes + length, .key = g_string_new(NULL)};
}

void
json_close(JsonReader *in)
{
    g_string_free(in->key, TRUE);
    in->key = NULL;
}

void
json_refuse(JsonReader *in, const char *fault)
{
    if (!in->fault)
        in->fault = fault;
}

gsize
json_line(const JsonReader *in)
{
    gsize line = 1;

    for (const char *at = in->begin; at < in->at; at++)
        line += *at == '\n';
    return line;
}

static gboolean
fail(JsonReader *in)
{
    json_refuse(in, N_("this is no JSON"));
    return FALSE;
}

/* The next character that is no blank, not read; NUL at the end and after a fault. */
static char
peek(JsonReader *in)
{
    while (in->at < in->end &&
           (*in->at == ' ' || *in->at == '\t' || *in->at == '\n' || *in->at == '\r'))
        in->at++;
    return in->fault || in->at == in->end ? '\0' : *in->at;
}

static gboolean
expect(JsonReader *in, char c)
{
    if (peek(in) != c)
        return fail(in);
    in->at++;
    return TRUE;
}

static gboolean
word(JsonReader *in, const char *text)
{
    const gsize length = strlen(text);

    if ((gsize)(in->end - in->at) < length || memcmp(in->at, text, length) != 0)
        return fail(in);
    in->at += length;
    return TRUE;
}

JsonKind
json_kind(JsonReader *in)
{
    switch (peek(in)) {
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_ARRAY;
    case '"':
        return JSON_STRING;
    case 'n':
        return JSON_NULL;
    case 't':
    case 'f':
        return JSON_BOOL;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return JSON_NUMBER;
    default:
        return JSON_NOTHING;
    }
}

/* ---- objects and arrays ---- */

static void
enter(JsonReader *in, char open)
{
    if (!expect(in, open))
        return;
    in->fresh = TRUE;
    if (++in->depth > DEPTH_MAX)
        json_refuse(in, N_("it is nested too deep"));
}

/* Whether another element follows; reads what stands before it, or the end. */
static gboolean
another(JsonReader *in, char close)
{
    const gboolean fresh = in->fresh;

    in->fresh = FALSE;
    if (peek(in) == close) {
        in->at++;
        in->depth--;
        return FALSE;
    }
    return !in->fault && (fresh || expect(in, ','));
}

void
json_object(JsonReader *in)
{
    enter(in, '{');
}

void
json_array(JsonReader *in)
{
    enter(in, '[');
}

gboolean
json_item(JsonReader *in)
{
    return another(in, ']');
}

/* ---- strings ---- */

static gunichar
four_digits(JsonReader *in)
{
    gunichar code = 0;

    if (in->end - in->at < 4) {
        fail(in);
        return 0;
    }
    for (guint i = 0; i < 4; i++) {
        const int digit = g_ascii_xdigit_value(*in->at++);
        if (digit < 0) {
            fail(in);
            return 0;
        }
        code = code << 4 | (gunichar)digit;
    }
    return code;
}

/* Characters beyond the first plane are two escapes. A NUL would end what C takes for a string. */
static void
read_code(JsonReader *in, GString *out)
{
    gunichar code = four_digits(in);

    if (code >= 0xD800 && code < 0xDC00) {
        if (!word(in, "\\u"))
            return;
        const gunichar low = four_digits(in);
        if (low < 0xDC00 || low > 0xDFFF) {
            fail(in);
            return;
        }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000))
        fail(in);
    else if (!in->fault)
        g_string_append_unichar(out, code);
}

static void
read_escape(JsonReader *in, GString *out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char c = in->at < in->end ? *in->at++ : '\0';
    const char *found = c ? strchr(letters, c) : NULL;

    if (c == 'u')
        read_code(in, out);
    else if (found)
        g_string_append_c(out, meanings[found - letters]);
    else
        fail(in);
}

static void
read_string(JsonReader *in, GString *out)
{
    g_string_truncate(out, 0);
    if (!expect(in, '"'))
        return;
    while (!in->fault) {
        const char *start = in->at;
        while (in->at < in->end && *in->at != '"' && *in->at != '\\' && (guchar)*in->at >= ' ')
            in->at++;
        g_string_append_len(out, start, in->at - start);
        if (out->len > STRING_MAX || in->at == in->end || (guchar)*in->at < ' ') {
            fail(in);
        } else if (*in->at++ == '"') {
            if (!g_utf8_validate_len(out->str, out->len, NULL))
                fail(in);
            return;
        } else {
            read_escape(in, out);
        }
    }
}

const char *
json_key(JsonReader *in)
{
    if (!another(in, '}'))
        return NULL;
    read_string(in, in->key);
    expect(in, ':');
    return in->fault ? NULL : in->key->str;
}

char *
json_string(JsonReader *in)
{
    if (json_kind(in) == JSON_NULL) {
        word(in, "null");
        return NULL;
    }
    GString *out = g_string_new(NULL);
    read_string(in, out);
    return g_string_free(out, in->fault != NULL);
}

/* ---- the rest ---- */

static gsize
skip_digits(JsonReader *in)
{
    const char *start = in->at;

    while (in->at < in->end && g_ascii_isdigit(*in->at))
        in->at++;
    return (gsize)(in->at - start);
}

/* RFC 8259, 6; `whole`: without fraction and exponent. */
static void
skip_number(JsonReader *in, gboolean whole)
{
    if (in->at < in->end && *in->at == '-')
        in->at++;
    const char *start = in->at;
    const gsize digits = skip_digits(in);
    if (digits == 0 || (digits > 1 && *start == '0'))
        fail(in);
    if (!whole && in->at < in->end && *in->at == '.') {
        in->at++;
        if (skip_digits(in) == 0)
            fail(in);
    }
    if (!whole && in->at < in->end && (*in->at == 'e' || *in->at == 'E')) {
        in->at++;
        if (in->at < in->end && (*in->at == '+' || *in->at == '-'))
            in->at++;
        if (skip_digits(in) == 0)
            fail(in);
    }
}

gint64
json_int(JsonReader *in)
{
    if (json_kind(in) == JSON_NULL) {
        word(in, "null");
        return G_MININT64;
    }
    const char *start = in->at;
    skip_number(in, TRUE);
    if (in->fault || in->at - start > 18) { /* less than 2^63 in any case */
        fail(in);
        return 0;
    }
    g_autofree char *digits = g_strndup(start, (gsize)(in->at - start));
    return g_ascii_strtoll(digits, NULL, 10);
}

gboolean
json_bool(JsonReader *in)
{
    const gboolean yes = peek(in) == 't';

    return word(in, yes ? "true" : "false") && yes;
}

static void
skip_scalar(JsonReader *in)
{
    switch (json_kind(in)) {
    case JSON_STRING: {
        g_autofree char *text = json_string(in);
        break;
    }
    case JSON_NUMBER:
        skip_number(in, FALSE);
        break;
    case JSON_BOOL:
        json_bool(in);
        break;
    default:
        word(in, "null");
        break;
    }
}

/* Nesting is bounded by enter(). */
void
json_skip(JsonReader *in)
{
    if (json_kind(in) == JSON_OBJECT) {
        json_object(in);
        while (json_key(in))
            json_skip(in);
    } else if (json_kind(in) == JSON_ARRAY) {
        json_array(in);
        while (json_item(in))
            json_skip(in);
    } else {
        skip_scalar(in);
    }
}

void
json_end(JsonReader *in)
{
    if (peek(in) || (!in->fault && in->at < in->end))
        fail(in);
}
