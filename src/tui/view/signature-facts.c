/* signature-facts.c: one DKIM signature in full: who, how, what holds, what it leaves open.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "base/instant.h"
#include "tree/words.h"
#include "tui/view/signature-part.h"

enum { INDENT = 1, FACT = 16 };

Role
signature_role(const DkimResult *result)
{
    const Step step = { .result = result->result };

    return mark_result_role(&step, FALSE);
}

static char *
names_of(const GPtrArray *names)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", (const char *)names->pdata[i]);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* ---- the verdict ---- */

static void
add_verdict(Page *page, const App *app, const DkimResult *result)
{
    const Step step = { .result = result->result };
    g_autofree char *outcome = mark_outcome(&step, FALSE, app->glyphs);
    g_autofree char *reason = words_text(result->reason ? result->reason : "", NULL);
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_printf(text, "%s: %s", outcome, reason);
    if (result->provenance != PROVENANCE_UNKNOWN)
        g_string_append_printf(text, " (%s)", words_provenance(provenance_words[result->provenance]));
    page_text(page, INDENT, signature_role(result), text->str);
    if (result->key_gone)
        page_text(page, INDENT, ROLE_TEXT,
                  _("Keys are taken down after a while: for mail this old that says nothing about "
                    "the mail."));
    if (result->testing)
        page_text(page, INDENT, ROLE_OTHER,
                  _("The key says t=y: the signer is testing, and a receiver may not count it."));
}

static void
add_kind(Page *page, const App *app, const DkimResult *result)
{
    const char *author = app->doc->report->from->domain;

    if (!author)
        page_text(page, INDENT, ROLE_TEXT, _("From: names no single domain to compare with."));
    else if (result->author_signature)
        page_text(page, INDENT, ROLE_TEXT,
                  _("Author signature: d= belongs to the organization in From:."));
    else
        page_text(page, INDENT, ROLE_TEXT,
                  _("Third-party signature: it proves the name in d=, not the one in From:."));
}

/* ---- the tags ---- */

static char *
algorithm_text(const DkimResult *result)
{
    const char *name = result->algorithm ? result->algorithm : "?";

    if (result->key_bits == RECORD_UNSET)
        return g_strdup(name);
    return g_strdup_printf(_("%s, key of %d bits"), name, (int)result->key_bits);
}

static void
add_tags(Page *page, const DkimResult *result)
{
    g_autofree char *algorithm = algorithm_text(result);
    g_autofree char *signed_at = instant_shown(result->signed_at);
    g_autofree char *expires_at = instant_shown(result->expires_at);

    page_fact(page, FACT, "d=", ROLE_LABEL, result->domain);
    page_fact(page, FACT, "s=", ROLE_TEXT, result->selector);
    page_fact(page, FACT, "i=", ROLE_TEXT, result->identity);
    page_fact(page, FACT, "a=", ROLE_TEXT, algorithm);
    page_fact(page, FACT, "c=", ROLE_TEXT, result->canonicalization);
    page_fact(page, FACT, "t=", ROLE_TEXT, signed_at);
    page_fact(page, FACT, "x=", g_strcmp0(result->reason, "expired") == 0 ? ROLE_FAIL : ROLE_TEXT,
              expires_at);
    if (result->unsigned_tail > 0) {
        g_autofree char *tail =
            g_strdup_printf(_("the last %lld octets of the body are not signed: "
                              "anybody may have added them"), (long long)result->unsigned_tail);
        page_fact(page, FACT, "l=", ROLE_OTHER, tail);
    }
}

/* ---- the two hashes ---- */

static const char *
hash_words(const char *word)
{
    static const char *const words[][2] = {
        { "ok", N_("as it was signed") },
        { "mismatch", N_("not as it was signed") },
        { "unavailable", N_("not at hand") },
        { "unknown", N_("not known") },
    };

    for (guint i = 0; word && i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(word, words[i][0]))
            return translate(words[i][1]);
    return word ? word : "";
}

static void
add_hash(Page *page, const Signature *signature, const char *label, const char *word,
         const char *id)
{
    const Step *step = coverage_step(signature->step, id);
    const Step *diagnosis = coverage_step(step, "dkim-diagnosis");
    const Role role = g_strcmp0(word, "mismatch") == 0 ? ROLE_FAIL : ROLE_TEXT;

    page_fact(page, FACT, label, role, hash_words(word));
    for (guint i = 0; step && role == ROLE_FAIL && i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        if (!input->value || !g_str_has_suffix(input->name, "hash"))
            continue;
        g_autofree char *name = words_input(input->name);
        g_autofree char *text = g_strdup_printf("%s: %s", name, input->value);
        page_fact(page, FACT, "", ROLE_DIM, text);
    }
    if (diagnosis) {
        g_autofree char *plain = words_plain(diagnosis);
        page_fact(page, FACT, "", ROLE_CAUSE, plain);
    }
}

/* ---- h= ---- */

static void
add_coverage(Page *page, const Signature *signature)
{
    const Coverage *coverage = signature->coverage;
    g_autofree char *names = names_of(signature->result->signed_fields);
    g_autofree char *sealed = names_of(coverage->sealed);
    g_autofree char *open = names_of(coverage->open);
    g_autofree char *bare = names_of(coverage->unsigned_);
    guint added = 0;

    for (guint i = 0; i < coverage->fields->len; i++)
        added += g_array_index(coverage->fields, FieldCover, i) == FIELD_ADDED;
    page_fact(page, FACT, _("signed (h=)"), ROLE_TEXT, names);
    if (added > 0) {
        g_autofree char *text = g_strdup_printf(
            _("%u: above the signed one of the same name, or not there when it was signed"), added);
        page_fact(page, FACT, _("added"), ROLE_FAIL, text);
    }
    page_fact(page, FACT, _("not signed"), ROLE_OTHER, bare);
    if (coverage->others > 0) {
        g_autofree char *text = coverage->others == 1
                                    ? g_strdup(_("1 field of another name"))
                                    : g_strdup_printf(_("%u fields of other names"),
                                                      coverage->others);
        page_fact(page, FACT, bare && *bare ? "" : _("not signed"), ROLE_DIM, text);
    }
    if (*sealed) {
        g_autofree char *text =
            g_strdup_printf(_("%s: named once more than it stands there (oversigned), so nobody "
                              "can add one"), sealed);
        page_fact(page, FACT, _("sealed"), ROLE_TEXT, text);
    }
    if (*open) {
        g_autofree char *text =
            g_strdup_printf(_("%s: a second one could be added above, and the signature would "
                              "still hold"), open);
        page_fact(page, FACT, _("addable"), ROLE_DIM, text);
    }
}

void
signature_add_facts(Page *page, const App *app, const Signature *signature)
{
    const DkimResult *result = signature->result;
    g_autofree char *title =
        g_strdup_printf(_("Signature %u of %u: %s"), signature->number, signature->count,
                        result->domain ? result->domain : "?");

    page_text(page, INDENT, ROLE_LABEL, title);
    add_verdict(page, app, result);
    add_kind(page, app, result);
    add_hash(page, signature, _("header fields"), result->header_hash, "dkim-header");
    add_hash(page, signature, _("body"), result->body_hash, "dkim-body");
    add_tags(page, result);
    add_coverage(page, signature);
}
