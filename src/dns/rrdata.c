/* rrdata.c: what a record of each type means to the checks.
 * SPDX-License-Identifier: MIT */
#include "dns/rrdata.h"

#include "base/name.h"

/* ldns leaves a quotation mark in a name as it is, which begins a string where the line is read again (RFC 1035, 5.1). */
static void
append_name(GString *text, const char *name)
{
    for (; *name; name++) {
        if (*name == '"')
            g_string_append_c(text, '\\');
        g_string_append_c(text, *name);
    }
}

/* All rdata fields as printed by ldns: strings in quotes, names with a trailing dot. */
static char *
presentation(const ldns_rr *rr)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
        const ldns_rdf *rdf = ldns_rr_rdf(rr, i);
        char *field = ldns_rdf2str(rdf);

        if (i > 0)
            g_string_append_c(text, ' ');
        if (field && ldns_rdf_get_type(rdf) == LDNS_RDF_TYPE_DNAME)
            append_name(text, field);
        else
            g_string_append(text, field ? field : "?");
        LDNS_FREE(field);
    }
    return g_string_free(text, FALSE);
}

/* Fields from `first` on as octets; `skip` leaves out what stands before each (the
 * length octet of a character-string; RFC 1035, 3.3). */
static GBytes *
octets(const ldns_rr *rr, size_t first, size_t skip)
{
    GByteArray *all = g_byte_array_new();

    for (size_t i = first; i < ldns_rr_rd_count(rr); i++) {
        const ldns_rdf *field = ldns_rr_rdf(rr, i);

        if (ldns_rdf_size(field) > skip)
            g_byte_array_append(all, ldns_rdf_data(field) + skip,
                                (guint)(ldns_rdf_size(field) - skip));
    }
    return g_byte_array_free_to_bytes(all);
}

/* A name in wire format as text, where no label needs an escape to be told apart. */
static char *
plain_name(const guint8 *wire, gsize length)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (gsize at = 0; at < length && wire[at] != 0; at += (gsize)wire[at] + 1) {
        if (wire[at] >= length - at)
            return NULL;
        if (at > 0)
            g_string_append_c(text, '.');
        for (gsize i = 1; i <= wire[at]; i++) {
            const guint8 octet = wire[at + i];

            if (octet <= 0x20 || octet >= 0x7F || octet == '.')
                return NULL;
            g_string_append_c(text, (char)octet);
        }
    }
    return name_normalise(text->str);
}

static GBytes *
name_or_wire(const ldns_rr *rr, size_t field)
{
    const ldns_rdf *rdf = ldns_rr_rdf(rr, field);
    char *name = plain_name(ldns_rdf_data(rdf), ldns_rdf_size(rdf));

    if (!name)      /* the root (a null MX, RFC 7505), or an odd name */
        return g_bytes_new(ldns_rdf_data(rdf), ldns_rdf_size(rdf));
    return g_bytes_new_take(name, strlen(name));
}

DnsRecord *
rrdata_record(const ldns_rr *rr)
{
    DnsRecord *record = record_new(&dns_record_type);

    record->text = presentation(rr);
    switch (ldns_rr_get_type(rr)) {
    case LDNS_RR_TYPE_TXT:
    case LDNS_RR_TYPE_SPF:
        record->data = octets(rr, 0, 1);
        break;
    case LDNS_RR_TYPE_MX:
        if (ldns_rr_rd_count(rr) == 2) {
            record->preference = ldns_rdf2native_int16(ldns_rr_rdf(rr, 0));
            record->data = name_or_wire(rr, 1);
        }
        break;
    case LDNS_RR_TYPE_PTR:
    case LDNS_RR_TYPE_NS:
    case LDNS_RR_TYPE_CNAME:
        if (ldns_rr_rd_count(rr) == 1)
            record->data = name_or_wire(rr, 0);
        break;
    default:
        break;
    }
    if (!record->data)
        record->data = octets(rr, 0, 0);
    return record;
}

/* A whole record as it would stand in a packet, of the root's: ldns reads no bare data. */
static GByteArray *
packet_record(guint type, const void *data, gsize length)
{
    const guint8 head[] = { 0, (guint8)(type >> 8), (guint8)type, 0, LDNS_RR_CLASS_IN, 0, 0, 0, 0,
                            (guint8)(length >> 8), (guint8)length };
    GByteArray *wire = g_byte_array_new();

    g_byte_array_append(wire, head, sizeof head);
    return g_byte_array_append(wire, data, (guint)length);
}

DnsRecord *
rrdata_record_wire(guint type, const void *data, gsize length)
{
    ldns_rr *rr = NULL;
    size_t at = 0;

    if (length > G_MAXUINT16)
        return NULL;
    g_autoptr(GByteArray) wire = packet_record(type, data, length);
    if (ldns_wire2rr(&rr, wire->data, wire->len, &at, LDNS_SECTION_ANSWER) != LDNS_STATUS_OK)
        return NULL;
    size_t taken = 0;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++)
        taken += ldns_rdf_size(ldns_rr_rdf(rr, i));
    /* ldns passes over octets that stand behind the last field, and takes a record that ends before it for a whole one. */
    const gboolean whole = ldns_rr_rd_count(rr) >= ldns_rr_descriptor_minimum(ldns_rr_descript((guint16)type));
    DnsRecord *record = whole && taken == length ? rrdata_record(rr) : NULL;
    ldns_rr_free(rr);
    return record;
}
