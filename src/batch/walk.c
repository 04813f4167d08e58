/* walk.c: the parent's half of a folder: names, descriptors, and what workers said of them.
 * SPDX-License-Identifier: MIT */
#include "batch/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "mailbox/folder.h"
#include "process/beneath.h"

/* So many files are known before they are needed. */
#define AHEAD 256

typedef enum { ENTRY_UNKNOWN, ENTRY_MAIL, ENTRY_MBOX, ENTRY_NONE, ENTRY_FAULT } EntryState;

typedef struct {
    const char *path;       /* of the Folder */
    gboolean    maildir;
    EntryState  state;
    guint       messages;
    int         number;     /* errno, of ENTRY_FAULT */
} Entry;

struct Walk {
    char    *path;
    Folder  *folder;
    GQueue   entries;       /* Entry: found, not given yet */
    GList   *judged;        /* of `entries`: the next to hear about */
    gboolean complete;
    guint    given;         /* messages */
    guint    known;         /* … and those in `entries` */
};

Walk *
walk_new(const char *path, GError **error)
{
    Folder *folder = folder_new(path, error);

    if (!folder)
        return NULL;
    Walk *walk = g_new0(Walk, 1);
    walk->path = g_strdup(path);
    walk->folder = folder;
    g_queue_init(&walk->entries);
    return walk;
}

void
walk_free(Walk *walk)
{
    if (!walk)
        return;
    g_free(walk->path);
    folder_free(walk->folder);
    g_queue_clear_full(&walk->entries, g_free);
    g_free(walk);
}

/* ---- finding ---- */

/* Links are followed as those of a folder that is opened on the screen (doc/security.md). */
static int
open_link(const Walk *walk, const char *path, int flags)
{
    const char *rest = g_str_has_prefix(path, walk->path) ? path + strlen(walk->path) : "";

    return beneath_open_mail(walk->path, rest + strspn(rest, "/"), flags);
}

static int
open_regular(const Walk *walk, const char *path)
{
    static const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    struct stat info;
    int fd = open(path, flags | O_NOFOLLOW);

    if (fd < 0 && errno == ELOOP)
        fd = open_link(walk, path, flags);

    if (fd < 0 || (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)))
        return fd;
    close(fd);
    errno = ENODEV;
    return -1;
}

static void
add_entry(Walk *walk, const FolderFile *file, EntryState state, int number)
{
    Entry *entry = g_new0(Entry, 1);

    entry->path = file->path;
    entry->maildir = file->maildir;
    entry->state = state;
    entry->number = number;
    entry->messages = state == ENTRY_UNKNOWN ? 0 : 1;
    walk->known += entry->messages;
    g_queue_push_tail(&walk->entries, entry);
    if (state == ENTRY_UNKNOWN && !walk->judged)
        walk->judged = walk->entries.tail;
}

/* Every file of a Maildir is a message: nobody need look into it. */
static void
take_file(Walk *walk, const FolderFile *file, GByteArray *wire, PoolJob *job)
{
    if (file->maildir) {
        add_entry(walk, file, ENTRY_MAIL, 0);
        return;
    }
    const int fd = open_regular(walk, file->path);
    if (fd < 0 && folder_misses(file, errno == ENOENT))
        add_entry(walk, file, ENTRY_FAULT, errno);
    if (fd < 0)
        return;
    const TaskFile judged = { .path = file->path, .fd = (gint)job->n_fds, .beside_fd = -1 };
    task_add(wire, &judged);
    job->fds[job->n_fds++] = fd;
    add_entry(walk, file, ENTRY_UNKNOWN, 0);
}

/* Files that hold no mail stand between others: they are not what comes next, nor do they make another one. */
static gboolean
drop_empty(Walk *walk)
{
    GList *next;

    for (GList *link = walk->entries.head; link && link != walk->judged; link = next) {
        next = link->next;
        if (((const Entry *)link->data)->state != ENTRY_NONE)
            continue;
        g_free(link->data);
        g_queue_delete_link(&walk->entries, link);
    }
    return walk->entries.length > 0;
}

gboolean
walk_judge(Walk *walk, GByteArray *wire, PoolJob *job, guint most)
{
    FolderFile file;
    gboolean found;

    drop_empty(walk);
    while (!walk->complete && walk->entries.length < AHEAD && job->n_fds < most) {
        if (!folder_next_name(walk->folder, &file, &found))
            walk->complete = TRUE;
        else if (found)
            take_file(walk, &file, wire, job);
    }
    return job->n_fds > 0;
}

static GList *
next_unknown(GList *link)
{
    while (link && ((const Entry *)link->data)->state != ENTRY_UNKNOWN)
        link = link->next;
    return link;
}

void
walk_judged(Walk *walk, PieceKind kind, guint messages)
{
    Entry *entry = walk->judged ? walk->judged->data : NULL;

    if (!entry)
        return;
    entry->state = kind == PIECE_NO_MAIL ? ENTRY_NONE : kind == PIECE_MBOX ? ENTRY_MBOX : ENTRY_MAIL;
    entry->messages = kind == PIECE_NO_MAIL ? 0 : kind == PIECE_MBOX ? MAX(messages, 1) : 1;
    walk->known += entry->messages;
    walk->judged = next_unknown(walk->judged);
}

/* ---- using ---- */

static void
drop_head(Walk *walk)
{
    g_free(g_queue_pop_head(&walk->entries));
}

/* It is the last message of the folder. */
static gboolean
is_last(const Walk *walk)
{
    return walk->complete && walk->entries.length == 1;
}

static TaskFile *
file_of(const Walk *walk, const Entry *entry, int fd, int number)
{
    TaskFile *file = g_new0(TaskFile, 1);

    file->fd = file->beside_fd = -1;
    file->name = g_strdup(walk->path);
    file->path = g_strdup(entry->path);
    file->kind = g_strdup(entry->state == ENTRY_MBOX ? "mbox" : entry->maildir ? "maildir" : "eml");
    file->base = walk->given;
    if (fd < 0) {
        g_autoptr(GError) error = NULL;
        disk_fault(entry->path, number, &error);
        file->fault = g_strdup(error->message);
    }
    if (is_last(walk))
        file->limit = g_strdup(folder_limit(walk->folder));
    return file;
}

WalkNext
walk_next(Walk *walk, TaskFile **file, int *fd, guint *messages)
{
    const Entry *entry = drop_empty(walk) ? walk->entries.head->data : NULL;

    if (!entry)
        return walk->complete ? WALK_END : WALK_LATER;
    const Entry *after = walk->entries.head->next ? walk->entries.head->next->data : NULL;
    if (entry->state == ENTRY_UNKNOWN || (!is_last(walk) && (!after || after->state == ENTRY_UNKNOWN)))
        return WALK_LATER;
    *fd = entry->state == ENTRY_FAULT ? -1 : open_regular(walk, entry->path);
    *file = file_of(walk, entry, *fd, entry->state == ENTRY_FAULT ? entry->number : errno);
    *messages = entry->messages;
    walk->given += entry->messages;
    walk->known -= entry->messages;
    drop_head(walk);
    return WALK_FILE;
}

gboolean
walk_has_several(const Walk *walk)
{
    return walk->given + walk->known > 1;
}

guint
walk_given(const Walk *walk)
{
    return walk->given;
}

guint
walk_left(const Walk *walk)
{
    return walk->complete ? walk->entries.length : G_MAXUINT;
}

double
walk_progress(const Walk *walk)
{
    return folder_progress(walk->folder);
}
