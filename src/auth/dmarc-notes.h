/* dmarc-notes.h: what the owner of a DMARC record should hear about it, as findings.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc-record.h"
#include "dns/resolver.h"

/* What record discovery leaves behind besides its outcome. */
typedef struct {
    Resolver  *resolver;
    GPtrArray *queries;     /* names asked, each once, in the order first asked */
    GPtrArray *notes;       /* Finding, each once; NULL where nobody reads them */
} DmarcLog;

/* One finding about the record at `domain`, with the DNS answer as its evidence. `arg` may be NULL. */
void dmarc_note(const DmarcLog *log, const char *id, Severity severity, const char *domain,
                const char *arg);
/* Of a record that was found on the way, whether it is used or not. */
void dmarc_note_found(const DmarcLog *log, const DmarcRecord *record, const char *domain);
/* Of the record that governs, or would if it could be used. `legacy`: by RFC 7489, which does not know np. */
void dmarc_note_used(const DmarcLog *log, const DmarcRecord *record, const char *domain,
                     gboolean legacy);
/* A name that was asked for a record. */
void dmarc_note_query(const DmarcLog *log, const char *name);
/* Moves `notes` to others, each once; NULL: nobody reads them. */
void dmarc_notes_move(GPtrArray *notes, GPtrArray *to);
/* Moves `notes` into the report, each once. */
void dmarc_notes_report(GPtrArray *notes, Report *report);
