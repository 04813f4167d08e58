/* zonefile.c: the entries of a snapshot file: records, control entries, directives.
 * SPDX-License-Identifier: MIT
 *
 * Owner, TTL, class and type are read here (RFC 1035, 5.1); the data behind them, for
 * any type, by ldns. */
#include "dns/zonefile.h"

#include <ldns/ldns.h>
#include <string.h>

#include "base/translate.h"
#include "dns/rrdata.h"
#include "dns/zone-key.h"
#include "dns/zoneline.h"
#include "dns/zoneplain.h"
#include "dns/zonetext.h"
#include "dns/zoneword.h"

#define RECORD_MAX_OCTETS ((gsize)300000)   /* 64 KB of data, each octet as \DDD, and blanks */
#define ENTRIES_MAX       1000000           /* a stranger's file may not fill the memory */
#define TTL_DEFAULT       3600              /* where the file names none */

typedef struct {
    Zone       *zone;
    const char *source;
    ldns_rdf   *origin;
    GString    *owner;      /* key of the entry before: a line that begins with a blank */
    gboolean    has_owner;
    gint64      ttl;        /* $TTL, or the last one stated (RFC 2308, 4) */
    gboolean    ttl_fixed;  /* by $TTL */
    guint       entries;    /* records and directives so far */
} Reader;

/* ---- names ---- */

/* A name of the file in wire format; relative ones get $ORIGIN. NULL and `error`. */
static ldns_rdf *
read_name(const Reader *reader, const char *word, GError **error)
{
    ldns_rdf *name = NULL;

    if (g_str_equal(word, "@"))
        return ldns_rdf_clone(reader->origin);
    if (ldns_str2rdf_dname(&name, word) != LDNS_STATUS_OK || !name) {
        zoneword_fault(error, _("%s: not a domain name"), word);
        return NULL;
    }
    if (!ldns_dname_str_absolute(word)) {
        ldns_rdf *relative = name;

        name = ldns_rdf_size(relative) + ldns_rdf_size(reader->origin) - 1 <= LDNS_MAX_DOMAINLEN
                   ? ldns_dname_cat_clone(relative, reader->origin)
                   : NULL;
        ldns_rdf_deep_free(relative);
        if (!name)
            zoneword_fault(error, _("%s: too long with $ORIGIN"), word);
    }
    return name;
}

static char *
key_of(const ldns_rdf *name)
{
    return zone_key_wire(ldns_rdf_data(name), ldns_rdf_size(name));
}

static char *
read_key(const Reader *reader, const char *word, GError **error)
{
    ldns_rdf *name = read_name(reader, word, error);

    if (!name)
        return NULL;
    char *key = key_of(name);
    ldns_rdf_deep_free(name);
    return key;
}

/* ---- directives ---- */

/* `nodata NAME [TYPE]` and its kin. */
static gboolean
read_status(Reader *reader, DnsStatus status, const char *key, const char *type_word,
            GError **error)
{
    guint type = 0;

    if (type_word)
        type = (guint)ldns_get_rr_type_by_name(type_word);
    if (type_word && type == 0)
        return zoneword_fault(error, _("%s: not a record type"), type_word);
    return zone_add_status(reader->zone, key, type, status, reader->source, error);
}

/* What `complete`, `secure` and `insecure` say of a name and all below it. */
static gboolean
read_extent(Reader *reader, const char *verb, const char *key, const char *more, GError **error)
{
    if (more)
        return zoneword_fault(error, _("%s: nothing may stand behind the name"), more);
    if (g_str_equal(verb, "secure"))
        return zone_add_dnssec(reader->zone, key, "secure", error);
    if (g_str_equal(verb, "insecure"))
        return zone_add_dnssec(reader->zone, key, "insecure", error);
    zone_add_complete(reader->zone, key, reader->source);
    return TRUE;
}

/* Directives about one name: "VERB NAME", for some with a type. */
static gboolean
read_statement(Reader *reader, const char *verb, const char *name, const char *type,
               GError **error)
{
    static const char *const extents[] = { "complete", "secure", "insecure", NULL };
    static const DnsStatus statuses[] = { DNS_NXDOMAIN, DNS_NODATA, DNS_SERVFAIL, DNS_TIMEOUT,
                                          DNS_BOGUS };
    gsize i = 0;

    while (i < G_N_ELEMENTS(statuses) && !g_str_equal(verb, dns_status_words[statuses[i]]))
        i++;
    if (i == G_N_ELEMENTS(statuses) && !g_strv_contains(extents, verb))
        return zoneword_fault(error, _("%s: unknown directive"), verb);
    if (!name)
        return zoneword_fault(error, _("%s: a name is missing"), verb);
    if (!ldns_dname_str_absolute(name))
        return zoneword_fault(error, _("%s: names of directives are absolute: end it with a dot"),
                              name);
    g_autofree char *key = read_key(reader, name, error);
    if (!key)
        return FALSE;
    return i < G_N_ELEMENTS(statuses) ? read_status(reader, statuses[i], key, type, error)
                                      : read_extent(reader, verb, key, type, error);
}

static gboolean
read_taken(const char *when, GError **error)
{
    g_autoptr(GDateTime) time = when ? g_date_time_new_from_iso8601(when, NULL) : NULL;

    return time ? TRUE : zoneword_fault(error, _("taken: not a time such as 2026-11-22T04:00:00Z"));
}

static gboolean
read_directive(Reader *reader, const char *text, GError **error)
{
    g_autofree char *verb = zoneword_next(&text);
    g_autofree char *first = zoneword_next(&text);
    g_autofree char *second = zoneword_next(&text);

    zoneword_pass_blanks(&text);
    if (*text)
        return zoneword_fault(error, _("%s: nothing may stand behind a directive"), text);
    if (!verb)
        return zoneword_fault(error, _("an empty directive"));
    if (g_str_equal(verb, "snapshot") || g_str_equal(verb, "taken")) {
        if (second)
            return zoneword_fault(error, _("%s: nothing may stand behind a directive"), second);
        if (g_str_equal(verb, "taken"))
            return read_taken(first, error);
        if (g_strcmp0(first, "1") == 0)
            return TRUE;
        return zoneword_fault(error, _("snapshot %s: only version 1 is known"), first ? first : "");
    }
    return read_statement(reader, verb, first, second, error);
}

/* ---- control entries ---- */

static gboolean
read_control(Reader *reader, const char *text, GError **error)
{
    g_autofree char *verb = zoneword_next(&text);
    g_autofree char *value = zoneword_next(&text);

    zoneword_pass_blanks(&text);
    if (g_ascii_strcasecmp(verb, "$INCLUDE") == 0)
        return zoneword_fault(error, _("$INCLUDE: a snapshot stands alone, other files are not read"));
    if (!value || *text)
        return zoneword_fault(error, _("%s: one value is expected"), verb);
    if (g_ascii_strcasecmp(verb, "$TTL") == 0) {
        reader->ttl_fixed = TRUE;
        if (zoneword_ttl(value, &reader->ttl))
            return TRUE;
        return zoneword_fault(error, _("%s: not a TTL"), value);
    }
    if (g_ascii_strcasecmp(verb, "$ORIGIN") != 0)
        return zoneword_fault(error, _("%s: unknown control entry"), verb);
    ldns_rdf *origin = read_name(reader, value, error);
    if (!origin)
        return FALSE;
    ldns_rdf_deep_free(reader->origin);
    reader->origin = origin;
    return TRUE;
}

/* ---- records ---- */

/* For the records behind it (RFC 2308, 4). */
static void
keep_ttl(Reader *reader, gint64 ttl)
{
    if (!reader->ttl_fixed)
        reader->ttl = ttl;
}

/* TTL and class in either order, each optional, then the type (RFC 1035, 5.1). */
static gboolean
read_ttl_class_type(Reader *reader, const char **cursor, gint64 *ttl, guint *type, GError **error)
{
    *ttl = reader->ttl;
    for (gboolean have_ttl = FALSE, have_class = FALSE;;) {
        g_autofree char *word = zoneword_next(cursor);

        if (!word)
            return zoneword_fault(error, _("a record type is missing"));
        if (!have_ttl && g_ascii_isdigit(*word)) {
            if (!zoneword_ttl(word, ttl))
                return zoneword_fault(error, _("%s: not a TTL"), word);
            keep_ttl(reader, *ttl);
            have_ttl = TRUE;
        } else if (!have_class && g_ascii_strcasecmp(word, "IN") == 0) {
            have_class = TRUE;
        } else {
            *type = (guint)ldns_get_rr_type_by_name(word);
            return *type != 0 ? TRUE : zoneword_fault(error, _("%s: not a record type"), word);
        }
    }
}

/* An unquoted semicolon begins a comment (RFC 1035, 5.1): `TXT v=DMARC1; p=none` would
 * lose its policy without a word. */
static gboolean
text_is_cut(const ZoneLines *lines, guint type, const char *data)
{
    if (type != LDNS_RR_TYPE_TXT && type != LDNS_RR_TYPE_SPF)
        return FALSE;
    return lines->glued || (lines->behind_word && strchr(data, '='));
}

static gboolean
data_fault(guint type, const char *data, ldns_status status, GError **error)
{
    const gboolean text = type == LDNS_RR_TYPE_TXT || type == LDNS_RR_TYPE_SPF;

    if (text && zoneword_has_long_string(data))
        return zoneword_fault(error,
                              _("a string of more than 255 octets: write it as several strings"));
    char *word = ldns_rr_type2str((ldns_rr_type)type);
    zoneword_fault(error, _("%s data: %s"), word ? word : "", ldns_get_errorstr_by_id(status));
    LDNS_FREE(word);
    return FALSE;
}

/* The data of a record by ldns; the owner does not matter here. NULL and `error`. */
static ldns_rr *
read_data(const Reader *reader, guint type, const char *data, GError **error)
{
    char *word = ldns_rr_type2str((ldns_rr_type)type);
    g_autofree char *entry = g_strdup_printf(". 0 IN %s %s", word, data);
    ldns_rr *rr = NULL;

    LDNS_FREE(word);
    const ldns_status status = ldns_rr_new_frm_str(&rr, entry, 0, reader->origin, NULL);
    if (status != LDNS_STATUS_OK || !rr) {
        data_fault(type, data, status, error);
        return NULL;
    }
    return rr;
}

static gboolean
read_owner(Reader *reader, const char **cursor, GError **error)
{
    if (**cursor == ' ' || **cursor == '\t')
        return reader->has_owner ? TRUE : zoneword_fault(error, _("the first record needs a name"));
    g_autofree char *word = zoneword_next(cursor);
    g_autofree char *key = read_key(reader, word, error);
    if (!key)
        return FALSE;
    g_string_assign(reader->owner, key);
    reader->has_owner = TRUE;
    return TRUE;
}

/* NULL: ldns has to read it. */
static DnsRecord *
plain_data(guint type, const char *data)
{
    switch (type) {
    case LDNS_RR_TYPE_TXT:
        return zonetext_record(data, strlen(data));
    case LDNS_RR_TYPE_A:
        return zonetext_address(data, strlen(data));
    default:
        return NULL;
    }
}

static gboolean
read_record(Reader *reader, const ZoneLines *lines, GError **error)
{
    const char *cursor = lines->text->str;
    gint64 ttl = 0;
    guint type = 0;

    if (lines->text->len > RECORD_MAX_OCTETS)
        return zoneword_fault(error, _("a record larger than DNS can carry"));
    if (!read_owner(reader, &cursor, error) ||
        !read_ttl_class_type(reader, &cursor, &ttl, &type, error))
        return FALSE;
    zoneword_pass_blanks(&cursor);
    if (!*cursor)
        return zoneword_fault(error, _("the record has no data"));
    if (text_is_cut(lines, type, cursor))
        return zoneword_fault(error, _("an unquoted ; cuts this text off: put it in quotation marks"));
    DnsRecord *record = plain_data(type, cursor);
    g_autofree char *target = NULL;
    if (!record) {
        ldns_rr *rr = read_data(reader, type, cursor, error);
        if (!rr)
            return FALSE;
        target = type == LDNS_RR_TYPE_CNAME ? key_of(ldns_rr_rdf(rr, 0)) : NULL;
        record = rrdata_record(rr);
        ldns_rr_free(rr);
    }
    return zone_add_record(reader->zone, reader->owner->str, type, ttl, record, target, reader->source,
                           error);
}

/* ---- the file ---- */

static gboolean
read_entry(Reader *reader, const ZoneLines *lines, GError **error)
{
    const char *text = lines->text->str;

    if (!lines->directive && text[strspn(text, " \t")] == '\0')
        return TRUE;
    if (reader->entries++ == ENTRIES_MAX)
        return zoneword_fault(error, _("more than %d entries"), ENTRIES_MAX);
    if (lines->directive)
        return read_directive(reader, text, error);
    if (*text == '$')
        return read_control(reader, text, error);
    return read_record(reader, lines, error);
}

/* Lines that are read without cutting them into words, as long as there are some. FALSE only with `error`. */
static gboolean
read_plain(Reader *reader, ZoneLines *lines, GError **error)
{
    ZonePlain plain;
    gsize length;

    while (reader->entries < ENTRIES_MAX && (length = zonelines_peek(lines)) > 0 &&
           zoneplain_read(lines->cursor, length, &plain)) {
        zonelines_pass(lines, length);
        reader->entries++;
        g_string_assign(reader->owner, plain.key);
        reader->has_owner = TRUE;
        if (plain.ttl == RECORD_UNSET)
            plain.ttl = reader->ttl;
        keep_ttl(reader, plain.ttl);
        if (!zone_add_text(reader->zone, plain.key, plain.ttl, plain.text, plain.length, reader->source, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_entries(Reader *reader, const char *path, ZoneLines *lines, GError **error)
{
    GError *trouble = NULL;

    while (read_plain(reader, lines, &trouble) && zonelines_next(lines, &trouble))
        if (!read_entry(reader, lines, &trouble))
            break;
    if (!trouble)
        return TRUE;
    g_propagate_prefixed_error(error, trouble, "%s:%u: ", path, lines->line);
    return FALSE;
}

gboolean
zonefile_read_bytes(Zone *zone, GBytes *bytes, const char *path, GError **error)
{
    Reader reader = {
        .zone = zone,
        .source = zone_add_source(zone, path),
        .origin = ldns_dname_new_frm_str("."),
        .owner = g_string_new(NULL),
        .ttl = TTL_DEFAULT,
    };
    ZoneLines lines;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    zone_keep(zone, bytes);
    zonelines_init(&lines, data ? data : "", length);
    const gboolean good = read_entries(&reader, path, &lines, error);
    zonelines_clear(&lines);
    ldns_rdf_deep_free(reader.origin);
    g_string_free(reader.owner, TRUE);
    return good;
}

gboolean
zonefile_read(Zone *zone, const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = zonelines_load(path, error);

    return bytes && zonefile_read_bytes(zone, bytes, path, error);
}
