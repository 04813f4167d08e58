/* task.c: tasks as records.
 * SPDX-License-Identifier: MIT */
#include "batch/task.h"

static const char *const kind_words[] = { "files", "block", "judge", NULL };

#define FILE_FIELD(member, kind) { #member, kind, offsetof(TaskFile, member), NULL, NULL, RECORD_SHOWN }
#define FIELD(member, kind, type, words) { #member, kind, offsetof(Task, member), type, words, RECORD_SHOWN }
#define END { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN }

static const RecordField file_fields[] = {
    FILE_FIELD(name, RECORD_STRING), FILE_FIELD(path, RECORD_STRING), FILE_FIELD(beside, RECORD_STRING),
    FILE_FIELD(kind, RECORD_STRING), FILE_FIELD(fault, RECORD_STRING), FILE_FIELD(limit, RECORD_STRING),
    FILE_FIELD(base, RECORD_INT), FILE_FIELD(missing, RECORD_BOOL), END
};
const RecordType task_file_type = { "task-file", sizeof(TaskFile), file_fields };

static const RecordField task_fields[] = {
    FIELD(kind, RECORD_WORD, NULL, kind_words), FIELD(number, RECORD_INT, NULL, NULL),
    FIELD(from, RECORD_INT, NULL, NULL), FIELD(count, RECORD_INT, NULL, NULL),
    FIELD(opens, RECORD_BOOL, NULL, NULL), FIELD(index, RECORD_INT, NULL, NULL),
    FIELD(until, RECORD_INT, NULL, NULL), FIELD(several, RECORD_BOOL, NULL, NULL),
    FIELD(before, RECORD_INT, NULL, NULL), FIELD(files, RECORD_LIST, &task_file_type, NULL), END
};
const RecordType task_type = { "task", sizeof(Task), task_fields };

guint32
task_place(guint file, guint message)
{
    return (guint32)file << 24 | MIN(message, PLACE_OPENING);
}

guint
task_place_file(guint32 place)
{
    return place >> 24;
}

guint
task_place_message(guint32 place)
{
    return place & PLACE_OPENING;
}
