/* class-file.c: lines of CSV, or an array of JSON, with answers added at the end.
 * SPDX-License-Identifier: MIT */
#include "lesson/class-file.h"

#include <string.h>

#include "base/csv.h"
#include "base/disk.h"
#include "base/text.h"
#include "base/translate.h"

/* A class of a thousand learners and a hundred answers each. */
enum { SIZE_MAX_MB = 64 };

static const char header[] = "session,about,item,guess,answer,sure,right,misconception,seconds";

static gboolean
refuse(const char *path, const char *fault, GError **error)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", path, fault);
    return FALSE;
}

static gboolean
has_end(const char *path, const char *end)
{
    const gsize length = strlen(path);

    return length > strlen(end) && g_ascii_strcasecmp(path + length - strlen(end), end) == 0;
}

gboolean
class_file_known(const char *path, GError **error)
{
    if (has_end(path, ".csv") || has_end(path, ".json"))
        return TRUE;
    return refuse(path, _("the name of a class file ends in .csv or .json"), error);
}

/* ---- CSV (RFC 4180) ---- */

/* "2.5", whatever the language of the screen. */
static char *
seconds_text(double seconds)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    return g_strdup(g_ascii_formatd(text, sizeof text, "%.1f", seconds > 0 ? seconds : 0));
}

static void
append_csv(GString *out, const char *session, const char *about, const Answer *answer)
{
    const char *const fields[] = {session, about, answer->item, answer->guess, answer->answer};
    g_autofree char *seconds = seconds_text(answer->seconds);

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        csv_append_cell(out, fields[i], "' ");
        g_string_append_c(out, ',');
    }
    g_string_append_printf(out, "%d,%s,%d,%s\r\n", (int)answer->sure, answer->right ? "yes" : "no",
                           (int)answer->misconception, seconds);
}

/* ---- JSON ---- */

static void
append_json(GString *out, const char *session, const char *about, const Answer *answer)
{
    const struct {
        const char *name, *value;
    } texts[] = {
        {"session", session},     {"about", about},           {"item", answer->item},
        {"guess", answer->guess}, {"answer", answer->answer},
    };
    g_autofree char *seconds = seconds_text(answer->seconds);

    g_string_append_c(out, '{');
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_string_append_printf(out, "\"%s\": ", texts[i].name);
        text_append_json(out, texts[i].value, -1);
        g_string_append(out, ", ");
    }
    g_string_append_printf(
        out, "\"sure\": %d, \"right\": %s, \"misconception\": %d, \"seconds\": %s}",
        (int)answer->sure, answer->right ? "true" : "false", (int)answer->misconception, seconds);
}

/* ---- the file ---- */

/* What stands there already; "" where there is none. */
static GString *
read_old(const char *path, GError **error)
{
    gsize length = 0;
    g_autoptr(GError) fault = NULL;
    g_autofree char *text = disk_text(path, (gsize)2 * SIZE_MAX_MB << 20, &length, &fault);

    if (text)
        return g_string_new_len(text, (gssize)length);
    if (g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_string_new(NULL);
    g_propagate_error(error, g_steal_pointer(&fault));
    return NULL;
}

static gboolean
begin_csv(GString *out, const char *path, GError **error)
{
    if (out->len == 0) {
        g_string_append_printf(out, "%s\r\n", header);
        return TRUE;
    }
    if (strncmp(out->str, header, strlen(header)) != 0)
        return refuse(path, _("this file holds something else than answers of a class"), error);
    if (out->str[out->len - 1] != '\n')
        g_string_append(out, "\r\n");
    return TRUE;
}

/* Up to the last object, so that more can follow. */
static gboolean
begin_json(GString *out, const char *path, GError **error)
{
    static const char start[] = "[\n";

    if (out->len == 0) {
        g_string_append(out, start);
        return TRUE;
    }
    while (out->len > 0 && g_ascii_isspace(out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    if (strncmp(out->str, "[\n{\"session\": ", 14) != 0 || !g_str_has_suffix(out->str, "}\n]"))
        return refuse(path, _("this file holds something else than answers of a class"), error);
    g_string_truncate(out, out->len - 2);
    g_string_append(out, ",\n");
    return TRUE;
}

static void
add_json(GString *out, const char *session, const char *about, const GPtrArray *answers)
{
    for (guint i = 0; i < answers->len; i++) {
        append_json(out, session, about, answers->pdata[i]);
        g_string_append(out, i + 1 < answers->len ? ",\n" : "\n]\n");
    }
}

gboolean
class_file_add(const char *path, const char *session, const char *about, const GPtrArray *answers,
               GError **error)
{
    if (!class_file_known(path, error))
        return FALSE;
    if (answers->len == 0)
        return TRUE;
    g_autoptr(GString) out = read_old(path, error);
    const gboolean csv = has_end(path, ".csv");
    if (!out)
        return FALSE;
    if (out->len > (gsize)SIZE_MAX_MB << 20)
        return refuse(path, _("the file is too large"), error);
    if (csv ? !begin_csv(out, path, error) : !begin_json(out, path, error))
        return FALSE;
    for (guint i = 0; csv && i < answers->len; i++)
        append_csv(out, session, about, answers->pdata[i]);
    if (!csv)
        add_json(out, session, about, answers);
    return disk_replace(path, out->str, out->len, FALSE, error);
}
