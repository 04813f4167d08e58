#!/usr/bin/python3
"""Files are opened, listed, looked at and written through one door (src/base/disk.h), since much of the program runs where nothing
can be opened: every other call that takes a path stands in this list, with its reason. Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.chdir(ROOT)

CALLS = ("open|open64|openat|openat2|creat|fopen|freopen|fopen64|opendir|fdopendir|scandir|nftw|ftw|glob|stat|stat64|lstat|fstatat|statx|access|"
         "faccessat|euidaccess|unlink|unlinkat|rename|renameat|renameat2|remove|link|linkat|symlink|symlinkat|mkdir|mkdirat|rmdir|mkstemp|mkostemp|"
         "mkdtemp|tmpfile|readlink|readlinkat|realpath|canonicalize_file_name|chdir|fchdir|chmod|fchmodat|chown|truncate|utime|utimensat|getcwd|"
         "get_current_dir_name|execv|execve|execvp|execl|execlp|system|popen|posix_spawn|dlopen|"
         "g_open|g_creat|g_fopen|g_freopen|g_stat|g_lstat|g_access|g_unlink|g_remove|g_rename|g_mkdir|g_rmdir|g_chmod|g_chdir|g_utime|"
         "g_file_test|g_file_get_contents|g_file_set_contents|g_file_set_contents_full|g_file_read_link|g_file_open_tmp|g_mkstemp|g_mkstemp_full|"
         "g_mkdtemp|g_mkdtemp_full|g_dir_make_tmp|g_mkdir_with_parents|g_dir_open|g_mapped_file_new|g_key_file_load_from_file|"
         "g_key_file_save_to_file|g_get_current_dir|g_canonicalize_filename|g_spawn_sync|g_spawn_async|g_spawn_command_line_sync|g_module_open")
CALL = re.compile(r"(?<![\w.>])(" + CALLS + r")\s*\(")

# File: {call: how often}, and why it needs no door.
KNOWN = {
    "src/base/disk-system.c": ({"stat": 1, "access": 1, "open": 2, "fdopendir": 1, "fstatat": 2, "g_mkdir_with_parents": 1,
                                "g_get_current_dir": 1, "g_file_read_link": 1}, "it is the door"),
    "src/base/disk.c": ({"g_canonicalize_filename": 1}, "a text, from the door's own folder"),
    "src/base/newfile.c": ({"open": 1, "stat": 1, "g_mkstemp_full": 1, "g_file_test": 1, "linkat": 1, "link": 1, "renameat2": 1, "g_unlink": 2,
                            "access": 1, "rename": 1}, "under the door, and in the keeper"),
    "src/base/nowhere.c": ({"open": 2}, "/dev/null, before confinement"),
    "src/base/nameless.c": ({"g_file_open_tmp": 1, "unlink": 1}, "where nothing is confined; else base/inside.h"),
    "src/process/keeper.c": ({"open": 1, "g_get_current_dir": 1, "g_canonicalize_filename": 1, "g_dir_open": 1, "g_file_test": 2}, "the keeper: the other side of the door"),
    "src/process/beneath.c": ({"open": 2, "openat": 1, "realpath": 1}, "likewise"),
    "src/process/keeper-rules.c": ({"open": 5, "access": 1, "lstat": 1, "g_canonicalize_filename": 1, "g_file_test": 1},
                                   "likewise"),
    "src/tui/front/typed.c": ({"g_file_test": 1}, "in the keeper's process: whether what was dropped is there"),
    "src/dns/service-start.c": ({"g_file_get_contents": 1}, "before confinement: the process's own map"),
    "src/process/confine.c": ({"g_file_get_contents": 1}, "the process's own size, before confinement"),
    "src/batch/walk.c": ({"open": 1}, "in the parent, which opens what was named"),
    "src/batch/names.c": ({"open": 1}, "likewise: a list of names, by the command line"),
    "src/dns/live-context.c": ({"fopen": 1, "g_file_get_contents": 1}, "in the process that asks DNS: the system's configuration, before it is confined"),
    "src/peers/opendmarc.c": ({"dlopen": 1, "realpath": 1}, "in the process of second opinions, before it is confined"),
    "src/peers/libspf2.c": ({"dlopen": 1}, "likewise"),
    "src/message/gmime-load.c": ({"dlopen": 1}, "a library; not in a confined process (base/inside.h)"),
    "src/mailbox/gsf.c": ({"dlopen": 1}, "likewise"),
    "src/dns/unbound.c": ({"dlopen": 1}, "a library, before confinement"),
    "src/options/config.c": ({"g_canonicalize_filename": 1}, "the person's configuration, before anything else"),
    "src/main.c": ({"open": 1}, "holds the numbers of streams that are not there"),
    "src/tui/terminal/term.c": ({"open": 1}, "the terminal, in its process"),
    "src/tui/front/tty.c": ({"open": 1}, "likewise"),
}
# Not part of the program: they print tables when it is built.
TOOLS = ("src/tables/", "src/bake/")


def without_words(source):
    """Comments, strings and directives are no calls."""
    source = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|' r"'(?:\\.|[^'\\\n])+'", " ", source, flags=re.S)
    return re.sub(r"^\s*#.*$", " ", source, flags=re.M)


def calls(source):
    found = {}
    code = without_words(source)
    for match in CALL.finditer(code):
        line = code[code.rfind("\n", 0, match.start()) + 1:match.start()]
        if re.match(r"^\s*(static\s+)?(int|gboolean|void|char|const char)?\s*\**$", line) and line.strip():
            continue        # its declaration
        if not line and re.match(r"[^;{]*\)\s*\{", code[match.end():]):
            continue        # its definition
        if re.search(r"\(\s*\*\s*$", line):
            continue        # a pointer to such a function
        found[match.group(1)] = found.get(match.group(1), 0) + 1
    return found


def main():
    strange, counted = [], {}
    files = sorted(glob.glob("src/**/*.[ch]", recursive=True))
    for path in files:
        if path.startswith(TOOLS):
            continue
        with open(path, encoding="utf-8") as source:
            found = counted[path] = calls(source.read())
        wanted = KNOWN.get(path, ({}, ""))[0]
        strange += [f"{path}: {call}() {found.get(call, 0)} times, {wanted.get(call, 0)} are known" for call in sorted({*found, *wanted})
                    if found.get(call, 0) != wanted.get(call, 0)]
    idle = [path for path in KNOWN if path not in counted]
    # Who keeps files opens nothing that a core can name but through the rules.
    with open("src/process/beneath.c", encoding="utf-8") as source, open("src/process/keeper-rules.c", encoding="utf-8") as user:
        rules, users = source.read(), user.read()
    loose = [] if "RESOLVE_BENEATH" in rules and "O_NOFOLLOW" in rules else ["src/process/beneath.c stays in no folder"]
    loose += [] if users.count("beneath_open(") == 1 and users.count("beneath_open_mail(") == 1 else ["src/process/keeper-rules.c goes another way"]
    checks = (("no file is opened past the door", strange), ("what the list names is there", idle),
              ("the keeper stays below what was named", loose))
    print(f"1..{len(checks)}")
    for number, (what, faults) in enumerate(checks, 1):
        print(f"{'not ' if faults else ''}ok {number} - {what} ({len(files)} files)")
        for fault in faults:
            print(f"#   {fault}")


main()
