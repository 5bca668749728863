// Names that other languages use for what fx calls otherwise. The tables are in no order: they are looked through once for each error.
#include "scope.h"

#include <string.h>

// Written alone.
static const char *const habits[][2] = {
    {"do", "do!"},
    {"return", "ret"},
    {"pure", "ret"},
    {"print", "Console.print"},
    {"println", "Console.print_line"},
    {"printfn", "Console.print_line"},
    {"print_line", "Console.print_line"},
    {"print_endline", "Console.print_line"},
    {"failwith", "fault"},
    {"panic", "fault"},
    {"true", "True"},
    {"false", "False"},
    {"null", "None"},
    {"none", "None"},
    {"some", "Some"},
    {"nil", "[]"},
    {"undefined", "None"},
    {"printf", "Console.print"},
    {"putStrLn", "Console.print_line"},
    {"echo", "Console.print_line"},
    {"puts", "Console.print_line"},
    {"raise", "fault"},
    {"throw", "fault"},
    {"otherwise", "_"},
    {"str", "show"},
    {"ref", "cell"},
    {"race", "first"},
    {"select", "first"},
    {"defer", "bracket"},
    {"finally", "bracket"},
    {"assert", "test \"name\" = condition"},
    {"sprintf", "\"\\(value)\""},
    {"format", "\"\\(value)\""},
    {"to_string", "show"},
    {"toString", "show"},
    {"len", "List.length"},
    {"console", "Console"},
    {"Nothing", "None"},
    {"Just", "Some"},
    {"Error", "Err"},
    {"Double", "Float"},
    {"Boolean", "Bool"},
    {"Text", "String"},
    {"Maybe", "Option"},
    {"int", "Int"},
    {"string", "String"},
    {"float", "Float"},
    {"bool", "Bool"},
    {"IO", "Console"},
    {"Net", "Tcp"},
    {"Network", "Tcp"},
    {"Socket", "Tcp"},
    {"Http", "Tcp"},
    {"FileSystem", "File"},
    {"Fs", "File"},
    {"Clock", "Time"},
    {"Async", "Time"},
    {"Stdio", "Console"},
    {"Rand", "Random"},
};

// Modules, where none of the name is known.
static const char *const modules[][2] = {
    {"Maybe", "Option"}, {"Optional", "Option"}, {"Dict", "Map"}, {"Dictionary", "Map"}, {"HashMap", "Map"}, {"Hashtbl", "Map"}, {"Data.Map", "Map"},
    {"Data.List", "List"}, {"Data.Set", "Set"}, {"HashSet", "Set"}, {"Seq", "List"}, {"Vec", "Array"}, {"Vector", "Array"}, {"Str", "String"},
    {"Text", "String"}, {"Buffer", "Bytes"}, {"Math", "Float"}, {"Io", "Console"}, {"IO", "Console"}, {"Printf", "Console"}, {"Stdio", "Console"},
    {"System", "Env"}, {"Sys", "Env"}, {"Os", "Env"}, {"Fs", "File"}, {"FileSystem", "File"}, {"Net", "Tcp"}, {"Socket", "Tcp"},
    {"Async", "Task"}, {"Thread", "Task"}, {"Lwt", "Task"}, {"Clock", "Time"}, {"Date", "Time"}, {"Duration", "Time"}, {"Regex", "Parser"},
    {"Decimal", "Integer"}, {"BigInt", "Integer"}, {"Bigint", "Integer"}, {"Double", "Float"}, {"Boolean", "Bool"}, {"Number", "Int"}, {"Rand", "Random"},
};

// Functions by the names that they have here or elsewhere, written alone, for where nothing nearer is found.
static const char *const functions[][2] = {
    {"map", "List.map"}, {"filter", "List.filter"}, {"fold", "List.fold"}, {"foldl", "List.fold"}, {"fold_left", "List.fold"},
    {"reduce", "List.fold"}, {"foldr", "List.fold_right"}, {"fold_right", "List.fold_right"}, {"iter", "List.iter_seq"},
    {"for_each", "List.iter_seq"}, {"forEach", "List.iter_seq"}, {"length", "List.length"}, {"size", "List.length"},
    {"count", "List.length"}, {"head", "List.head"}, {"hd", "List.head"}, {"tail", "List.tail"}, {"tl", "List.tail"},
    {"append", "List.append"}, {"concat", "List.concat"}, {"reverse", "List.reverse"}, {"rev", "List.reverse"}, {"sort", "List.sort"},
    {"zip", "List.zip"}, {"range", "List.range"}, {"includes", "List.contains"}, {"elem", "List.contains"}, {"any", "List.any"},
    {"all", "List.all"}, {"find", "List.find"}, {"sum", "List.sum"}, {"split", "String.split"}, {"join", "String.join"},
    {"trim", "String.trim"}, {"strip", "String.trim"}, {"substring", "String.slice"}, {"parseInt", "Int.parse"},
    {"int_of_string", "Int.parse"}, {"parse_int", "Int.parse"}, {"abs", "Int.abs"}, {"sqrt", "Float.sqrt"},
    {"getLine", "Console.read_line"}, {"read_line", "Console.read_line"}, {"input", "Console.read_line"}, {"sleep", "Time.sleep"},
    {"go", "Task.spawn"}, {"spawn", "Task.spawn"}, {"fork", "Task.spawn"}, {"timeout", "Task.timeout"}, {"chan", "Channel.make"},
};

// Written behind a module of the standard library.
static const char *const habits_of_modules[][3] = {
    {"List", "nth", "List.get"}, {"List", "at", "List.get"}, {"List", "rev", "List.reverse"}, {"List", "exists", "List.any"},
    {"List", "some", "List.any"}, {"List", "every", "List.all"}, {"List", "for_all", "List.all"}, {"List", "forall", "List.all"},
    {"List", "mem", "List.contains"}, {"List", "member", "List.contains"}, {"List", "elem", "List.contains"},
    {"List", "includes", "List.contains"}, {"List", "iter", "List.iter_seq"}, {"List", "for_each", "List.iter_seq"},
    {"List", "foreach", "List.iter_seq"}, {"List", "each", "List.iter_seq"}, {"List", "mapi", "List.map_indexed"},
    {"List", "indexed_map", "List.map_indexed"}, {"List", "map_with_index", "List.map_indexed"}, {"List", "flat_map", "List.concat_map"},
    {"List", "collect", "List.concat_map"}, {"List", "bind", "List.concat_map"}, {"List", "and_then", "List.concat_map"},
    {"List", "choose", "List.filter_map"}, {"List", "len", "List.length"}, {"List", "size", "List.length"},
    {"List", "fold_left", "List.fold"}, {"List", "foldl", "List.fold"}, {"List", "foldr", "List.fold_right"},
    {"List", "reduce", "List.fold"}, {"List", "hd", "List.head"}, {"List", "first", "List.head"}, {"List", "tl", "List.tail"},
    {"List", "rest", "List.tail"}, {"List", "try_find", "List.find"}, {"List", "empty", "[]"}, {"List", "cons", "::"},
    {"List", "singleton", "[value]"}, {"List", "flatten", "List.concat"}, {"List", "join", "String.join"},
    {"List", "distinct", "List.unique"}, {"List", "dedup", "List.unique"}, {"List", "combine", "List.zip"},
    {"List", "traverse", "List.map_seq"}, {"List", "parallel", "List.map_par"},
    {"String", "of_char", "Char.to_string"}, {"String", "from_char", "Char.to_string"}, {"String", "to_chars", "String.chars"},
    {"String", "to_list", "String.chars"}, {"String", "explode", "String.chars"}, {"String", "of_chars", "String.from_chars"},
    {"String", "of_list", "String.from_chars"}, {"String", "from_list", "String.from_chars"}, {"String", "implode", "String.from_chars"},
    {"String", "of_bytes", "String.from_bytes"}, {"String", "to_bytes", "String.bytes"}, {"String", "len", "String.length"},
    {"String", "size", "String.length"}, {"String", "uppercase", "String.to_upper"}, {"String", "upper", "String.to_upper"},
    {"String", "lowercase", "String.to_lower"}, {"String", "lower", "String.to_lower"}, {"String", "strip", "String.trim"},
    {"String", "includes", "String.contains"}, {"String", "has", "String.contains"}, {"String", "substring", "String.slice"},
    {"String", "sub", "String.slice"}, {"String", "substr", "String.slice"}, {"String", "index", "String.index_of"},
    {"String", "find", "String.index_of"}, {"String", "rev", "String.reverse"}, {"String", "to_int", "Int.parse"},
    {"String", "to_float", "Float.parse"}, {"String", "of_int", "Int.to_string"}, {"String", "from_int", "Int.to_string"},
    {"String", "of_float", "Float.to_string"}, {"String", "from_float", "Float.to_string"}, {"String", "concat_with", "String.join"},
    {"String", "append_all", "String.concat"}, {"String", "starts", "String.starts_with"}, {"String", "ends", "String.ends_with"},
    {"String", "split_lines", "String.lines"}, {"String", "split_words", "String.words"},
    {"Char", "code", "Char.to_int"}, {"Char", "ord", "Char.to_int"}, {"Char", "to_code", "Char.to_int"}, {"Char", "chr", "Char.of_int"},
    {"Char", "of_code", "Char.of_int"}, {"Char", "from_code", "Char.of_int"}, {"Char", "is_alpha", "Char.is_letter"},
    {"Char", "is_whitespace", "Char.is_space"}, {"Char", "is_white", "Char.is_space"}, {"Char", "uppercase", "Char.to_upper"},
    {"Char", "lowercase", "Char.to_lower"},
    {"Int", "of_string", "Int.parse"}, {"Int", "from_string", "Int.parse"}, {"Int", "to_float", "Float.of_int"},
    {"Int", "of_float", "Float.to_int"}, {"Int", "from_float", "Float.to_int"}, {"Int", "pow", "Int.power"}, {"Int", "mod", "Int.modulo"},
    {"Int", "gcd", "Int.greatest_common_divisor"}, {"Int", "lcm", "Int.least_common_multiple"}, {"Int", "sqrt", "Int.square_root"},
    {"Int", "max_int", "Int.max_value"}, {"Int", "min_int", "Int.min_value"},
    {"Float", "of_string", "Float.parse"}, {"Float", "from_string", "Float.parse"}, {"Float", "from_int", "Float.of_int"},
    {"Float", "pow", "Float.power"}, {"Float", "truncate", "Float.trunc"}, {"Float", "ceiling", "Float.ceil"},
    {"Map", "add", "Map.insert"}, {"Map", "put", "Map.insert"}, {"Map", "set", "Map.insert"}, {"Map", "lookup", "Map.get"},
    {"Map", "find_opt", "Map.get"}, {"Map", "try_find", "Map.get"}, {"Map", "member", "Map.contains"}, {"Map", "mem", "Map.contains"},
    {"Map", "has", "Map.contains"}, {"Map", "contains_key", "Map.contains"}, {"Map", "delete", "Map.remove"},
    {"Map", "of_list", "Map.from_list"}, {"Map", "length", "Map.size"}, {"Map", "count", "Map.size"}, {"Map", "cardinal", "Map.size"},
    {"Map", "elements", "Map.to_list"}, {"Map", "bindings", "Map.to_list"}, {"Map", "new", "Map.empty"}, {"Map", "alter", "Map.update"},
    {"Set", "add", "Set.insert"}, {"Set", "put", "Set.insert"}, {"Set", "member", "Set.contains"}, {"Set", "mem", "Set.contains"},
    {"Set", "has", "Set.contains"}, {"Set", "delete", "Set.remove"}, {"Set", "of_list", "Set.from_list"}, {"Set", "length", "Set.size"},
    {"Set", "count", "Set.size"}, {"Set", "cardinal", "Set.size"}, {"Set", "elements", "Set.to_list"}, {"Set", "diff", "Set.difference"},
    {"Set", "inter", "Set.intersect"}, {"Set", "new", "Set.empty"},
    {"Array", "of_list", "Array.from_list"}, {"Array", "size", "Array.length"}, {"Array", "len", "Array.length"},
    {"Array", "put", "Array.set"}, {"Array", "create", "Array.make"}, {"Array", "new", "Array.make"}, {"Array", "sub", "Array.slice"},
    {"Option", "default", "Option.with_default"}, {"Option", "unwrap_or", "Option.with_default"},
    {"Option", "get_or", "Option.with_default"}, {"Option", "value", "Option.with_default"}, {"Option", "bind", "Option.and_then"},
    {"Option", "flat_map", "Option.and_then"}, {"Option", "or", "Option.or_else"},
    {"Result", "default", "Result.with_default"}, {"Result", "unwrap_or", "Result.with_default"},
    {"Result", "get_or", "Result.with_default"}, {"Result", "bind", "Result.and_then"}, {"Result", "flat_map", "Result.and_then"},
    {"Result", "map_err", "Result.map_error"},
    {"File", "read_text", "File.read"}, {"File", "read_all", "File.read"}, {"File", "read_file", "File.read"},
    {"File", "write_text", "File.write"}, {"File", "write_file", "File.write"}, {"File", "mkdir", "File.make_directory"},
    {"File", "list_directory", "File.list"}, {"File", "read_directory", "File.list"}, {"File", "remove", "File.delete"},
    {"File", "unlink", "File.delete"}, {"File", "move", "File.rename"},
    {"Time", "wait", "Time.sleep"}, {"Time", "delay", "Time.sleep"}, {"Time", "sleep_ms", "Time.sleep"},
    {"Console", "println", "Console.print_line"}, {"Console", "write_line", "Console.print_line"},
    {"Console", "log", "Console.print_line"}, {"Console", "put_line", "Console.print_line"}, {"Console", "readln", "Console.read_line"},
    {"Console", "get_line", "Console.read_line"}, {"Console", "read", "Console.read_line"}, {"Console", "input", "Console.read_line"},
};

const char *find_conversion(Symbol name) {
    static const char *const conversions[][2] = {{"string", "show"}, {"int", "Int.parse"}, {"float", "Float.of_int"}, {"list", "List.range"}};
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        if (strcmp(conversions[i][0], name) == 0) return conversions[i][1];
    }
    return NULL;
}

const char *find_habit(Symbol name) {
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        if (strcmp(habits[i][0], name) == 0) return habits[i][1];
    }
    return NULL;
}

const char *find_module_habit(Symbol name) {
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        if (strcmp(modules[i][0], name) == 0) return modules[i][1];
    }
    return NULL;
}

const char *find_standard_function(Symbol name) {
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strcmp(functions[i][0], name) == 0) return functions[i][1];
    }
    return NULL;
}

const char *find_habit_of_module(Symbol module, Symbol name) {
    for (size_t i = 0; i < sizeof habits_of_modules / sizeof *habits_of_modules; i++) {
        const char *const *habit = habits_of_modules[i];
        if (strcmp(habit[0], module) == 0 && strcmp(habit[1], name) == 0) return habit[2];
    }
    return NULL;
}
