/* folder.h: the files of a folder that hold messages: a Maildir, or any folder of saved mail.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct Folder Folder;

typedef struct {
    const char *path;       /* (transfer none) */
    gboolean    maildir;    /* it stands in cur or new */
    gboolean    mbox;       /* it may hold several messages */
} FolderFile;

/* NULL and `error` where the folder itself cannot be read. (transfer full) */
Folder    *folder_new(const char *path, GError **error);
void       folder_free(Folder *folder);

/* The next file, in the order of names, folders inside last; FALSE at the end. What is plainly no mail is passed over.
 * Each call looks at one file or folder: `*found` is FALSE where that was none. */
gboolean   folder_next(Folder *folder, FolderFile *file, gboolean *found);
/* The same in two halves, where who may look into files is not who may open them. First what names tell; `mbox` is not set. */
gboolean   folder_next_name(Folder *folder, FolderFile *file, gboolean *found);
/* One that cannot be opened may be mail that is missed; else it is left out. `nowhere`: there is no such file, it is a link. */
gboolean   folder_misses(const FolderFile *file, gboolean nowhere);
/* Then what the first bytes of it say (FOLDER_HEAD of them are enough). FALSE: it is left out. */
#define FOLDER_HEAD 8192
gboolean   folder_judge(FolderFile *file, GBytes *head);
/* How much is done, 0 to 1, as far as one knows. */
double     folder_progress(const Folder *folder);
/* The id of the note where not all was looked at, or NULL. */
const char *folder_limit(const Folder *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Folder, folder_free)
