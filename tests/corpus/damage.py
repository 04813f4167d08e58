"""What happens to header blocks on their way through chats, forms and blogs; and the probe that repairs them.

SPDX-License-Identifier: MIT"""
import html
import json
import os
import re
import subprocess


def one_line(raw):
    return re.sub(r"\n", " ", raw.rstrip("\n"))


def one_line_collapsed(raw):
    return re.sub(r"\s+", " ", raw.rstrip("\n"))


def glued(raw):
    return raw.replace("\n", "")


def unindented(raw):
    return re.sub(r"\n[ \t]+", "\n", raw)


class Probe:
    """build/tests/repair-probe, kept running."""

    def __init__(self):
        build = os.environ.get("BUILD", "build")
        self.process = subprocess.Popen([os.path.join(build, "tests", "repair-probe")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def repair(self, text, *undone):
        """(text, needed, fidelity, {id: count})"""
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
        head = " ".join([str(len(data)), *undone])
        self.process.stdin.write(head.encode() + b"\n" + data)
        self.process.stdin.flush()
        words = self.process.stdout.readline().decode().split()
        out = self.process.stdout.read(int(words[0]))
        counts = {word.split("=")[0]: int(word.split("=")[1]) for word in words[3:]}
        return out.decode("utf-8", "surrogateescape"), words[1] == "1", words[2], counts

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


def quoted(raw):
    return "On Monday somebody wrote:\n" + re.sub(r"^", "> ", raw.rstrip("\n"), flags=re.M) + "\n\nDoes this help?\n"


def quoted_twice(raw):
    return re.sub(r"^", ">> ", raw.rstrip("\n"), flags=re.M) + "\n"


def barred(raw):
    return re.sub(r"^", "| ", raw.rstrip("\n"), flags=re.M) + "\n"


def numbered(raw):
    return "".join(f"{number:4}: {line}\n" for number, line in enumerate(raw.rstrip("\n").split("\n"), 1))


def numbered_by_tab(raw):
    return "".join(f"{number:6}\t{line}\n" for number, line in enumerate(raw.rstrip("\n").split("\n"), 1))


def indented(raw):
    return re.sub(r"^", "    ", raw.rstrip("\n"), flags=re.M) + "\n"


def fenced(raw):
    return "Here it is:\n\n```\n" + raw + "```\nWhat do you think?\n"


def doubled(raw):
    return raw.replace("\n", "\n\n")


def spread(raw):
    return re.sub(r"\n(?=[^ \t])", "\n\n", raw)


def cr_only(raw):
    return raw.replace("\n", "\r")


def tabs_to_blanks(raw):
    return raw.replace("\t", "    ")


def full_width(raw):
    return re.sub(r"^([A-Za-z][\w-]*):", "\\1\uff1a", raw, flags=re.M)


def zero_width(raw):
    return re.sub(r"^(?=[A-Za-z])", "\u200b", raw, flags=re.M)


def json_string(raw):
    return '{"raw": ' + json.dumps(raw.replace("\n", "\r\n")) + ', "more": "x"}'


def c_string(raw):
    return '"' + raw.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


NAME = re.compile(r"^([A-Za-z][\w.-]*):", re.M)


def bold(raw):
    return NAME.sub(r"**\1:**", raw)


def bold_outside(raw):
    return "Headers:\n\n" + NAME.sub(r"__\1__:", raw)


def italic(raw):
    return NAME.sub(r"*\1:*", raw)


def code_names(raw):
    return NAME.sub(r"`\1:`", raw)


def bold_list(raw):
    return re.sub(r"^(?=\*)", "* ", bold(raw), flags=re.M)


def bold_quoted(raw):
    return quoted(bold(raw))


def bold_spread(raw):
    return re.sub(r"\n(?=\*)", "\n\n", bold(raw))


def html_bold(raw):
    return re.sub(r"^([A-Za-z][\w-]*):", r"<b>\1:</b>", html.escape(raw), flags=re.M).replace("\n", "<br>\n")


def html_strong(raw):
    return re.sub(r"^([A-Za-z][\w-]*):", r"<strong>\1</strong>:", html.escape(raw), flags=re.M).replace("\n", "<br>\n")


def html_escaped(raw):
    return html.escape(raw)


def html_breaks(raw):
    return "<div>" + html.escape(raw).replace("\n", "<br>\n") + "</div>"


def html_lines(raw):
    return "<pre>" + "".join(f"<div class=\"l\">{html.escape(line)}</div>" for line in raw.rstrip("\n").split("\n")) + "</pre>"


GMAIL = """Original Message
Message ID\t<0102019a9e4bd1c8@mail.esp.example>
Created at:\tMon, Sep 7, 2026 at 1:07 PM (Delivered after 5 seconds)
From:\tExample News <news@example.com>
To:\tuser@example.jp
Subject:\tYour order 10482
SPF:\tPASS with IP 192.0.2.8 Learn more
DKIM:\t'PASS' with domain example.com Learn more
DMARC:\t'FAIL' Learn more


Download Original
Copy to clipboard
"""
GMAIL_JA = """元のメッセージ
メッセージ ID\t<0102019a9e4bd1c8@mail.esp.example>
作成日:\t2026年9月7日 13:07（5 秒後に配信済み）
From:\tExample News <news@example.com>
To:\tuser@example.jp
件名:\tご注文
SPF:\tPASS（IP: 2001:db8::8）詳細
DKIM:\t「PASS」（ドメイン: example.com）詳細
DMARC:\t「PASS」詳細
"""


def gmail(raw):
    return GMAIL + "\n" + raw


def gmail_bars(raw):
    return GMAIL.replace("\t", " | ") + raw


def gmail_cells(raw):
    return GMAIL.replace("\t", "\n") + "\n" + raw


def gmail_one_line(raw):
    return one_line(GMAIL + raw)


def gmail_japanese(raw):
    return GMAIL_JA + "\n" + raw


def titled(raw):
    return "Message details\n\nInternet headers\n" + raw


def asked(raw):
    return "Hi all,\nNote: I do not understand this.\n\nCan you help: what is wrong?\n\n" + raw


def asked_in_line(raw):
    return "Can you help? " + one_line(raw)


def wrapped(raw):
    """One line, wrapped by a chat at 60 columns."""
    out, line = [], ""
    for word in one_line(raw).split(" "):
        if line and len(line) + len(word) > 60:
            out.append(line)
            line = word
        else:
            line = line + " " + word if line else word
    return "\n".join(out + [line]) + "\n"


def rewrapped_quote(raw):
    return re.sub(r"^", "> ", wrapped(raw).rstrip("\n"), flags=re.M)


def few_lines(raw):
    """Every third line break is still there."""
    lines = raw.rstrip("\n").split("\n")
    return "".join(line + ("\n" if number % 3 == 2 else " ") for number, line in enumerate(lines))
