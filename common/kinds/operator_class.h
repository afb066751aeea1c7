/*
 * operator_class.h - what is built by an operator class.
 */
#ifndef COMMON_KINDS_OPERATOR_CLASS_H
#define COMMON_KINDS_OPERATOR_CLASS_H

#include "catalog/catalog.h"

/* An index is built by all members that the families of its classes have, those tied to no class too. */
void operator_class_relate(const struct object *index, struct edges *edges);

#endif
