/* words.c: invented English and Japanese for subjects and texts.
 * SPDX-License-Identifier: MIT */
#include "words.h"

static const char *const english[] = {
    "about",   "account",  "after",   "agree",     "answer",   "arrive",    "attached", "before",
    "begin",   "between",  "bill",    "budget",    "building", "calendar",  "call",     "change",
    "check",   "class",    "clear",   "clerk",     "close",    "cost",      "customer", "date",
    "delay",   "delivery", "desk",    "detail",    "draft",    "early",     "evening",  "every",
    "figure",  "final",    "first",   "floor",     "forward",  "garden",    "group",    "harvest",
    "holiday", "hour",     "house",   "important", "invoice",  "item",      "journey",  "kindly",
    "ladder",  "later",    "letter",  "library",   "list",     "lunch",     "machine",  "meeting",
    "minutes", "monthly",  "morning", "museum",    "near",     "next",      "notice",   "number",
    "offer",   "office",   "order",   "paper",     "parcel",   "payment",   "people",   "picture",
    "plan",    "please",   "price",   "question",  "quick",    "receipt",   "regular",  "reply",
    "report",  "return",   "river",   "room",      "school",   "season",    "second",   "service",
    "shelf",   "ship",     "small",   "soon",      "station",  "stock",     "street",   "summer",
    "supply",  "table",    "team",    "ticket",    "today",    "tomorrow",  "total",    "train",
    "travel",  "update",   "village", "visit",     "waiting",  "water",     "week",     "winter",
    "without", "work",     "write",   "year",      "yellow",   "yesterday",
};
static const char *const japanese[] = {
    "お世話になっております。",
    "会議の日程についてご連絡いたします。",
    "添付の資料をご確認ください。",
    "来週の月曜日までにお返事をお願いします。",
    "ご注文ありがとうございました。",
    "商品は明日発送の予定です。",
    "お支払いの確認が取れました。",
    "請求書を送付いたします。",
    "ご不明な点がございましたら、お問い合わせください。",
    "新しい図書館が駅前に開館します。",
    "天気がよければ、公園で集まりましょう。",
    "写真を何枚か撮りました。",
    "この件は総務部が担当しております。",
    "電車が遅れているため、少し遅くなります。",
    "どうぞよろしくお願いいたします。",
};
static const char *const names[] = {
    "Ann Baker",  "Ben Carter", "Carla Diaz", "David Evans", "Emma Frost", "Felix Gray",
    "Grace Hill", "Hana Ito",   "Ivan Jones", "Julia King",  "Kenji Lake", "Laura Moss",
    "Mark North", "Nina Olsen", "Oscar Page", "Paula Quinn",
};

void
words_english(GString *out, Draw *draw, guint count)
{
    for (guint i = 0; i < count; i++)
        g_string_append_printf(out, "%s%s", i ? " " : "",
                               english[draw_below(draw, G_N_ELEMENTS(english))]);
}

const char *
words_japanese(Draw *draw)
{
    return japanese[draw_below(draw, G_N_ELEMENTS(japanese))];
}

const char *
words_name(Draw *draw)
{
    return names[draw_below(draw, G_N_ELEMENTS(names))];
}
