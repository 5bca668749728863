// The user that the program runs as.

#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>
#include "fx.h"

enum { ENTRY_SIZE = 16384 };

// All groups first: afterwards nobody may set them. The C library sets those of all threads.
static int become(const char *name) {
    char buffer[ENTRY_SIZE];
    struct passwd entry, *found = NULL;
    int error = getpwnam_r(name, &entry, buffer, sizeof buffer, &found);
    if (error) return -error;
    if (!found) return -ENOENT;
    if (initgroups(name, entry.pw_gid) != 0 || setgid(entry.pw_gid) != 0 || setuid(entry.pw_uid) != 0) return -errno;
    return 0;
}

fx_value fx_user_become(fx_runtime *rt, fx_value name) {
    if (strlen(fx_string_bytes(name)) != fx_string_length(name)) return fx_error_of_code(rt, -EINVAL);
    int code = become(fx_string_bytes(name));
    return code < 0 ? fx_error_of_code(rt, code) : fx_ok_take(rt, FX_WORD, FX_UNIT);
}
