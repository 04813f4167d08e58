"""Where the time goes, by perf: samples of the program and of all that it starts, by who asked for the work.

A sample belongs to libcrypto, the kernel, or the allocator where one of these runs, and else to the folder of src/ whose
function is innermost; what that calls in GLib and the C library counts for it. SPDX-License-Identifier: MIT"""
import collections
import glob
import os
import re
import shutil
import subprocess
import tempfile

ALLOCATOR = re.compile(r"^(malloc|calloc|realloc|free|cfree|_int_|__libc_(malloc|calloc|free|realloc)|malloc_|unlink_chunk|tcache_|"
                       r"sysmalloc|systrim|g_slice_|g_malloc|g_free|g_realloc|__malloc_usable|arena_|heap_)")
# Samples a second of each core.
RATE = 2999
LABELS = {
    "base": "names, bytes of strangers (base)", "facts": "records: made, printed, freed (facts)", "process": "workers (process)",
    "batch": "the batch", "message": "fields and body (message)", "repair": "is it damaged? (repair)",
    "mailbox": "opening, finding messages (mailbox)", "headers": "reading fields (headers)", "dns": "answers (dns)",
    "auth": "SPF, DKIM, ARC, DMARC (auth)", "tree": "words of the tree (tree)", "whatif": "what if", "advice": "advice",
    "receivers": "receivers' rules", "analysis": "joining it all (analysis)", "survey": "groups (survey)",
    "report": "printing (report)", "lesson": "lessons", "tui": "screen (tui)", "options": "options", "session": "session",
    "command": "the commands (command)", "": "main",
}


def missing():
    """None, or why nothing can be profiled here."""
    if not shutil.which("perf"):
        return "perf is not installed"
    done = subprocess.run(["perf", "record", "-e", "cpu-clock", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return None if done.returncode == 0 else "perf may not look here"


class Folders:
    """Which folder of src/ a function stands in; a name that several have is told by its callers."""

    def __init__(self, build):
        self.of = collections.defaultdict(set)
        objects = glob.glob(f"{build}/src/**/*.o", recursive=True)
        for start in range(0, len(objects), 200):
            out = subprocess.run(["nm", "-A", "--defined-only", *objects[start:start + 200]], capture_output=True, text=True,
                                 check=True).stdout
            for path, name in re.findall(r"^(.*\.o):[0-9a-f]+ [tT] (\S+)$", out, re.M):
                folder = os.path.relpath(os.path.dirname(path), f"{build}/src")
                self.of[name.split(".")[0]].add("" if folder == "." else folder.split("/")[0])

    def find(self, frames, program):
        for name, dso in frames:
            if os.path.basename(dso) == program and len(self.of.get(name, ())) == 1:
                return next(iter(self.of[name]))
        return None


def group(frames, folders, program):
    """(group, function of the leaf)"""
    leaf, dso = frames[0]
    if "kernel" in dso or dso == "unknown":
        return "the kernel: files, pipes, processes", leaf
    if any("libcrypto" in where for _, where in frames):
        return "libcrypto: signatures, hashes, keys", leaf
    if ALLOCATOR.match(leaf):
        return "malloc and free", leaf
    if "ld-linux" in dso:
        return "the dynamic linker", leaf
    folder = folders.find(frames, program)
    return (LABELS.get(folder, folder) if folder is not None else "other"), leaf


def samples(data):
    """Stacks of (function, library), the innermost first."""
    out = subprocess.run(["perf", "script", "-i", data, "--no-inline", "-F", "ip,sym,dso"], capture_output=True, text=True,
                         errors="replace", check=True).stdout
    for block in out.split("\n\n"):
        frames = [(name.split("+")[0], dso) for name, dso in re.findall(r"^\s+[0-9a-f]+ (.*) \((.*?)\)$", block, re.M)]
        if frames:
            yield frames


def profile(command, folders, program):
    """(Counter of groups, Counter of innermost functions), in samples."""
    groups, leaves = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/perf.data"
        subprocess.run(["perf", "record", "-e", "cpu-clock", "-F", str(RATE), "--call-graph", "dwarf,4096", "-o", data, "--",
                        *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        for frames in samples(data):
            name, leaf = group(frames, folders, program)
            groups[name] += 1
            leaves[leaf] += 1
    return groups, leaves


def table(cases, folders, program):
    """cases: [(title, command)]. Lines of cells: a group and its share in each case, the largest first."""
    found = [profile(command, folders, program) for _, command in cases]
    names = sorted(set().union(*[groups for groups, _ in found]),
                   key=lambda name: -max(groups[name] / groups.total() for groups, _ in found))
    lines = [[name] + [f"{100 * groups[name] / groups.total():.0f} %" if groups[name] / groups.total() >= 0.005 else ""
                       for groups, _ in found] for name in names]
    lines.insert(0, ["seconds of CPU"] + [f"{groups.total() / RATE:.2f}" for groups, _ in found])
    notes = [f"{title}: {groups.total():,} samples; largest functions: " + ", ".join(
        f"{leaf} {100 * count / groups.total():.0f} %" for leaf, count in leaves.most_common(8) if leaf != "[unknown]")
             for (title, _), (groups, leaves) in zip(cases, found)]
    return [line for line in lines if any(line[1:])], notes
