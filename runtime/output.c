// What is written at once, however the descriptor is set.

#include <errno.h>
#include <poll.h>
#include <unistd.h>
#include "runtime.h"

int fx_write_all(int descriptor, const char *bytes, size_t length) {
    while (length) {
        ssize_t written = write(descriptor, bytes, length);
        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {descriptor, POLLOUT, 0};
            poll(&ready, 1, -1);
        } else if (errno != EINTR) return -errno;
    }
    return 0;
}
