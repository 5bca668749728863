// Texts that go out in one call of the system.

#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include "fx.h"

// Up to so many bytes are copied first into one place, which is near to the processor: the system looks at one piece in less time than at several,
// and that is more than the copying takes. Longer ones are sent from where they are.
enum { JOINED = 4096, PARTS_AT_ONCE = 16 };

static ssize_t send_joined(int socket, fx_value texts, int flags) {
    char bytes[JOINED], *end = bytes;
    for (; !fx_is_constant(texts); texts = fx_list_tail(texts)) {
        fx_value text = fx_list_head(texts);
        memcpy(end, fx_string_bytes(text), fx_string_length(text));
        end += fx_string_length(text);
    }
    return send(socket, bytes, (size_t)(end - bytes), flags);
}

static ssize_t send_apart(int socket, fx_value texts, int flags) {
    struct iovec parts[PARTS_AT_ONCE];
    struct msghdr message = {.msg_iov = parts};
    for (; !fx_is_constant(texts) && message.msg_iovlen < PARTS_AT_ONCE; texts = fx_list_tail(texts)) {
        fx_value text = fx_list_head(texts);
        parts[message.msg_iovlen++] = (struct iovec){((fx_string *)fx_object_of(text))->bytes, fx_string_length(text)};
    }
    return sendmsg(socket, &message, flags);
}

// What is left of the texts when the first `sent` bytes are gone, as one text.
static fx_value rest_of(fx_runtime *rt, fx_value texts, size_t sent) {
    fx_value rest = fx_string_make(rt, "", 0);
    for (; !fx_is_constant(texts); texts = fx_list_tail(texts)) {
        fx_value text = fx_list_head(texts);
        size_t length = fx_string_length(text), gone = sent < length ? sent : length;
        if (gone < length) rest = fx_string_append_take(rt, rest, fx_string_make(rt, fx_string_bytes(text) + gone, length - gone));
        sent -= gone;
    }
    return rest;
}

fx_value fx_texts_send(fx_runtime *rt, int socket, fx_value texts, int flags) {
    size_t length = 0;
    for (fx_value left = texts; !fx_is_constant(left); left = fx_list_tail(left)) length += fx_string_length(fx_list_head(left));
    if (length == 0) return 0;
    ssize_t sent = 0;
    if (socket >= 0) sent = length <= JOINED ? send_joined(socket, texts, flags) : send_apart(socket, texts, flags);
    return sent == (ssize_t)length ? 0 : rest_of(rt, texts, sent > 0 ? (size_t)sent : 0);
}
