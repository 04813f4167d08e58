/* folder.c: walks a Maildir or a folder of saved mail.
 * SPDX-License-Identifier: MIT
 *
 * Links to folders are not followed: they may lead anywhere, and back. */
#include "mailbox/folder.h"

#include <string.h>

#include "base/disk.h"
#include "base/file.h"
#include "mailbox/fromline.h"
#include "mailbox/kind.h"
#include "mailbox/unpack.h"
#include "repair/repair.h"

/* Folders inside folders: nobody keeps mail deeper. */
#define DEPTH_MAX 16
#define FOLDERS_MAX 100000

typedef struct {
    char    *path;
    guint    depth;
    gboolean maildir;       /* cur or new of a Maildir: every file is a message */
} Place;

struct Folder {
    GQueue     places;      /* Place: folders still to be read */
    GPtrArray *files;       /* paths of the folder that is being read, of `names` */
    guint      next;        /* of `files` */
    gboolean   maildir;     /* what stands in `files` */
    guint      seen;        /* folders */
    guint64    done;
    const char *limit;
    GStringChunk *names;    /* paths handed out */
    DiskNames *top;         /* what stands in the folder itself, until it is read */
};

static void
place_free(gpointer data)
{
    Place *place = data;

    g_free(place->path);
    g_free(place);
}

static void
push_place(Folder *folder, const char *path, guint depth, gboolean maildir)
{
    Place *place = g_new0(Place, 1);

    place->path = g_strdup(path);
    place->depth = depth;
    place->maildir = maildir;
    g_queue_push_tail(&folder->places, place);
}

static gboolean
is_folder(const char *parent, const char *name)
{
    g_autofree char *path = g_build_filename(parent, name, NULL);

    return disk_is_folder(path);
}

/* Two of the three that a Maildir has: copies often lack an empty one. */
static gboolean
is_maildir(const char *path)
{
    const guint parts = (is_folder(path, "cur") ? 1U : 0U) + (is_folder(path, "new") ? 1U : 0U) +
                        (is_folder(path, "tmp") ? 1U : 0U);

    return parts >= 2 && (is_folder(path, "cur") || is_folder(path, "new"));
}

/* ---- what a file is ---- */

typedef enum { NAME_MAIL, NAME_OPEN, NAME_OTHER } NameClass;

static gboolean
has_suffix_of(const char *name, const char *const *suffixes)
{
    g_autofree char *low = g_ascii_strdown(name, -1);

    for (; *suffixes; suffixes++)
        if (g_str_has_suffix(low, *suffixes))
            return TRUE;
    return FALSE;
}

/* What a name promises decides only where the content says nothing: whether a file that is no mail is a fault to be
 * told, or none of our business. */
static NameClass
class_of(const char *name)
{
    static const char *const mail[] = { ".eml", ".emlx", ".msg", ".mbox", ".mbx", ".mail", ".email",
                                        ".eml.gz", ".mbox.gz", ".emlx.gz", ".msg.gz", NULL };
    static const char *const other[] = { ".dns",  ".json", ".txt",  ".md",  ".py",  ".sh",   ".csv",
                                         ".html", ".htm",  ".xml",  ".yml", ".log", ".yaml", ".pdf",
                                         ".png",  ".jpg",  ".jpeg", ".gif", ".zip", ".lock", ".db",
                                         ".c",    ".h",    ".zone", ".toc", ".idx", ".msf",  ".plist",
                                         NULL };

    if (has_suffix_of(name, mail) || strspn(name, "0123456789") == strlen(name))
        return NAME_MAIL;       /* MH gives its messages numbers */
    return has_suffix_of(name, other) ? NAME_OTHER : NAME_OPEN;
}

/* Pasted text is mail where a repair finds more than a field or two in it. */
static gboolean
is_pasted(GBytes *head)
{
    return repair_needed(head) && repair_count(head).known >= 3;
}

static gboolean
holds_mail(GBytes *head, gboolean *mbox)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(head, &length);
    const Kind kind = kind_of(data ? data : "", length);

    *mbox = kind == KIND_MBOX;
    if (kind == KIND_GZIP) {
        g_autoptr(GBytes) inner = unpack_head(head);
        data = inner ? g_bytes_get_data(inner, &length) : NULL;
        *mbox = data && fromline_starts(data, length);
        return *mbox ||
               (data && (kind_of(data, length) != KIND_TEXT || kind_is_header(data, length)));
    }
    return kind != KIND_TEXT || (length > 0 && (kind_is_header(data, length) || is_pasted(head)));
}

static NameClass
class_of_file(const FolderFile *file)
{
    g_autofree char *name = g_path_get_basename(file->path);

    return file->maildir ? NAME_MAIL : class_of(name);
}

gboolean
folder_judge(FolderFile *file, GBytes *head)
{
    return file->maildir || holds_mail(head, &file->mbox) || class_of_file(file) == NAME_MAIL;
}

/* By its name alone. FALSE: it is left out. INTERFACE.md: ".dns" is the snapshot beside a message. In a Maildir the name of a
 * host ends that of a message, so there the message has to stand beside it. */
static gboolean
may_hold_mail(const char *path, gboolean maildir)
{
    if (!g_str_has_suffix(path, ".dns"))
        return TRUE;
    g_autofree char *message = g_strndup(path, strlen(path) - strlen(".dns"));
    return maildir && !disk_exists(message);
}

/* What we may not read could be mail; a link into nowhere hardly. */
gboolean
folder_misses(const FolderFile *file, gboolean nowhere)
{
    const NameClass class = class_of_file(file);

    return class == NAME_MAIL || (class == NAME_OPEN && !nowhere);
}

/* FALSE: it is left out. */
static gboolean
judge_file(FolderFile *file)
{
    g_autoptr(GError) fault = NULL;

    if (file->maildir)
        return TRUE;
    g_autoptr(GBytes) head = file_head(file->path, FOLDER_HEAD, &fault);
    return head ? folder_judge(file, head) : folder_misses(file, fault->code == G_FILE_ERROR_NOENT);
}

/* ---- the walk ---- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A Maildir's own folders are named ".Name" (Maildir++); other hidden ones hold no mail. */
static gboolean
is_wanted_folder(const char *path, const char *name, gboolean in_maildir)
{
    static const char *const parts[] = { "cur", "new", "tmp", NULL };

    if (in_maildir && g_strv_contains(parts, name))
        return FALSE;
    return *name != '.' || (in_maildir && is_maildir(path));
}

/* A pipe or a device is no mail, and might never end; a link into nowhere may have been mail. */
static void
add_file(Folder *folder, const char *path, const DiskName *name)
{
    if (*name->name != '.' && (name->kind == DISK_FILE || name->kind == DISK_NOTHING))
        g_ptr_array_add(folder->files, g_string_chunk_insert(folder->names, path));
}

static void
list_entry(Folder *folder, const Place *place, const DiskName *name, gboolean in_maildir,
           GPtrArray *folders)
{
    g_autofree char *path = g_build_filename(place->path, name->name, NULL);
    const gboolean real = name->kind == DISK_FOLDER && !name->link;

    if (real && !place->maildir && is_wanted_folder(path, name->name, in_maildir))
        g_ptr_array_add(folders, g_steal_pointer(&path));
    else if (!in_maildir)
        add_file(folder, path, name);
}

static void
push_folders(Folder *folder, const Place *place, GPtrArray *folders)
{
    g_ptr_array_sort(folders, compare_names);
    for (guint i = folders->len; i > 0; i--) {
        Place *inner = g_new0(Place, 1);
        inner->path = g_strdup(folders->pdata[i - 1]);
        inner->depth = place->depth + 1;
        g_queue_push_head(&folder->places, inner);
    }
}

/* The files of cur and new together, by name: a name begins with the time of delivery. */
static void
list_maildir(Folder *folder, const char *path)
{
    static const char *const parts[] = { "cur", "new" };

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *inner = g_build_filename(path, parts[i], NULL);
        g_autoptr(DiskNames) names = disk_names(inner, NULL);
        for (DiskName name; names && disk_names_next(names, &name);) {
            g_autofree char *file = g_build_filename(inner, name.name, NULL);
            add_file(folder, file, &name);
        }
    }
}

static int
compare_basenames(gconstpointer a, gconstpointer b)
{
    const char *one = strrchr(*(const char *const *)a, '/');
    const char *two = strrchr(*(const char *const *)b, '/');

    return strcmp(one ? one : "", two ? two : "");
}

static void
read_place(Folder *folder, const Place *place)
{
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
    const gboolean maildir = !place->maildir && is_maildir(place->path);
    g_autoptr(DiskNames) names = folder->top ? g_steal_pointer(&folder->top)
                                             : disk_names(place->path, NULL);

    g_ptr_array_set_size(folder->files, 0);
    folder->next = 0;
    folder->maildir = maildir || place->maildir;
    for (DiskName name; names && disk_names_next(names, &name);)
        list_entry(folder, place, &name, maildir, folders);
    if (maildir)
        list_maildir(folder, place->path);
    g_ptr_array_sort(folder->files, folder->maildir ? compare_basenames : compare_names);
    if (place->depth >= DEPTH_MAX || folder->seen + folders->len > FOLDERS_MAX)
        folder->limit = folders->len > 0 ? "folder-too-deep" : folder->limit;
    else
        push_folders(folder, place, folders);
    folder->seen += folders->len;
}

gboolean
folder_next_name(Folder *folder, FolderFile *file, gboolean *found)
{
    *found = FALSE;
    if (folder->next < folder->files->len) {
        *file = (FolderFile){ folder->files->pdata[folder->next++], folder->maildir, FALSE };
        *found = may_hold_mail(file->path, file->maildir);
        folder->done++;
        return TRUE;
    }
    Place *place = g_queue_pop_head(&folder->places);
    if (!place)
        return FALSE;
    read_place(folder, place);
    place_free(place);
    return TRUE;
}

gboolean
folder_next(Folder *folder, FolderFile *file, gboolean *found)
{
    const gboolean more = folder_next_name(folder, file, found);

    *found = *found && judge_file(file);
    return more;
}

double
folder_progress(const Folder *folder)
{
    const double left = (double)(folder->files->len - folder->next) + (double)folder->places.length;

    return left > 0 ? (double)folder->done / ((double)folder->done + left) : 1;
}

const char *
folder_limit(const Folder *folder)
{
    return folder->limit;
}

/* "cur" or "new" of a Maildir, opened by its own name. */
static gboolean
is_maildir_part(const char *path)
{
    g_autofree char *whole = disk_absolute(path);
    g_autofree char *name = g_path_get_basename(whole), *parent = g_path_get_dirname(whole);

    return (g_str_equal(name, "cur") || g_str_equal(name, "new")) && is_maildir(parent);
}

Folder *
folder_new(const char *path, GError **error)
{
    DiskNames *top = disk_names(path, error);

    if (!top)
        return NULL;
    Folder *folder = g_new0(Folder, 1);
    folder->top = top;
    g_queue_init(&folder->places);
    folder->files = g_ptr_array_new();
    folder->names = g_string_chunk_new(16384);
    push_place(folder, path, 0, is_maildir_part(path));
    return folder;
}

void
folder_free(Folder *folder)
{
    if (!folder)
        return;
    g_queue_clear_full(&folder->places, place_free);
    disk_names_free(folder->top);
    g_ptr_array_unref(folder->files);
    g_string_chunk_free(folder->names);
    g_free(folder);
}
