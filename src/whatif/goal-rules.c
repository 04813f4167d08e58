/* goal-rules.c: the table of who can really change what, with reasons.
 * SPDX-License-Identifier: MIT */
#include "whatif/goal-rules.h"

#include "base/translate.h"
#include "whatif/record.h"

#define FOREIGN_FROM                                                                              \
    N_("You may write into From: only names that are yours: {0} is not at {1}. Whoever puts "     \
       "another's name there is what DMARC is made against.")
#define FOREIGN_ENVELOPE                                                                          \
    N_("Only the DNS of a domain can allow servers to use it as MAIL FROM, and you do not run "   \
       "that of {0}. Yours is {1}.")
#define FOREIGN_HELO                                                                              \
    N_("A server names itself by a name of its owner, with an address in the owner's DNS. {0} is " \
       "not at {1}.")
#define FOREIGN_SIGNATURE                                                                         \
    N_("To sign as {0} you need a key that its DNS publishes. You can have that for {1} only.")
#define FOREIGN_DNS                                                                               \
    N_("You run the DNS of {1}. What {0} says is for others to decide.")
#define FOREIGN_POLICY                                                                            \
    N_("The DMARC record that counts here is not in the DNS of {1}, so it is not yours to change.")
#define NOBODYS                                                                                   \
    N_("Nobody can decide how a check comes out, or what happens on the way. Change what the "    \
       "check looks at.")
#define DNS_ONLY                                                                                  \
    N_("That is for whoever sends the mail. You run the DNS of {1}: you can change records there.")
#define NOT_YOUR_DNS                                                                              \
    N_("That stands in DNS, and whoever runs the DNS decides it. You decide what is sent: From:, " \
       "MAIL FROM, HELO, signatures.")
#define NOT_THE_RECEIVER N_("That is for the receiving host, and you are not it.")
#define CUSTOMERS_FROM                                                                            \
    N_("What stands in From: and Reply-To: is for your customer to decide; you carry the mail.")
#define NOT_SENT_BY_YOU                                                                           \
    N_("You did not send this mail; somebody else put your address into it. Nothing of it is "    \
       "yours to change.")
#define RECEIVER_ONLY                                                                             \
    N_("The mail came as it is. A receiver can choose by which rules to judge it, and whom to "   \
       "trust, and nothing else.")

static const GoalRule sender_rules[] = {
    { "from", GOAL_OWN_ADDRESS, FOREIGN_FROM },
    { "sender", GOAL_ANYTHING, NULL },
    { "reply-to", GOAL_ANYTHING, NULL },
    { "mail-from", GOAL_OWN_ADDRESS, FOREIGN_ENVELOPE },
    { "helo", GOAL_OWN_ADDRESS, FOREIGN_HELO },
    { "ip", GOAL_ANYTHING, NULL },      /* through another server, which SPF may know or not */
    { "dkim.N.d", GOAL_OWN_ADDRESS, FOREIGN_SIGNATURE },
    { "dkim.add", GOAL_OWN_ADDRESS, FOREIGN_SIGNATURE },
    { "dns", GOAL_NEVER, NOT_YOUR_DNS },
    { "tag", GOAL_NEVER, NOT_YOUR_DNS },
    { "rfc", GOAL_NEVER, NOT_THE_RECEIVER },
    { "trust", GOAL_NEVER, NOT_THE_RECEIVER },
    { "*", GOAL_NEVER, NOBODYS },
};

static const GoalRule dns_rules[] = {
    { "dns", GOAL_OWN_NAME, FOREIGN_DNS },
    { "tag", GOAL_OWN_POLICY, FOREIGN_POLICY },
    { "rfc", GOAL_NEVER, NOT_THE_RECEIVER },
    { "trust", GOAL_NEVER, NOT_THE_RECEIVER },
    { "spf", GOAL_NEVER, NOBODYS },
    { "dkim.N", GOAL_NEVER, NOBODYS },
    { "at", GOAL_NEVER, NOBODYS },
    { "body-byte", GOAL_NEVER, NOBODYS },
    { "header-order", GOAL_NEVER, NOBODYS },
    { "*", GOAL_NEVER, DNS_ONLY },
};

static const GoalRule service_rules[] = {
    { "from", GOAL_NEVER, CUSTOMERS_FROM },
    { "sender", GOAL_ANYTHING, NULL },
    { "reply-to", GOAL_NEVER, CUSTOMERS_FROM },
    { "mail-from", GOAL_OWN_ADDRESS, FOREIGN_ENVELOPE },
    { "helo", GOAL_OWN_ADDRESS, FOREIGN_HELO },
    { "ip", GOAL_ANYTHING, NULL },
    { "dkim.N.d", GOAL_OWN_ADDRESS, FOREIGN_SIGNATURE },
    { "dkim.add", GOAL_OWN_ADDRESS, FOREIGN_SIGNATURE },
    { "dns", GOAL_OWN_NAME, FOREIGN_DNS },
    { "tag", GOAL_OWN_POLICY, FOREIGN_POLICY },
    { "rfc", GOAL_NEVER, NOT_THE_RECEIVER },
    { "trust", GOAL_NEVER, NOT_THE_RECEIVER },
    { "*", GOAL_NEVER, NOBODYS },
};

static const GoalRule receiver_rules[] = {
    { "rfc", GOAL_ANYTHING, NULL },
    { "trust", GOAL_ANYTHING, NULL },
    { "spf", GOAL_NEVER, NOBODYS },
    { "dkim.N", GOAL_NEVER, NOBODYS },
    { "*", GOAL_NEVER, RECEIVER_ONLY },
};

static const GoalRule visitor_rules[] = {
    { "*", GOAL_NEVER, NOT_SENT_BY_YOU },
};

const GoalRule *
goal_rule(GoalRole role, const char *key)
{
    static const GoalRule *const tables[] = { sender_rules, dns_rules, service_rules,
                                              receiver_rules, visitor_rules };
    const EditKey *row = edit_key_find(key);
    const char *wanted = record_is_tag(key) ? "tag" : row ? row->key : key;
    const GoalRule *rule = tables[role];

    while (!g_str_equal(rule->key, wanted) && !g_str_equal(rule->key, "*"))
        rule++;
    return rule;
}
