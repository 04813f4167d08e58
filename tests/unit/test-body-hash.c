/* Body hashes: whatever signatures want, however many passes it takes, the answers are those of one pass for each.
 * SPDX-License-Identifier: MIT */
#include "auth/body-hash.h"

#include <openssl/evp.h>
#include <string.h>

#include "facts/record.h"

typedef struct {
    GString *text;
    guint64  left;
} Octets;

static void
collect(const void *bytes, gsize length, gpointer data)
{
    Octets *octets = data;
    const gsize taken = (gsize)MIN((guint64)length, octets->left);

    g_string_append_len(octets->text, bytes, (gssize)taken);
    octets->left -= taken;
}

static Message *
message_of(const char *body)
{
    g_autofree char *text = g_strconcat("From: a@example.jp\r\n\r\n", body, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return message_from_bytes(bytes, "test", NULL);
}

static void
check_one(BodyHashes *hashes, const char *body, Canon canon, gint64 limit)
{
    DkimSig sig = { .body_canon = canon, .body_length = limit, .body_hash_length = BODY_DIGEST };
    g_autoptr(GString) text = g_string_new(NULL);
    Octets octets = { text, limit == RECORD_UNSET ? G_MAXUINT64 : (guint64)limit };
    const gsize total = canon_body(canon, body, strlen(body), collect, &octets);
    guint8 right[BODY_DIGEST];
    BodyHash hash;

    EVP_Digest(text->str, text->len, right, NULL, EVP_sha256(), NULL);
    sig.body_hash = right;
    body_hashes_check(hashes, &sig, &hash);
    g_autofree char *computed = g_base64_encode(right, BODY_DIGEST);
    const gboolean exceeds = limit != RECORD_UNSET && (gsize)limit > total;
    g_assert_cmpstr(hash.outcome, ==, exceeds ? "l-exceeds-body" : "ok");
    g_assert_cmpstr(hash.computed, ==, computed);
    if (!exceeds)
        g_assert_cmpint(hash.tail, ==, limit == RECORD_UNSET ? 0 : (gint64)total - limit);
    body_hash_clear(&hash);
}

/* In any order, announced or not; bodies that both canonicalisations leave alone, and such as only one does. */
static void
test_orders(void)
{
    static const char *const bodies[] = {
        "", "\r\n", "one two\r\nthree\r\n", "one two\nthree\n\n\n", "one  two \r\n\tthree\r\n \r\n", "one\n \n", "x",
    };
    static const gint64 limits[] = { RECORD_UNSET, 0, 1, 5, 9, 16, 17, 1000 };
    g_autoptr(GRand) dice = g_rand_new_with_seed(3);

    for (guint i = 0; i < 2000; i++) {
        const char *body = bodies[g_rand_int_range(dice, 0, G_N_ELEMENTS(bodies))];
        g_autoptr(Message) message = message_of(body);
        g_autoptr(BodyHashes) hashes = body_hashes_new(message);
        for (gint32 k = g_rand_int_range(dice, 1, 6); k > 0; k--) {
            const Canon canon = g_rand_boolean(dice) ? CANON_RELAXED : CANON_SIMPLE;
            const gint64 limit = limits[g_rand_int_range(dice, 0, G_N_ELEMENTS(limits))];
            const DkimSig sig = { .body_canon = canon, .body_length = limit };
            if (g_rand_boolean(dice))
                body_hashes_want(hashes, &sig);
            else
                check_one(hashes, body, canon, limit);
        }
        for (guint k = 0; k < 2 * G_N_ELEMENTS(limits); k++)
            check_one(hashes, body, k % 2 ? CANON_RELAXED : CANON_SIMPLE, limits[k / 2]);
    }
}

/* Lines that both leave alone, and `odd` after `before` octets of them; over the size at which a second thread pays. */
static char *
large_body(gsize before, const char *odd, const char *line)
{
    GString *text = g_string_new(NULL);

    while (text->len < before)
        g_string_append(text, line);
    g_string_append(text, odd);
    while (text->len < (gsize)5 << 19)
        g_string_append(text, line);
    return g_string_free(text, FALSE);
}

/* The two canonicalisations part at the beginning, in the middle, at the end, nowhere; hashes of l= before and behind that. */
static void
test_large(void)
{
    static const struct { gsize before; const char *odd; gboolean alike; } cases[] = {
        { 0, "a  b\r\n", FALSE }, { 1 << 20, "a \r\n", FALSE }, { 1 << 20, "a\tb\r\n", FALSE }, { 5 << 19, "a \r\n", FALSE },
        { 5 << 19, " \r\n\r\n", FALSE }, { 0, "a b\r\n", TRUE }, { 5 << 19, "\r\n\n\n", TRUE },
    };
    static const char *const lines[] = { "one two three four\r\n", "one two three four\n" };
    static const gint64 limits[] = { RECORD_UNSET, 7, 500000, 1100000, 1 << 21, 1 << 30 };

    for (guint i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
        g_autofree char *body = large_body(cases[i / 2].before, cases[i / 2].odd, lines[i % 2]);
        g_autoptr(Message) message = message_of(body);
        g_autoptr(BodyHashes) hashes = body_hashes_new(message);
        for (guint k = 0; k < 2 * G_N_ELEMENTS(limits); k++) {
            const DkimSig sig = { .body_canon = k % 2 ? CANON_RELAXED : CANON_SIMPLE, .body_length = limits[k / 2] };
            body_hashes_want(hashes, &sig);
        }
        for (guint k = 0; k < 2 * G_N_ELEMENTS(limits); k++)
            check_one(hashes, body, (k + i) % 2 ? CANON_RELAXED : CANON_SIMPLE, limits[k / 2]);
    }
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *body = large_body(cases[i].before, cases[i].odd, lines[0]);
        g_autoptr(Message) message = message_of(body);
        g_autoptr(BodyHashes) hashes = body_hashes_new(message);
        const DkimSig sig = { .body_canon = CANON_RELAXED, .body_length = RECORD_UNSET };
        g_assert_null(body_hashes_known(hashes, &sig, CANON_RELAXED));
        check_one(hashes, body, CANON_RELAXED, RECORD_UNSET);
        g_assert_nonnull(body_hashes_known(hashes, &sig, CANON_RELAXED));
        g_assert_cmpint(body_hashes_known(hashes, &sig, CANON_SIMPLE) != NULL, ==, cases[i].alike);
        check_one(hashes, body, CANON_SIMPLE, RECORD_UNSET);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/body-hash/orders", test_orders);
    g_test_add_func("/body-hash/large", test_large);
    return g_test_run();
}
