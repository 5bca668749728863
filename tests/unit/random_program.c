// A program is an expression of the functions in HEAD, each of which answers an Int. In a spec its steps are made along with it.

#include "random_program.h"

typedef struct Made {
    Arena *arena;
    uint64_t state;
    bool asks;     // of a spec
    int budget;    // of points where it may wait
    int next;      // the number of the next question
} Made;

// Marsaglia, "Xorshift RNGs", 2003: xorshift64*.
static unsigned draw(Made *made, unsigned below) {
    made->state ^= made->state >> 12;
    made->state ^= made->state << 25;
    made->state ^= made->state >> 27;
    return (unsigned)(made->state * 2685821657736338717u >> 33) % below;
}

static const char HEAD[] =
    "import Channel (Channel)\n"
    "import List\n"
    "import Promise (Promise)\n"
    "import Semaphore (Semaphore)\n"
    "import Task\n"
    "import Test\n"
    "import Time\n"
    "\n"
    "cell A : Int = 0\n"
    "cell B : Int = 0\n"
    "effect World =\n"
    "  ask : String -> Int\n"
    "effect Fail =\n"
    "  raise : Int -> Never\n"
    "effect Own =\n"
    "  own : Int -> Int\n"
    "  quick : Int -> Int\n"
    "\n"
    "let after x y =\n"
    "  let! a = x\n"
    "  let! b = y\n"
    "  ret ((2 * a + b) % 1000)\n"
    "let both x y =\n"
    "  let! (a, b) = join x y\n"
    "  ret ((3 * a + b) % 1000)\n"
    "let race x y =\n"
    "  match! first x y\n"
    "  | Left a -> ret a\n"
    "  | Right b -> ret (b + 500)\n"
    "let limited n x =\n"
    "  match! Task.timeout n x\n"
    "  | None -> ret 9\n"
    "  | Some a -> ret a\n"
    "let yielded k =\n"
    "  let! () = yield in ret k\n"
    "let slept n =\n"
    "  let! () = Time.sleep n in ret n\n"
    "let grow_a k =\n"
    "  let! () = A.update (fun a -> (3 * a + k) % 1000) in ret k\n"
    "let grow_b k =\n"
    "  let! () = B.update (fun b -> (3 * b + k) % 1000) in ret k\n"
    "let set_a k =\n"
    "  let! () = A.set k in ret k\n"
    "let copy x =\n"
    "  let! a = A.get\n"
    "  let! k = x\n"
    "  let! () = B.set ((a + k) % 1000)\n"
    "  ret a\n"
    "let send channel k =\n"
    "  let! is_sent = Channel.send channel k in ret (if is_sent then 1 else 2)\n"
    "let receive channel =\n"
    "  match! Channel.receive channel\n"
    "  | Some k -> ret k\n"
    "  | None -> ret 8\n"
    "let try_receive channel =\n"
    "  match! Channel.try_receive channel\n"
    "  | Some k -> ret k\n"
    "  | None -> ret 8\n"
    "let close channel =\n"
    "  let! () = Channel.close channel in ret 0\n"
    "let set promise k =\n"
    "  let! is_first = Promise.set promise k in ret (if is_first then 1 else 2)\n"
    "let peek promise =\n"
    "  match! Promise.get promise\n"
    "  | Some k -> ret k\n"
    "  | None -> ret 7\n"
    "let taken semaphore x =\n"
    "  let! () = Semaphore.acquire semaphore\n"
    "  let! a = x\n"
    "  let! () = Semaphore.release semaphore\n"
    "  ret a\n"
    "let guarded k x =\n"
    "  bracket (grow_a k) (fun n -> let! _ = grow_b n in ret ()) (fun _ -> x)\n"
    "let slowly k x =\n"
    "  bracket (yielded k) (fun n -> let! _ = after (yielded 1) (grow_a n) in ret ()) (fun _ -> x)\n"
    "let grouped x y z =\n"
    "  Task.group (fun group ->\n"
    "    do! Task.spawn group (let! _ = x in ret ())\n"
    "    do! Task.spawn group (let! _ = y in ret ())\n"
    "    z)\n"
    "let every x y z =\n"
    "  let! answers = List.map_par (fun c -> c) [x, y, z]\n"
    "  ret (List.fold (fun a b -> (2 * a + b) % 1000) 0 answers)\n"
    "let pooled x y z =\n"
    "  let! answers = List.map_pool 2 (fun c -> c) [x, y, z]\n"
    "  ret (List.fold (fun a b -> (2 * a + b) % 1000) 0 answers)\n"
    "let isolated x =\n"
    "  match! Task.isolate x\n"
    "  | Ok a -> ret a\n"
    "  | Err _ -> ret 77\n"
    "let failing x =\n"
    "  let! k = x\n"
    "  if k >= 0 then fault \"broken\" else ret k\n"
    "let raised x =\n"
    "  let! k = x\n"
    "  Fail.raise k\n"
    "let caught (c : Int ! {Fail | e}) : Int ! e =\n"
    "  handle c with\n"
    "  | ret x -> ret x\n"
    "  | Fail.raise n -> ret ((n + 100) % 1000)\n"
    "let owned c =\n"
    "  handle c with\n"
    "  | Own.own k -> after (grow_a k) (yielded k)\n"
    "  | Own.quick k -> grow_b k\n"
    "let private_a c =\n"
    "  let! (x, a) = A.run 5 c in ret ((x + a) % 1000)\n"
    "\n";

// ---- expressions, and the steps of what they ask ----

typedef struct Piece {
    const char *text;
    const char *steps; // "" or lines, each with its end
} Piece;

static Piece make_piece(Made *made, int depth);

static const char *format(Made *made, const char *text, ...) __attribute__((format(printf, 2, 3)));
static const char *format(Made *made, const char *text, ...) {
    Builder builder = builder_in(made->arena);
    va_list arguments;
    va_start(arguments, text);
    build_format_list(&builder, text, arguments);
    va_end(arguments);
    return builder_string(&builder);
}

static const char *deeper(Made *made, const char *steps) {
    Builder builder = builder_in(made->arena);
    bool is_start = true;
    for (; *steps; steps++) {
        if (is_start) build_string(&builder, "  ");
        build_byte(&builder, *steps);
        is_start = *steps == '\n';
    }
    return builder_string(&builder);
}

static const char *both_steps(Made *made, Piece left, Piece right) {
    if (!*left.steps || !*right.steps) return *left.steps ? left.steps : right.steps;
    return format(made, "join\n%sand\n%s", deeper(made, left.steps), deeper(made, right.steps));
}

static const char *race_steps(Made *made, Piece left, Piece right) {
    bool left_wins = *left.steps && (!*right.steps || draw(made, 2));
    Piece winner = left_wins ? left : right, loser = left_wins ? right : left;
    if (!*winner.steps) return "";
    const char *losing = *loser.steps ? format(made, "losing\n%s", deeper(made, loser.steps)) : "";
    return format(made, "%s\n%s%s", left_wins ? "left" : "right", deeper(made, winner.steps), losing);
}

static Piece make_question(Made *made) {
    int number = draw(made, 6) ? made->next++ : 0, answer = (int)draw(made, 5); // one question is asked more often
    return (Piece){format(made, "World.ask \"%d\"", number), format(made, "World.ask \"%d\" => %d\n", number, answer)};
}

static Piece make_act(Made *made) {
    static const char *const waiting[] = {"yielded %u", "send channel %u", "receive channel", "Promise.wait promise", "taken semaphore (yielded %u)",
                                          "copy (yielded %u)", "Own.own %u", "slept %u"};
    static const char *const ready[] = {"grow_a %u", "grow_b %u",        "set_a %u", "ret %u",       "A.get",
                                        "B.get",     "try_receive channel", "set promise %u", "peek promise", "close channel",
                                        "Own.quick %u"};
    unsigned number = 1 + draw(made, 4);
    bool waits = made->budget > 0 && draw(made, 5) > 1;
    if (waits) made->budget--;
    if (waits && made->asks && draw(made, 3)) return make_question(made);
    unsigned waiting_count = sizeof waiting / sizeof *waiting - made->asks; // a spec would have to say that it sleeps
    const char *text = waits ? waiting[draw(made, waiting_count)] : ready[draw(made, sizeof ready / sizeof *ready)];
    Builder builder = builder_in(made->arena);
    for (; *text; text++) {
        if (*text == '%') build_format(&builder, "%u", number), text++;
        else build_byte(&builder, *text);
    }
    return (Piece){builder_string(&builder), ""};
}

static Piece make_around(Made *made, int depth) {
    static const char *const names[] = {"guarded 3", "slowly 2", "isolated", "limited 2", "taken semaphore", "copy", "caught", "Task.uncancellable",
                                        "failing",   "raised",   "private_a", "limited 3"};
    Piece inner = make_piece(made, depth - 1);
    const char *name = names[draw(made, sizeof names / sizeof *names)];
    bool is_race = *name == 'l' && *inner.steps;
    return (Piece){format(made, "%s (%s)", name, inner.text), is_race ? format(made, "left\n%s", deeper(made, inner.steps)) : inner.steps};
}

static Piece make_three(Made *made, int depth) {
    static const char *const names[] = {"grouped", "every", "pooled"};
    Piece a = make_piece(made, depth - 1), b = make_piece(made, depth - 1), c = make_piece(made, depth - 1);
    Piece two = {"", both_steps(made, a, b)};
    return (Piece){format(made, "%s (%s) (%s) (%s)", names[draw(made, 3)], a.text, b.text, c.text), both_steps(made, two, c)};
}

static Piece make_piece(Made *made, int depth) {
    unsigned choice = depth ? draw(made, 12) : 0;
    if (choice < 2) return make_act(made);
    if (choice < 4) return make_around(made, depth);
    if (choice == 4) return make_three(made, depth);
    Piece left = make_piece(made, depth - 1), right = make_piece(made, depth - 1);
    if (choice < 8) return (Piece){format(made, "after (%s) (%s)", left.text, right.text), format(made, "%s%s", left.steps, right.steps)};
    if (choice < 11) return (Piece){format(made, "both (%s) (%s)", left.text, right.text), both_steps(made, left, right)};
    return (Piece){format(made, "race (%s) (%s)", left.text, right.text), race_steps(made, left, right)};
}

// ---- modules ----

static Made make_from(Arena *arena, uint64_t seed, bool asks) {
    Made made = {.arena = arena, .state = (seed + 1) * 0x9e3779b97f4a7c15, .asks = asks};
    for (int i = 0; i < 10; i++) draw(&made, 2);
    return made;
}

// What is done around each program: it answers what came out, as text.
static void build_program(Builder *module, Made *made, unsigned number, const char *text) {
    build_format(module, "let program_%u =\n", number);
    build_format(module, "  let! channel = Channel.make %u\n  let! semaphore = Semaphore.make 1\n", draw(made, 3));
    build_string(module, "  let! promise : Promise Int = Promise.make\n");
    build_format(module, "  let! answer = caught (owned (%s))\n", text);
    build_string(module, "  let! a = A.get\n  let! b = B.get\n  let! length = Channel.length channel\n  let! free = Semaphore.available semaphore\n"
                         "  let! kept = Promise.get promise\n  ret (show (answer, a, b, length, (free, kept)))\n\n");
}

static Piece make_program(Made *made) {
    made->budget = 4 + (int)draw(made, 5);
    made->next = 1;
    return make_piece(made, 5);
}

const char *random_simulations(Arena *arena, uint64_t seed, unsigned count) {
    Builder module = builder_in(arena);
    Made made = make_from(arena, seed, false);
    build_string(&module, HEAD);
    for (unsigned i = 0; i < count; i++) {
        build_program(&module, &made, i, make_program(&made).text);
        build_format(&module, "test \"%u\" = Test.simulate (\n  let! said = program_%u\n  ret (Test.equal said \"\"))\n\n", i, i);
    }
    return builder_string(&module);
}

const char *random_specs(Arena *arena, uint64_t seed, unsigned count) {
    Builder module = builder_in(arena);
    Made made = make_from(arena, seed, true);
    build_string(&module, HEAD);
    for (unsigned i = 0; i < count; i++) {
        Piece piece = make_program(&made);
        if (!*piece.steps) piece = (Piece){format(&made, "after (%s) (World.ask \"last\")", piece.text), "World.ask \"last\" => 1\n"};
        build_program(&module, &made, i, piece.text);
        build_format(&module, "spec spec_%u =\n  program_%u runs\n%s  returns \"\"\n\n", i, i, deeper(&made, deeper(&made, piece.steps)));
    }
    return builder_string(&module);
}
