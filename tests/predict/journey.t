#!/bin/sh
# journey.t: predict mode by real keys: guess, how sure, told, once more, the score; at three sizes, in two
# languages, and without a screen.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

XDG_STATE_HOME=$(mktemp -d)
export XDG_STATE_HOME
book=$XDG_STATE_HOME/class.csv
trap 'stop; rm -rf "$XDG_STATE_HOME"' EXIT

# Answers whatever is asked until the score is open; says how many keys it took.
to_the_score() {
    keys=0
    until screen_has "$1"; do
        keys=$((keys + 1))
        [ $keys -lt 120 ] || return 1
        press a 2 Space
        sleep 0.1
    done
}

start 80 24 "$FROMSCOPE --ascii --class $book samples/webform.eml"
wait_for 'DMARC: x FAIL'
press P
check 'P hides the verdict' wait_for 'DMARC: ?'
check 'and asks' wait_for 'What does the owner of'
check 'the footer has the keys' screen_has 'a/b/c/d answer'
press 1
check 'the Overview tells nothing' wait_for 'This view tells the answer'
check 'not the cause' screen_lacks 'CAUSE'
resize 60 16
check 'nor, in a small window, how much of it is below' wait_gone 'more below'
resize 80 24
wait_for 'This view tells the answer'
press 3
check 'nor do the Results' screen_lacks 'spf=pass'
press 0
check 'nor the Source' wait_for "somebody's results"
press 2 b
check 'a letter is an answer' wait_for 'How sure are you?'
press 3
check 'which is judged at once' wait_for 'x Not this time. (sure)'
check 'progress is seen' screen_has '1 of 6 answered'
press Space
check 'Space leads to the next question' wait_for 'How does SPF come out?'
press a 3
check 'a right answer' wait_for '+ Right. (sure)'
check 'answers to the end' to_the_score 'How sure you were'
check 'the score tells what misled' screen_has 'What may have misled you'
check 'the verdict is back' screen_has 'DMARC: x FAIL'
press P
check 'P ends it' wait_for 'Predict mode is off'
check 'answers stand in the file of the class' grep -q '^learner-....,webform.eml,policy,quarantine,reject,3,no,23,' "$book"
press q
wait_for 'prompt>'
check 'and in the progress' grep -q '^\[predict\]' "$XDG_STATE_HOME/fromscope/progress"

type_line "$FROMSCOPE --ascii samples/webform.eml"
wait_for 'DMARC: x FAIL'
press P
press Escape
check 'Esc asks' wait_for 'Esc again'
press Escape
check 'and leaves' wait_for 'Predict mode is off'
press q

start 60 16 "$FROMSCOPE --ascii samples/ses-default.eml"
wait_for 'DMARC:'
press P
check 'at 60x16 the question has the body' wait_for 'What does the owner of'
check 'with all answers' screen_has 'e  cannot know'
press Tab
check 'Tab shows the tree' wait_for 'vouches for From:?'
press Tab
check 'to the score there, too' to_the_score '[: Score]'

start 80 24 "$FROMSCOPE --ascii --lang ja samples/campaign.eml"
wait_for 'DMARC: x'
press P
check 'in Japanese nothing is told either' wait_for 'DMARC: ?'
check 'no mark of an outcome' screen_lacks ' x '
press a 1
check 'an answer is told' wait_for 'd  '
check 'to the score' to_the_score '[: '
check 'the verdict is back' wait_for 'DMARC: x'

start 80 60 "$FROMSCOPE --plain samples/webform.eml"
wait_for 'quit>'
type_line P
check 'plain: the question, its inputs, its answers' wait_for 'b: quarantine'
type_line b
check 'plain: how sure' wait_for 'How sure are you? 1 a guess'
type_line 2
check 'plain: told in words' wait_for 'x Not this time. (fairly sure) Right is c.'
type_line overview
check 'plain: the Overview tells nothing' wait_for 'This view tells the answer'
done_testing
