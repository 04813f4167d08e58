/* goal.c: who can change what of a message, and what a change came to.
 * SPDX-License-Identifier: MIT */
#include "whatif/goal.h"

#include <string.h>

#include "base/fault.h"
#include "base/name.h"
#include "headers/address.h"
#include "tree/words.h"
#include "whatif/goal-rules.h"
#include "whatif/zone.h"

const char *const goal_role_words[] = { "sender", "dns", "service", "receiver", "visitor", NULL };

/* ---- who somebody is ---- */

static gboolean
has_domain(GoalRole role)
{
    return role == GOAL_SENDER || role == GOAL_DNS || role == GOAL_SERVICE;
}

static Goal *
goal_new(GoalRole role, const char *domain)
{
    Goal *goal = g_new0(Goal, 1);

    goal->role = role;
    goal->domain = g_strdup(domain);
    return goal;
}

static Goal *
misread(const char *text, GError **error)
{
    g_autofree char *message = words_fill(N_("{0}: not one of: sender DOMAIN, dns DOMAIN, service "
                                             "DOMAIN, receiver, visitor"), text, NULL);

    fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s", message);
    return NULL;
}

Goal *
goal_read(const char *text, GError **error)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(text));
    const gsize length = strcspn(trimmed, " \t");
    g_autofree char *word = g_strndup(trimmed, length);
    g_autofree char *domain = address_host(trimmed + length + strspn(trimmed + length, " \t"));

    for (int role = 0; goal_role_words[role]; role++) {
        if (!g_str_equal(goal_role_words[role], word))
            continue;
        if (has_domain((GoalRole)role) != (domain != NULL) ||
            (!domain && trimmed[length] != '\0'))
            break;
        return goal_new((GoalRole)role, domain);
    }
    return misread(text, error);
}

Goal *
goal_copy(const Goal *goal)
{
    return goal ? goal_new(goal->role, goal->domain) : NULL;
}

void
goal_free(Goal *goal)
{
    if (!goal)
        return;
    g_free(goal->domain);
    g_free(goal);
}

char *
goal_describe(const Goal *goal)
{
    static const char *const texts[] = {
        N_("I send this mail, and {0} is my domain"), N_("I run the DNS of {0}"),
        N_("I carry this mail for a customer, as {0}"), N_("I receive it"),
        N_("I am somebody whose address stands in From:, and I sent nothing"),
    };

    return words_fill(texts[goal->role], goal->domain ? goal->domain : "", NULL);
}

static void
add_domain(GPtrArray *domains, const char *domain)
{
    if (domain && !g_ptr_array_find_with_equal_func(domains, domain, g_str_equal, NULL))
        g_ptr_array_add(domains, (gpointer)domain);
}

/* Organizations by the list of public suffixes: RFC 7489's half knows them without DNS. */
static void
identified_domains(const Report *report, GPtrArray *domains)
{
    const GPtrArray *identifiers = report->dmarc->rfc7489->identifiers;

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        add_domain(domains, identifier->org_domain ? identifier->org_domain : identifier->domain);
    }
}

static void
free_goal(gpointer goal)
{
    goal_free(goal);
}

/* A message may name as many as it likes; a reader looks through a few for each role. */
#define DOMAINS_MAX 4

static void
add_goals(GPtrArray *goals, GoalRole role, const GPtrArray *domains)
{
    for (guint i = 0; i < domains->len && i < DOMAINS_MAX; i++)
        g_ptr_array_add(goals, goal_new(role, domains->pdata[i]));
}

GPtrArray *
goal_choices(const Report *report)
{
    GPtrArray *goals = g_ptr_array_new_with_free_func(free_goal);
    g_autoptr(GPtrArray) carriers = g_ptr_array_new();
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    const DmarcResult *dmarc = report->dmarc->rfc7489;

    identified_domains(report, carriers);
    identified_domains(report, all);
    add_domain(all, dmarc->org_domain ? dmarc->org_domain : report->from->domain);
    add_goals(goals, GOAL_SENDER, all);
    add_goals(goals, GOAL_DNS, all);
    add_goals(goals, GOAL_SERVICE, carriers);
    g_ptr_array_add(goals, goal_new(GOAL_RECEIVER, NULL));
    g_ptr_array_add(goals, goal_new(GOAL_VISITOR, NULL));
    return goals;
}

/* ---- what they can change ---- */

/* The domain in an address, or a name as it is; NULL for the empty reverse-path. (transfer full) */
static char *
domain_in(const char *value)
{
    Mailbox *mailbox = strchr(value, '@') ? address_first(value) : NULL;
    char *domain = mailbox ? g_strdup(mailbox->domain) : address_host(value);

    record_free(&mailbox_type, mailbox);
    return domain;
}

static gboolean
is_within(const Goal *goal, const char *domain)
{
    return domain && goal->domain && name_is_within(domain, goal->domain);
}

static gboolean
holds(const Goal *goal, const Report *report, const WhatIf *edit, GoalLimit limit, char **what)
{
    g_autoptr(ZoneEdit) zone = limit == GOAL_OWN_NAME ? zone_edit_read(edit->value, NULL) : NULL;
    const DmarcResult *dmarc = report_dmarc(report);

    switch (limit) {
    case GOAL_ANYTHING:
        return TRUE;
    case GOAL_OWN_ADDRESS:
        *what = domain_in(edit->value);
        /* The empty reverse-path is everybody's; SPF then goes by HELO (RFC 7208, 2.4). */
        return g_str_equal(edit->value, "<>") || is_within(goal, *what);
    case GOAL_OWN_NAME:
        *what = g_strdup(zone ? zone->name : NULL);
        return zone && is_within(goal, zone->name);
    case GOAL_OWN_POLICY:
        return is_within(goal, dmarc->record_domain ? dmarc->record_domain
                                                    : report->from->domain);
    case GOAL_NEVER:
        break;
    }
    return FALSE;
}

gboolean
goal_allows(const Goal *goal, const Report *report, const WhatIf *edit, char **reason)
{
    const GoalRule *rule = goal_rule(goal->role, edit->key);
    g_autofree char *what = NULL;

    if (holds(goal, report, edit, rule->limit, &what))
        return TRUE;
    *reason = words_fill(rule->reason, what ? what : edit->value,
                         goal->domain ? goal->domain : "", NULL);
    return FALSE;
}

/* ---- what it came to ---- */

static void
add_line(GString *out, const char *label, const char *value)
{
    g_string_append_printf(out, "%s%s%s", out->len ? "\n" : "", label, value);
}

/* A visitor is still answered where the form writes its own address into From:. */
static void
add_from(GString *out, const WhatIf *edit, const GPtrArray *edits, const Report *before)
{
    const Mailbox *old = before->from->addresses->len > 0 ? before->from->addresses->pdata[0]
                                                          : NULL;
    gboolean said = before->reply_to != NULL;

    for (guint i = 0; i < edits->len; i++)
        said = said || g_str_equal(((const WhatIf *)edits->pdata[i])->key, "reply-to");
    add_line(out, "From: ", edit->value);
    if (!said && old && old->address)
        add_line(out, "Reply-To: ", old->address);
}

/* Edits as somebody would make them: header lines, zone lines, settings; NULL where none can be
 * written down. (transfer full) */
static char *
goal_record(const GPtrArray *edits, const Report *before)
{
    static const struct { const char *key, *label; } lines[] = {
        { "sender", "Sender: " }, { "reply-to", "Reply-To: " }, { "mail-from", "MAIL FROM: " },
        { "helo", "HELO: " }, { "ip", "IP: " }, { "dkim.add", "DKIM-Signature: d=" },
        { "dkim.N.d", "DKIM-Signature: d=" }, { "dns", "" },
    };
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < edits->len; i++) {
        const WhatIf *edit = edits->pdata[i];
        const EditKey *row = edit_key_find(edit->key);
        if (g_str_equal(edit->key, "from"))
            add_from(out, edit, edits, before);
        for (gsize k = 0; row && k < G_N_ELEMENTS(lines); k++)
            if (g_str_equal(lines[k].key, row->key))
                add_line(out, lines[k].label, edit->value);
    }
    return out->len > 0 ? g_strdup(out->str) : NULL;
}

static const Step *
find_step(const Step *step, const char *id)
{
    if (id ? g_str_equal(step->id, id) : step->cause)
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        const Step *found = find_step(step->children->pdata[i], id);
        if (found)
            return found;
    }
    return NULL;
}

/* What of one name's branch does not hold: its check, else that it is another organization's. `near`:
 * the organization is right, only the check is not. */
static const Step *
failing_in(const Step *branch, gboolean *near)
{
    static const char *const checks[] = { "spf-check", "spf-assumed", "dkim-check", "dkim-assumed",
                                          NULL };
    const Step *failing = NULL;

    *near = FALSE;
    for (guint i = 0; i < branch->children->len; i++) {
        const Step *step = branch->children->pdata[i];
        const gboolean alignment = g_str_equal(step->id, "alignment");
        if (g_strv_contains(checks, step->id) && step->result != RESULT_PASS)
            failing = step;
        *near = *near || (alignment && step->result == RESULT_YES);
        if (alignment && step->result != RESULT_YES && !failing)
            failing = step;
    }
    return failing;
}

/* The nearest miss: what would have to hold for the name that comes closest. */
static const Step *
failing_step(const Report *after)
{
    const Step *first = NULL;

    if (report_dmarc(after)->result == RESULT_NONE)
        return find_step(after->tree, "policy");
    for (guint i = 0; i < after->tree->children->len; i++) {
        const Step *branch = after->tree->children->pdata[i];
        gboolean near = FALSE;
        const Step *failing = g_str_has_suffix(branch->id, "-vouches") ? failing_in(branch, &near)
                                                                       : NULL;
        if (failing && near)
            return failing;
        first = first ? first : failing;
    }
    return first ? first : find_step(after->tree, NULL);
}

/* The step at which it still fails, in words. */
static void
say_why(GoalOutcome *outcome, const Report *after)
{
    const Step *step = after->tree ? failing_step(after) : NULL;

    if (!step)
        return;
    g_autofree char *question = words_question(step);
    g_autofree char *plain = words_plain(step);
    outcome->turns = g_strdup(step->id);
    outcome->why = words_fill(N_("This is still missing: {0} {1}"), question,
                              *plain ? plain : words_result((Result)step->result), NULL);
}

static char *
sentence(GoalState state, const Report *before, const Report *after)
{
    g_autofree char *count = g_strdup_printf("%u", after->what_if->len);
    const char *result = words_result((Result)report_dmarc(after)->result);

    switch (state) {
    case GOAL_NOTHING_TO_DO:
        return words_fill(N_("This mail passes already. Nothing has to be changed."), NULL);
    case GOAL_OPEN:
        return words_fill(N_("DMARC: {0}. Change one thing that you could really change, so that "
                             "it passes."),
                          words_result((Result)report_dmarc(before)->result), NULL);
    case GOAL_NOT_YET:
        return words_fill(N_("You could do that, but it does not help. DMARC: {0}."), result, NULL);
    case GOAL_TOO_MANY:
        return words_fill(N_("It passes, with {0} changes. Can you do it with one?"), count, NULL);
    case GOAL_REACHED:
        break;
    }
    return words_fill(N_("Well done: it passes, by this one change."), NULL);
}

GoalOutcome *
goal_judge(const Report *before, const Report *after)
{
    GoalOutcome *outcome = g_new0(GoalOutcome, 1);
    const gboolean passes = report_dmarc(after)->result == RESULT_PASS;

    if (report_dmarc(before)->result == RESULT_PASS)
        outcome->state = GOAL_NOTHING_TO_DO;
    else if (after->what_if->len == 0)
        outcome->state = GOAL_OPEN;
    else if (!passes)
        outcome->state = GOAL_NOT_YET;
    else
        outcome->state = after->what_if->len == 1 ? GOAL_REACHED : GOAL_TOO_MANY;
    outcome->text = sentence(outcome->state, before, after);
    if (outcome->state == GOAL_NOT_YET)
        say_why(outcome, after);
    if (passes && after->what_if->len > 0)
        outcome->record = goal_record(after->what_if, before);
    return outcome;
}

void
goal_outcome_free(GoalOutcome *outcome)
{
    if (!outcome)
        return;
    g_free(outcome->text);
    g_free(outcome->why);
    g_free(outcome->turns);
    g_free(outcome->record);
    g_free(outcome);
}
