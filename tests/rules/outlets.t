#!/usr/bin/python3
"""No way to a terminal but the known ones: every call in src/ that can write to a stream or a descriptor stands in this list,
with what makes it safe; a new one is a fault until somebody has thought about it. Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)

CALLS = ("printf|fprintf|vprintf|vfprintf|dprintf|vdprintf|fputs|fputs_unlocked|fputc|putc|putchar|puts|fwrite|fwrite_unlocked|write|writev|"
         "pwrite|pwritev|perror|psignal|g_print|g_printerr|g_message|g_info|g_debug|g_warning|g_critical|g_error|g_log|g_log_structured|"
         "putp|tputs|vidputs|addstr|addch|addnstr|addwstr|mvaddstr|waddstr|wprintf|fputws|fputwc|printw|send|sendto|sendmsg|sendfile|"
         "splice|tee|copy_file_range|syslog|error|error_at_line|err|errx|vwarn|warnx|g_assertion_message|fopen|freopen|fdopen|popen|"
         "system|process_vm_writev|ioctl")
CALL = re.compile(r"(?<![\w.>])(" + CALLS + r")\s*\(")

# File: {call: how often}, and why no stranger's byte gets out by it uninterpreted.
TO_A_READER = {
    "src/base/standard.c": ({"fprintf": 2, "fputs": 1, "fwrite": 1, "write": 1, "writev": 1}, "errors pass text_visible(); pieces of workers "
                      "text_append_terminal(), where standard output is a terminal; the rest comes from printers"),
    "src/command/repair.c": ({"fputs": 1}, "what a worker says passes text_append_terminal()"),
    "src/command/view.c": ({"fprintf": 1}, "a fixed text"),
    "src/base/heap.c": ({"write": 1}, "a fixed text"),
    "src/command/progress.c": ({"fprintf": 1}, "numbers and our words"),
    "src/tui/terminal/rescue.c": ({"write": 1}, "sequences of the terminal's description, made before anything was opened"),
    "src/tui/front/back.c": ({"g_printerr": 2}, "how a process died is said in our words"),
    "src/tui/front/front.c": ({"g_printerr": 2}, "faults of a theme and TERM pass text_visible()"),
    "src/tui/front/plain.c": ({"write": 1, "g_printerr": 1}, "what the core says passes text_append_terminal(); our own words, and what the "
                             "system says of standard output"),
    "src/dns/live-context.c": ({"fopen": 1}, "reads the system's configuration"),
    "src/tui/terminal/term.c": ({"write": 1}, "what paint.c made of a canvas, and links and clipboard (over.c, links.c, clipboard.c)"),
    "src/message/gmime-load.c": ({"g_error": 2}, "names of a library and its functions"),
}
# Into files, pipes and sockets between our own processes: nobody reads these on a terminal.
ELSEWHERE = {"src/batch/apart.c", "src/batch/doer-scan.c", "src/process/keeper.c", "src/process/keeper-core.c", "src/base/newfile.c",
             "src/base/spool.c", "src/process/line.c", "src/process/child.c", "src/dns/service-line.c", "src/dns/live.c",
             "src/peers/suffixes.c"}
# Not part of the program: they print tables when it is built.
TOOLS = ("src/tables/", "src/bake/")
# ioctl() asks for a window's size there, and sets nothing; TIOCSTI could type into a shell.
ASKS = re.compile(r"ioctl\s*\(\s*[^,]+,\s*(TIOCGWINSZ|FIONREAD|TIOCGPGRP)\b")


def without_words(source):
    """Comments and strings are no calls."""
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|' r"'(?:\\.|[^'\\\n])+'", " ", source, flags=re.S)


def calls(source):
    found = {}
    code = without_words(source)
    for match in CALL.finditer(code):
        line = code[code.rfind("\n", 0, match.start()) + 1:match.start()]
        if line.lstrip().startswith("#") or re.match(r"^\s*(static\s+)?[a-z]\w*\s+\**$", line):
            continue        # its definition
        if match.group(1) == "ioctl" and ASKS.match(code, match.start()):
            continue
        found[match.group(1)] = found.get(match.group(1), 0) + 1
    return found


def main():
    strange, files = [], sorted(glob.glob("src/**/*.[ch]", recursive=True))
    for path in files:
        with open(path, encoding="utf-8") as source:
            found = calls(source.read())
        if path.startswith(TOOLS) or path in ELSEWHERE:
            continue
        wanted = TO_A_READER.get(path, ({}, ""))[0]
        strange += [f"{path}: {call}() {found.get(call, 0)} times, {wanted.get(call, 0)} are known" for call in sorted({*found, *wanted})
                    if found.get(call, 0) != wanted.get(call, 0)]
    gone = [path for path in (*TO_A_READER, *ELSEWHERE, *DECIDERS) if path not in files]
    # Where bytes of strangers are in hand: the door has to be used.
    through = {"src/base/standard.c": "text_append_terminal", "src/command/repair.c": "text_append_terminal", "src/tui/front/front.c": "text_visible",
               "src/tui/terminal/canvas.c": "glyph_next", "src/tui/terminal/glyph.c": "text_next", "src/tui/plain/out.c": "glyph_next",
               "src/tui/front/plain.c": "text_append_terminal",
               "src/report/printer-json.c": "record_append_json|text_append_json", "src/base/markup.c": "text_next|text_append_visible"}
    closed = []
    for path, name in through.items():
        with open(path, encoding="utf-8") as source:
            if not re.search(rf"\b({name})\s*\(", without_words(source.read())):
                closed.append(f"{path} does not call {name}()")
    # Only one file decides what a byte looks like.
    deciders = []
    for path in files:
        with open(path, encoding="utf-8") as source:
            if re.search(r"g_unichar_iscntrl|g_unichar_type|uc_is_property_default_ignorable|g_unichar_isprint", without_words(source.read())):
                deciders.append(path)
    tests = (("every way to a reader is known", strange), ("what the list names is there", gone), ("the door is used where it has to be", closed),
             ("who asks what a character is", [path for path in deciders if path not in DECIDERS]))
    print(f"1..{len(tests)}")
    for number, (name, faults) in enumerate(tests, 1):
        print(f"{'not ' if faults else ''}ok {number} - {name} ({len(files)} files)")
        for fault in faults:
            print(f"#   {fault}")


# The others look at what a person types: which keys are text.
DECIDERS = {"src/base/text.c", "src/tui/modal.c", "src/tui/entry.c"}
main()
