#!/usr/bin/python3
"""--isolate: each message in a process of its own, which has nothing of the others. The output is the same to the byte, whatever
the mailbox is; a process that dies, or says that it is done, hides no other message; the cost grows with the mailbox, not faster.
As TAP.
SPDX-License-Identifier: MIT"""
import gzip
import json
import os
import random
import resource
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from batchlib import Batch, boxlib      # noqa: E402

# What a taken-over process would do: it ends well in the middle of the message, or it says the message twice.
LIAR = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* "From " at a line's begin is looked for in each message of a mailbox when it is looked at. */
void *
memmem(const void *bytes, size_t length, const void *word, size_t size)
{
    static void *(*own)(const void *, size_t, const void *, size_t);

    if (!own)
        own = (void *(*)(const void *, size_t, const void *, size_t))dlsym(RTLD_NEXT, "memmem");
    if (length > 12 && length < 200)
        for (size_t i = 0; i + 12 <= length; i++)
            if (strncmp((const char *)bytes + i, "please leave", 12) == 0)
                _exit(0);
    return own(bytes, length, word, size);
}
"""
REPORT = ["report", "--offline", "--second-opinions", "off", "--at", "2026-01-05T12:00:00Z"]


def crlf(data):
    return data.replace(b"\n", b"\r\n")


def quoted(title):
    return boxlib.mail(title, b">From here on\n>>From there\nend\n")


def counted(title, body):
    """As mboxcl2 has it: nothing is quoted, the length says where it ends."""
    head, _, _ = boxlib.mail(title).partition(b"\n\n")
    return head + b"\nContent-Length: %d\n\n" % len(body) + body


def boxes():
    """Name and bytes of mailboxes of all kinds."""
    rng = random.Random(5)
    mails = [boxlib.mail(f"I{i}", b"line of a body\n" * rng.randrange(0, 60)) for i in range(40)]
    mails[3] = b"\n"
    mails[9] = b"nothing that a header has\n\nat all\n"
    mails[20] = quoted("I20")
    mails[21] = boxlib.mail("I21", b"x" * 400000 + b"\n")      # too large to go with its task
    plain = boxlib.mbox(*mails)
    return {
        "plain.mbox": plain, "crlf.mbox": crlf(plain), "packed.mbox.gz": gzip.compress(plain),
        "cut.mbox.gz": gzip.compress(plain)[:-200], "one.mbox": boxlib.mbox(quoted("O")), "one.eml": boxlib.mail("E"),
        "two.mbox": boxlib.mbox(boxlib.mail("A"), quoted("B")),
        "cl2.mbox": boxlib.mbox(*(counted(f"C{i}", b"one\nFrom here it goes on\n>From is itself\n") for i in range(12))),
        "wide.mbox": b"\xFF\xFE" + boxlib.mbox(*mails[:3]).decode().encode("utf-16-le"),
        "empty": b"", "packed.eml.gz": gzip.compress(quoted("P")), "apple.emlx": b"%d\n" % len(boxlib.mail("X")) + boxlib.mail("X") +
        b'<?xml version="1.0"?><plist version="1.0"><dict></dict></plist>\n',
    }


def both(box, what, *words, stdin=b""):
    """The same with and without."""
    plain = box.run(*words, stdin=stdin, timeout=600)
    apart = box.run(*words, "--isolate", "-j", "3", stdin=stdin, timeout=600) if words[0] == "report" else \
        box.run(*words, "--isolate", stdin=stdin, timeout=600)
    box.same((apart.returncode, apart.stdout, sorted(apart.stderr.splitlines())),
             (plain.returncode, plain.stdout, sorted(plain.stderr.splitlines())), what)
    return apart


def same(box):
    names = []
    for name, data in boxes().items():
        path = box.write(f"b/{name}", data)
        names.append(path)
        both(box, f"{name}: the same", *REPORT, "--format", "json", path)
    for form in ("json", "text", "html", "steps"):
        both(box, f"all of them, {form}", *REPORT, "--format", form, *names, box.path("nowhere"), names[0])
    run = both(box, "a folder with all of them", *REPORT, "--format", "json", box.path("b"))
    box.check(run.stdout.count(b"\n") > 150, "… which is many messages", run.stdout.count(b"\n"))
    both(box, "from a pipe", *REPORT, "--format", "json", "-", stdin=boxes()["plain.mbox"])
    for words in (["--index", "22"], ["--index", "40", "--count", "5"], ["--index", "41"], ["--index", "2", "--count", "3"]):
        for path in (names[0], names[2], box.path("b")):
            both(box, f"{' '.join(words)} of {os.path.basename(path)}", *REPORT, "--format", "json", *words, path)
    both(box, "survey", "survey", "--offline", "--at", "2026-01-05T12:00:00Z", "--format", "json", *names)
    both(box, "survey --list", "survey", "--list", *names)
    both(box, "survey --list of a folder", "survey", "--list", box.path("b"))


def beside(box):
    """A snapshot that lies beside a mailbox is each message's."""
    zone = b';! snapshot 1\n;! taken 2026-01-05T10:00:00Z\n;! complete .\n_dmarc.example.com. 300 IN TXT "v=DMARC1; p=reject"\n'
    path = box.write("s/box.mbox", boxlib.mbox(*(boxlib.mail(f"S{i}") for i in range(5))))
    box.write("s/box.mbox.dns", zone)
    run = both(box, "with a snapshot beside it", "report", "--second-opinions", "off", "--format", "json", path)
    box.same(run.stdout.count(b'"policy":"reject"') >= 5, True, "… which was read for each")


def leaving(box):
    source, library = box.write("liar.c", LIAR.encode()), box.path("liar.so")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-fno-builtin", "-o", library, source, "-ldl"], check=True)
    tried = subprocess.run([box.program, "--version"], env=dict(box.environment, LD_PRELOAD=library), capture_output=True, check=False)
    if tried.returncode != 0 or tried.stderr:
        box.check(True, "no library can be loaded into this build")
        return
    mails = [boxlib.mail(f"L{i}") for i in range(30)]
    for i in (7, 8, 20):
        mails[i] = boxlib.mail(f"L{i}", b"please leave\n")
    path = box.write("leave.mbox", boxlib.mbox(*mails))
    # Who finds the messages sees more behind it than a message has.
    box.environment["LD_PRELOAD"] = library
    run = box.run(*REPORT, "--format", "json", "--isolate", "-j", "2", path)
    del box.environment["LD_PRELOAD"]
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    want = [None if i in (7, 8, 20) else f"L{i}" for i in range(30)]
    box.same((run.returncode, boxlib.titles(reports)), (2, want), "who leaves in the middle of a message hides none of the others")
    box.same([r["source"]["index"] for r in reports], list(range(1, 31)), "… each has its place")
    box.same({boxlib.finding_ids(r)[0] for r in reports if "from" not in r}, {"parser-died"}, "… and those are said to be lost")


def cost(box):
    """CPU time of n and of 4 n messages, each a process; growth by n squared would be sixteenfold."""
    spent = []
    for count in (150, 600):
        path = box.write("cost.mbox", boxlib.mbox(*(boxlib.mail(f"G{i}", b"word\n" * 2000) for i in range(count))))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = box.run(*REPORT, "--format", "json", "--isolate", path, timeout=900)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        box.same(run.stdout.count(b"\n"), count, f"{count} messages: {spent[-1] / count * 1000:.1f} ms of CPU time each")
    box.check(spent[1] < 9 * spent[0], f"four times the messages take {spent[1] / spent[0]:.1f} times as long", spent)


def main():
    box = Batch()
    same(box)
    beside(box)
    leaving(box)
    cost(box)
    box.done()


main()
