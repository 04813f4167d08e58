/* header-cause.c: likely changes of signed fields, tried against the signature.
 * SPDX-License-Identifier: MIT */
#include "auth/header-cause.h"

#include <openssl/evp.h>
#include <string.h>

#include "auth/crypto.h"
#include "auth/header-undo.h"
#include "base/hash.h"
#include "base/room.h"

#define GUESSES_MAX 48          /* single changes; pairs of them are tried, too */
#define VERIFY_EFFORT 20000     /* what checking a signature costs beside hashing, in octets */

/* A signed field within the signed data. */
typedef struct {
    int   field;        /* its index; -1: the signature's own, at the end */
    gsize start, end;
} Piece;

typedef struct {
    const Message    *message;
    const DkimSig    *sig;
    const FieldIndex *fields;
    const KeyFetch   *key;
    Effort           *effort;
    guint             own;
    KeyRecovery       recovery;
    guint8            signed_digest[KEY_DIGEST];
    gboolean          stopped;
    GString          *whole;        /* the signed data as it is: most of it is the same in every guess */
    GArray           *pieces;       /* Piece, in order */
} Search;

/* What a guess at the header is made of. */
typedef struct {
    Canon             canon;
    gboolean          top_down;     /* the instances of a name in the other order */
    const FieldGuess *const *changes;
    guint             n_changes;
} Guess;

static const FieldGuess *
change_of(const Guess *guess, int field)
{
    for (guint i = 0; i < guess->n_changes; i++)
        if (guess->changes[i]->field == field)
            return guess->changes[i];
    return NULL;
}

static gboolean
is_absent(const Guess *guess, int field)
{
    const FieldGuess *change = change_of(guess, field);

    return change && !change->text;
}

/* ---- the signed data of a guess ---- */

/* dkim_sig_select() with fields left out. */
static GArray *
select_fields(const Search *search, const Guess *guess)
{
    GArray *selected = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GHashTable) used = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    for (guint i = 0; i < search->sig->fields->len; i++) {
        char *name = g_ascii_strdown(search->sig->fields->pdata[i], -1);
        gpointer before = NULL;
        const gboolean again = g_hash_table_lookup_extended(used, name, NULL, &before);
        int index = GPOINTER_TO_INT(before);
        if (!again)
            index = field_index_last(search->fields, name);
        else if (index >= 0)
            index = field_index_above(search->fields, index);
        while (index >= 0 && is_absent(guess, index))
            index = field_index_above(search->fields, index);
        g_hash_table_insert(used, name, GINT_TO_POINTER(index));
        g_array_append_val(selected, index);
    }
    return selected;
}

/* The fields of each name in the other order, in the places that h= gives that name. */
static void
turn_around(const Search *search, GArray *selected)
{
    for (guint i = 0; i < selected->len && i < 256; i++) {
        for (guint j = i + 1; j < selected->len && j < 256; j++) {
            int *a = &g_array_index(selected, int, i), *b = &g_array_index(selected, int, j);
            const gpointer *names = search->sig->fields->pdata;
            if (*a > *b && *b >= 0 && g_ascii_strcasecmp(names[i], names[j]) == 0) {
                const int kept = *a;
                *a = *b;
                *b = kept;
            }
        }
    }
}

static void
append_signed(const Search *search, const Field *field, Canon canon, GString *out)
{
    canon_field(canon, span_in(message_raw(search->message), field->all), field->value.end - field->all.start, out);
}

static void
append_own(const Search *search, Canon canon, GString *out)
{
    dkim_sig_append_own(search->message, message_field(search->message, search->own), search->sig->tags, canon, out);
}

/* The signed data as it is, and where each field stands in it. */
static void
make_pieces(Search *search)
{
    const Canon canon = search->sig->header_canon;
    g_autoptr(GArray) selected = dkim_sig_select(search->sig, search->fields);

    search->whole = g_string_new(NULL);
    search->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    for (guint i = 0; i <= selected->len; i++) {
        Piece piece = { i < selected->len ? g_array_index(selected, int, i) : -1, search->whole->len, 0 };
        if (i == selected->len)
            append_own(search, canon, search->whole);
        else if (piece.field >= 0)
            append_signed(search, message_field(search->message, (guint)piece.field), canon, search->whole);
        else
            continue;
        piece.end = search->whole->len;
        g_array_append_val(search->pieces, piece);
    }
}

/* What a guess changes stands in one place: without it none of the other fields is another one. Not so where a field is left
 * out above which another of its name stands. */
static gboolean
is_in_pieces(const Search *search, const Guess *guess)
{
    if (guess->canon != search->sig->header_canon || guess->top_down)
        return FALSE;
    for (guint i = 0; i < guess->n_changes; i++)
        if (!guess->changes[i]->text && field_index_above(search->fields, guess->changes[i]->field) >= 0)
            return FALSE;
    return TRUE;
}

static GString *
data_of_pieces(const Search *search, const Guess *guess)
{
    GString *out = g_string_sized_new(search->whole->len + 256);

    for (guint i = 0; i < search->pieces->len; i++) {
        const Piece *piece = &g_array_index(search->pieces, Piece, i);
        const FieldGuess *change = piece->field >= 0 ? change_of(guess, piece->field) : NULL;
        if (!change)
            room_append(out, search->whole->str + piece->start, piece->end - piece->start);
        else if (change->text)
            canon_field(guess->canon, change->text->str, change->text->len, out);
    }
    return out;
}

static GString *
data_of(const Search *search, const Guess *guess)
{
    if (is_in_pieces(search, guess))
        return data_of_pieces(search, guess);
    g_autoptr(GArray) selected = select_fields(search, guess);
    GString *out = g_string_new(NULL);

    if (guess->top_down)
        turn_around(search, selected);
    for (guint i = 0; i < selected->len; i++) {
        const int index = g_array_index(selected, int, i);
        if (index < 0)
            continue;
        const FieldGuess *change = change_of(guess, index);
        const Field *field = message_field(search->message, (guint)index);
        if (change)
            canon_field(guess->canon, change->text->str, change->text->len, out);
        else
            append_signed(search, field, guess->canon, out);
    }
    append_own(search, guess->canon, out);
    return out;
}

static gboolean
fits(Search *search, const Guess *guess)
{
    if (search->stopped)
        return FALSE;
    g_autoptr(GString) data = data_of(search, guess);
    const gsize check = search->recovery == KEY_RECOVERED ? 0 : VERIFY_EFFORT;
    const gsize selecting = 64 * (gsize)search->sig->fields->len;
    search->stopped = !effort_take(search->effort, data->len + check + selecting + 256);
    if (search->recovery != KEY_RECOVERED)
        return key_fetch_verify(search->key, search->sig->signature, search->sig->signature_length,
                                data);
    guint8 digest[EVP_MAX_MD_SIZE];
    EVP_Digest(data->str, data->len, digest, NULL, crypto_sha256(), NULL);
    return memcmp(digest, search->signed_digest, KEY_DIGEST) == 0;
}

/* ---- the guesses ---- */

static gboolean
take(Cause *out, const char *id, const char *detail)
{
    *out = (Cause){ id, g_strdup(detail) };
    return TRUE;
}

static gboolean
try_whole(Search *search, Cause *out)
{
    static const char *const words[] = { "simple", "relaxed" };
    const Canon canon = search->sig->header_canon;
    const Guess other = { .canon = canon == CANON_SIMPLE ? CANON_RELAXED : CANON_SIMPLE };
    const Guess turned = { .canon = canon, .top_down = TRUE };

    if (fits(search, &other))
        return take(out, "cause-canonicalization", words[other.canon]);
    return fits(search, &turned) && take(out, "cause-order", NULL);
}

/* The names of the fields that z= knows differently. */
static gboolean
try_copied(Search *search, Cause *out)
{
    g_autoptr(GPtrArray) copied =
        header_undo_copied(search->message, search->sig, search->fields);
    const Guess guess = { .canon = search->sig->header_canon, .n_changes = copied->len,
                          .changes = (const FieldGuess *const *)copied->pdata };
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < copied->len; i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "",
                               ((const FieldGuess *)copied->pdata[i])->detail);
    if (copied->len == 0 || !fits(search, &guess))
        return FALSE;
    return take(out, "cause-copied", names->str);
}

static gboolean
try_one(Search *search, const GPtrArray *guesses, Cause *out)
{
    for (guint i = 0; i < guesses->len; i++) {
        const FieldGuess *change = guesses->pdata[i];
        const Guess guess = { .canon = search->sig->header_canon, .changes = &change,
                              .n_changes = 1 };
        if (fits(search, &guess))
            return take(out, change->cause, change->detail);
    }
    return FALSE;
}

/* Lists often tag the subject and set a Reply-To, too. */
static gboolean
try_two(Search *search, const GPtrArray *guesses, Cause *out)
{
    for (guint i = 0; i < guesses->len; i++) {
        for (guint j = i + 1; j < guesses->len; j++) {
            const FieldGuess *pair[2] = { guesses->pdata[i], guesses->pdata[j] };
            const Guess guess = { .canon = search->sig->header_canon, .changes = pair,
                                  .n_changes = 2 };
            if (pair[0]->field == pair[1]->field || !fits(search, &guess))
                continue;
            g_autofree char *both = g_strdup_printf("%s, %s", pair[0]->detail, pair[1]->detail);
            return take(out, "cause-two-changes", both);
        }
    }
    return FALSE;
}

static const char *
untold(const Search *search)
{
    if (search->stopped)
        return "cause-untried";
    return search->recovery == KEY_RECOVERED ? "cause-field-untold" : "cause-untold";
}

/* An RSA signature tells the hash that was signed: guessing is cheap then, and another key is
 * known at once. */
static void
recover(Search *search)
{
    const GPtrArray *keys = search->key->keys;

    search->recovery = KEY_NOT_OURS;
    for (guint i = 0; i < keys->len && search->recovery == KEY_NOT_OURS; i++)
        search->recovery = key_recover(keys->pdata[i], search->sig->signature,
                                       search->sig->signature_length, search->signed_digest);
}

static gboolean
try_all(Search *search, Cause *cause)
{
    g_autoptr(GPtrArray) guesses = header_undo_list(search->message, search->sig, search->fields, GUESSES_MAX);

    return try_whole(search, cause) || try_copied(search, cause) || try_one(search, guesses, cause) ||
           try_two(search, guesses, cause);
}

Cause
header_cause_find(const Message *message, const DkimSig *sig, guint own, const FieldIndex *fields,
                  const KeyFetch *key, Effort *effort)
{
    Search search = { .message = message, .sig = sig, .fields = fields, .key = key,
                      .effort = effort, .own = own };
    Cause cause = { NULL, NULL };

    recover(&search);
    if (search.recovery == KEY_NOT_OURS)
        return (Cause){ "cause-other-key", NULL };
    make_pieces(&search);
    const gboolean found = try_all(&search, &cause);
    g_string_free(search.whole, TRUE);
    g_array_unref(search.pieces);
    return found ? cause : (Cause){ untold(&search), NULL };
}
