/* bounce-parts.h: what the readers of bounces share; for bounce*.c and nobody else.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "mailbox/bounce.h"

/* A notice is short; what is longer than this was written to be long. */
#define BOUNCE_TEXT_MAX 262144

/* ---- bounce-report.c: NULL where there is no such part. (transfer full) ---- */

Bounce *bounce_delivery_report(const Message *message, const Parts *parts);
Bounce *bounce_feedback_report(const Message *message, const Parts *parts);

/* ---- bounce-text.c ---- */

/* Its sender is one that no person is. */
gboolean bounce_is_from_a_server(const Message *message);

/* The plain text of a bounce; NULL where it is none, by sender and text. (transfer full) */
Bounce *bounce_plain_text(const Message *message, const Parts *parts);
/* What a report leaves out, from the text that stands above it. */
void    bounce_add_from_text(Bounce *bounce, const Message *message, const Parts *parts);

/* ---- bounce-returned.c: the notice as text, and the message that it returns ---- */

/* Text as it can be searched: as many bytes as the source, without NUL. */
typedef struct {
    char   *text;
    gsize   length;
    GBytes *decoded;        /* NULL: the text stands at `start` in the message */
    gsize   start;
    gboolean page;          /* what a reader sees of a page: no message can be cut out of it byte by byte */
} Notice;

/* The first plain text, which is the notice; where there is none, the first page. FALSE without either. */
gboolean    notice_read(const Message *message, const Parts *parts, Notice *notice);
void        notice_clear(Notice *notice);
/* Where the notice ends: the returned message behind it is noted in `bounce`. */
gsize notice_find_returned(const Message *message, const Parts *parts, const Notice *notice,
                           Bounce *bounce);
/* A line in lower case without the rules and blanks around it. (transfer full) */
char       *notice_bare_line(const char *line, const char *end);
const char *notice_next_line(const char *at);

/* ---- bounce-html.c ---- */

/* A page's text: its lines, without what nobody sees. (transfer full) */
GBytes *bounce_page_text(const char *html, gsize length);

/* ---- bounce-reply.c: an SMTP reply and what surrounds it in a line of text ---- */

/* Where a reply ("550 5.1.1 …", "421-4.7.0 …") begins in the text up to `end`; NULL for none. */
const char *reply_find(const char *text, const char *end);
/* "5.7.1" wherever it stands, an IP address excepted; NULL for none. (transfer full) */
char       *reply_status(const char *text);
/* "host mx.example.com[192.0.2.1] said: 550 …": what was said; else the whole. (points into it) */
const char *reply_said(const char *text);
/* The host that said it. (transfer full) */
char       *reply_host(const char *text);
/* "RCPT TO", "end of DATA" … (transfer none) */
const char *reply_stage(const char *text);
/* The address that begins here and is one whole word; NULL for none. (transfer full) */
char       *reply_word(const char *text, const char *end);
/* The address in "<a@b>", "'a@b'" or "a@b:" at the start of a line; NULL where the line begins
 * otherwise. (transfer full) */
char       *reply_address(const char *line, const char *end);
