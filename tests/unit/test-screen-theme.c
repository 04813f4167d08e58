/* test-screen-theme.c: themes that come with the program can be read by eyes; wrong ones are named.
 * SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <math.h>

#include "tui/terminal/over.h"
#include "tui/terminal/shade.h"
#include "tui/terminal/theme.h"

/* WCAG 2.2: relative luminance, contrast ratio (1 to 21). */
static double
linear(guint value)
{
    const double part = value / 255.0;

    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double
luminance(guint rgb)
{
    return 0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) +
           0.0722 * linear(rgb & 0xFF);
}

static double
contrast(guint one, guint other)
{
    const double a = luminance(one), b = luminance(other);

    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

static void
test_contrast_known(void)
{
    g_assert_cmpfloat_with_epsilon(contrast(0x000000, 0xFFFFFF), 21.0, 0.001);
    g_assert_cmpfloat_with_epsilon(contrast(0x777777, 0xFFFFFF), 4.48, 0.01);
}

static Theme *
load(const char *name)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = g_strdup_printf("themes/%s.theme", name);
    Theme *theme = theme_new(path, FALSE, faults);

    if (faults->len > 0)
        g_error("%s", (const char *)faults->pdata[0]);
    return theme;
}

/* As it looks: reversed, and at that depth. */
static void
check_contrast(const char *name, const Theme *theme, Role role, int depth, double least)
{
    const Style *style = &theme->styles[role];
    const int fore = shade_reduce(style->foreground, depth);
    const int back = shade_reduce(style->background, depth);

    g_assert_cmpint(style->foreground, >=, 0);
    g_assert_cmpint(style->background, >=, 0);
    /* How dim a terminal makes it nobody knows. */
    g_assert_false(style->flags & STYLE_DIM);
    const gboolean direct = depth > 256;
    const double found = contrast(direct && fore >= 8 ? (guint)fore : shade_rgb(fore),
                                  direct && back >= 8 ? (guint)back : shade_rgb(back));
    if (found < least)
        g_error("%s: %s at %d colors: contrast %.2f", name, theme_role_name(role), depth, found);
}

static void
test_contrast(void)
{
    static const struct { const char *name; double least; } themes[] = {
        { "dark", 4.5 }, { "light", 4.5 }, { "color-blind", 4.5 }, { "high-contrast", 7.0 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(themes); i++) {
        g_autoptr(Theme) theme = load(themes[i].name);
        g_assert_true(theme->values);
        for (Role role = 0; role < ROLES; role++) {
            check_contrast(themes[i].name, theme, role, 1 << 24, themes[i].least);
            check_contrast(themes[i].name, theme, role, 256, themes[i].least);
        }
    }
}

/* Whatever the depth, no two verdicts look the same, and none is the color that it stands on. */
static void
test_verdicts_differ(void)
{
    static const char *const names[] = { "default", "dark", "light", "color-blind",
                                         "high-contrast" };
    static const Role verdicts[] = { ROLE_PASS, ROLE_FAIL, ROLE_OTHER, ROLE_NONE, ROLE_UNKNOWN };
    static const int depths[] = { 8, 16, 256, 1 << 24 };

    for (guint i = 0; i < G_N_ELEMENTS(names) * G_N_ELEMENTS(depths); i++) {
        g_autoptr(Theme) theme = load(names[i / G_N_ELEMENTS(depths)]);
        const int depth = depths[i % G_N_ELEMENTS(depths)];
        for (guint j = 0; j < 2 * G_N_ELEMENTS(verdicts); j++) {
            const Style *all = j < G_N_ELEMENTS(verdicts) ? theme->styles : theme->light;
            const Style *one = &all[verdicts[j % G_N_ELEMENTS(verdicts)]];
            const int fore = shade_reduce(one->foreground, depth);
            const int back = shade_reduce(one->background, depth);
            g_assert_true(fore != back);
            for (guint k = 0; k < j % G_N_ELEMENTS(verdicts); k++) {
                const Style *other = &all[verdicts[k]];
                if (fore == shade_reduce(other->foreground, depth) &&
                    back == shade_reduce(other->background, depth) && one->flags == other->flags)
                    g_error("%s at %d colors: %s looks as %s", names[i / G_N_ELEMENTS(depths)],
                            depth, theme_role_name(verdicts[j % G_N_ELEMENTS(verdicts)]),
                            theme_role_name(verdicts[k]));
            }
        }
    }
}

/* The built-in theme stands on the terminal's own background, dark or light. */
static void
test_both_grounds(void)
{
    static const struct { gboolean light; guint ground; double least; } grounds[] = {
        { FALSE, 0x000000, 3.5 }, { TRUE, 0xFFFFFF, 4.5 },
    };
    g_autoptr(Theme) theme = load("default");

    g_assert_true(theme->adapts);
    for (guint i = 0; i < G_N_ELEMENTS(grounds); i++) {
        for (Role role = 0; role < ROLES; role++) {
            const Style *style = &(grounds[i].light ? theme->light : theme->styles)[role];
            const guint back = style->background >= 0 ? shade_rgb(shade_reduce(style->background, 256))
                                                      : grounds[i].ground;
            if (style->foreground < 0)
                continue;
            const double found = contrast(shade_rgb(shade_reduce(style->foreground, 256)), back);
            if (found < grounds[i].least)
                g_error("%s on %06x: contrast %.2f", theme_role_name(role), grounds[i].ground, found);
        }
    }
}

/* What somebody chose is theirs on a light background, too. */
static void
test_adapts(void)
{
    static const char *const names[] = { "dark", "light", "color-blind", "high-contrast", "mono" };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_dir_make_tmp("theme-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "mine.theme", NULL);

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(Theme) theme = load(names[i]);
        g_assert_false(theme->adapts);
    }
    g_assert_true(g_file_set_contents(path, "[roles]\nverdict.other=bright-yellow\nverdict.pass=green bold\n", -1,
                                      NULL));
    g_autoptr(Theme) mine = theme_new(path, FALSE, faults);
    g_autoptr(Theme) built_in = load("default");
    g_assert_true(mine->adapts);
    g_assert_cmpint(mine->light[ROLE_OTHER].foreground, ==, mine->styles[ROLE_OTHER].foreground);
    g_assert_cmpint(mine->light[ROLE_PASS].foreground, ==, built_in->light[ROLE_PASS].foreground);
    g_assert_cmpint(mine->light[ROLE_PASS].foreground, !=, mine->styles[ROLE_PASS].foreground);
    g_autoptr(Theme) forced = theme_new(NULL, TRUE, faults);
    g_assert_false(forced->adapts);
    g_remove(path);
    g_rmdir(folder);
}

/* Blue and orange: seen by people who do not tell red from green, of which both are made alike. */
static void
test_color_blind(void)
{
    g_autoptr(Theme) theme = load("color-blind");

    for (Role role = 0; role < ROLES; role++) {
        const guint rgb = shade_rgb(theme->styles[role].foreground);
        const guint red = rgb >> 16 & 0xFF, green = rgb >> 8 & 0xFF, blue = rgb & 0xFF;
        /* No pure red, no pure green: beside blue stands orange, between the two. */
        g_assert_false(red > 0x80 && green < red / 2 && blue < red / 2);
        g_assert_false(green > red + 0x20 && green > blue + 0x20);
    }
    const guint pass = shade_rgb(theme->styles[ROLE_PASS].foreground);
    const guint fail = shade_rgb(theme->styles[ROLE_FAIL].foreground);
    g_assert_cmpuint(pass & 0xFF, >, (pass >> 16 & 0xFF) + 0x40);
    g_assert_cmpuint(fail >> 16 & 0xFF, >, (fail & 0xFF) + 0x40);
}

static void
test_mono(void)
{
    g_autoptr(Theme) file = load("mono");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Theme) forced = theme_new("themes/dark.theme", TRUE, faults);

    for (Role role = 0; role < ROLES; role++) {
        g_assert_cmpint(file->styles[role].foreground, ==, SHADE_TERMINAL);
        g_assert_cmpint(file->styles[role].background, ==, SHADE_TERMINAL);
        g_assert_cmpint(forced->styles[role].foreground, ==, SHADE_TERMINAL);
        g_assert_cmpuint(file->styles[role].flags, ==, forced->styles[role].flags);
    }
    g_assert_cmpuint(file->styles[ROLE_PASS].flags, !=, file->styles[ROLE_FAIL].flags);
}

/* The file to copy says what the program does without any. */
static void
test_default_is_built_in(void)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Theme) file = load("default");
    g_autofree char *folder = g_dir_make_tmp("theme-XXXXXX", NULL);
    g_autofree char *empty = g_build_filename(folder, "empty.theme", NULL);

    g_assert_true(g_file_set_contents(empty, "[roles]\n", -1, NULL));
    g_autoptr(Theme) built_in = theme_new(empty, FALSE, faults);
    for (Role role = 0; role < ROLES; role++) {
        g_assert_cmpint(file->styles[role].foreground, ==, built_in->styles[role].foreground);
        g_assert_cmpint(file->styles[role].background, ==, built_in->styles[role].background);
        g_assert_cmpuint(file->styles[role].flags, ==, built_in->styles[role].flags);
    }
    g_remove(empty);
    g_rmdir(folder);
}

/* Each theme speaks of each role, so that it can be copied. */
static void
test_complete(void)
{
    static const char *const names[] = { "default", "dark", "light", "color-blind", "high-contrast",
                                         "mono" };

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_strdup_printf("themes/%s.theme", names[i]);
        g_autofree char *text = NULL;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        for (Role role = 0; role < ROLES; role++) {
            g_autofree char *lines = g_strdup_printf("\n# %s\n%s=", theme_role_about(role),
                                                     theme_role_name(role));
            if (!g_strrstr(text, lines))
                g_error("%s: no line for %s", path, theme_role_name(role));
        }
    }
}

static void
test_faults(void)
{
    static const struct { const char *text, *fault; } cases[] = {
        { "[roles]\ntext=red\nverdict.pass=grean bold\n", ", line 3: \"grean\" is neither" },
        { "[roles]\n\nverdict.pas=green\n", ", line 3: there is no role \"verdict.pas\"" },
        { "[rolls]\ntext=green\n", ", line 2: there is no \"text\" in [rolls]" },
        { "[roles]\ntext=#12345\n", ", line 2: \"#12345\" is neither" },
        { "[roles]\ntext=#12345g\n", ", line 2: \"#12345g\" is neither" },
        { "[roles]\ntext=256\n", ", line 2: \"256\" is neither" },
        { "[roles]\ntext=#-12345\n", ", line 2: \"#-12345\" is neither" },
        { "[roles]\nhello\n", ", line 2: neither [section] nor key = value" },
        { "[roles\ntext=red\n", ", line 1: the section's ] is missing" },
    };
    g_autofree char *folder = g_dir_make_tmp("theme-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "wrong.theme", NULL);

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *expected = g_strconcat(path, cases[i].fault, NULL);
        g_assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        g_autoptr(Theme) theme = theme_new(path, FALSE, faults);
        g_assert_cmpuint(faults->len, >=, 1);
        if (!g_str_has_prefix(faults->pdata[0], expected))
            g_error("%s, expected %s", (const char *)faults->pdata[0], expected);
        /* The default one, whole: no line of a wrong file holds. */
        g_assert_cmpint(theme->styles[ROLE_TEXT].foreground, ==, SHADE_TERMINAL);
        g_assert_cmpint(theme->styles[ROLE_PASS].foreground, ==, 2);
    }
    g_remove(path);
    g_rmdir(folder);
}

static void
test_names(void)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_dir_make_tmp("theme-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "mine.theme", NULL);

    g_assert_true(g_file_set_contents(path, "\xEF\xBB\xBF[theme]\nname=mine\n[roles]\n"
                                      "text=3 on #000001\n", -1, NULL));
    g_setenv("FROMSCOPE_THEMES", folder, TRUE);
    g_auto(GStrv) names = theme_names();
    g_assert_true(g_strv_contains((const char *const *)names, "mine"));
    g_autoptr(Theme) mine = theme_new("mine", FALSE, faults);
    g_assert_cmpuint(faults->len, ==, 0);
    g_assert_cmpint(mine->styles[ROLE_TEXT].foreground, ==, 3);
    g_assert_cmpint(mine->styles[ROLE_RULE].background, ==, SHADE_RGB | 1);
    g_autoptr(Theme) none = theme_new("no-such", FALSE, faults);
    g_assert_cmpuint(faults->len, ==, 1);
    g_assert_nonnull(none);
    /* No way out of the folders. */
    g_assert_null(theme_path("../themes/no-such"));
    g_unsetenv("FROMSCOPE_THEMES");
    g_remove(path);
    g_rmdir(folder);
}

static void
test_reduce(void)
{
    static const struct { const char *color; int direct, at256, at16, at8; } cases[] = {
        { "default", -1, -1, -1, -1 },
        { "red", 1, 1, 1, 1 },
        { "bright-green", 0x00FF00, 10, 10, 2 },
        { "#000000", 0, 16, 0, 0 },
        { "#000003", 8, 16, 0, 0 },         /* below 8 a value would be a color of the palette */
        { "#ffffff", 0xFFFFFF, 231, 15, 7 },
        { "#ff0000", 0xFF0000, 196, 9, 1 },
        { "#ff8700", 0xFF8700, 208, 11, 3 },        /* orange is no red */
        { "#6fd88a", 0x6FD88A, 78, 10, 2 },        /* pale green is no gray */
        { "#63b3ff", 0x63B3FF, 75, 12, 4 },
        { "#0a6b2d", 0x0A6B2D, 22, 2, 2 },
        { "#808080", 0x808080, 244, 8, 7 },
        { "#12161c", 0x12161C, 233, 0, 0 },
        { "201", 0xFF00FF, 201, 13, 5 },
        { "243", 0x767676, 243, 8, 7 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        int shade = -5;
        g_assert_true(shade_read(cases[i].color, &shade));
        g_test_message("%s", cases[i].color);
        g_assert_cmpint(shade_reduce(shade, 1 << 24), ==, cases[i].direct);
        g_assert_cmpint(shade_reduce(shade, 256), ==, cases[i].at256);
        g_assert_cmpint(shade_reduce(shade, 16), ==, cases[i].at16);
        g_assert_cmpint(shade_reduce(shade, 8), ==, cases[i].at8);
    }
    /* All values: within range. */
    for (guint rgb = 0; rgb <= 0xFFFFFF; rgb += 0x10307) {
        const int shade = SHADE_RGB | (int)rgb;
        g_assert_cmpint(shade_reduce(shade, 256), <, 256);
        g_assert_cmpint(shade_reduce(shade, 16), <, 16);
        g_assert_cmpint(shade_reduce(shade, 88), <, 16);
        g_assert_cmpint(shade_reduce(shade, 8), <, 8);
        g_assert_cmpint(shade_reduce(shade, 8), >=, 0);
    }
}

static void
test_over(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const Style style = { 2, 208, STYLE_BOLD | STYLE_REVERSE };
    const Style plain = { SHADE_TERMINAL, 12, 0 };
    const Style value = { 0xFF8700, 0, STYLE_UNDERLINE };

    g_assert_null(over_take(out));
    over_add(out, 0, 9, &style, 256, "a");
    over_add(out, 4, 0, &plain, 16, "b");
    over_add(out, 5, 0, &value, 1 << 24, "c");
    g_autofree char *sequence = over_take(out);
    g_assert_cmpstr(sequence, ==,
                    "\x1B" "7\x1B[10;1H\x1B[0;1;7;32;48;5;208ma\x1B[1;5H\x1B[0;104mb"
                    "\x1B[1;6H\x1B[0;4;38;2;255;135;0;40mc\x1B" "8");
    g_assert_null(over_take(out));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/theme/contrast-known", test_contrast_known);
    g_test_add_func("/theme/contrast", test_contrast);
    g_test_add_func("/theme/verdicts-differ", test_verdicts_differ);
    g_test_add_func("/theme/both-grounds", test_both_grounds);
    g_test_add_func("/theme/adapts", test_adapts);
    g_test_add_func("/theme/color-blind", test_color_blind);
    g_test_add_func("/theme/mono", test_mono);
    g_test_add_func("/theme/default-is-built-in", test_default_is_built_in);
    g_test_add_func("/theme/complete", test_complete);
    g_test_add_func("/theme/faults", test_faults);
    g_test_add_func("/theme/names", test_names);
    g_test_add_func("/theme/reduce", test_reduce);
    g_test_add_func("/theme/over", test_over);
    return g_test_run();
}
