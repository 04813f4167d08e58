/* context.c: brackets, quotes and lists of names within a value.
 * SPDX-License-Identifier: MIT
 *
 * One cursor goes forward over the text; each byte is looked at a bounded number of times. */
#include "repair/context.h"

#include <string.h>

#include "repair/letters.h"

/* Longer ones are accidents: a single quote in a Subject, a smiley. */
#define COMMENT_MAX 4000
#define QUOTE_MAX 500
#define ANGLE_MAX 2500

struct Context {
    const char   *text;
    gsize         length;
    const GArray *marks;
    guint32      *closing;  /* of each `(`: one past its `)`; 0 for none. NULL: nobody asked yet */
    gsize         at;
    gsize         inside;   /* everything before this place is inside something */
    ValueKind     kind;
    gboolean      tag_next; /* VALUE_TAGS: a tag's name is expected */
};

/* Pairs of parentheses, innermost first (RFC 5322, 3.2.2: comments nest). */
static guint32 *
pair_parentheses(const char *text, gsize length)
{
    guint32 *closing = g_new0(guint32, length + 1);
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(gsize));

    for (gsize i = 0; i < length; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] == '(')
            g_array_append_val(open, i);
        else if (text[i] == ')' && open->len > 0) {
            closing[g_array_index(open, gsize, open->len - 1)] = (guint32)(i + 1);
            g_array_set_size(open, open->len - 1);
        }
    }
    return closing;
}

Context *
context_new(const char *text, gsize length, const GArray *marks)
{
    Context *context = g_new0(Context, 1);

    context->text = text;
    context->length = length;
    context->marks = marks;
    return context;
}

void
context_free(Context *context)
{
    if (!context)
        return;
    g_free(context->closing);
    g_free(context);
}

void
context_enter(Context *context, gsize at, ValueKind kind)
{
    context->at = at;
    context->inside = at;
    context->kind = kind;
    context->tag_next = TRUE;
}

static gsize
close_parenthesis(Context *context)
{
    if (!context->closing)
        context->closing = pair_parentheses(context->text, context->length);
    const gsize end = context->closing[context->at];

    return end && end - context->at <= COMMENT_MAX ? end : 0;
}

static gsize
close_quote(const Context *context)
{
    const gsize limit = MIN(context->length, context->at + QUOTE_MAX);

    for (gsize i = context->at + 1; i < limit; i++) {
        if (context->text[i] == '\\')
            i++;
        else if (context->text[i] == '"')
            return i + 1;
    }
    return 0;
}

static gsize
close_angle(const Context *context, gsize at)
{
    const gsize limit = MIN(context->length, at + ANGLE_MAX);

    for (gsize i = at + 1; i < limit && context->text[i] != '<'; i++)
        if (context->text[i] == '>')
            return i + 1;
    return 0;
}

static gsize
skip_space(const Context *context, gsize at)
{
    while (at < context->length && letters_is_space(context->text[at]))
        at++;
    return at;
}

/* "Ann To: bob@example.com" <ann@example.com>: a quote that ends at `end` and has an address behind it was no accident, whatever
 * stands in it. */
static gboolean
is_display_name(const Context *context, gsize end)
{
    const gsize angle = skip_space(context, end);
    const gboolean opens = context->kind == VALUE_ADDRESS && angle < context->length && context->text[angle] == '<';
    const gsize close = opens ? close_angle(context, angle) : 0;

    return close && memchr(context->text + angle, '@', close - angle);
}

static void
pass_bracket(Context *context)
{
    const char c = context->text[context->at];
    const gsize end = c == '(' ? close_parenthesis(context) : c == '"' ? close_quote(context)
                    : c == '<' ? close_angle(context, context->at) : 0;

    if (c == '\\' && context->at + 1 < context->length)
        context->at++;
    if (end && (marks_strong_in(context->marks, context->at, end) == end || (c == '"' && is_display_name(context, end))))
        context->inside = context->at = end;
    else
        context->at++;
}

/* RFC 6376, 3.5: h= is a list of names with colons between, white space allowed around each. A name
 * without colon or semicolon behind it is the last one; where line breaks vanished, a field may
 * hang on it ("subjectReceived: from"). */
static gsize
end_of_names(const Context *context, gsize at)
{
    for (;;) {
        const gsize name = skip_space(context, at);
        gsize end = name;
        while (end < context->length && letters_in_name(context->text[end]))
            end++;
        const gsize glued = marks_strong_in(context->marks, name + 1, end);
        const gsize next = skip_space(context, end);
        if (glued < end || next >= context->length || context->text[next] != ':')
            return glued;
        at = next + 1;
    }
}

/* z= holds whole fields: "Name:value|Name:value", blanks only behind a bar. */
static gsize
end_of_copies(const Context *context, gsize at)
{
    const gsize start = at;

    for (; at < context->length && context->text[at] != ';'; at++)
        if (letters_is_space(context->text[at]) && context->text[skip_space(context, at)] != '|' &&
            (at == 0 || context->text[at - 1] != '|') && !letters_is_space(context->text[at - 1]))
            break;
    for (gsize copy = start; copy < at; copy++) {
        copy = marks_strong_in(context->marks, copy, at);
        if (copy < at && copy > start && context->text[copy - 1] != '|' &&
            !letters_is_space(context->text[copy - 1]))
            return copy;
    }
    return at;
}

static void
pass_tag(Context *context)
{
    const char *text = context->text;
    const gsize name = skip_space(context, context->at);
    gsize equals = name;

    context->tag_next = FALSE;
    while (equals < context->length && g_ascii_isalpha(text[equals]))
        equals++;
    const gsize length = equals - name;
    equals = skip_space(context, equals);
    if (length != 1 || equals >= context->length || text[equals] != '=')
        return;
    if (text[name] == 'h')
        context->inside = context->at = end_of_names(context, equals + 1);
    else if (text[name] == 'z')
        context->inside = context->at = end_of_copies(context, skip_space(context, equals + 1));
}

static void
pass_tags(Context *context)
{
    if (context->tag_next)
        pass_tag(context);
    else
        context->tag_next = context->text[context->at++] == ';';
}

gboolean
context_inside(Context *context, gsize place)
{
    if (context->kind == VALUE_TEXT || context->kind == VALUE_REPORT)
        return FALSE;
    while (context->at < place) {
        if (context->kind == VALUE_TAGS)
            pass_tags(context);
        else
            pass_bracket(context);
    }
    return place < context->inside;
}
