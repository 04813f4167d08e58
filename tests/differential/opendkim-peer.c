/* opendkim-peer.c: what libopendkim says about messages; for the differential tests only.
 * SPDX-License-Identifier: MIT
 *
 * opendkim-peer KEYS MESSAGE...: KEYS holds lines "NAME RECORD". Prints a line "MESSAGE" and then, indented, one
 * "SELECTOR pass" or "SELECTOR not" for each signature. Messages must end their lines with CRLF. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <opendkim/dkim.h>

static unsigned char *
read_file(const char *path, size_t *length)
{
    FILE *in = fopen(path, "rb");
    unsigned char *bytes = NULL;

    *length = 0;
    if (!in)
        return NULL;
    fseek(in, 0, SEEK_END);
    const long size = ftell(in);
    rewind(in);
    bytes = malloc((size_t)size + 1);
    *length = fread(bytes, 1, (size_t)size, in);
    fclose(in);
    return bytes;
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
        const unsigned char *selector = dkim_sig_getselector(list[i]);
        const int good = dkim_sig_geterror(list[i]) == DKIM_SIGERROR_OK && DKIM_SIG_CHECK(list[i]);
        printf(" %s %s\n", selector ? (const char *)selector : "?", good ? "pass" : "not");
    }
}

static void
verify(DKIM_LIB *lib, const char *path)
{
    DKIM_STAT status = DKIM_STAT_OK;
    size_t length = 0;
    unsigned char *bytes = read_file(path, &length);
    DKIM *dkim = dkim_verify(lib, (const unsigned char *)"peer", NULL, &status);

    printf("%s\n", path);
    if (dkim && bytes && dkim_chunk(dkim, bytes, length) == DKIM_STAT_OK) {
        dkim_chunk(dkim, NULL, 0);
        (void)dkim_eom(dkim, NULL);
        print_signatures(dkim);
    }
    if (dkim)
        dkim_free(dkim);
    free(bytes);
}

int
main(int argc, char **argv)
{
    DKIM_LIB *lib = dkim_init(NULL, NULL);
    dkim_query_t method = DKIM_QUERY_FILE;
    unsigned int bits = 1024;

    if (!lib || argc < 2)
        return 2;
    dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_QUERYMETHOD, &method, sizeof method);
    dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_QUERYINFO, argv[1], strlen(argv[1]) + 1);
    dkim_options(lib, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &bits, sizeof bits);
    for (int i = 2; i < argc; i++)
        verify(lib, argv[i]);
    dkim_close(lib);
    return 0;
}
