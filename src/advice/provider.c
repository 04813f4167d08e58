/* provider.c: reads the table of sending services and finds them by name.
 * SPDX-License-Identifier: MIT */
#include "advice/provider.h"

#include <string.h>

#include "advice/provider-names.h"
#include "base/ini.h"
#include "base/name.h"
#include "base/place.h"
#include "base/translate.h"

#define FILE_NAME "providers.ini"

/* Read when the first name is found. `names` point into `text`, which stays, or into `baked`. */
struct Providers {
    GMutex         lock;    /* messages are judged in threads */
    GPtrArray     *all;     /* Provider */
    GHashTable    *by_id;   /* the same */
    char          *text;
    const char    *baked;   /* in the place of `text` until that is read */
    gboolean       is_read;
    gsize          length;
    ProviderNames *names;
};

static void
provider_free(gpointer data)
{
    Provider *p = data;
    char *const texts[] = { p->id, p->name, p->console, p->console_ja, p->spf, p->label,
                            p->region, p->source, p->date };
    GPtrArray *const lists[] = { p->envelope, p->signs, p->hosts, p->dkim, p->mail_from,
                                 p->effects };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        g_ptr_array_unref(lists[i]);
    g_free(p);
}

/* ---- reading ---- */

static Provider *
provider_named(Providers *providers, const char *id)
{
    Provider *p = g_hash_table_lookup(providers->by_id, id);

    if (p)
        return p;
    p = g_new0(Provider, 1);
    GPtrArray **const lists[] = { &p->envelope, &p->signs, &p->hosts, &p->dkim, &p->mail_from,
                                  &p->effects };
    p->id = g_strdup(id);
    p->name = g_strdup(id);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        *lists[i] = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(providers->all, p);
    g_hash_table_insert(providers->by_id, p->id, p);
    return p;
}

/* NULL, or which word is no domain name. (transfer full) */
static char *
take_names(GPtrArray *list, const char *value)
{
    g_auto(GStrv) words = ini_list(value);

    for (char **word = words; *word; word++) {
        char *name = name_normalise(*word);
        if (!name)
            return g_strdup_printf(_("not a domain name: %s"), *word);
        g_ptr_array_add(list, name);
    }
    return NULL;
}

static void
take_words(GPtrArray *list, const char *value)
{
    g_auto(GStrv) words = ini_list(value);

    for (char **word = words; *word; word++)
        g_ptr_array_add(list, g_strdup(*word));
}

static char *
take_setting(const char *section, const char *key, const char *value, gpointer data)
{
    if (!*section)
        return g_strdup(_("a setting outside of any [section]"));
    Provider *p = provider_named(data, section);
    const struct { const char *key; char **at; } texts[] = {
        { "name", &p->name }, { "console", &p->console }, { "console.ja", &p->console_ja },
        { "spf", &p->spf }, { "label", &p->label }, { "region", &p->region },
        { "source", &p->source }, { "date", &p->date },
    };
    const struct { const char *key; GPtrArray *list; } names[] = {
        { "envelope", p->envelope }, { "signs", p->signs }, { "hosts", p->hosts },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (g_str_equal(key, texts[i].key)) {
            g_free(*texts[i].at);
            *texts[i].at = g_utf8_make_valid(value, -1);
            return NULL;
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(key, names[i].key))
            return take_names(names[i].list, value);
    if (g_str_equal(key, "dkim"))
        g_ptr_array_add(p->dkim, g_utf8_make_valid(value, -1));
    else if (g_str_equal(key, "mail-from"))
        g_ptr_array_add(p->mail_from, g_utf8_make_valid(value, -1));
    else if (g_str_equal(key, "effects"))
        take_words(p->effects, value);
    else
        return g_strdup_printf(_("unknown setting: %s"), key);
    return NULL;
}

static void
read_now(Providers *providers, const char *path, GPtrArray *faults)
{
    g_autoptr(GPtrArray) found =
        ini_read_text(path, providers->text, providers->length, take_setting, providers);

    providers->is_read = TRUE;
    for (guint i = 0; faults && i < found->len; i++)
        g_ptr_array_add(faults, g_strdup(found->pdata[i]));
}

static Providers *
empty(void)
{
    Providers *providers = g_new0(Providers, 1);

    g_mutex_init(&providers->lock);
    providers->all = g_ptr_array_new_with_free_func(provider_free);
    providers->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    return providers;
}

/* A table without faults waits for a name that stands in it. */
Providers *
providers_read(const char *path, GPtrArray *faults)
{
    Providers *providers = empty();
    char *fault = NULL;

    providers->text = path ? ini_file(path, &providers->length, &fault) : NULL;
    if (fault && faults)
        g_ptr_array_add(faults, fault);
    else
        g_free(fault);
    if (providers->text && providers->length < INI_BYTES_MAX)
        providers->names = provider_names_new(providers->text, providers->length);
    if (providers->text && !providers->names)
        read_now(providers, path, faults);
    return providers;
}

Providers *
providers_of(const ProviderTable *table)
{
    Providers *providers = empty();

    providers->baked = table->text;
    providers->length = table->length;
    providers->names = provider_names_of(table);
    return providers;
}

/* What has no fault is read once. */
static const GPtrArray *
all(const Providers *providers)
{
    Providers *own = (Providers *)providers;

    g_mutex_lock(&own->lock);
    if (own->baked && !own->text)
        own->text = g_strndup(own->baked, own->length);
    if (own->text && !own->is_read)
        read_now(own, FILE_NAME, NULL);
    g_mutex_unlock(&own->lock);
    return own->all;
}

Providers *
providers_load(GPtrArray *faults)
{
    g_autofree char *path = place_table(FILE_NAME);

    return providers_read(path, faults);
}

void
providers_free(Providers *providers)
{
    if (!providers)
        return;
    g_mutex_clear(&providers->lock);
    g_hash_table_unref(providers->by_id);
    g_ptr_array_unref(providers->all);
    provider_names_free(providers->names);
    g_free(providers->text);
    g_free(providers);
}

guint
providers_count(const Providers *providers)
{
    return all(providers)->len;
}

const Provider *
providers_get(const Providers *providers, guint index)
{
    return all(providers)->pdata[index];
}

/* ---- finding ---- */

static gboolean
holds(const GPtrArray *domains, const char *name)
{
    for (guint i = 0; i < domains->len; i++)
        if (name_is_within(name, domains->pdata[i]))
            return TRUE;
    return FALSE;
}

static const Provider *
find(const Providers *providers, gsize list, const char *text)
{
    g_autofree char *name = providers && text ? name_normalise(text) : NULL;

    if (!name || (providers->names && !provider_names_have(providers->names, name)))
        return NULL;
    const GPtrArray *known = all(providers);
    for (guint i = 0; i < known->len; i++) {
        const Provider *p = known->pdata[i];
        if (holds(G_STRUCT_MEMBER(GPtrArray *, p, list), name))
            return p;
    }
    return NULL;
}

const Provider *
providers_by_envelope(const Providers *providers, const char *domain)
{
    return find(providers, G_STRUCT_OFFSET(Provider, envelope), domain);
}

const Provider *
providers_by_signer(const Providers *providers, const char *domain)
{
    return find(providers, G_STRUCT_OFFSET(Provider, signs), domain);
}

const Provider *
providers_by_host(const Providers *providers, const char *name)
{
    return find(providers, G_STRUCT_OFFSET(Provider, hosts), name);
}

/* ---- lines to copy ---- */

/* "eu-central-1": letters, letters, a number. */
static gboolean
is_region(const char *label)
{
    g_auto(GStrv) parts = g_strsplit(label, "-", -1);
    const guint count = g_strv_length(parts);

    if (count < 3 || count > 4)
        return FALSE;
    for (guint i = 0; i < count; i++) {
        const gboolean last = i + 1 == count;
        const char *set = last ? "0123456789" : "abcdefghijklmnopqrstuvwxyz";
        if (!*parts[i] || parts[i][strspn(parts[i], set)])
            return FALSE;
    }
    return TRUE;
}

/* (transfer full) */
static char *
region_in(const char *const *names)
{
    for (; names && *names; names++) {
        g_auto(GStrv) labels = g_strsplit(*names, ".", -1);
        for (char **label = labels; *label; label++)
            if (is_region(*label))
                return g_strdup(*label);
    }
    return NULL;
}

char *
provider_line(const Provider *provider, const char *line, const char *domain,
              const char *const *names)
{
    g_autoptr(GString) out = g_string_new(line);
    g_autofree char *region = region_in(names);

    g_string_replace(out, "{region}", region ? region : provider->region ? provider->region
                                                                         : "REGION", 0);
    g_string_replace(out, "{label}", provider->label ? provider->label : "bounce", 0);
    g_string_replace(out, "{domain}", domain, 0);
    return g_strdup(out->str);
}
