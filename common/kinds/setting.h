/*
 * setting.h - a server setting as it follows SET.
 */
#ifndef COMMON_KINDS_SETTING_H
#define COMMON_KINDS_SETTING_H

#include "base/buffer.h"

/* The name, which may have a prefix: "app.user". */
void write_setting_name(struct buffer *out, const char *name);
/* "name TO value"; the value is what pg_proc.proconfig or pg_db_role_setting.setconfig has behind the "=". */
void write_setting(struct buffer *out, const char *name, const char *value);

#endif
