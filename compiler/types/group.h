#ifndef FX_TYPES_GROUP_H
#define FX_TYPES_GROUP_H
// Inside types/: group.c finds the groups, definition.c infers them.

#include "infer.h"

typedef Vector(Definition *) Group;
typedef Vector(Group) Groups;

/* definition.c */
// Makes the definition's core; when its whole type is written, that is its type from here on.
void prepare_definition(Inference *inference, Definition *definition);
// Infers definitions that share their type variables.
void infer_definitions(Inference *inference, const Group *group);
// The definition as it is, for a group that shares its type parameters.
CoreExpression *use_core(Inference *inference, CoreDefinition *core);
// Settles what was inferred of definitions that refer to each other, and adds them to the program.
void end_definitions(Inference *inference, const Group *group);

/* start.c */
// Looks for values of the group that are computed from themselves: reports those that cannot be, and makes those computed when they are needed
// that may be; what that takes is added to the group's cores.
void check_start(Inference *inference, const Group *group, CoreDefinitions *cores);

#endif
