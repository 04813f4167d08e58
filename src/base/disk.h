/* disk.h: the one door to files, for code that may run where nothing can be opened.
 * SPDX-License-Identifier: MIT
 *
 * A process has the system's own files, unless it chose otherwise at its start: a confined one asks another process for each
 * (process/keeper.h), which knows what it may have. Whoever reads, lists or writes files through here need not know which. */
#pragma once

#include <glib.h>

/* errno where the other process said no. */
#define DISK_REFUSED EKEYREJECTED

typedef enum {
    DISK_NOTHING,
    DISK_FILE,          /* a regular one */
    DISK_FOLDER,
    DISK_PIPE,          /* and whatever else is read to its end */
    DISK_DEVICE,        /* may never end */
    DISK_TERMINAL,
    DISK_OTHER          /* nothing that could be read */
} DiskKind;

typedef struct {
    DiskKind kind;      /* of what a link leads to */
    gboolean readable;  /* by us; of disk_look() only */
    guint64  size;      /* of a file */
    gint64   changed;   /* when it was written last: nanoseconds since 1970; 0 from another process */
    gint64   placed;    /* when it was put there, or its name or rights were changed: likewise */
} DiskFact;

/* What is at `path`; all of it is zero where nothing is. */
DiskFact disk_look(const char *path);
gboolean disk_is_file(const char *path);
gboolean disk_is_folder(const char *path);
gboolean disk_exists(const char *path);

/* A descriptor to read from, opened without waiting; "-" is standard input. A folder is opened by nobody: -1 and
 * G_FILE_ERROR_ISDIR. -1 and `error`, which begins with the path as a person knows it. */
int      disk_open(const char *path, DiskFact *fact, GError **error);
/* read() that waits where there is nothing yet. */
gssize   disk_read(int fd, void *buffer, gsize size);
/* Of a DISK_PIPE that is just open: waits a while for somebody who writes into it. FALSE and `error`. */
gboolean disk_has_writer(int fd, const char *path, GError **error);
/* A text of at most `most` bytes, ended by NUL; a longer one is an error. NULL and `error`. (transfer full) */
char    *disk_text(const char *path, gsize most, gsize *length, GError **error);

/* What stands in a folder, but "." and "..", in no order. */
typedef struct DiskNames DiskNames;
typedef struct {
    const char *name;
    DiskKind    kind;   /* of what a link leads to; DISK_NOTHING: it leads nowhere */
    gboolean    link;
} DiskName;
/* NULL and `error`. (transfer full) */
DiskNames *disk_names(const char *path, GError **error);
gboolean   disk_names_next(DiskNames *names, DiskName *name);
void       disk_names_free(DiskNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DiskNames, disk_names_free)

/* A new file, whole or not at all; never over one that is there (G_FILE_ERROR_EXIST). */
gboolean disk_write_new(const char *path, const char *bytes, gsize length, GError **error);
/* A file as a whole, there already or not: written aside, flushed, renamed. `state`: it is the program's own memory: for nobody
 * else to read, and its folder is made where there is none. */
gboolean disk_replace(const char *path, const char *bytes, gsize length, gboolean state, GError **error);

/* The folder that relative names begin at, and the running program; NULL: unknown. (transfer full) */
char    *disk_here(void);
char    *disk_program(void);
/* As g_canonicalize_filename() has it, from disk_here(). (transfer full) */
char    *disk_absolute(const char *path);

/* ---- for who makes doors ---- */

/* Each returns 0 or an errno. */
typedef struct {
    int   (*look)(const char *path, DiskFact *fact);
    int   (*open)(const char *path, DiskFact *fact, int *fd);
    int   (*names)(const char *path, GBytes **list);    /* as disk_list() writes them */
    int   (*write_new)(const char *path, const char *bytes, gsize length);
    int   (*replace)(const char *path, const char *bytes, gsize length, gboolean state);
    char *(*here)(void);
    char *(*program)(void);
} DiskDoor;

/* Adds an entry. */
void     disk_list(GByteArray *list, const char *name, DiskKind kind, gboolean link);
/* The error that an errno is; always FALSE. */
gboolean disk_fault(const char *path, int number, GError **error);
/* Once, at the start of a process, before there are threads. */
void     disk_enter(const DiskDoor *door);
const DiskDoor *disk_door(void);        /* the one that was entered last */
/* The door of a process that chose none. */
extern const DiskDoor disk_system;
