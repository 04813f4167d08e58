#!/bin/sh
# screens.t: the screens in Japanese at 80x24 and 60x16: labels, heads and hints are whole, and no English is left.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

# Three words of English, one behind the other; the message itself is shown elsewhere.
no_english() {
    ! screen | grep -v '件名' | grep -E '[a-z]{2,} [a-z]{2,} [a-z]{2,}'
}

# As a terminal counts: wide characters are two. tmux pads nothing, so what is too long was cut or folded by us.
lines_end() {
    ! screen | grep -qE '\.\.[^ ]|<U\+|\\x[0-9A-F]{2}'
}

FOOTER='? ヘルプ  q 終了'

start 80 24 "$FROMSCOPE --lang ja samples/webform.eml"
check 'the title bar: verdict, its basis, fidelity' wait_for 'DMARC: ✗ 失敗 FAIL  (再計算)     元のバイト列'
check 'the row of views has all labels' screen_has '[1 概要] 2 判定の木  3 結果  5 経路  6 署名  7 早見表  8 対策  9 DNS : ほか'
check 'where DNS came from' screen_has 'DNSは隣のファイルから'
check 'the head of the table is whole' screen_has '名前        ドメイン         検査              example.jp を保証？'
check 'a row of the table is on one line' screen_has 'DKIM d=     example.com      DKIM 合格 (pass)  ✗ いいえ・別ドメイン'
for label in ' 原因 ' ' 対策 ' ' 報告 '; do
    check "the label$label" screen_has "$label"
done
check 'all of the overview without scrolling' screen_lacks '下に続きあり'
check 'the footer is whole' screen_has "$FOOTER"
check 'no English in the overview' no_english
check 'nothing is cut in the overview' lines_end

press 2
check 'the tree' wait_for '[2 判定の木]'
check 'it opens at the cause' screen_has '読む人に見えるのは誰の名前ですか？'
check 'titles and outcomes are whole' screen_has '+ アライメント成立？       ✗ いいえ'
check 'the footer of the tree' screen_has "Space 次へ  Backspace 戻る  End 最後まで  ! 原因  h/l 開閉  $FOOTER"
check 'no English in the tree' no_english
for step in 1 2 3 4 5 6 7 8 9; do
    press Space
    wait_for "段階 $step / 9" || break
    check "step $step: no English" no_english
done
press Space
check 'what the status line says' wait_for '最後の段階です'

press 3
check 'the results' wait_for '[3 結果]'
check 'who is trusted' screen_has 'mx.example.com   未信頼'
check 'no English in the results' no_english
press 5
check 'the route' wait_for '[5 経路]'
check 'no English in the route' no_english
press 0
check 'the source' wait_for '[0 原文]'
check 'its note' screen_has '署名: a example.com (合格 (pass))'
press '?'
check 'help' wait_for '「原文」のキー'
check 'no English in help' no_english
press G
check 'the marks' wait_for 'ここにあるものからは分からない'
check 'no English at the end of help' no_english
press q
wait_for 'prompt>'

start 60 16 "$FROMSCOPE --lang ja samples/webform.eml"
check '60x16: verdict' wait_for '✗ 失敗 FAIL'
check '60x16: the row of views' screen_has '[1 概要]'
check '60x16: help has its place' screen_has '? ヘルプ'
press 2
check '60x16: the tree' wait_for '判定の木]'
check '60x16: no English' no_english
press q
wait_for 'prompt>'

start 80 24 "env -u LC_ALL LANG=ja_JP.UTF-8 $FROMSCOPE --ascii samples/webform.eml"
check '--ascii in a Japanese locale: ASCII marks' wait_for 'DMARC: x 失敗 FAIL'
check 'and Japanese texts' screen_has '[1 概要]'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --lang ja"
check 'without a file' wait_for '何も開いていません'
check 'the columns of its hints' screen_has 'パイプから読む:            fromscope -'
check 'no English without a file' no_english
press i
check 'the box for pasting' wait_for '[i 貼り付け]'
check 'no English in the box' no_english
done_testing
