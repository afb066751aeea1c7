/*
 * table_levels.c - that no table of an archive is its own heir.
 *
 * A server never has such tables, and whoever follows the links of one would not come to an end.
 */
#include "build.h"

#include "kinds/table_levels.h"

#include "kinds/table_parts.h"

#define LEVELS_MOST 1000 /* a server runs out of stack somewhere behind that */

/* Moves tables below their parents by the links of one kind; whether any was moved, and the lowest level. */
static bool
sink(const struct catalog *catalog, const char *kind, uint32_t *levels, uint32_t *lowest)
{
	const struct object *link;
	uint32_t count = catalog_kind_range(catalog, kind_find(kind), &link);
	bool moved = false;

	for (; count > 0; count--, link++) {
		const struct object *parent =
			table_find(catalog, object_get(link, "parent_schema"), object_get(link, "parent"));
		uint32_t level = parent != NULL ? levels[parent->index] + 1 : 0;

		if (link->parent == OBJECT_NONE || level <= levels[link->parent])
			continue;
		levels[link->parent] = level;
		*lowest = level > *lowest ? level : *lowest;
		moved = true;
	}
	return moved;
}

const char *
table_levels_unsound(const struct catalog *catalog)
{
	uint32_t *levels = xcalloc(catalog->count + (size_t)1, sizeof(*levels));
	uint32_t lowest = 0;
	bool moved = true;

	while (moved && lowest <= LEVELS_MOST) {
		moved = sink(catalog, "partition", levels, &lowest);
		moved = sink(catalog, "inheritance", levels, &lowest) || moved;
	}
	free(levels);
	return lowest > LEVELS_MOST ? "tables are heirs of one another in a circle, or on too many levels" : NULL;
}
