/* fuzz-json.c: whether text is JSON, by a reader that shares nothing with the program's (RFC 8259).
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"

enum { DEPTH_MAX = 1000 };

typedef struct {
    const char *at, *end;
} Reader;

static gboolean read_value(Reader *in, guint depth);

static void
skip_blanks(Reader *in)
{
    while (in->at < in->end && strchr(" \t\r\n", *in->at) && *in->at)
        in->at++;
}

static gboolean
take(Reader *in, char wanted)
{
    if (in->at == in->end || *in->at != wanted)
        return FALSE;
    in->at++;
    return TRUE;
}

/* Four hexadecimal digits. */
static gboolean
read_hex(Reader *in, guint *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++, in->at++) {
        if (in->at == in->end || !g_ascii_isxdigit(*in->at))
            return FALSE;
        *code = *code * 16 + (guint)g_ascii_xdigit_value(*in->at);
    }
    return TRUE;
}

static gboolean
read_escape(Reader *in)
{
    guint code = 0;

    if (in->at == in->end || !*in->at || !strchr("\"\\/bfnrtu", *in->at))
        return FALSE;
    if (*in->at++ != 'u')
        return TRUE;
    if (!read_hex(in, &code) || (code >= 0xDC00 && code < 0xE000))
        return FALSE;
    if (code < 0xD800 || code >= 0xE000)
        return TRUE;
    /* Section 7: beyond the first plane as a pair. */
    return take(in, '\\') && take(in, 'u') && read_hex(in, &code) && code >= 0xDC00 && code < 0xE000;
}

static gboolean
read_string(Reader *in)
{
    if (!take(in, '"'))
        return FALSE;
    while (in->at < in->end) {
        const guchar c = (guchar)*in->at++;
        if (c == '"')
            return TRUE;
        if (c < 0x20 || (c == '\\' && !read_escape(in)))
            return FALSE;
    }
    return FALSE;
}

static gboolean
read_digits(Reader *in)
{
    const char *begin = in->at;

    while (in->at < in->end && g_ascii_isdigit(*in->at))
        in->at++;
    return in->at > begin;
}

static gboolean
read_number(Reader *in)
{
    take(in, '-');
    if (!take(in, '0') && !read_digits(in))
        return FALSE;
    if (take(in, '.') && !read_digits(in))
        return FALSE;
    if (take(in, 'e') || take(in, 'E')) {
        if (!take(in, '+'))
            take(in, '-');
        return read_digits(in);
    }
    return TRUE;
}

static gboolean
read_list(Reader *in, char close, guint depth)
{
    in->at++;
    skip_blanks(in);
    if (take(in, close))
        return TRUE;
    do {
        skip_blanks(in);
        if (close == '}') {
            if (!read_string(in))
                return FALSE;
            skip_blanks(in);
            if (!take(in, ':'))
                return FALSE;
        }
        if (!read_value(in, depth + 1))
            return FALSE;
        skip_blanks(in);
    } while (take(in, ','));
    return take(in, close);
}

static gboolean
read_word(Reader *in)
{
    static const char *const words[] = { "null", "true", "false" };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        const gsize length = strlen(words[i]);
        if ((gsize)(in->end - in->at) >= length && !memcmp(in->at, words[i], length)) {
            in->at += length;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
read_value(Reader *in, guint depth)
{
    skip_blanks(in);
    if (in->at == in->end || depth > DEPTH_MAX)
        return FALSE;
    switch (*in->at) {
    case '{':
        return read_list(in, '}', depth);
    case '[':
        return read_list(in, ']', depth);
    case '"':
        return read_string(in);
    case 'n':
    case 't':
    case 'f':
        return read_word(in);
    default:
        return read_number(in);
    }
}

gboolean
fuzz_is_json(const char *text, gsize length)
{
    Reader in = { text, text + length };

    if (!read_value(&in, 0))
        return FALSE;
    skip_blanks(&in);
    return in.at == in.end;
}
