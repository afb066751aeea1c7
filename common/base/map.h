/*
 * map.h - two hash maps.
 *
 * struct map: byte-string keys to pointers.  Keys and values belong to the caller and
 * must outlive the map.  struct id_map: a triple of 32-bit numbers (PostgreSQL's
 * classid, objid, objsubid) to a 32-bit number.  Neither keeps an order.
 */
#ifndef COMMON_BASE_MAP_H
#define COMMON_BASE_MAP_H

#include "build.h"

struct map;

struct map *map_new(size_t expected);
void map_free(struct map *map);                                             /* NULL is allowed */
void *map_get(const struct map *map, const void *key, size_t length);       /* NULL where absent */
void map_put(struct map *map, const void *key, size_t length, void *value); /* replaces */
size_t map_count(const struct map *map);

#define ID_MAP_NONE UINT32_MAX

struct id_map;

struct id_map *id_map_new(size_t expected);
void id_map_free(struct id_map *map);                                              /* NULL is allowed */
uint32_t id_map_get(const struct id_map *map, uint32_t a, uint32_t b, uint32_t c); /* ID_MAP_NONE where absent */
void id_map_put(struct id_map *map, uint32_t a, uint32_t b, uint32_t c,
                uint32_t value); /* replaces; never ID_MAP_NONE */
size_t id_map_count(const struct id_map *map);

#endif
