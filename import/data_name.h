/*
 * data_name.h - the names of a backup's data members.
 *
 *   data/<schema>.<table>/<000001>.copy        a table's rows as COPY text, in order
 *   data/large_object_owners/<000001>.copy     what is known of each large object
 *   data/large_objects/<000001>.copy           their contents, a page a row
 *
 * A table's folder always has exactly one dot that is not written %2E, the others have none, so no
 * two can meet.  A name too long for a file system ends with a digest of the whole.
 */
#ifndef IMPORT_DATA_NAME_H
#define IMPORT_DATA_NAME_H

#include "base/buffer.h"

#define DATA_LARGE_OBJECT_OWNERS "data/large_object_owners"
#define DATA_LARGE_OBJECTS "data/large_objects"

/* "data/public.orders" */
void data_name_append_folder(struct buffer *out, const char *schema, const char *table);
void data_name_append_member(struct buffer *out, const char *folder, unsigned number);
/* The length of the folder's part of a member's name; 0 where it is no such name. */
size_t data_name_folder_length(const char *member);

#endif
