/*
 * driver_support.c - prints the tables that the documents show, from the descriptors and lists that the
 * programs work by, for documents.t.
 *
 * usage: driver_support kinds | statuses | hazards
 */
#include "build.h"

#include "base/buffer.h"
#include "base/error.h"
#include "catalog/kind.h"

/* The attributes whose difference is met so, with the version they need. */
static void
append_attributes(struct buffer *out, const struct kind *kind, unsigned rules)
{
	const char *separator = " ";

	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const struct attribute *attribute = &kind->attributes[i];

		if ((attribute->role != ROLE_PLAIN && attribute->role != ROLE_SECRETS) ||
		    (rules & (1u << attribute->rule)) == 0)
			continue;
		buffer_printf(out, "%s%s", separator, attribute->name);
		if (attribute->since > 0)
			buffer_printf(out, " (%d)", attribute->since / 10000);
		separator = ", ";
	}
	buffer_append_text(out, " |");
}

static void
append_facets(struct buffer *out, const struct kind *kind)
{
	static const struct {
		enum attribute_role role;
		const char *name;
	} facets[] = { { ROLE_OWNER, "owner" }, { ROLE_ACL, "privileges" }, { ROLE_COMMENT, "comment" } };
	const char *separator = " ";

	for (size_t i = 0; i < COUNT_OF(facets); i++) {
		if (kind_attribute_of_role(kind, facets[i].role) < 0)
			continue;
		buffer_printf(out, "%s%s", separator, facets[i].name);
		separator = ", ";
	}
	buffer_append_text(out, " |\n");
}

static void
append_kinds(struct buffer *out)
{
	for (unsigned i = 0; i < kind_count; i++) {
		buffer_printf(out, "| %s |", kinds[i]->name);
		append_attributes(out, kinds[i], 1u << CHANGE_ALTER | 1u << CHANGE_REPLACE);
		append_attributes(out, kinds[i], 1u << CHANGE_REBUILD);
		append_attributes(out, kinds[i], 1u << CHANGE_JUDGE);
		append_attributes(out, kinds[i], 1u << CHANGE_REFUSE);
		append_facets(out, kinds[i]);
	}
}

static void
append_statuses(struct buffer *out)
{
#define ERROR_CODE(name, status, meaning) buffer_printf(out, "| %d | %s |\n", status, meaning);
#include "base/errors.def"
#undef ERROR_CODE
}

static void
append_hazards(struct buffer *out)
{
#define HAZARD(symbol, name, meaning) buffer_printf(out, "| `%s` | %s |\n", name, meaning);
#include "catalog/hazards.def"
#undef HAZARD
}

int
main(int argc, char **argv)
{
	struct buffer out = BUFFER_INIT;
	const char *what = argc == 2 ? argv[1] : "";

	if (strcmp(what, "kinds") == 0)
		append_kinds(&out);
	else if (strcmp(what, "statuses") == 0)
		append_statuses(&out);
	else if (strcmp(what, "hazards") == 0)
		append_hazards(&out);
	else
		fprintf(stderr, "usage: driver_support kinds | statuses | hazards\n");
	printf("%s", buffer_text(&out));
	int status = out.length > 0 ? 0 : 2;
	buffer_fini(&out);
	return status;
}
