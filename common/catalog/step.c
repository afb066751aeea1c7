#include "build.h"

#include "catalog/step.h"

#include "base/buffer.h"
#include "postgres/sql.h"

void
steps_init(struct steps *steps, struct arena *arena)
{
	*steps = (struct steps){ .arena = arena };
}

static void
steps_append(struct steps *steps, struct step *step)
{
	if (steps->count == steps->capacity) {
		size_t capacity = steps->capacity ? steps->capacity * 2 : 4;
		struct step **items = arena_alloc(steps->arena, capacity * sizeof(struct step *));
		if (steps->count > 0)
			memcpy(items, steps->items, steps->count * sizeof(struct step *));
		steps->items = items;
		steps->capacity = capacity;
	}
	steps->items[steps->count++] = step;
}

struct step *
steps_add_text(struct steps *steps, const struct object *object, enum step_action action, enum lock_level lock,
               unsigned hazards, const char *sql)
{
	struct step *step = arena_zalloc(steps->arena, sizeof(*step));
	step->object = object;
	step->action = action;
	step->sql = arena_strdup(steps->arena, sql);
	step->lock = lock;
	step->hazards = hazards;
	steps_append(steps, step);
	return step;
}

struct step *
steps_add(struct steps *steps, const struct object *object, enum step_action action, enum lock_level lock,
          unsigned hazards, const char *format, ...)
{
	struct buffer sql = BUFFER_INIT;
	va_list arguments;
	va_start(arguments, format);
	sql_vappend(&sql, format, arguments);
	va_end(arguments);
	struct step *step = steps_add_text(steps, object, action, lock, hazards, buffer_text(&sql));
	buffer_fini(&sql);
	return step;
}

const char *
lock_level_name(enum lock_level level)
{
	static const char *const names[] = {
		[LOCK_NONE] = "none",
		[LOCK_ACCESS_SHARE] = "ACCESS SHARE",
		[LOCK_ROW_SHARE] = "ROW SHARE",
		[LOCK_ROW_EXCLUSIVE] = "ROW EXCLUSIVE",
		[LOCK_SHARE_UPDATE_EXCLUSIVE] = "SHARE UPDATE EXCLUSIVE",
		[LOCK_SHARE] = "SHARE",
		[LOCK_SHARE_ROW_EXCLUSIVE] = "SHARE ROW EXCLUSIVE",
		[LOCK_EXCLUSIVE] = "EXCLUSIVE",
		[LOCK_ACCESS_EXCLUSIVE] = "ACCESS EXCLUSIVE",
	};
	return (size_t)level < COUNT_OF(names) ? names[level] : "unknown";
}

const char *
step_action_name(enum step_action action)
{
	static const char *const names[] = {
		[STEP_CREATE] = "create",
		[STEP_ALTER] = "alter",
		[STEP_REPLACE] = "replace",
		[STEP_DROP] = "drop",
	};
	return (size_t)action < COUNT_OF(names) ? names[action] : "unknown";
}

static const struct {
	const char *name;
	const char *meaning;
} hazard_texts[] = {
#define HAZARD(bit, json, text) { json, text },
#include "catalog/hazards.def"
#undef HAZARD
};

const char *
hazard_name(enum hazard_bit bit)
{
	return (size_t)bit < COUNT_OF(hazard_texts) ? hazard_texts[bit].name : "unknown";
}

const char *
hazard_meaning(enum hazard_bit bit)
{
	return (size_t)bit < COUNT_OF(hazard_texts) ? hazard_texts[bit].meaning : "unknown";
}
