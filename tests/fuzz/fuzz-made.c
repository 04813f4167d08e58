/* fuzz-made.c: saved records, rows and surveys of a sample, for targets that start from them.
 * SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"
#include "batch/task.h"
#include "dns/wire.h"
#include "fuzz.h"
#include "report/printer-survey.h"
#include "survey/read.h"
#include "tui/terminal/cells.h"

static void
write_seed(const char *folder, const char *target, const char *sample, guint kind, GBytes *bytes)
{
    g_autofree char *name = g_strdup_printf("%s-%s-%u", target, sample, kind);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GString) out = g_string_new(NULL);

    /* Of target-record.c: which type it is. */
    if (g_str_equal(target, "record"))
        g_string_append_c(out, (char)kind);
    g_string_append_len(out, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
    FUZZ_REQUIRE(g_file_set_contents(path, out->str, (gssize)out->len, NULL));
}

static void
write_survey(const Report *report, const char *sample, const char *folder)
{
    g_autoptr(SurveyRow) row = survey_row_new(report, NULL);
    g_autoptr(GString) packed = g_string_new(NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    g_autoptr(Survey) survey = survey_new();

    survey_row_pack(row, packed);
    survey_add(survey, row);
    printer_survey_json(json, survey);
    g_autoptr(GBytes) row_bytes = g_bytes_new(packed->str, packed->len);
    g_autoptr(GBytes) json_bytes = g_bytes_new(json->str, json->len);
    g_autoptr(GBytes) record = record_save(&survey_row_type, row);
    write_seed(folder, "row", sample, 0, row_bytes);
    write_seed(folder, "survey", sample, 0, json_bytes);
    write_seed(folder, "record", sample, 3, record);
}

static void
write_dns(const Report *report, const char *sample, const char *folder)
{
    for (guint i = 0; i < report->dns->len && i < 6; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        g_autoptr(GBytes) record = record_save(&dns_answer_type, answer);
        g_autoptr(GBytes) wire = wire_answer(answer);
        g_autoptr(GBytes) question = wire_question(i, answer->name, dns_type_of(answer->type));
        write_seed(folder, "wire", sample, 2 * i, wire);
        write_seed(folder, "wire", sample, 2 * i + 1, question);
        if (i == 0)
            write_seed(folder, "record", sample, 2, record);
    }
}

static void
write_task(const char *sample, const char *folder)
{
    const TaskFile file = { .name = "a.eml", .path = "mail/a.eml", .beside = "a.dns", .kind = "eml", .fd = 0, .beside_fd = 1 };
    const Task task = { .kind = TASK_FILES, .number = 3, .several = TRUE };
    g_autoptr(GByteArray) wire = g_byte_array_new();

    task_begin(wire, &task);
    task_add(wire, &file);
    task_add(wire, &file);
    g_autoptr(GBytes) bytes = g_bytes_new(wire->data, wire->len);
    write_seed(folder, "task", sample, 0, bytes);
}

static void
add_piece(const guint8 *bytes, gsize length, gpointer data)
{
    const guint8 head = (guint8)length;

    if (length > G_MAXUINT8)
        return;
    g_byte_array_append(data, &head, 1);
    g_byte_array_append(data, bytes, (guint)length);
}

/* Two frames, as target-cells.c has them. */
static void
write_cells(const char *sample, const char *folder)
{
    static const char *const texts[] = { "plain text", "\xe6\xbc\xa2\xe5\xad\x97 a\xcc\x81", "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9 x" };
    static const guint8 size[] = { 19, 2, 0 };

    for (guint mode = 0; mode < 3; mode++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_autoptr(Canvas) before = canvas_new(20, 3);
        g_byte_array_append(bytes, size, sizeof size);
        bytes->data[2] = (guint8)(before->mode = (int)mode);
        for (guint frame = 0; frame < 2; frame++) {
            g_autoptr(Canvas) now = canvas_copy(before);
            for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
                canvas_put(now, i + 3 * frame, (i + frame) % 3, 20, ROLE_PASS, texts[i]);
            cells_give(frame > 0 ? before : NULL, now, add_piece, bytes);
            add_piece(NULL, 0, bytes);
            g_clear_pointer(&before, canvas_free);
            before = g_steal_pointer(&now);
        }
        g_autoptr(GBytes) made = g_bytes_new(bytes->data, bytes->len);
        write_seed(folder, "cells", sample, mode, made);
    }
}

void
fuzz_make_seeds(const char *sample, const char *folder)
{
    g_autoptr(GBytes) bytes = fuzz_sample(sample);
    g_autoptr(Message) message = message_from_bytes(bytes, sample, NULL);
    g_autoptr(Resolver) resolver = fuzz_sample_dns(sample);
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = psl };
    FUZZ_REQUIRE(message);
    Report *report = analysis_run(message, resolver, &options);
    g_autoptr(GBytes) saved_source = record_save(&source_info_type, report->source);
    write_seed(folder, "record", sample, 1, saved_source);
    g_autoptr(GBytes) saved = record_save(&report_type, report);
    write_seed(folder, "record", sample, 0, saved);
    write_survey(report, sample, folder);
    write_dns(report, sample, folder);
    write_task(sample, folder);
    write_cells(sample, folder);
    report_free(report);
}
