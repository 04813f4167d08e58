/* keeper-write.c: new files and such that take another's place, bounded and whole.
 * SPDX-License-Identifier: MIT */
#include "process/keeper-write.h"

#include <errno.h>
#include <unistd.h>

#include "base/newfile.h"

/* A core that was taken over can write so much in all, whatever it does (doc/security.md). */
#define NEW_FILES_MAX 1000u
#define NEW_BYTES_MAX ((guint64)1 << 30)
#define REPLACED_MAX 100000u
#define STATE_BYTES_MAX ((gsize)4 << 20)
#define REPLACED_BYTES_MAX ((gsize)64 << 20)

struct KeeperWriting {
    NewFile    *file;       /* being written; or NULL */
    int         folder;     /* … in that one; or -1 */
    GByteArray *bytes;      /* of one that is replaced; or NULL */
    char       *where;      /* … which is that */
    gboolean    state;
    int         trouble;    /* errno: of what is being written */
    guint64     written;
    guint       files, replaced;
};

KeeperWriting *
writing_new(void)
{
    KeeperWriting *writing = g_new0(KeeperWriting, 1);

    writing->folder = -1;
    return writing;
}

void
writing_free(KeeperWriting *writing)
{
    writing_drop(writing);
    g_free(writing);
}

void
writing_drop(KeeperWriting *writing)
{
    newfile_drop(writing->file);
    writing->file = NULL;
    if (writing->folder >= 0)
        close(writing->folder);
    writing->folder = -1;
    g_clear_pointer(&writing->bytes, g_byte_array_unref);
    g_clear_pointer(&writing->where, g_free);
    writing->trouble = 0;
}

int
writing_begin(KeeperWriting *writing, const KeeperRules *rules, const char *path)
{
    g_autofree char *where = NULL;
    int number = EDQUOT;

    writing_drop(writing);
    if (writing->files < NEW_FILES_MAX)
        number = rules_new_file(rules, path, &where, &writing->folder);
    if (number == 0)
        writing->file = newfile_begin(where, &number);
    if (writing->file)
        writing->files++;
    return number;
}

int
writing_replace(KeeperWriting *writing, const KeeperRules *rules, const char *path)
{
    const char *where = NULL;
    Rights rights = 0;
    int number = EDQUOT;

    writing_drop(writing);
    if (writing->replaced < REPLACED_MAX)
        number = rules_replace(rules, path, &where, &rights);
    if (number != 0)
        return number;
    writing->replaced++;
    writing->where = g_strdup(where);
    writing->state = (rights & RIGHT_STATE) != 0;
    writing->bytes = g_byte_array_new();
    return 0;
}

gboolean
writing_add(KeeperWriting *writing, const guint8 *bytes, gsize length)
{
    const gsize most = writing->state ? STATE_BYTES_MAX : REPLACED_BYTES_MAX;

    if (!writing->file && !writing->bytes)
        return FALSE;
    if (writing->file ? writing->written + length > NEW_BYTES_MAX
                      : writing->bytes->len + length > most)
        writing->trouble = EDQUOT;
    if (writing->trouble != 0)
        return TRUE;
    if (writing->file) {
        newfile_add(writing->file, (const char *)bytes, length);
        writing->written += length;
    } else {
        g_byte_array_append(writing->bytes, bytes, (guint)length);
    }
    return TRUE;
}

gboolean
writing_end(KeeperWriting *writing, int *number)
{
    const GByteArray *bytes = writing->bytes;

    if (!writing->file && !bytes)
        return FALSE;
    *number = writing->trouble;
    if (*number == 0 && writing->file)
        *number = newfile_finish(g_steal_pointer(&writing->file));
    else if (*number == 0)
        *number = disk_replace_file(writing->where, (const char *)bytes->data, bytes->len,
                                    writing->state);
    writing_drop(writing);
    return TRUE;
}
