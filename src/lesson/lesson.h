/* lesson.h: the lessons that there are: folders with a message, its snapshot and a text.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/record.h"
#include "lesson/script.h"

/* How its messages are judged: the head's `at:` and `options:`. */
typedef struct {
    gint64 at;                  /* RECORD_UNSET: when it was received */
    char  *ip, *helo, *mail_from;   /* or NULL */
    char **trust;               /* NULL-terminated; or NULL */
} LessonOptions;

typedef struct {
    char         *folder;
    char         *name;         /* "02-web-form" */
    char         *language;     /* of the text: "en", "ja" */
    Script       *script;
    LessonOptions options;
    gboolean      own;          /* the person's, not the program's */
} Lesson;

/* What the message is called where the text names no other. */
#define LESSON_MESSAGE "message.eml"

/* The language that the program speaks. (transfer none) */
const char *lesson_language(void);

/* All that are installed and the person's own (which stand for one of the same name), by name. What
 * cannot be read is left out and added to `faults`. (transfer full: GPtrArray of Lesson, with free
 * function) */
GPtrArray  *lesson_list(GPtrArray *faults);
/* What is to be said where that is empty. (transfer full) */
char       *lesson_none(void);
/* By its number ("2", "02"), its name with or without that, or its folder. NULL and `error`.
 * (transfer full) */
Lesson     *lesson_find(const char *name, GError **error);
/* The lesson that `again` of this one names: of the folders beside it, since a trainer's own lessons stand together; else as
 * lesson_find(). NULL: there is none. (transfer full) */
Lesson     *lesson_beside(const Lesson *lesson, const char *name);
/* A folder's lesson in that language, in English where there is no such text. NULL: there is none,
 * or it cannot be read. `faults` may be NULL. (transfer full) */
Lesson     *lesson_read(const char *folder, const char *language, GPtrArray *faults);
void        lesson_free(Lesson *lesson);

const char *lesson_title(const Lesson *lesson);
/* The place of a file of the lesson; NULL where its name leads out of the folder. (transfer full)
 */
char       *lesson_file(const Lesson *lesson, const char *name);
/* The message of a section: that of the last `other` before it. (transfer full) */
char       *lesson_message(const Lesson *lesson, guint section);
/* Where its languages' texts stand: "lesson.txt", "lesson.ja.txt" that are there, English first.
 * (transfer full) */
char      **lesson_texts(const char *folder);
/* "02", "02-web-form", "web-form": whether the lesson of that name is meant. */
gboolean    lesson_is(const char *lesson, const char *name);
/* `again` "01/who": the lesson and the item. (transfer full) */
gboolean    lesson_reference(const char *text, char **lesson, char **item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lesson, lesson_free)
