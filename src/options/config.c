/* config.c: the configuration file.
 * SPDX-License-Identifier: MIT */
#include "options/config.h"

#include <string.h>

#include "base/disk.h"
#include "base/ini.h"
#include "base/place.h"
#include "base/translate.h"
#include "dns/live-context.h"
#include "options/options.h"
#include "tui/keymap.h"

/* In English, as the manual is: no screen shows these texts. */
const Setting config_settings[] = {
    { "trust", "hosts", SETTING_LIST, "trust",
      "hosts whose reported results count as evidence, by the name that stands first in their "
      "Authentication-Results (authserv-id)", G_STRUCT_OFFSET(Config, trust) },
    { "dns", "offline", SETTING_YES, "offline",
      "ask no DNS, unless --dns-server is given; snapshots beside a message are still used",
      G_STRUCT_OFFSET(Config, offline) },
    { "dns", "server", SETTING_SERVER, "dns-server",
      "ask this server live, instead of the system's; unlike the option, it leaves snapshots "
      "beside a message in use", G_STRUCT_OFFSET(Config, dns_server) },
    { "dns", "timeout", SETTING_SECONDS, "dns-timeout",
      "time for all live questions of a message (5)", G_STRUCT_OFFSET(Config, dns_timeout) },
    { "dns", "trust-anchor", SETTING_FILE, "trust-anchor",
      "DNSSEC key of the root, instead of the system's", G_STRUCT_OFFSET(Config, trust_anchor) },
    { "dns", "public-suffixes", SETTING_FILE, "psl",
      "public suffix list, instead of the system's", G_STRUCT_OFFSET(Config, psl) },
    { "analysis", "second-opinions", SETTING_WORD, "second-opinions",
      "whether libspf2 and OpenDMARC are asked, too", G_STRUCT_OFFSET(Config, second_opinions) },
    { "screen", "color", SETTING_WORD, "color",
      "whether there is color; auto: on a terminal, unless NO_COLOR is set",
      G_STRUCT_OFFSET(Config, color) },
    { "screen", "theme", SETTING_THEME, "theme",
      "colors of the screen: dark, light, high-contrast, color-blind, mono, a file of one's own, or "
      "the name of one in themes/", G_STRUCT_OFFSET(Config, theme) },
    { "screen", "ambiguous", SETTING_WORD, "ambiguous",
      "columns of the characters that terminals disagree about; auto: the terminal is asked",
      G_STRUCT_OFFSET(Config, ambiguous) },
    { "screen", "ascii", SETTING_YES, "ascii", "draw with ASCII only",
      G_STRUCT_OFFSET(Config, ascii) },
    { "screen", "no-mouse", SETTING_YES, "no-mouse", "leave the mouse to the terminal",
      G_STRUCT_OFFSET(Config, no_mouse) },
    { NULL, NULL, SETTING_YES, NULL, NULL, 0 }
};

static const Setting *
find_setting(const char *section, const char *key)
{
    for (const Setting *setting = config_settings; setting->key; setting++)
        if (g_str_equal(setting->section, section) && g_str_equal(setting->key, key))
            return setting;
    return NULL;
}

/* ---- one function a kind: NULL, or what is wrong (transfer full) ---- */

static char *
set_list(char ***target, const char *value)
{
    g_strfreev(*target);
    *target = ini_list(value);
    return NULL;
}

static char *
set_text(char **target, const char *value)
{
    g_free(*target);
    *target = g_strdup(value);
    return NULL;
}

static char *
set_word(char **target, const char *value, const char *option)
{
    const char *const *words = options_values(option);

    if (words && !g_strv_contains(words, value)) {
        g_autofree char *known = g_strjoinv(", ", (char **)words);
        return g_strdup_printf(_("\"%s\" is none of %s"), value, known);
    }
    return set_text(target, value);
}

/* Questions meant for one server go to no other. */
static char *
set_server(Config *config, char **target, const char *value)
{
    const LiveOptions live = { .server = value, .timeout = LIVE_TIMEOUT_DEFAULT };

    if (live_options_check(&live, NULL))
        return set_text(target, value);
    config->misled |= CONFIG_SERVER;
    return g_strdup_printf(_("\"%s\" is neither an IP address nor ADDRESS@PORT"), value);
}

static char *
set_file(char **target, const char *value, const char *config_path)
{
    g_autofree char *folder = g_path_get_dirname(config_path);
    g_autofree char *path = g_str_has_prefix(value, "~/")
                                ? g_build_filename(g_get_home_dir(), value + 2, NULL)
                                : g_canonicalize_filename(value, folder);

    return set_text(target, path);
}

/* Nor is another list taken for the one that was meant. */
static char *
set_data_file(Config *config, char **target, const char *value)
{
    set_file(target, value, config->path);
    if (disk_exists(*target))
        return NULL;
    config->misled |= target == &config->psl ? CONFIG_SUFFIXES : CONFIG_ANCHOR;
    g_autofree char *missing = g_steal_pointer(target);
    return g_strdup_printf(_("\"%s\": there is no such file"), missing);
}

static char *
set_seconds(double *target, const char *value)
{
    char *end = NULL;
    const double seconds = g_ascii_strtod(value, &end);

    if (*end != '\0' || !(seconds > 0 && seconds <= LIVE_TIMEOUT_MAX))
        return g_strdup_printf(_("\"%s\" is no number of seconds up to %g"), value,
                               LIVE_TIMEOUT_MAX);
    *target = seconds;
    return NULL;
}

static char *
set_yes(gboolean *target, const char *value)
{
    if (!g_str_equal(value, "yes") && !g_str_equal(value, "no"))
        return g_strdup_printf(_("\"%s\" is neither yes nor no"), value);
    *target = g_str_equal(value, "yes");
    return NULL;
}

static char *
set(const char *section, const char *key, const char *value, gpointer data)
{
    Config *config = data;
    const Setting *setting = find_setting(section, key);

    if (g_str_equal(section, "keys"))
        return keymap_fault(config->keys, key, value);

    if (!setting)
        return g_strdup_printf(_("there is no setting \"%s\" in [%s]"), key, section);
    const gpointer target = G_STRUCT_MEMBER_P(config, setting->offset);
    if (*value == '\0' && setting->kind != SETTING_LIST)
        return g_strdup_printf(_("\"%s\" has no value"), key);
    switch (setting->kind) {
    case SETTING_LIST:
        return set_list(target, value);
    case SETTING_WORD:
        return set_word(target, value, setting->option);
    case SETTING_SERVER:
        return set_server(config, target, value);
    case SETTING_FILE:
        return set_data_file(config, target, value);
    case SETTING_THEME:
        return strchr(value, '/') ? set_file(target, value, config->path) : set_text(target, value);
    case SETTING_SECONDS:
        return set_seconds(target, value);
    case SETTING_YES:
        return set_yes(target, value);
    }
    return NULL;
}

/* Keys are read before the rest, so that each line knows of all others. */
static char *
wish(const char *section, const char *key, const char *value, gpointer data)
{
    if (g_str_equal(section, "keys"))
        keymap_wish(data, key, value);
    return NULL;
}

Config *
config_load(void)
{
    Config *config = g_new0(Config, 1);

    config->path = place_config("config");
    config->trust = g_new0(char *, 1);
    config->keys = keymap_new();
    g_autoptr(GPtrArray) later = ini_read(config->path, wish, config->keys);
    keymap_settle(config->keys);
    config->faults = ini_read(config->path, set, config);
    return config;
}

void
config_free(Config *config)
{
    if (!config)
        return;
    g_free(config->path);
    g_strfreev(config->trust);
    g_free(config->dns_server);
    g_free(config->trust_anchor);
    g_free(config->psl);
    g_free(config->second_opinions);
    g_free(config->color);
    g_free(config->ambiguous);
    g_free(config->theme);
    g_ptr_array_unref(config->faults);
    keymap_free(config->keys);
    g_free(config);
}
