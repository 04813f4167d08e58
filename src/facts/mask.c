/* mask.c: learns what is personal, and gives each its mask.
 * SPDX-License-Identifier: MIT */
#include "facts/mask.h"

#include <string.h>

#include "base/hash.h"
#include "base/lower.h"
#include "facts/mask-part.h"

/* Secrets that begin with the same two bytes: more than that many is somebody's attack. */
#define SAME_START_MAX 64

/* ---- a mask's life ---- */

static void
secret_free(gpointer data)
{
    Secret *secret = data;

    g_free(secret->text);
    g_free(secret->mask);
    g_free(secret);
}

Mask *
mask_new(void)
{
    Mask *mask = g_new0(Mask, 1);

    mask->locals = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    mask->names = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    mask->domains = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    mask->starts = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    return mask;
}

void
mask_free(Mask *mask)
{
    if (!mask)
        return;
    g_hash_table_unref(mask->locals);
    g_hash_table_unref(mask->names);
    g_hash_table_unref(mask->domains);
    g_hash_table_unref(mask->starts);
    g_free(mask);
}

/* ---- secrets ---- */

gpointer
mask_start(const char *text)
{
    return GUINT_TO_POINTER((guint)(guchar)lower_byte(text[0]) << 8 | (guchar)lower_byte(text[1]));
}

static int
by_length(gconstpointer a, gconstpointer b)
{
    const Secret *left = *(Secret *const *)a, *right = *(Secret *const *)b;

    return left->length < right->length ? 1 : left->length > right->length ? -1 : 0;
}

static void
add_secret(Mask *mask, const char *text, SecretKind kind, const char *shown)
{
    const gsize length = strlen(text);

    if (length < 2)
        return;
    g_autofree char *folded = lower_bytes(text, length);
    GPtrArray *same = g_hash_table_lookup(mask->starts, mask_start(folded));
    if (!same) {
        same = g_ptr_array_new_with_free_func(secret_free);
        g_hash_table_insert(mask->starts, mask_start(folded), same);
    }
    for (guint i = 0; i < same->len; i++) {
        const Secret *known = same->pdata[i];
        if (known->length == length && memcmp(known->text, folded, length) == 0)
            return;
    }
    if (same->len >= SAME_START_MAX)
        return;
    Secret *secret = g_new0(Secret, 1);
    secret->length = length;
    secret->text = g_steal_pointer(&folded);
    secret->kind = kind;
    secret->mask = g_strdup(shown);
    g_ptr_array_add(same, secret);
    g_ptr_array_sort(same, by_length);
}

/* ---- local parts ---- */

/* In small letters. Most are ASCII, for which the tables of Unicode are a hundred times as slow. (transfer full) */
static char *
fold(const char *local)
{
    const gsize length = strlen(local);

    return g_str_is_ascii(local) || !g_utf8_validate_len(local, length, NULL) ? lower_bytes(local, length)
                                                                              : g_utf8_strdown(local, (gssize)length);
}

/* "u1", whatever the case of its letters. (transfer none) */
static const char *
mask_local(Mask *mask, const char *local)
{
    g_autofree char *folded = fold(local);
    const char *known = g_hash_table_lookup(mask->locals, folded);

    if (known)
        return known;
    char *made = g_strdup_printf("u%u", g_hash_table_size(mask->locals) + 1);
    g_hash_table_insert(mask->locals, g_steal_pointer(&folded), made);
    return made;
}

/* SRS0=HASH=TT=DOMAIN=LOCAL, SRS1=HASH=DOMAIN==HASH=TT=DOMAIN=LOCAL, prvs=TAG=LOCAL: the frame says
 * who made it, and its domains stay. */
char *
mask_framed(Mask *mask, const char *local)
{
    static const struct {
        const char *start;
        guint parts, domain, other;
    } frames[] = {
        {"SRS0", 5, 3, 3},
        {"SRS1", 8, 2, 6},
        {"prvs", 3, 0, 0},
    };
    g_auto(GStrv) parts = g_strsplit(local, "=", 8);
    const guint count = g_strv_length(parts);

    for (gsize i = 0; i < G_N_ELEMENTS(frames); i++) {
        if (count != frames[i].parts || g_ascii_strcasecmp(parts[0], frames[i].start) != 0)
            continue;
        GString *out = g_string_new(parts[0]);
        for (guint k = 1; k + 1 < count; k++) {
            const gboolean stays = k == frames[i].domain || k == frames[i].other;
            g_string_append_printf(out, "=%s", stays ? parts[k] : *parts[k] ? "x" : "");
        }
        g_string_append_printf(out, "=%s", mask_local(mask, parts[count - 1]));
        return g_string_free(out, FALSE);
    }
    return g_strdup(mask_local(mask, local));
}

/* ---- learning ---- */

static void
learn_local(Mask *mask, const char *local)
{
    const char *shown = mask_local(mask, local);

    if (strlen(local) > 2 && !mask_is_common(local))
        add_secret(mask, local, SECRET_LOCAL, shown);
}

/* The original's address in a frame is the one that a report speaks of. */
void
mask_learn_address(Mask *mask, const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;

    if (!address || !*address)
        return;
    if (!at) {
        mask_learn_name(mask, address);
        return;
    }
    g_autofree char *local = g_strndup(address, (gsize)(at - address));
    g_autofree char *framed = mask_framed(mask, local);
    const char *tail = strrchr(local, '=');
    learn_local(mask, strchr(framed, '=') && tail ? tail + 1 : local);
    if (strpbrk(local, " \t"))      /* "Taro Yamada@example.jp": nobody put the name apart */
        mask_learn_name(mask, local);
    mask_learn_domain(mask, at + 1);
}

/* The name that somebody logs in with is an address, or the local part of one. */
void
mask_learn_login(Mask *mask, const char *login)
{
    if (strchr(login, '@'))
        mask_learn_address(mask, login);
    else if (*login)
        learn_local(mask, login);
}

static void
learn_word(const char *word, gpointer data)
{
    const MaskWord *learned = data;

    if (!mask_is_common(word))
        add_secret(learned->mask, word, (SecretKind)learned->kind, learned->shown);
}

void
mask_learn_name(Mask *mask, const char *name)
{
    g_autofree char *text = g_strstrip(g_strdup(name ? name : ""));
    g_autofree char *folded = g_ascii_strdown(text, -1);

    if (!*text || g_hash_table_contains(mask->names, folded))
        return;
    char *shown = g_strdup_printf("Name %u", g_hash_table_size(mask->names) + 1);
    g_hash_table_insert(mask->names, g_steal_pointer(&folded), shown);
    if (strlen(text) > 2 && !mask_is_common(text))
        add_secret(mask, text, SECRET_NAME, shown);
    const MaskWord word = {mask, SECRET_NAME, shown};
    mask_each_word(text, learn_word, &word);
}

void
mask_learn_subject(Mask *mask, const char *subject)
{
    g_autofree char *text = g_strstrip(g_strdup(subject ? subject : ""));

    if (strlen(text) > 3 && !mask_is_common(text))
        add_secret(mask, text, SECRET_SUBJECT, MASK_REDACTED);
    const MaskWord word = {mask, SECRET_SUBJECT, "x"};
    mask_each_word(text, learn_word, &word);
}

void
mask_learn_domain(Mask *mask, const char *domain)
{
    if (domain && *domain)
        g_hash_table_add(mask->domains, g_ascii_strdown(domain, -1));
}

void
mask_learn_macros(Mask *mask, const char *record)
{
    if (record && (strstr(record, "%{l") || strstr(record, "%{L") || strstr(record, "%{s") ||
                   strstr(record, "%{S")))
        mask->macros = TRUE;
}

/* RFC 7208, 7.1: %{lr-} turns the parts of a local part around, each a label then. */
void
mask_learn_pieces(Mask *mask, const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;

    if (!mask->macros || !at)
        return;
    g_autofree char *local = g_strndup(address, (gsize)(at - address));
    g_auto(GStrv) pieces = g_strsplit_set(local, ".-+,/_=\" ", -1);
    for (char **piece = pieces; *piece; piece++)
        if (strlen(*piece) > 1 && !mask_is_common(*piece))
            add_secret(mask, *piece, SECRET_LOCAL, mask_local(mask, *piece));
}

char *
mask_name(Mask *mask, const char *name)
{
    g_autofree char *text = g_strstrip(g_strdup(name));
    g_autofree char *folded = g_ascii_strdown(text, -1);
    const char *known = g_hash_table_lookup(mask->names, folded);

    /* A name that holds an address is told by that address: its domain is what matters. */
    return strchr(name, '@') ? mask_text(mask, name)
                             : g_strdup(known   ? known
                                        : *text ? MASK_REDACTED
                                                : "");
}
