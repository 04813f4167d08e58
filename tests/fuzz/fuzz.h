/* fuzz.h: what the fuzz targets share: parts of an input, DNS made of it, and what must always hold.
 * SPDX-License-Identifier: MIT
 *
 * A target is one file target-NAME.c with LLVMFuzzerTestOneInput(). libFuzzer runs it under the
 * sanitizers (`make fuzz`); replay.c runs it in `make check`. It aborts where something does not
 * hold that should, so that a wrong answer is found as a crash is. */
#pragma once

#include <glib.h>

#include "dns/resolver.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* Ends the process, and says what did not hold. */
#define FUZZ_REQUIRE(condition) \
    ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
void fuzz_broken(const char *file, int line, const char *what) G_GNUC_NORETURN;

/* ---- inputs of several parts: a line "%%" stands between them ---- */

typedef struct {
    const char *bytes;
    gsize       length;
} FuzzPart;

FuzzPart fuzz_whole(const guint8 *data, gsize size);
/* What stands before the next such line; `rest` is then what follows it. */
FuzzPart fuzz_cut(FuzzPart *rest);
/* The next line of `rest`, without its end; FALSE: there is none. */
gboolean fuzz_line(FuzzPart *rest, FuzzPart *line);
/* A copy of just that length, so that a byte too many is seen. (transfer full) */
GBytes  *fuzz_bytes(FuzzPart part);
/* The same up to the first NUL, as a string. (transfer full) */
char    *fuzz_string(FuzzPart part);
/* The name of a file that holds these bytes, until the next call. (transfer none) */
const char *fuzz_file(FuzzPart part);

/* ---- DNS by lines "NAME TYPE DATA" and "NAME TYPE !STATUS"; `*` is every other name ---- */

typedef struct {
    GPtrArray *rows;
    gboolean   trouble;     /* whatever is asked has no answer today */
    guint8     silent;      /* nor has what falls to one of these bits by its name */
    guint      asked;
} FuzzDns;

/* `dns` lives as long as the resolver. (transfer full) */
Resolver *fuzz_resolver(FuzzDns *dns, FuzzPart lines);
void      fuzz_dns_clear(FuzzDns *dns);

/* ---- what must hold ---- */

/* One value of JSON by RFC 8259, and nothing behind it. */
gboolean fuzz_is_json(const char *text, gsize length);
/* Lines of JSON, in UTF-8. */
void     fuzz_check_json(const GString *text);
/* UTF-8 without control or format characters but LF; SGR sequences where there is `color`. */
void     fuzz_check_text(const GString *text, gboolean color);
/* A name as base/name.h keeps them. */
void     fuzz_check_name(const char *name);

/* ---- messages: fuzz-signed.c ---- */

/* A message of the samples and its DNS: "webform". (transfer full) */
GBytes   *fuzz_sample(const char *name);
Resolver *fuzz_sample_dns(const char *name);

/* Writes what targets of saved data start from into FOLDER/TARGET-NAME: fuzz-made.c */
void      fuzz_make_seeds(const char *sample, const char *folder);
