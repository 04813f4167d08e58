/* summary-pass.c: the sentence of a mail that passes: who vouches, and by which relation to From:.
 * SPDX-License-Identifier: MIT */
#include "advice/summary-part.h"

#include "advice/advice.h"
#include "base/translate.h"
#include "tree/words.h"

/* Signers that a sentence names. */
#define LIST_MAX 3

void
summary_vouching(const Report *report, const char **spf, GPtrArray *dkim)
{
    const GPtrArray *identifiers = report_identifiers(report);

    *spf = NULL;
    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (!identifier->domain || advice_vouch(identifier, FALSE) != VOUCH_YES)
            continue;
        if (advice_is_spf(identifier))
            *spf = identifier->domain;
        else if (dkim->len < LIST_MAX &&
                 !g_ptr_array_find_with_equal_func(dkim, identifier->domain, g_str_equal, NULL))
            g_ptr_array_add(dkim, identifier->domain);
    }
}

/* It rests on what a trusted host found, since no key is there today. */
static gboolean
by_old_word(const Report *report)
{
    const GPtrArray *identifiers = report_identifiers(report);
    gboolean old = FALSE;

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (identifier->signature == RECORD_UNSET || advice_vouch(identifier, FALSE) != VOUCH_YES)
            continue;
        const DkimResult *dkim = report->dkim->pdata[identifier->signature];
        if (!dkim->key_gone)
            return FALSE;
        old = TRUE;
    }
    return old;
}

/* ---- neither above nor below the name in From: ---- */

/* Moves the names that are neither above nor below the author's to `siblings`. */
static void
take_siblings(const char *author, const char **spf, GPtrArray *dkim, GPtrArray *siblings)
{
    if (*spf && !advice_same_house(*spf, author)) {
        g_ptr_array_add(siblings, (gpointer)*spf);
        *spf = NULL;
    }
    for (guint i = 0; i < dkim->len;) {
        char *domain = dkim->pdata[i];
        if (advice_same_house(domain, author)) {
            i++;
            continue;
        }
        g_ptr_array_remove_index(dkim, i);
        if (!g_ptr_array_find_with_equal_func(siblings, domain, g_str_equal, NULL))
            g_ptr_array_add(siblings, domain);
    }
}

/* RFC 9989, 4.10.2: what joins them is the organization alone, so that is what is named. */
static char *
sibling_sentence(const Report *report, const GPtrArray *siblings, const char *checks)
{
    const char *author = report->from->domain, *house = report_dmarc(report)->org_domain;
    g_autofree char *names = summary_join(siblings);
    char *last = by_old_word(report)
                     ? words_fill(N_("A trusted host found its signature good; today its key is "
                                     "gone."), NULL)
                     : NULL;

    if (siblings->len == 1)
        return summary_two(words_fill(N_("This mail speaks in the name of {0} (From:), and {1} "
                                         "vouches for it ({2}). That counts since both belong to "
                                         "{3}."), author, names, checks, house, NULL), last);
    return summary_two(words_fill(N_("This mail speaks in the name of {0} (From:), and {1} vouch "
                                     "for it ({2}). That counts since all of them belong to {3}."),
                                  author, names, checks, house, NULL), last);
}

/* ---- the author's own, or one above or below it ---- */

static char *
own_sentence(const Report *report, const char *spf, const GPtrArray *dkim)
{
    const char *author = report->from->domain;
    g_autofree char *signers = summary_join(dkim);

    if (spf && dkim->len > 0)
        return words_fill(N_("{0} vouches for this mail: its servers may send it (SPF, {1}), and "
                             "its signature is intact (DKIM, {2})."), author, spf, signers, NULL);
    if (spf)
        return words_fill(N_("{0} vouches for this mail: its servers may send it (SPF, {1})."),
                          author, spf, NULL);
    if (by_old_word(report))
        return words_fill(N_("{0} vouches for this mail: a trusted host found its signature good "
                             "(DKIM, {1}). Today its key is gone."), author, signers, NULL);
    return words_fill(N_("{0} vouches for this mail: its signature is intact (DKIM, {1})."), author,
                      signers, NULL);
}

char *
summary_pass(const Report *report)
{
    const char *house = report_dmarc(report)->org_domain, *spf;
    g_autoptr(GPtrArray) dkim = g_ptr_array_new();
    g_autoptr(GPtrArray) siblings = g_ptr_array_new();

    summary_vouching(report, &spf, dkim);
    if (!spf && dkim->len == 0)
        return words_fill(N_("A trusted host says that {0} vouches for this mail (DMARC pass). By which check "
                             "cannot be known here."), report->from->domain, NULL);
    const char *checks = spf && dkim->len > 0 ? "SPF, DKIM" : spf ? "SPF" : "DKIM";
    if (house)
        take_siblings(report->from->domain, &spf, dkim, siblings);
    if (siblings->len == 0)
        return own_sentence(report, spf, dkim);
    if (!spf && dkim->len == 0)
        return sibling_sentence(report, siblings, checks);
    g_autofree char *names = summary_join(siblings);
    return summary_two(own_sentence(report, spf, dkim),
                       words_fill(N_("As names of the same organization ({0}) these vouch, too: "
                                     "{1}."), house, names, NULL));
}
