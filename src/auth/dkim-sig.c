/* dkim-sig.c: the field that holds a signature.
 * SPDX-License-Identifier: MIT */
#include "auth/dkim-sig.h"

#include <string.h>

#include "base/base64.h"
#include "base/hash.h"
#include "base/lower.h"
#include "base/name.h"
#include "facts/record.h"
#include "headers/redaction.h"

/* The first problem wins: the order is that of RFC 6376, 6.1.1. */
static void
problem(DkimSig *sig, const char *reason)
{
    if (!sig->problem)
        sig->problem = reason;
}

static void
read_version(DkimSig *sig)
{
    const char *version = taglist_get(sig->tags, "v");

    if (sig->kind == SIG_DKIM && version && !g_str_equal(version, "1"))
        problem(sig, "version");
}

static void
require_tags(DkimSig *sig)
{
    static const char *const required[] = { "a", "b", "bh", "d", "h", "s" };

    if (!taglist_get(sig->tags, sig->kind == SIG_DKIM ? "v" : "i"))
        problem(sig, "missing-tag");
    for (gsize i = 0; i < G_N_ELEMENTS(required); i++)
        if (!taglist_get(sig->tags, required[i]))
            problem(sig, "missing-tag");
}

/* RFC 6376, 3.2: values are case-sensitive where nothing else is said, and here nothing is. */
static void
read_algorithm(DkimSig *sig)
{
    const char *value = taglist_get(sig->tags, "a");

    if (!value)
        return;
    sig->algorithm = g_strdup(value);
    if (g_str_equal(sig->algorithm, "rsa-sha256"))
        sig->key_type = g_strdup("rsa");
    else if (g_str_equal(sig->algorithm, "ed25519-sha256"))
        sig->key_type = g_strdup("ed25519");
    else if (g_str_equal(sig->algorithm, "rsa-sha1"))
        problem(sig, "algorithm-historic");     /* RFC 8301, 3.1 */
    else
        problem(sig, "algorithm-unknown");
}

static gboolean
read_canon_word(const char *word, Canon *canon)
{
    if (g_str_equal(word, "simple"))
        *canon = CANON_SIMPLE;
    else if (g_str_equal(word, "relaxed"))
        *canon = CANON_RELAXED;
    else
        return FALSE;
    return TRUE;
}

/* c=: header/body; one word alone is the header's, the body's is then simple. */
static void
read_canonicalization(DkimSig *sig)
{
    const char *value = taglist_get(sig->tags, "c");

    sig->header_canon = sig->body_canon = CANON_SIMPLE;
    if (!value && sig->kind == SIG_ARC)
        sig->header_canon = sig->body_canon = CANON_RELAXED;
    if (!value)
        return;
    g_autofree char *word = g_strdup(value);
    char *slash = strchr(word, '/');
    if (slash)
        *slash++ = '\0';
    if ((slash && strchr(slash, '/')) || !read_canon_word(word, &sig->header_canon) ||
        (slash && !read_canon_word(slash, &sig->body_canon)))
        problem(sig, "syntax");
}

static guint8 *
read_base64(DkimSig *sig, const char *tag, gsize *length)
{
    const char *value = taglist_get(sig->tags, tag);

    *length = 0;
    if (!value)
        return NULL;
    g_autofree char *compact = taglist_compact(value);
    guint8 *bytes = base64_decode(compact, length);
    if (!bytes)
        problem(sig, "syntax");
    return bytes;
}

/* 3.5: no blank inside, and no dot at the end. The name is told all the same. (transfer full) */
static char *
read_domain(DkimSig *sig, const char *written)
{
    g_autofree char *compact = taglist_compact(written);
    char *name = name_of_signer(compact);

    if (!name || strlen(compact) != strlen(written) || g_str_has_suffix(compact, "."))
        problem(sig, "syntax");
    return name;
}

static char *
read_name(DkimSig *sig, const char *tag)
{
    const char *value = taglist_get(sig->tags, tag);

    return value ? read_domain(sig, value) : NULL;
}

gint64
arc_instance_number(const char *text)
{
    const gsize digits = text ? strspn(text, "0123456789") : 0;

    if (digits == 0 || digits > 2 || text[digits])
        return 0;
    const gint64 i = g_ascii_strtoll(text, NULL, 10);
    return i <= 50 ? i : 0;
}

static void
read_instance(DkimSig *sig)
{
    const char *value = taglist_get(sig->tags, "i");

    sig->instance = arc_instance_number(value);
    if (value && sig->instance == 0)
        problem(sig, "syntax");
}

static void
read_identity(DkimSig *sig)
{
    const char *value = taglist_get(sig->tags, "i");

    if (!sig->domain)
        return;
    sig->identity = value ? taglist_compact(value) : g_strconcat("@", sig->domain, NULL);
    /* What stands before the @ may hold blanks: it can be a quoted string. */
    const char *at = strrchr(value ? value : sig->identity, '@');
    sig->identity_domain = at ? read_domain(sig, at + 1) : NULL;
    if (!at)
        problem(sig, "syntax");
    else if (sig->identity_domain && !name_is_within(sig->identity_domain, sig->domain))
        problem(sig, "i-outside-d");
}

static gboolean
is_field_name(const char *name)
{
    for (const char *c = name; *c; c++)
        if (*c <= 32 || *c >= 127 || *c == ':')
            return FALSE;
    return *name != '\0';
}

/* Without blanks at its ends, where it stands. */
static char *
bare_name(char *start, char *end)
{
    while (start < end && g_ascii_isspace(*start))
        start++;
    while (start < end && g_ascii_isspace(end[-1]))
        end--;
    *end = '\0';
    return start;
}

static void
add_field(DkimSig *sig, char *name)
{
    if (!is_field_name(name) || (sig->kind == SIG_ARC && lower_same_text(name, "arc-seal")))
        problem(sig, "syntax");
    g_ptr_array_add(sig->fields, name);
}

/* "from::to": deployed ARC validators, and the public suite, pass over the name that is not there. */
static void
read_fields(DkimSig *sig)
{
    const char *value = taglist_get(sig->tags, "h");
    gboolean from = sig->kind == SIG_ARC;

    if (!value || (sig->kind == SIG_ARC && !*value))
        return;
    sig->names = g_strdup(value);
    for (char *at = *value ? sig->names : NULL, *end; at; at = end ? end + 1 : NULL) {
        end = strchr(at, ':');
        char *name = bare_name(at, end ? end : at + strlen(at));
        from = from || lower_same_text(name, "from");
        if (sig->kind != SIG_ARC || *name)
            add_field(sig, name);
    }
    if (!from)
        problem(sig, "from-unsigned");
}

/* Digits only; what does not fit 63 bits is as good as endless. */
static gint64
read_number(DkimSig *sig, const char *tag, gsize digits_max)
{
    const char *value = taglist_get(sig->tags, tag);

    if (!value)
        return RECORD_UNSET;
    if (*value == '\0' || strlen(value) > digits_max ||
        strspn(value, "0123456789") != strlen(value)) {
        problem(sig, "syntax");
        return RECORD_UNSET;
    }
    const guint64 number = g_ascii_strtoull(value, NULL, 10);
    return number > G_MAXINT64 ? G_MAXINT64 : (gint64)number;
}

/* q= lists ways to fetch the key; only dns/txt exists (3.5). */
static void
read_query(DkimSig *sig)
{
    const char *value = taglist_get(sig->tags, "q");

    if (value && !taglist_has_word(value, "dns/txt") && !taglist_has_word(value, "dns"))
        problem(sig, "syntax");
}

static void
read_times(DkimSig *sig)
{
    sig->signed_at = read_number(sig, "t", 12);
    sig->expires_at = read_number(sig, "x", 12);
    if (sig->signed_at != RECORD_UNSET && sig->expires_at != RECORD_UNSET &&
        sig->expires_at <= sig->signed_at)
        problem(sig, "syntax");     /* 3.5: x= MUST be greater than t= */
}

/* "d=[redacted]", "b=●●●": neither a name to ask for nor a fault of the signer. */
static void
read_redactions(DkimSig *sig)
{
    static const char *const tags[] = { "b", "bh", "d", "i", "s" };

    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
        sig->redacted = sig->redacted || redaction_in(taglist_get(sig->tags, tags[i]));
    if (sig->redacted)
        problem(sig, "syntax");
}

DkimSig *
dkim_sig_parse(const Message *message, const Field *field, SigKind kind)
{
    DkimSig *sig = g_new0(DkimSig, 1);

    sig->kind = kind;
    sig->tags = taglist_parse(span_in(message_raw(message), field->value),
                              span_length(field->value));
    sig->fields = g_ptr_array_new();
    if (sig->tags->problem)
        problem(sig, "syntax");
    read_redactions(sig);
    read_version(sig);
    require_tags(sig);
    read_algorithm(sig);
    read_canonicalization(sig);
    sig->signature = read_base64(sig, "b", &sig->signature_length);
    sig->body_hash = read_base64(sig, "bh", &sig->body_hash_length);
    sig->domain = read_name(sig, "d");
    sig->selector = read_name(sig, "s");
    sig->body_length = read_number(sig, "l", 76);
    read_query(sig);
    read_times(sig);
    if (kind == SIG_DKIM)
        read_identity(sig);
    else
        read_instance(sig);
    read_fields(sig);
    return sig;
}

void
dkim_sig_free(DkimSig *sig)
{
    if (!sig)
        return;
    taglist_free(sig->tags);
    g_free(sig->domain);
    g_free(sig->selector);
    g_free(sig->algorithm);
    g_free(sig->key_type);
    g_free(sig->identity);
    g_free(sig->identity_domain);
    g_ptr_array_unref(sig->fields);
    g_free(sig->names);
    g_free(sig->body_hash);
    g_free(sig->signature);
    g_free(sig);
}

/* Up to so many names are compared with each other: that is cheaper than a table of them. */
#define NAMES_FEW 64

/* The field that the nearest equal name before `number` stands for, in `*index`; FALSE where there is none. */
static gboolean
selected_before(const DkimSig *sig, const GArray *selected, guint number, int *index)
{
    const char *name = sig->fields->pdata[number];

    for (guint i = number; i-- > 0;) {
        const char *other = sig->fields->pdata[i];
        if (((*other ^ *name) & ~0x20) == 0 && g_ascii_strcasecmp(other, name) == 0) {
            *index = g_array_index(selected, int, i);
            return TRUE;
        }
    }
    return FALSE;
}

static GArray *
select_few(const DkimSig *sig, const FieldIndex *fields)
{
    GArray *selected = g_array_sized_new(FALSE, FALSE, sizeof(int), sig->fields->len);

    for (guint i = 0; i < sig->fields->len; i++) {
        const char *name = sig->fields->pdata[i];
        int index;
        if (!selected_before(sig, selected, i, &index))
            index = field_index_last(fields, name);
        else if (index >= 0)
            index = field_index_above(fields, index);
        g_array_append_val(selected, index);
    }
    return selected;
}

GArray *
dkim_sig_select(const DkimSig *sig, const FieldIndex *fields)
{
    if (sig->fields->len <= NAMES_FEW)
        return select_few(sig, fields);
    GArray *selected = g_array_sized_new(FALSE, FALSE, sizeof(int), sig->fields->len);
    g_autoptr(GHashTable) used = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    for (guint i = 0; i < sig->fields->len; i++) {
        char *name = lower_text(sig->fields->pdata[i]);
        gpointer before = NULL;
        const gboolean again = g_hash_table_lookup_extended(used, name, NULL, &before);
        int index = GPOINTER_TO_INT(before);
        if (!again)
            index = field_index_last(fields, name);
        else if (index >= 0)
            index = field_index_above(fields, index);
        g_array_append_val(selected, index);
        g_hash_table_insert(used, name, GINT_TO_POINTER(index));
    }
    return selected;
}

void
dkim_sig_append_own(const Message *message, const Field *field, const TagList *tags, Canon canon,
                    GString *out)
{
    g_autoptr(GString) emptied = g_string_new(NULL);
    const char *raw = g_bytes_get_data(message_written(message), NULL);
    const Tag *b = taglist_find(tags, "b");
    const gsize hole_start = field->value.start + b->value_span.start;
    const gsize hole_end = field->value.start + b->value_span.end;

    g_string_append_len(emptied, raw + field->all.start, (gssize)(hole_start - field->all.start));
    g_string_append_len(emptied, raw + hole_end, (gssize)(field->value.end - hole_end));
    canon_field(canon, emptied->str, emptied->len, out);
    g_string_truncate(out, out->len - 2);
}

GString *
dkim_sig_signed_data(const DkimSig *sig, const Message *message, guint index,
                     const GArray *selected)
{
    GString *out = g_string_new(NULL);
    const char *raw = g_bytes_get_data(message_written(message), NULL);

    for (guint i = 0; i < selected->len; i++) {
        const int chosen = g_array_index(selected, int, i);
        if (chosen < 0)
            continue;
        const Field *field = message_field(message, (guint)chosen);
        canon_field(sig->header_canon, raw + field->all.start,
                    field->value.end - field->all.start, out);
    }
    dkim_sig_append_own(message, message_field(message, index), sig->tags, sig->header_canon, out);
    return out;
}
