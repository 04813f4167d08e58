#!/bin/sh
# themes.t: what a theme looks like on terminals with many colors, few and none; and wrong themes.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

place=$TMUX_TMPDIR     # short, so that what is said of a file in it stands in one row
mkdir -p "$place/fromscope/themes"
mail=samples/webform.eml
esc=$(printf '\033')

# see TERM COLORTERM OPTIONS: the program in such a terminal, in tmux' words afterwards in $seen.
see() {
    start 80 24 "TERM=$1 COLORTERM=$2 XDG_CONFIG_HOME=$place $FROMSCOPE --ascii $3 $mail" &&
        wait_for 'SAID BY'
    seen=$(tm capture-pane -ep)
}

# Colors as SGR: has PATTERN, a regular expression behind "ESC [".
has() {
    printf '%s\n' "$seen" | grep -q "$esc\\[[0-9;]*$1[0-9;]*m"
}

lacks() {
    ! has "$1"
}

any_color='\(3[0-7]\|38;[25];[0-9;]*\|4[0-7]\|48;[25];[0-9;]*\|9[0-7]\|10[0-7]\)'

see tmux-256color '' '--theme dark'
check '256 colors: the nearest' has '38;5;2[01][0-9]'
check '… none by value' lacks '38;2;'
check '… the background is painted' has '48;5;233'
check 'glyph and word stand beside the color' screen_has 'x FAIL'
see tmux-256color truecolor '--theme dark'
check 'truecolor: by value' has '38;2;255;123;114'
check '… the background, too' has '48;2;18;22;28'
see xterm '' '--theme dark'
check '8 colors: red stays red' has '31'
check '… and nothing of more colors' lacks '38;5;'
check '… nor of bright ones' lacks '9[0-7]'
see xterm-16color '' '--theme dark'
check '16 colors: bright red' has '91'
check '… and nothing of more colors' lacks '38;[25];'
see linux '' '--theme color-blind'
check 'on the console: orange becomes yellow, not red' has '3[0-7;]*3'
check '… no red' lacks '31'
check '… the word is there' screen_has 'x FAIL'
see vt100 '' '--theme high-contrast'
check 'vt100: no color' lacks "$any_color"
check '… but bold' has '1'
check '… and the words' screen_has 'x FAIL'
see tmux-256color '' ''
check 'without a theme: the terminal'"'"'s own background' lacks '48;'
check '… and colors of its palette' has '31'

start 80 24 "NO_COLOR=1 COLORTERM=truecolor $FROMSCOPE --theme dark $mail"
wait_for 'SAID BY'
seen=$(tm capture-pane -ep)
check 'NO_COLOR: none' lacks "$any_color"
check '… bold and reverse remain' has '[17]'
see tmux-256color truecolor '--theme dark --color never'
check '--color never: none' lacks "$any_color"
see tmux-256color truecolor '--theme mono'
check 'mono: none' lacks "$any_color"
check '… fail is reversed' has '7'

printf '[screen]\ntheme = light\n' >"$place/fromscope/config"
see tmux-256color '' ''
check 'the configuration names a theme' has '48;5;231'
see tmux-256color '' '--theme dark'
check '… an option wins' has '48;5;233'

cat >"$place/fromscope/themes/mine.theme" <<'END'
[roles]
text=#102030 on #fff8e0
END
see tmux-256color truecolor '--theme mine'
check 'a theme of one'"'"'s own' has '48;2;255;248;224'
printf '[screen]\ntheme = ./themes/mine.theme\n' >"$place/fromscope/config"
see tmux-256color truecolor ''
check '… by its path, from the configuration' has '48;2;255;248;224'
echo 'verdict.pass=grean' >>"$place/fromscope/themes/mine.theme"
see tmux-256color truecolor '--theme mine'
check 'a wrong theme changes nothing' lacks '48;2;'
check 'its file, line and fault are said' screen_has 'mine.theme, line 3: "grean"'
press q
check '… and stay readable behind the screen' wait_for 'mine.theme, line 3: "grean" is n'
printf '[screen]\ntheme = nowhere\n' >"$place/fromscope/config"
see tmux-256color '' ''
check 'a theme that is not there is said' screen_has 'there is no theme "nowhere"'

start 120 24 "$FROMSCOPE --theme nowhere $mail"
check 'as an option it is a fault of usage' wait_for 'there are color-blind, dark, default, high-contrast, light, mono'
check '… with its exit status' leaves_with 2
done_testing
