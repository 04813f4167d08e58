/* record.c: records made, freed and copied by table.
 * SPDX-License-Identifier: MIT */
#include "facts/record.h"

#include <string.h>

#include "base/lower.h"
#include "base/spare.h"
#include "facts/record-plan.h"
#include "facts/record-slot.h"

static const RecordField pair_fields[] = {
    { "name",  RECORD_STRING, offsetof(Pair, name), NULL, NULL, RECORD_SHOWN },
    { "value", RECORD_STRING, offsetof(Pair, value), NULL, NULL, RECORD_SHOWN },
    { NULL }
};
const RecordType pair_type = { "pair", sizeof(Pair), pair_fields };

/* ---- made ---- */

static gboolean
is_list(RecordKind kind)
{
    return kind == RECORD_STRINGS || kind == RECORD_SPANS || kind == RECORD_LIST || kind == RECORD_PAIRS;
}

static gpointer
new_list(RecordKind kind)
{
    if (kind == RECORD_STRINGS)
        return g_ptr_array_new_with_free_func(g_free);
    return kind == RECORD_SPANS ? (gpointer)g_array_new(FALSE, FALSE, sizeof(Span)) : g_ptr_array_new();
}

/* One that was put aside, as a new one; its lists are empty. */
static gpointer
blank_again(const RecordPlan *plan, gpointer record, gsize size)
{
    gpointer lists[RECORD_PLAN_LISTS];

    for (guint i = 0; i < plan->n_lists; i++)
        lists[i] = *SLOT(record, plan->lists[i], gpointer);
    memcpy(record, plan->blank, size);
    for (guint i = 0; i < plan->n_lists; i++)
        *SLOT(record, plan->lists[i], gpointer) = lists[i];
    return record;
}

gpointer
record_new(const RecordType *type)
{
    const RecordPlan *plan = record_plan(type);
    gpointer record = plan ? spare_take(plan->number) : NULL;

    if (record)
        return blank_again(plan, record, type->size);
    record = g_malloc0(type->size);
    for (const RecordField *f = type->fields; f->name; f++) {
        if (is_list(f->kind))
            *SLOT(record, f, gpointer) = new_list(f->kind);
        else if (f->kind == RECORD_INT)
            *SLOT(record, f, gint64) = RECORD_UNSET;
    }
    return record;
}

/* ---- made like another ---- */

static gpointer
like_blank(const RecordType *type, const RecordPlan *plan)
{
    gpointer record = g_malloc(type->size);

    for (guint i = plan->head_lists; i < plan->n_lists; i++)
        *SLOT(record, plan->lists[i], gpointer) = new_list(plan->lists[i]->kind);
    return record;
}

gpointer
record_like(const RecordType *type, gpointer known)
{
    const RecordPlan *plan = record_plan(type);
    gpointer lists[RECORD_PLAN_LISTS], record = spare_take(plan->like);

    if (!record)
        record = like_blank(type, plan);
    for (guint i = plan->head_lists; i < plan->n_lists; i++)
        lists[i] = *SLOT(record, plan->lists[i], gpointer);
    memcpy(record, known, type->size);
    for (guint i = plan->head_lists; i < plan->n_lists; i++)
        *SLOT(record, plan->lists[i], gpointer) = lists[i];     /* cppcheck-suppress uninitvar ; the same lists as above */
    *record_shared(type, record) = (RecordShared){ .like = record_share(type, known) };
    return record;
}

gpointer
record_like_but(const RecordType *type, gpointer known, guint index, gpointer item)
{
    const RecordField *f = type->fields + type->head;
    const GPtrArray *items = PEEK(known, f, GPtrArray *);
    gpointer record = record_like(type, known);
    GPtrArray *own = PEEK(record, f, GPtrArray *);

    g_ptr_array_set_size(own, (gint)items->len);
    memcpy(own->pdata, items->pdata, items->len * sizeof own->pdata[0]);
    own->pdata[index] = item;
    record_shared(type, record)->own = index + 1;
    return record;
}

/* ---- freed ---- */

static inline gboolean
has_others(const RecordType *type, gpointer record)
{
    RecordShared *shared = record_shared(type, record);

    return shared && g_atomic_int_get(&shared->others) > 0 && g_atomic_int_add(&shared->others, -1) > 0;
}

static void
give_list_back(const RecordField *f, gpointer list)
{
    if (f->kind == RECORD_SPANS)
        g_array_unref(list);
    else
        g_ptr_array_unref(list);
}

/* What is in it. */
static inline void
empty_list(const RecordField *f, GPtrArray *list)
{
    if (list->len == 0)
        return;
    for (guint i = 0; i < list->len; i++) {
        if (f->kind == RECORD_STRINGS)
            g_free(list->pdata[i]);
        else
            record_free(item_type(f), list->pdata[i]);
    }
    list->len = 0;      /* g_ptr_array_set_size() would go through them once more */
}

static inline void
clear_list(const RecordField *f, gpointer record)
{
    gpointer *slot = SLOT(record, f, gpointer);
    const guint length = f->kind == RECORD_SPANS ? ((GArray *)*slot)->len : ((GPtrArray *)*slot)->len;

    if (length == 0)
        return;
    if (f->kind == RECORD_SPANS)
        ((GArray *)*slot)->len = 0;
    else
        empty_list(f, *slot);
    if (length <= SPARE_LENGTH_MAX)
        return;
    give_list_back(f, *slot);
    *slot = new_list(f->kind);
}

static void
free_field(const RecordField *f, gpointer record)
{
    if (is_list(f->kind))
        clear_list(f, record);
    else if (f->kind == RECORD_STRING || f->kind == RECORD_DOMAIN)
        g_free(*SLOT(record, f, char *));
    else if (f->kind == RECORD_ONE)
        record_free(f->type, *SLOT(record, f, gpointer));
    else if (f->kind == RECORD_BLOB)
        g_clear_pointer(SLOT(record, f, GBytes *), g_bytes_unref);
}

/* The other items are another's. */
static void
free_but(const RecordType *type, gpointer record, guint own)
{
    const RecordField *f = type->fields + type->head;
    GPtrArray *items = PEEK(record, f, GPtrArray *);

    record_free(f->type, items->pdata[own - 1]);
    items->len = 0;
}

/* What it has in common with another is the other's. */
static void
free_like(const RecordType *type, gpointer record, gpointer like)
{
    const RecordPlan *plan = record_plan(type);
    const guint own = record_shared(type, record)->own;

    if (own > 0)
        free_but(type, record, own);
    for (guint i = plan->head_lists; i < plan->n_lists; i++)
        clear_list(plan->lists[i], record);
    record_free(type, like);
    if (spare_put(plan->like, record))
        return;
    for (guint i = plan->head_lists; i < plan->n_lists; i++)
        give_list_back(plan->lists[i], *SLOT(record, plan->lists[i], gpointer));
    g_free(record);
}

/* FALSE: it is not put aside. */
static gboolean
put_aside(const RecordPlan *plan, gpointer record)
{
    for (guint i = 0; i < plan->n_texts; i++) {
        char *text = *(char **)(void *)((char *)record + plan->texts[i]);
        if (text)       /* half of them are not */
            g_free(text);
    }
    for (guint i = 0; i < plan->n_lists; i++)
        clear_list(plan->lists[i], record);
    for (guint i = 0; i < plan->n_others; i++)
        free_field(plan->others[i], record);
    return spare_put(plan->number, record);
}

/* A function of its own, for most are let go by one holder of several. */
static void G_GNUC_NO_INLINE
free_last(const RecordType *type, gpointer record)
{
    RecordShared *shared = record_shared(type, record);

    if (shared && shared->json)     /* few have one */
        g_free(shared->json);
    if (shared && shared->like) {
        free_like(type, record, shared->like);
        return;
    }
    const RecordPlan *plan = record_plan(type);
    if (plan && put_aside(plan, record))
        return;
    for (const RecordField *f = type->fields; f->name; f++) {
        if (!plan)
            free_field(f, record);
        if (is_list(f->kind))
            give_list_back(f, *SLOT(record, f, gpointer));
    }
    g_free(record);
}

void
record_free(const RecordType *type, gpointer record)
{
    if (record && !has_others(type, record))
        free_last(type, record);
}

/* ---- a copy, without the way through bytes: reports copy evidence by the hundred ---- */

static gpointer copy_of(const RecordType *type, gconstpointer record, gboolean sharing);

static gpointer
copy_record(const RecordType *type, gpointer record, gboolean sharing)
{
    return sharing && type->shared > 0 ? record_share(type, record) : copy_of(type, record, sharing);
}

static void
copy_list(const RecordField *f, GPtrArray *to, const GPtrArray *from, gboolean sharing)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, f->kind == RECORD_STRINGS ? (gpointer)g_strdup(from->pdata[i])
                                                      : copy_record(item_type(f), from->pdata[i], sharing));
}

static void
copy_field(const RecordField *f, gpointer to, gconstpointer from, gboolean sharing)
{
    switch (f->kind) {
    case RECORD_STRING:
    case RECORD_DOMAIN:
        *SLOT(to, f, char *) = g_strdup(PEEK(from, f, char *));
        break;
    case RECORD_ID:
        *SLOT(to, f, const char *) = PEEK(from, f, const char *);
        break;
    case RECORD_INT:
        *SLOT(to, f, gint64) = PEEK(from, f, gint64);
        break;
    case RECORD_REAL:
        *SLOT(to, f, double) = PEEK(from, f, double);
        break;
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        *SLOT(to, f, int) = PEEK(from, f, int);
        break;
    case RECORD_STRINGS: case RECORD_LIST: case RECORD_PAIRS:
        copy_list(f, *SLOT(to, f, GPtrArray *), PEEK(from, f, GPtrArray *), sharing);
        break;
    case RECORD_SPANS: {
        const GArray *spans = PEEK(from, f, GArray *);
        if (spans->len > 0)
            g_array_append_vals(*SLOT(to, f, GArray *), spans->data, spans->len);
        break;
    }
    case RECORD_BLOB:
        if (PEEK(from, f, GBytes *))
            *SLOT(to, f, GBytes *) = g_bytes_ref(PEEK(from, f, GBytes *));
        break;
    case RECORD_ONE:
        if (PEEK(from, f, gpointer))
            *SLOT(to, f, gpointer) = copy_record(f->type, PEEK(from, f, gpointer), sharing);
        break;
    }
}

static gpointer
copy_of(const RecordType *type, gconstpointer record, gboolean sharing)
{
    gpointer copy = record_new(type);

    for (const RecordField *f = type->fields; f->name; f++)
        copy_field(f, copy, record, sharing);
    return copy;
}

gpointer
record_copy(const RecordType *type, gconstpointer record)
{
    return copy_of(type, record, FALSE);
}

void
record_copy_into(const RecordType *type, GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, record_copy(type, from->pdata[i]));
}

gpointer
record_copy_sharing(const RecordType *type, gpointer record)
{
    return copy_of(type, record, TRUE);
}

gpointer
record_share(const RecordType *type, gpointer record)
{
    g_atomic_int_inc(&record_shared(type, record)->others);
    return record;
}

gpointer
record_own(const RecordType *type, gpointer *slot)
{
    const RecordShared *shared = record_shared(type, *slot);

    if (shared && (g_atomic_int_get(&shared->others) > 0 || shared->json || shared->like)) {
        gpointer copy = record_copy(type, *slot);
        record_free(type, *slot);
        *slot = copy;
    }
    return *slot;
}

const char *
record_id(const char *text)
{
    return strlen(text) > RECORD_ID_MAX ? NULL : g_intern_string(text);
}

void
pairs_add(GPtrArray *pairs, const char *name, const char *value)
{
    Pair *pair = record_new(&pair_type);

    pair->name = g_strdup(name);
    pair->value = g_strdup(value);
    g_ptr_array_add(pairs, pair);
}

const char *
pairs_get(const GPtrArray *pairs, const char *name)
{
    const gsize length = strlen(name);

    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = pairs->pdata[i];
        if (((*pair->name ^ *name) & ~0x20) == 0 && strlen(pair->name) == length && lower_same(pair->name, name, length))
            return pair->value;
    }
    return NULL;
}
