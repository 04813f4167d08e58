"""The messages that the benches read, made once for a build folder by make-corpus: the same bytes in every run.
SPDX-License-Identifier: MIT"""
import glob
import hashlib
import json
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
# Of a message of 3,436 bytes in an mbox with its From line: 342 to 345 MB.
MBOX_SIZE = 3600


def stamp():
    """Changes with the generator: what an older one made is made anew."""
    state = hashlib.sha256()
    for path in sorted(glob.glob(os.path.join(HERE, "corpus", "*.[ch]"))):
        with open(path, "rb") as source:
            state.update(source.read())
    return state.hexdigest()[:12]


class Corpora:
    def __init__(self, build):
        self.program = os.path.join(build, "tests/bench/make-corpus")
        self.folder = os.path.join(build, "bench", "corpus-" + stamp())
        for old in glob.glob(os.path.join(build, "bench", "corpus-*")):
            if old != self.folder:
                shutil.rmtree(old)
        os.makedirs(self.folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def make(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    def once(self, name, build):
        """What `build(path)` says of what it made; kept beside it."""
        path, facts = self.path(name), self.path(name + ".json")
        if not os.path.exists(facts):
            what = build(path)
            with open(facts, "w", encoding="ascii") as out:
                json.dump(what, out)
        with open(facts, encoding="ascii") as kept:
            return path, json.load(kept)

    def zone(self):
        """The folder of snapshot.dns and root.zone."""
        return self.once("zone", lambda path: self.make("zone", path))[0]

    def snapshot(self):
        return os.path.join(self.zone(), "snapshot.dns")

    def files(self, mix, count):
        """(folder, {messages, bytes, signatures, hashed})"""
        return self.once(f"{mix}-{count}", lambda path: self.make("files", path, count, "--mix", mix))

    def mbox(self, count):
        """Two processes make half each."""
        def build(path):
            half = count // 2
            jobs = [(path + ".0", half, 0), (path + ".1", count - half, half)]
            running = [subprocess.Popen([self.program, "mbox", part, str(size), "--first", str(first), "--size", str(MBOX_SIZE)],
                                        stdout=subprocess.PIPE) for part, size, first in jobs]
            said = [json.loads(process.communicate()[0]) for process in running]
            with open(path, "wb") as out:
                for part, _, _ in jobs:
                    with open(part, "rb") as source:
                        shutil.copyfileobj(source, out, 1 << 20)
                    os.unlink(part)
            return {key: said[0][key] + said[1][key] for key in said[0]}
        return self.once(f"mbox-{count}", build)

    def large(self, kind, size, lf):
        name = f"{kind}{'-lf' if lf else ''}-{size}.eml"
        return self.once(name, lambda path: self.make("large", path, size, kind, *(["--lf"] if lf else [])))[0]

    def series(self, kind, count):
        return self.once(f"{kind}-{count}.eml", lambda path: self.make("series", path, count, kind))[0]
