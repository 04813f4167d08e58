/* target-words.c: texts of header fields with encoded words.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "message/decode.h"
#include "message/media.h"
#include "message/message.h"
#include "message/words.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *value = fuzz_string(fuzz_whole(data, size));
    g_autofree char *plain = words_decode(value);
    g_autofree char *text = decode_text(value);
    g_autofree char *phrase = decode_phrase(value);
    g_autofree char *whole = message_decode_value((const char *)data, size);
    g_autoptr(Media) type = media_parse(value, MEDIA_TYPE);
    g_autoptr(Media) disposition = media_parse(value, MEDIA_DISPOSITION);

    FUZZ_REQUIRE(text && g_utf8_validate(text, -1, NULL));
    FUZZ_REQUIRE(phrase && g_utf8_validate(phrase, -1, NULL));
    FUZZ_REQUIRE(whole && g_utf8_validate(whole, -1, NULL));
    FUZZ_REQUIRE(!plain || g_utf8_validate(plain, -1, NULL));
    if (type)
        FUZZ_REQUIRE(media_word(type));
    return 0;
}
