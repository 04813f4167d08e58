/* landlock.c: every right that the kernel's Landlock knows is given up.
 * SPDX-License-Identifier: MIT
 *
 * linux/landlock.h of Debian 12 is older than the kernels that the program meets. */
#include "process/landlock.h"

#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LANDLOCK_CREATE 444
#define LANDLOCK_ADD 445
#define LANDLOCK_RESTRICT 446
#define LANDLOCK_ASK_VERSION 1u
#define LANDLOCK_PORT 2
#define LANDLOCK_BIND 1
#define LANDLOCK_CONNECT 2

typedef struct {
    guint64 fs, net, scoped;
} LandlockRules;

typedef struct {
    guint64 allowed, port;
} LandlockPort;

int
landlock_version(void)
{
    return (int)syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_ASK_VERSION);
}

/* What is named here is handled, that is: refused, unless a rule gives it back. */
static LandlockRules
all_rights(int version, gsize *size)
{
    LandlockRules rules = { .fs = (1u << 13) - 1 };

    *size = offsetof(LandlockRules, net);
    if (version >= 2)
        rules.fs |= 1u << 13;       /* linking elsewhere */
    if (version >= 3)
        rules.fs |= 1u << 14;       /* truncating */
    if (version >= 5)
        rules.fs |= 1u << 15;       /* ioctl on devices */
    if (version >= 4) {
        rules.net = LANDLOCK_BIND | LANDLOCK_CONNECT;
        *size = offsetof(LandlockRules, scoped);
    }
    if (version >= 6) {
        rules.scoped = 3;           /* abstract sockets, signals */
        *size = sizeof rules;
    }
    return rules;
}

gboolean
landlock_enter(guint port)
{
    const int version = landlock_version();
    const LandlockPort server = { LANDLOCK_CONNECT, port };
    gsize size;

    if (version < 1)
        return FALSE;
    const LandlockRules rules = all_rights(version, &size);
    const int ruleset = (int)syscall(LANDLOCK_CREATE, &rules, size, 0);
    if (ruleset < 0)
        return FALSE;
    const gboolean given = port == 0 || rules.net == 0 ||
                           syscall(LANDLOCK_ADD, ruleset, LANDLOCK_PORT, &server, 0) == 0;
    const gboolean done = given && syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0;
    close(ruleset);
    return done;
}
