/*
 * codec.h - a catalog as text, and back.
 *
 * One table a kind: a header line of attribute names, then one object a line in the
 * text format of PostgreSQL's COPY (tabs between values, \N for NULL, backslash escapes).  Dependencies:
 * four columns kind, line, kind, line; lines count from 1 below the header of that kind's
 * table.  decode(encode(c)) is c.
 */
#ifndef COMMON_CATALOG_CODEC_H
#define COMMON_CATALOG_CODEC_H

#include "catalog/catalog.h"

/* Gets the text in pieces; the pieces may be of any size.  (A function type, no struct.) */
typedef int codec_sink(void *context, const char *data, size_t length, struct error *error);

int codec_encode_kind(const struct catalog *catalog, const struct kind *kind, codec_sink *sink, void *context,
                      struct error *error);
int codec_encode_dependencies(const struct catalog *catalog, codec_sink *sink, void *context, struct error *error);

struct codec_decoder;

struct codec_decoder *codec_decoder_new(void);
void codec_decoder_free(struct codec_decoder *decoder); /* NULL is allowed */
/*
 * One whole table.  Columns are matched by name: unknown ones are reported through notes and skipped,
 * absent ones get the attribute's fallback.  ARCHIVE error with the line's number on malformed text.
 */
int codec_decode_kind(struct codec_decoder *decoder, const char *kind_name, const char *data, size_t length,
                      struct error *error);
int codec_decode_dependencies(struct codec_decoder *decoder, const char *data, size_t length, struct error *error);
/*
 * The finished catalog; the decoder is empty afterwards.  info may be NULL and is copied.
 * notes (may be NULL) gets heap strings: what was not understood.
 */
int codec_decoder_finish(struct codec_decoder *decoder, const struct catalog_info *info, struct catalog **catalog,
                         struct vector *notes, struct error *error);

#endif
