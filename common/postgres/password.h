/*
 * password.h - a password typed at the terminal.
 */
#ifndef COMMON_POSTGRES_PASSWORD_H
#define COMMON_POSTGRES_PASSWORD_H

#include "base/error.h"

/* Whether this process has a terminal to ask at. */
bool password_can_ask(void);
/* Asks without echo.  *password is heap memory; give it to password_free. */
int password_ask(const char *user, char **password, struct error *error);
void password_free(char *password); /* overwrites it first; NULL is allowed */

#endif
