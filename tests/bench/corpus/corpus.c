/* corpus.c: writes messages for the benches, the same bytes in every run.
 * SPDX-License-Identifier: MIT
 *
 * corpus files FOLDER COUNT   one file a message, and envelopes.tsv
 * corpus mbox FILE COUNT      all in one mailbox
 * corpus zone FOLDER          what their domains publish: snapshot.dns, root.zone
 * corpus series FILE COUNT KIND      one message with so many signatures, fields, … (series.c)
 * corpus large FILE BYTES KIND       one message of so many bytes: text, base64; --lf
 * Options: --mix mixed|plain|turns (mail.h), --size BYTES (of a message), --seed N, --first N
 * (number of the first), --lf. Prints as JSON what a checker has to do at least: {messages, bytes, signatures,
 * hashed}. */
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "keys.h"
#include "mail.h"
#include "series.h"
#include "world.h"

typedef struct {
    char *mix;
    gint size, seed, first;
    gboolean lf;
    guint64 bytes, signatures, hashed;
} Corpus;

static FILE *
open_new(const char *path)
{
    FILE *out = fopen(path, "wb");

    if (!out) {
        g_printerr("corpus: %s: %s\n", path, g_strerror(errno));
        exit(2);
    }
    return out;
}

static void
close_new(FILE *out)
{
    if (fclose(out) != 0) {
        g_printerr("corpus: %s\n", g_strerror(errno));
        exit(2);
    }
}

static MailMix
mix_of(const char *name)
{
    return g_strcmp0(name, "plain") == 0   ? MAIL_PLAIN
           : g_strcmp0(name, "turns") == 0 ? MAIL_TURNS
                                           : MAIL_MIXED;
}

static Mail
make(Corpus *c, Keys *keys, guint number)
{
    Mail mail = mail_new(keys, mix_of(c->mix), (guint64)c->seed, number, (gsize)c->size);

    c->bytes += mail.bytes->len;
    c->signatures += mail.signatures;
    c->hashed += mail.hashed;
    return mail;
}

static void
write_files(Corpus *c, Keys *keys, const char *folder, guint count)
{
    g_autofree char *list = g_build_filename(folder, "envelopes.tsv", NULL);

    g_mkdir_with_parents(folder, 0777);
    FILE *envelopes = open_new(list);
    for (guint i = (guint)c->first; i < (guint)c->first + count; i++) {
        g_auto(Mail) mail = make(c, keys, i);
        g_autofree char *path = g_strdup_printf("%s/%06u.eml", folder, i);
        FILE *out = open_new(path);
        fwrite(mail.bytes->str, 1, mail.bytes->len, out);
        close_new(out);
        fprintf(envelopes, "%06u.eml\t%s\t%s\t%s\n", i, mail.ip, mail.helo, mail.mail_from);
    }
    close_new(envelopes);
}

/* With the line ends of Unix, as mailboxes have them; no line of these bodies begins with "From ".
 */
static void
write_mbox(Corpus *c, Keys *keys, const char *path, guint count)
{
    FILE *out = open_new(path);

    for (guint i = (guint)c->first; i < (guint)c->first + count; i++) {
        g_auto(Mail) mail = make(c, keys, i);
        g_autofree char *date = date_of_mbox(mail.time);
        g_autoptr(GString) lines = g_string_new_len(mail.bytes->str, (gssize)mail.bytes->len);
        g_string_replace(lines, "\r\n", "\n", 0);
        fprintf(out, "From %s %s\n", mail.mail_from, date);
        fwrite(lines->str, 1, lines->len, out);
        fputc('\n', out);
    }
    close_new(out);
}

static void
write_zone(Keys *keys, const char *folder)
{
    g_autofree char *zone = world_zone(keys),
                    *snapshot = g_build_filename(folder, "snapshot.dns", NULL);
    g_autofree char *root = g_build_filename(folder, "root.zone", NULL);

    g_mkdir_with_parents(folder, 0777);
    FILE *out = open_new(snapshot);
    fprintf(out, ";! snapshot 1\n;! taken 2024-09-02T00:00:00Z\n;! complete .\n%s", zone);
    close_new(out);
    out = open_new(root);
    fprintf(out,
            "$ORIGIN .\n$TTL 300\n. IN SOA ns.example. admin.example. 1 3600 600 86400 60\n. IN NS "
            "ns.example.\n"
            "ns.example. IN A 127.0.0.1\n%s",
            zone);
    close_new(out);
}

static gboolean
write_one(Corpus *c, Keys *keys, char **words, guint count)
{
    FILE *out = open_new(words[2]);
    const gboolean known = g_str_equal(words[1], "series")
                               ? series_write(keys, words[4], count, out)
                               : series_write_large(keys, words[4], count, c->lf, out);

    close_new(out);
    return known;
}

static gboolean
run(Corpus *c, char **words, guint length)
{
    const guint count = length > 3 ? (guint)strtoul(words[3], NULL, 10) : 0;
    Keys *keys = keys_new();
    gboolean known = TRUE;

    if (length == 4 && g_str_equal(words[1], "files"))
        write_files(c, keys, words[2], count);
    else if (length == 4 && g_str_equal(words[1], "mbox"))
        write_mbox(c, keys, words[2], count);
    else if (length == 3 && g_str_equal(words[1], "zone"))
        write_zone(keys, words[2]);
    else if (length == 5 && (g_str_equal(words[1], "series") || g_str_equal(words[1], "large")))
        known = write_one(c, keys, words, count);
    else
        known = FALSE;
    keys_free(keys);
    printf("{\"messages\": %u, \"bytes\": %" G_GUINT64_FORMAT ", \"signatures\": %" G_GUINT64_FORMAT
           ", \"hashed\": %" G_GUINT64_FORMAT "}\n",
           count, c->bytes, c->signatures, c->hashed);
    return known;
}

int
main(int argc, char **argv)
{
    Corpus c = {.size = 6144, .seed = 7};
    const GOptionEntry entries[] = {
        {"mix", 0, 0, G_OPTION_ARG_STRING, &c.mix, "mixed, plain or turns", "MIX"},
        {"size", 0, 0, G_OPTION_ARG_INT, &c.size, "bytes of a message", "BYTES"},
        {"seed", 0, 0, G_OPTION_ARG_INT, &c.seed, "another corpus", "N"},
        {"first", 0, 0, G_OPTION_ARG_INT, &c.first, "number of the first message", "N"},
        {"lf", 0, 0, G_OPTION_ARG_NONE, &c.lf, "lines end with LF", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    g_autoptr(GOptionContext) context =
        g_option_context_new("files|mbox|zone|series|large WHERE [COUNT [KIND]]");
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || !run(&c, argv, (guint)argc)) {
        g_printerr("corpus: %s\n", error ? error->message : "see the head of corpus.c");
        return 2;
    }
    g_free(c.mix);
    return 0;
}
