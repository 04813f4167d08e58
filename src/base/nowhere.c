/* nowhere.c: /dev/null, or less.
 * SPDX-License-Identifier: MIT */
#include "base/nowhere.h"

#include <fcntl.h>

int
nowhere_open(void)
{
    const int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

    return fd >= 0 ? fd : open("/", O_PATH | O_CLOEXEC);
}
