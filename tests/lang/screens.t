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
check 'the footer of the tree' screen_has "Space 次へ  Enter バイト  e 説明  v 別のRFC  P 予想  ! 原因  $FOOTER"
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
press 8
check 'the advice' wait_for '[8 対策]'
check 'who acts, and that it was tried' screen_has '検証     ここで検証済み。この変更でメールは合格します。'
check 'no English in the advice' no_english
press V
check 'the receivers' wait_for '[V 受信側]'
check 'their matrix is a table' screen_has '全体                    ✗ 失敗     ✗ 失敗     ✗ 失敗     ✗ 失敗     ✗ 失敗'
check 'no English in the receivers' no_english
press Enter
check 'a row opened' wait_for '満たさないと  このようなメールは'
check 'no English in a row opened' no_english
press w
check 'what if' wait_for '[w 仮定]'
check 'labels of inputs are whole' screen_has 'DKIM署名の追加   （なし）'
check 'no English in what if' no_english
press Enter
check 'an input, to be changed' wait_for 'Enter 試す  Tab 次の値  Ctrl-U 消去'
press C-u
tm send-keys -l 'a@www.example.com'
press Enter
check 'what follows from it' wait_for '仮定: 変更 1 件'
check 'the verdict rests on it' screen_has '合格 PASS'
press Tab
check 'before and after' wait_for '変更前      変更後      段階'
check 'no English before and after' no_english
press u
press 1
check 'taken back' wait_for '失敗 FAIL'
press e
check 'the glossary' wait_for '[e 用語]'
check 'no English in the glossary' no_english
press x
check 'the box of exports' wait_for 'ファイルに書き出す'
check 'no English in the box of exports' no_english
check 'nothing is cut in the box of exports' lines_end
press Escape
check 'the box is gone' wait_gone 'ファイルに書き出す'
press 0
wait_for '[0 原文]'
press '?'
check 'help' wait_for '「原文」のキー'
check 'no English in help' no_english
press G
check 'the marks' wait_for 'ここにあるものからは分からない'
check 'no English at the end of help' no_english
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --lang ja samples/webform.eml"
wait_for '[1 概要]'
press P
check 'predict: a question with its answers' wait_for 'a  none: 何も求めない'
check 'predict: verdicts are hidden' screen_has 'DMARC: ?'
check 'predict: no English' no_english
press a
check 'predict: how sure' wait_for '1/2/3 自信'
press 2
check 'predict: the answer, and how sure one was' wait_for '✗ 残念、違います。 (まあまあ)'
check 'predict: no English in the answer' no_english
press P
check 'predict: ended' wait_for '失敗 FAIL'
press L
check 'the lessons' wait_for '[L レッスン]'
check 'titles of lessons are Japanese' screen_has '02  あなたの名前を名乗るフォーム                           5 分'
check 'no English in the lessons' no_english
press j
press Enter
check 'a lesson' wait_for '02-form-in-your-name、ページ 1 / '
check 'the footer of a lesson' screen_has 'Space 次へ  Backspace 戻る  Tab 画面へ'
check 'no English in a lesson' no_english
press Space
check 'a question of a lesson' wait_for 'c   なし: 検査するものがない'
press b
check 'the lesson asks how sure' wait_for '1 勘  2 まあまあ  3 確信あり'
press 3
check 'the lesson answers' wait_for '✗ 残念、違います。 (確信あり)'
check 'no English in the answer of a lesson' no_english
press q
wait_for 'prompt>'

start 40 12 "$FROMSCOPE --lang ja samples/webform.eml"
check '40x12: verdict' wait_for '✗ 失敗 FAIL'
press V
check '40x12: the receivers' wait_for '[V 受信側]'
check '40x12: help has its place' screen_has '? ヘルプ'
press x
check '40x12: the box of exports' wait_for 'html        ブラウザ・印刷用のレポート'
check '40x12: nothing is cut in it' lines_end
press Escape
wait_gone 'ファイルに書き出す'
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
