/* lookalike.c: what a name looks like, and whether two look alike.
 * SPDX-License-Identifier: MIT */
#include "headers/lookalike-part.h"

#include <string.h>

#include "base/name.h"
#include "headers/host.h"

/* Shorter names are one letter apart from each other by chance. */
#define TYPO_SHORTEST 6
/* Likewise for a name with a word added. */
#define ADDED_SHORTEST 5

/* ---- what it looks like ---- */

static const char *
looks_like(const Lookalikes *data, gunichar code)
{
    if (code < G_N_ELEMENTS(data->ascii))
        return data->ascii[code];
    const Other *other = lookalike_other(data, code);
    return other ? other->like : NULL;
}

/* Two letters that look like one, at `at`; or NULL. */
static const Sequence *
sequence_at(const Lookalikes *data, const char *at)
{
    for (guint i = 0; i < data->sequences->len; i++) {
        const Sequence *sequence = data->sequences->pdata[i];
        if (at[0] == sequence->from[0] && at[1] == sequence->from[1])
            return sequence;
    }
    return NULL;
}

/* Accents are easily overlooked: they count as not there. */
static char *
without_accents(const char *text)
{
    char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
    GString *out = g_string_new(NULL);

    for (const char *at = apart; at && *at; at = g_utf8_next_char(at))
        if (!g_unichar_ismark(g_utf8_get_char(at)))
            g_string_append_unichar(out, g_utf8_get_char(at));
    g_free(apart);
    return g_string_free(out, FALSE);
}

static char *
single_letters(const Lookalikes *data, const char *text)
{
    GString *out = g_string_sized_new(strlen(text));

    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const gunichar code = g_utf8_get_char(at);
        const char *like = looks_like(data, code);
        if (like)
            g_string_append(out, like);
        else if (code < 0x80)
            g_string_append_c(out, (char)code);
        else
            g_string_append_unichar(out, code);
    }
    return g_string_free(out, FALSE);
}

/* Two letters that look like one, put together in place. */
static void
join_sequences(const Lookalikes *data, char *letters)
{
    char *out = letters;

    for (const char *at = letters; *at;) {
        const Sequence *sequence = sequence_at(data, at);
        *out++ = sequence ? sequence->to[0] : *at;
        at += sequence ? 2 : 1;
    }
    *out = '\0';
}

char *
lookalike_skeleton(const Lookalikes *data, const char *text)
{
    const gboolean ascii = g_str_is_ascii(text);
    g_autofree char *apart = ascii || !g_utf8_validate(text, -1, NULL) ? NULL : without_accents(text);
    const char *plain = apart ? apart : text;
    if (!ascii && !g_utf8_validate(plain, -1, NULL))
        return g_strdup(plain);
    char *letters = single_letters(data, plain);
    join_sequences(data, letters);
    return letters;
}

/* ---- which part of it ---- */

gboolean
lookalike_registered(const char *name, Registered *registered)
{
    const char *label = host_registered(name);

    /* "ana.jp" may be an organization's, too. */
    if (!label && strchr(name, '.'))
        label = name;
    if (!label)
        return FALSE;
    *registered = (Registered){ label, strcspn(label, "."), label };
    return registered->length > 0;
}

/* ---- whether two look alike ---- */

/* One edit apart: a letter more, less or another, or two neighbors swapped. */
static gboolean
is_one_edit(const char *a, const char *b)
{
    gsize la = strlen(a), lb = strlen(b), head = 0, tail = 0;

    if (la > lb + 1 || lb > la + 1)
        return FALSE;
    while (head < la && head < lb && a[head] == b[head])
        head++;
    while (tail < la - head && tail < lb - head && a[la - 1 - tail] == b[lb - 1 - tail])
        tail++;
    const gsize ra = la - head - tail, rb = lb - head - tail;
    if (ra + rb == 0)
        return FALSE;
    if (ra <= 1 && rb <= 1)
        return TRUE;
    return ra == 2 && rb == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

/* `whole` is `part` and other words, hyphens between. */
static gboolean
has_word(const char *whole, const char *part)
{
    const gsize length = strlen(part);

    if (!strchr(whole, '-'))
        return FALSE;
    for (const char *at = strstr(whole, part); at; at = strstr(at + 1, part)) {
        const gboolean begins = at == whole || at[-1] == '-';
        const gboolean ends = at[length] == '\0' || at[length] == '-';
        if (begins && ends && strlen(whole) > length + 1)
            return TRUE;
    }
    return FALSE;
}

Likeness
lookalike_labels(const char *a, const char *b, gsize shortest)
{
    if (g_str_equal(a, b))
        return LIKENESS_CONFUSABLE;
    if (a[0] == b[0] && MIN(strlen(a), strlen(b)) >= shortest && is_one_edit(a, b))
        return LIKENESS_TYPO;
    if (strlen(b) >= ADDED_SHORTEST && has_word(a, b))
        return LIKENESS_ADDED;
    return LIKENESS_NONE;
}

static gsize
behind_digits(const Registered *name, gsize at)
{
    while (at < name->length && g_ascii_isdigit(name->label[at]))
        at++;
    return at;
}

/* Not so where nothing but digits stands there. */
static gboolean
same_but_for_digits(const Registered *a, const Registered *b)
{
    gsize left = behind_digits(a, 0), right = behind_digits(b, 0);

    if (left == a->length)
        return FALSE;
    while (left < a->length && right < b->length && a->label[left] == b->label[right]) {
        left = behind_digits(a, left + 1);
        right = behind_digits(b, right + 1);
    }
    return left == a->length && right == b->length;
}

/* "mail1" and "mail2" are neighbors, "hotel" and "hotels" two words. */
static gboolean
are_neighbors(const Registered *a, const Registered *b)
{
    const gsize shorter = MIN(a->length, b->length);
    const Registered *longer = a->length > b->length ? a : b;
    const gboolean plural = a->length != b->length && longer->length == shorter + 1 &&
                            longer->label[shorter] == 's' &&
                            strncmp(a->label, b->label, shorter) == 0;

    return plural || same_but_for_digits(a, b);
}

/* U-labels, since these are what a reader sees. (transfer full) */
static char *
label_seen(const Registered *registered)
{
    char *label = g_strndup(registered->label, registered->length);

    if (!strstr(label, "xn--"))
        return label;
    char *seen = name_to_unicode(label);
    g_free(label);
    return seen;
}

/* Of letters that are ASCII, as most are: nothing is allocated. FALSE: that is not so, or they do not fit. */
static gboolean
look_of_ascii(const Lookalikes *data, const Registered *registered, char looks[static LOOK_MAX])
{
    gsize out = 0;

    for (gsize i = 0; i < registered->length; i++) {
        const guchar c = (guchar)registered->label[i];
        const char *like = c < G_N_ELEMENTS(data->ascii) ? data->ascii[c] : NULL;
        const gsize length = like ? strlen(like) : 1;
        if (c >= G_N_ELEMENTS(data->ascii) || out + length >= LOOK_MAX)
            return FALSE;
        memcpy(looks + out, like ? like : (const char *)&c, length);
        out += length;
    }
    looks[out] = '\0';
    join_sequences(data, looks);
    return TRUE;
}

gboolean
lookalike_look(const Lookalikes *data, const Registered *registered, char looks[static LOOK_MAX])
{
    if (!memmem(registered->label, registered->length, "xn--", 4) && look_of_ascii(data, registered, looks))
        return TRUE;
    g_autofree char *seen = label_seen(registered);
    g_autofree char *long_looks = lookalike_skeleton(data, seen);
    return g_strlcpy(looks, long_looks, LOOK_MAX) < LOOK_MAX;
}

/* "shop.example.com.login.example": the whole name stands in front. */
static gboolean
leads(const char *name, const char *model)
{
    const gsize length = strlen(model);
    const char *at = strstr(name, model);

    return at && strchr(model, '.') && (at == name || at[-1] == '.') && at[length] == '.';
}

Likeness
lookalike_compare(const Lookalikes *data, const char *name, const char *model)
{
    Registered a, b;

    if (!lookalike_registered(name, &a) || !lookalike_registered(model, &b) ||
        g_str_equal(a.whole, b.whole) || name_is_within(name, model) ||
        name_is_within(model, name))
        return LIKENESS_NONE;
    if (leads(name, b.whole))
        return LIKENESS_SUBDOMAIN;
    if (a.length == b.length && strncmp(a.label, b.label, a.length) == 0)
        return LIKENESS_NONE;   /* under another ending it is most often the same owner's */
    if (are_neighbors(&a, &b))
        return LIKENESS_NONE;
    char looks_a[LOOK_MAX], looks_b[LOOK_MAX];
    if (!lookalike_look(data, &a, looks_a) || !lookalike_look(data, &b, looks_b))
        return LIKENESS_NONE;
    return lookalike_labels(looks_a, looks_b, TYPO_SHORTEST);
}
