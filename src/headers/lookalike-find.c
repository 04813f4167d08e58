/* lookalike-find.c: the names of one message, compared with each other and with those that are
 * often imitated.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/name.h"
#include "headers/address.h"
#include "headers/lookalike-part.h"
#include "headers/script.h"

/* A message with more recipients is no letter; of more findings nobody reads. */
#define MODELS_MAX   24
#define FINDINGS_MAX 3

typedef struct {
    const char *name;
    const char *where;      /* id: where it stands */
    gboolean    added;      /* a word added to it is worth telling */
} Model;

typedef struct {
    Model  all[MODELS_MAX];
    guint  count;
    char  *owned[MODELS_MAX];
    guint  n_owned;
} Models;

static void
add_model(Models *models, const char *name, const char *where, gboolean added)
{
    if (!name || models->count == MODELS_MAX)
        return;
    for (guint i = 0; i < models->count; i++)
        if (g_str_equal(models->all[i].name, name))
            return;
    models->all[models->count++] = (Model){ name, where, added };
}

static void
add_owned(Models *models, char *name, const char *where)
{
    const guint before = models->count;

    add_model(models, name, where, TRUE);
    if (models->count > before && models->n_owned < MODELS_MAX)
        models->owned[models->n_owned++] = name;
    else
        g_free(name);
}

/* Of an address, or a bare domain. (transfer full) */
static char *
domain_of(const char *recipient)
{
    return strchr(recipient, '@') ? address_domain(recipient) : name_normalise(recipient);
}

/* "Example Shop (shop.example.com)": a word with a dot that is a name. */
static void
add_display_name(Models *models, const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " ()<>[]|,;:\"'", 16);

    for (guint i = 0; words[i]; i++) {
        const char *at = strrchr(words[i], '@');
        const char *word = at ? at + 1 : words[i];
        char *name = strchr(word, '.') && word[strlen(word) - 1] != '.' ? address_host(word) : NULL;
        if (name)
            add_owned(models, name, "where-name");
    }
}

static void
collect(const Report *report, Models *models)
{
    const Mailbox *author =
        report->from->addresses->len > 0 ? report->from->addresses->pdata[0] : NULL;

    add_model(models, report->reply_to ? report->reply_to->domain : NULL, "where-reply-to", FALSE);
    if (author && author->name && strchr(author->name, '.'))
        add_display_name(models, author->name);
    add_model(models, report->envelope->mail_from->domain, "where-mail-from", FALSE);
    for (guint i = 0; i < report->dkim->len && i < 8; i++)
        add_model(models, ((const DkimResult *)report->dkim->pdata[i])->domain, "where-signature",
                  FALSE);
    for (guint i = 0; i < report->source->recipients->len && models->count < MODELS_MAX; i++) {
        char *name = domain_of(report->source->recipients->pdata[i]);
        if (name)
            add_owned(models, name, "where-to");
    }
}

static const char *
likeness_word(Likeness likeness)
{
    static const char *const words[] = { "how-none", "how-confusable", "how-typo", "how-added",
                                         "how-subdomain" };

    return words[likeness];
}

/* A word added is often the same owner's: worth a look, no more. */
static void
tell(Report *report, const char *id, const char *name, const char *model, const char *where,
     Likeness likeness)
{
    const Severity severity = likeness == LIKENESS_ADDED ? SEVERITY_INFO : SEVERITY_WARNING;
    g_autofree char *seen = name_to_unicode(name);
    g_autofree char *seen_model = name_to_unicode(model);
    Finding *finding = report_add_finding(report, id, severity, seen, seen_model, where,
                                          likeness_word(likeness), NULL);

    evidence_copy_into(finding->evidence, report->from->evidence);
}

static guint
compare_within(const Lookalikes *data, Report *report, const char *author)
{
    Models models = { .count = 0 };
    guint found = 0;

    collect(report, &models);
    for (guint i = 0; i < models.count && found < FINDINGS_MAX; i++) {
        const Model *model = &models.all[i];
        const Likeness likeness = lookalike_compare(data, author, model->name);
        if (likeness == LIKENESS_NONE || (likeness == LIKENESS_ADDED && !model->added))
            continue;
        tell(report, "lookalike-domain", author, model->name, model->where, likeness);
        found++;
    }
    for (guint i = 0; i < models.n_owned; i++)
        g_free(models.owned[i]);
    return found;
}

/* ---- names that are often imitated ---- */

static void
compare_brands(const Lookalikes *data, Report *report, const char *author)
{
    Likeness likeness;
    const Brand *brand = lookalike_brand(data, author, &likeness);

    if (brand)
        tell(report, "lookalike-brand", author, lookalike_brand_name(brand), "where-brand", likeness);
}

/* ---- scripts ---- */

/* UTS #39, 4.2: each letter of another script, all of them like Latin ones. */
static char *
reads_as_latin(const Lookalikes *data, const char *seen)
{
    Registered registered;

    if (!lookalike_registered(seen, &registered))
        return NULL;
    g_autofree char *label = g_strndup(registered.label, registered.length);
    if (g_str_is_ascii(label) || !g_str_is_ascii(registered.label + registered.length))
        return NULL;
    g_autofree char *looks = lookalike_skeleton(data, label);
    for (const char *at = label; *at; at = g_utf8_next_char(at))
        if (g_unichar_get_script(g_utf8_get_char(at)) == G_UNICODE_SCRIPT_LATIN)
            return NULL;
    return g_str_is_ascii(looks) ? g_steal_pointer(&looks) : NULL;
}

static void
look_at_scripts(const Lookalikes *data, Report *report, const char *name, const char *where)
{
    if (!name || !strstr(name, "xn--"))
        return;
    g_autofree char *seen = name_to_unicode(name);
    g_autofree char *scripts = NULL;
    g_autofree char *label = script_mixed_label(seen, &scripts);
    g_autofree char *latin = label ? NULL : reads_as_latin(data, seen);
    Finding *finding = NULL;

    if (label)
        finding = report_add_finding(report, "mixed-script", SEVERITY_WARNING, seen, name, where,
                                     scripts, NULL);
    else if (latin)
        finding = report_add_finding(report, "whole-script", SEVERITY_WARNING, seen, name, where,
                                     latin, NULL);
    if (finding)
        evidence_copy_into(finding->evidence, report->from->evidence);
}

void
lookalike_find(const Lookalikes *data, Report *report)
{
    if (!data)
        return;
    for (guint i = 0; i < report->from->domains->len && i < FINDINGS_MAX; i++) {
        const char *author = report->from->domains->pdata[i];
        look_at_scripts(data, report, author, "where-from");
        if (compare_within(data, report, author) < FINDINGS_MAX)
            compare_brands(data, report, author);
    }
    look_at_scripts(data, report, report->reply_to ? report->reply_to->domain : NULL,
                    "where-reply-to");
    look_at_scripts(data, report, report->sender ? report->sender->domain : NULL, "where-sender");
}
