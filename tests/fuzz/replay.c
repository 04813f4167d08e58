/* replay.c: runs fuzz targets without libFuzzer: inputs as they are, and mutations of them that are always the same.
 * SPDX-License-Identifier: MIT
 *
 * replay TARGET COUNT FILE …   runs each file, then COUNT mutations of them; the last line says how many inputs ran.
 * replay --list                names the targets.
 * An input that breaks something stands in $FUZZ_LAST, where that is given, before it is run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

typedef struct {
    const char *name;
    int       (*run)(const guint8 *data, gsize size);
} Target;

#define T(name) int fuzz_target_##name(const guint8 *data, gsize size);
FUZZ_TARGETS
#undef T
#define T(name) { #name, fuzz_target_##name },
static const Target targets[] = { FUZZ_TARGETS };

/* A longer input is cut: a few thousand of them shall not take a minute. */
enum { LENGTH_MAX = 6000 };

static void
run(const Target *target, const GByteArray *input)
{
    const char *last = g_getenv("FUZZ_LAST");
    /* A piece of memory of just that length: valgrind and sanitizers see a byte too many. */
    g_autofree guint8 *copy = input->len ? g_memdup2(input->data, input->len) : NULL;

    if (last)
        g_file_set_contents_full(last, copy ? (const char *)copy : "", (gssize)input->len,
                                 G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    target->run(copy, input->len);
}

static void
insert(GByteArray *input, guint at, const guint8 *bytes, guint length)
{
    g_autofree guint8 *tail = g_memdup2(input->data + at, input->len - at);
    const guint rest = input->len - at;

    g_byte_array_set_size(input, at);
    g_byte_array_append(input, bytes, length);
    if (rest)
        g_byte_array_append(input, tail, rest);
}

/* One small change; `other` lends pieces. */
static void
mutate(GRand *random, GByteArray *input, const GByteArray *other)
{
    static const char *const pieces[] = { "\n", "\r\n", " ", ";", ":", "@", "\"", "(", "<", "%", "=?", "\x1b[", "\xe2\x80\xae",
                                          "\xff", "\n%%\n", "=", ".", "\t", "--", "From " };
    const guint at = (guint)g_rand_int_range(random, 0, (gint32)input->len + 1);
    const guint left = input->len - at;

    switch (g_rand_int_range(random, 0, 6)) {
    case 0:
        if (left)
            input->data[at] = (guint8)g_rand_int(random);
        break;
    case 1:
        if (left)
            input->data[at] ^= (guint8)(1u << g_rand_int_range(random, 0, 8));
        break;
    case 2:
        if (left)
            g_byte_array_remove_range(input, at, (guint)g_rand_int_range(random, 1, (gint32)MIN(left, 20) + 1));
        break;
    case 3: {
        const char *piece = pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))];
        insert(input, at, (const guint8 *)piece, (guint)strlen(piece));
        break;
    }
    case 4:
        if (other->len) {
            const guint from = (guint)g_rand_int_range(random, 0, (gint32)other->len);
            insert(input, at, other->data + from, MIN(other->len - from, 30));
        }
        break;
    default:
        g_byte_array_set_size(input, at);
    }
}

static GPtrArray *
read_inputs(char **paths)
{
    GPtrArray *inputs = g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);

    for (; *paths; paths++) {
        char *text = NULL;
        gsize length = 0;
        if (!g_file_get_contents(*paths, &text, &length, NULL))
            continue;
        g_ptr_array_add(inputs, g_byte_array_new_take((guint8 *)text, length));
    }
    if (!inputs->len)
        g_ptr_array_add(inputs, g_byte_array_new());
    return inputs;
}

static void
run_mutations(const Target *target, const GPtrArray *inputs, guint count)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261122);

    for (guint i = 0; i < count; i++) {
        const GByteArray *from = inputs->pdata[g_rand_int_range(random, 0, (gint32)inputs->len)];
        const GByteArray *other = inputs->pdata[g_rand_int_range(random, 0, (gint32)inputs->len)];
        g_autoptr(GByteArray) input = g_byte_array_new();
        if (from->len)
            g_byte_array_append(input, from->data, MIN(from->len, LENGTH_MAX));
        for (gint32 changes = g_rand_int_range(random, 1, 6); changes > 0; changes--)
            mutate(random, input, other);
        run(target, input);
    }
}

static const Target *
find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++)
        if (g_str_equal(targets[i].name, name))
            return &targets[i];
    return NULL;
}

int
main(int argc, char **argv)
{
    if (argc == 2 && g_str_equal(argv[1], "--list")) {
        for (gsize i = 0; i < G_N_ELEMENTS(targets); i++)
            printf("%s\n", targets[i].name);
        return 0;
    }
    if (argc == 4 && g_str_equal(argv[1], "--make")) {
        fuzz_make_seeds(argv[2], argv[3]);
        return 0;
    }
    const Target *target = argc >= 3 ? find(argv[1]) : NULL;
    if (!target) {
        fprintf(stderr, "usage: replay TARGET COUNT FILE … | replay --list | replay --make SAMPLE FOLDER\n");
        return 2;
    }
    const guint count = (guint)g_ascii_strtoull(argv[2], NULL, 10);
    g_autoptr(GPtrArray) inputs = read_inputs(argv + 3);
    for (guint i = 0; i < inputs->len; i++)
        run(target, inputs->pdata[i]);
    run_mutations(target, inputs, count);
    printf("%u inputs\n", inputs->len + count);
    return 0;
}
