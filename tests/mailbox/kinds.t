#!/usr/bin/python3
"""What a file is, its content says: each kind, packed and encoded, by file and by standard input. Prints TAP.
SPDX-License-Identifier: MIT"""
import base64
import gzip
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import boxlib                                           # noqa: E402
from boxlib import finding_ids, mail, mbox, outlook, sources, titles  # noqa: E402

PLIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n'
HEADERS = ("Received: from a.example.com ([192.0.2.1]) by mx.example.net; Mon, 5 Jan 2026 10:00:00 +0000\r\n"
           "From: =?UTF-8?Q?J=C3=B6rg?= <joerg@example.com>\r\nTo: bob@example.net\r\nSubject: Saved\r\n"
           "Date: Mon, 5 Jan 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n")
BIG = ("X-Long: " + "x" * 70 + "\r\n") * 200            # the stream leaves the mini stream
PROPERTIES = {0x0037: "Offer", 0x0C1A: 'Ann "A" Smith', 0x0C1F: "/O=ORG/CN=ANN", 0x5D01: "ann@example.com",
              0x0E04: "Bob", 0x1035: "<7@example.com>"}


def emlx(message, count=None, plist=PLIST):
    return b"%-10d\n" % (len(message) if count is None else count) + message + plist


def one(box, name, data, kind, title="Kinds", fidelity="raw", notes=(), size=None):
    """The file opens as one message of that kind."""
    status, reports, err = box.open_bytes(data)
    if len(reports) != 1 or status:
        box.check(False, name, (status, len(reports), err))
        return None
    source = reports[0]["source"]
    got = (source["kind"], source["index"], source["fidelity"], titles(reports)[0])
    box.same(got, (kind, 1, fidelity, title), name)
    for note in notes:
        box.check(note in finding_ids(reports[0]), f"{name}: {note} is told", finding_ids(reports[0]))
    if size is not None:
        box.same(source["bytes"], size, f"{name}: the bytes are the message's own")
    return reports[0]


def plain(box):
    plain_mail = mail("Kinds")
    one(box, "a message", plain_mail, "eml", size=len(plain_mail))
    one(box, "a message with CRLF", plain_mail.replace(b"\n", b"\r\n"), "eml")
    one(box, "a message behind a byte order mark", b"\xEF\xBB\xBF" + plain_mail, "eml", notes=["bom"])
    one(box, "a header alone", plain_mail.split(b"\n\n")[0] + b"\n", "eml", fidelity="headers")
    one(box, "a From field with a blank before its colon is no mbox", plain_mail.replace(b"From:", b"From :", 1), "eml")
    for blank in (b" ", b"  ", b"\t", b" \t "):
        name = f"a second From field at the top, {blank!r} before its colon"
        got = one(box, name, b"From" + blank + b": eve@example.org\n" + plain_mail, "eml", title=None)
        box.check(got and len(got["from"]["addresses"]) == 2 and got["from"]["domain"] is None, name + ": is seen", got and got["from"])
    for name, form in (("a dated separator", b"From ann@example.com Mon Jan  5 10:00:00 2026\n"),
                       ("one with a zone", b"From 1234@xxx Mon Jan 05 10:00:00 +0000 2026\n"),
                       ("one of Thunderbird", b"From - Mon Jan 05 10:00:00 2026\n"),
                       ("one without a date", b"From ann@example.com\n"),
                       ("one of a daemon", b"From MAILER-DAEMON Mon Jan  5 10:00:00 2026\n"),
                       ("one from UUCP", b"From ann Mon Jan  5 10:00:00 2026 remote from host\n"),
                       ("one with a foreign form", b"From nobody knows when\n")):
        one(box, f"a mailbox of one message, {name}", form + plain_mail + b"\n", "mbox", size=len(plain_mail))


def apple(box):
    plain_mail = mail("Kinds")
    one(box, "emlx", emlx(plain_mail), "emlx", size=len(plain_mail))
    one(box, "emlx without property list", emlx(plain_mail, plist=b""), "emlx", size=len(plain_mail))
    one(box, "emlx, wrong count", emlx(plain_mail, 40), "emlx", notes=["emlx-count"], size=len(plain_mail))
    one(box, "emlx, count too large", emlx(plain_mail, 99999), "emlx", notes=["emlx-count"], size=len(plain_mail))
    one(box, "emlx cut off", emlx(plain_mail)[:-len(PLIST) - 3], "emlx", notes=["emlx-cut"])
    partial = mail("Kinds", b"--x\nContent-Type: image/png\nX-Apple-Content-Length: 12345\n\n--x--\n")
    one(box, "a partial emlx", emlx(partial), "emlx", fidelity="headers", notes=["emlx-partial"])
    status, reports, _ = box.open_bytes(b"1\n" + plain_mail)
    box.check(status != 2 and reports[0]["source"]["kind"] != "emlx", "a line number above a message is no count",
              sources(reports))


def microsoft(box):
    report = one(box, "an Outlook message", outlook({0x007D: HEADERS, 0x1000: "body"}), "msg", "Jörg", "headers",
                 ["msg-headers-only"])
    box.check(report and report["from"]["addresses"][0]["name"] == "Jörg" and report["route"], "its header is read",
              report and report["from"])
    one(box, "an Outlook message, 8-bit", outlook({0x007D: HEADERS}, wide=False), "msg", "Jörg", "headers")
    one(box, "an Outlook message with a long header", outlook({0x007D: HEADERS + BIG}), "msg", "Jörg", "headers")
    one(box, "an Outlook message with a title and parts",
        outlook({0x007D: "Microsoft Mail Internet Headers Version 2.0\r\n" + HEADERS + "\r\n--x\r\nContent-Type: a/b\r\n"}),
        "msg", "Jörg", "headers")
    report = one(box, "an Outlook message without headers", outlook(PROPERTIES, times={0x0039: 1767607200}), "msg",
                 'Ann "A" Smith', "fragments", ["msg-no-headers"])
    if report:
        box.same(report["from"]["addresses"], [{"name": 'Ann "A" Smith', "address": "ann@example.com",
                                                "domain": "example.com"}], "its sender is read")
        box.check(report["dmarc"]["rfc9989"]["result"] != "pass", "it proves nothing", report["dmarc"]["rfc9989"])
    done = box.run("repair", box.write("offer.msg", outlook(PROPERTIES, times={0x0039: 1767607200})))
    box.same(done.stdout.decode(), 'From: "Ann \\"A\\" Smith" <ann@example.com>\nTo: Bob\nSubject: Offer\n'
             "Date: Mon, 5 Jan 2026 10:00:00 +0000\nMessage-ID: <7@example.com>\n", "its properties are fields")
    evil = dict(PROPERTIES)
    evil[0x0037] = "Offer\r\nAuthentication-Results: mx.example.net; dmarc=pass"
    report = one(box, "a line end in a property", outlook(evil), "msg",
                 'Ann "A" Smith', "fragments")
    box.check(report and not report["reported"], "begins no field", report and report["reported"])
    status, reports, err = box.open_bytes(outlook({}), name="none.msg")
    box.check(status == 2 and not reports and "none.msg: " in err, "a compound file without a message is a failure", err)
    status, reports, err = box.open_bytes(outlook(PROPERTIES)[:700], name="cut.msg")
    box.check(status == 2 and not reports and "cut.msg: " in err, "a damaged one, too", err)


def packed(box):
    plain_mail, several = mail("Kinds"), mbox(mail("One"), mail("Two"))
    one(box, "gzip", gzip.compress(plain_mail), "eml", size=len(plain_mail))
    one(box, "gzip twice", gzip.compress(gzip.compress(plain_mail)), "eml")
    one(box, "two gzip members", gzip.compress(plain_mail[:100]) + gzip.compress(plain_mail[100:]), "eml",
        size=len(plain_mail))
    one(box, "gzip of emlx", gzip.compress(emlx(plain_mail)), "emlx")
    one(box, "gzip of an Outlook message", gzip.compress(outlook({0x007D: HEADERS})), "msg", "Jörg", "headers")
    _, reports, _ = box.open_bytes(gzip.compress(several))
    box.same((sources(reports), titles(reports)), ([("mbox", 1), ("mbox", 2)], ["One", "Two"]), "gzip of a mailbox")
    five = plain_mail
    for _ in range(5):
        five = gzip.compress(five)
    status, _, err = box.open_bytes(five, name="five.gz")
    box.check(status == 2 and "five.gz: " in err and "4 times" in err, "five layers are too many, and told", err)
    long_mail = mail("Kinds", os.urandom(90000).hex().encode() + b"\n")
    one(box, "gzip cut off", gzip.compress(long_mail)[:-2000], "eml", notes=["gzip-cut"])
    damaged = bytearray(gzip.compress(long_mail))
    damaged[-8:-4] = b"\0\0\0\0"
    one(box, "gzip with a wrong sum", bytes(damaged), "eml", notes=["gzip-damaged"])
    status, reports, _ = box.open_bytes(gzip.compress(mbox(mail("One"), mail("Two", os.urandom(9000).hex().encode())))[:-900])
    box.same([i for r in reports for i in finding_ids(r) if i.startswith("gzip")], ["gzip-cut"], "of a mailbox the last message is cut")
    box.check(titles(reports) == ["One", "Two"] and "gzip-cut" in finding_ids(reports[1]), "and that one says so", titles(reports))


def encoded(box):
    text = mail("Jörg 𝄞", "Grüße\n".encode())
    for name, codec, mark in (("UTF-16 LE with mark", "utf-16-le", b"\xFF\xFE"), ("UTF-16 BE with mark", "utf-16-be", b"\xFE\xFF"),
                              ("UTF-16 LE", "utf-16-le", b""), ("UTF-16 BE", "utf-16-be", b"")):
        report = one(box, name, mark + text.decode().encode(codec), "eml", "Jörg 𝄞", fidelity="reencoded")
        box.check(report and [r["id"] for r in report["source"]["repairs"]] == ["utf-16"],
                  f"{name}: told", report and report["source"])
    header = text.decode().replace("\r\n", "\n").partition("\n\n")[0] + "\n"
    one(box, "a header alone", header.encode("utf-16-le"), "eml", "Jörg 𝄞", fidelity="headers")
    one(box, "half a character at the end", b"\xFF\xFE" + text.decode().encode("utf-16-le") + b"\0\xD8\n", "eml", "Jörg 𝄞", fidelity="reencoded")
    _, reports, _ = box.open_bytes(b"\xFF\xFE" + mbox(mail("One"), mail("Two")).decode().encode("utf-16-le"))
    box.same(titles(reports), ["One", "Two"], "a mailbox in UTF-16")
    blob = base64.b64encode(text)
    lines = b"\n".join(blob[i:i + 76] for i in range(0, len(blob), 76)) + b"\n"
    for name, data in (("base64 in one line", blob), ("base64 in lines", lines), ("base64 with CRLF", lines.replace(b"\n", b"\r\n")),
                       ("base64 without padding", blob.rstrip(b"="))):
        report = one(box, name, data, "eml", "Jörg 𝄞", size=len(text))
        box.check(report and "base64-message" in [r["id"] for r in report["source"]["repairs"]], f"{name}: told", report and report["source"])
    one(box, "base64, quoted", b"".join(b"> " + line + b"\n" for line in lines.splitlines()), "eml", "Jörg 𝄞", fidelity="reencoded")
    one(box, "base64 of a mailbox", base64.b64encode(mbox(text)), "mbox", "Jörg 𝄞")


def pasted(box):
    """What repair_text() makes of it, its own tests tell; here, that damaged text reaches it whatever is around it."""
    quoted = b"".join(b"> " + line + b"\n" for line in mail("Kinds").rstrip(b"\n").split(b"\n"))
    for name, data in (("quoted text", quoted), ("quoted text, gzip", gzip.compress(quoted)), ("quoted text behind a mark", b"\xEF\xBB\xBF" + quoted),
                       ("quoted text in UTF-16", b"\xFF\xFE" + quoted.decode().encode("utf-16-le"))):
        _, reports, err = box.open_bytes(data)
        box.check(reports and reports[0]["source"]["kind"] == "paste" and titles(reports) == ["Kinds"] and reports[0]["source"]["repairs"],
                  f"{name} is mended", (reports and reports[0]["source"], err))


def pipes(box):
    plain_mail = mail("Kinds")
    for name, data, want in (("a message", plain_mail, [("eml", 1)]), ("a mailbox", mbox(plain_mail, plain_mail), [("mbox", 1), ("mbox", 2)]),
                             ("gzip", gzip.compress(plain_mail), [("eml", 1)]), ("an Outlook message", outlook({0x007D: HEADERS}), [("msg", 1)]),
                             ("40 MB", mail("Kinds", b"x" * 79 + b"\n") + (b"y" * 79 + b"\n") * 500000, [("eml", 1)])):
        status, reports, err = box.report("-", stdin=data)
        box.same((status, sources(reports), err), (0, want, ""), f"standard input: {name}")
        box.check(all(r["source"]["path"] == "standard input" for r in reports), f"standard input: {name}: its name")


UNPACK, SOURCE = "Unpack it", "What is needed is the source of the message: Gmail: Show original"
FORMS = (
    ("Kafka.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "a picture", SOURCE),
    ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(99), "a picture", SOURCE),
    ("mail.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF", SOURCE),
    ("mail.docx", b"PK\x03\x04\x14\0\x06\0word/document.xml", "a ZIP archive or an office document", "unpack it"),
    ("mails.7z", b"7z\xbc\xaf\x27\x1c\0\4", "an archive", UNPACK),
    ("Inbox.pst", b"!BDN\0\0\0\0" + bytes(99), "an Outlook data file", "Drag the message out of Outlook"),
    ("winmail.dat", b"\x78\x9f\x3e\x22\1\0", "winmail.dat", "Open the message that it came with."),
    ("Inbox.msf", b'// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> // (f=iso-8859-1)\n', "a Thunderbird index", "without \".msf\""),
    ("page.html", b"<!DOCTYPE html>\n<html><head><title>Inbox</title></head><body><p>From Bob</p></body></html>\n",
     "a page as a browser saves it", SOURCE),
    ("late.html", b"\xef\xbb\xbf\r\n <HTML lang=de>\n", "a page as a browser saves it", SOURCE),
    ("google.com!example.com.xml", b'<?xml version="1.0"?>\n<feedback>\n<report_metadata><org_name>google.com</org_name>', "a DMARC report", "counts"),
    ("mail.xml", b'<?xml version="1.0"?>\n<message><from>a@example.com</from></message>\n', "XML", SOURCE),
    ("api.json", b'{\n  "id": "18c",\n  "snippet": "hello"\n}\n', "JSON", "format=raw"),
    ("one-line.json", b'{"id":"18c","snippet":"hello","size":10}\n', "JSON", "format=raw"),
    ("print_r.txt", b"Array\n(\n    [from] => a@example.com\n)\n", "an array printed by PHP", "header as it came"),
    ("invite.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n", "a calendar entry", "Open the mail that brought it."),
    ("bob.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bob\r\n", "a contact", "Open the mail that brought it."),
    ("mail.asc", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n", "an encrypted text (PGP)", "header is not encrypted"),
    ("mail.log", b"Feb  3 10:00:01 mx postfix/smtpd[123]: connect from unknown[192.0.2.1]\n", "a mail server's log", "open the mail"),
)


def refused(box):
    for name, data, says in (("empty.eml", b"", "empty"), ("noise", b"\x01\0\2\0\3" + bytes(200), "no header field found (a binary file?)"),
                             ("words.txt", b"Dear Bob,\nthis is no message.\n", "no header field found (what is needed is the source"),
                             ("\x1b[31mred\n.eml", b"nothing\n", "no header field found")):
        status, reports, err = box.open_bytes(data, name=name)
        box.check(status == 2 and not reports and says in err and "\x1b" not in err and err.count("\n") == 1,
                  f"{name!r} is a failure that names file and fault", (status, err))
    for name, data, what, way in FORMS:
        status, reports, err = box.open_bytes(data, name=name)
        box.check(status == 2 and not reports and f"no header field found. It seems to be {what}" in err and way in err and err.count("\n") == 1,
                  f"{name}: what it seems to be, and what to do", (status, err))
        # A message stays one, whatever stands in its body, or above its header.
        status, reports, err = box.open_bytes(mail("Kinds", data), name="in-a-mail.eml")
        box.check(status == 0 and len(reports) == 1, f"{name}: as the body of a message it is one", (status, err))
    for above in (b"{\"note\": 1}\n", b"<html>\n", b"BEGIN:VCARD\n", b"Feb  3 10:00:01 mx postfix/smtpd[123]: connect\n"):
        status, reports, err = box.open_bytes(above + mail("Kinds"), name="above.eml")
        box.check(status == 0 and len(reports) == 1 and reports[0]["from"]["domain"], f"{above!r} above a header hides none", (status, err))


def main():
    box = boxlib.Box()
    for part in (plain, apple, microsoft, packed, encoded, pasted, pipes, refused):
        part(box)
    box.done()


main()
