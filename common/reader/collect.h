/*
 * collect.h - what one read gathers while rows stream in (internal to reader/).
 *
 * Rows of every kind become objects at once; comments and extension members are there
 * before them; dependencies are kept raw and resolved when all objects are known.
 */
#ifndef COMMON_READER_COLLECT_H
#define COMMON_READER_COLLECT_H

#include "base/map.h"
#include "base/vector.h"
#include "catalog/catalog.h"
#include "postgres/pipeline.h"
#include "reader/reader.h"

/* One row of pg_depend. */
struct dependency_row {
	uint32_t class_id;
	uint32_t object_id;
	uint32_t sub_id;
	uint32_t ref_class_id;
	uint32_t ref_object_id;
	uint32_t ref_sub_id;
};

/* What the server calls an object, and its number from catalog_add. */
struct object_place {
	uint32_t class_id;
	uint32_t object_id;
	uint32_t sub_id;
	uint32_t number;
};

struct collect {
	const struct reader_options *options;
	struct arena *arena; /* for what lives as long as the read */
	struct catalog *catalog;

	struct map *class_ids;   /* "pg_class" -> its OID (as a pointer-sized number) */
	struct id_map *members;  /* (classid, oid, 0) of an extension's object -> OID of the extension */
	struct id_map *comments; /* (classid, oid, subid) -> place in comment_texts */
	struct vector comment_texts;
	struct id_map *labels; /* the same for security labels */
	struct vector label_texts;
	struct id_map *extensions; /* and for the extensions that an object depends on */
	struct vector extension_texts;
	struct object_place *places; /* of all objects, as they came */
	size_t place_count;
	size_t place_capacity;
	struct id_map *objects; /* (classid, oid, subid) -> number from catalog_add; made of them when all have come */
	struct id_map *aliases; /* (classid, oid, 0) of an internal part -> row in dependencies */

	struct dependency_row *dependencies;
	size_t dependency_count;
	size_t dependency_capacity;
};

uint32_t collect_class_id(const struct collect *collect, const char *catalog_name);

/* The state for one kind's query; pass as the pipeline query's context. */
struct collect_kind {
	struct collect *collect;
	const struct kind *kind;
	uint32_t class_id;
	int owner_attribute;
	int acl_attribute;
	int comment_attribute;
	int labels_attribute;
	int extensions_attribute;
	int oid_column;
	int subid_column;
	int classid_column;
	int *columns; /* result column of each attribute, or -1 */
};

int collect_kind_begin(void *context, const PGresult *shape, struct error *error);
int collect_kind_row(void *context, const PGresult *result, struct error *error);

/* Row handlers whose context is the struct collect. */
int collect_class_row(void *context, const PGresult *result, struct error *error);
int collect_member_row(void *context, const PGresult *result, struct error *error);
int collect_comment_row(void *context, const PGresult *result, struct error *error);
int collect_label_row(void *context, const PGresult *result, struct error *error);
int collect_extension_row(void *context, const PGresult *result, struct error *error);
int collect_dependency_row(void *context, const PGresult *result, struct error *error);
int collect_unmodelled_row(void *context, const PGresult *result, struct error *error);
int collect_source_row(void *context, const PGresult *result, struct error *error);

/* Turns the raw rows into dependencies of the catalog's objects. */
void collect_resolve_dependencies(struct collect *collect);
/* Closes the gaps in the ORDINALs of the finished catalog. */
void collect_number_siblings(struct collect *collect);

#endif
