/*
 * standing.c - see standing.h.
 */
#include "build.h"

#include "kinds/standing.h"

#include "catalog/catalog.h"

void
standing_create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	(void)context;
	steps_add(steps, object, STEP_CREATE, LOCK_NONE, 0, "CREATE %K %Q (%X)", object->kind->sql, object_schema(object),
	          object_name(object), object_get(object, "definition"));
}

struct verdict
standing_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	unsigned hazards = change->wanted->kind->attributes[attribute].hazards;
	struct verdict verdict = { CHANGE_REBUILD, hazards | HAZARD_REBUILDS, NULL };
	const uint32_t *list;

	if (catalog_dependents(context->current, change->current, &list) > 0) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = arena_printf(context->arena, "it cannot be altered, and %s is built on it",
		                              object_description(context->arena, &context->current->objects[list[0]]));
	}
	return verdict;
}
