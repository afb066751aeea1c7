#include "build.h"

#include "import/hints.h"

#include <jansson.h>

#include "base/files.h"
#include "base/log.h"
#include "import/refusal.h"
#include "kinds/writing.h"
#include "postgres/sql.h"
#include "reader/reader.h"

#define FILE_MOST ((size_t)16 * 1024 * 1024)
#define NAMES_MOST 4 /* no kind has a longer identity */

/* Labels of an enum are no objects of their own, but can be renamed. */
#define LABEL "enum_label"

struct rename {
	const struct kind *kind; /* of a label: the enum's */
	bool label;
	unsigned count;
	const char *from[NAMES_MOST];
	const char *to[NAMES_MOST];
	const char *refused; /* what production's server said of it; NULL: not tried, or done */
};

struct renames {
	struct target *target;
	struct rename *items;
	size_t count;
};

/* ---- reading ---- */

static int
bad_hint(size_t number, struct error *error, const char *what)
{
	error_set(error, ERROR_USAGE, "rename %zu of the hints: %s", number + 1, what);
	return error_hint(error, "See docs/hints.md.");
}

static bool
read_names(const json_t *array, unsigned count, struct arena *arena, const char **names)
{
	if (!json_is_array(array) || json_array_size(array) != count)
		return false;
	for (unsigned i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(array, i));

		if (name == NULL)
			return false;
		names[i] = arena_strdup(arena, name);
	}
	return true;
}

static int
read_rename(const json_t *entry, size_t number, struct arena *arena, struct rename *rename, struct error *error)
{
	const char *name = json_string_value(json_object_get(entry, "kind"));

	if (name == NULL)
		return bad_hint(number, error, "it names no kind");
	rename->label = strcmp(name, LABEL) == 0;
	rename->kind = kind_find(rename->label ? "enum" : name);
	if (rename->kind == NULL)
		return bad_hint(number, error, "there is no such kind of object");
	rename->count = rename->kind->identity_count + (rename->label ? 1 : 0);
	if (rename->count > NAMES_MOST || !read_names(json_object_get(entry, "from"), rename->count, arena, rename->from) ||
	    !read_names(json_object_get(entry, "to"), rename->count, arena, rename->to))
		return bad_hint(number, error, "\"from\" and \"to\" must be lists of as many names as the kind has");
	return 0;
}

static int
parse(struct renames *renames, const char *text, size_t length, struct error *error)
{
	json_error_t problem;
	json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &problem);
	const json_t *list = json_object_get(root, "renames");
	int failed = 0;

	if (root == NULL) {
		error_set(error, ERROR_USAGE, "the hints are not valid JSON");
		return error_detail(error, "Line %d, column %d: %s.", problem.line, problem.column, problem.text);
	}
	size_t count = json_array_size(list);
	renames->items = arena_zalloc(renames->target->arena, (count + 1) * sizeof(*renames->items));
	for (size_t i = 0; i < count && failed == 0; i++)
		failed =
			read_rename(json_array_get(list, i), i, renames->target->arena, &renames->items[renames->count++], error);
	json_decref(root);
	return failed;
}

static int
load(struct renames *renames, struct error *error)
{
	struct target *target = renames->target;
	const char *text;
	size_t length;

	if (target->settings->hints != NULL) {
		struct buffer file = BUFFER_INIT;
		int failed = file_read(target->settings->hints, FILE_MOST, &file, error);

		if (failed < 0)
			error->code = ERROR_USAGE;
		else
			failed = parse(renames, buffer_text(&file), file.length, error);
		buffer_fini(&file);
		return failed;
	}
	if (target->archive == NULL || !archive_reader_member(target->archive, "hints.json", &text, &length))
		return 0;
	return parse(renames, text, length, error);
}

/* ---- which are pending ---- */

/* The place of the own name: last, or before the arguments. */
static unsigned
own_name(const struct rename *rename)
{
	unsigned last = rename->count - 1;

	return !rename->label && strcmp(rename->kind->attributes[last].name, "arguments") == 0 ? last - 1 : last;
}

static bool
same_names(const char *const *a, const char *const *b, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(a[i], b[i]) != 0)
			return false;
	return true;
}

/* Whether what holds the object (schema, table) has on both sides the same name, or a rename of its own. */
static bool
is_in_place(const struct renames *renames, const struct rename *rename)
{
	unsigned own = own_name(rename);
	const char *names[NAMES_MOST];

	memcpy(names, rename->from, sizeof(names));
	for (size_t i = 0; i < renames->count; i++) {
		const struct rename *other = &renames->items[i];

		if (other != rename && !other->label && other->count <= own &&
		    same_names(other->from, rename->from, other->count))
			memcpy(names, other->to, other->count * sizeof(*names));
	}
	return same_names(names, rename->to, own) &&
	       same_names(names + own + 1, rename->to + own + 1, rename->count - own - 1);
}

static bool
has_label(const struct object *type, const char *label)
{
	struct name_list labels;
	bool found = false;

	if (type == NULL)
		return false;
	name_list_init(&labels, object_get(type, "labels"));
	for (size_t i = 0; i < labels.count; i++)
		found = found || (labels.items[i] != NULL && strcmp(labels.items[i], label) == 0);
	name_list_fini(&labels);
	return found;
}

static bool
holds(const struct catalog *catalog, const struct rename *rename, const char *const *names)
{
	const struct object *object = catalog_find(catalog, rename->kind, names);

	return rename->label ? has_label(object, names[rename->count - 1]) : object != NULL;
}

/* Whether it is to be done; a hint that fits neither the state before nor after is told. */
static bool
is_pending(const struct target *target, const struct rename *rename)
{
	const char *name = rename->from[own_name(rename)];

	if (!holds(target->current, rename, rename->from) || strcmp(name, rename->to[own_name(rename)]) == 0)
		return false;
	const char *problem = holds(target->wanted, rename, rename->from)  ? "the snapshot still has the old name"
	                      : !holds(target->wanted, rename, rename->to) ? "the snapshot does not have the new name"
	                      : holds(target->current, rename, rename->to) ? "production has both names"
	                                                                   : NULL;
	if (problem != NULL)
		log_event(LOG_WARNING, "hint.unused", "the rename of %s %s to %s is not done: %s", rename->kind->name, name,
		          rename->to[own_name(rename)], problem);
	return problem == NULL;
}

/* ---- statements ---- */

/* Parts that ALTER cannot address by themselves. */
static const struct {
	const char *kind;
	const char *holder; /* kind of what holds it; NULL: any */
	const char *format;
} part_forms[] = {
	{ "column", "composite", "ALTER TYPE %Q RENAME ATTRIBUTE %I TO %I" },
	{ "column", NULL, "ALTER TABLE %Q RENAME COLUMN %I TO %I" },
	{ "constraint", NULL, "ALTER TABLE %Q RENAME CONSTRAINT %I TO %I" },
	{ "domain_constraint", NULL, "ALTER DOMAIN %Q RENAME CONSTRAINT %I TO %I" },
};

static void
add_step(struct steps *steps, const struct catalog *catalog, const struct object *object, const char *to)
{
	const struct object *holder = catalog_parent(catalog, object);
	struct buffer sql = BUFFER_INIT;

	for (size_t i = 0; i < COUNT_OF(part_forms) && sql.length == 0; i++)
		if (strcmp(object->kind->name, part_forms[i].kind) == 0 &&
		    (part_forms[i].holder == NULL || (holder != NULL && strcmp(holder->kind->name, part_forms[i].holder) == 0)))
			sql_append(&sql, part_forms[i].format, object_schema(object), object_value(object, 1), object_name(object),
			           to);
	if (sql.length == 0) {
		buffer_append_text(&sql, "ALTER ");
		kind_address(&sql, object);
		sql_append(&sql, " RENAME TO %I", to);
	}
	steps_add_text(steps, object, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, buffer_text(&sql));
	buffer_fini(&sql);
}

static void
add_rename(struct steps *steps, const struct catalog *current, const struct rename *rename)
{
	const struct object *object = catalog_find(current, rename->kind, rename->from);

	if (rename->label)
		steps_add(steps, object, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER TYPE %Q RENAME VALUE %L TO %L",
		          rename->from[0], rename->from[1], rename->from[2], rename->to[2]);
	else
		add_step(steps, current, object, rename->to[own_name(rename)]);
}

/* Parts before what holds them: all statements say the old names. */
static int
compare_renames(const void *a, const void *b)
{
	const struct rename *left = a;
	const struct rename *right = b;
	unsigned left_rank = kind_number(left->kind) + (left->label ? kind_count : 0);
	unsigned right_rank = kind_number(right->kind) + (right->label ? kind_count : 0);

	if (left_rank != right_rank)
		return left_rank < right_rank ? 1 : -1;
	for (unsigned i = 0; i < left->count; i++) {
		int order = strcmp(left->from[i], right->from[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

/* Whether the server has refused it, or the rename of what holds it: a part follows its whole or waits with it. */
static bool
is_refused(const struct target *target, const struct rename *rename)
{
	for (size_t i = 0; i < target->unrenamed.count; i++) {
		const struct rename *refused = target->unrenamed.items[i];
		bool same = refused->kind == rename->kind && refused->label == rename->label &&
		            same_names(refused->from, rename->from, rename->count);
		bool whole = !refused->label && refused->count <= own_name(rename) &&
		             same_names(refused->from, rename->from, refused->count);

		if (same || whole)
			return true;
	}
	return false;
}

static int
load_pending(struct renames *renames, struct error *error)
{
	size_t pending = 0;

	if (load(renames, error) < 0)
		return -1;
	for (size_t i = 0; i < renames->count; i++)
		if (!is_in_place(renames, &renames->items[i]))
			return bad_hint(i, error,
			                "\"from\" and \"to\" may differ only in the own name; "
			                "what holds the object is renamed by a hint of its own");
	for (size_t i = 0; i < renames->count; i++)
		if (is_pending(renames->target, &renames->items[i]) && !is_refused(renames->target, &renames->items[i]))
			renames->items[pending++] = renames->items[i];
	renames->count = pending;
	if (pending > 1)
		qsort(renames->items, pending, sizeof(*renames->items), compare_renames);
	return 0;
}

int
hints_steps(struct target *target, struct steps *steps, struct error *error)
{
	struct renames renames = { target, NULL, 0 };

	if (load_pending(&renames, error) < 0)
		return -1;
	for (size_t i = 0; i < renames.count; i++)
		add_rename(steps, target->current, &renames.items[i]);
	return 0;
}

/* ---- what follows ---- */

/* The server names these after their table and columns; a rename leaves such names as they were. */
static const char *const followers[] = { "constraint", "index", "sequence" };

static char *
replace_name(struct arena *arena, const char *text, const char *from, const char *to)
{
	const char *found = from[0] != '\0' ? strstr(text, from) : NULL;

	return found == NULL ? NULL : arena_printf(arena, "%.*s%s%s", (int)(found - text), text, to, found + strlen(from));
}

/* The one of the snapshot that has the name which the renames make of this one's, and the same form. */
static const struct object *
follows(const struct renames *renames, const struct catalog *catalog, const struct object *object)
{
	const struct catalog *wanted = renames->target->wanted;
	unsigned last = object->kind->identity_count - 1;
	const char *identity[NAMES_MOST];
	const char *name = object_name(object);

	for (unsigned i = 0; i <= last; i++)
		identity[i] = object_value(object, i);
	for (size_t r = renames->count; r-- > 0;) {
		const struct rename *rename = &renames->items[r];
		char *replaced = rename->label ? NULL
		                               : replace_name(renames->target->arena, name, rename->from[own_name(rename)],
		                                              rename->to[own_name(rename)]);

		if (replaced == NULL)
			continue;
		name = replaced;
		identity[last] = name;
		const struct object *same = catalog_find(wanted, object->kind, identity);
		if (same == NULL || catalog_find(catalog, object->kind, identity) != NULL)
			continue;
		uint64_t differences = object_differences(object, same);
		bool alike = true;
		for (unsigned i = 0; i < object->kind->attribute_count; i++)
			if ((differences >> i & 1) && object->kind->attributes[i].role == ROLE_PLAIN &&
			    object->kind->attributes[i].rule != CHANGE_IGNORE)
				alike = false;
		if (alike)
			return same;
	}
	return NULL;
}

static void
add_followers(const struct renames *renames, const struct catalog *catalog, struct steps *steps)
{
	for (size_t k = 0; k < COUNT_OF(followers); k++) {
		const struct object *object;
		uint32_t count = catalog_kind_range(catalog, kind_find(followers[k]), &object);

		for (; count > 0; count--, object++) {
			const struct object *wanted =
				catalog_counterpart(renames->target->wanted, object) == NULL ? follows(renames, catalog, object) : NULL;

			/* Told by the new name: this catalog does not live as long as the plan. */
			if (wanted != NULL) {
				add_step(steps, catalog, object, object_name(wanted));
				steps->items[steps->count - 1]->object = wanted;
			}
		}
	}
}

/* ---- trying ---- */

/* Whether a rename cannot be made by anybody: lack of rights is for somebody to mend. */
static bool
is_refusal(const struct step *step, const struct error *problem)
{
	return refusal_is(step, problem) && strcmp(problem->sqlstate, "42501") != 0;
}

/* One step for each rename.  A refused one is noted in target->unrenamed. */
static int
run_steps(const struct renames *renames, const struct steps *steps, struct error *error)
{
	struct target *target = renames->target;

	for (size_t i = 0; i < renames->count; i++) {
		if (connection_execute(target->connection, steps->items[i]->sql, error) == 0)
			continue;
		if (connection_is_alive(target->connection) && is_refusal(steps->items[i], error)) {
			renames->items[i].refused = arena_strdup(target->arena, error->primary);
			vector_add(&target->unrenamed, &renames->items[i]);
		}
		return error_prefix(error, "the rename \"%s\"", steps->items[i]->sql);
	}
	return 0;
}

/* What follows stays as it is where the server will not have it so. */
static int
run_followers(struct connection *connection, struct steps *steps, struct error *error)
{
	size_t kept = 0;

	for (size_t i = 0; i < steps->count; i++) {
		struct step *step = steps->items[i];

		if (connection_execute(connection, "SAVEPOINT pgkeel", error) < 0)
			return -1;
		if (connection_execute(connection, step->sql, error) == 0)
			steps->items[kept++] = step;
		else if (!connection_is_alive(connection) || !is_refusal(step, error))
			return error_prefix(error, "the rename \"%s\"", step->sql);
		else {
			error_clear(error);
			if (connection_execute(connection, "ROLLBACK TO SAVEPOINT pgkeel", error) < 0)
				return -1;
		}
		if (connection_execute(connection, "RELEASE SAVEPOINT pgkeel", error) < 0)
			return -1;
	}
	steps->count = kept;
	return 0;
}

static int
read_inside(struct connection *connection, struct catalog **catalog, struct error *error)
{
	static const struct reader_options inside = { .inside_transaction = true };

	return reader_read(connection, &inside, catalog, error);
}

static int
try_all(struct target *target, struct steps *steps, struct catalog **renamed, struct error *error)
{
	static const char *const begin[] = { "BEGIN ISOLATION LEVEL REPEATABLE READ", "SET LOCAL lock_timeout = 2000",
		                                 "SET LOCAL statement_timeout = 60000" };
	struct connection *connection = target->connection;
	struct renames renames = { target, NULL, 0 };
	struct catalog *between = NULL;

	for (size_t i = 0; i < COUNT_OF(begin); i++)
		if (connection_execute(connection, begin[i], error) < 0)
			return -1;
	if (load_pending(&renames, error) < 0 || run_steps(&renames, steps, error) < 0 ||
	    read_inside(connection, &between, error) < 0)
		return -1;
	struct steps more;
	steps_init(&more, target->arena);
	add_followers(&renames, between, &more);
	int failed = run_followers(connection, &more, error);
	if (failed == 0 && more.count > 0)
		failed = read_inside(connection, renamed, error);
	for (size_t i = 0; failed == 0 && i < more.count; i++)
		steps_add_text(steps, more.items[i]->object, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
		               more.items[i]->sql);
	if (failed == 0 && more.count == 0) {
		*renamed = between;
		between = NULL;
	}
	catalog_free(between);
	return failed;
}

/* Again without what was refused, until nothing more is. */
int
hints_try(struct target *target, struct steps *steps, struct catalog **renamed, struct error *error)
{
	size_t known;

	do {
		struct error undoing = { 0 };

		*renamed = NULL;
		known = target->unrenamed.count;
		if (try_all(target, steps, renamed, error) == 0)
			return 0;
		catalog_free(*renamed);
		*renamed = NULL;
		if (connection_is_alive(target->connection))
			connection_execute(target->connection, "ROLLBACK", &undoing);
		error_clear(&undoing);
		if (target->unrenamed.count == known)
			return -1;
		error_clear(error);
		steps_init(steps, target->arena);
	} while (hints_steps(target, steps, error) == 0);
	return -1;
}

void
hints_withhold(const struct target *target)
{
	for (size_t i = 0; i < target->unrenamed.count; i++) {
		const struct rename *rename = target->unrenamed.items[i];
		struct plan *plan = target->plan;
		const struct object *wanted = catalog_find(target->wanted, rename->kind, rename->to);
		struct plan_change *change = wanted != NULL ? plan_change_of(plan, wanted) : NULL;

		if (change == NULL)
			continue;
		uint64_t held = UINT64_MAX;
		if (rename->label)
			held = UINT64_C(1) << kind_attribute(rename->kind, "labels");
		plan_withhold(plan, change, held,
		              arena_printf(plan->arena,
		                           "production's server refused the rename of %s, which the hints ask for: %s",
		                           rename->from[own_name(rename)], rename->refused));
	}
}

static bool
is_inside(struct connection *connection)
{
	return PQtransactionStatus(connection_handle(connection)) == PQTRANS_INTRANS;
}

int
hints_ask_begin(struct connection *connection, const char *begin, bool *inside, struct error *error)
{
	*inside = is_inside(connection);
	return connection_execute(connection, *inside ? "SAVEPOINT pgkeel_asking" : begin, error);
}

int
hints_ask_end(struct connection *connection, bool inside, struct error *error)
{
	return connection_execute(connection, inside ? "ROLLBACK TO SAVEPOINT pgkeel_asking" : "ROLLBACK", error);
}
