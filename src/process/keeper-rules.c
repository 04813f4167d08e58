/* keeper-rules.c: rights to files, found by the names that a core says.
 * SPDX-License-Identifier: MIT
 *
 * A name is made plain before it is looked up: no "..", no "//". What a person named is opened as they named it, links and all;
 * what stands below it is reached from there without ever leaving it. */
#include "process/keeper-rules.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "process/beneath.h"

typedef struct {
    char  *given;           /* as the person named it */
    Rights rights;
} Rule;

struct KeeperRules {
    char       *here;
    GHashTable *rules;      /* Rule, by plain name */
    GHashTable *beside;     /* char *: the plain name of a snapshot: as it is reached */
    GHashTable *folders;    /* char *: the plain name of a folder that new files may be made in: as it is reached */
};

static void
rule_free(gpointer data)
{
    Rule *rule = data;

    g_free(rule->given);
    g_free(rule);
}

KeeperRules *
rules_new(const char *here)
{
    KeeperRules *rules = g_new0(KeeperRules, 1);

    rules->here = g_strdup(here);
    rules->rules = g_hash_table_new_full(hash_text, g_str_equal, g_free, rule_free);
    rules->beside = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    rules->folders = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    return rules;
}

void
rules_free(KeeperRules *rules)
{
    if (!rules)
        return;
    g_free(rules->here);
    g_hash_table_unref(rules->rules);
    g_hash_table_unref(rules->beside);
    g_hash_table_unref(rules->folders);
    g_free(rules);
}

static char *
plain(const KeeperRules *rules, const char *path)
{
    return g_str_equal(path, "-") ? g_strdup(path) : g_canonicalize_filename(path, rules->here);
}

/* ---- giving ---- */

static void
add_text(GHashTable *table, char *key, const char *value)
{
    g_hash_table_replace(table, key, g_strdup(value));
}

/* INTERFACE.md, "Snapshot file": MESSAGE.dns, or with that in place of what stands behind the last dot. */
static void
add_message(KeeperRules *rules, const char *path, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(name), *reached = g_path_get_dirname(path);
    const char *dot = strrchr(name, '.');
    const gboolean stem = dot && dot > strrchr(name, '/') + 1;

    add_text(rules->beside, g_strconcat(name, ".dns", NULL), reached);
    if (stem)
        add_text(rules->beside, g_strdup_printf("%.*s.dns", (int)(dot - name), name), reached);
    add_text(rules->folders, g_steal_pointer(&folder), reached);
}

void
rules_add(KeeperRules *rules, const char *path, Rights rights)
{
    char *name = plain(rules, path);
    Rule *rule = g_hash_table_lookup(rules->rules, name);

    if ((rights & RIGHT_MESSAGE) && *name == '/' && !g_file_test(path, G_FILE_TEST_IS_DIR))
        add_message(rules, path, name);
    if (!rule) {
        rule = g_new0(Rule, 1);
        g_hash_table_insert(rules->rules, name, rule);
    } else {
        g_free(name);
    }
    g_free(rule->given);
    rule->given = g_strdup(path);
    rule->rights |= rights;
}

/* ---- finding ---- */

/* The rule of it, or of the nearest folder above it with one of `rights`; `rest`: the way from there. */
static const Rule *
find(const KeeperRules *rules, const char *name, Rights rights, const char **rest)
{
    g_autofree char *above = g_strdup(name);

    for (;;) {
        const Rule *rule = g_hash_table_lookup(rules->rules, *above ? above : "/");
        if (rule && (rule->rights & rights)) {
            *rest = name + strlen(above);
            *rest += strspn(*rest, "/");
            return rule;
        }
        char *slash = strrchr(above, '/');
        if (!slash || !*above)
            return NULL;
        *slash = '\0';
    }
}

static int
reach_rule(const Rule *rule, const char *rest, int flags)
{
    return *rest ? beneath_open_mail(rule->given, rest, flags) : open(rule->given, flags | O_CLOEXEC);
}

static gboolean
is_one_of(const char *name, const char *const *names)
{
    const char *slash = strrchr(name, '/');

    return g_strv_contains(names, slash ? slash + 1 : name);
}

/* "cur" and "new" opened by themselves are of a Maildir where their siblings are there, too. Only that is said of them. */
static int
reach_sibling(const KeeperRules *rules, const char *name, int flags)
{
    static const char *const parts[] = { "cur", "new", "tmp", NULL };

    if (!(flags & O_PATH) || !is_one_of(name, parts))
        return -1;
    g_autofree char *folder = g_path_get_dirname(name);
    for (guint i = 0; parts[i]; i++) {
        g_autofree char *other = g_build_filename(folder, parts[i], NULL);
        const Rule *rule = g_hash_table_lookup(rules->rules, other);
        if (rule && (rule->rights & RIGHT_READ))
            return open(name, flags | O_CLOEXEC | O_NOFOLLOW);
    }
    return -1;
}

/* To read, or with O_PATH to look at. `named`: by itself. */
static int
reach(const KeeperRules *rules, const char *path, int flags, gboolean *named)
{
    g_autofree char *name = plain(rules, path);
    const char *rest = NULL;
    const Rule *rule = find(rules, name, RIGHT_READ, &rest);
    const char *beside = g_hash_table_lookup(rules->beside, name);

    *named = rule && !*rest;
    if (rule)
        return reach_rule(rule, rest, flags);
    if (beside)
        return beneath_open(beside, strrchr(name, '/') + 1, flags);
    errno = DISK_REFUSED;
    return reach_sibling(rules, name, flags);
}

/* ---- new files ---- */

/* What the program's own exports are called; in a folder of theirs no other file appears that the person did not name. */
static gboolean
is_export(const char *name)
{
    static const char *const ends[] = { ".html", ".md", ".txt", ".json", ".csv", ".dns" };

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        if (*name != '.' && strlen(name) > strlen(ends[i]) && g_str_has_suffix(name, ends[i]))
            return TRUE;
    return FALSE;
}

/* A snapshot answers for the message beside it, whoever made it: of a message that was not named none is made. */
static gboolean
answers_for_other(const KeeperRules *rules, const char *name)
{
    g_autofree char *usual = g_build_filename(rules->here, "message.dns", NULL);

    return g_str_has_suffix(name, ".dns") && !g_str_equal(name, usual) && !g_hash_table_contains(rules->beside, name);
}

/* The folder that `name` may be made in; -1: in none. */
static int
reach_folder(const KeeperRules *rules, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(name);
    const char *reached = g_hash_table_lookup(rules->folders, folder), *rest = NULL;
    const Rule *rule = find(rules, folder, RIGHT_MESSAGE, &rest);
    const int flags = O_PATH | O_DIRECTORY;

    if (answers_for_other(rules, name))
        reached = NULL;
    else if (g_str_equal(folder, rules->here))
        return open(".", flags | O_CLOEXEC);
    if (reached)
        return open(reached, flags | O_CLOEXEC);
    if (rule)
        return reach_rule(rule, rest, flags);
    errno = DISK_REFUSED;
    return -1;
}

int
rules_new_file(const KeeperRules *rules, const char *path, char **where, int *folder)
{
    g_autofree char *name = plain(rules, path);
    const Rule *rule = g_hash_table_lookup(rules->rules, name);
    const char *last = strrchr(name, '/');

    *folder = -1;
    if (rule && (rule->rights & RIGHT_NEW)) {
        *where = g_strdup(rule->given);
        return 0;
    }
    if (!last || !is_export(last + 1))
        return DISK_REFUSED;
    *folder = reach_folder(rules, name);
    if (*folder < 0)
        return errno != 0 ? errno : EIO;
    *where = g_strdup_printf("/proc/self/fd/%d/%s", *folder, last + 1);
    return 0;
}

int
rules_replace(const KeeperRules *rules, const char *path, const char **where, Rights *rights)
{
    g_autofree char *name = plain(rules, path);
    const Rule *rule = g_hash_table_lookup(rules->rules, name);

    if (!rule || !(rule->rights & (RIGHT_REPLACE | RIGHT_STATE)))
        return DISK_REFUSED;
    *where = rule->given;
    *rights = rule->rights;
    return 0;
}

/* ---- looking and reading ---- */

static int
look_at(int fd, DiskFact *fact)
{
    struct stat info;
    g_autofree char *itself = g_strdup_printf("/proc/self/fd/%d", fd);

    if (fstat(fd, &info) != 0)
        return errno;
    *fact = disk_fact(&info);
    fact->readable = access(itself, R_OK) == 0;
    return 0;
}

/* Whether a name is taken is said of those that could be given to a new file, too. */
static int
look_for_new(const KeeperRules *rules, const char *path, DiskFact *fact)
{
    g_autofree char *where = NULL;
    int folder = -1;
    int number = rules_new_file(rules, path, &where, &folder);
    struct stat info = { 0 };

    if (number == 0 && where)
        number = lstat(where, &info) == 0 ? 0 : errno;
    if (number == 0)
        *fact = disk_fact(&info);
    if (folder >= 0)
        close(folder);
    return number;
}

int
rules_look(const KeeperRules *rules, const char *path, DiskFact *fact)
{
    gboolean named;
    const int fd = reach(rules, path, O_PATH, &named);

    if (fd < 0)
        return errno == DISK_REFUSED ? look_for_new(rules, path, fact) : errno;
    const int number = look_at(fd, fact);
    close(fd);
    return number;
}

/* A device is opened only where the person named it: some do things when they are opened. */
static int
is_regular(int mark)
{
    struct stat info;

    if (fstat(mark, &info) != 0)
        return errno;
    return S_ISREG(info.st_mode) ? 0 : S_ISDIR(info.st_mode) ? EISDIR : DISK_REFUSED;
}

int
rules_open(const KeeperRules *rules, const char *path, DiskFact *fact, int *fd)
{
    gboolean named;

    if (g_str_equal(path, "-"))
        return g_hash_table_contains(rules->rules, path) ? disk_system.open(path, fact, fd) : DISK_REFUSED;
    const int mark = reach(rules, path, O_PATH, &named);
    int number = mark < 0 ? errno : named ? 0 : is_regular(mark);

    if (mark >= 0)
        close(mark);
    if (number != 0)
        return number;
    *fd = reach(rules, path, O_RDONLY | O_NOCTTY | O_NONBLOCK, &named);
    if (*fd < 0)
        return errno;
    number = disk_fact_of(*fd, fact);
    if (number != 0) {
        close(*fd);
        *fd = -1;
    }
    return number;
}

/* ---- folders ---- */

typedef struct {
    const KeeperRules *rules;
    const char        *path;
} Listing;

static DiskKind
kind_behind(int folder, const char *name, gpointer data)
{
    const Listing *listing = data;
    g_autofree char *path = g_build_filename(listing->path, name, NULL);
    DiskFact fact = { 0 };

    (void)folder;
    return rules_look(listing->rules, path, &fact) == 0 ? fact.kind : DISK_NOTHING;
}

int
rules_names(const KeeperRules *rules, const char *path, GByteArray *list)
{
    Listing listing = { rules, path };
    gboolean named;
    const int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK;
    g_autofree char *name = plain(rules, path);
    const Rule *rule = g_hash_table_lookup(rules->rules, name);
    const int fd = rule && (rule->rights & RIGHT_NAMES) ? open(rule->given, flags | O_CLOEXEC)
                                                        : reach(rules, path, flags, &named);

    return fd < 0 ? errno : disk_list_folder(fd, kind_behind, &listing, list);
}
