/*
 * diff.c - one merge over two identity-sorted catalogs.
 *
 * Both sides are visited.  Equal rows are equal bytes; only unequal ones are looked at
 * value by value.  No kind is named.
 */
#include "build.h"

#include "plan/planning.h"

static void
diff_pair(struct planning *planning, const struct object *current, const struct object *wanted)
{
	if (object_same_values(current, wanted))
		return;
	uint64_t differs = object_differences(current, wanted);
	if (differs == 0)
		return;
	struct plan_change *change = planning_add(planning, current, wanted);
	change->change.differs = differs;
}

static void
diff_kind(struct planning *planning, const struct kind *kind)
{
	const struct object *current;
	const struct object *wanted;
	uint32_t current_left = catalog_kind_range(planning->plan.current, kind, &current);
	uint32_t wanted_left = catalog_kind_range(planning->plan.wanted, kind, &wanted);
	while (current_left > 0 || wanted_left > 0) {
		int order = current_left == 0 ? 1 : wanted_left == 0 ? -1 : object_compare_identity(current, wanted);
		if (order == 0)
			diff_pair(planning, current, wanted);
		else
			planning_add(planning, order < 0 ? current : NULL, order > 0 ? wanted : NULL);
		if (order <= 0)
			current++, current_left--;
		if (order >= 0)
			wanted++, wanted_left--;
	}
}

void
diff_run(struct planning *planning)
{
	bool privileges = planning->plan.options.kind_options & KIND_WITH_PRIVILEGES;
	for (unsigned i = 0; i < kind_count; i++)
		if (privileges || !(kinds[i]->traits & KIND_PRIVILEGES))
			diff_kind(planning, kinds[i]);
}
