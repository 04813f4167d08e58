/* edit.c: the stack of edits and the table of its keys.
 * SPDX-License-Identifier: MIT */
#include "whatif/edit.h"

#include <string.h>

#include "base/fault.h"
#include "base/nearest.h"
#include "base/translate.h"
#include "tree/words.h"
#include "whatif/edit-value.h"

struct Edits {
    GPtrArray *list;    /* WhatIf */
};

/* ---- the table ---- */

static const char *const spf_words[] = { "pass", "fail", "softfail", "neutral", "none", "temperror",
                                         "permerror", "unknown", NULL };
static const char *const dkim_words[] = { "pass", "fail", "neutral", "policy", "temperror",
                                          "permerror", "unknown", "none", NULL };
static const char *const policy_tag_words[] = { "none", "quarantine", "reject", "", NULL };
static const char *const mode_words[] = { "r", "s", "", NULL };
static const char *const psd_words[] = { "y", "n", "u", "", NULL };
static const char *const testing_words[] = { "y", "n", "", NULL };
static const char *const rfc_words[] = { "9989", "7489", NULL };

#define BY_CARRIER (EDIT_BY_SENDER | EDIT_BY_SERVICE)
#define TAG_SAYS N_("the DMARC record says {2}={0}")
#define TAG_GONE N_("the DMARC record has no {2}=")

const EditKey edit_keys[] = {
    { "from", "ADDRESS", N_("who stands in From:, as if it had been sent so"), EDIT_BY_SENDER,
      N_("From: is {0}"), NULL, NULL, FALSE },
    { "sender", "ADDRESS", N_("the field Sender: (DMARC does not read it)"), EDIT_BY_SENDER,
      N_("Sender: is {0}"), N_("Sender: is taken away"), NULL, FALSE },
    { "reply-to", "ADDRESS", N_("the field Reply-To: (DMARC does not read it)"), EDIT_BY_SENDER,
      N_("Reply-To: is {0}"), N_("Reply-To: is taken away"), NULL, FALSE },
    { "mail-from", "ADDRESS", N_("the envelope's sender; <> is the empty one"), BY_CARRIER,
      N_("MAIL FROM is {0}"), N_("MAIL FROM is empty: <>"), NULL, FALSE },
    { "helo", "NAME", N_("the name that the sending server gives"), BY_CARRIER,
      N_("HELO is {0}"), NULL, NULL, FALSE },
    { "ip", "IP", N_("the address of the sending server"), BY_CARRIER,
      N_("the client's address is {0}"), NULL, NULL, FALSE },
    { "spf", "RESULT", N_("how SPF comes out, instead of asking"), EDIT_BY_NOBODY,
      N_("SPF comes out as {0}"), NULL, spf_words, FALSE },
    { "dkim.N", "RESULT", N_("how signature N comes out; none takes it away"), EDIT_BY_NOBODY,
      N_("signature {1} comes out as {0}"), N_("signature {1} is taken away"), dkim_words, FALSE },
    { "dkim.N.d", "DOMAIN", N_("signature N is by this domain, and valid"), BY_CARRIER,
      N_("signature {1} is by {0}, and valid"), NULL, NULL, FALSE },
    { "dkim.add", "DOMAIN", N_("one more valid signature (repeatable)"), BY_CARRIER,
      N_("a valid signature of {0} is added"), NULL, NULL, TRUE },
    { "dns", "NAME TYPE DATA", N_("DNS answers; also nxdomain, nodata, servfail, timeout"),
      EDIT_BY_DNS, N_("DNS answers {0}"), NULL, NULL, TRUE },
    { "p", "POLICY", N_("p= of the DMARC record that counts; empty: no such tag"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, policy_tag_words, FALSE },
    { "sp", "POLICY", N_("sp=, the policy for subdomains"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, policy_tag_words, FALSE },
    { "np", "POLICY", N_("np=, the policy for subdomains that do not exist"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, policy_tag_words, FALSE },
    { "aspf", "r|s", N_("aspf=, relaxed or strict alignment of SPF"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, mode_words, FALSE },
    { "adkim", "r|s", N_("adkim=, relaxed or strict alignment of DKIM"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, mode_words, FALSE },
    { "psd", "y|n|u", N_("psd=, whether the name is a public suffix"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, psd_words, FALSE },
    { "t", "y|n", N_("t=, whether the policy is only a test"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, testing_words, FALSE },
    { "pct", "NUMBER", N_("pct= of RFC 7489: the policy counts for so many of 100"), EDIT_BY_DNS,
      TAG_SAYS, TAG_GONE, NULL, FALSE },
    { "rfc", "9989|7489", N_("the RFC that the receiver goes by"), EDIT_BY_RECEIVER,
      N_("the receiver goes by RFC {0}"), NULL, rfc_words, FALSE },
    { "trust", "AUTHSERV-ID", N_("count what this host reports (repeatable)"), EDIT_BY_RECEIVER,
      N_("what {0} reports is trusted"), NULL, NULL, TRUE },
    { "at", "TIME", N_("when t= and x= of signatures are judged"), EDIT_BY_NOBODY,
      N_("signatures are judged as of {0}"), NULL, NULL, FALSE },
    { "body-byte", "OFFSET[=HH]", N_("this byte of the body (from 0) is altered on the way"),
      EDIT_BY_NOBODY, N_("byte {0} of the body is altered on the way"), NULL, NULL, TRUE },
    { "header-order", "N>M", N_("header field N (from 1) is moved to place M on the way"),
      EDIT_BY_NOBODY, N_("header fields are moved on the way: {0}"), NULL, NULL, TRUE },
    { NULL, NULL, NULL, 0, NULL, NULL, NULL, FALSE }
};

/* ---- keys ---- */

/* "dkim.12" and "dkim.12.d": the number, and whether ".d" follows. 100 are verified at most. */
static guint
read_signature(const char *key, gboolean *domain)
{
    const char *at = g_str_has_prefix(key, "dkim.") ? key + strlen("dkim.") : "";
    guint number = 0;

    for (; g_ascii_isdigit(*at) && number < 1000; at++)
        number = number * 10 + (guint)(*at - '0');
    *domain = g_str_equal(at, ".d");
    return *at == '\0' || *domain ? number : 0;
}

guint
edit_signature(const char *key)
{
    gboolean domain;

    return read_signature(key, &domain);
}

const EditKey *
edit_key_find(const char *key)
{
    gboolean domain = FALSE;
    const guint number = read_signature(key, &domain);
    const char *wanted = number == 0 ? key : domain ? "dkim.N.d" : "dkim.N";

    for (const EditKey *row = edit_keys; row->key; row++)
        if (g_str_equal(row->key, wanted) && (number > 0 || !strstr(row->key, ".N")))
            return row;
    return NULL;
}

static const char *
nearest_key(const char *key)
{
    const char *best = edit_keys[0].key;

    for (const EditKey *row = edit_keys; row->key; row++)
        if (nearest_distance(key, row->key) < nearest_distance(key, best))
            best = row->key;
    return best;
}

/* ---- the stack ---- */

static void
free_edit(gpointer edit)
{
    record_free(&what_if_type, edit);
}

Edits *
edits_new(void)
{
    Edits *edits = g_new0(Edits, 1);

    edits->list = g_ptr_array_new_with_free_func(free_edit);
    return edits;
}

Edits *
edits_copy(const Edits *edits)
{
    Edits *copy = edits_new();

    if (edits)
        record_copy_into(&what_if_type, copy->list, edits->list);
    return copy;
}

void
edits_free(Edits *edits)
{
    if (!edits)
        return;
    g_ptr_array_unref(edits->list);
    g_free(edits);
}

guint
edits_length(const Edits *edits)
{
    return edits ? edits->list->len : 0;
}

const WhatIf *
edits_get(const Edits *edits, guint index)
{
    return edits->list->pdata[index];
}

gboolean
edits_add(Edits *edits, const char *key, const char *value, GError **error)
{
    const EditKey *row = edit_key_find(key);

    if (!row) {
        g_autofree char *message = words_fill(N_("there is no {0}= to change; the nearest is {1}= "
                                                 "(--what-if help lists all)"),
                                              key, nearest_key(key), NULL);
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s", message);
    }
    g_autofree char *trimmed = g_strstrip(g_strdup(value));
    if (!edit_value_check(row, key, trimmed, error))
        return FALSE;
    WhatIf *edit = record_new(&what_if_type);
    edit->key = g_strdup(key);
    edit->value = g_steal_pointer(&trimmed);
    g_ptr_array_add(edits->list, edit);
    return TRUE;
}

gboolean
edits_add_text(Edits *edits, const char *text, GError **error)
{
    const char *equals = strchr(text, '=');

    if (!equals) {
        g_autofree char *message = words_fill(N_("{0}: not KEY=VALUE (--what-if help lists the "
                                                 "keys)"), text, NULL);
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s", message);
    }
    g_autofree char *key = g_strstrip(g_strndup(text, (gsize)(equals - text)));
    return edits_add(edits, key, equals + 1, error);
}

void
edits_remove(Edits *edits, guint index)
{
    if (index < edits->list->len)
        g_ptr_array_remove_index(edits->list, index);
}

const char *
edits_value(const Edits *edits, const char *key)
{
    for (guint i = edits_length(edits); i > 0; i--) {
        const WhatIf *edit = edits_get(edits, i - 1);
        if (g_str_equal(edit->key, key))
            return edit->value;
    }
    return NULL;
}

gboolean
edits_counts(const Edits *edits, guint index)
{
    const WhatIf *edit = edits_get(edits, index);

    return edit_key_find(edit->key)->repeats || edits_value(edits, edit->key) == edit->value;
}

/* ---- words ---- */

/* The edit takes something away. */
static gboolean
is_gone(const EditKey *row, const char *value)
{
    const gboolean signature = g_str_equal(row->key, "dkim.N");

    return row->none && (signature ? g_str_equal(value, "none")
                                   : !*value || g_str_equal(value, "<>"));
}

char *
edit_describe(const WhatIf *edit)
{
    const EditKey *row = edit_key_find(edit->key);

    if (!row)
        return edit_text(edit);
    g_autofree char *number = g_strdup_printf("%u", edit_signature(edit->key));
    return words_fill(is_gone(row, edit->value) ? row->none : row->named, edit->value, number,
                      edit->key, NULL);
}

char *
edit_text(const WhatIf *edit)
{
    return g_strconcat(edit->key, "=", edit->value, NULL);
}

char *
edit_actors_text(guint actors)
{
    static const struct { guint actor; const char *word; } words[] = {
        { EDIT_BY_SENDER, N_("the sender") }, { EDIT_BY_DNS, N_("whoever runs the DNS") },
        { EDIT_BY_SERVICE, N_("the sending service") }, { EDIT_BY_RECEIVER, N_("the receiver") },
        { EDIT_BY_NOBODY, N_("nobody (to learn)") },
    };
    GString *out = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (actors & words[i].actor)
            g_string_append_printf(out, "%s%s", out->len ? ", " : "", translate(words[i].word));
    return g_string_free(out, FALSE);
}

char *
edit_help(void)
{
    GString *out = g_string_new(NULL);

    for (const EditKey *row = edit_keys; row->key; row++) {
        g_autofree char *who = edit_actors_text(row->actors);
        g_autofree char *call = g_strconcat(row->key, "=", row->value, NULL);
        g_string_append_printf(out, "  %-22s%s\n", call, translate(row->about));
        g_string_append_printf(out, "%24s%s %s\n", "", _("who could:"), who);
    }
    return g_string_free(out, FALSE);
}
