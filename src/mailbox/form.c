/* form.c: what people have of a mail in place of its source, as a table.
 * SPDX-License-Identifier: MIT */
#include "mailbox/form.h"

#include <string.h>

#include "base/translate.h"

/* So much is looked through for what stands somewhere near the top. */
#define SAMPLE 4096

const char form_source[] = N_("What is needed is the source of the message: Gmail: Show original; Outlook: File > Properties; "
                              "Apple Mail: View > Message > Raw Source.");

/* TOP: the text begins so, whatever its blanks and the case of its letters; NEAR: a line near the top has it; else so
 * many bytes in. */
enum { TOP = -1, NEAR = -2 };

static const Form pdf = { N_("a PDF"), NULL };
static const Form picture = { N_("a picture"), NULL };
static const Form zip = { N_("a ZIP archive or an office document"), N_("If it is an archive, unpack it and open what is in it.") };
static const Form archive = { N_("an archive"), N_("Unpack it and open what is in it.") };
static const Form pst = { N_("an Outlook data file (.pst, .ost)"),
                          N_("Drag the message out of Outlook into a folder, and open that file (.msg).") };
static const Form dbx = { N_("an Outlook Express folder (.dbx)"), N_("Save the message from the mail program as .eml.") };
static const Form tnef = { N_("winmail.dat, Outlook's wrapping of attachments"), N_("Open the message that it came with.") };
static const Form msf = { N_("a Thunderbird index (.msf)"), N_("The messages are in the file of the same name without \".msf\".") };
static const Form sqlite = { N_("a database (SQLite)"), N_("Save the message from the mail program as .eml.") };
static const Form plist = { N_("a web archive or a property list of macOS"), NULL };
static const Form shortcut = { N_("a link to a page, not the page"), NULL };
static const Form rtf = { N_("a word processor's document (RTF)"), NULL };
static const Form calendar = { N_("a calendar entry (.ics)"), N_("Open the mail that brought it.") };
static const Form contact = { N_("a contact (.vcf)"), N_("Open the mail that brought it.") };
static const Form pgp = { N_("an encrypted text (PGP)"), N_("Open the mail that it came in: its header is not encrypted.") };
static const Form report = { N_("a DMARC report (XML)"),
                             N_("It has counts of many mails, and no mail: open the source of one that failed.") };
static const Form page = { N_("a page as a browser saves it (HTML)"), NULL };
static const Form xml = { N_("XML"), NULL };
static const Form json = { N_("JSON"),
                           N_("Services that answer so have the source, too: Gmail with format=raw, Microsoft Graph with $value.") };
static const Form php = { N_("an array printed by PHP"), N_("Let the program print the header as it came.") };
static const Form mail_log = { N_("a mail server's log"), N_("It tells of a mail, but does not hold it: open the mail.") };

/* The first that fits counts. */
static const struct {
    int         at;
    const char *magic;
    gsize       size;
    const Form *form;
} forms[] = {
#define MAGIC(text) text, sizeof(text) - 1
    { 0, MAGIC("%PDF-"), &pdf },
    { 0, MAGIC("\x89PNG\r\n"), &picture },
    { 0, MAGIC("\xFF\xD8\xFF"), &picture },
    { 0, MAGIC("GIF8"), &picture },
    { 8, MAGIC("WEBP"), &picture },
    { 4, MAGIC("ftyphei"), &picture },
    { 0, MAGIC("II*\0"), &picture },
    { 0, MAGIC("MM\0*"), &picture },
    { 0, MAGIC("PK\x03\x04"), &zip },
    { 0, MAGIC("7z\xBC\xAF\x27\x1C"), &archive },
    { 0, MAGIC("Rar!\x1A\x07"), &archive },
    { 0, MAGIC("BZh"), &archive },
    { 0, MAGIC("\xFD" "7zXZ"), &archive },
    { 0, MAGIC("\x28\xB5\x2F\xFD"), &archive },
    { 257, MAGIC("ustar"), &archive },
    { 0, MAGIC("!BDN"), &pst },
    { 0, MAGIC("\xCF\xAD\x12\xFE"), &dbx },
    { 0, MAGIC("\x78\x9F\x3E\x22"), &tnef },
    { TOP, MAGIC("//<!--<mdb:mork"), &msf },
    { 0, MAGIC("SQLite"), &sqlite },
    { 0, MAGIC("bplist00"), &plist },
    { TOP, MAGIC("[InternetShortcut]"), &shortcut },
    { TOP, MAGIC("{\\rtf"), &rtf },
    { TOP, MAGIC("BEGIN:VCALENDAR"), &calendar },
    { TOP, MAGIC("BEGIN:VCARD"), &contact },
    { TOP, MAGIC("-----BEGINPGPMESSAGE"), &pgp },
    { TOP, MAGIC("<!doctypehtml"), &page },
    { TOP, MAGIC("<html"), &page },
    { TOP, MAGIC("<feedback"), &report },
    { NEAR, MAGIC("<report_metadata>"), &report },
    { TOP, MAGIC("<?xml"), &xml },
    { TOP, MAGIC("{\""), &json },
    { TOP, MAGIC("[{"), &json },
    { TOP, MAGIC("array("), &php },
    { NEAR, MAGIC(" postfix/"), &mail_log },
    { NEAR, MAGIC(" sendmail["), &mail_log },
    { NEAR, MAGIC(" exim["), &mail_log },
#undef MAGIC
};

/* Programs write the same with blanks or without: `{"id"`, `{ "id"`, "Array (", "array(". */
static gboolean
begins(const char *bytes, gsize length, const char *magic, gsize size)
{
    gsize at = 0, found = 0;

    for (; at < length && found < size; at++) {
        if (g_ascii_isspace(bytes[at]))
            continue;
        if (g_ascii_tolower(bytes[at]) != g_ascii_tolower(magic[found]))
            return FALSE;
        found++;
    }
    return found == size;
}

const Form *
form_of(const char *bytes, gsize length)
{
    const gsize mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const gsize sample = MIN(length - mark, SAMPLE);

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        const gsize size = forms[i].size;
        const gboolean fits = forms[i].at == TOP    ? begins(bytes + mark, sample, forms[i].magic, size)
                              : forms[i].at == NEAR ? memmem(bytes + mark, sample, forms[i].magic, size) != NULL
                                                    : length >= (gsize)forms[i].at + size &&
                                                          memcmp(bytes + forms[i].at, forms[i].magic, size) == 0;
        if (fits)
            return forms[i].form;
    }
    return NULL;
}
