/* dkim-peer.c: verifies messages with libopendkim, which checks DKIM only; for the benches.
 * SPDX-License-Identifier: MIT
 *
 * dkim-peer KEYS FOLDER FIRST COUNT [--print]: KEYS holds lines "NAME RECORD". Prints a line
 * "NUMBER DOMAIN=pass …" for each message. Keys are answered from memory, as a resolver with a full
 * cache would. */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <opendkim/dkim.h>

static DKIM_CBSTAT
find_key(DKIM *dkim, DKIM_SIGINFO *sig, unsigned char *buffer, size_t size)
{
    GHashTable *keys = (GHashTable *)dkim_get_user_context(dkim);
    g_autofree char *name =
        g_strdup_printf("%s._domainkey.%s", (const char *)dkim_sig_getselector(sig),
                        (const char *)dkim_sig_getdomain(sig));
    const char *record = g_hash_table_lookup(keys, name);

    if (!record)
        return DKIM_CBSTAT_NOTFOUND;
    return g_strlcpy((char *)buffer, record, size) < size ? DKIM_CBSTAT_CONTINUE
                                                          : DKIM_CBSTAT_ERROR;
}

static GHashTable *
read_keys(const char *path)
{
    GHashTable *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        exit(2);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        char *blank = strchr(lines[i], ' ');
        if (blank)
            g_hash_table_insert(keys, g_strndup(lines[i], (gsize)(blank - lines[i])),
                                g_strdup(blank + 1));
    }
    return keys;
}

/* Passing takes both: flags alone mislead. */
static void
print_signatures(DKIM *dkim)
{
    DKIM_SIGINFO **list = NULL;
    int count = 0;

    if (dkim_getsiglist(dkim, &list, &count) != DKIM_STAT_OK)
        return;
    for (int i = 0; i < count; i++) {
        const gboolean good =
            dkim_sig_geterror(list[i]) == DKIM_SIGERROR_OK && DKIM_SIG_CHECK(list[i]);
        printf(" %s=%s", (const char *)dkim_sig_getdomain(list[i]), good ? "pass" : "fail");
    }
}

static void
verify(DKIM_LIB *lib, GHashTable *keys, const char *folder, guint number, gboolean print)
{
    DKIM_STAT status = DKIM_STAT_OK;
    g_autofree char *path = g_strdup_printf("%s/%06u.eml", folder, number), *bytes = NULL;
    gsize length = 0;
    DKIM *dkim = dkim_verify(lib, (const unsigned char *)"peer", NULL, &status);

    if (!dkim || !g_file_get_contents(path, &bytes, &length, NULL))
        exit(2);
    dkim_set_user_context(dkim, keys);
    if (dkim_chunk(dkim, (unsigned char *)bytes, length) == DKIM_STAT_OK) {
        dkim_chunk(dkim, NULL, 0);
        (void)dkim_eom(dkim, NULL);
    }
    if (print) {
        printf("%06u", number);
        print_signatures(dkim);
        putchar('\n');
    }
    dkim_free(dkim);
}

int
main(int argc, char **argv)
{
    DKIM_LIB *lib = dkim_init(NULL, NULL);
    unsigned int bits = 1024;
    DKIM_STAT status;

    if (!lib || argc < 5)
        return 2;
    GHashTable *keys = read_keys(argv[1]);
    const guint first = (guint)atoi(argv[3]), end = first + (guint)atoi(argv[4]);
    dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &bits, sizeof bits);
    status = dkim_set_key_lookup(lib, find_key);
    for (guint i = first; i < end && status == DKIM_STAT_OK; i++)
        verify(lib, keys, argv[2], i, argc > 5);
    dkim_close(lib);
    g_hash_table_unref(keys);
    return status == DKIM_STAT_OK ? 0 : 2;
}
