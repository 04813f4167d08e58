/* target-json.c: the JSON reader, against another one that shares nothing with it.
 * SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "fuzz.h"

/* Reads whatever is there, by what it says it is. */
static void
walk(JsonReader *in)
{
    const char *key;

    switch (json_kind(in)) {
    case JSON_OBJECT:
        json_object(in);
        while ((key = json_key(in))) {
            FUZZ_REQUIRE(g_utf8_validate(key, -1, NULL));
            walk(in);
        }
        break;
    case JSON_ARRAY:
        json_array(in);
        while (json_item(in))
            walk(in);
        break;
    case JSON_STRING: {
        g_autofree char *text = json_string(in);
        break;
    }
    case JSON_NUMBER:
        json_skip(in);
        break;
    case JSON_BOOL:
        json_bool(in);
        break;
    default:
        json_skip(in);
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const FuzzPart all = fuzz_whole(data, size);
    JsonReader in;

    json_open(&in, all.bytes, all.length);
    json_skip(&in);
    json_end(&in);
    const gboolean skipped = !in.fault;
    FUZZ_REQUIRE(json_line(&in) >= 1);
    json_close(&in);
    if (skipped)
        FUZZ_REQUIRE(fuzz_is_json(all.bytes, all.length));

    json_open(&in, all.bytes, all.length);
    walk(&in);
    json_end(&in);
    if (!in.fault)
        FUZZ_REQUIRE(skipped);
    json_close(&in);
    return 0;
}
