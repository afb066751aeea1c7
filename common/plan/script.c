/*
 * script.c - a plan as text for other programs: psql and Graphviz.
 */
#include "build.h"

#include "plan/planning.h"
#include "postgres/sql.h"

static const char path_of_applications[] =
	"SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', 'pg_catalog', NULLIF(reset_val, '')), "
	"false)\n"
	"    FROM pg_catalog.pg_settings WHERE name = 'search_path'";

/*
 * Deparsed text is qualified; bodies are not checked because what they call may come later.  An index or a check may
 * run a function at once whose body counts on the search path that applications have, so it is theirs, as in apply
 * (connection_use_search_path).
 */
static const char *const script_settings[] = {
	"SET client_encoding = 'UTF8'",
	"SET standard_conforming_strings = on",
	"SET check_function_bodies = off",
	"SET client_min_messages = warning",
	"SET row_security = off",
	path_of_applications,
};

void
plan_script_head(struct buffer *out)
{
	for (size_t i = 0; i < COUNT_OF(script_settings); i++)
		buffer_printf(out, "%s;\n", script_settings[i]);
	buffer_append_char(out, '\n');
}

void
plan_script_step(const struct step *step, struct buffer *out)
{
	buffer_append_text(out, step->sql);
	buffer_append_text(out, ";\n");
}

void
plan_script(const struct plan *plan, struct buffer *out)
{
	plan_script_head(out);
	for (size_t i = 0; i < plan->group_count; i++) {
		const struct plan_group *group = &plan->groups[i];
		if (!group->outside_transaction)
			buffer_append_text(out, "BEGIN;\n");
		for (size_t s = 0; s < group->count; s++)
			plan_script_step(group->steps[s], out);
		if (!group->outside_transaction)
			buffer_append_text(out, "COMMIT;\n");
		buffer_append_char(out, '\n');
	}
	for (size_t i = 0; i < plan->withheld_count; i++) {
		buffer_append_text(out, "-- withheld: ");
		struct buffer name = BUFFER_INIT;
		object_describe(&name, planning_target(plan->withheld[i].change));
		sql_append_comment_text(out, buffer_text(&name));
		buffer_append_text(out, ": ");
		sql_append_comment_text(out, plan->withheld[i].reason);
		buffer_append_char(out, '\n');
		buffer_fini(&name);
	}
}

static void
append_dot_label(struct buffer *out, const struct graph_node *node)
{
	struct buffer name = BUFFER_INIT;
	if (node->object != NULL)
		object_describe(&name, node->object);
	else
		buffer_append_text(&name, "rows are loaded here");
	for (const char *c = buffer_text(&name); *c != '\0'; c++) {
		if (*c == '"' || *c == '\\')
			buffer_append_char(out, '\\');
		buffer_append_char(out, *c == '\n' ? ' ' : *c);
	}
	buffer_fini(&name);
	if (node->change != NO_CHANGE)
		buffer_append_text(out, node->gone ? "\\ngone" : "\\nready");
}

void
plan_dot(const struct plan *plan, struct buffer *out)
{
	const struct graph *graph = plan->graph;
	buffer_append_text(out, "digraph plan {\n\trankdir = LR;\n\tnode [shape = box];\n");
	for (uint32_t i = 0; i < graph->node_count; i++) {
		bool acts = graph->nodes[i].change != NO_CHANGE;
		buffer_printf(out, "\tn%u [label = \"", i);
		append_dot_label(out, &graph->nodes[i]);
		buffer_printf(out, "\"%s];\n", acts ? "" : ", style = dotted");
		if (graph->group[i] != i)
			buffer_printf(out, "\tn%u -> n%u [style = bold, label = \"inline\"];\n", graph->group[i], i);
	}
	for (size_t i = 0; i < graph->edge_count; i++)
		buffer_printf(out, "\tn%u -> n%u;\n", graph->edges[i].before, graph->edges[i].after);
	buffer_append_text(out, "}\n");
}
