/* keeper-wire.h: what a core and its keeper say to each other, one packet a time.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef enum {
    KEEPER_LOOK = 'l',          /* a path follows, as with all that have one */
    KEEPER_OPEN = 'o',          /* answered with a descriptor */
    KEEPER_NAMES = 'n',         /* answered with a descriptor of the list (base/disk.h) */
    KEEPER_NEW = 'w',           /* begins a file; its bytes follow, then the end */
    KEEPER_REPLACE = 'r',       /* likewise */
    KEEPER_BYTES = 'b',         /* not answered */
    KEEPER_END = 'e',
    KEEPER_TEMPORARY = 't'      /* answered with a descriptor */
} KeeperOp;

typedef struct {
    guint32 op, unused;
} KeeperAsk;

typedef struct {
    gint32  number;             /* 0, or an errno */
    guint32 kind, readable, unused;
    guint64 size;
} KeeperAnswer;

/* Of a path, without a NUL; of bytes in one packet. */
#define KEEPER_PATH_MAX 4095
#define KEEPER_PIECE 65536
