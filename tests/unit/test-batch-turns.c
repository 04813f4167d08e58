/* Messages that are judged by turns: their order, who has told of them, and what the death of a worker costs.
 * SPDX-License-Identifier: MIT */
#include "batch/batch.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What a subject asks of the worker. */
#define CRASH "crash"       /* that it dies, whenever it looks at this message */
#define BESIDE "beside"     /* … when it judges it with others */
#define ONCE "once"         /* … the first time that it does so */
#define OPENING "opening"   /* … the first time that it opens the file */

typedef struct {
    char    *folder;
    GString *said;      /* "0 !name:1 ? …": told of; lost; a file that cannot be opened */
    int     *times;     /* seen by all processes: groups that were judged, deaths … */
} Try;

enum { GROUPS, DEATHS, JUDGED, OPENINGS, FELLED, TIMES };

/* Of the run that is under way, for who cannot be handed it. */
static struct {
    int  *times;
    pid_t parent;
} here;

/* ---- in a worker ---- */

static char *
subject_of(const Message *message)
{
    gsize length;
    const char *text = g_bytes_get_data(message_raw(message), &length);
    const char *subject = g_strstr_len(text, (gssize)length, "Subject: ");

    g_assert_nonnull(subject);
    subject += strlen("Subject: ");
    return g_strndup(subject, strcspn(subject, "\n"));
}

static void
obey(const Try *try, const char *subject, gboolean beside)
{
    const gboolean dies = strstr(subject, CRASH) || (strstr(subject, BESIDE) && beside);

    if (dies && beside)
        __atomic_fetch_add(&try->times[FELLED], 1, __ATOMIC_SEQ_CST);
    if (dies)
        raise(SIGSEGV);
    if (strstr(subject, ONCE) && beside && __atomic_fetch_add(&try->times[DEATHS], 1, __ATOMIC_SEQ_CST) == 0)
        abort();
}

static void
judge(BatchPlace *const *places, guint n, gpointer data)
{
    const Try *try = data;

    g_assert_cmpuint(n, >, 1);
    g_assert_cmpuint(n, <=, BATCH_TURNS);
    __atomic_fetch_add(&try->times[GROUPS], 1, __ATOMIC_SEQ_CST);
    __atomic_fetch_add(&try->times[JUDGED], (int)n, __ATOMIC_SEQ_CST);
    for (guint i = 0; i < n; i++) {
        places[i]->judged = subject_of(places[i]->message);
        obey(try, places[i]->judged, TRUE);
    }
}

static guint
message(const BatchPlace *place, GString *out, gpointer data)
{
    g_autofree char *judged = place->judged;
    g_autofree char *subject = place->message ? subject_of(place->message) : g_strdup("unreadable");

    if (!judged)
        obey(data, subject, FALSE);
    else
        g_assert_cmpstr(judged, ==, subject);
    g_string_append(out, subject);
    record_free(&source_info_type, place->source);
    return 0;
}

/* GLib's, in whose place this stands: a worker copies the bytes of a small file with it when it opens that. */
GBytes *
g_bytes_new(gconstpointer bytes, gsize size)
{
    if (here.times && getpid() != here.parent && g_strstr_len(bytes, (gssize)size, OPENING) &&
        __atomic_fetch_add(&here.times[OPENINGS], 1, __ATOMIC_SEQ_CST) == 0)
        abort();
    return g_bytes_new_take(g_memdup2(bytes, size), size);
}

/* ---- in the parent ---- */

static void
say(Try *try, const char *mark, const char *text)
{
    g_string_append_printf(try->said, "%s%s%s", try->said->len > 0 ? " " : "", mark, text);
}

static void
piece(const void *bytes, gsize length, gpointer data)
{
    g_autofree char *text = g_strndup(bytes, length);
    char *space = strchr(text, ' ');

    if (space)
        *space = '\0';
    say(data, "", text);
}

static void
lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    g_autofree char *name = g_path_get_basename(source->path);
    g_autofree char *text = g_strdup_printf("%s:%d", name, (int)source->index);

    g_assert_cmpint(loss->how, ==, POOL_LOST_SIGNAL);
    g_assert_cmpint(loss->number, ==, SIGSEGV);
    say(data, "!", text);
    record_free(&source_info_type, source);
}

static void
fault(const GError *error, gpointer data)
{
    g_assert_nonnull(error);
    say(data, "?", "");
}

static Try
begin(void)
{
    Try try = { g_dir_make_tmp("turns-XXXXXX", NULL), g_string_new(NULL), NULL };

    try.times = mmap(NULL, TIMES * sizeof *try.times, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return try;
}

static void
run(Try *try, char **files, guint workers, gboolean isolate)
{
    static const BatchClass class = { .message = message, .judge = judge, .piece = piece, .lost = lost, .fault = fault };
    const BatchSources sources = { .files = files, .workers = workers, .isolate = isolate, .separator = '\n' };

    g_string_truncate(try->said, 0);
    memset(try->times, 0, TIMES * sizeof *try->times);
    here.times = try->times;
    here.parent = getpid();
    g_assert_cmpint(batch_run(&class, &sources, NULL, try), ==, POOL_DONE);
}

static void
end(Try *try, char **files)
{
    for (char **file = files; *file; file++)
        g_remove(*file);
    g_rmdir(try->folder);
    g_free(try->folder);
    g_string_free(try->said, TRUE);
    munmap(try->times, TIMES * sizeof *try->times);
}

/* "NUMBER WISH" */
static char *
mail(guint number, const char *wish, gsize size)
{
    g_autofree char *body = g_strnfill(size, 'x');

    return g_strdup_printf("From: ann@example.com\nSubject: %u %s\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n\n%s\n", number, wish, body);
}

static char *
write_file(const Try *try, const char *name, const char *text)
{
    char *path = g_build_filename(try->folder, name, NULL);

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static char *
write_mail(const Try *try, guint number, const char *wish, gsize size)
{
    g_autofree char *name = g_strdup_printf("%u", number);
    g_autofree char *text = mail(number, wish, size);

    return write_file(try, name, text);
}

static char *
write_mailbox(const Try *try, const char *name, guint count, guint deadly, const char *wish)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < count; i++) {
        g_autofree char *one = mail(i, i == deadly ? wish : "", 10);
        g_string_append_printf(text, "From ann@example.com Mon Jan  5 10:00:00 2026\n%s\n", one);
    }
    return write_file(try, name, text->str);
}

/* How many are judged by turns depends on how the work is shared out. */
#define ANY (-1)

/* All are told of in order; in the place of one that asked for something stands `instead`. `judged`: so many by turns at least. */
static void
check(Try *try, char **files, const char *want, int judged)
{
    for (guint workers = 1; workers <= 3; workers++) {
        run(try, files, workers, FALSE);
        g_assert_cmpstr(try->said->str, ==, want);
        if (workers == 1)       /* several share what there is */
            g_assert_cmpint(try->times[JUDGED], >=, judged);
        if (judged == 0)
            g_assert_cmpint(try->times[GROUPS], ==, 0);
    }
    run(try, files, 2, TRUE);
    g_assert_cmpstr(try->said->str, ==, want);
    g_assert_cmpint(try->times[GROUPS], ==, 0);
}

static void
write_files(const Try *try, char **files, guint count, gsize size, guint asking, const char *wish, const char *instead, GString *want)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *own = g_strdup_printf("%u", i);
        files[i] = write_mail(try, i, i == asking ? wish : "", size);
        g_string_append_printf(want, "%s%s", i > 0 ? " " : "", i == asking && instead ? instead : own);
    }
}

static void
check_files(guint count, gsize size, guint asking, const char *wish, const char *instead, int judged)
{
    Try try = begin();
    g_auto(GStrv) files = g_new0(char *, count + 1);
    g_autoptr(GString) want = g_string_new(NULL);

    write_files(&try, files, count, size, asking, wish, instead, want);
    check(&try, files, want->str, judged);
    end(&try, files);
}

/* How often a group died of it after its file could be opened. A process for each message (--isolate) judges none with others. */
static int
check_opening(guint asking, const char *wish, const char *instead)
{
    enum { FILES = 50 };
    Try try = begin();
    g_auto(GStrv) files = g_new0(char *, FILES + 1);
    g_autoptr(GString) want = g_string_new(NULL);

    write_files(&try, files, FILES, 10, asking, wish, instead, want);
    run(&try, files, 1, FALSE);
    g_assert_cmpstr(try.said->str, ==, want->str);
    g_assert_cmpint(try.times[OPENINGS], >, 1);
    const int felled = try.times[FELLED];
    end(&try, files);
    return felled;
}

static void
check_mailbox(guint count, guint asking, const char *wish, const char *instead, int judged)
{
    Try try = begin();
    g_auto(GStrv) files = g_new0(char *, 2);
    g_autoptr(GString) want = g_string_new(NULL);

    files[0] = write_mailbox(&try, "box", count, asking, wish);
    for (guint i = 0; i < count; i++) {
        g_autofree char *own = g_strdup_printf("%u", i);
        g_string_append_printf(want, "%s%s", i > 0 ? " " : "", i == asking && instead ? instead : own);
    }
    check(&try, files, want->str, judged);
    end(&try, files);
}

#define NOBODY G_MAXUINT

static void
test_in_order(void)
{
    check_files(1, 10, NOBODY, "", NULL, 0);
    check_files(2, 10, NOBODY, "", NULL, ANY);
    check_files(50, 3000, NOBODY, "", NULL, 40);
    check_mailbox(1, NOBODY, "", NULL, 0);
    check_mailbox(50, NOBODY, "", NULL, 40);
}

/* Whole turns are handed out, whatever the size of the files; only towards the end there are too few. */
static void
test_whole(void)
{
    static const gsize sizes[] = { 2700, 5300, 5800, 8000, 12000 };
    enum { COUNT = 120, LAST = 30 };

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        Try try = begin();
        g_auto(GStrv) files = g_new0(char *, COUNT + 1);
        for (guint k = 0; k < COUNT; k++)
            files[k] = write_mail(&try, k, "", sizes[i]);
        run(&try, files, 1, FALSE);
        const int groups = try.times[GROUPS], judged = try.times[JUDGED];
        g_assert_cmpint(judged, >=, COUNT - LAST);
        g_assert_cmpint(groups, <=, (COUNT - LAST) / BATCH_TURNS + (judged - (COUNT - LAST)) / 2);
        end(&try, files);
    }
}

/* They do not wait, and nobody waits for them. */
static void
test_large(void)
{
    check_files(10, 70000, NOBODY, "", NULL, 0);
}

/* Nobody knows which of them it was: it shows when they are judged alone. */
static void
test_deaths(void)
{
    static const guint places[] = { 0, 3, 5, 49 };

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *file = g_strdup_printf("!%u:1", places[i]);
        check_files(50, 10, places[i], CRASH, file, 20);
        check_files(50, 10, places[i], BESIDE, NULL, 20);
        check_files(50, 10, places[i], ONCE, NULL, 20);
    }
    check_files(3, 10, 1, CRASH, "!1:1", ANY);
    check_mailbox(50, 20, CRASH, "!box:21", 20);
    check_mailbox(50, 21, BESIDE, NULL, 20);
}

/* All of them: each is lost, and no other. */
static void
test_many_deaths(void)
{
    Try try = begin();
    g_auto(GStrv) files = g_new0(char *, 31);
    g_autoptr(GString) want = g_string_new(NULL);

    for (guint i = 0; i < 30; i++) {
        files[i] = write_mail(&try, i, i % 7 == 6 ? "" : CRASH, 10);
        g_string_append_printf(want, i % 7 == 6 ? "%s%u" : "%s!%u:1", i > 0 ? " " : "", i);
    }
    check(&try, files, want->str, ANY);
    end(&try, files);
}

/* What cannot be opened, what is large, and mailboxes, between messages that wait; often enough that some do. */
static void
test_between(void)
{
    enum { KINDS = 8, TIMES_EACH = 6 };
    Try try = begin();
    g_auto(GStrv) files = g_new0(char *, KINDS * TIMES_EACH + 1);
    g_autoptr(GString) want = g_string_new(NULL);

    files[0] = write_mail(&try, 0, "", 10);
    files[1] = write_mail(&try, 1, "", 70000);
    files[2] = write_mail(&try, 2, "", 10);
    files[3] = g_build_filename(try.folder, "nowhere", NULL);
    files[4] = write_mail(&try, 4, "", 10);
    files[5] = write_mailbox(&try, "box", 3, 1, BESIDE);
    files[6] = write_mail(&try, 6, "", 10);
    files[7] = write_mail(&try, 7, CRASH, 10);
    for (guint i = 0; i < TIMES_EACH; i++) {
        g_string_append_printf(want, "%s0 1 2 ? 4 0 1 2 6 !7:1", i > 0 ? " " : "");
        for (guint k = 0; k < KINDS && i > 0; k++)
            files[i * KINDS + k] = g_strdup(files[k]);
    }
    check(&try, files, want->str, 2);
    end(&try, files);
}

/* It dies where it opens a file, and then where it judges that file's message with others: the second death is not the first one
 * once more. Only the first file of a task is opened while no other message waits, and which those are depends on how the work is
 * shared out. */
static void
test_opening_then_group(void)
{
    enum { ASKING = 20 };
    int groups = 0;

    for (guint asking = 0; asking < ASKING; asking++) {
        g_autofree char *lost = g_strdup_printf("!%u:1", asking);
        groups += check_opening(asking, OPENING, NULL);
        groups += check_opening(asking, OPENING " " BESIDE, NULL);
        groups += check_opening(asking, OPENING " " CRASH, lost);
    }
    g_assert_cmpint(groups, >, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/batch-turns/in-order", test_in_order);
    g_test_add_func("/batch-turns/whole", test_whole);
    g_test_add_func("/batch-turns/large", test_large);
    g_test_add_func("/batch-turns/deaths", test_deaths);
    g_test_add_func("/batch-turns/opening-then-group", test_opening_then_group);
    g_test_add_func("/batch-turns/many-deaths", test_many_deaths);
    g_test_add_func("/batch-turns/between", test_between);
    return g_test_run();
}
