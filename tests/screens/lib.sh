# lib.sh: journeys through the real program in a private tmux server of a fixed size.
# SPDX-License-Identifier: MIT
#
# A journey starts the program from a shell in the window, presses keys, waits for words
# rather than for time, and prints TAP. Run it with FROMSCOPE set to the program.

: "${FROMSCOPE:?the program to test}"
LC_ALL=C.UTF-8
TMUX_TMPDIR=$(mktemp -d)
# A socket's path has room for some 100 bytes, and tmux puts "/tmux-1000/journey12" behind that of the folder.
if [ ${#TMUX_TMPDIR} -gt 80 ]; then
    rmdir "$TMUX_TMPDIR"
    TMUX_TMPDIR=$(env -u TMPDIR mktemp -d)
fi
XDG_STATE_HOME=$TMUX_TMPDIR/state   # what is kept from run to run
export LC_ALL TMUX_TMPDIR XDG_STATE_HOME
unset TMUX ENV NO_COLOR COLUMNS LINES
patience=${PATIENCE:-15}    # seconds until a journey gives up waiting
count=0
failed=0
server=0

tm() {
    tmux -L "journey$server" -f /dev/null "$@"
}

stop() {
    tm kill-server 2>/dev/null
    rm -rf "$TMUX_TMPDIR"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

# start W H [COMMAND LINE]: a shell in a window of that size, then the line typed into it.
# tmux keeps its own status line away, so that the size is the program's.
start() {
    tm kill-server 2>/dev/null
    server=$((server + 1))      # the old one may take a moment to go
    tm new-session -d -x "$1" -y "$2" -c "$PWD" "PS1='prompt> ' exec sh -i"
    tm set-option -g status off
    tm resize-window -x "$1" -y "$2"
    wait_for 'prompt>' || return 1
    shift 2
    [ $# -eq 0 ] || type_line "$*"
}

type_line() {
    tm send-keys -l "$1"
    tm send-keys Enter
}

press() {
    tm send-keys "$@"
}

resize() {
    tm resize-window -x "$1" -y "$2"
}

screen() {
    tm capture-pane -p
}

# The program under test, seen from outside: the shell's child that is it.
program_pid() {
    pgrep -P "$(tm display-message -p '#{pane_pid}')" -x fromscope
}

screen_has() {
    screen | grep -qF -- "$1"
}

screen_lacks() {
    ! screen_has "$1"
}

# Polls until the screen shows (or, with wait_gone, no longer shows) TEXT.
wait_until() {
    tries=$((patience * 20))
    while ! "$@"; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            echo "# gave up waiting: $*"
            screen | sed 's/^/#   /'
            return 1
        fi
        sleep 0.05
    done
}

wait_for() {
    wait_until screen_has "$1"
}

wait_gone() {
    wait_until screen_lacks "$1"
}

# check NAME COMMAND...: one line of TAP.
check() {
    name=$1
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        screen | sed 's/^/#   /'
        failed=$((failed + 1))
    fi
}

done_testing() {
    echo "1..$count"
    [ "$failed" -eq 0 ]
}

# What the shell prints is told from what was typed by quotes in the latter.
leaves_with() {
    wait_for 'prompt>' || return 1
    type_line 'echo status""=$?.'
    wait_for "status=$1."
}

# The shell is back on the screen that it came from, the cursor is seen and the terminal has
# its usual modes.
restored() {
    wait_for 'prompt>' || return 1
    type_line 'for m in icanon echo isig opost; do stty -a | grep -qw -e "-$m" && echo off"":$m; done'
    type_line 'echo modes""=seen'
    wait_for 'modes=seen' && screen_lacks 'off:' &&
        [ "$(tm display-message -p '#{alternate_on} #{cursor_flag}')" = '0 1' ]
}
