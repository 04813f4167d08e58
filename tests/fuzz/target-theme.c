/* target-theme.c: themes of the screen, on terminals of few and of many colors.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "tui/terminal/shade.h"
#include "tui/terminal/theme.h"

static gboolean
is_shade(int shade)
{
    return shade >= SHADE_UNSET && shade < SHADE_RGB + (1 << 24) && (shade < 256 || shade >= SHADE_RGB);
}

/* A terminal gets colors that it has, and nothing of what was said of none. */
static void
check_shade(int shade)
{
    static const int depths[] = { 8, 16, 88, 256 };

    FUZZ_REQUIRE(is_shade(shade));
    FUZZ_REQUIRE(shade < 0 || shade_rgb(shade) <= 0xFFFFFF);
    for (gsize i = 0; i < G_N_ELEMENTS(depths); i++) {
        const int reduced = shade_reduce(shade, depths[i]);
        FUZZ_REQUIRE(shade < 0 ? reduced < 0 : reduced >= 0 && reduced < depths[i]);
        FUZZ_REQUIRE(shade < 0 || shade >= depths[i] || reduced == shade);
    }
}

/* A file with a fault changes nothing. */
static void
check_same(const Theme *theme)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Theme) own = theme_new(NULL, theme->mono, none);

    FUZZ_REQUIRE(none->len > 0 || memcmp(own->styles, theme->styles, sizeof own->styles) == 0);
}

static void
check_theme(const char *path, gboolean mono)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Theme) theme = theme_new(path, mono, faults);

    FUZZ_REQUIRE(theme && theme->mono == mono);
    for (guint i = 0; i < ROLES; i++) {
        const Style *style = &theme->styles[i];
        FUZZ_REQUIRE(style->flags <= (STYLE_BOLD | STYLE_REVERSE | STYLE_UNDERLINE | STYLE_DIM));
        check_shade(style->foreground);
        check_shade(style->background);
    }
    if (faults->len > 0)
        check_same(theme);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const char *path = fuzz_file(fuzz_whole(data, size));

    check_theme(path, FALSE);
    check_theme(path, TRUE);
    return 0;
}
