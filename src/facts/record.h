/* record.h: plain data that describes itself, so that it is freed, compared,
 * sent to another process and printed by one piece of code each.
 * SPDX-License-Identifier: MIT
 *
 * A record is a C struct with a RecordType: the table of its fields, in the
 * order of INTERFACE.md's keys. Records own all they hold: strings are g_free'd,
 * lists hold records of one type. A record never holds an object of a library. */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "base/span.h"
#include "base/tray.h"

typedef struct RecordType RecordType;
typedef struct RecordPlan RecordPlan;
typedef struct RecordPen RecordPen;

typedef enum {
    RECORD_STRING,      /* char *: bytes up to NUL, or NULL */
    RECORD_ID,          /* const char *: a stable id or another text of the program's own, or NULL: neither copied nor
                         * freed, for it never goes away */
    RECORD_DOMAIN,      /* char *: a lower-case A-label name; JSON adds a second key, KEY_unicode, where it differs */
    RECORD_INT,         /* gint64; RECORD_UNSET prints as null */
    RECORD_REAL,        /* double */
    RECORD_BOOL,        /* gboolean */
    RECORD_TRI,         /* Tri */
    RECORD_WORD,        /* int: index into `words` */
    RECORD_STRINGS,     /* GPtrArray of char *, never NULL */
    RECORD_SPANS,       /* GArray of Span, never NULL */
    RECORD_BLOB,        /* GBytes *, or NULL */
    RECORD_ONE,         /* pointer to a record of `type`, or NULL */
    RECORD_LIST,        /* GPtrArray of records of `type`, never NULL */
    RECORD_PAIRS        /* GPtrArray of Pair records; JSON prints an object */
} RecordKind;

typedef enum {
    RECORD_SHOWN,       /* JSON prints it as it is */
    RECORD_HIDDEN,      /* not part of the JSON */
    RECORD_WORDED       /* JSON asks the caller: text in words, evidence as text */
} RecordShow;

/* A third state for what cannot be known; JSON prints null. */
typedef enum { TRI_UNKNOWN, TRI_FALSE, TRI_TRUE } Tri;

#define RECORD_UNSET G_MININT64
/* The longest key, as JSON has it. */
#define RECORD_KEY_MAX 24

typedef struct {
    const char        *name;    /* the JSON key; NULL ends the table */
    RecordKind         kind;
    gsize              offset;
    const RecordType  *type;    /* RECORD_ONE, RECORD_LIST */
    const char *const *words;   /* RECORD_WORD, NULL-terminated */
    RecordShow         show;
    guint8             json_length; /* 0: the table was made without it */
    char               json[RECORD_KEY_MAX];    /* `,"KEY":` ready to be copied, always as a whole: no length is looked at */
} RecordField;

struct RecordType {
    const char        *name;
    gsize              size;
    const RecordField *fields;
    gsize              count;   /* of the fields; 0 where the table was made without it */
    gsize              shared;  /* where its RecordShared stands; 0: records of this type have one holder each */
    RecordPlan       **plan;    /* what follows from the table, kept for the next record (record-plan.h); NULL: it is gone
                                 * through each time. Needs `count` */
    gsize              head;    /* so many of the first fields a record may have in common with another (record_like()). Behind them
                                 * stand lists, numbers and ids only; needs `shared` and `plan` */
};

/* Prints what the tables cannot, a field as words, at `at`, and says where it ends (record-pen.h). */
typedef char *(*RecordWorded)(RecordPen *pen, char *at, const RecordField *field, gconstpointer record,
                              gpointer data);

/* What of a record's JSON is kept: all, its first fields, or all but one item. */
typedef enum { RECORD_JSON_WHOLE, RECORD_JSON_HEAD, RECORD_JSON_BUT } RecordJson;

/* Of a record that others may hold, too: the same for many messages. Whoever changes it takes
 * record_own() first, as record_edit() does. */
typedef struct {
    gint    others;             /* holders besides the first */
    guint   json_length : 30;
    guint   json_kind : 2;      /* RecordJson */
    char   *json;               /* as it was printed, while there are others; of use to nobody but record-json.c */
    RecordWorded worded;        /* whose words those are */
    gpointer like;              /* held: the record that has the first fields of this one; or NULL */
    guint   own;                /* of record_like_but(): which item is its own, from 1; of what it is like: which one `json` lacks */
    guint   json_gap;           /* … and where in it */
} RecordShared;

/* Zeroed, with empty lists and unset integers. (transfer full) */
gpointer  record_new(const RecordType *type);
void      record_free(const RecordType *type, gpointer record);
gpointer  record_copy(const RecordType *type, gconstpointer record);
/* Copies of all records of a list, behind what stands in `to`. */
void      record_copy_into(const RecordType *type, GPtrArray *to, const GPtrArray *from);
/* A copy that holds the same records below it, where these may have several holders. */
gpointer  record_copy_sharing(const RecordType *type, gpointer record);
/* One more holder, of a type that has room for it: the last record_free() frees, in whichever thread. */
gpointer  record_share(const RecordType *type, gpointer record);
/* A record that has its first fields (RecordType.head) in common with `known`, which is held as long; its other lists are its own, and
 * empty. The first fields are read like any other's and never changed: record_own() makes a copy of them. (transfer full) */
gpointer  record_like(const RecordType *type, gpointer known);
/* … and all else, but for one item of the list that follows the first fields: `item` (transfer full) stands in the place of the one at
 * `index`. The others go on being those of `known`. (transfer full) */
gpointer  record_like_but(const RecordType *type, gpointer known, guint index, gpointer item);
/* For whoever changes the record in `*slot`: it, where nobody else holds any of it, else a copy in its place. */
gpointer  record_own(const RecordType *type, gpointer *slot);
gboolean  record_equal(const RecordType *type, gconstpointer a, gconstpointer b);

/* Every string in the record and below it, changed: `edit` answers with what stands there from now on
 * (transfer full), or NULL where it stays. Names of pairs stay as they are. */
typedef char *(*RecordEdit)(const RecordType *type, const RecordField *field, const char *value, gpointer data);
void      record_edit(const RecordType *type, gpointer record, RecordEdit edit, gpointer data);

/* An id that was read, as one that never goes away: equal ones are the same. NULL for what is longer than any of the
 * program's own, the page of a receiver's rules among them. */
#define RECORD_ID_MAX 256
const char *record_id(const char *text);

/* To bytes and back. The bytes may come from a process that was taken over:
 * anything that does not fit the table gives NULL, never a crash. (transfer full) */
GBytes   *record_save(const RecordType *type, gconstpointer record);
gpointer  record_load(const RecordType *type, GBytes *bytes);

/* Appends the record as one JSON object. `worded` prints the RECORD_WORDED fields (value only). */
void      record_append_json(GString *out, const RecordType *type, gconstpointer record,
                             RecordWorded worded, gpointer data);
/* The same without the braces, a comma before each key. */
void      record_append_json_fields(GString *out, const RecordType *type, gconstpointer record,
                                    RecordWorded worded, gpointer data);
/* … on a tray, in its room. */
void      record_print_json_fields(Tray *tray, const RecordType *type, gconstpointer record, RecordWorded worded,
                                   gpointer data);

typedef struct {
    char *name;
    char *value;
} Pair;

extern const RecordType pair_type;

/* Appends (name, value), both copied. */
void      pairs_add(GPtrArray *pairs, const char *name, const char *value);
/* The first value of that name (ASCII case ignored), or NULL. (transfer none) */
const char *pairs_get(const GPtrArray *pairs, const char *name);
