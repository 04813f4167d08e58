/* keeper-rules.h: which files a core may have, and the way to each of them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "base/disk-fact.h"

typedef enum {
    RIGHT_READ = 1,         /* it, or what stands below it */
    RIGHT_MESSAGE = 2,      /* … and what belongs to a message: its snapshot; new files beside it */
    RIGHT_NEW = 4,          /* it may be made */
    RIGHT_REPLACE = 8,      /* it may be written anew */
    RIGHT_STATE = 16,       /* … as the program's own memory */
    RIGHT_NAMES = 32        /* what stands in it by name, no more */
} Rights;

typedef struct KeeperRules KeeperRules;

/* `here`: the folder that relative names begin at. (transfer full) */
KeeperRules *rules_new(const char *here);
void         rules_free(KeeperRules *rules);
/* Adds to what there is. */
void         rules_add(KeeperRules *rules, const char *path, Rights rights);

/* 0, or an errno; DISK_REFUSED: nobody gave a right to it, or a link leads out of what was given. */
int          rules_look(const KeeperRules *rules, const char *path, DiskFact *fact);
/* A descriptor to read from: of a regular file, or of whatever the person named by itself. */
int          rules_open(const KeeperRules *rules, const char *path, DiskFact *fact, int *fd);
/* What stands in a folder. */
int          rules_names(const KeeperRules *rules, const char *path, GByteArray *list);
/* Where a new file can be made (base/newfile.h); `folder`: to be closed afterwards, or -1. (transfer full: where) */
int          rules_new_file(const KeeperRules *rules, const char *path, char **where, int *folder);
/* What may be written anew, as the person named it; `rights` says how. (transfer none) */
int          rules_replace(const KeeperRules *rules, const char *path, const char **where, Rights *rights);
