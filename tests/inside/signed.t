#!/usr/bin/python3
"""A signed message inside others: its DKIM signature is verified wherever the bytes are those that were signed.

Prints TAP; the program is $FROMSCOPE. SPDX-License-Identifier: MIT
"""
import base64
import json
import os
import pathlib
import quopri
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("FROMSCOPE", "build/fromscope")
SIGNED = pathlib.Path("samples/webform.eml").read_bytes()
HEAD = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: outer\r\nMIME-Version: 1.0\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nSee below.\r\n--B\r\n"
END = b"\r\n--B--\r\n"
EXIM = (b"Return-Path: <>\r\nFrom: Mailer-Daemon@mx.example.com\r\nTo: a@example.com\r\nSubject: failed\r\n\r\n"
        b"This message was created automatically by mail delivery software.\r\n\r\n  b@example.net\r\n"
        b"    550 5.1.1 No such user\r\n\r\n"
        b"------ This is a copy of the message, including all the headers. ------\r\n\r\n")


def lines(data):
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def report(folder, text):
    path = pathlib.Path(folder, "m.eml")
    path.write_bytes(text)
    done = subprocess.run([PROGRAM, "report", "--format", "json", "--inner", "--dns", "samples/webform.dns", str(path)],
                          capture_output=True, timeout=120, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


HEADER = SIGNED.split(b"\r\n\r\n")[0] + b"\r\n"
CASES = [
    ("as it is", MIXED + b"Content-Type: message/rfc822\r\n\r\n" + SIGNED + END, "raw", "pass", "ok", "ok"),
    ("with LF lines outside", (MIXED + b"Content-Type: message/rfc822\r\n\r\n" + SIGNED + END).replace(b"\r\n", b"\n"),
     "raw", "pass", "ok", "ok"),
    ("in base64", MIXED + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines(SIGNED) +
     END, "raw", "pass", "ok", "ok"),
    ("in quoted-printable", MIXED + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
     quopri.encodestring(SIGNED.replace(b"\r\n", b"\n")) + END, "raw", "pass", "ok", "ok"),
    ("as a file", MIXED + b"Content-Type: application/octet-stream; name=x.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
     lines(SIGNED) + END, "raw", "pass", "ok", "ok"),
    ("as a file that says nothing", MIXED + b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment\r\n"
     b"Content-Transfer-Encoding: base64\r\n\r\n" + lines(SIGNED) + END, "raw", "pass", "ok", "ok"),
    ("returned by Exim in plain text", EXIM + SIGNED, "raw", "pass", "ok", "ok"),
    ("inside a message inside", MIXED + b"Content-Type: message/rfc822\r\n\r\n" +
     MIXED.replace(b"=B\r", b"=C\r").replace(b"--B", b"--C") + b"Content-Type: message/rfc822\r\n\r\n" + SIGNED +
     b"\r\n--C--\r\n" + END, "raw", "pass", "ok", "ok"),
    ("the header alone: the body is not there, and nothing is claimed of it",
     MIXED + b"Content-Type: text/rfc822-headers\r\n\r\n" + HEADER + b"\r\n" + END, "headers", None, "ok", "unavailable"),
    ("altered on its way", MIXED + b"Content-Type: message/rfc822\r\n\r\n" + SIGNED.replace(b"teapot", b"kettle") + END,
     "raw", "fail", "ok", "mismatch"),
]


def main():
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, text, fidelity, result, header, body) in enumerate(CASES, 1):
            last = report(folder, text)[-1]
            sign = last["dkim"][0] if last["dkim"] else {}
            good = last["source"]["kind"] == "part" and last["source"]["fidelity"] == fidelity and \
                sign.get("header_hash") == header and sign.get("body_hash") == body and \
                (sign["result"] == result if result else sign["result"] not in ("pass", "fail"))
            bad += not good
            print(f"{'ok' if good else 'not ok'} {number} - {name}")
            if not good:
                print(f"# {last['source']} {sign}")
    print(f"1..{len(CASES)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
