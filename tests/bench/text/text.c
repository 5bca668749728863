// One text of five million numbers, grown by appending.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Text {
    char *bytes;
    size_t length, capacity;
} Text;

static void append(Text *text, const char *bytes, size_t length) {
    if (text->length + length > text->capacity) {
        text->capacity = 2 * (text->length + length);
        text->bytes = realloc(text->bytes, text->capacity);
        if (!text->bytes) abort();
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
}

int main(void) {
    Text text = {0};
    char number[24];
    for (int i = 1; i <= 5000000; i++) {
        append(&text, number, (size_t)snprintf(number, sizeof number, "%d", i));
        append(&text, ", ", 2);
    }
    printf("%zu %.16s\n", text.length, text.bytes + text.length - 18);
    return 0;
}
