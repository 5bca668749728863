import Console

/// A parser that reads from one handler, gives to a second and stops by a third.
effect Read =
  read : Int

effect Emit =
  emit : Int -> Unit

effect Stop =
  stop : Never

cell At : (Int, Int) = (0, 0)

cell Sum : Int = 0

let is_newline (c : Int) : Bool = c == 10

let parse (seen : Int) : Unit ! {Emit, Read, Stop} =
  let! c = Read.read
  if c == 36 then parse (seen + 1)
  else if is_newline c then
    do! Emit.emit seen
    parse 0
  else Stop.stop

/// The lines "\n", "$\n", "$$\n", and so on.
let feed (limit : Int) (c : a ! {Read, Stop | e}) : a ! {At, Stop | e} =
  handle c with
  | Read.read ->
    let! (line, column) = At.get
    if line > limit then Stop.stop
    else if column == 0 then
      do! At.set (line + 1, line + 1)
      ret 10
    else
      do! At.set (line, column - 1)
      ret 36

let caught (c : Unit ! {Stop | e}) : Unit ! e =
  handle c with
  | Stop.stop -> ret ()

let added (c : Unit ! {Emit | e}) : Unit ! {Sum | e} =
  handle c with
  | Emit.emit n -> Sum.update (fun sum -> sum + n)

let main (_ : List String) : Unit ! {Console} =
  let! (_, n) = Sum.run 0 (At.run (0, 0) (added (caught (feed 5000 (parse 0)))))
  Console.print_line "\(n)"
