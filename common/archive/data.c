#include "build.h"

#include "archive/data.h"

#include <jansson.h>

#include "archive/tar.h"

bool
data_name_is_sidecar(const char *name)
{
	size_t length = strlen(name);
	size_t suffix = strlen(DATA_SIDECAR_SUFFIX);

	return length > suffix && strcmp(name + length - suffix, DATA_SIDECAR_SUFFIX) == 0;
}

bool
data_name_is_reserved(const char *name)
{
	return strcmp(name, DATA_MANIFEST_NAME) == 0 || (strncmp(name, "data/", 5) == 0 && data_name_is_sidecar(name));
}

void
data_digest_add(struct digest *digest, const char *name, const char sha256[DIGEST_TEXT_SIZE])
{
	digest_add(digest, sha256, DIGEST_TEXT_SIZE - 1);
	digest_add(digest, "  ", 2);
	digest_add(digest, name, strlen(name));
	digest_add(digest, "\n", 1);
}

/* sha256sum -c runs in the member's own folder. */
static void
append_sidecar_text(struct buffer *out, const char *name, const char *sha256)
{
	const char *slash = strrchr(name, '/');

	buffer_printf(out, "%s  %s\n", sha256, slash != NULL ? slash + 1 : name);
}

int
data_append_sidecar(struct buffer *out, const char *name, const char sha256[DIGEST_TEXT_SIZE], struct error *error)
{
	struct buffer sidecar = BUFFER_INIT;
	struct buffer text = BUFFER_INIT;
	int result;

	buffer_printf(&sidecar, "%s%s", name, DATA_SIDECAR_SUFFIX);
	append_sidecar_text(&text, name, sha256);
	result = tar_append_file(out, sidecar.data, text.data, text.length, error);
	buffer_fini(&text);
	buffer_fini(&sidecar);
	return result;
}

bool
data_parse_sidecar(const char *text, size_t length, const char *sidecar, const char *name,
                   char sha256[DIGEST_TEXT_SIZE])
{
	size_t stem = strlen(sidecar) - strlen(DATA_SIDECAR_SUFFIX);
	struct buffer expected = BUFFER_INIT;
	bool same;

	if (strlen(name) != stem || strncmp(sidecar, name, stem) != 0 || length < DIGEST_TEXT_SIZE)
		return false;
	memcpy(sha256, text, DIGEST_TEXT_SIZE - 1);
	sha256[DIGEST_TEXT_SIZE - 1] = '\0';
	append_sidecar_text(&expected, name, sha256);
	same = expected.length == length && memcmp(expected.data, text, length) == 0;
	buffer_fini(&expected);
	return same;
}

int
data_manifest_encode(const char *tables, size_t length, uint64_t count, const char digest[DIGEST_TEXT_SIZE],
                     struct buffer *out, struct error *error)
{
	json_t *value = json_loadb(tables, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	json_t *root;
	char *json;

	if (value == NULL)
		return error_set(error, ERROR_FAILED, "the description of the data part is not JSON");
	root = json_object();
	json_object_set_new(root, "tables", value);
	json_object_set_new(root, "members", json_integer((json_int_t)count));
	json_object_set_new(root, "content", json_string(digest));
	json = json_dumps(root, JSON_SORT_KEYS | JSON_INDENT(1));
	json_decref(root);
	if (json == NULL)
		return error_set(error, ERROR_FAILED, "the description of the data part is not JSON");
	buffer_append_text(out, json);
	buffer_append_char(out, '\n');
	free(json);
	return 0;
}

bool
data_manifest_decode(const char *json, size_t length, uint64_t count, const char digest[DIGEST_TEXT_SIZE],
                     struct buffer *tables)
{
	json_t *root = json_loadb(json, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	const json_t *members = json_object_get(root, "members");
	const char *content = json_string_value(json_object_get(root, "content"));
	char *text = NULL;

	if (json_is_integer(members) && (uint64_t)json_integer_value(members) == count && content != NULL &&
	    strcmp(content, digest) == 0)
		text = json_dumps(json_object_get(root, "tables"), JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
	json_decref(root);
	if (text == NULL)
		return false;
	buffer_append_text(tables, text);
	free(text);
	return true;
}
