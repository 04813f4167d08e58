"""What a server can do to a question: each way to break, delay, falsify or bloat an answer.

SPDX-License-Identifier: MIT
"""
import os
import struct

import dns.flags
import dns.message
import dns.name

from loopback import either, framed, kind_of, reply


def raw_reply(query, records, count=None, rcode=0):
    """A reply whose answer section is these bytes; the name asked for is at offset 12."""
    question = query.to_wire()[12:]
    question = question[:question.index(b"\0") + 5]
    head = struct.pack("!HHHHHH", query.id, 0x8180 | rcode, 1, len(records) if count is None else count, 0, 0)
    return head + question + b"".join(records)


def record(data, kind=16, owner=b"\xc0\x0c", length=None):
    return owner + struct.pack("!HHIH", kind, 1, 300, len(data) if length is None else length) + data


def alias(query, target):
    return reply(query, records=[("CNAME", target)])


def wrong_id(query, message):
    message.id = (query.id + 1) & 0xFFFF
    return message


def wrong_question(query, false):
    other = dns.message.make_query("other.example.", kind_of(query))
    other.id = query.id
    return reply(other, records=false)


def truncated(query):
    message = reply(query)
    message.flags |= dns.flags.TC
    return message


def drip(query, true, seconds):
    """The whole of a right answer, a byte at a time, slower than anyone waits."""
    wire = framed(reply(query, records=true))
    out = []
    for byte in wire:
        out += [bytes([byte]), seconds]
    return out



def poison(query, true, false):
    """The answer, and what nobody asked for."""
    message = reply(query, records=true)
    for section in (message.answer, message.additional):
        section += reply(query, records=false, owner=dns.name.from_text("victim.example.")).answer
    return message


# Query, transport, the records that are true, some that are not -> what is sent.
BEHAVIOUR = {
    "ok": lambda q, o, t, f: either(reply(q, records=t), o),
    "drop": lambda q, o, t, f: [],
    "delay": lambda q, o, t, f: [0.3] + either(reply(q, records=t), o),
    "late": lambda q, o, t, f: [4] + either(reply(q, records=t), o),
    "servfail": lambda q, o, t, f: either(reply(q, "SERVFAIL"), o),
    "refused": lambda q, o, t, f: either(reply(q, "REFUSED"), o),
    "formerr": lambda q, o, t, f: either(reply(q, "FORMERR"), o),
    "notimp": lambda q, o, t, f: either(reply(q, "NOTIMP"), o),
    "nxdomain": lambda q, o, t, f: either(reply(q, "NXDOMAIN"), o),
    "nodata": lambda q, o, t, f: either(reply(q), o),
    "tcp": lambda q, o, t, f: either(reply(q, records=t), o) if o == "tcp" else [truncated(q)],
    "tcpagain": lambda q, o, t, f: either(truncated(q), o),
    "tcpsilent": lambda q, o, t, f: [] if o == "tcp" else [truncated(q)],
    "tcpshort": lambda q, o, t, f: [framed(reply(q, records=t))[:20], 30] if o == "tcp" else [truncated(q)],
    "tcplong": lambda q, o, t, f: [b"\xff\xff" + b"x" * 70000] if o == "tcp" else [truncated(q)],
    "drip": lambda q, o, t, f: drip(q, t, 0.2) if o == "tcp" else [truncated(q)],
    "wrongid": lambda q, o, t, f: either(wrong_id(q, reply(q, records=f)), o),
    "wrongthenright": lambda q, o, t, f: either(wrong_id(q, reply(q, records=f)), o) + [0.05] +
        either(reply(q, records=t), o),
    "wrongquestion": lambda q, o, t, f: either(wrong_question(q, f), o),
    "query": lambda q, o, t, f: either(q, o),
    "empty": lambda q, o, t, f: either(b"", o),
    "short": lambda q, o, t, f: either(raw_reply(q, [])[:11], o),
    "garbage": lambda q, o, t, f: either(struct.pack("!H", q.id) + os.urandom(300), o),
    "cut": lambda q, o, t, f: either(raw_reply(q, [record(b"\x04true")])[:-3], o),
    "counts": lambda q, o, t, f: either(raw_reply(q, [record(b"\x05false")], count=65535), o),
    "beyond": lambda q, o, t, f: either(raw_reply(q, [record(b"\x05false", length=600)]), o),
    "overlong": lambda q, o, t, f: either(raw_reply(q, [record(b"\xfffalse")]), o),
    "nostring": lambda q, o, t, f: either(raw_reply(q, [record(b"")]), o),
    "ownerloop": lambda q, o, t, f: either(raw_reply(q, [record(b"\x05false", owner=b"\xc0" +
        bytes([len(raw_reply(q, []))]))]), o),
    "targetloop": lambda q, o, t, f: either(raw_reply(q, [record(b"\xc0" + bytes([len(raw_reply(q, [])) + 12]), 5)]), o),
    "forward": lambda q, o, t, f: either(raw_reply(q, [record(b"\xff\xff", 5)]), o),
    "shorta": lambda q, o, t, f: either(raw_reply(q, [record(b"\1\2\3", 1)]), o),
    "longa": lambda q, o, t, f: either(raw_reply(q, [record(b"\1\2\3\4\5", 1)]), o),
    "othertype": lambda q, o, t, f: either(reply(q, records=[("A", "192.0.2.66")]), o),
    "othername": lambda q, o, t, f: either(reply(q, records=f, owner=dns.name.from_text("ok.example.")), o),
    "poison": lambda q, o, t, f: either(poison(q, t, f), o),
    "nul": lambda q, o, t, f: either(raw_reply(q, [record(b"\x05fal\0e")]), o),
    "strings": lambda q, o, t, f: either(raw_reply(q, [record((b"\xff" + b"\0" * 255) * 8)]), o),
    "empties": lambda q, o, t, f: either(raw_reply(q, [record(b"\0" * 400)]), o),
    "self": lambda q, o, t, f: either(alias(q, q.question[0].name.to_text()), o),
    "loopa": lambda q, o, t, f: either(alias(q, "loopb.example."), o),
    "loopb": lambda q, o, t, f: either(alias(q, "loopa.example."), o),
    "huge": lambda q, o, t, f: either(reply(q, records=[("TXT", f'"{n:05d}{"y" * 240}"') for n in range(230)]), o)
        if o == "tcp" else [truncated(q)],
}


def behave(label, query, over, true, false):
    """What is sent, or None where no behaviour has this name."""
    if label.startswith("chain") and label[5:].isdigit():
        return chain(int(label[5:]), query, over, true)
    return BEHAVIOUR[label](query, over, true, false) if label in BEHAVIOUR else None


def chain(left, query, over, true):
    """So many aliases, then the answer: the next name says how many are left."""
    if left == 0:
        return either(reply(query, records=true), over)
    first, rest = query.question[0].name.to_text().split(".", 1)
    return either(alias(query, first.replace(f"chain{left}", f"chain{left - 1}") + "." + rest), over)
