/* class-book.c: the answers of this session, for the score and for the file of a class.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "lesson/class-file.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"

struct ClassBook {
    GPtrArray *answers; /* Answer */
    GPtrArray *abouts;  /* char *: what each is of */
    char *path;         /* of the file; or NULL */
    char *session;      /* made up, or what the person calls itself */
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
    book->session = g_strdup_printf("learner-%04x", (guint)g_random_int_range(0, 0x10000));
    return book;
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
        if (!class_file_add(book->path, book->session, book->abouts->pdata[book->written], one,
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
                   book->path, book->session);
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
    app_status(app, _("Answers go to %s, as those of %s"), book->path, book->session);
}
