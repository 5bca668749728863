// Two ways to keep a waiting call's continuation, on a loop whose calls seldom wait; see docs/decisions/0001.
//   frames eager N | frames lazy N   one call in `every` waits
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Frame {
    struct Frame *next;
    int64_t (*resume)(int64_t answer);
    int64_t saved[2];
} Frame;
typedef struct Answer {
    int64_t value, suspended;
} Answer;

static char segment[1 << 16];
static char *top = segment;
static Frame *free_frames;
static int64_t countdown, every;

static __attribute__((noinline)) Answer operation(int64_t x) {
    if (--countdown == 0) {
        countdown = every;
        return (Answer){x, 1};
    }
    return (Answer){x + 1, 0};
}

static Frame *take_frame(void) {
    Frame *frame = free_frames;
    if (frame) free_frames = frame->next;
    else frame = malloc(sizeof *frame);
    return frame;
}

static int64_t never_called(int64_t answer) { return answer; }

static __attribute__((noinline)) Answer eager(int64_t total, int64_t i) {
    Frame *frame = (Frame *)top;
    top += sizeof *frame;
    frame->resume = never_called;
    frame->saved[0] = total;
    frame->saved[1] = i;
    Answer answer = operation(i);
    if (answer.suspended) answer = (Answer){answer.value + 1, 0}; // the loop resumes it at once
    top -= sizeof *frame;
    return (Answer){frame->saved[0] + answer.value, 0};
}

static __attribute__((noinline)) Answer lazy(int64_t total, int64_t i) {
    Answer answer = operation(i);
    if (answer.suspended) {
        Frame *frame = take_frame();
        frame->resume = never_called;
        frame->saved[0] = total;
        frame->saved[1] = i;
        answer = (Answer){answer.value + 1, 0};
        total = frame->saved[0];
        frame->next = free_frames;
        free_frames = frame;
    }
    return (Answer){total + answer.value, 0};
}

int main(int argument_count, char **arguments) {
    if (argument_count != 4) return 2;
    int64_t count = atoll(arguments[2]), total = 0;
    countdown = every = atoll(arguments[3]);
    Answer (*step)(int64_t, int64_t) = strcmp(arguments[1], "eager") ? lazy : eager;
    for (int64_t i = 0; i < count; i++) total = step(total, i).value;
    printf("%lld\n", (long long)total);
    return 0;
}
