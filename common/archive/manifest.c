#include "build.h"

#include "archive/manifest.h"

#include <jansson.h>

#include "base/map.h"

/* ---- writing ---- */

static int
put_text(json_t *object, const char *key, const char *value, struct error *error)
{
	json_t *text = value != NULL ? json_string(value) : json_null();

	if (text == NULL) {
		error_set(error, ERROR_FAILED, "\"%s\" of the manifest is not UTF-8 text", key);
		return error_hint(error, "Use a UTF-8 value: the manifest is JSON.");
	}
	json_object_set_new(object, key, text);
	return 0;
}

static json_t *
encode_format(const struct manifest *manifest)
{
	json_t *format = json_object();

	json_object_set_new(format, "major", json_integer(manifest->format_major));
	json_object_set_new(format, "minor", json_integer(manifest->format_minor));
	return format;
}

static int
encode_source(json_t *root, const struct catalog_info *info, struct error *error)
{
	json_t *source = json_object();

	json_object_set_new(root, "source", source);
	json_object_set_new(source, "server_version", json_integer(info->server_version));
	if (put_text(source, "server_version_text", info->server_version_text, error) ||
	    put_text(source, "database", info->database, error) || put_text(source, "encoding", info->encoding, error) ||
	    put_text(source, "collate", info->collate, error) || put_text(source, "ctype", info->ctype, error))
		return -1;
	return put_text(source, "stamp", info->stamp, error);
}

static int
encode_unmodelled(json_t *root, const struct manifest_text *text, struct error *error)
{
	json_t *list = json_array();

	json_object_set_new(root, "unmodelled", list);
	for (size_t i = 0; i < text->unmodelled_count; i++) {
		const struct unmodelled *unmodelled = &text->unmodelled[i];
		json_t *entry = json_object();

		json_array_append_new(list, entry);
		json_object_set_new(entry, "count", json_integer((json_int_t)unmodelled->count));
		if (put_text(entry, "what", unmodelled->what, error) || put_text(entry, "example", unmodelled->example, error))
			return -1;
	}
	return 0;
}

static int
encode_members(json_t *root, const struct manifest_text *text, struct error *error)
{
	json_t *counts = json_object();
	json_t *members = json_array();

	json_object_set_new(root, "counts", counts);
	for (size_t i = 0; i < text->count_count; i++)
		json_object_set_new(counts, text->counts[i].kind, json_integer((json_int_t)text->counts[i].count));
	json_object_set_new(root, "members", members);
	for (size_t i = 0; i < text->member_count; i++) {
		const struct manifest_member *member = &text->members[i];
		json_t *entry = json_object();

		json_array_append_new(members, entry);
		json_object_set_new(entry, "size", json_integer((json_int_t)member->size));
		if (put_text(entry, "name", member->name, error) || put_text(entry, "sha256", member->sha256, error))
			return -1;
	}
	return 0;
}

static int
encode_root(json_t *root, const struct manifest_text *text, struct error *error)
{
	const struct manifest *manifest = &text->manifest;

	json_object_set_new(root, "format", encode_format(manifest));
	if (put_text(root, "type", manifest->type, error) || put_text(root, "created", manifest->created, error) ||
	    put_text(root, "tool_version", manifest->tool_version, error) ||
	    put_text(root, "label", manifest->label, error) ||
	    put_text(root, "fingerprint", manifest->fingerprint, error) ||
	    put_text(root, "content", manifest->content, error))
		return -1;
	if (encode_source(root, &manifest->source, error) || encode_unmodelled(root, text, error))
		return -1;
	return encode_members(root, text, error);
}

int
manifest_encode(const struct manifest_text *text, struct buffer *out, struct error *error)
{
	json_t *root = json_object();
	char *json = NULL;

	if (encode_root(root, text, error) == 0) {
		json = json_dumps(root, JSON_SORT_KEYS | JSON_INDENT(1));
		if (json == NULL)
			error_set(error, ERROR_FAILED, "could not write the manifest as JSON");
	}
	json_decref(root);
	if (json == NULL)
		return -1;
	buffer_append_text(out, json);
	buffer_append_char(out, '\n');
	free(json);
	return 0;
}

void
manifest_content(const struct manifest_member *members, size_t count, char digest[DIGEST_TEXT_SIZE])
{
	struct digest *sum = digest_new();

	for (size_t i = 0; i < count; i++) {
		digest_add(sum, members[i].sha256, DIGEST_TEXT_SIZE - 1);
		digest_add(sum, "  ", 2);
		digest_add(sum, members[i].name, strlen(members[i].name));
		digest_add(sum, "\n", 1);
	}
	digest_finish(sum, digest);
}

/* ---- reading ---- */

struct decoder {
	struct manifest_text *text;
	struct arena *arena;
	const char *path;
	struct error *error;
};

static int
malformed(const struct decoder *decoder, const char *what)
{
	error_set(decoder->error, ERROR_ARCHIVE, "the manifest of archive \"%s\" is malformed: %s", decoder->path, what);
	return error_hint(decoder->error, "The archive is damaged or was not written by pgkeel-export; export it again.");
}

/* A string member; absent and null give NULL where `required` is false. */
static int
get_text(const struct decoder *decoder, const json_t *object, const char *key, bool required, const char **value)
{
	const json_t *text = json_object_get(object, key);

	*value = NULL;
	if (json_is_string(text)) {
		*value = arena_strdup(decoder->arena, json_string_value(text));
		return 0;
	}
	if (required || (text != NULL && !json_is_null(text)))
		return malformed(decoder, key);
	return 0;
}

static int
get_number(const struct decoder *decoder, const json_t *object, const char *key, int64_t most, int64_t *value)
{
	const json_t *number = json_object_get(object, key);

	if (!json_is_integer(number) || json_integer_value(number) < 0 || json_integer_value(number) > most)
		return malformed(decoder, key);
	*value = json_integer_value(number);
	return 0;
}

static int
get_digest(const struct decoder *decoder, const json_t *object, const char *key, char digest[DIGEST_TEXT_SIZE])
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text == NULL || strlen(text) != DIGEST_TEXT_SIZE - 1 || text[strspn(text, "0123456789abcdef")] != '\0')
		return malformed(decoder, key);
	memcpy(digest, text, DIGEST_TEXT_SIZE);
	return 0;
}

/* Before anything else of the manifest is looked at: a newer major may mean anything by it. */
static int
decode_format(const struct decoder *decoder, const json_t *root)
{
	const json_t *format = json_object_get(root, "format");
	struct manifest *manifest = &decoder->text->manifest;
	int64_t major;
	int64_t minor;

	if (!json_is_object(format))
		return malformed(decoder, "format");
	if (get_number(decoder, format, "major", INT32_MAX, &major) ||
	    get_number(decoder, format, "minor", INT32_MAX, &minor))
		return -1;
	if (major > ARCHIVE_FORMAT_MAJOR) {
		error_set(decoder->error, ERROR_ARCHIVE,
		          "archive \"%s\" has format %d.%d, but this program reads formats up to %d", decoder->path, (int)major,
		          (int)minor, ARCHIVE_FORMAT_MAJOR);
		return error_hint(decoder->error,
		                  "It was written by a newer pgkeel; use that version, or export again with this one.");
	}
	if (major < 1)
		return malformed(decoder, "format");
	manifest->format_major = (int)major;
	manifest->format_minor = (int)minor;
	return 0;
}

static int
decode_source(const struct decoder *decoder, const json_t *root)
{
	const json_t *source = json_object_get(root, "source");
	struct catalog_info *info = &decoder->text->manifest.source;
	int64_t version;

	if (!json_is_object(source))
		return malformed(decoder, "source");
	if (get_number(decoder, source, "server_version", INT32_MAX, &version))
		return -1;
	info->server_version = (int)version;
	if (get_text(decoder, source, "server_version_text", false, &info->server_version_text) ||
	    get_text(decoder, source, "database", false, &info->database) ||
	    get_text(decoder, source, "encoding", false, &info->encoding) ||
	    get_text(decoder, source, "collate", false, &info->collate) ||
	    get_text(decoder, source, "ctype", false, &info->ctype))
		return -1;
	return get_text(decoder, source, "stamp", false, &info->stamp);
}

static int
decode_counts(const struct decoder *decoder, const json_t *root)
{
	json_t *counts = json_object_get(root, "counts");
	struct manifest_text *text = decoder->text;
	const char *kind;
	json_t *value;

	if (!json_is_object(counts))
		return malformed(decoder, "counts");
	text->counts = arena_zalloc(decoder->arena, (json_object_size(counts) + 1) * sizeof(*text->counts));
	json_object_foreach (counts, kind, value) {
		if (!json_is_integer(value) || json_integer_value(value) < 0)
			return malformed(decoder, "counts");
		text->counts[text->count_count].kind = arena_strdup(decoder->arena, kind);
		text->counts[text->count_count].count = (uint64_t)json_integer_value(value);
		text->count_count++;
	}
	return 0;
}

static int
decode_unmodelled(const struct decoder *decoder, const json_t *root)
{
	const json_t *list = json_object_get(root, "unmodelled");
	struct manifest_text *text = decoder->text;

	if (!json_is_array(list))
		return malformed(decoder, "unmodelled");
	text->unmodelled = arena_zalloc(decoder->arena, (json_array_size(list) + 1) * sizeof(*text->unmodelled));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		struct unmodelled *unmodelled = &text->unmodelled[i];
		int64_t count;

		if (get_text(decoder, entry, "what", true, &unmodelled->what) ||
		    get_text(decoder, entry, "example", false, &unmodelled->example) ||
		    get_number(decoder, entry, "count", INT64_MAX, &count))
			return -1;
		unmodelled->count = (uint64_t)count;
		text->unmodelled_count++;
	}
	return 0;
}

static int
decode_member(const struct decoder *decoder, const json_t *entry, struct manifest_member *member)
{
	int64_t size;

	if (get_text(decoder, entry, "name", true, &member->name) || get_number(decoder, entry, "size", INT64_MAX, &size) ||
	    get_digest(decoder, entry, "sha256", member->sha256))
		return -1;
	member->size = (uint64_t)size;
	if (!archive_name_is_safe(member->name))
		return malformed(decoder, "a member's name is not safe");
	if (strcmp(member->name, MANIFEST_NAME) == 0 ||
	    strncmp(member->name, ARCHIVE_DATA_PREFIX, strlen(ARCHIVE_DATA_PREFIX)) == 0)
		return malformed(decoder, "a member's name is reserved");
	return 0;
}

static int
decode_members(const struct decoder *decoder, const json_t *root, const struct archive_limits *limits, struct map *seen)
{
	const json_t *list = json_object_get(root, "members");
	struct manifest_text *text = decoder->text;
	uint64_t total = 0;

	if (!json_is_array(list))
		return malformed(decoder, "members");
	if (json_array_size(list) > limits->member_count)
		return malformed(decoder, "there are too many members");
	text->members = arena_zalloc(decoder->arena, (json_array_size(list) + 1) * sizeof(*text->members));
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct manifest_member *member = &text->members[i];

		if (decode_member(decoder, json_array_get(list, i), member))
			return -1;
		if (member->size > limits->member_size || member->size > limits->total_size - total)
			return malformed(decoder, "the members are too large");
		total += member->size;
		if (map_get(seen, member->name, strlen(member->name)) != NULL)
			return malformed(decoder, "a member is named twice");
		map_put(seen, member->name, strlen(member->name), member);
		text->member_count++;
	}
	return 0;
}

static int
decode_root(const struct decoder *decoder, const json_t *root, const struct archive_limits *limits)
{
	struct manifest *manifest = &decoder->text->manifest;
	char content[DIGEST_TEXT_SIZE];
	struct map *seen;
	int result;

	if (!json_is_object(root))
		return malformed(decoder, "it is not a JSON object");
	if (decode_format(decoder, root))
		return -1;
	if (get_text(decoder, root, "type", true, &manifest->type) ||
	    get_text(decoder, root, "tool_version", true, &manifest->tool_version) ||
	    get_text(decoder, root, "created", true, &manifest->created) ||
	    get_text(decoder, root, "label", false, &manifest->label) ||
	    get_digest(decoder, root, "fingerprint", manifest->fingerprint) ||
	    get_digest(decoder, root, "content", manifest->content))
		return -1;
	if (strcmp(manifest->type, "snapshot") != 0 && strcmp(manifest->type, "backup") != 0)
		return malformed(decoder, "type");
	if (decode_source(decoder, root) || decode_counts(decoder, root) || decode_unmodelled(decoder, root))
		return -1;
	seen = map_new(64);
	result = decode_members(decoder, root, limits, seen);
	map_free(seen);
	if (result)
		return -1;
	manifest_content(decoder->text->members, decoder->text->member_count, content);
	if (strcmp(content, manifest->content) != 0)
		return malformed(decoder, "its content digest is not that of its members");
	return 0;
}

int
manifest_decode(struct manifest_text *text, const char *data, size_t length, const char *path,
                const struct archive_limits *limits, struct error *error)
{
	struct decoder decoder = { .text = text, .path = path, .error = error };
	json_error_t problem;
	json_t *root;
	int result;

	memset(text, 0, sizeof(*text));
	decoder.arena = arena_new();
	text->manifest.arena = decoder.arena;
	root = json_loadb(data, length, JSON_REJECT_DUPLICATES, &problem);
	if (root == NULL)
		return malformed(&decoder, "it is not valid JSON");
	result = decode_root(&decoder, root, limits);
	json_decref(root);
	return result;
}
