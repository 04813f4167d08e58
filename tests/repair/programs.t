#!/usr/bin/python3
"""One mail as mail programs and web mail show its source or its header, and people copy it: it opens, its author and envelope are
those of the mail, and no signature fails that the mail itself keeps. The layouts are written down from memory, not captured from the
programs. Prints TAP.

SPDX-License-Identifier: MIT"""
import json
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", ROOT / "build" / "fromscope"))
RAW = (ROOT / "samples" / "campaign.eml").read_bytes().decode().replace("\r\n", "\n")
HEAD = RAW.split("\n\n", 1)[0]
ENCODED, DECODED = "=?UTF-8?Q?The_winter_caf=C3=A9_collection_is_here?=", "The winter caf\u00e9 collection is here"
FIELDS = []
for line in HEAD.split("\n"):
    if line[0] in " \t":
        FIELDS[-1][1] += " " + line.strip()
    else:
        FIELDS.append([line.split(":", 1)[0], line.split(":", 1)[1].strip()])


def fields(between, head="", foot="", decoded=False):
    """Each field in one line, the words of its value decoded or not."""
    text = head + "\n".join(name + between + value for name, value in FIELDS) + "\n" + foot
    return text.replace(ENCODED, DECODED) if decoded else text


GOOD, NO_BODY, REPAIRED = ("pass", "ok"), ("unknown", "body-unavailable"), ("unknown", "text-repaired")
ZOHO = ("Original Message\nMessage ID\t<c123.9f31b2@mail.esp.example>\nCreated at:\tWed, Nov 18, 2026 at 12:00 PM\n"
        f"From:\tBrand Store <news@brand.example>\nTo:\tmika@example.com\nSubject:\t{DECODED}\nSPF:\tPASS\nDKIM:\tPASS\nDMARC:\tFAIL\n"
        "Download original\n")
SHOWN = (
    ("Thunderbird, Fastmail, new Outlook, Roundcube: view source", RAW, GOOD),
    ("an editor that drops blanks at line ends", "\n".join(one.rstrip() for one in RAW.split("\n")), GOOD),
    ("Yahoo: view raw message", "X-Apparently-To: mika@example.com; Wed, 18 Nov 2026 03:00:10 +0000\n" + RAW, GOOD),
    ("QQ", "\u90ae\u4ef6\u539f\u6587\n\n" + RAW, GOOD),
    ("Yandex", "\u0421\u0432\u043e\u0439\u0441\u0442\u0432\u0430 \u043f\u0438\u0441\u044c\u043c\u0430\n\n" + RAW, GOOD),
    ("Zoho: show original", ZOHO + RAW, GOOD),
    ("a terminal's marks of line ends", "\n".join(one + "^M" for one in RAW.split("\n")), GOOD),
    ("classic Outlook: internet headers", HEAD + "\n", NO_BODY),
    ("classic Outlook, its indentation lost", "\n".join(one.strip() for one in HEAD.split("\n")) + "\n", NO_BODY),
    ("Outlook on the web: message details", fields(": ", "Message details\n\n", "Close\n"), NO_BODY),
    ("Proton: view headers", "Message headers\n" + HEAD + "\nDownload\nClose\n", NO_BODY),
    ("GMX, web.de", "Erweiterte E-Mail-Informationen\n\n" + HEAD + "\n", NO_BODY),
    ("163", "\u67e5\u770b\u4fe1\u5934\n" + HEAD + "\n", NO_BODY),
    ("Thunderbird: all headers, with tabs", fields(":\t"), NO_BODY),
    ("names and values in turn", fields(":\n"), NO_BODY),
    ("a table, with tabs", fields("\t", decoded=True), REPAIRED),
    ("a table, a line for each cell", fields("\n", "Headers Found\n", decoded=True), REPAIRED),
    ("a table, a line for each cell, and nothing decoded", fields("\n"), NO_BODY),
    ("KMail: all headers", fields(":  ", decoded=True), REPAIRED),
    ("Thunderbird for Android: show headers", fields(": ", decoded=True), REPAIRED),
    ("Apple Mail: all headers", fields(": ", decoded=True).replace("Wed, 18 Nov 2026 03:00:04 +0000", "November 18, 2026 at 4:00:04\u202fAM GMT+1"),
     REPAIRED),
)


def main():
    checks = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text, want in SHOWN:
            path = os.path.join(folder, "shown.txt")
            pathlib.Path(path).write_text(text, encoding="utf-8", newline="")
            done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", str(ROOT / "samples" / "campaign.dns"), path],
                                  capture_output=True, timeout=60, check=False)
            checks += 1
            if done.returncode:
                print(f"not ok {checks} - {name}\n# {done.stderr!r}")
                continue
            report = json.loads(done.stdout)
            got = (report["from"]["domain"], report["envelope"]["client_ip"]["value"], report["spf"]["mail_from"]["result"],
                   report["dmarc"]["rfc9989"]["result"], len(report["reported"]) >= 2, [(s["result"], s["reason"]) for s in report["dkim"]])
            right = ("brand.example", "198.51.100.27", "pass", "fail", True, [want])
            print(f"{'ok' if got == right else 'not ok'} {checks} - {name}: {want and want[1]}")
            if got != right:
                print(f"# {got}")
    print(f"1..{checks}")


main()
