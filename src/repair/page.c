/* page.c: what stands above the source: a page's title and table, a question in a chat.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"
#include "repair/notice.h"
#include "repair/summary.h"

/* So many fields must stand below text that is taken for a preamble; a preamble is no novel. */
#define FIELDS_MIN 3
#define LINES_MAX 200
#define BLOCKS_MAX 4
/* So much of a reply is shown; "550 5.7.26" alone is less than this. */
#define REPLY_MAX 300
#define REPLY_MIN 13

static gboolean
is_mbox_line(const char *text, gsize at, gsize end)
{
    return end - at > 5 &&
           (memcmp(text + at, "From ", 5) == 0 || memcmp(text + at, ">From", 5) == 0);
}

static gboolean
looks_like_field(const char *text, gsize at, gsize end)
{
    const gsize start = at;

    while (at < end && letters_in_name(text[at]))
        at++;
    const gboolean named = at > start;
    while (at < end && letters_is_wsp(text[at]))
        at++;
    return named && at < end && text[at] == ':';    /* blanks before it: RFC 5322, 4.5 */
}

/* The header begins at the first known field behind `from`, or at the unknown ones right above it. FALSE where
 * nothing but a header is there. */
static gboolean
find_header(const char *text, gsize length, gsize from, gsize *place)
{
    gsize run = 0;              /* where the fields that end above this line begin */
    gboolean in_run = FALSE, noise = from > 0;
    guint lines = 0;

    /* A byte order mark is no noise. */
    for (gsize at = from + letters_invisible(text + from, text + length); at < length && lines < LINES_MAX;
         lines++) {
        const gsize end = draft_line_end(text, length, at);
        gsize begin = at;
        while (begin < end && letters_is_wsp(text[begin]))
            begin++;
        if (names_begins_field(text + begin, text + end, FALSE)) {
            *place = in_run ? run : at;
            return noise;
        }
        const gboolean field =
            looks_like_field(text, at, end) || (in_run && letters_is_wsp(text[at]));
        if (field && !in_run)
            run = at;
        if (in_run && draft_is_blank(text, at, end))
            noise = TRUE;       /* "Note: see below", then an empty line: that was no header */
        in_run = field;
        if (!field && !draft_is_blank(text, at, end) && !is_mbox_line(text, at, end))
            noise = TRUE;
        at = end + 1;
    }
    return FALSE;
}

/* What only a server or a signer writes: one of these is no person's list of words, however few fields were copied with it. */
static gboolean
is_of_server(const char *field, const char *end)
{
    const char *colon = memchr(field, ':', (gsize)(end - field));
    FieldName found;

    return colon && names_find(field, (gsize)(colon - field), &found) &&
           (found.kind == VALUE_RESULTS || found.kind == VALUE_TAGS || found.kind == VALUE_TRACE);
}

static gboolean
is_header(const char *text, gsize length, gsize block)
{
    const guint fields = draft_count_fields(text, block);

    return fields >= FIELDS_MIN || (fields > 0 && is_of_server(text, text + length));
}

/* A notice of failure tells the subject, or the time, in a line of its own before it shows the header: "Subject: Offer". */
static gboolean
find_below_text(const char *text, gsize length, gsize *place)
{
    gsize from = 0;

    for (guint blocks = 0; blocks < BLOCKS_MAX && find_header(text, length, from, place); blocks++) {
        const gsize block = draft_block(text + *place, length - *place);
        if (memchr(text, '\0', *place))
            return FALSE;
        if (is_header(text + *place, length - *place, block))
            return TRUE;
        if (draft_names_author(text + *place, block))
            return FALSE;       /* who takes that for less than a header may hide an author */
        from = *place + MAX(block, 1);
    }
    return FALSE;
}

static gboolean
page_needed(const char *head, gsize length)
{
    gsize place;

    return summary_find(head, length, &place) || find_below_text(head, length, &place);
}

static gboolean
rest_needed(const char *head, gsize length)
{
    gsize place;

    return find_below_text(head, length, &place);
}

static gboolean
page_possible(const char *block, gsize length)
{
    return draft_is_covered(block, length) || summary_possible(block, length);
}

static void
take_claim(Draft *draft, gsize length)
{
    ReportedHeader *claim = summary_claim(draft->text->str, length);

    if (claim->results->len > 0)
        g_ptr_array_add(draft->origin->claims, claim);
    else
        record_free(&reported_header_type, claim);
}

static guint
count_lines(const char *text, gsize length)
{
    guint count = 0;

    for (gsize at = 0; at < length; at = draft_line_end(text, length, at) + 1)
        count += draft_is_blank(text, at, draft_line_end(text, length, at)) ? 0 : 1;
    return count;
}

/* What a notice tells above the header that it returns is put aside, but not without a word: the first reply that says more than
 * its code, up to the end of the line. */
static void
note_reply(Draft *draft, gsize place)
{
    const char *text = draft->text->str, *reply = notice_reply(text, place);

    while (reply) {
        const gsize at = (gsize)(reply - text), end = draft_line_end(text, place, at);
        if (end - at >= REPLY_MIN) {
            g_autofree char *line = g_strndup(reply, MIN(end - at, REPLY_MAX));
            origin_note(draft->origin, "paste-reply-above", SEVERITY_WARNING, line, NULL);
            return;
        }
        reply = notice_reply(text + end, place - end);
    }
}

/* The source begins at `place`. */
static void
cut(Draft *draft, Mend *mend, gsize place)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    const guint lines = count_lines(text, place);

    mend_add(mend, text, place, text + place, MIN(200, length - place));
    mend->count = MAX(lines, 1);
    note_reply(draft, place);
    draft_take(draft, g_string_new_len(text + place, (gssize)(length - place)));
}

/* No source: what the table names is all that is known of the message. */
static void
keep_table(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    GString *fields = summary_fields(text, length);

    mend_add(mend, text, length, fields->str, fields->len);
    mend->count = count_lines(text, length);
    mend->partial = TRUE;
    origin_note(draft->origin, "paste-table-only", SEVERITY_WARNING, NULL);
    draft_take(draft, fields);
}

static void
page_mend(Draft *draft, Mend *mend)
{
    const gsize head = MIN(draft->text->len, DRAFT_HEAD);
    gsize place;

    if (summary_find(draft->text->str, head, &place)) {
        take_claim(draft, MIN(place, head));
        if (place < head)
            cut(draft, mend, place);
        else
            keep_table(draft, mend);
    } else if (find_below_text(draft->text->str, head, &place)) {
        cut(draft, mend, place);
    }
}

static void
rest_mend(Draft *draft, Mend *mend)
{
    gsize place;

    if (find_below_text(draft->text->str, MIN(draft->text->len, DRAFT_HEAD), &place))
        cut(draft, mend, place);
}

const RepairStep repair_page_text = {
    .id = "page-text",
    .one = N_("1 line above the source put aside"),
    .many = N_("%s lines above the source put aside"),
    .fidelity = "reencoded",
    .needed = page_needed,
    .mend = page_mend,
    .possible = page_possible,
};
/* The same where the text shared its line with the first field, which one-line set apart. */
const RepairStep repair_page_rest = {
    .id = "page-text",
    .one = N_("1 line above the source put aside"),
    .many = N_("%s lines above the source put aside"),
    .fidelity = "reencoded",
    .needed = rest_needed,
    .mend = rest_mend,
    .possible = draft_is_covered,
};
