/* keycode.h: what a terminal says was pressed.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* A pressed key: a character, or one of these (beyond Unicode). */
typedef enum {
    KEYCODE_NONE = 0x110000,
    KEYCODE_UP,
    KEYCODE_DOWN,
    KEYCODE_LEFT,
    KEYCODE_RIGHT,
    KEYCODE_PAGE_UP,
    KEYCODE_PAGE_DOWN,
    KEYCODE_HOME,
    KEYCODE_END,
    KEYCODE_BACKSPACE,
    KEYCODE_RESIZE,         /* the window has another size */
    KEYCODE_OTHER,          /* a key that has no name here */
    KEYCODE_MOUSE,          /* no key: see term_mouse() */
    KEYCODE_TEXT,           /* no key: text was pasted, see term_text() */
    KEYCODE_GONE            /* the terminal is no longer there */
} KeyCode;
