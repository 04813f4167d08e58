/* zone.h: edited answers of DNS: "NAME TYPE DATA" as in a zone file.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/overlay.h"
#include "whatif/edit.h"

/* One edit, read. */
typedef struct {
    char      *name;        /* normalised */
    DnsType    type;        /* 0: a type that no check asks for */
    DnsStatus  status;      /* DNS_NOERROR: `line` or `text` says the record */
    char      *line;        /* a line for overlay_add(), or NULL */
    char      *text;        /* of a TXT record without quotation marks, or NULL */
} ZoneEdit;

/* NULL and `error` where it cannot be read. A TTL and the class IN may stand before the type; the
 * data of a TXT record without quotation marks is one text, semicolons included. (transfer full) */
ZoneEdit *zone_edit_read(const char *value, GError **error);
void      zone_edit_free(ZoneEdit *edit);
gboolean  zone_edit_check(const char *value, GError **error);

/* All `dns` edits, to stand before a resolver; NULL where there is none. (transfer full) */
Overlay  *zone_overlay(const Edits *edits);
/* The names whose answers are edited, as a set. (transfer full) */
GHashTable *zone_names(const Edits *edits);
/* The edit that gives these records, as zone_edit_read() takes it: "example.jp TXT \"v=spf1 -all\"";
 * one line for each record. For answers without records one, with its status. (transfer full: GStrv) */
char    **zone_edit_lines(const DnsAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZoneEdit, zone_edit_free)
