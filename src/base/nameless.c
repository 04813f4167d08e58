/* nameless.c: a file in the folder for temporary ones, without its name.
 * SPDX-License-Identifier: MIT */
#include "base/nameless.h"

#include <unistd.h>

int
nameless_open(GError **error)
{
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("fromscope-XXXXXX", &path, error);

    if (fd >= 0)
        unlink(path);
    return fd;
}
