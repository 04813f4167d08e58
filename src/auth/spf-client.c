/* spf-client.c: what reverse DNS calls the client, for ptr and %{p}, and the macros that need it.
 * SPDX-License-Identifier: MIT */
#include "auth/spf-check.h"

#include "base/name.h"

/* A name that reverse DNS gives for the client and that leads back to it, or may. */
typedef struct {
    char       *name;
    const char *unknown;    /* reason, where nobody knows its addresses; NULL: validated */
} ClientName;

static void
client_name_free(gpointer data)
{
    ClientName *client = data;

    g_free(client->name);
    g_free(client);
}

static char *
reverse_name(const SpfCheck *check)
{
    GString *name = g_string_new(NULL);

    if (check->ip_size == 4) {
        g_string_printf(name, "%u.%u.%u.%u.in-addr.arpa", check->ip[3], check->ip[2], check->ip[1],
                        check->ip[0]);
        return g_string_free(name, FALSE);
    }
    for (int i = 15; i >= 0; i--)
        g_string_append_printf(name, "%x.%x.", check->ip[i] & 0xFu, check->ip[i] >> 4);
    g_string_append(name, "ip6.arpa");
    return g_string_free(name, FALSE);
}

/* The procedure of 5.5. Trouble with the reverse name, or with one of its names, only means fewer
 * names; RESULT_YES unless the reverse name is unknown or a limit was crossed. */
static Result
find_client_names(SpfCheck *check, Step *step, GPtrArray *names)
{
    g_autofree char *reverse = reverse_name(check);
    const DnsAnswer *answer = spf_ask(check, step, reverse, DNS_PTR);
    const Result judged = spf_judge(check, answer);

    if (judged == RESULT_TEMPERROR || judged == RESULT_NO)
        return RESULT_YES;
    if (judged != RESULT_YES)
        return judged;
    for (guint i = 0; i < MIN(answer->records->len, SPF_NAMES_MAX); i++) {
        g_autofree char *name = spf_name_in(answer->records->pdata[i]);
        if (!name)
            continue;
        const guint whole = check->ip_size == 4 ? 32 : 128;
        const Result result = spf_match_address(check, step, name, whole);
        if (result == RESULT_PERMERROR)
            return result;
        if (result != RESULT_YES && result != RESULT_UNKNOWN)
            continue;
        ClientName *client = g_new0(ClientName, 1);
        client->name = g_steal_pointer(&name);
        client->unknown = result == RESULT_UNKNOWN ? check->reason : NULL;
        g_ptr_array_add(names, client);
    }
    return RESULT_YES;
}

Result
spf_match_ptr(SpfCheck *check, Step *step, const char *target)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(client_name_free);
    const Result found = find_client_names(check, step, names);
    const char *unknown = NULL;

    if (found != RESULT_YES)
        return found;
    for (guint i = 0; i < names->len; i++) {
        const ClientName *client = names->pdata[i];
        if (!name_is_within(client->name, target))
            continue;
        if (!client->unknown)
            return RESULT_YES;
        unknown = client->unknown;
    }
    return unknown ? spf_end(check, RESULT_UNKNOWN, unknown) : RESULT_NO;
}

/* 7.3: the domain itself, else a name below it, else any. Smaller is better. */
static guint
client_name_rank(const char *name, const char *domain)
{
    if (g_str_equal(name, domain))
        return 0;
    return name_is_within(name, domain) ? 1 : 2;
}

/* What %{p} of a record of `domain` needs. */
typedef struct {
    SpfCheck   *check;
    Step       *step;
    const char *domain;
    char       *name;       /* found before, in the same text */
} Validating;

static SpfExpansion
validated_name(gpointer data, char **name)
{
    Validating *v = data;

    *name = g_strdup(v->name);
    if (v->name)
        return SPF_EXPANDED;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(client_name_free);
    const Result found = find_client_names(v->check, v->step, names);
    const ClientName *best = NULL;
    guint best_rank = 3;

    if (found != RESULT_YES)
        return found == RESULT_PERMERROR ? SPF_EXPAND_LIMIT : SPF_EXPAND_UNKNOWN;
    /* An unknown name that would be taken before the best one leaves the macro unknown. */
    for (guint i = 0; i < names->len; i++) {
        const ClientName *client = names->pdata[i];
        const guint rank = client_name_rank(client->name, v->domain);
        if (rank < best_rank) {
            best = client;
            best_rank = rank;
        }
    }
    if (best && best->unknown) {
        v->check->reason = best->unknown;
        return SPF_EXPAND_UNKNOWN;
    }
    v->check->reason = NULL;
    v->name = g_strdup(best ? best->name : "unknown");
    *name = g_strdup(v->name);
    return SPF_EXPANDED;
}

/* ---- macros ---- */

static SpfExpansion
expand(SpfCheck *check, Step *step, const char *text, SpfMacroWhere where, const char *domain,
       GString *out)
{
    const SpfQuestion *question = check->question;
    Validating validating = { check, step, domain, NULL };
    const gboolean local = question->local_part && *question->local_part;
    const SpfMacroValues values = {
        .local_part = local ? question->local_part : "postmaster",
        .sender_domain = check->sender_domain,
        .domain = domain,
        .ip = check->ip_text,
        .ip_dotted = check->ip_dotted,
        .family = check->ip_size == 4 ? "in-addr" : "ip6",
        .helo = question->helo,
        .receiver = question->receiver ? question->receiver : "unknown",
        .now = question->now,
        .validated = validated_name,
        .data = &validating,
    };

    check->reason = NULL;
    check->personal = check->personal || strchr(text, '%');
    const SpfExpansion done = spf_macro_expand(text, where, &values, out);
    g_free(validating.name);
    if (done == SPF_EXPAND_UNKNOWN && !check->reason)
        check->reason = "no-helo";
    return done;
}

Result
spf_expand_name(SpfCheck *check, Step *step, const char *target, const char *domain, char **name)
{
    g_autoptr(GString) out = g_string_new(NULL);

    switch (expand(check, step, target, SPF_MACRO_DOMAIN, domain, out)) {
    case SPF_EXPANDED:
        *name = spf_macro_name(out->str);
        return RESULT_YES;
    case SPF_EXPAND_UNKNOWN:
        return RESULT_UNKNOWN;
    case SPF_EXPAND_LIMIT:
        return RESULT_PERMERROR;
    case SPF_EXPAND_NOTHING:
        break;
    }
    return RESULT_NO;
}

char *
spf_expand_text(SpfCheck *check, Step *step, const char *text, const char *domain)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (expand(check, step, text, SPF_MACRO_EXPLAIN, domain, out) != SPF_EXPANDED)
        return NULL;
    return g_strdup(out->str);
}
