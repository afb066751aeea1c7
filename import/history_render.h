/*
 * history_render.h - runs and steps of the history as text and as JSON.
 */
#ifndef IMPORT_HISTORY_RENDER_H
#define IMPORT_HISTORY_RENDER_H

#include <jansson.h>

#include "base/buffer.h"
#include "import/journal.h"

/* One line of a list. */
void history_run_line(const struct journal_run *run, struct buffer *out);
/* All that is known of a run, a line each. */
void history_run_text(const struct journal_run *run, struct buffer *out);
void history_step_text(const struct journal_step *step, struct buffer *out);
json_t *history_run_json(const struct journal_run *run);
json_t *history_step_json(const struct journal_step *step);

#endif
