/* record-edit.c: the strings of records changed by table.
 * SPDX-License-Identifier: MIT */
#include "facts/record.h"

#include <string.h>

#include "facts/record-slot.h"

static void
edit_string(const RecordType *type, const RecordField *f, char **slot, RecordEdit edit,
            gpointer data)
{
    char *changed = *slot ? edit(type, f, *slot, data) : NULL;

    if (!changed)
        return;
    g_free(*slot);
    *slot = changed;
}

/* Text that came as octets (a TXT record) is a string here; what holds a NUL is none. */
static void
edit_blob(const RecordType *type, const RecordField *f, GBytes **slot, RecordEdit edit,
          gpointer data)
{
    gsize length = 0;
    const char *bytes = *slot ? g_bytes_get_data(*slot, &length) : NULL;
    g_autofree char *text = bytes ? g_strndup(bytes, length) : NULL;
    char *changed = text && strlen(text) == length ? edit(type, f, text, data) : NULL;

    if (!changed)
        return;
    g_bytes_unref(*slot);
    *slot = g_bytes_new_take(changed, strlen(changed));
}

static void
edit_list(const RecordType *type, const RecordField *f, GPtrArray *list, RecordEdit edit,
          gpointer data)
{
    for (guint i = 0; i < list->len; i++) {
        if (f->kind == RECORD_STRINGS)
            edit_string(type, f, (char **)(void *)&list->pdata[i], edit, data);
        else if (f->kind == RECORD_PAIRS)
            edit_string(type, f, &((Pair *)list->pdata[i])->value, edit, data);
        else
            record_edit(f->type, record_own(f->type, &list->pdata[i]), edit, data);
    }
}

void
record_edit(const RecordType *type, gpointer record, RecordEdit edit, gpointer data)
{
    for (const RecordField *f = type->fields; record && f->name; f++) {
        switch (f->kind) {
        case RECORD_STRING:
        case RECORD_DOMAIN:
            edit_string(type, f, SLOT(record, f, char *), edit, data);
            break;
        case RECORD_BLOB:
            edit_blob(type, f, SLOT(record, f, GBytes *), edit, data);
            break;
        case RECORD_STRINGS:
        case RECORD_LIST:
        case RECORD_PAIRS:
            edit_list(type, f, *SLOT(record, f, GPtrArray *), edit, data);
            break;
        case RECORD_ONE:
            if (*SLOT(record, f, gpointer))
                record_edit(f->type, record_own(f->type, SLOT(record, f, gpointer)), edit, data);
            break;
        case RECORD_ID:             /* nobody's words but the program's own */
        case RECORD_INT:
        case RECORD_REAL:
        case RECORD_BOOL:
        case RECORD_TRI:
        case RECORD_WORD:
        case RECORD_SPANS:
            break;
        }
    }
}
