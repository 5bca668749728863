import Console

/// A parser that reads from one handler, gives to a second and stops by a third.
effect Read =
  read : Int

effect Emit =
  emit : Int -> Unit

effect Stop =
  stop : Never

cell Line : Int = 0

cell Column : Int = 0

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
let feed (limit : Int) (c : a ! {Read, Stop | e}) : a ! {Line, Column, Stop | e} =
  handle c with
  | Read.read ->
    let! column = Column.get
    if column > 0 then
      do! Column.set (column - 1)
      ret 36
    else
      let! line = Line.get
      if line > limit then Stop.stop
      else
        do! Line.set (line + 1)
        do! Column.set (line + 1)
        ret 10

let caught (c : Unit ! {Stop | e}) : Unit ! e =
  handle c with
  | Stop.stop -> ret ()

let added (c : Unit ! {Emit | e}) : Unit ! {Sum | e} =
  handle c with
  | Emit.emit n -> Sum.update (fun sum -> sum + n)

let main (_ : List String) : Unit ! {Console} =
  let! (_, n) = Sum.run 0 (Line.run 0 (Column.run 0 (added (caught (feed 5000 (parse 0))))))
  Console.print_line "\(n)"
