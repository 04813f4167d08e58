/* header-undo.c: list tags, curly quotes, rewritten From fields, added fields and other folding, taken back
 * one by one.
 * SPDX-License-Identifier: MIT */
#include "auth/header-undo.h"

#include <string.h>

#include "base/hash.h"

#define INSTANCES_MAX 4     /* of one name that are tried */
#define FIELD_OCTETS_MAX 16384

typedef struct {
    const Message    *message;
    const FieldIndex *fields;
    const DkimSig    *sig;
    GPtrArray        *out;
    guint             limit;
} Listing;

static void
field_guess_free(gpointer data)
{
    FieldGuess *guess = data;

    g_free(guess->detail);
    if (guess->text)
        g_string_free(guess->text, TRUE);
    g_free(guess);
}

static void
add(Listing *listing, const char *cause, const char *detail, int field, GString *text)
{
    FieldGuess *guess = g_new0(FieldGuess, 1);

    *guess = (FieldGuess){ cause, g_strdup(detail), field, text };
    if (listing->out->len < listing->limit)
        g_ptr_array_add(listing->out, guess);
    else
        field_guess_free(guess);
}

static gsize
field_length(const Field *field)
{
    return field->value.end - field->all.start;
}

/* A guess is a copy; what no signer writes is not copied. */
static gboolean
is_small(const Field *field)
{
    return field_length(field) <= FIELD_OCTETS_MAX;
}

static const char *
field_text(const Listing *listing, const Field *field)
{
    return span_in(message_raw(listing->message), field->all);
}

/* The field without the octets `from` to `to` of the source. */
static GString *
without(const Listing *listing, const Field *field, gsize from, gsize to)
{
    const char *raw = g_bytes_get_data(message_raw(listing->message), NULL);
    GString *text = g_string_new_len(raw + field->all.start, (gssize)(from - field->all.start));

    g_string_append_len(text, raw + to, (gssize)(field->value.end - to));
    return text;
}

/* ---- Subject ---- */

/* Where a tag that lists and filters put into subjects ends, blanks behind it included; 0:
 * there is none at `at`. */
static gsize
tag_length(const char *at, const char *end)
{
    static const char *const pairs[] = { "[]", "{}", "()", "**" };
    gsize length = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(pairs) && length == 0 && at < end; i++) {
        if (*at != pairs[i][0])
            continue;
        const char *from = at;
        while (pairs[i][1] == '*' && from < end && *from == '*')
            from++;
        const char *close = memchr(from + (from == at), pairs[i][1],
                                   from < end ? (gsize)(end - from) - (from == at) : 0);
        while (pairs[i][1] == '*' && close && close + 1 < end && close[1] == '*')
            close++;
        length = close ? (gsize)(close - at) + 1 : 0;
    }
    while (length > 0 && at + length < end && strchr(" \t\r\n", at[length]) && at[length])
        length++;
    return length;
}

/* "[list] Re: hello" and "Re: [list] hello": a tag at the start, or behind the first colon. */
static void
list_subjects(Listing *listing)
{
    const int index = field_index_last(listing->fields, "subject");

    if (index < 0)
        return;
    const char *raw = g_bytes_get_data(message_raw(listing->message), NULL);
    const Field *field = message_field(listing->message, (guint)index);
    const char *end = raw + field->value.end;
    const char *start = raw + field->value.start;
    if (!is_small(field))
        return;
    while (start < end && (*start == ' ' || *start == '\t' || *start == '\r' || *start == '\n'))
        start++;
    const char *places[2] = { start, memchr(start, ':', (gsize)(end - start)) };
    if (places[1])
        for (places[1]++; places[1] < end && *places[1] == ' ';)
            places[1]++;
    for (gsize i = 0; i < 2; i++) {
        const gsize length = places[i] ? tag_length(places[i], end) : 0;
        if (length == 0)
            continue;
        const gsize from = (gsize)(places[i] - raw);
        g_autofree char *tag = g_strndup(places[i], MIN(length, 60));
        add(listing, "cause-subject-tag", g_strchomp(tag), index,
            without(listing, field, from, from + length));
    }
    /* "EXTERNAL: hello": a word before the first colon. */
    if (places[1] && places[1] - start <= 40) {
        g_autofree char *word = g_strndup(start, (gsize)(places[1] - start));
        add(listing, "cause-subject-tag", g_strchomp(word), index,
            without(listing, field, (gsize)(start - raw), (gsize)(places[1] - raw)));
    }
}

/* Without what word processors, chats and phones make of characters that are typed. NULL: there is none. (transfer full) */
static GString *
as_typed(const char *text, gsize length)
{
    static const struct { const char *is, *was; } made[] = {
        { "\u201C", "\"" }, { "\u201D", "\"" }, { "\u2018", "'" }, { "\u2019", "'" },
        { "\u2013", "-" },  { "\u2026", "..." }, { "\u00A0", " " },
    };
    GString *out = g_string_new_len(text, (gssize)length);
    guint count = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(made); i++)
        count += g_string_replace(out, made[i].is, made[i].was, 0);
    if (count > 0)
        return out;
    g_string_free(out, TRUE);
    return NULL;
}

/* Who copies a message copies its Subject with what the program made of it. */
static void
list_typed(Listing *listing)
{
    const int index = field_index_last(listing->fields, "subject");
    const Field *field = index < 0 ? NULL : message_field(listing->message, (guint)index);
    GString *typed = field && is_small(field) ? as_typed(field_text(listing, field), field_length(field)) : NULL;

    if (typed)
        add(listing, "cause-typography", "Subject", index, typed);
}

/* ---- From ---- */

/* Lists that put their own address into From: keep the author's elsewhere. */
static void
list_froms(Listing *listing)
{
    static const char *const kept[] = { "reply-to", "x-original-from", "original-from",
                                        "x-mailfrom", "x-google-original-from", "sender", "cc" };
    const int from = field_index_last(listing->fields, "from");

    for (gsize i = 0; from >= 0 && i < G_N_ELEMENTS(kept); i++) {
        const int other = field_index_last(listing->fields, kept[i]);
        if (other < 0)
            continue;
        const Field *field = message_field(listing->message, (guint)from);
        const Field *source = message_field(listing->message, (guint)other);
        if (!is_small(field) || !is_small(source))
            continue;
        GString *text = g_string_new_len(field_text(listing, field),
                                         (gssize)(field->value.start - field->all.start));
        g_string_append_len(text, span_in(message_raw(listing->message), source->value),
                            (gssize)span_length(source->value));
        g_autofree char *name = field_name(listing->message, source);
        add(listing, "cause-from-rewritten", name, from, text);
    }
}

/* ---- fields that were not there ---- */

static void
list_added(Listing *listing)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    for (guint i = 0; i < listing->sig->fields->len && listing->out->len < listing->limit; i++) {
        char *name = g_ascii_strdown(listing->sig->fields->pdata[i], -1);
        if (!g_hash_table_add(seen, name))
            continue;
        int index = field_index_last(listing->fields, name);
        for (int tried = 0; index >= 0 && tried < INSTANCES_MAX; tried++) {
            g_autofree char *shown =
                field_name(listing->message, message_field(listing->message, (guint)index));
            add(listing, "cause-field-added", shown, index, NULL);
            index = field_index_above(listing->fields, index);
        }
    }
}

/* ---- folding, which simple canonicalisation hashes as it stands ---- */

typedef enum { FOLD_JOINED, FOLD_SPACE, FOLD_TAB, FOLD_ONE_BLANK } Fold;

static GString *
refold(const char *text, gsize length, Fold fold)
{
    GString *out = g_string_sized_new(length);

    for (gsize i = 0; i < length; i++) {
        const gboolean crlf = text[i] == '\r' && i + 2 < length && text[i + 1] == '\n';
        const gboolean lf = text[i] == '\n' && i + 1 < length;
        if (!crlf && !lf) {
            g_string_append_c(out, text[i]);
            continue;
        }
        i += crlf ? 2 : 1;      /* to the blank that begins the next line */
        if (fold == FOLD_SPACE || fold == FOLD_TAB)
            g_string_append_len(out, "\r\n", 2);
        while (fold == FOLD_ONE_BLANK && i + 1 < length &&
               (text[i + 1] == ' ' || text[i + 1] == '\t'))
            i++;
        g_string_append_c(out, fold == FOLD_JOINED ? text[i] : fold == FOLD_TAB ? '\t' : ' ');
    }
    return out;
}

static void
list_foldings(Listing *listing)
{
    g_autoptr(GArray) selected = dkim_sig_select(listing->sig, listing->fields);

    for (guint i = 0; i < selected->len && listing->out->len < listing->limit; i++) {
        const int index = g_array_index(selected, int, i);
        if (index < 0)
            continue;
        const Field *field = message_field(listing->message, (guint)index);
        const char *text = field_text(listing, field);
        const gsize length = field_length(field);
        if (!is_small(field) || !memchr(text, '\n', length))
            continue;
        g_autofree char *name = field_name(listing->message, field);
        for (Fold fold = FOLD_JOINED; fold <= FOLD_ONE_BLANK; fold++)
            add(listing, "cause-folding", name, index, refold(text, length, fold));
    }
}

GPtrArray *
header_undo_list(const Message *message, const DkimSig *sig, const FieldIndex *fields, guint limit)
{
    Listing listing = { message, fields, sig, g_ptr_array_new_with_free_func(field_guess_free),
                        limit };

    list_subjects(&listing);
    list_typed(&listing);
    list_froms(&listing);
    list_added(&listing);
    if (sig->header_canon == CANON_SIMPLE)
        list_foldings(&listing);
    return listing.out;
}

/* ---- z= ---- */

/* RFC 6376, 2.11: "=3D" for an octet; blanks were only put in for folding. */
static void
append_unquoted(const char *text, GString *out)
{
    for (; *text; text++) {
        if (*text == '=' && g_ascii_isxdigit(text[1]) && g_ascii_isxdigit(text[2])) {
            g_string_append_c(out, (char)(g_ascii_xdigit_value(text[1]) * 16 +
                                          g_ascii_xdigit_value(text[2])));
            text += 2;
        } else if (!g_ascii_isspace(*text)) {
            g_string_append_c(out, *text);
        }
    }
}

static gboolean
reads_the_same(const Listing *listing, int index, const GString *copy)
{
    const Field *field = message_field(listing->message, (guint)index);
    g_autoptr(GString) ours = g_string_new(NULL);
    g_autoptr(GString) theirs = g_string_new(NULL);

    canon_field(CANON_RELAXED, field_text(listing, field), field_length(field), ours);
    canon_field(CANON_RELAXED, copy->str, copy->len, theirs);
    return g_string_equal(ours, theirs);
}

static void
take_copy(Listing *listing, const char *entry)
{
    const char *colon = strchr(entry, ':');

    if (!colon)
        return;
    g_autofree char *name = g_strndup(entry, (gsize)(colon - entry));
    g_strstrip(name);
    g_autofree char *lower = g_ascii_strdown(name, -1);
    const int index = field_index_last(listing->fields, lower);
    if (index < 0)
        return;
    GString *copy = g_string_new(name);
    g_string_append_c(copy, ':');
    append_unquoted(colon + 1, copy);
    if (reads_the_same(listing, index, copy))
        g_string_free(copy, TRUE);
    else
        add(listing, "cause-copied", name, index, copy);
}

GPtrArray *
header_undo_copied(const Message *message, const DkimSig *sig, const FieldIndex *fields)
{
    Listing listing = { message, fields, sig, g_ptr_array_new_with_free_func(field_guess_free),
                        64 };
    const char *copied = taglist_get(sig->tags, "z");

    if (!copied || strlen(copied) > (gsize)16 * FIELD_OCTETS_MAX)
        return listing.out;
    g_auto(GStrv) entries = g_strsplit(copied, "|", 256);
    for (guint i = 0; entries[i]; i++)
        take_copy(&listing, entries[i]);
    return listing.out;
}
