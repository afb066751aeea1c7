/*
 * judge.c - the policy: what a difference leads to.
 *
 * Non-destructive: what is missing is created, what holds no data is replaced, what can be
 * altered without loss is altered, everything else is withheld with a reason.  What only
 * production has is kept.  A change that nobody has judged is withheld.
 */
#include "build.h"

#include "kinds/facet.h"
#include "plan/planning.h"

static const char *
major_version(struct arena *arena, int version)
{
	return arena_printf(arena, "%d", version / 10000);
}

static void
add_reason(struct planning *planning, struct plan_change *change, const char *reason)
{
	if (change->reason == NULL)
		change->reason = arena_strdup(planning->plan.arena, reason);
	else if (strstr(change->reason, reason) == NULL)
		change->reason = arena_printf(planning->plan.arena, "%s; %s", change->reason, reason);
}

/* Owner, privileges and comment can be left out of what is otherwise done: their own statements make them. */
static bool
only_facets(const struct kind *kind, uint64_t attributes)
{
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if ((attributes >> i & 1) && !facet_is(kind->attributes[i].role))
			return false;
	return attributes != 0;
}

void
judge_withhold(struct planning *planning, struct plan_change *change, uint64_t attributes, const char *reason)
{
	change->withheld |= attributes;
	change->change.allowed &= ~attributes;
	add_reason(planning, change, reason);
	bool nothing_left = change->change.current != NULL && change->change.allowed == 0;
	bool in_one_piece =
		change->change.current == NULL || change->decision == DECISION_REPLACE || change->decision == DECISION_REBUILD;
	bool whole = nothing_left || (in_one_piece && !only_facets(planning_target(change)->kind, attributes));
	if (whole) {
		change->withheld |= change->change.differs;
		change->change.allowed = 0;
		change->decision = DECISION_WITHHOLD;
	}
}

/* Whether the options ask for this attribute to be looked at at all. */
static bool
is_asked_for(const struct planning *planning, const struct attribute *attribute)
{
	unsigned options = planning->plan.options.kind_options;
	unsigned needed = facet_option(attribute->role);
	if (needed != 0)
		return options & needed;
	return attribute->role != ROLE_NOTE && attribute->role != ROLE_IDENTITY && attribute->rule != CHANGE_IGNORE;
}

void
judge_prepare(struct planning *planning)
{
	planning->newer = arena_zalloc(planning->plan.arena, kind_count * sizeof(*planning->newer));
	for (unsigned k = 0; k < kind_count; k++)
		for (unsigned i = 0; i < kinds[k]->attribute_count; i++) {
			const struct attribute *attribute = &kinds[k]->attributes[i];
			if (attribute->since > planning->plan.options.version && is_asked_for(planning, attribute))
				planning->newer[k] |= UINT64_C(1) << i;
		}
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The first attribute of a wanted object that this server's version cannot express, or NULL. */
static const struct attribute *
too_new(const struct planning *planning, const struct object *wanted, uint64_t attributes)
{
	const struct kind *kind = wanted->kind;
	attributes &= planning->newer[kind_number(kind)];
	for (unsigned i = 0; attributes >> i != 0; i++) {
		const struct attribute *attribute = &kind->attributes[i];
		if ((attributes >> i & 1) && !same_text(object_value(wanted, i), attribute->fallback))
			return attribute;
	}
	return NULL;
}

static const char *
too_new_reason(const struct planning *planning, const struct attribute *attribute)
{
	return arena_printf(planning->plan.arena, "its %s needs PostgreSQL %s, production runs %s", attribute->name,
	                    major_version(planning->plan.arena, attribute->since),
	                    major_version(planning->plan.arena, planning->plan.options.version));
}

/* Why the object cannot be made as it is wanted, of one that is to be written anew; or NULL. */
static const char *
refusal_of(const struct planning *planning, const struct object *wanted)
{
	struct kind_context context;
	planning_context(planning, &context);
	return wanted->kind->refuse != NULL ? wanted->kind->refuse(&context, wanted) : NULL;
}

/* Of new names that are each another's old one: more are not followed. */
#define MOST_LINKS 1000

struct name_holder {
	const struct object *object;
	bool leaves;
};

static void
find_leaving(void *argument, const struct object *superseded)
{
	struct name_holder *holder = argument;
	holder->leaves = holder->leaves || superseded == holder->object;
}

static bool
takes_over(const struct planning *planning, const struct object *wanted, const struct object *held)
{
	struct name_holder holder = { held, false };
	struct kind_context context;
	if (wanted->kind->supersede == NULL)
		return false;
	planning_context(planning, &context);
	wanted->kind->supersede(&context, &(struct change){ .wanted = wanted }, find_leaving, &holder);
	return holder.leaves;
}

/* What has the relation's name already, and does not leave it to the one that is made; or NULL. */
static const struct object *
relation_in_the_way(const struct planning *planning, const struct object *wanted)
{
	const struct kind *kind = wanted->kind;
	const char *schema = object_schema(wanted);
	const char *name = object_name(wanted);
	/* A part gets a name from the server where its own is taken. */
	if (!(kind->traits & KIND_NAMES_RELATION) || kind->traits & KIND_IS_PART)
		return NULL;
	if (kind->relation_name != NULL)
		name = kind->relation_name(wanted, &schema);
	if (name == NULL)
		return NULL;
	const struct object *held = catalog_find_relation(planning->plan.current, schema, name, wanted);
	return held == NULL || takes_over(planning, wanted, held) ? NULL : held;
}

/* The snapshot's by another name beside production's that takes its place; or NULL. */
static const struct object *
successor_of(const struct planning *planning, const struct object *held)
{
	const struct catalog *wanted = planning->plan.wanted;
	const struct object *parent = catalog_parent(planning->plan.current, held);
	const struct object *there = parent != NULL ? catalog_counterpart(wanted, parent) : NULL;
	const struct object *other;
	uint32_t count = there != NULL ? catalog_children(wanted, there, held->kind, &other) : 0;
	for (; count > 0; count--, other++)
		if (catalog_counterpart(planning->plan.current, other) == NULL && takes_over(planning, other, held) &&
		    refusal_of(planning, other) == NULL)
			return other;
	return NULL;
}

/* What must be made first so that `held` leaves its name to the wanted object; NULL: it does not, or several would have
 * to change names at once. */
static const struct object *
freed_by(const struct planning *planning, const struct object *wanted, const struct object *held)
{
	const struct object *first = successor_of(planning, held);
	const struct object *next = first;
	for (unsigned links = 0; next != NULL; links++) {
		const struct object *taken = relation_in_the_way(planning, next);
		if (taken == NULL)
			return first;
		next = successor_of(planning, taken);
		if (next == wanted || links == MOST_LINKS)
			return NULL;
	}
	return NULL;
}

static bool
names_types(const struct kind *kind)
{
	return strcmp(kind->catalog, "pg_class") == 0 || strcmp(kind->catalog, "pg_type") == 0;
}

/* Whether what is of one kind cannot be called like what is of the other: they are rows of the same catalog. */
static bool
share_names(const struct kind *kind, const struct kind *other)
{
	if (kind->parents != NULL || other->parents != NULL || kind->identity_count != other->identity_count ||
	    !(kind->traits & other->traits & KIND_IN_SCHEMA))
		return false;
	return strcmp(kind->catalog, other->catalog) == 0 || (names_types(kind) && names_types(other));
}

/* Something of another kind that has the name: relations share theirs with each other and some of them with types. */
static const struct object *
class_in_the_way(const struct planning *planning, const struct object *wanted)
{
	const struct catalog *current = planning->plan.current;
	const char *values[4] = { NULL };
	if (current->count == 0 || wanted->kind->identity_count > COUNT_OF(values))
		return NULL;
	for (unsigned i = 0; i < wanted->kind->identity_count; i++)
		values[i] = object_value(wanted, i);
	for (unsigned i = 0; i < kind_count; i++) {
		const struct object *taken = kinds[i] != wanted->kind && share_names(wanted->kind, kinds[i])
		                                 ? catalog_find(current, kinds[i], values)
		                                 : NULL;
		if (taken != NULL)
			return taken;
	}
	return NULL;
}

/*
 * What could be altered later is no reason to keep the object itself away: a kind's create leaves out what the
 * version lacks (a column's compression), and that alone is withheld.  The other attributes.
 */
static uint64_t
withhold_alterable(struct planning *planning, struct plan_change *change)
{
	const struct object *wanted = change->change.wanted;
	uint64_t others = ~UINT64_C(0);
	const struct attribute *attribute;
	if (planning->newer[kind_number(wanted->kind)] == 0)
		return others;
	for (unsigned i = 0; i < wanted->kind->attribute_count; i++)
		if (wanted->kind->attributes[i].rule == CHANGE_ALTER || wanted->kind->attributes[i].rule == CHANGE_JUDGE)
			others &= ~(UINT64_C(1) << i);
	uint64_t alterable = ~others;
	while ((attribute = too_new(planning, wanted, alterable)) != NULL) {
		uint64_t bit = UINT64_C(1) << (attribute - wanted->kind->attributes);
		alterable &= ~bit;
		change->withheld |= bit;
		add_reason(planning, change, too_new_reason(planning, attribute));
	}
	return others;
}

/* What it is made without is told as what it would differ in afterwards. */
static void
note_lacks(struct planning *planning, struct plan_change *change)
{
	const struct object *wanted = change->change.wanted;
	struct kind_context context;
	uint64_t attributes = 0;
	planning_context(planning, &context);
	const char *reason = wanted->kind->lacks != NULL ? wanted->kind->lacks(&context, wanted, &attributes) : NULL;
	if (reason != NULL) {
		change->withheld |= attributes;
		add_reason(planning, change, reason);
	}
}

static void
judge_create(struct planning *planning, struct plan_change *change)
{
	const struct object *wanted = change->change.wanted;
	change->decision = DECISION_CREATE;
	const struct attribute *attribute = too_new(planning, wanted, withhold_alterable(planning, change));
	if (attribute != NULL) {
		judge_withhold(planning, change, 0, too_new_reason(planning, attribute));
		return;
	}
	const char *refusal = refusal_of(planning, wanted);
	if (refusal != NULL) {
		judge_withhold(planning, change, 0, refusal);
		return;
	}
	const struct object *taken = relation_in_the_way(planning, wanted);
	change->after = taken != NULL ? freed_by(planning, wanted, taken) : NULL;
	if (taken == NULL || change->after != NULL)
		taken = class_in_the_way(planning, wanted);
	if (taken != NULL)
		judge_withhold(planning, change, 0,
		               arena_printf(planning->plan.arena, "production has %s of that name",
		                            object_description(planning->plan.arena, taken)));
	else
		note_lacks(planning, change);
}

static struct verdict
verdict_of(const struct kind_context *context, const struct plan_change *change, unsigned number)
{
	const struct kind *kind = change->change.wanted->kind;
	const struct attribute *attribute = &kind->attributes[number];
	if (attribute->rule == CHANGE_JUDGE && kind->judge != NULL)
		return kind->judge(context, &change->change, number);
	return (struct verdict){ .rule = attribute->rule, .hazards = attribute->hazards };
}

static void
judge_attribute(struct planning *planning, struct plan_change *change, const struct kind_context *context,
                unsigned number)
{
	const struct attribute *attribute = &change->change.wanted->kind->attributes[number];
	uint64_t bit = UINT64_C(1) << number;
	struct verdict verdict = verdict_of(context, change, number);
	if (attribute->role == ROLE_ACL && facet_same_acl(context, change->change.current, change->change.wanted, number))
		verdict.rule = CHANGE_IGNORE;
	switch (verdict.rule) {
	case CHANGE_IGNORE:
		change->change.differs &= ~bit;
		return;
	case CHANGE_KEEP:
		change->change.differs &= ~bit;
		change->kept |= bit;
		return;
	case CHANGE_ALTER:
		break;
	case CHANGE_REPLACE:
		if (change->decision == DECISION_ALTER)
			change->decision = DECISION_REPLACE;
		break;
	case CHANGE_REBUILD:
		change->decision = DECISION_REBUILD;
		break;
	case CHANGE_UNJUDGED:
	case CHANGE_JUDGE:
	case CHANGE_REFUSE:
		change->withheld |= bit;
		add_reason(
			planning, change,
			verdict.reason != NULL
				? verdict.reason
				: arena_printf(planning->plan.arena, "a change of its %s is not made automatically", attribute->name));
		return;
	}
	change->change.allowed |= bit;
	change->hazards |= verdict.hazards;
}

/* Drops the differences that are none between these two versions and under these options. */
static void
remove_incomparable(const struct planning *planning, struct plan_change *change)
{
	const struct kind *kind = change->change.wanted->kind;
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const struct attribute *attribute = &kind->attributes[i];
		bool unknown_in_snapshot = attribute->since > planning->plan.wanted->info.server_version;
		if (!is_asked_for(planning, attribute) || unknown_in_snapshot)
			change->change.differs &= ~(UINT64_C(1) << i);
	}
}

static void
judge_difference(struct planning *planning, struct plan_change *change)
{
	const struct kind *kind = change->change.wanted->kind;
	struct kind_context context;
	planning_context(planning, &context);
	remove_incomparable(planning, change);
	change->decision = DECISION_ALTER;
	change->change.allowed = 0;
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (change->change.differs >> i & 1)
			judge_attribute(planning, change, &context, i);
	uint64_t differs = change->change.differs;
	const struct attribute *attribute;
	while ((attribute = too_new(planning, change->change.wanted, differs)) != NULL) {
		uint64_t bit = UINT64_C(1) << (attribute - kind->attributes);
		differs &= ~bit;
		judge_withhold(planning, change, bit, too_new_reason(planning, attribute));
	}
	if (change->change.differs == 0)
		change->decision = DECISION_NONE;
	else if (change->withheld != 0)
		judge_withhold(planning, change, change->withheld, change->reason);
	bool anew = change->decision == DECISION_REPLACE || change->decision == DECISION_REBUILD;
	const char *refusal = anew ? refusal_of(planning, change->change.wanted) : NULL;
	if (refusal != NULL)
		judge_withhold(planning, change, change->change.allowed, refusal);
	if (change->decision == DECISION_REBUILD && planning_holds_data(planning, change->change.current))
		judge_withhold(planning, change, change->change.differs, "it would have to be dropped and it holds data");
}

/* Whether all that the options ask for is as in an object that says nothing; with `additions`, facets and what can be
 * altered in place may be said. */
static bool
says_nothing(const struct planning *planning, const struct object *object, bool additions)
{
	const struct kind *kind = object->kind;
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const struct attribute *attribute = &kind->attributes[i];
		bool addition = facet_is(attribute->role) || attribute->rule == CHANGE_ALTER;
		if (is_asked_for(planning, attribute) && !(additions && addition) &&
		    !same_text(object_value(object, i), attribute->fallback))
			return false;
	}
	return true;
}

/* What an option leaves out makes no object (privileges of a view's column where privileges are not compared). */
static bool
is_nothing(const struct planning *planning, const struct object *object)
{
	return (object->kind->traits & KIND_INLINE) && says_nothing(planning, object, false);
}

bool
judge_only_adds(const struct planning *planning, const struct object *object)
{
	const struct object *whole = catalog_parent(planning->plan.current, object);
	const struct catalog *wanted = planning->plan.wanted;
	return (object->kind->traits & KIND_INLINE) && whole != NULL && catalog_counterpart(wanted, whole) != NULL &&
	       catalog_counterpart(wanted, object) == NULL && says_nothing(planning, object, true);
}

bool
judge_drops(const struct planning *planning, const struct object *object)
{
	const struct plan_options *options = &planning->plan.options;
	return judge_only_adds(planning, object) ||
	       (options->drops != NULL && options->drops(options->drops_context, object));
}

void
judge_change(struct planning *planning, struct plan_change *change)
{
	const struct object *current = change->change.current;
	const struct object *wanted = change->change.wanted;
	change->withheld = 0;
	change->kept = 0;
	change->hazards = 0;
	change->reason = NULL;
	if ((current == NULL || wanted == NULL) && is_nothing(planning, planning_target(change)))
		change->decision = DECISION_NONE;
	else if (current == NULL)
		judge_create(planning, change);
	else if (wanted != NULL)
		judge_difference(planning, change);
	else if (judge_drops(planning, current))
		change->decision = DECISION_DROP;
	else
		change->decision = DECISION_KEEP;
}
