/* spf-record.c: the grammar of SPF records.
 * SPDX-License-Identifier: MIT */
#include "auth/spf-record.h"

#include <arpa/inet.h>
#include <string.h>

#include "auth/spf-macro.h"

#define VERSION_TAG "v=spf1"

typedef enum { TARGET_NONE, TARGET_OPTIONAL, TARGET_REQUIRED, TARGET_NETWORK } TargetRule;

static const struct {
    const char *name;
    SpfKind     kind;
    TargetRule  target;
    gboolean    prefix;     /* dual-cidr-length allowed */
} mechanisms[] = {
    { "all",     SPF_ALL,     TARGET_NONE,     FALSE },
    { "include", SPF_INCLUDE, TARGET_REQUIRED, FALSE },
    { "a",       SPF_A,       TARGET_OPTIONAL, TRUE },
    { "mx",      SPF_MX,      TARGET_OPTIONAL, TRUE },
    { "ptr",     SPF_PTR,     TARGET_OPTIONAL, FALSE },
    { "ip4",     SPF_IP4,     TARGET_NETWORK,  FALSE },
    { "ip6",     SPF_IP6,     TARGET_NETWORK,  FALSE },
    { "exists",  SPF_EXISTS,  TARGET_REQUIRED, FALSE },
};

gboolean
spf_record_is_ours(const char *bytes, gsize length)
{
    const gsize tag = strlen(VERSION_TAG);

    return length >= tag && g_ascii_strncasecmp(bytes, VERSION_TAG, tag) == 0 &&
           (length == tag || bytes[tag] == ' ');
}

/* Bytes as a C string: NUL shows as "\x00". (transfer full) */
static char *
text_of(const char *bytes, gsize length)
{
    GString *text = g_string_sized_new(length);

    for (gsize i = 0; i < length; i++) {
        if (bytes[i])
            g_string_append_c(text, bytes[i]);
        else
            g_string_append(text, "\\x00");
    }
    return g_string_free(text, FALSE);
}

static void
clause_free(gpointer data)
{
    SpfClause *clause = data;

    g_free(clause->text);
    g_free(clause->target);
    g_free(clause);
}

/* Takes "/N" (or "//N" when `doubled`) off the end. FALSE when N has a leading zero or is too
 * large; TRUE when it was taken or is not there. */
static gboolean
take_prefix(const char *text, gsize *length, gboolean doubled, guint max, guint *prefix)
{
    gsize digits = *length;
    guint value = 0;

    while (digits > 0 && g_ascii_isdigit(text[digits - 1]))
        digits--;
    const gsize slashes = doubled ? 2 : 1;
    if (digits == *length || digits < slashes || text[digits - 1] != '/' ||
        (doubled && text[digits - 2] != '/'))
        return TRUE;
    if (text[digits] == '0' && *length - digits > 1)
        return FALSE;
    for (gsize i = digits; i < *length && value <= max; i++)
        value = value * 10 + (guint)(text[i] - '0');
    if (value > max)
        return FALSE;
    *prefix = value;
    *length = digits - slashes;
    return TRUE;
}

/* ":" network [ "/" N ] */
static gboolean
parse_network(SpfClause *clause, const char *rest, gsize length)
{
    const gboolean four = clause->kind == SPF_IP4;
    guint *prefix = four ? &clause->prefix4 : &clause->prefix6;
    char address[INET6_ADDRSTRLEN];

    if (length == 0 || rest[0] != ':' || !take_prefix(rest, &length, FALSE, *prefix, prefix))
        return FALSE;
    if (length - 1 >= sizeof address || memchr(rest, '\0', length))
        return FALSE;
    memcpy(address, rest + 1, length - 1);
    address[length - 1] = '\0';
    return inet_pton(four ? AF_INET : AF_INET6, address, clause->network) == 1;
}

/* [ ":" domain-spec ] [ dual-cidr-length ] */
static gboolean
parse_target(SpfClause *clause, TargetRule rule, gboolean prefix, const char *rest, gsize length)
{
    if (prefix && (!take_prefix(rest, &length, TRUE, 128, &clause->prefix6) ||
                   !take_prefix(rest, &length, FALSE, 32, &clause->prefix4)))
        return FALSE;
    if (length == 0)
        return rule == TARGET_OPTIONAL;
    if (rest[0] != ':' || !spf_macro_valid(rest + 1, length - 1, SPF_MACRO_DOMAIN))
        return FALSE;
    clause->target = g_strndup(rest + 1, length - 1);
    return TRUE;
}

static gboolean
take_qualifier(SpfClause *clause, char sign)
{
    switch (sign) {
    case '+': clause->outcome = RESULT_PASS; return TRUE;
    case '-': clause->outcome = RESULT_FAIL; return TRUE;
    case '~': clause->outcome = RESULT_SOFTFAIL; return TRUE;
    case '?': clause->outcome = RESULT_NEUTRAL; return TRUE;
    default: clause->outcome = RESULT_PASS; return FALSE;
    }
}

static gboolean
parse_mechanism(SpfClause *clause, const char *text, gsize length)
{
    if (take_qualifier(clause, text[0])) {
        text++;
        length--;
    }
    gsize name = 0;
    while (name < length && text[name] != ':' && text[name] != '/')
        name++;
    for (guint i = 0; i < G_N_ELEMENTS(mechanisms); i++) {
        if (strlen(mechanisms[i].name) != name ||
            g_ascii_strncasecmp(mechanisms[i].name, text, name) != 0)
            continue;
        clause->kind = mechanisms[i].kind;
        const char *rest = text + name;
        const gsize left = length - name;
        if (mechanisms[i].target == TARGET_NONE)
            return left == 0;
        if (mechanisms[i].target == TARGET_NETWORK)
            return parse_network(clause, rest, left);
        return parse_target(clause, mechanisms[i].target, mechanisms[i].prefix, rest, left);
    }
    return FALSE;
}

/* name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ), then "=". Its length, or 0. */
static gsize
modifier_name(const char *text, gsize length)
{
    gsize i = 0;

    if (length == 0 || !g_ascii_isalpha(text[0]))
        return 0;
    while (i < length && (g_ascii_isalnum(text[i]) || (text[i] && strchr("-_.", text[i]))))
        i++;
    return i < length && text[i] == '=' ? i : 0;
}

static gboolean
is_named(const char *want, const char *text, gsize name)
{
    return strlen(want) == name && g_ascii_strncasecmp(want, text, name) == 0;
}

static gboolean
parse_modifier(SpfClause *clause, const char *text, gsize length, gsize name)
{
    const char *value = text + name + 1;
    const gsize left = length - name - 1;

    if (is_named("redirect", text, name))
        clause->kind = SPF_REDIRECT;
    else if (is_named("exp", text, name))
        clause->kind = SPF_EXP;
    else
        clause->kind = SPF_OTHER_MODIFIER;
    if (!spf_macro_valid(value, left, clause->kind == SPF_OTHER_MODIFIER ? SPF_MACRO_STRING
                                                                          : SPF_MACRO_DOMAIN))
        return FALSE;
    clause->target = g_strndup(value, left);
    return TRUE;
}

/* Gives the clause its place; redirect and exp at most once each (6). */
static gboolean
place_clause(SpfRecord *record, SpfClause *clause)
{
    SpfClause **slot = clause->kind == SPF_REDIRECT ? &record->redirect
                     : clause->kind == SPF_EXP ? &record->exp : NULL;

    if (slot && !*slot) {
        *slot = clause;
        return TRUE;
    }
    if (clause->kind < SPF_REDIRECT) {
        g_ptr_array_add(record->mechanisms, clause);
        return TRUE;
    }
    clause_free(clause);
    return !slot;       /* an unknown modifier means nothing and is forgotten */
}

static gboolean
parse_term(SpfRecord *record, const char *text, gsize length)
{
    SpfClause *clause = g_new0(SpfClause, 1);
    const gsize name = modifier_name(text, length);

    clause->prefix4 = 32;
    clause->prefix6 = 128;
    clause->text = text_of(text, length);
    const gboolean sound = name ? parse_modifier(clause, text, length, name)
                                : parse_mechanism(clause, text, length);
    if (!sound) {
        clause_free(clause);
        return FALSE;
    }
    return place_clause(record, clause);
}

SpfRecord *
spf_record_parse(const char *bytes, gsize length)
{
    SpfRecord *record = g_new0(SpfRecord, 1);
    const char *end = bytes + length;

    record->refs = 1;
    record->text = text_of(bytes, length);
    record->mechanisms = g_ptr_array_new_with_free_func(clause_free);
    const char *c = bytes + MIN(length, strlen(VERSION_TAG));
    while (c < end && !record->fault) {
        const char *blank = memchr(c, ' ', (gsize)(end - c));
        const char *stop = blank ? blank : end;
        const gsize term = (gsize)(stop - c);
        if (term > 0 && !parse_term(record, c, term))
            record->fault = text_of(c, term);
        c = blank ? blank + 1 : end;
    }
    return record;
}

SpfRecord *
spf_record_of(Memo *memo, GBytes *text)
{
    static const char kind[] = "spf";
    gsize length = 0;
    const char *bytes = g_bytes_get_data(text, &length);
    SpfRecord *record = memo_find(memo, kind, text);

    if (!record) {
        record = spf_record_parse(bytes, length);
        memo_keep(memo, kind, text, record, (GDestroyNotify)spf_record_free);
    }
    record->refs++;
    return record;
}

void
spf_record_free(SpfRecord *record)
{
    if (!record || --record->refs > 0)
        return;
    g_clear_pointer(&record->redirect, clause_free);
    g_clear_pointer(&record->exp, clause_free);
    g_ptr_array_unref(record->mechanisms);
    g_free(record->text);
    g_free(record->fault);
    g_free(record);
}

gboolean
spf_clause_looks_up(const SpfClause *clause)
{
    switch (clause->kind) {
    case SPF_INCLUDE: case SPF_A: case SPF_MX: case SPF_PTR: case SPF_EXISTS: case SPF_REDIRECT:
        return TRUE;
    case SPF_ALL: case SPF_IP4: case SPF_IP6: case SPF_EXP: case SPF_OTHER_MODIFIER:
        return FALSE;
    }
    return FALSE;
}
