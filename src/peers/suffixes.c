/* suffixes.c: picking the lines of a public suffix list that can matter.
 * SPDX-License-Identifier: MIT */
#include "peers/suffixes.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/disk.h"

#define LIST_BYTES_MAX (16u << 20)
#define SYSTEM_LIST "/usr/share/publicsuffix/public_suffix_list.dat"

char *
suffixes_text_path(const char *source)
{
    const gboolean file = source && disk_is_file(source);
    g_autofree char *path = g_strdup(file ? source : SYSTEM_LIST);

    if (g_str_has_suffix(path, ".dafsa"))
        memcpy(strrchr(path, '.'), ".dat", sizeof ".dat");
    return disk_is_file(path) ? g_steal_pointer(&path) : NULL;
}

/* `name` is the rule's suffix or lies under it. */
static gboolean
is_under(const char *name, const char *rule, gsize length)
{
    const gsize size = strlen(name);

    return size >= length && g_ascii_strncasecmp(name + size - length, rule, length) == 0 &&
           (size == length || name[size - length - 1] == '.');
}

/* OpenDMARC takes "*." and "!" away, and drops a first label of one character. */
static gboolean
can_match(const char *rule, gsize length, const GPtrArray *names)
{
    const gsize mark = length > 0 && rule[0] == '!' ? 1 : 0;

    for (guint i = 0; i < names->len; i++)
        if (is_under(names->pdata[i], rule + mark, length - mark))
            return TRUE;
    return length > 2 && rule[1] == '.' && can_match(rule + 2, length - 2, names);
}

static gsize
word_length(const char *text, gsize length)
{
    gsize count = 0;

    while (count < length && !g_ascii_isspace(text[count]))
        count++;
    return count;
}

/* It reads a rule out of a comment, too, where a word in it begins with "xn-". */
static gboolean
matters(const char *line, gsize length, const GPtrArray *names)
{
    if (length >= 2 && line[0] == '/' && line[1] == '/') {
        const char *rule = g_strstr_len(line, (gssize)length, "xn-");
        if (!rule)
            return FALSE;
        length -= (gsize)(rule - line);
        line = rule;
    }
    return can_match(line, word_length(line, length), names);
}

GString *
suffixes_select(const char *text, const GPtrArray *names)
{
    GString *out = g_string_new(NULL);

    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        const gsize length = end ? (gsize)(end - line) : strlen(line);
        if (length > 0 && matters(line, length, names)) {
            g_string_append_len(out, line, (gssize)length);
            g_string_append_c(out, '\n');
        }
        line += length + (end ? 1 : 0);
    }
    return out;
}

char *
suffixes_for(const char *path, const GPtrArray *names)
{
    g_autofree char *text = path ? disk_text(path, LIST_BYTES_MAX, NULL, NULL) : NULL;

    if (!text)
        return NULL;
    g_autoptr(GString) chosen = suffixes_select(text, names);
    const int fd = memfd_create("suffixes", MFD_CLOEXEC);
    if (fd < 0 || write(fd, chosen->str, chosen->len) != (gssize)chosen->len)
        return NULL;
    return g_strdup_printf("/proc/self/fd/%d", fd);
}
