/* provider.h: sending services that many mails come from: how each is recognized, where its
 * settings are, which records it wants, and what changing them brings along.
 * SPDX-License-Identifier: MIT
 *
 * All of it is data (src/data/providers.ini): a service renames its console more often than this
 * program is built. */
#pragma once

#include "advice/provider-names.h"
#include "facts/report.h"

typedef struct {
    char      *id;
    char      *name;
    char      *console, *console_ja;    /* whose console, and where in it; or NULL */
    GPtrArray *envelope;        /* char *: MAIL FROM's domain is one of these or lies below it */
    GPtrArray *signs;           /* the same for d= */
    GPtrArray *hosts;           /* the same for the name of the host that handed the mail over */
    char      *spf;             /* the term that names its servers; or NULL */
    char      *label;           /* what MAIL FROM's subdomain is usually called */
    char      *region;          /* what stands for {region} where no name tells it */
    GPtrArray *dkim;            /* char *: lines to copy, with {domain}, {label}, {region} */
    GPtrArray *mail_from;       /* the same for a MAIL FROM of one's own; empty: there is no such setting */
    GPtrArray *effects;         /* ids of side effects of that MAIL FROM */
    char      *source, *date;
} Provider;

typedef struct Providers Providers;

/* Reads the table that is installed, or a user's own. Faults, each with file and line, are added to
 * `faults`; what could be read counts. (transfer full) */
Providers      *providers_load(GPtrArray *faults);
Providers      *providers_read(const char *path, GPtrArray *faults);
/* A table without a fault, which stays. (transfer full) */
Providers      *providers_of(const ProviderTable *table);
void            providers_free(Providers *providers);
guint           providers_count(const Providers *providers);
const Provider *providers_get(const Providers *providers, guint index);

/* Each may be NULL, and finds nothing then. (transfer none) */
const Provider *providers_by_envelope(const Providers *providers, const char *domain);
const Provider *providers_by_signer(const Providers *providers, const char *domain);
const Provider *providers_by_host(const Providers *providers, const char *name);

/* A line with its places filled in; `names` is where a region may stand ("us-west-2" of
 * a1.smtp-out.us-west-2.amazonses.com). (transfer full) */
char           *provider_line(const Provider *provider, const char *line, const char *domain,
                              const char *const *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Providers, providers_free)
