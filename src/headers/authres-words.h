/* authres-words.h: the registered methods, results and property types of Authentication-Results,
 * and the others that are seen.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* All in lower case. */
gboolean authres_is_registered_method(const char *method);
/* Registered, or one that providers use all the same (compauth, bimi, dara, x-…). */
gboolean authres_is_method(const char *method);
/* Registered for that method; TRUE for methods that are not registered themselves. */
gboolean authres_is_registered_result(const char *method, const char *result);
/* A verdict of any method, registered or seen. */
gboolean authres_is_result(const char *result);
/* The key begins with smtp. header. body. policy. or another type that is known. */
gboolean authres_is_property(const char *key);
/* A key without a type that is never a method: action, helo, client-ip … */
gboolean authres_is_bare_property(const char *key);
