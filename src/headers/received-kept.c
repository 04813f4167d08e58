/* received-kept.c: Received fields whose beginning was read before.
 * SPDX-License-Identifier: MIT
 *
 * A host writes the same about each message of a client, down to the id; what follows is read here where it is written
 * plainly: `id WORD`, perhaps `for WORD`, a semicolon, a date. Everything else is read as a whole. */
#include <string.h>

#include "base/again.h"
#include "headers/maildate.h"
#include "headers/received-parts.h"

/* So many beginnings in fours, some 500 bytes each. */
#define ROWS       128
#define LENGTH_MAX 1024
/* "(CEST)" */
#define ZONE_MAX   5

typedef struct {
    gboolean      whole;        /* else it cannot be told apart from what follows */
    Hop          *hop;
    ReceivedParts parts;
} Head;

static void
head_free(gpointer data)
{
    Head *head = data;

    record_free(&hop_type, head->hop);
    received_parts_clear(&head->parts);
    g_free(head);
}

ReceivedKept *
received_kept_new(void)
{
    return again_new(ROWS, head_free);
}

void
received_kept_free(ReceivedKept *kept)
{
    again_free(kept);
}

/* ---- what follows ---- */

typedef struct {
    gsize       head;           /* the length of what stands before " id" */
    const char *id;
    gsize       id_length;
    const char *date;
} Tail;

static const char *
pass_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* As the lexer sees one, but that none begins with a quotation mark. */
static const char *
pass_word(const char *at)
{
    while ((guchar)*at > ' ' && *at != ';' && *at != '(' && *at != '"')
        at++;
    return at;
}

/* A comment behind a date is looked at like any other: a time zone says nothing there. None has the L of "TLS" or "SSL". */
static gboolean
ends_as_date(const char *date)
{
    const char *comment = strchr(date, '(');

    if (!comment)
        return TRUE;
    const gsize zone = strspn(comment + 1, "ABCDEFGHIJKMNOPQRSTUVWXYZ");
    return zone > 0 && zone <= ZONE_MAX && comment[zone + 1] == ')' && !*pass_blanks(comment + zone + 2);
}

static gboolean
split(const char *value, Tail *tail)
{
    const char *id = strstr(value, " id ");

    if (!id)
        return FALSE;
    tail->head = (gsize)(id - value);
    tail->id = pass_blanks(id + 3);
    const char *at = pass_word(tail->id);
    tail->id_length = (gsize)(at - tail->id);
    if (tail->id_length == 0)
        return FALSE;
    const char *word = pass_blanks(at);
    if (strncmp(word, "for", 3) == 0 && (word[3] == ' ' || word[3] == '\t'))
        at = pass_word(pass_blanks(word + 3));
    at = pass_blanks(at);
    tail->date = at + 1;
    return *at == ';' && ends_as_date(tail->date);
}

/* ---- kept ---- */

static Head *
head_of(const char *text)
{
    Head *head = g_new0(Head, 1);

    head->hop = received_parse_head(text, &head->parts, &head->whole);
    return head;
}

/* NULL where the date is none that is read at once. */
static Hop *
complete(const Head *head, const Tail *tail, ReceivedParts *parts)
{
    gint64 seconds;
    char *date = NULL;

    if (!head->whole || !maildate_parse(tail->date, &seconds, &date))
        return NULL;
    Hop *hop = record_copy(&hop_type, head->hop);
    hop->id = g_strndup(tail->id, tail->id_length);
    hop->date = date;
    hop->time = seconds;
    *parts = head->parts;
    parts->by_ip = g_strdup(head->parts.by_ip);
    return hop;
}

Hop *
received_parse_kept(ReceivedKept *kept, const char *value, ReceivedParts *parts)
{
    Tail tail;

    if (!kept || strlen(value) > LENGTH_MAX || !split(value, &tail))
        return received_parse_parts(value, parts);
    g_autofree char *text = g_strndup(value, tail.head);
    const Head *head = again_find(kept, text);
    Hop *hop = head ? complete(head, &tail, parts) : NULL;
    if (hop)
        return hop;
    if (!head && again_came(kept, text))
        again_keep(kept, text, head_of(text));
    return received_parse_parts(value, parts);
}
