/* class-book.c: the answers of this session, for the score and for the file of a class.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "lesson/class-file.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"

struct ClassBook {
    GPtrArray *answers; /* Answer */
    GPtrArray *abouts;  /* char *: what each is of */
    char *path;         /* of the file; or NULL */
    char *session;      /* made up, or what the person calls itself; NULL: nobody asked yet */
    guint written;      /* of the answers */
};

static void
free_answer(gpointer answer)
{
    answer_free(answer);
}

ClassBook *
class_book_new(const char *path)
{
    ClassBook *book = g_new0(ClassBook, 1);

    book->answers = g_ptr_array_new_with_free_func(free_answer);
    book->abouts = g_ptr_array_new_with_free_func(g_free);
    book->path = g_strdup(path);
    return book;
}

/* Made up when it is asked for: the first random number of a process takes longer than all else that a start needs of this. */
static const char *
session_of(ClassBook *book)
{
    if (!book->session)
        book->session = g_strdup_printf("learner-%04x", (guint)g_random_int_range(0, 0x10000));
    return book->session;
}

void
class_book_free(ClassBook *book)
{
    if (!book)
        return;
    g_ptr_array_unref(book->answers);
    g_ptr_array_unref(book->abouts);
    g_free(book->path);
    g_free(book->session);
    g_free(book);
}

const GPtrArray *
class_book_answers(const ClassBook *book)
{
    return book->answers;
}

/* One by one, since each has its own `about`; what is written stays so, whatever comes after. */
static gboolean
write_rest(ClassBook *book, GError **error)
{
    while (book->written < book->answers->len) {
        g_autoptr(GPtrArray) one = g_ptr_array_new();
        g_ptr_array_add(one, book->answers->pdata[book->written]);
        if (!class_file_add(book->path, session_of(book), book->abouts->pdata[book->written], one,
                            error))
            return FALSE;
        book->written++;
    }
    return TRUE;
}

void
class_note(App *app, const char *about, const Answer *answer)
{
    ClassBook *book = app->book;
    g_autoptr(GError) error = NULL;

    g_ptr_array_add(book->answers, record_copy(&answer_type, answer));
    g_ptr_array_add(book->abouts, g_strdup(about));
    if (book->path && !write_rest(book, &error))
        app_status(app, "%s", error->message);
}

/* "class.csv", "class.csv owl": the answers so far go there, too. */
void
command_class(App *app, const char *argument)
{
    ClassBook *book = app->book;
    g_auto(GStrv) words = g_strsplit(argument, " ", 2);
    g_autoptr(GError) error = NULL;

    if (!words[0] || !*words[0]) {
        app_status(app,
                   book->path ? _("Answers go to %s, as those of %s") : _("Answers go to no file"),
                   book->path, session_of(book));
        return;
    }
    if (g_str_equal(words[0], "off")) {
        g_clear_pointer(&book->path, g_free);
        app_status(app, _("Answers go to no file"));
        return;
    }
    if (!class_file_known(words[0], &error)) {
        app_status(app, "%s", error->message);
        return;
    }
    g_free(book->path);
    book->path = g_strdup(words[0]);
    if (words[1] && *g_strstrip(words[1])) {
        g_free(book->session);
        book->session = g_strdup(words[1]);
    }
    if (!write_rest(book, &error)) {
        g_clear_pointer(&book->path, g_free);
        app_status(app, "%s", error->message);
        return;
    }
    app_status(app, _("Answers go to %s, as those of %s"), book->path, session_of(book));
}

/* ---- handed on (way.h) ---- */

/* More is not handed on. */
enum { SAID_MAX = 16384 };

static char *
answer_said(const Answer *answer, const char *about)
{
    g_autofree char *numbers = g_strdup_printf("%d\n%d\n%d", (int)answer->sure, (int)answer->misconception,
                                               (int)(1000 * CLAMP(answer->seconds, 0, G_MAXINT16)));

    return g_strjoin("\n", numbers, answer->item, answer->guess, answer->answer, about, NULL);
}

/* The newest that there is room for, the oldest of them first. */
static void
say_answers(const ClassBook *book, void (*say)(GString *out, const char *word, const char *about), GString *out)
{
    gsize length = 0;
    guint first = book->answers->len;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);

    for (; first > 0 && length < SAID_MAX; first--) {
        char *text = answer_said(book->answers->pdata[first - 1], book->abouts->pdata[first - 1]);
        length += strlen(text);
        g_ptr_array_add(texts, text);
    }
    for (guint i = texts->len; i > 0; i--)
        say(out, "answered", texts->pdata[i - 1]);
}

void
class_say(const App *app, void (*say)(GString *out, const char *word, const char *about), GString *out)
{
    ClassBook *book = app->book;

    if (!app->predict && book->answers->len == 0)
        return;
    g_autofree char *whose = g_strconcat(session_of(book), "\n", book->path, NULL);
    say(out, "class", whose);
    say_answers(book, say, out);
}

static void
recall_answer(ClassBook *book, const char *said)
{
    g_auto(GStrv) words = g_strsplit(said, "\n", 7);
    gint64 numbers[3];

    if (g_strv_length(words) != 7)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        numbers[i] = CLAMP(g_ascii_strtoll(words[i], NULL, 10), 0, G_MAXINT32);
    g_ptr_array_add(book->answers, answer_new(words[3], words[4], words[5], CLAMP((guint)numbers[0], SURE_MIN, SURE_MAX),
                                              (guint)numbers[1], (double)numbers[2] / 1000));
    g_ptr_array_add(book->abouts, g_strdup(words[6]));
}

/* `said` begins with whose they are. What the process before this one wrote down is not written again. */
void
class_recall(App *app, const GPtrArray *said)
{
    ClassBook *book = app->book;

    if (said->len == 0)
        return;
    g_auto(GStrv) whose = g_strsplit(said->pdata[0], "\n", 2);
    if (whose[0] && *whose[0]) {
        g_free(book->session);
        book->session = g_strdup(whose[0]);
        g_free(book->path);
        book->path = whose[1] && *whose[1] ? g_strdup(whose[1]) : NULL;
    }
    for (guint i = 1; i < said->len; i++)
        recall_answer(book, said->pdata[i]);
    book->written = book->path ? book->answers->len : 0;
}
