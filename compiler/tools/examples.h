#ifndef FX_TOOLS_EXAMPLES_H
#define FX_TOOLS_EXAMPLES_H
// The examples in doc comments, as tests.

#include "../syntax/syntax.h"
#include "files.h"

// A module of the program: where it was read from, and by which name others import it.
typedef struct ModuleFile {
    const Source *source;
    const char *name;
} ModuleFile;
typedef Vector(ModuleFile) ModuleFiles;

// What was loaded, but for the standard library; `program` first. A program's file has a name that is made up: it begins with a capital.
ModuleFiles find_own_modules(const SourceFiles *files, const Source *program);
// A module with one test for each example: each expression of a block marked `fx`, after its imports and `let`s. It imports what the examples
// need, and its lines know where they come from (Source.origins). NULL: there is no example.
const Source *make_examples(const SourceFiles *files, const ModuleFile *module, const ModuleSyntax *syntax);

#endif
