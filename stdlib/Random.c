// Chance, from the system.

#include <errno.h>
#include <sys/random.h>
#include "fx.h"

// Some bytes are fetched beforehand; each is used once and wiped.
typedef struct Store {
    unsigned char bytes[512];
    size_t left;
} Store;

static const fx_library library = {"Random", sizeof(Store), NULL, NULL, NULL};

static void fetch(fx_runtime *rt, void *bytes, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t part = getrandom((char *)bytes + done, size - done, 0);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) fx_fault(rt, NULL, "the system gives no random bytes: %s", strerror(errno));
        done += (size_t)part;
    }
}

static uint64_t next_bits(fx_runtime *rt) {
    Store *store = fx_library_state(rt, &library);
    uint64_t bits;
    if (store->left < sizeof bits) {
        fetch(rt, store->bytes, sizeof store->bytes);
        store->left = sizeof store->bytes;
    }
    store->left -= sizeof bits;
    memcpy(&bits, store->bytes + store->left, sizeof bits);
    memset(store->bytes + store->left, 0, sizeof bits);
    return bits;
}

// Cuts the bits down to as many as the range needs, until they are in it: so none is likelier than another.
fx_value fx_random_int(fx_runtime *rt, fx_value least, fx_value most) {
    if (most < least) fx_fault(rt, NULL, "Random.int: there is no number from %lld to %lld", (long long)least, (long long)most);
    uint64_t span = (uint64_t)most - (uint64_t)least, mask = span ? UINT64_MAX >> __builtin_clzll(span) : 0, offset;
    do offset = next_bits(rt) & mask;
    while (offset > span);
    return (fx_value)((uint64_t)least + offset);
}

double fx_random_float(fx_runtime *rt) { return (double)(next_bits(rt) >> 11) * 0x1p-53; }

fx_value fx_random_bytes(fx_runtime *rt, fx_value count) {
    fx_value text = fx_string_make(rt, NULL, count < 0 ? 0 : (size_t)count);
    fetch(rt, ((fx_string *)fx_object_of(text))->bytes, fx_string_length(text));
    return text;
}
