#!/usr/bin/python3
"""Who vouches, in the words of the ten-second answer: the name itself, one above or below it, or only another of its
organization. SPDX-License-Identifier: MIT"""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from advicelib import Folder, Mail, Tap  # noqa: E402
from cases import OWN  # noqa: E402

ZONE = ['_dmarc.group.example. 300 IN TXT "v=DMARC1; p=reject"',
        'a.group.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"']
tap = Tap()
folder = Folder()


def mail(author, envelope, *signers):
    return Mail(author=f"x@{author}", mail_from=f"b@{envelope}", sign=list(signers), dmarc=None, dns=ZONE,
                spf=None if envelope == "a.group.example" else OWN)


def answer(message, *options):
    folder.put(message)
    return re.sub(r"\s+", " ", folder.run(*options, form="text").split("THE TREE")[0])


COUNTS = "That counts since both belong to group.example."
for name, message, has, lacks in (
        ("the same name", mail("b.group.example", "b.group.example", "b.group.example"),
         ["b.group.example vouches for this mail: its servers may send it (SPF, b.group.example)"], ["counts since"]),
        ("its parent", mail("b.group.example", "group.example"), ["b.group.example vouches for this mail"],
         ["counts since", "as long as"]),
        ("a name below it", mail("group.example", "a.group.example"), ["group.example vouches for this mail"],
         ["counts since", "as long as"]),
        ("a sister by SPF", mail("b.group.example", "a.group.example"),
         ["in the name of b.group.example (From:), and a.group.example vouches for it (SPF). " + COUNTS,
          "Nothing must change, as long as all names below group.example belong to one organization."],
         ["b.group.example vouches", "its servers may send it"]),
        ("a sister by both", mail("b.group.example", "a.group.example", "a.group.example"),
         ["and a.group.example vouches for it (SPF, DKIM). " + COUNTS], ["b.group.example vouches"]),
        ("two sisters", mail("b.group.example", "a.group.example", "c.group.example"),
         ["and a.group.example and c.group.example vouch for it (SPF, DKIM). That counts since all of them belong to "
          "group.example."], ["b.group.example vouches"]),
        ("a sister and the name itself", mail("b.group.example", "a.group.example", "b.group.example"),
         ["b.group.example vouches for this mail: its signature is intact (DKIM, b.group.example). As names of the same "
          "organization (group.example) these vouch, too: a.group.example.", "Nothing must change."],
         ["its servers may send it", "as long as"])):
    text = answer(message)
    for words in ["PASS", *has]:
        tap.ok(words in text, f"{name}: {words}", text[:900])
    for words in lacks:
        tap.ok(words not in text, f"{name}: not {words}", text[:900])

text = answer(mail("deep.b.group.example", "a.group.example"))
tap.ok("psd=n in a DMARC record of b.group.example" in text, "the record goes right below the organization", text[:900])
psd = answer(mail("b.group.example", "a.group.example"), "--what-if",
             "dns=_dmarc.b.group.example TXT \"v=DMARC1; p=reject; psd=n\"")
tap.ok("FAIL" in psd and "as long as" not in psd, "with it a sister counts no more", psd[:900])

text = answer(Mail(mail_from="b@esp.example", dns=['esp.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"']), "--what-if",
              "dkim.add=brand.example")
tap.ok("Optional: MAIL FROM" in text and "\\x" not in text, "an optional record shows its first line, and no line end", text)

# Of a pass that is somebody's word no check is told, since none is known.
folder.put(Mail(above="Authentication-Results: mx.receiver.example; dmarc=pass header.from=brand.example\r\n"))
with open(folder.dns, "w", encoding="utf-8") as zone:
    zone.write(";! snapshot 1\n")
word = re.sub(r"\s+", " ", folder.run("--trust", "mx.receiver.example", form="text").split("THE TREE")[0])
for words in ("PASS A trusted host says that brand.example vouches for this mail (DMARC pass). By which check cannot be known here.",
              "FIX Nothing must change. It stands on the word of a trusted host alone."):
    tap.ok(words in word, f"a trusted host's pass alone: {words}", word[:900])
tap.ok("DKIM vouches" not in word and "signature is intact" not in word, "and no signature is praised", word[:900])
tap.ok("Policy: not known, since the record could not be looked up." in word, "nor is a policy", word[:900])
steps = re.sub(r"\s+", " ", folder.run("--trust", "mx.receiver.example", form="steps"))
tap.ok("Plainly A trusted host says so. The record itself could not be looked up here." in steps and "that was proved" not in steps,
       "the tree says whose word it is", steps[-900:])
told = folder.report(None, "--trust", "mx.receiver.example")
tap.ok((told["dmarc"]["rfc9989"]["basis"], told["tree"]["provenance"]) == ("reported", "reported"), "and so does JSON", told["tree"]["provenance"])
# A signature that only the trusted host saw.
folder.put(Mail(above="Authentication-Results: mx.receiver.example; dkim=pass header.d=brand.example\r\n"))
told = folder.report(None, "--trust", "mx.receiver.example")
tap.ok((told["dmarc"]["rfc9989"]["result"], told["tree"]["provenance"]) == ("pass", "reported"), "a pass by its word is reported", told["tree"])


# A record in error: what is wrong with it is named in a sentence: an include where its own terms are sound.
for name, record, dns, term, fixed in (
        ("one fault", "v=spf1 ip4:192.0.2.10 ipv4:198.51.100.1 -all", [], "ipv4:198.51.100.1", "v=spf1 ip4:192.0.2.10 -all"),
        ("a fault in an included record", "v=spf1 include:b.example ip4:192.0.2.10 -all", ['b.example. 300 IN TXT "v=spf1 ip8:1 -all"'],
         "include:b.example", "v=spf1 ip4:192.0.2.10 -all")):
    text = answer(Mail(spf=record, dns=dns))
    tap.ok(f'The SPF record of brand.example is in error at "{term}" (it cannot be read: syntax error), so SPF proves nothing' in text,
           f"{name}: the cause is a whole sentence", text)
    tap.ok(f'brand.example. IN TXT "{fixed}"' in text and "(tried here: PASS)" in text, f"{name}: what to publish was tried", text)
tap.end()
