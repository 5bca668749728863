// From the system's codes to the constructors of Error.fx, in the order of their declaration.

#include <errno.h>
#include <ctype.h>
#include <uv.h>
#include "fx.h"

enum { OTHER = 30 };

static const struct { int code; unsigned tag; } tags[] = {
    {UV_ENOENT, 0}, {UV_EACCES, 1}, {UV_EPERM, 1}, {UV_EEXIST, 2}, {UV_ENOTDIR, 3}, {UV_EISDIR, 4}, {-ENOTEMPTY, 5}, {UV_ENAMETOOLONG, 6},
    {UV_ELOOP, 7}, {UV_EMFILE, 8}, {UV_ENFILE, 8}, {UV_ENOSPC, 9}, {-EDQUOT, 9}, {UV_EFBIG, 10}, {UV_EROFS, 11}, {UV_EBUSY, 12},
    {UV_ETXTBSY, 12}, {UV_EXDEV, 13}, {UV_ECONNREFUSED, 14}, {UV_ECONNRESET, 15}, {UV_ECONNABORTED, 16}, {UV_ENOTCONN, 17},
    {UV_EADDRINUSE, 18}, {UV_EADDRNOTAVAIL, 19}, {UV_EAI_NONAME, 20}, {UV_EAI_NODATA, 20}, {UV_EAI_FAIL, 20},
    {UV_EHOSTUNREACH, 21}, {UV_ENETUNREACH, 22}, {UV_EPIPE, 23}, {UV_ETIMEDOUT, 24}, {UV_EINTR, 25}, {UV_ECANCELED, 25}, {UV_EINVAL, 26},
    {UV_ENOTSUP, 27}, {UV_ENOSYS, 27}, {UV_EBADF, 28}, {UV_ENOMEM, 29},
};

static fx_value other(fx_runtime *rt, int code) {
    char text[128];
    uv_strerror_r(code, text, sizeof text);
    text[0] = (char)tolower((unsigned char)text[0]);
    return fx_construct(rt, OTHER, 1, 1, (fx_value)-code, fx_string_of(rt, text));
}

fx_value fx_error_of_code(fx_runtime *rt, int code) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (tags[i].code == code) return fx_error_take(rt, FX_COUNTED, fx_constant(tags[i].tag));
    return fx_error_take(rt, FX_COUNTED, other(rt, code));
}
