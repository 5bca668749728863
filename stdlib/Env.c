// The environment.

#include <stdlib.h>
#include <uv.h>
#include "fx.h"

extern char **environ;

fx_value fx_env_get(fx_runtime *rt, fx_value name) {
    const char *value = strlen(fx_string_bytes(name)) == fx_string_length(name) ? getenv(fx_string_bytes(name)) : NULL;
    return value ? fx_some_take(rt, FX_COUNTED, fx_string_of(rt, value)) : FX_NONE;
}

static fx_value split_entry(fx_runtime *rt, const char *entry) {
    size_t name = strcspn(entry, "=");
    const char *value = entry[name] ? entry + name + 1 : "";
    return fx_pair_take(rt, FX_COUNTED, fx_string_make(rt, entry, name), FX_COUNTED, fx_string_of(rt, value));
}

fx_value fx_env_all(fx_runtime *rt) {
    fx_value list = FX_NIL;
    size_t count = 0;
    while (environ && environ[count]) count++;
    while (count-- > 0) list = fx_cons_take(rt, FX_COUNTED, split_entry(rt, environ[count]), list);
    return list;
}

fx_value fx_env_working_directory(fx_runtime *rt) {
    char small[1024], *path = small;
    size_t size = sizeof small;
    int code = uv_cwd(path, &size);
    if (code == UV_ENOBUFS) {
        path = malloc(size);
        code = path ? uv_cwd(path, &size) : UV_ENOMEM;
    }
    fx_value answer = code ? fx_error_of_code(rt, code) : fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, path, size));
    if (path != small) free(path);
    return answer;
}

fx_value fx_env_program(fx_runtime *rt) { return fx_string_of(rt, fx_argument_count(rt) ? fx_arguments(rt)[0] : ""); }
