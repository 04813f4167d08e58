/* bounce-returned.c: the text of a notice, and the message that it returns in plain text.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "mailbox/bounce-parts.h"

/* Lines that look like the end of the notice, each of which is tried. */
#define SEPARATORS_MAX 20

/* ---- the text ---- */

void
notice_clear(Notice *notice)
{
    g_free(notice->text);
    g_clear_pointer(&notice->decoded, g_bytes_unref);
}

static const Part *
first_part(const Parts *parts, const char *type)
{
    for (guint i = 0; i < parts->list->len; i++) {
        const Part *part = parts->list->pdata[i];
        if (g_str_equal(part->head->type, type) && !part->head->attachment)
            return part;
    }
    return NULL;
}

/* The beginning of a page is enough, too. */
static GBytes *
as_text(GBytes *page)
{
    gsize length = 0;
    const char *html = g_bytes_get_data(page, &length);
    GBytes *text = bounce_page_text(html, MIN(length, BOUNCE_TEXT_MAX));

    g_bytes_unref(page);
    return text;
}

gboolean
notice_read(const Message *message, const Parts *parts, Notice *notice)
{
    const Part *plain = first_part(parts, "text/plain");
    const Part *part = plain ? plain : first_part(parts, "text/html");

    *notice = (Notice){ .page = !plain };
    if (!part)
        return FALSE;
    GBytes *bytes = mime_decode(message_raw(message), part->body, part->head->encoding, G_MAXSIZE);
    if (notice->page)
        bytes = as_text(bytes);
    const char *data = g_bytes_get_data(bytes, &notice->length);
    notice->length = MIN(notice->length, BOUNCE_TEXT_MAX);
    notice->text = g_malloc0(notice->length + 1);
    for (gsize i = 0; i < notice->length; i++)
        notice->text[i] = data[i] ? data[i] : ' ';
    notice->text[notice->length] = '\0';
    notice->start = part->body.start;
    if (notice->page || part->head->encoding != MIME_IDENTITY) {
        notice->decoded = bytes;
        return TRUE;
    }
    /* The whole part, however long: only its beginning is searched. */
    notice->decoded = NULL;
    g_bytes_unref(bytes);
    return TRUE;
}

char *
notice_bare_line(const char *line, const char *end)
{
    while (line < end && strchr("-=*_ \t", *line))
        line++;
    while (end > line && strchr("-=*_ \t\r\n:.", end[-1]))
        end--;
    return g_ascii_strdown(line, (gssize)MIN((gsize)(end - line), 200));
}

const char *
notice_next_line(const char *at)
{
    const char *end = strchr(at, '\n');

    return end ? end + 1 : at + strlen(at);
}

/* ---- where the returned message begins ---- */

typedef struct {
    const char *words;
    gboolean    headers;    /* only the header follows */
    gboolean    whole;      /* the line says nothing else */
} Separator;

static const Separator separators[] = {
    { "this is a copy of the message, including all the headers", FALSE, FALSE },
    { "this is a copy of your message, including all the headers", FALSE, FALSE },
    { "this is a copy of the message's header", TRUE, FALSE },
    { "this is a copy of the headers", TRUE, FALSE },
    { "below this line is a copy of the message", FALSE, FALSE },
    { "below this line is a copy of the mail header", TRUE, FALSE },
    { "enclosed is a copy of the message", FALSE, FALSE },
    { "enclosed are the original headers of the message", TRUE, FALSE },
    { "original message follows", FALSE, FALSE },
    { "the original message follows", FALSE, FALSE },
    { "unsent message follows", FALSE, FALSE },
    { "undelivered message follows", FALSE, FALSE },
    { "returned message follows", FALSE, FALSE },
    { "unsent message below", FALSE, FALSE },
    { "message header follows", TRUE, FALSE },
    { "message headers follow", TRUE, FALSE },
    { "original message headers", TRUE, FALSE },
    { "original message header", TRUE, FALSE },
    { "your original message headers are included below", TRUE, FALSE },
    { "original headers", TRUE, TRUE },
    { "message headers", TRUE, TRUE },
    { "original message", FALSE, TRUE },
    { "the original message was", FALSE, TRUE },
    { "returned message", FALSE, TRUE },
    { "undelivered message", FALSE, TRUE },
    { "start of returned message", FALSE, TRUE },
    { "message text follows", FALSE, TRUE },
};

static const Separator *
separator_of(const char *line, const char *end)
{
    g_autofree char *bare = notice_bare_line(line, end);

    for (gsize i = 0; *bare && i < G_N_ELEMENTS(separators); i++)
        if (separators[i].whole ? g_str_equal(bare, separators[i].words)
                                : g_str_has_prefix(bare, separators[i].words))
            return &separators[i];
    return NULL;
}

/* Behind the separator: blank lines and remarks in a rule ("only the first 100 or so are included
 * here"). */
static const char *
skip_remarks(const char *at, gboolean *cut)
{
    while (*at) {
        const char *end = notice_next_line(at);
        g_autofree char *bare = notice_bare_line(at, end);
        if (*bare && !g_str_has_prefix(at, "------"))
            break;
        *cut = *cut || strstr(bare, "only the first") || strstr(bare, "truncated");
        at = end;
    }
    return at;
}

static gboolean
is_message(const char *text)
{
    static const char *const names[] = { "From", "Received", "Return-Path", "Message-ID", "Subject",
                                         "Date", "To" };
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, MIN(strlen(text), 16384));
    g_autoptr(Message) message = message_from_bytes(bytes, "", NULL);
    guint known = 0;

    for (gsize i = 0; message && i < G_N_ELEMENTS(names); i++)
        known += message_find(message, names[i], 0) >= 0;
    return known >= 2 && message_field(message, 0)->line <= 3;
}

/* Some put an empty line below the Return-Path that they add. */
static const char *
skip_lone_path(const char *at)
{
    if (g_ascii_strncasecmp(at, "Return-Path:", 12) != 0)
        return at;
    at = notice_next_line(at);
    return *at == '\n' || *at == '\r' ? notice_next_line(at) : at;
}

/* The part may end before the message does. */
static void
end_returned(const Parts *parts, Bounce *bounce)
{
    for (guint i = 0; i < parts->list->len && bounce->returned.end > 0; i++) {
        const Part *part = parts->list->pdata[i];
        if (part->body.start <= bounce->returned.start && part->body.end > bounce->returned.start)
            bounce->returned.end = MIN(bounce->returned.end, part->body.end);
    }
}

gsize
notice_find_returned(const Message *message, const Parts *parts, const Notice *notice,
                     Bounce *bounce)
{
    guint tried = 0;

    if (notice->page)
        return notice->length;
    for (const char *at = notice->text; *at && tried < SEPARATORS_MAX; at = notice_next_line(at)) {
        const char *end = notice_next_line(at);
        const Separator *separator = separator_of(at, end);
        gboolean cut = FALSE;
        tried += separator != NULL;
        const char *start = separator ? skip_remarks(end, &cut) : NULL;
        if (start && !is_message(start))
            start = skip_lone_path(start);
        if (!start || !is_message(start))
            continue;
        const gsize offset = (gsize)(start - notice->text);
        bounce->headers_only = separator->headers;
        bounce->returned_cut = cut;
        if (notice->decoded)
            bounce->decoded = g_bytes_new_from_bytes(notice->decoded, offset,
                                                     g_bytes_get_size(notice->decoded) - offset);
        else
            bounce->returned =
                (Span){notice->start + offset, g_bytes_get_size(message_raw(message))};
        end_returned(parts, bounce);
        return (gsize)(at - notice->text);
    }
    return notice->length;
}
