#!/usr/bin/python3
"""Mailboxes: where their messages stand, and that each comes out as it was delivered: signatures hold. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import boxlib                                                       # noqa: E402
from boxlib import SEPARATOR, finding_ids, mail, mbox, signer, sources, titles   # noqa: E402

BODY = (b"Dear Bob,\r\n\r\nFrom now on we meet at ten.\r\nFrom ann@example.com Mon Jan  5 10:00:00 2026\r\nyou know more.\r\n"
        b"\r\nFrom time to time: not.\r\n\r\nBye\r\n\r\n\r\n")
QUOTES = (b"She wrote:\r\n>one\r\n>From two to three\r\n>four\r\nFrom my side: no.\r\n\r\n"
          b">>a\r\n>>From b\r\n>>c\r\n\r\nFrom here\r\nFrom there\r\n")


def signed(title, body):
    """A message with CRLF, signed over all of its body, blanks at line ends included."""
    head = mail(title).split(b"\n\n")[0].replace(b"\n", b"\r\n")
    return signer.sign(None, head, body, canon="relaxed/simple") + head + b"\r\n\r\n" + body


def stuff(message, every):
    """mboxrd (every) or mboxo: the ">" that their writers put before lines of the body."""
    lines = []
    head, _, body = message.partition(b"\r\n\r\n")
    for line in body.split(b"\r\n"):
        bare = line.lstrip(b">") if every else line
        lines.append(b">" + line if bare.startswith(b"From ") else line)
    return head + b"\r\n\r\n" + b"\r\n".join(lines)


def counted(message):
    head, _, body = message.partition(b"\r\n\r\n")
    return head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def lf(message):
    return message.replace(b"\r\n", b"\n")


def counted_lf(message):
    head, _, body = lf(message).partition(b"\n\n")
    return head + b"\nContent-Length: %d\n\n" % len(body) + body


def box_of(messages, line_end):
    separator = SEPARATOR.rstrip(b"\n") + line_end
    return b"".join(separator + m + (b"" if m.endswith(line_end) else line_end) + line_end for m in messages)


def variants(box, zone):
    plain, odd = signed("Plain", BODY), signed("Quotes", QUOTES)
    # What an mboxo wrote for a line that an author had quoted alone cannot be told from its own: rd only for that.
    single = signed("Single", b"a\r\n\r\n>From the start\r\n>>From\r\n>>>From x\r\n")
    cases = {
        "mboxrd": (box_of([stuff(m, True) for m in (plain, odd, single)], b"\r\n"), ["Plain", "Quotes", "Single"]),
        "mboxo": (box_of([stuff(m, False) for m in (plain, odd)], b"\r\n"), ["Plain", "Quotes"]),
        "mboxcl": (box_of([counted(stuff(m, False)) for m in (plain, odd)], b"\r\n"), ["Plain", "Quotes"]),
        "mboxcl2": (box_of([counted(m) for m in (plain, odd, single)], b"\r\n"), ["Plain", "Quotes", "Single"]),
    }
    lf_cases = {
        "mboxrd": (box_of([lf(stuff(m, True)) for m in (plain, odd, single)], b"\n"), ["Plain", "Quotes", "Single"]),
        "mboxo": (box_of([lf(stuff(m, False)) for m in (plain, odd)], b"\n"), ["Plain", "Quotes"]),
        "mboxcl": (box_of([counted_lf(stuff(m, False)) for m in (plain, odd)], b"\n"), ["Plain", "Quotes"]),
        "mboxcl2": (box_of([counted_lf(m) for m in (plain, odd, single)], b"\n"), ["Plain", "Quotes", "Single"]),
    }
    for ends, table in (("CRLF", cases), ("LF", lf_cases)):
        for name, (data, want) in table.items():
            _, reports, _ = box.open_bytes(data, dns=zone)
            got = [(r["from"]["addresses"][0]["name"], [d["reason"] for d in r["dkim"]]) for r in reports]
            box.same(got, [(title, ["ok"]) for title in want], f"{name}, {ends}: every signature holds")
    _, reports, _ = box.open_bytes(cases["mboxrd"][0])
    box.same(["mbox-unquoted" in finding_ids(r) for r in reports], [True] * 3, "what was taken off is told")
    # the message alone, in a mailbox of one
    _, reports, _ = box.open_bytes(box_of([stuff(plain, True)], b"\r\n"), dns=zone)
    box.same([d["reason"] for d in reports[0]["dkim"]], ["ok"], "a mailbox of one message: its signature holds")
    box.same(reports[0]["source"]["bytes"], len(plain), "and its size is that of what was delivered")
    # a body without a last line end, as the mailbox must add one: simple canonicalization adds it, too (RFC 6376, 3.4.3)
    _, reports, _ = box.open_bytes(box_of([signed("End", b"no line end"), stuff(plain, True)], b"\r\n"), dns=zone)
    box.same([d["reason"] for r in reports for d in r["dkim"]], ["ok", "ok"], "a body without a last line end")


def splitting(box):
    def found(name, data, want, status=0):
        got, reports, err = box.open_bytes(data)
        box.same((got, titles(reports)), (status, want), name)
        box.check(sources(reports) == [("mbox", i + 1) for i in range(len(want))], f"{name}: kind and number", sources(reports))
        return reports

    one, two, three = mail("One"), mail("Two"), mail("Three")
    found("three messages", mbox(one, two, three), ["One", "Two", "Three"])
    found("with CRLF", mbox(one, two, three).replace(b"\n", b"\r\n"), ["One", "Two", "Three"])
    found("separators LF, messages CRLF", mbox(*(m.replace(b"\n", b"\r\n") for m in (one, two))), ["One", "Two"])
    found("byte order mark and empty lines above", b"\xEF\xBB\xBF\n\n" + mbox(one, two), ["One", "Two"])
    found("no empty line at the end", mbox(one, two).rstrip(b"\n"), ["One", "Two"])
    for form in (b"From - Mon Jan 05 10:00:00 2026", b"From 123@xxx Mon Jan 05 10:00:00 +0000 2026", b"From ann@example.com",
                 b"From ann Mon, 5 Jan 2026 10:00:00 +0000", b"From \"a b\"@example.com  Mon Jan  5 10:00:00 UTC 2026",
                 b"From ann@example.com Mon Jan  5 10:00 2026", b"From MAILER-DAEMON Mon Jan  5 10:00:00 2026",
                 b"From foo!bar!ann Mon Jan  5 10:00:00 2026 remote from foo"):
        found(f"separator {form.decode()}", mbox(one, two, separator=form + b"\n"), ["One", "Two"])
    for line in (b"From now on: we meet", b"From\nSubject: x", b"From ann@example.com Mon Jan  5 10:00:00 2026\nyou know more.",
                 b"From nobody\nNote: this is text\nAnd: this", b"From Monday to Friday in Jan 2026 at 10:00 call 12 people\nor write.",
                 b"From: ann@example.com\nSubject: quoted\n", b"From : x\nTo: y"):
        found(f"a body with {line!r}", mbox(mail("One", b"text\n\n" + line + b"\n"), two), ["One", "Two"])
    found("a whole message quoted in a body, no empty line above", mbox(mail("One", b"see\n" + SEPARATOR + three), two), ["One", "Two"])
    inner = SEPARATOR + three
    count = b"Content-Length: %d\n" % len(b"see\n\n" + inner)
    found("a whole message in a body that is counted", mbox(mail("One", b"see\n\n" + inner).replace(b"To:", count + b"To:", 1), two), ["One", "Two"])
    for wrong in (b"0", b"5", b"60", b"99999999999999999999", b"-1", b"abc", b"7 x", b""):
        counted_one = one.replace(b"To:", b"Content-Length: " + wrong + b"\nTo:")
        reports = found(f"a wrong count ({wrong.decode()})", mbox(counted_one, two), ["One", "Two"])
        box.same(reports[0]["source"]["bytes"], len(counted_one), f"a wrong count ({wrong.decode()}) cuts nothing off")
    empty = found("an empty body", mbox(one.replace(b"Hello.\n", b""), two), ["One", "Two"])
    bare = found("a header alone", SEPARATOR + one.split(b"\n\n")[0] + b"\n\n" + SEPARATOR + two, ["One", "Two"])
    box.same([r["source"]["fidelity"] for r in empty + bare], ["raw"] * 4, "the empty line behind a header is the header's")
    found("it ends in the middle of a header", mbox(one, two)[:-80], ["One", "Two"])
    found("junk above the fields", mbox(one, b"what is this?\n" + two), ["One", "Two"])
    found("NUL bytes in bodies", mbox(mail("One", b"\0" * 5000 + b"\n"), two), ["One", "Two"])
    nul = found("a message that is empty", mbox(one, b"", two), ["One", None, "Two"], 2)
    box.same((list(nul[1]), finding_ids(nul[1])), (["format", "source", "findings"], ["message-unreadable"]),
             "an unreadable message is format, source, findings")
    box.check("message 2: the message is empty" in nul[1]["findings"][0]["text"], "that says which and why", nul[1]["findings"])
    found("the first is empty", mbox(b"", one), [None, "One"], 2)
    found("separators without anything between", SEPARATOR * 3 + one, [None, None, "One"], 2)
    found("a separator at the end", mbox(one) + SEPARATOR, ["One", None], 2)
    found("a header of binary junk", mbox(one) + SEPARATOR + b"\n\n" + mbox(two), ["One", None, "Two"], 2)
    sizes = [r["source"]["bytes"] for r in found("sizes", mbox(one, mail("Two", b"a\n\n\n"), mail("Three", b"end\n")), ["One", "Two", "Three"])]
    box.same(sizes, [len(one), len(mail("Two", b"a\n\n\n")), len(mail("Three", b"end\n"))], "no separator, no empty line before it")


def choosing(box):
    path = box.write("box", mbox(mail("One"), b"", mail("Three")))
    for index, want in (("1", (0, ["One"])), ("3", (0, ["Three"])), ("2", (2, [None])), ("4", (2, []))):
        status, reports, err = box.report(path, "--index", index)
        box.same((status, titles(reports)), want, f"--index {index}")
        said = {"4": "box: there is no message 4: it holds 3", "2": "box, message 2: the message is empty"}.get(index)
        box.check(said in err if said else err == "", f"--index {index}: what is said", err)
    done = box.run("report", "--offline", path)
    text = done.stdout.decode()
    box.check(done.returncode == 2 and "message 1" in text and "This message cannot be read" in text and "message 3" in text,
              "the text report goes on behind an unreadable message", text[:300])
    single = box.write("single.mbox", mbox(mail("One")))
    done = box.run("repair", single)
    box.same((done.returncode, done.stdout), (0, mail("One")), "repair takes the separator off")
    done = box.run("repair", "--index", "3", path)
    box.same((done.returncode, done.stdout), (0, mail("Three")), "repair --index")
    done = box.run("repair", path)
    box.check(done.stdout == mail("One") and b"mailbox" in done.stderr, "repair of a mailbox says which it took", done.stderr)
    box.write("box.dns", b";! snapshot 1\n;! complete .\n")
    done = box.run("report", "--format", "json", "--index", "1", path)
    box.check(b'"dns_source":"snapshot-beside"' in done.stdout, "the snapshot beside a mailbox holds for its messages")


def main():
    box = boxlib.Box()
    zone = box.write("zone", signer.zone({"ed": signer.ED_RECORD}).encode())
    variants(box, zone)
    splitting(box)
    choosing(box)
    box.done()


main()
