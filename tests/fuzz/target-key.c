/* target-key.c: DKIM key records, and a signature checked with them.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "auth/key.h"
#include "fuzz.h"

/* The record, "%%", octets of a signature that nobody made. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    g_autoptr(GBytes) record = fuzz_bytes(fuzz_cut(&rest));
    g_autoptr(Key) key = key_parse(g_bytes_get_data(record, NULL) ? g_bytes_get_data(record, NULL)
                                                                  : "", g_bytes_get_size(record));
    guint8 digest[KEY_DIGEST] = { 1 };

    FUZZ_REQUIRE(key && key_bits(key) >= 0);
    key_is_testing(key);
    key_is_strict(key);
    key_allows_email(key);
    key_allows_hash(key, "sha256");
    if (key_problem(key))
        return 0;
    FUZZ_REQUIRE(key_type(key));
    FUZZ_REQUIRE(!g_str_equal(key_type(key), "rsa") || key_bits(key) >= KEY_RSA_MIN_BITS);
    if (!rest.length)
        return 0;
    g_autofree guint8 *signature = g_memdup2(rest.bytes, rest.length);
    FUZZ_REQUIRE(!key_verify_digest(key, signature, rest.length, digest));
    key_recover(key, signature, rest.length, digest);
    return 0;
}
