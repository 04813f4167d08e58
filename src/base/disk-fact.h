/* disk-fact.h: what the doors to files have in common (base/disk.h); for those who make doors.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <sys/stat.h>

#include "base/disk.h"

DiskFact disk_fact(const struct stat *info);
/* Of what is open; or an errno. A folder is EISDIR. */
int      disk_fact_of(int fd, DiskFact *fact);

/* What the link `name` leads to. */
typedef DiskKind (*DiskKindOf)(int folder, const char *name, gpointer data);
/* All entries of an open folder; takes `fd` over. 0 or an errno; E2BIG: too many to be told. */
int      disk_list_folder(int fd, DiskKindOf kind_of, gpointer data, GByteArray *list);

/* 0 or an errno. */
int      disk_replace_file(const char *path, const char *bytes, gsize length, gboolean state);
