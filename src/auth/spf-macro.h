/* spf-macro.h: the macros of SPF (RFC 7208, 7): their syntax, and their expansion.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef enum {
    SPF_MACRO_STRING,       /* value of an unknown modifier */
    SPF_MACRO_DOMAIN,       /* domain-spec: must end in a top label or a macro */
    SPF_MACRO_EXPLAIN       /* text of an explanation: blanks and %{c} %{r} %{t} too */
} SpfMacroWhere;

/* Whether `text` keeps to the grammar of 7.1; it need not end in NUL. */
gboolean spf_macro_valid(const char *text, gsize length, SpfMacroWhere where);

typedef enum {
    SPF_EXPANDED,
    SPF_EXPAND_NOTHING,     /* stands for no name and no text: the term matches nothing */
    SPF_EXPAND_UNKNOWN,     /* needs what nobody knows: HELO, or a DNS answer for %{p} */
    SPF_EXPAND_LIMIT        /* %{p} crossed a processing limit */
} SpfExpansion;

typedef struct {
    const char *local_part;     /* %{l} */
    const char *sender_domain;  /* %{o} */
    const char *domain;         /* %{d} */
    const char *ip;             /* %{c} */
    const char *ip_dotted;      /* %{i} */
    const char *family;         /* %{v} */
    const char *helo;           /* %{h}; NULL: unknown */
    const char *receiver;       /* %{r} */
    gint64      now;            /* %{t} */
    /* %{p}: a new string in `*name` when SPF_EXPANDED. */
    SpfExpansion (*validated)(gpointer data, char **name);
    gpointer    data;
} SpfMacroValues;

/* Expands valid `text`. For a domain-spec only the tail is kept that a name can be made of. */
SpfExpansion spf_macro_expand(const char *text, SpfMacroWhere where, const SpfMacroValues *values,
                              GString *out);

/* The name to ask for: lower case, no dot at the end, labels dropped from the left until 253
 * octets are left (7.3). NULL when DNS cannot hold it. Any character from blank to `~` may
 * stand in it, since macros put them there. (transfer full) */
char *spf_macro_name(const char *expanded);
