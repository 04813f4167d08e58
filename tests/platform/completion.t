#!/usr/bin/python3
"""The completions, asked of the shells themselves: every command, option and word is offered where it belongs. A shell
that is not installed is skipped. Prints TAP.
SPDX-License-Identifier: MIT"""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "check"))
from checklib import Tap

tap = Tap()
PROGRAM, BUILD = os.environ["FROMSCOPE"], os.environ["BUILD"]
FOLDER = os.path.join(BUILD, "completion")
PATIENCE = 40


def table():
    """What the program's own tables say: commands, and options with their words and the commands they belong to."""
    rows = [row.split("\t") for row in
            subprocess.run([os.path.join(BUILD, "tables"), "plain"], capture_output=True, check=True,
                           timeout=60).stdout.decode().splitlines()]
    commands = {row[1]: row[2] for row in rows if row[0] == "command" and row[1]}
    options = {}
    for row in rows:
        if row[0] != "option":
            continue
        front = row[4].split(": ")[0].split(", ") if ": " in row[4] else []
        own = front if front and set(front) <= set(commands) else list(commands)
        options[row[1]] = {"argument": row[2], "words": row[3].split(), "commands": own}
    return commands, options


COMMANDS, OPTIONS = table()
# The same, by the program's --help: the tables are not trusted with themselves.
HELP = subprocess.run([PROGRAM, "--help"], capture_output=True, timeout=60, check=True,
                      env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}).stdout.decode()
tap.same(sorted(re.findall(r"^  fromscope (\w+)", HELP, re.M)), sorted(COMMANDS), "commands are those of --help")
tap.same(sorted(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", HELP, re.M)), sorted([*OPTIONS, "--help"]),
         "options are those of --help")
tap.ok(any(len(option["commands"]) == 1 for option in OPTIONS.values()), "some options belong to one command")

home = tempfile.TemporaryDirectory()
for name in ("one.eml", "two words.eml", "reply.eml", "zone.dns", "-odd.eml"):
    with open(os.path.join(home.name, name), "w", encoding="utf-8") as file:
        file.write("From: a@example.com\n\n")
os.mkdir(os.path.join(home.name, "folder"))
ENVIRONMENT = {"HOME": home.name, "PATH": os.path.dirname(PROGRAM) + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8",
               "TERM": "dumb", "XDG_CONFIG_HOME": home.name, "XDG_DATA_HOME": home.name}


def run(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, timeout=PATIENCE * 3, check=False, text=True,
                          cwd=home.name, env=ENVIRONMENT)
    return done.stdout, done.stderr


def names(offered):
    return {re.sub(r"=.*", "", word) for word in offered}


def place(name):
    """A command that has the option."""
    commands = OPTIONS[name]["commands"]
    return "check" if "check" in commands else commands[0]


def check_shell(shell, offers):
    """`offers` takes command lines and answers with the words that are offered at the end of each."""
    cases = [["--"], ["re"], ["-- -"]] + [[command, "--"] for command in COMMANDS] + [[command, ""] for command in COMMANDS]
    lines = [" ".join(case) for case in cases]
    lines += [f"{name} " for name in OPTIONS] + [f"{place(name)} {name}=" for name in OPTIONS]
    lines += ["--color al", "--color=al", "report --color=ne", "report on", "report one.eml --fo",
              "--dns zone.dns check --fo", "--dns=zone.dns check --fo", "--index 3 check --fo", "report --dns=zo",
              "report --dns zo", "--color auto re"]
    answer = dict(zip(lines, offers(lines)))

    for command in COMMANDS:
        want = {name for name, option in OPTIONS.items() if command in option["commands"]} | {"--help"}
        tap.same(sorted(want), sorted(names(w for w in answer[f"{command} --"] if w.startswith("--"))),
                 f"{shell}: options of {command}")
        files = re.search("FILE|DIR|MAILBOX", COMMANDS[command]) is not None
        tap.same(files, "one.eml" in answer[f"{command} "], f"{shell}: … and {'' if files else 'no '}files")
    tap.ok({"--dns", "--format", "--help"} <= names(answer["--"]), f"{shell}: options before a command", answer["--"])
    tap.same({"repair", "report"}, {word for word in answer["re"] if word in COMMANDS}, f"{shell}: commands")
    tap.same({"repair", "report"}, {word for word in answer["--color auto re"] if word in COMMANDS},
             f"{shell}: … behind an option's word, too")
    for name, option in OPTIONS.items():
        if option["words"]:
            tap.same(sorted(option["words"]), sorted(re.sub("^.*=", "", w) for w in answer[f"{place(name)} {name}="]),
                     f"{shell}: words of {name}=")
            if "report" in option["commands"]:
                tap.same(sorted(option["words"]), sorted(answer[f"{name} "]), f"{shell}: … and behind {name}")
        elif option["argument"] == "FILE":
            tap.ok({"zone.dns", "folder/"} <= {re.sub("^.*=", "", w) for w in answer[f"{place(name)} {name}="]},
                   f"{shell}: files for {name}=", answer[f"{place(name)} {name}="])
        elif option["argument"] and "report" in option["commands"]:
            tap.ok("one.eml" not in answer[f"{name} "], f"{shell}: no files for {name}", answer[f"{name} "])
    for line, want in (("--color al", "always"), ("--color=al", "always"), ("report --color=ne", "never"),
                       ("report on", "one.eml"), ("report --dns=zo", "zone.dns"), ("report --dns zo", "zone.dns")):
        tap.same({want}, {re.sub("^.*=", "", word) for word in answer[line]}, f"{shell}: {line}")
    tap.same({"--format"}, names(answer["report one.eml --fo"]), f"{shell}: options behind a file")
    for line in ("--dns zone.dns check --fo", "--dns=zone.dns check --fo", "--index 3 check --fo"):
        tap.same({"--form", "--format"}, names(answer[line]), f"{shell}: {line}")


# ---- bash: the function with the words as readline gives them ----
BASH = r"""
. "$1"
complete -p fromscope >/dev/null || exit 1
while IFS= read -r line; do
    words=()
    for word in $line; do       # readline cuts at "=", too
        while [[ $word == *=* ]]; do
            [[ -n ${word%%=*} ]] && words+=("${word%%=*}")
            words+=('=')
            word=${word#*=}
        done
        [[ -n $word ]] && words+=("$word")
    done
    [[ $line == *' ' ]] && words+=('')
    COMP_WORDS=(fromscope "${words[@]}") COMP_CWORD=${#words[@]} COMPREPLY=() files=1
    compopt() { [[ "$*" == *+o*default* ]] && files=; return 0; }
    _fromscope
    last=${words[-1]}
    [[ $last == = ]] && last=
    (( ${#COMPREPLY[@]} )) || [[ -z $files ]] || mapfile -t COMPREPLY < <(compgen -f -- "$last")
    for word in "${COMPREPLY[@]}"; do
        [[ -d $word ]] && word+=/
        printf '%s\t' "$word"
    done
    echo
done
"""


def bash_offers(lines):
    out, err = run("bash", "--norc", "-c", BASH, "bash", os.path.join(FOLDER, "fromscope.bash"), text="\n".join(lines) + "\n")
    tap.same("", err, "bash: no complaint")
    return [line.split("\t")[:-1] for line in out.splitlines()]


def fish_offers(lines):
    script = f"source {FOLDER}/fromscope.fish\n" + "".join(f"complete -C 'fromscope {line}'; echo ==\n" for line in lines)
    out, err = run("fish", "--no-config", "-c", script)
    tap.same("", err, "fish: no complaint")
    return [[row.split("\t")[0] for row in part.splitlines()] for part in out.split("==\n")[:-1]]


# ---- a shell at a terminal, as a user has it ----

class Terminal:
    """A shell in a pseudo-terminal."""

    def __init__(self, *command):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(home.name)
            os.execvpe(command[0], command, {**ENVIRONMENT, "TERM": "vt100", "COLUMNS": "300", "LINES": "200"})

    def read(self, end):
        """Until `end` was seen."""
        out, until = "", time.monotonic() + PATIENCE
        while end not in out and time.monotonic() < until:
            if select.select([self.fd], [], [], 0.2)[0]:
                try:
                    out += os.read(self.fd, 65536).decode(errors="replace")
                except OSError:
                    break
        return out

    def send(self, text):
        os.write(self.fd, text.encode())

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def plain(text):
    return re.sub(r"\x1b[\[\]()][0-9;?]*[A-Za-z0-9]?|\x1b[=>]|[\r\x07\x08]", "", text)


def at_terminal(shell, command, prepare):
    terminal = Terminal(*command)
    terminal.send(prepare + "; echo rea''dy\n")
    tap.ok("ready" in terminal.read("ready"), f"{shell}: starts at a terminal")
    # The line is completed, then printed by the shell itself: quotes and spaces show as it read them.
    for typed, want in (("fromscope rep\trt", "fromscope|reprt"), ("fromscope repo\tone\t", "fromscope|report|one.eml"),
                        ("fromscope report two\t", "fromscope|report|two words.eml"),
                        ("fromscope report --dns=zo\t", "fromscope|report|--dns=zone.dns"),
                        ("fromscope report --second\ton\t", "fromscope|report|--second-opinions=on"),
                        ("fromscope check --author\ty\t", "fromscope|check|--author-exists=yes"),
                        ("fromscope report --offl\t", "fromscope|report|--offline"),
                        ("fromscope fol\t", "fromscope|folder/")):
        terminal.send(typed.split("\t")[0])
        for part in typed.split("\t")[1:]:
            terminal.send("\t")
            time.sleep(0.5)
            terminal.send(part)
        terminal.send("\x01show \x05\n")
        out = plain(terminal.read("<end>"))
        found = re.findall(r"<begin>(.*?)<end>", out, re.S)
        tap.same(want, found[-1] if found else out, f"{shell}: at a terminal: {typed!r}")
    terminal.send("exit\n")
    terminal.close()


# zsh completes only at a terminal: compadd notes what it is given, and a key ends each line.
ZSH = r"""
PROMPT= RPROMPT=; setopt no_beep; LISTMAX=9999
autoload -Uz compinit && compinit -u -D
_fromscope() { . $1 }
compadd() {
    local -a given hits
    given=("${@[1,(i)(-|--)]}")
    if (( ${given[(I)-(O|A|D)]} )); then builtin compadd "$@"; return; fi
    builtin compadd -A hits "$@"
    print -rl -- $hits >>$2
    builtin compadd "$@"
}
"""


def zsh_offers(lines):
    notes = os.path.join(home.name, "notes")
    setup = os.path.join(home.name, "setup.zsh")
    with open(setup, "w", encoding="utf-8") as file:
        file.write(ZSH.replace("$1", FOLDER + "/fromscope.zsh").replace("$2", notes) + f"""
end_line() {{ BUFFER=; zle -I; print -r NEXT-LINE }}
zle -N end_line; bindkey '^O' end_line; bindkey '^I' list-choices
compdef _fromscope fromscope
""")
    terminal = Terminal("zsh", "-f", "-i")
    terminal.send(f". {setup}; print rea''dy\n")
    tap.ok("ready" in terminal.read("ready"), "zsh: starts at a terminal")
    answers = []
    for line in lines:
        open(notes, "w", encoding="utf-8").close()
        terminal.send(f"fromscope {line}\t\x0f")
        terminal.read("NEXT-LINE")
        with open(notes, encoding="utf-8") as file:
            offered = [word for word in file.read().split("\n") if word]
        answers.append([word + "/" if os.path.isdir(os.path.join(home.name, word)) else word for word in offered])
    terminal.send("exit\n")
    terminal.close()
    return answers


SHOW = r"""show() { local IFS='|'; printf '<%s>%s<%s>\n' begin "$*" end; }"""
if shutil.which("bash"):
    check_shell("bash", bash_offers)
    at_terminal("bash", ("bash", "--norc"),
                f"{SHOW}; bind 'set completion-query-items 0'; . {FOLDER}/fromscope.bash")
for name, offers in (("zsh", zsh_offers), ("fish", fish_offers)):
    if shutil.which(name):
        check_shell(name, offers)
    else:
        tap.ok(True, f"{name} # SKIP not installed")
tap.end()
