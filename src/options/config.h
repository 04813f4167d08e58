/* config.h: what a person settled once: the configuration file, and the table of its settings.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Where to go on without would be worse than to stop: whoever names the same as an option may. */
typedef enum { CONFIG_SERVER = 1 << 0, CONFIG_ANCHOR = 1 << 1, CONFIG_SUFFIXES = 1 << 2 } ConfigMisled;

typedef struct {
    char      *path;            /* $XDG_CONFIG_HOME/fromscope/config, there or not */
    char     **trust;           /* authserv-ids whose results count as evidence; NULL-terminated */
    gboolean   offline;
    guint      misled;          /* of ConfigMisled: what was settled, but cannot be followed */
    char      *dns_server, *trust_anchor, *psl;     /* NULL: not settled, as below */
    double     dns_timeout;                         /* 0: not settled */
    char      *second_opinions, *color, *ambiguous; /* a word of options_values() */
    char      *theme;           /* a name or a path, or NULL */
    gboolean   ascii;
    gboolean   no_mouse;
    struct Keymap *keys;        /* [keys]: command = key, key */
    GPtrArray *faults;          /* char *: "FILE, line N: what is wrong"; the other lines hold */
} Config;

typedef enum {
    SETTING_LIST,       /* words with commas between */
    SETTING_WORD,       /* one of the words of its option */
    SETTING_SERVER,     /* ADDRESS or ADDRESS@PORT */
    SETTING_FILE,       /* "~/" is home; a relative path starts at the configuration file */
    SETTING_THEME,      /* a name, or a file as above where there is a slash in it */
    SETTING_SECONDS,
    SETTING_YES         /* yes or no */
} SettingKind;

typedef struct {
    const char *section;
    const char *key;
    SettingKind kind;
    const char *option;     /* which says the same for one run, and wins over the file; or NULL */
    const char *about;
    gsize       offset;     /* in Config */
} Setting;

/* Ended by a row without a key. The manual is printed from it. */
extern const Setting config_settings[];

/* (transfer full) */
Config *config_load(void);
void    config_free(Config *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Config, config_free)
