/*
 * text_format.h - private to catalog/: what the encoder and the decoder must agree on.
 *
 * The escapes are those that COPY TO writes (PostgreSQL 15, copyto.c CopyAttributeOutText).
 */
#ifndef COMMON_CATALOG_TEXT_FORMAT_H
#define COMMON_CATALOG_TEXT_FORMAT_H

#include "build.h"

#define DEPENDENCY_HEADER "kind\tline\tdepends_on_kind\tdepends_on_line"

/* The letter behind the backslash for a byte that must not stand as it is; 0 for all others. */
static const char escape_letter[256] = {
	['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['\v'] = 'v',
};

/* The other way; 0 for a letter that is no escape. */
static inline char
escape_meaning(char letter)
{
	switch (letter) {
	case '\\':
		return '\\';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'v':
		return '\v';
	default:
		return 0;
	}
}

#endif
