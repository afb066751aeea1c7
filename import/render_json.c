/*
 * render_json.c - the plan for machines.  docs/plan-json.md says what each member means; members are
 * only ever added while "format" stays 1.
 */
#include "build.h"

#include "import/render.h"

json_t *
render_json_string(const char *text)
{
	if (text == NULL)
		return json_null();
	json_t *value = json_string(text);
	if (value != NULL)
		return value;
	struct buffer plain = BUFFER_INIT;
	for (; *text != '\0'; text++)
		buffer_append_char(&plain, (unsigned char)*text < 0x80 ? *text : '?');
	value = json_string(buffer_text(&plain));
	buffer_fini(&plain);
	return value;
}

static int
append_dump(const char *data, size_t length, void *context)
{
	buffer_append(context, data, length);
	return 0;
}

void
render_json_dump(json_t *value, struct buffer *out)
{
	json_dump_callback(value, append_dump, out, JSON_INDENT(2));
	buffer_append_char(out, '\n');
	json_decref(value);
}

static void
set(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

static json_t *
hazards_json(unsigned hazards)
{
	json_t *array = json_array();

	for (unsigned bit = 0; bit < HAZARD_COUNT; bit++)
		if (hazards >> bit & 1)
			json_array_append_new(array, json_string(hazard_name((enum hazard_bit)bit)));
	return array;
}

static json_t *
identity_json(const struct object *object)
{
	json_t *identity = json_array();

	for (unsigned i = 0; i < object->kind->identity_count; i++)
		json_array_append_new(identity, render_json_string(object_value(object, i)));
	return identity;
}

/* kind and object: what every entry says of what it is about. */
static json_t *
about(const struct object *object)
{
	json_t *entry = json_object();
	struct buffer description = BUFFER_INIT;

	object_describe(&description, object);
	set(entry, "kind", json_string(object->kind->name));
	set(entry, "object", render_json_string(buffer_text(&description)));
	buffer_fini(&description);
	set(entry, "identity", identity_json(object));
	return entry;
}

static json_t *
step_json(const struct step *step, size_t number)
{
	json_t *entry = step->object != NULL ? about(step->object) : json_object();

	set(entry, "seq", json_integer((json_int_t)number));
	set(entry, "action", json_string(step_action_name(step->action)));
	set(entry, "sql", render_json_string(step->sql));
	set(entry, "lock", json_string(lock_level_name(step->lock)));
	set(entry, "hazards", hazards_json(step->hazards));
	return entry;
}

static json_t *
groups_json(const struct plan *plan)
{
	json_t *groups = json_array();
	size_t number = 0;

	for (size_t i = 0; i < plan->group_count; i++) {
		json_t *group = json_object();
		json_t *steps = json_array();

		for (size_t j = 0; j < plan->groups[i].count; j++)
			json_array_append_new(steps, step_json(plan->groups[i].steps[j], ++number));
		set(group, "outside_transaction", json_boolean(plan->groups[i].outside_transaction));
		set(group, "steps", steps);
		json_array_append_new(groups, group);
	}
	return groups;
}

static json_t *
withheld_json(const struct plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->withheld_count; i++) {
		const struct plan_withheld *withheld = &plan->withheld[i];
		const struct change *change = &withheld->change->change;
		json_t *entry = about(change->wanted != NULL ? change->wanted : change->current);

		set(entry, "reason", render_json_string(withheld->reason));
		set(entry, "sql", render_json_string(withheld->sql));
		set(entry, "hazards", hazards_json(withheld->change->hazards));
		json_array_append_new(list, entry);
	}
	return list;
}

static json_t *
kept_json(const struct plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->kept_count; i++) {
		json_t *entry = about(plan->kept[i].object);

		if (plan->kept[i].attribute != NULL)
			set(entry, "attribute", json_string(plan->kept[i].attribute));
		json_array_append_new(list, entry);
	}
	return list;
}

/* In the form of a hints file. */
static json_t *
lookalikes_json(const struct plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->lookalike_count; i++) {
		json_t *entry = json_object();

		set(entry, "kind", json_string(plan->lookalikes[i].current->kind->name));
		set(entry, "from", identity_json(plan->lookalikes[i].current));
		set(entry, "to", identity_json(plan->lookalikes[i].wanted));
		json_array_append_new(list, entry);
	}
	return list;
}

static json_t *
unmodelled_json(const struct catalog *catalog)
{
	json_t *list = json_array();

	for (size_t i = 0; i < catalog->unmodelled_count; i++) {
		json_t *entry = json_object();

		set(entry, "what", json_string(catalog->unmodelled[i].what));
		set(entry, "count", json_integer((json_int_t)catalog->unmodelled[i].count));
		set(entry, "example", render_json_string(catalog->unmodelled[i].example));
		json_array_append_new(list, entry);
	}
	return list;
}

static json_t *
snapshot_json(const struct target *target)
{
	const struct manifest *manifest = target->manifest;
	json_t *entry = json_object();

	set(entry, "path", render_json_string(archive_reader_path(target->archive)));
	set(entry, "type", render_json_string(manifest->type));
	set(entry, "created", render_json_string(manifest->created));
	set(entry, "label", render_json_string(manifest->label));
	set(entry, "database", render_json_string(target->wanted->info.database));
	set(entry, "server_version", json_integer(target->wanted->info.server_version));
	set(entry, "fingerprint", json_string(target->plan->wanted_fingerprint));
	set(entry, "content", json_string(manifest->content));
	return entry;
}

static json_t *
production_json(const struct target *target)
{
	json_t *entry = json_object();

	set(entry, "database", render_json_string(connection_database(target->connection)));
	set(entry, "database_oid", render_json_string(target->database_oid));
	set(entry, "system_identifier", render_json_string(target->system_identifier));
	set(entry, "server_version", json_integer(connection_version(target->connection)));
	set(entry, "fingerprint", json_string(target->plan->current_fingerprint));
	return entry;
}

static json_t *
summary_json(const struct plan *plan)
{
	json_t *entry = json_object();

	set(entry, "empty", json_boolean(plan_is_empty(plan)));
	set(entry, "groups", json_integer((json_int_t)plan->group_count));
	set(entry, "steps", json_integer((json_int_t)plan->step_count));
	set(entry, "withheld", json_integer((json_int_t)plan->withheld_count));
	set(entry, "kept", json_integer((json_int_t)plan->kept_count));
	return entry;
}

json_t *
render_json(const struct target *target)
{
	json_t *root = json_object();
	json_t *options = json_object();
	json_t *unmodelled = json_object();

	set(root, "format", json_integer(1));
	set(root, "tool", json_string("pgkeel " PGKEEL_VERSION));
	set(root, "snapshot", snapshot_json(target));
	set(root, "production", production_json(target));
	set(options, "with_owner", json_boolean(target->settings->with_owner));
	set(options, "with_privileges", json_boolean(target->settings->with_privileges));
	set(options, "with_database_settings", json_boolean(target->settings->with_database_settings));
	set(root, "options", options);
	set(root, "groups", groups_json(target->plan));
	set(root, "withheld", withheld_json(target->plan));
	set(root, "kept", kept_json(target->plan));
	set(root, "lookalikes", lookalikes_json(target->plan));
	set(unmodelled, "snapshot", unmodelled_json(target->wanted));
	set(unmodelled, "production", unmodelled_json(target->current));
	set(root, "unmodelled", unmodelled);
	set(root, "summary", summary_json(target->plan));
	return root;
}

void
render_json_text(const struct target *target, struct buffer *out)
{
	render_json_dump(render_json(target), out);
}
