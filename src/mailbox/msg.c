/* msg.c: properties of a compound file ([MS-OXMSG]) become header fields.
 * SPDX-License-Identifier: MIT */
#include "mailbox/msg.h"

#include <string.h>

#include "base/fault.h"
#include "base/translate.h"
#include "mailbox/gsf.h"
#include "mailbox/kind.h"
#include "mailbox/utf16.h"

/* A property is read up to here: no header is longer. */
#define PROPERTY_MAX (16UL * 1024 * 1024)

/* [MS-OXPROPS]: the tags that are read. */
enum {
    TAG_SUBJECT = 0x0037, TAG_SUBMIT_TIME = 0x0039, TAG_SENT_FOR_NAME = 0x0042,
    TAG_SENT_FOR_ADDRESS = 0x0065, TAG_HEADERS = 0x007D, TAG_SENDER_NAME = 0x0C1A,
    TAG_SENDER_ADDRESS = 0x0C1F, TAG_DISPLAY_CC = 0x0E03, TAG_DISPLAY_TO = 0x0E04,
    TAG_DELIVERY_TIME = 0x0E06, TAG_MESSAGE_ID = 0x1035, TAG_SENDER_SMTP = 0x5D01,
    TAG_SENT_FOR_SMTP = 0x5D02,
};

typedef struct {
    Gsf        gsf;
    GsfInfile *root;
} Outlook;

/* ---- properties ---- */

/* A stream's bytes; NULL where it is not there. */
static GBytes *
read_stream(const Outlook *outlook, const char *name)
{
    GsfInput *stream = outlook->gsf.infile_child_by_name(outlook->root, name);
    GBytes *bytes = NULL;

    if (!stream)
        return NULL;
    const gsf_off_t size = outlook->gsf.input_size(stream);
    if (size > 0) {
        const gsize wanted = (gsize)MIN((guint64)size, PROPERTY_MAX);
        const guint8 *data = outlook->gsf.input_read(stream, wanted, NULL);
        bytes = data ? g_bytes_new(data, wanted) : NULL;
    }
    outlook->gsf.object_unref(stream);
    return bytes;
}

/* NULs, which some programs put at the end, are left out. */
static char *
utf8_of(const guint8 *bytes, gsize length)
{
    GString *out = g_string_sized_new(length / 2);

    for (gsize at = 0; at < length;) {
        const gunichar character = utf16_next(bytes, length, &at, FALSE);
        if (character != 0)
            g_string_append_unichar(out, character);
    }
    return g_string_free(out, FALSE);
}

/* A text property: UTF-16 (type 001F), else in the sender's code page (001E). NULL where there is none, or it is empty. */
static char *
read_text(const Outlook *outlook, guint tag)
{
    g_autofree char *wide = g_strdup_printf("__substg1.0_%04X001F", tag);
    g_autofree char *narrow = g_strdup_printf("__substg1.0_%04X001E", tag);
    g_autoptr(GBytes) bytes = read_stream(outlook, wide);
    const gboolean is_wide = bytes != NULL;
    gsize length = 0;

    if (!bytes)
        bytes = read_stream(outlook, narrow);
    if (!bytes)
        return NULL;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = is_wide ? utf8_of(data, length) : g_strndup((const char *)data, length);
    return *text ? g_steal_pointer(&text) : NULL;
}

/* The top-level property stream: 32 bytes of header, then entries of 16 (2.4.1.1): type, tag, flags, value. Times count
 * 100 ns since 1601. */
static gint64
read_time(const Outlook *outlook, guint tag)
{
    g_autoptr(GBytes) bytes = read_stream(outlook, "__properties_version1.0");
    gsize length = 0;
    const guint8 *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    for (gsize at = 32; at + 16 <= length; at += 16) {
        guint64 ticks = 0;
        if (data[at] != 0x40 || data[at + 1] != 0 ||
            (guint)(data[at + 2] | data[at + 3] << 8) != tag)
            continue;
        for (guint i = 0; i < 8; i++)
            ticks |= (guint64)data[at + 8 + i] << (8 * i);
        return (gint64)(ticks / 10000000) - G_GINT64_CONSTANT(11644473600);
    }
    return 0;
}

/* ---- fields ---- */

/* A property is a stranger's text: it must not begin a field of its own. */
static void
append_clean(GString *out, const char *text)
{
    for (; *text; text++)
        g_string_append_c(out, (guchar)*text < ' ' || *text == 127 ? ' ' : *text);
}

static void
append_field(GString *out, const char *name, const char *value)
{
    if (!value)
        return;
    g_string_append_printf(out, "%s: ", name);
    append_clean(out, value);
    g_string_append_c(out, '\n');
}

/* "X.400" and directory names ("/o=…") are no mail addresses. */
static const char *
address_of(const char *smtp, const char *address)
{
    if (smtp && strchr(smtp, '@'))
        return smtp;
    return address && strchr(address, '@') && *address != '/' ? address : NULL;
}

static void
append_person(GString *out, const char *field, const char *name, const char *address)
{
    if (!name && !address)
        return;
    g_string_append_printf(out, "%s: ", field);
    if (name && g_strcmp0(name, address) != 0) {
        g_string_append_c(out, '"');
        for (const char *at = name; *at; at++) {
            if (*at == '"' || *at == '\\')
                g_string_append_c(out, '\\');
            g_string_append_c(out, (guchar)*at < ' ' || *at == 127 ? ' ' : *at);
        }
        g_string_append(out, address ? "\" " : "\"");
    }
    if (address) {
        g_string_append_c(out, '<');
        append_clean(out, address);
        g_string_append_c(out, '>');
    }
    g_string_append_c(out, '\n');
}

static void
append_people(GString *out, const Outlook *outlook)
{
    g_autofree char *name = read_text(outlook, TAG_SENDER_NAME);
    g_autofree char *smtp = read_text(outlook, TAG_SENDER_SMTP);
    g_autofree char *other = read_text(outlook, TAG_SENDER_ADDRESS);
    g_autofree char *for_name = read_text(outlook, TAG_SENT_FOR_NAME);
    g_autofree char *for_smtp = read_text(outlook, TAG_SENT_FOR_SMTP);
    g_autofree char *for_other = read_text(outlook, TAG_SENT_FOR_ADDRESS);
    const char *sender = address_of(smtp, other), *author = address_of(for_smtp, for_other);

    if (!for_name && !author) {
        append_person(out, "From", name, sender);
        return;
    }
    append_person(out, "From", for_name, author ? author : sender);
    if (author && sender && g_ascii_strcasecmp(sender, author) != 0)
        append_person(out, "Sender", name, sender);
}

static void
append_date(GString *out, const Outlook *outlook)
{
    gint64 time = read_time(outlook, TAG_SUBMIT_TIME);

    if (time == 0)
        time = read_time(outlook, TAG_DELIVERY_TIME);
    g_autoptr(GDateTime) date = time != 0 ? g_date_time_new_from_unix_utc(time) : NULL;
    if (!date)
        return;
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    g_string_append_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\n",
                           days[g_date_time_get_day_of_week(date) - 1],
                           g_date_time_get_day_of_month(date), months[g_date_time_get_month(date) - 1],
                           g_date_time_get_year(date), g_date_time_get_hour(date),
                           g_date_time_get_minute(date), g_date_time_get_second(date));
}

static GBytes *
from_properties(const Outlook *outlook, Origin *origin, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *to = read_text(outlook, TAG_DISPLAY_TO);
    g_autofree char *cc = read_text(outlook, TAG_DISPLAY_CC);
    g_autofree char *subject = read_text(outlook, TAG_SUBJECT);
    g_autofree char *id = read_text(outlook, TAG_MESSAGE_ID);

    append_people(out, outlook);
    append_field(out, "To", to);
    append_field(out, "Cc", cc);
    append_field(out, "Subject", subject);
    append_date(out, outlook);
    append_field(out, "Message-ID", id);
    if (out->len == 0) {
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                  _("a compound file (as Outlook and Office save them) that holds no message"));
        return NULL;
    }
    origin->fidelity = g_strdup("fragments");
    origin_note(origin, "msg-no-headers", SEVERITY_WARNING, NULL);
    return g_string_free_to_bytes(g_steal_pointer(&out));
}

/* ---- transport headers ---- */

/* Up to the first empty line: Exchange writes the fields of the parts behind it. A title that it puts above is no field. */
static GBytes *
header_block(const char *text)
{
    const gsize length = strlen(text);
    gsize start = 0, end = 0, after;

    while (start < length && g_ascii_isspace(text[start]))
        start++;
    if (g_ascii_strncasecmp(text + start, "Microsoft Mail Internet Headers", 31) == 0) {
        kind_line(text + start, length - start, &after);
        start += after;
    }
    for (end = start; end < length; end += after)
        if (kind_line(text + end, length - end, &after) == 0)
            break;
    return g_bytes_new(text + start, end - start);
}

static GBytes *
from_headers(const Outlook *outlook, Origin *origin)
{
    g_autofree char *text = read_text(outlook, TAG_HEADERS);
    g_autoptr(GBytes) block = text ? header_block(text) : NULL;
    gsize length = 0;
    const char *data = block ? g_bytes_get_data(block, &length) : NULL;

    if (!data || !kind_is_header(data, length))
        return NULL;
    origin->fidelity = g_strdup("headers");
    origin_note(origin, "msg-headers-only", SEVERITY_INFO, NULL);
    return g_steal_pointer(&block);
}

GBytes *
msg_header(GBytes *bytes, Origin *origin, GError **error)
{
    Outlook outlook = { .root = NULL };
    g_autoptr(GError) fault = NULL;
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);

    if (!gsf_load(&outlook.gsf, error))
        return NULL;
    GsfInput *input = outlook.gsf.input_memory_new(data, (gsf_off_t)length, FALSE);
    outlook.root = outlook.gsf.infile_msole_new(input, &fault);
    outlook.gsf.object_unref(input);
    if (!outlook.root) {
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("a damaged compound file (Outlook): %s"),
                  fault ? fault->message : _("it cannot be read"));
        return NULL;
    }
    GBytes *header = from_headers(&outlook, origin);
    if (!header)
        header = from_properties(&outlook, origin, error);
    outlook.gsf.object_unref(outlook.root);
    return header;
}
