/* kept.c: verdicts of receivers' rules, kept for the next message of which the same was seen.
 * SPDX-License-Identifier: MIT */
#include "receivers/kept.h"

#include <string.h>

#include "base/again.h"
#include "base/chance.h"
#include "base/hash.h"

/* Some 300 bytes each, and as many for each verdict and its JSON: a few megabytes. */
#define ANSWERS_MAX 1000
/* Of what came once, so many hashes are remembered, in fours: answers that take turns shall not make each other forgotten. */
#define CAME_ROWS 256
#define CAME_WIDTH 4
/* Of three kilobytes each, with the JSON. */
#define PROFILES_MAX 500
/* So many senders in fours, half a kilobyte each. */
#define NAMES_ROWS 32
/* A name fits; a Message-ID may be as long as a stranger likes, and then nobody keeps it. */
#define ARGUMENTS_MAX 512

typedef struct {
    KeptCase      found;
    ReceiverRule *verdict;
} Verdict;

struct KeptAnswer {
    guint       slot, hash;
    CheckAnswer answer;
    GArray     *verdicts;       /* Verdict: of the few rules that ask this */
};

struct KeptProfile {
    const Profile   *profile;
    KeptAnswer     **answers;   /* one for each of its rules; they stay as long as this does */
    ReceiverVerdict *verdict;   /* NULL: not kept yet */
    gboolean         came;
};

typedef struct {
    guint hashes[CAME_WIDTH];   /* of answers with arguments that came, perhaps once; 0: none */
    guint taken;                /* so often another one was remembered */
} CameRow;

struct KeptVerdicts {
    GHashTable *answers;        /* KeptAnswer, as its own key */
    GHashTable *profiles;       /* KeptProfile, as its own key */
    Again      *names;          /* KeptNames */
    CameRow     came[CAME_ROWS];    /* by hash */
    GPtrArray  *bare;           /* by slot: the last KeptAnswer without arguments, as most messages get it; or NULL */
};

static guint
hash_of(const KeptAnswer *kept)
{
    guint hash = g_direct_hash(kept->answer.reason) ^ kept->slot << 8 ^ (guint)kept->answer.result;

    for (gsize i = 0; i < G_N_ELEMENTS(kept->answer.args) && kept->answer.args[i]; i++)
        hash = hash * 31 + hash_text(kept->answer.args[i]);
    return hash;
}

static guint
answer_hash(gconstpointer key)
{
    return ((const KeptAnswer *)key)->hash;
}

/* Reasons are literals: equal ones that stand apart are at worst kept twice. */
static gboolean
answer_equal(gconstpointer a, gconstpointer b)
{
    const KeptAnswer *left = a, *right = b;

    if (left->hash != right->hash || left->slot != right->slot || left->answer.result != right->answer.result ||
        left->answer.reason != right->answer.reason)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(left->answer.args); i++)
        if (g_strcmp0(left->answer.args[i], right->answer.args[i]) != 0)
            return FALSE;
    return TRUE;
}

static void
answer_free(gpointer data)
{
    KeptAnswer *kept = data;

    for (guint i = 0; i < kept->verdicts->len; i++)
        record_free(&receiver_rule_type, g_array_index(kept->verdicts, Verdict, i).verdict);
    g_array_unref(kept->verdicts);
    for (gsize i = 0; i < G_N_ELEMENTS(kept->answer.args); i++)
        g_free(kept->answer.args[i]);
    g_free(kept);
}

static guint
profile_hash(gconstpointer key)
{
    const KeptProfile *kept = key;
    guint hash = g_direct_hash(kept->profile);

    for (guint i = 0; i < kept->profile->rules->len; i++)
        hash = hash * 31 + (guint)((gsize)kept->answers[i] >> 4);
    return hash;
}

static gboolean
profile_equal(gconstpointer a, gconstpointer b)
{
    const KeptProfile *left = a, *right = b;

    return left->profile == right->profile &&
           memcmp(left->answers, right->answers, left->profile->rules->len * sizeof left->answers[0]) == 0;
}

static void
profile_free(gpointer data)
{
    KeptProfile *kept = data;

    record_free(&receiver_verdict_type, kept->verdict);
    g_free(kept->answers);
    g_free(kept);
}

static void
names_free(gpointer data)
{
    KeptNames *names = data;

    record_free(&dmarc_result_type, names->rfc9989);
    record_free(&dmarc_result_type, names->rfc7489);
    record_free(&spf_result_type, names->spf);
    g_free(names);
}

KeptVerdicts *
kept_verdicts_new(void)
{
    KeptVerdicts *kept = g_new0(KeptVerdicts, 1);

    kept->answers = g_hash_table_new_full(answer_hash, answer_equal, answer_free, NULL);
    kept->profiles = g_hash_table_new_full(profile_hash, profile_equal, profile_free, NULL);
    kept->names = again_new(NAMES_ROWS, names_free);
    kept->bare = g_ptr_array_new();
    return kept;
}

void
kept_verdicts_free(KeptVerdicts *kept)
{
    if (!kept)
        return;
    again_free(kept->names);
    g_hash_table_unref(kept->profiles);
    g_hash_table_unref(kept->answers);
    g_ptr_array_unref(kept->bare);
    g_free(kept);
}

static gboolean
is_long(const CheckAnswer *answer)
{
    gsize length = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(answer->args) && answer->args[i]; i++)
        length += strlen(answer->args[i]);
    return length > ARGUMENTS_MAX;
}

static gboolean
is_bare(const CheckAnswer *answer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(answer->args); i++)
        if (answer->args[i])
            return FALSE;
    return TRUE;
}

/* Of a mailbox's domains most come once: theirs would drive out what comes again. */
static gboolean
came_before(KeptVerdicts *kept, const KeptAnswer *wanted)
{
    const guint hash = wanted->hash | 1;
    /* By all bits: the lowest are the same for all questions that are answered with one domain's name. */
    CameRow *row = &kept->came[(hash * 2654435769u >> 16) % CAME_ROWS];

    if (g_hash_table_size(kept->answers) < KEPT_ANSWERS_EARLY)
        return TRUE;
    for (gsize i = 0; i < CAME_WIDTH; i++)
        if (row->hashes[i] == hash)
            return TRUE;
    row->hashes[chance_place(&row->taken, CAME_WIDTH)] = hash;
    return FALSE;
}

static KeptAnswer *
look_up(KeptVerdicts *kept, guint slot, const CheckAnswer *answer)
{
    KeptAnswer wanted = { .slot = slot, .answer = *answer };

    wanted.hash = hash_of(&wanted);
    KeptAnswer *found = g_hash_table_lookup(kept->answers, &wanted);
    if (found || (!is_bare(answer) && !came_before(kept, &wanted)))
        return found;
    found = g_new0(KeptAnswer, 1);
    *found = wanted;
    for (gsize i = 0; i < G_N_ELEMENTS(answer->args); i++)
        found->answer.args[i] = g_strdup(answer->args[i]);
    found->verdicts = g_array_new(FALSE, FALSE, sizeof(Verdict));
    g_hash_table_add(kept->answers, found);
    return found;
}

KeptAnswer *
kept_answer(KeptVerdicts *kept, guint slot, const CheckAnswer *answer)
{
    if (!is_bare(answer))
        return is_long(answer) ? NULL : look_up(kept, slot, answer);
    if (slot >= kept->bare->len)
        g_ptr_array_set_size(kept->bare, (gint)slot + 1);
    KeptAnswer *last = kept->bare->pdata[slot];
    if (!last || last->answer.reason != answer->reason || last->answer.result != answer->result)
        kept->bare->pdata[slot] = last = look_up(kept, slot, answer);
    return last;
}

const CheckAnswer *
kept_said(const KeptAnswer *answer)
{
    return &answer->answer;
}

ReceiverRule *
kept_verdict(const KeptAnswer *answer, const KeptCase *wanted)
{
    for (guint i = 0; i < answer->verdicts->len; i++) {
        const Verdict *verdict = &g_array_index(answer->verdicts, Verdict, i);
        if (verdict->found.rule == wanted->rule && verdict->found.result == wanted->result &&
            verdict->found.replaced == wanted->replaced)
            return verdict->verdict;
    }
    return NULL;
}

void
kept_add(KeptAnswer *answer, const KeptCase *found, ReceiverRule *verdict)
{
    const Verdict one = { *found, record_share(&receiver_rule_type, verdict) };

    g_array_append_val(answer->verdicts, one);
}

KeptProfile *
kept_profile(KeptVerdicts *kept, const Profile *profile, KeptAnswer *const *answers)
{
    const KeptProfile wanted = { .profile = profile, .answers = (KeptAnswer **)answers };
    KeptProfile *found = g_hash_table_lookup(kept->profiles, &wanted);

    if (found)
        return found;
    found = g_new0(KeptProfile, 1);
    found->profile = profile;
    found->came = g_hash_table_size(kept->profiles) < KEPT_PROFILES_EARLY;
    found->answers = g_memdup2(answers, profile->rules->len * sizeof answers[0]);
    g_hash_table_add(kept->profiles, found);
    return found;
}

ReceiverVerdict *
kept_profile_verdict(const KeptProfile *profile)
{
    return profile->verdict;
}

void
kept_profile_add(KeptProfile *profile, ReceiverVerdict *verdict)
{
    if (profile->came)
        profile->verdict = record_share(&receiver_verdict_type, verdict);
    profile->came = TRUE;
}

KeptNames *
kept_names(const KeptVerdicts *kept, const char *key)
{
    return again_find(kept->names, key);
}

void
kept_names_add(KeptVerdicts *kept, const char *key, const Report *report, KeptAnswer *const *answers, guint slots)
{
    KeptNames *names = g_malloc(sizeof *names + slots * sizeof answers[0]);

    names->rfc9989 = record_share(&dmarc_result_type, report->dmarc->rfc9989);
    names->rfc7489 = record_share(&dmarc_result_type, report->dmarc->rfc7489);
    names->spf = record_share(&spf_result_type, report->spf->mail_from);
    names->last.count = 0;
    memcpy(names->answers, answers, slots * sizeof answers[0]);
    again_keep(kept->names, key, names);
}

void
kept_make_room(KeptVerdicts *kept)
{
    const gboolean many_answers = g_hash_table_size(kept->answers) > ANSWERS_MAX;

    if (!many_answers && g_hash_table_size(kept->profiles) <= PROFILES_MAX)
        return;
    /* Each before what stands in it. */
    again_free(kept->names);
    kept->names = again_new(NAMES_ROWS, names_free);
    g_hash_table_remove_all(kept->profiles);
    if (!many_answers)
        return;
    g_hash_table_remove_all(kept->answers);
    g_ptr_array_set_size(kept->bare, 0);
}
