/* dkim-sig.h: one DKIM-Signature or ARC-Message-Signature field, read and judged before any key is
 * fetched (RFC 6376, 3.5 and 6.1.1; RFC 8617, 4.1.2).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/canon.h"
#include "auth/field-index.h"
#include "headers/taglist.h"
#include "message/message.h"

typedef enum {
    SIG_DKIM,
    SIG_ARC     /* v= is ignored, i= is the instance, From: need not be signed, ARC-Seal must not be, c= is
                 * relaxed/relaxed where absent, as deployed validators read it */
} SigKind;

typedef struct {
    SigKind     kind;
    const char *problem;        /* a reason of INTERFACE.md's table, or NULL */
    gboolean    redacted;       /* somebody blacked out a value that is needed */
    TagList    *tags;
    char       *domain;         /* d=, normalised; NULL where it is no domain name */
    char       *selector;       /* s=, normalised */
    char       *algorithm;      /* a=, as written */
    char       *key_type;       /* "rsa", "ed25519" */
    char       *identity;       /* i=, as written, else "@" d= */
    char       *identity_domain;/* its domain, normalised; or NULL */
    Canon       header_canon, body_canon;
    GPtrArray  *fields;         /* h=: names as written, in order; they stand in `names` */
    char       *names;
    guint8     *body_hash;      gsize body_hash_length;
    guint8     *signature;      gsize signature_length;
    gint64      instance;       /* ARC: i=, 1 to 50 */
    gint64      body_length;    /* l=; RECORD_UNSET where absent */
    gint64      signed_at;      /* t= */
    gint64      expires_at;     /* x= */
} DkimSig;

/* Always gives a DkimSig, as far as the field could be read. (transfer full) */
DkimSig *dkim_sig_parse(const Message *message, const Field *field, SigKind kind);
void     dkim_sig_free(DkimSig *sig);

/* The indexes of the fields that h= selects, from the bottom up for each name (5.4.2); -1 for a name
 * without (another) instance. (transfer full: GArray of int) */
GArray  *dkim_sig_select(const DkimSig *sig, const FieldIndex *fields);

/* What the signature was made over: the selected fields, then this field with b= emptied (3.7). `index` is the
 * signature's own field. (transfer full) */
GString *dkim_sig_signed_data(const DkimSig *sig, const Message *message, guint index,
                              const GArray *selected);

/* Appends a field with the value of its b= tag emptied, without the closing CRLF: how a signature signs
 * itself. `tags` were read from the field's value. */
void     dkim_sig_append_own(const Message *message, const Field *field, const TagList *tags,
                             Canon canon, GString *out);

/* The instance that i= names, 1 to 50; 0 for none or another (RFC 8617, 4.2.1). */
gint64   arc_instance_number(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(DkimSig, dkim_sig_free)
