"""Made-up programs, well typed by construction: what is drawn is drawn for a type, from the variables at hand."""

import random

HEAD = """\
import Channel (Channel)
import Console
import Float
import Int
import List
import Map (Map)
import Promise (Promise)
import Semaphore (Semaphore)
import String
import Task

type Shape = Circle Int | Square Int String | Group (List Shape) | Empty
type Person = { name : String, age : Int, tags : List String }

cell A : Int = 1
cell Words : List String = []
effect Fail =
  raise : String -> Never
effect Own =
  own : Int -> Int
  note : String -> Unit
effect Amb =
  flip : Bool
effect State =
  get_state : Int
  put_state : Int -> Unit

let no_ints : List Int = []
let no_map : Map Int String = Map.empty
let nobody : Person = { name = "", age = 0, tags = [] }
let twice (f : Int -> Int) (x : Int) : Int = f (f x)
let area (shape : Shape) : Int =
  match shape
  | Circle r -> 3 * r * r
  | Square side _ -> side * side
  | Group shapes -> List.fold (fun sum other -> sum + area other) 0 shapes
  | Empty -> 0
let rec_sum (n : Int) : Int = if n <= 0 then 0 else n + rec_sum (n - 1)
let both x y =
  let! (a, b) = join x y
  ret (a * 7 + b)
let race x y =
  match! first x y
  | Left a -> ret (a + 1)
  | Right b -> ret (b * 2)
let yielded x =
  do! yield
  x
let sent channel x =
  let! k = x
  let! is_sent = Channel.send channel k
  ret (if is_sent then k else 0 - k)
let kept promise c =
  let! x = c
  let! _ = Promise.set promise x
  ret x
let caught (c : Int ! {Fail | e}) : Int ! e =
  handle c with
  | ret x -> ret x
  | Fail.raise why -> ret (String.length why)
let owned (c : Int ! {Own | e}) : Int ! {A, Words | e} =
  handle c with
  | Own.own k ->
    let! a = A.get
    do! A.set ((a * 3 + k) % 1000)
    ret a
  | Own.note text -> Words.update (fun words -> List.take 6 (text :: words))
let choices (c : Int ! {Amb | e}) : List Int ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)
let stateful (start : Int) (c : Int ! {State | e}) : Int ! e =
  let! run = handle c with
    | ret x -> ret (fun s -> ret (x + s))
    | ctl State.get_state resume -> ret (fun s ->
        let! next = resume s
        next s)
    | ctl State.put_state s resume -> ret (fun _ ->
        let! next = resume ()
        next s)
  run start
let weighed (bonus : Int) (c : Int ! {Amb | e}) : Int ! e =
  handle c with
  | ret x -> ret (x % 1000 + bonus)
  | ctl Amb.flip resume ->
    let! left = resume (bonus > 2)
    if left > 500 then ret left
    else
      let! right = resume False
      ret ((left * 3 + right) % 1009)
let taken (c : Int ! {Amb | e}) : Int ! e =
  handle c with
  | ctl Amb.flip resume -> resume True
let counted (start : Int) (c : Int ! {Own | e}) : Int ! e =
  let! run = handle c with
    | ret x -> ret (fun s -> ret (x + s))
    | Own.own k -> ret (k + start)
    | ctl Own.note text resume -> ret (fun s ->
        let! next = resume ()
        next (s + String.length text))
  run start
let guarded text x =
  bracket (Words.update (fun words -> text :: words)) (fun () -> A.update (fun a -> (a + 1) % 1000)) (fun () -> x)
let isolated x =
  match! Task.isolate x
  | Ok a -> ret a
  | Err fault -> ret (String.length fault.message)
let grouped x y = Task.group (fun group ->
  do! Task.spawn group (let! _ = x in ret ())
  y)
let summed xs =
  let! all = xs
  ret (List.fold (fun sum x -> (sum * 5 + x) % 10007) 0 all)
"""

MAIN = """
let show_item (label : String) (c : String ! {{A, Words, Console | e}}) : Unit ! {{A, Words, Console | e}} =
  match! Task.isolate c
  | Ok text -> Console.print_line (label ++ " " ++ text)
  | Err fault -> Console.print_line (label ++ " fault " ++ fault.message ++ " " ++ fault.place)

let main (args : List String) : Unit ! {{Console, A, Words}} =
{items}
  let! a = A.get
  let! words = Words.get
  Console.print_line (show (a, words))
"""

INTS = ["0", "1", "2", "3", "7", "10", "100", "(-1)", "(-5)", "9223372036854775807", "(-9223372036854775808)", "4611686018427387904"]
STRINGS = ['""', '"a"', '"bc"', '"hello"', '"\\n"', '"é"', '"\\"q\\""', '"x, y"']
FLOATS = ["0.0", "1.5", "(-2.25)", "1e10", "3.0", "0.1"]
TYPES = ["Int", "Int", "Int", "Bool", "String", "Float", "Char", "List Int", "List String", "Option Int", "(Int, String)", "Person", "Shape", "Map Int String",
         "Int -> Int", "Result Int String"]


class Maker:
    """Draws expressions and computations; `scope` lists (name, type)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0
        self.functions = []     # (name, parameter types, type)
        self.computations = []  # (name, parameter types): of an Int
        self.room = 0

    def fresh(self):
        self.names += 1
        return f"v{self.names}"

    def pick(self, items):
        return self.random.choice(items)

    # ---- expressions ----

    def expression(self, kind, scope, depth):
        self.room -= 1
        fits = [name for name, its in scope if its == kind]
        if fits and self.random.random() < 0.4:
            return self.pick(fits)
        if depth <= 0 or self.room <= 0:
            return self.pick(fits) if fits else self.leaf(kind)
        if self.random.random() < 0.35:
            return self.general(kind, scope, depth - 1)
        return self.of_type(kind, scope, depth - 1)

    def leaf(self, kind):
        leaves = {"Int": self.pick(INTS[:7] if self.random.random() < 0.8 else INTS), "Bool": self.pick(["True", "False"]), "String": self.pick(STRINGS),
                  "Float": self.pick(FLOATS), "Char": self.pick(["'a'", "'Z'", "'é'", "'0'"]), "List Int": self.pick(["no_ints", "[1, 2, 3]", "[5]"]),
                  "List String": self.pick(['["a"]', '["b", "c"]']), "Option Int": self.pick(["None", "(Some 4)"]), "(Int, String)": '(1, "t")',
                  "Person": self.pick(["nobody", '{ name = "Ada", age = 36, tags = ["x"] }']), "Shape": self.pick(["Empty", "(Circle 2)", '(Square 3 "s")']),
                  "Map Int String": self.pick(["no_map", '(Map.from_list [(1, "one"), (2, "two")])']),
                  "Int -> Int": self.pick(["(fun x -> x + 1)", "(fun x -> x * 2)", "rec_small"]), "Result Int String": self.pick(["(Ok 1)", '(Err "e")'])}
        return leaves[kind].replace("rec_small", "(fun x -> rec_sum (x % 50))")

    def general(self, kind, scope, depth):
        choice = self.random.randrange(7)
        e = self.expression
        if choice == 0:
            return f"(if {e('Bool', scope, depth)} then {e(kind, scope, depth)} else {e(kind, scope, depth)})"
        if choice == 1:
            name, its = self.fresh(), self.pick(TYPES)
            return f"(let {name} : {its} = {e(its, scope, depth)} in {e(kind, scope + [(name, its)], depth)})"
        callable_ = [f for f in self.functions if f[2] == kind]
        if choice == 2 and callable_:
            name, parameters, _ = self.pick(callable_)
            return "(" + " ".join([name] + [e(its, scope, depth) for its in parameters]) + ")"
        if choice == 3:
            name = self.fresh()
            return f"(match {e('Option Int', scope, depth)} | None -> {e(kind, scope, depth)} | Some {name} -> {e(kind, scope + [(name, 'Int')], depth)})"
        if choice == 4:
            head, tail = self.fresh(), self.fresh()
            inner = scope + [(head, "Int"), (tail, "List Int")]
            return (f"(match {e('List Int', scope, depth)} | [] -> {e(kind, scope, depth)} | [{head}] -> {e(kind, inner[:-1], depth)}"
                    f" | {head} :: {tail} -> {e(kind, inner, depth)})")
        if choice == 5:
            side, text = self.fresh(), self.fresh()
            return (f"(match {e('Shape', scope, depth)} | Circle {side} when {side} > 1 -> {e(kind, scope + [(side, 'Int')], depth)}"
                    f" | Square {side} {text} -> {e(kind, scope + [(side, 'Int'), (text, 'String')], depth)} | Circle _ | Group _ | Empty -> {e(kind, scope, depth)})")
        left, right = self.fresh(), self.fresh()
        return f"(let ({left}, {right}) = {e('(Int, String)', scope, depth)} in {e(kind, scope + [(left, 'Int'), (right, 'String')], depth)})"

    def of_type(self, kind, scope, depth):
        def e(its, more=()):
            return self.expression(its, scope + list(more), depth)
        x, y = self.fresh(), self.fresh()
        as_int, as_text = [(x, "Int")], [(x, "String")]
        comparable = self.pick([its for its in TYPES if its != "Int -> Int"])
        operator = self.pick(["==", "!=", "<", "<=", ">", ">="])
        return self.pick({
            "Int": [lambda: f"({e('Int')} {self.pick(['+', '-', '*', '/', '%'])} {e('Int')})", lambda: f"({e('Int')} {self.pick(['+', '-'])} {e('Int')})",
                    lambda: f"(String.length {e('String')})", lambda: f"(List.length {e('List Int')})", lambda: f"(area {e('Shape')})",
                    lambda: f"(List.fold (fun {x} {y} -> {e('Int', as_int + [(y, 'Int')])}) {e('Int')} {e('List Int')})", lambda: f"(- {e('Int')})",
                    lambda: f"({e('Person')}).age", lambda: f"(({e('Int -> Int')}) {e('Int')})", lambda: f"(twice {e('Int -> Int')} {e('Int')})",
                    lambda: f"(Int.wrapping_multiply {e('Int')} {e('Int')})", lambda: f"(Map.size {e('Map Int String')})", lambda: f"(rec_sum ({e('Int')} % 300))",
                    lambda: f"(match {e('Result Int String')} | Ok {x} -> {e('Int', as_int)} | Err {x} -> {e('Int', as_text)})",
                    lambda: f"(match compare {e(comparable)} {e(comparable)} | Less -> 1 | Equal -> 2 | Greater -> 3)"],
            "Bool": [lambda: f"({e(comparable)} {operator} {e(comparable)})", lambda: f"({e('Int')} {operator} {e('Int')})", lambda: f"({e('Bool')} && {e('Bool')})",
                     lambda: f"({e('Bool')} || {e('Bool')})", lambda: f"(List.any (fun {x} -> {e('Bool', as_int)}) {e('List Int')})"],
            "String": [lambda: f"({e('String')} ++ {e('String')})", lambda: f"(show {e(comparable)})", lambda: f'"<\\({e("Int")})>"', lambda: f"({e('Person')}).name",
                       lambda: f"(String.join \",\" {e('List String')})", lambda: f"(String.reverse {e('String')})", lambda: f"(String.take ({e('Int')} % 9) {e('String')})",
                       lambda: f"(List.fold (fun {x} {y} -> {e('String', as_text + [(y, 'Int')])}) {e('String')} {e('List Int')})"],
            "Float": [lambda: f"({e('Float')} {self.pick(['+', '-', '*', '/'])} {e('Float')})", lambda: f"(Float.of_int {e('Int')})"],
            "Char": [lambda: self.leaf("Char")],
            "List Int": [lambda: f"({e('Int')} :: {e('List Int')})", lambda: f"({e('List Int')} ++ {e('List Int')})",
                         lambda: f"(List.map (fun {x} -> {e('Int', as_int)}) {e('List Int')})", lambda: f"(List.filter (fun {x} -> {e('Bool', as_int)}) {e('List Int')})",
                         lambda: f"(List.range ({e('Int')} % 5) ({e('Int')} % 9))", lambda: f"(List.sort {e('List Int')})", lambda: f"(List.reverse {e('List Int')})",
                         lambda: f"[{e('Int')}, {e('Int')}]", lambda: f"(Map.keys {e('Map Int String')})", lambda: f"(List.map {e('Int -> Int')} {e('List Int')})"],
            "List String": [lambda: f"({e('String')} :: {e('List String')})", lambda: f"(List.map (fun {x} -> {e('String', as_int)}) {e('List Int')})",
                            lambda: f"(String.split \"a\" {e('String')})", lambda: f"({e('Person')}).tags", lambda: f"(List.sort {e('List String')})"],
            "Option Int": [lambda: f"(Some {e('Int')})", lambda: f"(List.head {e('List Int')})", lambda: f"(Int.parse {e('String')})",
                           lambda: f"(List.find (fun {x} -> {e('Bool', as_int)}) {e('List Int')})"],
            "(Int, String)": [lambda: f"({e('Int')}, {e('String')})"],
            "Person": [lambda: f"{{ name = {e('String')}, age = {e('Int')}, tags = {e('List String')} }}", lambda: f"{{ ({e('Person')}) with age = {e('Int')} }}"],
            "Shape": [lambda: f"(Circle {e('Int')})", lambda: f"(Square {e('Int')} {e('String')})", lambda: f"(Group [{e('Shape')}, {e('Shape')}])"],
            "Map Int String": [lambda: f"(Map.insert {e('Int')} {e('String')} {e('Map Int String')})", lambda: f"(Map.remove {e('Int')} {e('Map Int String')})",
                               lambda: f"(Map.union {e('Map Int String')} {e('Map Int String')})",
                               lambda: f"(Map.map (fun {y} {x} -> {e('String', as_text + [(y, 'Int')])}) {e('Map Int String')})"],
            "Int -> Int": [lambda: f"(fun {x} -> {e('Int', as_int)})", lambda: f"(let {y} = {e('Int')} in fun {x} -> {e('Int', as_int + [(y, 'Int')])})"],
            "Result Int String": [lambda: f"(Ok {e('Int')})", lambda: f"(Err {e('String')})"],
        }[kind])()

    # ---- computations: each of an Int ----

    def computation(self, scope, depth, effects):
        self.room -= 1
        if depth <= 0 or self.room <= 0:
            return self.pick([f"(ret {self.expression('Int', scope, 1)})", "A.get", f"(Own.own {self.expression('Int', scope, 1)})"])

        def c(more=(), *, also=()):
            return self.computation(scope + list(more), depth - 1, effects | set(also))

        def e(its="Int"):
            return self.expression(its, scope, 2)
        x, y = self.fresh(), self.fresh()
        named = [(x, "Int")]
        forms = [lambda: f"(let! {x} = {c()} in {c(named)})", lambda: f"(let! {x} = {c()} in {c(named)})",
                 lambda: f"(let! {x} = {c()} in ret {self.expression('Int', scope + named, 3)})",
                 lambda: f"(let! () = A.set ({e()} % 1000) in {c()})", lambda: f"(let! () = A.update (fun {x} -> ({self.expression('Int', scope + named, 2)}) % 1000) in {c()})",
                 lambda: f"(if {e('Bool')} then {c()} else {c()})", lambda: f"(both {c()} {c()})", lambda: f"(race {c()} {c()})", lambda: f"(yielded {c()})",
                 lambda: f"(guarded {e('String')} {c()})", lambda: f"(isolated {c()})", lambda: f"(grouped {c()} {c()})", lambda: f"(caught {c()})",
                 lambda: f"(let! () = Own.note {e('String')} in {c()})", lambda: f"(Own.own {e()})", lambda: f"(ret {e()})", lambda: f"(owned {c()})",
                 lambda: f"(if {e('Bool')} then Fail.raise {e('String')} else {c()})", lambda: f"(Task.uncancellable {c()})",
                 lambda: f"(summed (List.map_par (fun {x} -> {c(named)}) (List.take 3 {e('List Int')})))",
                 lambda: f"(summed (List.map_seq (fun {x} -> {c(named)}) (List.take 3 {e('List Int')})))",
                 lambda: f"(let! ({x}, {y}) = A.run {e()} {c()} in ret ({x} - {y} % 7))",
                 lambda: f"(let! {x} = Channel.make 2 in both (sent {x} {c()}) (match! Channel.receive {x} | Some {y} -> {c([(y, 'Int')])} | None -> {c()}))",
                 lambda: f"(let! {x} : Promise Int = Promise.make in both (kept {x} {c()}) (Promise.wait {x}))",
                 lambda: f"(match {e('Option Int')} | Some {x} -> {c(named)} | None -> {c()})"]
        if "bracket" not in effects:  # a continuation is resumed more than once
            forms.append(lambda: f"(summed (choices {c(also=('Amb', 'bracket'))}))")
        forms.append(lambda: f"(stateful {e()} {c(also=('State', 'bracket'))})")
        if "Amb" in effects:
            forms += [lambda: f"(let! {x} = Amb.flip in if {x} then {c()} else {c()})"] * 3
        if "State" in effects:
            forms += [lambda: "State.get_state", lambda: f"(let! () = State.put_state {e()} in {c()})"] * 2
        if self.computations:
            name, parameters = self.pick(self.computations)
            forms += [lambda: "(" + " ".join([name] + [e(its) for its in parameters]) + ")"] * 2
        return self.pick(forms)()

    # ---- computations of an Int without tasks, so that handlers known around them are taken apart ----

    def quiet(self, scope, depth, calls):
        """`calls`: what may be called, (name, parameters' types), by fewer steps of `fuel`."""
        self.room -= 1
        x, y = self.fresh(), self.fresh()

        def c(more=()):
            return self.quiet(scope + list(more), depth - 1, calls)

        def e(its="Int"):
            return self.expression(its, scope, 2)

        def call():
            name, parameters = self.pick(calls)
            return "(" + " ".join([name, "(fuel - 1)"] + [e(its) for its in parameters]) + ")"
        if depth <= 0 or self.room <= 0:
            return self.pick([f"(ret {e()})", f"(Own.own {e()})", "State.get_state", f"(ret {e()})"])
        kind = self.pick(TYPES)
        forms = [lambda: f"(let! {x} = {c()} in {c([(x, 'Int')])})", lambda: f"(let {x} : {kind} = {e(kind)} in {c([(x, kind)])})",
                 lambda: f"(let! {x} = Amb.flip in {c([(x, 'Bool')])})", lambda: f"(let! {x} = Amb.flip in if {x} then {c()} else {c()})",
                 lambda: f"(let! () = State.put_state ({e()} % 1000) in {c()})", lambda: f"(let! () = Own.note {e('String')} in {c()})",
                 lambda: f"(let! () = A.set ({e()} % 1000) in {c()})", lambda: f"(if {e('Bool')} then Fail.raise {e('String')} else {c()})",
                 lambda: f"(if {e('Bool')} then {c()} else {c()})", lambda: f"(match {e('Option Int')} | Some {x} -> {c([(x, 'Int')])} | None -> {c()})",
                 lambda: f"(let! {x} = (if {e('Bool')} then {c()} else {c()}) in {c([(x, 'Int')])})",
                 lambda: self.handled(c(), 2), lambda: f"(summed (List.map_seq (fun {x} -> {c([(x, 'Int')])}) (List.take 2 {e('List Int')})))"]
        if calls:
            forms += [call, lambda: f"(let! {x} = {call()} in {c([(x, 'Int')])})"] * 2
        return self.pick(forms)()

    def handled(self, computation, most=0):
        """The computation within handlers of all its effects, or of some of them, in some order."""
        number = self.expression("Int", [], 0)
        amb = self.pick([["weighed 1"], [f"weighed {number}"], ["taken"], ["summed", "choices"]])
        chosen = [amb, [self.pick(["owned", f"counted {number}"])], [f"stateful {number}"], ["caught"]]
        self.random.shuffle(chosen)
        for handler in chosen[:self.random.randrange(most + 1)] if most else chosen:
            for function in reversed(handler):
                computation = f"({function} {computation})"
        return computation

    # ---- a program ----

    def program(self):
        lines, items = [HEAD], []
        for number in range(8):
            parameters, kind = [self.pick(TYPES) for _ in range(self.random.randrange(1, 4))], self.pick(TYPES)
            scope = [(self.fresh(), its) for its in parameters]
            self.room = 60
            body = self.expression(kind, scope, 5)
            lines.append(f"let f{number} " + " ".join(f"({name} : {its})" for name, its in scope) + f" : {kind} = {body}")
            self.functions.append((f"f{number}", parameters, kind))
        for number in range(6):
            parameters = [self.pick(TYPES) for _ in range(self.random.randrange(0, 3))]
            scope = [(self.fresh(), its) for its in parameters]
            self.room = 40
            lines.append(f"let c{number} " + " ".join(f"({name} : {its})" for name, its in scope) + f" = {self.computation(scope, 5, set())}")
            if parameters:
                self.computations.append((f"c{number}", parameters))
        quiet = []
        for number in range(4):
            parameters = [self.pick(TYPES) for _ in range(self.random.randrange(0, 3))]
            scope = [(self.fresh(), its) for its in parameters]
            self.room = 30
            quiet.append((f"q{number}", parameters))
            named = " ".join(f"({name} : {its})" for name, its in scope)
            lines.append(f"let q{number} (fuel : Int) {named} : Int ! {{A, Amb, Fail, Own, State, Words}} =\n"
                         f"  if fuel <= 0 then {self.quiet(scope, 1, [])} else {self.quiet(scope, 5, quiet)}")
        for number, (name, parameters) in enumerate(quiet):
            self.room = 10
            call = " ".join([name, "2"] + [self.expression(its, [], 1) for its in parameters])
            items.append(f'  do! show_item "q{number}" (let! x = {self.handled(f"({call})")} in ret (show x))')
        for number in range(10):
            self.room = 40
            kind = self.pick([its for its in TYPES if its != "Int -> Int"])
            if number % 2:
                items.append(f'  do! show_item "{number}" (let! x = caught (owned {self.computation([], 5, set())}) in ret (show x))')
            else:
                items.append(f'  do! show_item "{number}" (let! () = yield in ret (show {self.expression(kind, [], 5)}))')
        lines.append(MAIN.format(items="\n".join(items)))
        return "\n".join(lines)


def make_program(seed):
    return Maker(seed).program()
